# SPDX-License-Identifier: Apache-2.0
"""Which samples are in view, whatever is asked for at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.sample_filter import (
    UNCERTAIN_BELOW,
    Filter,
    Order,
    Span,
    Trait,
    arrange,
    day_of,
    days,
    recordings,
    select,
    started,
    traits,
)
from learner.types import Catalogue, Judgement

NOON = datetime(2024, 5, 1, 12).astimezone().timestamp()
DAY = 24 * 3600.0


def integers(values: object) -> NDArray[np.int64]:
    return np.array(values, np.int64)


def catalogue(count: int, **columns: object) -> Catalogue:
    made: dict[str, object] = {
        "sample_ids": np.arange(1, count + 1),
        "class_ids": np.ones(count, np.int64),
        "burst_ids": np.ones(count, np.int64),
        "captured_at": NOON + np.arange(count, dtype=np.float64),
        "learned_in": np.full(count, -1),
        "held_out": np.zeros(count, np.bool_),
        "deleted": np.zeros(count, np.bool_),
    }
    made.update({name: np.asarray(values) for name, values in columns.items()})
    return Catalogue(**made)  # type: ignore[arg-type]


def judgement(of: Catalogue, **columns: object) -> Judgement:
    count = len(of)
    none = np.full(count, -1)
    made: dict[str, object] = {
        "answers": none,
        "confidences": np.zeros(count, np.float32),
        "unknown": np.zeros(count, np.bool_),
        "measured": none,
        "suggested": none,
        "disagreement": np.zeros(count, np.float32),
        "twins": none,
    }
    made.update({name: np.asarray(values) for name, values in columns.items()})
    return Judgement(version_id=1, sample_ids=of.sample_ids, **made)  # type: ignore[arg-type]


def shown(of: Catalogue, says: Judgement, wanted: Filter) -> list[int]:
    view, _ = select(of, traits(of, says), wanted)
    return [int(sample_id) for sample_id in of.sample_ids[view]]


def test_wrong_is_what_the_measured_twin_or_the_version_in_use_calls_something_else() -> None:
    of = catalogue(5, class_ids=[1, 1, 1, -1, 1])
    says = judgement(of, answers=[1, 2, 1, 2, -1], measured=[-1, -1, 2, 2, 1])
    assert shown(of, says, Filter(traits=frozenset({Trait.WRONG}))) == [2, 3], "without a label nothing is wrong"


def test_uncertain_is_what_is_unknown_or_less_than_sure_and_not_what_was_never_judged() -> None:
    of = catalogue(4)
    sure = [UNCERTAIN_BELOW, UNCERTAIN_BELOW - 0.01, 0.9, 0.0]
    says = judgement(of, answers=[1, 1, 1, -1], confidences=sure, unknown=[False, False, True, False])
    assert shown(of, says, Filter(traits=frozenset({Trait.UNCERTAIN}))) == [2, 3]


def test_a_suspicion_is_over_as_soon_as_the_label_is_what_was_suggested() -> None:
    of = catalogue(3, class_ids=[1, 2, 1])
    says = judgement(of, suggested=[2, 2, -1])
    assert shown(of, says, Filter(traits=frozenset({Trait.SUSPECTED}))) == [1]


def test_the_first_of_those_that_look_alike_is_no_duplicate() -> None:
    of = catalogue(4)
    says = judgement(of, twins=[1, 1, 3, -1])
    assert shown(of, says, Filter(traits=frozenset({Trait.DUPLICATE}))) == [2]


def test_deleted_samples_are_in_view_alone_and_only_when_asked_for() -> None:
    of = catalogue(3, deleted=[False, True, True], class_ids=[1, 1, 2])
    says = judgement(of)
    assert shown(of, says, Filter()) == [1]
    assert shown(of, says, Filter(only=integers([2, 1]))) == [1]
    assert shown(of, says, Filter(traits=frozenset({Trait.DELETED}))) == [2, 3]
    assert shown(of, says, Filter(class_id=1, traits=frozenset({Trait.DELETED}))) == [2]
    _, counts = select(of, traits(of, says), Filter(class_id=2))
    assert counts.traits[Trait.DELETED] == 1
    assert counts.classes == {1: 1}, "of class 2 there is none that is not deleted"


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.NEWEST, [5, 4, 3, 2, 1]), (Order.RECORDING, [3, 4, 5, 1, 2]), (Order.UNSURE, [4, 1, 5, 2, 3])],
)
def test_the_orders(order: Order, expected: list[int]) -> None:
    of = catalogue(5, burst_ids=[1, 1, 2, 2, 2])
    says = judgement(
        of,
        answers=[1, 1, -1, 1, 1],
        confidences=[0.2, 0.9, 0.0, 0.9, 0.8],
        unknown=[False, False, False, True, False],
    )
    rows = arrange(of, says, np.ones(5, np.bool_), order)
    assert of.sample_ids[rows].tolist() == expected


def test_recordings_and_when_they_began() -> None:
    of = catalogue(5, burst_ids=[1, 1, 2, 2, 3], class_ids=[4, 4, 5, 5, 4])
    assert started(of).tolist() == [NOON, NOON, NOON + 2, NOON + 2, NOON + 4]
    everything = np.ones(5, np.bool_)
    found = recordings(of, everything, limit=2)
    assert [(one.burst_id, one.class_id, one.count) for one in found] == [(3, 4, 1), (2, 5, 2)]
    assert [one.burst_id for one in recordings(of, everything, limit=9)] == [3, 2, 1]
    assert recordings(of, ~everything, limit=9) == []


def test_days_are_those_of_the_calendar() -> None:
    of = catalogue(4, captured_at=[NOON - 9 * DAY, NOON - DAY, NOON, np.nan])
    found = days(of, np.ones(4, np.bool_), limit=9)
    assert [count for _, count in found] == [1, 1, 1]
    today = found[0][0]
    assert datetime.fromtimestamp(today.since).astimezone().time().isoformat() == "00:00:00"
    assert today == day_of(NOON)
    week = day_of(NOON, lasting=7)
    first = datetime.fromtimestamp(NOON).astimezone().date() - timedelta(days=6)
    assert datetime.fromtimestamp(week.since).astimezone().date() == first
    assert shown(of, judgement(of), Filter(span=week)) == [2, 3]
    assert len(days(of, np.ones(4, np.bool_), limit=2)) == 2


@st.composite
def projects(draw: st.DrawFn) -> tuple[Catalogue, Judgement]:
    count = draw(st.integers(0, 12))

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=count, max_size=count))

    ids, flags = st.integers(-1, 3), st.booleans()
    of = catalogue(
        count,
        class_ids=integers(column(ids)),
        burst_ids=integers(sorted(column(st.integers(1, 4)))),  # type: ignore[type-var]
        captured_at=np.array(column(st.floats(NOON - 9 * DAY, NOON)), np.float64),
        held_out=np.array(column(flags), np.bool_),
        deleted=np.array(column(flags), np.bool_),
    )
    says = judgement(
        of,
        answers=integers(column(ids)),
        confidences=np.array(column(st.floats(0, 1, width=32)), np.float32),
        unknown=np.array(column(flags), np.bool_),
        measured=integers(column(ids)),
        suggested=integers(column(ids)),
        twins=integers(column(st.integers(-1, 12))),
    )
    return of, says


filters = st.builds(
    Filter,
    class_id=st.none() | st.integers(-1, 3),
    burst_id=st.none() | st.integers(1, 4),
    span=st.none() | st.builds(Span, st.floats(NOON - 9 * DAY, NOON), st.floats(NOON - 9 * DAY, NOON)),
    traits=st.frozensets(st.sampled_from(Trait)),
    only=st.none() | st.lists(st.integers(1, 12)).map(integers),
)


@given(projects(), filters, st.sampled_from(Order))
def test_a_sample_is_in_view_when_it_is_all_that_is_asked_for(
    project: tuple[Catalogue, Judgement], wanted: Filter, order: Order
) -> None:
    of, says = project
    having = traits(of, says)

    def fits(row: int) -> bool:
        return (
            (wanted.class_id is None or of.class_ids[row] == wanted.class_id)
            and (wanted.burst_id is None or of.burst_ids[row] == wanted.burst_id)
            and (wanted.span is None or wanted.span.since <= of.captured_at[row] < wanted.span.until)
            and (wanted.only is None or of.sample_ids[row] in wanted.only)
            and all(having[trait][row] for trait in wanted.traits)
            and (bool(of.deleted[row]) is (Trait.DELETED in wanted.traits))
        )

    view, _ = select(of, having, wanted)
    assert view.tolist() == [fits(row) for row in range(len(of))]
    assert sorted(arrange(of, says, view, order).tolist()) == np.flatnonzero(view).tolist()


@given(projects(), filters)
def test_a_chip_counts_what_would_be_in_view_with_it(project: tuple[Catalogue, Judgement], wanted: Filter) -> None:
    of, says = project
    having = traits(of, says)
    _, counts = select(of, having, wanted)
    for trait in Trait:
        more = wanted if trait in wanted.traits else wanted.toggled(trait)
        assert counts.traits[trait] == np.count_nonzero(select(of, having, more)[0])
    for class_id in range(-1, 4):
        only = Filter(class_id, wanted.burst_id, wanted.span, wanted.traits, wanted.only)
        assert counts.classes.get(class_id, 0) == np.count_nonzero(select(of, having, only)[0])


@given(projects())
def test_days_have_every_sample_once(project: tuple[Catalogue, Judgement]) -> None:
    of, _ = project
    everything = np.ones(len(of), np.bool_)
    found = days(of, everything, limit=99)
    assert sum(count for _, count in found) == len(of)
    for span, count in found:
        assert count == np.count_nonzero((of.captured_at >= span.since) & (of.captured_at < span.until))
    assert all(later.since >= earlier.until for (later, _), (earlier, _) in pairwise(found))
