# SPDX-License-Identifier: Apache-2.0
"""The panel that tells a person what is the matter: read it, press its buttons, and bring it about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.desktop.conftest import Desk


def panel(desk: Desk) -> tuple[str, str, list[str]]:
    """What the panel says, and its buttons; empty when there is none."""
    shown = desk.notices.panel
    if not shown.isVisibleTo(desk.app.window):
        return "", "", []
    buttons = [button for button in shown.findChildren(QPushButton) if not button.isHidden()]
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    return shown.title.text(), shown.message.text(), [button.text() for button in buttons]


def press(desk: Desk, text: str) -> None:
    next(button for button in desk.notices.panel.findChildren(QPushButton) if button.text() == text).click()


def fail_to_open(desk: Desk, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.app.open_project(path, create=False).cannot_open, timeout=20_000):
        pass
