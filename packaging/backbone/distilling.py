# SPDX-License-Identifier: Apache-2.0
"""Teachers, the student, and one step of what it learns from them; on whatever backend Keras runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray
from views import NO_LABEL, Views

from learner.errors import UsageFault
from learner.nn import backbone

_DISTIL = 4.0
_SMOOTHING = 0.1
_RIDGE = 0.1
"""Weight of the penalty on the first projections, in units of the embeddings' mean variance."""


def at_size(model: keras.Model, size: int) -> keras.Model:
    """Return a fully convolutional network with the same weights, for pictures (n, size, size, 3)."""
    resized = keras.models.clone_model(model, input_tensors=keras.Input((size, size, 3)))
    resized.set_weights(model.get_weights())
    return resized


def student(start: Path | None, size: int, *, keeps_statistics: bool) -> keras.Model:
    """Return MobileNetV3-Small, pooled, RGB 0…255 (n, size, size, 3) → (n, 576), or the network in a file instead.

    Source: Howard et al., "Searching for MobileNetV3", ICCV 2019, as in `keras.applications`.

    Args:
        start: the file.
        size: side of the pictures it is to take.
        keeps_statistics: whether normalisation layers stay as they are: a step then costs two thirds, and a network
            that begins with what it knows forgets less of it.

    Raises:
        BackboneFault: the file holds no feature extractor.
        UsageFault: it takes pictures in another range.
    """
    if start is not None:
        network = at_size(backbone.load(start), size)
        info = backbone.describe(network, start.stem)
        if (info.low, info.high) != (0.0, 255.0):
            raise UsageFault(
                "That network cannot be trained here",
                f"{info.name} takes pictures from {info.low:g} to {info.high:g}.",
                "Start with one that takes 0 to 255, as MobileNetV3 with its own preprocessing does.",
            )
        for layer in network.layers:
            if keeps_statistics and isinstance(layer, keras.layers.BatchNormalization):
                layer.trainable = False
        return network
    return keras.applications.MobileNetV3Small(
        input_shape=(size, size, 3), include_top=False, pooling="avg", weights=None, include_preprocessing=True
    )


class Teacher:
    """A frozen backbone; its normalisation layers stay as they were trained.

    Args:
        path: a `.keras` file.
        size: side of the pictures it is shown, or None for the one it was made for.
    """

    def __init__(self, path: Path, size: int | None) -> None:
        model = backbone.load(path)
        info = backbone.describe(model, path.stem)
        self.name = info.name
        self.size = size or info.input_size
        self._model = at_size(model, self.size)
        self._low, self._scale = info.low, (info.high - info.low) / 255
        self.embedding_size = info.embedding_size

    def answers(self, views: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return its embeddings (n, d) of views (n, s, s, 3) uint8 RGB."""
        x = ops.cast(views, "float32")
        if views.shape[1] != self.size:
            x = ops.image.resize(x, (self.size, self.size), interpolation="bilinear", antialias=True)
        x = ops.convert_to_numpy(x) * self._scale + self._low
        return np.asarray(self._model.predict_on_batch(x), np.float32)


def _apart(wanted: Any, got: Any) -> Any:
    """Return 1 − cosine, (n,)."""
    return 1 - ops.sum(ops.normalize(wanted, axis=-1) * ops.normalize(got, axis=-1), axis=-1)


def _cross_entropy(labels: Any, logits: Any) -> Any:
    """Return the smoothed cross-entropy, (n,); it is 0 where there is no label."""
    labels = ops.reshape(labels, (-1,))
    wanted = ops.one_hot(ops.maximum(labels, 0), logits.shape[-1])
    wanted = wanted * (1 - _SMOOTHING) + _SMOOTHING / logits.shape[-1]
    apart = -ops.sum(wanted * ops.log_softmax(logits, axis=-1), axis=-1)
    return ops.where(labels == NO_LABEL, 0.0, apart)


class Distiller:
    """A student in training, with the layers that are thrown away afterwards.

    Each teacher's standardised embedding is met through a linear projection of the student's (4 × (1 − cosine)), and
    labels through a linear classifier.

    Args:
        network: the student.
        sizes: d of each teacher's embedding.
        classes: how many columns the labels have.
        label_weight: of the cross-entropy.
        decay: AdamW's weight decay (Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR 2019).
    """

    def __init__(
        self, network: keras.Model, sizes: Sequence[int], classes: int, label_weight: float, decay: float
    ) -> None:
        self.network = network
        self._projections = [keras.layers.Dense(size, name=f"teacher_{place}") for place, size in enumerate(sizes)]
        outputs = {layer.name: layer(network.output) for layer in self._projections}
        losses: dict[str, Any] = dict.fromkeys(outputs, _apart)
        weights = dict.fromkeys(outputs, _DISTIL / len(sizes))
        if classes:
            outputs["labels"] = keras.layers.Dense(classes, kernel_initializer="zeros", name="labels")(network.output)
            losses["labels"], weights["labels"] = _cross_entropy, label_weight
        self._has_labels = bool(classes)
        self._model = keras.Model(network.input, outputs)
        self._optimiser = keras.optimizers.AdamW(1e-3, weight_decay=decay)
        self._optimiser.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
        self._optimiser.build(self._model.trainable_variables)
        self._model.compile(optimizer=self._optimiser, loss=losses, loss_weights=weights, jit_compile=False)
        self._means = [np.zeros(size, np.float32) for size in sizes]
        self._scales = [np.ones(size, np.float32) for size in sizes]

    def begin(self, views: Views) -> None:
        """Take the teachers' means and spreads from views, and the best linear projections onto their answers.

        Starting at the ridge regression spares a student that knows something from being shaken by random projections.
        """
        x = np.concatenate(
            [
                self.network.predict_on_batch(views.pictures[row : row + 64].astype(np.float32))
                for row in range(0, len(views.labels), 64)
            ]
        ).astype(np.float64)
        middle = x.mean(axis=0)
        x -= middle
        moment = x.T @ x
        moment.flat[:: len(moment) + 1] += _RIDGE * max(float(np.trace(moment)) / len(moment), 1e-6)
        for place, (layer, answers) in enumerate(zip(self._projections, views.answers, strict=True)):
            self._means[place] = answers.mean(axis=0)
            self._scales[place] = 1 / (answers.std(axis=0) + 1e-3)
            kernel = np.linalg.solve(moment, x.T @ self._standard(place, answers))
            layer.set_weights([kernel, -middle @ kernel])

    def step(self, views: Views, rate: float) -> dict[str, float]:
        """Take one step at a learning rate; return the losses, `loss` being the whole."""
        self._optimiser.learning_rate.assign(rate)
        wanted: dict[str, Any] = {
            layer.name: self._standard(place, answers)
            for place, (layer, answers) in enumerate(zip(self._projections, views.answers, strict=True))
        }
        if self._has_labels:
            wanted["labels"] = views.labels
        self._model.reset_metrics()  # the returned values are running means over all calls otherwise
        found = self._model.train_on_batch(views.pictures.astype(np.float32), wanted, return_dict=True)
        return {name.removesuffix("_loss"): float(value) for name, value in found.items()}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all there is to go on from: weights, the optimiser's variables, the teachers' means and spreads."""
        return {
            **_numbered("network", self.network.weights),
            **_numbered("thrown_away", self._thrown_away()),
            **_numbered("optimiser", self._optimiser.variables),
            **_numbered("mean", self._means),
            **_numbered("scale", self._scales),
        }

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Go on from what `arrays` returned.

        Raises:
            UsageFault: they are another student's.
        """
        groups = (
            ("network", self.network.weights),
            ("thrown_away", self._thrown_away()),
            ("optimiser", self._optimiser.variables),
        )
        for name, variables in groups:
            for place, variable in enumerate(variables):
                found = arrays.get(f"{name}/{place}")
                if found is None or found.shape != tuple(variable.shape):
                    raise UsageFault(
                        "That checkpoint is of another network",
                        f"Its {name}/{place} does not fit.",
                        "Give the arguments it was made with, or another --out.",
                    )
                variable.assign(found)
        self._means = [arrays[f"mean/{place}"] for place in range(len(self._means))]
        self._scales = [arrays[f"scale/{place}"] for place in range(len(self._scales))]

    def _thrown_away(self) -> list[Any]:
        own = {id(variable) for variable in self.network.weights}
        return [variable for variable in self._model.weights if id(variable) not in own]

    def _standard(self, place: int, answers: NDArray[np.float32]) -> NDArray[np.float32]:
        return (answers - self._means[place]) * self._scales[place]


def _numbered(name: str, values: Sequence[Any]) -> dict[str, NDArray[Any]]:
    return {f"{name}/{place}": np.asarray(ops.convert_to_numpy(value)) for place, value in enumerate(values)}
