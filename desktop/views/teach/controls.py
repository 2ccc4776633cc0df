# SPDX-License-Identifier: Apache-2.0
"""Small controls with everything that belongs to one: a name, a tooltip, a place in the order of Tab."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QSlider, QToolButton

from desktop import theme


def chip_button(text: str, name: str, meaning: str) -> QToolButton:
    """Return a chip that is on or off."""
    chip = QToolButton()
    chip.setProperty("role", "chip")
    chip.setText(text)
    chip.setCheckable(True)
    chip.setAccessibleName(name)
    chip.setToolTip(meaning)
    chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return chip


def slider(least: int, most: int, name: str, meaning: str) -> QSlider:
    """Return a slider from left to right."""
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(least, most)
    made.setAccessibleName(name)
    made.setToolTip(meaning)
    return made


def menu_button(name: str, meaning: str, menu: QMenu) -> QPushButton:
    """Return a button that shows what was chosen and opens a menu to choose from."""
    button = QPushButton()
    button.setProperty("role", "menu")
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    # Not by `setMenu`: with an aligned text Qt's style sheets would put it at the very edge.
    button.clicked.connect(lambda: menu.popup(button.mapToGlobal(QPoint(0, button.height() + theme.XS))))
    return button


def quiet_button(name: str, meaning: str) -> QToolButton:
    """Return a button without a frame, for an icon or a few words beside one."""
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
