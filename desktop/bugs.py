# SPDX-License-Identifier: Apache-2.0
"""A bug of ours while the window is open: written down, shown, and the end of it; what was labelled is on the disk."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import crash_report
from desktop.views.crash_dialog import CrashDialog

_log = logging.getLogger(__name__)

BROKEN = 3
"""The exit code after a bug of ours."""
RESTART = 75
"""The exit code that asks `run_app` to start anew."""
_TOLD, _RESTARTS = "told of a bug", "can restart"


def allow_restart(qt: QApplication) -> None:
    """Offer to start again when something broke; whoever runs `qt` sees to it when it returns RESTART."""
    qt.setProperty(_RESTARTS, True)


def report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a report, show it, and leave with the exit code BROKEN or RESTART. Any thread may call this."""
    text = "".join(traceback.format_exception(kind, error, trace))
    report = crash_report.compose(text)
    _log.critical("a bug of ours\n%s", text)
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        sys.stderr.write(text)
        return
    if qt.property(_TOLD):
        return  # one is enough; what follows is often the same
    qt.setProperty(_TOLD, True)
    path = crash_report.write(report)
    # A dialog belongs to the window's thread, and not into the middle of whatever was being painted.
    QTimer.singleShot(0, qt, lambda: _show(qt, report, path))


def _show(qt: QApplication, report: str, path: Path | None) -> None:
    dialog = CrashDialog(report, path, over=True, can_restart=bool(qt.property(_RESTARTS)))
    qt.exit(RESTART if dialog.exec() else BROKEN)
