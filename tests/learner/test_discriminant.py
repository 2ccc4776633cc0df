# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learner.discriminant import Statistics, columns_of, logits, softmax, solve
from learner.types import Vectors

SIZE = 6


def embeddings(seed: int, count: int) -> Vectors:
    x = np.random.default_rng(seed).normal(size=(count, SIZE))
    return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)


def blobs(classes: int, per_class: int, seed: int = 0) -> tuple[Vectors, list[int]]:
    random = np.random.default_rng(seed)
    centres = np.eye(SIZE)[:classes]
    x = np.concatenate([centre + random.normal(0, 0.1, (per_class, SIZE)) for centre in centres])
    return np.asarray(x, np.float32), [label for label in range(classes) for _ in range(per_class)]


def test_separates_what_can_be_separated() -> None:
    x, y = blobs(4, 20)
    statistics = Statistics(SIZE)
    statistics.add(x, y)
    head = statistics.discriminant(0.1).head(4.0)
    assert sorted(head.class_ids) == [0, 1, 2, 3]
    assert (np.array(head.class_ids)[logits(head, x).argmax(axis=1)] == y).all()


def test_is_the_textbook_solution_when_there_is_plenty_of_data() -> None:
    x, y = blobs(3, 4000)
    statistics = Statistics(SIZE)
    statistics.add(x, y)
    head = statistics.discriminant(shrinkage=1e-9).head(temperature=1.0)
    means = np.stack([x[np.array(y) == label].mean(axis=0) for label in head.class_ids])
    within = np.concatenate([x[np.array(y) == label] - mean for label, mean in zip(head.class_ids, means, strict=True)])
    covariance = within.T @ within / len(x)
    expected = np.linalg.solve(covariance, means.T)
    assert np.allclose(head.kernel, expected, rtol=0.05, atol=0.05 * np.abs(expected).max())


def test_a_copy_and_what_it_is_a_copy_of_go_their_own_ways() -> None:
    x, y = blobs(3, 10)
    statistics = Statistics(SIZE)
    statistics.add(x, y)
    before = statistics.discriminant(0.1).kernel
    copy = statistics.copy()
    assert np.array_equal(copy.discriminant(0.1).kernel, before)
    copy.remove(x[:12], y[:12])
    assert np.array_equal(statistics.discriminant(0.1).kernel, before)
    changed = copy.discriminant(0.1).kernel
    statistics.add(x[:5], [7] * 5)
    assert np.array_equal(copy.discriminant(0.1).kernel, changed)
    copy.add(x[:12], y[:12])
    assert np.array_equal(copy.discriminant(0.1).kernel, before)


@settings(max_examples=40, deadline=None)
@given(
    labels=st.lists(st.integers(0, 4), min_size=2, max_size=40),
    cut=st.integers(0, 40),
    seed=st.integers(0, 1000),
)
def test_order_and_grouping_do_not_matter(labels: list[int], cut: int, seed: int) -> None:
    x = embeddings(seed, len(labels))
    together = Statistics(SIZE)
    together.add(x, labels)
    order = np.random.default_rng(seed).permutation(len(labels))
    one, other = Statistics(SIZE), Statistics(SIZE)
    for part, rows in ((one, order[:cut]), (other, order[cut:])):
        if len(rows):
            part.add(x[rows], [labels[row] for row in rows])
    merged = one.merged([other]).discriminant(0.1).head(4.0)
    whole = together.discriminant(0.1).head(4.0)
    assert merged.class_ids == whole.class_ids
    assert np.allclose(merged.kernel, whole.kernel, atol=1e-4)
    assert np.allclose(merged.bias, whole.bias, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(labels=st.lists(st.integers(0, 3), min_size=4, max_size=40), seed=st.integers(0, 1000), data=st.data())
def test_what_is_removed_leaves_no_trace(labels: list[int], seed: int, data: st.DataObject) -> None:
    x = embeddings(seed, len(labels))
    gone = data.draw(st.sets(st.integers(0, len(labels) - 1), max_size=len(labels) - 1))
    kept = [row for row in range(len(labels)) if row not in gone]
    statistics, never = Statistics(SIZE), Statistics(SIZE)
    statistics.add(x, labels)
    if gone:
        rows = sorted(gone)
        statistics.remove(x[rows], [labels[row] for row in rows])
    never.add(x[kept], [labels[row] for row in kept])
    assert statistics.class_ids == never.class_ids
    assert statistics.count == never.count
    left, clean = (part.discriminant(0.1).head(4.0) for part in (statistics, never))
    assert (left.kernel == clean.kernel).all()
    assert (left.bias == clean.bias).all()


def test_refuses_to_remove_what_was_never_added() -> None:
    statistics = Statistics(SIZE)
    statistics.add(embeddings(0, 2), [1, 1])
    with pytest.raises(ValueError, match="more embeddings"):
        statistics.remove(embeddings(0, 3), [1, 1, 1])
    assert statistics.count == 2


@pytest.mark.parametrize("count", [1, 2, 30])
def test_finite_with_one_sample_and_with_identical_samples(count: int) -> None:
    statistics = Statistics(SIZE)
    same = np.repeat(embeddings(3, 1), count, axis=0)
    statistics.add(same, [7] * count)
    assert statistics.discriminant(0.1).head(4.0).is_finite
    statistics.add(embeddings(4, 1), [8])
    head = statistics.discriminant(0.1).head(4.0)
    assert head.is_finite
    assert head.class_ids[logits(head, same)[0].argmax()] == 7


def test_without_samples_there_is_a_head_without_classes() -> None:
    head = Statistics(SIZE).discriminant(0.1).head(4.0)
    assert head.class_ids == ()
    assert head.kernel.shape == (SIZE, 0)


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=8))
def test_softmax_is_a_distribution(scores: list[float]) -> None:
    shares = softmax(np.array([scores], np.float32))
    assert shares.min() >= 0
    assert shares.sum() == pytest.approx(1, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), columns=st.integers(0, 5))
def test_solves_for_as_many_columns_as_there_are(seed: int, columns: int) -> None:
    random = np.random.default_rng(seed)
    root = random.normal(size=(SIZE, SIZE))
    covariance, right = root @ root.T + 0.1 * np.eye(SIZE), random.normal(size=(SIZE, columns))
    found = solve(covariance, right)
    assert found.shape == right.shape
    assert np.allclose(covariance @ found, right, atol=1e-8)


def test_what_is_no_number_stays_none() -> None:
    assert np.isnan(solve(np.full((2, 2), np.nan), np.ones((2, 1)))).all()


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=20, unique=True), st.data())
def test_columns_are_those_of_the_head_whatever_its_order(among: list[int], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(among), max_size=30))
    assert columns_of(np.array(asked, np.int64), among).tolist() == [among.index(class_id) for class_id in asked]
