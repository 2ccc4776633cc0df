# SPDX-License-Identifier: Apache-2.0
"""What is to be forgotten: known until a version without it is published, and after `erase` not even a byte is left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer, Erased, connection
from learner.buffer.codec import vector_to_blob
from learner.errors import LabelFault, ProjectBusy
from learner.types import View
from tests.learner.buffer.making import champion_id, embed, head, increment, kept, record
from tests.learner.fakes import INFO, picture


def learn(buffer: Buffer, sample_ids: list[int], forget: list[int] | None = None) -> int:
    """Publish a version that learned and forgot these samples, with an array of its own."""
    embed(buffer, sample_ids)
    number = len(buffer.increments())
    array = np.random.default_rng(number).normal(size=(50, 50))
    version = buffer.publish(increment(buffer, sample_ids), head(seed=number), {"moment": array}, forget or [])
    assert version.version_id is not None
    return version.version_id


def test_what_was_learned_and_is_gone_is_to_be_unlearned(buffer: Buffer) -> None:
    deleted, archived, taken_away, live = (record(buffer, name, 2) for name in "abcd")
    everything = [*deleted, *archived, *taken_away, *live]
    embed(buffer, everything)
    learn(buffer, [ids[0] for ids in (deleted, archived, taken_away, live)])
    assert buffer.unlearnable() == []
    buffer.delete(deleted)
    buffer.archive_class(buffer.classes()[1].id)
    buffer.relabel(taken_away, None)
    # Who was embedded and not learned has left a trace, unless only the label is gone.
    assert buffer.unlearnable() == [*deleted, *archived, taken_away[0]]
    buffer.undelete(deleted)
    assert buffer.unlearnable() == [*archived, taken_away[0]]


def test_a_sample_that_left_no_trace_is_not_to_be_unlearned(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    learn(buffer, [])
    buffer.delete(ids)
    assert buffer.unlearnable() == []


def test_what_is_to_be_unlearned_is_found_without_reading_a_picture(buffer: Buffer) -> None:
    asked: list[str] = []
    buffer._db.conn.set_trace_callback(asked.append)
    buffer.unlearnable()
    buffer._db.conn.set_trace_callback(None)
    plan = [row[3] for row in buffer._rows(f"EXPLAIN QUERY PLAN {asked[0]}")]
    reads = [step for step in plan if " samples" in step]
    assert len(reads) == 3
    assert all("COVERING INDEX" in step for step in reads), plan


def test_unlearning_leaves_no_version_that_knew(buffer: Buffer) -> None:
    early, late = record(buffer, "a", 2), record(buffer, "b", 2)
    before = learn(buffer, early)
    learn(buffer, late)
    learn(buffer, [])
    buffer.delete(late[:1])
    buffer.relabel(late[1:], None)
    clean = learn(buffer, [], forget=buffer.unlearnable())
    assert kept(buffer) == [before, clean]
    assert champion_id(buffer) == clean
    assert buffer.unlearnable() == []
    assert [row[0] for row in buffer._rows("SELECT DISTINCT version_id FROM version_arrays")] == [before, clean]
    assert [member.learned for member in buffer.members()] == [True, True]
    assert buffer.samples(deleted=True)[0].learned_in is None
    assert buffer.embedded(1, tuple(View), 48) == {*early, late[1]}, "a picture without a label may get one again"


def test_nothing_is_forgotten_without_a_version(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    learned = learn(buffer, ids)
    buffer.delete(ids)
    buffer.publish(increment(buffer, [], accepted=False), None, forget=ids)
    assert buffer.unlearnable() == ids
    assert kept(buffer) == [learned]
    assert buffer.embedded(1, tuple(View), 48) == set(ids)


def test_a_sample_that_comes_back_is_learned_and_forgotten_again(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, "a", 1)
    knows = learn(buffer, [sample_id])
    buffer.pin(knows)
    buffer.delete([sample_id])
    clean = learn(buffer, [], forget=[sample_id])
    buffer.undelete([sample_id])
    assert [member.learned for member in buffer.members()] == [False]
    again = learn(buffer, [sample_id])
    assert kept(buffer) == [knows, clean, again]
    assert [member.learned for member in buffer.members()] == [True]
    buffer.delete([sample_id])
    assert buffer.unlearnable() == [sample_id]
    last = learn(buffer, [], forget=[sample_id])
    assert kept(buffer) == [knows, last]


def test_a_version_that_knows_what_has_come_back_since_need_not_go(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, "a", 1)
    knows = learn(buffer, [sample_id])
    buffer.pin(knows)
    buffer.delete([sample_id])
    clean = learn(buffer, [], forget=[sample_id])
    buffer.undelete([sample_id])
    again = learn(buffer, [sample_id])
    buffer.pin(knows, pinned=False)
    assert [*kept(buffer), learn(buffer, [])] == [knows, clean, again, again + 1] == kept(buffer)


def test_what_was_looked_at_again_and_not_learned_costs_no_version(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, "a", 1)
    learn(buffer, [sample_id])
    buffer.delete([sample_id])
    clean = learn(buffer, [], forget=[sample_id])
    buffer.undelete([sample_id])
    embed(buffer, [sample_id])
    buffer.delete([sample_id])
    assert buffer.unlearnable() == [sample_id]
    newest = learn(buffer, [], forget=[sample_id])
    assert kept(buffer) == [clean, newest]
    assert buffer.unlearnable() == []


def test_forgetting_what_came_back_meanwhile_keeps_its_embeddings(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    learn(buffer, ids)
    buffer.delete(ids)
    forget = buffer.unlearnable()
    buffer.undelete(ids[:1])
    clean = learn(buffer, [], forget=forget)
    assert kept(buffer) == [clean]
    assert buffer.embedded(1, tuple(View), 48) == {ids[0]}
    assert [member.learned for member in buffer.members()] == [False]


def test_a_pinned_version_that_knows_goes_some_time_after_its_pin(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    knows = learn(buffer, ids)
    buffer.pin(knows)
    buffer.delete(ids)
    clean = learn(buffer, [], forget=ids)
    assert kept(buffer) == [knows, clean]
    buffer.pin(knows, pinned=False)
    newest = learn(buffer, [])
    assert kept(buffer) == [clean, newest]


def test_nothing_is_erased_that_may_still_be_known(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    learn(buffer, ids)
    buffer.delete(ids[:1])
    with pytest.raises(LabelFault) as caught:
        buffer.erase()
    assert caught.value.remedy == "Let the project rebuild first."
    assert [sample.id for sample in buffer.samples(deleted=True)] == ids[:1]
    buffer.undelete(ids[:1])
    buffer.relabel(ids[1:], None)
    assert buffer.erase().samples == 0, "a live sample without a label is not to go"
    assert len(buffer.samples()) == 2


def test_erasing_takes_along_all_that_was_of_it(buffer: Buffer) -> None:
    gone, archived, stays = (record(buffer, name, 2) for name in "abc")
    early = learn(buffer, stays[:1])
    pinned = learn(buffer, [*gone, *archived])
    buffer.pin(pinned)
    buffer.delete([*gone, archived[0]])
    buffer.archive_class(buffer.classes()[1].id)
    clean = learn(buffer, stays[1:], forget=buffer.unlearnable())
    late = learn(buffer, [])
    assert kept(buffer) == [early, pinned, clean, late]
    erased = buffer.erase()
    assert (erased.samples, erased.versions) == (4, 1)
    assert erased.bytes > 0
    assert kept(buffer) == [early, clean, late]
    assert champion_id(buffer) == late
    assert [sample.id for sample in buffer.samples()] == stays
    assert buffer.samples(deleted=True) == []
    assert [info.name for info in buffer.classes(archived=True)] == ["a", "c"]
    assert len(buffer.bursts()) == 1
    assert buffer._rows("PRAGMA foreign_key_check") == buffer.integrity_check() == []
    assert buffer.erase() == Erased(0, 0, 0)
    new = record(buffer, "a", 1)
    assert new[0] > max(stays), "ids are not given twice"


def test_a_version_in_use_that_knew_is_replaced_by_the_newest(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    knows = learn(buffer, ids)
    buffer.pin(knows)
    buffer.delete(ids)
    learn(buffer, [], forget=ids)
    newest = learn(buffer, [])
    buffer.set_champion(knows)
    assert buffer.erase().versions == 1
    assert champion_id(buffer) == newest


def test_an_earlier_version_that_never_knew_stays_in_use(buffer: Buffer) -> None:
    early = learn(buffer, [])
    ids = record(buffer, "a", 2)
    learn(buffer, ids)
    buffer.delete(ids)
    learn(buffer, [], forget=ids)
    buffer.set_champion(early)
    buffer.erase()
    assert champion_id(buffer) == early


def test_an_embedding_that_comes_too_late_is_refused(buffer: Buffer) -> None:
    ids = record(buffer, "a", 1)
    buffer.register_backbone(INFO)
    buffer.delete(ids)
    buffer.erase()
    with pytest.raises(LabelFault, match="no such sample"):
        embed(buffer, ids)


def parts(blob: bytes, but: bytes = b"") -> list[bytes]:
    """Return pieces of a BLOB short enough to lie within one page, apart from those that another BLOB has too."""
    pieces = [blob[start : start + 24] for start in range(0, len(blob) - 24, 24)]
    return [piece for piece in pieces if piece not in but]


def traces(path: Path, pieces: list[bytes]) -> int:
    """Return how many of the pieces the file or its log has."""
    log = path.with_name(path.name + "-wal")
    content = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    return sum(piece in content for piece in pieces)


def test_no_byte_of_what_was_erased_is_left_while_others_have_the_file_open(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer, Buffer.open(path) as other:
        gone, stays = record(buffer, "gone for good", 5), record(buffer, "stays", 5)
        early = learn(buffer, stays)
        knows = learn(buffer, gone)
        other.pin(learn(buffer, []))
        blobs = dict(buffer._rows("SELECT id, image FROM samples"))
        others = b"".join(blobs[id_] for id_ in stays)
        picked = [piece for id_ in gone for piece in parts(blobs[id_], but=others)]
        vectors = [vector_to_blob(buffer.embeddings([id_], 1, View.PICTURE)[0]) for id_ in gone]
        kernel = parts(buffer.head(knows).kernel.tobytes())
        moment = parts(buffer.arrays(knows)["moment"].tobytes())
        secrets = {"picture": picked, "vector": vectors, "kernel": kernel, "moment": moment, "name": [b"gone for good"]}
        assert all(traces(path, pieces) for pieces in secrets.values())

        other.archive_class(buffer.classes()[0].id)
        learn(buffer, [], forget=other.unlearnable())
        assert len(other.classes(archived=True)) == 2
        erased = other.erase()
        assert (erased.samples, erased.versions) == (5, 1)
        assert {name: traces(path, pieces) for name, pieces in secrets.items()} == dict.fromkeys(secrets, 0)
        # Whoever has it open goes on, and what stays is all there.
        assert traces(path, [blobs[stays[0]][:24]])
        assert buffer.image(stays[0]).shape == (64, 64, 3)
        assert early in kept(buffer)
        assert record(buffer, "new")
        assert buffer.integrity_check() == other.integrity_check() == []
    assert {name: traces(path, pieces) for name, pieces in secrets.items()} == dict.fromkeys(secrets, 0)


def test_who_reads_meanwhile_is_told_of_and_erasing_once_more_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_BUSY_MILLISECONDS", 50)
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer, Buffer.open(path) as reader:
        ids = record(buffer, "a", 2)
        pieces = parts(buffer._value("SELECT image FROM samples"))
        buffer.delete(ids)
        reader._db.execute("BEGIN")
        reader.samples()
        with pytest.raises(ProjectBusy, match="once more"):
            buffer.erase()
        assert buffer.samples(deleted=True) == []
        reader._db.execute("COMMIT")
        assert traces(path, pieces)
        buffer.erase()
        assert not traces(path, pieces)


def test_pictures_of_recordings_in_progress_are_not_hindered(buffer: Buffer) -> None:
    info, burst = buffer.add_class("a"), buffer.start_burst("test")
    sample = buffer.add_sample(picture(1), info.id, burst.id)
    buffer.erase()
    assert buffer.samples() == [sample]
    assert buffer.bursts() == [burst]
