# SPDX-License-Identifier: Apache-2.0
"""The grid of samples under a person's hands: keys and mouse move, select and open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from desktop.models import ClassModel
from desktop.moments import moment_text
from desktop.sample_facts import Cells
from desktop.text import tooltip
from desktop.theme import Theme
from desktop.thumbnails import Thumbnails
from desktop.views.review.rubber_band import RubberBand
from desktop.views.review.sample_area import SampleArea

_NOTCH = 8


class SampleGrid(SampleArea):
    """A grid of samples to select from.

    Args:
        appearance: light or dark.
        model: the classes.
        thumbnails: the pictures.
    """

    selection_changed = Signal()
    """Other samples are selected, or another one is current."""
    opened = Signal()
    """The current sample is to be seen larger, or no longer."""

    def __init__(self, appearance: Theme, model: ClassModel, thumbnails: Thumbnails) -> None:
        super().__init__(appearance, model, thumbnails)
        self._model = model
        self._band = RubberBand(self, self._select_frame)
        self._before_frame = self.picked.mask
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            self.tr("Arrow keys move, Shift extends, Ctrl+A selects all, Space one more, Enter shows a sample larger")
        )
        self.verticalScrollBar().setAccessibleName(self.tr("Scroll through the samples"))
        model.changed.connect(self._describe)
        self._describe()

    @property
    def current_id(self) -> int | None:
        """The current sample, if one is."""
        current = self.picked.current
        return int(self.cells.sample_ids[current]) if current >= 0 else None

    @property
    def selected_ids(self) -> NDArray[np.int64]:
        """The selected samples, in the order in which they are shown."""
        return self.cells.sample_ids[self.picked.mask]

    def show_cells(self, cells: Cells) -> None:
        """Show these samples; those that were selected stay so, and what was in sight stays in its place."""
        super().show_cells(cells)
        self._band.release()
        if self.hasFocus():
            self._find_current()
        self._tell()

    def show_sample(self, sample_id: int) -> bool:
        """Select a sample and scroll to it; return whether it is in view."""
        found = np.flatnonzero(self.cells.sample_ids == sample_id)
        if len(found):
            self.go_to(int(found[0]))
        return bool(len(found))

    def step(self, by: int) -> None:
        """Go to the next sample, or to the one before."""
        if len(self.cells):
            self.go_to(min(max(self.picked.current + by, 0), len(self.cells) - 1))

    def go_to(self, place: int, *, extend: bool = False, keep: bool = False) -> None:
        """Make a cell the current one and scroll to it; select it alone, or the range up to it, or `keep` what is."""
        if extend:
            self.picked.extend(place)
        elif keep:
            self.picked.move(place)
        else:
            self.picked.pick(place)
        self.scroll_to(place)
        self._tell()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.picked.clear()
        self._tell()

    def describe(self, place: int) -> str:
        """Return what a cell shows, in words: "mug, recording of 12:30"."""
        info = self._model.with_id(int(self.cells.class_ids[place]))
        words = [
            info.name if info else self.tr("without a label"),
            self.tr("recording of {when}").format(when=moment_text(float(self.cells.started_at[place]))),
        ]
        if self.cells.held_out[place]:
            words.append(self.tr("held out"))
        if self.cells.suspected[place]:
            words.append(self.tr("may have the wrong label"))
        if self.cells.deleted[place]:
            words.append(self.tr("deleted"))
        return ", ".join(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move, extend and select; what means nothing here goes to the room."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key, target = event.key(), self._target(event.key())
        if target is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if len(self.cells):
                self.go_to(target, extend=shift, keep=control and not shift)
        elif key == Qt.Key.Key_A and control:
            self.picked.pick_all()
            self._tell()
        elif key == Qt.Key.Key_Space and self.current_id is not None:
            self.picked.toggle(self.picked.current)
            self._tell()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id is not None:
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and self.picked.count:
            self.clear_selection()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select what is pressed on; as soon as the mouse moves, it draws a frame around cells."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        point = event.position().toPoint()
        place = self.place_at(point)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._before_frame = self.picked.mask.copy() if control else np.zeros_like(self.picked.mask)
        self._band.press(point)
        if place is None:
            if not control:
                self.clear_selection()
        elif control:
            self.picked.toggle(place)
            self._tell()
        else:
            self.go_to(place, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw the frame."""
        self._band.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The frame is done."""
        self._band.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the sample larger."""
        if self.place_at(event.position().toPoint()) is not None:
            self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll, or with Ctrl change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_side(self.side + (_NOTCH if event.angleDelta().y() > 0 else -_NOTCH))
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            if place is not None:
                QToolTip.showText(event.globalPos(), tooltip(self.describe(place)), self)
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show that the keys come here, and from where they would move."""
        super().focusInEvent(event)
        self._find_current()
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show that they no longer do."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _find_current(self) -> None:
        if self.picked.current < 0 and len(self.cells):
            self.picked.move(self.in_sight().start)

    def _select_frame(self, frame: QRect) -> None:
        mask = self._before_frame.copy()
        for row in self._grid.touching(frame, len(self.cells)):
            mask[row.start : row.stop] = True
        if not np.array_equal(mask, self.picked.mask):
            self.picked.pick_these(mask)
            self._tell()

    def _tell(self) -> None:
        self._describe()
        self.viewport().update()
        self.selection_changed.emit()

    def _describe(self) -> None:
        count, current = len(self.cells), self.picked.current
        if 0 <= current < count:
            words = self.tr("{sample}, {number} of {count}")
            said = words.format(sample=self.describe(current), number=current + 1, count=count)
        else:
            said = self.tr("Samples")
        if said != self.accessibleName():
            self.setAccessibleName(said)

    def _target(self, key: int) -> int | None:
        """Return the cell that a key leads to."""
        here, columns, last = self.picked.current, self._grid.columns, max(len(self.cells) - 1, 0)
        page = columns * max(1, self.viewport().height() // self._grid.pitch)
        under = here + columns
        if under > last:
            under = last if here // columns < last // columns else here
        moves = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Up: here - columns if here >= columns else here,
            Qt.Key.Key_Down: under,
            Qt.Key.Key_PageUp: here - page,
            Qt.Key.Key_PageDown: here + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = next((to for one, to in moves.items() if one == key), None)
        return None if target is None else min(max(target, 0), last)
