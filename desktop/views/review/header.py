# SPDX-License-Identifier: Apache-2.0
"""The line over the grid: how many samples are in view, in which order and size, and what was done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.sample_filter import Order
from desktop.theme import Theme

_NOTE_MILLISECONDS = 4000


class ReviewHeader(QWidget):
    """Summary and controls.

    Args:
        appearance: light or dark.
    """

    order_changed = Signal()
    cleared = Signal()
    """No filter is wanted any longer."""
    history_wanted = Signal()

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self.order = Order.NEWEST
        self._said = ""
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self._note = QTimer(self)
        self._note.setSingleShot(True)
        self._note.setInterval(_NOTE_MILLISECONDS)
        self._note.timeout.connect(lambda: self.summary.setText(self._said))
        self.clear = QPushButton(self.tr("Clear the filters"))
        self.clear.setProperty("role", "quiet")
        self.clear.setAccessibleName(self.tr("Clear the filters"))
        self.clear.setToolTip(self.tr("Show all samples again"))
        self.clear.clicked.connect(lambda _: self.cleared.emit())
        self.sort = _button(self.tr("Order"), self.tr("In which order the samples are shown"))
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.sort)
        for order in Order:
            menu.addAction(self._name(order)).triggered.connect(lambda _, order=order: self.choose(order))
        self.sort.setMenu(menu)
        self.size_ = QSlider(Qt.Orientation.Horizontal)
        self.size_.setRange(theme.SMALLEST_THUMBNAIL, theme.LARGEST_THUMBNAIL)
        self.size_.setSingleStep(theme.S)
        self.size_.setPageStep(theme.XXL)
        self.size_.setValue(theme.THUMBNAIL)
        self.size_.setFixedWidth(theme.LIST_WIDTH // 3)
        self.size_.setAccessibleName(self.tr("Size of the pictures"))
        self.size_.setToolTip(self.tr("Size of the pictures (+ and −, or Ctrl and the wheel)"))
        self._small, self._large = QLabel(), QLabel()
        self.history = _button(self.tr("History"), self.tr("What was done, to go back to any of it"))
        self.history.setText(self.tr("History"))
        self.history.clicked.connect(lambda _: self.history_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.summary)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(self.sort)
        row.addSpacing(theme.S)
        for widget in (self._small, self.size_, self._large):
            row.addWidget(widget)
        row.addSpacing(theme.S)
        row.addWidget(self.history)
        appearance.changed.connect(self._show)
        self._show()

    def say(self, summary: str) -> None:
        """Say what is in view."""
        self._said = summary
        if not self._note.isActive():
            self.summary.setText(summary)

    def note(self, text: str) -> None:
        """Say something for a moment."""
        self.summary.setText(text)
        self._note.start()

    def choose(self, order: Order) -> None:
        """Show the samples in this order."""
        self.order = order
        self._show()
        self.order_changed.emit()

    def _name(self, order: Order) -> str:
        return {
            Order.NEWEST: self.tr("Newest first"),
            Order.UNSURE: self.tr("Least certain first"),
            Order.RECORDING: self.tr("By recording"),
        }[order]

    def _show(self) -> None:
        colour = self._theme.tokens.muted
        self.sort.setText(self._name(self.order))
        self.sort.setAccessibleName(self.tr("Order: {order}").format(order=self._name(self.order)))
        self.sort.setIcon(icon("sort", colour))
        self.history.setIcon(icon("history", colour))
        side = theme.L
        self._small.setPixmap(icon("small_pictures", colour).pixmap(QSize(side, side)))
        self._large.setPixmap(icon("large_pictures", colour).pixmap(QSize(side, side)))


def _button(name: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
