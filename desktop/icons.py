# SPDX-License-Identifier: Apache-2.0
"""Icons: glyphs of a font that has those of Phosphor's outline family which are used here, and no others."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

from learner.files import assets_folder

FONT_VERSION = "1.3.0"

_GLYPHS = {
    "camera": "\uf0b1",  # camera
    "add": "\uf27f",  # plus
    "more": "\uf145",  # dots-three
    "record": "\uf29b",  # record
    "project": "\uf18f",  # folder-simple
    "undo": "\uf021",  # arrow-counter-clockwise
    "redo": "\uf020",  # arrow-clockwise
    "light": "\uf2fe",  # sun
    "dark": "\uf21f",  # moon
    "sound": "\uf2e0",  # speaker-high
    "silent": "\uf2e8",  # speaker-slash
    "down": "\uf0c2",  # caret-down
    "settings": "\uf19c",  # gear-six
    "look": "\uf257",  # palette
    "language": "\uf333",  # translate
    "keys": "\uf1e5",  # keyboard
    "privacy": "\uf2b8",  # shield-check
    "backups": "\uf008",  # archive
    "reset": "\uf021",  # arrow-counter-clockwise
    "confirm": "\uf0e7",  # check
    "ask": "\uf293",  # question
    "sliders": "\uf2d0",  # sliders-horizontal
    "delete": "\uf334",  # trash
    "label": "\uf305",  # tag
    "hold_out": "\uf180",  # flask
    "history": "\uf0fc",  # clock-counter-clockwise
    "close": "\uf36d",  # x
    "calendar": "\uf0ad",  # calendar-blank
    "recording": "\uf2f1",  # stack
    "sort": "\uf2dd",  # sort-descending
    "small_pictures": "\uf142",  # dots-nine
    "large_pictures": "\uf2ed",  # square
    "here": "\uf0c4",  # caret-right
    "before": "\uf0c3",  # caret-left
    "larger": "\uf052",  # arrows-out-simple
    "smaller": "\uf04c",  # arrows-in-simple
    "action": "\uf1ef",  # lightning
    "terminal": "\uf30e",  # terminal-window
    "folder": "\uf18c",  # folder-open
    "edit": "\uf266",  # pencil-simple
    "copy": "\uf114",  # copy
    "screen": "\uf21d",  # monitor
    "log": "\uf170",  # file-text
    "try": "\uf27c",  # play
    "done": "\uf0e8",  # check-circle
    "todo": "\uf0ec",  # circle
    "open": "\uf18c",  # folder-open
    "demo": "\uf120",  # cube
    "watch": "\uf172",  # film-strip
    "bell": "\uf082",  # bell
    "backbone": "\uf15b",  # eye
    "export": "\uf15a",  # export
    "serve": "\uf0a2",  # broadcast
    "learning": "\uf1b6",  # graduation-cap
}
"""What each icon is here, and what Phosphor calls it."""

_SHARE = 0.875
"""Of an icon's height; the rest is air."""


class _Engine(QIconEngine):
    """Paints a glyph in a colour, whatever the size; faded where it cannot be pressed."""

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint it."""
        colour = QColor(self._colour)
        if mode is QIcon.Mode.Disabled:
            colour = QGuiApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        font = QFont(_family())
        font.setPixelSize(max(1, round(_SHARE * rect.height())))
        painter.save()
        painter.setPen(colour)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it as a picture."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture


@cache
def icon(name: str, colour: str) -> QIcon:
    """Return an icon in a colour."""
    return QIcon(_Engine(_GLYPHS[name], colour))


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(assets_folder() / "phosphor.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]
