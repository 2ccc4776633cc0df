# SPDX-License-Identifier: Apache-2.0
"""Which samples are in view, and in which order: arithmetic over whole columns, without Qt and without the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from learner.types import Catalogue, Judgement

UNCERTAIN_BELOW = 0.6
"""An answer that is less sure than this is uncertain."""

Rows = NDArray[np.int64]
"""Rows of a catalogue."""
Mask = NDArray[np.bool_]


class Trait(StrEnum):
    """What may be said of a sample."""

    WRONG = "wrong"
    UNCERTAIN = "uncertain"
    SUSPECTED = "suspected"
    DUPLICATE = "duplicate"
    HELD_OUT = "held out"
    DELETED = "deleted"


JUDGED = (Trait.WRONG, Trait.UNCERTAIN, Trait.SUSPECTED, Trait.DUPLICATE)
"""Traits that only the learner knows of."""


class Order(StrEnum):
    """In which order samples are shown."""

    NEWEST = "newest"
    UNSURE = "unsure"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until before another, in seconds since 1970."""

    since: float
    until: float


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """What a sample has to be to be in view; every condition that is given has to hold.

    `class_id` -1 stands for samples without a label. `only` are ids of samples that somebody asked to see. Deleted
    samples are in view when `Trait.DELETED` is among the traits, and then they alone.
    """

    class_id: int | None = None
    burst_id: int | None = None
    span: Span | None = None
    traits: frozenset[Trait] = frozenset()
    only: NDArray[np.int64] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for."""
        return not self.traits and all(one is None for one in (self.class_id, self.burst_id, self.span, self.only))

    def toggled(self, trait: Trait) -> Filter:
        """Return this filter with a trait more, or less if it was asked for."""
        return replace(self, traits=self.traits ^ {trait})


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many samples would be in view if one more thing were asked for, beside all else that is.

    What is asked for already counts what is in view with it.
    """

    traits: Mapping[Trait, int] = field(default_factory=dict)
    classes: Mapping[int, int] = field(default_factory=dict)


def traits(catalogue: Catalogue, judgement: Judgement) -> dict[Trait, Mask]:
    """Return for each trait which samples have it, shape (n,).

    Wrong is a sample that the measured twin, where it is measured by it, or the version in use calls something else.
    All but the first of a recording that look nearly the same are near-duplicates.

    Args:
        catalogue: n samples.
        judgement: of the same samples, row by row.
    """
    labelled = catalogue.class_ids >= 0

    def otherwise(answers: NDArray[np.int64]) -> Mask:
        return np.asarray(labelled & (answers >= 0) & (answers != catalogue.class_ids), np.bool_)

    answered = judgement.answers >= 0
    return {
        Trait.WRONG: otherwise(judgement.measured) | otherwise(judgement.answers),
        Trait.UNCERTAIN: answered & (judgement.unknown | (judgement.confidences < UNCERTAIN_BELOW)),
        Trait.SUSPECTED: otherwise(judgement.suggested),
        Trait.DUPLICATE: (judgement.twins >= 0) & (judgement.twins != catalogue.sample_ids),
        Trait.HELD_OUT: catalogue.held_out,
        Trait.DELETED: catalogue.deleted,
    }


def select(catalogue: Catalogue, having: Mapping[Trait, Mask], wanted: Filter) -> tuple[Mask, Counts]:
    """Return which samples are in view, shape (n,), and what each further condition would leave of them.

    Args:
        catalogue: n samples.
        having: what `traits` says of them.
        wanted: what they have to be.
    """
    conditions: dict[str, Mask] = {}
    if wanted.class_id is not None:
        conditions["class"] = catalogue.class_ids == wanted.class_id
    if wanted.burst_id is not None:
        conditions["burst"] = catalogue.burst_ids == wanted.burst_id
    if wanted.span is not None:
        conditions["span"] = (catalogue.captured_at >= wanted.span.since) & (catalogue.captured_at < wanted.span.until)
    if wanted.only is not None:
        conditions["only"] = np.isin(catalogue.sample_ids, wanted.only)
    for trait in wanted.traits:
        conditions[trait.value] = having[trait]
    alive = ~having[Trait.DELETED]
    if Trait.DELETED not in wanted.traits:
        conditions["alive"] = alive
    everything = np.ones(len(catalogue), np.bool_)
    view = _all(conditions, everything)
    by_trait = {trait: int(np.count_nonzero(view & mask)) for trait, mask in having.items()}
    if Trait.DELETED not in wanted.traits:
        rest = _all({name: mask for name, mask in conditions.items() if name != "alive"}, everything)
        by_trait[Trait.DELETED] = int(np.count_nonzero(rest & having[Trait.DELETED]))
    others = _all({name: mask for name, mask in conditions.items() if name != "class"}, everything)
    ids, counts = np.unique(catalogue.class_ids[others], return_counts=True)
    return view, Counts(by_trait, dict(zip(ids.tolist(), counts.tolist(), strict=True)))


def arrange(catalogue: Catalogue, judgement: Judgement, view: Mask, order: Order) -> Rows:
    """Return the rows in view in the order they are shown in.

    By recording means the newest recording first, and its frames as they came. Least certain means what is unknown
    first, and what is not judged last.
    """
    rows = np.flatnonzero(view)[::-1]  # a catalogue is oldest first
    if order is Order.RECORDING:
        rows = rows[::-1]
        return rows[np.argsort(-catalogue.burst_ids[rows], kind="stable")]
    if order is Order.UNSURE:
        sureness = np.where(judgement.unknown[rows], -1.0, judgement.confidences[rows])
        sureness = np.where(judgement.answers[rows] >= 0, sureness, 2.0)
        return rows[np.argsort(sureness, kind="stable")]
    return rows


@dataclass(frozen=True, slots=True)
class Recording:
    """What a catalogue knows of a recording: its first sample's class and moment, and how many samples it has."""

    burst_id: int
    class_id: int
    started_at: float
    count: int


def recordings(catalogue: Catalogue, view: Mask, limit: int) -> list[Recording]:
    """Return the recordings of the samples in view, newest first, at most so many."""
    rows = np.flatnonzero(view)
    ids, first, counts = np.unique(catalogue.burst_ids[rows], return_index=True, return_counts=True)
    rows = rows[first]
    newest = slice(None, -limit - 1, -1)
    return [
        Recording(*values)
        for values in zip(
            ids[newest].tolist(),
            catalogue.class_ids[rows][newest].tolist(),
            catalogue.captured_at[rows][newest].tolist(),
            counts[newest].tolist(),
            strict=True,
        )
    ]


def started(catalogue: Catalogue) -> NDArray[np.float64]:
    """Return for each sample when the first of its recording was captured, shape (n,)."""
    _, first, place = np.unique(catalogue.burst_ids, return_index=True, return_inverse=True)
    return catalogue.captured_at[first][place]


def days(catalogue: Catalogue, view: Mask, limit: int) -> list[tuple[Span, int]]:
    """Return the local days on which the samples in view were captured and how many each has, newest first."""
    moments = np.sort(catalogue.captured_at[view & np.isfinite(catalogue.captured_at)])
    found: list[tuple[Span, int]] = []
    end = len(moments)
    while end and len(found) < limit:
        span = day_of(float(moments[end - 1]))
        begin = int(np.searchsorted(moments[:end], span.since))
        found.append((span, end - begin))
        end = begin
    return found


def day_of(moment: float, *, lasting: int = 1) -> Span:
    """Return the local day of a moment; `lasting` days in all, of which it is the last."""
    # Days are counted on the calendar: where clocks change, one of them has 23 or 25 hours.
    last = datetime.fromtimestamp(moment).astimezone().date()
    return Span(_midnight(last - timedelta(days=lasting - 1)), _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> float:
    return datetime.combine(day, time()).astimezone().timestamp()


def _all(conditions: Mapping[str, Mask], everything: Mask) -> Mask:
    view = everything.copy()
    for mask in conditions.values():
        view &= mask
    return view
