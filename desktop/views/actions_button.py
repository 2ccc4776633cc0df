# SPDX-License-Identifier: Apache-2.0
"""How many actions are on, where it can be seen from every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from desktop import theme
from desktop.icons import icon
from desktop.theme import Theme

if TYPE_CHECKING:
    from desktop.action_runner import ActionRunner


class ActionsButton(QToolButton):
    """Shows the number; a click is to lead to where they are."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._runner: ActionRunner | None = None
        self.setProperty("role", "quiet")
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        appearance.changed.connect(self._show)
        self.hide()

    def show_runner(self, runner: ActionRunner) -> None:
        """Show how many actions of this runner are on from now on."""
        if self._runner is not None:
            self._runner.changed.disconnect(self._show)
        self._runner = runner
        runner.changed.connect(self._show)
        self._show()

    def show_short(self, short: bool) -> None:
        """Leave the number to the tooltip where there is little room."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if short else beside)

    def _show(self) -> None:
        count = self._runner.on if self._runner is not None else 0
        words = self.tr("1 action is on") if count == 1 else self.tr("{count} actions are on").format(count=count)
        self.setText(str(count))
        self.setAccessibleName(words)
        self.setToolTip(self.tr("{words}: look at them in Use").format(words=words))
        self.setIcon(icon("action", self._theme.tokens.accent))
        self.setVisible(count > 0)
