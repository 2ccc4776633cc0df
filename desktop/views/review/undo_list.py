# SPDX-License-Identifier: Apache-2.0
"""What was done, by name: the newest above, and where one is now. A click goes there, step by step."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.text import tooltip
from desktop.theme import Theme

_SIZE = (320, 360)


class Walk(QObject):
    """Goes to a place of the undo stack, one act after another: each has to be on the disk before the next begins.

    Args:
        session: whose acts they are.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._target: int | None = None
        self._from: int | None = None
        session.undo_changed.connect(self._go_on)

    def go_to(self, index: int) -> None:
        """Take back, or do again, until so many acts are done."""
        self._target, self._from = index, None
        self._go_on()

    def _go_on(self) -> None:
        session, here = self._session, self._session.undo_stack.index()
        if self._target is None:
            return
        step = session.undo if here > self._target else session.redo
        can = session.undo_text if here > self._target else session.redo_text
        # An act that failed has settled, and left the stack where it was: trying it again would never end.
        if here == self._target or (can is not None and here == self._from):
            self._target = None
        elif can is not None:
            self._from = here
            step()


class UndoList(QFrame):
    """A small window with the acts of a project.

    Args:
        appearance: light or dark.
        session: whose acts they are.
        parent: what it belongs to.
    """

    def __init__(self, appearance: Theme, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = appearance
        self._session = session
        self.walk = Walk(session)
        self.setProperty("role", "popover")
        self.setFixedSize(*_SIZE)
        title = QLabel(self.tr("What was done"))
        title.setProperty("role", "title")
        hint = QLabel(self.tr("Click one to go back there."))
        hint.setProperty("role", "small")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was done"))
        self.list.setToolTip(self.tr("The newest is above; what was taken back is grey"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.XS)
        column.addWidget(title)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        session.undo_changed.connect(self._fill)

    def open_under(self, button: QWidget) -> None:
        """Show it under a button, within the screen."""
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + theme.XS))
        area = button.screen().availableGeometry()
        place = QRect(corner, self.size())
        if place.bottom() > area.bottom():
            place.moveBottom(button.mapToGlobal(QPoint(0, 0)).y() - theme.XS)
        self.move(max(area.left(), min(place.left(), area.right() - place.width())), max(area.top(), place.top()))
        self.show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Fill it, and take the keys."""
        super().showEvent(event)
        self._fill()
        self.list.setFocus()

    def _go(self, item: QListWidgetItem) -> None:
        self.walk.go_to(item.data(Qt.ItemDataRole.UserRole))

    def _fill(self) -> None:
        if not self.isVisible():
            return
        stack, tokens = self._session.undo_stack, self._theme.tokens
        here = stack.index()
        self.list.clear()
        for done in range(stack.count(), -1, -1):
            text = stack.text(done - 1) if done else self.tr("as it was opened")
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, done)
            item.setToolTip(tooltip(text))
            if done == here:
                font = self.list.font()
                font.setBold(True)
                item.setFont(font)
                item.setIcon(icon("here", tokens.accent))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("{act}, now").format(act=text))
            elif done > here:
                item.setForeground(self.palette().placeholderText())
                taken_back = self.tr("{act}, taken back").format(act=text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, taken_back)
            self.list.addItem(item)
            if done == here:
                self.list.setCurrentItem(item)
