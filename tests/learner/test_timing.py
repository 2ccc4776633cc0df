# SPDX-License-Identifier: Apache-2.0
"""When a consolidation begins, is held up and goes on, told by a clock that is turned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learner.buffer import Buffer, Checkpoint
from learner.consolidation import BY_ITSELF
from learner.messages import BackboneKept, ConsolidationStarted, Event
from learner.timing import Timing
from learner.types import Device
from tests.learner.fakes import INFO

CPU = Device("CPU", "CPU", "It is a test.")
GPU = Device("GPU", "Fake 3000", "It is a test.")
LONG = 1000.0
"""Seconds after which nobody uses the app any longer, and it is looked again whether there is something to do."""


@dataclass
class FakeRenewal:
    """Notes what it is asked to do."""

    reason: str | None = None
    held: bool = False
    begun: list[str] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        return self.reason is not None

    @property
    def is_by_itself(self) -> bool:
        return self.reason == BY_ITSELF

    def consolidate(self, reason: str) -> None:
        if self.reason is None:
            self.reason = reason
            self.begun.append(reason)

    def give_up(self) -> None:
        self.reason = None

    def hold(self, held: bool) -> None:
        self.held = held

    def poll(self) -> list[Event]:
        told, self.told = self.told, []
        return told


@dataclass
class Room:
    """An app with nobody in it, or somebody."""

    buffer: Buffer
    renewal: FakeRenewal = field(default_factory=FakeRenewal)
    now: float = 0.0
    is_at_rest: bool = True
    device: Device | None = CPU
    allowed: bool = True

    def __post_init__(self) -> None:
        self.enter()

    def enter(self) -> None:
        """Start the app."""
        self.timing = Timing(
            self.buffer,
            self.renewal,  # type: ignore[arg-type]
            allowed=self.allowed,
            clock=lambda: self.now,
            at_rest=lambda: self.is_at_rest,
        )

    def after(self, seconds: float) -> FakeRenewal:
        self.now += seconds
        self.timing.poll(self.device)
        return self.renewal


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("learner.timing.is_worthwhile", lambda _: True)
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        yield Room(buffer)


def test_one_begins_by_itself_when_nobody_has_used_the_app_for_a_while(room: Room) -> None:
    assert room.after(0).begun == []
    assert room.after(LONG).begun == [BY_ITSELF]
    assert not room.renewal.held
    assert room.after(LONG).begun == [BY_ITSELF], "one at a time"


def test_none_begins_while_the_app_is_in_use(room: Room) -> None:
    for _ in range(100):
        room.timing.note_use()
        assert room.after(60).begun == []


def test_with_a_gpu_one_begins_although_the_app_is_in_use(room: Room) -> None:
    room.device, room.is_at_rest = GPU, False
    room.timing.note_use()
    assert room.after(30).begun == [BY_ITSELF]
    assert not room.renewal.held


def test_a_gpu_that_the_head_leaves_alone_is_one(room: Room) -> None:
    room.device, room.is_at_rest = replace(CPU, spare_gpu="Fake 3000"), False
    room.timing.note_use()
    assert room.after(30).begun == [BY_ITSELF]
    room.renewal.told = [ConsolidationStarted(BY_ITSELF, 300, 0, 100, GPU)]
    room.after(0)
    room.timing.note_use()
    assert not room.after(1).held


def test_a_gpu_that_does_not_work_is_none(room: Room) -> None:
    room.device = replace(CPU, spare_gpu="Fake 3000")
    room.after(LONG)
    room.renewal.told = [ConsolidationStarted(BY_ITSELF, 300, 0, 100, CPU)]
    room.after(0)
    room.timing.note_use()
    assert room.after(1).held
    room.renewal.reason = None
    room.timing.note_use()
    assert room.after(30).begun == [BY_ITSELF], "none more, since somebody uses the app"


def test_without_a_gpu_none_begins_while_the_machine_is_not_at_rest(room: Room) -> None:
    room.is_at_rest = False
    assert room.after(LONG).begun == []
    room.is_at_rest = True
    assert room.after(LONG).begun == [BY_ITSELF]


def test_it_is_not_looked_all_the_time(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[float] = []

    def look(_: Buffer) -> bool:
        looks.append(room.now)
        return False

    monkeypatch.setattr("learner.timing.is_worthwhile", look)
    room.now = LONG
    for _ in range(100):
        room.after(0)
    assert looks == [LONG]
    room.after(LONG)
    assert looks == [LONG, 2 * LONG]
    assert room.renewal.begun == [], "there was nothing to gain"


@pytest.mark.parametrize("device", [CPU, GPU])
def test_none_begins_by_itself_that_is_not_allowed(room: Room, device: Device) -> None:
    room.timing.allowed, room.device = False, device
    assert room.after(LONG).begun == []
    room.timing.allowed = True
    assert room.after(LONG).begun == [BY_ITSELF]


def test_what_is_not_allowed_any_longer_is_given_up_unless_somebody_asked(room: Room) -> None:
    room.after(LONG)
    room.timing.allowed = False
    assert room.after(1).reason is None
    room.renewal.consolidate("asked")
    assert room.after(1).reason == "asked"
    assert not room.renewal.held


def test_one_that_nobody_asked_for_is_held_while_the_app_is_in_use(room: Room) -> None:
    room.after(LONG)
    room.timing.note_use()
    assert room.after(1).held
    assert room.renewal.reason == BY_ITSELF, "it is not given up"
    assert not room.after(LONG).held


def test_one_that_somebody_asked_for_is_not(room: Room) -> None:
    room.renewal.consolidate("asked")
    room.timing.note_use()
    assert not room.after(1).held


def test_a_person_holds_up_whatever_is_under_way(room: Room) -> None:
    for reason in (BY_ITSELF, "asked"):
        room.renewal.reason = reason
        room.timing.pause(True)
        assert room.after(LONG).held
        room.timing.pause(False)
        assert not room.after(LONG).held


def test_nothing_begins_before_it_is_known_where_it_would_run(room: Room) -> None:
    room.device = None
    assert room.after(LONG).begun == []


@pytest.mark.parametrize("reason", ["asked", BY_ITSELF])
def test_what_a_learner_before_left_goes_on(room: Room, reason: str) -> None:
    room.buffer.register_backbone(INFO)
    room.buffer.save_checkpoint(Checkpoint(INFO.sha256, reason, datetime.now(UTC), 0, 0.0, {}, []))
    room.enter()
    room.timing.note_use()
    room.device = None
    assert room.after(0).begun == []
    room.device = CPU
    assert room.after(0).begun == [reason]
    assert room.renewal.held == (reason == BY_ITSELF), "what nobody asked for waits until the app is not in use"
    room.renewal.reason = None
    room.timing.note_use()
    assert room.after(0).begun == [reason], "once"


def test_what_has_come_of_it_is_told_even_while_it_is_not_known_where_it_runs(room: Room) -> None:
    room.renewal.told = [BackboneKept("a title", "a message")]
    assert room.timing.poll(None) == [BackboneKept("a title", "a message")]
    assert room.timing.poll(CPU) == []
