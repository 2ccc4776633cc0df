# SPDX-License-Identifier: Apache-2.0
"""The Typer app that the verbs are added to."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="[PROJECT] | VERB …",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        typer.echo(f"showtell {metadata.version('showtell')}")
        raise typer.Exit


@app.callback()
def _showtell(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Show the camera a thing, tell the laptop what it is. It learns on the spot, and nothing leaves the machine.

    Without a verb the window opens: `showtell desk.showtell --camera 0`. A project named like a verb is given with its
    folder: `showtell ./import`. Exit codes: 0 well, 1 the machine or the input is at fault, 2 wrong usage, 3 a bug of
    ours, 130 interrupted.
    """
