# SPDX-License-Identifier: Apache-2.0
"""How large a dialog is on a screen that may have little room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from desktop import theme


def size_dialog(dialog: QDialog, wanted: tuple[int, int]) -> None:
    """Give a dialog the size it wants, or as much of it as its screen has."""
    room = dialog.screen().availableSize() - QSize(theme.XXL, 2 * theme.XXL)
    dialog.resize(QSize(*wanted).boundedTo(room))
