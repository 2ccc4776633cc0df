# SPDX-License-Identifier: Apache-2.0
"""Parts of the client by themselves; `tests/integration/test_learner_process.py` has the real process."""

from __future__ import annotations

import queue
from pathlib import Path

import numpy as np
import pytest

from learner.client import LearnerClient, RestartBudget, _Frames, _Questions
from learner.config import LearnerConfig
from learner.messages import Answer, Event, LearnerDied, Predict, Stop
from tests.learner.fakes import picture


def test_a_budget_is_spent_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("learner.client.time.monotonic", lambda: now)
    budget = RestartBudget(limit=2, seconds=60)
    assert [budget.take() for _ in range(3)] == [True, True, False]
    now = 61
    assert budget.take()
    assert budget.spent == 1
    budget.refill()
    assert [budget.take() for _ in range(3)] == [True, True, False]


def test_a_learner_that_dies_slowly_does_not_live_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("learner.client.time.monotonic", lambda: now)
    budget, restarts = RestartBudget(), 0
    while budget.take() and restarts < 100:
        restarts += 1
        now += 20  # it dies at its first batch, for which TensorFlow has to be imported first
    assert restarts < 10


def test_one_frame_is_on_its_way_and_the_newest_waits() -> None:
    frames = _Frames()
    assert frames.offer(picture(1)) == (1, None), "there is nobody to ask yet"
    frames.open(32)
    number, command = frames.offer(picture(1))
    assert isinstance(command, Predict)
    assert (number, command.number, command.image.shape) == (2, 2, (32, 32, 3))
    assert frames.offer(picture(2)) == (3, None)
    assert frames.offer(picture(3)) == (4, None)
    waiting = frames.answered()
    assert waiting is not None
    assert waiting.number == 4
    assert frames.answered() is None
    frames.offer(picture(1))
    frames.reset()
    assert frames.answered() is None
    assert frames.offer(picture(1))[1] is None


def numbers(commands: list[Answer]) -> list[int]:
    return [command.number for command in commands]


def test_questions_wait_for_a_learner_and_none_takes_the_place_of_another() -> None:
    questions = _Questions()
    assert [questions.ask(number, picture(number)) for number in (1, 2)] == [None, None]
    sent = questions.open(32)
    assert numbers(sent) == [1, 2]
    assert all(command.image.shape == (32, 32, 3) for command in sent)
    third = questions.ask(3, picture(3))
    assert third is not None
    assert (third.number, third.image.shape) == (3, (32, 32, 3))
    for number in (1, 3, 99):
        questions.answered(number)
    questions.close(for_good=False)
    assert numbers(questions.open(32)) == [2]


def test_a_picture_that_waits_is_no_larger_than_a_stored_one() -> None:
    questions = _Questions()
    questions.ask(1, np.zeros((1000, 2000, 3), np.uint8))
    questions.ask(2, np.zeros((40, 30, 3), np.uint8))
    assert [question.image.shape for question in questions._open.values()] == [(512, 512, 3), (30, 30, 3)]
    assert [command.image.shape for command in questions.open(64)] == [(64, 64, 3)] * 2


def test_what_was_not_answered_is_asked_again_but_not_for_ever() -> None:
    questions = _Questions()
    questions.open(32)
    questions.ask(1, picture(1))
    questions.close(for_good=False)
    assert questions.ask(2, picture(2)) is None
    assert numbers(questions.open(16)) == [1, 2]
    questions.close(for_good=False)
    assert numbers(questions.open(32)) == [2], "two learners died over the first"
    questions.close(for_good=True)
    assert questions.open(32) == []


def test_another_size_is_asked_for_from_now_on() -> None:
    questions = _Questions()
    questions.open(32)
    questions.resize(48)
    command = questions.ask(1, picture(1))
    assert command is not None
    assert command.image.shape == (48, 48, 3)


class Mortal(LearnerClient):
    """A client whose learners die at once, but for those that only answer: they live until they are told to stop."""

    def __init__(self, budget: RestartBudget) -> None:
        self.heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.lived: queue.SimpleQueue[bool] = queue.SimpleQueue()
        super().__init__(Path("none.showtell"), LearnerConfig(), self.heard.put, budget)

    def _live(self) -> tuple[int | None, bool]:
        self.lived.put(self._learns)
        if not self._learns:
            assert isinstance(self._commands.get(timeout=20), Stop)
        return 0 if not self._learns else -9, False


def test_when_the_budget_is_spent_one_more_only_answers_and_starting_again_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("learner.client._PAUSE_SECONDS", 0.0)
    client = Mortal(RestartBudget(limit=2))
    client.start()
    assert [client.lived.get(timeout=20) for _ in range(4)] == [True, True, True, False]
    assert [client.heard.get(timeout=20) for _ in range(3)] == [LearnerDied(-9, restarting=True)] * 3
    client.start()
    client.start()
    assert [client.lived.get(timeout=20) for _ in range(4)] == [True, True, True, False]
    client.stop()
    assert client._thread is not None
    assert not client._thread.is_alive()
