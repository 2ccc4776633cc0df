# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import KEPT_VERSIONS, Buffer
from learner.errors import DamagedProject, LabelFault
from learner.types import BurstScore, HeadWeights, IncrementKind, Step
from tests.learner.buffer.making import champion_id, head, increment, kept, record
from tests.learner.fakes import INFO


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


def test_the_increment_that_first_learned_a_sample_under_its_label_is_remembered(buffer: Buffer) -> None:
    ids = record(buffer, "a", 2)
    first = buffer.publish(increment(buffer, ids), head())
    buffer.publish(increment(buffer, ids), head())
    assert {sample.learned_in for sample in buffer.samples()} == {first.id}
    former = buffer.relabel(ids[:1], buffer.add_class("b").id)
    assert [member.learned for member in buffer.members()] == [False, True]
    third = buffer.publish(increment(buffer, ids), head())
    assert [sample.learned_in for sample in buffer.samples()] == [third.id, first.id]
    assert all(member.learned for member in buffer.members())
    buffer.relabel(ids[:1], former[ids[0]])
    assert [member.learned for member in buffer.members()] == [False, True]


def test_a_sample_relabelled_while_it_was_learned_is_still_to_be_learned(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, "a", 1)
    started = dataclasses.replace(increment(buffer, [sample_id]), learned_as={sample_id: buffer.classes()[0].id})
    buffer.relabel([sample_id], buffer.add_class("b").id)
    buffer.publish(started, head())
    assert [member.learned for member in buffer.members()] == [False]
    buffer.publish(increment(buffer, [sample_id]), head())
    assert [member.learned for member in buffer.members()] == [True]


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


@pytest.mark.parametrize("ids", ["[" * 100_000, '["mug"]', "[-1, -2]", "{}", "7", "no list"])
def test_classes_that_are_none_are_not_used_although_their_hash_is_right(buffer: Buffer, ids: str) -> None:
    weights = head()
    done = buffer.publish(increment(buffer, []), weights)
    assert done.version_id is not None
    written = ids.encode() + weights.kernel.tobytes() + weights.bias.tobytes()
    with buffer._writing() as db:
        db.execute("UPDATE versions SET class_ids = ?, head_sha256 = ?", (ids, hashlib.sha256(written).hexdigest()))
    with pytest.raises(DamagedProject):
        buffer.head(done.version_id)
    with pytest.raises(DamagedProject):
        buffer.champion()


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


def test_what_kind_of_increment_it_was_and_what_was_measured_is_kept(buffer: Buffer) -> None:
    asleep = dataclasses.replace(
        increment(buffer, []), kind=IncrementKind.SLEEP, evaluation={"accuracy": 0.5, "bursts": [1, 2]}
    )
    buffer.publish(increment(buffer, [], digest="1" * 64), head())
    done = buffer.publish(asleep, head())
    assert [version.kind for version in buffer.versions()] == [IncrementKind.WAKE, IncrementKind.SLEEP]
    assert buffer.increments()[1] == done
    assert (done.kind, done.samples_digest) == (IncrementKind.SLEEP, "d" * 64)
    assert done.evaluation == {"accuracy": 0.5, "bursts": [1, 2]}


def test_the_newest_attempt_is_known_whether_or_not_it_was_accepted(buffer: Buffer) -> None:
    assert buffer.newest_increment(INFO.sha256) is None
    buffer.publish(increment(buffer, [], digest="1" * 64), head())
    buffer.publish(increment(buffer, [], digest="2" * 64, accepted=False), None)
    newest = buffer.newest_increment(INFO.sha256)
    assert newest is not None
    assert newest.samples_digest == "2" * 64
    assert buffer.newest_digest(INFO.sha256) == "1" * 64
    other = dataclasses.replace(INFO, sha256="e" * 64)
    buffer.publish(dataclasses.replace(increment(buffer, []), backbone_id=buffer.register_backbone(other)), head())
    newest = buffer.newest_increment(INFO.sha256)
    assert newest is not None
    assert newest.samples_digest == "2" * 64
    assert buffer.newest_digest(INFO.sha256) == "1" * 64


def test_the_newest_versions_and_those_pinned_are_kept(buffer: Buffer) -> None:
    buffer.publish(increment(buffer, []), head(), {"moment": np.ones(3)})
    second = buffer.publish(increment(buffer, []), head(), {"moment": np.ones(3)}).version_id
    assert second is not None
    buffer.pin(second)
    buffer.set_champion(second)
    made = [buffer.publish(increment(buffer, []), head()).version_id for _ in range(KEPT_VERSIONS + 2)]
    assert kept(buffer) == [second, *made[2:]]
    assert [version.pinned for version in buffer.versions()] == [True] + [False] * KEPT_VERSIONS
    assert champion_id(buffer) == made[-1]
    assert [row[0] for row in buffer._rows("SELECT version_id FROM version_arrays")] == [second]
    assert buffer.increments()[0].version_id is None
    buffer.pin(second, pinned=False)
    newest = buffer.publish(increment(buffer, []), head()).version_id
    assert kept(buffer) == [*made[3:], newest]
    with pytest.raises(LabelFault):
        buffer.pin(second)


def test_a_parent_that_is_gone_is_no_hindrance(buffer: Buffer) -> None:
    done = buffer.publish(dataclasses.replace(increment(buffer, []), parent_id=99), head())
    assert done.version_id is not None
    assert buffer.version(done.version_id).parent_id is None


def test_arrays_of_a_version_come_back_as_they_were(buffer: Buffer) -> None:
    arrays: dict[str, NDArray[Any]] = {
        "moment": np.arange(6, dtype=np.float64).reshape(2, 3).T,
        "means": np.full((2, 0, 3), 1, np.float32),
        "half": np.array([0.5, -2, np.inf], np.float16),
        "count": np.array(7.0),
        "swapped": np.arange(3, dtype=">f4"),
    }
    done = buffer.publish(increment(buffer, []), head(), arrays)
    plain = buffer.publish(increment(buffer, []), head())
    assert done.version_id is not None
    assert plain.version_id is not None
    back = buffer.arrays(done.version_id)
    assert back.keys() == arrays.keys()
    for name, array in arrays.items():
        assert (back[name].dtype.name, back[name].shape) == (array.dtype.name, array.shape)
        assert back[name].dtype.isnative
        assert np.array_equal(back[name], array)
    assert buffer.arrays(plain.version_id) == {}
    with pytest.raises(LabelFault, match="no such version"):
        buffer.arrays(99)


def test_an_array_that_would_need_a_pickle_is_refused_with_its_version(buffer: Buffer) -> None:
    for bad in (np.array([None]), np.array(["a"]), np.arange(3)):
        with pytest.raises(ValueError, match="floats"):
            buffer.publish(increment(buffer, []), head(), {"bad": bad})
    assert (buffer.versions(), buffer.increments()) == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        "data = zeroblob(48)",
        "data = 'text'",
        "shape = '[3, 2]'",
        "shape = '['",
        "dtype = 'float32'",
        "dtype = 'object'",
        "sha256 = ''",
        "name = 'other'",
    ],
)
def test_arrays_that_were_changed_behind_our_back_are_not_used(buffer: Buffer, change: str) -> None:
    done = buffer.publish(increment(buffer, []), head(), {"moment": np.ones((2, 3))})
    assert done.version_id is not None
    with buffer._writing() as db:
        db.execute(f"UPDATE version_arrays SET {change}")
    with pytest.raises(DamagedProject):
        buffer.arrays(done.version_id)
