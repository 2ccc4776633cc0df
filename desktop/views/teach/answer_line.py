# SPDX-License-Identifier: Apache-2.0
"""The line under the answer: which key does what, and buttons for what keys do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import Shortcuts
from desktop.theme import Theme
from desktop.views.elided_label import ElidedLabel
from desktop.views.teach.controls import quiet_button

_ROOM_FOR_WORDS = 680


class AnswerLine(QWidget):
    """Says what to press, and has "Right", "Unknown…" and "Recording" as buttons."""

    right = Signal()
    """The answer is right."""
    unknown_wanted = Signal()
    recording_wanted = Signal()

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._confirm = self.tr("Enter")
        self._new = "N"
        self._name: str | None = None
        self.words = ElidedLabel()
        self.words.setProperty("role", "small")
        self.words.setAccessibleName(self.tr("Keys"))
        self.confirm = quiet_button(self.tr("The answer is right"), "")
        self.unknown = quiet_button(
            self.tr("When to say unknown"), self.tr("Choose when to say “unknown”, and see what it does (U)")
        )
        self.recording = quiet_button(
            self.tr("Recording"), self.tr("Choose camera, square, rate, countdown and more (R)")
        )
        self.unknown.setCheckable(True)
        self.recording.setCheckable(True)
        self.confirm.clicked.connect(self.right)
        self.unknown.clicked.connect(self.unknown_wanted)
        self.recording.clicked.connect(self.recording_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self.words, 1)
        for button in self._buttons:
            row.addWidget(button)
        appearance.changed.connect(self._show)
        self._show()

    def show_answer(self, name: str | None) -> None:
        """Show what can be said about an answer; None where there is none that could be right or wrong."""
        if name != self._name:
            self._name = name
            self._show()

    def show_open(self, *, unknown: bool, recording: bool) -> None:
        """Show which of the panels is open."""
        self.unknown.setChecked(unknown)
        self.recording.setChecked(recording)

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Name the keys that a person has chosen."""
        self._confirm = self.tr("Enter") if shortcuts.is_default("confirm") else shortcuts.text("confirm")
        self._new = shortcuts.text("new_class")
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the words of the buttons out where there is no room for them."""
        super().resizeEvent(event)
        self._show()

    @property
    def _buttons(self) -> tuple[QToolButton, ...]:
        return self.confirm, self.unknown, self.recording

    def _show(self) -> None:
        wide = self.width() >= _ROOM_FOR_WORDS
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        texts = (self.tr("Right"), self.tr("Unknown…"), self.tr("Recording"))
        for button, text, name in zip(self._buttons, texts, ("confirm", "ask", "sliders"), strict=True):
            button.setText(text)
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(theme.ICON, theme.ICON))
            button.setIcon(icon(name, self._theme.tokens.muted))
        self.confirm.setEnabled(self._name is not None)
        meaning = self.tr("The answer is right: keep this picture as a sample of it ({key})")
        self.confirm.setToolTip(meaning.format(key=self._confirm) if self._confirm else meaning.partition(" (")[0])
        if self._name is None:
            text = self.tr("Hold 1–9 to record · {new} new class · Ctrl+Z takes it back").format(new=self._new)
        else:
            text = self.tr("{confirm} = right · 1–9 = no, it is … · hold to record").format(confirm=self._confirm)
        self.words.setText(text)
