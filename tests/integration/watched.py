# SPDX-License-Identifier: Apache-2.0
"""Processes watched from outside: which sockets they ask the system for, on a machine that has no network at all.

Two things at once: a network namespace without interfaces, where whatever needs a network fails, and strace, which
tells of every attempt. Each does alone where the other is not to be had.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 900

_FAMILY = re.compile(r"\bsocket(?:pair)?\((\w+)")
_PLACE = re.compile(r"sun_path=@?\"([^\"]*)\"")
_NETWORKS = re.compile(r"sa_family=(?!AF_UNIX\b|AF_UNSPEC\b)(\w+)")
_LOOPBACK = re.compile(r"inet_addr\(\"127\.\d+\.\d+\.\d+\"\)|inet_pton\(AF_INET6, \"::1\"")


@dataclass(frozen=True)
class Calls:
    """What strace wrote: one network call a line."""

    lines: tuple[str, ...]

    @property
    def families(self) -> set[str]:
        """The kinds of sockets that were asked for, like AF_UNIX."""
        return {family for line in self.lines for family in _FAMILY.findall(line)}

    @property
    def places(self) -> set[str]:
        """The paths of local sockets."""
        return {place for line in self.lines for place in _PLACE.findall(line)}

    @property
    def addresses(self) -> list[str]:
        """The calls that name an address of a network, whichever."""
        return [line for line in self.lines if _NETWORKS.search(line)]

    @property
    def outward(self) -> list[str]:
        """The calls that name an address other than this machine's own."""
        return [line for line in self.addresses if not _LOOPBACK.search(line)]


@functools.cache
def why_not_traced() -> str | None:
    """Return why system calls cannot be watched here, or None when they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "true"], capture_output=True, text=True, check=False)
    return f"strace is not permitted here: {tried.stderr.strip()}" if tried.returncode else None


@functools.cache
def why_not_apart() -> str | None:
    """Return why there can be no network namespace here, or None when there can."""
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    tried = subprocess.run(["unshare", "-rn", "true"], capture_output=True, text=True, check=False)
    return f"no network namespace here: {tried.stderr.strip()}" if tried.returncode else None


def need_a_watch() -> None:
    """Skip the test where there is neither of the two."""
    if why_not_traced() and why_not_apart():
        pytest.skip(f"{why_not_traced()}; {why_not_apart()}")


def watched(
    script: str, *arguments: str | Path, environment: Mapping[str, str], trace: Path, umask: int = -1
) -> tuple[subprocess.CompletedProcess[str], Calls]:
    """Run a Python script apart from every network, and return how it ended and what it asked for.

    Args:
        script: the program's text.
        arguments: its arguments.
        environment: its environment.
        trace: where strace is to write.
        umask: the umask it begins with; -1 leaves it as it is.
    """
    command = [] if why_not_apart() else ["unshare", "-rn"]
    if not why_not_traced():
        command += ["strace", "--seccomp-bpf", "-f", "-qq", "-s", "200", "-e", "trace=network", "-o", str(trace)]
    with subprocess.Popen(
        [*command, sys.executable, "-c", script, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        umask=umask,
        start_new_session=True,
    ) as process:
        try:
            printed, complained = process.communicate(timeout=PATIENCE)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # strace and all that it watches
            raise
    done = subprocess.CompletedProcess(process.args, process.returncode, printed, complained)
    written = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
    return done, Calls(tuple(line for line in written.splitlines() if "---" not in line and "+++" not in line))


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a person whose home, with all temporary files, is a folder of the test's."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    theirs = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
    kept = {key: value for key, value in os.environ.items() if key not in theirs and not key.startswith("XDG_")}
    folders = {"HOME": str(home), "TMPDIR": str(temporary)}
    return {**kept, **folders, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
