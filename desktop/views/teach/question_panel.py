# SPDX-License-Identifier: Apache-2.0
""" "What is this?": the picture that is asked about, and a key for every answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.text import caption, tooltip
from learner.types import ClassInfo

_WIDTH = 600
_LONGEST, _SHORTEST = 190, 100


class QuestionPanel(QFrame):
    """Lies at the lower edge of the picture while it asks, and takes no focus.

    Args:
        over: the picture; the panel becomes its child.
    """

    answered = Signal(int)
    """It is of this class (class id)."""
    new_wanted = Signal()
    """It is something that was not taught yet."""
    dismissed = Signal()
    """Nobody wants to say now."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Question"))
        self._picture = QLabel()
        self._picture.setFixedSize(theme.QUESTION_PICTURE, theme.QUESTION_PICTURE)
        self._picture.setAccessibleName(self.tr("The picture that is asked about"))
        question = QLabel(self.tr("What is this?"))
        question.setProperty("role", "title")
        self.not_now = self._button(self.tr("Not now (Esc)"), self.tr("Let the question go (Esc)"))
        self.not_now.setProperty("role", "quiet")
        self.not_now.clicked.connect(self.dismissed)
        self.new = self._button(self.tr("Something new (N)"), self.tr("Name something that was not taught yet (N)"))
        self.new.setProperty("role", "quiet")
        self.new.clicked.connect(self.new_wanted)
        self.candidates: list[QPushButton] = []
        self._answers = QHBoxLayout()
        self._answers.setSpacing(theme.S)
        self._answers.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.XS)
        top.addWidget(question, 1)
        top.addWidget(self.new)
        top.addWidget(self.not_now)
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addLayout(top)
        words.addLayout(self._answers)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        over.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it asks."""
        return not self.isHidden()

    def ask(self, picture: QPixmap, likely: Sequence[ClassInfo]) -> None:
        """Ask about a picture and offer what it may be, the likeliest first; every other class has its digit."""
        self._picture.setPixmap(picture)
        for button in self.candidates:
            self._answers.removeWidget(button)
            button.deleteLater()
        self.candidates = []
        for place, info in enumerate(likely):
            key = f" ({info.shortcut})" if info.shortcut else ""
            button = _Answer(info.name, key)
            button.setAccessibleName(self.tr("It is {name}").format(name=info.name))
            button.setToolTip(tooltip(self.tr("It is {name}").format(name=info.name) + key))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._answer, info.id))
            self._answers.insertWidget(place, button)
            self.candidates.append(button)
        for one, other in zip(
            [*self.candidates, self.new], [*self.candidates[1:], self.new, self.not_now], strict=True
        ):
            QWidget.setTabOrder(one, other)
        self.show()
        self._place()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the lower edge."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _answer(self, class_id: int, _checked: bool = False) -> None:
        self.answered.emit(class_id)

    def _button(self, text: str, meaning: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setToolTip(meaning)
        button.setAutoDefault(False)
        return button

    def _place(self) -> None:
        if self.isHidden():
            return
        area = self._over.rect()
        width = min(_WIDTH, area.width() - theme.XL)
        for text in (self.tr("Not now (Esc)"), self.tr("Esc")):  # the key alone has to do where there is little room
            self.not_now.setText(text)
            if self.minimumSizeHint().width() <= width:
                break
        height = self.sizeHint().height()
        self.setGeometry((area.width() - width) // 2, area.height() - height - theme.M, width, height)


class _Answer(QPushButton):
    """A button whose name ends in … where there is no room for all of it, but never its key."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__(caption(name + key))
        self._name = name
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for all of it, if it is no long name."""
        self.ensurePolished()  # the style sheet says how large the letters are
        return QSize(min(self._width(self._name + self._key) + theme.XS, _LONGEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with the beginning of a name."""
        return QSize(min(self.sizeHint().width(), _SHORTEST), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as much of the name as there is room for."""
        room = self.width() - self._width(self._key) + theme.XS
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(caption(name) + self._key)

    def _width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 2 * theme.M + 2 * theme.XS
