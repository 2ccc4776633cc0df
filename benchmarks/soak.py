# SPDX-License-Identifier: Apache-2.0
"""Whether a learner's memory stays what it is: a day's predictions and increments, one after another without a pause.

    python -m benchmarks.soak [--predictions 100000] [--increments 5000] [--quick]

A real learner in its process, driven by the client, with the real backbone. Frames of the demo scene are recorded two
at a time and learned as an increment; in between and meanwhile it answers, one picture after another. Every so often
the oldest samples are deleted, so that the file stays as large as one of a day, which makes it unlearn and rebuild.
Resident memory is read after each increment; what it was after the warm-up is what growth is counted from.
"""

from __future__ import annotations

import argparse
import queue
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.machine import machine
from learner.buffer import Buffer, encode
from learner.camera import DemoScene
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.messages import (
    DeviceChosen,
    Event,
    IncrementLearned,
    IncrementRejected,
    LearnerDied,
    LearnerFailed,
    Predicted,
)
from learner.types import Image, IncrementKind

LIMIT = 50.0
"""Megabytes that resident memory may grow by after the warm-up."""

_CLASSES = 4
_RECORDED = 2
"""Samples of an increment."""
_PATIENCE = 120.0
_SIDE = 256
"""Pixels of a recorded frame: what is learned from is 224 of them."""
_CONFIG = LearnerConfig(consolidate=False, idle_seconds=1e9, sleep_steps=40)


@dataclass(frozen=True, slots=True)
class Life:
    """How long it goes on.

    After `warm_up` increments growth is counted. Above `live` samples the oldest fifth of them is deleted.
    """

    predictions: int = 100_000
    increments: int = 5_000
    warm_up: int = 250
    live: int = 400


@dataclass(frozen=True, slots=True)
class Grown:
    """What became of a process's resident memory, in megabytes, and what it had done by then."""

    after_warm_up: float
    end: float
    most: float
    predictions: int
    increments: int
    rebuilds: int
    seconds: float

    @property
    def growth(self) -> float:
        """The largest growth since the warm-up."""
        return self.most - self.after_warm_up


def soak(project: Path, life: Life, tell: Callable[[str], None] = lambda _: None) -> Grown:
    """Live a life with a learner on a new project file; return what its memory did.

    Args:
        project: the file, which is not there yet.
        life: how long.
        tell: is told now and then how it goes.

    Raises:
        RuntimeError: the learner failed, or said nothing for minutes.
    """
    with Buffer.open(project) as buffer:
        desk = _Desk(buffer)
        desk.client.start()
        try:
            return desk.live(life, tell)
        finally:
            desk.client.stop()


class _Desk:
    """A project, its learner, and what has come of both."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.client = LearnerClient(buffer.path, _CONFIG, self._events.put)
        self._class_ids = {name: buffer.add_class(name).id for name in DemoScene.OBJECTS[:_CLASSES]}
        self._scene = DemoScene(size=(_SIDE, _SIDE))
        self._frames = 0
        self._recorded: deque[int] = deque()
        self._predictions = self._increments = self._rebuilds = 0
        self._wanted = 0.0
        self._is_asking = False

    def live(self, life: Life, tell: Callable[[str], None]) -> Grown:
        self._until(lambda event: isinstance(event, DeviceChosen))
        began = time.monotonic()
        learner, megabytes = psutil.Process(self.client.pid), list[float]()
        for number in range(1, life.increments + 1):
            self._wanted = number * life.predictions / life.increments
            self._record(number)
            self._learn(IncrementKind.WAKE)
            if len(self._recorded) > life.live:
                self._buffer.delete([self._recorded.popleft() for _ in range(life.live // 5)])
                self._learn(IncrementKind.SLEEP)
            if self._ask():
                self._until(lambda _: not self._is_asking)
            megabytes.append(learner.memory_info().rss / 2**20)
            if number % max(1, life.increments // 20) == 0:
                tell(f"{number:6,} increments, {self._predictions:7,} predictions: {megabytes[-1]:6.1f} MB")
        since = megabytes[min(life.warm_up, len(megabytes)) - 1 :]
        seconds = time.monotonic() - began
        return Grown(since[0], since[-1], max(since), self._predictions, self._increments, self._rebuilds, seconds)

    def _record(self, number: int) -> None:
        """Store two more frames of a thing."""
        name = list(self._class_ids)[number % _CLASSES]
        self._scene.show(name)
        burst = self._buffer.start_burst("soak")
        images = [encode(self._frame()) for _ in range(_RECORDED)]
        samples = self._buffer.add_samples([(image, self._class_ids[name], burst.id) for image in images])
        self._recorded += [sample.id for sample in samples]

    def _learn(self, kind: IncrementKind) -> None:
        """Have learned what differs, and wait for an increment of a kind; answer meanwhile."""
        self.client.learn("soak")
        self._ask()
        self._until(
            lambda event: isinstance(event, IncrementLearned | IncrementRejected) and event.increment.kind is kind
        )

    def _ask(self) -> bool:
        """Show it one picture more, unless it has one or has seen enough for now; return whether it has one."""
        if not self._is_asking and self._predictions < self._wanted:
            self._is_asking = True
            self.client.predict(self._frame())
        return self._is_asking

    def _frame(self) -> Image:
        self._frames += 1
        return self._scene.render(self._frames / 10)

    def _until(self, done: Callable[[Event], bool]) -> None:
        while True:
            event = self._events.get(timeout=_PATIENCE)
            if isinstance(event, LearnerFailed | LearnerDied):
                raise RuntimeError(f"the learner did not live through it: {event}")  # noqa: TRY004
            if isinstance(event, Predicted):
                self._predictions, self._is_asking = self._predictions + 1, False
                self._ask()
            if isinstance(event, IncrementLearned | IncrementRejected):
                self._increments += event.increment.kind is IncrementKind.WAKE
                self._rebuilds += event.increment.kind is IncrementKind.SLEEP
            if done(event):
                return


def main() -> None:
    """Print how it goes, and what memory came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--predictions", type=int, default=100_000)
    parser.add_argument("--increments", type=int, default=5_000)
    parser.add_argument("--quick", action="store_true", help="a fiftieth of it, with a short warm-up")
    arguments = parser.parse_args()
    life = Life(arguments.predictions, arguments.increments)
    if arguments.quick:
        life = Life(arguments.predictions // 50, arguments.increments // 50, warm_up=40, live=60)
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        grown = soak(Path(folder) / "soak.showtell", life, lambda line: print(line, flush=True))
    print(
        f"{grown.predictions:,} predictions, {grown.increments:,} increments and {grown.rebuilds:,} rebuilds in "
        f"{grown.seconds / 60:.1f} minutes: {grown.after_warm_up:.1f} MB after {life.warm_up} increments, "
        f"{grown.end:.1f} MB at the end; at most {grown.growth:.1f} MB more (goal: below {LIMIT:.0f} MB)"
    )
    raise SystemExit(grown.growth >= LIMIT)


if __name__ == "__main__":
    main()
