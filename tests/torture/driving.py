# SPDX-License-Identifier: Apache-2.0
"""Processes that are driven and killed: started, listened to, and seen to leave with all that they started."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.torture.nursery import Nursed, Nursery

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""Seconds, after which a test is given up: far more than anything takes."""

_SPAWNED = "spawn_main"


class Driven:
    """A process of its own, with all that it starts, in a session of its own.

    Args:
        argv: what `tests.torture.driven` is to do.
        environment: its variables.
        errors: the file for what it says on stderr.
        nursery: where it comes from; without one it is started from nothing, as a person does.
    """

    def __init__(
        self, argv: Sequence[str | Path], environment: dict[str, str], errors: Path, nursery: Nursery | None = None
    ) -> None:
        self.errors = errors
        words = [str(word) for word in argv]
        self.process: Nursed | subprocess.Popen[str]
        with errors.open("w") as stderr:
            if nursery is not None:
                self.process = nursery.start(words, stderr)
            else:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tests.torture.driven", *words],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    text=True,
                    start_new_session=True,
                )
        self.said: list[dict[str, Any]] = []
        """All that it has told so far, as far as it has been read."""
        self.other: list[str] = []
        """Lines of its stdout that are no JSON."""
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._number = 0

    def ask(self, act: str, **details: Any) -> int:
        """Have it do something; return the number that comes back when it is done."""
        assert self.process.stdin is not None
        self._number += 1
        try:
            self.process.stdin.write(json.dumps({"number": self._number, "act": act, **details}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:  # it is dead, which is told by its end
            pass
        return self._number

    def do(self, act: str, **details: Any) -> dict[str, Any] | None:
        """Have it do something, and return what it tells when it is done; None when it ends before."""
        number = self.ask(act, **details)
        return self.until(lambda told: told.get("done") == number)

    def has_done(self, *numbers: int) -> bool:
        """Return whether it has told that all of this is done."""
        return set(numbers) <= {told.get("done") for told in self.said}

    def done_or_failed(self, number: int) -> dict[str, Any] | None:
        """Return what it tells when something that it was asked to do is done, or has failed."""
        return self.until(lambda told: "failed" in told or told.get("done") == number)

    def until(self, wanted: Callable[[dict[str, Any]], bool], patience: float = PATIENCE) -> dict[str, Any] | None:
        """Return the next thing it tells that is wanted; None when it ends before."""
        while (told := self.listen(patience)) is not None:
            if wanted(told):
                return told
        return None

    def listen(self, patience: float = PATIENCE) -> dict[str, Any] | None:
        """Return the next thing it tells; None at its end, when nobody has its stdout any longer."""
        while (line := self._line(patience)) is not None:
            try:
                told = json.loads(line)
            except ValueError:
                self.other.append(line)
                continue
            self.said.append(told)
            return dict(told)
        self._lines.put(None)
        return None

    def _line(self, patience: float) -> str | None:
        try:
            return self._lines.get(timeout=patience)
        except queue.Empty:
            if patience < PATIENCE:
                raise
            pytest.fail(f"nothing came of it; the last that was told: {self.said[-10:]}\n{self.complaint}")

    def children(self) -> list[psutil.Process]:
        """Return the processes that it has spawned: the learner is one."""
        return _spawned_by(self.process.pid)

    def grandchildren(self) -> list[psutil.Process]:
        """Return the processes that those have spawned: a consolidation is one."""
        return [one for child in self.children() for one in _spawned_by(child.pid)]

    def wait(self, seconds: float) -> bool:
        """Give it so long; return whether it has ended by itself."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """Kill it, and nothing that it has started."""
        self.process.kill()

    def stop(self) -> None:
        """Kill all of it that is left, and listen no longer."""
        for process in self.members():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._close()

    def end(self) -> float:
        """Read what it still tells, and wait until it and all that it started have left; return after how many seconds.

        Raises:
            AssertionError: something stays.
        """
        began = time.monotonic()
        self.process.wait(PATIENCE)
        _gone, left = psutil.wait_procs(self.members(), timeout=PATIENCE)
        assert not left, f"left running: {[one.cmdline() for one in left]}"
        seconds = time.monotonic() - began
        while self.listen() is not None:
            pass
        self._reader.join()
        self._close()
        return seconds

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):  # what it did not live to read
                if pipe is not None:
                    pipe.close()

    def members(self) -> list[psutil.Process]:
        """Return the processes of its session that are alive."""
        found = []
        for process in psutil.process_iter():
            try:
                if os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (ProcessLookupError, psutil.Error):
                pass
        return found

    @property
    def complaint(self) -> str:
        """What it has said on stderr."""
        return self.errors.read_text(errors="replace")

    @property
    def was_killed(self) -> bool:
        """Whether it ended by SIGKILL."""
        return self.process.returncode == -signal.SIGKILL

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):  # one that was cut short has told nothing
                self._lines.put(line)
        self._lines.put(None)


def _spawned_by(pid: int) -> list[psutil.Process]:
    try:
        return [one for one in psutil.Process(pid).children() if _SPAWNED in " ".join(one.cmdline())]
    except psutil.Error:
        return []
