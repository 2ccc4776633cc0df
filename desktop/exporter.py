# SPDX-License-Identifier: Apache-2.0
"""Writes what is in a project somewhere else, by a process of its own, and gives up when asked to."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.thread import Thread
from learner.config import LearnerConfig
from learner.interchange.dataset import ExportProgress
from learner.interchange.wishes import Exported, ExportWish
from learner.messages import CommandFailed

_POLL_MILLISECONDS = 100


class Run(Protocol):
    """What is needed of `learner.exporting.ExportRun`; it says what each call does."""

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""

    def poll(self) -> list[ExportProgress | Exported | CommandFailed]:
        """Return what has happened."""

    def cancel(self) -> None:
        """Give it up."""


class Exporter(QObject):
    """Runs one export at a time.

    Args:
        project: the project file.
        config: settings of the learner.
    """

    progressed = Signal(int, int)
    """How many pictures are done, and how many there are."""
    finished = Signal(object)
    """What was written (Exported)."""
    given_up = Signal()
    """It was given up, and nothing of it is left."""
    failed = Signal(str, str)
    """Title and message: why it could not be done."""

    def __init__(self, project: Path, config: LearnerConfig) -> None:
        super().__init__()
        self._project = project
        self._config = config
        self._run: Run | None = None
        self._ending: Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MILLISECONDS)
        self._timer.timeout.connect(self._poll)

    @property
    def is_busy(self) -> bool:
        """Whether an export is under way, or being given up."""
        return self._run is not None

    def start(self, wish: ExportWish) -> None:
        """Begin, unless one is under way; one of the signals tells the end."""
        if self.is_busy:
            return
        try:
            self._run = begin(self._project, wish, self._config)
        except OSError as error:  # no memory, no more processes or files
            translate = QCoreApplication.translate
            words = translate("Faults", "The system gives it no process ({why}). Close other programs.")
            self.failed.emit(
                translate("Faults", "The export cannot be started"), words.format(why=error.strerror or error)
            )
        else:
            self._timer.start()

    def cancel(self) -> None:
        """Give it up. To take away what was written may take a moment, which nobody has to wait for."""
        run = self._run
        if run is not None and self._ending is None:
            self._timer.stop()
            self._ending = Thread(run.cancel)
            self._ending.finished.connect(self._ended)
            self._ending.start()

    def stop(self) -> None:
        """Give it up and wait for the end; nothing is told any more."""
        self.blockSignals(True)
        self.cancel()
        if self._ending is not None:
            self._ending.wait()
            self._run = None

    def _poll(self) -> None:
        run = self._run
        if run is None:
            return
        events = run.poll()
        if run.is_done:
            self._timer.stop()
            self._run = None
        for event in events:
            match event:
                case ExportProgress(done, total):
                    self.progressed.emit(done, total)
                case Exported():
                    self.finished.emit(event)
                case CommandFailed(title, message):
                    self.failed.emit(title, message)

    def _ended(self) -> None:
        if self._ending is not None:
            self._ending.wait()
        self._run = self._ending = None
        self.given_up.emit()


def begin(project: Path, wish: ExportWish, config: LearnerConfig) -> Run:
    """Start the process.

    Raises:
        OSError: the system has none to give.
    """
    from learner.exporting import ExportRun  # which knows all formats, and is needed when there is something to write

    return ExportRun(project, wish, config)
