# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.camera.pace import Pace


class Clock:
    """Time that passes only when someone sleeps or works."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds

    def pace(self, rate: float) -> Pace:
        return Pace(rate, lambda: self.now, self.sleep)


def test_turns_come_at_the_rate_however_long_the_work_between_them_takes() -> None:
    clock = Clock()
    pace = clock.pace(10)
    turns = []
    for work in (0.0, 0.09, 0.02, 0.05):
        assert pace.wait() == 0
        turns.append(clock.now - 1000)
        clock.now += work
    assert turns == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_turns_that_were_missed_are_counted_and_not_made_up_for() -> None:
    clock = Clock()
    pace = clock.pace(10)
    pace.wait()
    clock.now += 0.57
    assert pace.wait() == 4, "the turns at 0.1, 0.2, 0.3 and 0.4 are gone; the one at 0.5 is now"
    assert pace.wait() == 0
    assert clock.now - 1000 == pytest.approx(0.6)


@given(st.lists(st.floats(0, 0.5), max_size=40))
def test_no_time_is_lost_or_invented(work: list[float]) -> None:
    clock = Clock()
    pace = clock.pace(10)
    turns = pace.wait()
    for seconds in work:
        clock.now += seconds
        before = clock.now
        turns += 1 + pace.wait()
        assert clock.now - before <= 0.1 + 1e-6
        assert 0 <= clock.now - 1000 - turns * 0.1 + 1e-6 < 0.1 + 2e-6
