# SPDX-License-Identifier: Apache-2.0
"""One sample's picture, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.thumbnails import Thumbnails

_STORED = 512
"""Pictures are stored at most this large."""
_LEAST = 160


class LargePicture(QWidget):
    """A square that shows a sample; until its picture has come, the thumbnail stands in for it.

    Args:
        appearance: light or dark.
        thumbnails: the pictures.
    """

    def __init__(self, appearance: Theme, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = appearance
        self._thumbnails = thumbnails
        self._sample_id: int | None = None
        self._limit = _STORED
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Picture"))
        thumbnails.ready.connect(self._show_ready)
        appearance.changed.connect(self.update)

    @property
    def is_sharp(self) -> bool:
        """Whether the picture itself is there."""
        return self._sample_id is not None and self._thumbnails.large(self._sample_id) is not None

    def show_sample(self, sample_id: int | None) -> None:
        """Show a sample, or none."""
        if sample_id != self._sample_id:
            self._sample_id = sample_id
            self.update()

    def set_limit(self, height: int) -> None:
        """Take no more height than this, but never less than it takes to see something."""
        limit = min(max(height, _LEAST), _STORED)
        if limit != self._limit:
            self._limit = limit
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square."""
        return QSize(_STORED // 2, _STORED // 2)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """A square, and never larger than it may be."""
        return min(width, self._limit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is there."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height())
        place = QRect((self.width() - side) // 2, 0, side, side)
        if self._sample_id is None:
            return
        picture = self._thumbnails.large(self._sample_id)
        if picture is None:
            picture = self._thumbnails.get(self._sample_id)
        if picture is None or picture.isNull():
            painter.fillRect(place, QColor(self._theme.tokens.line))
        else:
            painter.drawPixmap(place, picture)
        if picture is not None and picture.isNull():
            painter.setPen(QColor(self._theme.tokens.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tr("This picture cannot be read"))

    def _show_ready(self, sample_ids: list[int]) -> None:
        if self._sample_id in sample_ids:
            self.update()
