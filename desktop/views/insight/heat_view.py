# SPDX-License-Identifier: Apache-2.0
"""The section that shows where in the live picture the model looks for its answer."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.insight import marks
from desktop.learner_bridge import LearnerBridge
from desktop.models import ClassModel
from desktop.theme import Theme, ink_on
from desktop.views.insight.chart_card import plain_label
from learner.camera import Frame
from learner.cv import cv2
from learner.messages import Highlighted
from learner.types import ClassInfo, Heat, Image

EVERY_SECONDS = 0.2
"""So often it is asked at most."""
_LOST_SECONDS = 3.0
"""An answer that has not come by then is of a learner that is gone."""
_FINE = 128
"""Pixels of each side that the few values are spread over."""
_COLOURED, _SHADOW = 0.6, 0.4
"""How opaque the veil is where it looks most, and where it does not look."""
_DIM = 0.45


class HeatPage(QWidget):
    """The live picture, and a button that shows where the model looks.

    Args:
        appearance: light or dark.
        model: the classes.
        learner: is asked while the button is down and the section in sight.
        clock: returns seconds.
    """

    def __init__(
        self, appearance: Theme, model: ClassModel, learner: LearnerBridge, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__()
        self._model = model
        self._learner = learner
        self._clock = clock
        self._number: int | None = None
        self._asked_at = -EVERY_SECONDS
        self.picture = HeatView(appearance, model)
        self.button = QToolButton()
        self.button.setProperty("role", "chip")
        self.button.setText(self.tr("Show where it looks"))
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setAccessibleName(self.button.text())
        self.button.setToolTip(self.tr("Colour what makes it give its answer (W)"))
        self.button.toggled.connect(self._toggle)
        self.words = plain_label("muted")
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self.button)
        row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self.picture, 1)
        column.addLayout(row)
        learner.highlighted.connect(self._take)
        model.changed.connect(self.picture.update)
        self._toggle(False)

    def show_frame(self, frame: Frame) -> None:
        """Show a frame and, where that is wanted, ask where the model looks in it."""
        self.picture.show_frame(frame.image)
        now = self._clock()
        if self._number is not None and now - self._asked_at > _LOST_SECONDS:
            self._number = None
        if self.button.isChecked() and self._number is None and now - self._asked_at >= EVERY_SECONDS:
            self._asked_at = now
            self._number = self._learner.highlight(frame.image)

    def _take(self, event: Highlighted) -> None:
        if event.number != self._number:
            return
        self._number = None
        if self.button.isChecked():
            self.picture.show_heat(event.heat)
            self._say(event.heat)

    def _toggle(self, on: bool) -> None:
        self._number = None
        self.picture.show_heat(None)
        if on:
            self.words.setText(self.tr("Hold something before the camera…"))
        else:
            self.words.setText(self.tr("See which part of the picture makes it give its answer."))

    def _say(self, heat: Heat | None) -> None:
        info = self._model.with_id(heat.class_id) if heat is not None else None
        if info is None:
            self.words.setText(self.tr("It has learned nothing yet that it could look for."))
        else:
            text = self.tr("Coloured: what speaks for {name}. If that is not the thing itself, show it elsewhere too.")
            self.words.setText(text.format(name=info.name))


class HeatView(QWidget):
    """The newest frame, its centre square lit, with the accent where the model looks and a shadow where it does not."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._pixels: Image | None = None
        self._image: QImage | None = None
        self._veil: QImage | None = None
        self.heat: Heat | None = None
        """What is shown."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setAccessibleName(self.tr("Camera picture"))
        self.setToolTip(self.tr("What the camera sees, and what of it speaks for the answer"))
        appearance.changed.connect(self._dye)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Prefer the shape of a usual camera."""
        return QSize(640, 480)

    def show_frame(self, image: Image) -> None:
        """Show a BGR picture."""
        pixels = self._pixels = np.ascontiguousarray(image)
        height, width = pixels.shape[:2]
        # The QImage looks into the array, which is kept alive beside it.
        self._image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)
        self.update()

    def show_heat(self, heat: Heat | None) -> None:
        """Show where it looks; None shows the picture alone."""
        self.heat = heat
        self._dye()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the picture and what lies over it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole, tokens = QRectF(self.rect()), self._theme.tokens
        clip = QPainterPath()
        clip.addRoundedRect(whole, theme.CARD_RADIUS, theme.CARD_RADIUS)
        if self._image is None:
            painter.fillPath(clip, QColor(tokens.surface))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), theme.CARD_RADIUS, theme.CARD_RADIUS)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, self.tr("No picture yet: choose a camera above."))
            return
        painter.fillPath(clip, QColor(theme.NEAR_BLACK))
        painter.setClipPath(clip)
        scale = min(whole.width() / self._image.width(), whole.height() / self._image.height())
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        place.moveCenter(whole.center())
        painter.drawImage(place, self._image)
        side = min(place.width(), place.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(place.center())
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(place)
        inside.addRect(square)
        scrim = QColor(theme.SCRIM)
        scrim.setAlphaF(_DIM)
        painter.fillPath(outside.subtracted(inside), scrim)
        if self._veil is not None:
            painter.drawImage(square, self._veil)
        info = self._model.with_id(self.heat.class_id) if self.heat is not None else None
        if info is not None:
            self._paint_label(painter, square, info)

    def _paint_label(self, painter: QPainter, square: QRectF, info: ClassInfo) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.TITLE)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        room = int(square.width() - 4 * theme.L)
        sign = marks(self._model.classes)[info.id]
        text = painter.fontMetrics().elidedText(f"{sign}   {info.name}", Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.L
        badge = QRectF(square.left() + theme.L, square.top() + theme.L, width, theme.XXL + theme.XS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(info.colour))
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.setPen(QColor(ink_on(info.colour)))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _dye(self) -> None:
        self._veil = None if self.heat is None else veil(self.heat.values, QColor(self._theme.tokens.accent))
        self.update()


def veil(values: NDArray[np.float32], colour: QColor) -> QImage:
    """Return what is laid over a picture: the colour where values (h, w) are 1, a shadow where they are 0, smoothly.

    The shadow is there for things that have the colour themselves.
    """
    spread = cv2.resize(np.asarray(values, np.float32), (_FINE, _FINE), interpolation=cv2.INTER_CUBIC)
    share = np.clip(np.nan_to_num(spread), 0, 1)
    pixels = np.empty((_FINE, _FINE, 4), np.uint8)
    for channel, part in enumerate((colour.blue(), colour.green(), colour.red())):
        pixels[..., channel] = np.rint(part * share)
    pixels[..., 3] = np.rint(255 * (_SHADOW + (_COLOURED - _SHADOW) * share))
    return QImage(pixels.data, _FINE, _FINE, pixels.strides[0], QImage.Format.Format_ARGB32).copy()
