# SPDX-License-Identifier: Apache-2.0
"""A card of the Use room: what one gets, and for whom, before anything else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from desktop import theme
from desktop.icons import icon
from desktop.theme import Theme


class UseCard(QFrame):
    """Icon, title, what it gives; what it takes is put into `body` by each kind of card.

    Args:
        appearance: light or dark.
        symbol: the name of its icon.
    """

    def __init__(self, appearance: Theme, symbol: str) -> None:
        super().__init__()
        self._theme = appearance
        self._symbol = symbol
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._icon.setFixedSize(theme.ICON, theme.XL)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._words = sentence()
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addLayout(self.body)
        appearance.changed.connect(self._show_icon)
        self._show_icon()

    def describe(self, title: str, words: str) -> None:
        """Say what it is called, and what one gets, and for whom."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)

    def _show_icon(self) -> None:
        self._icon.setPixmap(icon(self._symbol, self._theme.tokens.accent).pixmap(theme.ICON, theme.ICON))


def sentence(words: str = "", role: str = "muted") -> QLabel:
    """Return a label for plain text that goes over several lines."""
    label = QLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def name_role(label: QLabel, role: str) -> None:
    """Give a label another role of the style sheet, which looks at roles only when it is told to."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
