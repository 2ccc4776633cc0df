# SPDX-License-Identifier: Apache-2.0
""" "I have not been taught this": how novel a picture is, and from where on the answer is "unknown".

Two distances carry it, both from the statistics of `learner.discriminant`. The relative one is the Mahalanobis distance
to the nearest class minus that to all classes together (Ren et al., "A Simple Fix to Mahalanobis Distance for Improving
Near-OOD Detection", 2021), where the overall covariance is that within classes plus that between them: then it depends
on the class scores alone. It is best at telling what resembles the classes taught, and blind while there are few of
them. The plain one sees what resembles none. They are standardised on known pictures and mixed: the more classes, the
more of the relative one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2
from learner.discriminant import Discriminant
from learner.types import Vectors

KNOWN_SHARE = 0.97
"""Of known pictures in recordings that were not learned from, how many are to stay below the limit."""

_WIDENED = 1.6
"""How much further out known pictures are in another recording than other looks within the one that was learned."""
_WIDEST = 30.0
_LEAST_SPREAD = 1.0
"""Of distances; frames that are all the same have none, and the digits that are kept of them would count as novelty."""
_EVERYWHERE_WEIGHT = 4.0
"""Worth so many recordings of a class: the limit of all classes together."""


@dataclass(frozen=True, slots=True, eq=False)
class Novelty:
    """How novel embeddings are to a set of classes.

    All arrays are float32: `kernel` (d, C) of the closed form, `centre` (d,) the mean of all, `shift` (C,) and `gap`
    (C,) and `mixing` (C, C) the parts of the relative distance, `precision` (d, d) the inverse covariance within
    classes over `scale` (1,), with no more digits than float16 has, `usual` (2, 2) the median and spread of either
    distance for known pictures, `limits` (C,) from where on the mixed score means unknown, for each nearest class.
    """

    kernel: NDArray[np.float32]
    centre: NDArray[np.float32]
    shift: NDArray[np.float32]
    gap: NDArray[np.float32]
    mixing: NDArray[np.float32]
    precision: NDArray[np.float32]
    scale: NDArray[np.float32]
    usual: NDArray[np.float32]
    limits: NDArray[np.float32]

    @classmethod
    def of(cls, discriminant: Discriminant, precision: NDArray[np.float32] | None = None) -> Novelty:
        """Prepare the distances; limits follow from `with_limits`, and until then nothing is unknown.

        Args:
            discriminant: the classes in closed form.
            precision: (d, d) what `inverted` gives; for those who have to look up between the two.
        """
        count = len(discriminant.class_ids)
        share = discriminant.counts / max(discriminant.counts.sum(), 1)
        centre = share @ discriminant.means
        around = discriminant.means - centre
        kernel = discriminant.kernel - (discriminant.kernel @ share)[:, None]
        gram = around @ kernel
        precision = inverted(discriminant) if precision is None else precision
        scale = float(np.abs(precision).max())
        return cls(
            kernel=kernel.astype(np.float32),
            centre=centre.astype(np.float32),
            shift=(centre @ kernel).astype(np.float32),
            gap=np.diag(gram).astype(np.float32),
            mixing=np.linalg.inv(np.diag(1 / share) + gram).astype(np.float32),
            precision=(precision / scale).astype(np.float16).astype(np.float32),
            scale=np.array([scale], np.float32),
            usual=np.array([[0, 1], [0, 1]], np.float32),
            limits=np.full(count, np.inf, np.float32),
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Novelty | None:
        """Return what `arrays` wrote down, or None if it is not all there."""
        names = [field.name for field in fields(cls)]
        if any(f"novelty_{name}" not in arrays for name in names):
            return None
        return cls(**{name: arrays[f"novelty_{name}"].astype(np.float32) for name in names})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything as named arrays, to be kept with a version."""
        arrays = {f"novelty_{name}": value for name, value in self._fields().items()}
        return {**arrays, "novelty_precision": self.precision.astype(np.float16)}

    def distances(
        self, x: Vectors, own: NDArray[np.int64] | None = None, means: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return relative and plain distance (n, 2) of embeddings (n, d), and the column (n,) of the nearest class.

        Args:
            x: embeddings as the head sees them.
            own: (n,) columns whose class counts as lying at `means` instead, or -1: to see a sample as if it had not
                been learned.
            means: (n, d).
        """
        scores, from_all, inside = self._parts(x)
        to_class = self.gap - 2 * scores
        if own is not None and means is not None:
            rows = np.flatnonzero(own >= 0)
            offset = (means[rows] - self.centre).astype(np.float32)
            towards = self._whiten(offset)
            moved = np.einsum("nd,nd->n", towards, offset - 2 * (x[rows] - self.centre))
            to_class[rows, own[rows]] = moved
        nearest = to_class.argmin(axis=1)
        least = to_class[np.arange(len(x)), nearest]
        return np.stack([least + inside, least + from_all], axis=1), nearest

    def without_each(self, x: Vectors) -> Iterator[NDArray[np.float64]]:
        """Yield, column by column, the mixed scores (n,) of embeddings as if its class had never been taught."""
        scores, from_all, _ = self._parts(x)
        # Taking a class out of the mixture is taking its row and column out of the inverse of `mixing`.
        inverse = np.linalg.inv(self.mixing.astype(np.float64))
        for column in range(len(self.gap)):
            kept = np.arange(len(self.gap)) != column
            left = scores[:, kept].astype(np.float64)
            mixing = np.linalg.inv(inverse[np.ix_(kept, kept)])
            least = (self.gap[kept] - 2 * left).min(axis=1)
            inside = np.einsum("nc,nc->n", left @ mixing, left)
            yield self._mixed(np.stack([least + inside, least + from_all], axis=1))

    def __call__(self, x: Vectors) -> NDArray[np.float64]:
        """Return the novelty (n,) of embeddings (n, d): about 0 for known pictures, 1 at the limit, unknown above."""
        distances, nearest = self.distances(x)
        return np.asarray(np.maximum(self._mixed(distances), 0) / self.limits[nearest])

    def with_limits(
        self,
        distances: NDArray[np.float64],
        columns: NDArray[np.int64],
        recordings: NDArray[np.int64],
        steadiness: float | None = None,
    ) -> Novelty:
        """Return the same with limits set by known pictures.

        Args:
            distances: (n, 2) of pictures in recordings that were not learned, or of those seen as if they had not been.
            columns: (n,) of their classes.
            recordings: (n,) which recording each belongs to; each weighs the same.
            steadiness: where there are hardly any recordings to measure with, so that the pictures come from those that
                were learned, each seen as if it alone had not been: how many frames a look has in them. Limits are
                widened, the more so the less a recording says of others. None where there are.
        """
        if not len(distances):
            return self
        weights = 1 / np.bincount(recordings)[recordings]
        usual = []
        for which in range(2):
            middle, high = (_quantile(distances[:, which], weights, share) for share in (0.5, 0.84))
            usual.append((middle, max(high - middle, _LEAST_SPREAD)))
        standard = Novelty(**{**self._fields(), "usual": np.array(usual, np.float32)})
        scores = standard._mixed(distances)
        if steadiness is None:
            # A few recordings hardly have the farthest pictures among them.
            widened = 1 + 1 / np.sqrt(len(np.unique(recordings)))
        else:
            widened = min(_WIDENED * steadiness**1.6, _WIDEST)
        everywhere = _quantile(scores, weights, KNOWN_SHARE)
        limits = np.full(len(self.gap), everywhere)
        for column in np.unique(columns):
            mine = columns == column
            count = len(np.unique(recordings[mine]))
            if count >= 2:
                own = _quantile(scores[mine], weights[mine], KNOWN_SHARE)
                # Few recordings say little of their own class: it leans on the others.
                limits[column] = (count * own + _EVERYWHERE_WEIGHT * everywhere) / (count + _EVERYWHERE_WEIGHT)
        limits = np.maximum(limits, 0.5) * widened
        return Novelty(**{**standard._fields(), "limits": limits.astype(np.float32)})

    def _fields(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def _whiten(self, x: Vectors) -> Vectors:
        return np.asarray((x @ self.precision) * self.scale, np.float32)

    def _parts(self, x: Vectors) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
        offset = np.asarray(x - self.centre, np.float32)
        scores = np.asarray(x @ self.kernel - self.shift, np.float32)
        from_all = np.einsum("nd,nd->n", self._whiten(offset), offset).astype(np.float64)
        inside = np.einsum("nc,nc->n", scores @ self.mixing, scores).astype(np.float64)
        return scores, from_all, inside

    def _mixed(self, distances: NDArray[np.float64]) -> NDArray[np.float64]:
        classes = len(self.gap)
        relative = (classes - 1) / (classes + 2)
        standard = (distances - self.usual[:, 0]) / self.usual[:, 1]
        return np.asarray(relative * standard[:, 0] + (1 - relative) * standard[:, 1])


def inverted(discriminant: Discriminant) -> NDArray[np.float32]:
    """Return the inverse covariance (d, d) within classes."""
    _, found = cv2.invert(discriminant.covariance.astype(np.float32), flags=cv2.DECOMP_CHOLESKY)
    return np.asarray(found, np.float32)


def _quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(upto, share * upto[-1])])
