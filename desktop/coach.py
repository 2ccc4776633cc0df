# SPDX-License-Identifier: Apache-2.0
"""The first three steps of a person who has not done this before, ticked off by what the project says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learner.types import ClassInfo

ENOUGH = 10
"""So many samples are two seconds, held with the usual rate, and a little less."""

Steps = tuple[bool, bool, bool]
"""Which are done: a thing has a name, it was recorded, and a second one too and both were told apart."""


def steps(classes: Sequence[ClassInfo], *, answered: bool) -> Steps:
    """Return which steps are done.

    Args:
        classes: of the project, with their counts.
        answered: whether there was an answer when two things were known.
    """
    taught = sum(info.count > 0 for info in classes)
    recorded = any(info.count >= ENOUGH for info in classes)
    return bool(classes), recorded, recorded and taught > 1 and answered


def knows_the_way(classes: Sequence[ClassInfo]) -> bool:
    """Return whether who made this project has done it all before."""
    return sum(info.count >= ENOUGH for info in classes) > 1
