# SPDX-License-Identifier: Apache-2.0
"""From the closed form to what is published, and to the twin that is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner import training
from learner.engine import OnStep
from learner.messages import IncrementLearned, Stepped
from learner.refining import Control
from learner.types import HeadWeights, Increment, Role, Step, Vectors
from tests.learner.desk import CONFIG, Desk, look, recordings
from tests.learner.fakes import NumPyHead


class Watched(NumPyHead):
    """Keeps the rows that it has seen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[int, set[bytes]] = {}
        self.starts = 0

    def start(self, head: HeadWeights) -> None:
        super().start(head)
        self.starts += 1

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        for row, column in zip(x, y, strict=True):
            self.seen.setdefault(self._ids[column], set()).add(row.tobytes())
        return super().train_on_batch(x, y, learning_rate)


def desk_in(folder: Path, **settings: object) -> Desk:
    return Desk(folder / "desk.showtell", replace(CONFIG, sleep_learning_rates=(1.0, 3.0), **settings))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_in(tmp_path)
    desk.head = Watched()
    yield desk
    desk.buffer.close()


def taught(desk: Desk, *kinds: int, measured: int = 2) -> None:
    for kind in kinds:
        for is_measured, count in ((False, 2), (True, measured)):
            for found in islice(recordings(kind, measured=is_measured, like=0.2), count):
                desk.show(f"kind {kind}", found)


def choosing(monkeypatch: pytest.MonkeyPatch, wanted: str) -> list[str]:
    """Have held-out recordings prefer the recipe that is called so; return all there were to choose from."""
    offered: list[str] = []

    def choose(candidates: Mapping[str, HeadWeights], _: object, closed: str) -> str:
        offered.extend(candidates)
        return wanted if wanted in candidates else closed

    monkeypatch.setattr(training, "choose", choose)
    return offered


def weights(desk: Desk, increment: Increment) -> NDArray[np.float32]:
    assert increment.version_id is not None
    return desk.buffer.head(increment.version_id).kernel


def direction(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a kernel without what a temperature changes."""
    return np.asarray(kernel / np.linalg.norm(kernel), np.float32)


def test_held_out_recordings_choose_between_the_closed_form_and_what_steps_came_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(desk, 1, 2, 3)
    heads = {}
    for recipe in ("closed form", "refined at 1", "half-way to refined at 1", "refined at 3"):
        offered = choosing(monkeypatch, recipe)
        increment = desk.slept()
        assert increment.evaluation["recipe"] == recipe
        assert set(offered) >= {"closed form", "refined at 1", "half-way to refined at 3"}
        heads[recipe] = direction(weights(desk, increment))
    closed, stepped = heads["closed form"], heads["refined at 1"]
    assert not np.allclose(closed, stepped, atol=1e-9)
    assert np.allclose(heads["half-way to refined at 1"], direction(closed + stepped), atol=1e-4)


def test_without_enough_to_measure_with_the_first_plan_is_taken(desk: Desk) -> None:
    taught(desk, 1, 2, measured=0)
    increment = desk.slept()
    assert increment.evaluation["recipe"] == "refined at 1"
    assert increment.steps == desk.config.sleep_steps


def test_what_is_published_has_learned_what_is_held_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2)
    desk.head = watched = Watched()
    choosing(monkeypatch, "closed form")
    desk.slept()
    by_twin = {class_id: len(rows) for class_id, rows in watched.seen.items()}
    choosing(monkeypatch, "refined at 1")
    desk.slept()
    assert watched.starts == 2 + 3
    assert all(len(watched.seen[class_id]) > rows for class_id, rows in by_twin.items())


def test_steps_are_never_more_than_was_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2)
    choosing(monkeypatch, "refined at 1")
    for held_out in (True, False):
        steps = [event.step for event in desk.sleep() if isinstance(event, Stepped)]
        assert [step.number for step in steps] == list(range(1, len(steps) + 1))
        assert len(steps) <= min(step.total for step in steps)
        if held_out:  # from now on what is measured with is what a person marked, and nothing else
            desk.buffer.delete([sample.id for sample in desk.buffer.samples() if sample.burst_id not in {1, 5}])
            for kind in (1, 2):
                desk.show(f"kind {kind}", [look(kind, 3000)], Role.HOLDOUT)


def test_the_last_step_there_may_be_is_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2)
    choosing(monkeypatch, "refined at 3")
    steps = [event.step for event in desk.sleep() if isinstance(event, Stepped)]
    assert len(steps) == steps[-1].total == 3 * desk.config.sleep_steps


def test_a_bank_bounds_what_a_rebuild_replays(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, bank_size=5, sleep_steps=60)
    desk.head = watched = Watched()
    for kind, count in ((1, 40), (2, 3)):
        desk.show(f"kind {kind}", [look(kind, number) for number in range(count)])
    desk.slept()
    rows = {class_id: len(seen) for class_id, seen in watched.seen.items()}
    assert 5 < rows[desk.class_id("kind 1")] <= 3 * 5, "five samples in three views"
    assert 3 < rows[desk.class_id("kind 2")] <= 3 * 3
    desk.buffer.close()


def test_a_bank_has_room_for_every_recording_that_the_twin_is_made_of(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, bank_size=5)
    for kind in (1, 2):
        desk.show(f"kind {kind}", next(recordings(kind, measured=False, frames=1)))
        desk.show(f"kind {kind}", next(recordings(kind, measured=True, frames=20)))
    for increment in (desk.learned(), desk.slept()):
        assert increment.evaluation["measured"]
    desk.buffer.close()


def test_enough_holds_for_what_is_published_as_for_its_twin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ending the steps while the twin takes them does not publish a head that has taken none."""
    taught(desk, 1, 2, 3)
    choosing(monkeypatch, "closed form")
    closed, closed_twin = both(desk, desk.slept())
    choosing(monkeypatch, "refined at 1")

    def enough(step: Step, control: Control) -> None:
        control.enough = step.number >= 4

    head, twin = both(desk, rebuilt(desk, enough))
    assert not np.allclose(twin, closed_twin, atol=1e-5)
    assert not np.allclose(head, closed, atol=1e-5)


def both(desk: Desk, increment: Increment) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the directions of a published head and of its twin."""
    twin = desk.buffer.arrays(increment.version_id or 0)["twin_kernel"]
    return direction(weights(desk, increment)), direction(twin)


def rebuilt(desk: Desk, on_step: OnStep) -> Increment:
    *_, last = desk.engine.sleep("test", on_step=on_step)
    assert isinstance(last, IncrementLearned)
    return last.increment


def test_one_class_needs_no_steps(desk: Desk) -> None:
    taught(desk, 1)
    for increment in (desk.learned(), desk.slept()):
        assert increment.steps == 0
        assert increment.evaluation["recipe"] == "closed form"


def test_a_rebuild_takes_no_heed_of_what_is_new(desk: Desk) -> None:
    taught(desk, 1, 2, measured=0)
    first = weights(desk, desk.slept()).tobytes()
    assert weights(desk, desk.slept()).tobytes() == first, "nothing was new this time"
