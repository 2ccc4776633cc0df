# SPDX-License-Identifier: Apache-2.0
"""Icons: Phosphor's outline family, through QtAwesome."""

from __future__ import annotations

import os

# QtAwesome goes through QtPy, which would take another binding if the environment asked for one.
os.environ["QT_API"] = "pyside6"

import qtawesome
from PySide6.QtGui import QIcon

_NAMES = {
    "camera": "ph.camera",
    "add": "ph.plus",
    "more": "ph.dots-three",
    "record": "ph.record",
    "project": "ph.folder-simple",
    "undo": "ph.arrow-counter-clockwise",
    "redo": "ph.arrow-clockwise",
    "light": "ph.sun",
    "dark": "ph.moon",
    "sound": "ph.speaker-high",
    "silent": "ph.speaker-slash",
    "down": "ph.caret-down",
}


def icon(name: str, colour: str) -> QIcon:
    """Return an icon in a colour."""
    made: QIcon = qtawesome.icon(_NAMES[name], color=colour)
    return made
