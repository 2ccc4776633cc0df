# SPDX-License-Identifier: Apache-2.0
"""The camera's picture: the square that the model sees is lit, the rest dimmed. It can be moved and zoomed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.framing import Framing, crop
from desktop.theme import Theme, ink_on
from learner.camera import Frame, Stillness
from learner.cv import cv2
from learner.types import ClassInfo, Image

_DIM = 0.45
_STEP = 0.02
"""Of the picture's shorter side: how far an arrow key moves the square."""
_PAINTED_STILL = 10.0
"""Frames a second that are painted while nothing changes in them."""
_NEARER = 1.1
"""How much nearer a turn of the wheel, or a press of +, looks."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CameraView(QWidget):
    """Shows the newest frame, a badge while a class is being recorded, and how long until it is."""

    framed = Signal(object)
    """The square was moved or zoomed by hand (Framing)."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._framing = Framing()
        self._mirror = False
        self._countdown: tuple[ClassInfo, int] | None = None
        self._dragged_from: QPointF | None = None
        self._pixels: Image | None = None
        self._image: QImage | None = None
        self._stands_still = False
        self._stillness = Stillness(_PAINTED_STILL)
        self._recording: tuple[ClassInfo, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 150)
        self.setAccessibleName(self.tr("Camera picture"))
        self.setToolTip(
            self.tr(
                "What the camera sees. Only the bright square is learned from.\n"
                "Drag it to move it, turn the wheel to look nearer. "
                "With the keyboard: arrows, + and −; Home puts it back."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Prefer the shape of a usual camera."""
        return QSize(720, 540)

    @property
    def has_picture(self) -> bool:
        """Whether there is a frame to show."""
        return self._image is not None

    def show_frame(self, frame: Frame) -> None:
        """Show a frame; while nothing changes but the noise, ten a second are painted."""
        self._pixels = frame.image
        height, width = frame.image.shape[:2]
        # The QImage looks into the array, which is kept alive beside it.
        self._stands_still = False
        self._image = QImage(frame.image.data, width, height, frame.image.strides[0], QImage.Format.Format_BGR888)
        if self._stillness.is_worth(frame.image):
            self.update()

    def stand_still(self) -> None:
        """Dim the picture, which is of before, until another one comes."""
        self._stands_still = True
        self.update()

    def set_framing(self, framing: Framing) -> None:
        """Light this square from now on."""
        self._framing = framing
        self._show_cursor()
        self.update()

    def set_mirror(self, mirror: bool) -> None:
        """Show the picture as in a mirror, or as the camera sees it."""
        self._mirror = mirror
        self.update()

    def show_countdown(self, info: ClassInfo, seconds: int) -> None:
        """Show that a class is recorded in so many seconds; 0 ends it."""
        self._countdown = (info, seconds) if seconds else None
        self.update()

    @property
    def square(self) -> QRect:
        """Where the lit square is shown."""
        return self._square(self._place(QRectF(self.rect()))).toRect()

    def square_picture(self, side: int) -> QPixmap:
        """Return what is in the square now, this many pixels wide; null without a picture."""
        if self._pixels is None:
            return QPixmap()
        square = crop(self._pixels, self._framing)
        step = max(1, square.shape[0] // (2 * side))  # all pixels of a large picture would take milliseconds
        small = cv2.resize(np.ascontiguousarray(square[::step, ::step]), (side, side), interpolation=cv2.INTER_AREA)
        image = QImage(small.data, side, side, small.strides[0], QImage.Format.Format_BGR888)
        # A pixmap of its own, since the image only looks into the array.
        return QPixmap.fromImage(image.flipped(Qt.Orientation.Horizontal) if self._mirror else image.copy())

    def clear(self) -> None:
        """Show no picture."""
        self._image = self._pixels = None
        self.update()

    def show_recording(self, info: ClassInfo | None, count: int = 0) -> None:
        """Show that a class is being recorded, or that none is."""
        self._recording = None if info is None else (info, count)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the picture."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        whole = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(whole, theme.CARD_RADIUS, theme.CARD_RADIUS)
        if self._image is None:
            painter.fillPath(clip, QColor(tokens.surface))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), theme.CARD_RADIUS, theme.CARD_RADIUS)
            return
        painter.fillPath(clip, QColor(theme.NEAR_BLACK))
        painter.setClipPath(clip)
        place = self._place(whole)
        if self._mirror:
            painter.setTransform(QTransform(-1, 0, 0, 1, 2 * place.center().x(), 0))
        painter.drawImage(place, self._image)
        painter.resetTransform()
        square = self._square(place)
        outside = QPainterPath()
        outside.addRect(place)
        inside = QPainterPath()
        inside.addRect(square)
        scrim = QColor(theme.SCRIM)
        scrim.setAlphaF(_DIM)
        painter.fillPath(outside if self._stands_still else outside.subtracted(inside), scrim)
        self._paint_corners(painter, square)
        if self._recording is not None:
            self._paint_recording(painter, place, square, *self._recording)
        if self._countdown is not None:
            self._paint_countdown(painter, square, *self._countdown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2 * theme.RING))  # the clip takes the outer half of it
            painter.drawRoundedRect(whole, theme.CARD_RADIUS, theme.CARD_RADIUS)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the square."""
        if event.button() == Qt.MouseButton.LeftButton and self.square.contains(event.position().toPoint()):
            self._dragged_from = event.position()
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the square."""
        if self._dragged_from is None:
            return
        moved, self._dragged_from = event.position() - self._dragged_from, event.position()
        self._move(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go of the square."""
        self._dragged_from = None
        self._show_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Look nearer or less near."""
        self._frame(self._framing.zoomed(_NEARER ** (event.angleDelta().y() / 120)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and zoom the square with the keyboard."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            place = self._place(QRectF(self.rect()))
            step = _STEP * min(place.width(), place.height())
            self._move(arrow[0] * step, arrow[1] * step)
        elif event.text() in {"+", "=", "-", "−"}:
            self._frame(self._framing.zoomed(1 / _NEARER if event.text() in {"-", "−"} else _NEARER))
        elif event.key() == Qt.Key.Key_Home:
            self._frame(Framing())
        else:
            super().keyPressEvent(event)

    def _move(self, right: float, down: float) -> None:
        """Move the square by so many pixels of the screen."""
        if self._image is None:
            return
        width, height = self._image.width(), self._image.height()
        scale = width / self._place(QRectF(self.rect())).width()
        self._frame(self._framing.moved((-right if self._mirror else right) * scale, down * scale, width, height))

    def _frame(self, framing: Framing) -> None:
        if framing != self._framing:
            self.set_framing(framing)
            self.framed.emit(framing)

    def _show_cursor(self) -> None:
        held = self._dragged_from is not None
        self.setCursor(Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.ArrowCursor)

    def _square(self, place: QRectF) -> QRectF:
        if self._image is None:
            return place
        left, top, side = self._framing.square(self._image.width(), self._image.height())
        if self._mirror:
            left = self._image.width() - side - left
        scale = place.width() / self._image.width()
        return QRectF(place.left() + left * scale, place.top() + top * scale, side * scale, side * scale)

    def _place(self, whole: QRectF) -> QRectF:
        if self._image is None:
            return whole
        scale = min(whole.width() / self._image.width(), whole.height() / self._image.height())
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        place.moveCenter(whole.center())
        return place

    def _paint_corners(self, painter: QPainter, square: QRectF) -> None:
        pen = QPen(QColor(theme.ON_PICTURE), theme.RING)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        inner, length = square.adjusted(1, 1, -1, -1), 22
        for corner, across, down in (
            (inner.topLeft(), 1, 1),
            (inner.topRight(), -1, 1),
            (inner.bottomLeft(), 1, -1),
            (inner.bottomRight(), -1, -1),
        ):
            painter.drawLine(corner, corner + QPointF(across * length, 0))
            painter.drawLine(corner, corner + QPointF(0, down * length))

    def _paint_countdown(self, painter: QPainter, square: QRectF, info: ClassInfo, seconds: int) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.COUNTDOWN)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        disc = QRectF(0, 0, 1.6 * theme.COUNTDOWN, 1.6 * theme.COUNTDOWN)
        disc.moveCenter(square.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(info.colour))
        painter.drawEllipse(disc)
        painter.setPen(QColor(ink_on(info.colour)))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(seconds))

    def _paint_recording(self, painter: QPainter, place: QRectF, square: QRectF, info: ClassInfo, count: int) -> None:
        painter.setPen(QPen(QColor(info.colour), 6))
        painter.drawRect(square.adjusted(3, 3, -3, -3))
        font = QFont(self.font())
        font.setPixelSize(theme.TITLE)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        room = int(place.width()) - 6 * theme.L - painter.fontMetrics().horizontalAdvance(f"   {count}")
        name = painter.fontMetrics().elidedText(info.name, Qt.TextElideMode.ElideRight, max(0, room))
        text = f"{name}   {count}"
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.L
        badge = QRectF(place.left() + theme.L, place.top() + theme.L, width, theme.XXL + theme.XS)
        path = QPainterPath()
        path.addRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.fillPath(path, QColor(info.colour))
        painter.setPen(QColor(ink_on(info.colour)))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
