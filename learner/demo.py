# SPDX-License-Identifier: Apache-2.0
"""The whole loop without a window: a rendered scene in front of the camera, the real file, the real learner process.

One object after another is shown and recorded; the learner learns it while the scene goes on; then it is asked about
frames it has never seen, of everything taught so far.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from learner.buffer import Buffer, ProjectLock
from learner.camera import Camera, DemoScene, DemoSource, Frame
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import CameraFault, EnvironmentFault
from learner.evaluation import evaluate
from learner.messages import (
    CommandFailed,
    Event,
    IncrementLearned,
    IncrementRejected,
    LearnerDied,
    LearnerFailed,
    Predicted,
    Started,
)
from learner.types import Evaluation, Image, Increment, Prediction

OBJECTS = 4
BURST = 30
"""Frames of one recording."""
_EVERY = 3
"""Of the camera's frames, every third is recorded: ten a second, as the app does."""
_RECORDED_SEED = 0
_TESTED_SEEDS = (101, 102, 103)
"""Other seeds move, turn and light the same objects along other paths."""
_TESTED_SECONDS = tuple(0.9 * number for number in range(5))
_PATIENCE = 120.0
"""Seconds without a word from the learner; TensorFlow's first import from a slow disk takes long."""


@dataclass(frozen=True, slots=True)
class Taught:
    """One object taught: how much it took, and the accuracy over everything taught so far, before and after."""

    name: str
    samples: int
    seconds: float
    steps: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Every object in order, and the last test."""

    taught: tuple[Taught, ...]
    evaluation: Evaluation


def run_demo(
    project: Path,
    config: LearnerConfig,
    *,
    on_step: Callable[[str], None] | None = None,
    on_taught: Callable[[Taught], None] | None = None,
) -> DemoReport:
    """Teach the learner a few objects of the rendered scene, and test it on frames that were never recorded.

    Args:
        project: a project file; made when it is not there.
        config: settings of the learner.
        on_step: called with a sentence about what happens now.
        on_taught: called after each object.

    Raises:
        ProjectFault: the file cannot be used.
        EnvironmentFault: the learner stopped for good.
    """
    tell = on_step or (lambda sentence: None)
    names = DemoScene.OBJECTS[:OBJECTS]
    taught: list[Taught] = []
    with ProjectLock(project, create=True), Buffer.open(project) as buffer, _Learner(project, config) as learner:
        tell("Starting the learner.")
        learner.wait_until_started()
        for count, name in enumerate(names, start=1):
            pictures = _test_pictures(names[:count])
            before = learner.test(pictures)
            tell(f"Recording: {name}.")
            burst_id = _record(buffer, name)
            tell(f"Learning: {name}.")
            began = time.perf_counter()
            increment = learner.learn(buffer, burst_id, name)
            seconds = time.perf_counter() - began
            after = learner.test(pictures)
            taught.append(Taught(name, BURST, seconds, increment.steps, before.accuracy, after.accuracy))
            if on_taught:
                on_taught(taught[-1])
    return DemoReport(tuple(taught), after)


def _test_pictures(names: Sequence[str]) -> list[tuple[str, Image]]:
    pictures = []
    for seed in _TESTED_SEEDS:
        scene = DemoScene(seed=seed)
        for name in names:
            scene.show(name)
            pictures += [(name, scene.render(seconds)) for seconds in _TESTED_SECONDS]
    return pictures


def _record(buffer: Buffer, name: str) -> int:
    """Hold an object in front of the camera and record a burst of it; return the burst's id."""
    wanted = buffer.class_named(name) or buffer.add_class(name)
    burst = buffer.start_burst("demo scene")
    for image in _watch(name, BURST):
        buffer.add_sample(image, wanted.id, burst.id)
    return burst.id


def _watch(name: str, count: int) -> list[Image]:
    source = DemoSource(seed=_RECORDED_SEED)
    source.show(name)
    images: list[Image] = []
    done = threading.Event()

    def on_frame(frame: Frame) -> None:
        if frame.number % _EVERY == 0 and len(images) < count:
            images.append(frame.image)
            if len(images) == count:
                done.set()

    camera = Camera(source, on_frame, lambda state: None)
    camera.start()
    try:
        if not done.wait(_PATIENCE):
            raise CameraFault("The demo scene stands still", "No picture came from it.", "Try it again.")
    finally:
        camera.stop()
    return images


class _Learner:
    """A learner process, asked one thing at a time."""

    def __init__(self, project: Path, config: LearnerConfig) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._client = LearnerClient(project, config, self._events.put)

    def __enter__(self) -> _Learner:
        self._client.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.stop()

    def wait_until_started(self) -> None:
        while not isinstance(self._next(), Started):
            pass

    def test(self, pictures: Sequence[tuple[str, Image]]) -> Evaluation:
        return evaluate([name for name, _ in pictures], [self._ask(image) for _, image in pictures])

    def learn(self, buffer: Buffer, burst_id: int, name: str) -> Increment:
        """Learn until every sample of a burst is; return the last increment that came of it."""
        self._client.learn(f"demo: {name}")
        while True:
            event = self._next()
            if isinstance(event, CommandFailed):
                raise EnvironmentFault(event.title, event.message, "Try it again.")
            # An increment that was under way when the burst came in does not have it yet.
            if isinstance(event, IncrementLearned | IncrementRejected) and all(
                member.learned for member in buffer.members() if member.burst_id == burst_id
            ):
                return event.increment

    def _ask(self, image: Image) -> Prediction:
        number = self._client.predict(image)
        while True:
            event = self._next()
            if isinstance(event, Predicted) and event.number == number:
                return event.prediction
            if isinstance(event, Started):
                # The learner that was asked has died, and here is another one.
                number = self._client.predict(image)

    def _next(self) -> Event:
        try:
            event = self._events.get(timeout=_PATIENCE)
        except queue.Empty:
            raise EnvironmentFault(
                "The learner does not answer", f"It said nothing for {_PATIENCE:.0f} s.", "Run `showtell doctor`."
            ) from None
        if isinstance(event, LearnerFailed) and not event.ours:
            raise EnvironmentFault(event.title, event.message, "Run `showtell doctor`.")
        if isinstance(event, LearnerDied) and not event.restarting:
            raise EnvironmentFault(
                "The learner stopped", f"Its process ended with exit code {event.exit_code}.", "Run `showtell doctor`."
            )
        return event
