# SPDX-License-Identifier: Apache-2.0
"""Has hostile files read in processes of their own, and says what came of each, how long it took and at what cost."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.corpus import Hostile

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Measured:
    """What came of a file: an outcome, what people are told, seconds, and bytes of memory it took at most."""

    file: Hostile
    outcome: str
    told: str
    seconds: float
    bytes: int

    @property
    def is_right(self) -> bool:
        """Whether that may come of it."""
        return self.outcome in self.file.allowed


class Worker:
    """A process that reads hostile files; one that dies of one is replaced for the next."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed by close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._end()
        self._errors.close()

    def measure(self, files: Iterable[Hostile]) -> Iterator[Measured]:
        """Make files one after another, and yield what came of each."""
        for file in files:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                path = Path(folder) / f"strange{file.ending}"
                file.make(path)
                yield self._measured(file, path)

    def _measured(self, file: Hostile, path: Path) -> Measured:
        process = self._running()
        assert process.stdin
        assert process.stdout
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps({"target": file.target, "path": str(path)}) + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            code = self._end()
            self._errors.seek(0)
            last = self._errors.read()[-2000:].decode(errors="replace")
            return Measured(file, "ended", f"The process ended with {code}. {last}", float("nan"), 0)
        said = json.loads(line)
        return Measured(file, said["outcome"], said["told"], said["seconds"], said["bytes"])

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz.worker"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
            )
        return self._process

    def _end(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(BrokenPipeError):
            process.communicate()
        return process.returncode
