# SPDX-License-Identifier: Apache-2.0
"""A calm panel: what is the matter, what to do next, and buttons for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout

from desktop import theme
from desktop.views.flow_layout import FlowLayout

Choice = tuple[str, str, Callable[[], object]]
"""A button: its text, what it does in words, and the deed. The first of several is the one to take."""


class MessagePanel(QFrame):
    """Title, message, how far something is, buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = QLabel()
        self.title.setProperty("role", "large")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.message = QLabel()
        self.message.setProperty("role", "muted")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._row = FlowLayout(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.M)
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addWidget(self.bar)
        column.addSpacing(theme.XS)
        column.addLayout(self._row)

    def say(self, title: str, message: str, choices: Sequence[Choice] = ()) -> None:
        """Show this and no longer what was shown before."""
        self.title.setText(title)
        self.message.setText(message)
        self.setAccessibleName(f"{title}. {message}")
        self.bar.hide()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (text, meaning, deed) in enumerate(choices):
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setToolTip(meaning)
            if place == 0:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda _, deed=deed: deed())
            self._row.addWidget(button)
            button.show()  # until then the layout leaves no room for it
        self.show()

    def show_share(self, share: float) -> None:
        """Show how far it is, 0 to 1, until something else is said."""
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * share))
        self.bar.show()
