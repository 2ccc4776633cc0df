# SPDX-License-Identifier: Apache-2.0
"""One thing that takes long, done in a thread of its own, with how far it is and a way to give it up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from desktop.thread import Thread
from learner.errors import ShowtellError

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Is told how much is done and how much there is; it raises when the work has been given up."""


class _GivenUp(Exception):
    """Leaves the work from inside its listener."""


class Task(QObject):
    """Does it once. All that is told comes in the thread of this object, and nothing comes after `stop`.

    Args:
        do: called in the thread with a listener; what the listener raises has to leave nothing half done.
    """

    progressed = Signal(int, int)
    """How much is done, and how much there is; a hundred times at most."""
    done = Signal(object)
    """What was returned."""
    failed = Signal(object)
    """It could not be done (ShowtellError)."""
    given_up = Signal()
    """It was cancelled in time, and nothing has changed."""
    broke = Signal(object)
    """A bug of ours (Exception)."""
    _told = Signal(object)
    _ended = Signal(object)

    def __init__(self, do: Callable[[Progress], object]) -> None:
        super().__init__()
        self._do = do
        self._cancelled = threading.Event()
        self._stopped = False
        self._percent = -1
        self.is_running = False
        """Whether it has begun, and how it ended has not been told yet."""
        self._thread = Thread(self._run)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._tell_end, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        self.is_running = True
        self._thread.start()

    def cancel(self) -> None:
        """Give it up, unless it is past the point where it can be."""
        self._cancelled.set()

    def stop(self) -> None:
        """Give it up, wait for it, and tell nothing more."""
        self._stopped = True
        self.cancel()
        self._thread.wait()

    def _run(self) -> None:
        try:
            result = self._do(self._listen)
        except _GivenUp:
            self._ended.emit(self.given_up.emit)
        except ShowtellError as fault:
            self._ended.emit(partial(self.failed.emit, fault))
        except Exception as error:
            _log.exception("work in the background met a bug")
            self._ended.emit(partial(self.broke.emit, error))
        else:
            self._ended.emit(partial(self.done.emit, result))

    def _listen(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise _GivenUp
        percent = 100 * done // max(1, total)
        if percent != self._percent:
            self._percent = percent
            self._told.emit(partial(self.progressed.emit, done, total))

    def _tell(self, say: Callable[[], object]) -> None:
        if not self._stopped:
            say()

    def _tell_end(self, say: Callable[[], object]) -> None:
        self._thread.wait()
        self.is_running = False
        self._tell(say)
