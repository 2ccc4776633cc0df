# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from learner.buffer import LEAST_LIMIT, MOST_LIMIT, USUAL_LIMIT, Buffer, encode
from learner.errors import DamagedProject, ImageFault, LabelFault
from learner.types import Role, View
from tests.learner.buffer.making import head, increment, record
from tests.learner.fakes import INFO, picture


def test_classes_get_the_next_colour_key_and_place(buffer: Buffer) -> None:
    infos = [buffer.add_class(f"class {number}") for number in range(12)]
    assert [info.shortcut for info in infos] == [*"1234567890", None, None]
    assert len({info.colour for info in infos}) == 12
    assert buffer.classes() == infos


def test_names_are_unique_whatever_their_case_or_composition(buffer: Buffer) -> None:
    buffer.add_class("Café")
    for same in ("café", "  CAFÉ ", "Cafe\u0301"):
        with pytest.raises(LabelFault, match="taken"):
            buffer.add_class(same)
        assert buffer.class_named(same) is not None
    other = buffer.add_class("tea")
    with pytest.raises(LabelFault, match="taken"):
        buffer.rename_class(other.id, "cafÉ")
    buffer.rename_class(other.id, "TEA")
    assert [info.name for info in buffer.classes()] == ["Café", "TEA"]


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "\x00", "x" * 81, "line\u2028break"])
def test_names_that_cannot_be_shown_are_refused(buffer: Buffer, name: str) -> None:
    with pytest.raises(LabelFault):
        buffer.add_class(name)
    assert buffer.classes() == []


def test_class_can_be_changed(buffer: Buffer) -> None:
    one, two, three = (buffer.add_class(name) for name in "abc")
    buffer.rename_class(one.id, "first")
    buffer.recolour_class(two.id, "#123456")
    buffer.set_shortcut(three.id, "1")
    buffer.move_class(three.id, 0)
    assert [(info.name, info.shortcut) for info in buffer.classes()] == [("c", "1"), ("first", None), ("b", "2")]
    assert buffer.classes()[2].colour == "#123456"
    buffer.move_class(three.id, 99)
    buffer.move_class(two.id, -1)
    assert [info.name for info in buffer.classes()] == ["b", "first", "c"]
    with pytest.raises(LabelFault):
        buffer.rename_class(99, "nobody")


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "#12345G", "#123456; color: red"])
def test_a_colour_that_is_none_is_refused(buffer: Buffer, colour: str) -> None:
    info = buffer.add_class("a")
    with pytest.raises(LabelFault):
        buffer.recolour_class(info.id, colour)
    with pytest.raises(LabelFault):
        buffer.add_class("b", colour=colour)
    assert buffer.classes() == [info]


def test_archiving_hides_a_class_with_its_samples_and_is_undone(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    (info,) = buffer.classes()
    buffer.archive_class(info.id)
    assert buffer.classes() == []
    assert buffer.members() == []
    assert buffer.classes(archived=True)[0].archived
    again = buffer.add_class("A")
    assert again.id != info.id
    with pytest.raises(LabelFault, match="taken"):
        buffer.unarchive_class(info.id)
    buffer.rename_class(again.id, "b")
    buffer.unarchive_class(info.id)
    assert [member.sample_id for member in buffer.members()] == ids


def test_sample_is_kept_as_its_centre_square(buffer: Buffer) -> None:
    wide = np.zeros((600, 900, 3), np.uint8)
    wide[:, 150:750] = (40, 160, 220)
    info, burst = buffer.add_class("a"), buffer.start_burst("camera 0")
    sample = buffer.add_sample(wide, info.id, burst.id)
    stored = buffer.image(sample.id)
    assert stored.shape == (512, 512, 3)
    assert np.abs(stored.astype(int) - (40, 160, 220)).max() <= 3
    assert buffer.samples() == [sample]
    assert buffer.classes()[0].count == 1


def test_a_stored_picture_that_is_damaged_is_named(buffer: Buffer) -> None:
    first, second = record(buffer, "a", 2)
    with buffer._writing() as db:
        db.execute("UPDATE samples SET image = ? WHERE id = ?", (b"\xff\xd8 not a picture", second))
    with pytest.raises(DamagedProject, match=f"sample {second} "):
        buffer.image(second)
    assert buffer.image(first).shape == (64, 64, 3)


def test_what_is_no_picture_is_refused(buffer: Buffer) -> None:
    info, burst = buffer.add_class("a"), buffer.start_burst("test")
    for bad in (np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8)):
        with pytest.raises(ImageFault):
            buffer.add_sample(bad, info.id, burst.id)  # type: ignore[arg-type]
    assert buffer.samples() == []


def test_all_samples_of_one_act_are_stored_or_none(buffer: Buffer) -> None:
    info, burst = buffer.add_class("a"), buffer.start_burst("test")
    with pytest.raises(LabelFault):
        buffer.add_samples([(picture(1), info.id, burst.id), (picture(2), 99, burst.id)])
    with pytest.raises(LabelFault):
        buffer.add_samples([(picture(1), info.id, 99)])
    assert buffer.samples() == []
    assert len(buffer.add_samples([(encode(picture(1)), info.id, burst.id), (picture(2), info.id, burst.id)])) == 2


def test_a_sample_that_nobody_has_labelled_waits(buffer: Buffer) -> None:
    info, burst = buffer.add_class("a"), buffer.start_burst("test")
    stored = buffer.add_samples([(picture(1, n), None, burst.id) for n in range(3)])
    assert [sample.class_id for sample in buffer.samples()] == [None] * 3
    assert buffer.unlabelled() == stored[::-1]
    assert buffer.unlabelled(limit=1) == stored[2:]
    assert buffer.members() == []
    assert buffer.classes()[0].count == 0
    assert buffer.has_picture(stored[0].sha256) is None
    buffer.delete([stored[2].id])
    assert buffer.relabel([stored[0].id], info.id) == {stored[0].id: None}
    assert [sample.id for sample in buffer.unlabelled()] == [stored[1].id]
    assert [member.sample_id for member in buffer.members()] == [stored[0].id]
    assert buffer.relabel([stored[0].id], None) == {stored[0].id: info.id}
    assert buffer.members() == []


def test_holding_a_sample_out_is_undone(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    assert buffer.hold_out(ids[:1]) == {ids[0]: False}
    assert buffer.hold_out(ids[:2]) == {ids[0]: True, ids[1]: False}
    roles = [Role.HOLDOUT, Role.HOLDOUT, Role.TRAIN]
    assert [sample.role for sample in buffer.samples()] == roles
    assert [member.role for member in buffer.members()] == roles
    assert buffer.hold_out(ids[1:], held_out=False) == {ids[1]: True, ids[2]: False}
    with pytest.raises(LabelFault):
        buffer.hold_out([ids[2], 99])
    assert [member.role for member in buffer.members()] == [Role.HOLDOUT, Role.TRAIN, Role.TRAIN]
    assert [(info.count, info.held_out) for info in buffer.classes()] == [(3, 1)]


def test_a_sample_of_a_recording_that_is_held_out_is_held_out(buffer: Buffer) -> None:
    info, burst = buffer.add_class("a"), buffer.start_burst("test", Role.HOLDOUT)
    sample = buffer.add_sample(picture(1), info.id, burst.id)
    assert sample.role is Role.HOLDOUT
    buffer.hold_out([sample.id], held_out=False)
    assert buffer.samples() == [sample]
    assert [(info.count, info.held_out) for info in buffer.classes()] == [(1, 1)]


def test_taps_in_quick_succession_are_one_recording(buffer: Buffer) -> None:
    a, b = buffer.add_class("a"), buffer.add_class("b")

    def tap(source: str, class_id: int | None, gap: float = 3600) -> int:
        burst = buffer.burst_for(source, class_id, gap)
        assert (burst.source, burst.role) == (source, Role.TRAIN)
        assert burst in buffer.bursts()
        buffer.add_sample(picture(1), class_id, burst.id)
        return burst.id

    first = tap("camera", a.id)
    assert tap("camera", a.id) == first
    other_class = tap("camera", b.id)
    assert other_class != first
    assert tap("camera", a.id) != first, "the newest recording counts, and no older one"
    nothing_said = tap("camera", None)
    assert tap("camera", None) == nothing_said
    other_source = tap("clip", None)
    assert other_source != nothing_said
    assert tap("clip", None, gap=-1) != other_source


def test_a_tap_does_not_join_a_recording_of_another_kind(buffer: Buffer) -> None:
    info = buffer.add_class("a")
    empty = buffer.start_burst("camera")
    assert buffer.burst_for("camera", info.id, 3600).id != empty.id
    held_out = buffer.start_burst("camera", Role.HOLDOUT)
    buffer.add_sample(picture(1), info.id, held_out.id)
    assert buffer.burst_for("camera", info.id, 3600).id != held_out.id
    recorded = buffer.start_burst("camera")
    sample = buffer.add_sample(picture(1), info.id, recorded.id)
    buffer.relabel([sample.id], buffer.add_class("b").id)
    assert buffer.burst_for("camera", info.id, 3600).id != recorded.id


def test_relabel_tells_what_undoing_it_takes(buffer: Buffer) -> None:
    ids = [*record(buffer, "a", 2), *record(buffer, "b", 1)]
    a, b = buffer.classes()
    former = buffer.relabel(ids, b.id)
    assert former == {ids[0]: a.id, ids[1]: a.id, ids[2]: b.id}
    assert [info.count for info in buffer.classes()] == [0, 3]
    with pytest.raises(LabelFault):
        buffer.relabel([ids[0], 99], a.id)
    assert [info.count for info in buffer.classes()] == [0, 3]


def test_delete_is_undone(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    buffer.delete(ids[:2])
    assert [sample.id for sample in buffer.samples()] == ids[2:]
    assert [sample.id for sample in buffer.samples(deleted=True)] == ids[:2]
    buffer.undelete(ids[:1])
    assert [member.sample_id for member in buffer.members()] == [ids[0], ids[2]]
    with pytest.raises(LabelFault):
        buffer.delete([ids[0], 99])
    assert [member.sample_id for member in buffer.members()] == [ids[0], ids[2]]


def test_samples_can_be_picked(buffer: Buffer) -> None:
    first, second = record(buffer, "a"), record(buffer, "b")
    assert [sample.id for sample in buffer.samples(class_id=buffer.classes()[1].id)] == second
    assert [sample.id for sample in buffer.samples(newest_first=True, limit=2)] == second[:0:-1]
    assert len(first) == 3


def test_same_picture_is_known_again(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, "a", 1)
    sha256 = encode(picture(buffer.classes()[0].id, 0)).sha256
    found = buffer.has_picture(sha256)
    assert found is not None
    assert found.id == sample_id
    assert buffer.has_picture(encode(picture(9)).sha256) is None
    buffer.delete([sample_id])
    assert buffer.has_picture(sha256) is None


def test_members_are_told_without_reading_a_picture(buffer: Buffer) -> None:
    asked: list[str] = []
    buffer._db.conn.set_trace_callback(asked.append)
    buffer.members()
    buffer._db.conn.set_trace_callback(None)
    plan = [row[3] for row in buffer._rows(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert any("samples USING COVERING INDEX samples_live" in step for step in plan), plan


def test_members_of_some_bursts_are_told_by_themselves(buffer: Buffer) -> None:
    for name in ("a", "b", "a"):
        record(buffer, name)
    everybody = buffer.members()
    for burst in buffer.bursts():
        told = sorted(row.sample_id for row in buffer.member_rows([burst.id]))
        assert told == [member.sample_id for member in everybody if member.burst_id == burst.id]
        assert told
    assert not list(buffer.member_rows([99]))
    assert not list(buffer.member_rows([]))


def test_what_is_labelled_is_what_the_members_are(buffer: Buffer) -> None:
    assert [part.shape for part in buffer.labelled()] == [(0,), (0,), (0,)]
    ids = record(buffer, "a") + record(buffer, "b") + record(buffer, "a") + record(buffer, "c")
    buffer.relabel(ids[:1], None)
    buffer.delete(ids[1:2])
    buffer.relabel(ids[2:3], 2)
    buffer.archive_class(3)
    members = buffer.members()
    told = list(zip(*(part.tolist() for part in buffer.labelled()), strict=True))
    assert told == [(member.sample_id, member.class_id, member.burst_id) for member in members]


def test_a_sample_keeps_its_recording_when_it_is_deleted(buffer: Buffer) -> None:
    one, other = record(buffer, "a"), record(buffer, "a")
    buffer.delete(one[:1])
    assert [buffer.burst_of(sample_id) for sample_id in (one[0], one[1], other[0], 99)] == [1, 1, 2, None]


def test_the_mark_tells_whether_anything_was_written(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    mark = buffer.mark()
    buffer.members()
    assert buffer.mark() == mark
    buffer.delete(ids[:1])
    assert (mine := buffer.mark()) != mark
    with Buffer.open(buffer.path) as other:
        assert buffer.mark() == mine
        other.undelete(ids[:1])
    assert buffer.mark() != mine


def test_the_limit_of_the_unknown_is_kept(buffer: Buffer) -> None:
    assert buffer.unknown_limit() == USUAL_LIMIT == 1.0
    buffer.set_unknown_limit(0.7)
    assert buffer.unknown_limit() == 0.7
    for limit in (LEAST_LIMIT, MOST_LIMIT):
        buffer.set_unknown_limit(limit)
        assert buffer.unknown_limit() == limit
    for wrong in (0.2, 4.5, -1.0, float("nan"), float("inf")):
        with pytest.raises(LabelFault, match=r"between 0\.25 and 4"):
            buffer.set_unknown_limit(wrong)
    assert buffer.unknown_limit() == MOST_LIMIT
    buffer.set_unknown_limit(USUAL_LIMIT)
    assert buffer.setting("unknown_limit") is None, "a project that keeps to the usual says nothing"


@pytest.mark.parametrize("written", ["", "much", "nan", "1e9", "-1"])
def test_a_limit_that_makes_no_sense_is_the_usual_one(buffer: Buffer, written: str) -> None:
    buffer.set_setting("unknown_limit", written)
    assert buffer.unknown_limit() == USUAL_LIMIT


def test_embeddings_come_back_in_the_order_asked_for(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    backbone = buffer.register_backbone(INFO)
    assert buffer.register_backbone(INFO) == backbone
    assert buffer.backbones() == [(backbone, INFO)]
    views = (View.PICTURE, View.MIRROR)
    assert buffer.embedded(backbone, views, 48) == set()
    vectors = {id_: np.random.default_rng(id_).normal(size=48).astype(np.float32) for id_ in ids}
    for id_ in ids[:2]:
        buffer.store_embeddings(id_, backbone, dict.fromkeys(views, vectors[id_]))
    buffer.store_embeddings(ids[2], backbone, {View.PICTURE: vectors[ids[2]]})
    assert buffer.embedded(backbone, views, 48) == set(ids[:2])
    assert buffer.embedded(backbone, views, 47) == set()
    asked = [ids[1], ids[0], ids[1]]
    got = buffer.embeddings(asked, backbone, View.PICTURE)
    assert np.allclose(got, [vectors[id_] for id_ in asked], atol=5e-3)
    buffer.delete(ids[:1])
    assert len(buffer.embeddings(ids[:1], backbone, View.PICTURE)) == 1, "unlearning needs what was learned"
    with pytest.raises(LabelFault):
        buffer.embeddings(ids, backbone, View.MIRROR)
    assert buffer.embeddings([], backbone, View.MIRROR).shape[0] == 0


def test_bursts_and_settings(buffer: Buffer) -> None:
    burst = buffer.start_burst("clip.mp4", Role.HOLDOUT)
    assert buffer.bursts() == [burst]
    assert buffer.setting("camera") is None
    buffer.set_setting("camera", "demo")
    assert buffer.setting("camera") == "demo"
    buffer.set_setting("camera", None)
    assert buffer.setting("camera") is None


def test_another_connection_sees_what_is_committed(buffer: Buffer) -> None:
    with Buffer.open(buffer.path) as other:
        ids = record(buffer, "a")
        assert [sample.id for sample in other.samples()] == ids


def test_a_failed_act_leaves_the_buffer_usable(buffer: Buffer) -> None:
    with pytest.raises(LabelFault):
        buffer.archive_class(4)
    assert record(buffer, "a")


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        ids = record(buffer, "größe 日本")
        buffer.publish(increment(buffer, ids), head())
        before = buffer.classes(), buffer.samples(), buffer.increments(), buffer.versions(), buffer.bursts()
    with Buffer.open(path, create=False) as buffer:
        assert before == (
            buffer.classes(),
            buffer.samples(),
            buffer.increments(),
            buffer.versions(),
            buffer.bursts(),
        )
        assert buffer.integrity_check() == []
