# SPDX-License-Identifier: Apache-2.0
"""What is known of the samples in view: columns for the grid, and one sample for everybody who shows it alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.sample_filter import Mask, Rows, Trait, started
from learner.types import Catalogue, Judgement


@dataclass(frozen=True, slots=True)
class Facts:
    """One sample: what the catalogue says of it, and what the learner does.

    `answer`, `measured` and `suggested` are class ids, or -1 (see `Judgement`); `first_alike` is the sample that this
    one is a near-duplicate of, or -1. `started_at` is when the first sample of its recording was captured.
    """

    sample_id: int
    class_id: int
    burst_id: int
    captured_at: float
    started_at: float
    learned_in: int
    held_out: bool
    deleted: bool
    version_id: int | None = None
    measured: int = -1
    suggested: int = -1
    first_alike: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The samples in view, n of them, in the order they are shown in; all arrays have shape (n,)."""

    sample_ids: NDArray[np.int64]
    class_ids: NDArray[np.int64]
    started_at: NDArray[np.float64]
    held_out: Mask
    suspected: Mask
    deleted: Mask

    def __len__(self) -> int:
        """How many samples are in view."""
        return len(self.sample_ids)

    @classmethod
    def none(cls) -> Cells:
        """Return what is in view where there is nothing."""
        ids, no = np.zeros(0, np.int64), np.zeros(0, np.bool_)
        return cls(ids, ids, np.zeros(0), no, no, no)

    @classmethod
    def of(cls, catalogue: Catalogue, having: dict[Trait, Mask], rows: Rows) -> Cells:
        """Return what a catalogue says of these rows, and `traits` of them."""
        return cls(
            catalogue.sample_ids[rows],
            catalogue.class_ids[rows],
            started(catalogue)[rows],
            having[Trait.HELD_OUT][rows],
            having[Trait.SUSPECTED][rows],
            having[Trait.DELETED][rows],
        )


def facts_of(catalogue: Catalogue, judgement: Judgement, sample_id: int) -> Facts | None:
    """Return what is known of a sample; None if it is not in the catalogue.

    Args:
        catalogue: n samples, oldest first.
        judgement: of the same samples, row by row.
        sample_id: which of them.
    """
    row = int(np.searchsorted(catalogue.sample_ids, sample_id))
    if row == len(catalogue) or catalogue.sample_ids[row] != sample_id:
        return None
    burst = catalogue.burst_ids == catalogue.burst_ids[row]
    twin = int(judgement.twins[row])
    suggested = int(judgement.suggested[row])
    class_id = int(catalogue.class_ids[row])
    return Facts(
        sample_id,
        class_id,
        int(catalogue.burst_ids[row]),
        float(catalogue.captured_at[row]),
        float(catalogue.captured_at[np.argmax(burst)]),
        int(catalogue.learned_in[row]),
        bool(catalogue.held_out[row]),
        bool(catalogue.deleted[row]),
        judgement.version_id,
        int(judgement.measured[row]),
        suggested if suggested != class_id else -1,
        twin if twin != sample_id else -1,
    )
