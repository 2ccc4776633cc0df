# SPDX-License-Identifier: Apache-2.0
"""A frame that was kept flies to its class card: what became of it is seen, not read."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEasingCurve, QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme

MILLISECONDS = 150


class Flight(QWidget):
    """Shows one picture on its way at a time; those that come meanwhile are not shown.

    Args:
        over: what it flies over; it becomes its child.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._way = QVariantAnimation(self)
        self._way.setDuration(MILLISECONDS)
        self._way.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._way.valueChanged.connect(self._go_to)
        self._way.finished.connect(self.hide)
        self.hide()

    @property
    def is_under_way(self) -> bool:
        """Whether a picture is flying."""
        return self._way.state() is QVariantAnimation.State.Running

    def fly(self, picture: QPixmap, start: QRect, end: QRect) -> None:
        """Let a picture fly from one place to another, both in the coordinates of the parent."""
        if picture.isNull() or self.is_under_way:
            return
        self._picture = picture
        self._way.setStartValue(start)
        self._way.setEndValue(end)
        self.setGeometry(start)
        self.show()
        self.raise_()
        self._way.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the picture."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), theme.XS, theme.XS)
        painter.setClipPath(outline)
        painter.setOpacity(0.85)
        painter.drawPixmap(self.rect(), self._picture)

    def _go_to(self, place: QRect) -> None:
        self.setGeometry(place)


def system_moves() -> bool:
    """Return whether the system wants things to move, as far as it tells Qt: Windows does."""
    return sys.platform != "win32" or QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
