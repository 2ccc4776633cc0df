# SPDX-License-Identifier: Apache-2.0
"""Opening a project file, and turning SQLite's errors into ours, once, here."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from sqlite_utils import Database

from learner.buffer.hardening import LONGEST, check_schema, harden, harmless, in_bounded_time
from learner.buffer.plausible import check_references, check_rows
from learner.buffer.schema import APPLICATION_ID, USER_VERSION, migrations
from learner.errors import (
    DamagedProject,
    DiskFull,
    NewerProject,
    NotAProject,
    ProjectBusy,
    ProjectFault,
    ProjectMissing,
    ReadOnlyProject,
)

PROJECT_ID = "project_id"
"""The setting with the id of a project."""

_BUSY_MILLISECONDS = 5000
_ALONE_MILLISECONDS = 1000
"""So long is waited for others to leave a project; who has it in a window does not."""
_NO_TEXT = "Could not decode to UTF-8"
"""With which Python says, without a code, that a text in the file is none."""
_CHECKED_AT_OPENING = 64 * 2**20
"""Files up to this size are checked through and through when they are opened; larger ones would take seconds."""


_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


_CACHE_KILOBYTES = 16_384


class Connection:
    """One SQLite connection to a project file, for the thread that opened it.

    Several connections to a file, in several processes, are normal: SQLite's write-ahead log keeps them apart.
    `synchronous=FULL` makes a commit durable before it returns.
    """

    def __init__(self, path: Path, database: Database) -> None:
        self.path = path
        self._db = database

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False, backups: Path | None = None) -> Self:
        """Open a project file, or make one.

        Args:
            path: the file.
            create: make it when it is not there.
            read_only: never write to it.
            backups: where a copy is kept of one that has to be brought up to date (see `keeping`).

        Raises:
            BackupFault: it has to be brought up to date, and there is no copy of it as it is.
            ProjectMissing: it is not there and is not to be made, or its folder is not there.
            NotAProject, NewerProject, DamagedProject, ReadOnlyProject, DiskFull, ProjectBusy: as they say; the file is
                left untouched.
        """
        path = Path(os.path.realpath(path))  # SQLite's log lies beside the file itself, not beside a link to it
        try:
            check_place(path, create=create and not read_only, read_only=read_only)
            made = not path.exists() and _touch(path)
            if path.stat().st_size > 0 or _has_log(path):
                _check_header(path)
                _check_content(path)
        except OSError as error:
            raise _unreachable(path, error) from error
        try:
            return cls(path, _connect(path, lambda: cls._before_migrating(path, backups), read_only=read_only))
        except ProjectFault as fault:
            # A busy file is being filled by another process this moment.
            if made and not isinstance(fault, ProjectBusy) and path.stat().st_size == 0:
                path.unlink()
            raise

    @classmethod
    def _before_migrating(cls, path: Path, backups: Path | None) -> None:
        """Called before the tables of a file are brought up to date; an exception leaves them as they are."""

    def close(self) -> None:
        """Close the connection; the last one to close folds the log into the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def mark(self) -> tuple[int, int]:
        """Return a mark of what the file holds: where it is the same as before, nothing has been written meanwhile.

        It counts commits by others, and the rows that were written here.
        """
        return int(self._value("PRAGMA data_version")), self._db.conn.total_changes

    def integrity_check(self) -> list[str]:
        """Return what SQLite finds wrong with the file; nothing, normally."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """One short transaction. It takes the write lock first, so that it cannot fail half-way for want of it."""
        with translated(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise

    def _rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        with translated(self.path):
            return self._db.execute(sql, parameters).fetchall()

    def _each(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Any]:
        """Return rows one at a time, of which there may be too many to have them all."""
        with translated(self.path):
            yield from self._db.execute(sql, parameters)

    def _row(self, sql: str, parameters: Sequence[Any] = ()) -> Any | None:
        with translated(self.path):
            return self._db.execute(sql, parameters).fetchone()

    def _value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        row = self._row(sql, parameters)
        return None if row is None else row[0]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into faults that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(path, error) from error
    except UnicodeDecodeError as error:  # SQLite's own words, where they name what is no text in the file
        raise _damaged(path, "it has a name that is no text") from error


@contextmanager
def as_damage(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into faults; what nothing else is to blame for is the file's doing, for nobody has begun."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate_at_opening(path, error) from error
    except UnicodeDecodeError as error:
        raise _damaged(path, "it has a name that is no text") from error


def _translate_at_opening(path: Path, error: sqlite3.Error) -> ProjectFault:
    fault = _translate(path, error)
    is_too_long = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_TOOBIG
    return fault if isinstance(fault, ProjectFault) and not is_too_long else _damaged(path, str(error))


def _check_schema_of_damaged(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file with something strange in it; what is missing, or cannot be read, is for those to tell who look."""
    with as_damage(path):
        try:
            check_schema(path, connection, may_lack=True)
        except sqlite3.DatabaseError as error:
            if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a project only to read it, of whatever format that we know and in whatever state, and leave no log behind.

    Raises:
        ProjectMissing, NotAProject, NewerProject, DamagedProject, ReadOnlyProject, ProjectBusy: as they say.
    """
    path = Path(os.path.realpath(path))
    with translated(path):
        try:
            check_place(path, create=False, read_only=True)
            _check_header(path)
            has_log = _has_log(path)
            if path.stat().st_size == 0 and not has_log:
                raise _not_ours(path)
        except OSError as error:
            raise _unreachable(path, error) from error
        if not has_log and not os.access(path.parent, os.W_OK):
            # No log can be made here, so nobody is writing either: a medium that is read only, or another's folder.
            connection = _connected(f"{path.as_uri()}?mode=ro&immutable=1")
        else:
            # Beside a log only for reading: see `_check_content`.
            connection = _plain_connection(path, read_only=has_log or not os.access(path, os.W_OK))
        with closing(connection):
            connection.execute("PRAGMA query_only = ON")
            _check_schema_of_damaged(path, connection)
            yield connection


def fold(path: Path) -> None:
    """Fold the log of a project into the file and take it away, which takes being alone with it.

    Raises:
        ProjectBusy: another program has the project open.
        DamagedProject: it cannot be read in full; nothing was changed.
        ReadOnlyProject, DiskFull, ProjectFault: as they say.
    """
    try:
        with translated(path), closing(_plain_connection(path, read_only=False)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_ALONE_MILLISECONDS}")
            # Not for the file's sake: a project that somebody has open keeps its log, and this says so.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except ProjectBusy as fault:
        raise ProjectBusy(
            "The project is open elsewhere",
            f"Another program has {path.name} open.",
            "Close it there (its window, or a showtell command), then do this again.",
        ) from fault


def _translate(path: Path, error: sqlite3.Error) -> Exception:
    extended = getattr(error, "sqlite_errorcode", None) or 0
    code = extended & 0xFF  # the low byte is the primary code
    # The log's index is the one thing whose want of room SQLite reports as something else.
    if code == sqlite3.SQLITE_FULL or extended == sqlite3.SQLITE_IOERR_SHMSIZE:
        return _disk_full(path)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return ProjectBusy(
            "The project is busy", f"Another program has locked {path.name}.", "Close it there, or try again shortly."
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return _read_only(path)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_INTERRUPT} or _NO_TEXT in str(error):
        return _damaged(path, str(error))
    if code == sqlite3.SQLITE_TOOBIG:
        return ProjectFault(
            "That is too large for a project",
            f"Nothing in {path.name} may have more than {LONGEST // 2**20} MB in one piece.",
            "Leave it out, or choose a smaller backbone if it is one; if it was there already, go back to a copy.",
        )
    if code == sqlite3.SQLITE_IOERR:
        return ProjectFault(
            "The disk does not answer",
            f"Reading or writing {path.name} failed ({error}). What was labelled before is safe.",
            "Check the disk or the network drive it is on, then open the project again.",
        )
    return error  # a mistake in our SQL is a bug of ours and should look like one


def check_place(path: Path, *, create: bool, read_only: bool) -> None:
    """See to it that a project can be where it is said to be.

    Raises:
        ProjectMissing, NotAProject, ReadOnlyProject: as they say.
    """
    folder = path.parent
    if path.is_dir():
        raise NotAProject("That is not a project", f"{path} is a folder.", "Choose a .showtell file.")
    if path.exists() and not path.is_file():  # reading a pipe or a device would never end
        raise _not_ours(path)
    if not folder.is_dir():
        raise ProjectMissing(
            "There is no such folder", f"{folder} does not exist.", "Make it first, or choose another."
        )
    if not path.exists() and not create:
        raise ProjectMissing("There is no such project", f"{path} does not exist.", "Check the name.")
    if read_only:
        return
    # The log lies beside the file, so its folder has to be writable as well.
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _read_only(path)


def _check_header(path: Path) -> None:
    """Tell what a file is from its first bytes, and touch neither it nor what lies beside it.

    SQLite reads them, as of a file that nobody changes. Not we: who closes a file gives up all locks that his process
    has on it, those of other connections as well, and the next to leave would throw away the log that they write to
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    if path.stat().st_size == 0 or _is_half_made(path):
        return  # killed right after it was made: the log has it all, or there is nothing yet
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            # Who was killed while he brought the log into the file, or had no room for it, leaves a first page that
            # speaks of pages that are not there yet, and the log has. Nothing is read but that page; with this switch
            # SQLite does not count.
            connection.execute("PRAGMA writable_schema = ON")
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (user_version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        code = (error.sqlite_errorcode or 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            raise _not_ours(path) from error
        raise _translate_at_opening(path, error) from error
    if application_id != APPLICATION_ID:
        raise _not_ours(path)
    if user_version > USER_VERSION:
        raise _newer(path, user_version)


def _check_content(path: Path) -> None:
    """Look closer at a file whose header is ours: a newer version may still be in the log, and pages may be broken.

    Beside a log that a killed process left, this reads only: a connection that may write would fold the log into the
    file as it closes. Without one it may write, or it would leave an empty log behind.
    """
    with as_damage(path), closing(_plain_connection(path, read_only=_has_log(path))) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > USER_VERSION:
            raise _newer(path, version)
        check_schema(path, connection)
        check_inside(path, connection, version, every=_is_small(path))


def check_inside(path: Path, connection: sqlite3.Connection, version: int, *, every: bool) -> None:
    """Look at what is in a file whose tables have been checked.

    Args:
        path: the file, for people.
        connection: to it.
        version: its format.
        every: read it through and through, which takes as long as that takes.

    Raises:
        DamagedProject: it cannot be read in full, or has a row that no Showtell writes.
        sqlite3.Error: likewise.
    """
    with in_bounded_time(connection):
        if every:
            # Not the quick check, which does not see that an index says something else than its table.
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise _damaged(path, found.splitlines()[-1])  # the first line names the database
        if version == USER_VERSION:
            check_rows(path, connection, every=every)
        if every:
            check_references(path, connection)


def _connect(path: Path, before_migrating: Callable[[], None], *, read_only: bool) -> Database:
    with translated(path):
        database = Database(_plain_connection(path, read_only=read_only), execute_plugins=False)
        try:
            if read_only:
                _check_current(path, database)
            else:
                database.execute("PRAGMA synchronous = FULL")
                database.execute("PRAGMA foreign_keys = OFF")  # as migrations want it
                _migrate(path, database, before_migrating)
                _switch_on_log(database)
                give_id(database)
            database.execute("PRAGMA foreign_keys = ON")
            # The inner nodes of a million embeddings' tree, which are read time and again, take this much.
            database.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        except BaseException:
            database.close()
            raise
        return database


def _plain_connection(path: Path, *, read_only: bool) -> sqlite3.Connection:
    return _connected(f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}")


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        harden(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_small(path: Path) -> bool:
    """Return whether a file is one that is checked through and through as it is opened."""
    return path.stat().st_size <= _CHECKED_AT_OPENING


def _migrate(path: Path, database: Database, before: Callable[[], None]) -> None:
    """Bring the tables up to date, in one transaction: two processes may be making the same file this moment.

    A new file does not have its log yet, so that its header says what it is from the first moment.
    """
    version = _version(database)
    if version == USER_VERSION:
        return
    if version > 0:
        give_id(database)  # by which its copies are known
        before()
    database.execute("BEGIN IMMEDIATE")
    try:
        if _version(database) < USER_VERSION:  # nobody else has done it while we waited
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(database)
            database.execute(f"PRAGMA user_version = {USER_VERSION}")
            # A stranger's file may say that it has been brought up to date, or have rows that no Showtell writes.
            check_schema(path, database.conn)
            check_rows(path, database.conn, every=_is_small(path))
        database.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def give_id(database: Database) -> None:
    """Give a project an id that lasts, unless it has one: its copies have it too, wherever they lie."""
    if database.execute("SELECT 1 FROM settings WHERE key = ?", (PROJECT_ID,)).fetchone() is None:
        database.execute("INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)", (PROJECT_ID, uuid4().hex))


def _check_current(path: Path, database: Database) -> None:
    if _version(database) < USER_VERSION:
        raise ReadOnlyProject(
            "This project was made by an older Showtell",
            f"{path.name} has to be brought up to date, which takes writing to it.",
            "Open it once in the window.",
        )


def _switch_on_log(database: Database) -> None:
    """Switch on the write-ahead log, which stays on; SQLite does not wait by itself for others who do the same."""
    until = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _version(database: Database) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _touch(path: Path) -> bool:
    """Make an empty file that only its owner can read: pictures from a person's camera go into it.

    Returns:
        False when another process made it this moment.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise refused_to_write(path, error) from error
    return True


def refused_to_write(path: Path, error: OSError) -> ProjectFault:
    """Return what to say when a file cannot be made beside a project."""
    return _disk_full(path) if error.errno in {errno.ENOSPC, errno.EDQUOT} else _read_only(path)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _is_half_made(path: Path) -> bool:
    """Return whether a file is being made, or was when somebody was killed: what is in it is none of it valid yet.

    A new file has no log until its tables are there, so what SQLite would take back is in a rollback journal, which
    says how many pages there were before: none (https://www.sqlite.org/fileformat2.html#the_rollback_journal).
    """
    try:
        with path.with_name(path.name + "-journal").open("rb") as journal:
            header = journal.read(20)
    except FileNotFoundError:
        return False
    return header.startswith(_JOURNAL_MAGIC) and header[16:20] == bytes(4)


def _unreachable(path: Path, error: OSError) -> ProjectFault:
    return ProjectFault(
        "The project cannot be reached",
        f"{path}: {error.strerror}.",
        "Check the name, and that you may read what is there.",
    )


def _not_ours(path: Path) -> NotAProject:
    return NotAProject("That is not a project", f"{path.name} is some other kind of file.", "Choose a .showtell file.")


def _newer(path: Path, version: int) -> NewerProject:
    return NewerProject(
        "This project needs a newer Showtell",
        f"{path.name} has format {version}; this Showtell knows formats up to {USER_VERSION}.",
        "Install the newest Showtell. The file was not changed.",
    )


def _damaged(path: Path, detail: str) -> DamagedProject:
    return DamagedProject(
        "The project file is damaged",
        f"{path.name} cannot be read in full ({harmless(detail)}).",
        "Go back to a copy of it. The file was not changed.",
    )


def _disk_full(path: Path) -> DiskFull:
    return DiskFull(
        "The disk is full",
        f"There is no room to write to {path.name}. What was labelled before is safe.",
        "Free some space and go on.",
    )


def _read_only(path: Path) -> ReadOnlyProject:
    return ReadOnlyProject(
        "The project cannot be written to",
        f"You may not write to {path.name} or to its folder.",
        "Copy it to a folder of your own and open the copy.",
    )
