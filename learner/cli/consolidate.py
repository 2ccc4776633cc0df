# SPDX-License-Identifier: Apache-2.0
"""`showtell consolidate`: the backbone, fine-tuned on a project's own pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learner.cli.opening import opened_project
from learner.cli.options import AsJson, Debug, DeviceChoice, ProjectFile
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.cli.renewing import Outcome, renewed

if TYPE_CHECKING:
    from learner.types import KeptBackbone


def consolidate(
    project: ProjectFile,
    device: DeviceChoice = "auto",
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Fine-tune the backbone on the pictures of a project.

    Its last blocks are trained, which takes minutes. It starts from the backbone that the project's came from and sees
    what is there now, so that what was deleted since the last time is in it no longer. Every sample is embedded anew,
    and if what comes of it is not better, the one in use stays, which is no failure. When it is interrupted, the next
    call goes on. showtell restore goes back.

    Example: showtell consolidate desk.showtell
    """
    output = Output(as_json=as_json)
    with (
        opened_project(project, backbone=None, device=device) as opened,
        output.progress("Loading TensorFlow") as meter,
    ):
        listener = learning_shown_on(meter, output)
        try:
            outcome = renewed(opened, lambda tell: opened.consolidate("showtell consolidate", tell), listener)
        except KeyboardInterrupt:
            output.note("What was done so far is kept. The same command goes on with it.")
            raise
        made = next((kept for kept in opened.backbones() if kept.info.sha256 == outcome.backbone.sha256), None)
    output.result(_data(outcome, made), _text(outcome, made))


def _data(outcome: Outcome, made: KeptBackbone | None) -> dict[str, Any]:
    """Return the JSON object of a consolidation; `made` is the backbone in use, if the project keeps it."""
    return {**outcome.data(), "consolidated_on": made.seen if made else 0}


def _text(outcome: Outcome, made: KeptBackbone | None) -> str:
    """Return what people read of it."""
    if not outcome.accepted:
        lines = [f"The backbone stays as it was: {outcome.why}"]
    else:
        pictures = f" on {made.seen} pictures" if made else ""
        lines = [f"Consolidated{pictures}. Version {outcome.version} is in use."]
    if outcome.device:
        lines.append(f"Trained on {outcome.device.name}. {outcome.device.reason}")
    return "\n".join(lines)
