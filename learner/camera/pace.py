# SPDX-License-Identifier: Apache-2.0
"""Keeping to a rate without drifting and without catching up in bursts."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Waits so that calls come `rate` times a second.

    Args:
        rate: calls a second.
        clock: tells the time in seconds.
        sleep: waits so many seconds.
    """

    def __init__(
        self, rate: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._period = 1 / rate
        self._clock = clock
        self._sleep = sleep
        self._next: float | None = None

    def wait(self) -> int:
        """Wait for the next turn; return how many turns have been missed since the last one."""
        now = self._clock()
        if self._next is None:
            self._next = now
        missed = max(0, int((now - self._next) / self._period))
        self._next += missed * self._period
        self._sleep(max(0.0, self._next - now))
        self._next += self._period
        return missed
