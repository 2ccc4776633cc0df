# SPDX-License-Identifier: Apache-2.0
"""A process that has imported everything, and becomes any number of others: each is there at once, and is as real.

Python and the libraries take a second to load, which a run with thousands of kills has no use for. Each process is
forked before anything is opened, in a session of its own, with the streams of whoever asked for it.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_MOST = 1 << 16


def serve(at: Path, run: Callable[[Sequence[str]], int]) -> None:
    """Fork a process for everyone who connects, until stdin ends."""
    import desktop.app
    import learner.interchange.formats
    import learner.project
    import tests.torture.window

    _ = desktop.app, learner.interchange.formats, learner.project, tests.torture.window
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(at))
        door.listen()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        while True:
            asker, _where = door.accept()
            if os.fork() == 0:
                door.close()
                os._exit(_nurse(asker, run))
            asker.close()


def _nurse(asker: socket.socket, run: Callable[[Sequence[str]], int]) -> int:
    """Start one process, say which it is, and how it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    words, ancillary, _, _ = asker.recvmsg(_MOST, socket.CMSG_LEN(3 * 4))
    streams = array.array("i")
    for _, _, data in ancillary:
        streams.frombytes(data[: len(data) - len(data) % streams.itemsize])
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        asker.close()
        code: object = 70
        try:
            code = run(json.loads(words))
        except SystemExit as leaving:
            code = leaving.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else int(code is not None))
    for stream in streams:
        os.close(stream)
    asker.sendall(pid.to_bytes(4, "big"))
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    asker.sendall(status.to_bytes(4, "big", signed=True))
    return 0


class Nursery:
    """Starts processes that have imported everything already.

    Args:
        folder: for its socket.
        environment: its variables, and theirs.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._at = folder / "door"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.driven", "nursery", str(self._at)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "open\n"

    def start(self, argv: Sequence[str], errors: IO[str]) -> Nursed:
        """Start a process of `tests.torture.driven`."""
        return Nursed(self._at, argv, errors)

    def close(self) -> None:
        """End it; what it has started goes on."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


class Nursed:
    """A process that a nursery has started, as `subprocess.Popen` knows its own."""

    def __init__(self, at: Path, argv: Sequence[str], errors: IO[str]) -> None:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(str(at))
        given = array.array("i", [theirs_in, theirs_out, errors.fileno()])
        self._line.sendmsg([json.dumps(list(argv)).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, given)])
        os.close(theirs_in)
        os.close(theirs_out)
        self.stdin: IO[str] | None = os.fdopen(ours_in, "w")
        self.stdout: IO[str] | None = os.fdopen(ours_out)
        self.pid = int.from_bytes(self._line.recv(4), "big")
        assert self.pid, "the nursery is gone"
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, and return how."""
        if self.returncode is None:
            self._line.settimeout(timeout)
            try:
                told = self._line.recv(4)
            except TimeoutError as error:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0) from error
            self.returncode = int.from_bytes(told, "big", signed=True)
            self._line.close()
        return self.returncode

    def kill(self) -> None:
        """Kill it, unless it has ended meanwhile."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
