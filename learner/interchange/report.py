# SPDX-License-Identifier: Apache-2.0
"""A model card: one HTML page on what a project has learned and how good it is, with nothing beside it to fetch.

After Mitchell et al., "Model Cards for Model Reporting", FAT* 2019, as far as a project of one person can tell it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.buffer.codec import decode
from learner.cv import cv2
from learner.errors import ImageFault
from learner.figures import Figures, in_a_hundred
from learner.files import new_file
from learner.interchange.dataset import ExportProgress
from learner.interchange.report_words import further, lead, limits
from learner.project import Project
from learner.types import BackboneInfo, ClassInfo, Increment, IncrementKind, Version

_TEMPLATE = "report.html.jinja"
_EACH = 6
"""Pictures of a class at most."""
_IN_ALL = 240
"""Pictures in a report at most: with more of them it would be too large to hand on."""
_SIDE = 112
_QUALITY = 80
_MISTAKES = 5
_WIDEST = 40
"""Classes up to which every mistake has its place in a table; a larger one can neither be read nor printed."""
_GREY = "#808080"


@dataclass(frozen=True, slots=True)
class PageReport:
    """What was written: the page, and how many pictures are in it."""

    path: Path
    pictures: int


@dataclass(frozen=True, slots=True)
class _Row:
    """What is told of a class."""

    name: str
    colour: str
    samples: int
    recordings: int
    looks: int | None
    found: str
    right: str
    forgotten: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of the confusion table; `share` of its row, 0 to 1, and whether it is on the diagonal."""

    count: int
    share: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """An increment in the curve: where, in the units of the drawing, and what it says."""

    x: float
    y: float
    text: str
    accepted: bool


def export_report(project: Project, out: Path, *, pictures: bool = True) -> Generator[ExportProgress, None, PageReport]:
    """Write a page on the version in use: what it knows, how good it is, what it mistakes, and where its limits are.

    Its numbers are those that the project has of that version, by recordings it did not learn from. Nothing is fetched
    or run when the page is read; class names are text in it, whatever they are.

    Args:
        project: the project, in the thread that opened it.
        out: the file to make; nothing that exists is written over. Closing the generator before the end removes it.
        pictures: whether a few small pictures of each class are in it.

    Yields:
        How many of the pictures are in it.

    Returns:
        What was written.

    Raises:
        DiskFull: there is no room for it.
        EnvironmentFault: it cannot be written.
    """
    buffer = project.buffer
    classes = buffer.classes()
    ids, class_ids, burst_ids = buffer.labelled()
    chosen = _chosen(classes, ids, class_ids, burst_ids) if pictures else {}
    total = sum(len(picked) for picked in chosen.values())
    shown: dict[int, tuple[str, ...]] = {}
    with new_file(out) as part:
        done = 0
        yield ExportProgress(0, total)
        for class_id, picked in chosen.items():
            stored = buffer.pictures(picked)
            shown[class_id] = tuple(
                small for sample_id in picked if sample_id in stored and (small := _small(stored[sample_id]))
            )
            done += len(picked)
            yield ExportProgress(done, total)
        recordings = {
            info.id: len(np.unique(burst_ids[class_ids == info.id])) for info in classes if info.id in class_ids
        }
        content = _content(buffer, project.backbone, classes, recordings, shown)
        part.write_text(_rendered(content), encoding="utf-8")
    return PageReport(out, sum(len(small) for small in shown.values()))


def _content(
    buffer: Buffer,
    backbone: BackboneInfo,
    classes: Sequence[ClassInfo],
    recordings: Mapping[int, int],
    shown: Mapping[int, tuple[str, ...]],
) -> dict[str, Any]:
    """Return all that the page tells."""
    increments, champion = buffer.increments(), buffer.champion_id()
    version = next((one for one in buffer.versions() if one.id == champion), None)
    made = next((one for one in increments if version and one.version_id == version.id), None)
    measured = Figures.of(made.evaluation if made else {})
    names = {info.id: info.name for info in classes}
    # Within a sentence a name keeps its direction of writing to itself.
    spoken = {
        class_id: f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" for class_id, name in names.items()
    }
    if version is not None:
        backbone = next((info for _, info in buffer.backbones() if info.sha256 == version.backbone_sha256), backbone)
    samples = sum(info.count for info in classes)
    return {
        "title": buffer.path.stem,
        "lead": lead(measured, spoken, champion),
        "further": further(measured, spoken) if version else [],
        "limits": limits(measured, buffer.unknown_limit()),
        "card": _card(buffer, version, made, backbone, classes, samples),
        "figures": _figures(measured, spoken),
        "rows": [_row(info, measured, recordings.get(info.id, 0), shown.get(info.id, ())) for info in classes],
        "mistakes": [(count, names[this], names[that]) for count, this, that in measured.mistakes(names, _MISTAKES)],
        "columns": [names.get(class_id, "a class that is gone") for class_id in measured.class_ids],
        "confusion": _confusion(measured.confusion) if len(measured.class_ids) <= _WIDEST else [],
        "widest": _WIDEST,
        "points": _points(increments),
        "is_measured": measured.accuracy is not None,
        "has_pictures": any(shown.values()),
    }


def _card(
    buffer: Buffer,
    version: Version | None,
    made: Increment | None,
    backbone: BackboneInfo,
    classes: Sequence[ClassInfo],
    samples: int,
) -> list[tuple[str, str]]:
    """Return what it is, line by line."""
    held_out = sum(info.held_out for info in classes)
    kept = next((one for one in buffer.kept_backbones() if one.info.sha256 == backbone.sha256), None)
    origin = f", consolidated on {kept.seen} pictures of this project" if kept and kept.seen else ""
    origin += f", {kept.gone} of which are gone now" if kept and kept.seen and kept.gone else ""
    card = [
        ("What it does", f"Says which of {len(classes)} things a picture shows"),
        ("Project", buffer.path.name),
        ("Samples", f"{samples} of {len(classes)} classes" + (f", {held_out} kept as tests" if held_out else "")),
    ]
    if version is not None:
        how = {
            IncrementKind.WAKE: "learning what was new",
            IncrementKind.SLEEP: "going over everything",
            IncrementKind.FLEET: "learning with what other laptops know",
        }[version.kind]
        of = f", from {made.total_samples} samples" if made else ""
        card.append(("Version", f"{version.id}, made {_when(version.created_at)} by {how}{of}"))
    card += [
        ("Backbone", f"{backbone.name} ({backbone.sha256[:12]}){origin}"),
        ("Pictures it sees", f"{backbone.input_size} × {backbone.input_size}, the middle square of each"),
        ("Written", f"{_when(datetime.now().astimezone())} by Showtell {metadata.version('showtell')}"),
    ]
    return card


def _figures(measured: Figures, names: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Return what was measured: what, how much, and what that means."""
    if measured.accuracy is None:
        return []
    figures = [("Right", _percent(measured.accuracy), f"of {measured.recordings} held-out recordings")]
    if measured.macro_accuracy is not None:
        figures.append(("Right on average", _percent(measured.macro_accuracy), "over the classes, each alike"))
    known = {class_id: share for class_id, share in measured.recall.items() if class_id in names}
    if known:
        worst = min(known, key=lambda class_id: known[class_id])
        figures.append(("Worst class", _percent(known[worst]), f"of {names[worst]} is found"))
    if measured.off is not None:
        figures.append(("Calibration", f"{round(measured.off * 100)} points", "its percentages are off on average"))
    lost = [share for class_id, share in measured.forgetting.items() if class_id in names]
    if lost:
        figures.append(("Forgetting", f"{round(max(lost) * 100)} points", "lost of the class that lost most"))
    if measured.recordings_before:
        share = measured.right_before / measured.recordings_before
        figures.append(
            (
                "Recognised at once",
                _percent(share),
                f"of {measured.recordings_before} recordings, before they were learned",
            )
        )
    return figures


def _row(info: ClassInfo, measured: Figures, recordings: int, shown: tuple[str, ...]) -> _Row:
    looks = None
    if info.id in measured.class_ids:
        looks = int(measured.confusion[measured.class_ids.index(info.id)].sum())
    forgotten = measured.forgetting.get(info.id)
    return _Row(
        info.name,
        # Not everything that is in a file was written by us, and this goes into a style.
        info.colour if re.fullmatch("#[0-9A-Fa-f]{6}", info.colour) else _GREY,
        info.count,
        recordings,
        looks,
        _percent(measured.recall.get(info.id)),
        _percent(measured.precision.get(info.id)),
        "–" if forgotten is None else f"{round(forgotten * 100)}",
        shown,
    )


def _confusion(counts: NDArray[np.int64]) -> list[list[_Cell]]:
    totals = np.maximum(counts.sum(axis=1), 1)
    return [
        [_Cell(int(count), float(count / totals[row]), row == column) for column, count in enumerate(counts[row])]
        for row in range(len(counts))
    ]


def _points(increments: Sequence[Increment]) -> list[_Point]:
    """Return the increments that were measured, over 600 by 160 units; none where there are fewer than two."""
    measured = [(increment, Figures.of(increment.evaluation).accuracy) for increment in increments]
    found = [(increment, share) for increment, share in measured if share is not None]
    if len(found) < 2:
        return []
    return [
        _Point(
            600 * place / (len(found) - 1),
            160 * (1 - share),
            f"{_when(increment.started_at)}: {_percent(share)}" + ("" if increment.accepted else ", not accepted"),
            increment.accepted,
        )
        for place, (increment, share) in enumerate(found)
    ]


def _chosen(
    classes: Sequence[ClassInfo], ids: NDArray[np.int64], class_ids: NDArray[np.int64], burst_ids: NDArray[np.int64]
) -> dict[int, list[int]]:
    """Return which samples to show of each class: of different recordings if there are enough, from first to last."""
    each = max(1, min(_EACH, _IN_ALL // max(1, len(classes))))
    chosen = {}
    for info in classes[:_IN_ALL]:
        rows = np.flatnonzero(class_ids == info.id)
        _, first = np.unique(burst_ids[rows], return_index=True)
        if len(first) >= each:
            rows = rows[first]
        if len(rows):
            picked = np.unique(np.linspace(0, len(rows) - 1, each).round().astype(int))
            chosen[info.id] = [int(sample_id) for sample_id in ids[rows[picked]]]
    return chosen


def _small(jpeg: bytes) -> str:
    """Return a small copy of a picture as a data address; nothing when it cannot be read."""
    try:
        image = decode(jpeg)
    except ImageFault:
        return ""
    small = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return f"data:image/jpeg;base64,{base64.b64encode(encoded.tobytes()).decode()}"


def _rendered(content: Mapping[str, Any]) -> str:
    import jinja2

    # Nothing of a project is markup. A name that is missing is a mistake of ours and not an empty place.
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = resources.files("learner.interchange").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source).render(content)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{in_a_hundred(share)} %"


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
