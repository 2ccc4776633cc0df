# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.evaluation import evaluate, expected_calibration_error
from learner.types import ClassScore, Prediction

NAMES = ["mug", "key", "Ente", "ガラス"]
answers = st.one_of(
    st.just(Prediction(None, 0.0)), st.builds(Prediction, st.sampled_from(NAMES), st.floats(0, 1, width=32))
)
cases = st.lists(st.tuples(st.sampled_from(NAMES), answers), min_size=1, max_size=40)


def test_a_case_worked_out_by_hand() -> None:
    truth = ["mug", "mug", "mug", "key", "duck"]
    said = [("mug", 0.9), ("mug", 0.8), ("key", 0.6), ("key", 1.0), ("mug", 0.5)]
    result = evaluate(truth, [Prediction(label, confidence) for label, confidence in said])
    assert result.n == 5
    assert result.accuracy == pytest.approx(3 / 5)
    assert result.macro_accuracy == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert result.labels == ("duck", "key", "mug")
    assert result.confusion == ((0, 0, 1), (0, 1, 0), (0, 1, 2))
    assert result.per_class == {
        "duck": ClassScore(1, 0.0, None),
        "key": ClassScore(1, 1.0, 0.5),
        "mug": ClassScore(3, 2 / 3, 2 / 3),
    }
    # Each answer has a bin of its own.
    assert result.ece == pytest.approx((0.1 + 0.2 + 0.6 + 0.0 + 0.5) / 5)


def test_an_answer_that_was_never_right_is_a_label_but_no_class_of_the_test() -> None:
    result = evaluate(["mug"], [Prediction("key", 0.7)])
    assert result.labels == ("key", "mug")
    assert set(result.per_class) == {"mug"}
    assert result.macro_accuracy == 0


def test_no_answer_is_wrong_and_in_no_column() -> None:
    result = evaluate(["mug", "mug"], [Prediction(None, 0.0), Prediction("mug", 1.0)])
    assert result.accuracy == 0.5
    assert result.confusion == ((1,),)
    assert result.per_class["mug"].n == 2


@pytest.mark.parametrize(("truth", "predictions"), [([], []), (["mug"], [])])
def test_nothing_to_compare(truth: list[str], predictions: list[Prediction]) -> None:
    with pytest.raises(ValueError, match="pictures"):
        evaluate(truth, predictions)


@given(cases)
def test_the_numbers_agree_with_each_other(case: list[tuple[str, Prediction]]) -> None:
    truth, predictions = [name for name, _ in case], [prediction for _, prediction in case]
    result = evaluate(truth, predictions)
    confusion = np.array(result.confusion)
    assert result.n == sum(score.n for score in result.per_class.values())
    assert confusion.sum() == sum(prediction.label is not None for prediction in predictions)
    assert result.accuracy == pytest.approx(np.trace(confusion) / result.n)
    assert result.accuracy == pytest.approx(sum(s.n * s.recall for s in result.per_class.values()) / result.n)
    assert 0 <= result.ece <= 1
    for name, score in result.per_class.items():
        column = result.labels.index(name)
        assert (score.precision is None) == (confusion[:, column].sum() == 0)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_the_pictures_does_not_matter(case: list[tuple[str, Prediction]], random: object) -> None:
    shuffled = list(case)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (evaluate([name for name, _ in part], [answer for _, answer in part]) for part in (case, shuffled))
    assert one.confusion == other.confusion
    assert one.ece == pytest.approx(other.ece)


def test_calibration_error_of_whole_bins() -> None:
    # Ten answers at 0.8, of which six are right; ten at 0.4, of which four are.
    confidence = np.array([0.8] * 10 + [0.4] * 10)
    hits = np.array([True] * 6 + [False] * 4 + [True] * 4 + [False] * 6)
    assert expected_calibration_error(confidence, hits) == pytest.approx(0.5 * 0.2 + 0.5 * 0.0)


def test_within_a_bin_too_high_and_too_low_cancel_out() -> None:
    assert expected_calibration_error(np.array([0.94, 0.98]), np.array([True, False])) == pytest.approx(0.46)


def test_the_ends_of_the_scale_have_bins() -> None:
    assert expected_calibration_error(np.array([0.0, 1.0]), np.array([False, True])) == 0
