# SPDX-License-Identifier: Apache-2.0
"""How long a consolidation trains, on what, and how fast: decided before it begins, without TensorFlow."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from learner.types import BackboneInfo

_BATCH = 32
"""What the rate below was measured with. It keeps the cores of a CPU busy."""
_GPU_BATCH = 128
"""An H100 takes eleven times as many pictures a second as a CPU with it (`benchmarks.gpu`). Neither float16 nor XLA
paid there, and to find that out took longer than all the steps of a consolidation."""
SMALLEST_BATCH = 4
"""With less memory than that takes, there is no consolidation."""
_DRAWS_A_SAMPLE, _DRAWS_A_CLASS = 8, 200
_LEAST_DRAWS, _MOST_DRAWS = 4800, 25_600
"""Pictures seen in all. The most keep a MobileNet within minutes on two slow cores."""
_RATE, _RATE_OF_ROOTS = 2e-3, 5e-4
"""Of Adam; the second one where the square root of embeddings is taken, which is steep near zero, where most of them
lie. Measured on signs and groceries with MobileNetV3 and MobileNetV2: either does better with its own."""
_GRID = 32
"""Convolutional backbones shrink a picture by this; sides are multiples of it."""
_SIDE = 0.7
"""Of a training picture, of what the backbone is served (see `ConsolidationPlan.size`)."""


@dataclass(frozen=True, slots=True)
class ConsolidationPlan:
    """How the last blocks of a backbone are fine-tuned on a person's own pictures.

    Attributes:
        steps: `train_on_batch` calls in all.
        batch_size: pictures a step.
        size: side of a training picture in pixels. It may be smaller than what the backbone is served: a step then
            costs half, and close-ups make things appear as large as they are served (Touvron et al., "Fixing the
            train-test resolution discrepancy", 2019).
        learning_rate: of Adam after the warm-up; falls to zero along a cosine (Loshchilov & Hutter 2017).
        warm_up: steps in which the rate rises from zero, while Adam's moments are guesses.
        label_smoothing: share of the target that is spread over all classes (Szegedy et al. 2016).
        share: of the backbone's layers that have kernels, about how many are trained, counted from the end.
        variants: the most augmented variants of a picture that are kept as activations.
        samples: how many pictures there are to train on.
    """

    steps: int
    batch_size: int
    size: int
    learning_rate: float = 5e-4
    warm_up: int = 20
    label_smoothing: float = 0.1
    share: float = 0.55
    variants: int = 6
    samples: int = 0

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 1."""
        if step <= self.warm_up:
            return self.learning_rate * max(step, 1) / max(self.warm_up, 1)
        done = (step - self.warm_up - 1) / max(1, self.steps - self.warm_up)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def batch_size_on(kind: str, halvings: int = 0) -> int:
    """Return how many pictures a step takes on a "CPU" or "GPU" that had no memory for more so many times."""
    return max(SMALLEST_BATCH, (_GPU_BATCH if kind == "GPU" else _BATCH) >> halvings)


def plan_for(samples: int, classes: int, info: BackboneInfo, batch_size: int = _BATCH) -> ConsolidationPlan:
    """Return how to consolidate a backbone on so many pictures of so many classes.

    Args:
        samples: pictures to train on.
        classes: how many classes they belong to.
        info: the backbone.
        batch_size: pictures a step. A larger batch takes fewer steps, at a rate that grows with its square root
            (Malladi et al., "On the SDEs and Scaling Rules for Adaptive Gradient Algorithms", 2022).
    """
    wanted = max(_DRAWS_A_SAMPLE * samples, _DRAWS_A_CLASS * classes)
    steps = max(2, min(_MOST_DRAWS, max(_LEAST_DRAWS, wanted)) // batch_size)
    plan = ConsolidationPlan(
        steps=steps,
        batch_size=batch_size,
        size=max(1, math.ceil(_SIDE * info.input_size / _GRID)) * _GRID,
        samples=samples,
    )
    rate = (_RATE_OF_ROOTS if info.non_negative else _RATE) * math.sqrt(batch_size / _BATCH)
    return replace(plan, warm_up=min(plan.warm_up, max(1, steps // 8)), learning_rate=rate)
