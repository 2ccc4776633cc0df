# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.contribution import LEAST_SAMPLES, Contribution, Elsewhere
from learner.discriminant import Statistics
from learner.types import View

_SIZE = 6


def rows(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    x = np.random.default_rng(seed).standard_normal((count, _SIZE)).astype(np.float32)
    return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)


def contribution(names: Sequence[str], counts: Sequence[int], seed: int = 0) -> Contribution:
    sums = {}
    for number, which in enumerate(View):
        sums[which] = Statistics(_SIZE)
        for place, count in enumerate(counts):
            sums[which].add(rows(count, 100 * seed + 10 * number + place), [place] * count)
    return Contribution(tuple(names), sums, sum(counts), max(1, sum(counts) // 2))


def same(one: Contribution, other: Contribution) -> bool:
    return one.digest == other.digest


def test_together_they_are_what_all_samples_in_one_place_give() -> None:
    parts = [contribution(["mug", "pen"], [10, 20], 1), contribution(["pen", "cup"], [30, 15], 2)]
    together = parts[0].merged(parts[1:])
    assert together.names == ("cup", "mug", "pen")
    assert together.counts == (15, 10, 50)
    assert parts[1].merged(parts[:1]).digest == together.digest
    one_place = Statistics(_SIZE)
    for seed, part, places in ((1, parts[0], (1, 2)), (2, parts[1], (2, 0))):
        for place, (count, number) in enumerate(zip(part.counts, places, strict=True)):
            one_place.add(rows(count, 100 * seed + place), [number] * count)
    mine, theirs = together.sums[View.PICTURE].discriminant(0.1), one_place.discriminant(0.1)
    assert mine.class_ids == theirs.class_ids
    assert np.array_equal(mine.head(1.0).kernel, theirs.head(1.0).kernel)


@given(st.lists(st.lists(st.integers(10, 20), min_size=1, max_size=3), min_size=2, max_size=4))
def test_taking_ones_own_part_out_leaves_the_others_to_the_last_bit(counts: list[list[int]]) -> None:
    names = ["mug", "pen", "cup"]
    parts = [contribution(names[: len(some)], some, seed) for seed, some in enumerate(counts)]
    left = parts[0].merged(parts[1:]).without(parts[0])
    others = parts[1].merged(parts[2:])
    assert left.counts == tuple(dict(zip(others.names, others.counts, strict=True)).get(name, 0) for name in left.names)
    for which in View:
        assert np.array_equal(left.sums[which].arrays()["moment"], others.sums[which].arrays()["moment"])


def test_what_is_no_part_cannot_be_taken_out() -> None:
    small, large = contribution(["mug"], [10]), contribution(["mug"], [20])
    with pytest.raises(ValueError, match="not a part"):
        small.without(large)
    with pytest.raises(ValueError, match="not a part"):
        large.without(contribution(["pen"], [10]))


def test_comes_back_as_it_was() -> None:
    before = contribution(["mug", "pen"], [10, 20])
    assert same(Contribution.from_arrays(before.names, _SIZE, before.arrays()), before)


@pytest.mark.parametrize("lie", ["nan", "short", "few", "long", "names", "views", "negative", "looks"])
def test_what_cannot_be_is_refused(lie: str) -> None:
    true = contribution(["mug", "pen"], [10, 20])
    names, arrays = list(true.names), true.arrays()
    if lie == "nan":
        arrays["picture: moment"][0, 0] = np.nan
    elif lie == "short":
        arrays["picture: sums"] = arrays["picture: sums"][:1]
    elif lie == "few":
        arrays = contribution(names, [LEAST_SAMPLES - 1, 20]).arrays()
    elif lie == "long":
        arrays["picture: sums"] = arrays["picture: sums"] * 100
    elif lie == "names":
        names = ["mug", "mug"]
    elif lie == "views":
        del arrays["mirror: moment"]
    elif lie == "negative":
        arrays["picture: moment"] = -arrays["picture: moment"]
    elif lie == "looks":
        arrays["counts"][0, 1] = 1000
    with pytest.raises(ValueError, match=r"."):
        Contribution.from_arrays(names, _SIZE, arrays)


def test_a_class_that_is_gone_here_is_left_out_of_what_others_know() -> None:
    known = contribution(["mug", "pen", "cup"], [10, 20, 15])
    here = Elsewhere.of(known, [7, 8, 9], {7, 9})
    assert here.sums[View.PICTURE].counts == {7: 10, 9: 15}
    assert here.digest != Elsewhere.of(known, [7, 8, 9], {7, 8, 9}).digest
    covariance = here.sums[View.PICTURE].discriminant(0.1).covariance
    assert np.linalg.eigvalsh(covariance)[0] > 0


def test_a_few_samples_more_would_be_given_away_by_the_difference() -> None:
    before = contribution(["mug", "pen"], [10, 20])
    assert contribution(["mug", "pen"], [10, 20]).hides_changes_since(before)
    assert not contribution(["mug", "pen"], [11, 20]).hides_changes_since(before)
    assert contribution(["mug", "pen"], [15, 20]).hides_changes_since(before)
    assert contribution(["mug", "pen", "cup"], [10, 20, 5]).hides_changes_since(before)
    assert not contribution(["mug", "pen"], [10, 20], seed=1).hides_changes_since(before), "others in place of some"
