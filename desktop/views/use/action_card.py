# SPDX-License-Identifier: Apache-2.0
"""One action: what it waits for, what it does, what became of it, and a switch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.action_runner import ActionRunner
from desktop.actions import Action, RunCommand
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.text import tooltip
from desktop.theme import Theme, ink_on
from desktop.views.answer_bars import initial
from desktop.views.elided_label import ElidedLabel
from desktop.views.switch import Switch
from desktop.views.use.action_words import deed_text, history_text, when_text
from desktop.views.use.use_card import name_role, sentence

_PROGRESS = 3


class ActionCard(QFrame):
    """Shows an action; what a person wants of it goes out as signals.

    Args:
        appearance: light or dark.
        runner: knows what became of it.
        model: the classes.
        action: the action.
    """

    edit_wanted = Signal(str)
    """The action with this id is to be edited."""

    def __init__(self, appearance: Theme, runner: ActionRunner, model: ClassModel, action: Action) -> None:
        super().__init__()
        self._theme = appearance
        self._runner = runner
        self._model = model
        self.action = action
        self._progress = 0.0
        self._colour = ""
        self.setProperty("role", "row")
        self._chip = QLabel()
        self._chip.setFixedSize(theme.CHIP, theme.CHIP)
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = ElidedLabel()
        self.words.setProperty("role", "strong")
        self.command = sentence(role="code")
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = sentence(role="small")
        self.switch = Switch(appearance, "", self.tr("Switch this action on or off"))
        self.switch.clicked.connect(lambda on: runner.switch(self.action.id, on))
        self.trial = QPushButton(self.tr("Try it"))
        self.trial.clicked.connect(lambda: runner.try_out(self.action))
        self.edit = _tool(self.tr("Change this action"))
        self.edit.clicked.connect(lambda: self.edit_wanted.emit(self.action.id))
        self.remove = _tool(self.tr("Remove this action; undo brings it back"))
        self.remove.clicked.connect(lambda: runner.remove(self.action.id))
        self._lay_out()
        appearance.changed.connect(self.refresh)
        self.refresh()

    def show_action(self, action: Action) -> None:
        """Show the action as it is now."""
        self.action = action
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew."""
        action, tokens = self.action, self._theme.tokens
        name = self._runner.name_of(action)
        info = None if action.class_id is None else self._model.with_id(action.class_id)
        self._colour = info.colour if info else tokens.muted
        self._chip.setText(initial(info.name) if info else "?")
        self._chip.setStyleSheet(
            f"background: {self._colour}; color: {ink_on(self._colour)}; border-radius: {theme.RADIUS}px; "
            f"font-size: {theme.TITLE}px; font-weight: 600;"
        )
        words = f"{when_text(action, name)}  →  {deed_text(action.deed)}"
        self.words.setText(words)
        self.words.setToolTip(tooltip(words))
        self.setAccessibleName(words)
        self.command.setText(action.deed.command if isinstance(action.deed, RunCommand) else "")
        self.command.setVisible(isinstance(action.deed, RunCommand))
        self.switch.setChecked(action.on)
        self.switch.setAccessibleName(self.tr("On: {action}").format(action=words))
        self.trial.setToolTip(self.tr("Do it once now, as if it had been seen"))
        self.trial.setAccessibleName(self.tr("Try it: {action}").format(action=words))
        self.edit.setIcon(icon("edit", tokens.text))
        self.edit.setAccessibleName(self.tr("Change: {action}").format(action=words))
        self.remove.setIcon(icon("delete", tokens.text))
        self.remove.setAccessibleName(self.tr("Remove: {action}").format(action=words))
        self.show_news()

    def show_news(self) -> None:
        """Show what became of it, and how near it is."""
        hindrance = self._runner.rights.hindrance(self.action)
        track = self._runner.track(self.action.id)
        failed = bool(hindrance) or (track is not None and track.failed)
        text = hindrance
        if track is not None and not hindrance:
            text = f"{history_text(track)} {track.note}".strip()
        name_role(self.state, "warning" if failed else "small")
        if text != self.state.text():
            self.state.setText(text)
        progress = 0.0 if hindrance else self._runner.progress(self.action)
        if progress != self._progress:
            self._progress = progress
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the row, and along its lower edge how much of the time has passed."""
        super().paintEvent(event)
        if not self._progress:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        whole = self.width() - 2 * theme.RADIUS
        bar = QRectF(theme.RADIUS, self.height() - _PROGRESS, whole * self._progress, _PROGRESS)
        painter.drawRoundedRect(bar, _PROGRESS / 2, _PROGRESS / 2)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addWidget(self.words)
        column.addWidget(self.command)
        column.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.M)
        row.setSpacing(theme.S)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._chip, 0, top)
        row.addSpacing(theme.XS)
        row.addLayout(column, 1)
        tools = QHBoxLayout()
        tools.setSpacing(theme.S)
        parts: tuple[QWidget, ...] = (self.trial, self.edit, self.remove, self.switch)
        for part in parts:
            part.setMinimumSize(part.sizeHint())  # while its surroundings are laid out, there is less room for a moment
            tools.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(tools)
        row.setAlignment(tools, top)


def _tool(meaning: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setToolTip(meaning)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    return button
