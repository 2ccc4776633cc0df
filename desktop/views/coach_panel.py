# SPDX-License-Identifier: Apache-2.0
"""The bar that leads a person through the first minutes, and goes away by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from desktop import theme
from desktop.coach import Steps, knows_the_way, steps
from desktop.icons import icon
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.elided_label import ElidedLabel
from desktop.views.use.use_card import name_role

if TYPE_CHECKING:
    from desktop.session import Session
    from learner.messages import Predicted

_SHOWN_MILLISECONDS = 5000
_HEIGHT = 40


class CoachPanel(QFrame):
    """Shows three steps, the present one in full, until they are done or sent away; then never again.

    Args:
        appearance: light or dark.
        settings: remembers that they are done.
    """

    def __init__(self, appearance: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = appearance
        self._settings = settings
        self._session: Session | None = None
        self._answered = False
        self._in_teach = False
        self._over = False
        self.done: Steps = (False, False, False)
        self.setProperty("role", "bar")
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("First steps"))
        self._marks = [QLabel() for _ in self.done]
        self.texts = [ElidedLabel() for _ in self.done]
        self.close_button = QToolButton()
        self.close_button.setProperty("role", "quiet")
        self.close_button.setIconSize(QSize(theme.ICON, theme.ICON))
        self.close_button.setAccessibleName(self.tr("Close the first steps"))
        self.close_button.setToolTip(self.tr("Close these steps; they do not come again (Esc)"))
        self.close_button.clicked.connect(self.dismiss)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(_SHOWN_MILLISECONDS)
        self._end.timeout.connect(self.dismiss)
        self._lay_out()
        appearance.changed.connect(self._show)
        self.hide()

    @property
    def is_wanted(self) -> bool:
        """Whether there is something to lead through."""
        return self._session is not None and not self._over and not self._settings.coached

    def show_session(self, session: Session) -> None:
        """Lead through this project from now on, unless it shows that nobody needs it."""
        self._session = session
        self._answered = False
        self._over = False
        self._end.stop()
        session.opened.connect(lambda: self._opened(session))
        session.model.changed.connect(lambda: self._look(session))
        session.learner.predicted.connect(self._take_answer)
        self._look(session)

    def stand_aside(self) -> None:
        """Say nothing in this project, which somebody else leads through."""
        self._over = True
        self._show()

    def enter(self, in_teach: bool) -> None:
        """A room has been opened: Teach, or another one."""
        self._in_teach = in_teach
        self._show()

    def dismiss(self) -> None:
        """Go away for good."""
        self._settings.coached = True
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc sends it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a narrow window there is room for the words of one step alone."""
        super().resizeEvent(event)
        self._show()

    def _opened(self, session: Session) -> None:
        if session is self._session and knows_the_way(session.model.classes):
            self.stand_aside()

    def _take_answer(self, event: Predicted) -> None:
        prediction = event.prediction
        if len(prediction.probabilities) > 1 and not prediction.unknown and not self._answered:
            self._answered = True
            if self._session is not None:
                self._look(self._session)

    def _look(self, session: Session) -> None:
        if session is not self._session or not self.is_wanted:
            return
        now = steps(session.model.classes, answered=self._answered)
        if now != self.done:
            self.done = now
            if all(now):
                self._end.start()
        self._show()

    def _show(self) -> None:
        self.setVisible(self.is_wanted and self._in_teach)
        if self.isHidden():
            return
        tokens = self._theme.tokens
        self.close_button.setIcon(icon("close", tokens.muted))
        present = next((place for place, done in enumerate(self.done) if not done), None)
        for place, (words, done) in enumerate(zip(self._words(), self.done, strict=True)):
            mark, text = self._marks[place], self.texts[place]
            colour = tokens.good if done else tokens.accent if place == present else tokens.muted
            mark.setPixmap(icon("done" if done else "todo", colour).pixmap(theme.ICON, theme.ICON))
            text.setText(words)
            text.setToolTip(words)
            done_words = self.tr("done: {step}").format(step=words)
            text.setAccessibleName(done_words if done else words)
            name_role(text, "strong" if place == present else "muted")
            text.setVisible(self.width() >= theme.WIDE or place == (2 if present is None else present))

    def _words(self) -> tuple[str, str, str]:
        classes = self._session.model.classes if self._session is not None else []
        key = classes[0].shortcut if classes and classes[0].shortcut else "1"
        last = self.tr("Name and record a second thing, then show me both")
        if all(self.done):
            last = self.tr("That is all. Show me something!")
        return (
            self.tr("Name a thing: press N"),
            self.tr("Hold {key} for two seconds while you turn it").format(key=key),
            last,
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.S)
        for mark, text in zip(self._marks, self.texts, strict=True):
            mark.setFixedSize(theme.ICON, theme.ICON)
            row.addWidget(mark)
            row.addWidget(text)
            row.addSpacing(theme.L)
        row.addStretch(1)
        row.addWidget(self.close_button)
