# SPDX-License-Identifier: Apache-2.0
"""One class: its key, colour, name and count, a button to hold, and a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.text import tooltip
from desktop.theme import Theme, ink_on, mix
from desktop.views.answer_bars import initial
from desktop.views.elided_label import ElidedLabel
from learner.buffer import CLASS_COLOURS
from learner.types import ClassInfo

_STILL_EDITING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ClassCard(QFrame):
    """A card for one class."""

    pressed = Signal(int)
    """The hold button went down (class id)."""
    released = Signal(int)
    """It came up."""
    renamed = Signal(int, str)
    recoloured = Signal(int, str)
    removed = Signal(int)

    def __init__(self, appearance: Theme, info: ClassInfo) -> None:
        super().__init__()
        self._theme = appearance
        self.info = info
        self._answered = False
        self._recording = False
        self._editing = False
        self.setProperty("role", "card")
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
        self._editor.returnPressed.connect(self._accept_editing)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self.hold = QPushButton("Hold")
        self.hold.setAutoDefault(False)
        self.hold.pressed.connect(lambda: self.pressed.emit(self.info.id))
        self.hold.released.connect(lambda: self.released.emit(self.info.id))
        self._more = QToolButton()
        self._more.setProperty("role", "quiet")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._build_menu())

        self._names = QStackedWidget()
        self._lay_out()
        appearance.changed.connect(self._show)
        self._show()

    def set_info(self, info: ClassInfo) -> None:
        """Show the class as it is now."""
        if info != self.info:
            self.info = info
            self._show()

    def set_answered(self, answered: bool) -> None:
        """Show whether this class is the present answer."""
        if answered != self._answered:
            self._answered = answered
            self.update()

    def set_recording(self, recording: bool) -> None:
        """Show whether this class is being recorded."""
        if recording != self._recording:
            self._recording = recording
            self.update()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in it, in order."""
        return self.hold, self._more

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
            if (
                isinstance(event, QKeyEvent)
                and event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Escape
            ):
                self._leave_editor()
                self.hold.setFocus()
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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card, with a border in the class's colour while it is answered or recorded."""
        super().paintEvent(event)
        if not (self._answered or self._recording):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._recording:
            painter.setBrush(QColor(mix(self._theme.tokens.surface, self.info.colour, 0.18)))
        painter.setPen(QPen(QColor(self.info.colour), theme.RING))
        painter.drawRoundedRect(edge, theme.CARD_RADIUS - 1, theme.CARD_RADIUS - 1)

    def _lay_out(self) -> None:
        self._names.addWidget(self._name)
        self._names.addWidget(self._editor)
        self._names.setFixedHeight(30)
        self._name.installEventFilter(self)
        self._editor.installEventFilter(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._names)
        words.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.M)
        row.addWidget(self._key)
        row.addWidget(self._chip)
        row.addLayout(words, 1)
        row.addWidget(self.hold)
        row.addWidget(self._more)

    def _show(self) -> None:
        info, tokens = self.info, self._theme.tokens
        key = info.shortcut or ""
        self._key.setText(key)
        self._key.setVisible(bool(key))
        self._name.setText(info.name)
        self._name.setToolTip(tooltip(f"{info.name}: double-click to rename"))
        self._count.setText("1 sample" if info.count == 1 else f"{info.count:,} samples")
        self._chip.setText(initial(info.name))
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._chip.setStyleSheet(
            f"background: {info.colour}; color: {ink_on(info.colour)}; border-radius: {theme.RADIUS}px; "
            f"font-size: {theme.TITLE}px; font-weight: 600;"
        )
        hint = f"Hold to record {info.name}" + (f" (or hold the key {key})" if key else "")
        self.hold.setToolTip(tooltip(hint))
        self.hold.setAccessibleName(f"Record {info.name}")
        self._more.setIcon(icon("more", tokens.text))
        self._more.setToolTip(tooltip(f"Rename, recolour or remove {info.name} (F2 renames)"))
        self._more.setAccessibleName(f"More for {info.name}")
        self._editor.setAccessibleName(f"New name for {info.name}")
        self._editor.setToolTip("Enter keeps the name, Esc does not")
        self.setAccessibleName(f"{info.name}, {info.count} samples")
        self.update()

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        rename = QAction("Rename", menu)
        rename.triggered.connect(self.edit_name)
        menu.addAction(rename)
        colours = menu.addMenu("Colour")
        for colour in CLASS_COLOURS:
            swatch = QPixmap(16, 16)
            swatch.fill(QColor(colour))
            action = QAction(QIcon(swatch), colour, colours)
            action.triggered.connect(lambda _, colour=colour: self.recoloured.emit(self.info.id, colour))
            colours.addAction(action)
        menu.addSeparator()
        remove = QAction("Remove class", menu)
        remove.triggered.connect(lambda: self.removed.emit(self.info.id))
        menu.addAction(remove)
        return menu

    def _accept_editing(self) -> None:
        self.finish_editing()
        self.hold.setFocus()

    def _leave_editor(self) -> None:
        # First of all, because showing the other page takes the editor's focus, which would end the editing again.
        self._editing = False
        self._names.setCurrentWidget(self._name)
