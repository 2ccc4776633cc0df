# SPDX-License-Identifier: Apache-2.0
"""Keeping to a rate without drifting and without catching up in bursts."""

from __future__ import annotations

import threading
import time


class Pace:
    """Waits so that calls come `rate` times a second.

    Args:
        rate: calls a second.
    """

    def __init__(self, rate: float) -> None:
        self._period = 1 / rate
        self._next = 0.0
        self._stopped = threading.Event()

    def wait(self) -> int:
        """Wait for the next turn; return how many turns have been missed since the last one."""
        now = time.monotonic()
        if not self._next:
            self._next = now
        missed = max(0, int((now - self._next) / self._period))
        self._next += missed * self._period
        self._stopped.wait(max(0.0, self._next - now))
        self._next += self._period
        return missed

    def stop(self) -> None:
        """Let whoever waits go on at once, now and from now on."""
        self._stopped.set()
