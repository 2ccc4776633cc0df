# SPDX-License-Identifier: Apache-2.0
"""Taking a head from its closed form onwards, one `train_on_batch` at a time, under the hand of whoever looks on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import logits
from learner.memory import views_used
from learner.messages import Event, Stepped
from learner.sampling import ReplaySampler
from learner.types import Device, HeadWeights, Step, Vectors, View

_LOOKS_EVERY = 4
"""Steps between two looks at whether the new samples are learned."""
_SLACK = 0.01
"""Of the old samples looked at, the share that may be lost before steps count as harmful."""


class Model(Protocol):
    """A trainable linear head. Calls come in the order `start`, `train_on_batch`…, `weights`."""

    @property
    def device(self) -> Device:
        """Where it trains."""

    def start(self, head: HeadWeights) -> None:
        """Begin an increment at these weights, with fresh optimiser moments."""

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        """Take one step on embeddings (batch, d) and columns (batch,); return its loss and accuracy.

        The batch has one of the sizes that the model was made for.
        """

    def pull(self, share: float) -> None:
        """Move the weights back by a share of the way to where the increment began."""

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return kernel (d, classes) and bias (classes,)."""


class Rows(Protocol):
    """Where the embeddings of a batch come from: `learner.memory.Memory` for a project file. `size` is their length."""

    size: int

    def rows(self, sample_ids: Sequence[int], which: View) -> Vectors:
        """Return embeddings (n, size) of samples in one view, as the head sees them."""


@dataclass(slots=True)
class Control:
    """The levers of an increment; whoever is called after a step may move them, and they hold from the next one on.

    `learning_rate` multiplies the planned rate. `new_share` is the least share of new samples among the rows of a class
    that has some. While it is `paused` no step is taken. `enough` ends the steps and keeps what they came to;
    `cancelled` gives the whole increment up, and the version in use stays.
    """

    learning_rate: float = 1.0
    new_share: float = 0.5
    paused: bool = False
    enough: bool = False
    cancelled: bool = False


OnStep = Callable[[Step, Control], None]
"""Called after every `train_on_batch`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many steps, of how many rows, from which rate on; `least` steps are taken before a look may end them.

    `proximal` is the weight of a pull back to where they began, as in FedProx (Li et al., MLSys 2020).
    """

    steps: int
    batch_size: int
    learning_rate: float
    least: int
    proximal: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Embeddings to look at between steps, new and old ones, and the columns they belong to."""

    new: Vectors
    new_columns: NDArray[np.int64]
    old: Vectors
    old_columns: NDArray[np.int64]

    def right(self, head: HeadWeights) -> tuple[float, float]:
        """Return the share of new and of old ones that a head gets right; 1 where there are none."""
        return _share(head, self.new, self.new_columns), _share(head, self.old, self.old_columns)


class Refiner:
    """Refines heads by replay.

    Args:
        rows: gives the embeddings.
        model: the trainable head.
        control: the levers.
        on_step: called after each step.
        seed: of every random choice.
    """

    def __init__(self, rows: Rows, model: Model, control: Control, on_step: OnStep | None, seed: int) -> None:
        self._rows = rows
        self._model = model
        self._control = control
        self._on_step = on_step
        self._seed = seed
        self.steps: list[Step] = []
        """All that were taken, for whichever head."""
        self.cut_short: int | None = None
        """How many steps the last head took, if somebody said that they were enough."""

    def refine(
        self,
        head: HeadWeights,
        sampler: ReplaySampler,
        plan: Plan,
        total: int,
        probe: Probe | None = None,
        exactly: int | None = None,
    ) -> Generator[Event | None, None, HeadWeights]:
        """Return the head after the plan's steps; yields after each, and returns early when it is cancelled.

        With a probe the steps end as soon as what is new is learned and nothing old got worse. If old samples have got
        worse at the end, the head is returned as it was: no step is better than a harmful one.

        Args:
            head: where to start.
            sampler: draws the batches.
            plan: the steps.
            total: how many steps there will have been when this is done, for those who watch.
            probe: samples to look at between steps.
            exactly: how many of the plan's steps to take, if not all: what was enough for the twin, is.
        """
        control, model = self._control, self._model
        model.start(head)
        random = np.random.default_rng(self._seed)
        used = views_used(mirrored=head.mirrored)
        known = probe.right(head)[1] if probe else 0.0
        self.cut_short = None
        for number in range(1, (plan.steps if exactly is None else exactly) + 1):
            while control.paused and not control.cancelled:
                yield None
            if control.cancelled:
                break
            if control.enough and exactly is None:
                self.cut_short = number - 1
                break
            began = time.perf_counter()
            falling = (1 + math.cos(math.pi * (number - 1) / plan.steps)) / 2
            rate = plan.learning_rate * control.learning_rate * falling
            sample_ids, columns = sampler.draw(plan.batch_size, control.new_share)
            drawn = random.integers(len(used), size=plan.batch_size)
            x = np.empty((plan.batch_size, self._rows.size), np.float32)
            for place, which in enumerate(used):
                rows = np.flatnonzero(drawn == place)
                if len(rows):
                    x[rows] = self._rows.rows([sample_ids[row] for row in rows], which)
            loss, accuracy = model.train_on_batch(x, columns, rate)
            if plan.proximal:
                model.pull(rate * plan.proximal)
            milliseconds = (time.perf_counter() - began) * 1000
            step = Step(len(self.steps) + 1, total, loss, accuracy, rate, milliseconds)
            self.steps.append(step)
            if self._on_step:
                self._on_step(step, control)
            yield Stepped(step)
            if probe and number >= plan.least and number % _LOOKS_EVERY == 0:
                new, old = probe.right(self._weights(head))
                if new == 1 and old >= known:
                    break
        refined = self._weights(head)
        if probe and refined.is_finite and probe.right(refined)[1] < known - _SLACK:
            return head
        return refined

    def _weights(self, head: HeadWeights) -> HeadWeights:
        kernel, bias = self._model.weights()
        return HeadWeights(kernel, bias, head.class_ids, head.mirrored)


def _share(head: HeadWeights, x: Vectors, columns: NDArray[np.int64]) -> float:
    return float((logits(head, x).argmax(axis=1) == columns).mean()) if len(x) else 1.0
