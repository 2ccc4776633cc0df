# SPDX-License-Identifier: Apache-2.0
"""What the verbs that look back ask and tell of increments and the versions they made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from learner.cli.tables import percent
from learner.errors import LabelFault

if TYPE_CHECKING:
    from learner.buffer import Buffer
    from learner.types import Increment, IncrementKind, Version


def kept_version(buffer: Buffer, version_id: int) -> Version:
    """Return a version by its number.

    Raises:
        LabelFault: it is not kept.
    """
    for version in buffer.versions():
        if version.id == version_id:
            return version
    raise LabelFault(
        "There is no such version",
        f"{buffer.path.name} has no version {version_id}, or has it no longer.",
        f"Run showtell versions {buffer.path} to see those it has.",
    )


def by_version(increments: Sequence[Increment]) -> dict[int, Increment]:
    """Return the increment that made each version."""
    return {increment.version_id: increment for increment in increments if increment.version_id is not None}


def version_data(version: Version) -> dict[str, Any]:
    """Return the JSON object of a version."""
    return {**asdict(version), "created_at": version.created_at.isoformat()}


def marks(version: Version, in_use: int | None) -> str:
    """Return what sets a version apart from the others."""
    return ", ".join([*(["in use"] if version.id == in_use else []), *(["pinned"] if version.pinned else [])])


def what_was_done(kind: IncrementKind) -> str:
    """Return in words how an increment learned."""
    from learner.types import IncrementKind

    return {
        IncrementKind.WAKE: "learned",
        IncrementKind.SLEEP: "went over everything",
        IncrementKind.FLEET: "from the fleet",
    }[kind]


def measured(increment: Increment | None) -> Mapping[str, Any]:
    """Return what held-out recordings said of an increment, or nothing where there were too few of them."""
    if increment is None or not increment.evaluation.get("measured"):
        return {}
    return increment.evaluation


def accuracy(increment: Increment | None) -> str:
    """Return the share of held-out recordings that are right, as people read it."""
    if increment is None or "measured" not in increment.evaluation:
        return "–"
    return percent(increment.evaluation["accuracy"]) if increment.evaluation["measured"] else "not measurable yet"
