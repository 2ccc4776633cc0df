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

from learner.errors import MemoryFault
from learner.nn.device import fallen_back, has_failed, is_out_of_memory, scope
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


class Stateless(keras.Sequential):  # type: ignore[misc]  # Keras ships no types
    """A classifier whose `train_on_batch` has nothing to do outside the traced step.

    Metrics of Keras are running means in variables, which are set back before each call, an operation each; so is
    setting the rate. For a head of this size that takes half as long as the step itself. Here loss and accuracy are
    those of the batch alone, and the rate comes with the batch: `train_on_batch((x, rate), y, return_dict=True)`, with
    the rate as float32, for a number of Python's would be traced anew each time.
    """

    @property
    def metrics(self) -> list[Any]:
        """Nothing that has to be set back."""
        return []

    def train_step(self, data: Any) -> dict[str, Any]:
        """Take one step at a rate; this is what is traced."""
        (x, rate), y, _ = data
        self.optimizer.learning_rate.assign(rate)
        told: dict[str, Any] = super().train_step((x, y, None))
        return told

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        """Return the mean cross-entropy of logits `y_pred` (n, columns) and columns y (n,)."""
        return ops.mean(ops.sparse_categorical_crossentropy(y, y_pred, from_logits=True))

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict[str, Any]:
        """Return what `train_on_batch` tells of a batch."""
        right = ops.equal(ops.argmax(y_pred, axis=1), ops.cast(y, "int32"))
        return {"loss": self.compute_loss(x, y, y_pred), "accuracy": ops.mean(ops.cast(right, "float32"))}


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

    def pull(self, share: float) -> None:
        """Move the weights back by a share of the way to where the increment began."""
        begun = self._begun
        if begun is not None:
            kernel, bias = self.weights()
            kernel, bias = kernel + share * (begun.kernel - kernel), bias + share * (begun.bias - bias)
            self._on_device(lambda: self._put(kernel, bias), self._rebuild)

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return kernel (d, classes) and bias (classes,)."""
        return self._on_device(self._read, self._rebuild)

    def _on_device(self, act: Callable[[], _T], recover: Callable[[], None] = lambda: None) -> _T:
        """Do something where training runs; when a GPU fails in it, recover on the CPU and do it there."""
        try:
            with scope(self.device):
                return act()
        except Exception as error:  # what a GPU fails with is for `has_failed` to know
            if self.device.kind != "GPU" and is_out_of_memory(error):
                raise MemoryFault from error
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
        mask = np.full(capacity, _OFF, np.float32)
        mask[:classes] = 0
        self._put(head.kernel, head.bias)
        self._layer.mask.assign(mask)
        for variable in self._optimiser.variables:
            variable.assign(ops.zeros_like(variable))
        self._classes = classes

    def _put(self, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """Set the columns that are in use, and the others to nothing."""
        classes, capacity = len(bias), self._layer.columns
        self._layer.kernel.assign(np.pad(kernel, ((0, 0), (0, capacity - classes))).astype(np.float32))
        self._layer.bias.assign(np.pad(bias, (0, capacity - classes)).astype(np.float32))

    def _step(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        told = self._model.train_on_batch((x, np.float32(learning_rate)), y, return_dict=True)
        return told["loss"], told["accuracy"]

    def _read(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        kernel = np.array(self._layer.kernel, np.float32)[:, : self._classes]
        return np.ascontiguousarray(kernel), np.array(self._layer.bias, np.float32)[: self._classes]

    def _build(self, capacity: int) -> None:
        layer = MaskedDense(capacity)
        model = Stateless([keras.Input((self._size,)), layer])
        optimiser = keras.optimizers.Adam()
        # XLA costs more to compile than a head of this size ever gains, on a GPU too.
        model.compile(optimizer=optimiser, jit_compile=False)
        # The first call with a shape traces, which takes up to a second: better now than in the middle of an increment.
        for rows in self._batches:
            nothing = np.zeros((rows, self._size), np.float32), np.float32(0)
            model.train_on_batch(nothing, np.zeros(rows, np.int64), return_dict=True)
        # Not before: a GPU that fails on the way leaves the head that there was.
        self._layer, self._model, self._optimiser = layer, model, optimiser
