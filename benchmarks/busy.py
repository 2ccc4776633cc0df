# SPDX-License-Identifier: Apache-2.0
"""What the processor does for this process and for all that it has started."""

from __future__ import annotations

import time
from contextlib import suppress

import psutil


class Busy:
    """Work of the processor, in seconds of one core, since this was made.

    Of a process that ends meanwhile, what it did is lost; so measure between what starts and what ends some.
    """

    def __init__(self) -> None:
        self._began, self._before = time.monotonic(), _used()

    def seconds(self) -> float:
        """Return the seconds so far."""
        return sum(used - self._before.get(pid, 0.0) for pid, used in _used().items())

    def share(self) -> float:
        """Return how much of one core was busy so far; more than 1 where several were."""
        return self.seconds() / (time.monotonic() - self._began)


def _used() -> dict[int, float]:
    this = psutil.Process()
    used = {}
    for process in (this, *this.children(recursive=True)):
        with suppress(psutil.Error):
            times = process.cpu_times()
            used[process.pid] = times.user + times.system
    return used
