# SPDX-License-Identifier: Apache-2.0
"""The watchdog itself: what it bites, and what it lets pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.desktop.watchdog import Reading, Watchdog, thread_clock


def wait_in_vain() -> None:
    threading.Event().wait(0.3)


def compute_for_long() -> None:
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        sum(range(1000))


@pytest.mark.parametrize("deed", [wait_in_vain, compute_for_long], ids=["waits", "computes"])
def test_it_says_what_kept_the_loop(qtbot: QtBot, deed: Callable[[], None]) -> None:
    done: list[bool] = []

    def slot() -> None:
        deed()
        done.append(True)

    def watched() -> None:
        # The clock of a machine that has time for everybody.
        with Watchdog(read=lambda: Reading(time.monotonic(), 0.0)):
            QTimer.singleShot(0, slot)
            qtbot.waitUntil(lambda: bool(done))

    with pytest.raises(AssertionError, match=r"stood still for .* ms(.|\n)*(wait_in_vain|compute_for_long)"):
        watched()


def test_what_the_test_calls_itself_is_watched_but_for_its_own_work(qtbot: QtBot) -> None:
    with Watchdog() as dog:
        with dog.aside():
            wait_in_vain()
        qtbot.wait(20)
    with pytest.raises(AssertionError, match="wait_in_vain"), Watchdog():
        wait_in_vain()


def test_a_loop_that_turns_is_left_alone(qtbot: QtBot) -> None:
    turns: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(len(turns)))
    timer.start(10)
    with Watchdog():
        qtbot.waitUntil(lambda: len(turns) > 20)


def test_a_thread_that_got_no_processor_is_not_blamed(qtbot: QtBot) -> None:
    readings = iter([Reading(0.0, 0.0), Reading(0.5, 0.47), Reading(0.5, 0.47), Reading(1.0, 0.5), Reading(1.0, 0.5)])
    last = Reading(1.0, 0.5)
    dog = Watchdog(read=lambda: next(readings, last))
    dog._begin()
    dog.beat()
    assert dog.stalls == [], "of half a second, 470 ms were spent in the queue"
    dog.beat()
    assert [round(stall.seconds, 2) for stall in dog.stalls] == [0.46]


def test_a_failure_of_the_test_comes_first(qtbot: QtBot) -> None:
    def watched() -> None:
        with Watchdog():
            wait_in_vain()
            raise KeyError("the test's own")

    with pytest.raises(KeyError):
        watched()


def test_the_clock_of_this_thread_goes_on() -> None:
    read = thread_clock()
    first, second = read(), read()
    assert second.now >= first.now
    assert second.unserved >= first.unserved >= 0.0
