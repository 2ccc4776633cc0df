# SPDX-License-Identifier: Apache-2.0
"""The strip at the bottom: what the learner does, how well, with how much, and where."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from desktop import theme
from desktop.learner_bridge import LearnerStatus, Phase
from desktop.session import Session
from desktop.text import tooltip
from desktop.theme import Theme
from desktop.views.answer_bars import percent
from desktop.views.elided_label import ElidedLabel
from learner.types import BurstScore, IncrementKind

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
        self.honest = _elided("How well it does", "")
        self.samples = _label("Samples", "How many samples the project has, and how many still wait to be learned")
        self.device = _label("Device", "Where training runs")
        self.version = _label("Version", "")
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

    def show_session(self, session: Session) -> None:
        """Show the learner of this project from now on."""
        self.note("")
        self._status = session.learner.status
        self.show_total(session.model.total)
        session.learner.status_changed.connect(self.show_status)
        session.model.changed.connect(lambda: self.show_total(session.model.total))

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
        learning = status.phase is Phase.LEARNING and not status.on_hold
        self.progress.setMaximum(step.total if step and learning else 1)
        self.progress.setValue(step.number if step and learning else 0)
        self.progress.setVisible(learning)
        self.numbers.setText(
            f"step {step.number} · loss {step.loss:.2f} · batch {step.accuracy:.0%} right".replace("%", " %")
            if step
            else "no step yet"
        )
        words, meaning = honest_words(status)
        self.honest.setText(words)
        self.honest.setToolTip(meaning)
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
        stayed = f"\nIt stayed when everything was gone over: {status.stayed}" if status.stayed else ""
        self.version.setToolTip(tooltip(f"The version in use, and its age{stayed}"))

    def _state(self, waiting: int) -> tuple[str, str]:
        status, tokens = self._status, self._theme.tokens
        learning = status.phase is Phase.LEARNING and not status.on_hold
        step = f" {status.step.number}/{status.step.total}" if status.step else ""
        detail = f", {status.detail}" if status.detail else ""
        if status.phase is Phase.PAUSED:
            return "learning is paused", tokens.bad
        if status.phase is Phase.RESTARTING:
            return "learner restarting", tokens.warn
        if learning and status.kind is IncrementKind.WAKE:
            return f"learning{step}{detail}", tokens.accent
        if self._note:
            return self._note, tokens.good
        if status.phase is Phase.STARTING:
            return status.detail or "starting", tokens.warn
        if status.on_hold:
            return "you paused learning", tokens.warn
        if learning:
            return f"going over everything{step}{detail}", tokens.muted
        if status.detail:
            return status.detail, tokens.accent
        if self._total == 0:
            return "ready", tokens.good
        return ("up to date", tokens.good) if not waiting else ("ready", tokens.accent)


def honest_words(status: LearnerStatus) -> tuple[str, str]:
    """Return the honest number in words, and what it means."""
    right, recordings = _figure(status.evaluation, "accuracy"), _figure(status.evaluation, "recordings")
    if status.evaluation.get("measured") and right is not None and recordings:
        words = f"{percent(right)} right on {recordings:.0f} held-out recording{'s' if recordings > 1 else ''}"
        meaning = [
            "How much is right of recordings that were held out from its twin, made in the same way but without them.",
            "What answers here has learned from them too. "
            "Each recording counts the same, since its frames are much alike.",
        ]
    else:
        words = recognised_words(status.recognised)
        meaning = [
            "Of the last recordings of things it knew already, how many it recognised before it learned from them.",
            "Counted by recording, since the frames of one recording are much alike.",
            "On held-out recordings it is not measurable yet: record each thing a few times.",
        ]
    forgotten = _figure(status.evaluation, "worst_forgetting")
    if forgotten is not None:
        fewer = round(100 * forgotten)
        meaning.append(
            f"Of the thing it has forgotten most of, it recognises {fewer} in 100 fewer than it once did."
            if fewer > 0
            else "It has forgotten nothing."
        )
    noticed = _figure(status.evaluation, "unknown", "auroc")
    if noticed is not None:
        meaning.append(
            "Of something it was never taught and something it was, the first looks stranger to it "
            f"{percent(noticed).removesuffix(' %')} times in 100; guessing would be 50."
        )
    return words, "\n".join(meaning)


def recognised_words(score: BurstScore) -> str:
    """Return what was recognised before it was learned, in words."""
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


def _figure(evaluation: Mapping[str, Any], *keys: str) -> float | None:
    """Return a figure of an evaluation, None where it was not measured."""
    found: object = evaluation
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return float(found) if isinstance(found, int | float) and math.isfinite(found) else None


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
