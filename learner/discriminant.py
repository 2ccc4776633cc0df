# SPDX-License-Identifier: Apache-2.0
"""Streaming linear discriminant analysis: running statistics, and the head they give in closed form.

Counts and sums per class and one second moment shared by all classes. They can be added to, subtracted from and merged,
so learning one more class forgets nothing, and a deleted sample is taken out again.
Source: Hayes & Kanan, "Lifelong Machine Learning with Deep Streaming Linear Discriminant Analysis", CVPRW 2020.

The sums are exact. Embeddings are rounded to a fixed-point grid first, and float64 adds multiples of 2^-30 without
rounding as long as fewer than 2^22 unit-length embeddings are in. So the statistics depend on what is in them alone:
neither on the order it came in, nor on what was in them once and was taken out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2
from learner.types import HeadWeights, Vectors

_GRID = 2.0**15
"""Steps of the fixed-point grid between 0 and 1; float16 embeddings have fewer where most of their values lie."""
_PRIOR_WEIGHT = 50.0
"""Worth so many samples: what we believe of the scatter within a class before we have seen any."""
_PRIOR_VARIANCE = 0.3
"""Trace of the covariance within a class of unit-length embeddings; everyday recordings have 0.2 to 0.4."""


def on_grid(x: Vectors) -> NDArray[np.float64]:
    """Return embeddings (n, d) as float64 on the grid on which their sums are exact."""
    return np.asarray(np.rint(np.asarray(x, np.float64) * _GRID) / _GRID)


class Statistics:
    """Sufficient statistics of labelled embeddings.

    Args:
        size: d, the length of an embedding.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._counts: dict[int, int] = {}
        self._sums: dict[int, NDArray[np.float64]] = {}
        self._moment = np.zeros((size, size))

    @property
    def count(self) -> int:
        """How many embeddings are in."""
        return sum(self._counts.values())

    @property
    def class_ids(self) -> tuple[int, ...]:
        """The classes that have at least one embedding, in an order that follows from their embeddings alone.

        What is computed from it then does not depend on when a class was made.
        """
        return tuple(sorted(self._counts, key=lambda id_: (self._counts[id_], self._sums[id_].tobytes(), id_)))

    def add(self, x: Vectors, class_ids: Sequence[int]) -> None:
        """Count in embeddings (n, d) with their classes."""
        self._accumulate(x, class_ids, 1)

    def remove(self, x: Vectors, class_ids: Sequence[int]) -> None:
        """Take out embeddings (n, d) that were counted in with these classes.

        Raises:
            ValueError: a class has fewer than are to be taken out.
        """
        self._accumulate(x, class_ids, -1)

    def merged(self, others: Iterable[Statistics]) -> Statistics:
        """Return the statistics of everything in this one and the others together."""
        total = Statistics(self.size)
        for part in (self, *others):
            total._moment += part._moment
            for class_id, count in part._counts.items():
                total._counts[class_id] = total._counts.get(class_id, 0) + count
                total._sums[class_id] = total._sums.get(class_id, 0) + part._sums[class_id]
        return total

    def copy(self) -> Statistics:
        """Return the same statistics, to go on from by themselves; they share what neither of the two changes."""
        other = Statistics(0)
        other.size, other._moment = self.size, self._moment
        other._counts, other._sums = dict(self._counts), dict(self._sums)
        return other

    def means(self) -> Vectors:
        """Return the mean of each class, (classes, d), in the order of `class_ids`."""
        return np.array([self._sums[class_id] / self._counts[class_id] for class_id in self.class_ids], np.float32)

    def discriminant(self, shrinkage: float, variety: float = 1.0) -> Discriminant:
        """Return what LDA with equal priors makes of these statistics.

        The covariance within classes is shrunk towards a multiple of the identity (Ledoit & Wolf's target with a fixed
        weight), and a weak prior stands in while there are hardly any samples.

        Args:
            shrinkage: weight of the identity, above 0 and at most 1.
            variety: different looks a sample, above 0 and at most 1. Frames that show the same say how much a class
                varies no better than one of them does, so the scatter counts for as much less.
        """
        ids = self.class_ids
        counts = np.array([self._counts[class_id] for class_id in ids], float)
        sums = np.array([self._sums[class_id] for class_id in ids], float).reshape(len(ids), self.size)
        means = sums / counts[:, None]
        within = (self._moment - sums.T @ means) * variety
        freedom = max(self.count * variety - len(ids), 0) + _PRIOR_WEIGHT
        variance = (max(float(np.trace(within)), 0.0) + _PRIOR_WEIGHT * _PRIOR_VARIANCE) / freedom / self.size
        covariance = within * ((1 - shrinkage) / freedom)
        # The prior's own share of (1 - shrinkage) is a multiple of the identity too, and so is all that shrinkage adds.
        covariance.flat[:: self.size + 1] += (
            shrinkage * variance + (1 - shrinkage) * _PRIOR_WEIGHT * _PRIOR_VARIANCE / freedom / self.size
        )
        kernel = solve(covariance, means.T)
        return Discriminant(ids, counts, means, covariance, kernel, shrinkage, (1 - shrinkage) * variety / freedom)

    def _accumulate(self, x: Vectors, class_ids: Sequence[int], sign: int) -> None:
        rows = on_grid(x)
        labels = np.asarray(class_ids)
        wanted = {int(class_id): int((labels == class_id).sum()) for class_id in np.unique(labels)}
        if sign < 0 and any(self._counts.get(class_id, 0) < count for class_id, count in wanted.items()):
            raise ValueError("more embeddings to remove than were added")
        # Never in place: copies share these arrays.
        self._moment = self._moment + sign * (rows.T @ rows)
        for class_id, count in wanted.items():
            left = self._counts.get(class_id, 0) + sign * count
            total = self._sums.get(class_id, 0) + sign * rows[labels == class_id].sum(axis=0)
            if left:
                self._counts[class_id], self._sums[class_id] = left, total
            else:
                self._counts.pop(class_id, None)
                self._sums.pop(class_id, None)


@dataclass(frozen=True, slots=True, eq=False)
class Discriminant:
    """Linear discriminants in closed form, in float64: `class_ids` and (C,) counts, (C, d) means.

    `covariance` (d, d) is that within classes, shrunk by `shrinkage`; `kernel` (d, C) is its inverse times the means.
    `weight` is what the scatter of embeddings around the means of their classes counts for in it.
    """

    class_ids: tuple[int, ...]
    counts: NDArray[np.float64]
    means: NDArray[np.float64]
    covariance: NDArray[np.float64]
    kernel: NDArray[np.float64]
    shrinkage: float
    weight: float

    @property
    def bias(self) -> NDArray[np.float64]:
        """(C,): x @ kernel + bias is the log-likelihood of each class, but for what all have in common."""
        return np.asarray(-0.5 * np.einsum("cd,dc->c", self.means, self.kernel))

    def head(self, temperature: float, *, mirrored: bool = False) -> HeadWeights:
        """Return the linear head.

        Args:
            temperature: what the logits are divided by.
            mirrored: whether its answers average over mirror images as well.
        """
        kernel, bias = self.kernel / temperature, self.bias / temperature
        return HeadWeights(kernel.astype(np.float32), bias.astype(np.float32), self.class_ids, mirrored)


def solve(covariance: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse of a positive definite matrix (d, d) times another (d, n).

    By Cholesky's method, of which NumPy has only the half; OpenCV has it all, and takes a third of the time.
    """
    if not right.size:
        return np.zeros(right.shape)
    is_solved, found = cv2.solve(covariance, np.ascontiguousarray(right), flags=cv2.DECOMP_CHOLESKY)
    # What is not positive definite holds something that is no number, and this says so in what it returns.
    return np.asarray(found if is_solved else np.linalg.solve(covariance, right), np.float64)


def logits(head: HeadWeights, x: Vectors) -> NDArray[np.float32]:
    """Return logits (n, classes) of embeddings (n, d)."""
    return np.asarray(x @ head.kernel + head.bias, np.float32)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities (n, classes) of logits (n, classes)."""
    exponent = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=1, keepdims=True), np.float32)
