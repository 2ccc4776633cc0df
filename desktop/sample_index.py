# SPDX-License-Identifier: Apache-2.0
"""What there is to look through: all samples of the project and what the model makes of each, kept up to date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.learner_bridge import LearnerBridge
from desktop.learner_status import LearnerStatus, Phase
from desktop.reader import Reader
from learner.buffer import Buffer
from learner.messages import Judged
from learner.types import Catalogue, Judgement

_TOGETHER_MILLISECONDS = 150
"""Changes that come within this are read at once."""
_FIRST = 400
"""So many, the newest, are there before the rest is read: a screen or two."""


class SampleIndex(QObject):
    """The catalogue of a project file and the learner's judgement of it, row by row.

    Nothing is read before somebody wants it.

    Args:
        reader: answers questions to the file.
        learner: judges the samples.
    """

    changed = Signal()
    """There is another catalogue or another judgement."""

    def __init__(self, reader: Reader, learner: LearnerBridge) -> None:
        super().__init__()
        self._reader = reader
        self._learner = learner
        self.catalogue = _empty_catalogue()
        self.judgement = aligned(None, self.catalogue)
        """As long as the catalogue: row i is of its sample i; what is not judged yet has -1, 0 and False."""
        self.is_read = False
        """Whether the whole file has been read; before that the newest samples may be there already."""
        self._judged: Judgement | None = None
        self._question: int | None = None
        self._wanted = False
        self._reading = False
        self._stale = False
        self._unsettled = False
        self._dated = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MILLISECONDS)
        self._soon.timeout.connect(self._read)
        learner.judged.connect(self._take_judgement)
        learner.status_changed.connect(self._watch)
        self._away = False

    @property
    def is_judged(self) -> bool:
        """Whether the learner has said anything yet."""
        return self._judged is not None

    def want(self) -> None:
        """Keep everything up to date from now on."""
        if not self._wanted:
            self._wanted = True
            self._reader.ask(lambda buffer: buffer.catalogue(_FIRST), self._take_newest, lambda _: None)
            self._read()

    def refresh(self) -> None:
        """Samples, labels or the version in use have changed."""
        if self._wanted and not self._soon.isActive():
            self._soon.start()

    def assume(
        self,
        sample_ids: NDArray[np.int64],
        *,
        class_id: int | None = None,
        held_out: bool | None = None,
        deleted: bool | None = None,
    ) -> None:
        """Show at once what an act makes of samples that is on its way to the file; `settle` has to follow."""
        rows = self.rows_of(sample_ids)
        changes: dict[str, NDArray[Any]] = {}
        for column, value in (("class_ids", class_id), ("held_out", held_out), ("deleted", deleted)):
            if value is not None:
                changes[column] = getattr(self.catalogue, column).copy()
                changes[column][rows] = value
        self.catalogue = replace(self.catalogue, **changes)
        self._unsettled = True
        self._dated = self._reading  # that has not seen it
        self._align()

    def settle(self) -> None:
        """The act is on the disk, or has failed: the file has the last word."""
        if self._unsettled:
            self._unsettled = False
            self.refresh()

    def rows_of(self, sample_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the catalogue's rows of those samples that are in it."""
        return np.flatnonzero(np.isin(self.catalogue.sample_ids, sample_ids))

    def _read(self) -> None:
        if self._reading or self._unsettled:
            self._stale = True
            return
        self._reading, self._stale, self._dated = True, False, False
        self._reader.ask(Buffer.catalogue, self._take_catalogue, lambda _: self._end_reading())
        self._question = self._learner.judge()

    def _take_newest(self, catalogue: Catalogue) -> None:
        if not self.is_read and not self._dated:
            self.catalogue = catalogue
            self._align()

    def _take_catalogue(self, catalogue: Catalogue) -> None:
        if self._dated:
            self._stale = True
        else:
            self.catalogue = catalogue
            self.is_read = True
            self._align()
        self._end_reading()

    def _end_reading(self) -> None:
        self._reading = False
        if self._stale:
            self.refresh()

    def _take_judgement(self, event: Judged) -> None:
        if event.number == self._question:
            self._judged = event.judgement
            self._align()

    def _watch(self, status: LearnerStatus) -> None:
        """Ask again when the learner is back: what was asked of one that died is lost with it."""
        if status.phase is Phase.RESTARTING or status.phase is Phase.PAUSED:
            self._away = True
        elif self._away and status.phase is Phase.READY:
            self._away = False
            self.refresh()

    def _align(self) -> None:
        self.judgement = aligned(self._judged, self.catalogue)
        self.changed.emit()


def aligned(judgement: Judgement | None, catalogue: Catalogue) -> Judgement:
    """Return a judgement with one row for each sample of a catalogue: -1, 0 and False where nothing was judged."""
    ids = catalogue.sample_ids
    if judgement is None or not len(judgement.sample_ids):
        version_id = judgement.version_id if judgement else None
        none = np.full(len(ids), -1, np.int64)
        zero, false = np.zeros(len(ids), np.float32), np.zeros(len(ids), np.bool_)
        return Judgement(version_id, ids, none, zero, false, none, none, zero, none)
    order = np.argsort(judgement.sample_ids, kind="stable")
    theirs = judgement.sample_ids[order]
    places = np.minimum(np.searchsorted(theirs, ids), len(theirs) - 1)
    there = theirs[places] == ids
    rows = order[places]

    def fill(values: NDArray[Any], missing: Any) -> NDArray[Any]:
        return np.where(there, values[rows], np.asarray(missing, values.dtype))

    return Judgement(
        version_id=judgement.version_id,
        sample_ids=ids,
        answers=fill(judgement.answers, -1),
        confidences=fill(judgement.confidences, 0),
        unknown=fill(judgement.unknown, False),
        measured=fill(judgement.measured, -1),
        suggested=fill(judgement.suggested, -1),
        disagreement=fill(judgement.disagreement, 0),
        twins=fill(judgement.twins, -1),
    )


def _empty_catalogue() -> Catalogue:
    none, false = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    return Catalogue(none, none, none, np.zeros(0), none, false, false)
