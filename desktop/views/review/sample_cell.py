# SPDX-License-Identifier: Apache-2.0
"""How one sample of the grid looks: its picture, and in a few marks what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap

from desktop import theme
from desktop.models import ClassModel
from desktop.theme import NEAR_BLACK, Theme, ink_on, mix
from desktop.views.answer_bars import initial

_EDGE = 4
_DOT = 10
_BADGE = 20
_SELECTED, _AROUND = 3, 5


@dataclass(frozen=True, slots=True)
class Marks:
    """What a cell shows beside its picture; `class_id` is -1 for a sample without a label."""

    class_id: int
    held_out: bool = False
    suspected: bool = False
    deleted: bool = False
    selected: bool = False
    current: bool = False


class CellPainter:
    """Paints cells. What many of them have in common is drawn once and kept.

    Args:
        appearance: light or dark.
        model: the classes, for their colours and initials.
    """

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        self._theme = appearance
        self._model = model
        self._chips: dict[tuple[int, float], QPixmap] = {}
        self._badges: dict[float, QPixmap] = {}
        self._colours: dict[int, QColor] = {}

    def forget(self) -> None:
        """Draw everything anew: colours or classes have changed."""
        self._chips.clear()
        self._badges.clear()
        self._colours.clear()

    def paint(
        self, painter: QPainter, place: QRect, picture: QPixmap | None, marks: Marks, *, focused: bool = True
    ) -> None:
        """Paint a cell.

        Args:
            painter: of the grid.
            place: where the picture goes.
            picture: the sample's picture; None while it has not come, null where it cannot be read.
            marks: what else there is to show.
            focused: whether the grid has the focus.
        """
        tokens = self._theme.tokens
        if marks.selected:
            around = place.adjusted(-_SELECTED, -_SELECTED, _SELECTED, _SELECTED)
            painter.fillRect(around, QColor(tokens.accent))
        if picture is None or picture.isNull():
            painter.fillRect(place, QColor(mix(tokens.background, tokens.line, 0.8)))
            if picture is not None:
                painter.setPen(QColor(tokens.muted))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")
        else:
            painter.drawPixmap(place, picture)
        if marks.deleted:
            self._paint_deleted(painter, place)
        if marks.suspected:
            _paint_suspected(painter, place)
        painter.fillRect(place.left(), place.bottom() + 1 - _EDGE, place.width(), _EDGE, self._colour(marks.class_id))
        chip = self._chip(marks.class_id, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.left(), place.bottom() + 1 - theme.THUMBNAIL_CHIP, chip)
        if marks.held_out:
            _paint_dot(painter, place)
        if marks.selected:
            badge = self._badge(painter.device().devicePixelRatioF())
            painter.drawPixmap(place.right() + _SELECTED + 1 - _BADGE, place.top() - _SELECTED, badge)
        if marks.current:
            ring = QRectF(place).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent if focused else tokens.muted), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, theme.XS, theme.XS)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_deleted(self, painter: QPainter, place: QRect) -> None:
        tokens = self._theme.tokens
        veil = QColor(tokens.background)
        veil.setAlphaF(0.62)
        painter.fillRect(place, veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.bad), theme.RING))
        painter.drawLine(QPointF(place.left() + 6, place.bottom() - 6), QPointF(place.right() - 6, place.top() + 6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _colour(self, class_id: int) -> QColor:
        known = self._colours.get(class_id)
        if known is None:
            info = self._model.with_id(class_id)
            known = self._colours[class_id] = QColor(info.colour if info else self._theme.tokens.muted)
        return known

    def _chip(self, class_id: int, ratio: float) -> QPixmap:
        known = self._chips.get((class_id, ratio))
        if known is None:
            info = self._model.with_id(class_id)
            known = class_chip(initial(info.name) if info else "?", self._colour(class_id).name(), ratio)
            self._chips[class_id, ratio] = known
        return known

    def _badge(self, ratio: float) -> QPixmap:
        known = self._badges.get(ratio)
        if known is None:
            known = self._badges[ratio] = _badge(self._theme, ratio)
        return known


def class_chip(letter: str, colour: str, ratio: float, side: int = theme.THUMBNAIL_CHIP) -> QPixmap:
    """Return a class's initial on its colour, for a screen with so many pixels a unit."""
    pixmap, painter = _blank(side, ratio)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
    font = QFont(painter.font())
    font.setPixelSize(round(side * 0.64))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(ink_on(colour)))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return pixmap


def _badge(appearance: Theme, ratio: float) -> QPixmap:
    pixmap, painter = _blank(_BADGE, ratio)
    tokens = appearance.tokens
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRect(QRectF(0, 0, _BADGE, _BADGE))
    pen = QPen(QColor(tokens.on_accent), theme.RING)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(5.5, 10.5), QPointF(8.5, 13.5), QPointF(14.5, 6.5)])
    painter.end()
    return pixmap


def _blank(side: int, ratio: float) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter


def _paint_suspected(painter: QPainter, place: QRect) -> None:
    frame = QRect(place.left() + 1, place.top() + 1, place.width() - 2, place.height() - 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(NEAR_BLACK), theme.RING))  # under the dashes, so that they are seen on every picture
    painter.drawRect(frame)
    pen = QPen(QColor(theme.DARK.warn), theme.RING)
    pen.setDashPattern([4, 3])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRect(frame)


def _paint_dot(painter: QPainter, place: QRect) -> None:
    dot = QRectF(place.left() + 6, place.top() + 6, _DOT, _DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(NEAR_BLACK), theme.RING))
    painter.setBrush(QBrush(QColor(theme.ON_PICTURE)))
    painter.drawEllipse(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
