# SPDX-License-Identifier: Apache-2.0
"""That other programs can ask, where it can be seen from every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from desktop import theme
from desktop.icons import icon
from desktop.theme import Theme

if TYPE_CHECKING:
    from desktop.serving import Serving


class ServingButton(QToolButton):
    """Is there while the server is on; a click is to lead to where it is stopped."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._serving: Serving | None = None
        self.setProperty("role", "quiet")
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = self.tr("Other programs on this computer can ask")
        self.setAccessibleName(words)
        self.setToolTip(self.tr("{words}: look at it in Use").format(words=words))
        appearance.changed.connect(self._show)
        self.hide()

    def show_serving(self, serving: Serving) -> None:
        """Show whether this server is on from now on."""
        if self._serving is not None:
            self._serving.changed.disconnect(self._show)
        self._serving = serving
        serving.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setIcon(icon("serve", self._theme.tokens.accent))
        self.setVisible(self._serving is not None and self._serving.is_on)
