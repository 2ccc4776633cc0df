# SPDX-License-Identifier: Apache-2.0
"""Parts of the client by themselves; `tests/integration/test_learner_process.py` has the real process."""

from __future__ import annotations

import pytest

from learner.client import RestartBudget, _Frames
from learner.messages import Predict
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
