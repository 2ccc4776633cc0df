# SPDX-License-Identifier: Apache-2.0
"""`showtell check`: whether a project file is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import in_words
from learner.errors import DamagedProject, EnvironmentFault, NotAProject

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.buffer.checking import Health
    from learner.buffer.salvaging import TableRead

_MOST = 50
"""Findings that people are shown; a broken disk has thousands."""
_WORDS = {
    "bursts": "recordings",
    "version_arrays": "arrays of versions",
    "backbone_files": "files of backbones",
    "backbone_samples": "samples that backbones have seen",
    "consolidation": "consolidation under way",
    "changes": "notes of what changed",
    "sums": "sums of embeddings",
}


def check(
    project: ProjectFile,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make a new project of what can be read of a damaged one.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Tell whether a project file is well.

    Everything in it is read: the database, what refers to what, every picture, embedding, version and backbone. Nothing
    is changed, and the project may be open meanwhile. The exit code is 1 when something is wrong.

    With --repair a damaged project gets another name beside it, NAME.damaged-DATE, and stays as it is. In its place
    comes a new one with every row that can be read. One that is well is left alone.

    Example: showtell check desk.showtell

    Example: showtell check desk.showtell --repair
    """
    from learner.buffer import checking

    output = Output(as_json=as_json)
    if repair:
        _repair(project, output)
        return
    with output.progress("Checking") as meter:
        found = checking.check(project, lambda done, total: meter.show("Checking", done, total))
    output.result(_data(found), *_text(found))
    if found.is_older:
        output.note("An older Showtell made it. Open it once in the window; then its pictures can be checked as well.")
    if not found.is_well:
        raise typer.Exit(EnvironmentFault.exit_code)


def _repair(project: Path, output: Output) -> None:
    from learner.buffer import checking
    from learner.buffer.salvaging import salvage

    with output.progress("Checking") as meter:
        try:
            found = checking.check(project, lambda done, total: meter.show("Checking", done, total))
        except (DamagedProject, NotAProject):  # its first page, perhaps
            found = None
        if found is not None and found.is_well:
            output.result({"repaired": False}, "All is well; there is nothing to repair.")
            return
        done = salvage(project, lambda done, total: meter.show("Reading what can be read, page", done, total))
    backup = done.backup
    output.result(
        {
            "repaired": True,
            "set_aside": str(done.set_aside),
            "tables": [asdict(table) for table in done.tables],
            "contents": asdict(done.contents),
            "backup": str(backup.path) if backup else None,
        },
        f"{project.name} was made anew: {in_words(done.contents)}. The damaged file is beside it: "
        f"{done.set_aside.name}.",
        _drawn(done.tables),
    )
    if any(table.name == "embeddings" and table.left_out for table in done.tables):
        output.note("Embeddings are made again when the project is opened.")
    if backup:
        output.note(
            f"The newest sound copy is of {backup.made_at.astimezone():%Y-%m-%d %H:%M}: {backup.path}. If it has more, "
            f"showtell restore-backup puts it back."
        )


def _drawn(tables: Sequence[TableRead]) -> RenderableType:
    from learner.cli.tables import table

    drawn = table("", "Read", "Lost", "Left out")
    for one in tables:
        drawn.add_row(_WORDS.get(one.name, one.name), str(one.rows), str(one.lost), str(one.left_out))
    return drawn


def _data(found: Health) -> dict[str, Any]:
    """Return the JSON object of a check."""
    return {
        "well": found.is_well,
        "findings": list(found.findings),
        "contents": asdict(found.contents) if found.contents else None,
    }


def _text(found: Health) -> list[str]:
    """Return what people read of a check."""
    holds = f"It holds {in_words(found.contents)}." if found.contents else ""
    if found.is_well:
        return [f"All is well. {holds}".strip()]
    lines = list(found.findings[:_MOST])
    if len(found.findings) > _MOST:
        lines.append(f"And {len(found.findings) - _MOST} more; --json lists them all.")
    return ["Something is wrong with it:", *(f"  {line}" for line in lines), *([holds] if holds else [])]
