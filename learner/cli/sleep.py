# SPDX-License-Identifier: Apache-2.0
"""`showtell sleep`: everything learned anew."""

from __future__ import annotations

from learner.cli.learning import learn_and_tell
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile


def sleep(
    project: ProjectFile,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Go over everything: learn all samples from zero.

    It takes longer than learning what is new and gives the better answers; what was deleted is unlearned. What comes of
    it follows from the samples alone. If it comes to nothing better, the version in use stays, which is no failure.

    Example: showtell sleep desk.showtell
    """
    learn_and_tell(
        project,
        lambda opened, listener: opened.sleep("showtell sleep", listener),
        nothing="It has gone over everything already.",
        device=device,
        backbone=backbone,
        as_json=as_json,
    )
