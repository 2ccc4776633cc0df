# SPDX-License-Identifier: Apache-2.0
"""`showtell evaluate`: how often the answers are right on class folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from learner.cli.opening import opened_project, require_version
from learner.cli.options import AsJson, BackboneFile, ClassFolders, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.predict import answers
from learner.cli.progress import Meter
from learner.cli.tables import percent, table
from learner.errors import EnvironmentFault, LabelFault

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.interchange.folders import ClassFolder
    from learner.interchange.items import Skipped
    from learner.project import Project
    from learner.types import Evaluation, Prediction


def evaluate(
    project: ProjectFile,
    folder: ClassFolders,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Measure on class folders how often the answer is right.

    Take pictures that were not learned from, best from other recordings; a class that the project does not have counts
    as wrong. An answer that is unknown counts by its nearest guess; how many pictures were called unknown is told
    beside it.

    Example: showtell evaluate desk.showtell test-pictures
    """
    from learner import evaluation
    from learner.interchange.folders import class_folders

    output = Output(as_json=as_json)
    found, skipped = class_folders(folder)
    with opened_project(project, backbone=backbone, alone=False) as opened, output.progress("Evaluating") as meter:
        require_version(opened)
        asked = _ask(opened, found, skipped, output, meter)
    output.skipped(skipped)
    if not asked.truth:
        raise EnvironmentFault(
            "There is nothing to evaluate on", f"{folder} has no readable picture in its class folders.", "Add some."
        )
    result = evaluation.evaluate(asked.truth, asked.predictions)
    known, never_taught = (sum(flags) / len(flags) if flags else None for flags in asked.called_unknown.values())
    output.result(_data(result, known, never_taught), *_parts(result, known, never_taught), _mistakes(result))


@dataclass(slots=True)
class _Asked:
    """Pictures that were asked about: their classes, the answers, and which were called unknown.

    Those of classes that the project has stand under True in `called_unknown`, and those of others under False.
    """

    truth: list[str] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)
    called_unknown: dict[bool, list[bool]] = field(default_factory=lambda: {True: [], False: []})


def _ask(
    project: Project, folders: Sequence[ClassFolder], skipped: list[Skipped], output: Output, meter: Meter
) -> _Asked:
    """Ask about all that is in class folders; what cannot be read goes among the skipped."""
    asked = _Asked()
    total = sum(len(folder.files) for folder in folders)
    for folder in folders:
        skipped += folder.skipped
        name, is_known = _class_of(project, folder.name)
        before = len(asked.truth)
        for _, prediction in answers(project, folder.files, skipped):
            asked.truth.append(name)
            asked.predictions.append(prediction)
            asked.called_unknown[is_known].append(prediction.unknown)
            meter.show("Evaluating", len(asked.truth), total)
        if not is_known and len(asked.truth) > before:
            output.note(f'The project has no class "{name}", so what is in that folder counts as wrong.')
    return asked


def _class_of(project: Project, folder: str) -> tuple[str, bool]:
    """Return the name of the class that a folder is named after, and whether the project has it."""
    try:
        known = project.buffer.class_named(folder)
    except LabelFault:
        known = None
    return (known.name, True) if known else (folder, False)


def _data(evaluation: Evaluation, known: float | None, never_taught: float | None) -> dict[str, Any]:
    """Return the JSON object of an evaluation (see `_parts`)."""
    return {**asdict(evaluation), "unknown": {"known": known, "never_taught": never_taught}}


def _parts(evaluation: Evaluation, known: float | None, never_taught: float | None) -> tuple[RenderableType, ...]:
    """Return what people read of an evaluation.

    Args:
        evaluation: it.
        known: of the pictures of classes that the project has, the share called unknown; None when there are none.
        never_taught: of those of other classes, likewise.
    """
    summary = (
        f"{percent(evaluation.accuracy)} of {evaluation.n} pictures right; "
        f"{percent(evaluation.macro_accuracy)} on average over the classes. "
        f"Expected calibration error {evaluation.ece:.3f}."
    )
    shares = ((known, "the pictures of classes it has"), (never_taught, "those of classes it was never taught"))
    told = [f"{percent(share)} of {what}" for share, what in shares if share is not None]
    classes = table("class", "pictures", "found", "right when said")
    for name, score in evaluation.per_class.items():
        classes.add_row(name, str(score.n), percent(score.recall), percent(score.precision))
    return summary, f"Called unknown: {'; '.join(told)}.", classes


def _mistakes(evaluation: Evaluation, most: int = 5) -> str:
    """Return the most frequent mistakes in words, or nothing when there are none."""
    mistakes = [
        (count, truth, answer)
        for truth, row in zip(evaluation.labels, evaluation.confusion, strict=True)
        for answer, count in zip(evaluation.labels, row, strict=True)
        if count and truth != answer
    ]
    mistakes.sort(key=lambda mistake: (-mistake[0], mistake[1:]))
    return "\n".join(f"{count} × {truth} taken for {answer}" for count, truth, answer in mistakes[:most])
