# SPDX-License-Identifier: Apache-2.0
"""What was never taught is noticed, and what was taught is mostly not mistaken for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from learner.discriminant import Discriminant, Statistics
from learner.evaluation import area_under_curve
from learner.memory import views_used
from learner.preprocessing import model_input, normalise, views
from learner.types import Image, Vectors
from learner.unknown import Novelty
from tests.learner.desk import Desk, look, recordings
from tests.learner.fakes import SIZE, FakeEmbedder, picture

STRANGERS = [picture(kind) for kind in range(60, 100)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def taught(desk: Desk, *kinds: int, like: float = 0.75, held_out: int = 3, frames: int = 4) -> None:
    for kind in kinds:
        for measured, count in ((False, 4), (True, held_out)):
            for found in islice(recordings(kind, measured=measured, like=like, frames=frames), count):
                desk.show(f"kind {kind}", found)


def novelty_of(desk: Desk) -> Novelty:
    version = desk.engine.version_id
    assert version is not None
    novelty = Novelty.from_arrays(desk.buffer.arrays(version))
    assert novelty is not None
    return novelty


def embedded(desk: Desk, images: list[Image]) -> Vectors:
    assert desk.engine.version_id is not None
    used = views_used(mirrored=desk.buffer.head(desk.engine.version_id).mirrored)
    embedder = FakeEmbedder()
    rows = []
    for image in images:
        looked_at = views(model_input(image, SIZE), SIZE)
        raw = np.array([embedder.embed(looked_at[which]) for which in used])
        rows.append(normalise(raw, non_negative=False).mean(axis=0))
    return np.array(rows, np.float32)


@pytest.mark.parametrize("classes", [1, 2, 3, 8])
@pytest.mark.parametrize("asleep", [False, True])
def test_strangers_are_unknown_and_friends_mostly_are_not(desk: Desk, classes: int, asleep: bool) -> None:
    kinds = range(1, classes + 1)
    taught(desk, *kinds)
    desk.learned()
    if asleep:
        desk.slept()
    novelty = novelty_of(desk)
    friends = [look(kind, number) for kind in kinds for number in range(1900, 1940)]
    assert (novelty(embedded(desk, STRANGERS)) > 1).mean() >= 0.9
    assert (novelty(embedded(desk, friends)) > 1).mean() <= 0.2


@pytest.mark.parametrize("classes", [1, 2])
def test_it_is_so_where_nothing_is_held_out_to_measure_with(desk: Desk, classes: int) -> None:
    kinds = range(1, classes + 1)
    taught(desk, *kinds, held_out=0, frames=20)
    desk.learned()
    novelty = novelty_of(desk)
    friends = [look(kind, number) for kind in kinds for number in range(1900, 1940)]
    assert (novelty(embedded(desk, STRANGERS)) > 1).mean() >= 0.9
    assert (novelty(embedded(desk, friends)) > 1).mean() <= 0.4


def test_what_is_answered_is_what_was_written_down(desk: Desk) -> None:
    taught(desk, 1, 2, 3)
    desk.learned()
    images = [*STRANGERS[:5], *(look(kind, 1900) for kind in (1, 2, 3))]
    before = [desk.see(image).novelty for image in images]
    desk.restart()
    assert [desk.see(image).novelty for image in images] == before
    novelty = novelty_of(desk)
    again = Novelty.from_arrays(novelty.arrays())
    assert again is not None
    x = embedded(desk, images)
    assert novelty(x).tobytes() == again(x).tobytes()
    assert {str(array.dtype) for array in novelty.arrays().values()} <= {"float16", "float32"}


def test_what_is_not_all_there_is_nothing(desk: Desk) -> None:
    taught(desk, 1, 2)
    desk.learned()
    arrays = novelty_of(desk).arrays()
    for name in arrays:
        assert Novelty.from_arrays({other: arrays[other] for other in arrays if other != name}) is None


def test_a_class_that_varies_much_may_look_stranger(desk: Desk) -> None:
    taught(desk, 1, 2, 3, like=0.9)
    taught(desk, 4, like=0.6)
    desk.learned()
    version = desk.engine.version_id
    assert version is not None
    class_ids = desk.buffer.head(version).class_ids
    limits = dict(zip(class_ids, novelty_of(desk).limits, strict=True))
    assert limits[desk.class_id("kind 4")] > max(limits[desk.class_id(f"kind {kind}")] for kind in (1, 2, 3))


def test_without_a_class_its_pictures_are_strange(desk: Desk) -> None:
    taught(desk, 1, 2, 3, 4)
    desk.learned()
    assert desk.engine.version_id is not None
    class_ids, novelty = desk.buffer.head(desk.engine.version_id).class_ids, novelty_of(desk)
    x = {kind: embedded(desk, [look(kind, number) for number in range(1900, 1920)]) for kind in (1, 2, 3, 4)}
    for kind, mine in x.items():
        column = class_ids.index(desk.class_id(f"kind {kind}"))
        others = np.concatenate([rows for other, rows in x.items() if other != kind])
        without = [list(novelty.without_each(rows))[column] for rows in (others, mine)]
        assert area_under_curve(*without) > 0.95
        assert list(novelty.without_each(mine))[column].mean() > 2 * abs(novelty(mine).mean())


def closed_form(classes: int, per_class: int, size: int = 12) -> tuple[Vectors, list[int], Discriminant]:
    random = np.random.default_rng(0)
    centres = np.eye(size)[:classes]
    x = np.concatenate([centre + random.normal(0, 0.1, (per_class, size)) for centre in centres])
    x = np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)
    labels = [label for label in range(classes) for _ in range(per_class)]
    statistics = Statistics(size)
    statistics.add(x, labels)
    return x, labels, statistics.discriminant(0.1)


def test_as_if_a_class_had_never_been_taught_is_nearly_what_it_would_be() -> None:
    x, labels, closed = closed_form(5, 20)
    rows = np.array(labels) != 2
    left = Statistics(12)
    left.add(x[rows], [label for label in labels if label != 2])
    scores = list(Novelty.of(closed).without_each(x))[closed.class_ids.index(2)]
    truly = Novelty.of(left.discriminant(0.1)).distances(x)[0]
    order = np.corrcoef(scores, truly[:, 0])[0, 1]
    assert order > 0.9


def test_until_there_are_limits_nothing_is_unknown() -> None:
    x, _, closed = closed_form(3, 5)
    assert not Novelty.of(closed)(x).any()


@pytest.mark.parametrize(("classes", "per_class"), [(1, 1), (1, 5), (2, 1), (8, 1), (12, 30)])
def test_distances_are_numbers_however_little_was_taught(classes: int, per_class: int) -> None:
    x, _, closed = closed_form(classes, per_class)
    novelty = Novelty.of(closed)
    same = np.repeat(x[:1], 6, axis=0)
    distances, nearest = novelty.distances(same)
    assert np.isfinite(distances).all()
    limited = novelty.with_limits(distances, nearest, np.arange(6))
    assert np.isfinite(limited(x)).all()
    assert (limited(same) <= 1).all()
    assert np.isfinite(limited.limits).all()


def test_setting_limits_changes_nothing_else() -> None:
    x, labels, closed = closed_form(3, 10)
    novelty = Novelty.of(closed)
    before = {name: value.tobytes() for name, value in novelty.arrays().items()}
    distances, _ = novelty.distances(x)
    given = distances.copy()
    novelty.with_limits(distances, np.array(labels), np.arange(30) // 5)
    assert {name: value.tobytes() for name, value in novelty.arrays().items()} == before
    assert np.array_equal(given, distances)


def test_a_person_may_move_the_limit(desk: Desk) -> None:
    taught(desk, 1, 2, 3)
    desk.learned()
    images = [*STRANGERS, *(look(kind, number) for kind in (1, 2, 3) for number in range(1900, 1920))]
    told = []
    for limit in (0.25, 1.0, 4.0):
        desk.buffer.set_unknown_limit(limit)
        desk.engine.refresh()
        answers = [desk.see(image) for image in images]
        assert [answer.unknown for answer in answers] == [answer.novelty > limit for answer in answers]
        told.append(sum(answer.unknown for answer in answers))
    assert told[0] > told[1] > told[2]
