# SPDX-License-Identifier: Apache-2.0
"""A desk rendered by our own code, so that the whole loop can be lived through without a camera.

One thing at a time lies on the desk; it drifts, turns and comes nearer, the light changes, and the sensor is noisy. How
it moves follows from the seed, so recordings with different seeds never share a frame.
"""

from __future__ import annotations

import threading
import time
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from learner.camera.objects import PAINTERS, SIDE, sprite
from learner.camera.pace import Pace
from learner.cv import cv2
from learner.types import Image

RATE = 30.0
_SHOWN_SECONDS = 5.0
_EMPTY_SECONDS = 0.7
_SHADOW = 0.45
_NOISE_POOL = 8

Floats = NDArray[np.float32]


class DemoScene:
    """The desk with at most one thing on it.

    Args:
        seed: of the movement, the light and the noise.
        size: width and height of a frame.
    """

    OBJECTS: tuple[str, ...] = tuple(PAINTERS)

    def __init__(self, seed: int = 0, size: tuple[int, int] = (640, 480)) -> None:
        self._seed = seed
        self._size = size
        self._showing: str | None = None

    @property
    def showing(self) -> str | None:
        """The thing on the desk."""
        return self._showing

    def show(self, name: str | None) -> None:
        """Put a thing on the desk in place of what lies there; None clears it.

        Raises:
            ValueError: there is no such thing.
        """
        if name is not None and name not in self.OBJECTS:
            raise ValueError(f"{name!r} is none of {', '.join(self.OBJECTS)}")
        self._showing = name

    def render(self, seconds: float) -> Image:
        """Return the frame at a moment, BGR uint8 (height, width, 3); the same seed, thing and moment give the same."""
        width, height = self._size
        frame = _desk(width, height).copy()
        sway = _Sway(self._seed, self._showing or "", seconds)
        if self._showing is not None:
            self._lay(frame, self._showing, sway)
        warmth = 0.06 * sway(0.11)
        light = (1 + 0.16 * sway(0.17)) * np.array([1 - warmth, 1, 1 + warmth])
        levels = np.clip(np.arange(256)[:, None] * light, 0, 255).astype(np.uint8)[None]
        noise = _noise(width, height)
        tick = zlib.crc32(f"{self._seed} {seconds:.6f}".encode())
        return np.asarray(cv2.add(cv2.LUT(frame, levels), noise[tick % len(noise)], dtype=cv2.CV_8U), np.uint8)

    def _lay(self, frame: Image, name: str, sway: _Sway) -> None:
        width, height = self._size
        colour, alpha, shadow = sprite(name)
        scale = height / SIDE * (0.80 + 0.12 * sway(0.13))
        angle = sway.turn(20.0)
        centre = (width / 2 + 0.06 * height * sway(0.23), height / 2 + 0.06 * height * sway(0.19))
        turn = np.asarray(cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), angle, scale), np.float64)
        turn += np.array([[0, 0, centre[0] - SIDE / 2], [0, 0, centre[1] - SIDE / 2]])
        reach = int(SIDE * scale * 0.75)
        top, left = max(0, int(centre[1]) - reach), max(0, int(centre[0]) - reach)
        bottom, right = min(height, int(centre[1]) + reach), min(width, int(centre[0]) + reach)
        turn -= np.array([[0, 0, left], [0, 0, top]])
        part = frame[top:bottom, left:right]
        place = (right - left, bottom - top)
        below = turn + np.array([[0, 0, 0.02 * height], [0, 0, 0.03 * height]])  # the lamp hangs at the upper left
        shade = cv2.warpAffine(shadow, below, place, flags=cv2.INTER_LINEAR)
        over = cv2.warpAffine(alpha, turn, place, flags=cv2.INTER_LINEAR)
        ink = cv2.warpAffine(colour, turn, place, flags=cv2.INTER_LINEAR)
        keep = (1 - _SHADOW * shade) * (1 - over)
        part[:] = cv2.add(cv2.multiply(part, cv2.merge([keep] * 3), dtype=cv2.CV_8U), ink, dtype=cv2.CV_8U)


class DemoSource:
    """`DemoScene` as a frame source: one thing after another, five seconds each, with an empty desk in between."""

    description = "demo scene"
    reopens = False

    def __init__(self, seed: int = 0) -> None:
        self.scene = DemoScene(seed)
        self._pace = Pace(RATE)
        self._pinned: str | None = None
        self._is_pinned = False
        self._lock = threading.Lock()
        self._began = 0.0

    @property
    def showing(self) -> str | None:
        """The thing on the desk."""
        return self.scene.showing

    def show(self, name: str | None) -> None:
        """From now on show this thing and no other; None keeps the desk empty."""
        if name is not None and name not in DemoScene.OBJECTS:
            raise ValueError(f"{name!r} is none of {', '.join(DemoScene.OBJECTS)}")
        with self._lock:
            self._pinned, self._is_pinned = name, True

    def cycle(self) -> None:
        """Go on showing one thing after another."""
        with self._lock:
            self._is_pinned = False

    def open(self) -> None:
        """Begin with the first thing."""
        self._pace, self._began = Pace(RATE), time.monotonic()

    def read(self) -> Image | None:
        """Return the next frame."""
        self._pace.wait()
        seconds = time.monotonic() - self._began
        with self._lock:
            self.scene.show(self._pinned if self._is_pinned else _on_show(seconds))
        return self.scene.render(seconds)

    def close(self) -> None:
        """Stop waiting for the next turn."""
        self._pace.stop()


class _Sway:
    """Slow, smooth, seeded ups and downs at one moment."""

    def __init__(self, seed: int, name: str, seconds: float) -> None:
        self._key = f"{seed} {name}"
        self._seconds = seconds

    def __call__(self, rate: float) -> float:
        """Return a number in -1…1 that swings about `rate` times a second."""
        one, two = self._phase(rate)
        at = 2 * np.pi * self._seconds * rate
        return float(0.65 * np.sin(at + one) + 0.35 * np.sin(2.3 * at + two))

    def turn(self, degrees_a_second: float) -> float:
        """Return an angle in degrees that keeps growing, with ups and downs."""
        start, _ = self._phase(degrees_a_second)
        return float(np.degrees(start)) + degrees_a_second * self._seconds + 30 * self(0.09)

    def _phase(self, which: float) -> tuple[float, float]:
        bits = zlib.crc32(f"{self._key} {which}".encode())
        return 2 * np.pi * (bits & 0xFFFF) / 0x10000, 2 * np.pi * (bits >> 16) / 0x10000


def _on_show(seconds: float) -> str | None:
    turn, within = divmod(seconds, _SHOWN_SECONDS + _EMPTY_SECONDS)
    return None if within > _SHOWN_SECONDS else DemoScene.OBJECTS[int(turn) % len(DemoScene.OBJECTS)]


@cache
def _desk(width: int, height: int) -> Image:
    """Return an empty desk of light oak under a lamp at the upper left."""
    random = np.random.default_rng(11)
    grain = np.zeros((height, width), np.float32)
    for stretch, weight in ((30, 2.5), (90, 5.0), (260, 8.0)):
        layer = random.normal(size=(height, max(2, width // stretch))).astype(np.float32)
        wide = cv2.resize(layer, (width, height), interpolation=cv2.INTER_CUBIC)
        soft = np.asarray(cv2.GaussianBlur(wide, (0, 0), 1.3), np.float32)
        grain += weight * soft / soft.std()
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    board = height / 3
    grain -= 26 * np.exp(-(((rows + board / 2) % board - board / 2) ** 2) / 2.5)  # the gaps between the boards
    far = np.hypot((columns / width - 0.38) * 1.2, rows / height - 0.32)
    lamp = 1.12 - 0.42 * far**1.4
    oak = np.array([150, 186, 212], np.float32)
    desk = (oak + grain[:, :, None] * np.array([0.75, 0.85, 0.9], np.float32)) * lamp[:, :, None]
    return np.asarray(np.clip(desk, 0, 255), np.uint8)


@cache
def _noise(width: int, height: int) -> list[NDArray[np.int8]]:
    random = np.random.default_rng(12)
    return [np.clip(random.normal(0, 2.5, (height, width, 3)), -12, 12).astype(np.int8) for _ in range(_NOISE_POOL)]
