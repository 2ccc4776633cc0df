# SPDX-License-Identifier: Apache-2.0
"""Changing to another backbone, piece by piece, with whatever comes in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from learner import measuring
from learner.backbones import BackboneFiles
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.config import LearnerConfig
from learner.consolidation import BY_ITSELF
from learner.engine import Engine, Work
from learner.errors import BackboneFault, DiskFull
from learner.memory import VIEWS
from learner.messages import (
    BackboneKept,
    CommandFailed,
    Consolidated,
    Event,
    IncrementLearned,
    IncrementRejected,
    NothingToLearn,
    Reembedded,
    SampleLeftOut,
    Stepped,
)
from learner.renewal import Renewal
from learner.types import BackboneInfo, Image, Step
from tests.learner.desk import CONFIG, Desk, look, recordings
from tests.learner.fakes import INFO, FakeEmbedder

OTHER = replace(INFO, name="other", sha256="b" * 64)
THIRD = replace(INFO, name="third", sha256="c" * 64)
FILES = {PACKAGE: b"weights", LITERT: b"model"}
STEP = Step(1, 2, 0.5, 0.9, 0.01, 2.0)


class CountingEmbedder(FakeEmbedder):
    """Counts the pictures that it has embedded, in whichever view."""

    count = 0

    def embed(self, image: Image) -> Any:
        self.count += 1
        return super().embed(image)


class FakeConsolidation:
    """Stands in for the process that consolidates."""

    def __init__(self, path: Path, config: LearnerConfig, reason: str) -> None:
        self.path, self.reason = path, reason
        self.is_done = self.is_held = False
        self.fault: CommandFailed | None = None
        self.told: list[Event] = []

    def poll(self) -> list[Event]:
        told, self.told = self.told, []
        return told

    def hold(self, held: bool) -> None:
        self.is_held = held

    def stop(self, *, at_once: bool = False) -> None:
        """Keep how far it has come, as the process does."""
        with Buffer.open(self.path) as buffer:
            buffer.save_checkpoint(begun())
        self.is_done = True

    def has_ended(self) -> bool:
        return self.is_done


class Bench:
    """A project that has learned with one backbone, and what changes it to another."""

    def __init__(self, path: Path) -> None:
        self.desk = Desk(path)
        for kind in (1, 2):
            for is_measured in (False, True):
                self.desk.show(f"kind {kind}", next(recordings(kind, measured=is_measured)))
        self.desk.learned()
        self.buffer = self.desk.buffer
        self.embedders = {info.sha256: CountingEmbedder(info) for info in (INFO, OTHER, THIRD)}
        self.restart()

    def restart(self) -> None:
        """Have another learner go on with what the file says."""
        self.renewal = Renewal(self.buffer, CONFIG, self._engine_of)

    def _engine_of(self, files: BackboneFiles) -> Engine:
        return Engine(self.buffer, self.embedders[files.info.sha256], CONFIG, lambda: self.desk.head)

    def is_due(self) -> bool:
        return self.renewal.is_change_due

    def is_consolidating(self) -> bool:
        return self.renewal.is_consolidating

    def wish(self, info: BackboneInfo = OTHER) -> None:
        self.buffer.propose_backbone(info, FILES, "chosen")
        self.renewal.look_again()

    def change(self) -> list[Event]:
        return [event for event in self.renewal.change(lambda: False) if event is not None]

    def change_until(self, kind: type[Event], times: int) -> list[Event]:
        """Change until so many of these events have been told, and give way then."""
        told: list[Event] = []
        told.extend(
            event
            for event in self.renewal.change(lambda: sum(isinstance(one, kind) for one in told) >= times)
            if event is not None
        )
        return told

    def embedded(self, info: BackboneInfo = OTHER) -> set[int]:
        return self.buffer.embedded(self.buffer.register_backbone(info), VIEWS, info.embedding_size)

    def live(self) -> set[int]:
        return {member.sample_id for member in self.buffer.members()}

    def pictures(self, info: BackboneInfo = OTHER) -> float:
        """Return how many pictures a backbone has embedded, each in all views."""
        return self.embedders[info.sha256].count / len(VIEWS)


def begun(step: int = 0) -> Checkpoint:
    return Checkpoint(INFO.sha256, "asked", datetime.now(UTC), step, 0.0, {}, [])


def progress(told: list[Event]) -> list[tuple[int, int]]:
    return [(event.done, event.total) for event in told if isinstance(event, Reembedded)]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    def named(source: str, *_: object, **__: object) -> BackboneFiles:
        for info in (INFO, OTHER, THIRD):
            if source == info.name:
                return BackboneFiles(info, b"model")
        raise BackboneFault("There is no such backbone", f'There is no "{source}".', "Name another one.")

    monkeypatch.setattr("learner.renewal.backbones.named", named)
    monkeypatch.setattr("learner.backbones.project_files", lambda files, buffer: FILES)
    monkeypatch.setattr("learner.renewal.Consolidation", FakeConsolidation)
    bench = Bench(tmp_path / "desk.showtell")
    yield bench
    bench.buffer.close()


def test_every_sample_is_embedded_and_the_head_rebuilt(bench: Bench) -> None:
    waiting = bench.desk.show(None, [look(3, 0), look(3, 1)])
    bench.wish()
    assert bench.is_due()
    told = bench.change()
    assert progress(told) == [(done, 18) for done in range(1, 19)], "those without a label too"
    assert [event.backbone for event in told if isinstance(event, Reembedded)] == [OTHER] * 18
    assert any(isinstance(event, Stepped) for event in told)
    last = told[-1]
    assert isinstance(last, IncrementLearned)
    assert (last.increment.reason, last.increment.total_samples) == ("chosen", 16)
    assert bench.embedded() == bench.live() | set(waiting)
    assert bench.renewal.succeeded is not None
    assert bench.renewal.succeeded.backbone == OTHER
    assert bench.renewal.succeeded.version_id == last.increment.version_id == bench.buffer.champion_id()
    assert not bench.renewal.is_under_way
    assert not bench.is_due()


def test_what_gives_way_goes_on_and_embeds_nothing_twice(bench: Bench) -> None:
    bench.wish()
    told = bench.change_until(Reembedded, 5)
    assert progress(told)[-1] == (5, 16)
    assert bench.is_due()
    assert progress(bench.change_until(Reembedded, 3)) == [(6, 16), (7, 16), (8, 16)]
    assert progress(bench.change())[0] == (9, 16)
    assert bench.pictures() == 16
    assert bench.renewal.succeeded is not None


def test_what_gives_way_while_the_head_is_rebuilt_leaves_the_one_in_use(bench: Bench) -> None:
    version = bench.buffer.champion_id()
    bench.wish()
    told = bench.change_until(Stepped, 2)
    assert told[-1] == NothingToLearn(version), "the version in use serves on"
    assert bench.renewal.succeeded is None
    assert bench.buffer.champion_id() == version
    told = bench.change()
    assert progress(told) == []
    assert isinstance(told[-1], IncrementLearned)


def test_it_is_held_and_let_go_on(bench: Bench) -> None:
    bench.wish()
    work = bench.renewal.change(lambda: False)
    assert isinstance(next(work), Reembedded)
    bench.renewal.hold(True)
    assert list(work) == []
    assert not bench.is_due()
    assert bench.renewal.is_under_way
    bench.renewal.hold(False)
    assert bench.is_due()
    assert progress(bench.change())[0] == (2, 16)
    assert bench.pictures() == 16


def test_what_is_given_up_is_not_wished_for_any_longer(bench: Bench) -> None:
    version = bench.buffer.champion_id()
    bench.wish()
    bench.change_until(Reembedded, 5)
    bench.renewal.give_up()
    assert bench.buffer.successor() is None
    assert not bench.renewal.is_under_way
    assert bench.change() == []
    assert bench.buffer.champion_id() == version
    bench.desk.slept()
    assert bench.embedded() == set(), "nothing of it stays"
    assert bench.buffer.kept_backbones() == []


@pytest.mark.parametrize("until", [Reembedded, Stepped])
@pytest.mark.parametrize("wished", [None, THIRD])
def test_a_change_ends_when_it_is_given_up_or_something_else_is_wished_for(
    bench: Bench, until: type[Event], wished: BackboneInfo | None
) -> None:
    version = bench.buffer.champion_id()
    bench.wish()
    work = bench.renewal.change(lambda: False)
    for event in work:
        if isinstance(event, until):
            break
    if wished is None:
        bench.renewal.give_up()
    else:
        bench.wish(wished)
    assert [event for event in work if not isinstance(event, NothingToLearn)] == []
    assert bench.renewal.succeeded is None
    assert bench.buffer.champion_id() == version
    assert bench.is_due() is (wished is not None)


def test_what_is_given_up_at_the_last_moment_is_not_published(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    version = bench.buffer.champion_id()
    bench.wish()
    work = bench.renewal.change(lambda: False)
    reported = measuring.report

    def report(*args: Any, **options: Any) -> Any:
        bench.renewal.give_up()
        return reported(*args, **options)

    monkeypatch.setattr(measuring, "report", report)
    drain(work)
    assert bench.renewal.succeeded is None
    assert bench.buffer.champion_id() == version


def test_one_whose_files_are_missing_is_told_and_wished_for_no_longer(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.buffer.propose_backbone(OTHER, {}, "chosen")  # without its files, which this machine does not have either
    monkeypatch.setattr("learner.backbones.find", no_such)
    bench.restart()
    told = bench.change()
    assert told == [BackboneKept("Not here", f"There is no {OTHER.sha256}. Look elsewhere.")]
    assert bench.buffer.successor() is None
    assert not bench.renewal.is_under_way


def no_such(sha256: str) -> BackboneFiles:
    raise BackboneFault("Not here", f"There is no {sha256}.", "Look elsewhere.")


def test_one_whose_files_are_damaged_is_told_and_wished_for_no_longer(bench: Bench) -> None:
    bench.wish()
    with bench.buffer._writing() as db:
        db.execute("UPDATE backbone_files SET data = x'00'")
    (told,) = bench.change()
    assert isinstance(told, BackboneKept)
    assert "damaged" in told.title
    assert bench.buffer.successor() is None


def test_one_that_is_worse_is_told(bench: Bench) -> None:
    for kind in (1, 2):
        found = recordings(kind, measured=True)
        for _ in range(4):
            bench.desk.show(f"kind {kind}", next(found))
    bench.desk.learned()
    bench.embedders[OTHER.sha256] = CountingEmbedder(OTHER, blind=True)
    bench.wish()
    *_, rejected, kept = bench.change()
    assert isinstance(rejected, IncrementRejected)
    assert isinstance(kept, BackboneKept)
    assert kept.message == rejected.increment.why != ""
    assert bench.renewal.succeeded is None
    assert not bench.renewal.is_under_way
    assert bench.buffer.kept_backbones() == []


def test_what_is_taught_meanwhile_is_embedded_too_and_what_is_deleted_is_not(bench: Bench) -> None:
    bench.wish()
    work = bench.renewal.change(lambda: False)
    next(work)
    added = bench.desk.show("kind 1", [look(1, 700), look(1, 701)])
    gone = max(bench.live() - set(added))
    bench.buffer.delete([gone])
    bench.renewal.hold(True)
    assert list(work) == []
    bench.renewal.hold(False)
    last = bench.change()[-1]
    assert isinstance(last, IncrementLearned)
    assert last.increment.total_samples == 17
    assert bench.embedded() == bench.live() >= set(added)
    assert gone not in bench.embedded()


def test_what_is_added_after_all_was_embedded_is_in_the_head(bench: Bench) -> None:
    bench.wish()
    bench.change_until(Reembedded, 16)
    added = bench.desk.show("kind 3", [look(3, number) for number in range(4)])
    last = bench.change()[-1]
    assert isinstance(last, IncrementLearned)
    assert last.increment.new_samples == 4
    assert bench.embedded() >= set(added)


def test_another_learner_goes_on_where_a_killed_one_stopped(bench: Bench) -> None:
    bench.wish()
    bench.change_until(Reembedded, 5)
    bench.restart()
    assert bench.is_due()
    told = bench.change()
    assert progress(told)[0] == (6, 16)
    assert bench.pictures() == 16
    assert bench.renewal.succeeded is not None


def test_a_damaged_picture_is_told_and_no_obstacle(bench: Bench) -> None:
    damaged = min(bench.live())
    with bench.buffer._writing() as db:
        db.execute("UPDATE samples SET image = x'00' WHERE id = ?", (damaged,))
    bench.wish()
    told = bench.change()
    assert [event.sample_id for event in told if isinstance(event, SampleLeftOut)] == [damaged]
    assert isinstance(told[-1], IncrementLearned)
    assert bench.embedded() == bench.live() - {damaged}


def test_another_wish_takes_the_place_of_one(bench: Bench) -> None:
    bench.wish()
    bench.change_until(Reembedded, 5)
    bench.renewal.use("third")
    assert bench.renewal.is_under_way
    assert bench.renewal.poll() == []
    successor = bench.buffer.successor()
    assert successor is not None
    assert (successor.backbone, successor.reason) == (THIRD, "chosen")
    assert isinstance(bench.change()[-1], IncrementLearned)
    assert bench.renewal.succeeded is not None
    assert bench.renewal.succeeded.backbone == THIRD


def test_another_process_may_wish_for_another_one_in_the_middle(bench: Bench) -> None:
    bench.wish()
    bench.change_until(Reembedded, 5)
    bench.wish(THIRD)
    told = bench.change()
    assert progress(told)[0] == (1, 16)
    assert isinstance(told[-1], IncrementLearned)
    assert bench.embedded(THIRD) == bench.live()


def test_a_backbone_that_nobody_knows_is_told_and_what_is_under_way_goes_on(bench: Bench) -> None:
    bench.wish()
    bench.renewal.use("unheard of")
    (told,) = bench.renewal.poll()
    assert isinstance(told, BackboneKept)
    assert told.title == "There is no such backbone"
    assert bench.renewal.poll() == []
    successor = bench.buffer.successor()
    assert successor is not None
    assert successor.backbone == OTHER


def test_a_backbone_that_cannot_be_kept_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def untrainable(*_: object) -> None:
        raise BackboneFault("This backbone cannot be trained", "Its file is not here.", "Add it again.")

    with monkeypatch.context() as patched:
        patched.setattr("learner.backbones.project_files", untrainable)
        bench.renewal.use("other")
        assert bench.renewal.poll() == [
            BackboneKept("This backbone cannot be trained", "Its file is not here. Add it again.")
        ]
    assert not bench.renewal.is_under_way
    bench.renewal.use("other")
    bench.renewal.poll()
    assert bench.is_due()


def test_a_backbone_in_a_file_is_read_aside(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "other"
    file.write_bytes(b"a backbone")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("learner.renewal.backbones.named", lambda *_, **__: BackboneFiles(OTHER, b"model"))
        bench.renewal.use(str(file))
        while bench.renewal._adding is not None:
            assert bench.renewal.poll() == []
    assert bench.is_due()


def test_a_fault_of_the_file_is_raised_and_it_can_go_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    bench.wish()
    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "publish", full)
        with pytest.raises(DiskFull):
            drain(bench.renewal.change(lambda: False))
    assert bench.is_due()
    assert isinstance(bench.change()[-1], IncrementLearned)
    assert bench.pictures() == 16


def drain(work: Work) -> None:
    for _ in work:
        pass


def consolidation(bench: Bench) -> FakeConsolidation:
    under_way: Any = bench.renewal._consolidation
    assert isinstance(under_way, FakeConsolidation)
    return under_way


@pytest.mark.parametrize("reason", ["asked", BY_ITSELF])
def test_a_consolidation_ends_with_a_change_to_what_came_of_it(bench: Bench, reason: str) -> None:
    bench.renewal.consolidate(reason)
    assert bench.is_consolidating()
    assert bench.renewal.is_under_way
    assert bench.renewal.is_by_itself is (reason == BY_ITSELF)
    under_way = consolidation(bench)
    under_way.told = [Consolidated(STEP, None)]
    assert bench.renewal.poll() == [Consolidated(STEP, None)]
    bench.buffer.propose_backbone(OTHER, FILES, reason)
    assert not bench.is_due(), "one thing at a time"
    under_way.is_done = True
    assert bench.renewal.poll() == []
    assert not bench.is_consolidating()
    assert bench.is_due()
    assert bench.renewal.is_by_itself is (reason == BY_ITSELF)


def test_a_consolidation_that_came_to_nothing_is_told_and_forgotten(bench: Bench) -> None:
    bench.renewal.consolidate("asked")
    bench.buffer.save_checkpoint(begun())
    under_way = consolidation(bench)
    under_way.is_done, under_way.fault = True, CommandFailed("No use", "It came to nothing.")
    assert bench.renewal.poll() == [BackboneKept("No use", "It came to nothing.")]
    assert bench.buffer.last_consolidation() == len(bench.buffer.members()) > 0, "or it would begin again by itself"
    assert bench.renewal.poll() == []
    assert not bench.renewal.is_under_way
    assert bench.buffer.consolidation_reason() is None


def test_a_consolidation_that_is_given_up_leaves_nothing_to_go_on_with(bench: Bench) -> None:
    bench.renewal.consolidate("asked")
    under_way = consolidation(bench)
    bench.renewal.give_up()
    assert under_way.has_ended()
    assert not bench.renewal.is_under_way
    assert bench.buffer.consolidation_reason() is None


def test_a_consolidation_that_is_only_stopped_is_there_for_the_next_learner(bench: Bench) -> None:
    bench.renewal.consolidate("asked")
    under_way = consolidation(bench)
    bench.renewal.stop()
    assert under_way.has_ended()
    assert bench.buffer.consolidation_reason() == "asked"


def test_a_consolidation_begins_held_when_all_is_held(bench: Bench) -> None:
    bench.renewal.hold(True)
    bench.renewal.consolidate("asked")
    assert consolidation(bench).is_held
    bench.renewal.hold(False)
    assert not consolidation(bench).is_held


def test_a_backbone_that_is_chosen_ends_a_consolidation(bench: Bench) -> None:
    bench.renewal.consolidate("asked")
    under_way = consolidation(bench)
    bench.renewal.use("other")
    assert not under_way.has_ended(), "nothing is given up for a name that may be wrong"
    bench.renewal.poll()
    assert under_way.has_ended()
    assert bench.buffer.consolidation_reason() is None
    assert bench.is_due()
