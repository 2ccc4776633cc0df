# SPDX-License-Identifier: Apache-2.0
"""The Typer app that the verbs are added to, and what is handed to it.

How windows are opened is handed in, so that nothing here knows Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

import typer


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Open the window; None leaves the choice to it."""

    project: Path | None
    camera: str | None
    backbone: Path | None
    device: Literal["auto", "cpu", "gpu"] | None = None


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """Open the window and let it teach itself; None takes a project that is thrown away."""

    project: Path | None


@dataclass(slots=True)
class Session:
    """One command line: how it opens windows, and whether it shows the traceback of a bug of ours."""

    open_window: Callable[[OpenRequest], int] | None
    demo_window: Callable[[DemoRequest], int] | None
    debug: bool = False


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="[PROJECT] | VERB …",
)


def _show_version(wanted: bool) -> None:
    if wanted:
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
