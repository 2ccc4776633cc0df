# SPDX-License-Identifier: Apache-2.0
"""A project file with an engine on it, worked by hand, and pictures to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import numpy as np

from learner import sampling
from learner.buffer import Buffer, EncodedImage, encode
from learner.config import LearnerConfig
from learner.engine import Engine, Model
from learner.messages import Event, IncrementLearned
from learner.preprocessing import model_input
from learner.types import Image, Increment, Member, Prediction, Role
from tests.learner.fakes import SIZE, FakeEmbedder, NumPyHead, picture

CONFIG = LearnerConfig(steps=5, batch_size=16, sleep_steps=6, sleep_batch_size=16, sleep_learning_rates=(0.01, 0.03))


class Desk:
    """A project file with an engine on it."""

    def __init__(self, path: Path, config: LearnerConfig = CONFIG, model: Callable[[], Model | None] | None = None):
        self.buffer = Buffer.open(path)
        self.config = config
        self.head: NumPyHead | None = NumPyHead()
        self._model = model or (lambda: self.head)
        self.engine = self._engine()

    def restart(self) -> None:
        """Begin anew with what the file says."""
        self.engine = self._engine()

    def record(self, name: str, kind: int, count: int = 6, start: int = 0) -> list[int]:
        return self.show(name, [picture(kind, start + n) for n in range(count)])

    def show(self, name: str | None, images: Iterable[Image | EncodedImage], role: Role = Role.TRAIN) -> list[int]:
        """Record pictures of a class, or of none."""
        known = {info.name: info.id for info in self.buffer.classes()}
        class_id = None if name is None else known.get(name) or self.buffer.add_class(name).id
        burst = self.buffer.start_burst("test", role)
        samples = self.buffer.add_samples([(image, class_id, burst.id) for image in images])
        self.engine.refresh()
        return [sample.id for sample in samples]

    def class_id(self, name: str) -> int:
        return next(info.id for info in self.buffer.classes() if info.name == name)

    def learn(self) -> list[Event]:
        return [event for event in self.engine.learn("test") if event is not None]

    def learned(self) -> Increment:
        last = self.learn()[-1]
        assert isinstance(last, IncrementLearned)
        return last.increment

    def sleep(self) -> list[Event]:
        return [event for event in self.engine.sleep("test") if event is not None]

    def slept(self) -> Increment:
        last = self.sleep()[-1]
        assert isinstance(last, IncrementLearned)
        return last.increment

    def answer(self, kind: int, number: int = 1000) -> Prediction:
        return self.see(picture(kind, number))

    def see(self, image: Image) -> Prediction:
        return self.engine.predict(model_input(image, SIZE))

    def _engine(self) -> Engine:
        return Engine(self.buffer, FakeEmbedder(), self.config, self._model)


def look(kind: int, number: int, *, like: float = 0.75) -> Image:
    """Return one look of many at a kind of thing, no two of them near-duplicates; `like` says how alike they are."""
    own, other = picture(kind).astype(float), picture(100_000 + 1000 * kind + number).astype(float)
    return np.asarray(like * own + (1 - like) * other, np.uint8)


def recordings(kind: int, *, measured: bool, frames: int = 4, like: float = 0.75) -> Iterator[list[EncodedImage]]:
    """Return recordings of a kind without end, of those that are measured with, or of the others."""
    for number in count():
        images = [encode(look(kind, 20 * number + frame, like=like)) for frame in range(frames)]
        if is_measured(images[0]) == measured:
            yield images


def is_measured(first: EncodedImage) -> bool:
    """Return whether a recording that begins with this picture is held out when its class has an older one."""
    both = [Member(number, 1, number, sha256, Role.TRAIN) for number, sha256 in enumerate(("0" * 64, first.sha256))]
    return bool(sampling.held_out(sampling.recordings(both)))
