# SPDX-License-Identifier: Apache-2.0
"""The composition root: builds the parts, hands them to each other, and shuts them down in order."""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from desktop.camera_bridge import CameraBridge
from desktop.learner_bridge import LearnerFactory
from desktop.session import Session
from desktop.settings import Settings
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.main_window import MainWindow
from learner.camera import CameraState, CameraStatus, Frame, FrameSource, list_cameras, open_source
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import CameraFault, ProjectFault

_log = logging.getLogger(__name__)

_PROJECTS = "Showtell projects (*.showtell)"
_INTERRUPTED = 130
_CLIPS = "Clips (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;All files (*)"


class App(QObject):
    """The app's parts, alive.

    Args:
        settings: what it remembers.
        config: settings of the learner.
        learner: makes the learner's client; another one in tests.
    """

    def __init__(
        self, settings: Settings, config: LearnerConfig | None = None, learner: LearnerFactory = LearnerClient
    ) -> None:
        super().__init__()
        self.settings = settings
        self._config = config or LearnerConfig()
        self._make_learner = learner
        self.theme = Theme(settings.theme)
        self.sounds = Sounds(on=settings.sound)
        self.camera = CameraBridge()
        self.session: Session | None = None
        self._newest: Frame | None = None
        self.window = MainWindow(self.theme, settings, self.sounds, list_cameras)
        self._connect()

    def start(self, project: Path, camera: str) -> None:
        """Show the window at once; everything that takes time comes after its first paint."""
        self.window.show()
        QTimer.singleShot(0, lambda: self.open_project(project))
        QTimer.singleShot(0, lambda: self.use_camera(camera))

    def stop(self) -> None:
        """Stop the parts in order: camera, then what was recorded, then the learner."""
        self.camera.stop()
        if self.session is not None:
            self.session.stop()
        self.session = None
        self.settings.sync()

    def open_project(self, path: Path, *, create: bool = True) -> Session:
        """Open a project in place of the present one."""
        self.window.finish_editing()
        if self.session is not None:
            self.session.stop()
        session = Session(
            path,
            lambda: self._newest,
            lambda: self.camera.source.description if self.camera.source else "",
            self._config,
            create=create,
            learner=self._make_learner,
        )
        self.session = session
        self.window.show_session(session)
        session.opened.connect(lambda: self.settings.remember(path))
        for thread in (session.writer, session.reader):
            thread.broke.connect(lambda error: report_bug(type(error), error, error.__traceback__))
        if self._state is not None and self.window.teach is not None:
            self.window.teach.show_camera(self._state)
        session.start()
        return session

    def use_camera(self, spec: str) -> None:
        """Take the picture from this source from now on, and remember it."""
        try:
            source = open_source(spec)
        except CameraFault as fault:
            if self.camera.source is None or self.window.teach is None:
                self._show_state(CameraState(CameraStatus.FAILED, fault.title, fault.message))
            else:  # the present one goes on
                self.window.notices.say_failure(fault.title, fault.message)
            return
        self.settings.camera = spec
        self.use_source(source)

    def use_source(self, source: FrameSource) -> None:
        """Take the picture from this source from now on."""
        if self.session is not None:
            self.session.recorder.stop()
        self._newest = None
        if self.window.teach is not None:
            self.window.teach.camera.clear()
        self.window.show_source(source.description)
        self.camera.start(source)

    def _connect(self) -> None:
        self._state: CameraState | None = None
        self.camera.frame.connect(self._show_frame)
        self.camera.state.connect(self._show_state)
        self.window.closing.connect(self.stop)
        self.window.new_project.connect(self._ask_for_new_project)
        self.window.open_project.connect(self._ask_for_project)
        self.window.recent_project.connect(lambda path: self.open_project(path, create=False))
        self.window.use_camera.connect(self.use_camera)
        self.window.choose_clip.connect(self._ask_for_clip)
        self.window.choose_folder.connect(self._ask_for_folder)
        self.window.choose_address.connect(self._ask_for_address)

    def _show_frame(self, frame: Frame) -> None:
        self._newest = frame
        if self.session is not None:
            self.session.learner.predict(frame.image)
        if self.window.room is not None:
            self.window.room.show_frame(frame)

    def _show_state(self, state: CameraState) -> None:
        self._state = state
        if state.status is not CameraStatus.LIVE:
            # A frame from before the trouble must not be recorded as if it were now.
            self._newest = None
        if self.window.teach is not None:
            self.window.teach.show_camera(state)

    def _ask_for_new_project(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self.window, "New project", str(default_folder()), _PROJECTS)
        if name:
            path = Path(name) if name.endswith(".showtell") else Path(f"{name}.showtell")
            # A project that exists is opened, never overwritten, whatever the dialog's question was.
            self.open_project(path)

    def _ask_for_project(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window, "Open project", str(default_folder()), _PROJECTS)
        if name:
            self.open_project(Path(name), create=False)

    def _ask_for_clip(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window, "Choose a clip", str(default_folder()), _CLIPS)
        if name:
            self.use_camera(name)

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window, "Choose a folder of pictures", str(default_folder()))
        if name:
            self.use_camera(name)

    def _ask_for_address(self) -> None:
        text, sure = QInputDialog.getText(
            self.window, "Address of a phone", "The address that the phone's camera app shows, like http://…/video:"
        )
        if sure and text.strip():
            self.use_camera(text.strip())


def run_app(project: Path | None = None, camera: str | None = None, backbone: Path | None = None) -> int:
    """Open the app and return its exit code when it is closed."""
    qt = start_qt()
    settings = Settings()
    app = App(settings, LearnerConfig(backbone=backbone))
    recent = settings.recent
    qt.aboutToQuit.connect(app.stop)
    app.start(project or (recent[0] if recent else first_project()), camera or settings.camera)
    return qt.exec()


def start_qt() -> QApplication:
    """Start Qt and what every window needs; `desktop.display` says beforehand whether it can."""
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Showtell")
    qt.setDesktopFileName("showtell")
    start_log()
    sys.excepthook = report_bug
    # Ctrl+C in the terminal closes the window as a person would.
    signal.signal(signal.SIGINT, lambda *_: qt.exit(_INTERRUPTED))
    return qt


def default_folder() -> Path:
    """Return the folder that file dialogs begin in."""
    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()


def first_project() -> Path:
    """Return the project of a person who has none yet, in a folder that can be written to.

    Raises:
        ProjectFault: there is no such folder.
    """
    documents = default_folder()
    for folder in (documents / "Showtell", Path(platformdirs.user_data_dir("showtell", appauthor=False))):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder / "desk.showtell"
    raise ProjectFault(
        "There is no place for a project",
        f"Neither {documents} nor your data folder can be written to.",
        "Name a file where you may write: showtell FOLDER/desk.showtell",
    )


def start_log() -> None:
    """Log to a file of limited size in the person's log folder, if that can be written to."""
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def log_file() -> Path:
    """Return where the log is."""
    return Path(platformdirs.user_log_dir("showtell", appauthor=False)) / "showtell.log"


def report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a bug of ours to the log, show it, and leave with exit code 3; what was labelled is on the disk."""
    text = "".join(traceback.format_exception(kind, error, trace))
    _log.critical("a bug of ours\n%s", text)
    if getattr(report_bug, "told", False):
        return  # one is enough; what follows is often the same
    report_bug.told = True  # type: ignore[attr-defined]
    qt = QApplication.instance()
    if qt is None:
        sys.stderr.write(text)
        return
    show: Callable[..., object] = QMessageBox.critical
    show(None, "A bug of ours", f"Showtell has to close. Your samples are safe.\n\nThe details are in {log_file()}.")
    qt.exit(3)
