# SPDX-License-Identifier: Apache-2.0
"""Augmentation in the graph: one affine transform and one change of light a picture, drawn by NumPy.

The numbers come from outside because a training that was killed has to go on with the very same ones.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

_TURN = np.deg2rad(4.0)
_ZOOM = (0.75, 1.05)
"""Side of what is seen, of the picture's: as in the view ZOOM, and a little beyond its edge."""
_SHIFT = 0.05
"""Of the picture's side, besides what a close-up leaves room for."""
_CONTRAST = 0.25
_BRIGHTNESS = 0.12 * 255

Numbers = NDArray[np.float32]


class Augment(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Pictures as OpenCV has them, changed, and then as the backbone wants them.

    Args:
        low: what black becomes.
        high: what white becomes.
    """

    def __init__(self, low: float, high: float, **options: Any) -> None:
        super().__init__(dtype="float32", **options)
        self.low, self.high = low, high

    def call(self, pictures: Any, transforms: Any, light: Any) -> Any:
        """Return RGB (n, s, s, 3) float32, `low`…`high`.

        Args:
            pictures: BGR uint8 (n, s, s, 3).
            transforms: from output to input, as `keras.ops.image.affine_transform` has them, (n, 8).
            light: contrast and brightness (of 255) of each, (n, 2).
        """
        x = ops.image.affine_transform(ops.cast(pictures, "float32"), transforms, fill_mode="nearest")
        contrast, brightness = light[:, 0, None, None, None], light[:, 1, None, None, None]
        x = ops.clip((x - 127.5) * contrast + (127.5 + brightness), 0, 255)
        return ops.flip(x, axis=-1) * ((self.high - self.low) / 255) + self.low


def draw(random: np.random.Generator, count: int, size: int, *, mirrored: bool) -> tuple[Numbers, Numbers]:
    """Draw what `Augment` does to pictures: transforms (count, 8) and light (count, 2).

    Args:
        random: where the numbers come from; it is advanced.
        count: n.
        size: side of the pictures in pixels.
        mirrored: turn half of them into their mirror images.
    """
    turn = random.uniform(-_TURN, _TURN, count)
    zoom = random.uniform(*_ZOOM, count)
    room = np.maximum(0, 1 - zoom) / 2 + _SHIFT  # a close-up may lie anywhere in the picture
    shift = random.uniform(-1, 1, (count, 2)) * room[:, None] * size
    side = np.where(random.random(count) < 0.5, -1.0, 1.0) if mirrored else np.ones(count)
    contrast = random.uniform(1 - _CONTRAST, 1 + _CONTRAST, count)
    brightness = random.uniform(-_BRIGHTNESS, _BRIGHTNESS, count)
    # The picture is turned and scaled about its centre.
    cos, sin, centre = zoom * np.cos(turn), zoom * np.sin(turn), (size - 1) / 2
    x_x, x_y, y_x, y_y = cos * side, -sin, sin * side, cos
    x_0 = centre + shift[:, 0] - (x_x + x_y) * centre
    y_0 = centre + shift[:, 1] - (y_x + y_y) * centre
    none = np.zeros(count)
    transforms = np.stack([x_x, x_y, x_0, y_x, y_y, y_0, none, none], axis=1)
    return transforms.astype(np.float32), np.stack([contrast, brightness], axis=1).astype(np.float32)
