# SPDX-License-Identifier: Apache-2.0
"""What can be done when a project cannot be opened: a step for each fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.views.message_panel import Choice
from learner.errors import DamagedProject, DiskFull, ProjectBusy, ReadOnlyProject, ShowtellError

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What the window can do next."""

    try_again: Callable[[], object]
    open_another: Callable[[], object]
    start_new: Callable[[], object]


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
    if isinstance(error, ProjectBusy | DiskFull):
        return [again, another]
    if isinstance(error, DamagedProject):
        return [another, folder, new]
    if isinstance(error, ReadOnlyProject):
        return [folder, another, new]
    return [another, new]


def show_folder(path: Path) -> None:
    """Show the folder of a file, as the system shows folders."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
