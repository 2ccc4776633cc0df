# SPDX-License-Identifier: Apache-2.0
"""One class: its key, colour, name and count, its last pictures, a button to hold, and a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.text import samples_text, tooltip
from desktop.theme import Theme, ink_on
from desktop.views.answer_bars import initial
from desktop.views.elided_label import ElidedLabel
from desktop.views.teach.card_frame import CardFrame
from desktop.views.teach.class_marks import LastPictures, RecallBar
from learner.buffer import CLASS_COLOURS
from learner.types import ClassInfo

Picture = Callable[[int], QPixmap | None]
"""Returns the picture of a sample, None while it is not there yet."""

SHORTCUTS = tuple("1234567890")

_STILL_EDITING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ClassCard(CardFrame):
    """A card for one class."""

    pressed = Signal(int)
    """The hold button went down (class id)."""
    released = Signal(int)
    """It came up."""
    renamed = Signal(int, str)
    recoloured = Signal(int, str)
    removed = Signal(int)
    key_wanted = Signal(int, object)
    """It is to have this key, or none (class id, key)."""
    shifted = Signal(int, int)
    """It is to go so many places down (class id, places)."""
    stop_wanted = Signal()
    """What is being imported is to be stopped."""

    def __init__(self, appearance: Theme, info: ClassInfo, picture: Picture) -> None:
        super().__init__(appearance, info)
        self._editing = False
        self.setFixedHeight(theme.CARD_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self._key = QLabel()
        self._key.setProperty("role", "key")
        self._key.setFixedSize(20, 20)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kept = self._key.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that all cards look alike
        self._key.setSizePolicy(kept)
        self._chip = QLabel()
        self._chip.setFixedSize(theme.CHIP, theme.CHIP)
        self._name = ElidedLabel()
        self._name.setProperty("role", "title")
        self._editor = QLineEdit()
        self._editor.setMaxLength(80)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self.hold = QPushButton(self.tr("Hold"))
        self.hold.setAutoDefault(False)
        self.hold.pressed.connect(lambda: self.pressed.emit(self.info.id))
        self.hold.released.connect(lambda: self.released.emit(self.info.id))
        self.pictures = LastPictures(appearance, picture)
        self._recall = RecallBar(appearance)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMinimumWidth(theme.XL)
        self._progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.stop_wanted)
        self._more = QToolButton()
        self._more.setProperty("role", "quiet")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._build_menu())

        self._names = QStackedWidget()
        self._lay_out()
        self.show_import(None)
        for keys, places in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._shift, places))
        appearance.changed.connect(self._show)
        self._show()

    def set_info(self, info: ClassInfo) -> None:
        """Show the class as it is now."""
        before, self.info = self.info, info
        if replace(info, count=before.count) != before:
            self._show()
        elif info != before:  # thirty times a second while it is recorded, so nothing else is made anew
            self._show_count()

    def show_pictures(self, sample_ids: Sequence[int]) -> None:
        """Show its last samples, the newest first."""
        self.pictures.show_samples(sample_ids)

    def show_recall(self, recall: float | None) -> None:
        """Show how many of its recordings are found, None where that is not measurable yet."""
        self._recall.show_recall(self.info.name, recall)

    def show_import(self, share: float | None) -> None:
        """Show how much of an import is done, 0 to 1; None when there is none."""
        under_way = share is not None
        self._progress.setValue(round(100 * (share or 0)))
        self._progress.setVisible(under_way)
        self.stop.setVisible(under_way)
        self.hold.setVisible(not under_way)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in it, in order."""
        return self.hold, self.stop, self._more

    @property
    def is_edited(self) -> bool:
        """Whether its name is being edited."""
        return self._editing

    def edit_name(self) -> None:
        """Let the name be edited in place: Enter keeps it, Esc does not."""
        self._editing = True
        self._editor.setText(self.info.name)
        self._names.setCurrentWidget(self._editor)
        self._editor.selectAll()
        self._editor.setFocus()

    def finish_editing(self) -> None:
        """Keep the name that is being edited, if one is."""
        if not self._editing:
            return
        name = self._editor.text().strip()
        self._leave_editor()
        if name and name != self.info.name:
            self.renamed.emit(self.info.id, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Start editing on a double click on the name; leave it on Esc or when the focus goes."""
        if watched is self._name and event.type() == QEvent.Type.MouseButtonDblClick:
            self.edit_name()
            return True
        if watched is self._editor and self._editing:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape:
                    self._leave_editor()
                    self.hold.setFocus()
                    return True
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._accept_editing()
                    return True
            # The editor's own menu takes the focus for a while, to paste something for instance.
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STILL_EDITING:
                self.finish_editing()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """F2 edits the name, as everywhere."""
        if event.key() == Qt.Key.Key_F2:
            self.edit_name()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Edit the name."""
        self.edit_name()

    def _lay_out(self) -> None:
        self._names.addWidget(self._name)
        self._names.addWidget(self._editor)
        self._names.setFixedHeight(30)
        self._name.installEventFilter(self)
        self._editor.installEventFilter(self)
        count = QHBoxLayout()
        count.setSpacing(theme.S)
        count.addWidget(self._count)
        count.addWidget(self._recall)
        count.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._names)
        words.addLayout(count)
        upper = QHBoxLayout()
        upper.setSpacing(theme.S)
        for widget in (self._key, self._chip):
            upper.addWidget(widget)
        upper.addLayout(words, 1)
        upper.addWidget(self._more)
        lower = QHBoxLayout()
        lower.setSpacing(theme.S)
        lower.addWidget(self.pictures)
        lower.addWidget(self._progress, 100)
        lower.addStretch(1)
        lower.addWidget(self.stop)
        lower.addWidget(self.hold)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.XS, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(upper)
        column.addLayout(lower)

    def _show(self) -> None:
        info, tokens = self.info, self._theme.tokens
        key = info.shortcut or ""
        self._key.setText(key)
        self._key.setVisible(bool(key))
        self._name.setText(info.name)
        self._name.setToolTip(tooltip(self.tr("{name}: double-click to rename").format(name=info.name)))
        self._show_count()
        self._chip.setText(initial(info.name))
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._chip.setStyleSheet(
            f"background: {info.colour}; color: {ink_on(info.colour)}; border-radius: {theme.RADIUS}px; "
            f"font-size: {theme.TITLE}px; font-weight: 600;"
        )
        hint = self.tr("Hold to record {name} (or hold the key {key})") if key else self.tr("Hold to record {name}")
        self.hold.setToolTip(tooltip(hint.format(name=info.name, key=key)))
        self.hold.setAccessibleName(self.tr("Record {name}").format(name=info.name))
        self._more.setIcon(icon("more", tokens.text))
        more = self.tr("Rename, recolour, move or remove {name} (F2 renames)").format(name=info.name)
        self._more.setToolTip(tooltip(more))
        self._more.setAccessibleName(self.tr("More for {name}").format(name=info.name))
        self._editor.setAccessibleName(self.tr("New name for {name}").format(name=info.name))
        self._editor.setToolTip(self.tr("Enter keeps the name, Esc does not"))
        self.stop.setAccessibleName(self.tr("Stop adding to {name}").format(name=info.name))
        self.stop.setToolTip(self.tr("Add no more; what was added stays, and undo takes it back (Esc)"))
        self.setToolTip(
            self.tr("Drag it to another place (Alt+Up, Alt+Down). Drop pictures, folders or a clip on it to add them.")
        )
        self.update()

    def _show_count(self) -> None:
        count = samples_text(self.info.count)
        self._count.setText(count)
        self.setAccessibleName(f"{self.info.name}, {count}")

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        self._add_act(menu, self.tr("Rename"), self.edit_name)
        colours = menu.addMenu(self.tr("Colour"))
        for colour in CLASS_COLOURS:
            swatch = QPixmap(16, 16)
            swatch.fill(QColor(colour))
            action = QAction(QIcon(swatch), colour, colours)
            action.triggered.connect(lambda _, colour=colour: self.recoloured.emit(self.info.id, colour))
            colours.addAction(action)
        keys = menu.addMenu(self.tr("Key"))
        for key in SHORTCUTS:
            self._add_act(keys, key, partial(self._want_key, key))
        self._add_act(keys, self.tr("None"), partial(self._want_key, None))
        self._add_act(menu, self.tr("Move up (Alt+Up)"), partial(self._shift, -1))
        self._add_act(menu, self.tr("Move down (Alt+Down)"), partial(self._shift, 1))
        menu.addSeparator()
        self._add_act(menu, self.tr("Remove class"), lambda: self.removed.emit(self.info.id))
        return menu

    def _add_act(self, menu: QMenu, text: str, deed: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda _: deed())

    def _want_key(self, key: str | None) -> None:
        self.key_wanted.emit(self.info.id, key)

    def _shift(self, places: int) -> None:
        self.shifted.emit(self.info.id, places)

    def _accept_editing(self) -> None:
        self.finish_editing()
        self.hold.setFocus()

    def _leave_editor(self) -> None:
        # First of all, because showing the other page takes the editor's focus, which would end the editing again.
        self._editing = False
        self._names.setCurrentWidget(self._name)
