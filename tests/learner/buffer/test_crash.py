# SPDX-License-Identifier: Apache-2.0
"""A kill at any moment costs nothing that was acknowledged."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from learner.buffer import Buffer
from tests.learner.fakes import picture

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


def test_every_sample_that_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    moments = random.Random(5)
    acknowledged: list[int] = []
    for kill in range(5):
        acknowledged += crash(path, after=moments.randrange(30) if kill else 0)
        with Buffer.open(path) as buffer:
            kept = [sample.id for sample in buffer.samples()]
            assert set(acknowledged) <= set(kept)
            # One more a kill may have been committed and not yet told of.
            assert len(kept) <= len(acknowledged) + kill + 1
            assert buffer.integrity_check() == []
            assert all(buffer.image(sample_id).shape == (64, 64, 3) for sample_id in kept[-3:])


def test_a_kill_while_the_log_is_brought_into_the_file_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        info = buffer.add_class("a")
    with Buffer.open(path) as buffer:
        burst = buffer.start_burst("crash")
        for number in range(20):
            buffer.add_sample(picture(1, number), info.id, burst.id)
        before, log = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
    whole = path.read_bytes()
    assert len(before) < len(whole)
    # The first page is written first, and speaks of all the others.
    path.write_bytes(whole[:4096] + before[4096:])
    path.with_name(path.name + "-wal").write_bytes(log)
    with Buffer.open(path, create=False) as buffer:
        assert len(buffer.samples()) == 20
        assert buffer.integrity_check() == []


def test_a_kill_while_a_project_is_made_leaves_one_that_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    path.touch()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")  # so that pages are written before the end of the transaction
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE a (b)")
    connection.executemany("INSERT INTO a VALUES (zeroblob(10000))", [()] * 20)
    halves = {name: path.with_name(name).read_bytes() for name in (path.name, path.name + "-journal")}
    connection.close()
    for name, content in halves.items():
        path.with_name(name).write_bytes(content)
    assert halves[path.name]
    with Buffer.open(path) as buffer:
        assert buffer.classes() == []
