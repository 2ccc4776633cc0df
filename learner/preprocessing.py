# SPDX-License-Identifier: Apache-2.0
"""From a picture to what the backbone sees, and from what it says to what the head sees.

Training and serving both come through here, so that they cannot drift apart.
"""

from __future__ import annotations

import numpy as np

from learner.buffer.codec import centre_square
from learner.cv import cv2
from learner.types import Image, Vectors, View

_ZOOM_SIDE = 0.8
"""Of the picture's side: what the view ZOOM keeps around the centre."""


def model_input(image: Image, size: int) -> Image:
    """Return the centre square of a BGR picture, scaled to (size, size, 3) uint8."""
    square = centre_square(image)
    if square.shape[0] == size:
        return np.ascontiguousarray(square)
    shrinking = square.shape[0] > size
    scaled = cv2.resize(square, (size, size), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR)
    return np.asarray(scaled, np.uint8)


def views(image: Image, size: int) -> dict[View, Image]:
    """Return every view of a picture, each (size, size, 3) uint8 BGR.

    Learning counts each of them, and an answer averages them. A crop at the centre did as well as one at a random place
    and in other light, and unlike it can be averaged over: the next frame of the same scene gives the same views.
    """
    square = centre_square(image)
    picture = model_input(square, size)
    kept = zoomed(square.shape[0])
    return {
        View.PICTURE: picture,
        View.MIRROR: np.ascontiguousarray(picture[:, ::-1]),
        View.ZOOM: model_input(square[kept, kept], size),
    }


def zoomed(side: int) -> slice:
    """Return which rows and columns the view ZOOM keeps of a square picture with sides of so many pixels."""
    kept = max(1, round(side * _ZOOM_SIDE))
    start = (side - kept) // 2
    return slice(start, start + kept)


def normalise(vectors: Vectors, *, non_negative: bool) -> Vectors:
    """Scale embeddings (n, d) to unit length, after a square root where the backbone never goes below zero.

    The square root (Hellinger map, Arandjelović & Zisserman 2012) tames the heavy tails of ReLU features; signed
    features did better without.
    """
    x = np.asarray(vectors, np.float32)
    if non_negative:
        x = np.sqrt(np.maximum(x, 0))
    length = np.linalg.norm(x, axis=1, keepdims=True)
    return np.asarray(x / np.maximum(length, 1e-12), np.float32)
