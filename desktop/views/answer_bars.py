# SPDX-License-Identifier: Apache-2.0
"""The live answer: the five likeliest classes, or "unknown", steady enough to read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.theme import Theme, ink_on, mix
from learner.types import Prediction

SHOWN = 5
SMOOTHED_SECONDS = 0.2
"""After so long the bars have gone nine tenths of the way to a new answer."""
UNKNOWN_SECONDS = 0.5
"""So long has every answer to be unknown before the screen says so."""
KNOWN_SECONDS = 0.2
"""So long has every answer to be known before it no longer does."""

_FIRST, _OTHER = 52, 26
_CHIP, _SMALL_CHIP = 32, 18
_NUMBER = 84.0
_BAR, _SMALL_BAR = 12.0, 6.0
_HATCH = 8


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


class Steadying:
    """Whether to say "unknown": changes after one kind of answer has come for a while, and never at the limit.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._unknown = False
        self._against: float | None = None

    def __call__(self, unknown: bool) -> bool:
        """Take whether the newest answer is unknown; return what to say."""
        now = self._clock()
        if unknown == self._unknown:
            self._against = None
        elif self._against is None:
            self._against = now
        elif now - self._against >= (UNKNOWN_SECONDS if unknown else KNOWN_SECONDS):
            self._unknown, self._against = unknown, None
        return self._unknown


class AnswerBars(QWidget):
    """Bars in class colours with the class's initial, name and share; a grey hatch for what is unknown.

    Args:
        appearance: light or dark.
        model: the classes, for their colours.
        clock: returns seconds.
    """

    def __init__(self, appearance: Theme, model: ClassModel, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._smoothing = Smoothing(clock)
        self._steadying = Steadying(clock)
        self._hint = ""
        self.shown: list[tuple[str, float]] = []
        """Names and shares, the likeliest first; while the answer is unknown, the first is the nearest guess."""
        self.unknown = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Answer"))
        self.setToolTip(
            self.tr(
                "What the model says about the bright square, most likely first.\n"
                "Unknown: it looks like nothing that was taught."
            )
        )
        appearance.changed.connect(self.update)
        model.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for five rows, always, so that nothing jumps."""
        return QSize(480, _FIRST + (SHOWN - 1) * _OTHER + theme.S)

    @property
    def answer(self) -> str | None:
        """The name of the class that is said; None while nothing is, or it is unknown, or there is but one class."""
        return self.shown[0][0] if len(self.shown) > 1 and not self.unknown and not self._hint else None

    def show_prediction(self, prediction: Prediction) -> None:
        """Show an answer."""
        smooth = self._smoothing(prediction.probabilities)
        self.shown = list(smooth.items())[:SHOWN]
        self.unknown = self._steadying(prediction.unknown)
        self._describe()
        self.update()

    def clear(self) -> None:
        """Show no answer, since there is nothing to answer to."""
        if self.shown:
            self.shown, self.unknown = [], False
            self._describe()
            self.update()

    def show_hint(self, hint: str) -> None:
        """Say something in place of an answer; an empty text lets answers be shown again."""
        if hint != self._hint:
            self._hint = hint
            self._describe()
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
        if self.unknown:
            self._paint_unknown(painter)
            return
        top = 0.0
        for rank, (name, share) in enumerate(self.shown):
            height = _FIRST if rank == 0 else _OTHER
            self._paint_row(painter, QRectF(0, top, self.width(), height), name, share, first=rank == 0)
            top += height

    def _paint_unknown(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        row = QRectF(0, 0, self.width(), _FIRST)
        chip = _chip(row, _CHIP)
        self._paint_hatch(painter, chip, _CHIP / 4, mix(tokens.line, tokens.muted, 0.3))
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._font(theme.TITLE, bold=True))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, "?")
        self._paint_name(painter, _name(row), self.tr("Unknown"), first=True)
        self._paint_hatch(painter, _bar(row, _BAR), _BAR / 2, tokens.muted)  # and no number: it would be of a guess

        nearest = self.shown[0][0]
        row = QRectF(0, _FIRST, self.width(), _OTHER)
        self._paint_chip(painter, _chip(row, _SMALL_CHIP), nearest, theme.SMALL - 1)
        place = _name(row)
        place.setRight(row.right())
        self._paint_name(painter, place, self.tr("nearest: {name}").format(name=nearest), first=False)

    def _paint_row(self, painter: QPainter, row: QRectF, name: str, share: float, *, first: bool) -> None:
        tokens = self._theme.tokens
        self._paint_chip(
            painter, _chip(row, _CHIP if first else _SMALL_CHIP), name, theme.TITLE if first else theme.SMALL - 1
        )
        self._paint_name(painter, _name(row), name, first=first)

        number = QRectF(row.right() - _NUMBER, row.top(), _NUMBER, row.height())
        painter.setFont(self._font(theme.LARGE if first else theme.BODY, bold=first))
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent(share))

        height = _BAR if first else _SMALL_BAR
        bar = _bar(row, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        if share > 0.004:
            bar.setWidth(max(height, bar.width() * share))
            painter.setBrush(QColor(self._colour(name)))
            painter.drawRoundedRect(bar, height / 2, height / 2)

    def _paint_chip(self, painter: QPainter, chip: QRectF, name: str, size: int) -> None:
        colour = self._colour(name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(chip, chip.width() / 4, chip.width() / 4)
        painter.setPen(QColor(ink_on(colour)))
        painter.setFont(self._font(size, bold=True))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, initial(name))

    def _paint_name(self, painter: QPainter, place: QRectF, text: str, *, first: bool) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._font(theme.HUGE if first else theme.BODY, bold=first))
        painter.setPen(QColor(tokens.text if first else tokens.muted))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_hatch(self, painter: QPainter, place: QRectF, radius: float, ink: str) -> None:
        # Line by line, since Qt's own hatches are made of single pixels, however fine the screen.
        outline = QPainterPath()
        outline.addRoundedRect(place, radius, radius)
        painter.save()
        painter.fillPath(outline, QColor(self._theme.tokens.line))
        painter.setClipPath(outline)
        painter.setPen(QPen(QColor(ink), _HATCH / 4))
        left = place.left() - place.height()
        while left < place.right():
            painter.drawLine(QPointF(left, place.bottom()), QPointF(left + place.height(), place.top()))
            left += _HATCH
        painter.restore()

    def _colour(self, name: str) -> str:
        info = self._model.named(name)
        return info.colour if info else self._theme.tokens.muted

    def _describe(self) -> None:
        said = self._hint
        if self.shown and not said:
            name, share = self.shown[0]
            unknown = self.tr("Unknown, nearest: {name}").format(name=name)
            said = unknown if self.unknown else f"{name}, {percent(share)}"
        self.setAccessibleDescription(said)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width, so that numbers do not dance
        return font


def _chip(row: QRectF, side: float) -> QRectF:
    return QRectF(row.left() + (_CHIP - side) / 2, row.center().y() - side / 2, side, side)


def _name(row: QRectF) -> QRectF:
    return QRectF(row.left() + _CHIP + theme.M, row.top(), min(260.0, row.width() * 0.38), row.height())


def _bar(row: QRectF, height: float) -> QRectF:
    left = _name(row).right() + theme.M
    return QRectF(left, row.center().y() - height / 2, row.right() - _NUMBER - theme.S - left, height)


def percent(share: float) -> str:
    """Return a share as people read it; only certainty itself is 100 %."""
    whole = min(99, round(share * 100)) if share < 0.9995 else 100
    return f"{whole} %"


def initial(name: str) -> str:
    """Return the letter that stands for a class."""
    return name[:1].upper()
