# SPDX-License-Identifier: Apache-2.0
"""Streaming linear discriminant analysis: running statistics, and the head they give in closed form.

Counts and sums per class and one second moment shared by all classes, in float64. They can be added to, subtracted
from and merged exactly, so learning one more class forgets nothing, and a deleted sample is taken out again.
Source: Hayes & Kanan, "Lifelong Machine Learning with Deep Streaming Linear Discriminant Analysis", CVPRW 2020.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from learner.types import HeadWeights, Vectors

_PRIOR_WEIGHT = 50.0
"""Worth so many samples: what we believe of the scatter within a class before we have seen any."""
_PRIOR_VARIANCE = 0.3
"""Trace of the covariance within a class of unit-length embeddings; everyday recordings have 0.2 to 0.4."""


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
        """The classes that have at least one embedding, ascending."""
        return tuple(sorted(self._counts))

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

    def means(self) -> Vectors:
        """Return the mean of each class, (classes, d), in the order of `class_ids`."""
        return np.array([self._sums[class_id] / self._counts[class_id] for class_id in self.class_ids], np.float32)

    def closed_form(self, shrinkage: float, temperature: float) -> HeadWeights:
        """Return the linear head that LDA with equal priors gives.

        The covariance within classes is shrunk towards a multiple of the identity (Ledoit & Wolf's target with a fixed
        weight), and a weak prior stands in while there are hardly any samples.

        Args:
            shrinkage: weight of the identity, above 0 and at most 1.
            temperature: what the logits are divided by.
        """
        ids = self.class_ids
        if not ids:
            return HeadWeights(np.zeros((self.size, 0), np.float32), np.zeros(0, np.float32), ())
        counts = np.array([self._counts[class_id] for class_id in ids], float)
        sums = np.stack([self._sums[class_id] for class_id in ids])
        means = sums / counts[:, None]
        within = self._moment - sums.T @ means
        freedom = max(self.count - len(ids), 0) + _PRIOR_WEIGHT
        variance = (max(float(np.trace(within)), 0.0) + _PRIOR_WEIGHT * _PRIOR_VARIANCE) / freedom / self.size
        covariance = within * ((1 - shrinkage) / freedom)
        # The prior's own share of (1 - shrinkage) is a multiple of the identity too, and so is all that shrinkage adds.
        covariance.flat[:: self.size + 1] += (
            shrinkage * variance + (1 - shrinkage) * _PRIOR_WEIGHT * _PRIOR_VARIANCE / freedom / self.size
        )
        kernel = np.linalg.solve(covariance, means.T)
        bias = -0.5 * np.einsum("cd,dc->c", means, kernel)
        return HeadWeights((kernel / temperature).astype(np.float32), (bias / temperature).astype(np.float32), ids)

    def _accumulate(self, x: Vectors, class_ids: Sequence[int], sign: int) -> None:
        rows = np.asarray(x, np.float64)
        labels = np.asarray(class_ids)
        wanted = {int(class_id): int((labels == class_id).sum()) for class_id in np.unique(labels)}
        if sign < 0 and any(self._counts.get(class_id, 0) < count for class_id, count in wanted.items()):
            raise ValueError("more embeddings to remove than were added")
        self._moment += sign * (rows.T @ rows)
        for class_id, count in wanted.items():
            left = self._counts.get(class_id, 0) + sign * count
            total = self._sums.get(class_id, 0) + sign * rows[labels == class_id].sum(axis=0)
            if left:
                self._counts[class_id], self._sums[class_id] = left, total
            else:
                self._counts.pop(class_id, None)
                self._sums.pop(class_id, None)


def logits(head: HeadWeights, x: Vectors) -> NDArray[np.float32]:
    """Return logits (n, classes) of embeddings (n, d)."""
    return np.asarray(x @ head.kernel + head.bias, np.float32)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities (n, classes) of logits (n, classes)."""
    exponent = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=1, keepdims=True), np.float32)
