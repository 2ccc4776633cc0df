# SPDX-License-Identifier: Apache-2.0
"""A panel that lies over the class list for a while, so that the picture stays in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.theme import Theme


class SidePanel(QFrame):
    """A title, a button to close it, and what its kind puts below. Esc closes it.

    Args:
        appearance: light or dark.
        over: the widget it lies over; its parent becomes the panel's.
        at_top: lie at the upper end of that widget, or at its lower one.
    """

    shut = Signal()
    """It has been closed."""

    def __init__(self, appearance: Theme, over: QWidget, *, at_top: bool) -> None:
        super().__init__(over.parentWidget())
        self._theme = appearance
        self._over = over
        self._at_top = at_top
        self.setProperty("role", "drawer")
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setIconSize(QSize(theme.ICON, theme.ICON))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close this panel (Esc)"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.close_it)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._close)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.M, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(row)
        column.addLayout(self.body)
        over.installEventFilter(self)
        appearance.changed.connect(self._show_icon)
        self._show_icon()
        self.hide()

    def set_title(self, title: str) -> None:
        """Say what it is for."""
        self._title.setText(title)
        self.setAccessibleName(title)

    @property
    def is_open(self) -> bool:
        """Whether it is there."""
        return not self.isHidden()

    def open_it(self) -> None:
        """Show it, and go on with the keyboard in it."""
        self.show()
        self.place()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focusNextChild()

    def close_it(self) -> None:
        """Hide it."""
        if self.is_open:
            self.hide()
            self.shut.emit()

    def place(self) -> None:
        """Lie where it should, as high as what is in it."""
        area = self._over.geometry()
        layout = self.layout()
        if layout is None or self.isHidden():
            return
        layout.invalidate()
        height = (
            layout.totalHeightForWidth(area.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        )
        height = min(height, area.height())
        top = area.top() if self._at_top else area.bottom() + 1 - height
        self.setGeometry(area.left(), top, area.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay over what it lies over."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close it on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)

    def _show_icon(self) -> None:
        self._close.setIcon(icon("close", self._theme.tokens.muted))
