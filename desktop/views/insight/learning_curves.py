# SPDX-License-Identifier: Apache-2.0
"""How good it has become: accuracy over the increments, what was forgotten on the way, and the learning under way."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import theme
from desktop.insight import Curve, Past, curve
from desktop.insight_words import increment_words
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.insight.chart_card import ChartCard
from desktop.views.insight.forgetting_chart import ForgettingChart
from desktop.views.insight.increment_card import IncrementCard
from desktop.views.insight.plots import Plot, count_words, share_words
from desktop.views.insight.step_chart import StepChart
from learner.figures import in_a_hundred
from learner.types import Step

_TOP = 1.04
"""Room for the dots at 100 %, and none for a line above it."""
"""Room for the topmost tick."""
_LOWEST = (0.0, 0.2, 0.4, 0.6)
"""Where the vertical axis may begin."""


class LearningCurves(QWidget):
    """The section that shows progress."""

    increment_chosen = Signal(int)
    """The samples of an increment are to be looked at (its id)."""
    class_chosen = Signal(int)
    """The samples of a class are to be looked at (its id)."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._past = Past()
        self.accuracy = AccuracyChart(appearance, self)
        self.accuracy.increment_chosen.connect(self.increment_chosen)
        self.forgetting: ForgettingChart | None = None
        self.steps: StepChart | None = None
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.M)
        grid.addWidget(self.accuracy, 0, 0, 1, 2)
        grid.setRowStretch(0, 5)
        grid.setRowStretch(1, 4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def add_forgetting(self) -> None:
        """Add the chart of what was forgotten: each chart takes longer to make than there is between two frames."""
        self.forgetting = ForgettingChart(self._theme, self._model)
        self.forgetting.class_chosen.connect(self.class_chosen)
        self._grid.addWidget(self.forgetting, 1, 0)
        self.forgetting.show_past(self._past)

    def add_steps(self) -> None:
        """Add the chart of steps."""
        self.steps = StepChart(self._theme)
        self._grid.addWidget(self.steps, 1, 1)
        self.steps.show_last(self._past.last_steps)

    def show_past(self, past: Past, *, is_learning: bool) -> None:
        """Show everything learned so far; while an increment is under way, its steps stay."""
        self._past = past
        self.accuracy.show_past(past)
        if self.forgetting is not None:
            self.forgetting.show_past(past)
        if self.steps is not None and not is_learning:
            self.steps.show_last(past.last_steps)

    def add_step(self, step: Step) -> None:
        """Show one more step of the increment under way."""
        if self.steps is not None:
            self.steps.add(step)


class AccuracyChart(ChartCard):
    """Right on recordings kept aside, and recognised before learning, increment by increment.

    Args:
        appearance: light or dark.
        over: the part of the window that may be covered by what is told of an increment.
    """

    increment_chosen = Signal(int)
    """The samples of an increment are to be looked at (its id)."""

    def __init__(self, appearance: Theme, over: QWidget) -> None:
        self.plot = Plot(appearance, "", count_words, share_words, (1.0, 0.05))
        super().__init__("", self.plot)
        self._theme = appearance
        self._past = Past()
        self._curve = curve(self._past)
        self._picked: int | None = None
        self.title.setText(self.tr("How often it is right"))
        self.plot.setAccessibleName(self.title.text())
        self.plot.setToolTip(self.tr("Every dot is one time it learned: click one, or step with ← and →"))
        self._over = over
        self.card = IncrementCard(appearance, over)
        self.card.samples_wanted.connect(self.increment_chosen)
        self.card.closed.connect(self._let_go)
        self.plot.pressed.connect(self._press)
        self.plot.stepped.connect(self._step)
        self.plot.chosen.connect(self._choose)
        self.plot.dismissed.connect(self.card.dismiss)
        appearance.changed.connect(self._draw)

    def show_past(self, past: Past) -> None:
        """Show the increments so far."""
        self._past, self._curve = past, curve(past)
        if self._picked is not None and self._picked >= len(past.increments):
            self._let_go()
        self._draw()

    def pick(self, place: int) -> None:
        """Tell of an increment, counted from 0."""
        self._picked = place
        self._draw()
        at = self.plot.to_pixels(self._dots()[[place]])[0]
        corner = self.plot.mapTo(self._over, self.plot.rect().topLeft())
        self.card.tell(
            self._past.increments[place],
            self._past.figures[place],
            QPointF(corner.x() + at[0], corner.y() + at[1]),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The dot has moved away from its card."""
        super().resizeEvent(event)
        self.card.dismiss()

    def _draw(self) -> None:
        shown, tokens, plot = self._curve, self._theme.tokens, self.plot
        if shown.is_empty:
            self.say(self.tr("Nothing was measured yet.\nEvery time it learns, a dot is added here."))
            return
        self.show_chart()
        self._explain(shown)
        plot.clear()
        numbers = np.arange(1, len(shown.accepted) + 1, dtype=np.float64)
        before = ~np.isnan(shown.before)
        plot.addItem(_line(numbers[before], shown.before[before], tokens.muted, 1.5, dashed=True))
        good = shown.accepted & ~np.isnan(shown.held_out)
        plot.addItem(_line(numbers[good], shown.held_out[good], tokens.accent, 2.0))
        plot.addItem(_dots(numbers[good], shown.held_out[good], "o", 8, tokens.surface, tokens.accent))
        rejected = ~shown.accepted
        dots = self._dots()
        plot.addItem(_dots(numbers[rejected], dots[rejected, 1], "x", 10, tokens.bad, tokens.bad))
        if self._picked is not None:
            plot.addItem(_dots(dots[[self._picked], 0], dots[[self._picked], 1], "o", 12, tokens.accent, tokens.text))
        lowest = np.nanmin([*shown.held_out, *shown.before])
        low = max(start for start in _LOWEST if start == 0 or lowest >= start + 0.05)
        plot.setXRange(0.6, max(len(numbers), 5) * 1.02 + 0.4, padding=0)
        plot.setYRange(low, _TOP, padding=0)
        self._describe(shown)

    def _dots(self) -> NDArray[np.float64]:
        """Return where each increment is (n, 2): one without a share of its own stays where the one before was."""
        shares = np.where(np.isnan(self._curve.held_out), self._curve.before, self._curve.held_out)
        known = np.maximum.accumulate(np.where(np.isnan(shares), -1, np.arange(len(shares))))
        first = shares[~np.isnan(shares)][:1]
        carried = np.where(known >= 0, shares[np.maximum(known, 0)], first if len(first) else 0.5)
        return np.stack([np.arange(1, len(shares) + 1, dtype=np.float64), carried], axis=1)

    def _press(self, at: QPointF) -> None:
        place = None if self._curve.is_empty else self.plot.nearest(self._dots(), at)
        if place is None:
            self.card.dismiss()
        else:
            self.pick(place)

    def _step(self, by: int) -> None:
        count = len(self._past.increments)
        if count and not self._curve.is_empty:
            start = self._picked if self._picked is not None else (count if by < 0 else count - 2)
            self.pick(min(max(start + by, 0), count - 1))

    def _choose(self) -> None:
        if self._picked is not None:
            self.increment_chosen.emit(self._past.increments[self._picked].id)

    def _let_go(self) -> None:
        self._picked = None
        self.card.dismiss()
        self._draw()

    def _explain(self, shown: Curve) -> None:
        tokens = self._theme.tokens
        entries = []
        if not np.isnan(shown.held_out).all():
            entries.append(("●", tokens.accent, self.tr("on recordings kept aside")))
        if not np.isnan(shown.before).all():
            entries.append(("┄", tokens.muted, self.tr("new recordings, recognised before it learned them")))
        if not shown.accepted.all():
            entries.append(("✕", tokens.bad, self.tr("did not help, so it was not kept")))
        self.explain(entries)

    def _describe(self, shown: Curve) -> None:
        """Say in words what the curve shows, for those who do not see it."""
        known = np.flatnonzero(shown.accepted & ~np.isnan(shown.held_out))
        said = ""
        if len(known):
            text = self.tr("At first it was right {first} times in 100, now {now}.")
            said = text.format(
                first=in_a_hundred(float(shown.held_out[known[0]])), now=in_a_hundred(float(shown.held_out[known[-1]]))
            )
        if self._picked is not None:
            title, lines = increment_words(self._past.increments[self._picked], self._past.figures[self._picked])
            said = " ".join([said, f"{title}:", ", ".join(lines)])
        self.plot.setAccessibleDescription(said)


def _line(
    x: NDArray[np.float64], y: NDArray[np.float64], colour: str, width: float, *, dashed: bool = False
) -> pg.PlotCurveItem:
    pen = pg.mkPen(colour, width=width)
    if dashed:
        pen.setDashPattern([4, 3])
    return pg.PlotCurveItem(x, y, pen=pen)


def _dots(
    x: NDArray[np.float64], y: NDArray[np.float64], symbol: str, size: int, fill: str, edge: str
) -> pg.ScatterPlotItem:
    return pg.ScatterPlotItem(
        x=x, y=y, symbol=symbol, size=size, brush=pg.mkBrush(fill), pen=pg.mkPen(edge, width=2 if symbol == "o" else 1)
    )
