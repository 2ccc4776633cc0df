# SPDX-License-Identifier: Apache-2.0
"""What is held in mind of a file is what the file holds, however it came about."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner import memory as memories
from learner.buffer import Buffer, Mark
from learner.memory import Memory
from learner.roll import Content, evenly
from learner.sampling import NONE, Recording, digest, digest_of, names
from learner.types import Member, Role
from tests.learner.desk import Desk, look
from tests.learner.fakes import FakeEmbedder
from tests.learner.test_memory import content, filled, record, state


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        for name in "abc":
            buffer.add_class(name)
        yield buffer


def shown(found: Content) -> list[list[tuple[object, ...]]]:
    return [
        [(one.burst_id, one.class_id, one.key, one.digest, one.is_test, *one.sample_ids.tolist()) for one in part]
        for part in (found.learned, found.held_out, found.tests)
    ]


def act(buffer: Buffer, random: np.random.Generator, turn: int) -> None:
    """Do one of the things that people do."""
    ids = [sample.id for sample in [*buffer.samples(), *buffer.samples(deleted=True)]]
    some = [int(id_) for id_ in random.choice(ids, 3)] if ids else []
    class_id = int(random.integers(1, 4))
    match int(random.integers(9)):
        case 0 | 1 | 2:
            record(buffer, class_id, int(random.integers(1, 6)), start=10 * turn)
        case 3:
            buffer.relabel(some, class_id if random.integers(3) else None)
        case 4:
            buffer.delete(some)
        case 5:
            buffer.undelete(some)
        case 6:
            buffer.hold_out(some, held_out=bool(random.integers(2)))
        case 7:
            buffer.archive_class(class_id)
        case 8:
            buffer.unarchive_class(class_id)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 30))])
def test_only_what_changed_is_read_and_nothing_is_missed(buffer: Buffer, seed: int) -> None:
    random = np.random.default_rng(seed)
    memory = filled(buffer)
    with Buffer.open(buffer.path) as other:
        for turn in range(25):
            act(other if turn % 3 else buffer, random, turn)
            if turn % 2:
                list(memory.embed_new())
                assert shown(memory.content) == shown(content(buffer))
                list(memory.take_in(memory.content))
    list(memory.embed_new())
    list(memory.take_in(memory.content))
    assert state(memory, memory.content) == state(filled(buffer), content(buffer))


def test_a_file_that_is_the_same_is_not_read_again(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = record(buffer, 1), record(buffer, 2, start=20)
    memory = filled(buffer)
    before = memory.content
    asked: list[object] = []
    rows = buffer.member_rows
    monkeypatch.setattr(buffer, "member_rows", lambda bursts: asked.append(bursts) or rows(bursts))  # type: ignore[func-returns-value]
    assert memory.content is before
    buffer.relabel(first[:1], 3)
    assert memory.content is not before
    assert asked == [{buffer.burst_of(first[0])}]
    unchanged = {one for one in before.learned if one.burst_id == buffer.burst_of(second[0])}
    assert unchanged
    assert all(map(memory.content.has, unchanged))


def test_who_has_not_looked_for_too_long_reads_everything(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.buffer.changes._KEPT", 3)
    ids = record(buffer, 1)
    mark = buffer.here()
    assert buffer.changed(mark) == set()
    buffer.relabel(ids[:1], 2)
    assert buffer.changed(mark) == {buffer.burst_of(ids[0])}
    for turn in range(5):
        buffer.hold_out(ids[:1], held_out=bool(turn % 2))
    assert buffer.changed(mark) is None
    assert buffer.changed(Mark()) is None
    assert buffer.changed(buffer.here()) == set()


def learned(desk: Desk) -> Desk:
    for kind in (1, 2, 3):
        for number in range(6):
            desk.show(f"kind {kind}", [look(kind, 100 * number + frame) for frame in range(3)])
    desk.show("kind 1", [look(1, 5000)], Role.HOLDOUT)
    desk.learned()
    desk.slept()
    return desk


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which is kept what is in mind of it."""
    path = tmp_path_factory.mktemp("roll") / "taught.showtell"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memories, "_WORTH_KEEPING", 1)
        learned(Desk(path)).buffer.close()
    return path


@pytest.fixture
def desk(tmp_path: Path, taught: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(memories, "_WORTH_KEEPING", 1)
    desk = Desk(Path(shutil.copy(taught, tmp_path / "taught.showtell")))
    yield desk
    desk.buffer.close()


def test_what_is_in_mind_is_kept_and_taken_up_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.buffer.kept_sums(1)
    ids = desk.show("kind 2", [look(2, 7000 + frame) for frame in range(3)])
    desk.buffer.delete([desk.buffer.samples()[4].id])
    asked: list[object] = []
    embeddings = desk.buffer.embeddings
    monkeypatch.setattr(desk.buffer, "embeddings", lambda some, *rest: asked.extend(some) or embeddings(some, *rest))  # type: ignore[func-returns-value]
    memory = Memory(desk.buffer, FakeEmbedder())
    list(memory.embed_new())
    list(memory.take_in(memory.content))
    touched = {id_ for id_ in asked if isinstance(id_, int)}
    assert set(ids) < touched
    assert len(touched) < len(desk.buffer.samples()) / 2
    monkeypatch.undo()
    assert state(memory, memory.content) == state(filled(desk.buffer), content(desk.buffer))
    assert shown(memory.content) == shown(content(desk.buffer))


def test_nothing_is_kept_of_what_was_forgotten(desk: Desk) -> None:
    gone = desk.buffer.samples()[0].id
    desk.buffer.delete([gone])
    assert desk.slept()
    assert gone not in desk.buffer.kept_sums(1)["samples"]
    desk.buffer.erase()
    assert not desk.buffer.kept_sums(1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("samples", np.zeros((3, 1), np.int64)),
        ("recordings", np.zeros((2, 4), np.int64)),
        ("clusters", np.zeros((0, 1), np.int32)),
        ("held out", np.zeros((1, 1), np.int32)),
        ("mark", np.zeros((0, 2), np.int64)),
        ("picture, held out: moment", np.zeros((1, 5))),
        ("picture, not held out: classes", np.array([[1, 7]], np.int64)),
    ],
)
def test_what_makes_no_sense_is_read_anew(desk: Desk, name: str, value: np.ndarray) -> None:
    desk.buffer.keep_sums(1, desk.buffer.kept_sums(1) | {name: value})
    memory = Memory(desk.buffer, FakeEmbedder())
    list(memory.take_in(memory.content))
    assert state(memory, memory.content) == state(filled(desk.buffer), content(desk.buffer))


def test_what_is_not_as_it_was_written_is_none(desk: Desk) -> None:
    with desk.buffer._writing() as db:
        db.execute("UPDATE sums SET data = zeroblob(length(data)) WHERE name = 'samples'")
    assert not desk.buffer.kept_sums(1)


def test_a_small_project_is_left_small(tmp_path: Path) -> None:
    desk = learned(Desk(tmp_path / "small.showtell"))
    assert not desk.buffer.kept_sums(1)
    desk.buffer.close()


def test_a_version_of_an_earlier_showtell_is_known_by_what_it_was_made_of() -> None:
    members = [Member(number, 1, number, f"{number:064x}", Role.TRAIN) for number in range(5)]
    found = digest([digest_of(Content.of(members).learned)])
    lines = sorted(f"{member.sha256} {member.class_id}\n" for member in members)
    before = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert names(before, found, lambda: members[::-1])
    assert not names(before, found, lambda: members[1:])
    assert names(found, found, list)
    assert not names(digest([1]), found, list)
    assert names("", digest([]), list)
    assert not names("", found, list)


@pytest.mark.parametrize(("count", "most"), [(3, None), (3, 40), (3, 10), (500, 20)])
def test_samples_are_picked_evenly(count: int, most: int | None) -> None:
    ids = np.split(np.arange(8 * count), count)
    found = [Recording(number, number % 3, "", part) for number, part in enumerate(ids)]
    picked = evenly(found, most)
    assert len(picked) == min(most or 8 * count, 8 * count)
    assert len(set(picked.sample_ids.tolist())) == len(picked)
    for sample_id, class_id, place in zip(picked.sample_ids, picked.class_ids, picked.recordings, strict=True):
        assert sample_id in found[place].sample_ids
        assert class_id == found[place].class_id
    assert not len(evenly([], most))
    assert len(evenly([Recording(1, 1, "", NONE)], most)) == 0
