# SPDX-License-Identifier: Apache-2.0
"""What cannot be cut into pieces, computed in a thread of its own while others have their turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future
from enum import Enum
from typing import Final, Literal, TypeVar

Result = TypeVar("Result")

LOOKS_SECONDS = 0.002
"""How often what is computed aside is asked for; asking without a pause would keep it from being computed."""


class Pause(Enum):
    """What is yielded while there is nothing to do but wait; None, in contrast, asks for the next turn at once."""

    WAITING = "waiting"


WAITING: Final = Pause.WAITING
Waiting = Literal[Pause.WAITING]


def aside(compute: Callable[[], Result]) -> Generator[Waiting, None, Result]:
    """Yield until something is computed, and return it or raise what it raised.

    It must touch nothing that others change meanwhile. Who gives up waiting leaves it to end by itself: the thread is a
    daemon, so that nobody who leaves has to wait for it.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(compute())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="aside", daemon=True).start()
    while not outcome.done():
        yield WAITING
    return outcome.result()


def finish(pieces: Generator[object, None, Result]) -> Result:
    """Do all the pieces at once, since nobody else has to have a turn, and return what they come to."""
    while True:
        try:
            piece = next(pieces)
        except StopIteration as done:
            result: Result = done.value
            return result
        if piece is WAITING:
            time.sleep(LOOKS_SECONDS)
