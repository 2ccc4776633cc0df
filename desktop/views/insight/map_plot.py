# SPDX-License-Identifier: Apache-2.0
"""The map itself: a point a sample, zoomed by the wheel, chosen by a click or by a line drawn around."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QWheelEvent

from desktop import theme
from desktop.insight import marks
from desktop.lasso import enclosed
from desktop.theme import Theme, ink_on
from desktop.views.insight.plots import Plot
from learner.types import ClassInfo

SYMBOLS = ("o", "s", "t1", "d", "p", "star", "t", "h", "t3", "+", "t2", "x")
"""One a class, so that colour is never all there is; they repeat after these, where colours do not."""
DRAWN = 12_000
"""Points drawn at most: with more, the picture would stall, and they would lie upon each other. All can be chosen."""
_NAMED = 12
"""Up to so many classes stand on the map by name."""
_POINT, _RINGED = 8, 10
_AT_ONCE_SECONDS = 0.012
_NEAR_PIXELS = 12
_CLICK_PIXELS = 4
_CORNER_PIXELS = 4
"""So far apart are two corners of a line drawn by hand."""
_ZOOM = 1.2
_MARGIN = 0.06
_FILL = 0.75
_PAPER = 0.9
"""How opaque a name is: what lies under it shimmers through."""


class MapPlot(Plot):
    """Points of n samples with their classes.

    Drag draws around points; the wheel zooms, and the right or middle button moves what is seen. The keys +, − and 0
    zoom and show the whole map.

    Args:
        appearance: light or dark.
        name: what it is, for those who do not see it.
    """

    rows_chosen = Signal(object)
    """These points have been chosen (n,)."""
    row_hovered = Signal(int, QPointF)
    """The mouse is at a point, which is there in pixels; -1: at none."""

    def __init__(self, appearance: Theme, name: str) -> None:
        super().__init__(appearance, name)
        self._classes: list[ClassInfo] = []
        self._class_ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self._held_out: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.places: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        """Where the samples are (n, 2)."""
        self._sampled = self._held_out
        self._names = True
        self._waiting: deque[tuple[int, ClassInfo]] = deque()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._draw_some)
        self._outline: list[QPointF] = []
        self._grip: QPointF | None = None
        self._line: pg.PlotCurveItem | None = None
        self.getViewBox().setAspectLocked(True)
        self.getViewBox().setDefaultPadding(0)
        self.pressed.connect(self._begin)
        self.moved.connect(self._go_on)
        self.released.connect(self._end)
        self.left_it.connect(lambda: self.row_hovered.emit(-1, QPointF()))
        appearance.changed.connect(self._draw)

    @property
    def drawn(self) -> int:
        """How many points are drawn."""
        return min(len(self.places), DRAWN)

    def show_points(
        self,
        places: NDArray[np.float32],
        class_ids: NDArray[np.int64],
        held_out: NDArray[np.bool_],
        classes: Sequence[ClassInfo],
    ) -> None:
        """Show n samples.

        Args:
            places: (n, 2).
            class_ids: (n,).
            held_out: (n,), which are ringed.
            classes: all there are.
        """
        is_new = places is not self.places
        self.places, self._class_ids, self._held_out, self._classes = places, class_ids, held_out, list(classes)
        self._draw()
        if is_new:
            self.show_all()

    def show_all(self) -> None:
        """Show the whole map."""
        if len(self.places):
            low, high = self.places.min(axis=0).astype(float), self.places.max(axis=0).astype(float)
            self.setRange(xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=_MARGIN)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom where the mouse is."""
        self._zoom(_ZOOM ** (event.angleDelta().y() / 120), self.to_data(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to move the map, or to draw around points."""
        if event.button() in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            self._grip = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the map, or go on drawing."""
        if self._grip is not None:
            moved = self.to_data(self._grip) - self.to_data(event.position())
            self.getViewBox().translateBy(x=moved.x(), y=moved.y())
            self._grip = event.position()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Stop moving or drawing."""
        self._grip = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Zoom by keys."""
        (left, right), (low, high) = self.getViewBox().viewRange()
        if event.text() in ("+", "-"):
            self._zoom(_ZOOM if event.text() == "+" else 1 / _ZOOM, QPointF((left + right) / 2, (low + high) / 2))
        elif event.text() == "0":
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _zoom(self, factor: float, at: QPointF) -> None:
        self.getViewBox().scaleBy((1 / factor, 1 / factor), center=(at.x(), at.y()))
        self.row_hovered.emit(-1, QPointF())

    def _draw(self) -> None:
        self.clear()
        self._line = None
        self._sampled = np.ones(len(self.places), np.bool_)
        if len(self.places) > DRAWN:
            self._sampled[:] = False
            self._sampled[np.linspace(0, len(self.places) - 1, DRAWN).astype(int)] = True
        self._names = len(np.unique(self._class_ids[self._class_ids >= 0])) <= _NAMED
        self._waiting = deque(enumerate(self._classes))
        self._draw_some()

    def _draw_some(self) -> None:
        """Draw class after class for as long as nobody notices, and the rest when the window has been painted."""
        until = monotonic() + _AT_ONCE_SECONDS
        while self._waiting and monotonic() < until:
            number, info = self._waiting.popleft()
            self._draw_class(info, SYMBOLS[number % len(SYMBOLS)])
        if self._waiting:
            self._rest.start(0)

    def _draw_class(self, info: ClassInfo, symbol: str) -> None:
        mine = self._class_ids == info.id
        if not mine.any():
            return
        fill, paper = QColor(info.colour), QColor(info.colour)
        fill.setAlphaF(_FILL)
        paper.setAlphaF(_PAPER)
        drawn, ring = mine & self._sampled, pg.mkPen(self.tokens.text, width=1.5)
        for rows, size, pen in ((drawn & ~self._held_out, _POINT, None), (drawn & self._held_out, _RINGED, ring)):
            if rows.any():
                x, y = self.places[rows].T
                self._add(pg.ScatterPlotItem(x=x, y=y, symbol=symbol, size=size, brush=pg.mkBrush(fill), pen=pen))
        name = info.name if self._names else marks(self._classes)[info.id]
        label = pg.TextItem(f" {name} ", color=ink_on(info.colour), fill=paper, anchor=(0.5, 0.5))
        label.setZValue(1)
        label.setPos(*(float(middle) for middle in np.median(self.places[mine], axis=0)))
        self._add(label)

    def _add(self, item: Any) -> None:
        # What is seen of the map is said by `show_all`: to measure all items again with every new one takes long.
        self.addItem(item, ignoreBounds=True)

    def _begin(self, at: QPointF) -> None:
        self._outline = [at]

    def _go_on(self, at: QPointF) -> None:
        if self._outline:
            last = self._outline[-1] - at
            if last.manhattanLength() >= _CORNER_PIXELS:
                self._outline.append(at)
                self._draw_outline()
            return
        row = self.nearest(self.places, at, _NEAR_PIXELS)
        if row is None or self._grip is not None:
            self.row_hovered.emit(-1, QPointF())
        else:
            x, y = self.to_pixels(self.places[[row]])[0]
            self.row_hovered.emit(row, QPointF(x, y))

    def _end(self, at: QPointF) -> None:
        outline, self._outline = self._outline, []
        if self._line is not None:
            self.removeItem(self._line)
            self._line = None
        if len(outline) > 2:
            corners = np.array([(place.x(), place.y()) for place in map(self.to_data, outline)])
            rows = np.flatnonzero(enclosed(corners, self.places))
        else:
            row = self.nearest(self.places, at, _NEAR_PIXELS) if outline else None
            rows = np.array([] if row is None else [row], np.int64)
        if len(rows):
            self.rows_chosen.emit(rows)

    def _draw_outline(self) -> None:
        corners = [self.to_data(place) for place in (*self._outline, self._outline[0])]
        x, y = [place.x() for place in corners], [place.y() for place in corners]
        if self._line is None:
            fill = QColor(self.tokens.accent)
            fill.setAlphaF(0.12)
            self._line = pg.PlotCurveItem(
                pen=pg.mkPen(self.tokens.accent, width=theme.RING), fillLevel="enclosed", brush=pg.mkBrush(fill)
            )
            self._line.setZValue(2)
            self._add(self._line)
        self._line.setData(x, y)
        self.row_hovered.emit(-1, QPointF())
