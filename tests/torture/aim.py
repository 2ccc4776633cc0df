# SPDX-License-Identifier: Apache-2.0
"""Moments by their number: a process that is driven dies, or its disk fails, at its n-th call that changes a file.

`aim.c` is compiled once a run, and loaded before everything else by the processes that are driven. (Debian's libfiu
does the same for more calls, but asks at every allocation as well, and locks itself out while a library is loaded.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SHORT, KILL = 0, -1
"""In the place of an errno: write fewer bytes than was asked for; die."""

WRITING = ("pwrite", "ftruncate", "fsync")
"""The calls by which SQLite changes a file. fdatasync counts as fsync, and all ways to write a call as one."""

_SOURCE = Path(__file__).with_name("aim.c")
_FILE, _PROCESS = "TORTURE_AIM", "TORTURE_PROCESS"


def why_not() -> str:
    """Return what keeps this machine from aiming, or ""."""
    if sys.platform != "linux":
        return "LD_PRELOAD is for Linux"
    return "" if shutil.which("cc") else "needs a C compiler (cc)"


def compiled(folder: Path) -> Path:
    """Compile what is to be loaded before everything else; return where it is."""
    made = folder / "aim.so"
    subprocess.run(["cc", "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", made, _SOURCE, "-ldl"], check=True)
    return made


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to happen at which call.

    Attributes:
        calls: those that count, each with the others: "write", "pwrite", "ftruncate", "fsync", "open", "unlink",
            "rename" and "link".
        after: so many of them pass.
        error: the errno that they fail with from then on, SHORT or KILL. What is killed is not aimed at any longer.
        times: so many fail; 0 is all of them, until something else is aimed at.
        process: "MainProcess", or what the learner or the consolidation calls its process, with "_" for spaces; "*" is
            all of them.
    """

    calls: tuple[str, ...] = WRITING
    after: int = 0
    error: int = KILL
    times: int = 0
    process: str = "MainProcess"


class Sight:
    """The file that says what is aimed at.

    Args:
        file: the file; it must not lie in the folder.
        folder: where the files are whose calls count.
        library: what `compiled` made, or None where that is impossible: then nothing is ever hit.
    """

    def __init__(self, file: Path, folder: Path, library: Path | None) -> None:
        self._file, self._folder, self._library = file, folder, library

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process that can be aimed at."""
        return {} if self._library is None else {"LD_PRELOAD": str(self._library), _FILE: str(self._file)}

    @property
    def is_possible(self) -> bool:
        """Whether anything can be hit."""
        return self._library is not None

    @property
    def is_up(self) -> bool:
        """Whether something is aimed at, and nobody was killed by it."""
        return self._file.exists()

    def take(self, aim: Aim) -> None:
        """Aim at something from now on."""
        part = self._file.with_suffix(".part")
        calls = ",".join(aim.calls)
        part.write_text(f"{aim.process} {calls} {aim.after} {aim.error} {aim.times} {self._folder}\n")
        part.rename(self._file)

    def lower(self) -> bool:
        """Aim at nothing any longer; return whether somebody was hit who was to be killed."""
        try:
            self._file.unlink()
        except FileNotFoundError:
            return True
        return False


def name_process(name: str) -> None:
    """Say by which name this process can be aimed at."""
    os.environ[_PROCESS] = name.replace(" ", "_")
