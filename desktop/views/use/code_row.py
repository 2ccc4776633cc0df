# SPDX-License-Identifier: Apache-2.0
"""Lines to be used elsewhere, with a button that copies them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.theme import Theme
from desktop.views.use.use_card import sentence

_COPIED_MILLISECONDS = 2000


class CodeRow(QWidget):
    """A title and the button, and the lines below.

    Args:
        appearance: light or dark.
        title: where the lines belong.
        meaning: what the button copies, in words.
    """

    def __init__(self, appearance: Theme, title: str, meaning: str) -> None:
        super().__init__()
        self._theme = appearance
        self._title = QLabel(title)
        self._title.setProperty("role", "small")
        self.copy = QToolButton()
        self.copy.setProperty("role", "quiet")
        self.copy.setIconSize(QSize(theme.ICON, theme.ICON))
        self.copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copy.setAccessibleName(meaning)
        self.copy.setToolTip(meaning)
        self.copy.clicked.connect(self._copy)
        self.code = sentence(role="code")
        self.code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MILLISECONDS)
        self._copied.timeout.connect(self._show_copy)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.code)
        appearance.changed.connect(self._show_copy)
        self._show_copy()
        # While its surroundings are laid out, there is less room for a moment, and none for the icon.
        self.copy.setMinimumSize(self.copy.sizeHint())

    def show_code(self, code: str) -> None:
        """Show these lines."""
        if code != self.code.text():
            self.code.setText(code)
            self._show_copy()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy.setText(self.tr("Copied"))
        self.copy.setIcon(icon("done", self._theme.tokens.good))
        self._copied.start()

    def _show_copy(self) -> None:
        self._copied.stop()
        self.copy.setText(self.tr("Copy"))
        self.copy.setIcon(icon("copy", self._theme.tokens.text))
