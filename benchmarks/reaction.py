# SPDX-License-Identifier: Apache-2.0
"""From a label to the first answer that knows it: a new class of 30 frames in a project of 10 classes.

    python -m benchmarks.reaction [--rounds 7]

Real parts throughout: frames of the demo scene, a project file on disk, the learner process. While thirty frames a
second are asked about, as with a camera, a new class is recorded, and the clock runs from the moment its last frame is
on the disk to the arrival of the first answer in which the new class has a share. "As recorded" stores ten frames a
second, as a person who holds the key does; "all at once" stores the 30 frames in one go, which leaves their embedding
to be done as well.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.machine import machine
from learner.buffer import Buffer
from learner.camera import Camera, DemoScene, DemoSource, Frame
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.messages import DeviceChosen, Event, IncrementLearned, LearnerFailed, Predicted
from learner.types import Image

CLASSES = 10
FRAMES = 30
RATE = 10.0


class Watcher:
    """Notes when an answer first mentions the awaited class."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.learned = threading.Event()
        self.seen = threading.Event()
        self.seen_at = 0.0
        self.awaited = ""

    def __call__(self, event: Event) -> None:
        """Take an event from the learner."""
        if isinstance(event, DeviceChosen):
            self.ready.set()
        elif isinstance(event, IncrementLearned):
            self.learned.set()
        elif isinstance(event, LearnerFailed):
            raise SystemExit(event.message)
        elif isinstance(event, Predicted) and self.awaited in event.prediction.probabilities and not self.seen.is_set():
            self.seen_at = time.perf_counter()
            self.seen.set()


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(machine())
    scene = DemoScene(seed=0)
    results: dict[str, list[float]] = {"as recorded": [], "all at once": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reaction.showtell"
        with Buffer.open(path) as buffer:
            for number in range(CLASSES):
                _record(buffer, f"class {number}", _frames(scene, number, FRAMES))
            watcher = Watcher()
            client = LearnerClient(path, LearnerConfig(), watcher)
            client.start()
            watcher.ready.wait(120)
            watcher.learned.wait(120)

            def ask(frame: Frame) -> None:
                client.predict(frame.image)

            camera = Camera(DemoSource(), ask, lambda _: None)
            camera.start()
            for turn in range(rounds):
                for how, seconds in results.items():
                    seconds.append(_measure(buffer, client, watcher, _frames(scene, 20 + turn, FRAMES), how))
            camera.stop()
            client.stop()
    for how, seconds in results.items():
        print(
            f"{how:<12} median {statistics.median(seconds) * 1000:5.0f} ms, worst {max(seconds) * 1000:5.0f} ms "
            f"of {rounds} (goal: median 300 ms)"
        )


def _measure(buffer: Buffer, client: LearnerClient, watcher: Watcher, frames: list[Image], how: str) -> float:
    watcher.awaited = f"new class {how}"
    watcher.seen.clear()
    watcher.learned.clear()
    if how == "as recorded":
        class_id, burst_id = buffer.add_class(watcher.awaited).id, buffer.start_burst("benchmark").id
        for frame in frames:
            buffer.add_sample(frame, class_id, burst_id)
            client.refresh()
            time.sleep(1 / RATE)
    else:
        class_id = _record(buffer, watcher.awaited, frames)
    began = time.perf_counter()
    client.learn()
    if not watcher.seen.wait(60) or not watcher.learned.wait(60):
        raise SystemExit("the learner did not answer")
    watcher.learned.clear()
    buffer.archive_class(class_id)
    client.learn("benchmark: put back")
    watcher.learned.wait(60)
    return watcher.seen_at - began


def _record(buffer: Buffer, name: str, frames: list[Image]) -> int:
    class_id, burst_id = buffer.add_class(name).id, buffer.start_burst("benchmark").id
    buffer.add_samples((frame, class_id, burst_id) for frame in frames)
    return class_id


def _frames(scene: DemoScene, number: int, count: int) -> list[Image]:
    scene.show(scene.OBJECTS[number % len(scene.OBJECTS)])
    return [scene.render(number * 60 + place / RATE) for place in range(count)]


if __name__ == "__main__":
    main()
