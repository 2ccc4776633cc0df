# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from learner.discriminant import logits
from learner.types import Device, HeadWeights, Vectors

pytest.importorskip("tensorflow")

import keras
import tensorflow as tf

from learner.errors import MemoryFault
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
    worse, accuracy = head.train_on_batch(x, (y + 1) % 3, 0.0)
    assert worse > first
    assert accuracy == 0.0


def test_an_increment_carries_nothing_over_from_the_one_before() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    first = trained(head, classes=3)
    trained(head, classes=2)
    again = trained(head, classes=3)
    assert np.array_equal(first.kernel, again.kernel)
    assert np.array_equal(first.bias, again.bias)


def test_neither_a_class_more_nor_another_rate_is_traced_again(monkeypatch: pytest.MonkeyPatch) -> None:
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
        head.train_on_batch(*blobs(classes), 0.01 * classes)
    assert traced == []


def test_each_step_goes_at_its_own_rate() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    x, y = blobs(3)
    head.start(zeros(3))
    moved = []
    for rate in (0.0, 0.1, 0.2):
        before = head.weights()[0]
        head.train_on_batch(x, y, rate)
        moved.append(np.abs(head.weights()[0] - before).max())
    assert moved[0] == 0
    # The gradient hardly changes, so a step of Adam is about as long as its rate.
    assert moved[1:] == pytest.approx([0.1, 0.2], rel=0.3)


def test_capacity_doubles() -> None:
    head = KerasHead(SIZE, [BATCH], capacity=2, device=DEVICE)
    assert trained(head, classes=5).kernel.shape == (SIZE, 5)
    assert head._layer.columns == 8


GPU = Device("GPU", "Fake 3000", "It is a test.")
FULL = tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
LOST = tf.errors.InternalError(None, None, "CUDA error: unspecified launch failure")


def failing(times: int, error: Exception, act: Any) -> Any:
    """Return what raises an error for the first few times, and then acts."""
    left = times

    def tried(*given: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left >= 0:
            raise error
        return act(*given, **options)

    return tried


@pytest.mark.parametrize(("error", "told"), [(FULL, "ran out of memory"), (LOST, "unspecified launch failure")])
def test_a_gpu_that_fails_costs_no_step(monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    x, y = blobs(3)
    heads = [KerasHead(SIZE, [BATCH], capacity=4, device=GPU) for _ in range(2)]
    for head in heads:
        head.start(zeros(3))
        head.train_on_batch(x, y, 0.05)
    monkeypatch.setattr(heads[0]._model, "train_on_batch", failing(1, error, heads[0]._model.train_on_batch))
    assert heads[0].train_on_batch(x, y, 0.05) == heads[1].train_on_batch(x, y, 0.05)
    assert heads[0].device.kind == "CPU"
    assert told in heads[0].device.reason
    assert heads[1].device == GPU
    assert heads[0].train_on_batch(x, y, 0.05) == heads[1].train_on_batch(x, y, 0.05), "the moments are kept as well"
    for kept, wanted in zip(heads[0].weights(), heads[1].weights(), strict=True):
        assert np.array_equal(kept, wanted)


def test_a_gpu_that_takes_the_weights_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=GPU)
    x, y = blobs(3)
    head.start(zeros(3))
    first = head.train_on_batch(x, y, 0.1)
    monkeypatch.setattr(head._model, "train_on_batch", failing(1, LOST, head._model.train_on_batch))
    monkeypatch.setattr("learner.nn.head.ops.convert_to_numpy", failing(1, LOST, keras.ops.convert_to_numpy))
    assert head.train_on_batch(x, y, 0.1) == first, "it goes on where the increment began"
    assert head.device.kind == "CPU"


def test_a_gpu_that_is_full_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras.Sequential, "train_on_batch", failing(1, FULL, keras.Sequential.train_on_batch))
    head = KerasHead(SIZE, [BATCH], capacity=4, device=GPU)
    assert head.device.kind == "CPU"
    assert trained(head, classes=3, steps=1).kernel.shape == (SIZE, 3)


def test_a_gpu_that_has_no_room_for_more_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    head = KerasHead(SIZE, [BATCH], capacity=2, device=GPU)
    monkeypatch.setattr(keras.Sequential, "train_on_batch", failing(1, FULL, keras.Sequential.train_on_batch))
    assert trained(head, classes=3, steps=1).kernel.shape == (SIZE, 3)
    assert head.device.kind == "CPU"


@pytest.mark.parametrize(
    ("device", "error"), [(GPU, ValueError("a bug")), (DEVICE, ValueError("a bug")), (DEVICE, LOST)]
)
def test_what_is_no_gpu_s_doing_is_raised(monkeypatch: pytest.MonkeyPatch, device: Device, error: Exception) -> None:
    head = KerasHead(SIZE, [BATCH], capacity=4, device=device)
    head.start(zeros(3))
    monkeypatch.setattr(head._model, "train_on_batch", failing(1, error, head._model.train_on_batch))
    with pytest.raises(type(error)):
        head.train_on_batch(*blobs(3), 0.05)
    assert head.device == device


def test_a_machine_without_memory_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = blobs(3)
    head = KerasHead(SIZE, [BATCH], capacity=4, device=DEVICE)
    head.start(zeros(3))
    monkeypatch.setattr(head._model, "train_on_batch", failing(2, FULL, head._model.train_on_batch))
    for _ in range(2):
        with pytest.raises(MemoryFault):
            head.train_on_batch(x, y, 0.05)
    head.train_on_batch(x, y, 0.05)
