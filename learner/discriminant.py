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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    def counts(self) -> dict[int, int]:
        """How many embeddings of each class are in."""
        return dict(self._counts)

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

    def of_class(self, class_id: int | None) -> tuple[int, NDArray[np.float64]]:
        """Return how many embeddings of a class are in, and their sum (d,); of none, nothing."""
        if class_id is None:
            return 0, np.zeros(self.size)
        return self._counts.get(class_id, 0), self._sums.get(class_id, np.zeros(self.size))

    def less(self, other: Statistics) -> Statistics:
        """Return the statistics of what is in this one and not in another, all of which is in this one.

        Raises:
            ValueError: a class has fewer embeddings than are to be taken out.
        """
        left = Statistics(self.size)
        left._moment = self._moment - other._moment
        if any(self._counts.get(class_id, 0) < count for class_id, count in other._counts.items()):
            raise ValueError("more embeddings to remove than were added")
        for class_id, count in self._counts.items():
            if more := count - other._counts.get(class_id, 0):
                left._counts[class_id] = more
                left._sums[class_id] = self._sums[class_id] - other._sums.get(class_id, 0)
        return left

    def renamed(self, class_ids: Sequence[int] | Mapping[int, int]) -> Statistics:
        """Return the same with other ids for its classes: what `class_ids` has at the place of the old one."""
        other = Statistics(self.size)
        other._moment = self._moment
        other._counts = {class_ids[number]: count for number, count in self._counts.items()}
        other._sums = {class_ids[number]: total for number, total in self._sums.items()}
        return other

    def without_class(self, class_id: int) -> Statistics:
        """Return them without a class of which nothing is at hand but its sum: what it scatters stays in."""
        other = self.copy()
        count, total = other._counts.pop(class_id), other._sums.pop(class_id)
        other._moment = self._moment - np.outer(total, total) / count
        return other

    def copy(self) -> Statistics:
        """Return the same statistics, to go on from by themselves; they share what neither of the two changes."""
        other = Statistics(0)
        other.size, other._moment = self.size, self._moment
        other._counts, other._sums = dict(self._counts), dict(self._sums)
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is in them, as two-dimensional arrays by name; of the symmetric moment, one half."""
        ids = sorted(self._counts)
        return {
            "classes": np.array([[class_id, self._counts[class_id]] for class_id in ids], np.int64).reshape(-1, 2),
            "sums": np.array([self._sums[class_id] for class_id in ids], np.float64).reshape(-1, self.size),
            "moment": self._moment[np.triu_indices(self.size)][None],
        }

    @classmethod
    def from_arrays(cls, size: int, arrays: Mapping[str, NDArray[Any]]) -> Statistics:
        """Return what `arrays` was made of.

        Raises:
            ValueError, KeyError, IndexError: it was not made of anything.
        """
        found = cls(size)
        classes, sums = arrays["classes"].reshape(-1, 2), arrays["sums"].reshape(-1, size)
        for (class_id, count), total in zip(classes.tolist(), sums, strict=True):
            if count < 1 or not np.isfinite(total).all():
                raise ValueError(f"{count} embeddings")
            found._counts[class_id], found._sums[class_id] = count, total
        upper = np.triu_indices(size)
        found._moment[upper] = arrays["moment"][0]
        found._moment.T[upper] = arrays["moment"][0]
        return found

    def check_unit_length(self, tolerance: float) -> None:
        """Say if these cannot be sums over embeddings of unit length: all lengths and all scatter follow from that.

        Raises:
            ValueError: they cannot.
        """
        if not np.isfinite(self._moment).all():
            raise ValueError("sums that are not finite numbers")
        ids = tuple(self._counts)
        counts = np.array([self._counts[class_id] for class_id in ids], float)
        sums = np.array([self._sums[class_id] for class_id in ids]).reshape(len(ids), self.size)
        if abs(float(np.trace(self._moment)) - self.count) > tolerance * self.count:
            raise ValueError("embeddings that are not of unit length")
        if (np.linalg.norm(sums, axis=1) > (1 + tolerance) * counts).any():
            raise ValueError("a sum that is longer than its parts")
        # What is left of the second moment without that of the means is a scatter, and no scatter is negative.
        within = self._moment - (sums / counts[:, None]).T @ sums
        within.flat[:: self.size + 1] += tolerance * self.count
        if not cv2.solve(within, np.zeros((self.size, 1)), flags=cv2.DECOMP_CHOLESKY)[0]:
            raise ValueError("a scatter that is negative")

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


def columns_of(class_ids: NDArray[np.int64], among: Sequence[int]) -> NDArray[np.int64]:
    """Return the columns (n,) that classes (n,) have among those of a head, each of which is one of them."""
    ids = np.array(among, np.int64)
    order = np.argsort(ids)
    return np.asarray(order[np.searchsorted(ids, class_ids, sorter=order)], np.int64)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities (n, classes) of logits (n, classes)."""
    exponent = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=1, keepdims=True), np.float32)
