# SPDX-License-Identifier: Apache-2.0
"""How good a frozen backbone is: plain classifiers on its embeddings, measured on pictures it was not trained on."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray
from views import Pictures

from learner.discriminant import Statistics
from learner.pictures import read_image
from learner.preprocessing import model_input, normalise
from learner.types import Vectors

_SHRINKAGE = 0.1
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Probe:
    """Accuracies on the held-out pictures of one folder."""

    pictures: str
    classes: int
    train: int
    test: int
    nearest_mean: float
    discriminant: float
    logistic_regression: float


def probe(network: keras.Model, pictures: Pictures, seed: int) -> Probe:
    """Embed a labelled folder and measure on its held-out pictures: one view, centre square, unit length.

    The classifiers learn from pictures the network was trained on. Compare one network with another by it, and not
    with figures of pictures that it never saw.
    """
    keras.utils.set_random_seed(seed)
    x = embed(network, pictures)
    _, y = np.unique(pictures.labels, return_inverse=True)
    chosen, spared = ~pictures.held_out, pictures.held_out
    statistics = Statistics(x.shape[1])
    statistics.add(x[chosen], y[chosen].tolist())
    found = statistics.discriminant(_SHRINKAGE)
    ids = np.array(found.class_ids)
    distance = -2 * x[spared] @ found.means.T + np.square(found.means).sum(axis=1)
    scores = x[spared] @ found.kernel + found.bias
    return Probe(
        pictures.name,
        len(ids),
        int(chosen.sum()),
        int(spared.sum()),
        float((ids[distance.argmin(axis=1)] == y[spared]).mean()),
        float((ids[scores.argmax(axis=1)] == y[spared]).mean()),
        _logistic_regression(x[chosen], y[chosen], x[spared], y[spared]),
    )


def embed(network: keras.Model, pictures: Pictures) -> Vectors:
    """Return what a network whose input is RGB 0…255 says of pictures, (n, d), scaled to unit length."""
    size, made = network.input_shape[1], []
    for start in range(0, len(pictures.files), _BATCH):
        seen = [model_input(read_image(file), size)[..., ::-1] for file in pictures.files[start : start + _BATCH]]
        made.append(network.predict_on_batch(np.stack(seen).astype(np.float32)))
    embeddings = np.concatenate(made)
    return normalise(embeddings, non_negative=bool((embeddings >= 0).all()))


def _logistic_regression(
    x: Vectors, y: NDArray[np.int64], x_test: Vectors, y_test: NDArray[np.int64], steps: int = 300
) -> float:
    """Return the accuracy of multinomial logistic regression, fitted to all rows at once under a slight penalty."""
    middle, spread = x.mean(axis=0), x.std() + 1e-6
    layer = keras.layers.Dense(
        int(y.max()) + 1, kernel_initializer="zeros", kernel_regularizer=keras.regularizers.L2(1e-4)
    )
    model = keras.Sequential([keras.Input((x.shape[1],)), layer])
    optimiser = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.03, steps))
    model.compile(optimiser, keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False)
    standard = (x - middle) / spread
    for _ in range(steps):
        model.train_on_batch(standard, y)
    scores = ops.convert_to_numpy(model.predict_on_batch((x_test - middle) / spread))
    return float((scores.argmax(axis=1) == y_test).mean())
