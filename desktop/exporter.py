# SPDX-License-Identifier: Apache-2.0
"""Writes what is in a project somewhere else, in a thread of its own, and gives up when asked to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from learner.buffer import Buffer
from learner.errors import ShowtellError
from learner.interchange.dataset import ExportProgress, ExportReport

_log = logging.getLogger(__name__)

Export = Callable[[Buffer], Generator[ExportProgress, None, ExportReport]]
"""Begins an export of an open project; closing the generator gives it up and leaves nothing behind."""


class Exporter(QObject):
    """Runs one export at a time.

    Args:
        project: the project file.
    """

    progressed = Signal(int, int)
    """How many are done, and how many there are."""
    finished = Signal(object)
    """What was written (ExportReport)."""
    given_up = Signal()
    """It was given up, and nothing of it is left."""
    failed = Signal(object)
    """It could not be done (ShowtellError)."""
    broke = Signal(object)
    """A bug of ours (Exception)."""

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project
        self._thread: _Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._thread is not None and self._thread.isRunning()

    def start(self, export: Export) -> None:
        """Begin, unless one is under way; one of the signals tells the end."""
        if not self.is_busy:
            self._thread = _Thread(self, export)
            self._thread.start()

    def cancel(self) -> None:
        """Give it up."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def stop(self) -> None:
        """Give it up and wait for the end."""
        self.cancel()
        if self._thread is not None:
            self._thread.wait()

    def run(self, export: Export, is_unwanted: Callable[[], bool]) -> None:
        """Carry out an export; called in the thread."""
        try:
            with Buffer.open(self._project, read_only=True) as buffer:
                report = self._drive(export(buffer), is_unwanted)
        except ShowtellError as error:
            self.failed.emit(error)
        except Exception as error:
            _log.exception("an export met a bug")
            self.broke.emit(error)
        else:
            if report is None:
                self.given_up.emit()
            else:
                self.finished.emit(report)

    def _drive(
        self, work: Generator[ExportProgress, None, ExportReport], is_unwanted: Callable[[], bool]
    ) -> ExportReport | None:
        try:
            while not is_unwanted():
                progress = next(work)
                self.progressed.emit(progress.done, progress.total)
        except StopIteration as end:
            report = end.value
            return report if isinstance(report, ExportReport) else None
        finally:
            work.close()
        return None


class _Thread(QThread):
    def __init__(self, owner: Exporter, export: Export) -> None:
        super().__init__()
        self._owner = owner
        self._export = export

    def run(self) -> None:
        self._owner.run(self._export, self.isInterruptionRequested)
