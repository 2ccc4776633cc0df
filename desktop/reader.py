# SPDX-License-Identifier: Apache-2.0
"""Questions to the project file that may take longer than a frame, asked in a thread of their own.

The file is open for reading only here, so a question never waits for an act of the writer, nor an act for it.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.thread import Thread
from learner.buffer import Buffer
from learner.errors import ShowtellError

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(slots=True)
class _Question:
    look: Callable[[Buffer], Any]
    done: Callable[[Any], None]
    failed: Callable[[ShowtellError], None] | None


class Reader(QObject):
    """Answers questions to a project file, one after another.

    Args:
        path: the project file; it exists when `start` is called.
    """

    failed = Signal(object)
    """A question could not be answered (ShowtellError) and nobody else was told."""
    broke = Signal(object)
    """A bug of ours (Exception)."""
    _finished = Signal(object, object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._thread = Thread(self._run)
        self._stopped = False
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the file and begin."""
        self._thread.start()

    def stop(self) -> None:
        """Leave out the questions that wait, close the file and wait for it."""
        self._stopped = True
        self._questions.put(None)
        self._thread.wait()

    def ask(
        self,
        look: Callable[[Buffer], Result],
        done: Callable[[Result], None],
        failed: Callable[[ShowtellError], None] | None = None,
    ) -> None:
        """Ask a question.

        Args:
            look: called in the reader's thread with the open file.
            done: called with its result in the thread of this object, unless the reader was stopped.
            failed: called with its fault instead; without it the fault goes to the signal `failed`.
        """
        self._questions.put(_Question(look, done, failed))

    def _run(self) -> None:
        try:
            with Buffer.open(self._path, read_only=True) as buffer:
                while (question := self._questions.get()) is not None and not self._stopped:
                    self._answer(question, buffer)
        except ShowtellError as error:
            self.failed.emit(error)
        except Exception as error:
            _log.exception("the reader met a bug")
            self.broke.emit(error)

    def _answer(self, question: _Question, buffer: Buffer) -> None:
        try:
            result = question.look(buffer)
        except ShowtellError as error:
            if question.failed:
                self._finished.emit(question.failed, error)
            else:
                self.failed.emit(error)
        else:
            self._finished.emit(question.done, result)

    def _hand_over(self, call: Callable[[Any], None], value: object) -> None:
        if not self._stopped:
            call(value)
