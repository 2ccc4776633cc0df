# SPDX-License-Identifier: Apache-2.0
"""The one thread of the desktop that touches the project file: acts in order, each told when it is on the disk."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.thread import Thread
from learner.buffer import Buffer, ProjectLock
from learner.errors import ShowtellError

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(slots=True)
class _Act:
    do: Callable[[Buffer], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[ShowtellError], None] | None


class Writer(QObject):
    """Carries out acts on a project file in a thread of its own, so that a slow disk never holds up the picture.

    Args:
        path: the project file.
        lock: the right to write to it, which is taken here and given back by whom it is of.
        create: make it when it is not there.
        backups: where a copy is kept before it is brought up to date; None takes the usual folder.
    """

    opened = Signal(object, object)
    """The file is open: its classes (list of ClassInfo) and increments (list of Increment)."""
    classes_changed = Signal(object)
    """The classes after an act, with their counts."""
    failed = Signal(object)
    """An act failed (ShowtellError) and nobody else was told."""
    cannot_open = Signal(object)
    """The file cannot be used (ShowtellError); the thread has ended."""
    broke = Signal(object)
    """A bug of ours (Exception)."""
    _finished = Signal(object, object)

    def __init__(self, path: Path, lock: ProjectLock, *, create: bool = True, backups: Path | None = None) -> None:
        super().__init__()
        self.path = path
        self._lock = lock
        self._create = create
        self._backups = backups
        self._acts: queue.SimpleQueue[_Act | None] = queue.SimpleQueue()
        self._thread = Thread(self._run)
        self._finished.connect(lambda call, value: call(value), Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the file and begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the acts that were submitted, close the file and wait for it."""
        self._acts.put(None)
        self._thread.wait()

    def submit(
        self,
        do: Callable[[Buffer], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[ShowtellError], None] | None = None,
    ) -> None:
        """Carry out an act after those before it.

        Args:
            do: the act; called in the writer's thread with the open file.
            done: called with its result in the thread of this object, when it is on the disk.
            failed: called with its fault instead; without it the fault goes to the signal `failed`.
        """
        self._acts.put(_Act(do, done, failed))

    def _run(self) -> None:
        try:
            self._lock.take()
            buffer = Buffer.open(self.path, create=self._create, backups=self._backups)
        except ShowtellError as error:
            self.cannot_open.emit(error)
            return
        with buffer:
            try:
                self.opened.emit(buffer.classes(), buffer.increments())
                while (act := self._acts.get()) is not None:
                    self._carry_out(act, buffer)
            except ShowtellError as error:
                self.cannot_open.emit(error)
            except Exception as error:
                _log.exception("the writer met a bug")
                self.broke.emit(error)

    def _carry_out(self, act: _Act, buffer: Buffer) -> None:
        try:
            result = act.do(buffer)
            classes = buffer.classes()
        except ShowtellError as error:
            if act.failed:
                self._finished.emit(act.failed, error)
            else:
                self.failed.emit(error)
            return
        self.classes_changed.emit(classes)
        if act.done:
            self._finished.emit(act.done, result)
