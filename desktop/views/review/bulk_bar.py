# SPDX-License-Identifier: Apache-2.0
"""What can be done with the selected samples; it slides in when there are any."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.shortcuts import Shortcuts
from desktop.text import caption, count_text, tooltip
from desktop.theme import Theme
from desktop.views.answer_bars import initial
from desktop.views.backbone_words import seen_of_them_words, seen_words
from desktop.views.chip import ICON
from desktop.views.elided_label import ElidedLabel
from desktop.views.review.sample_cell import class_chip

_SLIDE_MILLISECONDS = 150
_DONE_MILLISECONDS = 6000
"""So long stays what was just done, to be taken back."""
_REMARK_MILLISECONDS = 12_000
"""There is more to read, and more to choose from."""


class BulkBar(QFrame):
    """Lies over the lower end of the grid.

    Args:
        appearance: light or dark.
        model: the classes.
        parent: what it lies over.
    """

    relabelled = Signal(int)
    """As another class (its id)."""
    held_out = Signal(bool)
    """To be held out, or learned from again."""
    deleted = Signal(bool)
    """To be deleted, or brought back."""
    undone = Signal()
    """The last act is to be taken back."""
    consolidated = Signal()
    """The backbone is to be consolidated again, without what it has seen and is gone now."""
    closed = Signal()
    """Nothing is to be selected any longer."""

    def __init__(self, appearance: Theme, model: ClassModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = appearance
        self._model = model
        self._over = parent
        self._all_held_out = self._all_deleted = False
        self._keys: Shortcuts | None = None
        self._undo_text: str | None = None
        self._said: str | None = None
        self._offers_again = False
        self._brief = ""
        self.setProperty("role", "panel")
        self.text = ElidedLabel()
        self.text.setProperty("role", "title")
        self.relabel, self.hold, self.delete = _button(), _button(), _button()
        self.again, self.undo, self.close_ = _button(), _button(), _button()
        self.close_.setProperty("role", "quiet")
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.relabel.setMenu(menu)
        self.relabel.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.hold.clicked.connect(lambda _: self.held_out.emit(not self._all_held_out))
        self.delete.clicked.connect(lambda _: self.deleted.emit(not self._all_deleted))
        self.again.clicked.connect(lambda _: self._consolidate())
        self.undo.clicked.connect(lambda _: self.undone.emit())
        self.close_.clicked.connect(lambda _: self._close())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(self.text)
        row.addSpacing(theme.S)
        for button in (self.relabel, self.hold, self.delete, self.again, self.undo, self.close_):
            row.addWidget(button)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_SLIDE_MILLISECONDS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._rest)
        self._done = QTimer(self)
        self._done.setSingleShot(True)
        self._done.timeout.connect(lambda: self._set_open(False))
        self._open = False
        self.hide()
        appearance.changed.connect(self._dress)
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether it is there, or about to be."""
        return self._open

    def show_selection(self, count: int, *, held_out: bool, deleted: bool) -> None:
        """Offer what can be done with so many samples; say whether all of them are held out, or deleted, already."""
        self._all_held_out, self._all_deleted = held_out, deleted
        if count:
            self._done.stop()
            self._offers_again = False
            self._brief = ""
            self.text.setText(
                self.tr("1 selected") if count == 1 else self.tr("{count} selected").format(count=count_text(count))
            )
            self._show(selection=True)
            self._set_open(True)
        elif not self._done.isActive():
            self._set_open(False)

    def show_done(self, act: str) -> None:
        """Say what was just done, for a while, so that it can be taken back."""
        self._said = act
        self._offers_again = False
        self._say(act, "", _DONE_MILLISECONDS)

    def remark(self, count: int, *, can_consolidate: bool) -> None:
        """Say besides what was just done that the backbone has seen so many of what is gone now."""
        said = self._said if self._done.isActive() else None
        self._said = self._undo_text
        self._offers_again = can_consolidate
        words = f"{said} · {seen_of_them_words(count)}" if said else seen_words(count)
        self._say(words, seen_of_them_words(count) if said else "", _REMARK_MILLISECONDS)

    def dismiss(self) -> None:
        """Say no longer what was just done; what is selected stays so."""
        if self._done.isActive():
            self._done.stop()
            self._set_open(False)

    def show_undo(self, act: str | None) -> None:
        """Say what can be taken back now."""
        self._undo_text = act
        if act not in {None, self._said}:  # it has been taken back
            self.dismiss()
        self.undo.setEnabled(act is not None)
        words = self.tr("Take back: {act}").format(act=act) if act else self.tr("Nothing to take back")
        self.undo.setToolTip(tooltip(self._with_key(words, "undo")))

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Name the keys that a person has chosen."""
        self._keys = shortcuts
        self._dress()

    def place(self) -> None:
        """Keep to the place over the lower end."""
        self._fit()
        self._slide.stop()
        self.move(self._shown_at() if self._open else self._hidden_at())
        self.setVisible(self._open)

    def _say(self, words: str, brief: str, milliseconds: int) -> None:
        self._words, self._brief = (text[:1].upper() + text[1:] for text in (words, brief))
        self.text.setText(self._words)
        self.text.setToolTip(tooltip(self._words))
        self._show(selection=False)
        self._done.start(milliseconds)
        self._set_open(True)

    def _show(self, *, selection: bool = True) -> None:
        for button in (self.relabel, self.hold, self.delete, self.close_):
            button.setVisible(selection)
        self.again.setVisible(self._offers_again)
        self.setAccessibleName(self.text.text())
        self._dress()
        if self._open:
            self.place()

    def _dress(self) -> None:
        held, deleted, colour = self._all_held_out, self._all_deleted, self._theme.tokens.text
        _set(self.relabel, self.tr("Relabel"), self.tr("Give another class (keys 1–9)"), icon("label", colour))
        text = self.tr("Learn from") if held else self.tr("Hold out")
        why = self.tr("Learn from them again") if held else self.tr("Keep to measure with, not to learn from")
        _set(self.hold, text, self._with_key(why, "hold_out"), icon("hold_out", colour))
        text = self.tr("Bring back") if deleted else self.tr("Delete")
        why = self.tr("Bring them back") if deleted else self.tr("Put them aside; undo brings them back")
        _set(self.delete, text, self._with_key(why, "delete"), icon("undo" if deleted else "delete", colour))
        text, why = self.tr("Consolidate again"), self.tr("Fine-tune the backbone anew, without what is gone now")
        _set(self.again, text, why, icon("backbone", colour))
        _set(self.undo, self.tr("Undo"), "", icon("undo", colour))
        _set(self.close_, self.tr("Select nothing"), self.tr("Select nothing (Esc)"), icon("close", colour))
        self.close_.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.show_undo(self._undo_text)

    def _with_key(self, meaning: str, name: str) -> str:
        return self._keys.tooltip(meaning, name) if self._keys else meaning

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for info in self._model.classes:
            text = f"{caption(info.name)}\t{info.shortcut}" if info.shortcut else caption(info.name)
            chip = QIcon(class_chip(initial(info.name), info.colour, self.devicePixelRatioF(), ICON))
            action = menu.addAction(chip, text)
            action.triggered.connect(lambda _, class_id=info.id: self.relabelled.emit(class_id))

    def _consolidate(self) -> None:
        self.dismiss()
        self.consolidated.emit()

    def _close(self) -> None:
        self._done.stop()
        self._set_open(False)
        self.closed.emit()

    def _set_open(self, is_open: bool) -> None:
        if is_open == self._open:
            return
        self._open = is_open
        self._fit()
        if self.isHidden():
            self.move(self._hidden_at())
        self.show()
        self.raise_()
        self._slide.stop()
        self._slide.setStartValue(self.pos())
        self._slide.setEndValue(self._shown_at() if is_open else self._hidden_at())
        self._slide.start()

    def _rest(self) -> None:
        self.setVisible(self._open)

    def _fit(self) -> None:
        room = self._over.width() - 2 * theme.M
        if self._brief:
            self.text.setText(self._words)
        for style in (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly):
            for button in (self.relabel, self.hold, self.delete, self.again, self.undo):
                button.setToolButtonStyle(style)
                button.updateGeometry()  # which Qt forgets while it is hidden
            size = self.sizeHint()
            if size.width() <= room:
                break
        else:
            if self._brief:  # rather that than half of a sentence
                self.text.setText(self._brief)
                size = self.sizeHint()
        self.resize(QSize(min(size.width(), room), size.height()))

    def _shown_at(self) -> QPoint:
        over = self._over.rect()
        return QPoint((over.width() - self.width()) // 2, over.height() - self.height() - theme.M)

    def _hidden_at(self) -> QPoint:
        return QPoint(self._shown_at().x(), self._over.height())


def _button() -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(theme.ICON + theme.S, theme.ICON))  # Qt leaves hardly any room beside the icon
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _set(button: QToolButton, text: str, meaning: str, picture: QIcon) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    button.setIcon(picture)
