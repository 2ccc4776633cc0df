# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer, IncrementRecord, encode
from learner.errors import DamagedProject, ImageFault, LabelFault
from learner.types import BurstScore, HeadWeights, Role, Step, View
from tests.learner.fakes import INFO, picture


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        yield buffer


def record(buffer: Buffer, name: str, count: int = 3) -> list[int]:
    info = buffer.class_named(name) or buffer.add_class(name)
    burst = buffer.start_burst("test")
    return [buffer.add_sample(picture(info.id, n), info.id, burst.id).id for n in range(count)]


def increment(buffer: Buffer, sample_ids: list[int], *, accepted: bool = True) -> IncrementRecord:
    return IncrementRecord(
        reason="test",
        started_at=datetime.now(UTC),
        seconds=0.5,
        new_samples=len(sample_ids),
        total_samples=len(sample_ids),
        sample_ids=tuple(sample_ids),
        steps=(Step(1, 2, 0.9, 0.5, 0.01, 2.0), Step(2, 2, 0.4, 0.75, 0.005, 2.0)),
        accepted=accepted,
        why="" if accepted else "It was worse.",
        backbone_id=buffer.register_backbone(INFO),
        parent_id=None,
        samples_digest="d" * 64,
        metrics={"loss": 0.4},
        before=BurstScore(2, 3),
    )


def head(classes: int = 2) -> HeadWeights:
    random = np.random.default_rng(0)
    size = INFO.embedding_size
    kernel = random.normal(size=(size, classes)).astype(np.float32)
    return HeadWeights(kernel, np.arange(classes, dtype=np.float32), tuple(range(5, 5 + classes)), mirrored=True)


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


def test_an_increment_is_all_there(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    weights = head()
    written = increment(buffer, ids[:2])
    done = buffer.publish(written, weights)
    assert buffer.increments() == [done]
    assert (done.steps, done.loss, done.accuracy, done.before) == (2, 0.4, 0.75, BurstScore(2, 3))
    assert tuple(buffer.steps(done.id)) == written.steps
    assert [sample.learned_in for sample in buffer.samples()] == [done.id, done.id, None]
    champion = buffer.champion()
    assert champion is not None
    assert champion == buffer.version(champion.id) == buffer.versions()[-1]
    assert (champion.class_ids, champion.backbone_sha256) == ((5, 6), INFO.sha256)
    back = buffer.head(champion.id)
    assert np.array_equal(back.kernel, weights.kernel)
    assert np.array_equal(back.bias, weights.bias)
    assert (back.class_ids, back.mirrored) == (weights.class_ids, True)


def test_the_first_increment_to_learn_a_sample_is_remembered(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    first = buffer.publish(increment(buffer, ids), head())
    buffer.relabel(ids, buffer.add_class("b").id)
    second = buffer.publish(increment(buffer, ids), head())
    assert second.version_id != first.version_id
    assert {sample.learned_in for sample in buffer.samples()} == {first.id}


def test_a_rejected_increment_publishes_nothing(buffer: Buffer) -> None:
    ids = record(buffer, "a")
    kept = buffer.publish(increment(buffer, ids[:1]), head())
    poisoned = dataclasses.replace(
        increment(buffer, ids, accepted=False), steps=(Step(1, 1, float("nan"), 0.0, 0.01, 1.0),)
    )
    rejected = buffer.publish(poisoned, None)
    assert not rejected.accepted
    assert rejected.why == "It was worse."
    assert rejected.version_id is None
    assert np.isnan(buffer.steps(rejected.id)[0].loss)
    champion = buffer.champion()
    assert champion is not None
    assert champion.id == kept.version_id
    assert [sample.learned_in for sample in buffer.samples()] == [kept.id, None, None]


def test_a_head_without_classes_can_be_kept(buffer: Buffer) -> None:
    empty = HeadWeights(np.zeros((INFO.embedding_size, 0), np.float32), np.zeros(0, np.float32), ())
    done = buffer.publish(increment(buffer, []), empty)
    assert done.version_id is not None
    assert buffer.head(done.version_id).kernel.shape == (INFO.embedding_size, 0)


@pytest.mark.parametrize("change", ["bias = zeroblob(8)", "kernel = x''", "class_ids = '[5, 7]'", "class_ids = '['"])
def test_weights_that_were_changed_behind_our_back_are_not_used(buffer: Buffer, change: str) -> None:
    done = buffer.publish(increment(buffer, []), head())
    assert done.version_id is not None
    with buffer._writing() as db:
        db.execute(f"UPDATE versions SET {change}")
    with pytest.raises(DamagedProject):
        buffer.head(done.version_id)


def test_an_earlier_version_can_be_put_in_use(buffer: Buffer) -> None:
    first = buffer.publish(increment(buffer, []), head())
    buffer.publish(increment(buffer, []), head())
    assert first.version_id is not None
    buffer.set_champion(first.version_id)
    champion = buffer.champion()
    assert champion is not None
    assert champion.id == first.version_id
    for act in (buffer.set_champion, buffer.version, buffer.head):
        with pytest.raises(LabelFault, match="no such version"):
            act(99)


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
