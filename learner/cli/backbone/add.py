# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone add`: a file of one's own, converted and kept on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from learner.cli.backbone.telling import in_words, info_data
from learner.cli.options import AsJson, Debug
from learner.cli.output import Output


def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A .keras or a .showtell-backbone file.")
    ],
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Keep a backbone on this computer, so that projects can use it.

    A file that runs code or is not what it says it is is refused.

    Example: showtell backbone add mobilenet.keras
    """
    from learner import backbones
    from learner.config import LearnerConfig
    from learner.loading import choose_device

    output = Output(as_json=as_json)
    with output.progress("Reading it") as meter:

        def on_conversion() -> None:
            choose_device(LearnerConfig(device="cpu"))  # a GPU has nothing to do in it
            meter.show("Converting the backbone")

        files = backbones.add(file, on_conversion)
    output.result(info_data(files.info), in_words(files.info))
