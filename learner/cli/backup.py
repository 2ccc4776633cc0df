# SPDX-License-Identifier: Apache-2.0
"""`showtell backup`: a copy of a project, made while it is in use."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import in_words
from learner.errors import UsageFault

if TYPE_CHECKING:
    from learner.buffer.backups import Backup


def backup(
    project: ProjectFile,
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER|FILE",
            readable=False,
            help="Where to: a folder, or the file to make. Left out, it is beside the project.",
        ),
    ] = None,
    auto: Annotated[
        bool, typer.Option("--auto", help="Keep a copy among those that are kept by themselves, if one is due.")
    ] = False,
    kept: Annotated[bool, typer.Option("--list", help="List the copies that are kept by themselves.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Copy a project, also while it is in use.

    The copy is the project at one moment, is read through before it gets its name, and has that moment in it unless
    another name is given. Nothing is written over. It is a project like any other; showtell restore-backup puts it
    back.

    The window keeps copies by itself: one a day while something changes, and one before anything great is changed, of
    which twelve days, ten weeks and nine months stay. They lie in Showtell's data folder, or in that which
    $SHOWTELL_BACKUPS names.

    Example: showtell backup desk.showtell backups

    Example: showtell backup desk.showtell --list
    """
    from learner.buffer import backups

    output = Output(as_json=as_json)
    if sum((target is not None, auto, kept)) > 1:
        raise UsageFault(
            "What is meant?", "A target, --auto and --list are three different things.", "Give one of them."
        )
    if kept:
        _list(project, output)
        return
    if auto:
        _keep(project, output)
        return
    if target is None:
        target = backups.dated_name(project, "backup")
    elif target.is_dir():
        target = backups.dated_name(target / project.name, "backup")
    with output.progress("Copying") as meter:

        def on_progress(done: int, total: int) -> None:
            if done < total:
                meter.show("Copying", 100 * done // total, 100)
            else:
                meter.show("Reading it through")

        done = backups.backup(project, target, on_progress)
    output.result(_data(done), f"{done.path}, {done.bytes / 1e6:.1f} MB: {in_words(done.contents)}.")


def _list(project: Path, output: Output) -> None:
    from learner.buffer import keeping
    from learner.cli.tables import table, when

    found = keeping.kept(project)
    drawn = table("Made", "Why", "MB", "File", words=("Why", "File"))
    for one in found:
        drawn.add_row(when(one.made_at), one.reason.value.replace("-", " "), f"{one.bytes / 1e6:.1f}", str(one.path))
    output.result(
        {
            "copies": [
                {
                    "path": str(one.path),
                    "made_at": one.made_at.isoformat(),
                    "reason": one.reason.value,
                    "bytes": one.bytes,
                }
                for one in found
            ]
        },
        drawn if found else f"No copy is kept of {project.name} in {keeping.usual_folder()}.",
    )


def _keep(project: Path, output: Output) -> None:
    from learner.buffer import keeping

    with output.progress("Copying") as meter:
        done = keeping.keep(project, on_progress=lambda at, total: meter.show("Copying", 100 * at // total, 100))
    if done is None:
        output.result({"backup": None}, "No copy is due.")
    else:
        output.result(_data(done), f"{done.path}, {done.bytes / 1e6:.1f} MB: {in_words(done.contents)}.")


def _data(done: Backup) -> dict[str, Any]:
    """Return the JSON object of a backup."""
    return {"backup": str(done.path), "bytes": done.bytes, **asdict(done.contents)}
