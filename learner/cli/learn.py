# SPDX-License-Identifier: Apache-2.0
"""`showtell learn`: what is new, and then everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from learner.cli.learning import learn_and_tell
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile

if TYPE_CHECKING:
    from learner.messages import Event
    from learner.project import Project
    from learner.types import Increment


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

    def both(opened: Project, listener: Callable[[Event], None]) -> list[Increment]:
        increments = opened.learn("showtell learn", listener)
        return increments if quick else increments + opened.sleep("showtell learn", listener)

    learn_and_tell(
        project, both, nothing="There is nothing new to learn.", device=device, backbone=backbone, as_json=as_json
    )
