# SPDX-License-Identifier: Apache-2.0
"""Actions: what is to happen when something has been seen for a while. The rules know neither Qt nor a clock.

They are kept in the project file, which may come from somebody else. So nothing here says that an action may run a
command or touch a file: that is kept on this computer (see `desktop.action_runner`).
"""

from __future__ import annotations

import json
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SETTING = "actions"
"""What they are called among the project's settings."""

SOUNDS = ("success", "info", "warning", "error")
"""The sounds that are built in."""

_STALE = 1.0
"""After so many seconds without an answer, nothing is known of what was seen before."""
_LONGEST = 3600.0
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play one of the built-in sounds, or a WAV file where one is named."""

    sound: str = SOUNDS[0]
    file: str = ""


@dataclass(frozen=True, slots=True)
class FillScreen:
    """Fill the screen with a colour ("#RRGGBB") and a text, for so many seconds, or with 0 until it is gone."""

    colour: str = "#009E73"
    text: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Run a program; after `limit` seconds it is stopped. {class} and {confidence} are put in for what was seen."""

    command: str = ""
    limit: float = 60.0


@dataclass(frozen=True, slots=True)
class WriteLog:
    """Add a line to a CSV file."""

    file: str = ""


Deed = PlaySound | FillScreen | RunCommand | WriteLog
_KINDS: Mapping[str, type[Deed]] = {"sound": PlaySound, "screen": FillScreen, "command": RunCommand, "log": WriteLog}


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Action:
    """When a class has been seen for so many seconds, do something.

    `class_id` is None for what is unknown. `confidence` is the least share that counts as seen (of what is unknown
    there is none). It happens once each time the class appears, and again only after it has been gone for `gone`
    seconds.
    """

    class_id: int | None
    deed: Deed
    seconds: float = 2.0
    confidence: float = 0.6
    gone: float = 1.0
    on: bool = True
    id: str = field(default_factory=_new_id)

    @property
    def outside(self) -> str:
        """The command or file by which it reaches beyond this window; empty where it does not."""
        match self.deed:
            case RunCommand(command=text) | PlaySound(file=text) | WriteLog(file=text):
                return text
        return ""


@dataclass(frozen=True, slots=True)
class Book:
    """The actions of a project. `strange` are entries that are not understood, which are kept as they are."""

    actions: tuple[Action, ...] = ()
    strange: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen at a moment; `class_id` is that of the nearest guess where it is unknown."""

    class_id: int | None
    name: str
    confidence: float
    unknown: bool = False
    version_id: int | None = None


def is_seen(action: Action, sight: Sight | None) -> bool:
    """Return whether what is seen is what an action waits for."""
    if sight is None:
        return False
    if action.class_id is None:
        return sight.unknown
    return not sight.unknown and sight.class_id == action.class_id and sight.confidence >= action.confidence


class Watch:
    """Says when an action is to happen.

    Args:
        seconds: how long it has to be seen without a break.
        gone: how long it has to be gone before it may happen again.
    """

    def __init__(self, seconds: float, gone: float) -> None:
        self._seconds = seconds
        self._gone = gone
        self._since: float | None = None
        self._seen_at: float | None = None
        self._told_at: float | None = None
        self._done = False

    def look(self, now: float, seen: bool) -> bool:
        """Take whether it is seen at this moment; return whether it is to happen.

        Args:
            now: seconds; never less than before.
            seen: whether it is seen.
        """
        if self._told_at is not None and now - self._told_at > _STALE:
            self._since = None
        self._told_at = now
        if self._since is None and self.away(now) >= self._gone:
            self._done = False
        if not seen:
            self._since = None
            return False
        self._seen_at = now
        if self._since is None:
            self._since = now
        if self._done or now - self._since < self._seconds:
            return False
        self._done = True
        return True

    def away(self, now: float) -> float:
        """Return for how long it has not been seen."""
        return math.inf if self._seen_at is None else now - self._seen_at

    def progress(self, now: float) -> float:
        """Return how much of the time has passed for which it has to be seen, 0 to 1."""
        if self._since is None or self._told_at is None or now - self._told_at > _STALE:
            return 0.0
        return 1.0 if self._done or not self._seconds else min(1.0, (now - self._since) / self._seconds)


def read_book(text: str | None) -> Book:
    """Return the actions that a project's setting holds; what is damaged or not understood is among the strange."""
    if not text:
        return Book()
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return Book(strange=(text,))
    if not isinstance(entries, list):
        return Book(strange=(entries,))
    actions: dict[str, Action] = {}
    strange = []
    for entry in entries:
        action = _action(entry)
        if action is None or action.id in actions:
            strange.append(entry)
        else:
            actions[action.id] = action
    return Book(tuple(actions.values()), tuple(strange))


def write_book(book: Book) -> str:
    """Return what a project's setting is to hold."""
    return json.dumps([*(_entry(action) for action in book.actions), *book.strange])


def _entry(action: Action) -> dict[str, Any]:
    kind = next(kind for kind, deed in _KINDS.items() if isinstance(action.deed, deed))
    deed = {name: getattr(action.deed, name) for name in action.deed.__slots__}
    own = {name: getattr(action, name) for name in ("id", "class_id", "seconds", "confidence", "gone", "on")}
    return {**own, "do": kind, **{f"{kind}_{name}": value for name, value in deed.items()}}


def _action(entry: Any) -> Action | None:
    kind = entry.get("do") if isinstance(entry, dict) else None
    if not isinstance(kind, str) or kind not in _KINDS:
        return None
    try:
        deed = {name: _value(entry[f"{kind}_{name}"], name) for name in _KINDS[kind].__slots__}
        own = {name: _value(entry[name], name) for name in ("id", "class_id", "seconds", "confidence", "gone", "on")}
    except (KeyError, ValueError):
        return None
    return Action(deed=_KINDS[kind](**deed), **own)


def _value(value: object, name: str) -> Any:
    """Return the value of a field as it was read, if it is one that this field can have.

    Raises:
        ValueError: it is not.
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match name:
        case "seconds" | "gone" | "limit" if is_number and 0 <= value <= _LONGEST:  # type: ignore[operator]
            return float(value)  # type: ignore[arg-type]
        case "confidence" if is_number and 0 <= value <= 1:  # type: ignore[operator]
            return float(value)  # type: ignore[arg-type]
        case "class_id" if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        case "on" if isinstance(value, bool):
            return value
        case "sound" if value in SOUNDS:
            return value
        case "colour" if isinstance(value, str) and _COLOUR.fullmatch(value):
            return value
        case "id" | "file" | "command" | "text" if isinstance(value, str) and len(value) <= 4096 and "\0" not in value:
            value.encode()  # fails where no file and no program could be named so
            return value
    raise ValueError(name)
