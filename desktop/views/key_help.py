# SPDX-License-Identifier: Apache-2.0
"""The keys of the room that is open, laid over it until the next key or click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.shortcuts import EVERYWHERE, Shortcuts, shortcuts

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -2, Qt.Key.Key_PageDown: 2}


class KeyHelp(QFrame):
    """Lists keys and what they do.

    Args:
        parent: the window it lies over.
        keys: which key does what.
        place: where the keys count.
        others: further keys of the room, and what they do.
    """

    def __init__(self, parent: QWidget, keys: Shortcuts, place: str, others: list[tuple[str, str]]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Keys"))
        every = [(one, keys.text(one.name)) for one in shortcuts()]
        here = [(key, one.words) for one, key in every if one.where == place and key]
        # A room may name keys that can be chosen among its own.
        known = {_first(one.default) for one, _ in every if one.where == place}
        others = [(key, words) for key, words in others if key not in known]
        anywhere = [(key, one.words) for one, key in every if one.where == EVERYWHERE and key]
        columns = self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(theme.XXL)
        if others or here:
            columns.addLayout(_column(self.tr("In this room"), others + here), 1)
        columns.addLayout(_column(self.tr("Everywhere"), anywhere), 1)
        note = QLabel(self.tr("You can choose other keys in the preferences. Any key closes this list."))
        note.setProperty("role", "small")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.L)
        column.addLayout(columns)
        column.addWidget(note)
        self._list = QScrollArea()
        self._list.setWidget(inside)
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)  # the frame keeps room for its own line
        whole.addWidget(self._list)

    def show_over(self, widget: QWidget) -> None:
        """Open in the middle of a widget, as large as it takes and the screen has room for."""
        room = self.screen().availableSize() - QSize(theme.XXL, theme.XXL)
        wanted = self._wanted()
        if wanted.width() > room.width():
            self._columns.setDirection(QBoxLayout.Direction.TopToBottom)
            wanted = self._wanted()
        if wanted.height() > room.height():
            wanted += QSize(self._list.verticalScrollBar().sizeHint().width(), 0)
        self.resize(wanted.boundedTo(room))
        corner = widget.mapToGlobal(widget.rect().center()) - self.rect().center()
        screen = self.screen().availableGeometry()
        last = screen.bottomRight() - self.rect().bottomRight()
        self.move(
            max(screen.left(), min(corner.x(), last.x())),
            max(screen.top(), min(corner.y(), last.y())),
        )
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close, but for the keys that move a list that is too long for the screen."""
        bar = self._list.verticalScrollBar()
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and bar.maximum() > 0:
            bar.setValue(bar.value() + step * bar.pageStep() // 2)
        else:
            self.close()
        event.accept()

    def _wanted(self) -> QSize:
        inside = self._list.widget()
        if inside is None:
            return QSize()
        for label in inside.findChildren(QLabel):
            label.ensurePolished()  # until then they have the application's font, and not their own
        inside.adjustSize()
        return inside.sizeHint() + QSize(2, 2)


def _first(keys: str) -> str:
    return QKeySequence(keys.partition("; ")[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _column(title: str, keys: list[tuple[str, str]]) -> QVBoxLayout:
    heading = QLabel(title)
    heading.setProperty("role", "title")
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.M)
    grid.setVerticalSpacing(theme.S)
    grid.setColumnStretch(1, 1)
    for row, (key, words) in enumerate(keys):
        chip = QLabel(key)
        chip.setProperty("role", "key")
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setContentsMargins(theme.S, 2, theme.S, 2)
        said = QLabel(words)
        said.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(chip, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(said, row, 1)
    column = QVBoxLayout()
    column.setSpacing(theme.M)
    column.addWidget(heading)
    column.addLayout(grid)
    column.addStretch(1)
    return column
