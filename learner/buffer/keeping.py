# SPDX-License-Identifier: Apache-2.0
"""Copies of a project that are made without being asked for, and how many of them stay.

One is made when the newest is a day old and something has changed since, before a file of an older format is brought up
to date, and before what came of a consolidation is taken into the file. Then they are thinned: of each of the last
twelve days, ten weeks and nine months that have any, the newest stays. Source of the numbers: Anki's
(https://docs.ankiweb.net/backups.html).

They lie in a folder a project, by the id that the project has in its settings, so that projects of the same name do not
mix and one that is renamed or restored keeps its own. Copies of a file that was duplicated have the same id; they are
told apart by the names of the files, and thinned apart.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from learner.buffer.backups import Backup, backup
from learner.buffer.checking import Progress
from learner.buffer.connection import looking, translated
from learner.buffer.copies import identity_of
from learner.errors import BackupFault, EnvironmentFault, ShowtellError
from learner.files import data_folder, private_folder, write_fault

FOLDER_VARIABLE = "SHOWTELL_BACKUPS"
"""The environment variable that names another folder than the usual one."""

DAYS, WEEKS, MONTHS = 12, 10, 9
_DUE = timedelta(days=1)
_STAMP = "%Y-%m-%d-%H%M%SZ"
_NAME = re.compile(r"(?P<series>.+)\.(?P<reason>[a-z-]+?)-(?P<when>\d{4}-\d\d-\d\d-\d{6}Z)(-\d+)?\.showtell")
_LEFT = re.compile(r"\.part(-journal|-wal|-shm)?$")
_ID_LENGTH = 12
_MOST_AT_ONCE = 20


class Reason(Enum):
    """Why a copy was made."""

    DAILY = "daily"
    MIGRATION = "before-migration"
    CONSOLIDATION = "before-consolidation"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that is kept: where, of when (aware), why it was made, and how many bytes it has."""

    path: Path
    made_at: datetime
    reason: Reason
    bytes: int


def usual_folder() -> Path:
    """Return where copies are kept unless a person chose another folder; it need not be there yet."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else data_folder() / "backups"


def keep(
    project: Path,
    folder: Path | None = None,
    on_progress: Progress | None = None,
    *,
    reason: Reason = Reason.DAILY,
    now: datetime | None = None,
) -> Backup | None:
    """Make a copy if one is due, read it through, and let go of those that are too many.

    Others may have the project open, and may write. It takes as long as reading the file twice.

    Args:
        project: the project file.
        folder: where copies are kept; None takes the usual folder.
        on_progress: as for `backups.backup`: an exception that it raises ends it, and nothing is left of the copy.
        reason: a copy for another reason than that a day has passed is due in any case.
        now: when it is.

    Returns:
        The copy; None when none was due.

    Raises:
        DamagedProject: the project is damaged; the copies there are stay as they are.
        ProjectFault, EnvironmentFault: it cannot be read, or the copy cannot be written.
    """
    now = now or datetime.now(UTC)
    project = Path(os.path.realpath(project))
    folder = folder or usual_folder()
    identity = identity_of(project)
    there = _own(kept(project, folder), project)
    if reason is Reason.DAILY and there and not _is_due(project, there[0].made_at, now):
        return None
    try:
        place = private_folder(_place(folder, identity) or folder / f"{_series(project)}-{identity[:_ID_LENGTH]}")
    except OSError as error:
        raise write_fault(folder, error) from error
    made = _made(project, place, f"{_series(project)}.{reason.value}-{now.astimezone(UTC):{_STAMP}}", on_progress)
    _thin(_own(kept(project, folder), project))
    _sweep(place, now)
    return made


def keep_before_migrating(project: Path, folder: Path | None) -> None:
    """Make a copy of a project of an older format.

    Raises:
        BackupFault: there is none.
    """
    try:
        keep(project, folder, reason=Reason.MIGRATION)
    except ShowtellError as fault:
        raise BackupFault(
            "The project was not brought up to date",
            f"{project.name} was made by an older Showtell. A copy of it comes first, and could not be made: "
            f"{fault.happened} The file was not changed.",
            f"{fault.remedy} Copies are kept in {folder or usual_folder()}.",
        ) from fault


def kept(project: Path, folder: Path | None = None) -> list[Kept]:
    """Return the copies that are kept of a project, newest first; none where the folder cannot be read.

    A project that can no longer be read is known by its name.
    """
    folder = folder or usual_folder()
    try:
        place = _place(folder, identity_of(project))
        found = _kept_in(place) if place is not None else []
    except ShowtellError:
        found = _own([one for place in _places(folder) for one in _kept_in(place)], project)
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def samples_in(copy: Path) -> int:
    """Return how many live samples a copy has, whatever its format, without reading it through.

    Raises:
        ProjectFault: it cannot be read.
    """
    with looking(copy) as connection, translated(copy):
        return int(connection.execute("SELECT count(*) FROM samples WHERE deleted_at IS NULL").fetchone()[0])


def which_stay(times: Iterable[datetime]) -> set[datetime]:
    """Return which of so many copies stay: those of the newest one's day, and the newest of each day, week and month.

    Of days, weeks and months only those count that have a copy, so that nothing goes merely because time passes.

    Args:
        times: when they were made, in the time zone whose days are meant.
    """
    newest_first = sorted(times, reverse=True)
    stay = {when for when in newest_first if when.date() == newest_first[0].date()}
    rules: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, datetime.date),
        (WEEKS, lambda when: when.isocalendar()[:2]),
        (MONTHS, lambda when: (when.year, when.month)),
    )
    for most, period in rules:
        newest: dict[Hashable, datetime] = {}
        for when in newest_first:
            newest.setdefault(period(when), when)
        stay.update(list(newest.values())[:most])
    return stay


def _is_due(project: Path, newest: datetime, now: datetime) -> bool:
    if newest > now + _DUE:  # the clock was wrong, then or now
        return True
    return now - newest >= _DUE and _changed_at(project) > newest


def _changed_at(project: Path) -> datetime:
    """Return when the file, or its log, was last written to."""
    seconds = [project.stat().st_mtime]
    with suppress(OSError):
        log = project.with_name(project.name + "-wal").stat()
        if log.st_size:
            seconds.append(log.st_mtime)
    return datetime.fromtimestamp(max(seconds), UTC)


def _own(found: list[Kept], project: Path) -> list[Kept]:
    """Return those of the copies that were made of the file of this name."""
    return [one for one in found if one.path.name.startswith(f"{_series(project)}.{one.reason.value}-")]


def _thin(found: list[Kept]) -> None:
    stay = which_stay(one.made_at.astimezone() for one in found)
    for one in found:
        if one.made_at not in stay:
            with suppress(OSError):  # a folder that has gone; the next time will do
                one.path.unlink()


def _sweep(place: Path, now: datetime) -> None:
    """Take away what killed programs left of copies that they had begun; none takes a day to write."""
    with suppress(OSError):
        for path in place.iterdir():
            if _LEFT.search(path.name) and now.timestamp() - path.stat().st_mtime >= _DUE.total_seconds():
                path.unlink()


def _kept_in(place: Path) -> list[Kept]:
    found = []
    with suppress(OSError):
        for path in place.iterdir():
            match = _NAME.fullmatch(path.name)
            if match is None or match["reason"] not in {reason.value for reason in Reason}:
                continue
            with suppress(OSError, ValueError):
                when = datetime.strptime(match["when"], _STAMP).replace(tzinfo=UTC)
                found.append(Kept(path, when, Reason(match["reason"]), path.stat().st_size))
    return found


def _place(folder: Path, identity: str) -> Path | None:
    """Return the folder of a project in the folder of all of them; None when there is none yet."""
    with suppress(OSError):
        ours = (path for path in sorted(folder.iterdir()) if path.name.endswith(f"-{identity[:_ID_LENGTH]}"))
        return next((path for path in ours if path.is_dir()), None)
    return None


def _places(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.is_dir()]
    return []


def _made(project: Path, place: Path, stem: str, on_progress: Progress | None) -> Backup:
    """Make a copy under a name that is free; another program may take it meanwhile."""
    for number in range(1, _MOST_AT_ONCE + 1):
        target = place / f"{stem}{f'-{number}' if number > 1 else ''}.showtell"
        if os.path.lexists(target):
            continue
        try:
            return backup(project, target, on_progress)
        except EnvironmentFault:
            if not os.path.lexists(target):
                raise
    raise EnvironmentFault(
        "There are too many copies", f"{place} has {_MOST_AT_ONCE} of this second.", "Try again shortly."
    )


def _series(project: Path) -> str:
    return project.stem[:80]
