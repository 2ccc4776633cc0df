# SPDX-License-Identifier: Apache-2.0
"""`showtell open`, and `showtell` without a verb: the window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from learner.cli.options import BackboneFile, Debug
from learner.cli.request import VERBS, Device, OpenRequest, Session
from learner.errors import DisplayFault, UsageFault


def open_(
    context: typer.Context,
    project: Annotated[
        str | None, typer.Argument(metavar="PROJECT", help="The project file; the last one when left out.")
    ] = None,
    camera: Annotated[
        str | None,
        typer.Option(metavar="INDEX|FILE|FOLDER|URL|demo", help="What to look through; demo is a rendered scene."),
    ] = None,
    backbone: BackboneFile = None,
    device: Annotated[Device | None, typer.Option(help="Where to train; what Preferences say when left out.")] = None,
    debug: Debug = False,
) -> None:
    """Open the window; the same as no verb at all.

    Example: showtell desk.showtell --camera demo
    """
    session: Session = context.obj
    # A text and not a Path, which would make "import" of "./import".
    if project in VERBS:
        raise UsageFault(
            "Is that a project or a verb?",
            f'"{project}" is a verb, and does not come first.',
            f"Put the verb first, or write .{os.sep}{project} for a project of that name.",
        )
    if session.open_window is None:
        raise DisplayFault(
            "There is no window here", "The desktop part is not there.", "See showtell --help for the verbs."
        )
    raise typer.Exit(session.open_window(OpenRequest(Path(project) if project else None, camera, backbone, device)))
