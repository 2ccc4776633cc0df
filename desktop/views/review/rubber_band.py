# SPDX-License-Identifier: Apache-2.0
"""A frame drawn with the mouse over a grid: what it touches is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRubberBand

_SCROLL_MILLISECONDS = 16
_FASTEST = 40


class RubberBand(QObject):
    """Follows the mouse over a scroll area, and scrolls where it leaves it.

    Args:
        area: what it is drawn over.
        drawn: called with the frame, in content coordinates, whenever it changes.
    """

    def __init__(self, area: QAbstractScrollArea, drawn: Callable[[QRect], None]) -> None:
        super().__init__(area)
        self._area = area
        self._drawn = drawn
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, area.viewport())
        self._begin: QPoint | None = None
        self._pointer = QPoint()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MILLISECONDS)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_drawn(self) -> bool:
        """Whether the mouse has gone far enough since it was pressed."""
        return not self._band.isHidden()

    def press(self, point: QPoint) -> None:
        """The mouse was pressed at a point of the viewport."""
        self._begin = point + self._scrolled()

    def move(self, point: QPoint) -> None:
        """It has moved."""
        if self._begin is None:
            return
        self._pointer = point
        far = (point + self._scrolled() - self._begin).manhattanLength() >= QApplication.startDragDistance()
        if self.is_drawn or far:
            self._band.show()
            self._draw()
            outside = not 0 <= point.y() < self._area.viewport().height()
            if outside != self._scrolling.isActive():
                self._scrolling.start() if outside else self._scrolling.stop()

    def release(self) -> None:
        """It was let go."""
        self._begin = None
        self._scrolling.stop()
        self._band.hide()

    def _draw(self) -> None:
        if self._begin is not None:
            end = self._pointer + self._scrolled()
            frame = QRect(self._begin, QSize(1, 1)).united(QRect(end, QSize(1, 1)))
            self._band.setGeometry(frame.translated(-self._scrolled()))
            self._drawn(frame)

    def _scroll(self) -> None:
        height, y = self._area.viewport().height(), self._pointer.y()
        by = y if y < 0 else y - height
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + max(-_FASTEST, min(_FASTEST, by)))
        self._draw()

    def _scrolled(self) -> QPoint:
        return QPoint(0, self._area.verticalScrollBar().value())
