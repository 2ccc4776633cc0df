# SPDX-License-Identifier: Apache-2.0
"""The learner's end of a consolidation: real processes, which only pretend to consolidate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from learner.buffer import Buffer, Checkpoint
from learner.config import LearnerConfig
from learner.consolidation import BY_ITSELF, Consolidation, is_at_rest, is_worthwhile
from learner.messages import CommandFailed, ConsolidationStarted, Event
from learner.types import Role
from tests.learner.consolidations import (
    dies,
    dies_now_and_then,
    fails,
    is_deaf,
    listens,
    noted,
    runs_out_of_memory,
    started,
    stepped,
    works,
)
from tests.learner.desk import Desk, look, recordings
from tests.learner.fakes import INFO

PATIENCE = 120.0
"""Seconds that a busy machine may take to start a process."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "desk.showtell"


@pytest.fixture
def begin(project: Path) -> Iterator[Callable[[Callable[..., None]], Consolidation]]:
    begun: list[Consolidation] = []

    def begin(process: Callable[..., None]) -> Consolidation:
        begun.append(Consolidation(project, LearnerConfig(), "asked", process))
        return begun[-1]

    yield begin
    for one in begun:
        one.stop()
        assert not one._child.is_alive()


Begin = Callable[[Callable[..., None]], Consolidation]


def told(consolidation: Consolidation, until: Callable[[list[Event]], bool] = lambda _: False) -> list[Event]:
    """Listen until it is done, or until what was told is enough."""
    events: list[Event] = []
    deadline = time.monotonic() + PATIENCE
    while not consolidation.is_done and not until(events):
        assert time.monotonic() < deadline, f"only {events}"
        consolidation._connection.poll(0.1)
        events += consolidation.poll()
    return events


def heard(reason: str) -> Callable[[list[Event]], bool]:
    return lambda events: started(reason) in events


def test_what_it_does_is_told_until_it_is_done(begin: Begin) -> None:
    consolidation = begin(works)
    assert not consolidation.is_done
    assert told(consolidation) == [started("asked"), stepped(1)]
    assert consolidation.fault is None
    assert consolidation.poll() == []


def test_why_it_came_to_nothing_is_told_and_it_is_not_tried_again(begin: Begin) -> None:
    consolidation = begin(fails)
    assert told(consolidation) == []
    assert consolidation.fault == CommandFailed("There is too little", "Record more.")


def test_a_process_that_dies_three_times_is_not_replaced_any_longer(begin: Begin, project: Path) -> None:
    consolidation = begin(dies)
    assert told(consolidation) == []
    assert noted(project, "died") == 3
    assert consolidation.fault is not None
    assert "exit code 9" in consolidation.fault.message


def test_a_process_that_dies_after_a_step_is_replaced_however_often(
    begin: Begin, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learner.consolidation._CRASHES", 2)
    consolidation = begin(dies_now_and_then)
    assert told(consolidation) == [stepped(1), stepped(2), stepped(3)]
    assert consolidation.fault is None
    assert noted(project, "lived") == 3


def test_out_of_memory_it_takes_smaller_batches_and_then_no_gpu(begin: Begin) -> None:
    consolidation = begin(runs_out_of_memory)
    trials = [event.reason for event in told(consolidation) if isinstance(event, ConsolidationStarted)]
    assert trials == ["0 ", "1 ", "2 ", "0 The GPU ran out of memory."]
    assert consolidation.fault is None


def test_it_is_held_up_let_go_on_and_stopped(begin: Begin, project: Path) -> None:
    consolidation = begin(listens)
    told(consolidation, heard("listening"))
    consolidation.hold(True)
    consolidation.hold(True)
    assert told(consolidation, heard("paused")) == [started("paused")]
    consolidation.hold(False)
    assert told(consolidation, heard("resumed")) == [started("resumed")], "it was told once to pause"
    consolidation.stop()
    assert consolidation.is_done
    assert consolidation.fault is None
    assert noted(project, "stopped") == 1
    assert consolidation.poll() == []
    consolidation.stop()


def test_one_that_replaces_a_held_one_is_held_as_well(begin: Begin) -> None:
    consolidation = begin(listens)
    consolidation.hold(True)
    told(consolidation, heard("paused"))
    consolidation._child.kill()
    assert told(consolidation, heard("paused")) == [started("listening"), started("paused")]


def test_one_that_does_not_listen_is_killed(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.consolidation._STOP_SECONDS", 0.1)
    consolidation = begin(is_deaf)
    told(consolidation, heard("deaf"))
    consolidation.stop()
    assert consolidation.is_done
    assert not consolidation._child.is_alive()


def test_the_real_process_refuses_a_project_with_nothing_in_it(project: Path) -> None:
    Buffer.open(project).close()
    consolidation = Consolidation(project, LearnerConfig(), "asked")
    assert told(consolidation) == []
    assert consolidation.fault is not None
    assert consolidation.fault.title == "There is too little to consolidate"
    with Buffer.open(project) as buffer:
        assert buffer.consolidation_reason() is None


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    desk = Desk(project)
    yield desk
    desk.buffer.close()


def teach(desk: Desk, count: int, *, measured: int = 1) -> None:
    """Record so many frames of each of two kinds, and recordings of them that are held out."""
    for kind in (1, 2):
        desk.show(f"kind {kind}", next(recordings(kind, measured=False, frames=count)))
        found = recordings(kind, measured=True)
        for _ in range(measured):
            desk.show(f"kind {kind}", next(found))


def test_it_is_worth_it_with_enough_samples_and_something_to_measure_with(desk: Desk) -> None:
    assert not is_worthwhile(desk.buffer)
    teach(desk, 25)
    assert not is_worthwhile(desk.buffer), "nothing has been learned"
    desk.learned()
    assert not is_worthwhile(desk.buffer), "58 samples are too few"
    desk.show("kind 1", [look(1, number) for number in range(500, 510)], Role.HOLDOUT)
    desk.learn()
    assert not is_worthwhile(desk.buffer), "tests are not trained on"
    desk.show("kind 1", [look(1, number) for number in range(700, 702)])
    desk.learned()
    assert is_worthwhile(desk.buffer)


def test_it_is_not_worth_it_where_nobody_could_tell(desk: Desk) -> None:
    teach(desk, 30, measured=0)
    desk.learned()
    assert not is_worthwhile(desk.buffer)


def test_another_one_takes_a_third_more_samples(desk: Desk) -> None:
    teach(desk, 30)
    desk.learned()
    assert is_worthwhile(desk.buffer)
    desk.buffer.note_consolidation(68)
    assert not is_worthwhile(desk.buffer)
    desk.show("kind 1", [look(1, number) for number in range(500, 520)])
    desk.learned()
    assert not is_worthwhile(desk.buffer), "88 is less than 1.3 times 68"
    desk.show("kind 2", [look(2, 500)])
    assert is_worthwhile(desk.buffer)


def test_one_that_somebody_asked_for_counts_as_the_last_one_too(desk: Desk) -> None:
    desk.buffer.register_backbone(INFO)
    desk.buffer.save_checkpoint(Checkpoint(INFO.sha256, BY_ITSELF, datetime.now(UTC), 0, 0.0, {}, []))
    assert desk.buffer.consolidation_reason() == BY_ITSELF
    assert desk.buffer.last_consolidation() == 0, "it is noted apart from how far it has come"


@pytest.mark.parametrize(
    ("percent", "battery", "rests"),
    [
        (5.0, None, True),
        (5.0, SimpleNamespace(power_plugged=True), True),
        (5.0, SimpleNamespace(power_plugged=None), True),
        (5.0, SimpleNamespace(power_plugged=False), False),
        (90.0, None, False),
    ],
)
def test_a_machine_is_at_rest_on_mains_power_and_with_little_to_do(
    monkeypatch: pytest.MonkeyPatch, percent: float, battery: object, rests: bool
) -> None:
    monkeypatch.setattr(psutil, "cpu_percent", lambda: percent)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert is_at_rest() is rests


def test_where_nothing_is_known_of_batteries_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise FileNotFoundError("/sys/class/power_supply")

    monkeypatch.setattr(psutil, "cpu_percent", lambda: 5.0)
    monkeypatch.setattr(psutil, "sensors_battery", unknown, raising=False)
    assert is_at_rest()
