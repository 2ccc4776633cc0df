# SPDX-License-Identifier: Apache-2.0
"""What was forgotten for good leaves the copies of the project as well.

A copy is not thrown away for a picture that is in it: it is written anew without, verified, and put in its own place.
Pictures are known again by the hash of their pixels; ids would not do, since a project that went back to a copy gives
them once more. Which ones are to go is in the project until every copy that is known has been seen to, so that a kill
in between, or a drive that is not connected, leaves it to be done the next time.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from learner.buffer import copies, keeping, salvaging
from learner.buffer.backups import LOGS, copy_to
from learner.buffer.buffer import Buffer
from learner.buffer.checking import verify
from learner.buffer.connection import fold, looking, translated
from learner.buffer.lock import ProjectLock
from learner.buffer.unlearning import Going, hash_of_name
from learner.errors import BackupFault, DamagedProject, NotAProject, ProjectMissing, ShowtellError
from learner.files import part_of

OnCopy = Callable[[int, int], None]
"""Is told how many copies have been seen to, and how many there are."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """A copy that may still have what was forgotten, and why, as a sentence."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Which copies were written anew, and which could not be reached."""

    copies: tuple[Path, ...]
    unreached: tuple[Unreached, ...]


def forget_in_copies(buffer: Buffer, folder: Path | None = None, on_copy: OnCopy | None = None) -> Cleaned:
    """Write every copy that Showtell made of a project anew, without what was forgotten for good (`Buffer.erase`).

    Args:
        buffer: the project, of which this is the only session.
        folder: where copies are kept; None takes the usual folder.
        on_copy: is told how far it is.

    Returns:
        What was done. Where a copy could not be reached, calling it once more tries again.
    """
    going = buffer.going()
    if not going:
        return Cleaned((), ())
    identity = copies.identity_of(buffer.path)
    project = buffer.path
    found = {*copies.remembered(identity), *copies.beside(project)}
    found.update(one.path for one in keeping.kept(project, folder))
    _sweep(project, found)
    cleaned, unreached = [], []
    for number, path in enumerate(sorted(found)):
        if on_copy:
            on_copy(number, len(found))
        try:
            if _is_gone(path):
                copies.forget_of(identity, path)
            elif _clean(path, going):
                cleaned.append(path)
        except (ShowtellError, OSError) as error:
            why = error.happened if isinstance(error, ShowtellError) else f"It cannot be written ({error.strerror})."
            unreached.append(Unreached(path, why))
    if not unreached:
        buffer.note_gone()
    return Cleaned(tuple(cleaned), tuple(unreached))


def _is_gone(path: Path) -> bool:
    """Return whether somebody deleted a copy.

    Raises:
        ProjectMissing: its folder is not there, which may be on a drive that is not connected.
    """
    if os.path.lexists(path):
        return False
    if not path.parent.is_dir():
        raise ProjectMissing("A copy is not there", f"{path.parent} is not there.", "Connect the drive it is on.")
    return True


def _sweep(project: Path, found: set[Path]) -> None:
    """Take away what killed programs left of copies that they had begun; one under way comes to nothing."""
    starts = (f"{project.stem[:80]}.", *(f"{path.name[:100]}." for path in found))
    for folder in {project.parent, *(path.parent for path in found)}:
        with suppress(OSError):
            for path in folder.iterdir():
                if path.name.endswith(".part") and path.name.startswith(starts):
                    path.unlink()


def _clean(path: Path, going: Going) -> bool:
    """Write a copy anew without what is to go; return whether there was any of it.

    Raises:
        ShowtellError: it cannot be done, or the copy has become a project of its own.
    """
    is_damaged = ".damaged-" in path.name
    with ProjectLock(path), part_of(path) as part:
        if not is_damaged:
            try:
                with looking(path) as original:
                    if not _has(original, going):
                        return False
                    _check_untouched(path, original)
                    copy_to(part, path, original, None)
            except (DamagedProject, NotAProject):
                is_damaged = True
        if is_damaged:
            # What cannot be read of it goes as well: nobody could tell what is in it.
            salvaging.recover(path, part)
        _take_out(part, going)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
        for suffix in LOGS:
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).unlink()
    return True


def _has(connection: sqlite3.Connection, going: Going) -> bool:
    pictures = json.dumps(going.pictures)
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM samples WHERE sha256 IN (SELECT value FROM json_each(?)))", (pictures,)
    ).fetchone()
    return bool(row[0]) or bool(_classes(connection, going))


def _classes(connection: sqlite3.Connection, going: Going) -> list[int]:
    hashes = set(going.classes)
    rows = connection.execute("SELECT id, name_key FROM classes")
    return [class_id for class_id, key in rows if hash_of_name(key) in hashes]


def _check_untouched(path: Path, connection: sqlite3.Connection) -> None:
    """A copy has no log until somebody opens it to write; from then on it is a project, and his."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and ".before-restore-" not in path.name:
        raise BackupFault(
            "A copy has become a project",
            f"{path.name} has been worked on since, and was left as it is.",
            "Open it, and forget there what is to be forgotten.",
        )


def _take_out(part: Path, going: Going) -> None:
    with translated(part), closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN")
        _delete(db, going)
        db.execute("COMMIT")
        db.execute("VACUUM")
    fold(part)
    found = verify(part)
    if not found.is_well:
        raise DamagedProject("A copy is damaged", f"{part.name} cannot be written anew.", "Delete it.")


def _delete(db: sqlite3.Connection, going: Going) -> None:
    """Delete samples, the versions that may have known one, and what nothing is left of."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(samples)")}
    db.execute("CREATE TEMP TABLE going (id INTEGER PRIMARY KEY)")
    db.execute(
        "INSERT INTO going SELECT id FROM samples WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(going.pictures),),
    )
    # The first format knows only which increment learned a sample.
    since, until = "learned_in", "1"
    if "known_since" in columns:
        since, until = "known_since", "(forgotten_in IS NULL OR increments.id < forgotten_in)"
    db.execute(
        "DELETE FROM versions WHERE id IN (SELECT version_id FROM increments WHERE version_id IS NOT NULL AND EXISTS "
        f"(SELECT 1 FROM samples WHERE id IN (SELECT id FROM going) AND {since} <= increments.id AND {until}))"
    )
    db.execute("DELETE FROM samples WHERE id IN (SELECT id FROM going)")
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sums'").fetchone():
        db.execute("DELETE FROM sums")
    db.execute("DELETE FROM bursts WHERE id NOT IN (SELECT burst_id FROM samples)")
    db.execute(
        "DELETE FROM classes WHERE id IN (SELECT value FROM json_each(?)) "
        "AND id NOT IN (SELECT class_id FROM samples WHERE class_id IS NOT NULL)",
        (json.dumps(_classes(db, going)),),
    )
    chosen = db.execute("SELECT max(id) FROM versions").fetchone()[0]
    gone = "key = 'champion' AND CAST(value AS INTEGER) NOT IN (SELECT id FROM versions)"
    if chosen is None:
        db.execute(f"DELETE FROM settings WHERE {gone}")
    else:
        db.execute(f"UPDATE settings SET value = ? WHERE {gone}", (str(chosen),))
