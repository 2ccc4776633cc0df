# SPDX-License-Identifier: Apache-2.0
"""How much was forgotten of each class, increment by increment."""

from __future__ import annotations

from itertools import cycle

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal

from desktop.insight import Past, forgotten, marks
from desktop.insight_words import points
from desktop.models import ClassModel
from desktop.theme import Theme, ink_on
from desktop.views.insight.chart_card import ChartCard
from desktop.views.insight.plots import Plot, count_words, share_words

_SHOWN = 8
"""More lines than these cannot be told apart."""
_LEAST = 0.1
"""So high is the vertical axis at least: nothing must look like much."""
_MARK_PIXELS = 22
"""So far apart are two marks at the ends of lines."""
_FRAME_PIXELS = 40
"""What the axis takes of the height."""
_DASHES = (None, [6, 3], [2, 3], [8, 3, 2, 3])


class ForgettingChart(ChartCard):
    """One line a class, in its colour and with its mark at the end: how much less it is found than at its best."""

    class_chosen = Signal(int)
    """The samples of a class are to be looked at (its id)."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        self.plot = Plot(appearance, "", count_words, share_words, (1.0, 0.01))
        super().__init__("", self.plot)
        self._theme = appearance
        self._model = model
        self._past = Past()
        self._known: list[tuple[int, str, str]] = []
        self._ends: list[int] = []
        self._places = np.zeros((0, 2))
        self._at = -1
        self.title.setText(self.tr("What it forgot"))
        self.plot.setAccessibleName(self.title.text())
        self.plot.setToolTip(
            self.tr("How much less of a class it finds than at its best. Click a line's end to see the class's samples")
        )
        self.plot.pressed.connect(self._press)
        self.plot.stepped.connect(self._step)
        self.plot.chosen.connect(self._choose)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        # There is room for more marks, or for fewer.
        self.plot.getViewBox().sigResized.connect(lambda _: self._soon.start(0))
        appearance.changed.connect(self._draw)
        model.changed.connect(self._take_classes)

    def show_past(self, past: Past) -> None:
        """Show the increments so far."""
        self._past = past
        self._draw()

    def _height(self) -> int:
        return max(int(self.plot.height()) - _FRAME_PIXELS, _MARK_PIXELS)

    def _take_classes(self) -> None:
        # Their counts change with every sample, which is nothing to draw anything anew for.
        known = [(info.id, info.name, info.colour) for info in self._model.classes]
        if known != self._known:
            self._known = known
            self._draw()

    def _draw(self) -> None:
        names = {info.id: info.name for info in self._model.classes}
        series = {class_id: shares for class_id, shares in forgotten(self._past).items() if class_id in names}
        lost = {class_id: shares for class_id, shares in series.items() if np.nanmax(shares) >= 0.005}
        if not series:
            self.say(self.tr("What it forgets shows once recordings are kept aside."))
            return
        if not lost:
            self.say(self.tr("It has forgotten nothing so far."))
            return
        self.show_chart()
        by_now = sorted(lost, key=lambda one: (-_last(lost[one]), -float(np.nanmax(lost[one]))))
        worst = by_now[: max(min(_SHOWN, self._height() // _MARK_PIXELS), 1)]
        self._explain(worst, len(lost) - len(worst))
        self._draw_lines({class_id: lost[class_id] for class_id in worst})
        said = [f"{names[class_id]} {points(_last(lost[class_id]))}" for class_id in worst]
        text = self.tr("In 100, found less often now than at its best: {classes}")
        self.plot.setAccessibleDescription(text.format(classes=", ".join(said)))

    def _draw_lines(self, lost: dict[int, NDArray[np.float64]]) -> None:
        plot = self.plot
        plot.clear()
        count = len(self._past.increments)
        top = max(_LEAST, max(float(np.nanmax(shares)) for shares in lost.values()) * 1.15)
        end = max(count, 5)
        plot.setXRange(0.6, end * 1.2 + 0.4, padding=0)
        plot.setYRange(-0.06 * top, 1.06 * top, padding=0)
        colours = {info.id: info.colour for info in self._model.classes}
        signs = marks(self._model.classes)
        ends = {class_id: _last(shares) for class_id, shares in lost.items()}
        heights = _spread(ends, top, top * _MARK_PIXELS / self._height())
        for (class_id, shares), dashes in zip(lost.items(), cycle(_DASHES), strict=False):
            known = np.flatnonzero(~np.isnan(shares))
            pen = pg.mkPen(colours[class_id], width=2)
            if dashes:
                pen.setDashPattern(dashes)
            plot.addItem(pg.PlotCurveItem(known + 1.0, shares[known], pen=pen))
            mark = pg.TextItem(
                f" {signs[class_id]} ", color=ink_on(colours[class_id]), fill=colours[class_id], anchor=(0, 0.5)
            )
            mark.setZValue(1)
            mark.setPos(count + 0.04 * end, heights[class_id])
            plot.addItem(mark)
        self._ends = list(heights)
        self._places = np.array([(count + 0.08 * end, height) for height in heights.values()])

    def _explain(self, shown: list[int], others: int) -> None:
        if self._at >= len(shown):
            self._at = -1
        if self._at >= 0:
            info = self._model.with_id(shown[self._at])
            text = self.tr("{name}: Enter shows its samples").format(name=info.name if info else "")
        elif others:
            text = self.tr("less than at its best; the {count} it forgot most of").format(count=len(shown))
        else:
            text = self.tr("less than at its best")
        self.key.setTextFormat(Qt.TextFormat.PlainText)
        self.key.setText(text)

    def _press(self, at: QPointF) -> None:
        place = self.plot.nearest(self._places, at) if not self.said else None
        if place is not None:
            self.class_chosen.emit(self._ends[place])

    def _step(self, by: int) -> None:
        if self._ends and not self.said:
            self._at = (self._at + by) % len(self._ends)
            self._explain(self._ends, 0)
            self.plot.setAccessibleDescription(self.key.text())

    def _choose(self) -> None:
        if 0 <= self._at < len(self._ends) and not self.said:
            self.class_chosen.emit(self._ends[self._at])


def _last(shares: NDArray[np.float64]) -> float:
    return float(shares[~np.isnan(shares)][-1])


def _spread(heights: dict[int, float], top: float, apart: float) -> dict[int, float]:
    """Return heights that are far enough apart to be read, in the same order and not above the top."""
    spread: dict[int, float] = {}
    lowest, highest = -np.inf, top
    for class_id in sorted(heights, key=lambda one: heights[one]):
        lowest = spread[class_id] = max(heights[class_id], lowest + apart)
    for class_id in reversed(spread):
        spread[class_id] = min(spread[class_id], highest)
        highest = spread[class_id] - apart
    return {class_id: spread[class_id] for class_id in heights}
