# SPDX-License-Identifier: Apache-2.0
"""Where the cells of a grid are: arithmetic, so that fifty thousand of them cost no more than fifty."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect

from desktop.theme import THUMBNAIL_GAP


class GridLayout:
    """Square cells of one size, row by row, as many beside each other as fit; in content coordinates.

    Args:
        side: of a cell.
        width: there is for a row.
        below: what is to stay free under the last row.
    """

    def __init__(self, side: int, width: int = 0, below: int = 0) -> None:
        self.side = side
        self.below = below
        self.pitch = side + THUMBNAIL_GAP
        self.columns = max(1, (width - THUMBNAIL_GAP) // self.pitch)
        self._left = max(THUMBNAIL_GAP, (width - self.columns * self.pitch + THUMBNAIL_GAP) // 2)

    def height(self, count: int) -> int:
        """Return how high so many cells are."""
        return -(-count // self.columns) * self.pitch + THUMBNAIL_GAP + self.below

    def cell(self, place: int) -> QRect:
        """Return where a cell is."""
        row, column = divmod(place, self.columns)
        top = THUMBNAIL_GAP + row * self.pitch
        return QRect(self._left + column * self.pitch, top, self.side, self.side)

    def at(self, point: QPoint, count: int) -> int | None:
        """Return which of so many cells is at a point, if one is."""
        row = (point.y() - THUMBNAIL_GAP) // self.pitch
        column = (point.x() - self._left) // self.pitch
        place = row * self.columns + column
        inside = row >= 0 and 0 <= column < self.columns and place < count
        return place if inside and self.cell(place).contains(point) else None

    def visible(self, top: int, height: int, count: int) -> range:
        """Return the cells that are at least partly between `top` and `height` under it, with the rings around them."""
        first = max(0, (top - THUMBNAIL_GAP) // self.pitch) * self.columns
        last = max(0, (top + height) // self.pitch + 1) * self.columns
        return range(min(first, count), min(last, count))

    def first_visible(self, top: int, count: int) -> int:
        """Return the first cell of which at least half is to be seen when scrolled to `top`."""
        row = max(0, (top - THUMBNAIL_GAP + self.side // 2) // self.pitch)
        return min(row * self.columns, max(count - 1, 0))

    def touching(self, frame: QRect, count: int) -> list[range]:
        """Return the cells that a frame touches, one range for each row."""
        found = []
        first = max(0, (frame.top() - THUMBNAIL_GAP) // self.pitch)
        last = max(-1, (frame.bottom() - THUMBNAIL_GAP) // self.pitch)
        for row in range(first, min(last, (count - 1) // self.columns) + 1):
            start = row * self.columns
            row_cells = range(start, min(start + self.columns, count))
            touched = [place for place in row_cells if self.cell(place).intersects(frame)]
            if touched:
                found.append(range(touched[0], touched[-1] + 1))
        return found
