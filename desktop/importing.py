# SPDX-License-Identifier: Apache-2.0
"""Pictures, folders and clips that are dropped on a class become its samples, in a thread of their own."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.import_reading import Reading, Report, class_folders
from desktop.thread import Thread
from desktop.writer import Writer
from learner.types import ClassInfo

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    """What to import: into one class, or, without a name, each folder into the class of its name."""

    paths: list[Path]
    info: ClassInfo | None = None
    name: str = ""


class Importer(QObject):
    """Imports one thing after another.

    Args:
        writer: the project file.
    """

    progressed = Signal(object)
    """A Progress (see `desktop.import_reading`)."""
    finished = Signal(object)
    """The Report of one import; nothing of it is on its way any more."""
    broke = Signal(object)
    """A bug of ours (Exception)."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._waiting: deque[_Job] = deque()
        self._thread: Thread | None = None
        self._cancelled = threading.Event()
        self._stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being imported."""
        return self._thread is not None

    def add(self, paths: Sequence[Path], info: ClassInfo) -> None:
        """Import pictures, clips and folders of them as samples of a class, after what is being imported."""
        self._put(_Job(list(paths), info, info.name))

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Import folders, each into the class called like it, which is made when there is something to add to it.

        A folder that has nothing but folders in it is one of class folders: each of those is a class.
        """
        self._put(_Job(list(folders)))

    def cancel(self) -> None:
        """Stop importing; what has been added stays, and can be taken back."""
        self._waiting.clear()
        self._cancelled.set()

    def stop(self) -> None:
        """Stop, and wait for it; nothing is told any more."""
        self._stopped = True
        self.cancel()
        if self._thread is not None:
            self._thread.wait()

    def _put(self, job: _Job) -> None:
        self._waiting.append(job)
        if self._thread is None:
            self._begin()

    def _begin(self) -> None:
        job = self._waiting.popleft()
        self._cancelled.clear()
        thread = self._thread = Thread(lambda: self._run(job))
        thread.start()

    def _run(self, job: _Job) -> None:
        try:
            targets = [(job.name, job.paths)] if job.name else list(class_folders(job.paths))
            for name, paths in targets:
                if self._cancelled.is_set():
                    break
                report = Report(name, job.info)
                Reading(self._writer, report, self._cancelled, self.progressed.emit).take(paths)
                report.stopped = self._cancelled.is_set()
                self._after_batches(partial(self._tell, report))
        except Exception as error:
            _log.exception("the import met a bug")
            self.broke.emit(error)
        self._after_batches(self._end)

    def _after_batches(self, call: Callable[[], None]) -> None:
        """Call this in the thread of this object when the writer has carried out what it was given so far."""
        self._writer.submit(lambda _: None, lambda _: call(), lambda _: call())

    def _tell(self, report: Report) -> None:
        if not self._stopped:
            self.finished.emit(report)

    def _end(self) -> None:
        if self._stopped or self._thread is None:
            return
        self._thread.wait()
        self._thread = None
        if self._waiting:
            self._begin()
