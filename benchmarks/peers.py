# SPDX-License-Identifier: Apache-2.0
"""What Showtell is measured against, each written as its users would write it.

All see the same embeddings in the same bursts. They train on the picture and answer from the picture, except those
"with views", which train on every view and answer from their mean, as Showtell does.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.row import Row, Setting
from benchmarks.stream import Burst, Labels
from learner.quiet import quiet_stderr
from learner.types import Vectors, View

_PICTURE = list(View).index(View.PICTURE)


class Peer:
    """What most of them share: nothing to store beforehand and nothing to do at the end."""

    def __init__(self, setting: Setting) -> None:
        self.classes = setting.material.classes
        self.size = setting.material.size
        self.seed = setting.seed

    def record(self, burst: Burst) -> None:
        """Store nothing."""

    def finish(self) -> None:
        """Do nothing."""


class StreamingLDA(Peer):
    """Deep SLDA (Hayes & Kanan, CVPRW 2020) in plain NumPy: means and one covariance, solved after each burst."""

    def __init__(self, setting: Setting, *, with_views: bool) -> None:
        super().__init__(setting)
        self._shrinkage = setting.choice
        self._with_views = with_views
        self._counts = np.zeros(self.classes)
        self._sums = np.zeros((self.classes, self.size))
        self._moment = np.zeros((self.size, self.size))

    def update(self, burst: Burst) -> None:
        """Count the burst in and solve."""
        x, y = _rows(burst.x, burst.y, self._with_views)
        x = x.astype(np.float64)
        self._moment += x.T @ x
        np.add.at(self._counts, y, 1)
        np.add.at(self._sums, y, x)
        met = np.flatnonzero(self._counts)
        means = self._sums[met] / self._counts[met, None]
        within = (self._moment - self._sums[met].T @ means) / max(1, self._counts.sum() - len(met))
        variance = max(float(np.trace(within)) / self.size, 1e-9)
        covariance = (1 - self._shrinkage) * within + self._shrinkage * variance * np.eye(self.size)
        self._kernel = np.linalg.solve(covariance, means.T)
        self._bias = -0.5 * np.einsum("cd,dc->c", means, self._kernel)
        self._met = met

    def predict(self, x: Vectors) -> Labels:
        """Return the class with the nearest mean under the covariance."""
        return _best(_answered(x, self._with_views) @ self._kernel + self._bias, self._met)


class LogisticRegression(Peer):
    """Scikit-learn's, once on everything; how strongly it is regularised is chosen on training pictures.

    Each class's last burst is held out for that where every class has several, else it is 5-fold cross-validation.
    """

    _STRENGTHS = (1.0, 10.0, 100.0, 1000.0)

    def __init__(self, setting: Setting, *, with_views: bool) -> None:
        import sklearn.linear_model
        import sklearn.model_selection  # noqa: F401

        super().__init__(setting)
        self._with_views = with_views
        self._bursts: list[Burst] = []

    def update(self, burst: Burst) -> None:
        """Keep the burst for the end."""
        self._bursts.append(burst)

    def finish(self) -> None:
        """Choose, then fit."""
        x = np.concatenate([burst.x for burst in self._bursts])
        y = np.concatenate([burst.y for burst in self._bursts])
        folds = self._folds(y)

        def held_out(strength: float) -> float:
            models = [(self._fit(x[fit], y[fit], strength), out) for fit, out in folds]
            return float(np.mean([model.score(_answered(x[out], self._with_views), y[out]) for model, out in models]))

        self._model = self._fit(x, y, max(self._STRENGTHS, key=held_out))

    def predict(self, x: Vectors) -> Labels:
        """Return the most likely class."""
        return np.asarray(self._model.predict(_answered(x, self._with_views)), np.int64)

    def _folds(self, y: Labels) -> list[tuple[Labels, Labels]]:
        from sklearn.model_selection import StratifiedKFold

        of_burst = [int(burst.y[0]) for burst in self._bursts]
        if min(of_burst.count(label) for label in of_burst) == 1:
            return list(StratifiedKFold(5, shuffle=True, random_state=self.seed).split(y, y))
        last = {label: number for number, label in enumerate(of_burst)}
        is_out = np.concatenate(
            [np.full(len(x.y), number == last[int(x.y[0])]) for number, x in enumerate(self._bursts)]
        )
        return [(np.flatnonzero(~is_out), np.flatnonzero(is_out))]

    def _fit(self, x: Vectors, y: Labels, strength: float) -> Any:
        from sklearn.linear_model import LogisticRegression as Classifier

        return Classifier(C=strength, max_iter=2000).fit(*_rows(x, y, self._with_views))


class NearestMean(Peer):
    """The class whose mean is nearest."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._counts = np.zeros(self.classes)
        self._sums = np.zeros((self.classes, self.size))

    def update(self, burst: Burst) -> None:
        """Count the burst in."""
        np.add.at(self._counts, burst.y, 1)
        np.add.at(self._sums, burst.y, burst.x[:, _PICTURE])

    def predict(self, x: Vectors) -> Labels:
        """Return the class of the nearest mean."""
        met = np.flatnonzero(self._counts)
        means = self._sums[met] / self._counts[met, None]
        return _best(x[:, _PICTURE] @ means.T - 0.5 * (means**2).sum(axis=1), met)


class Neighbours(Peer):
    """The vote of the ten nearest pictures by cosine; the nearer decide a tie."""

    _K = 10

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._x: list[Vectors] = []
        self._y: list[Labels] = []

    def update(self, burst: Burst) -> None:
        """Keep the burst."""
        self._x.append(burst.x[:, _PICTURE])
        self._y.append(burst.y)

    def predict(self, x: Vectors) -> Labels:
        """Return the class with most votes."""
        likeness = x[:, _PICTURE] @ np.concatenate(self._x).T
        nearest = np.argsort(-likeness, axis=1)[:, : self._K]
        votes = np.zeros((len(x), self.classes))
        closeness = np.take_along_axis(likeness, nearest, axis=1)
        np.add.at(votes, (np.arange(len(x))[:, None], np.concatenate(self._y)[nearest]), 1 + 1e-3 * closeness)
        return np.asarray(votes.argmax(axis=1), np.int64)


class StochasticGradient(Peer):
    """Scikit-learn's `SGDClassifier` with logistic loss: one `partial_fit` a burst."""

    def __init__(self, setting: Setting) -> None:
        from sklearn.linear_model import SGDClassifier

        super().__init__(setting)
        self._model = SGDClassifier(loss="log_loss", random_state=self.seed)

    def update(self, burst: Burst) -> None:
        """Take the burst in one pass."""
        self._model.partial_fit(burst.x[:, _PICTURE], burst.y, classes=np.arange(self.classes))

    def predict(self, x: Vectors) -> Labels:
        """Return the most likely class."""
        return np.asarray(self._model.predict(x[:, _PICTURE]), np.int64)


class River(Peer):
    """River's `SoftmaxRegression` as it comes: `learn_one` for each sample."""

    def __init__(self, setting: Setting) -> None:
        from river.linear_model import SoftmaxRegression

        super().__init__(setting)
        self._model: Any = SoftmaxRegression()

    def update(self, burst: Burst) -> None:
        """Take one sample after another."""
        for x, y in zip(burst.x[:, _PICTURE].tolist(), burst.y.tolist(), strict=True):
            self._model.learn_one(dict(enumerate(x)), y)

    def predict(self, x: Vectors) -> Labels:
        """Return the most likely class; with its weights in an array, since answers are off the clock."""
        met = sorted(self._model.weights)
        kernel = np.array([[self._model.weights[label][place] for place in range(self.size)] for label in met])
        return _best(x[:, _PICTURE] @ kernel.T, np.array(met))


class TeachableMachine(Peer):
    """Teachable Machine's recipe: a small network from scratch whenever one presses its button; here at the end."""

    EPOCHS = 50

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._keras = _keras(self.seed)
        self._bursts: list[Burst] = []

    def update(self, burst: Burst) -> None:
        """Keep the burst for the end."""
        self._bursts.append(burst)

    def finish(self) -> None:
        """Train from scratch."""
        self.begin()
        self.train(self.EPOCHS)

    def begin(self) -> None:
        """Make the network."""
        keras = self._keras
        self._model = keras.Sequential(
            [
                keras.Input((self.size,)),
                keras.layers.Dense(100, activation="relu"),
                keras.layers.Dense(self.classes, activation="softmax"),
            ]
        )
        self._model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", jit_compile=False)

    def train(self, epochs: int) -> None:
        """Train on all bursts."""
        x = np.concatenate([burst.x[:, _PICTURE] for burst in self._bursts])
        y = np.concatenate([burst.y for burst in self._bursts])
        self._model.fit(x, y, batch_size=16, epochs=epochs, verbose=0)

    def predict(self, x: Vectors) -> Labels:
        """Return the most likely class."""
        return np.asarray(self._model.predict_on_batch(x[:, _PICTURE]).argmax(axis=1), np.int64)


class Naive(Peer):
    """`train_on_batch` on the new burst alone: what forgets when nothing is done about it."""

    _BATCH, _STEPS = 64, 20

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        keras = _keras(self.seed)
        self._random = np.random.default_rng(self.seed)
        head = keras.layers.Dense(self.classes, activation="softmax", kernel_initializer="zeros")
        self._model = keras.Sequential([keras.Input((self.size,)), head])
        self._model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", jit_compile=False)
        # Tracing is off the clock, as it is for ours; what the traced batch did is put back.
        self._model.optimizer.build(self._model.trainable_variables)
        variables = [*self._model.variables, *self._model.optimizer.variables]
        before = [np.array(variable) for variable in variables]
        self._model.train_on_batch(np.zeros((self._BATCH, self.size), np.float32), np.zeros(self._BATCH, np.int64))
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)

    def update(self, burst: Burst) -> None:
        """Take the steps."""
        for _ in range(self._STEPS):
            drawn = self._random.integers(len(burst.y), size=self._BATCH)
            self._model.train_on_batch(burst.x[drawn, _PICTURE], burst.y[drawn])

    def predict(self, x: Vectors) -> Labels:
        """Return the most likely class."""
        return np.asarray(self._model.predict_on_batch(x[:, _PICTURE]).argmax(axis=1), np.int64)


_SHRINKAGES = (0.03, 0.1, 0.3)

LOGISTIC_REGRESSION = (
    Row("logistic regression, all at once", partial(LogisticRegression, with_views=False), at_end=True, any_order=True),
    Row(
        "logistic regression with views",
        partial(LogisticRegression, with_views=True),
        at_end=True,
        any_order=True,
    ),
)
"""Held against ours class by class as well."""

WITH_TENSORFLOW = (
    Row("Teachable Machine's recipe", TeachableMachine, at_end=True, raw=True),
    Row("train_on_batch without replay", Naive),
)
"""Slow to start, besides."""

PEERS = (
    *LOGISTIC_REGRESSION,
    Row("streaming LDA", partial(StreamingLDA, with_views=False), choices=_SHRINKAGES),
    Row("streaming LDA with views", partial(StreamingLDA, with_views=True), choices=_SHRINKAGES),
    Row("nearest class mean", NearestMean),
    Row("kNN-10, cosine", Neighbours),
    Row("scikit-learn SGD, partial_fit", StochasticGradient),
    Row("river SoftmaxRegression", River),
    *WITH_TENSORFLOW,
)


def _rows(x: Vectors, y: Labels, with_views: bool) -> tuple[Vectors, Labels]:
    """Return what is trained on, (rows, d), of embeddings (n, views, d), and its labels."""
    if not with_views:
        return x[:, _PICTURE], y
    return x.reshape(-1, x.shape[2]), np.repeat(y, x.shape[1])


def _answered(x: Vectors, with_views: bool) -> Vectors:
    """Return what is answered from, (n, d), of embeddings (n, views, d)."""
    if not with_views:
        return x[:, _PICTURE]
    return np.asarray(x.mean(axis=1), np.float32)


def _keras(seed: int) -> Any:
    """Return Keras, with TensorFlow ready to work."""
    with quiet_stderr():
        import keras

        keras.utils.set_random_seed(seed)
        keras.ops.zeros(1)  # TensorFlow gets ready at its first tensor
    return keras


def _best(scores: NDArray[np.floating[Any]], labels: Labels) -> Labels:
    return np.asarray(labels[scores.argmax(axis=1)], np.int64)
