# SPDX-License-Identifier: Apache-2.0
"""Telling a new picture from what a camera gives in the place of one.

A camera that was unplugged can go on giving its last picture (https://github.com/opencv/opencv/issues/14044), one that
was just opened gives buffers that nothing was written to, green all over, and what was silent for a while may begin
with what it saw before. No sensor gives the same twice, or one colour to the last bit: both are no new picture.
"""

from __future__ import annotations

import zlib
from collections import deque

import numpy as np

from learner.types import Image

_REMEMBERED = 64
"""Pictures that are known again after an interruption: more than any driver or server keeps."""
_EVERY = 8
"""A picture is known again by every eighth pixel of every eighth row, whose noise is its own."""


_PAUSE_SECONDS = 0.25
_PAUSE_TIMES = 4.0
"""A pause is longer than this, and than so many times what usually lies between two pictures."""
_LONGER_WEIGHT, _SHORTER_WEIGHT = 0.1, 0.5
"""Of the newest picture in what is usual, when it took longer and when not: a machine is late, and no camera early."""


class Rhythm:
    """When the pictures of a source come, and which of them were kept from before a pause.

    Drivers keep a few, and networks more. After a pause these come at once, one after the other; a new one takes as
    long as it usually does. The first one after a pause may be either.
    """

    def __init__(self) -> None:
        self._came = 0.0
        self._usual: float | None = None
        self._is_first = True
        self.is_of_before = False
        """Whether the newest picture may have been taken before a pause."""

    def opened(self, now: float) -> None:
        """The source was opened (anew)."""
        self._came, self._is_first, self.is_of_before = now, True, False

    def note(self, now: float) -> float:
        """A picture has come; return how many seconds after the one before, 0 for the first one since it was opened."""
        pause, self._came = now - self._came, now
        is_first, self._is_first = self._is_first, False
        if self._usual is None:
            self._usual = None if is_first else pause
        elif not self.is_of_before and pause > max(_PAUSE_SECONDS, _PAUSE_TIMES * self._usual):
            self.is_of_before = True
        elif not is_first:
            self.is_of_before = self.is_of_before and pause < self._usual / 2
            # What comes at once counts as well, or a camera that has become faster would be taken for one that kept it.
            is_slow = pause > self._usual or self.is_of_before
            self._usual += (_LONGER_WEIGHT if is_slow else _SHORTER_WEIGHT) * (pause - self._usual)
        return 0.0 if is_first else pause


class Freshness:
    """Knows the pictures that there were."""

    def __init__(self) -> None:
        self._last: Image | None = None
        self._recent: deque[int] = deque(maxlen=_REMEMBERED)
        self._old: frozenset[int] = frozenset()

    def interrupted(self) -> None:
        """The source stopped: what it begins with may be what it gave before."""
        self._old = frozenset(self._recent)

    def is_new(self, image: Image) -> bool:
        """Return whether a BGR picture (h, w, 3) shows a moment that no picture before it has shown."""
        if is_flat(image) or _is_same(image, self._last):
            return False
        mark = zlib.crc32(image[::_EVERY, ::_EVERY].tobytes())
        if mark in self._old:
            return False
        self._old = frozenset()
        self._recent.append(mark)
        self._last = image
        return True


def is_flat(image: Image) -> bool:
    """Return whether a picture (h, w, 3) is one colour to the last bit."""
    colour = image[0, 0]
    return bool((image[0] == colour).all() and (image == colour).all())


def _is_same(one: Image, other: Image | None) -> bool:
    if other is None or one.shape != other.shape or not np.array_equal(one[0], other[0]):
        return False
    return np.array_equal(one, other)
