# SPDX-License-Identifier: Apache-2.0
"""The real learner process on a real file, through the client, as the app drives it."""

from __future__ import annotations

import errno
import os
import queue
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.backbones import embedded
from learner.buffer import Buffer
from learner.client import LearnerClient, RestartBudget
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine
from learner.messages import (
    Answered,
    ClosedFormServed,
    CommandFailed,
    DeviceChosen,
    Event,
    IncrementLearned,
    LearnerDied,
    LearnerFailed,
    NothingToLearn,
    Predicted,
    Restored,
    Started,
    Stepped,
)
from learner.types import Image, Increment, IncrementKind
from tests.learner.fakes import NumPyHead, picture

PATIENCE = 90.0


class Desk:
    """A project file, a client on it, and the events that came."""

    def __init__(self, path: Path, budget: RestartBudget | None = None, config: LearnerConfig | None = None) -> None:
        self.path = path
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.buffer = Buffer.open(path)
        self.client = LearnerClient(path, config or LearnerConfig(), self.events.put, budget)

    def record(self, name: str, kind: int, count: int = 5, start: int = 0) -> list[int]:
        known = {info.name: info.id for info in self.buffer.classes()}
        class_id = known.get(name) or self.buffer.add_class(name).id
        burst = self.buffer.start_burst("test")
        return [self.buffer.add_sample(picture(kind, start + n), class_id, burst.id).id for n in range(count)]

    def wait(self, wanted: Callable[[Event], bool]) -> Event:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, LearnerFailed):
                pytest.fail(f"{event.title}: {event.message}")
            if wanted(event):
                return event

    def wait_for(self, *kinds: type[Event]) -> Event:
        return self.wait(lambda event: isinstance(event, kinds))

    def answer(self, image: Image) -> Predicted:
        number = self.client.predict(image)
        event = self.wait(lambda event: isinstance(event, Predicted) and event.number == number)
        assert isinstance(event, Predicted)
        return event


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.client.stop()
    assert desk.client.pid is None
    desk.buffer.close()


def test_teach_two_things_and_ask(desk: Desk) -> None:
    desk.client.start()
    started = desk.wait_for(Started)
    assert isinstance(started, Started)
    assert started.pid == desk.client.pid
    assert desk.answer(picture(1)).prediction.label is None

    desk.record("a", 1)
    desk.record("b", 2)
    desk.client.learn()
    desk.wait_for(ClosedFormServed)
    assert desk.answer(picture(2, 99)).prediction.label == "b"

    event = desk.wait_for(IncrementLearned)
    assert isinstance(event, IncrementLearned)
    assert 0 < event.increment.steps <= LearnerConfig().steps
    answer = desk.answer(picture(1, 99)).prediction
    assert answer.label == "a"
    assert answer.version_id == event.increment.version_id


@pytest.mark.slow
def test_predicts_from_the_file_before_tensorflow_is_there(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.client.start()
    desk.wait_for(IncrementLearned)
    desk.client.stop()
    while not desk.events.empty():
        desk.events.get()

    desk.client.start()
    desk.wait_for(Started)
    number = desk.client.predict(picture(2, 50))
    first = desk.wait_for(Predicted, DeviceChosen)
    assert isinstance(first, Predicted), "the answer waited for TensorFlow"
    assert first.number == number
    assert first.prediction.label == "b"
    desk.wait_for(DeviceChosen)


@pytest.mark.slow
def test_a_class_taught_while_tensorflow_is_loading_is_answered_at_once(desk: Desk) -> None:
    desk.client.start()
    for kind, name in enumerate(("a", "b", "c"), start=1):
        desk.record(name, kind)
        desk.client.learn()
        served = desk.wait_for(ClosedFormServed, DeviceChosen)
        assert isinstance(served, ClosedFormServed), "learning waited for TensorFlow"
    assert desk.answer(picture(3, 99)).prediction.label == "c"
    event = desk.wait_for(IncrementLearned)
    assert isinstance(event, IncrementLearned)
    assert all(sample.learned_in is not None for sample in desk.buffer.samples())


def learned_already(desk: Desk) -> None:
    """Give the project a version without TensorFlow."""
    desk.record("a", 1)
    desk.record("b", 2)
    files = embedded()
    engine = Engine(desk.buffer, LiteRTEmbedder(files.model, files.info), LearnerConfig(), NumPyHead)
    assert isinstance(list(engine.learn("test"))[-1], IncrementLearned)


@pytest.mark.slow
def test_predictions_go_on_where_training_cannot(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell", config=LearnerConfig(device="gpu"))
    learned_already(desk)
    desk.client.start()
    event = desk.wait_for(CommandFailed, DeviceChosen)
    if isinstance(event, DeviceChosen):
        pytest.skip("this machine has a GPU")
    assert isinstance(event, CommandFailed)
    assert "no GPU" in event.title
    pid = desk.client.pid
    assert desk.answer(picture(2, 99)).prediction.label == "b"
    desk.record("c", 3)
    desk.client.learn()
    assert desk.wait_for(CommandFailed) == event
    assert desk.client.pid == pid
    assert desk.answer(picture(2, 99)).prediction.label == "b"
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.slow
def test_a_restore_ends_the_increment_under_way(desk: Desk) -> None:
    learned_already(desk)
    first = desk.buffer.champion()
    assert first is not None
    desk.client.start()
    desk.wait_for(Started)
    desk.record("c", 3)
    desk.client.learn()
    desk.wait_for(ClosedFormServed)
    desk.client.restore(first.id)
    assert desk.wait_for(Restored) == Restored(first.id)
    desk.wait_for(DeviceChosen)
    answer = desk.answer(picture(2, 99)).prediction
    assert (answer.label, answer.version_id) == ("b", first.id)
    desk.client.learn()
    desk.wait_for(IncrementLearned)
    assert desk.answer(picture(3, 99)).prediction.label == "c"


@pytest.mark.slow
def test_a_file_that_is_locked_for_a_while_does_not_end_the_learner(desk: Desk) -> None:
    locked = sqlite3.connect(desk.path, isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    desk.client.start()
    failed = desk.events.get(timeout=PATIENCE)
    assert isinstance(failed, LearnerFailed)
    assert (failed.title, failed.recurs) == ("The project is busy", False)
    locked.execute("ROLLBACK")
    locked.close()
    desk.wait_for(Started)


def test_a_system_without_a_process_to_give_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def Pipe(self) -> None:  # noqa: N802
            raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("learner.spawning.multiprocessing.get_context", lambda _: Refusing())
    desk = Desk(tmp_path / "desk.showtell", RestartBudget(limit=0))
    desk.client.start()
    for restarting in (True, False):  # one that would only answer is tried for as well
        failed, died = desk.events.get(timeout=PATIENCE), desk.events.get(timeout=PATIENCE)
        assert isinstance(failed, LearnerFailed)
        assert "Too many open files" in failed.message
        assert died == LearnerDied(None, restarting=restarting)
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.slow
def test_a_rebuild_follows_by_itself_and_unlearns_what_was_deleted(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell", config=LearnerConfig(idle_seconds=0, sleep_steps=20))
    ids = desk.record("a", 1)
    desk.record("b", 2)
    desk.client.start()

    def learned(kind: IncrementKind) -> Increment:
        event = desk.wait(lambda event: isinstance(event, IncrementLearned) and event.increment.kind is kind)
        assert isinstance(event, IncrementLearned)
        return event.increment

    assert learned(IncrementKind.SLEEP).reason == "quiet"
    desk.buffer.delete(ids[:2])
    desk.client.learn()
    version = learned(IncrementKind.SLEEP).version_id
    assert desk.buffer.unlearnable() == []
    assert [kept.id for kept in desk.buffer.versions()] == [version]
    answer = desk.answer(picture(2, 99)).prediction
    assert (answer.label, answer.version_id) == ("b", version)
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.slow
def test_it_answers_while_it_is_paused_and_forgets_what_was_cancelled(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell", config=LearnerConfig(idle_seconds=1e6))
    learned_already(desk)
    version = desk.buffer.champion_id()
    desk.client.start()
    desk.wait_for(DeviceChosen)
    desk.client.pause()
    desk.record("c", 3)
    desk.client.learn()
    desk.wait_for(ClosedFormServed)
    answer = desk.answer(picture(3, 99)).prediction
    assert (answer.label, answer.version_id) == ("c", None), "the closed form answers"
    desk.client.cancel()
    assert desk.wait_for(NothingToLearn, Stepped, IncrementLearned) == NothingToLearn(version)
    assert desk.answer(picture(1, 99)).prediction.version_id == version
    desk.client.learn()
    desk.wait_for(ClosedFormServed)
    desk.client.resume()
    desk.wait_for(IncrementLearned)
    assert desk.answer(picture(3, 99)).prediction.label == "c"
    desk.client.stop()
    desk.buffer.close()


def test_newest_frame_wins(desk: Desk) -> None:
    desk.client.start()
    desk.wait_for(Started)
    numbers = [desk.client.predict(picture(1, n)) for n in range(30)]
    answered = []
    while numbers[-1] not in answered:
        event = desk.wait_for(Predicted)
        assert isinstance(event, Predicted)
        answered.append(event.number)
    assert answered == sorted(answered)
    assert len(answered) < len(numbers)


def test_a_picture_that_somebody_waits_for_is_always_answered(desk: Desk) -> None:
    numbers = [desk.client.answer(picture(1, n)) for n in range(10)]
    desk.client.start()
    desk.wait_for(Started)
    numbers += [desk.client.answer(picture(1, n)) for n in range(20)]
    desk.client.predict(picture(1))
    answered = []
    for _ in numbers:
        event = desk.wait_for(Answered)
        assert isinstance(event, Answered)
        answered.append(event.number)
    assert sorted(answered) == numbers


def test_a_fault_of_the_file_is_told_and_not_retried(tmp_path: Path) -> None:
    path = tmp_path / "not.showtell"
    path.write_text("a shopping list")
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = LearnerClient(path, LearnerConfig(), events.put)
    client.start()
    failed, died = events.get(timeout=PATIENCE), events.get(timeout=PATIENCE)
    assert isinstance(failed, LearnerFailed)
    assert not failed.ours
    assert died == LearnerDied(1, restarting=False)
    client.stop()
    assert path.read_text() == "a shopping list"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_when_the_restart_budget_is_spent_it_only_answers_until_it_is_started_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell", RestartBudget(limit=1))
    learned_already(desk)
    version = desk.buffer.champion_id()
    desk.client.start()
    for learns in (True, True, False):
        started = desk.wait_for(Started)
        assert isinstance(started, Started)
        assert started.learns is learns
        if learns:
            kill(desk)
            assert desk.wait_for(LearnerDied) == LearnerDied(-signal.SIGKILL, restarting=True)
    desk.record("c", 3)
    desk.client.refresh()
    desk.client.learn()
    answer = desk.answer(picture(2, 99)).prediction
    assert (answer.label, answer.version_id) == ("b", version)
    desk.client.start()
    started = desk.wait_for(Started)
    assert isinstance(started, Started)
    assert started.learns
    desk.wait_for(ClosedFormServed)
    assert desk.answer(picture(3, 99)).prediction.label == "c", "what was labelled meanwhile is learned"
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_one_that_only_answers_is_not_replaced_when_it_dies(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell", RestartBudget(limit=0))
    desk.client.start()
    for restarting in (True, False):
        desk.wait_for(Started)
        kill(desk)
        assert desk.wait_for(LearnerDied) == LearnerDied(-signal.SIGKILL, restarting=restarting)
    desk.client.start()
    desk.wait_for(Started)
    desk.client.stop()
    desk.buffer.close()


def kill(desk: Desk) -> None:
    assert desk.client.pid
    os.kill(desk.client.pid, signal.SIGKILL)


def _kill_in_the_middle(path: Path, rounds: int) -> None:
    """Kill the learner at a different moment of an increment each time; count on everything being there."""
    desk = Desk(path, RestartBudget(limit=1, seconds=0.0))  # a death is forgotten at once, so that each is mended
    random = np.random.default_rng(0)
    moments = [Started, ClosedFormServed, Stepped]
    acknowledged: set[int] = set()
    desk.client.start()
    desk.wait_for(Started)
    for turn in range(rounds):
        acknowledged |= set(desk.record(f"kind {turn % 4}", turn % 4, count=3, start=10 * turn))
        desk.client.learn()
        moment = moments[turn % 3]
        if moment is Started:
            desk.wait(lambda event: not isinstance(event, Predicted))
        else:
            for _ in range(int(random.integers(1, 20)) if moment is Stepped else 1):
                desk.wait_for(moment, IncrementLearned)
        pid = desk.client.pid
        if pid is None:
            continue
        os.kill(pid, signal.SIGKILL)
        desk.wait_for(LearnerDied)
        desk.wait_for(Started)
    desk.client.learn()
    while True:
        live = desk.buffer.samples()
        assert {sample.id for sample in live} == acknowledged
        if all(sample.learned_in is not None for sample in live):
            break
        desk.wait_for(IncrementLearned)
    assert desk.buffer.integrity_check() == []
    for turn in range(min(rounds, 4)):
        assert desk.answer(picture(turn, 5000)).prediction.label == f"kind {turn}"
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_killed_in_the_middle_of_an_increment(tmp_path: Path) -> None:
    _kill_in_the_middle(tmp_path / "desk.showtell", rounds=1)
