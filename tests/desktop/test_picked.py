# SPDX-License-Identifier: Apache-2.0
"""Selecting among many cells, and what is left of it when other samples come into view."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.picked import Picked

IDS = np.array([50, 40, 30, 20, 10])


def places(picked: Picked) -> list[int]:
    return [int(place) for place in np.flatnonzero(picked.mask)]


def test_a_range_goes_from_where_it_began_in_either_direction() -> None:
    picked = Picked(5)
    picked.pick(2)
    picked.extend(4)
    assert places(picked) == [2, 3, 4]
    picked.extend(1)
    assert places(picked) == [1, 2]
    assert picked.current == 1


def test_without_a_current_cell_a_range_begins_at_the_first() -> None:
    picked = Picked(5)
    picked.extend(2)
    assert places(picked) == [0, 1, 2]


def test_moving_leaves_the_selection_and_toggling_changes_one() -> None:
    picked = Picked(5)
    picked.pick(0)
    picked.move(3)
    assert places(picked) == [0]
    picked.toggle(3)
    assert places(picked) == [0, 3]
    picked.toggle(0)
    assert places(picked) == [3]
    assert picked.current == 0


def test_the_selection_goes_with_its_samples() -> None:
    picked = Picked(5)
    picked.pick(1)
    picked.extend(3)
    after = np.array([10, 20, 60, 40])
    carried = picked.carried(IDS, after)
    assert places(carried) == [1, 3]
    assert carried.current == 1
    assert picked.count == 3, "the one before is as it was"
    assert picked.carried(IDS, np.zeros(0, np.int64)).current == -1


@pytest.mark.parametrize(
    ("current", "after", "expected"),
    [
        (1, [50, 30, 20, 10], 30),  # the next one
        (4, [50, 40, 30, 20], 20),  # there is none, so the one before
        (1, [10, 20, 50], 20),  # the next one that is left, wherever it is now
        (2, [70, 60], 60),  # nothing is left: about the same place
    ],
)
def test_where_the_current_sample_has_gone_its_neighbour_is_current(
    current: int, after: list[int], expected: int
) -> None:
    picked = Picked(5)
    picked.pick(current)
    carried = picked.carried(IDS, np.array(after))
    assert after[carried.current] == expected
    assert not carried.count
