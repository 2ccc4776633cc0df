# SPDX-License-Identifier: Apache-2.0
"""`showtell versions`: those that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from learner.cli.looking_back import accuracy, by_version, marks, measured, version_data, what_was_done
from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import table, when

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.types import Increment, Version


def versions(project: ProjectFile, as_json: AsJson = False, debug: Debug = False) -> None:
    """List the versions that are kept.

    The newest 20 are, and those that are pinned.

    Example: showtell versions desk.showtell
    """
    from learner.buffer.guest import guest

    output = Output(as_json=as_json)
    with guest(project) as buffer:
        increments, kept, in_use = buffer.increments(), buffer.versions(), buffer.champion_id()
    output.result(_data(kept, increments, in_use), *_parts(kept, increments, in_use))


def _data(kept: Sequence[Version], increments: Sequence[Increment], in_use: int | None) -> dict[str, Any]:
    """Return the JSON object of the versions that are kept."""
    made = by_version(increments)
    return {
        "versions": [
            {
                **version_data(version),
                "samples": made[version.id].total_samples if version.id in made else None,
                "held_out_accuracy": measured(made.get(version.id)).get("accuracy"),
            }
            for version in kept
        ],
        "in_use": in_use,
    }


def _parts(kept: Sequence[Version], increments: Sequence[Increment], in_use: int | None) -> tuple[RenderableType, ...]:
    """Return what people read of them."""
    if not kept:
        return ("There is no version yet: nothing has been learned.",)
    made = by_version(increments)
    words = ("made", "what", "held out", "")
    rows = table("version", "made", "what", "samples", "classes", "held out", "", words=words)
    for version in kept:
        increment = made.get(version.id)
        rows.add_row(
            str(version.id),
            when(version.created_at),
            what_was_done(version.kind),
            str(increment.total_samples) if increment else "–",
            str(len(version.class_ids)),
            accuracy(increment),
            marks(version, in_use),
        )
    return (rows,)
