# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from learner.fleet.records import Head
from learner.fleet.strategy import clipped, masked

_KERNEL, _BIAS = np.zeros((2, 3), np.float32), np.zeros(3, np.float32)


def head(value: float, counts: list[float]) -> Head:
    return Head(np.full((2, 3), value, np.float32), np.full(3, value, np.float32), np.array(counts))


def test_who_has_never_seen_a_class_does_not_pull_it_down() -> None:
    [together] = masked([head(1, [10, 0, 5]), head(4, [10, 20, 0])], _KERNEL, _BIAS, each=False)
    assert together.kernel[0].tolist() == [2.5, 4.0, 1.0]
    assert together.bias.tolist() == [2.5, 4.0, 1.0]
    assert together.counts.tolist() == [20, 20, 5]


def test_a_class_that_nobody_has_stays_as_it_was() -> None:
    before = np.full((2, 3), 7, np.float32)
    [together] = masked([head(1, [10, 0, 5])], before, _BIAS, each=False)
    assert together.kernel[0].tolist() == [1.0, 7.0, 1.0]


def test_for_a_median_each_laptop_says_of_what_it_does_not_know_what_the_others_do() -> None:
    filled = masked([head(1, [10, 0, 5]), head(4, [10, 20, 0])], _KERNEL, _BIAS, each=True)
    assert [one.kernel[0].tolist() for one in filled] == [[1.0, 4.0, 1.0], [4.0, 4.0, 1.0]]


def test_an_update_far_longer_than_the_others_is_shortened() -> None:
    heads = clipped([head(1, [1, 1, 1]), head(1.5, [1, 1, 1]), head(1000, [1, 1, 1])], _KERNEL, _BIAS)
    assert [one.kernel[0, 0] for one in heads] == [pytest.approx(1), pytest.approx(1.5), pytest.approx(3)]


def test_no_laptop_no_head() -> None:
    assert clipped([], _KERNEL, _BIAS) == []


def test_laptops_with_nothing_to_do_shorten_nobody() -> None:
    idle = head(0, [0, 0, 0])
    [*_, moved] = clipped([idle, idle, head(4, [10, 20, 0])], _KERNEL, _BIAS)
    assert np.array_equal(moved.kernel, head(4, [10, 20, 0]).kernel)
