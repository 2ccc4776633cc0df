# SPDX-License-Identifier: Apache-2.0
"""When to ask "What is this?": something is held still, the model does not know it, and nobody was asked just now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from learner.pictures import difference, small_grey
from learner.types import Image, Prediction

STEADY_SECONDS = 1.0
"""So long has the picture to stay the same."""
UNSURE_SECONDS = 1.5
"""So long has every answer to be unsure or unknown."""
APART_SECONDS = 20.0
"""At least so long lies between two questions."""
SURE = 0.6
"""From this share on an answer is sure enough."""

_CHANGE = 12.0
"""Mean difference of small grey pictures, of 255, from which on it is another picture: hands are never quite still."""
_REFUSED = 8


class Steadiness:
    """For how long the picture has been the same."""

    def __init__(self) -> None:
        self._same: NDArray[np.float32] | None = None
        self._since = 0.0

    def __call__(self, grey: NDArray[np.float32], now: float) -> float:
        """Take a small grey picture; return for how many seconds it has been the same.

        It is compared with the first one of its kind, not with the last, so that slow movement is noticed too.
        """
        if self._same is None or difference(grey, self._same) > _CHANGE:
            self._same, self._since = grey, now
        return now - self._since


class Asking:
    """Decides when a person is asked, from frames and the answers to them.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._steadiness = Steadiness()
        self._unsure_since: float | None = None
        self._asked_at: float | None = None
        self._asked: NDArray[np.float32] | None = None
        self._refused: deque[NDArray[np.float32]] = deque(maxlen=_REFUSED)

    def wonders(self, image: Image, prediction: Prediction, *, busy: bool) -> bool:
        """Take a frame (BGR uint8 (h, w, 3)) and the answer to it; return whether to ask what this frame shows.

        Args:
            image: the frame.
            prediction: the newest answer.
            busy: the person does something else now, and is not asked.
        """
        now = self._clock()
        grey = small_grey(image)
        steady = self._steadiness(grey, now)
        if busy or not is_unsure(prediction):
            self._unsure_since = None
            return False
        if self._unsure_since is None:
            self._unsure_since = now
        if steady < STEADY_SECONDS or now - self._unsure_since < UNSURE_SECONDS:
            return False
        if self._asked_at is not None and now - self._asked_at < APART_SECONDS:
            return False
        if any(difference(grey, refused) <= _CHANGE for refused in self._refused):
            return False
        self._asked_at, self._asked = now, grey
        return True

    def refuse(self) -> None:
        """The person did not want to say: what looks like this is not asked about again."""
        if self._asked is not None:
            self._refused.append(self._asked)


def is_unsure(prediction: Prediction) -> bool:
    """Return whether an answer leaves it open what is shown; with one class alone there is nothing to be unsure of."""
    if len(prediction.probabilities) < 2:
        return False
    return prediction.unknown or prediction.confidence < SURE
