# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.consolidation_plan import SMALLEST_BATCH, ConsolidationPlan, batch_size_on, plan_for
from tests.learner.fakes import INFO

BACKBONE = replace(INFO, input_size=224)


def test_the_rate_rises_then_falls_to_nothing() -> None:
    plan = ConsolidationPlan(steps=100, batch_size=8, size=64, learning_rate=0.5, warm_up=10)
    rates = [plan.rate(step) for step in range(1, 101)]
    assert rates[9] == pytest.approx(0.5)
    assert all(one < next_ for one, next_ in itertools.pairwise(rates[:10]))
    assert all(one >= next_ for one, next_ in itertools.pairwise(rates[10:]))
    assert 0 < rates[-1] < 0.01


@given(st.integers(1, 100), st.integers(0, 50))
def test_every_step_has_a_rate(steps: int, warm_up: int) -> None:
    plan = ConsolidationPlan(steps=steps, batch_size=8, size=64, learning_rate=0.5, warm_up=warm_up)
    assert all(0 < plan.rate(step) <= 0.5 for step in range(1, steps + 1))
    assert plan.rate(steps + 1) >= 0


@given(st.integers(1, 10**6), st.integers(2, 500), st.sampled_from([32, 96, 150, 192, 224, 299]))
def test_a_plan_is_bounded_whatever_there_is_to_learn_from(samples: int, classes: int, side: int) -> None:
    plan = plan_for(samples, classes, replace(BACKBONE, input_size=side))
    assert 0 < plan.warm_up < plan.steps <= plan_for(10**6, 500, BACKBONE).steps
    assert plan.size % 32 == 0
    assert 32 <= plan.size <= side + 32


def test_more_pictures_take_longer() -> None:
    few, many = plan_for(40, 2, BACKBONE), plan_for(4000, 80, BACKBONE)
    assert few.steps < many.steps
    assert (few.samples, many.samples) == (40, 4000)


def test_a_larger_batch_takes_fewer_steps() -> None:
    assert plan_for(1000, 10, BACKBONE, 128).steps < plan_for(1000, 10, BACKBONE).steps


@pytest.mark.parametrize("kind", ["CPU", "GPU"])
def test_with_less_memory_batches_are_halved_until_they_are_too_small(kind: str) -> None:
    sizes = [batch_size_on(kind, halvings) for halvings in range(10)]
    assert sizes[1] == sizes[0] / 2
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == SMALLEST_BATCH
