# SPDX-License-Identifier: Apache-2.0
"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from desktop import theme
from desktop.theme import Theme, mix

_WIDTH, _HEIGHT, _EDGE = 40, 22, 3


class Switch(QCheckBox):
    """A check box that looks like a switch; what it is for stands beside it.

    Args:
        appearance: light or dark.
        name: what it switches, for who cannot see it.
        meaning: the same in a sentence.
    """

    def __init__(self, appearance: Theme, name: str, meaning: str) -> None:
        super().__init__()
        self._theme = appearance
        self.setAccessibleName(name)
        self.setToolTip(meaning)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The switch and the ring around it."""
        return QSize(_WIDTH + 2 * _EDGE, _HEIGHT + 2 * _EDGE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint a groove and a knob, at the right end when it is on."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(0, 0, _WIDTH, _HEIGHT)
        groove.moveCenter(QRectF(self.rect()).center())
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), theme.RING))
            painter.drawRoundedRect(groove.adjusted(-2, -2, 2, 2), _HEIGHT / 2 + 2, _HEIGHT / 2 + 2)
        off = mix(tokens.surface, tokens.muted, 0.75)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if self.isChecked() else off))
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.drawRoundedRect(groove, _HEIGHT / 2, _HEIGHT / 2)
        knob = _HEIGHT / 2 - 3
        across = groove.right() - _HEIGHT / 2 if self.isChecked() else groove.left() + _HEIGHT / 2
        painter.setBrush(QColor(tokens.on_accent if self.isChecked() else tokens.surface))
        painter.drawEllipse(QPointF(across, groove.center().y()), knob, knob)
