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

IN_THE_LOOP = '  File "test_tour.py", line 65 in test_tour\n  File "pytestqt/qt_compat.py", line 160 in exec\n'
IN_A_SLOT = IN_THE_LOOP + '  File "desktop/app.py", line 1 in save\n'


def wait_in_vain() -> None:
    threading.Event().wait(0.6)


def compute_for_long() -> None:
    until = time.monotonic() + 0.6
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
        with Watchdog(read=lambda: Reading(time.monotonic(), 0.0, 0.0)):
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


@pytest.mark.parametrize(
    ("reading", "stood"),
    [
        (Reading(0.5, 0.03, 0.47), 0.03),
        (Reading(0.5, 0.03, 0.0, {2: 0.0}), 0.5),
        (Reading(0.5, 0.03, 0.0, {2: 0.45, 3: 0.1}), 0.05),
        (Reading(0.5, 0.5, 0.0, {2: 0.45}), 0.5),
        (Reading(0.5, 0.03, 0.0, {4: 9.0}), 0.5),
    ],
    ids=["queued", "slept", "slept until another was served", "computed", "of a thread that is new nothing is known"],
)
def test_a_thread_that_got_no_processor_is_not_blamed(reading: Reading, stood: float) -> None:
    assert reading.stood(Reading(0.0, 0.0, 0.0, {2: 0.0, 3: 0.0})) == pytest.approx(stood)


def test_a_beat_is_held_against_the_one_before(qtbot: QtBot) -> None:
    readings = [Reading(now, 0.0, 0.0, {}, spent=now) for now in (0.05, 0.5)]
    dog = Watchdog(read=lambda: readings.pop(0))
    dog.beat()
    assert dog.stalls == []
    dog.beat()
    assert [round(stall.seconds, 3) for stall in dog.stalls] == [0.44]


@pytest.mark.parametrize("seen", [(), (IN_THE_LOOP,), (IN_THE_LOOP, IN_A_SLOT)])
@pytest.mark.parametrize("spent", [0.02, 0.3])
def test_a_machine_that_stood_still_is_not_taken_for_the_loop(
    qtbot: QtBot, seen: tuple[str, ...], spent: float
) -> None:
    readings = [Reading(0.0, 0.0, 0.0), Reading(0.5, 0.01, 0.0, {}, spent)]
    dog = Watchdog(read=lambda: readings.pop(0))
    dog.beat()
    dog._stacks.extend(seen)
    dog.beat()
    assert bool(dog.stalls) == (IN_A_SLOT in seen or spent > dog.limit)


def test_what_is_waited_for_may_be_one_thread_and_then_another(qtbot: QtBot) -> None:
    readings = [Reading(0.0, 0.0, 0.0, {2: 0.0, 3: 0.0}), Reading(0.4, 0.0, 0.0, {2: 0.2, 3: 0.2})]
    dog = Watchdog(read=lambda: readings.pop(0))
    dog.beat()
    dog._looks.append(Reading(0.2, 0.0, 0.0, {2: 0.2, 3: 0.0}))
    dog.beat()
    assert dog.stalls == []


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
    assert second.served >= first.served >= 0.0
    assert second.unserved >= first.unserved >= 0.0
