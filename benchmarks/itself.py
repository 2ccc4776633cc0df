# SPDX-License-Identifier: Apache-2.0
"""What the table does not say of Showtell: how long it makes a person wait, and how far its answers can be believed.

The test pictures are nothing the engine has ever seen. Beside what they say stands what the project says of itself, by
the recordings that it holds out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.goals import Figure
from benchmarks.image_sets import ImageSet
from benchmarks.stream import Material
from benchmarks.taught import Taught
from learner.discriminant import logits, softmax
from learner.evaluation import expected_calibration_error
from learner.types import Increment

LARGE = "grocery_store_81"
"""The set on which waking has to be quick: 81 classes, 2,936 pictures."""

_MEDIAN = 0.30
_SLOWEST = 1.0
_CALIBRATION = 0.05
_FLAGGED = 0.05


@dataclass(frozen=True, slots=True)
class Wake:
    """A call of `learn`: how many classes had been met, seconds, and what came of it."""

    classes: int
    seconds: float
    increments: Sequence[Increment]


def waking(images: ImageSet, wakes: Sequence[Wake]) -> Iterator[Figure]:
    """Say how long a person waits while the last third of the classes is taught, when the file is big."""
    late = [wake.seconds for wake in wakes if wake.classes > images.classes * 2 / 3]
    median, slowest = (_MEDIAN, _SLOWEST) if images.name == LARGE else (None, None)
    yield Figure("wake, the last third of the classes, median", float(np.median(late)), "s", median)
    yield Figure("wake, the last third of the classes, slowest", max(late), "s", slowest)
    rejected = _rejected([increment for wake in wakes for increment in wake.increments])
    yield Figure("wakes rejected", rejected, f"of {len(wakes)}")


def sleeping(seconds: float, asleep: Sequence[Increment]) -> Iterator[Figure]:
    """Say how long a rebuild takes."""
    yield Figure("sleep", seconds, "s")
    yield Figure("sleeps rejected", _rejected(asleep), "of 1")


def answering(taught: Taught, material: Material, asleep: Sequence[Increment]) -> Iterator[Figure]:
    """Say how far answers can be believed, at the temperature and at the limits of the unknown that a project has."""
    told = asleep[-1].evaluation if asleep else {}
    x, truth = taught.asked(material.x[material.test]), material.y[material.test]
    shares = softmax(logits(taught.head, x))
    right = np.array([int(name) for name in taught.names])[shares.argmax(axis=1)] == truth
    error = expected_calibration_error(shares.max(axis=1).astype(np.float64), right)
    yield Figure("calibration error, test pictures", error, "%", _CALIBRATION)
    yield Figure("calibration error, as the project has it", told.get("ece"), "%")
    yield Figure("accuracy, test pictures", float(right.mean()), "%")
    yield Figure("accuracy, as the project has it", told.get("accuracy"), "%")
    yield Figure("known called unknown, test pictures", float((taught.novelty(x) > 1).mean()), "%", _FLAGGED)
    yield Figure("known called unknown, as the project has it", (told.get("unknown") or {}).get("flagged"), "%")


def _rejected(increments: Sequence[Increment]) -> int:
    return sum(not increment.accepted for increment in increments)
