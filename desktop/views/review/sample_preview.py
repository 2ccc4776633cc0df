# SPDX-License-Identifier: Apache-2.0
"""One sample at the right of the grid: its picture, where it comes from, and what the model says to it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine_words import spoken
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.moments import moment_text
from desktop.sample_facts import Facts
from desktop.session import Session
from desktop.shortcuts import Shortcuts
from desktop.text import caption, tooltip
from desktop.theme import Theme
from desktop.views.answer_bars import initial
from desktop.views.elided_label import ElidedLabel
from desktop.views.review.large_picture import LargePicture
from desktop.views.review.model_says import ModelSays
from desktop.views.review.sample_cell import class_chip
from learner.buffer import Buffer
from learner.messages import Explained
from learner.types import Burst, Explanation, Neighbour

_ASK_MILLISECONDS = 120
"""Whoever leafs through quickly asks about the samples he stays at."""

_SHARE, _LARGE_SHARE = 0.4, 0.8
"""So much of the height the picture takes at most."""

_Origin = tuple[Burst | None, tuple[datetime, str] | None]


class SamplePreview(QFrame):
    """Shows one sample.

    Args:
        appearance: light or dark.
        session: what it is read from, and who is asked about it.
    """

    stepped = Signal(int)
    """The next sample (1) is to be shown, or the one before (-1)."""
    enlarged = Signal()
    """It is to be larger, or no longer."""
    relabelled = Signal(int)
    """The sample shows this class (its id)."""
    recording_wanted = Signal(int)
    """All of this recording is to be seen (its id)."""
    sample_wanted = Signal(int)
    """Another sample is to be seen (its id)."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
        self._model: ClassModel = session.model
        self.facts: Facts | None = None
        self._origin: _Origin | None = None
        self._explanation: Explanation | None = None
        self._question: int | None = None
        self._answered = False
        self._large = False
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(_ASK_MILLISECONDS)
        self._ask_soon.timeout.connect(self._ask)
        self.setProperty("role", "card")
        self._build()
        self._lay_out()
        session.learner.explained.connect(self._take_explanation)
        session.model.changed.connect(self._show)
        appearance.changed.connect(self._show)
        self._show()

    def show_sample(self, facts: Facts | None, place: str = "") -> None:
        """Show a sample, or none.

        Args:
            facts: what is known of it.
            place: where it is among those in view, in words.
        """
        before, self.facts = self.facts, facts
        self._place.setText(place)
        if facts == before and self._answered:
            return
        self.picture.show_sample(facts.sample_id if facts else None)
        if facts is None or before is None or before.sample_id != facts.sample_id:
            self._origin = self._explanation = self._question = None
            self._answered = False
            self.area.verticalScrollBar().setValue(0)
        if facts is not None:
            self._ask_soon.start()
        self._show()

    def show_large(self, large: bool) -> None:
        """Say whether it is large."""
        self._large = large
        self._limit_picture()
        self._show_icons()

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Name the keys that a person has chosen."""
        self.before.setToolTip(shortcuts.tooltip(self.tr("The sample before"), "previous_sample"))
        self.next.setToolTip(shortcuts.tooltip(self.tr("The next sample"), "next_sample"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave room for what is said of the picture."""
        super().resizeEvent(event)
        self._limit_picture()

    @property
    def suggested(self) -> int | None:
        """The class that the other recordings would rather give the sample, if there is one."""
        suggested = self.facts.suggested if self.facts else -1
        return suggested if self._model.with_id(suggested) else None

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """The samples that look like this one, as far as they are known."""
        return self._explanation.neighbours if self._explanation else ()

    def _build(self) -> None:
        self.before = _quiet(self.tr("Sample before"), self.tr("The sample before"))
        self.next = _quiet(self.tr("Next sample"), self.tr("The next sample"))
        self.larger = _quiet(self.tr("Larger"), self.tr("Larger, or as it was (Enter)"))
        self.before.clicked.connect(lambda _: self.stepped.emit(-1))
        self.next.clicked.connect(lambda _: self.stepped.emit(1))
        self.larger.clicked.connect(lambda _: self.enlarged.emit())
        self._place = _label("small")
        self.picture = LargePicture(self._theme, self._session.thumbnails)
        self._chip = QLabel()
        self._name = ElidedLabel()
        self._name.setProperty("role", "title")
        self._nothing = _label("muted", self.tr("Pick a sample to see what the model makes of it."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self._state = _label("small")
        self._when = _label("small")
        self._learned = _label("small")
        self.recording = _quiet(self.tr("Show the whole recording"), self.tr("Show the whole recording, and only that"))
        self.recording.clicked.connect(
            lambda _: self.recording_wanted.emit(self.facts.burst_id) if self.facts else None
        )
        self.hint = QFrame()
        self.hint.setProperty("role", "hint")
        self._hint_text = _label("")
        self.accept = QPushButton()
        self.accept.setProperty("role", "primary")
        self.accept.clicked.connect(lambda _: self._accept())
        self.says = ModelSays(self._theme, self._model, self._session.thumbnails)
        self.says.neighbours.wanted.connect(self.sample_wanted)

    def _lay_out(self) -> None:
        self.head = QWidget()
        steps = QHBoxLayout(self.head)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.addWidget(self.before)
        steps.addWidget(self._place)
        steps.addWidget(self.next)
        steps.addStretch(1)
        steps.addWidget(self.recording)
        steps.addWidget(self.larger)
        named = QHBoxLayout()
        named.setSpacing(theme.S)
        named.addWidget(self._chip)
        named.addWidget(self._name, 1)
        hint = QVBoxLayout(self.hint)
        hint.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        hint.addWidget(self._hint_text)
        hint.addWidget(self.accept)
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(theme.M, 0, theme.S, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.picture)
        column.addLayout(named)
        column.addWidget(self._state)
        column.addWidget(self.hint)
        column.addWidget(self._when)
        column.addWidget(self._learned)
        column.addSpacing(theme.XS)
        column.addWidget(self.says)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(self.inside)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, theme.S, 1, 1)
        whole.setSpacing(theme.XS)
        steps.setContentsMargins(theme.S, 0, theme.S, 0)
        whole.addWidget(self.head)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._nothing, 1)

    def _show(self) -> None:
        facts = self.facts
        self.area.setVisible(facts is not None)
        self.head.setVisible(facts is not None)
        self._nothing.setVisible(facts is None)
        self._show_icons()
        if facts is None:
            return
        info = self._model.with_id(facts.class_id)
        name = info.name if info else self.tr("Without a label")
        colour = info.colour if info else self._theme.tokens.muted
        self._chip.setPixmap(class_chip(initial(name) if info else "?", colour, self.devicePixelRatioF(), theme.XL))
        self._name.setText(name)
        self._name.setToolTip(tooltip(name))
        self._show_origin(facts)
        self._show_suggestion()
        self.says.show_answer(facts, self._explanation, answered=self._answered)
        self.setAccessibleName(self.tr("Sample: {name}").format(name=name))

    def _show_origin(self, facts: Facts) -> None:
        burst, learned = self._origin or (None, None)
        when = moment_text(facts.captured_at)
        if burst is not None and burst.source:
            text = self.tr("Recorded {when}, from {source}").format(when=when, source=spoken(burst.source))
        else:
            text = self.tr("Recorded {when}").format(when=when)
        self._when.setText(text)
        if facts.held_out:
            text = self.tr("It is held out: measured with, and not learned from.")
        elif facts.learned_in < 0:
            text = self.tr("Not learned yet.")
        elif learned is not None:
            words = self.tr("Learned {when}: {reason}.")
            text = words.format(when=moment_text(learned[0].timestamp()), reason=learned[1])
        else:
            text = self.tr("Learned.")
        self._learned.setText(text)
        state = []
        if facts.deleted:
            state.append(self.tr("Deleted: nothing is learned from it."))
        if facts.first_alike >= 0:
            state.append(self.tr("It looks nearly the same as an earlier one of its recording."))
        self._state.setText(" ".join(state))
        self._state.setVisible(bool(state))

    def _show_suggestion(self) -> None:
        info = self._model.with_id(self.suggested) if self.suggested is not None else None
        self.hint.setVisible(info is not None)
        if info is not None:
            self._hint_text.setText(self.tr("The other recordings would call this {name}.").format(name=info.name))
            text = self.tr("Relabel as {name}").format(name=info.name)
            self.accept.setText(caption(text))
            self.accept.setAccessibleName(text)
            self.accept.setToolTip(tooltip(self.tr("It shows {name} (Y)").format(name=info.name)))

    def _limit_picture(self) -> None:
        self.picture.set_limit(round(self.height() * (_LARGE_SHARE if self._large else _SHARE)))

    def _show_icons(self) -> None:
        colour = self._theme.tokens.muted
        for button, name in (
            (self.before, "before"),
            (self.next, "here"),
            (self.recording, "recording"),
            (self.larger, "smaller" if self._large else "larger"),
        ):
            button.setIcon(icon(name, colour))
            button.setEnabled(self.facts is not None)

    def _ask(self) -> None:
        facts = self.facts
        if facts is None or not self.isVisible():
            return

        def look(buffer: Buffer) -> _Origin:
            learned = buffer.learned_when(facts.learned_in) if facts.learned_in >= 0 else None
            return buffer.recording(facts.burst_id), learned

        def done(origin: _Origin) -> None:
            if self.facts is not None and self.facts.sample_id == facts.sample_id:
                self._origin = origin
                self._show_origin(self.facts)

        self._session.reader.ask(look, done)
        self._question = self._session.learner.explain(facts.sample_id)

    def _take_explanation(self, event: Explained) -> None:
        if event.number == self._question and self.facts is not None:
            self._explanation, self._answered = event.explanation, True
            self.says.show_answer(self.facts, self._explanation, answered=True)

    def _accept(self) -> None:
        if self.suggested is not None:
            self.relabelled.emit(self.suggested)


def _label(role: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "title")
    return label


def _quiet(name: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
