# SPDX-License-Identifier: Apache-2.0
"""Programs that end with whoever wanted them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from learner.errors import EnvironmentFault
from learner.fleet.processes import Processes, program

FOR_EVER = "import time\nwhile True: time.sleep(60)"
OF_TWO = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {FOR_EVER!r}])\n{FOR_EVER}"
STUBBORN = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{FOR_EVER}"
HOLDS = """
import sys
from pathlib import Path
from learner.fleet.processes import Processes

processes = Processes(Path(sys.argv[1]))
print(processes.start("program", [sys.executable, "-c", sys.argv[2]]).pid, flush=True)
sys.stdin.read()
"""


def started(pid: int, count: int) -> list[psutil.Process]:
    """Wait until so many processes have been started for one."""
    while True:
        found = list(psutil.Process(pid).children(recursive=True))
        if len(found) >= count:
            return found
        time.sleep(0.01)


@pytest.mark.parametrize(("code", "count"), [(FOR_EVER, 1), (OF_TWO, 2)])
def test_a_program_and_what_it_started_end_with_whoever_wanted_it(tmp_path: Path, code: str, count: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path), code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        running = started(int(holder.stdout.readline()), count)
        holder.kill()
        _, left = psutil.wait_procs(running, timeout=60)
    assert left == []


@pytest.mark.parametrize("code", [FOR_EVER, pytest.param(STUBBORN, marks=pytest.mark.slow)])
def test_all_have_ended_after_the_end(tmp_path: Path, code: str) -> None:
    with Processes(tmp_path) as processes:
        running = started(processes.start("program", [sys.executable, "-c", code]).pid, 1)
    _, left = psutil.wait_procs(running, timeout=60)
    assert left == []


def test_a_program_that_dies_is_told_with_its_last_words(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("program", [sys.executable, "-c", "import sys; sys.exit('the last words')"]).wait(60)
        with pytest.raises(EnvironmentFault, match="the last words"):
            processes.check()


def test_secrets_are_in_no_command_line(tmp_path: Path) -> None:
    code = "import os; print(os.environ['SECRET'])"
    with Processes(tmp_path) as processes:
        process = processes.start("program", [sys.executable, "-c", code], {"SECRET": "of ours"})
        assert process.wait(60) == 0
        assert processes.log("program").read_text() == "of ours\n"
        assert "of ours" not in repr(process.args)


def test_a_program_that_is_not_there_says_how_to_install_it() -> None:
    with pytest.raises(EnvironmentFault, match=r"showtell\[fleet\]"):
        program("flower-nothing")
