# SPDX-License-Identifier: Apache-2.0
"""Classes one after another in bursts, and what is measured on the way.

Nothing here needs more than NumPy: baselines that bring an environment of their own are measured by this same code.
Source of backward transfer: Lopez-Paz & Ranzato, "Gradient Episodic Memory for Continual Learning", NIPS 2017; we give
that of the worst class, because a mean hides the one that was forgotten.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.goals import Figure
from benchmarks.memory import Peak

Labels = NDArray[np.int64]

BURST = 30
"""Frames at most: three seconds of holding the key."""
_LOOKS = 40
"""Evaluations on the way, besides the one after each class: enough for a mean, bounded on large sets."""


@dataclass(frozen=True, slots=True)
class Material:
    """Embeddings x (n, views, d) float32 and labels y (n,) of a set, and which rows are for what."""

    x: NDArray[np.float32]
    y: Labels
    train: Labels
    test: Labels
    classes: int

    @property
    def size(self) -> int:
        """Return d."""
        return int(self.x.shape[2])


@dataclass(frozen=True, slots=True)
class Burst:
    """New samples of one class: rows of the set, their embeddings x (n, views, d) and labels y (n,)."""

    rows: Labels
    x: NDArray[np.float32]
    y: Labels


class Learner(Protocol):
    """What is measured. Calls come in the order `record`, `update`, for each burst, then `finish`.

    `update` and `finish` are on the clock; `predict` comes after any of the two.
    """

    def record(self, burst: Burst) -> None:
        """Store a burst, as happens while a person holds the key; off the clock."""

    def update(self, burst: Burst) -> None:
        """Learn a burst, so that the next answer knows it."""

    def finish(self) -> None:
        """Do what is done once, when the stream has ended."""

    def predict(self, x: NDArray[np.float32]) -> Labels:
        """Return the label (n,) of each of the embeddings (n, views, d)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one stream; shares of 1, seconds, megabytes.

    `average` is the mean of the accuracies on the classes met so far, on the way. `transfer` is the least, over all
    classes but the last, of final recall minus recall right after the class was learned. Both are None for a learner
    that learns at the end only. `recall` is the final one of each class, `megabytes` the growth of memory at its peak.
    `awake` is what it would have been without `finish`, where that was asked for, and `itself` what else was.
    """

    final: float
    average: float | None
    transfer: float | None
    seconds: float
    slowest: float
    recall: tuple[float, ...]
    megabytes: float | None
    awake: Outcome | None = None
    itself: tuple[Figure, ...] = ()


def cut(material: Material, seed: int) -> list[Burst]:
    """Return the stream: classes in an order drawn with the seed, each in nearly equal bursts in file order."""
    order = np.random.default_rng(seed).permutation(material.classes)
    of_class = (material.train[material.y[material.train] == label] for label in order)
    parts = [part for rows in of_class for part in np.array_split(rows, math.ceil(len(rows) / BURST))]
    return [Burst(rows, material.x[rows], material.y[rows]) for rows in parts]


def run(learner: Learner, material: Material, seed: int, *, at_end: bool = False, awake: bool = False) -> Outcome:
    """Send a learner through the stream.

    Args:
        learner: fresh.
        material: what the stream is cut from.
        seed: of the order of classes.
        at_end: that it learns in `finish` and has no answers before.
        awake: whether to measure before `finish` as well.
    """
    peak = Peak()
    bursts = cut(material, seed)
    label_of = [int(burst.y[0]) for burst in bursts]
    last_of = {label: number for number, label in enumerate(label_of)}
    looks = {int(number) for number in np.linspace(0, len(bursts) - 1, _LOOKS)} | set(last_of.values())
    updates, accuracies, after_learning = [], [], {}
    for number, burst in enumerate(bursts):
        learner.record(burst)
        began = time.perf_counter()
        learner.update(burst)
        updates.append(time.perf_counter() - began)
        if number in looks and not at_end:
            met = material.test[np.isin(material.y[material.test], label_of[: number + 1])]
            right = _right(learner, material, met)
            accuracies.append(float(right.mean()))
            if number in last_of.values():
                after_learning[label_of[number]] = float(right[material.y[met] == label_of[number]].mean())

    def outcome(finishing: float, awake: Outcome | None) -> Outcome:
        megabytes = peak.megabytes()
        right = _right(learner, material, material.test)
        recall = tuple(float(right[material.y[material.test] == label].mean()) for label in range(material.classes))
        return Outcome(
            final=float(right.mean()),
            average=float(np.mean(accuracies)) if accuracies else None,
            transfer=min((recall[label] - then for label, then in list(after_learning.items())[:-1]), default=None),
            seconds=sum(updates) + finishing,
            slowest=finishing if at_end else max(updates),
            recall=recall,
            megabytes=megabytes,
            awake=awake,
        )

    before = outcome(0.0, None) if awake else None
    began = time.perf_counter()
    learner.finish()
    return outcome(time.perf_counter() - began, before)


def _right(learner: Learner, material: Material, rows: Labels) -> NDArray[np.bool_]:
    return np.asarray(learner.predict(material.x[rows]) == material.y[rows])
