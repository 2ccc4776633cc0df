# SPDX-License-Identifier: Apache-2.0
"""Tables of pictures (CSV): a path and a label a row, and what else Showtell writes of its own samples.

Paths are relative to the table's folder and have to stay within it, absolute ones as well: a table that comes from
somebody else must not bring in pictures from elsewhere on the disk. Columns are found by the names they usually have;
a table without a head has the path first and the label second.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from learner.buffer import EncodedImage
from learner.errors import EnvironmentFault
from learner.interchange.clips import is_clip
from learner.interchange.items import Item, Recording, Skipped, load, no_labels, tidy_name
from learner.interchange.tree import Tree
from learner.pictures import ENDINGS

TABLE = "samples.csv"
"""What Showtell calls the table of its own samples."""

_NAMES = {
    "path": ("path", "file", "filename", "file_name", "filepath", "file_path", "image", "image_path", "picture"),
    "label": ("label", "class", "class_name", "classname", "category", "target", "tag", "labels"),
    "recording": ("recording", "recording_id", "burst", "burst_id", "group"),
    "source": ("source",),
    "started_at": ("recording_started_at",),
    "captured_at": ("captured_at", "taken_at", "timestamp", "datetime", "time"),
    "held_out": ("held_out", "holdout", "hold_out", "is_test", "split", "set", "subset", "role"),
    "sha256": ("sha256",),
    "file_sha256": ("file_sha256",),
}
"""What the columns may be called."""
_HELD_OUT = frozenset({"true", "1", "yes", "y", "test", "val", "valid", "validation", "holdout", "held_out"})
_LONGEST_LINE = 64 * 1024
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a file of a tree, by its name there, and what is said of it."""

    file: str
    label: str
    recording: Recording | None
    captured_at: datetime | None
    held_out: bool
    sha256: str
    file_sha256: str

    def item(self, tree: Tree) -> Item:
        """Return the picture it names."""
        path = tree.path / self.file
        return Item(
            path,
            self.label,
            partial(self._load, path, partial(tree.read, self.file)),
            self.recording,
            self.held_out,
            self.captured_at,
            is_own=bool(self.sha256),
        )

    @property
    def is_clip(self) -> bool:
        """Whether it names a clip."""
        return is_clip(self.file)

    def _load(self, path: Path, read: Callable[[], bytes]) -> EncodedImage:
        """Load the picture, with the identity it had where it is the very file that was written."""
        encoded = load(path, read)
        if self.sha256 and self.file_sha256 == hashlib.sha256(encoded.jpeg).hexdigest():
            return EncodedImage(encoded.jpeg, self.sha256)
        return encoded


def read_table(tree: Tree, file: str, folder: str, label: str | None = None) -> Generator[Row | Skipped, None, None]:
    """Yield the rows of a table, and what of it is left out.

    Args:
        tree: where the table and its pictures are.
        file: the table.
        folder: what its paths are relative to.
        label: what all the pictures show, where the table does not say so.

    Raises:
        NoLabels: nothing says what they show.
        EnvironmentFault: it cannot be read, or has no column of paths.
    """
    path = tree.path / file
    with closing(tree.stream(file)) as stream:
        lines = _Lines(stream)
        table = csv.reader(lines, delimiter=lines.delimiter)
        columns: dict[str, int] | None = None
        try:
            for cells in table:
                if not any(cell.strip() for cell in cells):
                    continue
                if columns is None:
                    columns, is_head = _columns(path, cells)
                    if "label" not in columns and label is None:
                        raise no_labels(path, "a table without a column of labels")
                    if is_head:
                        continue
                yield _row(tree, path, folder, cells, columns, label, table.line_num)
        except (csv.Error, UnicodeError) as error:
            yield Skipped(path, f"From line {table.line_num + 1} on it cannot be read ({error}).")
        yield from (Skipped(path, f"Line {number} is far too long.") for number in lines.too_long)
    if columns is None:
        raise _not_a_table(path)


def count_lines(tree: Tree, file: str) -> int:
    """Return about how many rows a table has."""
    with closing(tree.stream(file)) as stream:
        return sum(chunk.count(b"\n") for chunk in iter(partial(stream.read, 2**20), b""))


class _Lines:
    """The lines of a file as text, one at a time; longer ones than any table has are left out.

    UTF-8, with a mark of it or without; UTF-16 where its mark says so. What is neither stays in the text as halves of
    surrogates, for the row to be left out.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.too_long: list[int] = []
        self._stream = stream
        head = stream.read(4)
        self._rest = head
        encoding = "utf-8"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        elif head.startswith(codecs.BOM_UTF8):
            self._rest = head[3:]
        self._decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding == "utf-16" else "surrogateescape")
        self._lines = self._read()
        self._first = next(self._lines, "")
        self.delimiter = max(",;\t", key=self._first.count)

    def __iter__(self) -> Iterator[str]:
        if self._first:
            yield self._first
        yield from self._lines

    def _read(self) -> Iterator[str]:
        text, number, is_dropped = self._decoder.decode(self._rest), 0, False
        while True:
            chunk = self._stream.read(_LONGEST_LINE)
            text += self._decoder.decode(chunk, final=not chunk)
            *lines, text = text.split("\n") if chunk else [*text.split("\n"), ""]
            for line in lines:
                number += 1
                if is_dropped or len(line) > _LONGEST_LINE:
                    self._drop(number)
                elif line.strip("\r") or chunk:
                    yield line.rstrip("\r") + "\n"
                is_dropped = False
            if len(text) > _LONGEST_LINE:
                text, is_dropped = "", True
            if not chunk:
                return

    def _drop(self, number: int) -> None:
        if len(self.too_long) < 10:
            self.too_long.append(number)


def _columns(path: Path, cells: list[str]) -> tuple[dict[str, int], bool]:
    """Return which column is what, from the first row, and whether that is a head."""
    names = [re.sub(r"[\s\-.]+", "_", cell.strip().casefold()) for cell in cells]
    found = {}
    for what, known in _NAMES.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[what] = place
    if "path" in found:
        return found, True
    if Path(cells[0].strip()).suffix.lower() in ENDINGS or is_clip(cells[0].strip()):
        return {"path": 0, "label": 1} if len(cells) > 1 else {"path": 0}, False
    raise _not_a_table(path)


def _row(
    tree: Tree, path: Path, folder: str, cells: list[str], columns: dict[str, int], label: str | None, line: int
) -> Row | Skipped:
    found = {what: cells[place].strip() for what, place in columns.items() if place < len(cells)}
    text = found.get("path", "")
    where = path.with_name(f"{path.name}, line {line}")
    if not text:
        return Skipped(where, "It names no file.")
    if any("\ud800" <= char <= "\udfff" for char in found.get("label", "")):
        return Skipped(where, "Its label is not UTF-8. Save the table as UTF-8.")
    name = tidy_name(found.get("label", "")) or ("" if "label" in columns else label or "")
    if not name:
        return Skipped(where, "It has no label.")
    file = tree.within(folder, text)
    if file is None:
        return Skipped(where, "It names a file outside the table's folder. Put the table beside or above its pictures.")
    key = found.get("recording", "")
    source = tidy_name(found.get("source", "")) or f"import: {path.name}"
    recording = Recording(("row", key), source, _moment(found.get("started_at", ""))) if key else None
    sha256, file_sha256 = found.get("sha256", ""), found.get("file_sha256", "")
    return Row(
        file,
        name,
        recording,
        _moment(found.get("captured_at", "")),
        found.get("held_out", "").casefold() in _HELD_OUT,
        sha256 if _SHA256.fullmatch(sha256) else "",
        file_sha256,
    )


def _moment(text: str) -> datetime | None:
    """Return a moment in UTC; a time without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _not_a_table(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "That table cannot be read",
        f"{path} has no column of paths.",
        "Give it a first line with the words path,label, and a picture and its class in each line below.",
    )
