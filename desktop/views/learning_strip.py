# SPDX-License-Identifier: Apache-2.0
"""The strip at the bottom: how well it does, with how much, by which version, and what there is to say just now.

What the learner is doing stands in the header's pill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop import theme
from desktop.learner_status import LearnerStatus
from desktop.text import tooltip
from desktop.views.backbone_words import change_words
from desktop.views.elided_label import ElidedLabel
from desktop.views.learner_words import (
    forgetting_words,
    honest_words,
    samples_words,
    version_meaning,
    version_words,
)

if TYPE_CHECKING:
    from desktop.session import Session

_SHOWN_MILLISECONDS = 33


class LearningStrip(QFrame):
    """Shows what is known of the version in use and the number of samples, in words."""

    def __init__(self) -> None:
        super().__init__()
        self._status = LearnerStatus()
        self._total = self._to_learn = 0
        self._note = ""
        self.setProperty("role", "strip")
        self.setFixedHeight(theme.STRIP_HEIGHT)
        self.said = ElidedLabel()
        self.said.setAccessibleName(self.tr("What there is to say just now"))
        self.honest = ElidedLabel()
        self.honest.setAccessibleName(self.tr("How well it does"))
        self.forgetting = QLabel()
        self.forgetting.setAccessibleName(self.tr("Forgetting"))
        self.samples = QLabel()
        self.samples.setAccessibleName(self.tr("Samples"))
        self.samples.setToolTip(self.tr("How many samples the project has, and how many still wait to be learned"))
        self.version = QLabel()
        self.version.setAccessibleName(self.tr("Version"))
        for label in (self.honest, self.forgetting, self.samples, self.version):
            label.setProperty("role", "small")
        self._rule_after_said, self._rule_before_forgetting = _rule(), _rule()
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
        self._show()

    def show_session(self, session: Session) -> None:
        """Show the learner of this project from now on."""
        self.note("")
        self._status = session.learner.status
        self.show_total(session.model.total, session.model.to_learn)
        session.learner.status_changed.connect(self.show_status)
        session.model.changed.connect(lambda: self.show_total(session.model.total, session.model.to_learn))

    def show_status(self, status: LearnerStatus) -> None:
        """Show what the learner says, some thirty times a second at most: it steps far more often than that."""
        self._status = status
        if not self._soon.isActive():
            self._soon.start()

    def show_total(self, total: int, to_learn: int) -> None:
        """Show how many samples there are, and how many of them are to be learned from."""
        self._total, self._to_learn = total, to_learn
        self._show()

    def note(self, text: str, milliseconds: int = 4000) -> None:
        """Say something for a while, 0 for good: "learned: mug (+30)"."""
        self._note = text
        self._note_timer.stop()
        if text and milliseconds:
            self._note_timer.start(milliseconds)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.said)
        row.addWidget(self._rule_after_said)
        row.addWidget(self.honest)
        row.addWidget(self._rule_before_forgetting)
        row.addWidget(self.forgetting)
        row.addStretch(1)
        row.addWidget(self.samples)
        row.addWidget(_rule())
        row.addWidget(self.version)

    def _show(self) -> None:
        status = self._status
        said = self._note or status.detail
        if not said and status.change is not None:
            said = change_words(status.change, on_hold=status.on_hold)
        self.said.setText(said)
        self.said.setToolTip(tooltip(said))
        self.said.setVisible(bool(said))
        self._rule_after_said.setVisible(bool(said))
        words, meaning = honest_words(status)
        self.honest.setText(words)
        self.honest.setToolTip(meaning)
        forgotten = forgetting_words(status)
        self.forgetting.setText(forgotten)
        self.forgetting.setToolTip(meaning)
        self.forgetting.setVisible(bool(forgotten))
        self._rule_before_forgetting.setVisible(bool(forgotten))
        self.samples.setText(samples_words(status, self._total, self._to_learn))
        self.version.setText(version_words(status))
        self.version.setToolTip(tooltip(version_meaning(status)))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    rule.setFixedHeight(theme.L)
    return rule
