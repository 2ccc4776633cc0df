# SPDX-License-Identifier: Apache-2.0
"""`showtell restore`: an earlier version in use again."""

from __future__ import annotations

from learner.cli.looking_back import kept_version
from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, ProjectFile, VersionNumber
from learner.cli.output import Output


def restore(
    project: ProjectFile,
    version: VersionNumber,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Answer with an earlier version from now on.

    It stays in use until something new is learned.

    Example: showtell restore desk.showtell 11
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone) as opened:
        before = opened.buffer.champion_id()
        opened.restore(kept_version(opened.buffer, version).id)
    text = f"Version {version} is in use."
    if before == version:
        text = f"Version {version} was in use already."
    output.result({"in_use": version, "was_in_use": before}, text)
