# SPDX-License-Identifier: Apache-2.0
"""The card with which a project's model, samples or report are written for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QProgressBar, QPushButton

from desktop import theme
from desktop.engine_words import spoken
from desktop.exporter import Exporter
from desktop.extras import install_command, is_missing
from desktop.learner_status import LearnerStatus
from desktop.session import Session
from desktop.text import caption
from desktop.theme import Theme
from desktop.views.choice import ChoiceRow
from desktop.views.file_questions import default_folder
from desktop.views.flow_layout import FlowLayout
from desktop.views.use.code_lines import export_command
from desktop.views.use.code_row import CodeRow
from desktop.views.use.export_kinds import (
    PRECISIONS,
    ExportKind,
    exported_words,
    kinds,
    precision_choices,
    progress_words,
)
from desktop.views.use.use_card import UseCard, name_role, sentence
from learner.interchange.wishes import Exported, ExportFormat, ExportWish, Precision

ANSWERS_OTHERWISE = str(QT_TRANSLATE_NOOP("Engine", "The exported model answers otherwise"))
"""The title of a refusal that a person may overrule."""


class ExportCard(UseCard):
    """Asks what to write and where, shows how far it is, and what came of it."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__(appearance, "export")
        self.describe(
            self.tr("Export"),
            self.tr("Take it along: a model that answers elsewhere as it does here, the samples, or a report."),
        )
        self._session = session
        self._kinds = kinds()
        self.exporter = Exporter(session.path, session.config)
        self._wish: ExportWish | None = None
        self._written: Path | None = None
        self._precision = Precision.FLOAT32
        self._knows = self._has_learned
        self.kinds = QComboBox()
        self.words = sentence(role="small")
        self._size_name = sentence(self.tr("Size of the model"), "small")
        self.sizes = ChoiceRow(self.tr("Size"), precision_choices())
        self.hindrance = sentence(role="warning")
        self.install = CodeRow(appearance, self.tr("To install it"), self.tr("Copy the command that installs it"))
        self.progress = QProgressBar()
        self.state = sentence(role="small")
        self.begin, self.give_up, self.show_folder, self.anyway = (QPushButton() for _ in range(4))
        self.command = CodeRow(appearance, self.tr("The same on the command line"), self.tr("Copy the command"))
        self._name_all()
        self._lay_out()
        self._connect()
        self._say("")
        self._show()

    @property
    def kind(self) -> ExportKind:
        """What is chosen."""
        return self._kinds[self.kinds.currentIndex()]

    def choose(self, format_: ExportFormat) -> None:
        """Choose what to write."""
        self.kinds.setCurrentIndex([kind.format for kind in self._kinds].index(format_))

    def export(self, out: Path) -> None:
        """Write what is chosen there."""
        self._start(ExportWish(out, self.kind.format, self._precision if self.kind.has_sizes else Precision.FLOAT32))

    def _name_all(self) -> None:
        for kind in self._kinds:
            self.kinds.addItem(kind.title)
        self.kinds.setAccessibleName(self.tr("What to export"))
        self.kinds.setToolTip(self.tr("Choose what is to be written"))
        self.sizes.show_choice(0)
        self.install.show_code(install_command("onnx"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the export"))
        self.progress.setToolTip(self.tr("How far the export is"))
        named: tuple[tuple[QPushButton, str, str, Callable[[], None]], ...] = (
            (
                self.begin,
                self.tr("Export…"),
                self.tr("Choose where it is to be. Nothing that exists is written over."),
                self._ask,
            ),
            (
                self.give_up,
                self.tr("Cancel"),
                self.tr("Stop the export, and remove what was written so far"),
                self.exporter.cancel,
            ),
            (
                self.show_folder,
                self.tr("Show in folder"),
                self.tr("Open the folder with what was written in the file manager"),
                self._open,
            ),
            (
                self.anyway,
                self.tr("Write it all the same"),
                self.tr("Export it once more, and keep it although it answers otherwise"),
                self._force,
            ),
        )
        for button, text, meaning, act in named:
            button.setText(caption(text))
            button.setAccessibleName(text)
            button.setToolTip(meaning)
            button.clicked.connect(act)

    def _lay_out(self) -> None:
        buttons = FlowLayout(theme.S)
        for button in (self.begin, self.give_up, self.show_folder, self.anyway):
            buttons.addWidget(button)
        for part in (
            self.kinds,
            self.words,
            self._size_name,
            self.sizes,
            self.hindrance,
            self.install,
            self.progress,
            self.state,
        ):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        self.body.addSpacing(theme.XS)
        self.body.addWidget(self.command)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._choose)
        self.sizes.chosen.connect(self._choose_size)
        self.exporter.progressed.connect(self._show_progress)
        self.exporter.finished.connect(self._finished)
        self.exporter.given_up.connect(lambda: self._end(self.tr("Cancelled. Nothing was left behind.")))
        self.exporter.failed.connect(self._failed)
        self._session.stopping.connect(self.exporter.stop)
        self._session.learner.status_changed.connect(self._take_status)

    @property
    def _has_learned(self) -> bool:
        return self._session.learner.status.version_id is not None

    def _take_status(self, _: LearnerStatus) -> None:
        if self._has_learned != self._knows:
            self._knows = self._has_learned
            self._show()

    def _choose(self) -> None:
        self._written = self._wish = None
        self._say("")
        self._show()

    def _choose_size(self, place: int) -> None:
        self._precision = PRECISIONS[place]
        self._choose()

    def _ask(self) -> None:
        kind, folder = self.kind, default_folder()
        name = kind.name(self._session.path.stem)
        if not kind.ending:
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Where is the new folder to be?"), str(folder))
            if chosen:
                self.export(free(Path(chosen) / name))
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where is it to be?"),
            str(free(folder / name)),
            kind.files,
            options=QFileDialog.Option.DontConfirmOverwrite,  # it would not be written over
        )
        if chosen:
            self.export(ending_in(Path(chosen), kind.ending))

    def _force(self) -> None:
        if self._wish is not None:
            self._start(replace(self._wish, force=True))

    def _start(self, wish: ExportWish) -> None:
        if self.exporter.is_busy:
            return
        self._wish, self._written = wish, None
        self.progress.setMaximum(0)
        self._say(self.tr("Getting ready…"))
        self.exporter.start(wish)
        self._show()
        if not self.give_up.isHidden():
            self.give_up.setFocus()  # which would go to anything when the button that had it is hidden

    def _show_progress(self, done: int, total: int) -> None:
        if self._wish is None or not self.exporter.is_busy:
            return
        words = progress_words(self.kind, done, total)
        is_counted = not self.kind.is_model or done != total // 2
        self.progress.setMaximum(total if is_counted else 0)
        self.progress.setValue(done)
        self._say(words)

    def _finished(self, exported: Exported) -> None:
        self._written = exported.out
        self._wish = None
        is_like = exported.parity is None or exported.parity.is_enough
        self._end(exported_words(exported), "good" if is_like else "warning")

    def _failed(self, title: str, message: str) -> None:
        if title != ANSWERS_OTHERWISE:
            self._wish = None
        self._end(f"{spoken(title)}. {spoken(message)}", "bad")

    def _open(self) -> None:
        if self._written is not None:
            folder = self._written if self._written.is_dir() else self._written.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _end(self, words: str, role: str = "small") -> None:
        had_focus = self.give_up.hasFocus()
        if role == "small":  # it was cancelled
            self._wish = None
        self._say(words, role)
        self._show()
        if had_focus:
            last = next((one for one in (self.show_folder, self.anyway) if not one.isHidden()), self.begin)
            last.setFocus()

    def _say(self, words: str, role: str = "small") -> None:
        name_role(self.state, role)
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _show(self) -> None:
        kind, is_busy = self.kind, self.exporter.is_busy
        needs_onnx = kind.format is ExportFormat.ONNX and is_missing("onnx")
        hindrance = ""
        if needs_onnx:
            hindrance = self.tr("ONNX is not installed here. Install it, and start Showtell again.")
        elif kind.is_model and not self._knows:
            hindrance = self.tr("Nothing has been learned yet, so there is no model. Teach it two things first.")
        self.words.setText(kind.words)
        for part in (self._size_name, self.sizes):
            part.setVisible(kind.has_sizes)
        self.hindrance.setText(hindrance)
        self.hindrance.setVisible(bool(hindrance))
        self.install.setVisible(needs_onnx)
        self.kinds.setEnabled(not is_busy)
        self.sizes.setEnabled(not is_busy)
        self.progress.setVisible(is_busy)
        self.give_up.setVisible(is_busy)
        self.begin.setVisible(not is_busy)
        self.begin.setEnabled(not hindrance)
        self.begin.setAccessibleDescription(hindrance)
        self.show_folder.setVisible(self._written is not None and not is_busy)
        self.anyway.setVisible(self._wish is not None and not is_busy)
        name = kind.name(self._session.path.stem)
        precision = self._precision if kind.has_sizes else Precision.FLOAT32
        self.command.show_code(export_command(self._session.path.absolute(), name, kind.format, precision))


def ending_in(path: Path, ending: str) -> Path:
    """Return a path that ends so, as a person left it out or wrote it in other letters."""
    is_said = path.suffix.casefold() == ending
    return path.with_suffix(ending) if is_said else path.with_name(f"{path.name}{ending}")


def free(path: Path) -> Path:
    """Return a path of which there is nothing yet, called like this or much like it."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} {number}{path.suffix}")
    return found
