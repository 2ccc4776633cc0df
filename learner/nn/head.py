# SPDX-License-Identifier: Apache-2.0
"""The trainable head: one linear layer with room for more classes than there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from learner.types import Device, HeadWeights, Vectors

_OFF = -1e9


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
        self._build(capacity)

    def start(self, head: HeadWeights) -> None:
        """Begin an increment at these weights, with fresh moments."""
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

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        """Take one step on embeddings x (batch, d) and columns y (batch,); return its loss and accuracy."""
        self._optimiser.learning_rate.assign(learning_rate)
        self._model.reset_metrics()  # until Keras 3.15 the returned values were running means over all calls
        loss, accuracy = self._model.train_on_batch(x, y)
        return float(loss), float(accuracy)

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return kernel (d, classes) and bias (classes,)."""
        kernel = np.array(self._layer.kernel, np.float32)[:, : self._classes]
        return np.ascontiguousarray(kernel), np.array(self._layer.bias, np.float32)[: self._classes]

    def _build(self, capacity: int) -> None:
        self._layer = MaskedDense(capacity)
        self._model = keras.Sequential([keras.Input((self._size,)), self._layer])
        self._optimiser = keras.optimizers.Adam(0.001)
        # XLA costs more to compile than a head of this size ever gains, on a GPU too.
        self._model.compile(
            optimizer=self._optimiser,
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            jit_compile=False,
        )
        # The first call with a shape traces, which takes up to a second: better now than in the middle of an increment.
        for rows in self._batches:
            self._model.train_on_batch(np.zeros((rows, self._size), np.float32), np.zeros(rows, np.int64))
