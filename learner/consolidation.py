# SPDX-License-Identifier: Apache-2.0
"""Consolidation as the learner sees it: when it is due, and the process that does it."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from learner import consolidating
from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.consolidating import OutOfMemory, Trial
from learner.messages import CommandFailed, Consolidated, Event, Pause, Resume, Stop

BY_ITSELF = "by itself"
"""The reason of a consolidation that nobody asked for."""

_LEAST_SAMPLES = 60
_GROWTH = 1.3
"""How many times as many samples as the last time there have to be."""
_BUSY_PERCENT = 40.0
"""Of the machine's cores in use by others, from which on it is not at rest."""
_CRASHES = 3
"""Without a step in between, after which it is given up."""
_STOP_SECONDS = 3.0


def is_worthwhile(buffer: Buffer) -> bool:
    """Return whether so much has been learned since the last consolidation that another one may gain something."""
    samples = size(buffer)
    if samples < max(_LEAST_SAMPLES, _GROWTH * buffer.last_consolidation()):
        return False
    champion = buffer.champion()
    newest = None if champion is None else buffer.newest_increment(champion.backbone_sha256)
    return newest is not None and bool(newest.evaluation.get("measured"))


def size(buffer: Buffer) -> int:
    """Return how many samples there are to learn from, as `Buffer.note_consolidation` wants to know."""
    return buffer.to_learn_from()


def is_at_rest() -> bool:
    """Return whether the machine is on mains power, or has no battery, and hardly anybody has used it since last asked.

    The first time there is nothing to go by, and the answer means nothing.
    """
    battery = None
    with contextlib.suppress(AttributeError, OSError):  # systems without batteries, and some containers
        battery = psutil.sensors_battery()
    percent = psutil.cpu_percent()
    on_mains = battery is None or battery.power_plugged is not False
    return on_mains and percent < _BUSY_PERCENT


class Consolidation:
    """A consolidation under way in a process of its own, which is replaced when it dies or runs out of memory.

    Args:
        project: the project file.
        config: settings of the learner.
        reason: kept with it; `BY_ITSELF` when nobody asked.
        process: what the process runs.
    """

    def __init__(
        self,
        project: Path,
        config: LearnerConfig,
        reason: str,
        process: Callable[..., None] = consolidating.main,
    ) -> None:
        self.reason = reason
        self.is_done = False
        """Whether it has ended, one way or the other."""
        self.fault: CommandFailed | None = None
        """Why it came to nothing, if it did."""
        self._project, self._config, self._process = project, config, process
        self._trial = Trial()
        self._crashes = 0
        self._gave_out = self._paused = False
        self._child, self._connection = self._start()

    def poll(self) -> list[Event]:
        """Return what has happened since the last time, and see to it that it goes on."""
        events: list[Event] = []
        while not self.is_done and self._connection.poll():
            try:
                event = self._connection.recv()
            except (EOFError, OSError):
                self._bury()
                continue
            match event:
                case OutOfMemory(reason, is_hopeless):
                    self._trial = Trial(0, reason) if is_hopeless else Trial(self._trial.halvings + 1)
                    self._gave_out = True
                case CommandFailed():
                    self.fault = event
                case _:
                    if isinstance(event, Consolidated):
                        self._crashes = 0
                    events.append(event)
        return events

    def hold(self, paused: bool) -> None:
        """Hold it up, or let it go on."""
        if paused != self._paused:
            self._paused = paused
            self._tell(Pause() if paused else Resume())

    def stop(self, *, at_once: bool = False) -> None:
        """End the process, which keeps how far it has come; one that does not listen is killed.

        Args:
            at_once: kill it without asking: nobody needs what it has come to.
        """
        if self.is_done:
            return
        self.is_done = True
        if not at_once:
            self._tell(Stop())
            self._child.join(_STOP_SECONDS)
        if self._child.is_alive():
            self._child.kill()
            self._child.join()
        self._connection.close()

    def _start(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(
            target=self._process,
            args=(theirs, self._project, self._config, self.reason, self._trial),
            name="showtell consolidation",
            daemon=True,
        )
        child.start()
        theirs.close()
        if self._paused:
            ours.send(Pause())
        return child, ours

    def _bury(self) -> None:
        """The process is gone. It is done, or says that it failed; one that died or gave out is replaced."""
        self._child.join()
        self._connection.close()
        exit_code, gave_out, self._gave_out = self._child.exitcode, self._gave_out, False
        if self.fault or (exit_code == 0 and not gave_out):
            self.is_done = True
            return
        self._crashes += not gave_out
        if self._crashes < _CRASHES:
            self._child, self._connection = self._start()
            return
        self.is_done = True
        self.fault = CommandFailed(
            "Consolidation does not work here",
            f"Its process ended {_CRASHES} times (exit code {exit_code}). What was learned goes on answering.",
        )

    def _tell(self, command: Pause | Resume | Stop) -> None:
        with contextlib.suppress(OSError):
            self._connection.send(command)
