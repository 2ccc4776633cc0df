# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from learner.discriminant import logits
from learner.types import Device, HeadWeights, Vectors

pytest.importorskip("tensorflow")

from learner.nn.head import KerasHead

DEVICE = Device("CPU", "CPU", "It is a test.")
SIZE, BATCH = 8, 16


def blobs(classes: int) -> tuple[Vectors, np.ndarray]:
    random = np.random.default_rng(0)
    y = np.arange(BATCH) % classes
    centres = random.normal(size=(classes, SIZE))
    return np.asarray(centres[y] + random.normal(0, 0.1, (BATCH, SIZE)), np.float32), y


def zeros(classes: int) -> HeadWeights:
    return HeadWeights(np.zeros((SIZE, classes), np.float32), np.zeros(classes, np.float32), tuple(range(classes)))


def trained(head: KerasHead, classes: int, steps: int = 40) -> HeadWeights:
    x, y = blobs(classes)
    head.start(zeros(classes))
    for _ in range(steps):
        head.train_on_batch(x, y, 0.05)
    kernel, bias = head.weights()
    return HeadWeights(kernel, bias, tuple(range(classes)))


def test_learns_and_gives_back_what_it_learned() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    weights = trained(head, classes=3)
    x, y = blobs(3)
    assert weights.kernel.shape == (SIZE, 3)
    assert (logits(weights, x).argmax(axis=1) == y).all()


def test_starts_where_it_is_told_to() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    random = np.random.default_rng(1)
    start = HeadWeights(random.normal(size=(SIZE, 3)).astype(np.float32), np.ones(3, np.float32), (1, 2, 3))
    head.start(start)
    kernel, bias = head.weights()
    assert np.array_equal(kernel, start.kernel)
    assert np.array_equal(bias, start.bias)


def test_loss_is_that_of_this_batch_alone() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    x, y = blobs(3)
    head.start(zeros(3))
    first, _ = head.train_on_batch(x, y, 1e-9)
    assert first == pytest.approx(np.log(3), abs=1e-3), "unused columns take no part"
    for _ in range(30):
        last, accuracy = head.train_on_batch(x, y, 0.1)
    assert last < first / 4
    assert accuracy == 1.0


def test_an_increment_carries_nothing_over_from_the_one_before() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    first = trained(head, classes=3)
    trained(head, classes=2)
    again = trained(head, classes=3)
    assert np.array_equal(first.kernel, again.kernel)
    assert np.array_equal(first.bias, again.bias)


def test_a_class_more_is_not_traced_again(monkeypatch: pytest.MonkeyPatch) -> None:
    head = KerasHead(SIZE, [BATCH], capacity=8, device=DEVICE)
    traced: list[object] = []
    layer = head._layer
    call = layer.call

    def watched(x: Any) -> Any:
        traced.append(x.shape)
        return call(x)

    monkeypatch.setattr(layer, "call", watched)
    for classes in range(1, 9):
        trained(head, classes, steps=1)
    assert traced == []


def test_capacity_doubles() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=2, device=DEVICE)
    assert trained(head, classes=5).kernel.shape == (SIZE, 5)
    assert head._layer.columns == 8
