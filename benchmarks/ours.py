# SPDX-License-Identifier: Apache-2.0
"""Showtell in the table of learners.

On the clock is what a person waits for after recording: `project.learn()`, and `project.sleep()` when the stream has
ended.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import itself
from benchmarks.goals import Figure
from benchmarks.row import Row, Setting
from benchmarks.stream import Burst, Labels
from benchmarks.taught import Taught, config
from learner.discriminant import logits
from learner.types import Increment, Vectors


class Showtell:
    """A project of its own, in a temporary folder."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._stored = np.load(setting.source.embeddings, mmap_mode="r")
        self._folder = tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True)
        self._taught = Taught(Path(self._folder.name) / "stream.showtell", config(setting.source, setting.seed))
        self._met: set[int] = set()
        self._wakes: list[itself.Wake] = []
        self._asleep: list[Increment] = []
        self._sleeping = 0.0

    def record(self, burst: Burst) -> None:
        """Store the pictures and what the backbone says of them."""
        label = int(burst.y[0])
        self._met.add(label)
        pictures = (self._setting.images.stored(int(row)) for row in burst.rows)
        self._taught.record(str(label), pictures, self._stored[burst.rows])
        self._taught.look_again()

    def update(self, burst: Burst) -> None:
        """Learn what was recorded."""
        began = time.perf_counter()
        increments = self._taught.project.learn()
        self._wakes.append(itself.Wake(len(self._met), time.perf_counter() - began, increments))

    def finish(self) -> None:
        """Sleep."""
        began = time.perf_counter()
        self._asleep = self._taught.project.sleep()
        self._sleeping = time.perf_counter() - began

    def predict(self, x: Vectors) -> Labels:
        """Return the best class of the version that answers."""
        labels = np.array([int(name) for name in self._taught.names])
        return np.asarray(labels[logits(self._taught.head, self._taught.asked(x)).argmax(axis=1)], np.int64)

    def figures(self) -> tuple[Figure, ...]:
        """Return what is to be known of it besides, when its stream has ended."""
        return (
            *itself.waking(self._setting.images, self._wakes),
            *itself.sleeping(self._sleeping, self._asleep),
            *itself.answering(self._taught, self._setting.material, self._asleep),
        )


_AWAKE, _ASLEEP = "Showtell, wake only", "Showtell, wake and sleep"

OURS = Row(_ASLEEP, Showtell, awake=_AWAKE, ask=Showtell.figures)
"""One stream for both: the first row is what it was before it slept."""
