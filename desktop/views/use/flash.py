# SPDX-License-Identifier: Apache-2.0
"""The whole screen in one colour, with a few words to be read from across the room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.theme import ink_on

_SHARE = 0.8
"""Of the screen's width and height, for the words."""
_LARGEST, _SMALLEST = 400, 24
_FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class Flash(QWidget):
    """Lies over everything until it is clicked, Esc is pressed, or it is closed."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.colour = theme.NEAR_BLACK
        self.words = ""
        self.setToolTip(self.tr("Esc or a click closes it"))

    def fill(self, colour: str, words: str, beside: QWidget) -> None:
        """Fill the screen that a widget is on."""
        self.colour, self.words = colour, words
        self.setWindowTitle(words or self.tr("Showtell"))
        self.setAccessibleName(words or self.tr("A coloured screen"))
        screen = beside.screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click closes it."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Tell that the screen is free."""
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the colour and the words, as large as they can be."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colour))
        painter.setPen(QColor(ink_on(self.colour)))
        place = QRectF(0, 0, self.width() * _SHARE, self.height() * _SHARE)
        place.moveCenter(QRectF(self.rect()).center())
        painter.setFont(_fitting(self.font(), self.words, place))
        painter.drawText(place, _FLAGS, self.words)
        small = QFont(self.font())
        small.setPixelSize(theme.BODY)
        painter.setFont(small)
        foot = QRectF(self.rect()).adjusted(0, 0, 0, -theme.L)
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(foot, below, self.tr("Esc or a click closes this"))


def _fitting(font: QFont, words: str, place: QRectF) -> QFont:
    """Return the largest font in which words fit into a place."""
    font = QFont(font)
    font.setBold(True)
    size = _LARGEST
    while size > _SMALLEST:
        font.setPixelSize(size)
        needed = QFontMetricsF(font).boundingRect(place, _FLAGS, words)
        if needed.width() <= place.width() and needed.height() <= place.height():
            break
        size = int(size * 0.9)
    return font
