# SPDX-License-Identifier: Apache-2.0
"""The learner's process, begun: for a project, or before one is known, so that its imports need not be waited for.

Both ends import this, the app before anything else: nothing that takes long to import belongs here.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from learner.config import LearnerConfig


@dataclass(frozen=True, slots=True)
class Child:
    """A process that waits to be told what to do, and our end of the pipe to it."""

    process: BaseProcess
    connection: Connection

    def begin(self, project: Path, config: LearnerConfig, learns: bool) -> None:
        """Have it serve a project; of one that has died meanwhile, the pipe tells whoever listens."""
        with suppress(OSError):
            self.connection.send((project, config, learns))


def spawn() -> Child:
    """Start a process.

    Raises:
        OSError: the system has none to give.
    """
    # 'spawn' on every system: a fork would copy Qt's threads and locks into the child.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="showtell learner")
    process.start()
    theirs.close()
    return Child(process, ours)


def serve(connection: Connection) -> None:
    """Wait, in the child, for a project, and serve it.

    Args:
        connection: to the client.
    """
    # Ctrl+C in a terminal reaches every process of the group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what is imported stays, and need not be looked through all along
    from learner import process

    gc.enable()
    with suppress(EOFError, OSError):  # nobody wanted it
        project, config, learns = connection.recv()
        process.main(connection, project, config, learns)


class Spare:
    """A process that is there before its project is; one at most, and none where the system has none to give."""

    def __init__(self) -> None:
        self._child: Child | None = None
        with suppress(OSError):
            self._child = spawn()
        # No daemon, since it starts a process of its own; one that nobody ends would be waited for at exit.
        atexit.register(self.end)

    def take(self) -> Child | None:
        """Return it to the first who asks, if it is alive."""
        child, self._child = self._child, None
        if child is not None and not child.process.is_alive():
            child.connection.close()
            return None
        return child

    def end(self) -> None:
        """End it if nobody has taken it."""
        atexit.unregister(self.end)
        child = self.take()
        if child is not None:
            child.process.kill()  # it has done nothing yet that could be left half done
            child.process.join()
            child.connection.close()
