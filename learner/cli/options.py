# SPDX-License-Identifier: Apache-2.0
"""Arguments and options that more than one verb takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def _note_debug(context: typer.Context, wanted: bool) -> bool:
    if wanted:
        context.find_root().obj.debug = True
    return wanted


VERSION_HELP = "The number of a version, as showtell versions lists it."

# readable=False leaves it to us to say what cannot be read: that is the input's fault, not a wrong command line.
ProjectFile = Annotated[
    Path, typer.Argument(metavar="PROJECT", readable=False, help="The project file, like desk.showtell.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result to stdout as JSON, and nothing else.")]
Debug = Annotated[bool, typer.Option("--debug", callback=_note_debug, help="Show the traceback of a bug of ours.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
DeviceChoice = Annotated[
    Literal["auto", "cpu", "gpu"],
    typer.Option(help="Where to train; auto takes a GPU for consolidation only."),
]
ClassFolders = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", readable=False, help="A folder with one folder of pictures a class."),
]
BackboneFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", readable=False, help="A .keras or .showtell-backbone file to use instead of the project's own."
    ),
]
VersionNumber = Annotated[int, typer.Argument(metavar="VERSION", help=VERSION_HELP)]
