# SPDX-License-Identifier: Apache-2.0
"""What was measured so far, as figures, series and lists of samples: what Insight shows, free of widgets and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.learner_bridge import RECORDINGS
from learner.buffer import Buffer
from learner.figures import Figures
from learner.types import Catalogue, ClassInfo, Increment, Judgement, Step, Version

Ids = NDArray[np.int64]
"""Sample ids, shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Everything learned so far: increments with their figures, oldest first, the versions that are kept, which one is
    in use, and the steps of the increment that was learned last."""

    increments: tuple[Increment, ...] = ()
    figures: tuple[Figures, ...] = ()
    versions: tuple[Version, ...] = ()
    in_use: int | None = None
    last_steps: tuple[Step, ...] = ()

    @classmethod
    def look(cls, buffer: Buffer) -> Past:
        """Read it from a project file."""
        increments = buffer.increments()
        return cls(
            tuple(increments),
            tuple(Figures.of(increment.evaluation) for increment in increments),
            tuple(buffer.versions()),
            buffer.champion_id(),
            tuple(buffer.steps(increments[-1].id)) if increments else (),
        )

    @property
    def backbone(self) -> str:
        """The sha256 of the backbone of the version in use; empty where there is none."""
        return next((version.backbone_sha256 for version in self.versions if version.id == self.in_use), "")

    def made(self, version_id: int | None) -> int | None:
        """Return the place of the increment that made a version."""
        places = (place for place, one in enumerate(self.increments) if one.version_id == version_id is not None)
        return next(places, None)

    def figures_of(self, version_id: int | None) -> Figures:
        """Return what was measured of a version."""
        place = self.made(version_id)
        return Figures() if place is None else self.figures[place]

    @property
    def present(self) -> Figures:
        """What was measured of the version in use."""
        return self.figures_of(self.in_use)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One value an increment, n of them, oldest first; NaN where there is none.

    `held_out` (n,) is the share right on recordings that are kept aside, `before` (n,) the share of the last recordings
    that were recognised before they were learned, `accepted` (n,) whether there is a version of it.
    """

    held_out: NDArray[np.float64]
    before: NDArray[np.float64]
    accepted: NDArray[np.bool_]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return bool(np.isnan(self.held_out).all() and np.isnan(self.before).all())


def curve(past: Past) -> Curve:
    """Return how good it was over the increments."""
    held_out = [figures.accuracy if figures.measured else None for figures in past.figures]
    right = np.cumsum([0, *(increment.before.right for increment in past.increments)])
    counted = np.cumsum([0, *(increment.before.bursts for increment in past.increments)])
    before = []
    for place in range(1, len(counted)):
        # As many increments back as it takes to have so many recordings.
        start = max(int(np.searchsorted(counted, counted[place] - RECORDINGS, side="right")) - 1, 0)
        recordings = counted[place] - counted[start]
        before.append((right[place] - right[start]) / recordings if recordings else np.nan)
    return Curve(
        np.array([np.nan if share is None else share for share in held_out], np.float64),
        np.array(before, np.float64),
        np.array([increment.accepted for increment in past.increments], np.bool_),
    )


def forgotten(past: Past) -> dict[int, NDArray[np.float64]]:
    """Return for each class that was ever measured, how much of it was forgotten in each increment (n,), else NaN."""
    series: dict[int, NDArray[np.float64]] = {}
    for place, (increment, figures) in enumerate(zip(past.increments, past.figures, strict=True)):
        if increment.accepted:
            for class_id, share in figures.forgetting.items():
                empty = np.full(len(past.increments), np.nan)
                series.setdefault(class_id, empty)[place] = share
    return series


def marks(classes: Sequence[ClassInfo]) -> dict[int, str]:
    """Return what stands for each class beside its colour: its initial, or its number where initials are shared."""
    initials = {info.id: info.name[:1].upper() for info in classes}
    if len(set(initials.values())) == len(initials):
        return initials
    return {info.id: str(number) for number, info in enumerate(classes, start=1)}


def taken_for(catalogue: Catalogue, judgement: Judgement, class_id: int, answer: int) -> Ids:
    """Return the samples of a class that the measured twin took for a class, among those it did not learn from."""
    rows = (catalogue.class_ids == class_id) & (judgement.measured == answer) & ~catalogue.deleted
    return np.asarray(catalogue.sample_ids[rows], np.int64)


def measured_on(catalogue: Catalogue, judgement: Judgement, class_id: int) -> Ids:
    """Return the samples of a class that it is measured on; those that are wrong come first."""
    rows = np.flatnonzero((catalogue.class_ids == class_id) & (judgement.measured >= 0) & ~catalogue.deleted)
    wrong_first = np.argsort(judgement.measured[rows] == class_id, kind="stable")
    return catalogue.sample_ids[rows[wrong_first]]


def learned_in(catalogue: Catalogue, increment_id: int) -> Ids:
    """Return the samples that an increment learned first."""
    return np.asarray(catalogue.sample_ids[(catalogue.learned_in == increment_id) & ~catalogue.deleted], np.int64)


def recordings_of(catalogue: Catalogue) -> dict[int, int]:
    """Return how many recordings there are of each class."""
    labelled = (catalogue.class_ids >= 0) & ~catalogue.deleted
    if not labelled.any():
        return {}
    # Both in one number: pairs would take ten times as long.
    factor = int(catalogue.burst_ids.max()) + 1
    pairs = np.unique(catalogue.class_ids[labelled] * factor + catalogue.burst_ids[labelled])
    ids, counts = np.unique(pairs // factor, return_counts=True)
    return {int(class_id): int(count) for class_id, count in zip(ids, counts, strict=True)}
