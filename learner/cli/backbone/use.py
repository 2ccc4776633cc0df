# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone use`: another one for a project, if it is no worse."""

from __future__ import annotations

from typing import Annotated

import typer

from learner.cli.backbone.telling import in_short
from learner.cli.opening import opened_project
from learner.cli.options import AsJson, Debug, DeviceChoice, ProjectFile
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.cli.renewing import Outcome, renewed


def use(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name of a backbone, the beginning of its hash, or a file.")
    ],
    project: ProjectFile,
    device: DeviceChoice = "auto",
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Change to another backbone.

    Every sample is embedded anew, everything is learned from that, and what comes of it is measured. If it is worse
    than what is in use, that stays, which is no failure. Until then the one in use answers. showtell restore goes back.

    Example: showtell backbone use mobilenet_v3_small desk.showtell
    """
    from learner import backbones
    from learner.config import LearnerConfig
    from learner.loading import choose_device

    output = Output(as_json=as_json)
    with opened_project(project, backbone=None, device=device) as opened, output.progress("Reading it") as meter:

        def on_conversion() -> None:
            choose_device(LearnerConfig(device=device))
            meter.show("Converting the backbone")

        files = backbones.named(name, opened.buffer, on_conversion)
        if files.info.sha256 == opened.backbone.sha256:
            outcome = Outcome(opened.backbone, opened.version_id, accepted=False, why="It is in use already.")
        else:
            listener = learning_shown_on(meter, output)
            try:
                outcome = renewed(
                    opened, lambda tell: opened.use_backbone(files, "showtell backbone use", tell), listener
                )
            except KeyboardInterrupt:
                output.note(f"It is not done. showtell learn {project} goes on with it.")
                raise
    in_use = in_short(outcome.backbone)
    text = f"{in_use} is in use." if outcome.accepted else f"{in_use} stays in use: {outcome.why}"
    output.result(outcome.data(), text)
