# SPDX-License-Identifier: Apache-2.0
"""`showtell learn`: what is new, and then everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.cli.renewing import what_it_saw

if TYPE_CHECKING:
    from learner.types import Device, Increment


def learn(
    project: ProjectFile,
    quick: Annotated[
        bool, typer.Option("--quick", help="Learn what is new, and do not go over everything after it.")
    ] = False,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Learn whatever is new in a project, then go over everything.

    Going over everything learns all samples anew, which takes longer and gives the better answers; what was deleted is
    unlearned. If it comes to nothing better, the version in use stays, which is no failure.

    Example: showtell learn desk.showtell
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, device=device) as opened:
        with output.progress("Loading TensorFlow") as meter:
            listener = learning_shown_on(meter, output)
            increments = opened.learn("showtell learn", listener)
            if not quick:
                increments += opened.sleep("showtell learn", listener)
        outcome = increments, opened.device, opened.version_id
        saw = what_it_saw(opened.backbones(), opened.backbone.sha256, project)
    output.result(_data(*outcome), _text(*outcome))
    if saw:
        output.note(saw)


def _data(increments: Sequence[Increment], device: Device | None, version: int | None) -> dict[str, Any]:
    """Return the JSON object of learning."""
    return {
        "increments": len(increments),
        "steps": sum(increment.steps for increment in increments),
        "samples": sum(increment.new_samples for increment in increments),
        "seconds": sum(increment.seconds for increment in increments),
        "device": device.kind if device else None,
        "version": version,
    }


def _text(increments: Sequence[Increment], device: Device | None, version: int | None) -> str:
    """Return what people read of learning."""
    from learner.types import IncrementKind

    if not increments:
        return "There is nothing new to learn."
    lines = []
    for increment in increments:
        steps = f"in {increment.seconds:.1f} s ({increment.steps} steps)"
        if increment.kind is IncrementKind.SLEEP:
            outcome = "." if increment.accepted else f", and kept what was there before: {increment.why}"
            lines.append(f"Went over everything {steps}{outcome}")
        elif increment.accepted:
            lines.append(f"Learned {increment.new_samples} samples {steps}.")
        else:
            lines.append(f"Not accepted: {increment.why}")
    if version is not None:
        lines.append(f"Version {version} is in use.")
    if device:
        lines.append(f"Trained on {device.name}. {device.reason}")
    return "\n".join(lines)
