# SPDX-License-Identifier: Apache-2.0
"""Flower's programs as processes of ours: where they keep their things, and how they are ended."""

from __future__ import annotations

import os
import shutil
import site
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from learner.errors import EnvironmentFault

_PATIENCE_SECONDS = 12.0
"""Longer than what tends a process gives it."""
_LAST_LINES = 2000
"""Characters of a log that are told when its process has died."""


class Processes:
    """Processes that live as long as this does, with a folder that everything of theirs is in.

    Args:
        folder: of this fleet, which only this person can read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(
        self, name: str, command: Sequence[str | Path], secrets: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a process, which ends with this one at the latest; what it writes goes to a log in the folder.

        Args:
            name: of the process and its log.
            command: what to run.
            secrets: what it finds in its environment, which only this person can read.
        """
        home = self.folder / name
        home.mkdir(exist_ok=True)
        with self.log(name).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "learner.fleet.tending", *map(str, command)],
                env=self._environment(home) | dict(secrets or {}),
                stdin=subprocess.PIPE,  # closed with this process, however that ends
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,  # Ctrl+C is for us
            )
        self._all[name] = process
        return process

    def log(self, name: str) -> Path:
        """Return where a process writes what it has to say."""
        return self.folder / f"{name}.log"

    def check(self) -> None:
        """Say if a process has died that was not to.

        Raises:
            EnvironmentFault: one has.
        """
        for name, process in self._all.items():
            if process.poll():
                said = self.log(name).read_text(encoding="utf-8", errors="replace")[-_LAST_LINES:]
                raise EnvironmentFault(
                    "A part of Flower has stopped", f"{name} has ended: {said.strip()}", "Start the fleet once more."
                )

    def end(self) -> None:
        """End all of them, the newest first."""
        for process in reversed(self._all.values()):
            if process.stdin is not None:
                process.stdin.close()
        for process in reversed(self._all.values()):
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._all.clear()

    def _environment(self, home: Path) -> dict[str, str]:
        """Return one in which Flower keeps to the folder, asks nobody for updates, and tells nobody anything."""
        kept = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
        tools = Path(sys.executable).parent
        return kept | {
            "PATH": f"{tools}{os.pathsep}{kept.get('PATH', os.defpath)}",
            "HOME": str(home),
            "PYTHONUSERBASE": site.getuserbase(),
            "FLWR_HOME": str(home),
            "FLWR_TELEMETRY_ENABLED": "0",
            "FLWR_DISABLE_UPDATE_CHECK": "1",
            "FLWR_DISABLE_RUNTIME_DEPENDENCY_INSTALLATION": "1",
            "FLWR_SUPEREXEC_TASK_POLL_INTERVAL": "0.3",
            "PYTHONUNBUFFERED": "1",
        }


def program(name: str) -> Path:
    """Return one of Flower's programs.

    Raises:
        EnvironmentFault: it is not installed.
    """
    # Beside this Python, or where what a person installed for themselves is put.
    places = [
        str(Path(sys.executable).parent),
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", f"{os.name}_user"),
    ]
    path = shutil.which(name, path=os.pathsep.join(places))
    if path is None:
        raise EnvironmentFault(
            "Flower is not installed",
            f"A fleet takes Flower, of which {name} is not there.",
            'Install it with `pip install "showtell[fleet]"`.',
        )
    return Path(path)


def free_port() -> int:
    """Return a port of this laptop that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
