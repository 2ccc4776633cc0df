# SPDX-License-Identifier: Apache-2.0
"""The class cards, and the place to name a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.teach.card_frame import dropped_files
from desktop.views.teach.class_card import ClassCard, Picture
from desktop.views.teach.class_marks import recall_of

_SCROLL_ZONE, _SCROLL_STEP = 32, 12


class ClassList(QWidget):
    """All classes, scrolling, with "New class" below them."""

    pressed = Signal(int)
    released = Signal(int)
    renamed = Signal(int, str)
    recoloured = Signal(int, str)
    removed = Signal(int)
    key_wanted = Signal(int, object)
    moved = Signal(int, int)
    """A class is to be at this place, from 0 (class id, place)."""
    dropped = Signal(object, object)
    """Files were dropped on a class, or beside all of them (class id or None, list of Path)."""
    stop_wanted = Signal()
    """What is being imported is to be stopped."""
    named = Signal(str)
    """A name for a new class was entered."""
    not_named = Signal()
    """The question for a name was left without one."""

    def __init__(self, appearance: Theme, model: ClassModel, picture: Picture = lambda _: None) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._picture = picture
        self._latest: Mapping[int, Sequence[int]] = {}
        self._evaluation: Mapping[str, Any] = {}
        self._order: list[int] = []
        self.cards: dict[int, ClassCard] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, theme.XS, 0)
        self._column.setSpacing(theme.S)
        self.add = QPushButton()
        self.show_key("N")
        self.add.setProperty("role", "add")
        self.add.setIconSize(QSize(theme.ICON, theme.ICON))
        self.add.setAccessibleName(self.tr("New class"))
        self.add.setToolTip(
            self.tr("Name a new thing to recognise (N). A folder of pictures dropped here becomes a class of its own.")
        )
        self.add.clicked.connect(self.ask_for_name)
        self._ask = self._build_question()
        self._ask.setParent(self)
        inside = self._inside = QWidget()
        inside.setLayout(self._column)
        inside.installEventFilter(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        # The cards take what room they need and there is; what names a new one stays in sight below them.
        whole.addWidget(self._scroll, 1000)
        self._below = QVBoxLayout()
        self._below.addWidget(self._ask)
        self._below.addWidget(self.add)
        whole.addLayout(self._below)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._align_below)
        self._align_below(0, 0)
        whole.addStretch(1)
        self.setFixedWidth(theme.LIST_WIDTH)
        self.setAcceptDrops(True)
        self._drop_line = QFrame(inside)
        self._drop_line.setProperty("role", "drop")
        self._drop_line.setFixedHeight(theme.RING)
        self._drop_line.hide()
        model.changed.connect(self._show)
        appearance.changed.connect(self._show_icon)
        self._show_icon()
        self._show()

    @property
    def is_asking(self) -> bool:
        """Whether a name is asked for, or being edited."""
        return not self._ask.isHidden() or any(card.is_edited for card in self.cards.values())

    def ask_for_name(self, proposal: str = "") -> None:
        """Let a name be typed: Enter adds the class, Esc does not."""
        self._name.setText(proposal)
        self._name.selectAll()
        self._problem.hide()
        self._ask.show()
        self.add.hide()
        self._name.setFocus()

    def show_key(self, key: str) -> None:
        """Name the key that asks for a new class; "" when it has none."""
        self.add.setText(self.tr("New class ({key})").format(key=key) if key else self.tr("New class"))

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

    def show_latest(self, latest: Mapping[int, Sequence[int]]) -> None:
        """Show the last samples of each class (sample ids by class id, the newest first)."""
        self._latest = latest
        for class_id, card in self.cards.items():
            card.show_pictures(latest.get(class_id, ()))

    def show_evaluation(self, evaluation: Mapping[str, Any]) -> None:
        """Show what was measured of the version in use."""
        self._evaluation = evaluation
        for class_id, card in self.cards.items():
            card.show_recall(recall_of(evaluation, class_id))

    def show_import(self, class_id: int | None, share: float) -> None:
        """Show how far an import into one class is, 0 to 1; there is none into the others."""
        for card in self.cards.values():
            card.show_import(share if card.info.id == class_id else None)

    def cancel_dragging(self) -> bool:
        """Leave a card that is being dragged where it was; return whether one was."""
        dragged = [card for card in self.cards.values() if card.is_dragged]
        for card in dragged:
            card.let_go()
        self._drop_line.hide()
        return bool(dragged)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and folders."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand on what was dropped beside the cards."""
        event.acceptProposedAction()
        self.dropped.emit(None, dropped_files(event))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the name on Enter, leave the question on Esc, and leave out the N that is still held from opening it."""
        if watched is not self._name:
            if event.type() == QEvent.Type.LayoutRequest:
                self._fit_scroll()
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.accept_name()
                self.add.setFocus()
                self.not_named.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # the room takes it for "the answer is right"
                if not event.isAutoRepeat():
                    self.named.emit(self._name.text())
                return True
            if event.isAutoRepeat() and not self._name.text():
                return True
        return super().eventFilter(watched, event)

    def _build_question(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        self._name = QLineEdit()
        self._name.setMaxLength(80)
        self._name.setPlaceholderText(self.tr("What is it called?"))
        self._name.setAccessibleName(self.tr("Name of the new class"))
        self._name.setToolTip(self.tr("Enter adds it, Esc does not"))
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
                known.show_recall(recall_of(self._evaluation, info.id))
                if self._column.indexOf(known) != place:
                    self._column.insertWidget(place, known)
        order = [info.id for info in classes]
        if order != self._order:
            self._order = order
            self._fit_scroll()
            stops = [stop for class_id in order for stop in self.cards[class_id].stops]
            for one, next_one in pairwise([*stops, self._name, self.add]):
                QWidget.setTabOrder(one, next_one)

    def _fit_scroll(self) -> None:
        self._scroll.setMaximumHeight(self._column.sizeHint().height() if self.cards else 0)

    def _align_below(self, least: int, most: int) -> None:
        bar = self._scroll.verticalScrollBar().sizeHint().width() if most > least else 0
        self._below.setContentsMargins(0, 0, theme.XS + bar, 0)

    def _make_card(self, place: int) -> ClassCard:
        card = ClassCard(self._theme, self._model.classes[place], self._picture)
        card.pressed.connect(self.pressed)
        card.released.connect(self.released)
        card.renamed.connect(self.renamed)
        card.recoloured.connect(self.recoloured)
        card.removed.connect(self.removed)
        card.key_wanted.connect(self.key_wanted)
        card.shifted.connect(self._shift)
        card.dragged.connect(self._drag)
        card.let_fall.connect(self._let_fall)
        card.dropped.connect(self.dropped)
        card.stop_wanted.connect(self.stop_wanted)
        card.show_pictures(self._latest.get(card.info.id, ()))
        card.show_recall(recall_of(self._evaluation, card.info.id))
        self.cards[card.info.id] = card
        return card

    def _shift(self, class_id: int, places: int) -> None:
        order = [info.id for info in self._model.classes]
        place = order.index(class_id) + places
        if 0 <= place < len(order):
            self.moved.emit(class_id, place)

    def _drag(self, class_id: int, where: QPoint) -> None:
        inside = self._inside
        at = self._scroll.viewport().mapFromGlobal(where).y()
        bar = self._scroll.verticalScrollBar()
        if at < _SCROLL_ZONE:
            bar.setValue(bar.value() - _SCROLL_STEP)
        elif at > self._scroll.viewport().height() - _SCROLL_ZONE:
            bar.setValue(bar.value() + _SCROLL_STEP)
        gap = self._gap_at(inside.mapFromGlobal(where).y())
        cards = [self.cards[info.id] for info in self._model.classes]
        below = cards[gap].y() if gap < len(cards) else cards[-1].geometry().bottom() + theme.S
        top = max(0, below - (theme.S + theme.RING) // 2)
        self._drop_line.setGeometry(0, top, inside.width() - theme.XS, theme.RING)
        self._drop_line.show()
        self._drop_line.raise_()

    def _let_fall(self, class_id: int) -> None:
        if self._drop_line.isHidden():
            return
        gap = self._gap_at(self._drop_line.geometry().center().y())
        self._drop_line.hide()
        here = [info.id for info in self._model.classes].index(class_id)
        place = gap - 1 if gap > here else gap
        if place != here:
            self.moved.emit(class_id, place)

    def _gap_at(self, height: int) -> int:
        """Return before which card something at this height lies."""
        return sum(self.cards[info.id].geometry().center().y() < height for info in self._model.classes)

    def _show_icon(self) -> None:
        self.add.setIcon(icon("add", self._theme.tokens.muted))
