# SPDX-License-Identifier: Apache-2.0
"""A few possibilities side by side, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from desktop import theme
from desktop.text import caption
from desktop.views.flow_layout import FlowLayout


class ChoiceRow(QWidget):
    """A row of buttons, one of them pressed.

    Args:
        name: what is chosen, for those who do not see it.
        choices: the texts of the buttons, and what each comes to in words.
    """

    chosen = Signal(int)
    """A person has chosen the one at this place."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = FlowLayout(theme.XS)
        self.setLayout(row)
        for place, (text, meaning) in enumerate(choices):
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setText(caption(text))
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.setToolTip(meaning)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)

    def show_choice(self, place: int) -> None:
        """Show which one is chosen."""
        self._group.button(place).setChecked(True)
