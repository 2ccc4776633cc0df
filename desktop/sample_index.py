# SPDX-License-Identifier: Apache-2.0
"""What there is to look through: all samples of the project and what the model makes of each, kept up to date."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.learner_bridge import LearnerBridge
from desktop.reader import Reader
from learner.buffer import Buffer
from learner.messages import Judged
from learner.types import Catalogue, Judgement

_TOGETHER_MILLISECONDS = 150
"""Changes that come within this are read at once."""


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
        """Whether the file has been read at all."""
        self._judged: Judgement | None = None
        self._question: int | None = None
        self._wanted = False
        self._reading = False
        self._stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MILLISECONDS)
        self._soon.timeout.connect(self._read)
        learner.judged.connect(self._take_judgement)

    @property
    def is_judged(self) -> bool:
        """Whether the learner has said anything yet."""
        return self._judged is not None

    def want(self) -> None:
        """Keep everything up to date from now on."""
        if not self._wanted:
            self._wanted = True
            self._read()

    def refresh(self) -> None:
        """Samples, labels or the version in use have changed."""
        if self._wanted and not self._soon.isActive():
            self._soon.start()

    def rows_of(self, sample_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the catalogue's rows of those samples that are in it."""
        return np.flatnonzero(np.isin(self.catalogue.sample_ids, sample_ids))

    def _read(self) -> None:
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        self._reader.ask(Buffer.catalogue, self._take_catalogue, lambda _: self._end_reading())
        self._question = self._learner.judge()

    def _take_catalogue(self, catalogue: Catalogue) -> None:
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
