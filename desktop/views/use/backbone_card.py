# SPDX-License-Identifier: Apache-2.0
"""The card of the backbone: which one is in use, what it has seen, and how to have a better or another one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QProgressBar, QPushButton

from desktop import theme
from desktop.backbones import BackboneNews
from desktop.engine_words import spoken
from desktop.learner_status import BackboneChange, LearnerStatus, Stage
from desktop.session import Session
from desktop.text import caption
from desktop.theme import Theme
from desktop.views import file_questions
from desktop.views.backbone_words import change_words, gone_words, kept_words, meaning, news_words, size_words
from desktop.views.flow_layout import FlowLayout
from desktop.views.use.use_card import UseCard, name_role, sentence
from learner.errors import ShowtellError


class BackboneCard(UseCard):
    """Says how things stand, and asks the learner for something else."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__(appearance, "backbone")
        self.describe(
            self.tr("Backbone"),
            self.tr(
                "What the model sees with: it makes numbers of a picture, and all else is learned from these. "
                "Consolidating fine-tunes it on your own pictures. That takes minutes; the picture goes on meanwhile. "
                "It is kept only if it is better."
            ),
        )
        self._session = session
        self._backbones = session.backbones
        self.name = QLabel()
        self.name.setProperty("role", "title")
        self.name.setWordWrap(True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.kept, self.size_, self.gone = sentence(role="small"), sentence(role="small"), sentence(role="warning")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the backbone"))
        self.progress.setToolTip(self.tr("How far the new backbone is"))
        self.state = sentence(role="small")
        self.consolidate, self.give_up, self.other, self.save = (QPushButton() for _ in range(4))
        self._says_change = False
        self._lay_out()
        self._connect()
        self._tell(self._backbones.last)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look for what there is on this machine."""
        super().showEvent(event)
        self._backbones.look_around()

    def _lay_out(self) -> None:
        _name(self.give_up, self.tr("Give up"), self.tr("Keep the backbone in use, and give up the other one"))
        _name(self.other, self.tr("Use another"), self.tr("Choose another backbone of this computer, or a file"))
        self._choices = QMenu(self.other)
        self.other.setMenu(self._choices)
        buttons = FlowLayout(theme.S)
        for button in (self.consolidate, self.give_up, self.other, self.save):
            buttons.addWidget(button)
        self.body.addSpacing(theme.S)
        for part in (self.name, self.kept, self.size_, self.gone, self.progress, self.state):
            self.body.addWidget(part)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.consolidate.clicked.connect(self._backbones.consolidate)
        self.give_up.clicked.connect(self._backbones.give_up)
        self.save.clicked.connect(self._ask_where)
        self._choices.aboutToShow.connect(self._fill)
        self._backbones.changed.connect(self._show)
        self._backbones.news.connect(self._tell)
        self._session.learner.status_changed.connect(self._take_status)
        self._known = self._what_is_shown()

    def _take_status(self, _: LearnerStatus) -> None:
        # The learner takes far more steps than can be seen, most of which have nothing to do with this.
        known = self._what_is_shown()
        if known != self._known:
            self._known = known
            self._show()

    def _what_is_shown(self) -> tuple[BackboneChange | None, bool, bool, bool]:
        status = self._session.learner.status
        return status.change, status.on_hold, self._backbones.can_change, self._backbones.can_consolidate

    def _show(self) -> None:
        backbones, info, kept = self._backbones, self._backbones.in_use, self._backbones.kept
        had_focus = self.consolidate.hasFocus() or self.give_up.hasFocus()
        starting = self.tr("The learner is starting…")
        self.name.setText(starting if info is None else self.tr("In use: {name}").format(name=info.name))
        self.kept.setText(kept_words(kept))
        self.size_.setText(size_words(info) if info is not None else "")
        gone = kept.gone if kept is not None and kept.parent_sha256 is not None else 0
        self.gone.setText(gone_words(gone))
        self.kept.setVisible(info is not None)
        self.size_.setVisible(info is not None)
        self.gone.setVisible(gone > 0)
        again = kept is not None and kept.parent_sha256 is not None
        _name(self.consolidate, self.tr("Consolidate again") if again else self.tr("Consolidate now"), meaning())
        can_consolidate, can_change = backbones.can_consolidate, backbones.can_change
        self.consolidate.setEnabled(can_consolidate)
        if can_change and not can_consolidate:
            self.consolidate.setToolTip(self.tr("Teach it two things first"))
        self.other.setEnabled(can_change)
        self.save.setEnabled(kept is not None)
        why = (
            self.tr("Keep the backbone in use as a file, for another project or another computer")
            if kept is not None
            else self.tr("Only a backbone that is in the project can be saved: consolidate, or choose one from a file")
        )
        _name(self.save, self.tr("Save as a file…"), why)
        self._show_change()
        if had_focus:  # which Qt would give to anything when the button is hidden
            (self.consolidate if self.give_up.isHidden() else self.give_up).setFocus()

    def _show_change(self) -> None:
        status = self._session.learner.status
        change = status.change
        self.progress.setVisible(change is not None)
        self.consolidate.setVisible(change is None)
        self.give_up.setVisible(change is not None)
        if change is not None:
            is_counted = change.stage in {Stage.TUNING, Stage.EMBEDDING}
            self.progress.setMaximum(change.total if is_counted else 0)
            self.progress.setValue(change.done)
            self._say(change_words(change, on_hold=status.on_hold))
        elif self._says_change:  # what came of it follows, if anything did
            self._say("")
        self._says_change = change is not None

    def _fill(self) -> None:
        self._choices.clear()
        in_use = self._backbones.in_use
        for info in self._backbones.choices:
            action = self._choices.addAction(caption(info.name))
            action.setCheckable(info == in_use)
            action.setChecked(info == in_use)
            action.setEnabled(info != in_use)
            action.triggered.connect(partial(self._use, info.sha256))
        self._choices.addSeparator()
        self._choices.addAction(self.tr("From a file…")).triggered.connect(lambda _: self._ask_which())

    def _use(self, source: str, _checked: bool = False) -> None:
        self._backbones.use(source)

    def _ask_which(self) -> None:
        name = file_questions.backbone(self)
        if name:
            self._backbones.use(name)

    def _ask_where(self) -> None:
        chosen = file_questions.new_backbone(self, self._session.path.stem)
        if chosen is not None:
            path, over = chosen
            self._backbones.save(path, over=over, done=self._saved, failed=self._not_saved)

    def _saved(self, path: Path) -> None:
        self._say(self.tr("It is saved as {path}.").format(path=path), "good")

    def _not_saved(self, error: ShowtellError) -> None:
        self._say(spoken(error.message), "bad")

    def _tell(self, news: BackboneNews | None) -> None:
        if news is None:
            self._say("")
        else:
            title, message = news_words(news)
            self._say(f"{title}. {message}", "good" if news.backbone is not None else "small")

    def _say(self, words: str, role: str = "small") -> None:
        name_role(self.state, role)
        self.state.setText(words)
        self.state.setVisible(bool(words))


def _name(button: QPushButton, text: str, meaning_: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning_)
    button.setAccessibleDescription(meaning_)
