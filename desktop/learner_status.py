# SPDX-License-Identifier: Apache-2.0
"""What the learner is doing, and how far a change of its backbone has come, as the screen shows it.

The window shows this before there is a project: nothing that takes long to import belongs here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from learner.types import BurstScore, IncrementKind

if TYPE_CHECKING:
    from learner.types import BackboneInfo, Device, Step


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


class Phase(StrEnum):
    """What the learner is doing."""

    STARTING = "starting"
    READY = "ready"
    LEARNING = "learning"
    RESTARTING = "restarting"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class LearnerStatus:
    """The learner as the screen shows it.

    `detail` says more about the phase; while paused, why. `kind` is that of the increment under way. `on_hold` says
    that a person has paused learning, whatever the phase. `recognised` counts the last recordings that were right
    before they were learned; `learned_total` is how many samples the version in use was made of; `learned_at` is a
    `time.time()`. `evaluation` is what was measured of that version, and `stayed` says why going over everything has
    not replaced it. `backbone` is the one in use, None until the learner has started; `change` is how far another one
    is that may take its place, and goes on beside whatever the phase is.
    """

    phase: Phase = Phase.STARTING
    detail: str = ""
    kind: IncrementKind = IncrementKind.WAKE
    on_hold: bool = False
    step: Step | None = None
    device: Device | None = None
    version_id: int | None = None
    learned_at: float | None = None
    learned_total: int = 0
    recognised: BurstScore = field(default_factory=BurstScore)
    classes: int = 0
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    stayed: str = ""
    backbone: BackboneInfo | None = None
    change: BackboneChange | None = None
