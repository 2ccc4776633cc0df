# SPDX-License-Identifier: Apache-2.0
"""Copies of a project file: made while others work with it, and put back in the place of one.

A copy is made by SQLite's backup API, so that it is the project at one moment with what is still in the log, and is one
file without a log: https://www.sqlite.org/backup.html.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learner.buffer import copies
from learner.buffer.checking import Contents, Progress, contents, verify
from learner.buffer.connection import fold, looking, translated
from learner.buffer.lock import ProjectLock
from learner.errors import DamagedProject, NewerProject, NotAProject, ProjectBusy, ShowtellError, UsageFault
from learner.files import name_whole, new_file, part_of, sync

_PAGES = 2048
"""Pages that are copied between two calls of the listener."""
LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: where, what is in it, and how many bytes it has."""

    path: Path
    contents: Contents
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A project that was put back: where, what is in it, and where the one is now that was there before, if any."""

    path: Path
    contents: Contents
    set_aside: Path | None


def backup(source: Path, target: Path, on_progress: Progress | None = None, *, is_remembered: bool = True) -> Backup:
    """Copy a project to a new file while others may have it open, and read the copy through.

    Args:
        source: the project.
        target: the file to make; nothing is written over, and it has its name only when it is whole and was verified.
        on_progress: is told how many pages are copied, and how many there are; an exception that it raises ends it.
        is_remembered: whether it stays, and is to be found when something is to be forgotten for good.

    Raises:
        DamagedProject: the project is damaged; there is no copy of it.
        ProjectFault: it is not there, not ours, newer, or cannot be reached.
        EnvironmentFault: the copy cannot be written, or something is called so already.
    """
    with looking(source) as original, new_file(target) as part:
        held = copy_to(part, source, original, on_progress)
        if is_remembered:
            copies.remember(copies.identity_in(original), target)
    return Backup(target, held, target.stat().st_size)


def restore(source: Path, project: Path, on_progress: Progress | None = None) -> Restored:
    """Put a backup in the place of a project; the project that is there is set aside, not deleted.

    The backup is verified first and stays as it is. It is copied beside the project before that is touched.

    Args:
        source: the backup.
        project: the file to make.
        on_progress: as for `backup`.

    Raises:
        DamagedProject: the backup is damaged.
        ProjectBusy: another program has the project open.
        ProjectFault: the backup is not there, not ours, newer, or cannot be reached.
        EnvironmentFault: the project cannot be written.
        UsageFault: they are the same file.
    """
    project = Path(os.path.realpath(project))
    if project.exists() and source.exists() and os.path.samefile(source, project):
        raise UsageFault("That is the project itself", f"{source} and {project} are one file.", "Name a backup of it.")
    with ProjectLock(project, create=True), looking(source) as original, part_of(project) as part:
        held = copy_to(part, source, original, on_progress)
        aside = exchange(project, part, "before-restore")
    return Restored(project, held, aside)


def exchange(project: Path, part: Path, what: str) -> Path | None:
    """Put a file that is complete in a project's place; return the name that what was there has now, if anything was.

    Args:
        project: the project file, which nobody may have open.
        part: what takes its place, and has no other name afterwards.
        what: stands in the name that the project gets.

    Raises:
        OSError: it cannot be done; the project is where it was.
    """
    sync(part)  # which takes long, and the project is to have two names for no longer than it must
    aside = _set_aside(project, what)
    has_both_names = aside is not None and os.path.lexists(project) and os.path.samefile(aside, project)
    try:
        name_whole(part, project, instead=has_both_names)
    except BaseException:
        # It has its own name again, and that one alone.
        if aside is not None and has_both_names:
            aside.unlink()
        elif aside is not None and not os.path.lexists(project):
            aside.rename(project)
        raise
    return aside


def dated_name(path: Path, what: str) -> Path:
    """Return a free name beside a path that says what a file is of it, and of when: `desk.backup-2026-05-31-1802…`."""
    now = datetime.now().astimezone()
    return next(name for name in _names(path, f"{what}-{now:%Y-%m-%d-%H%M%S}") if not os.path.lexists(name))


def _names(path: Path, what: str) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{what}{path.suffix}")
    number = 1
    while True:
        number += 1
        yield path.with_name(f"{path.stem}.{what}-{number}{path.suffix}")


def copy_to(part: Path, source: Path, original: sqlite3.Connection, on_progress: Progress | None) -> Contents:
    """Copy a project into an empty file, and return what is in it.

    Args:
        part: the file.
        source: the project, for what people are told.
        original: a connection to it.
        on_progress: as for `backup`.

    Raises:
        DamagedProject: what came of it cannot be read in full.
    """

    def tell(_status: int, remaining: int, total: int) -> None:
        if on_progress and total:  # before the first page nobody knows how many there are, nor if there is no first one
            on_progress(total - remaining, total)

    # One moment of it: the API would begin again whenever somebody writes, and might never end.
    original.execute("BEGIN")
    held = contents(original)
    with translated(part), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that was cut short is thrown away
        copy.execute("PRAGMA synchronous = OFF")
        original.backup(copy, pages=_PAGES, progress=tell)
    fold(part)  # the header is a copy as well and says that there is a log
    found = verify(part)
    if not found.is_well or found.contents != held:
        what = found.findings[0] if found.findings else "not everything is in it"
        raise DamagedProject(
            "There is no sound copy of it",
            f"{source.name} was copied, and the copy is damaged ({what}).",
            f"Run showtell check {source} to see what is wrong with it.",
        )
    return held


def _set_aside(project: Path, what: str) -> Path | None:
    """Give a project, and what SQLite keeps beside it, another name; return that name, None when nothing was there.

    A file without a log keeps its own name as well, where the file system has links, until another takes its place: so
    there is a project of that name at every moment, and whoever is killed in between has done nothing.
    """
    identity = None
    if not os.path.lexists(project):
        kept = [suffix for suffix in LOGS if os.path.lexists(_beside(project, suffix))]
    else:
        # What cannot be read goes as it is, and its log with it: SQLite would throw the log away.
        with suppress(DamagedProject, NotAProject, NewerProject):
            if what != "damaged" and verify(project).contents is not None:
                fold(project)
        with suppress(ShowtellError, sqlite3.Error):
            identity = copies.identity_of(project)
        kept = ["", *(suffix for suffix in LOGS if os.path.lexists(_beside(project, suffix)))]
    if not kept:
        return None
    aside = dated_name(project, what)
    copies.remember(identity, aside)
    if kept == [""]:
        with suppress(OSError):
            os.link(project, aside)
            return aside
    try:
        # The logs first: one that stayed beside the file to come would be taken for its own.
        for suffix in reversed(kept):
            _beside(project, suffix).rename(_beside(aside, suffix))
    except PermissionError as error:  # Windows, where a file that somebody has open cannot be renamed
        raise ProjectBusy(
            "The project is open elsewhere", f"{project.name} cannot be renamed.", "Close it, then do this again."
        ) from error
    return aside if "" in kept else None


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
