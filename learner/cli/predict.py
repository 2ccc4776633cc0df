# SPDX-License-Identifier: Apache-2.0
"""`showtell predict`: answers for pictures."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.opening import opened_project, require_version
from learner.cli.options import AsJson, BackboneFile, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import percent
from learner.errors import EnvironmentFault, ImageFault

if TYPE_CHECKING:
    from learner.interchange.items import Skipped
    from learner.project import Project
    from learner.types import Image, Prediction


def predict(
    project: ProjectFile,
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE", readable=False, help="Pictures to answer for.")],
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what is in pictures.

    What resembles nothing that was taught is called unknown, with the nearest guess beside it. With --json there is one
    object a line. What cannot be read is listed, and the exit code is 1.

    Example: showtell predict desk.showtell mug.jpg
    """
    output = Output(as_json=as_json)
    skipped: list[Skipped] = []
    with opened_project(project, backbone=backbone, alone=False) as opened:
        require_version(opened)
        for path, prediction in answers(opened, images, skipped):
            output.result(_data(str(path), prediction), _text(str(path), prediction))
    output.skipped(skipped)
    if skipped:
        raise typer.Exit(EnvironmentFault.exit_code)


def answers(project: Project, paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[tuple[Path, Prediction]]:
    """Answer for one picture after another; what cannot be read goes among the skipped."""
    from learner.interchange.items import unreadable
    from learner.pictures import read_image

    readable: deque[Path] = deque()

    def images() -> Iterator[Image]:
        for path in paths:
            try:
                image = read_image(path)
            except ImageFault as fault:
                skipped.append(unreadable(path, fault))
            else:
                readable.append(path)
                yield image

    for prediction in project.predict_many(images()):
        yield readable.popleft(), prediction


def _data(path: str, prediction: Prediction) -> dict[str, Any]:
    """Return the JSON object of one answer."""
    return {
        "path": path,
        "label": prediction.label,
        "confidence": prediction.confidence,
        "probabilities": dict(prediction.probabilities),
        "unknown": prediction.unknown,
        "novelty": prediction.novelty,
    }


def _text(path: str, prediction: Prediction) -> str:
    """Return what people read of one answer."""
    if prediction.unknown:
        return f"{path}: unknown (looks most like {prediction.label}, {percent(prediction.confidence)})"
    return f"{path}: {prediction.label} ({percent(prediction.confidence)})"
