# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet leave`: a project forgets what has come from other laptops."""

from __future__ import annotations

from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on


def leave(
    project: ProjectFile,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Forget what has come from other laptops, and learn without it.

    What this laptop has sent is a part of what the others know, and stays with them until they learn together again.

    Example: showtell fleet leave desk.showtell
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, device=device) as opened:
        opened.leave_fleet()
        with output.progress("Learning without the fleet") as meter:
            increments = opened.learn("left the fleet", learning_shown_on(meter, output))
        version = opened.version_id
    if not increments:
        said = "Nothing had come from a fleet."
    elif increments[-1].accepted:
        said = f"Version {version} knows nothing of the fleet."
    else:
        said = f"Version {version} stays: {increments[-1].why}"
    output.result({"version": version, "increments": len(increments)}, said)
