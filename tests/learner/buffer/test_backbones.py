# SPDX-License-Identifier: Apache-2.0
"""The backbones of a project: kept, proposed, decided about, and let go of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import KEPT_VERSIONS, LITERT, PACKAGE, Buffer, Checkpoint
from learner.errors import DamagedProject, LabelFault
from learner.types import BackboneInfo, Successor
from tests.learner.buffer.making import embed, head, increment, kept, record
from tests.learner.fakes import INFO

OTHER = dataclasses.replace(INFO, name="other", sha256="b" * 64)
TUNED = dataclasses.replace(INFO, name="tuned", sha256="c" * 64)
FILES = {PACKAGE: b"weights", LITERT: b"model"}


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as opened:
        yield opened


def begun(buffer: Buffer, seen: list[int], step: int = 0) -> Checkpoint:
    buffer.register_backbone(INFO)
    state: dict[str, NDArray[Any]] = {"moment": np.arange(6, dtype=np.float32).reshape(2, 3), "step": np.array([step])}
    return Checkpoint(INFO.sha256, "asked", datetime.now(UTC), step, 1.5, {"steps": 300}, seen, state)


def consolidated(buffer: Buffer, seen: list[int]) -> None:
    buffer.save_checkpoint(begun(buffer, seen))
    buffer.finish_consolidation(begun(buffer, seen, 300), TUNED, FILES)


def publish(buffer: Buffer, info: BackboneInfo, *, accepted: bool = True) -> int:
    made = dataclasses.replace(
        increment(buffer, [], accepted=accepted), backbone_id=buffer.register_backbone(info), parent_id=None
    )
    return buffer.publish(made, head() if accepted else None).id


def test_a_proposed_backbone_is_there_with_its_files_until_it_is_decided(buffer: Buffer) -> None:
    publish(buffer, INFO)
    buffer.propose_backbone(OTHER, FILES, "finer")
    assert buffer.successor() == Successor(OTHER, "finer", is_consolidated=False)
    publish(buffer, INFO)
    assert buffer.successor() is not None, "the one in use goes on learning meanwhile"
    assert buffer.backbone_file(OTHER.sha256, LITERT) == b"model"
    publish(buffer, OTHER)
    assert buffer.successor() is None
    assert buffer.backbone_file(OTHER.sha256, PACKAGE) == b"weights"


def test_a_refused_backbone_leaves_nothing_but_its_increment(buffer: Buffer) -> None:
    publish(buffer, INFO)
    ids = record(buffer, "mug")
    embed(buffer, ids)
    buffer.propose_backbone(OTHER, FILES, "finer")
    backbone_id = buffer.register_backbone(OTHER)
    for sample_id in ids:
        buffer.store_embeddings(sample_id, backbone_id, {})
    publish(buffer, OTHER, accepted=False)
    assert buffer.successor() is None
    assert buffer.kept_backbones() == []
    assert buffer.backbone_file(OTHER.sha256, LITERT) is None
    newest = buffer.newest_increment(OTHER.sha256)
    assert newest is not None
    assert not newest.accepted


def test_a_wish_can_be_taken_back(buffer: Buffer) -> None:
    buffer.propose_backbone(OTHER, FILES, "finer")
    buffer.drop_successor()
    assert buffer.successor() is None


def test_embeddings_and_files_go_with_the_last_version_of_a_backbone(buffer: Buffer) -> None:
    ids = record(buffer, "mug")
    embed(buffer, ids)
    publish(buffer, INFO)
    consolidated(buffer, ids)
    publish(buffer, TUNED)
    assert buffer._value("SELECT count(*) FROM embeddings") == 9
    for _ in range(KEPT_VERSIONS):
        publish(buffer, TUNED)
    assert len(kept(buffer)) == KEPT_VERSIONS
    assert buffer._value("SELECT count(*) FROM embeddings") == 0
    assert [one.info for one in buffer.kept_backbones()] == [TUNED]


def test_a_consolidated_backbone_remembers_what_it_has_seen_and_where_it_comes_from(buffer: Buffer) -> None:
    publish(buffer, INFO)
    ids = record(buffer, "mug") + record(buffer, "key")
    consolidated(buffer, ids)
    assert buffer.successor() == Successor(TUNED, "asked", is_consolidated=True)
    assert buffer.consolidation_reason() is None
    assert buffer.seen_by(TUNED.sha256) == set(ids)
    assert buffer.origin(TUNED.sha256) == buffer.origin(INFO.sha256) == INFO.sha256
    assert buffer.origin("unheard of") == "unheard of"
    [one] = buffer.kept_backbones()
    assert (one.parent_sha256, one.seen, one.gone, one.bytes) == (INFO.sha256, 6, 0, 12)
    buffer.delete(ids[:2])
    assert buffer.kept_backbones()[0].gone == 2
    key = buffer.class_named("key")
    assert key is not None
    buffer.archive_class(key.id)
    assert buffer.kept_backbones()[0].gone == 5


def test_a_checkpoint_comes_back_as_it_was(buffer: Buffer) -> None:
    assert buffer.checkpoint() is None
    for step in (0, 50):
        buffer.save_checkpoint(begun(buffer, [1, 2], step))
    found = buffer.checkpoint()
    assert found is not None
    assert (found.backbone, found.reason, found.step, found.seconds) == (INFO.sha256, "asked", 50, 1.5)
    assert (dict(found.plan), list(found.seen)) == ({"steps": 300}, [1, 2])
    assert found.state["moment"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert buffer._value("SELECT count(*) FROM consolidation") == 1


def test_a_damaged_checkpoint_is_none(buffer: Buffer) -> None:
    buffer.save_checkpoint(begun(buffer, []))
    with buffer._writing() as db:
        db.execute("UPDATE consolidation SET state = zeroblob(100)")
    assert buffer.consolidation_reason() == "asked"
    assert buffer.checkpoint() is None


def test_what_was_given_up_does_not_come_back(buffer: Buffer) -> None:
    buffer.save_checkpoint(begun(buffer, []))
    buffer.drop_checkpoint()
    with pytest.raises(LabelFault):
        buffer.save_checkpoint(begun(buffer, [], 50))
    with pytest.raises(LabelFault):
        buffer.finish_consolidation(begun(buffer, [], 300), TUNED, FILES)
    assert buffer.consolidation_reason() is None
    assert buffer.successor() is None


def test_a_damaged_file_of_a_backbone_is_told(buffer: Buffer) -> None:
    buffer.keep_backbone(OTHER, FILES)
    with buffer._writing() as db:
        db.execute("UPDATE backbone_files SET data = x'00' WHERE name = ?", (LITERT,))
    assert buffer.backbone_file(OTHER.sha256, PACKAGE) == b"weights"
    with pytest.raises(DamagedProject):
        buffer.backbone_file(OTHER.sha256, LITERT)


def test_the_size_of_the_last_consolidation_is_kept(buffer: Buffer) -> None:
    assert buffer.last_consolidation() == 0
    buffer.note_consolidation(321)
    assert buffer.last_consolidation() == 321
