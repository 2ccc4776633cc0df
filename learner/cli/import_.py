# SPDX-License-Identifier: Apache-2.0
"""`showtell import`: pictures from elsewhere copied into a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.errors import EnvironmentFault

if TYPE_CHECKING:
    from learner.interchange.importing import Report


def import_(
    project: ProjectFile,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE", readable=False, help="Class folders, a table, an archive, a project, a clip or a picture."
        ),
    ],
    label: Annotated[str | None, typer.Option(metavar="NAME", help="What all of it shows.")] = None,
    every: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Of clips, take every N-th frame, whatever it shows.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Copy pictures from elsewhere into a project.

    The source is a folder with one folder of pictures a class, or with train, val and test folders of these, of which
    val and test are kept to measure with; a CSV table with the columns path and label; a zip of any of these; a
    Teachable Machine project (.tm) or the samples of one of its classes; another Showtell project; or, with --label, a
    clip, a picture or a folder of them. Of a clip about ten frames a second are looked at, and those taken that differ.

    The project is made if it is not there. What cannot be read is left out and listed; a picture that is there already
    is not added again, so importing the same thing twice adds nothing.

    Example: showtell import desk.showtell pictures

    Example: showtell import desk.showtell mug.mp4 --label mug --every 5
    """
    from learner.buffer import Buffer, ProjectLock
    from learner.interchange.formats import source_of
    from learner.interchange.importing import import_source
    from learner.interchange.items import tidy_name

    output = Output(as_json=as_json)
    # Before the project is made: a mistyped source must not leave an empty one behind.
    with (
        source_of(
            source, label=None if label is None else tidy_name(label) or label, every=every, into=project
        ) as found,
        ProjectLock(project, create=True),
        Buffer.open(project) as buffer,
        output.progress("Importing") as meter,
    ):
        work = import_source(buffer, found)
        while True:
            try:
                progress = next(work)
            except StopIteration as end:
                report: Report = end.value
                break
            meter.show("Importing", progress.done, progress.total)
    output.result(_data(report), _text(report))
    output.skipped(report.skipped)
    if more := report.left_out - len(report.skipped):
        output.note(f"Left out {more} more.")
        for why, count in report.reasons.most_common():
            output.note(f"{count} × {why}")
    if not report.added and not report.duplicates:
        raise EnvironmentFault("Nothing was imported", f"{source} has no picture to add.", "See above for the reasons.")


def _data(report: Report) -> dict[str, Any]:
    """Return the JSON object of an import."""
    return {
        "added": report.added,
        "duplicates": report.duplicates,
        "near_duplicates": report.alike,
        "unchanged_frames": report.still,
        "skipped": [{"path": str(item.path), "why": item.why} for item in report.skipped],
        "reasons": dict(report.reasons),
        "classes": report.classes,
    }


def _text(report: Report) -> str:
    """Return what people read of an import."""
    lines = [f"Added {report.added} samples; {report.duplicates} were there already."]
    lines += [f"  {name}: {count}" for name, count in report.classes.items()]
    if report.still:
        lines.append(f"{report.still} frames that show the same as the one before were left out.")
    if report.alike:
        lines.append(f"{report.alike} of them look nearly like the one before.")
    return "\n".join(lines)
