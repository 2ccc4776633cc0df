# SPDX-License-Identifier: Apache-2.0
"""Starting the app in this process: Qt, its size and language, the log, and what becomes of a second start."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import crash_report, translation
from desktop.bugs import RESTART, allow_restart, report_bug
from desktop.doorbell import ring
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from learner.config import LearnerConfig
from learner.files import assets_folder

if TYPE_CHECKING:
    from learner.camera import CameraInfo

_INTERRUPTED = 130
_PATIENCE_SECONDS = 0.2
"""For the screen to take the window; one that is slower paints it later."""
_STARTED_MILLISECONDS = 3000
"""After the window is there, everything else is, too."""


def run_app(
    project: Path | None = None,
    camera: str | None = None,
    backbone: Path | None = None,
    device: Literal["auto", "cpu", "gpu"] | None = None,
) -> int:
    """Open the app and return its exit code when it is closed.

    The window is on the screen before the rest of the app is imported. A project that a window has open already brings
    that window to the front, and that is all.

    Args:
        project: the project file; that of last time when left out.
        camera: what to look through, as `open_source` takes it.
        backbone: a backbone to use instead of the project's.
        device: where to learn.
    """
    settings = Settings()
    qt = start_qt(settings)
    recent = settings.recent
    project = project or (recent[0] if recent else None)
    if project is not None and ring(project):
        sys.stdout.write(f"{project.name} is open already; its window has come to the front.\n")
        return 0
    last_time = crash_report.report_of_last_time()
    crash_report.watch()
    window = MainWindow(settings, _cameras)
    _show(window, qt)
    from learner.spawning import Spare

    # It imports what it needs while we do; begun any sooner, it would keep the window waiting for the disk.
    spare = Spare()
    from desktop.app import App
    from learner.client import LearnerClient

    config = LearnerConfig(backbone=backbone, device=device or settings.device)
    app = App(settings, config, partial(LearnerClient, spare=spare), window)
    app.window.dialogs.can_restart = True
    allow_restart(qt)
    qt.aboutToQuit.connect(app.stop)
    app.start(project, camera or settings.camera)
    QTimer.singleShot(_STARTED_MILLISECONDS, _collect_garbage)
    if last_time is not None:
        app.tell_of_last_time(last_time)
    code = qt.exec()
    app.stop()
    return start_anew(app.project or project, backbone, device) if app.wants_restart or code == RESTART else code


def start_qt(settings: Settings | None = None) -> QApplication:
    """Start Qt and what every window needs; `desktop.display` says beforehand whether it can.

    Args:
        settings: say how large everything is and in which language; those of the person when left out.
    """
    settings = settings or Settings()
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = _sized(settings.scale)
    qt.setApplicationName("Showtell")
    qt.setDesktopFileName("org.showtell.Showtell")  # by which desktops find name and icon
    qt.setWindowIcon(QIcon(str(assets_folder() / "icon.svg")))
    translation.install(qt, settings.language)
    crash_report.start_log()
    sys.excepthook = report_bug
    # Ctrl+C in the terminal closes the window as a person would.
    signal.signal(signal.SIGINT, lambda *_: qt.exit(_INTERRUPTED))
    return qt


def start_anew(project: Path | None, backbone: Path | None, device: str | None = None) -> int:
    """Put a new process of the app in this one's place, or start one where the system has no such thing."""
    ours = len(sys.argv) - 1
    command = [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - ours]]
    command += [str(project.absolute())] if project else []
    command += ["--backbone", str(backbone)] if backbone else []
    command += ["--device", device] if device else []
    if sys.platform == "win32":
        return 0 if subprocess.Popen(command).pid else 1
    return os.execv(command[0], command)  # noqa: S606


def _show(window: MainWindow, qt: QApplication) -> None:
    """Show the window and have it painted, however busy we are afterwards."""
    window.show()
    until = time.monotonic() + _PATIENCE_SECONDS
    handle = window.windowHandle()
    while handle is not None and not handle.isExposed() and time.monotonic() < until:
        qt.processEvents()
        time.sleep(0.001)
    qt.processEvents()


def _collect_garbage() -> None:
    """Begin, or begin again, to look for what nobody needs any more; what has come with the start is needed."""
    gc.freeze()
    gc.enable()


def _cameras() -> list[CameraInfo]:
    from learner.camera import list_cameras

    return list_cameras()


def _sized(per_cent: int) -> QApplication:
    """Start Qt with everything so large. The variable is taken back, since programs that are started from here have it.

    One that the person has set goes first.
    """
    if per_cent == 100 or "QT_SCALE_FACTOR" in os.environ:
        return QApplication(sys.argv[:1])
    os.environ["QT_SCALE_FACTOR"] = f"{per_cent / 100:g}"
    try:
        return QApplication(sys.argv[:1])
    finally:
        del os.environ["QT_SCALE_FACTOR"]
