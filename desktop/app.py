# SPDX-License-Identifier: Apache-2.0
"""The composition root: builds the parts, hands them to each other, and shuts them down in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget

# What a project is shown in, so that the window does not stand still when there is one.
import desktop.action_runner
import desktop.serving
import desktop.views.teach.room  # noqa: F401
from desktop.bugs import report_bug
from desktop.camera_bridge import CameraBridge
from desktop.doorbell import Doorbell, ring
from desktop.engine_words import spoken
from desktop.framing import crop
from desktop.mending import Mending
from desktop.session import Session
from desktop.settings import Settings
from desktop.views import file_questions
from desktop.views.crash_dialog import CrashDialog
from desktop.views.main_window import MainWindow
from desktop.views.notices import Cause
from learner.camera import CameraState, CameraStatus, DemoSource, Frame, FrameSource, list_cameras, open_source
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import CameraFault, ProjectFault, ShowtellError
from learner.scrubbing import conceal

if TYPE_CHECKING:
    from desktop.learner_protocol import LearnerFactory
    from learner.buffer.keeping import Kept

_TURN_SECONDS = 0.0005
"""For so long may another thread go on with Python when the window's wants to. Whoever paints takes turns with those
that read and decode a dozen times a frame, and would wait for Python's usual 5 ms each time."""


class App(QObject):
    """The app's parts, alive.

    Args:
        settings: what it remembers.
        config: settings of the learner.
        learner: makes the learner's client; another one in tests.
        window: the window, where it is there already.
    """

    def __init__(
        self,
        settings: Settings,
        config: LearnerConfig | None = None,
        learner: LearnerFactory = LearnerClient,
        window: MainWindow | None = None,
    ) -> None:
        super().__init__()
        sys.setswitchinterval(_TURN_SECONDS)
        self.settings = settings
        self._config = config or LearnerConfig()
        self._make_learner = learner
        self.window = window or MainWindow(settings, list_cameras)
        self.theme = self.window.appearance
        self.sounds = self.window.sounds
        self.camera = CameraBridge()
        self.bell = Doorbell()
        self.project: Path | None = None
        """What was opened last."""
        self.wants_restart = False
        self._first_camera: str | None = None
        self._demo: QObject | None = None
        self.session: Session | None = None
        self._newest: Frame | None = None
        self.mending = Mending(self.window.notices, self._close_project, self._open_mended)
        self._connect()

    def start(self, project: Path | None, camera: str) -> None:
        """Show the window at once; everything that takes time comes after its first paint.

        Without a project the person is asked for one, and the camera is left alone until there is one.
        """
        self.window.show()
        if project is None:
            self._first_camera = camera
            self.window.show_welcome()
            return
        # The camera comes first: it opens in a thread of its own, and takes its time.
        QTimer.singleShot(0, lambda: self.use_camera(camera))
        QTimer.singleShot(0, lambda: self.open_project(project))

    def stop(self) -> None:
        """Stop the parts in order: camera, then what was recorded, then the learner."""
        self.camera.stop()
        self.bell.take_down()
        self.mending.stop()
        if self.session is not None:
            self.session.stop()
        self.session = None
        self.settings.sync()

    def open_project(self, path: Path, *, create: bool = True) -> Session:
        """Open a project in place of the present one."""
        self.window.finish_editing()
        if self.session is not None:
            self.session.stop()
        self.bell.take_down()
        self.project = path
        session = Session(
            path,
            lambda: self._newest,
            lambda: self.camera.source.description if self.camera.source else "",
            replace(
                self._config,
                consolidate=self._config.consolidate and self.settings.consolidates,
                backups=self._config.backups or self.settings.backups,
            ),
            create=create,
            learner=self._make_learner,
        )
        self.session = session
        self.window.show_session(session)
        session.opened.connect(lambda: self.settings.remember(path))
        # Not before: hanging it there would take down that of a window which has the project.
        session.opened.connect(lambda: self.bell.hang_at(path))
        session.model.changed.connect(lambda: conceal(info.name for info in session.model.classes))
        for thread in (session.writer, session.reader):
            thread.broke.connect(lambda error: report_bug(type(error), error, error.__traceback__))
        if self._state is not None and self.window.teach is not None:
            self.window.teach.show_camera(self._state)
        session.start()
        if self._first_camera is not None:
            spec, self._first_camera = self._first_camera, None
            QTimer.singleShot(0, lambda: self.use_camera(spec))
        return session

    def open_here(self, path: Path, *, create: bool = True) -> None:
        """Open a project in place of the present one, unless another window has it: that one comes to the front."""
        there = self.bell.project
        if (there is not None and os.path.realpath(there) == os.path.realpath(path)) or not ring(path):
            self.open_project(path, create=create)
            return
        self.window.notices.say(
            Cause.ACT if there is not None else Cause.PROJECT,
            self.tr("It is open in another window"),
            self.tr("{project} is open already. Its window has come to the front; here nothing has changed.").format(
                project=path.name
            ),
            [
                (self.tr("Show that window"), self.tr("Bring the other window to the front"), lambda: ring(path)),
                (self.tr("Open another project"), self.tr("Choose another project file"), self._ask_for_project),
                (
                    (self.tr("Close"), self.tr("Close this message"), lambda: self.window.notices.unsay(Cause.ACT))
                    if there is not None
                    else (self.tr("Try again"), self.tr("Open it here"), lambda: self.open_here(path, create=create))
                ),
            ],
        )

    def tell_of_last_time(self, report: Path) -> None:
        """Say that the last process ended by a bug, and show its report to whoever wants to see it."""

        def look() -> None:
            self.window.notices.unsay(Cause.LAST_TIME)
            text = report.read_text(encoding="utf-8", errors="replace")
            CrashDialog(text, report, over=False, parent=self.window).open()

        self.window.notices.say(
            Cause.LAST_TIME,
            self.tr("Showtell ended unexpectedly last time"),
            self.tr("Your samples are safe. What went wrong was written down on this computer; nothing was sent."),
            [
                (self.tr("Close"), self.tr("Close this message"), lambda: self.window.notices.unsay(Cause.LAST_TIME)),
                (self.tr("Look at the report"), self.tr("Read what was written down"), look),
            ],
        )

    def use_camera(self, spec: str) -> None:
        """Take the picture from this source from now on, and remember it."""
        try:
            source = open_source(spec, size=self.settings.resolution)
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
        self.window.show_source(spoken(source.description))
        self.camera.start(source)

    def _connect(self) -> None:
        self._state: CameraState | None = None
        self.camera.frame.connect(self._show_frame)
        self.camera.state.connect(self._show_state)
        self.bell.rung.connect(self.window.come_to_front)
        self.window.closing.connect(self.stop)
        self.mending.failed.connect(self._could_not_mend)
        self.mending.put_back_wanted.connect(self.mending.put_back)
        self.mending.broke.connect(lambda error: report_bug(type(error), error, error.__traceback__))
        for wanted in (self.window.troubles.put_back, self.window.dialogs.put_back):
            wanted.connect(self.mending.put_back)
        self.window.troubles.save_readable.connect(
            lambda path: self.mending.save_readable(path, self._config.backups or self.settings.backups)
        )
        self.window.dialogs.open_beside.connect(self._open_beside)
        self.window.restart.connect(self._restart)
        self.window.new_project.connect(self._ask_for_new_project)
        self.window.open_project.connect(self._ask_for_project)
        self.window.recent_project.connect(lambda path: self.open_here(path, create=False))
        self.window.practice.connect(self._practise)
        self.window.watch_demo.connect(self._watch_demo)
        self.window.use_camera.connect(self.use_camera)
        self.window.choose_clip.connect(partial(self._ask_for_source, file_questions.clip))
        self.window.choose_folder.connect(partial(self._ask_for_source, file_questions.folder))
        self.window.choose_address.connect(partial(self._ask_for_source, file_questions.address))

    def _show_frame(self, frame: Frame) -> None:
        # Everybody sees the chosen square alone, but for Teach, where it is chosen.
        self._newest = replace(frame, image=crop(frame.image, self.settings.framing))
        if self.session is not None and self.window.wants_answers:
            self.session.learner.predict(self._newest.image)
        room = self.window.room
        if room is not None:
            room.show_frame(frame if room is self.window.teach else self._newest)

    def _show_state(self, state: CameraState) -> None:
        self._state = state
        if state.status is not CameraStatus.LIVE:
            # A frame from before the trouble must not be recorded as if it were now.
            self._newest = None
        if self.window.teach is not None:
            self.window.teach.show_camera(state)

    def _restart(self) -> None:
        self.wants_restart = True
        self.window.close()

    def _practise(self) -> None:
        """Begin a project of its own on the drawn desk; the camera of other projects stays what it was."""
        path = self._new_path("practice")
        if path is not None:
            self._first_camera = None
            self.open_project(path)
            self.use_source(DemoSource())

    def _watch_demo(self) -> None:
        """Let the app teach itself, in a project of its own."""
        from desktop.demo import Demo  # which is made of an app

        path = self._new_path("demo")
        if path is not None:
            self._first_camera = None
            demo = self._demo = Demo(self, path)
            demo.start()

    def _close_project(self) -> None:
        """Close the open project, for what is to be done with its file; the window goes on showing it."""
        self.bell.take_down()
        if self.session is not None:
            self.session.stop()
            self.window.pill.show_no_project()

    def _open_mended(self, path: Path) -> None:
        self.open_project(path, create=False)

    def _could_not_mend(self, path: Path, fault: ShowtellError, can_be_saved: bool) -> None:
        """Say why, over the project as it was, or over what can be done where that cannot be opened."""
        session = self.open_project(path, create=False)
        session.opened.connect(lambda: self.window.notices.say_failure(fault.title, fault.message))
        session.cannot_open.connect(lambda _: self.window.troubles.say(fault, can_be_saved=can_be_saved))

    def _open_beside(self, project: Path, kept: Kept) -> None:
        """Open a copy beside the project, called after when it was made."""
        made = kept.made_at.astimezone()
        self.mending.open_beside(new_beside(project, f"{project.stem} {made:%Y-%m-%d %H-%M}"), kept)

    def _new_path(self, name: str) -> Path | None:
        try:
            return new_beside(first_project(), name)
        except ProjectFault as fault:
            self.window.notices.say_failure(fault.title, fault.message)
            return None

    def _ask_for_new_project(self) -> None:
        path = file_questions.new_project(self.window)
        if path is not None:
            # A project that exists is opened, never overwritten, whatever the dialog's question was.
            self.open_here(path)

    def _ask_for_project(self) -> None:
        path = file_questions.project(self.window)
        if path is not None:
            self.open_here(path, create=False)

    def _ask_for_source(self, question: Callable[[QWidget], str]) -> None:
        spec = question(self.window)
        if spec:
            self.use_camera(spec)


def first_project() -> Path:
    """Return the project of a person who has none yet, in a folder that can be written to.

    Raises:
        ProjectFault: there is no such folder.
    """
    documents = file_questions.default_folder()
    for folder in (documents / "Showtell", Path(platformdirs.user_data_dir("showtell", appauthor=False))):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder / "desk.showtell"
    translate = QCoreApplication.translate
    happened = translate("Faults", "Neither {folder} nor your data folder can be written to.")
    raise ProjectFault(
        translate("Faults", "There is no place for a project"),
        happened.format(folder=documents),
        translate("Faults", "Name a file where you may write: showtell FOLDER/desk.showtell"),
    )


def new_beside(project: Path, name: str) -> Path:
    """Return a project file that is not there yet, in the folder of another one, called like this or much like it."""
    number = 1
    while (path := project.with_name(f"{name}.showtell" if number == 1 else f"{name} {number}.showtell")).exists():
        number += 1
    return path
