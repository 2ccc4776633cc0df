# SPDX-License-Identifier: Apache-2.0
"""The camera's picture: the centre square that the model sees is lit, the rest is dimmed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import Theme, ink_on
from learner.camera import Frame
from learner.types import ClassInfo, Image

_DIM = 0.45


class CameraView(QWidget):
    """Shows the newest frame, and a badge while a class is being recorded."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._pixels: Image | None = None
        self._image: QImage | None = None
        self._recording: tuple[ClassInfo, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName("Camera picture")
        self.setToolTip("What the camera sees. Only the bright square is learned from.")
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Prefer the shape of a usual camera."""
        return QSize(720, 540)

    @property
    def has_picture(self) -> bool:
        """Whether there is a frame to show."""
        return self._image is not None

    def show_frame(self, frame: Frame) -> None:
        """Show a frame."""
        self._pixels = frame.image
        height, width = frame.image.shape[:2]
        # The QImage looks into the array, which is kept alive beside it.
        self._image = QImage(frame.image.data, width, height, frame.image.strides[0], QImage.Format.Format_BGR888)
        self.update()

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
        painter.drawImage(place, self._image)
        side = min(place.width(), place.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(place.center())
        outside = QPainterPath()
        outside.addRect(place)
        inside = QPainterPath()
        inside.addRect(square)
        scrim = QColor(theme.SCRIM)
        scrim.setAlphaF(_DIM)
        painter.fillPath(outside.subtracted(inside), scrim)
        self._paint_corners(painter, square)
        if self._recording is not None:
            self._paint_recording(painter, square, *self._recording)

    def _place(self, whole: QRectF) -> QRectF:
        if self._image is None:
            return whole
        scale = min(whole.width() / self._image.width(), whole.height() / self._image.height())
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        place.moveCenter(whole.center())
        return place

    def _paint_corners(self, painter: QPainter, square: QRectF) -> None:
        pen = QPen(QColor("white"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        inner, length = square.adjusted(14, 14, -14, -14), 22
        for corner, across, down in (
            (inner.topLeft(), 1, 1),
            (inner.topRight(), -1, 1),
            (inner.bottomLeft(), 1, -1),
            (inner.bottomRight(), -1, -1),
        ):
            painter.drawLine(corner, corner + QPointF(across * length, 0))
            painter.drawLine(corner, corner + QPointF(0, down * length))

    def _paint_recording(self, painter: QPainter, square: QRectF, info: ClassInfo, count: int) -> None:
        painter.setPen(QPen(QColor(info.colour), 6))
        painter.drawRect(square.adjusted(3, 3, -3, -3))
        font = QFont(self.font())
        font.setPixelSize(theme.TITLE)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        text = f"{info.name}   {count}"
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.L
        badge = QRectF(square.left() + theme.L, square.top() + theme.L, width, theme.XXL + theme.XS)
        path = QPainterPath()
        path.addRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.fillPath(path, QColor(info.colour))
        painter.setPen(QColor(ink_on(info.colour)))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
