# SPDX-License-Identifier: Apache-2.0
"""Small pictures of samples, read and decoded in threads of their own; what is asked for last comes first."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QThread, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from learner.buffer import Buffer
from learner.errors import ShowtellError

SIDE = 192
"""Pixels of the largest one."""
_KEPT = 800
"""Pictures in memory: a screen or two at the smallest size; some 110 MB at the largest."""
_AT_ONCE = 16


class Thumbnails(QObject):
    """Pictures by sample id, at most so many of them in memory.

    Args:
        path: the project file; it exists when `start` is called.
        side: pixels of each side.
    """

    ready = Signal(object)
    """These have come (list of sample ids)."""
    _decoded = Signal(object)

    def __init__(self, path: Path, side: int = SIDE) -> None:
        super().__init__()
        self._path = path
        self._side = side
        self._there: OrderedDict[int, QPixmap] = OrderedDict()
        self._wanted: deque[int] = deque(maxlen=_KEPT)
        self._condition = threading.Condition()
        self._stopped = False
        self._thread = _Thread(self)
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

    def get(self, sample_id: int) -> QPixmap | None:
        """Return a sample's picture, or None and it comes later: `ready` tells; null where it cannot be read."""
        known = self._there.get(sample_id)
        if known is not None:
            self._there.move_to_end(sample_id)
            return known
        with self._condition:
            if sample_id not in self._wanted:
                self._wanted.append(sample_id)
                self._condition.notify_all()
        return None

    def only(self, sample_ids: set[int]) -> None:
        """Leave out what was asked for and is no longer in sight."""
        with self._condition:
            self._wanted = deque((one for one in self._wanted if one in sample_ids), maxlen=_KEPT)

    def read(self) -> None:
        """Read and decode until told to stop; called in the thread."""
        try:
            with Buffer.open(self._path, read_only=True) as buffer:
                while wanted := self._next():
                    pictures = buffer.pictures(wanted)
                    self._decoded.emit([(one, _decode(pictures.get(one, b""), self._side)) for one in wanted])
        except ShowtellError:
            return  # whoever else has the file open says so

    def _next(self) -> list[int]:
        with self._condition:
            while not self._wanted and not self._stopped:
                self._condition.wait()
            if self._stopped:
                return []
            return [self._wanted.pop() for _ in range(min(_AT_ONCE, len(self._wanted)))]

    def _take(self, decoded: list[tuple[int, QImage]]) -> None:
        for sample_id, image in decoded:
            self._there[sample_id] = QPixmap.fromImage(image)
        while len(self._there) > _KEPT:
            self._there.popitem(last=False)
        self.ready.emit([sample_id for sample_id, _ in decoded])


def _decode(jpeg: bytes, side: int) -> QImage:
    """Return the picture, already small: a JPEG is decoded at a fraction of its size."""
    raw = QByteArray(jpeg)
    device = QBuffer(raw)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device, b"jpeg")
    reader.setScaledSize(QSize(side, side))
    image = reader.read()
    return image.convertToFormat(QImage.Format.Format_RGB32) if not image.isNull() else image


class _Thread(QThread):
    def __init__(self, owner: Thumbnails) -> None:
        super().__init__()
        self._owner = owner

    def run(self) -> None:
        self._owner.read()
