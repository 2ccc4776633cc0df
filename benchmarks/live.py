# SPDX-License-Identifier: Apache-2.0
"""From a frame to its answer, whatever the learner does meanwhile, and beside others who run the same backbone.

Real parts throughout: the demo scene in the camera's thread at 30 frames a second, a project file, the learner's
process and the one that consolidates. A frame's clock starts when its source has handed it over and stops when its
answer is here. What the learner does takes turns, round after round:

- learning off: it answers, and nothing else.
- awake: one sample more is learned whenever an increment ends.
- asleep: everything is gone over from zero, again and again.
- consolidating: the process that fine-tunes the backbone takes its steps; a quick run has time for its start alone.

A frame that a newer one replaced while it waited is dropped and has no answer. On the screen, which is the whole app,
the clock stops when the window has painted the answer; without a screen, into memory.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QTimer

from benchmarks.answerers import ALONE, KERAS, OURS, WHOLE, Peer, Running
from benchmarks.apart import apart
from benchmarks.busy import Busy
from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.suite import Setting
from benchmarks.windowed import Window
from learner.backbones import embedded
from learner.buffer import Buffer
from learner.camera import Camera, DemoScene, DemoSource, Frame
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.messages import (
    BackboneKept,
    Consolidated,
    DeviceChosen,
    Event,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    LearnerFailed,
    NothingToLearn,
    Predicted,
)
from learner.preprocessing import model_input
from learner.types import Image

OBJECTS = 8
BURST = 30
"""Frames of a recording: three seconds of a key that is held."""

IDLE, AWAKE, ASLEEP, CONSOLIDATING = "learning off", "awake", "asleep", "consolidating"
_GOALS = {IDLE: 15.0, AWAKE: 33.0, ASLEEP: 33.0, CONSOLIDATING: 33.0}
_ON_SCREEN = 50.0
_TIMES_KERAS = 5.0
_SETTLED_SECONDS = 0.3
_PATIENCE = 180.0
_TURN_SECONDS = 0.0005
"""For so long may another thread go on with Python, as in the app (see `desktop.app`)."""


@dataclass(frozen=True, slots=True)
class Live:
    """What became of the frames of a while: milliseconds to each answer, how many came, and the cores in use."""

    milliseconds: NDArray[np.float64]
    frames: int
    cores: float

    def percentile(self, which: float) -> float:
        """Return a percentile of the milliseconds."""
        return float(np.percentile(self.milliseconds, which))

    @property
    def dropped(self) -> float:
        """The share of the frames that has no answer; the last one may still get its own."""
        return max(0, self.frames - 1 - len(self.milliseconds)) / self.frames


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure the learner in every state and others beside it; unless it has to be quick, the whole app as well."""
    sys.setswitchinterval(_TURN_SECONDS)
    project = setting.place / "live.showtell"
    record(project, 480 if setting.quick else 2400)
    with _running(ALONE, project) as alone:
        with Watched(project) as watched:
            alone.wait()  # they load while the learner does
            found = _in_every_state(setting, watched)
        for state, lives in found.items():
            yield from _figures(state, lives, _GOALS[state])
        yield from _beside(alone, setting, "the backbone alone", goal=_TIMES_KERAS)
    if not setting.quick:
        with _running(WHOLE, project) as whole:
            whole.wait()
            yield from _beside(whole, setting, "the whole answer")
        yield from apart(_on_the_screen, project)


def record(project: Path, samples: int) -> None:
    """Record so many samples, in recordings of one thing each."""
    scene = DemoScene(seed=0)
    with Buffer.open(project) as buffer:
        class_ids = {name: buffer.add_class(name).id for name in DemoScene.OBJECTS[:OBJECTS]}
        for burst in range(samples // BURST):
            name = DemoScene.OBJECTS[burst % OBJECTS]
            scene.show(name)
            burst_id = buffer.start_burst("benchmark").id
            frames = (scene.render(20.0 * burst + number / 10) for number in range(BURST))
            buffer.add_samples((frame, class_ids[name], burst_id) for frame in frames)


class Watched:
    """A learner that is asked about every frame of a camera, and how long it took each time.

    Args:
        project: the project file.
    """

    def __init__(self, project: Path) -> None:
        self._changed = threading.Condition()
        self._buffer = Buffer.open(project)
        self._scene = DemoScene(seed=1)
        self._asked: dict[int, float] = {}
        self._took: list[float] = []
        self._frames = self._taught = 0
        self._is_ready = self._is_busy = self._is_consolidating = False
        self._failed = ""
        # Nothing begins by itself: neither a rebuild after some quiet, nor a consolidation.
        self._client = LearnerClient(project, LearnerConfig(consolidate=False, idle_seconds=1e6), self._take)
        self._camera = Camera(DemoSource(), self._ask, lambda _: None)

    def __enter__(self) -> Watched:
        self._client.start()
        self._wait(lambda: self._is_ready and self._taught > 0)
        self._rest()
        self._camera.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._camera.stop()
        self._client.stop()
        self._buffer.close()

    def measure(self, state: str, seconds: float, *, from_its_start: bool = False) -> Live:
        """Return what comes of so many seconds in a state.

        Args:
            state: which.
            seconds: how many.
            from_its_start: do not wait for the first step of a consolidation, which is a while after it has begun.
        """
        if state == CONSOLIDATING:
            self._is_consolidating = from_its_start
            self._client.consolidate("benchmark")
            self._wait(lambda: self._is_consolidating)
        self._go_on(state, _SETTLED_SECONDS)  # by then the answer to a frame of before is here
        with self._changed:
            self._took, before = [], self._frames
        busy = Busy()
        self._go_on(state, seconds)
        cores = busy.share()
        with self._changed:
            took, frames = self._took, self._frames - before
        if state == CONSOLIDATING:
            self._client.keep_backbone()
            self._wait(lambda: not self._is_consolidating)
        self._rest()
        return Live(np.array(took) * 1000, frames, cores)

    def _go_on(self, state: str, seconds: float) -> None:
        """Be in a state for so long: whenever the learner has nothing to do, it gets something to do."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with self._changed:
                is_free = self._changed.wait_for(lambda: state in {AWAKE, ASLEEP} and not self._is_busy, left)
                self._is_busy |= is_free
            if is_free and state == AWAKE:
                self._teach()
            elif is_free:
                self._client.sleep("benchmark")

    def _rest(self) -> None:
        """Have the learner end what it does, and what it begins by itself after that, such as a rebuild that is due."""
        is_resting = False
        while not is_resting:
            self._client.cancel()
            self._wait(lambda: not self._is_busy)
            with self._changed:
                is_resting = not self._changed.wait_for(lambda: self._is_busy, _SETTLED_SECONDS)

    def _teach(self) -> None:
        """Record one sample, and have it learned."""
        name = DemoScene.OBJECTS[self._taught % OBJECTS]
        self._scene.show(name)
        class_id = next(info.id for info in self._buffer.classes() if info.name == name)
        burst_id = self._buffer.start_burst("benchmark").id
        self._buffer.add_sample(self._scene.render(self._taught / 10), class_id, burst_id)
        self._client.refresh()
        self._client.learn("benchmark")

    def _ask(self, frame: Frame) -> None:
        with self._changed:  # or the answer might be here before its frame is known
            number = self._client.predict(frame.image)
            self._frames += 1
            self._asked[number] = frame.captured_at

    def _take(self, event: Event) -> None:
        now = time.monotonic()
        with self._changed:
            match event:
                case Predicted(number=number):
                    self._took.append(now - self._asked.get(number, now))
                    self._asked = {later: at for later, at in self._asked.items() if later > number}
                case DeviceChosen():
                    self._is_ready = True
                case IncrementStarted():
                    self._is_busy = True
                case IncrementLearned() | IncrementRejected() | NothingToLearn():
                    self._is_busy = False
                    self._taught += 1
                case Consolidated():
                    self._is_consolidating = True
                case BackboneKept():
                    self._is_consolidating = False
                case LearnerFailed(message=message):
                    self._failed = message
            self._changed.notify_all()

    def _wait(self, until: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: until() or self._failed, _PATIENCE) or self._failed:
                raise RuntimeError(f"the learner does not get on: {self._failed or 'it says nothing'}")


def _in_every_state(setting: Setting, watched: Watched) -> dict[str, list[Live]]:
    rounds, seconds = setting.rounds(4), 1.0 if setting.quick else 4.0
    found: dict[str, list[Live]] = {state: [] for state in _GOALS}
    for number in range(rounds):
        for state, lives in found.items():
            # Its process takes longer to its first step than all else takes together.
            if state != CONSOLIDATING or number in ({0} if setting.quick else {0, rounds - 1}):
                lives.append(watched.measure(state, seconds, from_its_start=setting.quick))
        print(f"  live: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return found


def _figures(part: str, lives: list[Live], goal: float) -> Iterator[Figure]:
    for which in (50, 95, 99):
        of_rounds = [live.percentile(which) for live in lives]
        yield over_rounds(f"p{which}", of_rounds, "ms", goal=goal if which == 95 else None, part=part)
    yield over_rounds("frames dropped", [live.dropped for live in lives], "%", part=part)
    yield over_rounds("cores in use", [live.cores for live in lives], "", part=part)


def _running(peers: dict[str, Peer], project: Path) -> Running:
    """Have those of them loaded that are installed."""
    scene = DemoScene(seed=3)
    scene.show(DemoScene.OBJECTS[0])
    for name, peer in peers.items():
        if not peer.is_here:
            print(f"  live: {name} is left out, for {peer.needs} is not installed", file=sys.stderr, flush=True)
    here = {name: peer for name, peer in peers.items() if peer.is_here}
    return Running(here, project, model_input(scene.render(1.0), embedded().info.input_size))


def _beside(running: Running, setting: Setting, part: str, goal: float | None = None) -> Iterator[Figure]:
    """Measure programs in turns; `goal` is how many times as long as ours Keras is to take at least."""
    times = 20 if setting.quick else 40
    found = alternate({name: partial(running.milliseconds, name, times) for name in running.names}, setting.rounds(10))
    for name, milliseconds in found.items():
        yield over_rounds(f"{name}, median", milliseconds, "ms", part=part)
    for name, milliseconds in found.items():
        if name != OURS:
            least = goal if name == KERAS else None
            yield ratio(f"{name}, to {OURS}", milliseconds, found[OURS], goal=least, at_least=True, part=part)


class Clock(QObject):
    """Times the frames of a running app, from the moment each was handed over until its answer has been painted."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.took: list[float] = []
        self.frames = 0
        self._asked: dict[int, float] = {}
        self._answered: list[float] = []
        app, client, teach = window.app, window.session.learner._client, window.app.window.teach
        ask = client.predict

        def note(image: Image) -> int:
            number = ask(image)
            self.frames += 1
            if app._newest is not None:
                self._asked[number] = app._newest.captured_at
            return number

        mock.patch.object(client, "predict", note).start()
        window.session.learner.predicted.connect(self._answer)
        assert teach is not None
        teach.answer.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stop the clock after the painting that is about to begin."""
        if event.type() == QEvent.Type.Paint and self._answered:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _answer(self, event: Predicted) -> None:
        if event.number in self._asked:
            self._answered.append(self._asked[event.number])
        self._asked = {later: at for later, at in self._asked.items() if later > event.number}

    def _painted(self) -> None:
        now = time.monotonic()
        self.took += [now - arrived for arrived in self._answered]
        self._answered.clear()


def _on_the_screen(project: Path) -> list[Figure]:
    rounds, seconds = 3, 3.0
    found: dict[str, list[Live]] = {IDLE: [], AWAKE: []}
    with Window(project, DemoSource()) as window:
        clock = Clock(window)
        for number in range(rounds):
            for state, lives in found.items():
                window.learn(state == AWAKE)
                window.run(_SETTLED_SECONDS)
                clock.took, before, busy = [], clock.frames, Busy()
                window.run(seconds)
                milliseconds = np.array(clock.took) * 1000
                lives.append(Live(milliseconds, clock.frames - before, busy.share()))
            window.learn(False)
            print(f"  live: on the screen, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return [
        figure for state, lives in found.items() for figure in _figures(f"on the screen, {state}", lives, _ON_SCREEN)
    ]
