# SPDX-License-Identifier: Apache-2.0
"""Tables, and how shares, moments and classes are written in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.table import Table

    from learner.buffer.checking import Contents


def table(*headings: str, words: Collection[str] = ()) -> Table:
    """Return a table of numbers whose first column says what they are of; `words` begin at the left as well."""
    from rich.table import Table

    empty = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, heading in enumerate(headings):
        justify: Literal["left", "right"] = "left" if place == 0 or heading in words else "right"
        empty.add_column(heading, justify=justify, overflow="fold")
    return empty


def percent(share: float | None) -> str:
    """Return a share in [0, 1] as people write it."""
    return "–" if share is None else f"{share:.0%}"


def when(moment: datetime) -> str:
    """Return a moment as the clock on this machine had it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def class_name(names: Mapping[int, str], class_id: int) -> str:
    """Return the name of a class, or what to call one that is there no longer."""
    return names.get(class_id, f"class {class_id}, which is gone")


def in_words(holds: Contents) -> str:
    """Return how much there is in a project."""
    counts = (
        (holds.classes, "class", "classes"),
        (holds.samples, "sample", "samples"),
        (holds.recordings, "recording", "recordings"),
        (holds.versions, "version", "versions"),
    )
    parts = [f"{number} {one if number == 1 else more}" for number, one, more in counts]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
