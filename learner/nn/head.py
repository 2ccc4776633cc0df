# SPDX-License-Identifier: Apache-2.0
"""The trainable head: one linear layer with room for more classes than there are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from learner.nn.device import fallen_back, has_failed, scope
from learner.types import Device, HeadWeights, Vectors

_log = logging.getLogger(__name__)

_OFF = -1e9

_T = TypeVar("_T")


class MaskedDense(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """A linear layer whose unused columns are switched off by a mask.

    Adding a class then changes values and not shapes, so that `train_on_batch` is never traced again.
    """

    def __init__(self, columns: int, **options: Any) -> None:
        super().__init__(**options)
        self.columns = columns

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Make the weights for embeddings (n, d)."""
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], self.columns), initializer="zeros")
        self.bias = self.add_weight(name="bias", shape=(self.columns,), initializer="zeros")
        self.mask = self.add_weight(name="mask", shape=(self.columns,), initializer="zeros", trainable=False)

    def call(self, x: Any) -> Any:
        """Return logits (n, columns); switched-off columns are so low that softmax gives them nothing."""
        return ops.matmul(x, self.kernel) + self.bias + self.mask


class KerasHead:
    """`learner.engine.Model` on Keras: Adam, sparse cross-entropy, fixed batch shapes.

    When a GPU runs out of memory or is lost, the step under way is taken on the CPU, from the weights and moments as
    they are, and so is everything after it; `device` then says so. An increment is not lost by it.

    Args:
        embedding_size: d.
        batch_sizes: how many rows a batch may have.
        capacity: columns at first; doubles when there are more classes.
        device: where TensorFlow was told to train.
    """

    def __init__(self, embedding_size: int, batch_sizes: Sequence[int], capacity: int, device: Device) -> None:
        self.device = device
        self._size = embedding_size
        self._batches = batch_sizes
        self._classes = 0
        self._begun: HeadWeights | None = None
        self._on_device(lambda: self._build(capacity))

    def start(self, head: HeadWeights) -> None:
        """Begin an increment at these weights, with fresh moments."""
        self._begun = head
        self._on_device(lambda: self._start(head), self._rebuild)

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        """Take one step on embeddings x (batch, d) and columns y (batch,); return its loss and accuracy."""
        return self._on_device(lambda: self._step(x, y, learning_rate), self._rebuild)

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return kernel (d, classes) and bias (classes,)."""
        return self._on_device(self._read, self._rebuild)

    def _on_device(self, act: Callable[[], _T], recover: Callable[[], None] = lambda: None) -> _T:
        """Do something where training runs; when a GPU fails in it, recover on the CPU and do it there."""
        try:
            with scope(self.device):
                return act()
        except Exception as error:  # what a GPU fails with is for `has_failed` to know
            if self.device.kind != "GPU" or not has_failed(error):
                raise
            _log.warning("the GPU failed", exc_info=True)
            self.device = fallen_back(self.device, error)
        with scope(self.device):
            recover()
            return act()

    def _rebuild(self) -> None:
        """Make the head anew at the weights and moments that it has, or where it started if a GPU is lost with them."""
        try:
            values = [ops.convert_to_numpy(variable) for variable in self._variables()]
        except Exception as error:
            if not has_failed(error):
                raise
            values = None
        self._build(self._layer.columns)
        if values is not None:
            for variable, value in zip(self._variables(), values, strict=True):
                variable.assign(value)
        elif self._begun is not None:
            self._start(self._begun)

    def _variables(self) -> list[Any]:
        return [self._layer.kernel, self._layer.bias, self._layer.mask, *self._optimiser.variables]

    def _start(self, head: HeadWeights) -> None:
        classes = len(head.class_ids)
        capacity = self._layer.columns
        while capacity < classes:
            capacity *= 2
        if capacity != self._layer.columns:
            self._build(capacity)
        kernel = np.zeros((self._size, capacity), np.float32)
        bias = np.zeros(capacity, np.float32)
        mask = np.full(capacity, _OFF, np.float32)
        kernel[:, :classes], bias[:classes], mask[:classes] = head.kernel, head.bias, 0
        self._layer.kernel.assign(kernel)
        self._layer.bias.assign(bias)
        self._layer.mask.assign(mask)
        for variable in self._optimiser.variables:
            variable.assign(ops.zeros_like(variable))
        self._classes = classes

    def _step(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        self._optimiser.learning_rate.assign(learning_rate)
        self._model.reset_metrics()  # until Keras 3.15 the returned values were running means over all calls
        loss, accuracy = self._model.train_on_batch(x, y)
        return float(loss), float(accuracy)

    def _read(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        kernel = np.array(self._layer.kernel, np.float32)[:, : self._classes]
        return np.ascontiguousarray(kernel), np.array(self._layer.bias, np.float32)[: self._classes]

    def _build(self, capacity: int) -> None:
        layer = MaskedDense(capacity)
        model = keras.Sequential([keras.Input((self._size,)), layer])
        optimiser = keras.optimizers.Adam(0.001)
        # XLA costs more to compile than a head of this size ever gains, on a GPU too.
        model.compile(
            optimizer=optimiser,
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            jit_compile=False,
        )
        # The first call with a shape traces, which takes up to a second: better now than in the middle of an increment.
        for rows in self._batches:
            model.train_on_batch(np.zeros((rows, self._size), np.float32), np.zeros(rows, np.int64))
        # Not before: a GPU that fails on the way leaves the head that there was.
        self._layer, self._model, self._optimiser = layer, model, optimiser
