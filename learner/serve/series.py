# SPDX-License-Identifier: Apache-2.0
"""Things that come in a series, taken together once it pauses."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Series:
    """Calls once after a series of notes: when it pauses, or has gone on for long.

    Args:
        call: called from a thread of this object.
        quiet: seconds without a note that end a series.
        longest: seconds after which a series that goes on is ended.
    """

    def __init__(self, call: Callable[[], None], quiet: float, longest: float) -> None:
        self._call = call
        self._quiet = quiet
        self._longest = longest
        self._changed = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="showtell series", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it; a series that has not ended is not told."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def note(self) -> None:
        """Have one more."""
        with self._changed:
            self._last = time.monotonic()
            if self._first is None:
                self._first = self._last
            self._changed.notify()

    def _run(self) -> None:
        while self._waited():
            self._call()

    def _waited(self) -> bool:
        """Wait for the end of a series; return False when there will be no more."""
        with self._changed:
            while not self._is_stopping:
                left = None
                if self._first is not None:
                    left = min(self._last + self._quiet, self._first + self._longest) - time.monotonic()
                    if left <= 0:
                        self._first = None
                        return True
                self._changed.wait(left)
            return False
