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

from learner.camera.objects import PAINTERS, REACH, SIDE, sprite
from learner.camera.pace import Pace
from learner.cv import cv2
from learner.types import Image

RATE = 30.0
_SHOWN_SECONDS = 5.0
_EMPTY_SECONDS = 0.7
_NOISE_MEAN = 12
"""Noise is kept as bytes around this level, which is taken off the picture first: adding bytes is the fastest way."""
_NOISE_SHIFTS = 61
"""One field of noise serves all frames; it is moved this many pixels at most, down and across."""
_INVERTED = np.arange(255, -1, -1, dtype=np.uint8)
_SHADED = np.rint(255 - 0.5 * np.arange(256)).astype(np.uint8)
"""What a shadow leaves of the light."""


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
        lamp = _Sway(self._seed, "lamp", seconds)
        warmth = 0.06 * lamp(0.11)
        light = (1 + 0.16 * lamp(0.17)) * np.array([1 - warmth, 1, 1 + warmth])
        levels = np.clip(np.arange(256) * light[:, None] - _NOISE_MEAN, 0, 255).astype(np.uint8)
        # Plane by plane: OpenCV's table look-up over three channels at once takes twice as long.
        lit = cv2.merge([cv2.LUT(plane, level) for plane, level in zip(cv2.split(frame), levels, strict=True)])
        tick = zlib.crc32(f"{self._seed} {seconds:.6f}".encode())
        down, across = tick % _NOISE_SHIFTS, tick // _NOISE_SHIFTS % _NOISE_SHIFTS
        noise = _noise(width, height)[down : down + height, across : across + width]
        return np.asarray(cv2.add(lit, noise), np.uint8)

    def _lay(self, frame: Image, name: str, sway: _Sway) -> None:
        width, height = self._size
        ink, shadow = sprite(name)
        scale = height / SIDE * (0.92 + 0.13 * sway(0.13))
        centre = (width / 2 + 0.06 * height * sway(0.23), height / 2 + 0.06 * height * sway(0.19))
        turn = np.asarray(cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), sway.turn(20.0), scale), np.float64)
        reach = int(SIDE * scale * REACH + 0.03 * height)
        top, left = max(0, int(centre[1]) - reach), max(0, int(centre[0]) - reach)
        part = frame[top : int(centre[1]) + reach, left : int(centre[0]) + reach]
        place = part.shape[1::-1]
        turn[:, 2] += (centre[0] - SIDE / 2 - left, centre[1] - SIDE / 2 - top)
        laid = cv2.warpAffine(ink, turn, place, flags=cv2.INTER_LINEAR)
        turn[:, 2] += (0.02 * height, 0.03 * height)  # the lamp hangs at the upper left
        shade = cv2.warpAffine(shadow, turn, place, flags=cv2.INTER_LINEAR)
        bare = cv2.LUT(cv2.extractChannel(laid, 3), _INVERTED)
        keep = cv2.multiply(cv2.LUT(shade, _SHADED), bare, scale=1 / 255)
        dimmed = cv2.multiply(part, cv2.cvtColor(keep, cv2.COLOR_GRAY2BGR), scale=1 / 255)
        cv2.add(dimmed, cv2.cvtColor(laid, cv2.COLOR_BGRA2BGR), dst=part)


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
        """From now on show this thing and no other; None keeps the desk empty.

        Raises:
            ValueError: there is no such thing.
        """
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
        """Leave the desk as it is."""


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
    """Return an empty desk of oak boards under a lamp at the upper left."""
    random = np.random.default_rng(11)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    board = height / 3
    number = (rows // board).astype(int)
    straight = np.zeros((height, 2 * width), np.float32)
    for long, thick, weight in ((0.12, 1.0, 2.0), (0.45, 2.2, 3.2), (1.1, 6.0, 4.5)):
        streaks = random.normal(size=(int(height / thick) + 1, int(6 / long) + 3)).astype(np.float32)
        wide = np.asarray(cv2.resize(streaks, (2 * width, height), interpolation=cv2.INTER_CUBIC), np.float32)
        straight += weight * wide / wide.std()
    # Grain is drawn straight and then bent, by another wave in each board, and from another piece of wood.
    phase = np.array([0.4, 2.9, 4.6, 1.7], np.float32)[number]
    bend = 0.018 * height * (np.sin(2.2 * columns / height + phase) + 0.5 * np.sin(5.1 * columns / height + 2 * phase))
    start = np.array([0.0, 0.37, 0.71, 0.9], np.float32)[number] * width
    grain = np.asarray(
        cv2.remap(straight, columns + start, rows + bend, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32
    )
    tone = np.array([0.0, 7.0, -4.0, 0.0], np.float32)[number] + grain
    from_gap = np.abs((rows + board / 2) % board - board / 2) * 480 / height
    tone -= 62 * np.exp(-((from_gap / 1.3) ** 2)) - 9 * np.exp(-(((from_gap - 3) / 1.5) ** 2))
    far = np.hypot((columns / width - 0.38) * 1.2, rows / height - 0.32)
    lamp = 1.06 - 0.44 * far**1.4
    oak = np.array([124, 163, 193], np.float32)
    desk = (oak + tone[:, :, None] * np.array([0.95, 1.0, 1.0], np.float32)) * lamp[:, :, None]
    return np.asarray(np.clip(desk, 0, 255), np.uint8)


@cache
def _noise(width: int, height: int) -> Image:
    random = np.random.default_rng(12)
    field = random.normal(_NOISE_MEAN, 2.5, (height + _NOISE_SHIFTS, width + _NOISE_SHIFTS, 3))
    return np.clip(np.rint(field), 0, 2 * _NOISE_MEAN).astype(np.uint8)
