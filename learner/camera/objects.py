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

_MARGIN = 8
"""Left free around the painting, in its own hundredths, so that the soft shadow is not cut off."""

REACH = 0.5
"""No thing, its soft shadow included, reaches further from the middle, as a share of SIDE."""

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Points = list[tuple[float, float]]


class _Canvas:
    """A transparent square from (0, 0) to (100, 100), painted from below to above.

    Each shape is lit for itself before it covers what lies below: nothing of a lower shape's relief shines through.
    """

    def __init__(self) -> None:
        side = SIDE * _FINE
        self._unit = side / (100 + 2 * _MARGIN)
        self.colour = np.zeros((side, side, 3), np.float32)
        self.alpha = np.zeros((side, side), np.float32)

    def blob(self, points: Points, rgb: str, bulge: float = 2.0, *, smooth: bool = True) -> None:
        """Paint a closed shape through points; `bulge` is how far its round edge reaches inwards."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        outline = self._place(_rounded(points) if smooth else points)
        cv2.fillPoly(mask, [np.rint(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
        self._put(mask, rgb, bulge)

    def disc(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        rgb: str,
        bulge: float = 2.0,
        turn: float = 0,
        bore: float = 0,
    ) -> None:
        """Paint an ellipse by its half axes; `bore` is the share of them that is cut out of its middle."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        ((middle_x, middle_y),) = self._place([(x, y)])
        for share, value in ((1.0, 255), (bore, 0)):
            if share:
                size = (2 * across * self._unit * share, 2 * down * self._unit * share)
                cv2.ellipse(mask, ((middle_x, middle_y), size, turn), value, -1, cv2.LINE_AA)
        self._put(mask, rgb, bulge)

    def stroke(
        self, points: Points, wide: float, rgb: str, bulge: float = 1.5, *, smooth: bool = False, printed: bool = False
    ) -> None:
        """Paint a line with round ends; a `printed` one stays on what has been painted, and lies flat."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        at = np.rint(self._place(_rounded(points, closed=False) if smooth else points) * 16).astype(np.int32)
        cv2.polylines(mask, [at], False, 255, max(1, round(wide * self._unit)), cv2.LINE_AA, shift=4)
        if printed:
            mask = np.asarray(mask * self.alpha, np.uint8)
        self._put(mask, rgb, bulge)

    def _place(self, points: Points) -> Floats:
        return (np.array(points, np.float32) + _MARGIN) * np.float32(self._unit)

    def _put(self, mask: Bytes, rgb: str, bulge: float) -> None:
        reach = int(4 * self._unit)
        left, top, width, height = cv2.boundingRect(mask)
        part = np.s_[max(0, top - reach) : top + height + reach, max(0, left - reach) : left + width + reach]
        share = np.asarray(mask[part] / 255, np.float32)
        colour, alpha = self.colour[part], self.alpha[part]
        # What lies below is a little darker along the edge of what lies on it, most on the side away from the lamp.
        drop = np.array([[1, 0, 0.12 * bulge * self._unit], [0, 1, 0.18 * bulge * self._unit]])
        cast = cv2.warpAffine(cv2.GaussianBlur(share, (0, 0), 0.8 * self._unit), drop, share.shape[::-1])
        colour *= 1 - 0.35 * np.asarray(cast, np.float32)[:, :, None]
        lit = _lit(share, rgb, bulge, self._unit)
        colour += share[:, :, None] * (lit - colour)
        alpha += share * (1 - alpha)


def _lit(share: Floats, rgb: str, bulge: float, unit: float) -> Floats:
    """Return the colours of a shape with a round edge by Lambert's law, under a lamp at the upper left."""
    bgr = np.array([int(rgb[start : start + 2], 16) for start in (5, 3, 1)], np.float32)
    inside = cv2.distanceTransform((share > 0.5).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE) / unit
    dome = bulge * np.sqrt(1 - (1 - np.clip(inside / max(bulge, 0.1), 0, 1)) ** 2)
    height = cv2.GaussianBlur(np.asarray(dome, np.float32), (0, 0), (0.35 + 0.06 * bulge) * unit)
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=unit / 8)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=unit / 8)
    length = np.sqrt(across**2 + down**2 + 1)
    lambert = (0.45 * across + 0.55 * down + 0.9) / length / 0.9
    # A highlight where the surface faces half-way between the lamp and the eye (Blinn 1977).
    shine = np.clip((0.35 * across + 0.42 * down + 0.84) / length, 0, 1) ** 40
    lit = bgr * np.clip(0.42 + 0.58 * lambert, 0.3, 1.25)[:, :, None] + 70 * shine[:, :, None]
    return np.asarray(np.clip(lit, 0, 255), np.float32)


def _mug(canvas: _Canvas) -> None:
    canvas.stroke([(68, 40), (84, 40), (90, 50), (84, 60), (68, 60)], 8, "#CF4A33", 4, smooth=True)
    canvas.disc(45, 50, 33, 33, "#D9523A", 6)
    canvas.disc(45, 50, 27.5, 27.5, "#8F2E20", 0.6)
    canvas.disc(45.5, 51, 25.5, 25, "#3B2115", 0.4)
    canvas.disc(39, 45, 11, 6.5, "#54311F", 0.2, -35)
    canvas.disc(37, 43.5, 5, 2.4, "#7A4D33", 0.1, -35)


def _scissors(canvas: _Canvas) -> None:
    for side, blade, ring in ((-1, "#BFC7CF", "#2B86CF"), (1, "#DCE2E8", "#2B86CF")):
        canvas.blob(
            [(50 + side * x, y) for x, y in ((-5, 53), (-4, 46), (9, 2), (11, 6), (5, 50))], blade, 1.6, smooth=False
        )
        canvas.stroke([(50 + side * x, y) for x, y in ((-3, 52), (-7, 62))], 7, "#2579BD", 3)
        canvas.disc(50 - side * 16, 78, 13, 19, ring, 3.5, side * 24, bore=0.56)
    canvas.disc(50, 50, 3, 3, "#8E979F", 1.4)


def _banana(canvas: _Canvas) -> None:
    canvas.blob(
        [(12, 34), (17, 30), (28, 46), (45, 56), (65, 55), (82, 40), (90, 42), (86, 58), (66, 74), (42, 74), (22, 60)],
        "#F2CB3A",
        6,
    )
    canvas.stroke([(17, 40), (32, 60), (52, 66), (72, 60), (86, 46)], 1.0, "#D9AD2A", 0.2, smooth=True, printed=True)
    canvas.blob([(9, 27), (15, 24), (19, 33), (13, 36)], "#6E5418", 1.5)
    canvas.disc(89, 43, 2.6, 3.4, "#4E3B14", 1, 20)
    for x, y in ((38, 67), (58, 70), (50, 61), (71, 66)):
        canvas.disc(x, y, 1.3, 0.8, "#A87B1C", 0.1, 20)


def _plant(canvas: _Canvas) -> None:
    canvas.disc(50, 50, 32, 32, "#B9623C", 4)
    canvas.disc(50, 50, 27, 27, "#3A2A20", 0.5)
    for ring, count, colour in ((27, 8, "#3E8E4B"), (19, 7, "#56A95C"), (11, 5, "#7CC576")):
        for leaf in range(count):
            angle = 2 * np.pi * (leaf / count) + ring
            x, y = 50 + ring * np.cos(angle), 50 + ring * np.sin(angle)
            canvas.disc(x, y, 12.5, 6.2, colour, 4, float(np.degrees(angle)))
    canvas.disc(50, 50, 4.5, 4.5, "#A4DC93", 2)


def _key(canvas: _Canvas) -> None:
    for x, wide, long in ((73, 5, 16), (82, 4, 10), (89, 4, 14)):
        canvas.blob([(x, 50), (x + wide, 50), (x + wide, 50 + long), (x, 50 + long)], "#C9A23B", 1.2, smooth=False)
    canvas.stroke([(46, 50), (93, 50)], 7, "#CFA940", 2.5)
    canvas.disc(47, 50, 2.6, 6, "#D8B24A", 1.5)
    canvas.disc(27, 50, 21, 21, "#D8B24A", 4, bore=0.55)


def _notebook(canvas: _Canvas) -> None:
    canvas.blob([(19, 11), (84, 11), (84, 91), (19, 91)], "#F4F1E8", 1, smooth=False)
    canvas.blob([(17, 8), (82, 8), (82, 89), (17, 89)], "#31476F", 1.6, smooth=False)
    canvas.blob([(17, 8), (27, 8), (27, 89), (17, 89)], "#22335A", 0.6, smooth=False)
    canvas.blob([(36, 24), (68, 24), (68, 42), (36, 42)], "#EFE6D2", 0.5, smooth=False)
    for y in (30, 36):
        canvas.stroke([(40, y), (64, y)], 0.8, "#9AA3B2", 0.1, printed=True)
    canvas.stroke([(75, 8), (75, 89)], 2.2, "#E0613D", 0.6, printed=True)


def _duck(canvas: _Canvas) -> None:
    canvas.blob([(12, 50), (7, 37), (24, 43), (50, 42), (72, 47), (79, 62), (67, 80), (40, 84), (20, 74)], "#F7D21E", 9)
    canvas.blob([(27, 55), (45, 52), (57, 60), (49, 71), (33, 70)], "#EDC216", 4)
    canvas.blob([(80, 30), (96, 33), (96, 39), (80, 43)], "#EE7A22", 3)
    canvas.disc(66, 34, 19, 18, "#FADB33", 9)
    canvas.disc(72, 28, 3.6, 4.4, "#FFFFFF", 0.4)
    canvas.disc(73, 28.5, 2.1, 2.9, "#17181B", 0.6)
    canvas.disc(72.2, 27.3, 0.7, 0.8, "#FFFFFF", 0.1)


def _ball(canvas: _Canvas) -> None:
    canvas.disc(50, 50, 38, 38, "#C6DD3A", 34)
    canvas.stroke([(10, 30), (36, 37), (44, 52), (35, 66), (10, 74)], 2.6, "#F5F7EC", 0.2, smooth=True, printed=True)
    canvas.stroke([(90, 26), (65, 36), (57, 50), (66, 64), (90, 72)], 2.6, "#F5F7EC", 0.2, smooth=True, printed=True)


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
def sprite(name: str) -> tuple[Bytes, Bytes]:
    """Return a thing and its shadow.

    The thing is BGRA with its colours weighed by alpha, uint8 (SIDE, SIDE, 4); the shadow a shape, uint8 (SIDE, SIDE).
    """
    canvas = _Canvas()
    PAINTERS[name](canvas)
    fine = np.dstack([canvas.colour, 255 * canvas.alpha])
    ink = cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    shadow = cv2.GaussianBlur(ink[:, :, 3], (0, 0), 9)
    return np.rint(ink).astype(np.uint8), np.rint(shadow).astype(np.uint8)


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
