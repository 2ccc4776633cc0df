# SPDX-License-Identifier: Apache-2.0
"""Settings of the learner: one validated, frozen object, passed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from learner.errors import UsageFault


@dataclass(frozen=True, slots=True)
class LearnerConfig:
    """How the learner learns. The defaults are the measured ones.

    Attributes:
        backbone: a Keras feature extractor to use instead of the project's own; None keeps what the project has.
        device: "auto" takes a GPU when TensorFlow sees one.
        batch_size: rows of every `train_on_batch`; one fixed shape, so that nothing is traced twice.
        steps: `train_on_batch` calls an increment.
        learning_rate: of Adam at the first step; falls to zero along a cosine.
        shrinkage: how far the within-class covariance is pulled towards a multiple of the identity (0…1).
        temperature: what the closed-form logits are divided by.
        capacity: columns of the head at first; doubles when there are more classes.
        new_share: of a class that has new samples, the least share of its rows in a batch that are new ones.
        mirror: count mirror images as views and average over them, unless the classes turn out to be handed.
        seed: of every random choice.
    """

    backbone: Path | None = None
    device: Literal["auto", "cpu", "gpu"] = "auto"
    batch_size: int = 64
    steps: int = 30
    learning_rate: float = 0.003
    shrinkage: float = 0.1
    temperature: float = 4.0
    capacity: int = 128
    new_share: float = 0.5
    mirror: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        if self.device not in {"auto", "cpu", "gpu"}:
            raise _wrong("device", self.device, '"auto", "cpu" or "gpu"')
        for name in ("batch_size", "capacity"):
            if getattr(self, name) < 1:
                raise _wrong(name, getattr(self, name), "at least 1")
        if self.steps < 0:
            raise _wrong("steps", self.steps, "0 or more")
        if not self.learning_rate > 0:
            raise _wrong("learning_rate", self.learning_rate, "above 0")
        if not 0 < self.shrinkage <= 1:
            raise _wrong("shrinkage", self.shrinkage, "above 0 and at most 1")
        if not self.temperature > 0:
            raise _wrong("temperature", self.temperature, "above 0")
        if not 0 <= self.new_share <= 1:
            raise _wrong("new_share", self.new_share, "between 0 and 1")


def _wrong(name: str, value: object, allowed: str) -> UsageFault:
    return UsageFault("That setting does not work", f"{name} is {value!r}.", f"It must be {allowed}.")
