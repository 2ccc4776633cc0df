# SPDX-License-Identifier: Apache-2.0
"""`showtell pin`: a version kept, or let go again."""

from __future__ import annotations

from typing import Annotated

import typer

from learner.cli.looking_back import kept_version
from learner.cli.options import AsJson, Debug, ProjectFile, VersionNumber
from learner.cli.output import Output


def pin(
    project: ProjectFile,
    version: VersionNumber,
    off: Annotated[bool, typer.Option("--off", help="Let it go again when its time comes.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Keep a version however old it becomes.

    A version that is pinned goes when what it knows is forgotten for good, and at no other time.

    Example: showtell pin desk.showtell 11
    """
    from learner.buffer import Buffer, ProjectLock

    output = Output(as_json=as_json)
    with ProjectLock(project), Buffer.open(project, create=False) as buffer:
        buffer.pin(kept_version(buffer, version).id, not off)
    text = f"Version {version} is kept however old it becomes."
    if off:
        text = f"Version {version} goes when its time comes."
    output.result({"version": version, "pinned": not off}, text)
