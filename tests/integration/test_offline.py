# SPDX-License-Identifier: Apache-2.0
"""Nothing leaves the machine: the whole loop, watched from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def why_not() -> str | None:
    """Return why system calls cannot be watched here, or None when they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "true"], capture_output=True, text=True, check=False)
    return f"strace is not permitted here: {tried.stderr.strip()}" if tried.returncode else None


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_demo_connects_to_nothing(tmp_path: Path) -> None:
    reason = why_not()
    if reason:
        pytest.skip(reason)
    trace = tmp_path / "trace"
    watched = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace)]
    done = subprocess.run(
        [*watched, sys.executable, "-m", "desktop", "demo", str(tmp_path / "desk.showtell"), "--headless", "--json"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    calls = trace.read_text(errors="replace").splitlines()
    assert any("socketpair(AF_UNIX" in call for call in calls), "the pipe to the learner was not seen"
    outward = [
        call
        for call in calls
        if "AF_INET" in call and any(name in call for name in ("connect(", "sendto(", "sendmsg("))
    ]
    assert outward == []
