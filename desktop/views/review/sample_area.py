# SPDX-License-Identifier: Apache-2.0
"""Samples as square thumbnails, however many: only those in sight are painted, and only their pictures are read."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QMargins, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop import theme
from desktop.models import ClassModel
from desktop.picked import Picked
from desktop.sample_facts import Cells
from desktop.theme import Theme
from desktop.thumbnails import Thumbnails
from desktop.views.review.grid_layout import GridLayout
from desktop.views.review.sample_cell import CellPainter, Marks

_SETTLED_MILLISECONDS = 120
"""When the size has not changed for so long, pictures are read in it; until then others are stretched."""
_AROUND = theme.THUMBNAIL_GAP // 2


class SampleArea(QAbstractScrollArea):
    """Shows samples, and which of them are picked.

    Args:
        appearance: light or dark.
        model: the classes.
        thumbnails: the pictures.
    """

    side_changed = Signal(int)
    """The pictures have another size."""

    def __init__(self, appearance: Theme, model: ClassModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = appearance
        self._thumbnails = thumbnails
        self._painter = CellPainter(appearance, model)
        self._grid = GridLayout(theme.THUMBNAIL)
        self._read_side = theme.THUMBNAIL
        self._height = 0
        """Of the viewport, when the cells were laid out last."""
        self.cells = Cells.none()
        self.picked = Picked()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._read_in_size)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that a row never gets narrower because of what is in view.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        thumbnails.ready.connect(self._show_ready)
        appearance.changed.connect(self._repaint)
        model.changed.connect(self._repaint)

    def show_cells(self, cells: Cells) -> None:
        """Show these samples; those that were picked stay so, and what was in sight stays in its place."""
        before, top = self.cells.sample_ids, self.verticalScrollBar().value()
        held = self._grid.first_visible(top, len(before))
        offset = top - self._grid.cell(held).top()
        self.picked = self.picked.carried(before, cells.sample_ids)
        self.cells = cells
        self._lay_out()
        if top and held < len(before):
            found = np.flatnonzero(cells.sample_ids == before[held])
            if len(found):
                self.verticalScrollBar().setValue(self._grid.cell(int(found[0])).top() + offset)

    @property
    def side(self) -> int:
        """How large the pictures are, in units of the screen."""
        return self._grid.side

    def set_side(self, side: int) -> None:
        """Show the pictures in this size; what was in the middle stays in sight."""
        side = min(max(side, theme.SMALLEST_THUMBNAIL), theme.LARGEST_THUMBNAIL)
        if side != self.side:
            self._lay_out(side=side)
            self._settled.start()
            self.side_changed.emit(side)

    def set_space_below(self, height: int) -> None:
        """Leave room under the last row for what lies over the lower end."""
        self._lay_out(below=height)

    def scroll_to(self, place: int) -> None:
        """Scroll as little as it takes to see a cell."""
        bar, cell = self.verticalScrollBar(), self._grid.cell(place)
        height = self.viewport().height() - self._grid.below
        if cell.top() - theme.THUMBNAIL_GAP < bar.value():
            bar.setValue(cell.top() - theme.THUMBNAIL_GAP)
        elif cell.bottom() + theme.THUMBNAIL_GAP > bar.value() + height:
            bar.setValue(cell.bottom() + theme.THUMBNAIL_GAP - height)

    def place_at(self, point: QPoint) -> int | None:
        """Return which cell is at a point of the viewport."""
        return self._grid.at(point + QPoint(0, self.verticalScrollBar().value()), len(self.cells))

    def cell_rect(self, place: int) -> QRect:
        """Return where a cell is in the viewport."""
        return self._grid.cell(place).translated(0, -self.verticalScrollBar().value())

    def in_sight(self, rows_more: int = 0) -> range:
        """Return the cells in sight, and those of so many rows above and below."""
        more = rows_more * self._grid.pitch
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return self._grid.visible(top - more, height + 2 * more, len(self.cells))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Paint no more than what comes into sight."""
        self.viewport().scroll(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cells in sight that need it."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.background))
        region, focused = event.region(), self.hasFocus()
        for place, picture in self._pictures():
            rect = self.cell_rect(place)
            if region.intersects(rect + QMargins(_AROUND, _AROUND, _AROUND, _AROUND)):
                self._painter.paint(painter, rect, picture, self._marks(place), focused=focused)

    def _pictures(self) -> list[tuple[int, QPixmap | None]]:
        """Return the cells in sight with their pictures, and have those of the next rows read after them."""
        shown, near = self.in_sight(), self.in_sight(rows_more=1)
        ids = self.cells.sample_ids[near.start : near.stop].tolist()
        self._thumbnails.only(frozenset(ids))
        side = round(self._read_side * self.devicePixelRatioF())
        ahead = [place for place in near if place not in shown]
        # What is asked for last is read first: the topmost of what is in sight.
        pictures = {place: self._thumbnails.get(ids[place - near.start], side) for place in (*ahead, *reversed(shown))}
        return [(place, pictures[place]) for place in shown]

    def _marks(self, place: int) -> Marks:
        cells = self.cells
        return Marks(
            int(cells.class_ids[place]),
            held_out=bool(cells.held_out[place]),
            suspected=bool(cells.suspected[place]),
            deleted=bool(cells.deleted[place]),
            selected=bool(self.picked.mask[place]),
            current=place == self.picked.current,
        )

    def _lay_out(self, *, side: int | None = None, below: int | None = None) -> None:
        """Find out where the cells are now; where that changes, the current one stays in sight, or the middle one."""
        old, bar, width = self._grid, self.verticalScrollBar(), self.viewport().width()
        kept = self._kept()
        self._grid = GridLayout(side or old.side, width, old.below if below is None else below)
        moved = self._grid.columns != old.columns or self._grid.pitch != old.pitch
        bar.setRange(0, max(0, self._grid.height(len(self.cells)) - self.viewport().height()))
        bar.setEnabled(bar.maximum() > 0)
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, self._grid.pitch // 3))  # a notch of the wheel, three steps, is a row
        self._height = self.viewport().height()
        if moved and kept is not None:
            bar.setValue(self._grid.cell(kept).center().y() - self._height // 2)
        if kept is not None and kept == self.picked.current:
            self.scroll_to(kept)
        self.viewport().update()

    def _kept(self) -> int | None:
        """Return the cell that is to stay in sight; None at the very top, which stays the top."""
        top, current = self.verticalScrollBar().value(), self.picked.current
        if current in self._grid.visible(top, self._height, len(self.cells)):
            return current
        middle = top + (self.viewport().height() - self._grid.side) // 2
        return self._grid.first_visible(middle, len(self.cells)) if top and len(self.cells) else None

    def _read_in_size(self) -> None:
        self._read_side = self.side
        self.viewport().update()

    def _repaint(self) -> None:
        self._painter.forget()
        self.viewport().update()

    def _show_ready(self, sample_ids: list[int]) -> None:
        shown = self.in_sight()
        if self.isVisible():
            come = np.isin(self.cells.sample_ids[shown.start : shown.stop], sample_ids)
            for place in np.flatnonzero(come):
                self.viewport().update(self.cell_rect(shown.start + int(place)))
