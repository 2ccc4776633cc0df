# SPDX-License-Identifier: Apache-2.0
"""`showtell history`: the increments, and what was measured of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.looking_back import accuracy, marks, measured, version_data, what_was_done
from learner.cli.opening import class_names
from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import percent, table, when

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.types import Increment, Version


def history(
    project: ProjectFile,
    everything: Annotated[bool, typer.Option("--all", help="Every row, and not the last 20 alone.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """List what was learned when, and how good it was.

    One row an increment, oldest first: how many recordings were right before they were learned, how many are right of
    those that are held out to measure with, and how much of the class that lost most was forgotten since it was at its
    best. With --json there are all increments with all that was measured.

    Example: showtell history desk.showtell
    """
    from learner.buffer.guest import guest

    output = Output(as_json=as_json)
    with guest(project) as buffer:
        increments, versions, in_use = buffer.increments(), buffer.versions(), buffer.champion_id()
        names = class_names(buffer)
    output.result(
        _data(increments, versions, in_use, names),
        *_parts(increments, versions, in_use, most=None if everything else 20),
    )


def _data(
    increments: Sequence[Increment], versions: Sequence[Version], in_use: int | None, names: Mapping[int, str]
) -> dict[str, Any]:
    """Return the JSON object of a project's history; what was measured goes by the ids of `classes`."""
    is_measured = [increment.evaluation["measured"] for increment in increments if "measured" in increment.evaluation]
    return {
        "increments": [
            {**asdict(increment), "started_at": increment.started_at.isoformat()} for increment in increments
        ],
        "versions": [version_data(version) for version in versions],
        "in_use": in_use,
        "measurable": bool(is_measured and is_measured[-1]),
        "classes": dict(names),
    }


def _parts(
    increments: Sequence[Increment], versions: Sequence[Version], in_use: int | None, most: int | None
) -> tuple[RenderableType, ...]:
    """Return what people read of it: the last rows, `most` of them or all, and why what was refused was refused.

    The table is as narrow as it can be, so that no word of it is broken on a terminal of 80 columns.
    """
    if not increments:
        return ("Nothing has been learned yet.",)
    shown = increments if most is None else increments[-most:]
    kept = {version.id: version for version in versions}
    words = ("what", "held out", "version")
    rows = table("when", "what", "new", "took", "before", "held out", "forgot", "version", words=words)
    for increment in shown:
        before = increment.before
        rows.add_row(
            when(increment.started_at),
            what_was_done(increment.kind),
            f"{increment.new_samples}/{increment.total_samples}",
            f"{increment.seconds:.1f} s",
            f"{before.right}/{before.bursts}" if before.bursts else "–",
            accuracy(increment),
            percent(measured(increment).get("worst_forgetting")),
            _outcome(increment, kept, in_use),
        )
    parts: list[RenderableType] = [rows]
    parts += [
        f"Not accepted at {when(increment.started_at)}: {increment.why}"
        for increment in shown
        if not increment.accepted
    ]
    if len(shown) < len(increments):
        parts.append(f"These are the last {len(shown)} of {len(increments)}; --all shows them all.")
    return tuple(parts)


def _outcome(increment: Increment, kept: Mapping[int, Version], in_use: int | None) -> str:
    """Return what became of an increment: its version, unless there is none."""
    if not increment.accepted:
        return "not accepted"
    version = kept.get(increment.version_id) if increment.version_id is not None else None
    if version is None:
        return "no longer kept"
    return ", ".join(part for part in (str(version.id), marks(version, in_use)) if part)
