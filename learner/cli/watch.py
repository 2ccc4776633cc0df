# SPDX-License-Identifier: Apache-2.0
"""`showtell watch`: what a camera or a clip shows, answered frame by frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.opening import opened_project, require_version
from learner.cli.options import BackboneFile, Debug, ProjectFile
from learner.cli.output import Output

if TYPE_CHECKING:
    from learner.camera.watching import Seen
    from learner.project import Project
    from learner.types import Prediction


def watch(
    project: ProjectFile,
    camera: Annotated[
        str,
        typer.Option(metavar="INDEX|FILE|FOLDER|URL|demo", help="What to look through; demo is a rendered scene."),
    ] = "0",
    every: Annotated[
        float,
        typer.Option(
            min=0, metavar="SECONDS", help="From one answer to the next; of a clip, by its own clock. 0: all there are."
        ),
    ] = 0,
    count: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after so many lines.")] = None,
    changes: Annotated[
        bool, typer.Option("--changes", help="Write a line only when the answer is another one.")
    ] = False,
    backbone: BackboneFile = None,
    debug: Debug = False,
) -> None:
    """Say what a camera sees, as JSON, one line an answer.

    A line has time, frame (its number), position (seconds into a clip, else null), label, confidence, unknown, novelty,
    probabilities and version. Of a camera the newest frame is answered, of a clip or a folder every one, as fast as it
    goes. It ends with the clip, after N lines, or at Ctrl+C. What is learned meanwhile, in the window for one, answers
    from then on.

    Example: showtell watch desk.showtell --camera 0 --changes
    """
    from learner.camera.watching import watched

    output = Output(as_json=True)
    written = 0
    before: tuple[str | None, bool] | None = None
    with (
        closing(watched(camera, every, output.note)) as frames,
        closing(_answers(project, backbone, frames)) as answers,
    ):
        for seen, prediction in answers:
            answer = (prediction.label, prediction.unknown)
            if changes and answer == before:
                continue
            before = answer
            output.result(_data(seen, prediction))
            written += 1
            if written == count:
                break


def _answers(
    project: Path, backbone: Path | None, frames: Iterator[Seen]
) -> Generator[tuple[Seen, Prediction], None, None]:
    """Answer for one frame after another; where another version is put in use meanwhile, by that one."""
    more = True
    while more:
        with opened_project(project, backbone=backbone, alone=False) as opened:
            require_version(opened)
            in_use = opened.buffer.champion_id()
            while more and opened.buffer.champion_id() == in_use:
                more = yield from _answers_while_unchanged(opened, frames)


def _answers_while_unchanged(
    project: Project, frames: Iterator[Seen]
) -> Generator[tuple[Seen, Prediction], None, bool]:
    """Answer until something is written to the project; return whether there may be more frames."""
    mark, shown, more = project.buffer.mark(), deque[Any](), False

    def images() -> Iterator[Any]:
        nonlocal more
        for seen in frames:
            shown.append(seen)
            yield seen.image
            if project.buffer.mark() != mark:
                more = True
                return

    for prediction in project.predict_many(images()):
        yield shown.popleft(), prediction
    return more


def _data(seen: Seen, prediction: Prediction) -> dict[str, Any]:
    """Return the JSON object of one answer."""
    return {
        "time": seen.time.isoformat(),
        "frame": seen.number,
        "position": seen.position,
        "label": prediction.label,
        "confidence": prediction.confidence,
        "unknown": prediction.unknown,
        "novelty": prediction.novelty,
        "probabilities": dict(prediction.probabilities),
        "version": prediction.version_id,
    }
