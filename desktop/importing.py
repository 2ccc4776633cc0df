# SPDX-License-Identifier: Apache-2.0
"""Whatever a person brings in becomes samples, in a thread of its own; the writer's thread stores them.

How it is read and stored is the same as on the command line (see `learner.interchange.importing`).
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.thread import Thread
from desktop.writer import Writer
from learner.buffer import Buffer
from learner.errors import NoLabels, ShowtellError
from learner.interchange.importing import Batch, Report, Storing, batches
from learner.types import ClassInfo

_log = logging.getLogger(__name__)

_BATCH = 8
"""Samples in one transaction: what a person does meanwhile comes in between."""
_ON_THEIR_WAY = 2
"""Batches handed to the writer and not yet written; the reading waits for the disk."""
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import that is called `name` for people: that of the class, or of the file it came from."""

    name: str
    report: Report = field(default_factory=Report)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: the `share` of it that has been read, 0 to 1, and how many samples have been `added`.

    `class_id` is the class that is added to now.
    """

    name: str
    class_id: int | None
    share: float
    added: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What to import: into one class, or into those that it names itself."""

    paths: list[Path]
    info: ClassInfo | None = None

    @property
    def name(self) -> str:
        return self.info.name if self.info is not None else self.paths[0].name


class Importer(QObject):
    """Imports one thing after another.

    Args:
        writer: the project file.
    """

    progressed = Signal(object)
    """A Progress."""
    finished = Signal(object)
    """What came of one import (Imported); nothing of it is on its way any more."""
    label_wanted = Signal(object)
    """Somebody has to say what these files show (list of Path)."""
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

    def add(self, paths: Sequence[Path], info: ClassInfo | None = None) -> None:
        """Import files and folders, after what is being imported.

        Args:
            paths: whatever can be imported (see `learner.interchange.formats`).
            info: the class that pictures, clips, folders and archives of them are added to. Without it they say so
                themselves, or somebody is asked; what has labels of its own, like a project, keeps them in any case.
        """
        from learner.interchange.formats import has_own_labels

        theirs = [path for path in paths if info is not None and not has_own_labels(path)]
        if theirs:
            self._waiting.append(_Job(theirs, info))
        self._waiting.extend(_Job([path]) for path in paths if path not in theirs)
        if self._thread is None and self._waiting:
            self._begin()

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

    def _begin(self) -> None:
        job = self._waiting.popleft()
        self._cancelled.clear()
        thread = self._thread = Thread(lambda: self._run(job))
        thread.start()

    def _run(self, job: _Job) -> None:
        storing = Storing(job.info)
        try:
            self._read(job, storing)
        except NoLabels:
            self._after_batches(partial(self.label_wanted.emit, job.paths))
        except ShowtellError as fault:
            storing.report.fault = storing.report.fault or fault
            self._after_batches(partial(self._tell, Imported(job.name, storing.report)))
        except Exception as error:
            _log.exception("the import met a bug")
            self.broke.emit(error)
        else:
            storing.report.stopped = self._cancelled.is_set()
            self._after_batches(partial(self._tell, Imported(job.name, storing.report)))
        self._after_batches(self._end)

    def _read(self, job: _Job, storing: Storing) -> None:
        """Read what is to be imported, and hand it to the writer batch by batch; the reading waits for the disk."""
        from learner.interchange.formats import sources_of

        room = threading.Semaphore(_ON_THEIR_WAY)
        label = job.info.name if job.info is not None else None
        self._say(job, storing, 0.0)
        with sources_of(job.paths, label, self._writer.path) as source, closing(batches(source, _BATCH)) as found:
            for batch in found:
                while not room.acquire(timeout=_PATIENCE):
                    if self._is_over(storing):  # with a writer that has ended there never is room
                        return
                if self._is_over(storing):
                    return
                self._writer.submit(partial(_store, storing, batch, room))
                self._say(job, storing, min(1.0, batch.done / max(1, source.total or 2 * batch.done)))

    def _is_over(self, storing: Storing) -> bool:
        return self._cancelled.is_set() or storing.report.fault is not None

    def _say(self, job: _Job, storing: Storing, share: float) -> None:
        class_id = storing.last.id if storing.last is not None else None
        self.progressed.emit(Progress(job.name, class_id, share, storing.report.added))

    def _after_batches(self, call: Callable[[], None]) -> None:
        """Call this in the thread of this object when the writer has carried out what it was given so far."""
        self._writer.submit(lambda _: None, lambda _: call(), lambda _: call())

    def _tell(self, imported: Imported) -> None:
        if not self._stopped:
            self.finished.emit(imported)

    def _end(self) -> None:
        if self._stopped or self._thread is None:
            return
        self._thread.wait()
        self._thread = None
        if self._waiting:
            self._begin()


def _store(storing: Storing, batch: Batch, room: threading.Semaphore, buffer: Buffer) -> None:
    """Store a batch, in the writer's thread; what goes wrong with it ends the import and is told once."""
    try:
        if storing.report.fault is None:
            storing.store(buffer, batch)
    except ShowtellError as fault:
        storing.report.fault = fault
    finally:
        room.release()
