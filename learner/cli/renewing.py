# SPDX-License-Identifier: Apache-2.0
"""What came of getting another backbone, of which there are two ways: consolidating, and choosing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from learner.messages import Event
    from learner.project import Project
    from learner.types import BackboneInfo, Device, Increment, KeptBackbone

    Listener = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The backbone and the version in use now, whether they are new, and if not, why."""

    backbone: BackboneInfo
    version: int | None
    accepted: bool
    why: str
    seconds: float = 0.0
    device: Device | None = None

    def data(self) -> dict[str, Any]:
        """Return the JSON object of it."""
        return {
            "accepted": self.accepted,
            "why": self.why,
            "backbone": asdict(self.backbone),
            "version": self.version,
            "seconds": self.seconds,
            "device": self.device.kind if self.device else None,
        }


def renewed(project: Project, renew: Callable[[Listener], list[Increment]], listener: Listener) -> Outcome:
    """Get another backbone, and return what came of it.

    Args:
        project: the project.
        renew: does it, and tells what happens on the way.
        listener: is told the same.
    """
    from learner.messages import BackboneKept, ConsolidationStarted

    why, device = "There was nothing to do.", None

    def on_event(event: Event) -> None:
        nonlocal why, device
        if isinstance(event, BackboneKept):
            why = event.message
        elif isinstance(event, ConsolidationStarted):
            device = event.device
        listener(event)

    increments = renew(on_event)
    accepted = any(increment.accepted for increment in increments)
    return Outcome(
        project.backbone,
        project.version_id,
        accepted,
        "" if accepted else next((increment.why for increment in increments if increment.why), why),
        sum(increment.seconds for increment in increments),
        device or project.device,
    )


def what_it_saw(kept: Sequence[KeptBackbone], in_use: str, project: Path) -> str:
    """Return a sentence about pictures that are gone and that the backbone in use has learned from; "" without any."""
    for backbone in kept:
        if backbone.info.sha256 == in_use and backbone.gone:
            which = "1 of which is" if backbone.gone == 1 else f"{backbone.gone} of which are"
            return (
                f"The backbone in use was consolidated on {backbone.seen} pictures, {which} gone now. "
                f"showtell consolidate {project} makes one that has never seen what is gone."
            )
    return ""
