# SPDX-License-Identifier: Apache-2.0
"""The sums of what is learned follow the file to the bit, however they came about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.errors import LabelFault
from learner.memory import VIEWS, Memory
from learner.messages import Embedded, SampleLeftOut
from learner.roll import Content, evenly
from learner.sampling import in_order
from learner.types import Role, View
from tests.learner.desk import look
from tests.learner.fakes import FakeEmbedder, picture


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        for name in "abc":
            buffer.add_class(name)
        yield buffer


def record(buffer: Buffer, class_id: int | None, count: int = 3, start: int = 0, role: Role = Role.TRAIN) -> list[int]:
    burst = buffer.start_burst("test", role)
    images = [look(class_id or 0, start + number) for number in range(count)]
    return [sample.id for sample in buffer.add_samples([(image, class_id, burst.id) for image in images])]


def content(buffer: Buffer) -> Content:
    return Content.of(buffer.members())


def embedded(buffer: Buffer) -> Memory:
    memory = Memory(buffer, FakeEmbedder())
    list(memory.embed_new())
    return memory


def filled(buffer: Buffer) -> Memory:
    memory = embedded(buffer)
    list(memory.take_in(content(buffer)))
    return memory


def state(memory: Memory, of: Content) -> dict[str, object]:
    """Return everything that learning asks of a memory, to the bit."""
    found: dict[str, object] = {
        "counted": [ids for burst in memory._buffer.bursts() if (ids := memory.counted(burst.id).tolist())],
        "variety": [memory.variety(with_held_out=with_held_out) for with_held_out in (False, True)],
    }
    for mirrored in (False, True):
        for with_held_out in (False, True):
            statistics = memory.statistics(mirrored=mirrored, with_held_out=with_held_out)
            closed = statistics.discriminant(0.1)
            numbers = (closed.counts, closed.means, closed.covariance, closed.kernel)
            found[f"{mirrored} {with_held_out}"] = (closed.class_ids, *(part.tobytes() for part in numbers))
        sums = [memory.recording_sum(recording, mirrored=mirrored).tobytes() for recording in of.learned]
        found[f"sums {mirrored}"] = sums
    everything = [*of.learned, *of.tests]
    found["clusters"] = [memory.clusters(recording).tolist() for recording in everything]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_after_whatever_was_taken_in_the_sums_are_those_of_the_file(buffer: Buffer, seed: int) -> None:
    random = np.random.default_rng(seed)
    memory = filled(buffer)
    ids: list[int] = []
    for turn in range(15):
        some = [int(id_) for id_ in random.choice(ids, 3)] if ids else []
        match int(random.integers(6)):
            case 0 | 1:
                ids += record(buffer, int(random.integers(1, 4)), int(random.integers(1, 6)), start=10 * turn)
            case 2:
                buffer.relabel(some, int(random.integers(1, 4)))
            case 3:
                buffer.delete(some)
            case 4:
                buffer.undelete(some)
            case 5:
                buffer.hold_out(some, held_out=bool(random.integers(2)))
        list(memory.embed_new())
        work = memory.take_in(content(buffer))
        for _ in range(int(random.integers(4))):  # now and then it is given up in the middle
            next(work, None)
        if turn % 2:
            list(work)
        work.close()
    list(memory.take_in(content(buffer)))
    assert state(memory, content(buffer)) == state(filled(buffer), content(buffer))


def test_what_another_process_purged_leaves_the_sums_right(buffer: Buffer) -> None:
    memory_of = [record(buffer, class_id, start=10 * class_id) for class_id in (1, 2, 3)]
    memory = filled(buffer)
    gone = memory_of[1]
    with Buffer.open(buffer.path) as other:
        other.delete(gone)
        with other._writing() as db:
            db.conn.executemany("DELETE FROM embeddings WHERE sample_id = ?", [(id_,) for id_ in gone])
    list(memory.take_in(content(buffer)))
    assert state(memory, content(buffer)) == state(filled(buffer), content(buffer))
    assert not any(set(gone) & set(memory.counted(burst.id).tolist()) for burst in buffer.bursts())


def test_what_has_not_been_embedded_has_no_rows(buffer: Buffer) -> None:
    (sample_id,) = record(buffer, 1, count=1)
    memory = Memory(buffer, FakeEmbedder())
    assert not memory.has(sample_id)
    with pytest.raises(LabelFault):
        memory.rows([sample_id], View.PICTURE)
    assert memory.rows([], View.PICTURE).shape == (0, memory.size)


def test_samples_are_embedded_oldest_first_and_those_that_wait_counted(buffer: Buffer) -> None:
    memory = Memory(buffer, FakeEmbedder())
    ids = record(buffer, 1, count=3)
    assert memory.pending() == ids
    assert list(memory.embed_new()) == [Embedded(2), Embedded(1), Embedded(0)]
    assert memory.pending() == []
    assert list(memory.embed_new()) == []
    (later,) = record(buffer, 2, count=1, start=9)
    work = memory.embed_new()
    assert next(work) == Embedded(0)
    assert memory.has(later)
    assert Memory(buffer, FakeEmbedder()).has(later), "a new one reads it from the file"


def test_a_picture_that_cannot_be_read_is_told_once(buffer: Buffer) -> None:
    bad, good = record(buffer, 1, count=2)
    with buffer._writing() as db:
        db.execute("UPDATE samples SET image = x'00' WHERE id = ?", (bad,))
    memory = Memory(buffer, FakeEmbedder())
    events = list(memory.embed_new())
    assert [event.sample_id for event in events if isinstance(event, SampleLeftOut)] == [bad]
    assert memory.roll.left_out == {bad}
    assert memory.has(good)
    assert memory.pending() == []


def test_an_answer_averages_the_views(buffer: Buffer) -> None:
    ids = record(buffer, 1, count=4)
    memory = embedded(buffer)
    plain = [memory.rows(ids, which) for which in (View.PICTURE, View.ZOOM)]
    assert np.allclose(memory.answers(ids, mirrored=False), np.mean(plain, axis=0), atol=1e-6)
    every = [memory.rows(ids, which) for which in VIEWS]
    assert np.allclose(memory.answers(ids, mirrored=True), np.mean(every, axis=0), atol=1e-6)
    assert np.allclose(np.linalg.norm(plain[0], axis=1), 1, atol=1e-5)


def test_the_sum_of_a_recording_is_that_of_its_answers(buffer: Buffer) -> None:
    record(buffer, 1, count=5)
    memory = filled(buffer)
    (recording,) = content(buffer).learned
    answers = memory.answers(recording.sample_ids.tolist(), mirrored=True)
    assert np.allclose(memory.recording_sum(recording, mirrored=True), answers.sum(axis=0), atol=1e-3)


def test_frames_that_show_the_same_share_a_cluster(buffer: Buffer) -> None:
    burst = buffer.start_burst("test")
    images = [picture(1, 0), picture(1, 1), look(1, 7), picture(1, 2)]
    ids = [sample.id for sample in buffer.add_samples([(image, 1, burst.id) for image in images])]
    memory = filled(buffer)
    (recording,) = memory.content.learned
    assert recording.sample_ids.tolist() == ids
    assert memory.clusters(recording).tolist() == [0, 0, 1, 0]
    assert memory.clusters(recording.only(np.array(ids[2:]))).tolist() == [1, 0]


def test_content_is_learned_held_out_or_a_test(buffer: Buffer) -> None:
    for number in range(12):
        record(buffer, 1 + number % 3, start=10 * number)
    tests = record(buffer, 1, start=900, role=Role.HOLDOUT)
    one = buffer.samples()[0].id
    buffer.hold_out([one])
    found = content(buffer)
    assert set(evenly(found.tests).sample_ids.tolist()) == {*tests, one}
    assert set(evenly(found.learned).sample_ids.tolist()) == {s.id for s in buffer.samples()} - {*tests, one}
    assert set(found.held_out) < set(found.learned)
    assert set(found.twin) | set(found.held_out) == set(found.learned)
    assert not set(found.twin) & set(found.held_out)
    assert found.measured == found.held_out + found.tests
    assert all(list(part.learned) == in_order(part.learned[::-1]) for part in found.parts.values())
    assert found.count == len(evenly(found.learned))


def test_taking_in_leaves_what_it_is_given_alone(buffer: Buffer) -> None:
    record(buffer, 1)
    record(buffer, 2, start=20)
    given = content(buffer)
    before_that = [(one.sample_ids.tolist(), one.key, one.digest) for one in given.learned]
    memory = embedded(buffer)
    list(memory.take_in(given))
    assert [(one.sample_ids.tolist(), one.key, one.digest) for one in given.learned] == before_that
    before = memory.statistics(mirrored=True, with_held_out=True).discriminant(0.1).kernel
    memory.statistics(mirrored=True, with_held_out=True).add(memory.rows([1], View.PICTURE), [1])
    after = memory.statistics(mirrored=True, with_held_out=True).discriminant(0.1).kernel
    assert np.array_equal(before, after), "who is given sums may do with them as he likes"


def test_a_copy_is_brought_in_line_without_the_other(buffer: Buffer) -> None:
    gone = record(buffer, 1)
    record(buffer, 2, start=20)
    memory, before = filled(buffer), content(buffer)
    untouched = state(memory, before)
    copy = memory.copy()
    assert state(copy, before) == untouched
    buffer.delete(gone)
    record(buffer, 3, start=40)
    list(copy.embed_new())
    list(copy.take_in(content(buffer)))
    assert state(memory, before) == untouched
    assert not evenly([one for one in memory.roll.content.learned if one.class_id == 3]).sample_ids.size
    assert state(copy, content(buffer)) == state(filled(buffer), content(buffer))
