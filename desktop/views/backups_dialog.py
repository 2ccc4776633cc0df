# SPDX-License-Identifier: Apache-2.0
"""The list of the copies of a project that are kept: open one beside it, or put one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
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
from desktop.keeper import Copy, Keeper
from desktop.moments import moment_text
from desktop.text import count_text
from desktop.views.backup_words import progress_words, reason_words, summary_words
from desktop.views.dialog_size import size_dialog
from learner.buffer.keeping import Kept, Reason


class BackupsDialog(QDialog):
    """Shows the copies of the project that the window has, also of one that cannot be opened.

    Args:
        parent: the window it belongs to; it goes on meanwhile.
    """

    put_back = Signal(object, object)
    """The path of the project, and the copy (Kept) that is to take its place."""
    open_beside = Signal(object, object)
    """The path of the project, and the copy (Kept) that is to be opened as a project of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = Path()
        self._keeper: Keeper | None = None
        self._shown: tuple[Copy, ...] = ()
        self.setWindowTitle(self.tr("Backups"))
        self.setModal(False)
        size_dialog(self, theme.BACKUPS)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setToolTip(self.tr("The copies that are kept of this project, the newest first"))
        self.list.setHeaderLabels([self.tr("Made"), self.tr("Samples"), self.tr("Why")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setTabKeyNavigation(False)
        self.list.itemSelectionChanged.connect(self._show_choice)
        self.beside = _button(
            self.tr("Open a copy beside it"),
            self.tr("Make a project of its own of the chosen backup, beside this one, and open it"),
            lambda: self._choose(self.open_beside.emit),
        )
        self.back = _button(
            self.tr("Put this one back"),
            self.tr("Put the chosen backup in the project's place; what is there now is set aside"),
            lambda: self._choose(self.put_back.emit),
        )
        self.back.setProperty("role", "primary")
        self.now = _button(self.tr("Back up now"), self.tr("Make one more copy of the open project"), self._keep)
        self.folder = _button(self.tr("Open folder"), self.tr("Look at the backups in their folder"), self._open_folder)
        self.said = QLabel()
        self.said.setProperty("role", "small")
        self._heading = QLabel()
        self._heading.setProperty("role", "large")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._show_choice()

    def show_project(self, project: Path, keeper: Keeper, *, is_open: bool) -> None:
        """Show the copies of this project from now on, and find out which there are."""
        if self._keeper is not None:
            self._keeper.changed.disconnect(self._show)
        self._project, self._keeper = project, keeper
        keeper.changed.connect(self._show)
        self._heading.setText(project.stem)
        self.now.setVisible(is_open)
        keeper.look()
        self._show()

    def _lay_out(self) -> None:
        promise = QLabel(
            self.tr(
                "A backup that is put back takes the project's place. What is there now is not deleted: it gets "
                "another name beside it."
            )
        )
        promise.setProperty("role", "muted")
        promise.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        for button in (self.now, self.folder):
            foot.addWidget(button)
        foot.addWidget(self.said, 1)
        for button in (self.beside, self.back):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self._heading)
        column.addWidget(promise)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        header = self.list.header()
        for place in range(2):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def _show(self) -> None:
        keeper = self._keeper
        if keeper is None:
            return
        self.said.setText(progress_words(keeper) or ("" if keeper.copies else summary_words(keeper)))
        self.now.setEnabled(keeper.share is None)
        if keeper.copies is not None and keeper.copies != self._shown:
            self._fill(keeper.copies)
        self._show_choice()

    def _fill(self, copies: tuple[Copy, ...]) -> None:
        chosen = self._chosen
        self._shown = copies
        self.list.clear()
        current: QTreeWidgetItem | None = None
        for copy in copies:
            samples = count_text(copy.samples) if copy.samples is not None else self.tr("cannot be read")
            kept = copy.kept
            item = QTreeWidgetItem([moment_text(kept.made_at.timestamp()), samples, reason_words(kept.reason)])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, str(kept.path))
            self.list.addTopLevelItem(item)
            if current is None or (chosen is not None and kept.path == chosen.path):
                current = item
        if current is not None:
            self.list.setCurrentItem(current)

    def _show_choice(self) -> None:
        place = self._place
        can_be_read = place is not None and self._shown[place].samples is not None
        self.beside.setEnabled(can_be_read)
        self.back.setEnabled(can_be_read)

    @property
    def _place(self) -> int | None:
        items = self.list.selectedItems()
        place = self.list.indexOfTopLevelItem(items[0]) if items else -1
        return place if 0 <= place < len(self._shown) else None

    @property
    def _chosen(self) -> Kept | None:
        place = self._place
        return self._shown[place].kept if place is not None else None

    def _choose(self, tell: Callable[[Path, Kept], object]) -> None:
        kept = self._chosen
        if kept is not None:
            self.close()
            tell(self._project, kept)

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.keep(Reason.ASKED)

    def _open_folder(self) -> None:
        kept = self._chosen
        if kept is not None:
            folder = kept.path.parent
        elif self._keeper is not None:
            folder = self._keeper.folder
        else:
            return
        there = next((place for place in (folder, *folder.parents) if place.is_dir()), Path.home())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))


def _button(text: str, meaning: str, deed: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: deed())
    return button
