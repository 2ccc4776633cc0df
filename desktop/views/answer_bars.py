# SPDX-License-Identifier: Apache-2.0
"""The live answer: the five likeliest classes, steady enough to read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from time import monotonic

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.theme import Theme, ink_on
from learner.types import Prediction

SHOWN = 5
SMOOTHED_SECONDS = 0.2
"""After so long the bars have gone nine tenths of the way to a new answer."""

_FIRST, _OTHER = 52, 26
_CHIP, _SMALL_CHIP = 32, 18


class Smoothing:
    """Exponential smoothing of probabilities over time, whatever the frame rate.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._at = 0.0
        self._shares: dict[str, float] = {}

    def __call__(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """Take a new answer; return the smoothed one, largest first."""
        now = self._clock()
        # A class that appears or goes changes what the answer means: no use in sliding there.
        if probabilities.keys() != self._shares.keys():
            self._shares = dict(probabilities)
        else:
            keep = math.exp(-math.log(10) * (now - self._at) / SMOOTHED_SECONDS)
            self._shares = {
                name: keep * self._shares[name] + (1 - keep) * share for name, share in probabilities.items()
            }
        self._at = now
        return dict(sorted(self._shares.items(), key=lambda item: -item[1]))


class AnswerBars(QWidget):
    """Bars in class colours with the class's initial, name and share."""

    def __init__(self, appearance: Theme, model: ClassModel, smoothing: Smoothing | None = None) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._smoothing = smoothing or Smoothing()
        self._hint = ""
        self.shown: list[tuple[str, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Answer")
        self.setToolTip("What the model says about the bright square, most likely first.")
        appearance.changed.connect(self.update)
        model.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for five rows, always, so that nothing jumps."""
        return QSize(480, _FIRST + (SHOWN - 1) * _OTHER + theme.S)

    def show_prediction(self, prediction: Prediction) -> None:
        """Show an answer."""
        smooth = self._smoothing(prediction.probabilities)
        self.shown = list(smooth.items())[:SHOWN]
        first = f"{self.shown[0][0]}, {percent(self.shown[0][1])}" if self.shown else self._hint
        self.setAccessibleDescription(first)
        self.update()

    def show_hint(self, hint: str) -> None:
        """Say something in place of an answer; an empty text lets answers be shown again."""
        if hint != self._hint:
            self._hint = hint
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the bars, or the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hint or not self.shown:
            painter.setFont(self._font(theme.TITLE))
            painter.setPen(QColor(self._theme.tokens.muted))
            place = QRectF(self.rect()).adjusted(0, theme.S, 0, 0)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(place, flags, self._hint)
            return
        top = 0.0
        for rank, (name, share) in enumerate(self.shown):
            height = _FIRST if rank == 0 else _OTHER
            self._paint_row(painter, QRectF(0, top, self.width(), height), name, share, first=rank == 0)
            top += height

    def _paint_row(self, painter: QPainter, row: QRectF, name: str, share: float, *, first: bool) -> None:
        tokens = self._theme.tokens
        info = self._model.named(name)
        colour = info.colour if info else tokens.muted
        chip_side = _CHIP if first else _SMALL_CHIP
        chip = QRectF(row.left() + (_CHIP - chip_side) / 2, row.center().y() - chip_side / 2, chip_side, chip_side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(chip, chip_side / 4, chip_side / 4)
        painter.setPen(QColor(ink_on(colour)))
        painter.setFont(self._font(theme.TITLE if first else theme.SMALL - 1, bold=True))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, initial(name))

        left = row.left() + _CHIP + theme.M
        name_width = min(260.0, row.width() * 0.34)
        painter.setFont(self._font(theme.HUGE if first else theme.BODY, bold=first))
        painter.setPen(QColor(tokens.text if first else tokens.muted))
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(name_width))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, row.top(), name_width, row.height()), middle | Qt.AlignmentFlag.AlignLeft, text)

        number_width = 84.0
        number = QRectF(row.right() - number_width, row.top(), number_width, row.height())
        painter.setFont(self._font(theme.LARGE if first else theme.BODY, bold=first))
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, percent(share))

        bar_height = 12.0 if first else 6.0
        bar_left = left + name_width + theme.M
        bar = QRectF(bar_left, row.center().y() - bar_height / 2, number.left() - bar_left - theme.S, bar_height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, bar_height / 2, bar_height / 2)
        if share > 0.004:
            bar.setWidth(max(bar_height, bar.width() * share))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, bar_height / 2, bar_height / 2)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width, so that numbers do not dance
        return font


def percent(share: float) -> str:
    """Return a share as people read it; only certainty itself is 100 %."""
    whole = min(99, round(share * 100)) if share < 0.9995 else 100
    return f"{whole} %"


def initial(name: str) -> str:
    """Return the letter that stands for a class."""
    return name[:1].upper()
