# SPDX-License-Identifier: Apache-2.0
"""The loop by itself; `tests/integration/test_learner_process.py` has it in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.engine import Engine
from learner.errors import DiskFull
from learner.messages import CommandFailed, DeviceChosen, Event, IncrementLearned, Learn, NothingToLearn
from learner.process import _Loop
from tests.learner.fakes import FakeEmbedder, NumPyHead, picture


class Bench:
    """A loop on a project with something to learn, turned by hand."""

    def __init__(self, path: Path) -> None:
        self.buffer = Buffer.open(path)
        for name in ("a", "b"):
            class_id, burst_id = self.buffer.add_class(name).id, self.buffer.start_burst("test").id
            for number in range(4):
                self.buffer.add_sample(picture(ord(name), number), class_id, burst_id)
        head = NumPyHead()
        engine = Engine(self.buffer, FakeEmbedder(), LearnerConfig(steps=3), lambda: head)
        self._ours, self._theirs = multiprocessing.Pipe()
        loader = SimpleNamespace(model=head, error=None)
        self.loop = _Loop(self._theirs, engine, loader, 10.0)  # type: ignore[arg-type]

    def turn(self) -> list[Event]:
        """Do all the work there is; return what was told."""
        self.loop._tell_device()
        while (work := self.loop._work or self.loop._next_work()) is not None:
            self.loop._work = work
            self.loop._go_on(work)
        told = []
        while self._ours.poll():
            told.append(self._ours.recv())
        return told

    def close(self) -> None:
        self.buffer.close()
        self._ours.close()
        self._theirs.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "desk.showtell")
    yield bench
    bench.close()


def test_what_is_there_at_the_start_is_learned(bench: Bench) -> None:
    told = bench.turn()
    assert isinstance(told[0], DeviceChosen)
    assert isinstance(told[-1], IncrementLearned)
    assert bench.turn() == []


def test_a_full_disk_is_told_once_tried_again_and_leaves_nothing_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "publish", full)
        assert isinstance(bench.turn()[-1], CommandFailed)
        for _ in range(3):
            bench.loop._retry_at = 0.0
            assert bench.turn()[-1] == NothingToLearn(None)
        bench.loop._take(Learn("somebody asked"))
        assert isinstance(bench.turn()[-1], CommandFailed), "who asks is answered"
    bench.loop._retry_at = 0.0
    assert isinstance(bench.turn()[-1], IncrementLearned)
