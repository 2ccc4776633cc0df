# SPDX-License-Identifier: Apache-2.0
"""Runs a program, and ends it and all that it has started when whoever wanted it has gone, in whatever way.

Its stdin is a pipe to which nobody writes: it ends when whoever holds the other end closes it, or is killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

import psutil

_LOOKS_SECONDS = 0.5
_PATIENCE_SECONDS = 8.0


def main(command: Sequence[str]) -> int:
    """Run it; return its exit code."""
    is_alone = threading.Event()

    def watch() -> None:
        while os.read(0, 4096):
            pass
        is_alone.set()

    process = psutil.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=watch, daemon=True).start()
    started: set[psutil.Process] = set()
    is_over = False
    while not is_over:
        is_over = process.poll() is not None or is_alone.wait(_LOOKS_SECONDS)
        with suppress(psutil.NoSuchProcess):
            started.update(process.children(recursive=True))
    _end(process, started)
    return int(process.returncode)


def _end(process: psutil.Popen, started: set[psutil.Process]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(started, timeout=1)
    for child in left:
        with suppress(psutil.NoSuchProcess):
            child.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
