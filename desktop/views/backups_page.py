# SPDX-License-Identifier: Apache-2.0
"""The page of the preferences on backups: where they are kept, which there are, and one more on request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine_words import spoken
from desktop.keeper import Keeper
from desktop.settings import Settings
from desktop.text import tooltip
from desktop.views.backup_words import progress_words, summary_words
from desktop.views.elided_label import ElidedLabel
from desktop.views.flow_layout import FlowLayout
from learner.buffer.keeping import Reason, usual_folder


class BackupsPage(QWidget):
    """The folder holds for every project; the copies are those of the one that is open.

    Args:
        settings: has the folder.
    """

    all_wanted = Signal()
    """The list of them is wanted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._keeper: Keeper | None = None
        self.folder = ElidedLabel()
        self.folder.setProperty("role", "strong")
        self.folder.setAccessibleName(self.tr("The folder that backups are kept in"))
        self.choose = _button(
            self.tr("Choose another…"), self.tr("Keep backups in another folder, on another disk perhaps")
        )
        self.choose.clicked.connect(self._choose)
        self.usual = _button(self.tr("Back to the usual one"), self.tr("Keep backups in Showtell's own folder again"))
        self.usual.clicked.connect(lambda: self._use(None))
        self.open = _button(self.tr("Open it"), self.tr("Look at the backups in their folder"))
        self.open.clicked.connect(self._open)
        self.summary = _said("")
        self.said = _said("small")
        self.fault = _said("warning")
        self.now = _button(self.tr("Back up now"), self.tr("Make one more copy of the open project"))
        self.now.clicked.connect(lambda: self._keeper.keep(Reason.ASKED) if self._keeper is not None else None)
        self.all = _button(self.tr("Show all…"), self.tr("List them, open one, or put one back"))
        self.all.clicked.connect(self.all_wanted)
        self._lay_out()
        self._show()

    def show_keeper(self, keeper: Keeper | None) -> None:
        """Show the copies of the project that is open; None where there is none."""
        if self._keeper is not None:
            self._keeper.changed.disconnect(self._show)
        self._keeper = keeper
        if keeper is not None:
            keeper.changed.connect(self._show)
        self._show()

    def look(self) -> None:
        """Find out anew which there are."""
        if self._keeper is not None:
            self._keeper.look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(_title(self.tr("Folder")))
        column.addWidget(self.folder)
        column.addLayout(_row(self.choose, self.usual, self.open))
        column.addSpacing(theme.L)
        column.addWidget(_title(self.tr("Of the open project")))
        column.addWidget(self.summary)
        column.addWidget(self.said)
        column.addWidget(self.fault)
        column.addLayout(_row(self.now, self.all))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Keep backups in"), str(self._place))
        if name:
            self._use(Path(name))

    def _use(self, folder: Path | None) -> None:
        self._settings.backups = folder
        if self._keeper is not None:
            self._keeper.use_folder(folder)
            self._keeper.keep()  # there is none in it yet, most likely, and whether one can be made is known at once
        self._show()

    def _open(self) -> None:
        folder = next((place for place in (self._place, *self._place.parents) if place.is_dir()), Path.home())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @property
    def _place(self) -> Path:
        return self._settings.backups or usual_folder()

    def _show(self) -> None:
        keeper = self._keeper
        self.folder.setText(str(self._place))
        self.folder.setToolTip(tooltip(str(self._place)))
        self.usual.setVisible(self._settings.backups is not None)
        self.summary.setText(summary_words(keeper))
        said = progress_words(keeper) if keeper is not None else ""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        fault = keeper.fault if keeper is not None and keeper.share is None else None
        self.fault.setText(f"{spoken(fault.title)}. {spoken(fault.message)}" if fault is not None else "")
        self.fault.setVisible(fault is not None)
        self.now.setEnabled(keeper is not None and keeper.share is None)
        self.all.setEnabled(keeper is not None)


def _title(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "title")
    return label


def _said(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _row(*buttons: QPushButton) -> FlowLayout:
    row = FlowLayout(theme.S)
    for button in buttons:
        row.addWidget(button)
    return row


def _button(text: str, meaning: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    button.setAutoDefault(False)
    return button
