# SPDX-License-Identifier: Apache-2.0
"""How good the answers are on pictures that were not learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from learner.types import ClassScore, Evaluation, Prediction

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
