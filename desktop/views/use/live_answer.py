# SPDX-License-Identifier: Apache-2.0
"""The camera's picture and the answer, small: what a person sees of the model while doing something else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.actions import Sight
from desktop.models import ClassModel
from desktop.theme import Theme, ink_on
from desktop.views.answer_bars import initial, percent
from learner.camera import Frame

_HEIGHT = 96
_CHIP = 32
_STALE_MILLISECONDS = 2000
_WIDEST = _HEIGHT * 16 // 9


class LiveAnswer(QWidget):
    """The newest frame, and beside it what is seen.

    Args:
        appearance: light or dark.
        model: the classes, for their colours.
    """

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._image: QImage | None = None
        self.sight: Sight | None = None
        # A picture that stands still would look like one that is seen.
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(_STALE_MILLISECONDS)
        self._stale.timeout.connect(self._forget)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What is seen now"))
        self.setToolTip(self.tr("What the camera sees now, and what it is taken for. This is what actions wait for."))
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The picture, and room for a name."""
        return QSize(3 * _WIDEST, _HEIGHT)

    def show_frame(self, frame: Frame) -> None:
        """Show a frame, of which no more is kept than can be seen."""
        step = max(1, frame.image.shape[0] // (2 * _HEIGHT))
        small = frame.image[::step, ::step].copy()
        height, width = small.shape[:2]
        image = QImage(small.data, width, height, small.strides[0], QImage.Format.Format_BGR888)
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._stale.start()
        self.update()

    def show_sight(self, sight: Sight | None) -> None:
        """Show what is seen."""
        if sight != self.sight:
            self.sight = sight
            self.setAccessibleDescription(self._words())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint picture and answer."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        left = self._paint_picture(painter) + theme.L
        sight, tokens = self.sight, self._theme.tokens
        middle = self.height() / 2
        if sight is not None:
            info = self._model.named(sight.name)
            colour = tokens.muted if sight.unknown or info is None else info.colour
            chip = QRectF(left, middle - _CHIP / 2, _CHIP, _CHIP)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(chip, theme.RADIUS, theme.RADIUS)
            painter.setPen(QColor(ink_on(colour)))
            painter.setFont(self._font(theme.TITLE, bold=True))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, "?" if sight.unknown else initial(sight.name))
            left = chip.right() + theme.M
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.setFont(self._font(theme.LARGE if sight else theme.BODY, bold=sight is not None))
        painter.setPen(QColor(tokens.text if sight else tokens.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        words = painter.fontMetrics().elidedText(self._words(), Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, flags, words)

    def _paint_picture(self, painter: QPainter) -> float:
        """Paint the picture; return where it ends."""
        width = float(_WIDEST if self._image is None else _HEIGHT * self._image.width() / self._image.height())
        place = QRectF(0, 0, min(width, 2.0 * _WIDEST), self.height())
        clip = QPainterPath()
        clip.addRoundedRect(place, theme.RADIUS, theme.RADIUS)
        if self._image is None:
            painter.fillPath(clip, QColor(self._theme.tokens.line))
            return place.right()
        painter.save()
        painter.setClipPath(clip)
        painter.drawImage(place, self._image)
        painter.restore()
        return place.right()

    def _forget(self) -> None:
        self._image = None
        self.show_sight(None)
        self.update()

    def _words(self) -> str:
        if self.sight is None:
            if self._image is None:
                return self.tr("There is no picture.")
            return self.tr("Teach it two things first: then you see here what it takes them for.")
        if self.sight.unknown:
            return self.tr("Unknown")
        return self.tr("{name}   {percent}").format(name=self.sight.name, percent=percent(self.sight.confidence))

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setBold(bold)
        return font
