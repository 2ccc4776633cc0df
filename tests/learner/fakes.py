# SPDX-License-Identifier: Apache-2.0
"""Small, honest stand-ins: a backbone and a trainable head that work, in NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import logits, softmax
from learner.types import BackboneInfo, Device, HeadWeights, Image, Vectors

SIZE = 16
INFO = BackboneInfo("fake", "f" * 64, SIZE, 48, 0.0, 255.0, non_negative=False)


class FakeEmbedder:
    """Embeds a picture as its 4 × 4 thumbnail around grey: enough to tell patterns apart, and left from right.

    One that is `blind` sees the same in every picture.
    """

    info = INFO

    def __init__(self, info: BackboneInfo | None = None, *, blind: bool = False) -> None:
        self.info = info or self.info
        self._blind = blind

    def embed(self, image: Image) -> NDArray[np.float32]:
        size = self.info.input_size
        assert image.shape == (size, size, 3)
        blocks = image.reshape(4, size // 4, 4, size // 4, 3).mean(axis=(1, 3))
        return np.asarray(np.ones_like(blocks.ravel()) if self._blind else blocks.ravel() - 128, np.float32)

    def feature_map(self, image: Image) -> NDArray[np.float32] | None:
        """Nothing: what it gives is no mean over places."""
        return None


class NumPyHead:
    """Softmax regression by plain gradient descent; set `poison` and its weights turn to NaN."""

    device = Device("CPU", "NumPy", "It is a test.")

    def __init__(self) -> None:
        self.calls = 0
        self.poison = False

    def start(self, head: HeadWeights) -> None:
        self._kernel, self._bias, self._ids = head.kernel.copy(), head.bias.copy(), head.class_ids
        self._begun = head

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        self.calls += 1
        shares = softmax(logits(HeadWeights(self._kernel, self._bias, self._ids), x))
        rows = np.arange(len(y))
        loss, accuracy = -np.log(shares[rows, y] + 1e-9).mean(), (shares.argmax(axis=1) == y).mean()
        shares[rows, y] -= 1
        self._kernel -= learning_rate * x.T @ shares / len(y)
        self._bias -= learning_rate * shares.mean(axis=0)
        if self.poison:
            self._kernel[0, 0] = np.nan
        return float(loss), float(accuracy)

    def pull(self, share: float) -> None:
        self._kernel += share * (self._begun.kernel - self._kernel)
        self._bias += share * (self._begun.bias - self._bias)

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self._kernel.copy(), self._bias.copy()


def picture(kind: int, number: int = 0) -> Image:
    """Return picture `number` of one of many kinds of coloured pattern, 64 × 64, the same in the mirror."""
    half = np.random.default_rng(kind).integers(0, 256, (4, 2, 3))
    pattern = np.kron(np.concatenate([half, half[:, ::-1]], axis=1), np.ones((16, 16, 1)))
    noise = np.random.default_rng((kind, number)).normal(0, 12, pattern.shape)
    return np.clip(pattern + noise, 0, 255).astype(np.uint8)
