# SPDX-License-Identifier: Apache-2.0
"""A line of text that ends in … where there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """Shows a plain text, as much of it as fits; the rest does not make its surroundings wider."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for all of it."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with very little."""
        return QSize(3 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint as much as there is room for."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
