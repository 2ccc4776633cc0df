# SPDX-License-Identifier: Apache-2.0
"""The learner's process that is there before its project is."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.messages import Event, LearnerFailed, Started
from learner.spawning import Spare

PATIENCE = 60.0


@pytest.mark.slow
def test_it_is_given_once_and_ends_with_nobody_wanting_it() -> None:
    spare = Spare()
    child = spare.take()
    assert child is not None
    assert spare.take() is None
    child.connection.close()
    child.process.join(PATIENCE)
    assert child.process.exitcode == 0


def test_one_that_has_died_or_was_ended_is_not_given() -> None:
    spare, other = Spare(), Spare()
    assert spare._child is not None
    spare._child.process.kill()
    spare._child.process.join(PATIENCE)
    other.end()
    assert (spare.take(), other.take()) == (None, None)


def test_a_system_without_a_process_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError

    monkeypatch.setattr("learner.spawning.spawn", refuse)
    assert Spare().take() is None


@pytest.mark.slow
def test_the_first_learner_of_a_client_is_the_one_that_waits(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    Buffer.open(path).close()
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    spare = Spare()
    assert spare._child is not None
    waiting = spare._child.process.pid
    client = LearnerClient(path, LearnerConfig(), events.put, spare=spare)
    for _ in range(2):
        client.start()
        started = events.get(timeout=PATIENCE)
        assert not isinstance(started, LearnerFailed), started.message
        assert isinstance(started, Started)
        assert (started.pid == waiting) is (waiting is not None)
        client.stop()
        waiting = None
        while not events.empty():
            events.get()
