# SPDX-License-Identifier: Apache-2.0
"""What the verbs of a fleet share: how they end, and how what is shared is told."""

from __future__ import annotations

import _thread
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learner.sharing import Shared


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """End as by Ctrl+C when somebody asks for the end (SIGTERM), so that nothing of Flower's is left running."""

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def ended_with_stdin() -> Iterator[None]:
    """End as by Ctrl+C when stdin ends, so that whoever wanted this need only go, in whatever way."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        _thread.interrupt_main()

    threading.Thread(target=watch, name="stdin", daemon=True).start()
    yield


def shared_data(shared: Shared) -> dict[str, Any]:
    """Return the JSON object of what would be sent."""
    contribution = shared.contribution
    found = [] if contribution is None else zip(contribution.names, contribution.counts, strict=True)
    arrays = {} if contribution is None else contribution.arrays()
    return {
        "shared": [{"class": name, "samples": count} for name, count in found],
        "kept": [{"class": one.name, "samples": one.samples, "looks": one.looks} for one in shared.kept],
        "bytes": sum(array.nbytes for array in arrays.values()),
        "arrays": {name: list(array.shape) for name, array in arrays.items()},
    }


def shared_text(shared: Shared) -> str:
    """Return what people read of it."""
    lines = []
    if shared.contribution is None:
        lines.append("Nothing would be sent.")
    else:
        size = sum(array.nbytes for array in shared.contribution.arrays().values()) / 1e6
        lines.append(f"This would be sent, {size:.1f} MB of sums and no picture:")
        for name, count in zip(shared.contribution.names, shared.contribution.counts, strict=True):
            lines.append(f"  {name}: its name, that it has {count} samples, and the sum over them")
        lines.append("  and how all of them together scatter around these sums")
    stays = (f"{one.name} stays here: {one.samples} samples, {one.looks} different looks." for one in shared.kept)
    return "\n".join([*lines, *stays])


def others_text(laptops: int) -> str:
    """Return how many other laptops something has come from, in words."""
    return "one other laptop" if laptops == 1 else f"{laptops} other laptops"
