# SPDX-License-Identifier: Apache-2.0
"""What this is, what it promises, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.versions import Part, details, parts, version
from desktop.views.dialog_size import size_dialog


class About(QDialog):
    """Version, promise, and the licences of the parts, read one at a time so that nothing waits for them.

    Args:
        parent: the window it belongs to; it goes on meanwhile.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._device = ""
        self._left: Iterator[Part] = iter(())
        self.setWindowTitle(self.tr("About Showtell"))
        self.setModal(False)
        size_dialog(self, theme.ABOUT)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Parts and their licences"))
        self.list.setToolTip(self.tr("What Showtell is made of; each part has its makers' licence"))
        self.list.setHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setTabKeyNavigation(False)
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.setAccessibleName(self.tr("Copy details"))
        self.copy.setToolTip(self.tr("Copy versions and system for a report of a bug; nothing of your projects"))
        self.copy.clicked.connect(self._copy)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close this window (Esc)"))
        self.close_button.clicked.connect(self.close)
        self._lay_out()
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._add_part)

    def show_device(self, device: str) -> None:
        """Take into account where training runs, in words."""
        self._device = device

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin to read the parts, when it is shown for the first time."""
        super().showEvent(event)
        if self.list.topLevelItemCount() == 0:
            self._left = parts()
            self._next.start()

    def _lay_out(self) -> None:
        name = QLabel(self.tr("Showtell {version}").format(version=version()))
        name.setProperty("role", "large")
        promise = QLabel(
            self.tr(
                "Everything you show it stays on this computer: there is no account, no server, and nothing is sent. "
                "Your samples lie in project files that are yours to copy, move and delete."
            )
        )
        promise.setWordWrap(True)
        licence = QLabel(self.tr("Free software under the Apache licence 2.0. It is made of these parts:"))
        licence.setProperty("role", "muted")
        licence.setWordWrap(True)
        self.said = QLabel()
        self.said.setProperty("role", "small")
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(self.copy)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        for widget in (name, promise, licence):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def _add_part(self) -> None:
        part = next(self._left, None)
        if part is None:
            self._next.stop()
            return
        item = QTreeWidgetItem([part.name, part.version, part.licence or self.tr("see its files")])
        item.setToolTip(2, part.licence)
        place = 0
        while place < self.list.topLevelItemCount() and _comes_before(self.list.topLevelItem(place), part):
            place += 1
        self.list.insertTopLevelItem(place, item)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(details(self._device))
        self.said.setText(self.tr("Copied. Nothing of your projects is in it."))


def _comes_before(item: QTreeWidgetItem | None, part: Part) -> bool:
    return item is not None and item.text(0).casefold() < part.name.casefold()
