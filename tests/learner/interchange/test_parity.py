# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.errors import EnvironmentFault
from learner.interchange.parity import Answers, Parity, compare, spread, to_calibrate, to_compare
from learner.roll import Content, evenly
from learner.sampling import recordings
from learner.types import Member, Role


def answers(*rows: list[float], milliseconds: float = 1.0) -> Answers:
    return Answers(np.array(rows, np.float32), np.full(len(rows), milliseconds))


def member(sample_id: int, class_id: int, burst_id: int = 1, role: Role = Role.TRAIN) -> Member:
    return Member(sample_id, class_id, burst_id, f"{sample_id:064x}", role)


APP = answers([0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7])


def test_figures_of_a_comparison() -> None:
    other = answers([0.8, 0.2], [0.2, 0.8], [0.4, 0.6], [0.3, 0.7], milliseconds=2.5)
    parity = compare(APP, other, held_out=2, required=0.97)
    assert (parity.pictures, parity.held_out, parity.agreement) == (4, 2, 0.75)
    assert parity.largest_difference == pytest.approx(0.2)
    assert (parity.milliseconds, parity.app_milliseconds) == (2.5, 1.0)


def test_a_model_that_answers_otherwise_is_refused_with_its_figures() -> None:
    compare(APP, APP, held_out=0, required=1.0).require()
    with pytest.raises(EnvironmentFault, match=r"75\.0% of 4 pictures.*At least 97\.0%"):
        compare(APP, answers([0.8, 0.2], [0.2, 0.8], [0.4, 0.6], [0.3, 0.7]), held_out=2, required=0.97).require()


def test_what_is_no_number_agrees_with_nothing_and_can_be_told() -> None:
    parity = compare(APP, answers([np.nan, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]), held_out=0, required=0.9)
    assert (parity.agreement, parity.largest_difference) == (0.75, 1.0)
    told = json.loads(parity.as_json())
    assert Parity(**told) == parity


def test_what_is_held_out_comes_first_and_is_filled_up() -> None:
    tests = [member(number, 1 + number % 2, 1, Role.HOLDOUT) for number in range(10)]
    learned = [member(number, 1 + number % 2, 2) for number in range(10, 500)]
    chosen, held_out = to_compare(Content.of(tests + learned))
    assert held_out == 10
    assert set(chosen[:10]) == {one.sample_id for one in tests}
    assert len(chosen) == 200 == len(set(chosen))
    again, _ = to_compare(Content.of(tests + learned))
    assert chosen == again


def test_it_is_calibrated_on_what_was_learned_from() -> None:
    tests = [member(number, 1, 1, Role.HOLDOUT) for number in range(10)]
    learned = [member(number, 1, 2) for number in range(10, 500)]
    assert not {one.sample_id for one in tests} & set(to_calibrate(Content.of(tests + learned), 100))


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(0, 40))
def test_samples_are_spread_evenly_over_the_classes(classes: list[int], most: int) -> None:
    members = [member(number, class_id) for number, class_id in enumerate(classes)]
    chosen = spread(evenly(recordings(members)), most)
    assert len(chosen) <= most
    assert len(set(chosen)) == len(chosen)
    counts = {class_id: sum(classes[sample_id] == class_id for sample_id in chosen) for class_id in set(classes)}
    for class_id, count in counts.items():
        assert count >= min(classes.count(class_id), max(counts.values()) - 1)
