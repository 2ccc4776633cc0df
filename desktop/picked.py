# SPDX-License-Identifier: Apache-2.0
"""Which of many cells are selected, and which one the keys act from: as in every file manager, without Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_NONE = -1


class Picked:
    """The selection among n cells, the current cell, and the one that a range begins at.

    `current` is -1 while no cell is.
    """

    def __init__(self, count: int = 0) -> None:
        self.mask = np.zeros(count, np.bool_)
        self.current = _NONE
        self._anchor = _NONE

    @property
    def count(self) -> int:
        """How many cells are selected."""
        return int(np.count_nonzero(self.mask))

    def pick(self, place: int) -> None:
        """Select this cell alone."""
        self.mask[:] = False
        self.mask[place] = True
        self.current = self._anchor = place

    def extend(self, place: int) -> None:
        """Select from where the range begins to this cell, and nothing else."""
        if self._anchor == _NONE:
            self._anchor = max(self.current, 0)
        self.mask[:] = False
        self.mask[min(self._anchor, place) : max(self._anchor, place) + 1] = True
        self.current = place

    def move(self, place: int) -> None:
        """Make this cell the current one, and leave the selection as it is."""
        self.current = self._anchor = place

    def toggle(self, place: int) -> None:
        """Select this cell as well, or no longer."""
        self.mask[place] = not self.mask[place]
        self.current = self._anchor = place

    def pick_all(self) -> None:
        """Select every cell."""
        self.mask[:] = True
        if len(self.mask) and self.current == _NONE:
            self.current = self._anchor = 0

    def pick_these(self, mask: NDArray[np.bool_]) -> None:
        """Select exactly these; where the current cell is stays."""
        self.mask = mask.copy()

    def clear(self) -> None:
        """Select nothing."""
        self.mask[:] = False

    def carried(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> Picked:
        """Return the selection of the same samples in other cells.

        Where the current sample is gone, the next one that is still there takes its place, or else the one before it.

        Args:
            before: the ids of the samples that the cells show, in their order.
            after: those that they are about to show.
        """
        new = Picked(len(after))
        if not len(after):
            return new
        if self.mask.any():
            new.mask = np.isin(after, before[self.mask])
        new.current = self._follow(self.current, before, after)
        new._anchor = new.current if self._anchor == self.current else self._follow(self._anchor, before, after)
        return new

    @staticmethod
    def _follow(place: int, before: NDArray[np.int64], after: NDArray[np.int64]) -> int:
        if place == _NONE:
            return _NONE
        stays = np.isin(before, after)
        behind, ahead = np.flatnonzero(stays[place:]), np.flatnonzero(stays[:place])
        if not len(behind) and not len(ahead):
            return min(place, len(after) - 1)
        found = before[place + behind[0]] if len(behind) else before[ahead[-1]]
        return int(np.flatnonzero(after == found)[0])
