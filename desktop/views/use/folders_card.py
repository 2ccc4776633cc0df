# SPDX-License-Identifier: Apache-2.0
"""The card with which the samples are written as folders of pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton

from desktop import theme
from desktop.engine_words import spoken
from desktop.exporter import Exporter
from desktop.session import Session
from desktop.text import count_text
from desktop.theme import Theme
from desktop.views.file_questions import default_folder
from desktop.views.use.use_card import UseCard, name_role, sentence
from learner.errors import ShowtellError
from learner.interchange.dataset import ExportReport, export_folders


class FoldersCard(UseCard):
    """Asks for a folder, shows how far it is, and where it went."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__(appearance, "folder")
        self.describe(
            self.tr("Samples as folders"),
            self.tr(
                "For other programs and for people: a folder of JPEG pictures for each class, and a table that says "
                "when each was taken and in which recording."
            ),
        )
        self._session = session
        self.exporter = Exporter(session.path)
        self._folder: Path | None = None
        self.begin = QPushButton(self.tr("Choose a folder…"))
        self.begin.setAccessibleName(self.tr("Write the samples as folders"))
        self.begin.setToolTip(self.tr("Choose where the new folder is to be. Nothing that exists is written over."))
        self.begin.clicked.connect(self._ask)
        self.give_up = QPushButton(self.tr("Cancel"))
        self.give_up.setAccessibleName(self.tr("Cancel writing the samples"))
        self.give_up.setToolTip(self.tr("Stop, and remove what was written so far"))
        self.give_up.clicked.connect(self.exporter.cancel)
        self.show_folder = QPushButton(self.tr("Show the folder"))
        self.show_folder.setAccessibleName(self.tr("Show the folder"))
        self.show_folder.setToolTip(self.tr("Open the new folder in the file manager"))
        self.show_folder.clicked.connect(self._open)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of writing"))
        self.progress.setToolTip(self.tr("How many of the pictures are written"))
        self.state = sentence(role="small")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for button in (self.begin, self.give_up, self.show_folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.state)
        self.body.addLayout(buttons)
        self._connect()
        self._show("")

    def export(self, folder: Path) -> None:
        """Write the samples into a new folder within this one."""
        self._folder = None
        self.progress.setMaximum(0)
        name = self.tr("{project} samples").format(project=self._session.path.stem)
        self.exporter.start(lambda buffer: export_folders(buffer, folder, name))
        self._show(self.tr("Looking through the samples…"), busy=True)

    def _connect(self) -> None:
        self.exporter.progressed.connect(self._show_progress)
        self.exporter.finished.connect(self._finished)
        self.exporter.given_up.connect(lambda: self._show(self.tr("Cancelled. Nothing was left behind.")))
        self.exporter.failed.connect(self._failed)
        self.exporter.broke.connect(self._session.writer.broke)
        self._session.stopping.connect(self.exporter.stop)

    def _ask(self) -> None:
        folder = str(default_folder())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where is the new folder to be?"), folder)
        if chosen:
            self.export(Path(chosen))

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _show_progress(self, done: int, total: int) -> None:
        if self.exporter.is_busy:
            self.progress.setMaximum(total)
            self.progress.setValue(done)
            words = self.tr("{done} of {total} pictures").format(done=count_text(done), total=count_text(total))
            self._show(words, busy=True)

    def _finished(self, report: ExportReport) -> None:
        self._folder = report.folder
        if report.pictures == 1:
            words = self.tr("1 picture is in {folder}.")
        else:
            words = self.tr("{count} pictures are in {folder}.")
        self._show(words.format(count=count_text(report.pictures), folder=report.folder), role="good")

    def _failed(self, error: ShowtellError) -> None:
        self._show(spoken(error.message), role="bad")

    def _show(self, words: str, *, busy: bool = False, role: str = "small") -> None:
        name_role(self.state, role)
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.progress.setVisible(busy)
        self.give_up.setVisible(busy)
        self.begin.setVisible(not busy)
        self.show_folder.setVisible(self._folder is not None and not busy)
