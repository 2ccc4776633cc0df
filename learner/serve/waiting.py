# SPDX-License-Identifier: Apache-2.0
"""Pictures that wait for an answer, and who waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any

from learner.serve.hub import NotAnswering
from learner.types import Prediction

MOST_WAITING = 64
"""Who asks faster than is answered is told to wait."""


class Waiting:
    """Brings answers to those who asked. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[int, Future[Prediction]] = {}
        self._refusal: Callable[[], NotAnswering] | None = None

    def ask(self, ask: Callable[[], int]) -> Future[Prediction]:
        """Ask, and return what the answer will be brought to.

        Args:
            ask: asks the learner, and returns the number that its answer will carry; not called while nobody may ask.
        """
        future: Future[Prediction] = Future()
        with self._lock:
            if self._refusal is not None:
                future.set_exception(self._refusal())
            elif len(self._open) >= MOST_WAITING:
                future.set_exception(
                    NotAnswering(
                        "Too much is asked", f"{MOST_WAITING} pictures wait already.", "Ask again a little later."
                    )
                )
            else:
                # Its answer cannot be taken before the lock is given back.
                self._open[ask()] = future
        return future

    def answered(self, number: int, prediction: Prediction) -> bool:
        """Bring an answer; return whether anybody had asked for it."""
        with self._lock:
            future = self._open.pop(number, None)
        if future is None:
            return False
        settle(future, prediction)
        return True

    def refuse(self, why: Callable[[], NotAnswering]) -> None:
        """Answer nobody any more, not even those who wait.

        Args:
            why: makes what each of them is told; one exception raised many times would hold on to all who raised it.
        """
        with self._lock:
            self._refusal = why
            waiting, self._open = list(self._open.values()), {}
        for future in waiting:
            settle(future, why())

    def allow(self) -> None:
        """Answer again."""
        with self._lock:
            self._refusal = None


def settle(future: Future[Any], outcome: object) -> None:
    """Bring an outcome, or an exception, to who waits for it and may have given up meanwhile."""
    with suppress(InvalidStateError):
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
