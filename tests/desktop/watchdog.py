# SPDX-License-Identifier: Apache-2.0
"""Fails a test in which the event loop was kept from its work for too long, and says by what.

A timer beats in the window's thread every few milliseconds. When a beat is late, something in that thread did not
return: it computed, waited for a lock, read from the disk. On a busy machine a beat is also late when the thread was
ready but got no processor, or slept until another one that was ready but got none, such as one that has Python's lock.
Linux says for how long each was ready in vain, and that is taken off. Elsewhere nothing is taken off, and the limit has
to be wider on a busy machine.

Where nobody is seen in a slot, the loop itself was late: what counts then is only what this process computed. The rest
is a machine that stood still as a whole, or a system that fetched pages from the disk.

While a beat is late, a second thread looks every few milliseconds at what the window's thread is doing.
"""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT = 0.1
_BEAT = 0.01
_LOOK = 0.01
_STACKS = 4
_CALLS = 14


@dataclass(frozen=True)
class Reading:
    """The time, and what the window's thread has had of it so far, all in seconds.

    `served` is processor time, `unserved` is how long it was ready without a processor, and `others` is the same of the
    other threads by their numbers. `spent` is the processor time of the whole process.
    """

    now: float
    served: float
    unserved: float
    others: Mapping[int, float] = field(default_factory=dict)
    spent: float = 0.0

    def stood(self, since: Reading) -> float:
        """Return for how many seconds the thread had a processor, or waited for something that had one."""
        wall, unserved = self.now - since.now, self.unserved - since.unserved
        slept = max(0.0, wall - unserved - (self.served - since.served))
        waited_for = max((value - since.others.get(one, value) for one, value in self.others.items()), default=0.0)
        return wall - unserved - min(slept, waited_for)


@dataclass
class Stall:
    """The event loop stood still for so many seconds; what the thread was doing meanwhile, as often as it was seen."""

    seconds: float
    stacks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        seen = list(dict.fromkeys(self.stacks))
        shown = "\n  and then\n".join(seen[:_STACKS]) or "  (it was over before anybody looked)\n"
        return f"The event loop stood still for {1000 * self.seconds:.0f} ms, in\n{shown}"


class Watchdog:
    """Watches the event loop of the thread that enters it; leaving it raises AssertionError when it stood still.

    The test's own work between two turns of the loop is watched as well, since a test may call the app directly; what
    is not the app's goes into `aside`.

    Args:
        limit: for how many seconds the loop may stand still.
        read: returns the clocks of the thread that enters it, whichever thread asks.
    """

    def __init__(self, limit: float = LIMIT, read: Callable[[], Reading] | None = None) -> None:
        self.limit = limit
        self.stalls: list[Stall] = []
        self.longest = 0.0
        self._read = read or thread_clock()
        self._watched = 0
        self._beat = Reading(0.0, 0.0, 0.0)
        self._beaten_at = 0.0
        self._aside = False
        self._stacks: list[str] = []
        self._looks: list[Reading] = []
        self._stopping = threading.Event()
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._owner = QObject()
        self._timer = QTimer(self._owner)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(1000 * _BEAT))
        self._timer.timeout.connect(self.beat)

    def __enter__(self) -> Self:
        self._watched = threading.get_ident()
        self._begin(self._read())
        self._timer.start()
        self._looker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.beat()
        self._timer.stop()
        self._stopping.set()
        self._looker.join()
        if error is None and self.stalls:
            worst = sorted(self.stalls, key=lambda stall: -stall.seconds)
            raise AssertionError("\n\n".join(map(str, worst)))

    def beat(self) -> None:
        """The event loop has come round."""
        reading = self._read()
        # Bit by bit, since what it waited for may have been one thread first and then another.
        looks = [self._beat, *self._looks, reading]
        stood = sum(later.stood(earlier) for earlier, later in pairwise(looks)) - _BEAT
        stacks = self._stacks
        if all(map(_is_of_the_loop, stacks)):
            stood = min(stood, reading.spent - self._beat.spent)
        if not self._aside:
            self.longest = max(self.longest, stood)
            if stood > self.limit:
                self.stalls.append(Stall(stood, list(stacks)))
        self._begin(reading)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The test does something of its own, such as looking into the file."""
        self.beat()
        self._aside = True
        try:
            yield
        finally:
            self._begin(self._read())
            self._aside = False

    def _begin(self, reading: Reading) -> None:
        self._stacks, self._looks = [], []
        self._beat = reading
        self._beaten_at = time.monotonic()

    def _look(self) -> None:
        """In a thread of its own: write down what the watched thread does while its beat is late."""
        while not self._stopping.wait(_LOOK):
            stacks, looks = self._stacks, self._looks
            if self._aside or time.monotonic() - self._beaten_at < self.limit / 2:
                continue
            # The lists are of the beat before when the loop came round meanwhile, and then nobody reads them.
            stacks.append(stack_of(self._watched))
            looks.append(self._read())


def _is_of_the_loop(stack: str) -> bool:
    """Return whether a thread is in Qt's loop, which pytest-qt runs, and in nothing that the loop has called."""
    return "pytestqt" in stack.rstrip("\n").rpartition("\n")[2]


def stack_of(thread: int) -> str:
    """Return what a thread is doing, the innermost call last.

    Not by `sys._current_frames`: whoever holds a frame keeps its variables alive, and a painter that outlives its
    `paintEvent`, to be destroyed in another thread, crashes Qt.
    """
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        dump = file.read()
    for block in re.split(r"^(?:Current thread|Thread) 0x", dump, flags=re.MULTILINE)[1:]:
        number, _, rest = block.partition(" ")
        if int(number, 16) == thread:
            calls = [line for line in rest.splitlines() if line.startswith("  File")]
            return "".join(f"{call}\n" for call in reversed(calls[:_CALLS]))
    return ""


def thread_clock() -> Callable[[], Reading]:
    """Return what reads the clocks of this thread."""
    ours, folder = threading.get_native_id(), Path("/proc/self/task")

    def read() -> Reading:
        others = {}
        for thread in os.listdir(folder):
            with suppress(OSError):  # it has ended
                others[int(thread)] = _waited(folder, thread)[1]
        others.pop(ours, None)
        return Reading(time.monotonic(), *_waited(folder, str(ours)), others, time.process_time())

    try:
        read()
    except (OSError, IndexError, ValueError):
        return lambda: Reading(time.monotonic(), time.monotonic(), 0.0, {}, time.monotonic())
    return read


def _waited(folder: Path, thread: str) -> tuple[float, float]:
    """Return a thread's processor time, and how long it was ready without a processor, in seconds."""
    # https://docs.kernel.org/scheduler/sched-stats.html
    with open(f"{folder}/{thread}/schedstat", "rb") as file:
        served, unserved, _ = file.read().split()
    return int(served) / 1e9, int(unserved) / 1e9
