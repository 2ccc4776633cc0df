# SPDX-License-Identifier: Apache-2.0
"""One step of training the head, beside the same step written by hand and by others.

Everybody takes the same step: embeddings as long as those of the embedded backbone, as many columns as a head has room
for, all but those of ten classes masked, cross-entropy, Adam, and loss and accuracy as numbers in Python. It starts at
NumPy arrays, because the embeddings come from a file, on one thread, as in the learner, and with another rate each
time. Rounds take turns in blocks of steps. `fit` gets an epoch of 50 batches at once and cannot be interrupted between
them.

PyTorch is no part of Showtell's environment; `SHOWTELL_BENCH_TORCH` names a Python that has it.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks import torch_step
from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.suite import Setting
from learner.backbones import embedded
from learner.config import LearnerConfig
from learner.nn import device as devices
from learner.quiet import quiet_stderr
from learner.types import Device, HeadWeights, Vectors

_CLASSES = 10
_BLOCK = 20
"""Steps of a block; a round is a block of each, and short, so that what else the machine does meets both of a ratio."""
_FITTED = 50
"""Steps of a `fit`, which has to begin before it takes any."""
_ROUNDS = 40
_RATE = 0.002
_OFF = -1e9
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-7
"""Decay of Adam's moments, and what keeps it from dividing by nothing, as Keras has them."""

_OURS, _BARE = "train_on_batch, as Showtell calls it", "tf.function by hand"
_KERAS, _FIT, _TORCH, _NUMPY = "train_on_batch, as Keras has it", "fit", "PyTorch", "NumPy by hand"
_CALL, _PRODUCTS = "a call of TensorFlow with the arrays", "that with the products of matrices"

Take = Callable[[Vectors, NDArray[np.int64], float], tuple[float, float]]
"""Takes one step on embeddings (batch, d) and columns (batch,) at a rate; returns loss and accuracy."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What a step is taken on: embeddings (rows, d) of unit length and their columns (rows,)."""

    x: Vectors
    y: NDArray[np.int64]

    @classmethod
    def drawn(cls, rows: int, size: int) -> Batch:
        """Return one that is always the same."""
        x = np.random.default_rng(0).standard_normal((rows, size), np.float32)
        return cls(x / np.linalg.norm(x, axis=1, keepdims=True), np.arange(rows) % _CLASSES)


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure the steps that the settings that ship take awake and asleep."""
    with quiet_stderr(), threadpool_limits(1, user_api="blas"):
        device = devices.choose("cpu")
        config, size = LearnerConfig(), embedded().info.embedding_size
        sizes = {"awake": config.batch_size, "asleep": config.sleep_batch_size}
        steps: dict[str, Take] = {
            _OURS: ours(size, config, device),
            _BARE: _by_tensorflow(size, config.capacity),
            _KERAS: _by_keras(size, config.capacity),
            _NUMPY: _by_numpy(size, config.capacity),
        }
        fit = _by_fit(size, config.capacity)
        pieces = _pieces(size, config.capacity)
        with _torch(size, config.capacity) as torch:
            for state, rows in sizes.items():
                batch = Batch.drawn(rows, size)
                contenders = {name: _block(take, batch) for name, take in steps.items()} | {_FIT: fit(batch)}
                if torch:
                    contenders[_TORCH] = partial(torch.microseconds, rows)
                found = alternate(
                    contenders | {name: _block(take, batch) for name, take in pieces.items()}, setting.rounds(_ROUNDS)
                )
                yield from _figures(found, f"{state}, {rows} rows", torch.version if torch else "")
                yield from _shares(found, f"where it goes {state}")


def ours(size: int, config: LearnerConfig, device: Device) -> Take:
    """Return the step of a head as the app makes it, at its start."""
    from learner.nn.head import KerasHead

    head = KerasHead(size, sorted({config.batch_size, config.sleep_batch_size}), config.capacity, device)
    zeros = np.zeros((size, _CLASSES), np.float32), np.zeros(_CLASSES, np.float32)
    head.start(HeadWeights(*zeros, tuple(range(_CLASSES))))
    return head.train_on_batch


def microseconds(take: Take, batch: Batch, steps: int = _BLOCK) -> float:
    """Return how long a step takes, by the mean over so many."""
    began = time.perf_counter()
    for number in range(steps):
        take(batch.x, batch.y, _RATE * (1 + math.cos(math.pi * number / steps)) / 2)
    return (time.perf_counter() - began) / steps * 1e6


def _block(take: Take, batch: Batch) -> Callable[[], float]:
    return lambda: microseconds(take, batch)


def _figures(found: dict[str, list[float]], part: str, torch: str) -> Iterator[Figure]:
    yield over_rounds(_OURS, found[_OURS], "µs", part=part)
    yield over_rounds(_BARE, found[_BARE], "µs", part=part)
    yield ratio("Showtell's, of that by hand", found[_OURS], found[_BARE], goal=1.3, part=part)
    for name in (_KERAS, _FIT, _TORCH, _NUMPY):
        if name in found:
            yield over_rounds(name, found[name], "µs", part=part, note=torch if name == _TORCH else "")
            yield ratio(f"{name}, of Showtell's", found[name], found[_OURS], part=part)


def _shares(found: dict[str, list[float]], part: str) -> Iterator[Figure]:
    """Return what share of our step is whose: differences of what was measured in the same round."""
    whole, bare, call, products = (np.array(found[name]) for name in (_OURS, _BARE, _CALL, _PRODUCTS))
    shares = {
        _CALL: call,
        "products of matrices": products - call,
        "softmax, gradient, Adam": bare - products,
        "what Keras adds": whole - bare,
    }
    for name, share in shares.items():
        yield over_rounds(name, (share / whole).tolist(), "%", part=part)


def _mask(columns: int) -> Vectors:
    return np.where(np.arange(columns) < _CLASSES, 0, _OFF).astype(np.float32)


def _by_tensorflow(size: int, columns: int) -> Take:
    """Return the step as one writes it in TensorFlow where every microsecond counts."""
    import tensorflow as tf

    kernel, bias = tf.Variable(tf.zeros((size, columns))), tf.Variable(tf.zeros(columns))
    mask = tf.constant(_mask(columns))
    number = tf.Variable(0.0)
    moments = [(tf.Variable(tf.zeros_like(one)), tf.Variable(tf.zeros_like(one))) for one in (kernel, bias)]

    def step(x: Any, y: Any, rate: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = tf.matmul(x, kernel) + bias + mask
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        count = number.assign_add(1)
        scaled = rate * tf.sqrt(1 - _SECOND**count) / (1 - _FIRST**count)
        gradients = tape.gradient(loss, (kernel, bias))
        for variable, gradient, (first, second) in zip((kernel, bias), gradients, moments, strict=True):
            mean = first.assign_add((gradient - first) * (1 - _FIRST))
            square = second.assign_add((tf.square(gradient) - second) * (1 - _SECOND))
            variable.assign_sub(scaled * mean / (tf.sqrt(square) + _TINY))
        right = tf.equal(tf.argmax(logits, axis=1), y)
        return loss, tf.reduce_mean(tf.cast(right, tf.float32))

    return _calling(tf.function(step))


def _by_keras(size: int, columns: int) -> Take:
    """Return `train_on_batch` of a model that is compiled as every example of Keras has it."""
    model = _keras_model(size, columns)

    def take(x: Vectors, y: NDArray[np.int64], rate: float) -> tuple[float, float]:
        model.optimizer.learning_rate = rate
        loss, accuracy = model.train_on_batch(x, y)
        return float(loss), float(accuracy)

    return take


def _by_fit(size: int, columns: int) -> Callable[[Batch], Callable[[], float]]:
    """Return what gives a round of `fit`: microseconds a step, over an epoch of them."""
    model = _keras_model(size, columns)

    def round_of(batch: Batch) -> Callable[[], float]:
        rows = len(batch.y)
        x, y = np.tile(batch.x, (_FITTED, 1)), np.tile(batch.y, _FITTED)

        def timed() -> float:
            began = time.perf_counter()
            model.fit(x, y, batch_size=rows, epochs=1, verbose=0)
            return (time.perf_counter() - began) / _FITTED * 1e6

        return timed

    return round_of


def _keras_model(size: int, columns: int) -> Any:
    import keras

    from learner.nn.head import MaskedDense

    layer = MaskedDense(columns)
    model = keras.Sequential([keras.Input((size,)), layer])
    layer.mask.assign(_mask(columns))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(_RATE), loss, metrics=["accuracy"], jit_compile=False)
    return model


def _by_numpy(size: int, columns: int) -> Take:
    """Return the step in NumPy."""
    kernel, bias, mask = np.zeros((size, columns), np.float32), np.zeros(columns, np.float32), _mask(columns)
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in (kernel, bias)]
    number = 0

    def improve(variable: Vectors, gradient: Vectors, first: Vectors, second: Vectors, scaled: np.float32) -> None:
        first += (gradient - first) * np.float32(1 - _FIRST)
        second += (gradient * gradient - second) * np.float32(1 - _SECOND)
        variable -= scaled * first / (np.sqrt(second) + np.float32(_TINY))

    def take(x: Vectors, y: NDArray[np.int64], rate: float) -> tuple[float, float]:
        nonlocal number
        number += 1
        logits = x @ kernel + (bias + mask)
        rows = np.arange(len(y))
        accuracy = float((logits.argmax(axis=1) == y).mean())
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.exp(logits)
        total = chances.sum(axis=1, keepdims=True)
        loss = float((np.log(total[:, 0]) - logits[rows, y]).mean())
        chances /= total
        chances[rows, y] -= 1
        chances /= len(y)
        scaled = np.float32(rate * math.sqrt(1 - _SECOND**number) / (1 - _FIRST**number))
        improve(kernel, x.T @ chances, *moments[0], scaled)
        improve(bias, chances.sum(axis=0), *moments[1], scaled)
        return loss, accuracy

    return take


def _pieces(size: int, columns: int) -> dict[str, Take]:
    """Return parts of the step by themselves: a call of TensorFlow that computes nothing, and one that multiplies."""
    import tensorflow as tf

    kernel = tf.Variable(tf.zeros((size, columns)))

    def called(x: Any, y: Any, rate: Any) -> Any:
        return tf.zeros(()), tf.zeros(())

    def multiplied(x: Any, y: Any, rate: Any) -> Any:
        product = tf.matmul(x, tf.matmul(x, kernel), transpose_a=True)
        return product[0, 0], tf.zeros(())

    return {_CALL: _calling(tf.function(called)), _PRODUCTS: _calling(tf.function(multiplied))}


def _calling(function: Any) -> Take:
    def take(x: Vectors, y: NDArray[np.int64], rate: float) -> tuple[float, float]:
        loss, accuracy = function(x, y, np.float32(rate))
        return float(loss), float(accuracy)

    return take


@dataclass(frozen=True, slots=True)
class _Torch:
    """PyTorch in a process of its own."""

    version: str
    questions: IO[str]
    answers: IO[str]

    def microseconds(self, rows: int) -> float:
        """Return how long a step takes, by the mean over a block."""
        print(rows, _BLOCK, file=self.questions, flush=True)
        return float(self.answers.readline())


@contextmanager
def _torch(size: int, columns: int) -> Iterator[_Torch | None]:
    """Give PyTorch; None where there is none."""
    command = [os.environ.get("SHOWTELL_BENCH_TORCH", sys.executable), str(Path(torch_step.__file__))]
    with subprocess.Popen(
        [*command, str(size), str(columns), str(_CLASSES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        questions, answers = cast(IO[str], child.stdin), cast(IO[str], child.stdout)
        try:
            version = answers.readline().strip()
            if not version:
                print("step: no PyTorch here; SHOWTELL_BENCH_TORCH names a Python that has it", file=sys.stderr)
            yield _Torch(f"PyTorch {version}", questions, answers) if version else None
        finally:
            child.kill()
