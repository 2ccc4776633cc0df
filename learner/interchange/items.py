# SPDX-License-Identifier: Apache-2.0
"""What every format gives to the import: pictures that say what they show, one after another, and what is left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal

from learner.buffer import LONG_SIDE, EncodedImage, encode
from learner.buffer.labels import MAX_NAME, clean_name
from learner.errors import ImageFault, LabelFault, NoLabels
from learner.pictures import decode_image

_NEVER_IN_NAMES = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was left out, and why, in a sentence.

    One that is `elsewhere` is in another class already; nobody would miss one that is `hidden`.
    """

    path: Path
    why: str
    kind: Literal["unreadable", "elsewhere", "hidden"] = "unreadable"


@dataclass(frozen=True, slots=True)
class Recording:
    """The recording that pictures belong to: `key` tells it from the others of what is imported."""

    key: Hashable
    source: str
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A picture that is to become a sample.

    `load` reads and compresses it, in any thread, and raises ImageFault where that cannot be done. Pictures without a
    `recording` count thirty to one. A class that is new gets `colour` and `shortcut` where they are free. `steps` is
    how much further the import is with it, and `is_alike` says that it looks nearly like the one before it. One that
    `is_own` comes from a project: where that has it more than once, so has the other one then.
    """

    path: Path
    label: str
    load: Callable[[], EncodedImage]
    recording: Recording | None = None
    held_out: bool = False
    captured_at: datetime | None = None
    colour: str | None = None
    shortcut: str | None = None
    steps: int = 1
    is_alike: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Still:
    """A step of an import that brings no picture: a frame of a clip that `is_left_out`, or a clip's end."""

    steps: int
    is_left_out: bool = False


Found = Item | Skipped | Still


class Source:
    """Something that is imported: `items`, lazily and once, and how many steps they make where that is known.

    Use it in one thread, and close it, best with `with`.

    Args:
        items: what is found in it.
        total: the sum of the steps of all items.
        resources: what is open meanwhile.
    """

    def __init__(
        self, items: Generator[Found, None, None], total: int | None = None, resources: ExitStack | None = None
    ) -> None:
        self.items: Iterator[Found] = items
        self.total = total
        self._generator = items
        self._resources = resources or ExitStack()

    def close(self) -> None:
        """Let go of what is open."""
        self._generator.close()
        self._resources.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def joined(sources: Iterable[Source]) -> Source:
    """Return several sources as one, which closes them."""
    all_of_them = list(sources)
    resources = ExitStack()
    for source in all_of_them:
        resources.callback(source.close)

    def items() -> Generator[Found, None, None]:
        for source in all_of_them:
            yield from source.items  # and stay open: what was found in them may still be being read

    totals = [source.total for source in all_of_them]
    known = [total for total in totals if total is not None]
    return Source(items(), sum(known) if len(known) == len(totals) else None, resources)


def picture(path: Path, label: str, read: Callable[[], bytes], **more: object) -> Item:
    """Return a picture whose file is read by a function.

    Args:
        path: what it is called, for people.
        label: what it shows.
        read: returns the file, and raises ImageFault where it cannot be read.
        more: further fields of the item.
    """
    return Item(path, label, partial(load, path, read), **more)  # type: ignore[arg-type]  # as the caller says


def load(path: Path, read: Callable[[], bytes]) -> EncodedImage:
    """Read, decode and compress a picture; one that is stored as it is keeps its bytes.

    Raises:
        ImageFault: it cannot be read.
    """
    file = read()
    return encode(decode_image(file, LONG_SIDE, name=str(path)), file)


def unreadable(path: Path, fault: ImageFault) -> Skipped:
    """Return a picture that could not be read as one that is left out."""
    why = fault.happened.removeprefix(f"{path}: ")
    return Skipped(path, why[:1].upper() + why[1:])


def tidy_name(text: str) -> str:
    """Return a class's name that comes from elsewhere as one the project takes: what is slightly off is put right.

    Controls and line breaks become spaces, and what is too long is cut. What remains may be empty.
    """
    with suppress(LabelFault):
        return clean_name(text)
    text = "".join(" " if unicodedata.category(char) in _NEVER_IN_NAMES else char for char in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))[:MAX_NAME].strip()


def no_labels(path: Path, kind: str) -> NoLabels:
    """Return the fault that says that nobody knows what pictures show."""
    return NoLabels(
        "What do they show?",
        f"{path} is {kind} and does not say what it shows.",
        "Say it with --label, or put the pictures of each class into a folder named after the class.",
    )
