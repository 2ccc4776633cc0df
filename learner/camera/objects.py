# SPDX-License-Identifier: Apache-2.0
"""The things on the demo's desk, each painted once with OpenCV's shapes and then shaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2

SIDE = 480
"""A sprite's width and height."""

_FINE = 2
"""Painted this many times larger, so that edges come out smooth."""

Floats = NDArray[np.float32]
Points = list[tuple[float, float]]


class _Canvas:
    """A transparent square from (0, 0) to (100, 100), painted from below to above."""

    def __init__(self) -> None:
        side = SIDE * _FINE
        self._unit = side / 100
        self.colour = np.zeros((side, side, 3), np.float32)
        self.alpha = np.zeros((side, side), np.float32)
        self.height = np.zeros((side, side), np.float32)

    def blob(self, points: Points, rgb: str, bulge: float = 2.0, *, smooth: bool = True) -> None:
        """Paint a closed shape through points; `bulge` is how round its edge looks."""
        outline = np.array(_rounded(points) if smooth else points, np.float32)
        mask = np.zeros(self.alpha.shape, np.uint8)
        cv2.fillPoly(mask, [np.rint(outline * self._unit * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
        self._put(mask, rgb, bulge)

    def disc(
        self, x: float, y: float, across: float, down: float, rgb: str, bulge: float = 2.0, turn: float = 0
    ) -> None:
        """Paint an ellipse by its half axes."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        box = ((x * self._unit, y * self._unit), (2 * across * self._unit, 2 * down * self._unit), turn)
        cv2.ellipse(mask, box, 255, -1, cv2.LINE_AA)
        self._put(mask, rgb, bulge)

    def stroke(self, points: Points, wide: float, rgb: str, bulge: float = 1.5, *, smooth: bool = False) -> None:
        """Paint a line with round ends."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        line = np.array(_rounded(points, closed=False) if smooth else points, np.float32)
        at = np.rint(line * self._unit).astype(np.int32)
        cv2.polylines(mask, [at], False, 255, max(1, round(wide * self._unit)), cv2.LINE_AA)
        self._put(mask, rgb, bulge)

    def hole(self, x: float, y: float, across: float, down: float, turn: float = 0) -> None:
        """Cut an ellipse out of everything painted so far."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        box = ((x * self._unit, y * self._unit), (2 * across * self._unit, 2 * down * self._unit), turn)
        cv2.ellipse(mask, box, 255, -1, cv2.LINE_AA)
        keep = 1 - mask.astype(np.float32) / 255
        self.alpha *= keep
        self.height *= keep

    def _put(self, mask: NDArray[np.uint8], rgb: str, bulge: float) -> None:
        share = mask.astype(np.float32) / 255
        bgr = np.array([int(rgb[start : start + 2], 16) for start in (5, 3, 1)], np.float32)
        self.colour += share[:, :, None] * (bgr - self.colour)
        self.alpha += share * (1 - self.alpha)
        inside = cv2.distanceTransform((mask > 127).astype(np.uint8), cv2.DIST_L2, 3) / self._unit
        dome = bulge * np.sqrt(np.clip(1 - (1 - np.clip(inside / max(bulge, 0.1), 0, 1)) ** 2, 0, 1))
        self.height += np.asarray(dome, np.float32)


def _mug(canvas: _Canvas) -> None:
    canvas.blob([(70, 38), (88, 36), (93, 50), (88, 64), (70, 62)], "#C8452F", 3)
    canvas.hole(78, 50, 6.5, 7.5)
    canvas.disc(45, 50, 31, 31, "#D9523A", 7)
    canvas.disc(45, 50, 25.5, 25.5, "#8F2E20", 0.6)
    canvas.disc(45, 51, 24, 23.5, "#3B2115", 0.4)
    canvas.disc(40, 46, 12, 8, "#5A3421", 0.2, -25)
    canvas.disc(38, 44, 5, 2.6, "#7A4D33", 0.1, -25)


def _scissors(canvas: _Canvas) -> None:
    canvas.blob([(50, 52), (40, 6), (47, 4), (56, 50)], "#C3CAD2", 1.4, smooth=False)
    canvas.blob([(50, 52), (60, 6), (53, 4), (44, 50)], "#DCE2E8", 1.4, smooth=False)
    for x, turn in ((34, 24), (66, -24)):
        canvas.stroke([(50, 50), (x + (50 - x) * 0.35, 63)], 7, "#1F6FB2", 2.5)
        canvas.disc(x, 78, 13, 18, "#2B86CF", 4, turn)
    for x, turn in ((34, 24), (66, -24)):
        canvas.hole(x, 79, 7, 11.5, turn)
    canvas.disc(50, 50, 3, 3, "#8E979F", 1.2)


def _banana(canvas: _Canvas) -> None:
    canvas.blob(
        [(12, 34), (17, 30), (28, 46), (45, 56), (65, 55), (82, 40), (90, 42), (86, 58), (66, 74), (42, 74), (22, 60)],
        "#F2CB3A",
        6,
    )
    canvas.stroke([(17, 40), (32, 60), (52, 66), (72, 60), (86, 46)], 1.2, "#D2A31F", 0.3, smooth=True)
    canvas.blob([(9, 27), (15, 24), (19, 33), (13, 36)], "#6E5418", 1.5)
    canvas.disc(89, 43, 2.6, 3.4, "#4E3B14", 1, 20)
    for x, y in ((38, 67), (58, 70), (50, 61), (71, 66)):
        canvas.disc(x, y, 1.3, 0.8, "#A87B1C", 0.1, 20)


def _plant(canvas: _Canvas) -> None:
    canvas.disc(50, 50, 30, 30, "#B9623C", 5)
    canvas.disc(50, 50, 25, 25, "#3A2A20", 0.5)
    for ring, count, colour in ((27, 8, "#3E8E4B"), (19, 7, "#56A95C"), (11, 5, "#7CC576")):
        for leaf in range(count):
            angle = 2 * np.pi * (leaf / count) + ring
            x, y = 50 + ring * np.cos(angle), 50 + ring * np.sin(angle)
            canvas.disc(x, y, 12.5, 6.2, colour, 3, float(np.degrees(angle)))
    canvas.disc(50, 50, 4.5, 4.5, "#A4DC93", 2)


def _key(canvas: _Canvas) -> None:
    canvas.stroke([(46, 50), (92, 50)], 6, "#C9A23B", 2)
    canvas.blob([(74, 50), (79, 50), (79, 65), (74, 65)], "#C9A23B", 1.2, smooth=False)
    canvas.blob([(84, 50), (90, 50), (90, 61), (84, 61)], "#C9A23B", 1.2, smooth=False)
    canvas.disc(28, 50, 21, 21, "#D8B24A", 3.5)
    canvas.hole(24, 50, 9, 9)


def _notebook(canvas: _Canvas) -> None:
    canvas.blob([(19, 11), (84, 11), (84, 91), (19, 91)], "#F4F1E8", 1, smooth=False)
    canvas.blob([(17, 8), (82, 8), (82, 89), (17, 89)], "#2C3E63", 1.6, smooth=False)
    canvas.blob([(17, 8), (27, 8), (27, 89), (17, 89)], "#1E2C49", 0.6, smooth=False)
    canvas.blob([(38, 24), (72, 24), (72, 42), (38, 42)], "#EFE6D2", 0.6, smooth=False)
    for y in (30, 36):
        canvas.stroke([(42, y), (68, y)], 0.8, "#9AA3B2", 0.1)
    canvas.stroke([(75, 8), (75, 89)], 2.2, "#E0613D", 0.6)


def _duck(canvas: _Canvas) -> None:
    canvas.blob([(14, 52), (8, 38), (24, 42), (50, 40), (72, 46), (78, 62), (66, 80), (40, 84), (20, 74)], "#F7D21E", 9)
    canvas.blob([(28, 56), (46, 52), (58, 60), (50, 70), (34, 70)], "#E9BC12", 3)
    canvas.disc(66, 34, 19, 18, "#FADB33", 8)
    canvas.blob([(82, 30), (97, 33), (97, 39), (82, 42)], "#EE7A22", 2)
    canvas.disc(71, 28, 3.4, 4.2, "#FFFFFF", 0.4)
    canvas.disc(72, 28.5, 2, 2.8, "#17181B", 0.6)


def _ball(canvas: _Canvas) -> None:
    canvas.disc(50, 50, 36, 36, "#C6DD3A", 30)
    canvas.stroke([(20, 31), (38, 38), (45, 52), (37, 66), (21, 72)], 2.6, "#F5F7EC", 0.3, smooth=True)
    canvas.stroke([(80, 30), (63, 37), (56, 50), (64, 64), (79, 71)], 2.6, "#F5F7EC", 0.3, smooth=True)


PAINTERS: dict[str, Callable[[_Canvas], None]] = {
    "mug": _mug,
    "scissors": _scissors,
    "banana": _banana,
    "plant": _plant,
    "key": _key,
    "notebook": _notebook,
    "duck": _duck,
    "ball": _ball,
}


@cache
def sprite(name: str) -> tuple[Floats, Floats, Floats]:
    """Return a thing as colour (SIDE, SIDE, 3) 0…255 weighed by its alpha, alpha and shadow (SIDE, SIDE) 0…1."""
    canvas = _Canvas()
    PAINTERS[name](canvas)
    height = cv2.GaussianBlur(canvas.height, (0, 0), 0.35 * canvas._unit)
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=canvas._unit / 8)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=canvas._unit / 8)
    length = np.sqrt(across**2 + down**2 + 1)
    # Lambert's law for a lamp at the upper left, and a highlight where the surface faces half-way to it.
    lambert = (0.45 * across + 0.55 * down + 0.9) / length / 0.9
    shine = np.clip((0.35 * across + 0.42 * down + 0.84) / length, 0, 1) ** 40
    lit = canvas.colour * np.clip(0.38 + 0.62 * lambert, 0.25, 1.25)[:, :, None] + 70 * shine[:, :, None] * (
        length[:, :, None] > 1.05
    )
    colour = np.clip(lit, 0, 255) * canvas.alpha[:, :, None]
    small = [_shrink(part) for part in (colour, canvas.alpha)]
    shadow = cv2.GaussianBlur(small[1], (0, 0), 9)
    return np.asarray(small[0], np.float32), small[1], np.asarray(shadow, np.float32)


def _shrink(image: Floats) -> Floats:
    return np.asarray(cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.float32)


def _rounded(points: Points, *, closed: bool = True, between: int = 12) -> list[tuple[float, float]]:
    """Return points on a Catmull-Rom spline through the given ones."""
    count = len(points)
    at = np.array(points, float)
    curve: list[NDArray[np.float64]] = []
    for place in range(count if closed else count - 1):
        before, start, end, after = (
            at[(place + shift) % count if closed else int(np.clip(place + shift, 0, count - 1))]
            for shift in (-1, 0, 1, 2)
        )
        curve.extend(
            0.5
            * (
                2 * start
                + (end - before) * share
                + (2 * before - 5 * start + 4 * end - after) * share**2
                + (3 * start - before - 3 * end + after) * share**3
            )
            for share in np.arange(between) / between
        )
    if not closed:
        curve.append(at[-1])
    return [(float(x), float(y)) for x, y in curve]
