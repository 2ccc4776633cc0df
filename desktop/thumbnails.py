# SPDX-License-Identifier: Apache-2.0
"""Pictures of samples, small or as stored, read and decoded in a thread of its own; what is asked for last comes first.

The thread has the file open for reading only. What is in memory is bounded in bytes, not in pictures.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from desktop.thread import Thread
from learner.buffer import Buffer
from learner.errors import ShowtellError

SIDE = 192
"""Pixels of each side, where any size will do."""
KEPT_BYTES = 48 * 2**20
"""Small pictures in memory: three screens of the smallest, two of the largest."""
_LARGE_KEPT_BYTES = 8 * 2**20
_LARGE = 0
"""The side that stands for "as stored"."""
_WAITING = 1000
_AT_ONCE = 8
"""So many are decoded before the first of them is shown."""

_Wanted = tuple[int, int]
"""Sample id and side."""


class Thumbnails(QObject):
    """Pictures by sample id and size.

    Args:
        path: the project file; it exists when `start` is called.
        kept_bytes: how much memory small pictures may take.
    """

    ready = Signal(object)
    """These have come (list of sample ids)."""
    _decoded = Signal(object)

    def __init__(self, path: Path, kept_bytes: int = KEPT_BYTES) -> None:
        super().__init__()
        self._path = path
        self._small = _Pictures(kept_bytes)
        self._large = _Pictures(_LARGE_KEPT_BYTES)
        self._wanted: dict[_Wanted, None] = {}  # in the order in which they were asked for
        self._in_hand: set[_Wanted] = set()
        self._condition = threading.Condition()
        self._stopped = False
        self._thread = Thread(self.read)
        self._decoded.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()
        self._thread.wait()

    def get(self, sample_id: int, side: int | None = None) -> QPixmap | None:
        """Return a sample's picture, or None and it comes later: `ready` tells; null where it cannot be read.

        Args:
            sample_id: which sample.
            side: pixels of each side; until it has come in this size, one of another size stands in for it. Without it
                any size will do.
        """
        known = self._small.get((sample_id, side)) if side is not None else None
        if known is not None:
            return known
        known = self._small.in_any_size(sample_id)
        if known is None or (side is not None and not known.isNull()):
            self._ask((sample_id, side or SIDE))
        return known

    def large(self, sample_id: int) -> QPixmap | None:
        """Return a sample's picture as it is stored, or None and it comes later; null where it cannot be read."""
        known = self._large.get((sample_id, _LARGE))
        if known is None:
            self._ask((sample_id, _LARGE))
        return known

    def only(self, sample_ids: Collection[int]) -> None:
        """Leave out small pictures that were asked for and are no longer in sight."""
        with self._condition:
            self._wanted = {wanted: None for wanted in self._wanted if wanted[0] in sample_ids or wanted[1] == _LARGE}

    @property
    def kept_bytes(self) -> int:
        """How much memory the pictures take."""
        return self._small.bytes + self._large.bytes

    def read(self) -> None:
        """Read and decode until told to stop; called in the thread."""
        try:
            with Buffer.open(self._path, read_only=True) as buffer:
                while wanted := self._next():
                    pictures = buffer.pictures([sample_id for sample_id, _ in wanted])
                    self._decoded.emit([(one, _decode(pictures.get(one[0], b""), one[1])) for one in wanted])
        except ShowtellError:
            return  # whoever else has the file open says so

    def _ask(self, wanted: _Wanted) -> None:
        with self._condition:
            if wanted in self._in_hand:
                return
            self._wanted.pop(wanted, None)  # what is asked for again is asked for last
            self._wanted[wanted] = None
            while len(self._wanted) > _WAITING:
                del self._wanted[next(iter(self._wanted))]
            self._condition.notify_all()

    def _next(self) -> list[_Wanted]:
        with self._condition:
            while not self._wanted and not self._stopped:
                self._condition.wait()
            if self._stopped:
                return []
            taken = [self._wanted.popitem()[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
            self._in_hand.update(taken)
            return taken

    def _take(self, decoded: list[tuple[_Wanted, QImage]]) -> None:
        with self._condition:
            self._in_hand.difference_update(wanted for wanted, _ in decoded)
        for wanted, image in decoded:
            (self._large if wanted[1] == _LARGE else self._small).put(wanted, QPixmap.fromImage(image))
        self.ready.emit([sample_id for (sample_id, _), _ in decoded])


class _Pictures:
    """Pictures in memory; those used longest ago go first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._there: OrderedDict[_Wanted, QPixmap] = OrderedDict()
        self._sides: dict[int, list[int]] = {}
        self.bytes = 0

    def get(self, wanted: _Wanted) -> QPixmap | None:
        known = self._there.get(wanted)
        if known is not None:
            self._there.move_to_end(wanted)
        return known

    def in_any_size(self, sample_id: int) -> QPixmap | None:
        """Return the picture in the size that came last."""
        sides = self._sides.get(sample_id)
        return self.get((sample_id, sides[-1])) if sides else None

    def put(self, wanted: _Wanted, picture: QPixmap) -> None:
        self._drop(wanted)
        self._there[wanted] = picture
        self._sides.setdefault(wanted[0], []).append(wanted[1])
        self.bytes += _size(picture)
        while self.bytes > self._limit and len(self._there) > 1:
            self._drop(next(iter(self._there)))

    def _drop(self, wanted: _Wanted) -> None:
        picture = self._there.pop(wanted, None)
        if picture is not None:
            self.bytes -= _size(picture)
            sides = self._sides[wanted[0]]
            sides.remove(wanted[1])
            if not sides:
                del self._sides[wanted[0]]


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8


def _decode(jpeg: bytes, side: int) -> QImage:
    """Return the picture, already small: a JPEG is decoded at a fraction of its size."""
    raw = QByteArray(jpeg)
    device = QBuffer(raw)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device, b"jpeg")
    if side != _LARGE:
        reader.setScaledSize(QSize(side, side))
    image = reader.read()
    return image.convertToFormat(QImage.Format.Format_RGB32) if not image.isNull() else image
