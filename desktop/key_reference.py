# SPDX-License-Identifier: Apache-2.0
"""The page of all keys, written from the keys themselves: `python -m desktop.key_reference`.

It writes `docs/keys.md` of the checkout it lies in; a test keeps that file as this says.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject

from desktop.shortcuts import EVERYWHERE, INSIGHT, REVIEW, TEACH, shortcuts
from desktop.views.review.room import ReviewRoom
from desktop.views.teach.room import TeachRoom

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"

COMMAND = "python -m desktop.key_reference"

_BEFORE = f"""\
<!-- Written by `{COMMAND}`; what is changed here by hand is lost. -->

# Keys

These are the keys that Showtell comes with. **F1** shows those of the room you are in. In Preferences, **Keys**, you
can choose others, or take one away. On a Mac, Ctrl is ⌘.
"""

_AFTER = """\
## Without a mouse

Tab goes from one part of the window to the next, Space presses what has the focus, the arrow keys move through cards,
samples and lists. Whatever has the focus has a ring around it.

## Without holding a key

Press **R** and choose a **Countdown**: one press begins the recording after it, and another ends it. Choose a number of
**Pictures**, and it ends by itself.
"""

_PLACES = {EVERYWHERE: "Everywhere", TEACH: "Teach", REVIEW: "Review", INSIGHT: "Insight"}


def page() -> str:
    """Return the page, in Markdown."""
    parts = [_BEFORE]
    for place, title in _PLACES.items():
        chosen = [(one.default.replace("; ", ", "), one.words) for one in shortcuts() if one.where == place]
        known = {keys.split(", ")[0] for keys, _ in chosen}
        own = [(keys, words) for keys, words in _own(place) if keys not in known]
        rows = [f"| {keys} | {words} |" for keys, words in own + chosen]
        parts.append("\n".join([f"## {title}\n", "| key | |", "|---|---|", *rows]) + "\n")
    return "\n".join([*parts, _AFTER])


def _own(place: str) -> list[tuple[str, str]]:
    """Return the keys of a room that cannot be chosen. No room is built for that: it takes a project."""
    words = QObject()  # all that rooms ask of themselves here is `tr`
    if place == TEACH:
        return TeachRoom.keys(cast(TeachRoom, words))
    if place == REVIEW:
        return ReviewRoom.keys(cast(ReviewRoom, words))
    if place == INSIGHT:
        return [("1–5", "Progress, Mix-ups, Map, Where it looks, Versions")]
    return []


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
