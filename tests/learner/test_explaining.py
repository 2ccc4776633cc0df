# SPDX-License-Identifier: Apache-2.0
"""Why a stored sample is answered as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.aside import finish
from learner.types import Explanation, Role, View
from tests.learner.desk import Desk, look
from tests.learner.fakes import picture


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def explanation(desk: Desk, sample_id: int) -> Explanation | None:
    return finish(desk.engine.explain(sample_id))


def explained(desk: Desk, sample_id: int) -> Explanation:
    found = explanation(desk, sample_id)
    assert found is not None
    return found


def teach(desk: Desk, *kinds: int, each: int = 3, frames: int = 4) -> list[int]:
    return [
        sample_id
        for kind in kinds
        for start in range(each)
        for sample_id in desk.show(f"kind {kind}", [look(kind, 100 * start + n) for n in range(frames)])
    ]


def test_it_says_what_the_live_picture_would_be_answered(desk: Desk) -> None:
    teach(desk, 1, 2, 3)
    (sample_id,) = desk.show("kind 2", [picture(2, 77)])
    version_id = desk.learned().version_id
    found, live = explained(desk, sample_id).prediction, desk.see(picture(2, 77))
    assert (found.label, found.class_id, found.version_id) == ("kind 2", desk.class_id("kind 2"), version_id)
    assert list(found.probabilities) == list(live.probabilities)
    assert found.confidence == pytest.approx(live.confidence, abs=0.02)
    assert found.novelty == pytest.approx(live.novelty, abs=0.1)
    assert found.unknown == live.unknown


def test_neighbours_look_like_it_the_nearest_first(desk: Desk) -> None:
    ids = teach(desk, 1, 2, 3, each=6)
    desk.learned()
    found = explained(desk, ids[0])
    assert len(found.neighbours) == 8
    assert {neighbour.class_id for neighbour in found.neighbours} == {desk.class_id("kind 1")}
    similarities = [neighbour.similarity for neighbour in found.neighbours]
    assert similarities == sorted(similarities, reverse=True)
    assert ids[0] not in {neighbour.sample_id for neighbour in found.neighbours}
    one, other = desk.engine._memory.rows([ids[0], found.neighbours[0].sample_id], View.PICTURE)
    assert similarities[0] == pytest.approx(float(one @ other), abs=1e-3)


def test_one_recording_is_not_all_there_is_to_see(desk: Desk) -> None:
    """Neither frames that show the same as the sample, nor a third one of any recording."""
    alike = desk.record("kind 1", 1, count=6)
    teach(desk, 1, 2, each=5)
    desk.learned()
    found = explained(desk, alike[0]).neighbours
    assert not {neighbour.sample_id for neighbour in found} & set(alike)
    bursts = {sample.id: sample.burst_id for sample in desk.buffer.samples()}
    assert max(Counter(bursts[neighbour.sample_id] for neighbour in found).values()) == 2


def test_a_sample_that_nobody_labelled_and_one_held_out_are_explained(desk: Desk) -> None:
    teach(desk, 1, 2)
    (nameless,) = desk.show(None, [picture(2, 50)])
    (test,) = desk.show("kind 1", [picture(1, 50)], Role.HOLDOUT)
    desk.learned()
    list(desk.engine.embed_all())
    assert explained(desk, nameless).prediction.label == "kind 2"
    assert explained(desk, nameless).neighbours[0].class_id == desk.class_id("kind 2")
    assert explained(desk, test).prediction.label == "kind 1"
    assert nameless not in {neighbour.sample_id for neighbour in explained(desk, test).neighbours}


def test_what_is_gone_or_not_embedded_is_not_explained(desk: Desk) -> None:
    ids = teach(desk, 1, 2)
    desk.learned()
    assert explanation(desk, 10_000) is None
    (new,) = desk.show("kind 1", [picture(1, 99)])
    assert explanation(desk, new) is None
    desk.buffer.delete(ids[:1])
    desk.learned()
    desk.slept()
    assert explanation(desk, ids[0]) is None


def test_what_another_learner_unlearned_is_not_explained(desk: Desk) -> None:
    ids = teach(desk, 1, 2)
    desk.learned()
    explained(desk, ids[1])
    other = Desk(desk.buffer.path)
    other.buffer.delete(ids[:1])
    other.slept()
    other.buffer.close()
    assert explanation(desk, ids[0]) is None
    assert ids[0] not in {neighbour.sample_id for neighbour in explained(desk, ids[1]).neighbours}


def test_before_anything_is_learned_there_are_neighbours_and_no_answer(desk: Desk) -> None:
    ids = teach(desk, 1, 2)
    list(desk.engine.embed_all())
    found = explained(desk, ids[0])
    assert (found.prediction.label, found.prediction.confidence) == (None, 0.0)
    assert found.neighbours


def test_what_has_changed_in_the_file_is_seen_at_once(desk: Desk) -> None:
    ids = teach(desk, 1, 2)
    desk.learned()
    nearest = explained(desk, ids[0]).neighbours[0]
    desk.buffer.relabel([nearest.sample_id], desk.class_id("kind 2"))
    assert explained(desk, ids[0]).neighbours[0].class_id == desk.class_id("kind 2")
    desk.buffer.delete([nearest.sample_id])
    assert nearest.sample_id not in {one.sample_id for one in explained(desk, ids[0]).neighbours}
    (twin,) = desk.show("kind 1", [look(1, 0)])
    list(desk.engine.embed_all())
    assert explained(desk, ids[0]).neighbours[0].sample_id == twin


def test_what_is_at_hand_is_bounded_and_the_rest_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = teach(desk, 1, 2, 3)
    desk.learned()
    everything = explained(desk, ids[3])
    monkeypatch.setattr("learner.explaining._MOST_BYTES", 10 * 2 * 48)
    desk.restart()
    again = explained(desk, ids[3])
    assert desk.engine._explainer._kept.shape == (10, 48)
    assert [one.sample_id for one in again.neighbours] == [one.sample_id for one in everything.neighbours]
    assert np.allclose(
        [one.similarity for one in again.neighbours], [one.similarity for one in everything.neighbours], atol=1e-3
    )


def test_nothing_is_read_again_while_nothing_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = teach(desk, 1, 2)
    desk.learned()
    explained(desk, ids[0])
    reads: list[int] = []
    read = type(desk.buffer).embeddings

    def counted(*arguments: object) -> object:
        reads.append(len(arguments[1]))  # type: ignore[arg-type]
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk.buffer), "embeddings", counted)
    explained(desk, ids[1])
    assert set(reads) == {1}, "the sample's own"
