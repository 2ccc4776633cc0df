# SPDX-License-Identifier: Apache-2.0
"""An answer in little room: for each of the likeliest classes its initial, its name, a bar and a share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.answer_bars import initial, percent
from desktop.views.review.sample_cell import class_chip
from learner.types import Prediction

_SHOWN = 4
_ROW = 24
_BAR = 6.0
_NUMBER = 48.0
_LEAST = 0.005
"""What is less likely than this is not worth a row, unless it is the only one."""


class ShareRows(QWidget):
    """Shows an answer that stands still.

    Args:
        appearance: light or dark.
        model: the classes, for their colours.
    """

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self.shown: list[tuple[str, float]] = []
        """Names and shares, the likeliest first."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("What the model says about this picture, most likely first"))
        appearance.changed.connect(self.update)
        model.changed.connect(self.update)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show an answer, or none."""
        shares = list(prediction.probabilities.items()) if prediction else []
        self.shown = [one for place, one in enumerate(shares[:_SHOWN]) if place == 0 or one[1] >= _LEAST]
        said = ", ".join(f"{name} {percent(share)}" for name, share in self.shown)
        self.setAccessibleName(said or self.tr("No answer"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as there are rows."""
        return QSize(160, _ROW * len(self.shown))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (name, share) in enumerate(self.shown):
            self._paint_row(painter, QRectF(0, place * _ROW, self.width(), _ROW), name, share, first=place == 0)

    def _paint_row(self, painter: QPainter, row: QRectF, name: str, share: float, *, first: bool) -> None:
        tokens = self._theme.tokens
        info = self._model.named(name)
        colour = info.colour if info else tokens.muted
        side = theme.THUMBNAIL_CHIP
        chip = class_chip(initial(name), colour, self.devicePixelRatioF())
        painter.drawPixmap(round(row.left()), round(row.center().y() - side / 2), chip)

        font = QFont(self.font())
        font.setPixelSize(theme.BODY)
        font.setWeight(QFont.Weight.DemiBold if first else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if first else tokens.muted))
        words = QRectF(row.left() + side + theme.S, row.top(), row.width() * 0.36, row.height())
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        number = QRectF(row.right() - _NUMBER, row.top(), _NUMBER, row.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent(share))

        left = words.right() + theme.S
        bar = QRectF(left, row.center().y() - _BAR / 2, number.left() - left, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if share > _LEAST:
            bar.setWidth(max(_BAR, bar.width() * share))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
