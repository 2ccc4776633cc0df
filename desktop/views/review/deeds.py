# SPDX-License-Identifier: Apache-2.0
"""What is done to samples in the Review room, and that it is told when it is done."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from desktop.session import Session
from desktop.views.review.bulk_bar import BulkBar
from desktop.views.review.sample_grid import SampleGrid


class ReviewDeeds(QObject):
    """Acts on what is selected in the grid, or else on the current sample.

    Args:
        session: carries them out.
        grid: has the samples.
        bulk: says what was done.
    """

    def __init__(self, session: Session, grid: SampleGrid, bulk: BulkBar) -> None:
        super().__init__(grid)
        self._session = session
        self._grid = grid
        self._bulk = bulk
        self._begun_at: int | None = None
        self._said_at = 0
        session.undo_changed.connect(self._settle)
        session.failed.connect(lambda *_: session.samples.settle())
        session.backbones.gone_seen.connect(self._remark)
        bulk.consolidated.connect(session.backbones.consolidate)
        self._settle()

    def relabel(self, class_id: int) -> None:
        """Say that the samples show this class."""
        cells, places = self._grid.cells, self._targets()
        places = places[cells.class_ids[places] != class_id]
        self._relabel(cells.sample_ids[places], class_id)

    def relabel_current(self, class_id: int) -> None:
        """Say that the current sample shows this class, whatever is selected."""
        current = self._grid.current_id
        if current is not None:
            self._relabel(np.array([current]), class_id)

    def hold_out(self) -> None:
        """Hold the samples out; if all of them are, have them learned from again."""
        cells, places = self._grid.cells, self._targets()
        all_are = bool(cells.held_out[places].all())
        places = places if all_are else places[~cells.held_out[places]]
        ids = cells.sample_ids[places]
        if len(ids):
            self._begin()
            self._session.hold_out(ids.tolist(), not all_are)
            self._session.samples.assume(ids, held_out=not all_are)

    def delete(self) -> None:
        """Delete the samples; if all of them are, bring them back."""
        cells, places = self._grid.cells, self._targets()
        all_are = bool(cells.deleted[places].all())
        places = places if all_are else places[~cells.deleted[places]]
        ids = cells.sample_ids[places]
        if len(ids):
            self._begin()
            (self._session.bring_back if all_are else self._session.delete_samples)(ids.tolist())
            self._session.samples.assume(ids, deleted=not all_are)

    def _targets(self) -> NDArray[np.int64]:
        """Return the cells that an act is for."""
        picked = self._grid.picked
        if picked.count:
            return np.flatnonzero(picked.mask)
        return np.array([picked.current] if picked.current >= 0 else [], np.int64)

    def _relabel(self, ids: NDArray[np.int64], class_id: int) -> None:
        if len(ids):
            self._begin()
            self._session.relabel(ids.tolist(), class_id)
            self._session.samples.assume(ids, class_id=class_id)

    def _begin(self) -> None:
        self._begun_at = self._session.undo_stack.index()

    def _remark(self, count: int) -> None:
        if self._grid.isVisible() and not self._grid.picked.count:
            self._said_at = self._session.undo_stack.index()
            self._bulk.remark(count, can_consolidate=self._session.backbones.can_consolidate)

    def _settle(self) -> None:
        session = self._session
        self._bulk.show_undo(session.undo_text)
        if session.undo_stack.index() < self._said_at:  # what was said has been taken back
            self._said_at = 0
            self._bulk.dismiss()
        if session.undo_text is None or self._begun_at is None:
            return
        session.samples.settle()
        if session.undo_stack.index() > self._begun_at and not self._grid.picked.count:  # or it has failed
            self._said_at = session.undo_stack.index()
            self._bulk.show_done(session.undo_text)
        self._begun_at = None
