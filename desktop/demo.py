# SPDX-License-Identifier: Apache-2.0
"""The demo in the window: the app is taught by itself, at a pace a person can follow, then handed over."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.app import App
from desktop.learner_status import Phase
from desktop.session import Session
from desktop.settings import Settings
from desktop.start import start_qt
from learner.camera import DemoScene, DemoSource
from learner.messages import Predicted
from learner.types import ClassInfo

OBJECTS = DemoScene.OBJECTS[:4]
_LOOK = 1.2
_RECORD = 3.0
_REST = 1.2
_TEST = 2.5
_POLL = 0.05

Pause = float | Callable[[], bool]
"""What the story waits for: so many seconds, or until something is true."""


class Demo(QObject):
    """Shows one thing after another on the rendered desk, names and records each, and asks about all of them.

    It goes through the same acts as a person: the class is added, its key is held, the learner learns.

    Args:
        app: the app; it is started here.
        project: the file it teaches.
        pace: 1 is for people, less is faster.
    """

    def __init__(self, app: App, project: Path, pace: float = 1.0) -> None:
        super().__init__()
        self._app = app
        self._project = project
        self._pace = pace
        self._source = DemoSource()
        self._answers: list[str | None] = []
        self.right = 0
        self.asked = 0
        self.finished = False
        self._story = self._tell()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._until: Callable[[], bool] | None = None
        self._session: Session | None = None

    def start(self) -> None:
        """Show the window and begin."""
        self._app.window.show()
        self._source.show(None)
        session = self._session = self._app.open_project(self._project)
        self._app.window.coach.stand_aside()
        session.learner.predicted.connect(self._note)
        self._app.use_source(self._source)
        self._app.window.closing.connect(self._timer.stop)
        self._timer.start(0)

    def _tell(self) -> Generator[Pause, None, None]:
        self._say(self.tr("This is the demo: a drawn desk instead of a camera. Watch, then try it yourself."))
        yield 2 * _LOOK
        yield self._is_ready
        for number, name in enumerate(OBJECTS, start=1):
            self._source.show(name)
            text = self.tr("A new thing ({number} of {count}): {name}. Press N and name it…")
            self._say(text.format(number=number, count=len(OBJECTS), name=name))
            yield _LOOK
            yield from self._teach(name)
        for name in OBJECTS:
            self._source.show(name)
            text = self.tr("And now, without any help: what is this?   {right} of {asked} right")
            self._say(text.format(right=self.right, asked=self.asked))
            yield _TEST / 2
            self._answers.clear()
            yield _TEST / 2
            self.asked += 1
            self.right += self._answers.count(name) * 2 > len(self._answers)
        text = self.tr(
            "{right} of {asked} recognised. Your turn: hold a key from 1 to {count} to record more, "
            "press N for something new, or choose your own camera at the top right."
        )
        self._say(text.format(right=self.right, asked=self.asked, count=len(OBJECTS)))
        self._source.cycle()
        self.finished = True
        yield 8.0
        self._say("")

    def _teach(self, name: str) -> Generator[Pause, None, None]:
        window = self._app.window
        session = self._app.session
        if session is None or window.teach is None:
            return
        if session.model.named(name) is None:
            window.teach.classes.ask_for_name()
            yield _LOOK / 2
            window.teach.classes.named.emit(name)
            yield lambda: session.model.named(name) is not None
        info = session.model.named(name)
        if info is None:
            return
        text = self.tr("…then hold the key {key}: ten pictures a second, while it moves.")
        self._say(text.format(key=info.shortcut))
        version = session.learner.status.version_id
        self._hold(info, down=True)
        yield _RECORD
        self._hold(info, down=False)
        yield lambda: session.learner.status.version_id != version
        self._say(self.tr("Learned. It knew {name} before the refinement was done.").format(name=name))
        yield _REST

    def _hold(self, info: ClassInfo, *, down: bool) -> None:
        teach = self._app.window.teach
        if teach is None:
            return
        if info.shortcut is None:
            (teach.classes.pressed if down else teach.classes.released).emit(info.id)
        elif down:
            teach.press_key(info.shortcut)
        else:
            teach.release_key(info.shortcut)

    def _is_ready(self) -> bool:
        session = self._app.session
        return session is not None and session.learner.status.phase is not Phase.STARTING

    def _note(self, event: Predicted) -> None:
        self._answers.append(None if event.prediction.unknown else event.prediction.label)

    def _say(self, text: str) -> None:
        if self._app.window.teach is not None:
            self._app.window.teach.caption(text)

    def _go_on(self) -> None:
        if self._app.session is not self._session:
            return  # the person has opened a project of their own
        if self._until is not None and not self._until():
            self._timer.start(int(_POLL * 1000))
            return
        self._until = None
        pause = next(self._story, None)
        if pause is None:
            return
        if callable(pause):
            self._until = pause
            self._timer.start(0)
        else:
            self._timer.start(int(pause * 1000 * self._pace))


def run_demo(project: Path | None = None) -> int:
    """Let the app teach itself on the demo scene; return its exit code when it is closed."""
    qt = start_qt()
    with tempfile.TemporaryDirectory(prefix="showtell-demo-", ignore_cleanup_errors=True) as folder:
        # A settings file of its own, so that trying the demo changes nothing for the person's own projects.
        settings = Settings(Path(folder) / "settings.ini")
        settings.backups = Path(folder) / "backups"  # of what is gone afterwards nobody wants a copy
        app = App(settings)
        qt.aboutToQuit.connect(app.stop)
        demo = Demo(app, project or Path(folder) / "demo.showtell")
        demo.start()
        return qt.exec()
