# SPDX-License-Identifier: Apache-2.0
"""The Review room with 50,000 samples: how soon it is there, how smoothly it scrolls, how much memory it takes.

    python -m benchmarks.review [--samples 50000] [--seconds 4] [--project FILE]

The project file is real, with pictures of the demo scene at the size in which a camera's are kept, and so are the
window, the reader's thread and the thumbnails' thread. In place of the learner's process stands one that answers at
once, as if everything had been learned. Nothing has been read before the room is entered. While it scrolls, by rows,
by pages and through everything at once, at the smallest and at the largest size, a timer of 2 ms in the window's thread
says how long the event loop was held up: a frame cannot take longer than the longest of these. What else the machine
does at the same time counts as well, so an idle window is timed first. Memory is the growth of
the resident set of this process since before the room was entered, at its peak. Without a screen, Qt paints into
memory.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks.machine import machine
from benchmarks.memory import Peak
from desktop import theme
from desktop.app import App
from desktop.settings import Settings
from desktop.start import start_qt
from desktop.views.review.room import ReviewRoom
from learner.buffer import Buffer, EncodedImage, encode
from learner.camera import DemoScene
from learner.config import LearnerConfig
from learner.messages import Event, Explained, Judged
from learner.types import Explanation, Image, Judgement, Neighbour, Prediction

OBJECTS = 4
PICTURES = 200
BURST = 20
SCREEN = (1920, 1080)
FIRST_MILLISECONDS, FRAME_MILLISECONDS, MEGABYTES = 300, 50, 150


class AtOnce:
    """Stands in for the learner: has learned everything, and answers at once."""

    def __init__(self, project: Path, config: LearnerConfig, on_event: Callable[[Event], None]) -> None:
        self._say = on_event
        self._number = 0
        self.judgement: Judgement | None = None

    def judge(self) -> int:
        """Answer for every sample."""
        self._number += 1
        if self.judgement is not None:
            self._say(Judged(self._number, self.judgement))
        return self._number

    def explain(self, sample_id: int) -> int:
        """Answer for one sample."""
        self._number += 1
        alike = tuple(Neighbour(sample_id + near, 1, 0.9) for near in range(1, 7))
        self._say(Explained(self._number, Explanation(sample_id, Prediction("mug", 0.9, {"mug": 0.9}), alike)))
        return self._number

    def answer(self, image: Image) -> int:
        """Nobody asks."""
        return 0

    def predict(self, image: Image) -> int:
        """Nobody asks."""
        return 0

    def draw(self, *, finely: bool = False) -> int:
        """Nobody asks."""
        return 0

    def highlight(self, image: Image) -> int | None:
        """Nobody asks."""
        return None

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Do nothing at any other command."""
        return lambda *_arguments, **_named: None


class Watch(QObject):
    """Says when the pictures in sight have been painted, and how long the event loop was held up."""

    def __init__(self, room: ReviewRoom, app: App) -> None:
        super().__init__()
        self._room = room
        self._come: set[int] = set()
        self.first: float | None = None
        self.all: float | None = None
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(2)
        assert app.session
        app.session.thumbnails.ready.connect(self._ready)
        app.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Look after each painting of the window."""
        if event.type() == QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _ready(self, sample_ids: list[int]) -> None:
        self._come.update(sample_ids)

    def _painted(self) -> None:
        if not self._room.isVisible():
            return
        shown = self._room.grid.in_sight()
        ids = set(self._room.grid.cells.sample_ids[shown.start : shown.stop].tolist())
        if self.first is None and ids & self._come:
            self.first = time.perf_counter()
        if self.all is None and ids and ids <= self._come:
            self.all = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--project", type=Path, help="a project file made by an earlier run, or to be kept")
    arguments = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = start_qt()
    print(f"{machine()}, Qt on {qt.platformName()}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        project = arguments.project or Path(folder) / "review.showtell"
        if not project.exists():
            record(project, arguments.samples)
        _measure(Path(folder), project, arguments.seconds)


def record(project: Path, samples: int) -> None:
    """Make a project file with so many samples; their pictures repeat, which the file does not know."""
    scene, pictures = DemoScene(seed=0), []
    for number in range(PICTURES):
        scene.show(DemoScene.OBJECTS[number % OBJECTS])
        pictures.append(encode(scene.render(number / 3)).jpeg)
    with Buffer.open(project) as buffer:
        class_ids = [buffer.add_class(name).id for name in DemoScene.OBJECTS[:OBJECTS]]
        for start in range(0, samples, BURST):
            burst, kind = buffer.start_burst("benchmark").id, start // BURST % OBJECTS
            buffer.add_samples(
                (EncodedImage(pictures[(OBJECTS * number + kind) % PICTURES], f"{number:064x}"), class_ids[kind], burst)
                for number in range(start, min(start + BURST, samples))
            )


def _measure(folder: Path, project: Path, seconds: float) -> None:
    learners: list[AtOnce] = []

    def make(*arguments: object) -> AtOnce:
        learners.append(AtOnce(*arguments))  # type: ignore[arg-type]
        return learners[-1]

    app = App(Settings(folder / "settings.ini"), learner=make)
    app.window.resize(*SCREEN)
    app.window.show()
    session = app.open_project(project)
    opened: list[bool] = []
    session.opened.connect(lambda: opened.append(True))
    _wait(lambda: bool(opened))
    with Buffer.open(project, read_only=True) as buffer:
        learners[-1].judgement = _judgement(buffer)
    _rest(1.0)
    room = app.window.review
    assert room is not None
    watch = Watch(room, app)
    _rest(2.0)
    print(f"before: longest frame {1000 * max(watch.gaps):.0f} ms in a window in which nothing happens")
    peak = Peak()
    watch.gaps.clear()
    begin = time.perf_counter()
    app.window.open_room(room)
    _wait(lambda: watch.all is not None and session.samples.is_judged and session.samples.is_read)
    _rest(1.0)
    print(
        f"{len(session.samples.catalogue):,} samples: first thumbnails after "
        f"{1000 * ((watch.first or 0) - begin):.0f} ms (goal: {FIRST_MILLISECONDS} ms), a screen of them after "
        f"{1000 * ((watch.all or 0) - begin):.0f} ms; longest frame meanwhile {1000 * max(watch.gaps):.0f} ms"
    )
    for side in (theme.SMALLEST_THUMBNAIL, theme.LARGEST_THUMBNAIL):
        room.grid.set_side(side)
        _rest(0.5)
        watch.gaps.clear()
        _scroll(room, seconds)
        longest, usual = max(watch.gaps), np.percentile(watch.gaps, 99)
        print(
            f"scrolling, {side} px: longest frame {1000 * longest:.0f} ms (goal: below {FRAME_MILLISECONDS} ms), "
            f"p99 {1000 * usual:.0f} ms"
        )
    megabytes = peak.megabytes()
    print(f"memory at its peak: {'unknown' if megabytes is None else f'+{megabytes:.0f}'} MB (goal: {MEGABYTES} MB)")
    app.window.close()


def _scroll(room: ReviewRoom, seconds: float) -> None:
    """Scroll by rows, by pages, and through everything, each for so long."""
    grid, bar = room.grid, room.grid.verticalScrollBar()
    middle = QPointF(grid.viewport().rect().center())

    def notch() -> None:
        QApplication.sendEvent(
            grid.viewport(),
            QWheelEvent(
                middle,
                QPointF(grid.mapToGlobal(middle.toPoint())),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())

    def drag() -> None:
        share = (time.perf_counter() - begin) / seconds
        bar.setValue(round(bar.maximum() * min(1.0, share)))

    for step, milliseconds in ((notch, 16), (page, 100), (drag, 16)):
        bar.setValue(0)
        begin = time.perf_counter()
        timer = QTimer()
        timer.timeout.connect(step)
        timer.start(milliseconds)
        _rest(seconds)
        timer.stop()


def _judgement(buffer: Buffer) -> Judgement:
    """Return what a learner would say that has learned everything and is mostly right."""
    catalogue = buffer.catalogue()
    count, chance = len(catalogue), np.random.default_rng(0)
    none = np.full(count, -1)
    return Judgement(
        version_id=1,
        sample_ids=catalogue.sample_ids,
        answers=np.where(chance.random(count) < 0.03, 1, catalogue.class_ids),
        confidences=chance.random(count, np.float32),
        unknown=np.zeros(count, np.bool_),
        measured=np.where(chance.random(count) < 0.2, catalogue.class_ids, none),
        suggested=np.where(chance.random(count) < 0.01, 1, none),
        disagreement=np.zeros(count, np.float32),
        twins=catalogue.sample_ids,
    )


def _rest(seconds: float) -> None:
    until = time.monotonic() + seconds
    _wait(lambda: time.monotonic() > until)


def _wait(until: Callable[[], bool]) -> None:
    """Let the app run until something is true."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start(5)
    loop.exec()


if __name__ == "__main__":
    main()
