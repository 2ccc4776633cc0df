# SPDX-License-Identifier: Apache-2.0
"""What can be done when a project cannot be opened: a step for each fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.moments import moment_text
from desktop.views.message_panel import Choice
from learner.errors import (
    BackupFault,
    DamagedProject,
    DiskFull,
    NotAProject,
    ProjectBusy,
    ReadOnlyProject,
    ShowtellError,
)

if TYPE_CHECKING:
    from learner.buffer.keeping import Kept

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What the window can do next; `backup` is the newest copy that can be put back, None where none is known.

    `save_readable` is None where that was tried in vain.
    """

    try_again: Callable[[], object]
    open_another: Callable[[], object]
    start_new: Callable[[], object]
    save_readable: Callable[[], object] | None
    put_back: Callable[[Kept], object]
    choose_folder: Callable[[], object]
    backup: Kept | None = None


def choices(error: ShowtellError, path: Path, ways: WaysOut) -> list[Choice]:
    """Return the buttons of the panel that tells of a fault; the first is the one to take.

    Args:
        error: what was wrong with the file.
        path: the file.
        ways: what the window can do.
    """
    again: Choice = (translate("Faults", "Try again"), translate("Faults", "Open the same file again"), ways.try_again)
    another: Choice = (
        translate("Faults", "Open another project"),
        translate("Faults", "Choose another project file"),
        ways.open_another,
    )
    new: Choice = (
        translate("Faults", "New project"),
        translate("Faults", "Start a new project file"),
        ways.start_new,
    )
    folder: Choice = (
        translate("Faults", "Show its folder"),
        translate("Faults", "Look at the file in its folder"),
        lambda: show_folder(path),
    )
    other_folder: Choice = (
        translate("Faults", "Choose another folder"),
        translate("Faults", "Keep backups where there is room for them, then try again"),
        ways.choose_folder,
    )
    if isinstance(error, BackupFault):
        return [again, other_folder]
    if isinstance(error, ProjectBusy | DiskFull):
        return [again, another]
    if can_be_mended(error, ways.backup):
        mending = _mending(ways)
        return [*mending, folder] if mending else [another, folder, new]
    if isinstance(error, ReadOnlyProject):
        return [folder, another, new]
    return [another, new]


def can_be_mended(error: ShowtellError, backup: Kept | None) -> bool:
    """Return whether a file has most likely been a project: it says so, or there are copies of one of its name."""
    return isinstance(error, DamagedProject) or (isinstance(error, NotAProject) and backup is not None)


def show_folder(path: Path) -> None:
    """Show the folder of a file, as the system shows folders."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _mending(ways: WaysOut) -> list[Choice]:
    found: list[Choice] = []
    if ways.save_readable is not None:
        found.append(
            (
                translate("Faults", "Save what can be read"),
                translate("Faults", "Make a new project of it; the damaged file is set aside and stays as it is"),
                ways.save_readable,
            )
        )
    backup = ways.backup
    if backup is not None:
        found.append(
            (
                translate("Faults", "Put back the backup of {moment}").format(
                    moment=moment_text(backup.made_at.timestamp())
                ),
                translate("Faults", "Use that copy; the damaged file is set aside and stays as it is"),
                lambda: ways.put_back(backup),
            )
        )
    return found
