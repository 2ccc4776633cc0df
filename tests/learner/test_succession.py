# SPDX-License-Identifier: Apache-2.0
"""The gate between two backbones, through real engines on a real file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.embedder import Embedder
from learner.engine import Engine
from learner.memory import VIEWS
from learner.messages import Event, IncrementLearned, IncrementRejected
from learner.roll import Content, evenly
from learner.types import BackboneInfo, Image, Increment, Role
from tests.learner.desk import CONFIG, Desk, look, recordings
from tests.learner.fakes import INFO, SIZE, FakeEmbedder

OTHER = replace(INFO, name="other", sha256="b" * 64)
FILES = {PACKAGE: b"weights", LITERT: b"model"}
MUG, KEY = 1, 2


class CoarseEmbedder(FakeEmbedder):
    """Sees how bright a picture is and no more: something, but less than one that sees the pattern."""

    def embed(self, image: Image) -> NDArray[np.float32]:
        seen = super().embed(image)
        return np.asarray(np.concatenate([[seen.mean()], np.ones(len(seen) - 1) * 20]), np.float32)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def teach(desk: Desk, *kinds: int, learned: int = 2, measured: int = 3) -> list[int]:
    """Record each kind, with recordings of it that are held out."""
    ids = []
    for kind in kinds:
        for count, is_measured in ((learned, False), (measured, True)):
            found = recordings(kind, measured=is_measured)
            for _ in range(count):
                ids += desk.show(f"kind {kind}", next(found))
    return ids


def choose(desk: Desk, info: BackboneInfo = OTHER) -> None:
    desk.buffer.propose_backbone(info, FILES, "chosen")


def consolidate(desk: Desk, seen: Sequence[int] = (), info: BackboneInfo = OTHER) -> None:
    desk.buffer.register_backbone(INFO)
    done = Checkpoint(INFO.sha256, "asked", datetime.now(UTC), 0, 0.0, {}, seen)
    desk.buffer.save_checkpoint(done)
    desk.buffer.finish_consolidation(done, info, FILES)
    successor = desk.buffer.successor()
    assert successor is not None
    assert successor.is_consolidated


def change(desk: Desk, embedder: Embedder) -> Increment:
    """Rebuild with another backbone; return what came of it."""
    engine = Engine(desk.buffer, embedder, CONFIG, lambda: desk.head)
    told: list[Event | None] = [*engine.embed_all(), *engine.sleep("test")]
    last = told[-1]
    assert isinstance(last, IncrementLearned | IncrementRejected)
    assert desk.buffer.successor() is None, "it is decided"
    return last.increment


def in_use(desk: Desk) -> str:
    champion = desk.buffer.champion()
    assert champion is not None
    return champion.backbone_sha256


def embedded(buffer: Buffer, info: BackboneInfo) -> set[int]:
    return buffer.embedded(buffer.register_backbone(info), VIEWS, info.embedding_size)


def test_a_backbone_that_is_chosen_and_as_good_is_taken(desk: Desk) -> None:
    ids = teach(desk, MUG, KEY)
    before = desk.learned().version_id
    choose(desk)
    increment = change(desk, FakeEmbedder(OTHER))
    assert (increment.accepted, increment.why) == (True, "")
    assert in_use(desk) == OTHER.sha256
    assert desk.buffer.champion_id() == increment.version_id
    assert embedded(desk.buffer, OTHER) == embedded(desk.buffer, INFO) == set(ids)
    assert before is not None
    assert desk.engine.restore(before).version_id == before == desk.buffer.champion_id(), "there is a way back"


def test_one_that_is_chosen_and_blind_is_refused_and_the_one_in_use_goes_on(desk: Desk) -> None:
    ids = teach(desk, MUG, KEY)
    version = desk.learned().version_id
    desk.buffer.keep_backbone(INFO, FILES)
    choose(desk)
    increment = change(desk, FakeEmbedder(OTHER, blind=True))
    assert not increment.accepted
    assert "less often" in increment.why
    assert desk.buffer.champion_id() == version
    desk.restart()
    assert desk.engine.version_id == version
    assert desk.see(look(MUG, 900)).label == "kind 1"
    assert embedded(desk.buffer, INFO) == set(ids)
    assert desk.buffer.backbone_file(INFO.sha256, LITERT) == b"model"
    assert embedded(desk.buffer, OTHER) == set()
    assert desk.buffer.backbone_file(OTHER.sha256, LITERT) is None
    assert not desk.engine.is_due()


def test_what_was_refused_can_be_tried_again(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    choose(desk)
    assert not change(desk, FakeEmbedder(OTHER, blind=True)).accepted
    choose(desk)
    assert change(desk, FakeEmbedder(OTHER)).accepted


def test_one_that_was_consolidated_and_is_as_good_is_refused(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    desk.slept()
    version = desk.buffer.champion_id()
    consolidate(desk)
    increment = change(desk, FakeEmbedder(OTHER))
    assert not increment.accepted
    assert "no better" in increment.why
    assert desk.buffer.champion_id() == version
    assert desk.buffer.kept_backbones() == []
    assert desk.buffer.seen_by(OTHER.sha256) == set()


def test_one_that_was_consolidated_and_is_worse_is_refused(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    consolidate(desk)
    assert "less often" in change(desk, FakeEmbedder(OTHER, blind=True)).why


def test_one_that_was_consolidated_and_sees_more_is_taken(desk: Desk) -> None:
    teach(desk, MUG, KEY, 3)
    coarse = replace(INFO, name="coarse", sha256="a" * 64)
    first = Engine(desk.buffer, CoarseEmbedder(coarse), CONFIG, lambda: desk.head)
    *_, last = first.learn("test")
    assert isinstance(last, IncrementLearned)
    assert last.increment.evaluation["macro_accuracy"] < 1
    consolidate(desk)
    increment = change(desk, FakeEmbedder(OTHER))
    assert (increment.accepted, increment.why) == (True, "")
    assert in_use(desk) == OTHER.sha256
    assert desk.buffer.kept_backbones()[0].parent_sha256 == INFO.sha256


def test_while_nothing_can_be_measured_one_is_taken_if_a_person_chose_it(desk: Desk) -> None:
    teach(desk, MUG, KEY, learned=1, measured=0)
    assert not desk.learned().evaluation["measured"]
    consolidate(desk)
    refused = change(desk, FakeEmbedder(OTHER))
    assert not refused.accepted
    assert "never measured" in refused.why
    third = replace(INFO, name="third", sha256="c" * 64)
    choose(desk, third)
    assert change(desk, FakeEmbedder(third)).accepted


def test_what_the_backbone_in_use_has_never_seen_is_not_compared(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    # Held-out recordings that came in since: the one in use would be measured on nothing.
    teach(desk, MUG, KEY, learned=0)
    choose(desk)
    assert change(desk, FakeEmbedder(OTHER)).accepted


def test_a_class_that_is_new_is_no_reason_to_refuse_a_backbone(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    teach(desk, 3)
    choose(desk)
    increment = change(desk, FakeEmbedder(OTHER))
    assert increment.accepted
    assert increment.version_id is not None
    assert desk.class_id("kind 3") in desk.buffer.head(increment.version_id).class_ids


def test_what_a_backbone_was_trained_on_is_never_measured_with(desk: Desk) -> None:
    ids = teach(desk, MUG, KEY)
    tests = desk.show("kind 1", [look(MUG, 500), look(MUG, 501)], Role.HOLDOUT)
    members = desk.buffer.members()
    plain = Content.of(members)
    held = set(evenly(plain.held_out).sample_ids.tolist())
    assert len(held) == 24
    one = min(held)
    [touched] = [recording.key for recording in plain.held_out if one in recording.sample_ids]
    knowing = Content.of(members, {one, tests[0]})
    out = {recording.key for recording in plain.held_out}
    assert {recording.key for recording in knowing.held_out} == out - {touched}, "all of it, for its frames are alike"
    assert touched in {recording.key for recording in knowing.twin}
    assert evenly(knowing.tests).sample_ids.tolist() == tests[1:]
    assert [recording.key for recording in knowing.learned] == [recording.key for recording in plain.learned]
    assert set(evenly(knowing.learned).sample_ids.tolist()) == set(ids)


def test_the_engine_of_a_consolidated_backbone_measures_with_what_that_has_not_seen(desk: Desk) -> None:
    ids = teach(desk, MUG, KEY)
    desk.learned()
    consolidate(desk, ids)
    increment = change(desk, FakeEmbedder(OTHER))
    assert not increment.evaluation["measured"]
    assert not increment.accepted, "nobody could tell whether it is better"
    assert increment.total_samples == len(ids), "it has learned from all of it"


def test_another_input_size_is_no_obstacle(desk: Desk) -> None:
    teach(desk, MUG, KEY)
    desk.learned()
    larger = replace(OTHER, input_size=2 * SIZE)
    choose(desk, larger)
    assert change(desk, FakeEmbedder(larger)).accepted
