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
    "settings": "ph.gear-six",
    "look": "ph.palette",
    "language": "ph.translate",
    "keys": "ph.keyboard",
    "privacy": "ph.shield-check",
    "reset": "ph.arrow-counter-clockwise",
    "confirm": "ph.check",
    "ask": "ph.question",
    "sliders": "ph.sliders-horizontal",
    "delete": "ph.trash",
    "label": "ph.tag",
    "hold_out": "ph.flask",
    "history": "ph.clock-counter-clockwise",
    "close": "ph.x",
    "calendar": "ph.calendar-blank",
    "recording": "ph.stack",
    "sort": "ph.sort-descending",
    "small_pictures": "ph.dots-nine",
    "large_pictures": "ph.square",
    "here": "ph.caret-right",
    "before": "ph.caret-left",
    "larger": "ph.arrows-out-simple",
    "smaller": "ph.arrows-in-simple",
    "action": "ph.lightning",
    "terminal": "ph.terminal-window",
    "folder": "ph.folder-open",
    "edit": "ph.pencil-simple",
    "copy": "ph.copy",
    "screen": "ph.monitor",
    "log": "ph.file-text",
    "try": "ph.play",
    "done": "ph.check-circle",
    "todo": "ph.circle",
    "open": "ph.folder-open",
    "demo": "ph.cube",
    "watch": "ph.film-strip",
    "bell": "ph.bell",
    "backbone": "ph.eye",
    "learning": "ph.graduation-cap",
}


def icon(name: str, colour: str) -> QIcon:
    """Return an icon in a colour."""
    made: QIcon = qtawesome.icon(_NAMES[name], color=colour)
    return made
