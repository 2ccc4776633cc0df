# SPDX-License-Identifier: Apache-2.0
"""How far a change of the backbone has come: by consolidation, or to another one that a person has chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from learner.messages import Consolidated, ConsolidationStarted, IncrementStarted, Reembedded
from learner.types import Device, IncrementKind


class Stage(StrEnum):
    """What a change of the backbone goes through, in this order; one that is not a consolidation is never tuned."""

    ASKED = "asked"
    TUNING = "tuning"
    EMBEDDING = "embedding"
    REBUILDING = "rebuilding"


@dataclass(frozen=True, slots=True)
class BackboneChange:
    """A change under way: `done` of `total` steps are taken while it is tuned, or samples looked at while embedding.

    `seconds_left` is how long the others will take, None while unknown. `device` is where it is tuned. `is_asked` says
    that a person wants it, and waits for what comes of it; `is_waiting` that nothing has been heard of it for a while,
    since nobody wants it so much that it would go on while the computer is in use.
    """

    stage: Stage
    is_consolidation: bool = False
    is_asked: bool = False
    is_waiting: bool = False
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    device: Device | None = None


Progress = ConsolidationStarted | Consolidated | Reembedded


def followed(change: BackboneChange | None, event: Progress) -> BackboneChange:
    """Return the change after an event of it; one that was not known of begins with it."""
    change = replace(change, is_waiting=False) if change is not None else BackboneChange(Stage.ASKED)
    match event:
        case ConsolidationStarted(done=done, total=total, device=device):
            return replace(
                change,
                stage=Stage.TUNING,
                is_consolidation=True,
                done=done,
                total=total,
                seconds_left=None,
                device=device,
            )
        case Consolidated(step, seconds_left):
            return replace(
                change,
                stage=Stage.TUNING,
                is_consolidation=True,
                done=step.number,
                total=step.total,
                seconds_left=seconds_left,
            )
        case Reembedded(done=done, total=total, seconds_left=seconds_left):
            return replace(
                change, stage=Stage.EMBEDDING, done=done, total=total, seconds_left=seconds_left, device=None
            )


def rebuilt(change: BackboneChange | None, event: IncrementStarted) -> BackboneChange | None:
    """Return the change when learning begins: from zero, after everything was embedded, is the last part of it."""
    if change is None or event.kind is IncrementKind.WAKE:
        return change
    is_tuned = change.stage is Stage.TUNING and change.done == change.total
    if is_tuned or change.stage is Stage.EMBEDDING:
        return replace(change, stage=Stage.REBUILDING, is_waiting=False, seconds_left=None, device=None)
    return change
