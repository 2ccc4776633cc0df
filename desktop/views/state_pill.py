# SPDX-License-Identifier: Apache-2.0
"""The pill in the header that says what the learner does, and where; a press on it tells more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.learner_status import LearnerStatus, Phase, Stage
from desktop.shortcuts import Shortcuts
from desktop.theme import Theme
from desktop.views.backbone_words import change_words, meaning, progress_words
from desktop.views.learner_words import (
    device_words,
    state_words,
    step_words,
    version_meaning,
    version_words,
)

if TYPE_CHECKING:
    from desktop.session import Session

_SHOWN_MILLISECONDS = 33


class StatePill(QPushButton):
    """Shows a LearnerStatus in a few words, in every room: "● learning 23/40 · CPU"."""

    pause = Signal()
    """Learning is to pause, or to go on where it has paused."""
    sleep = Signal()
    """Everything is to be gone over."""
    give_up = Signal()
    """The backbone in use is to stay, whatever is under way."""
    start_again = Signal()
    """The learner that stopped for good is to start."""

    def __init__(self, appearance: Theme, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._theme = appearance
        self._status = LearnerStatus()
        self._total = 0
        self._has_project = False
        self._short = False
        self._dot = ""
        self.setProperty("role", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(theme.DOT + theme.XS, theme.DOT))
        self.setToolTip(self.tr("What the learner is doing, and where; press for more"))
        self.details = StateDetails(self, shortcuts)
        self.details.pause.connect(self.pause)
        self.details.sleep.connect(self.sleep)
        self.details.give_up.connect(self.give_up)
        self.details.start_again.connect(self.start_again)
        self.clicked.connect(self._open_details)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_MILLISECONDS)
        self._soon.timeout.connect(self._show)
        appearance.changed.connect(self._show)
        self._show()

    def show_session(self, session: Session) -> None:
        """Show the learner of this project from now on."""
        self._has_project = True
        self._status = session.learner.status
        self._total = session.model.to_learn
        session.learner.status_changed.connect(self.show_status)
        session.model.changed.connect(lambda: self.show_total(session.model.to_learn))
        self._show()

    def show_status(self, status: LearnerStatus) -> None:
        """Show what the learner does, some thirty times a second at most: it steps far more often than that."""
        self._status = status
        if not self._soon.isActive():
            self._soon.start()

    def show_total(self, total: int) -> None:
        """Take into account how many samples there are to learn from."""
        self._total = total
        self._show()

    def show_short(self, short: bool) -> None:
        """Leave away where it learns, or say it again."""
        if short != self._short:
            self._short = short
            self._show()

    def show_no_project(self) -> None:
        """Say that there is nothing to learn from."""
        self._has_project = False
        self._show()

    def _open_details(self) -> None:
        self.details.show_status(self._status, self._total)
        self.details.show_below(self)

    def _show(self) -> None:
        words, tone = state_words(self._status, self._total)
        change = self._status.change
        where = (change.device if change is not None else None) or self._status.device
        device = where.kind if where is not None else ""
        said = f"{words} · {device}" if device else words
        text = words if self._short else said
        if not self._has_project:
            text = said = self.tr("no project")
            tone = "muted"
        if text != self.text():
            self.setText(text)
        name = self.tr("Learner: {state}").format(state=said)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        colour = getattr(self._theme.tokens, tone)
        if colour != self._dot:
            self._dot = colour
            self.setIcon(_dot(colour, self.devicePixelRatioF()))
        if self.details.isVisible():
            self.details.show_status(self._status, self._total)


class StateDetails(QFrame):
    """What lies under the pill: what the learner does and where, its version, and what it can be told."""

    pause = Signal()
    sleep = Signal()
    give_up = Signal()
    start_again = Signal()

    def __init__(self, parent: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._shortcuts = shortcuts
        self._on_hold = False
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("The learner"))
        self.state = QLabel()
        self.state.setProperty("role", "title")
        self.step, self.device, self.version = QLabel(), QLabel(), QLabel()
        for label in (self.step, self.device, self.version):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of learning"))
        self.progress.setToolTip(self.tr("Progress of learning"))
        self.pausing, self.sleeping, self.giving_up, self.starting = (QPushButton() for _ in range(4))
        self.pausing.clicked.connect(self.pause)
        self.sleeping.clicked.connect(self._sleep)
        self.giving_up.clicked.connect(self._give_up)
        self.starting.clicked.connect(self.start_again)
        self._lay_out()
        shortcuts.changed.connect(self._name_buttons)
        self._name_buttons()

    def show_below(self, widget: QWidget) -> None:
        """Open under a widget, their right edges in line."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(theme.POPOVER_WIDTH, layout.totalHeightForWidth(theme.POPOVER_WIDTH))
        corner = widget.mapToGlobal(QPoint(widget.width() - theme.POPOVER_WIDTH, widget.height() + theme.XS))
        left = self.screen().availableGeometry().left()
        self.move(max(left, corner.x()), corner.y())
        self.show()
        (self.starting if self.starting.isVisibleTo(self) else self.pausing).setFocus(Qt.FocusReason.PopupFocusReason)

    def show_status(self, status: LearnerStatus, total: int) -> None:
        """Show what the learner does."""
        words, _ = state_words(status, total)
        self.state.setText(words[:1].upper() + words[1:])
        learning = status.phase is Phase.LEARNING and not status.on_hold
        change = status.change if status.phase not in {Phase.PAUSED, Phase.RESTARTING} else None
        if change is not None and change.total and change.stage is not Stage.REBUILDING:
            done, total = change.done, change.total
        else:
            done, total = (status.step.number, status.step.total) if status.step and learning else (0, 1)
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self.progress.setVisible(learning or change is not None)
        if change is None:
            self.step.setText(status.detail or step_words(status))
            self.step.setToolTip(
                self.tr(
                    "How well the last batch went: its loss (smaller is better) and how much of it was right.\n"
                    "The batch is made of samples it learns from, so this is no measure of how good the model is."
                )
            )
        else:
            on_hold = status.on_hold
            self.step.setText(progress_words(change, on_hold=on_hold) or change_words(change, on_hold=on_hold))
            self.step.setToolTip(meaning())
        self.step.setVisible(bool(self.step.text()))
        self.device.setText(device_words(status))
        version = version_words(status)
        self.version.setText(f"{version[:1].upper()}{version[1:]}")
        self.version.setToolTip(version_meaning(status))
        dead = status.phase is Phase.PAUSED
        self.starting.setVisible(dead)
        self.pausing.setVisible(not dead)
        self.sleeping.setEnabled(not dead and not status.on_hold)
        self.sleeping.setVisible(change is None)
        self.giving_up.setVisible(change is not None)
        if status.on_hold != self._on_hold:
            self._on_hold = status.on_hold
            self._name_buttons()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.S)
        for widget in (self.state, self.progress, self.step, self.device, self.version):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.S, 0, 0)
        row.setSpacing(theme.S)
        for button in (self.starting, self.pausing, self.sleeping, self.giving_up):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def _sleep(self) -> None:
        self.hide()
        self.sleep.emit()

    def _give_up(self) -> None:
        self.hide()
        self.give_up.emit()

    def _name_buttons(self) -> None:
        pausing = self.tr("Go on learning") if self._on_hold else self.tr("Pause learning")
        meaning = self.tr("Learn again") if self._on_hold else self.tr("Learn nothing until you say so; answers go on")
        _name(self.pausing, pausing, self._shortcuts.tooltip(meaning, "pause"))
        _name(self.sleeping, self.tr("Go over everything"), self.tr("Learn everything anew, without waiting for quiet"))
        _name(self.giving_up, self.tr("Give up"), self.tr("Keep the backbone in use, and give up the other one"))
        _name(self.starting, self.tr("Start it again"), self.tr("Start the learner again"))


def _name(button: QPushButton, text: str, meaning: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)


def _dot(colour: str, ratio: float) -> QIcon:
    """Return a dot with some room at its right, which buttons do not leave between picture and text."""
    pixmap = QPixmap(round((theme.DOT + theme.XS) * ratio), round(theme.DOT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(1, 1, theme.DOT - 2, theme.DOT - 2))
    painter.end()
    return QIcon(pixmap)
