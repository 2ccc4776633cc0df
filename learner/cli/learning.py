# SPDX-License-Identifier: Apache-2.0
"""Learning with its progress, and what is told of it: for the verbs that learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from learner.cli.opening import opened_project
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.cli.renewing import what_it_saw

if TYPE_CHECKING:
    from learner.messages import Event
    from learner.project import Project
    from learner.types import Device, Increment

    Learning = Callable[[Project, Callable[[Event], None]], list[Increment]]


def learn_and_tell(
    project: Path,
    learn: Learning,
    *,
    nothing: str,
    device: Literal["auto", "cpu", "gpu"],
    backbone: Path | None,
    as_json: bool,
) -> None:
    """Learn, show how far it is, and print what came of it.

    Args:
        project: the project file.
        learn: does it, and tells what happens on the way.
        nothing: what to say when there was nothing to do.
        device: where to train.
        backbone: a file to use in place of the project's own.
        as_json: whether the result is wanted as JSON.
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, device=device) as opened:
        with output.progress("Loading TensorFlow") as meter:
            increments = learn(opened, learning_shown_on(meter, output))
        trained_on, version = opened.device, opened.version_id
        saw = what_it_saw(opened.backbones(), opened.backbone.sha256, project)
    output.result(_data(increments, trained_on, version), _text(increments, trained_on, version) or nothing)
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
    """Return what people read of learning; nothing when nothing was done."""
    from learner.types import IncrementKind

    if not increments:
        return ""
    lines = []
    for increment in increments:
        steps = f"in {increment.seconds:.1f} s ({increment.steps} steps)"
        if increment.kind is IncrementKind.SLEEP:
            outcome = "." if increment.accepted else f", and kept what was there before: {increment.why}"
            lines.append(f"Went over everything {steps}{outcome}")
        elif increment.kind is IncrementKind.FLEET:
            outcome = "." if increment.accepted else f", and did not take it: {increment.why}"
            lines.append(f"Learned with what other laptops know {steps}{outcome}")
        elif increment.accepted:
            lines.append(f"Learned {increment.new_samples} samples {steps}.")
        else:
            lines.append(f"Not accepted: {increment.why}")
    if version is not None:
        lines.append(f"Version {version} is in use.")
    if device:
        lines.append(f"Trained on {device.name}. {device.reason}")
    return "\n".join(lines)
