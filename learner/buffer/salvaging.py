# SPDX-License-Identifier: Apache-2.0
"""A damaged project: set aside as it is, and a new one made of every row that can still be read.

Rows are read from the pages themselves (`pages`), and from pages that no tree leads to any more as well: the rows on
these are known by their shape. So a page that is broken costs the rows on it and no others, and a file without its
first page gives back all but what was on that. Then what cannot be right is left out, and so is what can be made again
and not be checked: embeddings, and a consolidation under way. A sample never goes because its class or recording did:
it gets one that is called recovered.

A picture that cannot be decoded, or breaks off, is left out. One that still decodes stays, although a few of its bytes
may be others: the hash that is kept is that of the pixels before they were compressed.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from learner.buffer import copies, keeping
from learner.buffer.arrays import is_sound
from learner.buffer.backbones import LITERT, PACKAGE, SUCCESSOR
from learner.buffer.backups import exchange
from learner.buffer.buffer import Buffer
from learner.buffer.checking import Contents, Progress, check, wrong_with
from learner.buffer.connection import give_id, looking, translated
from learner.buffer.labels import class_colour
from learner.buffer.lock import ProjectLock
from learner.buffer.pages import Broken, Pages, Row, Value
from learner.buffer.plausible import leave_out_implausible
from learner.buffer.schema import APPLICATION_ID, USER_VERSION, migrations
from learner.buffer.versions import CHAMPION, use_version
from learner.errors import DamagedProject, NewerProject, NotAProject, ShowtellError
from learner.files import part_of
from learner.quiet import quiet_stderr
from learner.types import IncrementKind, Role

_PICTURES = 64
_SHA256 = re.compile("[0-9a-f]{64}")
_LONG = 1024
"""Values of more bytes wait in a file and not in memory."""
_MADE_AGAIN = frozenset({"embeddings", "consolidation", "changes", "sums", "fleet", "fleet_arrays"})
_SAMPLE_ID = 0
"""The place of the sample's id in a row of embeddings: where there is one, the sample was there."""
_NOT_BY_SHAPE = frozenset({"backbone_samples", "changes"})
"""An entry of an index looks the same."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """What became of a table: rows in the new project, rows that are known to be lost, and rows that were left out."""

    name: str
    rows: int
    lost: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was read of a damaged file: the tables that had anything, and what is in it now."""

    tables: tuple[TableRead, ...]
    contents: Contents


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A project that was made of what could be read of a damaged one.

    `set_aside` is where the damaged file is now; `backup` the newest copy that was kept of it and can be read, if any.
    """

    path: Path
    set_aside: Path
    tables: tuple[TableRead, ...]
    contents: Contents
    backup: keeping.Kept | None


def salvage(project: Path, on_progress: Progress | None = None, folder: Path | None = None) -> Salvaged:
    """Set a damaged project aside, untouched, and put what can be read of it in its place.

    Args:
        project: the project file, which nobody may have open.
        on_progress: is told how many pages have been read, and how many there are; an exception that it raises ends it,
            and nothing was changed.
        folder: where copies are kept; None takes the usual folder.

    Raises:
        DamagedProject: nothing can be read of it; a copy alone helps.
        NotAProject, NewerProject, ProjectFault: it is something else, or cannot be reached.
        OpenElsewhere: somebody has it open.
        EnvironmentFault: there is no room for a new one.
    """
    with ProjectLock(project) as lock, part_of(lock.path) as part:
        project = lock.path
        read = recover(project, part, on_progress)
        best = newest_sound(project, folder)
        identity = None
        with suppress(ShowtellError):
            identity = copies.identity_of(part)
        aside = exchange(project, part, "damaged")
        if aside is None:
            raise NotAProject("There is nothing to repair", f"{project.name} has gone.", "Check the name.")
        copies.remember(identity, aside)
    return Salvaged(project, aside, read.tables, read.contents, best)


def newest_sound(project: Path, folder: Path | None = None) -> keeping.Kept | None:
    """Return the newest copy that is kept of a project and that SQLite finds nothing wrong with."""
    for one in keeping.kept(project, folder):
        with suppress(ShowtellError), looking(one.path) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return one
    return None


def recover(source: Path, part: Path, on_progress: Progress | None = None) -> Recovered:
    """Fill an empty file with every row of a damaged project that can be read and used.

    Raises:
        DamagedProject: there is none.
        NotAProject, NewerProject: it is something else.
    """
    _check_is_ours(source)
    with tempfile.TemporaryFile(dir=part.parent) as spool:
        found = _read(source, spool, on_progress)
        if not found.rows["samples"] and not found.rows["classes"]:
            raise DamagedProject(
                "Nothing can be read of the project",
                f"{source.name} has no row left that can be read.",
                "Go back to a copy of it. The file was not changed.",
            )
        with translated(part), closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _fill(connection, found)
            made_up = _put_right(Buffer(part, Database(connection, execute_plugins=False)))
    health = check(part)
    if health.contents is None or not health.is_well:
        raise DamagedProject(
            "What could be read makes no project",
            f"Of {source.name}: {health.findings[0]}",
            "Go back to a copy of it. The file was not changed.",
        )
    return Recovered(tuple(_told(part, found, made_up)), health.contents)


def _read(source: Path, spool: IO[bytes], on_progress: Progress | None) -> _Found:
    try:
        with Pages(source) as pages:
            found = _Found(spool)
            found.read(pages, on_progress)
            return found
    except OSError as error:
        raise DamagedProject(
            "The project cannot be read at all", f"{source.name}: {error.strerror}.", "Go back to a copy of it."
        ) from error


def _check_is_ours(source: Path) -> None:
    try:
        with looking(source):
            pass
    except NewerProject:
        raise
    except NotAProject:
        # Without its first page it says the same; then what is in the others tells.
        with Pages(source) as pages:
            names = {row.values[1] for row in pages.tree(1) if isinstance(row, Row) and len(row.values) > 1}
            if pages.has_header and names and "samples" not in names:
                raise
    except DamagedProject:
        pass


@cache
def _columns(version: int) -> dict[str, tuple[tuple[str, str, bool, bool], ...]]:
    """Return the columns of each table of a format: name, type, whether it is needed, whether it is the row id."""
    with closing(sqlite3.connect(":memory:")) as connection:
        _make(connection, version)
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "AND name != '_sqlite_migrations'"
            )
        ]
        found = {}
        for table in tables:
            rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
            keys = sum(bool(key) for *_, key in rows)
            found[table] = tuple(
                (name, kind, bool(wanted) or bool(key), bool(key) and keys == 1 and kind == "INTEGER")
                for _, name, kind, wanted, _, key in rows
            )
        return found


def _make(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables of a format."""
    names = [migration.name for migration in migrations.pending(Database(connection))]
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(
        Database(connection, execute_plugins=False), stop_before=names[version] if version < len(names) else None
    )
    connection.execute(f"PRAGMA user_version = {version}")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A long value that waits in the spool, from where on and for how many bytes."""

    at: int
    length: int


@dataclass(slots=True)
class _Found:
    """The rows of each table by their key, ids that are known to have been there, and rows that cannot be read.

    `spool` holds their long values, so that a project may be larger than the memory.
    """

    spool: IO[bytes]
    rows: dict[str, dict[object, tuple[Value | _Waiting, ...]]] = field(
        default_factory=lambda: {table: {} for table in _columns(USER_VERSION)}
    )
    known: dict[str, set[int]] = field(default_factory=lambda: {table: set() for table in _columns(USER_VERSION)})
    broken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_columns(USER_VERSION), 0))
    sequence: dict[str, int] = field(default_factory=dict)
    version: int = USER_VERSION
    """The format of the file."""

    def read(self, pages: Pages, on_progress: Progress | None) -> None:
        """Read the trees that the schema names, and then every page that none of them leads to."""
        total = max(1, pages.count)
        indexes = []
        for entry in pages.tree(1) if pages.has_header else ():
            match entry:
                case Row(values=("table", str(name), _, int(root), *_)) if name in self.rows:
                    for row in pages.tree(root):
                        self._take(name, row)
                        if on_progress:
                            on_progress(min(len(pages.taken), total), total)
                case Row(values=("table", "sqlite_sequence", _, int(root), *_)):
                    for row in pages.tree(root):
                        if isinstance(row, Row):
                            self._note_sequence(row.values)
                case Row(values=("index", _, str(table), int(root), *_)) if table in self.rows:
                    indexes.append((table, root))
        for table, root in indexes:
            for row in pages.tree(root):
                if isinstance(row, Row) and row.values and isinstance(row.values[-1], int):
                    self.known[table].add(row.values[-1])
        left = set(range(2, pages.count + 1)) - pages.taken - pages.free()
        for number in sorted(left):
            if number not in pages.taken:
                for row in pages.rows(number):
                    stray = _table_of(row) if isinstance(row, Row) else None
                    if stray is not None and stray not in _NOT_BY_SHAPE:
                        self._take(stray, row, is_stray=True)
            if on_progress:
                on_progress(min(number, total), total)
        self.version = self._format(pages)

    def _format(self, pages: Pages) -> int:
        """Return the format of the file: what its header says, or what its rows look like."""
        said = pages.header(60) if pages.has_header else 0
        looks = {len(values) for values in self.rows["samples"].values()}
        first = len(_columns(1)["samples"])
        if looks:
            return 1 if looks == {first} else said if 2 <= said <= USER_VERSION else USER_VERSION
        return said if 1 <= said <= USER_VERSION else USER_VERSION

    def _take(self, table: str, row: Row | Broken, *, is_stray: bool = False) -> None:
        if isinstance(row, Broken):
            self.broken[table] += row.rowid is None
            if row.rowid is not None:
                self.known[table].add(row.rowid)
            return
        key: object = row.rowid
        if row.rowid is None:  # a table without row ids has its key in front
            key = row.values[0] if table == "settings" else row.values[:2]
        if is_stray and key in self.rows[table]:
            return
        if not is_stray and not _fits(table, row):
            self.broken[table] += 1
            return
        if table == "embeddings" and isinstance(sample_id := row.values[_SAMPLE_ID], int):
            self.known["samples"].add(sample_id)
        self.rows[table][key] = () if table in _MADE_AGAIN else tuple(map(self._kept, row.values))

    def values(self, table: str) -> Iterator[tuple[object, tuple[Value, ...]]]:
        """Yield the rows of a table, each with its key."""
        for key, values in self.rows[table].items():
            yield key, tuple(self._back(value) if isinstance(value, _Waiting) else value for value in values)

    def _kept(self, value: Value) -> Value | _Waiting:
        if not isinstance(value, bytes) or len(value) <= _LONG:
            return value
        at = self.spool.seek(0, os.SEEK_END)
        self.spool.write(value)
        return _Waiting(at, len(value))

    def _back(self, waiting: _Waiting) -> bytes:
        self.spool.seek(waiting.at)
        return self.spool.read(waiting.length)

    def _note_sequence(self, values: tuple[Value, ...]) -> None:
        match values:
            case (str(table), int(last)):
                self.sequence[table] = last


def _fits(table: str, row: Row) -> bool:
    formats = (_columns(version) for version in range(1, USER_VERSION + 1))
    return any(_has_shape(table, columns[table], row) for columns in formats if table in columns)


def _table_of(row: Row) -> str | None:
    """Return the table that a row must be of by its shape."""
    for version in range(USER_VERSION, 0, -1):
        for table, columns in _columns(version).items():
            if _has_shape(table, columns, row):
                return table
    return None


_ROLES = frozenset(role.value for role in Role)
_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int), "BLOB": (bytes,)}


_ADDED_TO = {"backbones": 8, "increments": 11}
"""How many columns tables had at first that were added to: a row of that time still has so many."""


def _has_shape(table: str, columns: tuple[tuple[str, str, bool, bool], ...], row: Row) -> bool:
    """Return whether a row may be of a table."""
    if not _ADDED_TO.get(table, len(columns)) <= len(row.values) <= len(columns):
        return False
    for (name, kind, is_needed, is_id), value in zip(columns, row.values, strict=False):
        if is_id:
            if value is not None or row.rowid is None:
                return False
        elif value is None:
            if is_needed:
                return False
        elif not isinstance(value, _TYPES[kind]):
            return False
        if name == "role" and value not in _ROLES:  # what is noted of migrations looks like a recording otherwise
            return False
        if name.endswith("sha256") and not (isinstance(value, str) and _SHA256.fullmatch(value)):
            return False
    return True


def _fill(connection: sqlite3.Connection, found: _Found) -> None:
    """Write the rows into an empty file of their format, and bring that up to date."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    _make(connection, found.version)
    connection.execute("BEGIN")
    for table, columns in _columns(found.version).items():
        if table in _MADE_AGAIN:
            continue
        for key, values in found.values(table):
            if len(values) > len(columns):
                continue
            row = [key if is_id else value for (*_, is_id), value in zip(columns, values, strict=False)]
            names = ", ".join(name for name, *_ in columns[: len(row)])
            connection.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", row)
    for table, last in found.sequence.items():
        connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table))
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    connection.execute("COMMIT")


def _told(part: Path, found: _Found, made_up: dict[str, int]) -> Iterator[TableRead]:
    """Tell what became of each table that had anything."""
    with looking(part) as connection:
        for table, rows in found.rows.items():
            (there,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            lost = len(found.known[table] - rows.keys()) + found.broken[table]
            if table == "settings":  # one of them is the id, which may be a new one
                there = min(there, len(rows))
            kept = there - made_up.get(table, 0)
            if rows or lost or there:
                yield TableRead(table, kept, max(lost, made_up.get(table, 0)), max(0, len(rows) - kept))


def _put_right(buffer: Buffer) -> dict[str, int]:
    """Leave out what is not sound; return how many rows of a table were made up for those that are lost."""
    with buffer._writing() as db:
        leave_out_implausible(db.conn)
    wrong = [*_wrong_samples(buffer)]
    increments = [*_wrong_increments(buffer)]
    with buffer._writing() as db:
        db.conn.executemany("DELETE FROM samples WHERE id = ?", [(sample_id,) for sample_id in wrong])
        db.conn.executemany("DELETE FROM increments WHERE id = ?", [(increment_id,) for increment_id in increments])
        made_up = {"classes": _make_up_classes(db), "bursts": _make_up_recordings(db)}
        _unlearn_what_is_unsure(db)
        for statement in _DANGLING.split(";"):
            db.execute(statement)
    versions = [*_wrong_versions(buffer)]
    with buffer._writing() as db:
        db.conn.executemany("DELETE FROM versions WHERE id = ?", [(version_id,) for version_id in versions])
        for statement in _DANGLING.split(";"):
            db.execute(statement)
        newest = db.execute("SELECT max(id) FROM versions").fetchone()[0]
        champion = db.execute("SELECT value FROM settings WHERE key = ?", (CHAMPION,)).fetchone()
        there = db.execute("SELECT 1 FROM versions WHERE CAST(id AS TEXT) = ?", champion or ("",)).fetchone()
        if there is None:
            db.execute("DELETE FROM settings WHERE key = ?", (CHAMPION,))
            if newest is not None:
                use_version(db, newest)
        give_id(db)
    return made_up


_DANGLING = f"""
DELETE FROM settings WHERE key = '{SUCCESSOR}';
DELETE FROM changes;
DELETE FROM sums;
DELETE FROM fleet;
UPDATE backbones SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM backbones);
DELETE FROM backbone_files WHERE backbone_id NOT IN (SELECT id FROM backbones);
DELETE FROM backbone_samples WHERE backbone_id NOT IN (SELECT id FROM backbones);
DELETE FROM versions WHERE backbone_id NOT IN (SELECT id FROM backbones)
    OR id NOT IN (SELECT version_id FROM increments WHERE version_id IS NOT NULL);
DELETE FROM version_arrays WHERE version_id NOT IN (SELECT id FROM versions);
UPDATE versions SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM versions);
UPDATE increments SET version_id = NULL WHERE version_id NOT IN (SELECT id FROM versions);
UPDATE increments SET backbone_id = NULL WHERE backbone_id NOT IN (SELECT id FROM backbones);
DELETE FROM steps WHERE increment_id NOT IN (SELECT id FROM increments)
"""
"""What refers to a row that is lost. A version without its increment goes too: nobody could tell what it knows."""


def _wrong_samples(buffer: Buffer) -> Iterator[int]:
    """Return the samples whose picture or moment cannot be read."""
    last = 0
    while rows := buffer._rows(
        "SELECT id, image, captured_at, deleted_at FROM samples WHERE id > ? ORDER BY id LIMIT ?", (last, _PICTURES)
    ):
        with quiet_stderr():
            for id_, image, captured_at, deleted_at in rows:
                if not (_is_moment(captured_at) and (deleted_at is None or _is_moment(deleted_at))) or wrong_with(
                    image
                ):
                    yield id_
        last = rows[-1][0]


def _wrong_increments(buffer: Buffer) -> Iterator[int]:
    kinds = {kind.value for kind in IncrementKind}
    for id_, started_at, kind, evaluation in buffer._rows("SELECT id, started_at, kind, evaluation FROM increments"):
        try:
            json.loads(evaluation)
        except ValueError:
            yield id_
        else:
            if kind not in kinds or not _is_moment(started_at):
                yield id_


def _wrong_versions(buffer: Buffer) -> Iterator[int]:
    """Return the versions that are not what was written, and those whose backbone is not."""
    classes = {info.id for info in buffer.classes(archived=True)}
    unsound = {*_unsound_backbones(buffer)}
    for id_, backbone_id in buffer._rows("SELECT id, backbone_id FROM versions"):
        try:
            head = buffer.head(id_)
            buffer.version(id_)
            arrays = buffer.arrays(id_)
        except DamagedProject:
            yield id_
            continue
        is_finite = head.is_finite and all(is_sound(name, array) for name, array in arrays.items())
        if not is_finite or not classes.issuperset(head.class_ids) or backbone_id in unsound:
            yield id_


def _unsound_backbones(buffer: Buffer) -> Iterator[int]:
    """Return backbones whose files are not what was written, or are not all there; what is left of these goes."""
    for id_, sha256, made_at in buffer._rows("SELECT id, sha256, made_at FROM backbones"):
        try:
            files = [buffer.backbone_file(sha256, name) for name in (PACKAGE, LITERT)]
        except DamagedProject:
            files = [None]
        is_partly_there = any(file is not None for file in files) or made_at is not None
        if None in files and (is_partly_there or len(files) == 1):
            with buffer._writing() as db:
                db.execute("DELETE FROM backbone_files WHERE backbone_id = ?", (id_,))
            yield id_


def _make_up_classes(db: Database) -> int:
    lost = [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT class_id FROM samples WHERE class_id NOT IN (SELECT id FROM classes) ORDER BY 1"
        )
    ]
    names = {row[0] for row in db.execute("SELECT name_key FROM classes")}
    (position,) = db.execute("SELECT coalesce(max(position), -1) FROM classes").fetchone()
    for number, id_ in enumerate(lost, start=1):
        name = next(name for name in (f"recovered {id_ + extra * 1000}" for extra in range(1000)) if name not in names)
        db.execute(
            "INSERT INTO classes (id, name, name_key, colour, position, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (id_, name, name, class_colour(position + number), position + number, datetime.now(UTC).isoformat()),
        )
    return len(lost)


def _make_up_recordings(db: Database) -> int:
    return db.execute(
        "INSERT INTO bursts (id, source, started_at, role) SELECT burst_id, 'recovered', min(captured_at), 'train' "
        "FROM samples WHERE burst_id NOT IN (SELECT id FROM bursts) GROUP BY burst_id"
    ).rowcount


def _unlearn_what_is_unsure(db: Database) -> None:
    """Have samples learned anew whose increment is lost; of those that are deleted, no version may know any."""
    refers = " OR ".join(
        f"({column} IS NOT NULL AND {column} NOT IN (SELECT id FROM increments))"
        for column in ("learned_in", "known_since", "forgotten_in")
    )
    archived = "SELECT id FROM classes WHERE archived_at IS NOT NULL"
    gone = f"(deleted_at IS NOT NULL OR class_id IS NULL OR class_id IN ({archived}))"
    if db.execute(f"SELECT 1 FROM samples WHERE ({refers}) AND {gone} LIMIT 1").fetchone():
        db.execute("DELETE FROM versions")
    db.execute(
        "UPDATE samples SET learned_in = NULL, learned_as = NULL, known_since = NULL, forgotten_in = NULL "
        f"WHERE {refers}"
    )


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return False
    return True
