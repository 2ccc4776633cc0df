# SPDX-License-Identifier: Apache-2.0
"""What was measured of a version, as figures for those who show it: the window and the report."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


def in_a_hundred(share: float) -> int:
    """Return a share as people count it; only what is always so is 100, and only what never is, 0."""
    return round(share * 100) if share in {0.0, 1.0} else min(99, max(1, round(share * 100)))


def _no_counts() -> NDArray[np.int64]:
    return np.zeros((0, 0), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What was measured of one version, on recordings that its measured twin did not learn from.

    Shares are by recording, as in `learner.evaluation.Report`, of which this is the part that is shown; None stands for
    what is not measurable yet. Row i of `confusion` (n, n) counts the looks of `class_ids[i]` by what they were taken
    for. `off` is how far its percentages are from the truth on average. `noticed` is how often something never taught
    looks stranger to it than something taught; `flagged` is the share of what it knows that it calls unknown.
    """

    measured: bool = False
    recordings: int = 0
    looks: int = 0
    accuracy: float | None = None
    macro_accuracy: float | None = None
    recall: Mapping[int, float] = field(default_factory=dict)
    class_ids: tuple[int, ...] = ()
    confusion: NDArray[np.int64] = field(default_factory=_no_counts)
    off: float | None = None
    forgetting: Mapping[int, float] = field(default_factory=dict)
    noticed: float | None = None
    flagged: float | None = None
    right_before: int = 0
    recordings_before: int = 0

    @classmethod
    def of(cls, evaluation: Mapping[str, Any]) -> Figures:
        """Read an evaluation as the file has it, where keys are texts and older ones have less in them."""
        before, accuracy = evaluation.get("prequential") or {}, _number(evaluation.get("accuracy"))
        right, recordings_before = int(before.get("right") or 0), int(before.get("recordings") or 0)
        if not evaluation.get("measured") or accuracy is None:
            return cls(right_before=right, recordings_before=recordings_before)
        class_ids = tuple(int(class_id) for class_id in evaluation.get("class_ids") or ())
        confusion = np.array(evaluation.get("confusion") or [], np.int64)
        if confusion.shape != (len(class_ids), len(class_ids)):
            class_ids, confusion = (), _no_counts()
        unknown = evaluation.get("unknown") or {}
        return cls(
            measured=True,
            recordings=int(evaluation.get("recordings") or 0),
            looks=int(evaluation.get("looks") or 0),
            accuracy=accuracy,
            macro_accuracy=_number(evaluation.get("macro_accuracy")),
            recall=_by_class(evaluation.get("recall")),
            class_ids=class_ids,
            confusion=confusion,
            off=_number(evaluation.get("ece")),
            forgetting=_by_class(evaluation.get("forgetting")),
            noticed=_number(unknown.get("auroc")),
            flagged=_number(unknown.get("flagged")),
            right_before=right,
            recordings_before=recordings_before,
        )

    @property
    def precision(self) -> dict[int, float]:
        """How much of what was called so was so, for each class that anything was called."""
        called = self.confusion.sum(axis=0)
        right = np.diagonal(self.confusion)
        return {
            class_id: float(right[place] / called[place])
            for place, class_id in enumerate(self.class_ids)
            if called[place]
        }

    @property
    def worst_mistake(self) -> tuple[int, int] | None:
        """The class that is most often taken for another, and that other; None where nothing is mixed up."""
        mistakes = self.mistakes(self.class_ids, 1)
        return mistakes[0][1:] if mistakes else None

    def mistakes(self, among: Container[int], most: int) -> list[tuple[int, int, int]]:
        """Return (looks, class, what it was taken for), the most frequent mistakes first.

        Of as many mistakes, those of the class with fewer looks weigh more.

        Args:
            among: the classes that count.
            most: how many to return.
        """
        wrong = [
            (int(row), int(column))
            for row, column in np.argwhere(self.confusion)
            if row != column and self.class_ids[row] in among and self.class_ids[column] in among
        ]
        looks = self.confusion.sum(axis=1)
        wrong.sort(key=lambda place: (-self.confusion[place], looks[place[0]], place))
        return [
            (int(self.confusion[row, column]), self.class_ids[row], self.class_ids[column])
            for row, column in wrong[:most]
        ]


def _by_class(values: Any) -> dict[int, float]:
    shares = {int(class_id): _number(share) for class_id, share in (values or {}).items()}
    return {class_id: share for class_id, share in shares.items() if share is not None}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None
