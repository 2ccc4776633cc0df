# SPDX-License-Identifier: Apache-2.0
"""`showtell suggest`: labels in doubt, and frames worth a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.opening import class_names, opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import class_name, percent, table, when

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.types import Sample, Suspicion


def suggest(
    project: ProjectFile,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="How many of each at most.")] = 10,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say which labels to check, and what to label next.

    A label is doubted where the other recordings would rather call the sample something else. Frames that are stored
    without a label are ranked by what labelling them would teach.

    Example: showtell suggest desk.showtell
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, alone=False) as opened, output.progress("Looking at the samples"):
        doubted = opened.suspected_mislabels(count)
        wanted = opened.next_to_label(count)
        names = class_names(opened.buffer)
    output.result(_data(doubted, wanted, names), *_parts(doubted, wanted, names))


def _data(doubted: Sequence[Suspicion], wanted: Sequence[Sample], names: Mapping[int, str]) -> dict[str, Any]:
    """Return the JSON object of what to label, and what to label otherwise."""
    return {
        "mislabelled": [
            {
                "sample": suspicion.sample_id,
                "class": names.get(suspicion.class_id),
                "suggested": names.get(suspicion.suggested_class_id),
                "disagreement": suspicion.disagreement,
            }
            for suspicion in doubted
        ],
        "to_label": [
            {"sample": sample.id, "burst": sample.burst_id, "captured_at": sample.captured_at.isoformat()}
            for sample in wanted
        ],
    }


def _parts(
    doubted: Sequence[Suspicion], wanted: Sequence[Sample], names: Mapping[int, str]
) -> tuple[RenderableType, ...]:
    """Return what people read of it."""
    if not doubted and not wanted:
        return ("There is nothing to suggest: no label is in doubt, and no stored frame is without one.",)
    parts: list[RenderableType] = []
    if doubted:
        words = ("labelled", "others call it")
        labels = table("sample", *words, "how surely", words=words)
        for suspicion in doubted:
            own, suggested = (class_name(names, id_) for id_ in (suspicion.class_id, suspicion.suggested_class_id))
            labels.add_row(str(suspicion.sample_id), own, suggested, percent(suspicion.disagreement))
        parts += ["Look at these labels again:", labels]
    if wanted:
        frames = table("sample", "recorded", "recording", words=("recorded",))
        for sample in wanted:
            frames.add_row(str(sample.id), when(sample.captured_at), str(sample.burst_id))
        parts += ["Label these frames next, the first one first:", frames]
    return tuple(parts)
