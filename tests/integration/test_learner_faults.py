# SPDX-License-Identifier: Apache-2.0
"""What a real learner does without memory, with a rate at which nothing can be learned, and with damage in its file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import psutil
import pytest

from learner import loading
from learner.buffer import Buffer
from learner.client import RestartBudget
from learner.config import LearnerConfig
from learner.messages import (
    CommandFailed,
    DeviceChosen,
    Event,
    IncrementLearned,
    IncrementRejected,
    LearnerDied,
    Predicted,
    Started,
)
from learner.refining import Model
from learner.spawning import serve
from tests.integration.test_learner_process import PATIENCE, Desk, learned_already
from tests.learner.fakes import picture

pytestmark = pytest.mark.slow

NONE = 2**20
"""Bytes more than it has: as good as none."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell", RestartBudget(limit=2), LearnerConfig(idle_seconds=1e6))
    learned_already(desk)
    yield desk
    desk.client.stop()
    desk.buffer.close()


def hear(desk: Desk, wanted: Callable[[Event], bool]) -> Event:
    """Wait for an event, whatever else is told."""
    while True:
        event = desk.events.get(timeout=3 * PATIENCE)  # it may be the third process for which TensorFlow loads
        if wanted(event):
            return event


def hear_of(desk: Desk, *kinds: type[Event]) -> Event:
    return hear(desk, lambda event: isinstance(event, kinds))


def has_learned_all(buffer: Buffer) -> bool:
    return all(sample.learned_in is not None for sample in buffer.samples())


def limit(pid: int, more: int) -> None:
    """Let a process have no more memory than it has and so many bytes; a negative number lifts the limit."""
    import resource

    has = psutil.Process(pid).memory_info().vms
    most = resource.RLIM_INFINITY if more < 0 else has + more
    resource.prlimit(pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux limits the memory of another process")
@pytest.mark.parametrize("moment", [Started, DeviceChosen])
def test_without_memory_nothing_is_lost_and_the_version_in_use_answers(desk: Desk, moment: type[Event]) -> None:
    """While TensorFlow loads, or while it embeds and learns; then with memory again."""
    version = desk.buffer.champion_id()
    desk.client.start()
    hear_of(desk, moment)
    assert desk.client.pid
    limit(desk.client.pid, NONE)
    desk.record("c", 3, count=400)
    desk.client.refresh()
    desk.client.learn()
    told = hear_of(desk, CommandFailed, LearnerDied)
    if isinstance(told, LearnerDied):
        assert told.restarting
        hear_of(desk, Started)
    elif isinstance(told, CommandFailed):
        assert "memory" in told.message
    assert desk.buffer.champion_id() == version
    number = desk.client.predict(picture(2, 99))
    answered = hear(desk, lambda event: isinstance(event, Predicted) and event.number == number)
    assert isinstance(answered, Predicted)
    assert answered.prediction.label == "b"
    if desk.client.pid:
        limit(desk.client.pid, -1)
    desk.client.learn()
    # A learner that was restarted while they were recorded learns by itself what there is by then, and the rest next.
    hear(desk, lambda event: isinstance(event, IncrementLearned) and has_learned_all(desk.buffer))
    assert desk.answer(picture(3, 999)).prediction.label == "c"
    assert desk.buffer.integrity_check() == []


def poisoned(connection: Connection) -> None:
    """Do what a learner does whose training comes to what is no number."""
    load_model = loading.load_model

    def load(config: LearnerConfig, embedding_size: int) -> Model:
        model = load_model(config, embedding_size)
        weights = model.weights
        model.weights = lambda: tuple(part * np.float32(np.nan) for part in weights())  # type: ignore[method-assign,assignment,return-value]
        return model

    loading.load_model = load
    serve(connection)


def test_weights_that_are_no_numbers_are_refused_and_the_next_increment_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.showtell"
    monkeypatch.setattr("learner.spawning.serve", poisoned)
    desk = Desk(path, config=LearnerConfig(idle_seconds=1e6))
    learned_already(desk)
    version = desk.buffer.champion_id()
    desk.record("c", 3)
    desk.client.start()
    rejected = hear_of(desk, IncrementRejected, IncrementLearned)
    assert isinstance(rejected, IncrementRejected)
    assert "not finite" in rejected.increment.why
    answer = desk.answer(picture(2, 99)).prediction
    assert (answer.label, answer.version_id) == ("b", version)
    desk.client.stop()
    desk.buffer.close()
    monkeypatch.setattr("learner.spawning.serve", serve)
    again = Desk(path, config=LearnerConfig(idle_seconds=1e6))
    again.client.start()
    hear_of(again, Started)
    again.client.learn()
    hear_of(again, IncrementLearned)
    assert again.answer(picture(3, 99)).prediction.label == "c"
    again.client.stop()
    again.buffer.close()


def flip(buffer: Buffer, table: str, column: str, which: str) -> None:
    """Flip a bit in the middle of what a table keeps."""
    with buffer._writing() as db:
        for rowid, data in db.execute(f"SELECT rowid, {column} FROM {table} WHERE {which}").fetchall():
            middle = len(data) // 2
            flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (flipped, rowid))


@pytest.mark.parametrize(("table", "column"), [("versions", "kernel"), ("version_arrays", "data")])
def test_with_a_damaged_version_an_earlier_one_answers_until_another_is_made(
    desk: Desk, table: str, column: str
) -> None:
    first = desk.buffer.champion_id()
    desk.record("c", 3)
    desk.client.start()
    hear_of(desk, IncrementLearned)
    desk.client.stop()
    second = desk.buffer.champion_id()
    assert second != first
    flip(desk.buffer, table, column, f"{'id' if table == 'versions' else 'version_id'} = {second}")
    while not desk.events.empty():
        desk.events.get()
    desk.client.start()
    started = hear_of(desk, Started)
    assert isinstance(started, Started)
    assert started.version_id == first
    learned = hear_of(desk, IncrementLearned)
    assert isinstance(learned, IncrementLearned)
    answer = desk.answer(picture(3, 99)).prediction
    assert (answer.label, answer.version_id) == ("c", learned.increment.version_id)
