# SPDX-License-Identifier: Apache-2.0
"""What lies within a line drawn by hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def enclosed(outline: NDArray[np.float64], places: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which places lie within an outline, by how often a ray from each crosses it (even-odd rule).

    Args:
        outline: the corners (m, 2), in order; the last is joined to the first.
        places: (n, 2).

    Returns:
        (n,); all False for fewer than three corners.
    """
    within = np.zeros(len(places), np.bool_)
    if len(outline) < 3 or not len(places):
        return within
    low, high = outline.min(axis=0), outline.max(axis=0)
    near = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    x, y = places[near, 0], places[near, 1]
    odd = np.zeros(len(near), np.bool_)
    for (from_x, from_y), (to_x, to_y) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if from_y == to_y:
            continue
        passes = (from_y > y) != (to_y > y)
        odd ^= passes & (x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x)
    within[near] = odd
    return within
