# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet preview`: what a project would send, to the last number, before anything is sent."""

from __future__ import annotations

from learner.cli.fleet.common import shared_data, shared_text
from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, ProjectFile
from learner.cli.output import Output


def preview(project: ProjectFile, backbone: BackboneFile = None, as_json: AsJson = False, debug: Debug = False) -> None:
    """Show what this project would send to a fleet. Nothing is sent.

    Classes with fewer than 5 samples, or fewer than 3 different looks, stay on this laptop.

    Example: showtell fleet preview desk.showtell
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, alone=False) as opened:
        shared = opened.shared()
    output.result(shared_data(shared), shared_text(shared))
