# SPDX-License-Identifier: Apache-2.0
"""How far a change of the backbone has come: by consolidation, or to another one that a person has chosen."""

from __future__ import annotations

from dataclasses import replace

from desktop.learner_status import BackboneChange, Stage
from learner.messages import Consolidated, ConsolidationStarted, IncrementStarted, Reembedded
from learner.types import IncrementKind

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
    if change is None or event.kind is not IncrementKind.SLEEP:
        return change
    is_tuned = change.stage is Stage.TUNING and change.done == change.total
    if is_tuned or change.stage is Stage.EMBEDDING:
        return replace(change, stage=Stage.REBUILDING, is_waiting=False, seconds_left=None, device=None)
    return change
