# SPDX-License-Identifier: Apache-2.0
"""The page of the preferences on which keys are chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import EVERYWHERE, INSIGHT, REVIEW, TEACH, Shortcut, Shortcuts, is_of_a_class, shortcuts
from desktop.theme import Theme


class KeyPage(QWidget):
    """A row for each thing that has a key: what it is, its key, and the way back to the one it came with.

    Args:
        appearance: the colours.
        keys: is changed here.
    """

    def __init__(self, appearance: Theme, keys: Shortcuts) -> None:
        super().__init__()
        self._theme = appearance
        self._keys = keys
        self._words = {one.name: one.words for one in shortcuts()}
        self._before: dict[str, list[QKeySequence]] = {}
        self.edits: dict[str, QKeySequenceEdit] = {}
        self.resets: dict[str, QToolButton] = {}
        self.said = QLabel()
        self.said.setProperty("role", "small")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = _button(self.tr("Undo"), self.tr("Give the keys back as they were"))
        self.undo.clicked.connect(self._take_back)
        self.reset_all = _button(self.tr("Reset all keys"), self.tr("Give everything the key it came with"))
        self.reset_all.clicked.connect(self._reset_all)
        self._lay_out()
        keys.changed.connect(self._show)
        appearance.changed.connect(self._show_icons)
        self._show_icons()
        self._say(self.tr("Press a field, then the key you want. The digits belong to the classes."))
        self._show()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, theme.M, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(0, 1)
        for where in (EVERYWHERE, TEACH, REVIEW, INSIGHT):
            of_place = [one for one in shortcuts() if one.where == where]
            if of_place:
                heading = QLabel(_place_words(where))
                heading.setProperty("role", "title")
                grid.addWidget(heading, grid.rowCount(), 0, 1, 3)
            for one in of_place:
                self._add_row(grid, one)
        rows = QWidget()
        rows.setLayout(grid)
        area = QScrollArea()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.undo)
        foot.addWidget(self.reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _add_row(self, grid: QGridLayout, one: Shortcut) -> None:
        row = grid.rowCount()
        words = QLabel(one.words)
        words.setWordWrap(True)
        edit = self.edits[one.name] = QKeySequenceEdit()
        edit.setMinimumWidth(theme.KEY_WIDTH)
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        meaning = self.tr("The key for “{words}”; press the one you want").format(words=one.words)
        for field in (edit, edit.findChild(QLineEdit)):
            if field is not None:
                field.setAccessibleName(one.words)
                field.setToolTip(meaning)
        edit.editingFinished.connect(lambda name=one.name: self._choose(name))
        words.setBuddy(edit)
        reset = self.resets[one.name] = QToolButton()
        reset.setProperty("role", "quiet")
        reset.setIconSize(QSize(theme.L, theme.L))
        reset.setAccessibleName(self.tr("Reset “{words}”").format(words=one.words))
        reset.setToolTip(self.tr("Give it the key it came with"))
        reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        reset.clicked.connect(lambda _, name=one.name: self._reset(name))
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        for place, widget in enumerate((words, edit, reset)):
            grid.addWidget(widget, row, place)

    def _choose(self, name: str) -> None:
        wanted = self.edits[name].keySequence()
        present = self._keys.sequences(name)
        if wanted == (present[0] if present else QKeySequence()):
            return
        if is_of_a_class(wanted):
            self._say(self.tr("The digits belong to the classes. Choose another key."))
            self._show()
            return
        losers = [] if wanted.isEmpty() else self._keys.holders(name, wanted)
        self._before = {one: self._keys.sequences(one) for one in (name, *losers)}
        self._keys.choose(name, [] if wanted.isEmpty() else [wanted])
        key = wanted.toString(QKeySequence.SequenceFormat.NativeText)
        if losers:
            lost = self.tr("{key} was the key for “{words}”, which has lost it.")
            self._say(lost.format(key=key, words="”, “".join(self._words[one] for one in losers)), undo=True)
        elif wanted.isEmpty():
            self._say(self.tr("“{words}” has no key now.").format(words=self._words[name]), undo=True)
        else:
            self._say(
                self.tr("{key} is the key for “{words}” now.").format(key=key, words=self._words[name]), undo=True
            )

    def _take_back(self) -> None:
        before, self._before = self._before, {}
        # Whoever lost its key gets it back last, since giving a key away takes it from others.
        for name, sequences in before.items():
            self._keys.choose(name, sequences)
        self._say(self.tr("The keys are as they were."))

    def _reset(self, name: str) -> None:
        self._keys.reset(name)
        self._say(self.tr("“{words}” has the key it came with.").format(words=self._words[name]))

    def _reset_all(self) -> None:
        self._keys.reset()
        self._say(self.tr("Everything has the key it came with."))

    def _say(self, text: str, *, undo: bool = False) -> None:
        self.said.setText(text)
        self.undo.setVisible(undo)

    def _show(self) -> None:
        for name, edit in self.edits.items():
            sequences = self._keys.sequences(name)
            edit.setKeySequence(sequences[0] if sequences else QKeySequence())
            field = edit.findChild(QLineEdit)
            if field is not None:  # Qt writes a text of its own into an empty one, each time
                field.setPlaceholderText(self.tr("No key: press one"))
            self.resets[name].setVisible(not self._keys.is_default(name))
        self.reset_all.setEnabled(any(not self._keys.is_default(name) for name in self.edits))

    def _show_icons(self) -> None:
        for reset in self.resets.values():
            reset.setIcon(icon("reset", self._theme.tokens.muted))


def _place_words(where: str) -> str:
    translate = QCoreApplication.translate
    return {
        EVERYWHERE: translate("Shortcuts", "Everywhere"),
        TEACH: translate("Shortcuts", "Teach"),
        REVIEW: translate("Shortcuts", "Review"),
        INSIGHT: translate("Shortcuts", "Insight"),
    }[where]


def _button(text: str, meaning: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    button.setAutoDefault(False)
    return button
