# SPDX-License-Identifier: Apache-2.0
"""Maps of the labelled samples."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner import charting
from learner.aside import finish
from learner.charting import Drawing, evenly_by_class, principal
from learner.types import Chart, Vectors
from tests.learner.desk import Desk

needs_sklearn = pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def drawn(desk: Desk, *, finely: bool = False) -> list[Chart]:
    charts: list[Chart] = []

    def pieces() -> Drawing:
        for piece in desk.engine.draw(finely=finely):
            if isinstance(piece, Chart):
                charts.append(piece)
            yield piece

    finish(pieces())
    return charts


def apart(chart: Chart, desk: Desk) -> float:
    """Return how far classes lie apart on a map, in widths of a class."""
    owners = {member.sample_id: member.class_id for member in desk.buffer.members()}
    classes = np.array([owners[sample_id] for sample_id in chart.sample_ids])
    groups = [chart.places[classes == class_id] for class_id in np.unique(classes)]
    middles = np.array([group.mean(axis=0) for group in groups])
    widths = [float(np.linalg.norm(group - group.mean(axis=0), axis=1).mean()) for group in groups]
    gaps = [np.linalg.norm(one - other) for n, one in enumerate(middles) for other in middles[n + 1 :]]
    return float(min(gaps) / max(widths))


def test_like_lies_beside_like(desk: Desk) -> None:
    ids = [sample_id for kind in (1, 2, 3) for sample_id in desk.record(f"kind {kind}", kind)]
    desk.show(None, [])
    desk.learned()
    (chart,) = drawn(desk)
    assert chart.method == "PCA"
    assert sorted(chart.sample_ids) == ids
    assert chart.places.shape == (len(ids), 2)
    assert chart.places.dtype == np.float32
    assert apart(chart, desk) > 3


@needs_sklearn
def test_a_finer_map_follows(desk: Desk) -> None:
    for kind in (1, 2, 3):
        desk.record(f"kind {kind}", kind, count=10)
    desk.learned()
    plain, fine = drawn(desk, finely=True)
    assert (plain.method, fine.method) == ("PCA", "t-SNE")
    assert sorted(fine.sample_ids) == sorted(plain.sample_ids)
    assert np.isfinite(fine.places).all()
    assert apart(fine, desk) > 2
    _, again = drawn(desk, finely=True)
    assert np.array_equal(fine.places, again.places)


def test_without_scikit_learn_the_plain_map_is_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (1, 2):
        desk.record(f"kind {kind}", kind)
    desk.learned()
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert [chart.method for chart in drawn(desk, finely=True)] == ["PCA"]


def test_there_may_be_hardly_anything_to_draw(desk: Desk) -> None:
    (empty,) = drawn(desk, finely=True)
    assert (empty.sample_ids.shape, empty.places.shape) == ((0,), (0, 2))
    desk.record("a", 1, count=1)
    desk.learned()
    (single,) = drawn(desk, finely=True)
    assert single.places.tolist() == [[0, 0]]


def test_of_very_many_some_of_each_class_are_drawn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    few = desk.record("a", 1, count=2)
    desk.record("b", 2, count=20)
    desk.learned()
    monkeypatch.setattr(charting, "_MOST", 8)
    (chart,) = drawn(desk)
    assert len(chart.sample_ids) == 8
    assert set(few) <= set(chart.sample_ids)


def test_what_a_small_class_leaves_goes_to_the_others() -> None:
    classes = np.array([1] * 3 + [2] * 50 + [3] * 50, np.int64)
    rows = evenly_by_class(classes, 33)
    assert [int((classes[rows] == class_id).sum()) for class_id in (1, 2, 3)] == [3, 15, 15]
    assert rows.tolist() == sorted(set(rows))
    assert {3, 52, 53, 102} <= set(rows), "from the first of a class to its last"
    assert evenly_by_class(classes, 1000).tolist() == list(range(103))


@pytest.mark.parametrize("shape", [(40, 6), (6, 40)])
def test_main_directions_keep_distances_and_come_in_order(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(0)
    x = (random.normal(size=shape) * np.linspace(3, 1, shape[1])).astype(np.float32)
    places = principal(x, 6)
    assert np.allclose(distances(places), distances(x), atol=1e-3)
    spread = places.std(axis=0)
    assert (np.diff(spread) <= 1e-5).all()
    assert np.array_equal(places, principal(x.copy(), 6))
    farthest = places[np.abs(places).argmax(axis=0), np.arange(6)]
    assert (farthest >= 0).all()


def distances(x: Vectors) -> Vectors:
    return np.asarray(np.linalg.norm(x[:, None] - x[None], axis=2), np.float32)


def test_directions_that_are_not_there_are_zero() -> None:
    x = np.array([[0, 0, 1], [0, 0, 3]], np.float32)
    assert np.abs(principal(x, 2)).tolist() == [[1, 0], [1, 0]]


def test_who_has_given_up_takes_no_core(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finer map that nobody waits for is not begun, and its thread ends."""
    for kind in (1, 2):
        desk.record(f"kind {kind}", kind)
    desk.learned()
    begun: list[bool] = []
    ended = threading.Event()
    spread = charting._spread

    def watched(x: Vectors, given_up: threading.Event) -> Vectors | None:
        given_up.wait(30)
        found = spread(x, given_up)
        begun.append(found is not None)
        ended.set()
        return found

    monkeypatch.setattr(charting, "_spread", watched)
    pieces = desk.engine.draw(finely=True)
    for piece in pieces:
        if isinstance(piece, Chart):
            break
    next(pieces)
    pieces.close()
    assert ended.wait(30)
    assert begun == [False]
