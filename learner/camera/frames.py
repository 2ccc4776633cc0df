# SPDX-License-Identifier: Apache-2.0
"""What a capture gives, as a picture that everybody can take."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.cv import MAX_PIXELS, cv2
from learner.types import Image

_LEAST_SIDE = 16
"""Pixels: nothing smaller is a picture of anything."""


def bgr(frame: NDArray[Any]) -> Image | None:
    """Return a captured frame as BGR uint8 (h, w, 3); None when it is no picture: empty, tiny, huge, of another kind.

    Drivers give grey pictures as (h, w) or (h, w, 1), and some BGRA.
    """
    if frame.dtype != np.uint8 or frame.ndim not in {2, 3}:
        return None
    height, width = frame.shape[:2]
    if min(height, width) < _LEAST_SIDE or height * width > MAX_PIXELS:
        return None
    channels = 1 if frame.ndim == 2 else frame.shape[2]
    if channels == 3:
        return np.asarray(frame, np.uint8)
    code = {1: cv2.COLOR_GRAY2BGR, 4: cv2.COLOR_BGRA2BGR}.get(channels)
    return None if code is None else np.asarray(cv2.cvtColor(frame, code), np.uint8)
