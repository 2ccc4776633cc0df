# SPDX-License-Identifier: Apache-2.0
"""From the arrival of a frame to its answer on the screen, in the whole app, with training off and on.

    python -m benchmarks.live [--seconds 10] [--rounds 3]

Real parts throughout: the demo scene in the camera's thread, the window, the project file, the learner process. A
frame's clock starts when its source has given it and stops when the window has painted the bars of its answer. While
training is on, one sample more is recorded whenever an increment ends, so that another one begins at once. Rounds with
training off and on alternate. Frames that a newer one replaced while they waited have no answer and are told as such.
Without a screen, Qt paints into memory.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from benchmarks.machine import machine
from desktop.app import App
from desktop.session import Session
from desktop.settings import Settings
from desktop.start import start_qt
from learner.buffer import Buffer
from learner.camera import DemoScene, Frame
from learner.messages import Predicted
from learner.types import Increment

OBJECTS = 4
FRAMES = 30


class Clock(QObject):
    """Times the frames of a running app, from the moment each arrives until its answer has been painted."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__()
        self._arrived: list[float] = []
        self._answered: list[float] = []
        self.seconds: list[float] = []
        app.camera.frame.connect(self._arrive)
        session.learner.predicted.connect(self._answer)
        assert app.window.teach
        app.window.teach.answer.installEventFilter(self)

    @property
    def frames(self) -> int:
        """How many frames have arrived."""
        return len(self._arrived)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stop the clock after the painting that is about to begin."""
        if event.type() == QEvent.Type.Paint and self._answered:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _arrive(self, frame: Frame) -> None:
        self._arrived.append(frame.captured_at)

    def _answer(self, event: Predicted) -> None:
        # Frames are numbered from 1 in the order in which the window asks about them.
        self._answered.append(self._arrived[event.number - 1])

    def _painted(self) -> None:
        now = time.monotonic()
        self.seconds += [now - arrived for arrived in self._answered]
        self._answered.clear()


class Trainer(QObject):
    """Keeps the learner learning: as soon as an increment ends, there is one more sample and another begins."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._scene = DemoScene(seed=1)
        self._number = 0
        self.increments = 0
        self.on = False
        session.learner.learned.connect(self._learned)

    def teach(self) -> None:
        """Record one sample and learn it."""
        name = DemoScene.OBJECTS[self._number % OBJECTS]
        self._number += 1
        self._scene.show(name)
        image = self._scene.render(self._number / 10)
        info = self._session.model.named(name)
        assert info

        def record(buffer: Buffer) -> None:
            buffer.add_sample(image, info.id, buffer.start_burst("benchmark").id)

        self._session.writer.submit(record, lambda _: self._session.learner.learn("benchmark"))

    def _learned(self, _: Increment) -> None:
        self.increments += 1
        if self.on:
            self.teach()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = start_qt()
    print(f"{machine()}, Qt on {qt.platformName()}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        project = Path(folder) / "live.showtell"
        _record(project)
        app = App(Settings(Path(folder) / "settings.ini"))
        app.sounds.on = False
        app.window.show()
        session = app.open_project(project)
        clock, trainer = Clock(app, session), Trainer(session)
        app.use_camera("demo")
        _wait(lambda: trainer.increments > 0)
        times: dict[bool, list[float]] = {False: [], True: []}
        frames, increments = {False: 0, True: 0}, 0
        for _ in range(arguments.rounds):
            for training in (False, True):
                trainer.on = training
                if training:
                    trainer.teach()
                before = len(clock.seconds), clock.frames, trainer.increments
                until = time.monotonic() + arguments.seconds
                _wait(lambda until=until: time.monotonic() > until)  # type: ignore[misc]
                times[training] += clock.seconds[before[0] :]
                frames[training] += clock.frames - before[1]
                increments += trainer.increments - before[2]
                trainer.on = False
                _wait(lambda: not session.model.total > session.learner.status.learned_total)
        app.window.close()
    for training, seconds in times.items():
        middle, high, highest = np.percentile(seconds, [50, 95, 99]) * 1000
        lost = max(0, frames[training] - len(seconds))
        print(
            f"training {'on' if training else 'off':<4} median {middle:4.1f} ms, p95 {high:4.1f} ms (goal: 50 ms), "
            f"p99 {highest:4.1f} ms, of {len(seconds)} frames; {lost} without an answer"
        )
    print(f"{increments} increments while training was on")


def _record(project: Path) -> None:
    scene = DemoScene(seed=0)
    with Buffer.open(project) as buffer:
        for name in DemoScene.OBJECTS[:OBJECTS]:
            scene.show(name)
            class_id, burst_id = buffer.add_class(name).id, buffer.start_burst("benchmark").id
            buffer.add_samples((scene.render(number / 10), class_id, burst_id) for number in range(FRAMES))


def _wait(until: Callable[[], bool]) -> None:
    """Let the app run until something is true."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start(20)
    loop.exec()


if __name__ == "__main__":
    main()
