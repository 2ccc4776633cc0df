# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone download`: one that others trained, over the network, when a person says so."""

from __future__ import annotations

from typing import Annotated

import typer

from learner.cli.backbone.telling import in_words, info_data
from learner.cli.options import AsJson, Debug, Yes
from learner.cli.output import Output


def download(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="mobilenet_v3_small, mobilenet_v3_large or efficientnet_v2_b0.")
    ],
    yes: Yes = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Fetch a backbone that learned ImageNet from where Keras has it.

    This is the only verb that goes to the internet, and it asks first. Nothing is sent but the request for the file.

    Example: showtell backbone download mobilenet_v3_small
    """
    from learner import downloads
    from learner.config import LearnerConfig
    from learner.loading import choose_device

    output = Output(as_json=as_json)
    wanted = downloads.offered(name)
    files = downloads.fetched(wanted)
    if files is not None:
        output.result(info_data(files.info), f"It is on this computer already. {in_words(files.info)}")
        return
    what = f"About {wanted.megabytes} MB would be fetched from {downloads.host()}."
    if not output.is_meant("Is that to be fetched?", what, "Fetch it?", yes=yes):
        output.result({}, "Nothing was fetched.")
        return
    with output.progress(f"Fetching {name}, {wanted.megabytes} MB, and converting it"):
        choose_device(LearnerConfig(device="cpu"))  # a GPU has nothing to do in it
        files = downloads.fetch(wanted)
    output.result(info_data(files.info), in_words(files.info))
