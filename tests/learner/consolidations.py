# SPDX-License-Identifier: Apache-2.0
"""Processes that only pretend to consolidate; each takes the place of `learner.consolidating.main`.

They are apart from their tests, so that a process need not import what those need.
"""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from learner.config import LearnerConfig
from learner.consolidating import OutOfMemory, Trial
from learner.messages import CommandFailed, Consolidated, ConsolidationStarted, Pause, Resume, Stop
from learner.types import Device, Step

CPU = Device("CPU", "CPU", "It is a test.")


def started(reason: str, done: int = 0) -> ConsolidationStarted:
    return ConsolidationStarted(reason, 40, done, 300, CPU)


def stepped(number: int) -> Consolidated:
    return Consolidated(Step(number, 300, 0.5, 0.9, 0.01, 2.0), None)


def works(connection: Connection, _project: Path, _config: LearnerConfig, reason: str, _trial: Trial) -> None:
    for event in (started(reason), stepped(1)):
        connection.send(event)


def fails(connection: Connection, *_: object) -> None:
    connection.send(CommandFailed("There is too little", "Record more."))
    connection.close()
    os._exit(1)


def dies(connection: Connection, project: Path, *_: object) -> None:
    _note(project, "died")
    connection.close()
    os._exit(9)


def dies_now_and_then(connection: Connection, project: Path, *_: object) -> None:
    """Die twice, each time a step further, and end then."""
    lives = _note(project, "lived")
    connection.send(stepped(lives))
    connection.close()
    os._exit(9 if lives <= 2 else 0)


def runs_out_of_memory(
    connection: Connection, _project: Path, _config: LearnerConfig, _reason: str, trial: Trial
) -> None:
    """Have no room on the GPU, not even for the smallest batch, which is the third."""
    connection.send(started(f"{trial.halvings} {trial.why_no_gpu}"))
    if not trial.why_no_gpu:
        connection.send(OutOfMemory("The GPU ran out of memory.", trial.halvings == 2))


def listens(connection: Connection, project: Path, *_: object) -> None:
    """Say what it is told."""
    connection.send(started("listening"))
    while True:
        match connection.recv():
            case Pause():
                connection.send(started("paused"))
            case Resume():
                connection.send(started("resumed"))
            case Stop():
                _note(project, "stopped")
                return


def is_deaf(connection: Connection, *_: object) -> None:
    connection.send(started("deaf"))
    while True:
        time.sleep(1)


def _note(project: Path, what: str) -> int:
    """Write down that something happened; return how often it has."""
    with project.with_suffix(f".{what}").open("a+") as notes:
        notes.write("x")
        notes.flush()
        notes.seek(0)
        return len(notes.read())


def noted(project: Path, what: str) -> int:
    path = project.with_suffix(f".{what}")
    return len(path.read_text()) if path.exists() else 0
