# SPDX-License-Identifier: Apache-2.0
"""Answers brought to those who asked."""

from __future__ import annotations

import itertools

import pytest

from learner.serve.hub import NotAnswering
from learner.serve.waiting import MOST_WAITING, Waiting, settle
from learner.types import Prediction

MUG = Prediction("mug", 1.0)


def refusal() -> NotAnswering:
    return NotAnswering("It is closed", "It was closed.", "Open it.")


def test_each_gets_his_own() -> None:
    waiting = Waiting()
    first, second = (waiting.ask(lambda number=number: number) for number in (1, 2))  # type: ignore[misc]
    assert waiting.answered(2, Prediction("key", 1.0))
    assert waiting.answered(1, MUG)
    assert not waiting.answered(1, MUG), "nobody asks any more"
    assert (first.result(0).label, second.result(0).label) == ("mug", "key")


def test_who_has_given_up_is_let_go() -> None:
    waiting = Waiting()
    future = waiting.ask(lambda: 1)
    assert future.cancel()
    assert waiting.answered(1, MUG)
    settle(future, MUG)
    assert future.cancelled()


def test_no_more_are_let_in_than_can_be_answered() -> None:
    waiting, numbers = Waiting(), itertools.count(1)
    for _ in range(MOST_WAITING):
        waiting.ask(lambda: next(numbers))
    with pytest.raises(NotAnswering, match="Too much"):
        waiting.ask(lambda: next(numbers)).result(0)
    assert next(numbers) == MOST_WAITING + 1, "the learner was not asked in vain"
    waiting.answered(1, MUG)
    assert not waiting.ask(lambda: next(numbers)).done()


def test_nobody_is_left_waiting_when_it_is_closed() -> None:
    waiting = Waiting()
    before = waiting.ask(lambda: 1)
    waiting.refuse(refusal)
    after = waiting.ask(lambda: pytest.fail("it was asked"))
    for future in (before, after):
        with pytest.raises(NotAnswering, match="closed"):
            future.result(0)
    assert before.exception() is not after.exception()
    waiting.allow()
    assert not waiting.ask(lambda: 3).done()
