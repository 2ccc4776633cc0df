# SPDX-License-Identifier: Apache-2.0
"""An export in a process of its own: TensorFlow is loaded there, and it can be given up at any moment."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from learner.config import LearnerConfig
from learner.errors import ShowtellError
from learner.interchange.dataset import ExportProgress
from learner.interchange.wishes import Exported, ExportWish
from learner.messages import CommandFailed

_log = logging.getLogger(__name__)

ExportEvent = ExportProgress | Exported | CommandFailed
"""How far it is; in the end, what was written, or why nothing was."""


class ExportRun:
    """An export under way.

    Args:
        project: the project file.
        wish: what is to be written.
        config: settings of the learner.
        process: what the process runs.
    """

    def __init__(
        self,
        project: Path,
        wish: ExportWish,
        config: LearnerConfig | None = None,
        process: Callable[..., None] | None = None,
    ) -> None:
        self.is_done = False
        """Whether it has ended, one way or the other."""
        self._workspace = wish.workspace()
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        self._child = context.Process(
            target=process or main,
            args=(theirs, project, wish, config or LearnerConfig(), self._workspace),
            name="showtell export",
            daemon=True,
        )
        self._child.start()
        theirs.close()

    def poll(self) -> list[ExportEvent]:
        """Return what has happened since the last time; the last event of all is no `ExportProgress`."""
        events: list[ExportEvent] = []
        while not self.is_done and self._connection.poll():
            try:
                event = self._connection.recv()
            except (EOFError, OSError):
                self._child.join()
                event = CommandFailed(
                    "The export broke off",
                    f"Its process ended (exit code {self._child.exitcode}). Nothing was written.",
                )
            events.append(event)
            if not isinstance(event, ExportProgress):
                self._end()
        return events

    def cancel(self) -> None:
        """Give it up, at once, and leave nothing of it behind."""
        if not self.is_done:
            self._child.kill()
            self._end()

    def _end(self) -> None:
        self.is_done = True
        self._child.join()
        self._connection.close()
        # Where the process could not do so itself any more.
        shutil.rmtree(self._workspace, ignore_errors=True)


def main(connection: Connection, project: Path, wish: ExportWish, config: LearnerConfig, workspace: Path) -> None:
    """Export, and tell how far it is, until it is done or the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exit_code = 0
    try:
        last: ExportEvent = _export(connection, project, wish, config, workspace)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(exit_code)  # whoever wanted it is gone, and nothing of it is left
    except ShowtellError as error:
        exit_code, last = error.exit_code, CommandFailed(error.title, error.message)
    except Exception as error:
        _log.exception("an export met a bug")
        exit_code, last = 3, CommandFailed("The export stopped", f"{type(error).__name__}: {error}")
    with contextlib.suppress(OSError):
        connection.send(last)
    connection.close()
    logging.shutdown()
    os._exit(exit_code)  # TensorFlow's threads may crash an interpreter that is taken down


def _export(
    connection: Connection, project: Path, wish: ExportWish, config: LearnerConfig, workspace: Path
) -> Exported:
    # Imported late: whoever has something exported needs none of it.
    from learner.interchange.exports import export
    from learner.project import open_project

    with (
        open_project(project, create=False, config=config, alone=False) as opened,
        contextlib.closing(export(opened, wish, workspace)) as work,
    ):
        while True:
            try:
                connection.send(next(work))
            except StopIteration as done:
                exported: Exported = done.value
                return exported
