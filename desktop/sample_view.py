# SPDX-License-Identifier: Apache-2.0
"""The samples in view, from the catalogue and the judgement of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop.sample_facts import Cells
from desktop.sample_filter import Counts, Filter, Mask, Order, Recording, Span, Trait, arrange, select, traits
from desktop.sample_filter import days as days_of
from desktop.sample_filter import recordings as recordings_of
from desktop.sample_index import SampleIndex

_LISTED = 20
"""So many days, or recordings, a menu offers."""


class SampleView:
    """Says what is in view. What is found out of a catalogue is kept as long as that is the newest.

    Args:
        index: has the catalogue and the judgement.
    """

    def __init__(self, index: SampleIndex) -> None:
        self._index = index
        self._of: object = None
        self._having: dict[Trait, Mask] = {}

    @property
    def total(self) -> int:
        """How many samples there are that are not deleted."""
        return int(np.count_nonzero(~self._index.catalogue.deleted))

    def look(self, wanted: Filter, order: Order) -> tuple[Cells, Counts]:
        """Return the samples in view, in order, and how many each further condition would leave."""
        catalogue, having = self._index.catalogue, self._traits()
        view, counts = select(catalogue, having, wanted)
        rows = arrange(catalogue, self._index.judgement, view, order)
        return Cells.of(catalogue, having, rows), counts

    def days(self, wanted: Filter) -> list[tuple[Span, int]]:
        """Return the newest days of the samples that fit all but the date."""
        view, _ = select(self._index.catalogue, self._traits(), replace(wanted, span=None))
        return days_of(self._index.catalogue, view, _LISTED)

    def recordings(self, wanted: Filter) -> list[Recording]:
        """Return the newest recordings of the samples that fit all but the recording."""
        view, _ = select(self._index.catalogue, self._traits(), replace(wanted, burst_id=None))
        return recordings_of(self._index.catalogue, view, _LISTED)

    def _traits(self) -> dict[Trait, Mask]:
        if self._of is not self._index.judgement:  # there is another one with every catalogue
            self._having = traits(self._index.catalogue, self._index.judgement)
            self._of = self._index.judgement
        return self._having
