# SPDX-License-Identifier: Apache-2.0
"""From where on the answer is "unknown": a slider, where the present picture lies on it, and what it would do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from desktop import theme
from desktop.theme import Theme, mix
from desktop.views.side_panel import SidePanel

LEAST, MOST = 0.5, 2.0
"""Limits of novelty that can be chosen; 1 is where the learner would put it."""
_STEPS = 40
_SETTLED_MILLISECONDS = 400
_TRACK, _HATCH, _MARK, _HEIGHT = 12, 6, 7, 52


def place_of(novelty: float) -> float:
    """Return where a novelty lies between LEAST and MOST, 0 to 1: each doubling is as far."""
    share = math.log(max(novelty, 1e-6) / LEAST) / math.log(MOST / LEAST)
    return min(1.0, max(0.0, share))


def limit_at(place: float) -> float:
    """Return the limit at a place, 0 to 1."""
    return float(LEAST * (MOST / LEAST) ** place)


class UnknownSlider(QSlider):
    """A slider with what is unknown hatched, and a mark where the present picture lies."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = appearance
        self._novelty: float | None = None
        self.setRange(0, _STEPS)
        self.setPageStep(_STEPS // 8)
        self.setFixedHeight(_HEIGHT)
        appearance.changed.connect(self.update)

    @property
    def limit(self) -> float:
        """The limit that is chosen."""
        return limit_at(self.value() / _STEPS)

    def show_limit(self, limit: float) -> None:
        """Show a limit that was chosen elsewhere."""
        self.blockSignals(True)
        self.setValue(round(place_of(limit) * _STEPS))
        self.blockSignals(False)

    def show_novelty(self, novelty: float | None) -> None:
        """Mark how novel the present picture is; None takes the mark away."""
        self._novelty = novelty
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Take what width there is."""
        return QSize(200, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go where it was pressed, and follow from there."""
        self.setSliderDown(True)
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Follow."""
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Stay there."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the track, hatched from the limit on, the handle, and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        track = self._track()
        outline = QPainterPath()
        outline.addRoundedRect(track, _TRACK / 2, _TRACK / 2)
        at = track.left() + track.width() * self.value() / _STEPS
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(track, QColor(mix(tokens.surface, tokens.good, 0.35)))
        painter.setClipRect(QRectF(at, track.top(), track.right() - at, _TRACK), Qt.ClipOperation.IntersectClip)
        painter.fillRect(track, QColor(tokens.line))
        painter.setPen(QPen(QColor(tokens.muted), 1.5))
        left = track.left()
        while left < track.right() + _TRACK:
            painter.drawLine(QPointF(left, track.bottom()), QPointF(left + _TRACK, track.top()))
            left += _HATCH
        painter.restore()
        self._paint_mark(painter, track)
        painter.setPen(QPen(QColor(tokens.text if self.hasFocus() else tokens.surface), theme.RING))
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(QPointF(at, track.center().y()), _TRACK * 0.75, _TRACK * 0.75)

    def _paint_mark(self, painter: QPainter, track: QRectF) -> None:
        if self._novelty is None:
            return
        tokens = self._theme.tokens
        at, top = track.left() + track.width() * place_of(self._novelty), track.bottom() + theme.XS
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        corners = [QPointF(at, top), QPointF(at - _MARK, top + _MARK), QPointF(at + _MARK, top + _MARK)]
        painter.drawPolygon(QPolygonF(corners))
        font = self.font()
        font.setPixelSize(theme.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        text = self.tr("now")
        width = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(at - width / 2, 0.0), self.width() - width)
        painter.drawText(QPointF(left, top + _MARK + theme.SMALL), text)

    def _track(self) -> QRectF:
        margin = _TRACK
        return QRectF(margin, theme.S, self.width() - 2 * margin, _TRACK)

    def _go_to(self, x: float) -> None:
        track = self._track()
        self.setValue(round(min(1.0, max(0.0, (x - track.left()) / track.width())) * _STEPS))


class UnknownPanel(SidePanel):
    """The panel around it.

    Args:
        appearance: light or dark.
        over: the widget it lies over.
    """

    limit_chosen = Signal(float)
    """This novelty is to be the limit; told when the choice has settled."""

    def __init__(self, appearance: Theme, over: QWidget) -> None:
        super().__init__(appearance, over, at_top=False)
        self.set_title(self.tr("When to say “unknown”"))
        self._measured: Mapping[str, Any] = {}
        self._chosen = 1.0
        self.slider = UnknownSlider(appearance)
        self.slider.setAccessibleName(self.tr("When to say unknown"))
        self.slider.setToolTip(
            self.tr(
                "To the left: cautious, it says “unknown” sooner. "
                "To the right: bold, it rather names what is nearest.\n"
                "The hatched part is called unknown; the mark is what the camera sees now. Undo takes it back."
            )
        )
        ends = QHBoxLayout()
        for text in (self.tr("cautious"), self.tr("bold")):
            label = QLabel(text)
            label.setProperty("role", "small")
            ends.addWidget(label)
            if ends.count() == 1:
                ends.addStretch(1)
        self.now = self._sentence()
        self.effect = self._sentence()
        self.body.addLayout(ends)
        self.body.addWidget(self.slider)
        self.body.addWidget(self.now)
        self.body.addWidget(self.effect)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED_MILLISECONDS)
        self._soon.timeout.connect(self._choose)
        self.slider.valueChanged.connect(self._moved)
        self._novelty: float | None = None
        self._show()

    def show_limit(self, limit: float) -> None:
        """Show the limit that holds."""
        self._chosen = limit
        if not self._soon.isActive():
            self.slider.show_limit(limit)
            self._show()

    def show_novelty(self, novelty: float | None) -> None:
        """Show how novel the present picture is; None where nothing can be said."""
        self._novelty = novelty
        if self.is_open:
            self.slider.show_novelty(novelty)
            self._show_now()

    def show_measured(self, evaluation: Mapping[str, Any]) -> None:
        """Take what was measured of the version in use."""
        unknown = evaluation.get("unknown")
        flagged = unknown.get("flagged_at") if isinstance(unknown, Mapping) else None
        self._measured = flagged if isinstance(flagged, Mapping) else {}
        self._show()

    def close_it(self) -> None:
        """Keep what was chosen and hide it."""
        if self._soon.isActive():
            self._soon.stop()
            self._choose()
        super().close_it()

    def _sentence(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setProperty("role", "small")
        return label

    def _moved(self) -> None:
        self._show()
        self._soon.start()

    def _choose(self) -> None:
        if self.slider.isSliderDown():
            self._soon.start()
        elif abs(self.slider.limit - self._chosen) > 1e-6:
            self._chosen = self.slider.limit
            self.limit_chosen.emit(self.slider.limit)

    def _show(self) -> None:
        self.effect.setText(flagged_words(self._measured, self.slider.limit))
        self._show_now()
        self.place()

    def _show_now(self) -> None:
        if self._novelty is None:
            self.now.setText(self.tr("Teach two things, and what the camera sees is marked here."))
        elif self._novelty > self.slider.limit:
            self.now.setText(self.tr("What the camera sees now counts as unknown."))
        else:
            self.now.setText(self.tr("What the camera sees now counts as known."))


def flagged_words(measured: Mapping[str, Any], limit: float) -> str:
    """Return what a limit does to known things, in words.

    Args:
        measured: share of held-out recordings of known things that are called unknown, by the limit as a text.
        limit: the limit.
    """
    shares = sorted((float(key), float(share)) for key, share in measured.items() if isinstance(share, int | float))
    if not shares:
        return QCoreApplication.translate(
            "UnknownPanel", "What it does to known things is not measured yet: record each thing a few times."
        )
    _, share = min(shares, key=lambda item: abs(math.log(item[0] / limit)))
    hundred = max(1, round(100 * share)) if share else 0
    if not hundred:
        return QCoreApplication.translate(
            "UnknownPanel", "Of the recordings held out to measure with, it would call none unknown by mistake."
        )
    text = QCoreApplication.translate(
        "UnknownPanel", "Of 100 recordings of things it knows, it would call {count} unknown by mistake."
    )
    return text.format(count=hundred)
