# SPDX-License-Identifier: Apache-2.0
"""What is dropped on the class cards: where it goes, how far it is, and what came of it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.importing import Imported, Progress
from desktop.session import Session
from desktop.text import count_text, samples_text
from desktop.views.teach.class_list import ClassList

_NAMED = 3


class FileDrops(QObject):
    """Hands what is dropped to the importer, and tells of it.

    Args:
        session: the project.
        classes: the cards.
    """

    said = Signal(str)
    """What became of it, in a few words."""
    failed = Signal(str, str)
    """Title and message of what could not be added."""
    name_wanted = Signal(object)
    """Files were dropped beside the cards: what are they? (list of Path)"""

    def __init__(self, session: Session, classes: ClassList) -> None:
        super().__init__(classes)
        self._session = session
        self._classes = classes
        classes.dropped.connect(self.take)
        classes.stop_wanted.connect(session.importer.cancel)
        session.importer.progressed.connect(self._show)
        session.importer.finished.connect(self._finish)
        session.importer.label_wanted.connect(self._ask)

    def take(self, class_id: int | None, paths: Sequence[Path]) -> None:
        """Import files: to a class, or beside all of them, where each says what it shows or somebody is asked."""
        from learner.interchange.formats import is_loose

        info = None if class_id is None else self._session.model.with_id(class_id)
        if info is not None:
            self._session.import_files(paths, info)
            return
        loose = [path for path in paths if is_loose(path)]
        self._session.import_files([path for path in paths if path not in loose])
        if loose:
            self.name_wanted.emit(loose)

    def _ask(self, paths: Sequence[Path]) -> None:
        self._classes.show_import(None, 0)
        self.name_wanted.emit(paths)

    def _show(self, progress: Progress) -> None:
        if not self._session.importer.is_busy:
            return  # it was on its way
        self._classes.show_import(progress.class_id, progress.share)
        text = self.tr("adding to {name}: {samples} so far · Esc stops it")
        self.said.emit(text.format(name=progress.name, samples=samples_text(progress.added)))

    def _finish(self, imported: Imported) -> None:
        self._classes.show_import(None, 0)
        self.said.emit(report_words(imported))
        unreadable = imported.report.unreadable
        if unreadable:
            names = ", ".join(path.name for path in unreadable[:_NAMED])
            more = "…" if len(unreadable) > _NAMED else ""
            message = self.tr("Left out: {names}. Save them as JPEG or PNG, clips as MP4, and drop them again.")
            self.failed.emit(report_words(imported), message.format(names=names + more))


def report_words(imported: Imported) -> str:
    """Return what came of an import, in one line: "mug: 28 added, 2 could not be read"."""
    report, translate = imported.report, QCoreApplication.translate
    parts = [translate("FileDrops", "{samples} added").format(samples=samples_text(report.added))]
    for count, one, several in (
        (
            report.kinds["unreadable"],
            translate("FileDrops", "1 could not be read"),
            translate("FileDrops", "{count} could not be read"),
        ),
        (
            report.duplicates,
            translate("FileDrops", "1 was there already"),
            translate("FileDrops", "{count} were there already"),
        ),
        (
            report.kinds["elsewhere"],
            translate("FileDrops", "1 is in another class"),
            translate("FileDrops", "{count} are in another class"),
        ),
    ):
        if count:
            parts.append(one if count == 1 else several.format(count=count_text(count)))
    if report.stopped:
        parts.append(translate("FileDrops", "then you stopped it"))
    return f"{imported.name}: {', '.join(parts)}"
