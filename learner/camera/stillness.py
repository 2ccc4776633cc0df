# SPDX-License-Identifier: Apache-2.0
"""Which frames are worth work: every one while something moves before the camera, else a few a second.

Answering and painting take most of the work that a frame makes, and what comes of the same picture is the same. So the
rate falls once it has stood still for a while, by when answers that are averaged over time have settled, and with the
first frame that differs every frame counts again. Nobody waits longer for what is new; what is too little to be told
from a sensor's noise is seen by the next of the few.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from learner.pictures import small_grey
from learner.types import Image

_STILL_SECONDS = 2.0
"""So long has nothing to change before fewer frames are worth it: averages and questions look back on less."""
_A_SECOND = 3.0
_LEAST_CHANGE = 4.0
"""Of 255, in one of the thousand parts of a small grey picture: each is the mean of some twenty pixels, and noise that
moves it by as much would hide the picture."""
_TIMES_NOISE = 8.0
"""A part changes that differs by more than so many times what half of them differ by. Of a thousand that differ by
noise alone, hardly one does by more than six times."""
_MOST_NOISE = 3.0
"""What half of the parts differ by at most, of 255, where it is to be noise: more is a movement of everything."""


class Stillness:
    """Knows for how long nothing has changed, by all the frames there are, one after the other.

    A frame is compared with the first one of its kind and not with the last, so that slow movement is noticed too.

    Args:
        a_second: how many frames are worth it while nothing changes.
        clock: returns seconds.
    """

    def __init__(self, a_second: float = _A_SECOND, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = 1 / a_second
        self._clock = clock
        self._same: NDArray[np.float32] | None = None
        self._changed_at = self._counted_at = 0.0
        self._is_stirred = False

    def stir(self) -> None:
        """Something else has changed that it depends on: every frame counts again. Any thread may say so."""
        self._is_stirred = True

    def is_worth(self, image: Image) -> bool:
        """Take the next frame, BGR uint8 (h, w, 3), and return whether it is worth work."""
        now, grey = self._clock(), small_grey(image)
        if self._is_stirred or self._same is None or _differs(grey, self._same):
            self._is_stirred = False
            self._same, self._changed_at = grey, now
        if now - self._changed_at >= _STILL_SECONDS and now - self._counted_at < self._pause:
            return False
        self._counted_at = now
        return True


def _differs(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    """Return whether small grey pictures differ by more than noise: somewhere by much, or everywhere by something."""
    apart = np.abs(one - other)
    usual = float(np.partition(apart, apart.size // 2, axis=None)[apart.size // 2])
    return usual > _MOST_NOISE or float(apart.max()) > max(_LEAST_CHANGE, _TIMES_NOISE * usual)
