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
        device: where to train; "auto" takes a GPU for consolidation, which gains by it, and the CPU for the head.
        batch_size: rows of a `train_on_batch` awake; one fixed shape, so that nothing is traced twice.
        steps: the most `train_on_batch` calls an increment takes awake; it stops when the new samples are learned.
        learning_rate: of Adam at the first step awake; falls to zero along a cosine.
        sleep_batch_size: rows of a `train_on_batch` asleep.
        sleep_steps: `train_on_batch` calls a rebuild takes from zero.
        sleep_learning_rates: of Adam at the first step asleep; held-out recordings choose, and the first one is taken
            when there are too few of them.
        sleep_shrinkages: that held-out recordings choose from asleep, besides `shrinkage`.
        idle_seconds: of quiet, after which a rebuild begins.
        bank_size: samples of a class a rebuild replays at most; above it they are chosen.
        shrinkage: how far the within-class covariance is pulled towards a multiple of the identity (0…1).
        capacity: columns of the head at first; doubles when there are more classes.
        new_share: of a class that has new samples, the least share of its rows in a batch that are new ones.
        mirror: count mirror images as views and average over them, unless the classes turn out to be handed.
        consolidate: whether the backbone may be fine-tuned without being asked for, when the machine has nothing to do.
        consolidation_steps: `train_on_batch` calls of one consolidation, at most.
        backups: where copies of the project are kept that are made without being asked for; None takes the usual folder
            (`learner.buffer.keeping`).
        seed: of every random choice.
    """

    backbone: Path | None = None
    device: Literal["auto", "cpu", "gpu"] = "auto"
    batch_size: int = 128
    steps: int = 16
    learning_rate: float = 0.002
    sleep_batch_size: int = 256
    sleep_steps: int = 200
    sleep_learning_rates: tuple[float, ...] = (0.003, 0.01, 0.03)
    sleep_shrinkages: tuple[float, ...] = (0.03, 0.3)
    idle_seconds: float = 10.0
    bank_size: int = 500
    shrinkage: float = 0.1
    capacity: int = 128
    new_share: float = 0.5
    mirror: bool = True
    consolidate: bool = True
    consolidation_steps: int = 1000
    backups: Path | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.device not in {"auto", "cpu", "gpu"}:
            raise _wrong("device", self.device, '"auto", "cpu" or "gpu"')
        for name in ("batch_size", "sleep_batch_size", "bank_size", "capacity", "consolidation_steps"):
            if getattr(self, name) < 1:
                raise _wrong(name, getattr(self, name), "at least 1")
        for name in ("steps", "sleep_steps", "idle_seconds"):
            if getattr(self, name) < 0:
                raise _wrong(name, getattr(self, name), "0 or more")
        if not all(0 < shrinkage <= 1 for shrinkage in self.sleep_shrinkages):
            raise _wrong("sleep_shrinkages", self.sleep_shrinkages, "each above 0 and at most 1")
        if not self.learning_rate > 0:
            raise _wrong("learning_rate", self.learning_rate, "above 0")
        if not self.sleep_learning_rates or min(self.sleep_learning_rates) <= 0:
            raise _wrong("sleep_learning_rates", self.sleep_learning_rates, "at least one, each above 0")
        if not 0 < self.shrinkage <= 1:
            raise _wrong("shrinkage", self.shrinkage, "above 0 and at most 1")
        if not 0 <= self.new_share <= 1:
            raise _wrong("new_share", self.new_share, "between 0 and 1")


def _wrong(name: str, value: object, allowed: str) -> UsageFault:
    return UsageFault("That setting does not work", f"{name} is {value!r}.", f"It must be {allowed}.")
