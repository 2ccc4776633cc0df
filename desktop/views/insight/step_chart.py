# SPDX-License-Identifier: Apache-2.0
"""The learning under way, step by step."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.theme import Theme
from desktop.views.insight.chart_card import ChartCard
from desktop.views.insight.plots import Plot, count_words, plain_words, share_words
from learner.types import Step

_KEPT = 2000
"""Steps in memory."""
_SHOWN_MILLISECONDS = 50
_LEAST_LOSS = 0.05
"""So high is its axis at least: nothing must look like much."""


class StepChart(ChartCard):
    """Loss and accuracy of each batch, above one another; they are of what it learns from and measure nothing."""

    def __init__(self, appearance: Theme) -> None:
        both = QWidget()
        super().__init__("", both)
        self._theme = appearance
        self._steps: deque[Step] = deque(maxlen=_KEPT)
        self._under_way = False
        self.loss = Plot(appearance, self.tr("Loss of each step"), count_words, plain_words, (1.0, _LEAST_LOSS))
        self.right = Plot(appearance, self.tr("Share of each batch that was right"), count_words, share_words)
        self.loss.setToolTip(self.tr("Loss of each step: how far off its answers were. Smaller is better"))
        self.right.setToolTip(self.tr("How much of each batch was right. It learns from these, so it measures nothing"))
        for plot in (self.loss, self.right):
            plot.getAxis("left").setWidth(theme.XXL + theme.L)
        self.loss.getAxis("bottom").setStyle(showValues=False)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.loss, 4)
        column.addWidget(self.right, 5)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_MILLISECONDS)
        self._soon.timeout.connect(self._draw)
        appearance.changed.connect(self._draw)
        self._draw()

    @property
    def steps(self) -> list[Step]:
        """The steps that are shown."""
        return list(self._steps)

    def add(self, step: Step) -> None:
        """Show one more step; the first of another increment begins anew. Drawn some twenty times a second at most."""
        last = self._steps[-1] if self._steps else None
        if step == last:
            return
        if last is not None and step.number <= last.number:
            self._steps.clear()
        self._steps.append(step)
        self._under_way = True
        if not self._soon.isActive():
            self._soon.start()

    def show_last(self, steps: Sequence[Step]) -> None:
        """Show the steps of the increment learned last: none is under way."""
        self._steps.clear()
        self._steps.extend(steps)
        self._under_way = False
        self._draw()

    def _draw(self) -> None:
        if not self._steps:
            self.title.setText(self.tr("Step by step"))
            self.say(self.tr("While it learns, its steps are drawn here."))
            return
        self.show_chart()
        tokens, last = self._theme.tokens, self._steps[-1]
        title = (
            self.tr("Learning: step {number} of {total}") if self._under_way else self.tr("Last time: {number} steps")
        )
        self.title.setText(title.format(number=last.number, total=last.total))
        self.explain(
            [
                ("━", tokens.warn, self.tr("loss, smaller is better")),
                ("━", tokens.good, self.tr("right in the batch it learns from")),
            ]
        )
        numbers = np.array([step.number for step in self._steps], np.float64)
        for plot, values, colour in (
            (self.loss, np.array([step.loss for step in self._steps]), tokens.warn),
            (self.right, np.array([step.accuracy for step in self._steps]), tokens.good),
        ):
            plot.clear()
            plot.addItem(pg.PlotCurveItem(numbers, values, pen=pg.mkPen(colour, width=2), connect="finite"))
            plot.setXRange(1, max(last.total if self._under_way else last.number, 2), padding=0.02)
        losses = np.array([step.loss for step in self._steps if np.isfinite(step.loss)])
        top = max(float(losses.max()) if len(losses) else 0.0, _LEAST_LOSS)
        self.loss.setYRange(-0.06 * top, 1.15 * top, padding=0)  # a line at 0 is seen whole
        self.right.setYRange(0, 1.1, padding=0)
        self.loss.setAccessibleDescription(plain_words(last.loss))
        self.right.setAccessibleDescription(share_words(last.accuracy))
