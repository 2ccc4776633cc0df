# SPDX-License-Identifier: Apache-2.0
"""The whole app with a project that has been learned; without a screen, Qt paints into memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from desktop.app import App
from desktop.learner_status import Phase
from desktop.session import Session
from desktop.settings import Settings
from desktop.start import start_qt
from learner.camera import DemoScene, FrameSource
from learner.config import LearnerConfig
from learner.types import Increment

_POLL_MILLISECONDS = 100
_PATIENCE = 180.0


class Window:
    """The app in this process, with a window that is seen; use it with `with`.

    Args:
        project: the project file; what is in it is learned before anything is measured.
        source: what the camera gives.
    """

    def __init__(self, project: Path, source: FrameSource) -> None:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        settings = Settings(project.with_suffix(".ini"))
        self._qt = start_qt(settings)
        # Nothing begins by itself: neither a rebuild after some quiet, nor a consolidation.
        self.app = App(settings, LearnerConfig(consolidate=False, idle_seconds=1e6))
        self.app.sounds.on = False
        self._project, self._source = project, source
        self.increments = 0
        self._is_teaching = False
        self._taught = 0

    def __enter__(self) -> Window:
        self.app.window.show()
        self.session: Session = self.app.open_project(self._project)
        self.session.learner.learned.connect(self._learned)
        self.app.use_source(self._source)
        self.wait(lambda: self.session.learner.status.device is not None and not self._is_behind)
        return self

    def __exit__(self, *_: object) -> None:
        self.app.window.close()

    def run(self, seconds: float) -> None:
        """Let the app run for so long."""
        until = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= until)

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the app run until something is true."""
        loop, timer, began = QEventLoop(), QTimer(), time.monotonic()

        def look() -> None:
            if until() or time.monotonic() - began > _PATIENCE:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(_POLL_MILLISECONDS)
        loop.exec()
        if not until():
            raise RuntimeError("the app does not get on")

    def learn(self, on: bool) -> None:
        """Record one sample more, and learn it, whenever an increment ends; or do so no longer."""
        self._is_teaching = on
        if on:
            self._teach()
        else:
            self.wait(lambda: not self._is_behind)

    @property
    def _is_behind(self) -> bool:
        learner = self.session.learner.status
        return self.session.model.total > learner.learned_total or learner.phase is not Phase.READY

    def _teach(self) -> None:
        classes = [info for info in self.session.model.classes if info.name in DemoScene.OBJECTS]
        info = classes[self._taught % len(classes)]
        self._taught += 1
        frame = self.session.recorder.newest
        if frame is not None:
            self.session.recorder.keep(info, frame)

    def _learned(self, _: Increment) -> None:
        self.increments += 1
        if self._is_teaching:
            # The writer tells of the sample only after this, and a sample that is not there yet begins nothing.
            QTimer.singleShot(0, self._teach)
