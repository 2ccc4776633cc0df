# SPDX-License-Identifier: Apache-2.0
"""How good the answers are on pictures that were not learned from, now and over the increments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.types import BurstScore, ClassScore, Evaluation, Increment, Prediction

ECE_BINS = 15


def evaluate(truth: Sequence[str], predictions: Sequence[Prediction]) -> Evaluation:
    """Compare answers with the truth.

    A class counts by its pictures: `per_class` and `macro_accuracy` cover the classes in `truth`. A prediction without
    a label is wrong and stands in no column of the confusion matrix, so a row may sum to less than its class has
    pictures.

    Args:
        truth: the name of the right class of each picture.
        predictions: the answer to each picture, in the same order.

    Raises:
        ValueError: there are no pictures, or not as many answers as pictures.
    """
    if not truth or len(truth) != len(predictions):
        raise ValueError(f"{len(truth)} pictures and {len(predictions)} answers")
    answers = [prediction.label for prediction in predictions]
    labels = tuple(sorted({*truth, *(answer for answer in answers if answer is not None)}))
    place = {name: index for index, name in enumerate(labels)}
    confusion = np.zeros((len(labels), len(labels)), np.int64)
    for name, answer in zip(truth, answers, strict=True):
        if answer is not None:
            confusion[place[name], place[answer]] += 1

    right = np.diag(confusion)
    answered = confusion.sum(axis=0)
    per_class = {}
    for name, n in sorted(Counter(truth).items()):
        index = place[name]
        precision = float(right[index] / answered[index]) if answered[index] else None
        per_class[name] = ClassScore(n, float(right[index] / n), precision)
    hits = np.array([answer == name for name, answer in zip(truth, answers, strict=True)])
    return Evaluation(
        n=len(truth),
        accuracy=float(hits.mean()),
        macro_accuracy=float(np.mean([score.recall for score in per_class.values()])),
        ece=expected_calibration_error(np.array([prediction.confidence for prediction in predictions]), hits),
        per_class=per_class,
        labels=labels,
        confusion=tuple(tuple(int(count) for count in row) for row in confusion),
    )


def expected_calibration_error(confidence: NDArray[np.float64], hits: NDArray[np.bool_]) -> float:
    """Return the mean gap between confidence and accuracy, over 15 bins of equal width, weighted by their pictures.

    Bin m holds the confidences in ((m - 1) / 15, m / 15]; zero belongs to the first. Source: Guo et al., "On
    Calibration of Modern Neural Networks", ICML 2017, equation 3.

    Args:
        confidence: (n,) in [0, 1].
        hits: (n,), whether each answer was right.
    """
    bins = np.clip(np.ceil(confidence * ECE_BINS).astype(int) - 1, 0, ECE_BINS - 1)
    gaps = np.bincount(bins, weights=hits - confidence, minlength=ECE_BINS)
    return float(np.abs(gaps).sum() / len(confidence))


@dataclass(slots=True)
class History:
    """What was measured in the increments so far: recall of each class when it was first measured, and at its best.

    `right` of `recordings` recordings were right before they were learned (prequential accuracy, Gama et al. 2013).
    """

    first: dict[int, float] = field(default_factory=dict)
    best: dict[int, float] = field(default_factory=dict)
    right: int = 0
    recordings: int = 0

    @classmethod
    def of(cls, increments: Iterable[Increment]) -> History:
        """Gather the history of a project."""
        history = cls()
        for increment in increments:
            if increment.accepted:
                recall = increment.evaluation.get("recall") or {}
                history.add({int(class_id): float(share) for class_id, share in recall.items()}, increment.before)
        return history

    def add(self, recall: Mapping[int, float], before: BurstScore) -> None:
        """Count in one more increment."""
        for class_id, share in recall.items():
            self.first.setdefault(class_id, share)
            self.best[class_id] = max(share, self.best.get(class_id, share))
        self.right += before.right
        self.recordings += before.bursts


@dataclass(frozen=True, slots=True)
class Report:
    """What is measured of a version, on recordings that its measured twin did not learn from.

    None stands for what is not measurable yet. Shares are by recording: the mean over recordings of the share of their
    looks. Classes go by their ids, so that nothing of their names stays when they are forgotten.

    Attributes:
        measured: whether recordings of at least two classes are held out.
        recordings: how many are.
        looks: how many different looks they show.
        accuracy: share right.
        macro_accuracy: mean over the classes.
        recall: for each class.
        class_ids: the classes of `confusion`, whose row i counts the looks of a class by what they were taken for.
        ece: expected calibration error over 15 bins, at a temperature that other recordings chose.
        nll: mean negative log-likelihood, likewise.
        temperature: of the closed form's logits.
        shrinkage: of the closed form.
        forgetting: for each class, best recall so far minus that of now (Chaudhry et al. 2018).
        worst_forgetting: of all classes.
        backward_transfer: mean over the classes of recall now minus when first measured (Lopez-Paz & Ranzato 2017).
        prequential: how many recordings were right before they were learned, of how many.
        recipe: how the head was made.
        closed_form_accuracy: that of the closed form beside it.
        unknown: `flagged`, the share of held-out looks called unknown; `flagged_at`, the same for several limits of the
            novelty, each written out ("0.5"); `left_out`, for each class, how well its looks are told from the others'
            when it is left out of what was taught (area under the ROC curve); `auroc`, their mean. Measured asleep.
    """

    measured: bool
    recordings: int
    looks: int
    accuracy: float | None
    macro_accuracy: float | None
    recall: dict[int, float]
    class_ids: tuple[int, ...]
    confusion: tuple[tuple[int, ...], ...]
    ece: float | None
    nll: float | None
    temperature: float
    shrinkage: float
    forgetting: dict[int, float]
    worst_forgetting: float | None
    backward_transfer: float | None
    prequential: dict[str, int]
    recipe: str
    closed_form_accuracy: float | None
    unknown: dict[str, Any]


def area_under_curve(known: NDArray[np.float64], unknown: NDArray[np.float64]) -> float:
    """Return the chance that an unknown scores higher than a known, half of it for ties (area under the ROC curve)."""
    both = np.concatenate([known, unknown])
    _, places, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    above = ranks[len(known) :].sum() - len(unknown) * (len(unknown) + 1) / 2
    return float(above / (len(known) * len(unknown)))
