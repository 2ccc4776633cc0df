# SPDX-License-Identifier: Apache-2.0
"""The strip at the bottom: what the learner does, how well, with how much, and where."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from desktop import theme
from desktop.learner_bridge import LearnerStatus, Phase
from desktop.theme import Theme
from desktop.views.elided_label import ElidedLabel
from learner.types import BurstScore

_ENOUGH_BURSTS = 3
_SHOWN_MILLISECONDS = 33


class LearningStrip(QFrame):
    """Shows a LearnerStatus and the number of samples, in words."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._status = LearnerStatus()
        self._total = 0
        self._note = ""
        self._colour = ""
        self.setProperty("role", "strip")
        self.setFixedHeight(56)
        self._dot = QLabel("●")
        self.state = _elided("State of the learner", "What the learner is doing")
        self.numbers = _label(
            "Last step",
            "How well the last batch went: its loss (smaller is better) and how much of it was right.\n"
            "The batch is made of samples it learns from, so this is no measure of how good the model is.",
        )
        self.honest = _elided(
            "Recognised before learning",
            "Of the last recordings of things it knew already, how many it recognised before it learned from them.\n"
            "Counted by recording, since the frames of one recording are much alike.",
        )
        self.samples = _label("Samples", "How many samples the project has, and how many still wait to be learned")
        self.device = _label("Device", "Where training runs")
        self.version = _label("Version", "The version in use, and its age")
        self.progress = QProgressBar()
        self._numbers_rule = _rule()
        for label in (self.numbers, self.honest, self.samples, self.device, self.version):
            label.setProperty("role", "small")
        self._lay_out()
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.timeout.connect(lambda: self.note(""))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_MILLISECONDS)
        self._soon.timeout.connect(self._show)
        self._age_timer = QTimer(self)
        self._age_timer.setInterval(1000)
        self._age_timer.timeout.connect(self._show)
        self._age_timer.start()
        appearance.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        self.progress.setAccessibleName("Progress of learning")
        self.progress.setToolTip("Progress of learning")
        first = QVBoxLayout()
        first.setSpacing(theme.XS)
        first.addStretch(1)
        state = QHBoxLayout()
        state.setSpacing(theme.S)
        state.addWidget(self._dot)
        state.addWidget(self.state, 1)
        first.addLayout(state)
        first.addWidget(self.progress)
        first.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.L)
        row.addLayout(first)
        row.addWidget(self._numbers_rule)
        row.addWidget(self.numbers)
        row.addWidget(_rule())
        row.addWidget(self.honest)
        row.addStretch(1)
        row.addWidget(self.samples)
        for label in (self.device, self.version):
            row.addWidget(_rule())
            row.addWidget(label)

    def show_status(self, status: LearnerStatus) -> None:
        """Show what the learner does, some thirty times a second at most: it steps far more often than that."""
        self._status = status
        if not self._soon.isActive():
            self._soon.start()

    def show_total(self, total: int) -> None:
        """Show how many samples there are."""
        self._total = total
        self._show()

    def note(self, text: str, milliseconds: int = 4000) -> None:
        """Say something for a while, 0 for good, in place of the state: "learned: mug (+30)"."""
        self._note = text
        self._note_timer.stop()
        if text and milliseconds:
            self._note_timer.start(milliseconds)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out the last step's numbers where there is no room: they are what is needed least."""
        super().resizeEvent(event)
        for widget in (self._numbers_rule, self.numbers):
            widget.setVisible(self.width() >= theme.WIDE)

    def _show(self) -> None:
        status = self._status
        step = status.step
        waiting = max(0, self._total - status.learned_total)
        text, colour = self._state(waiting)
        if colour != self._colour:
            self._colour = colour
            self._dot.setStyleSheet(f"color: {colour};")
        self.state.setText(text)
        learning = status.phase is Phase.LEARNING
        self.progress.setMaximum(step.total if step and learning else 1)
        self.progress.setValue(step.number if step and learning else 0)
        self.progress.setVisible(learning)
        self.numbers.setText(
            f"step {step.number} · loss {step.loss:.2f} · batch {step.accuracy:.0%} right".replace("%", " %")
            if step
            else "no step yet"
        )
        self.honest.setText(recognised_words(status.recognised))
        count = "1 sample" if self._total == 1 else f"{self._total:,} samples"
        self.samples.setText(f"{count} · {waiting:,} waiting" if waiting else count)
        self.device.setText(status.device.kind if status.device else "…")
        self.device.setToolTip(
            f"Training runs on {status.device.name}. {status.device.reason}"
            if status.device
            else "TensorFlow is still loading; answers come without it."
        )
        self.version.setText(
            f"version {status.version_id} · {age(time.time() - status.learned_at)}"
            if status.version_id is not None and status.learned_at is not None
            else "no version yet"
        )

    def _state(self, waiting: int) -> tuple[str, str]:
        status, tokens = self._status, self._theme.tokens
        if status.phase is Phase.PAUSED:
            return "learning is paused", tokens.bad
        if status.phase is Phase.RESTARTING:
            return "learner restarting", tokens.warn
        if status.phase is Phase.LEARNING:
            step = f" {status.step.number}/{status.step.total}" if status.step else ""
            return f"learning{step}" + (f", {status.detail}" if status.detail else ""), tokens.accent
        if self._note:
            return self._note, tokens.good
        if status.phase is Phase.STARTING:
            return status.detail or "starting", tokens.warn
        if status.detail:
            return status.detail, tokens.accent
        if self._total == 0:
            return "ready", tokens.good
        return ("up to date", tokens.good) if not waiting else ("ready", tokens.accent)


def recognised_words(score: BurstScore) -> str:
    """Return the honest number in words."""
    if score.bursts < _ENOUGH_BURSTS:
        return "recognised before learning: not measurable yet"
    return f"recognised before learning: {score.right} of the last {score.bursts} recordings"


def age(seconds: float) -> str:
    """Return how long ago something was, rounded to what it is worth."""
    if seconds < 5:
        return "just now"
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return f"{int(seconds // 5) * 5} s ago"


def _label(name: str, meaning: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setToolTip(meaning)
    return label


def _elided(name: str, meaning: str) -> ElidedLabel:
    label = ElidedLabel()
    label.setAccessibleName(name)
    label.setToolTip(meaning)
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    rule.setFixedHeight(24)
    return rule
