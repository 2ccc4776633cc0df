# SPDX-License-Identifier: Apache-2.0
"""The rows in the pages of a SQLite file, read without SQLite, which gives up a whole table for one bad page of it.

Source: https://www.sqlite.org/fileformat2.html; the numbers of its sections stand beside what they say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

Value = int | float | str | bytes | None

LONGEST_ROW = 192 * 2**20
_MAGIC = b"SQLite format 3\0"
_USUAL_PAGE = 4096
_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 13, 5, 10, 2
_HEADER_BYTES = {_TABLE_LEAF: 8, _TABLE_INTERIOR: 12, _INDEX_LEAF: 8, _INDEX_INTERIOR: 12}
_FRAME_HEADER = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or an entry of an index: `rowid` is None in an index and in a table without row ids."""

    rowid: int | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is there and cannot be read; its id, as far as that can."""

    rowid: int | None


class Unreadable(Exception):
    """What is read is not what SQLite writes."""


class Pages:
    """The pages of a database, with what its log has committed laid over them.

    Nobody else in this process may have the file open: closing it gives up the locks of them all
    (https://www.sqlite.org/howtocorrupt.html, 2.2).

    Args:
        path: the file; what is wrong with it is no reason not to open it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        head = self._file.read(100)
        log = path.with_name(path.name + "-wal")
        self.has_header = head[:16] == _MAGIC and len(head) == 100
        self.page_size = _page_size(head) if self.has_header else 0
        if not self.page_size:
            self.has_header = False
            self.page_size = _page_size_of_log(log) or _USUAL_PAGE
        self._log = _committed(log, self.page_size)
        first = self.page(1) or b""
        self.has_header = self.has_header or first[:16] == _MAGIC
        self._usable = self.page_size - (first[20] if self.has_header and first and first[20] <= 32 else 0)
        self._file.seek(0, 2)
        self.count = max(-(-self._file.tell() // self.page_size), max(self._log, default=0))
        self.taken: set[int] = set()
        """Pages that a row has been read from, its overflow pages among them."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def header(self, offset: int) -> int:
        """Return a number of four bytes in the file's header (1.3)."""
        return int.from_bytes((self.page(1) or b"")[offset : offset + 4], "big")

    def page(self, number: int) -> bytes | None:
        """Return a page, from 1; None where there is none, or the disk does not give it."""
        if number in self._log:
            return self._log[number]
        if number < 1:
            return None
        try:
            self._file.seek((number - 1) * self.page_size)
            found = self._file.read(self.page_size)
        except OSError:
            return None
        return found if len(found) == self.page_size else None

    def free(self) -> set[int]:
        """Return the pages that nothing is in, as far as their list can be read (1.5)."""
        found: set[int] = set()
        trunk = self.header(32) if self.has_header else 0
        while trunk and trunk not in found and trunk <= self.count and (page := self.page(trunk)) is not None:
            found.add(trunk)
            trunk, length = struct.unpack_from(">II", page)
            if length > self._usable // 4 - 2:
                break
            found.update(struct.unpack_from(f">{length}I", page, 8))
        return found

    def tree(self, root: int) -> Iterator[Row | Broken]:
        """Yield the rows of a tree (1.6) as far as its pages can be read."""
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or number > self.count or (page := self.page(number)) is None:
                continue
            seen.add(number)
            kind, cells, last = self._layout(number, page)
            if kind in {_TABLE_INTERIOR, _INDEX_INTERIOR}:
                children = [struct.unpack_from(">I", page, cell)[0] for cell in cells]
                waiting += reversed([*children, last])
            self.taken.add(number)
            if kind != _TABLE_INTERIOR:
                yield from self._rows(page, kind, cells)

    def rows(self, number: int) -> list[Row | Broken]:
        """Return the rows on a page, whatever tree it belonged to; none where it is no page with rows."""
        page = self.page(number)
        if page is None:
            return []
        kind, cells, _ = self._layout(number, page)
        return [] if kind == _TABLE_INTERIOR else list(self._rows(page, kind, cells))

    def _layout(self, number: int, page: bytes) -> tuple[int, list[int], int]:
        """Return the kind of a page, where its cells begin, and its right-most child; no cells of any other kind."""
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in _HEADER_BYTES:
            return 0, [], 0
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + _HEADER_BYTES[kind]
        if first + 2 * count > self._usable:
            return 0, [], 0
        cells = [
            cell
            for cell in struct.unpack_from(f">{count}H", page, first)
            if first + 2 * count <= cell <= self._usable - 4
        ]
        last = int.from_bytes(page[start + 8 : start + 12], "big") if first - start == 12 else 0
        return kind, cells, last

    def _rows(self, page: bytes, kind: int, cells: list[int]) -> Iterator[Row | Broken]:
        for cell in cells:
            rowid = None
            try:
                at = cell + 4 if kind == _INDEX_INTERIOR else cell
                length, at = varint(page, at)
                if kind == _TABLE_LEAF:
                    rowid, at = varint(page, at)
                payload, over = self._payload(page, at, length, is_table=kind == _TABLE_LEAF)
                values = record(payload)
            except (Unreadable, struct.error, IndexError, UnicodeDecodeError):
                yield Broken(rowid)
            else:
                self.taken.update(over)
                yield Row(rowid, values)

    def _payload(self, page: bytes, at: int, length: int, *, is_table: bool) -> tuple[bytes, list[int]]:
        """Return the payload of a cell, with what is on overflow pages (1.6, 1.7), and the numbers of these."""
        usable = self._usable
        if length > min(LONGEST_ROW, self.count * self.page_size):
            raise Unreadable
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (usable - 4)
            here = here if here <= most else least
        if at + here > usable:
            raise Unreadable
        parts, left, over = [page[at : at + here]], length - here, list[int]()
        if left:
            (following,) = struct.unpack_from(">I", page, at + here)
            while left > 0:
                if following in over or not 1 < following <= self.count or (held := self.page(following)) is None:
                    raise Unreadable
                over.append(following)
                parts.append(held[4 : 4 + min(left, usable - 4)])
                left -= usable - 4
                (following,) = struct.unpack_from(">I", held)
            if following:  # a chain that goes on is another's
                raise Unreadable
        return b"".join(parts), over


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes (1.6), and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64 if value >> 63 else 0), at + 9


def record(payload: bytes) -> tuple[Value, ...]:
    """Return the values of a record (2.1).

    Raises:
        Unreadable, IndexError, struct.error, UnicodeDecodeError: it is none.
    """
    end, at = varint(payload, 0)
    if not 0 < end <= len(payload):
        raise Unreadable
    kinds = []
    while at < end:
        kind, at = varint(payload, at)
        kinds.append(kind)
    if at != end:
        raise Unreadable
    values = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise Unreadable
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if 1 <= kind <= 6:
        end = at + (1, 2, 3, 4, 6, 8)[kind - 1]
        if end > len(payload):
            raise Unreadable
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind in {8, 9}:
        return kind - 8, at
    if kind < 12:
        raise Unreadable
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise Unreadable
    held = payload[at:end]
    return (held.decode("utf-8") if kind % 2 else held), end


def _page_size(head: bytes) -> int:
    """Return what the header of a database says, or 0 where that cannot be."""
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else 0


def _page_size_of_log(log: Path) -> int:
    try:
        with log.open("rb") as file:
            size = int.from_bytes(file.read(12)[8:12], "big")
    except OSError:
        return 0
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else 0


def _committed(log: Path, page_size: int) -> dict[int, bytes]:
    """Return the pages in a log (4.1) up to the last commit before anything that is wrong with it."""
    committed: dict[int, bytes] = {}
    try:
        content = log.read_bytes()
    except OSError:
        return committed
    if len(content) < 32 or int.from_bytes(content[:4], "big") & ~1 != 0x377F0682:
        return committed
    order = ">" if content[3] & 1 else "<"
    if int.from_bytes(content[8:12], "big") != page_size:
        return committed
    sums = _checksum(content[:24], order, (0, 0))
    if sums != struct.unpack_from(">II", content, 24):
        return committed
    waiting: dict[int, bytes] = {}
    for at in range(32, len(content) - _FRAME_HEADER - page_size + 1, _FRAME_HEADER + page_size):
        number, size = struct.unpack_from(">II", content, at)
        page = content[at + _FRAME_HEADER : at + _FRAME_HEADER + page_size]
        sums = _checksum(page, order, _checksum(content[at : at + 8], order, sums))
        if content[at + 8 : at + 16] != content[16:24] or sums != struct.unpack_from(">II", content, at + 16):
            break
        waiting[number] = page
        if size:
            committed.update(waiting)
            waiting.clear()
    return committed


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for word, following in zip(words[::2], words[1::2], strict=True):
        first = (first + word + second) & 0xFFFFFFFF
        second = (second + following + first) & 0xFFFFFFFF
    return first, second
