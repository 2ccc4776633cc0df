# SPDX-License-Identifier: Apache-2.0
"""What is computed in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from learner.aside import WAITING, Waiting, aside, finish


def test_others_have_their_turn_until_it_is_there() -> None:
    go = threading.Event()
    pieces = aside(lambda: go.wait(30))
    assert [next(pieces) for _ in range(5)] == [WAITING] * 5
    go.set()
    assert finish(pieces) is True


def test_it_is_another_thread() -> None:
    assert finish(aside(threading.get_ident)) != threading.get_ident()


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        finish(aside(lambda: 1 / 0))


def test_pieces_are_done_one_after_another_to_the_end() -> None:
    done: list[int] = []

    def pieces() -> Generator[Waiting | None, None, str]:
        for number in range(3):
            done.append(number)
            yield None if number else WAITING
        return "end"

    assert finish(pieces()) == "end"
    assert done == [0, 1, 2]
