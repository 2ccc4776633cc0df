# SPDX-License-Identifier: Apache-2.0
"""A kill at any moment costs nothing that was acknowledged."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learner.buffer import Buffer

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")

_PROGRAM = """
import sys
from pathlib import Path

from learner.buffer import Buffer
from tests.learner.fakes import picture

print("opening", flush=True)
with Buffer.open(Path(sys.argv[1])) as buffer:
    info = buffer.class_named("a") or buffer.add_class("a")
    burst = buffer.start_burst("crash")
    number = 0
    while True:
        print(buffer.add_sample(picture(1, number), info.id, burst.id).id, flush=True)
        number += 1
"""


def crash(path: Path, after: int) -> list[int]:
    """Kill a process that adds samples once it has told of some, and return the ids it told of before it died."""
    with subprocess.Popen([sys.executable, "-c", _PROGRAM, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "opening\n"
        told = [process.stdout.readline() for _ in range(after)]
        process.kill()
        # What it printed between the last line read and its death counts as well, but for a line cut short.
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    return [int(line) for line in told if line.endswith("\n")]


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_every_sample_that_was_acknowledged_survives_a_kill(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "desk.showtell"
    moments = random.Random(kills)
    acknowledged: list[int] = []
    for kill in range(kills):
        acknowledged += crash(path, after=moments.randrange(30) if kill else 0)
        with Buffer.open(path) as buffer:
            kept = [sample.id for sample in buffer.samples()]
            assert set(acknowledged) <= set(kept)
            # One more a kill may have been committed and not yet told of.
            assert len(kept) <= len(acknowledged) + kill + 1
            assert buffer.integrity_check() == []
            assert all(buffer.image(sample_id).shape == (64, 64, 3) for sample_id in kept[-3:])
