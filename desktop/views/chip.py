# SPDX-License-Identifier: Apache-2.0
"""A rounded button that is on or off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QToolButton

from desktop import theme
from desktop.text import caption, tooltip

ICON = 16
"""Pixels of a chip's icon."""


class Chip(QToolButton):
    """Whoever owns it says whether it is on, not the click.

    Args:
        fill: fills the menu that it opens each time; without it, it is clicked.
    """

    def __init__(self, fill: Callable[[QMenu], None] | None = None) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setIconSize(QSize(ICON + theme.S, ICON))  # Qt leaves hardly any room between icon and text
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if fill is not None:
            menu = QMenu(self)

            def open_menu() -> None:
                menu.clear()
                fill(menu)

            menu.aboutToShow.connect(open_menu)
            self.setMenu(menu)
            self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def show_state(self, text: str, meaning: str, *, on: bool, picture: QIcon | None = None, said: str = "") -> None:
        """Show this text and whether it is on.

        Args:
            text: on the chip; as much of it as there is room for.
            meaning: what it does, in words.
            on: whether it is on.
            picture: beside the text.
            said: the text as a screen reader says it, if it is another.
        """
        self.setText(caption(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme.LIST_WIDTH)))
        self.setAccessibleName(said or text)
        self.setToolTip(tooltip(meaning))
        self.setChecked(on)
        self.setIcon(picture or QIcon())

    def nextCheckState(self) -> None:  # noqa: N802
        """Stay as it is until the owner says otherwise."""
