# SPDX-License-Identifier: Apache-2.0
"""A sample seen as if its recording had not been learned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.discriminant import Discriminant, softmax
from learner.memory import Memory
from learner.outside import Outside
from learner.roll import Content, evenly
from learner.unknown import Novelty
from tests.learner.desk import look
from tests.learner.fakes import FakeEmbedder


class Seen:
    """A project whose samples have been taken in."""

    def __init__(self, path: Path) -> None:
        self.buffer = Buffer.open(path)

    def record(self, name: str, kind: int, count: int = 4, start: int = 0) -> list[int]:
        info = self.buffer.class_named(name) or self.buffer.add_class(name)
        burst = self.buffer.start_burst("test")
        images = [look(kind, start + number) for number in range(count)]
        return [sample.id for sample in self.buffer.add_samples([(image, info.id, burst.id) for image in images])]

    def look(self) -> tuple[Memory, Content, Discriminant, Outside]:
        memory = Memory(self.buffer, FakeEmbedder())
        list(memory.embed_new())
        content = Content.of(self.buffer.members())
        list(memory.take_in(content))
        closed = memory.statistics(mirrored=True, with_held_out=True).discriminant(0.1)
        return memory, content, closed, Outside.of(memory, content, closed, evenly(content.learned), mirrored=True)


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    seen = Seen(tmp_path / "desk.showtell")
    yield seen
    seen.buffer.close()


def test_a_class_with_other_recordings_is_seen_without_this_one(seen: Seen) -> None:
    one, two, three = (seen.record("a", 1, start=start) for start in (0, 10, 20))
    seen.record("b", 2)
    memory, _, _, outside = seen.look()
    rows = {sample_id: row for row, sample_id in enumerate(outside.sample_ids.tolist())}
    others = memory.answers([*one, *three], mirrored=True).mean(axis=0)
    for sample_id in two:
        assert np.allclose(outside.means[rows[sample_id]], others, atol=1e-3)
    assert np.array_equal(outside.x, memory.answers(list(rows), mirrored=True))


def test_the_only_recording_of_a_class_is_seen_without_the_sample(seen: Seen) -> None:
    ids = seen.record("a", 1)
    seen.record("b", 2)
    memory, _, _, outside = seen.look()
    rows = {sample_id: row for row, sample_id in enumerate(outside.sample_ids.tolist())}
    others = memory.answers(ids[1:], mirrored=True).mean(axis=0)
    assert np.allclose(outside.means[rows[ids[0]]], others, atol=1e-3)


def test_a_class_with_a_single_sample_cannot_be_seen_from_outside(seen: Seen) -> None:
    seen.record("a", 1, count=1)
    many = seen.record("b", 2)
    outside = seen.look()[3]
    assert sorted(outside.sample_ids.tolist()) == many


def test_columns_and_recordings_are_those_of_the_samples(seen: Seen) -> None:
    for kind in (1, 2, 3):
        for start in (0, 10):
            seen.record(f"kind {kind}", kind, start=start)
    _, content, closed, outside = seen.look()
    for sample_id, column, number in zip(outside.sample_ids, outside.columns, outside.recordings, strict=True):
        assert closed.class_ids[column] == content.learned[number].class_id
        assert sample_id in content.learned[number].sample_ids


def test_other_recordings_tell_a_wrong_label_from_a_right_one(seen: Seen) -> None:
    for kind in (1, 2, 3):
        for start in (0, 10, 20):
            seen.record(f"kind {kind}", kind, start=start)
    wrong = seen.record("kind 1", 2, start=500)
    _, _, closed, outside = seen.look()
    shares = outside.shares(closed, 5.0)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    for sample_id, column, row in zip(outside.sample_ids, outside.columns, shares, strict=True):
        best = closed.class_ids[int(row.argmax())]
        assert best == (2 if sample_id in wrong else closed.class_ids[column])
        assert row[column] > 0.5 or sample_id in wrong


def test_what_a_recording_knows_of_itself_does_not_count(seen: Seen) -> None:
    """A recording that is like no other of its class is not vouched for by itself."""
    for kind in (1, 2):
        for start in (0, 10):
            seen.record(f"kind {kind}", kind, start=start)
    odd = seen.record("kind 1", 2, count=30, start=100)
    _, _, closed, outside = seen.look()
    shares = outside.shares(closed, 5.0)
    for sample_id, column, row in zip(outside.sample_ids, outside.columns, shares, strict=True):
        if sample_id in odd:
            assert row[column] < 0.5


def test_looking_changes_nothing(seen: Seen) -> None:
    for kind in (1, 2):
        for start in (0, 10, 20):
            seen.record(f"kind {kind}", kind, start=start)
    _, _, closed, outside = seen.look()
    before = [part.tobytes() for part in (outside.x, outside.means, closed.kernel, closed.covariance, closed.means)]
    outside.shares(closed, 5.0)
    Novelty.of(closed).distances(outside.x, outside.columns, outside.means)
    after = [part.tobytes() for part in (outside.x, outside.means, closed.kernel, closed.covariance, closed.means)]
    assert before == after


def test_a_sample_can_be_seen_without_itself_alone(seen: Seen) -> None:
    ids = [*seen.record("a", 1), *seen.record("a", 1, start=20)]
    seen.record("b", 2)
    memory, content, closed, _ = seen.look()
    outside = Outside.of(memory, content, closed, evenly(content.learned), mirrored=True, by_recording=False)
    rows = {sample_id: row for row, sample_id in enumerate(outside.sample_ids.tolist())}
    others = memory.answers(ids[1:], mirrored=True).mean(axis=0)
    assert np.allclose(outside.means[rows[ids[0]]], others, atol=1e-3)


@pytest.mark.parametrize("by_recording", [True, False])
def test_it_is_as_if_the_sample_had_never_been_there(seen: Seen, *, by_recording: bool) -> None:
    """Compared with what a project says that does not have the recording at all."""
    for kind in (1, 2, 3):
        for start in (0, 10):
            seen.record(f"kind {kind}", kind, count=2, start=start)
    wrong = seen.record("kind 1", 2, count=1, start=500)
    memory, content, closed, _ = seen.look()
    every = evenly(content.learned)
    outside = Outside.of(
        memory, content, closed, every.only(np.isin(every.sample_ids, wrong)), mirrored=True, by_recording=by_recording
    )
    found = outside.shares(closed, 1.0)[0]
    seen.buffer.delete(wrong)
    without = seen.look()[2]
    scores = outside.x @ without.kernel + without.bias
    expected = dict(zip(without.class_ids, softmax(scores.astype(np.float32))[0], strict=True))
    told = dict(zip(closed.class_ids, found, strict=True))
    assert max(told, key=lambda class_id: told[class_id]) == 2 == max(expected, key=lambda class_id: expected[class_id])
    # All but the scatter of its views among themselves, and what that adds to the prior.
    assert told == pytest.approx(expected, abs=0.1)


def test_an_inverse_that_is_given_saves_solving(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (1, 2, 3):
        for start in (0, 10, 20):
            seen.record(f"kind {kind}", kind, count=2, start=start)
    _, _, closed, outside = seen.look()
    solved = outside.shares(closed, 1.0)
    monkeypatch.setattr("learner.outside.solve", None)
    inverse = np.asarray(np.linalg.inv(closed.covariance), np.float64)
    assert np.allclose(outside.shares(closed, 1.0, inverse), solved, atol=1e-5)
