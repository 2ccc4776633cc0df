# SPDX-License-Identifier: Apache-2.0
"""Plots dressed like the rest of the app.

Importing this imports pyqtgraph, which takes a second: it is for those who show a plot, when they first do.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QWheelEvent

from desktop import theme
from desktop.text import count_text
from desktop.theme import Theme, Tokens

pg.setConfigOptions(antialias=True)

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_TICK_PIXELS = {"left": 34, "bottom": 64}
"""So far apart are two ticks at least."""
_NEAR_PIXELS = 24
_PREFERRED, _SMALLEST = (200, 72), (80, 48)
_OPAQUE = 255


def share_words(value: float) -> str:
    """Return a share as a percentage."""
    return f"{value * 100:.0f} %"


def count_words(value: float) -> str:
    """Return a whole number."""
    return count_text(round(value))


def plain_words(value: float) -> str:
    """Return a number with as many digits as it is worth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """A few round numbers and nothing else.

    Args:
        side: "left" or "bottom".
        words: says a value.
        least: the smallest distance of two ticks.
    """

    def __init__(self, side: str, words: Callable[[float], str], least: float = 0.0) -> None:
        super().__init__(side)
        self._side = side
        self._words = words
        self._least = least
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803
        """Return one level of ticks, at 1, 2 or 5 times a power of ten."""
        wanted = max((maxVal - minVal) * _TICK_PIXELS[self._side] / max(size, 1), self._least, 1e-9)
        power = 10.0 ** math.floor(math.log10(wanted))
        spacing = next(step * power for step in (1, 2, 5, 10) if step * power >= wanted * 0.999)
        return [(spacing, 0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return what stands at the ticks."""
        return [self._words(value) for value in values]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """One chart: no menus, and the mouse moves nothing but what its owner lets it move.

    It is a stop of Tab: the left and right keys step through what it shows, Enter chooses, Esc lets go.

    Args:
        appearance: light or dark.
        name: what it is, for those who do not see it.
        bottom: says a value of the horizontal axis; None: there are no axes.
        left: likewise of the vertical one.
        least: the smallest distance of two ticks, bottom and left.
    """

    pressed = Signal(QPointF)
    """The left button went down (pixels)."""
    moved = Signal(QPointF)
    """The mouse is there (pixels), whether or not a button is down."""
    released = Signal(QPointF)
    """The left button came up (pixels)."""
    left_it = Signal()
    """The mouse has gone."""
    stepped = Signal(int)
    """One further, or back."""
    chosen = Signal()
    dismissed = Signal()

    def __init__(
        self,
        appearance: Theme,
        name: str,
        bottom: Callable[[float], str] | None = None,
        left: Callable[[float], str] | None = None,
        least: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        axes = {}
        if bottom is not None and left is not None:
            axes = {"bottom": Axis("bottom", bottom, least[0]), "left": Axis("left", left, least[1])}
        super().__init__(axisItems=axes, enableMenu=False)  # it has dozens of fields
        self._theme = appearance
        self._axes = list(axes.values())
        self.setProperty("role", "chart")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it would be a stop of its own
        self.hideButtons()
        self.getViewBox().setMouseEnabled(x=False, y=False)
        if not axes:
            self.hideAxis("bottom")
            self.hideAxis("left")
        self.dress()
        appearance.changed.connect(self.dress)

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._theme.tokens

    def dress(self) -> None:
        """Take on the present colours; what is drawn on it takes them on by itself."""
        font = QFont(self.font())
        font.setPixelSize(theme.SMALL)
        self.setBackground(QColor(self.tokens.surface))
        for axis in self._axes:
            axis.setPen(pg.mkPen(self.tokens.line))
            axis.setTextPen(pg.mkPen(self.tokens.muted))
            axis.setTickFont(font)
            axis.setStyle(tickLength=0, tickTextOffset=theme.S)
            axis.setZValue(-1)  # lines of the grid go below what is drawn
        if self._axes:
            self._axes[1].setGrid(_OPAQUE)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Take the room there is: how much of it is for the others to say."""
        return QSize(*_PREFERRED)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with little."""
        return QSize(*_SMALLEST)

    def to_data(self, place: QPointF) -> QPointF:
        """Return what lies at a place in pixels."""
        return QPointF(self.getViewBox().mapSceneToView(self.mapToScene(place.toPoint())))

    def to_pixels(self, places: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return where data (n, 2) lie, in pixels of the widget."""
        box = self.getViewBox()
        start = QPointF(self.mapFromScene(box.mapViewToScene(QPointF(0, 0))))
        (left, right), (low, high) = box.viewRange()
        shape = box.sceneBoundingRect()
        across, up = shape.width() / max(right - left, 1e-12), shape.height() / max(high - low, 1e-12)
        return np.stack([start.x() + places[:, 0] * across, start.y() - places[:, 1] * up], axis=1).astype(np.float64)

    def nearest(self, places: NDArray[np.floating], at: QPointF, within: float = _NEAR_PIXELS) -> int | None:
        """Return which of the data (n, 2) is nearest to a place in pixels, None where none is near."""
        if not len(places):
            return None
        away = np.hypot(*(self.to_pixels(places) - (at.x(), at.y())).T)
        away = np.where(np.isnan(away), np.inf, away)
        place = int(away.argmin())
        return place if away[place] <= within else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell of a press."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell where the mouse is."""
        self.moved.emit(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell of a release."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Two presses are no more than two."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to whatever scrolls around it."""
        event.ignore()

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """Tell that the mouse has gone."""
        self.left_it.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Step, choose, or let go; the room has the other keys."""
        key = event.key()
        if key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif key == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            event.ignore()
