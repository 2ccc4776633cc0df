# SPDX-License-Identifier: Apache-2.0
"""The class cards, and the place to name a new one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.class_card import ClassCard


class ClassList(QWidget):
    """All classes, scrolling, with "New class" below them."""

    pressed = Signal(int)
    released = Signal(int)
    renamed = Signal(int, str)
    recoloured = Signal(int, str)
    removed = Signal(int)
    named = Signal(str)
    """A name for a new class was entered."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self.cards: dict[int, ClassCard] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, theme.XS, 0)
        self._column.setSpacing(theme.S)
        self.add = QPushButton("New class")
        self.add.setProperty("role", "add")
        self.add.setIconSize(QSize(theme.ICON, theme.ICON))
        self.add.setAccessibleName("New class")
        self.add.setToolTip("Name a new thing to recognise (N)")
        self.add.clicked.connect(self.ask_for_name)
        self._ask = self._build_question()
        self._column.addWidget(self._ask)
        self._column.addWidget(self.add)
        self._column.addStretch(1)

        inside = QWidget()
        inside.setLayout(self._column)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self.setFixedWidth(theme.LIST_WIDTH)
        model.changed.connect(self._show)
        appearance.changed.connect(self._show_icon)
        self._show_icon()
        self._show()

    def ask_for_name(self) -> None:
        """Let a name be typed: Enter adds the class, Esc does not."""
        self._name.clear()
        self._problem.hide()
        self._ask.show()
        self.add.hide()
        self._name.setFocus()
        self._scroll_to_question()

    def accept_name(self) -> None:
        """The name was good: the class is there."""
        self._ask.hide()
        self.add.show()

    def refuse_name(self, why: str) -> None:
        """The name was not: say why, in place."""
        self._problem.setText(why)
        self._problem.show()
        self._name.setFocus()
        self._name.selectAll()
        self._scroll_to_question()

    def finish_editing(self) -> None:
        """Keep a name that is being edited."""
        for card in self.cards.values():
            card.finish_editing()

    def show_answer(self, name: str | None) -> None:
        """Mark the class that is the present answer."""
        for card in self.cards.values():
            card.set_answered(card.info.name == name)

    def show_recording(self, class_id: int | None) -> None:
        """Mark the class that is being recorded."""
        for card in self.cards.values():
            card.set_recording(card.info.id == class_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave the question on Esc; leave out the N that is still held after it has opened the question."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.accept_name()
                self.add.setFocus()
                return True
            if event.isAutoRepeat() and not self._name.text():
                return True
        return super().eventFilter(watched, event)

    def _build_question(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        self._name = QLineEdit()
        self._name.setMaxLength(80)
        self._name.setPlaceholderText("What is it called?")
        self._name.setAccessibleName("Name of the new class")
        self._name.setToolTip("Enter adds it, Esc does not")
        self._name.returnPressed.connect(lambda: self.named.emit(self._name.text()))
        self._name.installEventFilter(self)
        self._problem = QLabel()
        self._problem.setProperty("role", "bad")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.XS)
        column.addWidget(self._name)
        column.addWidget(self._problem)
        frame.hide()
        return frame

    def _show(self) -> None:
        classes = self._model.classes
        for class_id in set(self.cards) - {info.id for info in classes}:
            card = self.cards.pop(class_id)
            self._column.removeWidget(card)
            card.deleteLater()
        for place, info in enumerate(classes):
            known = self.cards.get(info.id)
            if known is None:
                self._column.insertWidget(place, self._make_card(place))
            else:
                known.set_info(info)
                if self._column.indexOf(known) != place:
                    self._column.insertWidget(place, known)
        stops = [stop for info in classes for stop in self.cards[info.id].stops]
        for one, next_one in pairwise([*stops, self._name, self.add]):
            QWidget.setTabOrder(one, next_one)

    def _scroll_to_question(self) -> None:
        # Where the question lies is known when it has been laid out.
        QTimer.singleShot(0, lambda: self._scroll.ensureWidgetVisible(self._ask))

    def _make_card(self, place: int) -> ClassCard:
        card = ClassCard(self._theme, self._model.classes[place])
        card.pressed.connect(self.pressed)
        card.released.connect(self.released)
        card.renamed.connect(self.renamed)
        card.recoloured.connect(self.recoloured)
        card.removed.connect(self.removed)
        self.cards[card.info.id] = card
        return card

    def _show_icon(self) -> None:
        self.add.setIcon(icon("add", self._theme.tokens.muted))
