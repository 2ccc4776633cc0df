# SPDX-License-Identifier: Apache-2.0
"""`showtell forget`: what was deleted, gone for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile, Yes
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.cli.renewing import what_it_saw

if TYPE_CHECKING:
    from learner.buffer import Buffer


def forget(
    project: ProjectFile,
    yes: Yes = False,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Forget for good what was deleted.

    Deleted samples, and deleted classes with theirs, leave the file, and so do the versions that knew them, pinned ones
    too. They leave the copies of the project as well that Showtell made, those of showtell backup among them; copies
    that it cannot reach are named. It cannot be undone. What has not been unlearned yet is unlearned first, which goes
    over everything. A backbone that was consolidated on them has learned from them all the same; showtell consolidate
    makes another one.

    Example: showtell forget desk.showtell
    """
    output = Output(as_json=as_json)
    with opened_project(project, backbone=backbone, device=device) as opened:
        going = _going(opened.buffer)
        # Where nothing is left to forget, this finishes what was cut short; there is nothing to ask about.
        if (going.samples or going.classes) and not output.is_meant(
            "Is that to be forgotten for good?", _announcement(going), "Forget it for good?", yes=yes
        ):
            output.result({**_data(0, 0, 0, 0), "copies": [], "unreached": []}, "Nothing was forgotten.")
            return
        before = {version.id for version in opened.versions()}
        with output.progress("Forgetting") as meter:
            forgotten = opened.forget(learning_shown_on(meter, output))
        gone = before - {version.id for version in opened.versions()}  # some go as the samples are unlearned
        saw = what_it_saw(opened.backbones(), opened.backbone.sha256, project)
    outcome = forgotten.samples, len(going.classes), len(gone), forgotten.bytes
    output.result(
        {
            **_data(*outcome),
            "copies": [str(path) for path in forgotten.copies],
            "unreached": [{"path": str(one.path), "why": one.why} for one in forgotten.unreached],
        },
        _text(*outcome),
    )
    if forgotten.copies:
        output.note(f"{_count(len(forgotten.copies), 'copy was', 'copies were')} written anew without it.")
    for one in forgotten.unreached:
        output.note(f"Not reached: {one.path}. {one.why} When it can be reached, the same command sees to it.")
    if saw:
        output.note(saw)


@dataclass(frozen=True, slots=True)
class _Going:
    """What is to be forgotten: `samples`, the names of `classes`, and at most so many `versions`, some of them pinned.

    The file alone knows which versions go, and not before the samples are unlearned.
    """

    samples: int
    classes: tuple[str, ...]
    versions: int
    pinned: int


def _going(buffer: Buffer) -> _Going:
    """Return what would be forgotten for good."""
    from learner.types import IncrementKind

    classes = [info for info in buffer.classes(archived=True) if info.archived]
    samples = buffer.samples(deleted=True)
    for info in classes:
        samples += buffer.samples(class_id=info.id)
    rebuilt = [
        increment.started_at
        for increment in buffer.increments()
        if increment.kind is IncrementKind.SLEEP and increment.accepted
    ]
    known = []  # from when to when a version may have been made that knows a sample
    for sample in samples:
        unlearned = None
        if sample.learned_in is None and sample.deleted_at is not None:
            unlearned = next((when for when in rebuilt if when > sample.deleted_at), None)
        known.append((sample.captured_at, unlearned))
    versions = [
        version
        for version in buffer.versions()
        if any(since < version.created_at and (until is None or version.created_at < until) for since, until in known)
    ]
    return _Going(
        len(samples),
        tuple(info.name for info in classes),
        len(versions),
        sum(version.pinned for version in versions),
    )


def _announcement(going: _Going) -> str:
    """Return what would be forgotten for good, in words."""
    parts = [_count(going.samples, "sample", "samples")] if going.samples else []
    if going.classes:
        parts.append(f"{_count(len(going.classes), 'class', 'classes')} ({', '.join(going.classes)})")
    text = f"What was deleted would go for good: {' and '.join(parts)}."
    if going.versions:
        and_pinned = f", {going.pinned} of them pinned" if going.pinned else ""
        text += f" With it would go the versions that knew it, at most {going.versions}{and_pinned}."
    return text


def _data(samples: int, classes: int, versions: int, smaller: int) -> dict[str, Any]:
    """Return the JSON object of what was forgotten; the file is `smaller` by so many bytes."""
    return {"samples": samples, "classes": classes, "versions": versions, "bytes": smaller}


def _text(samples: int, classes: int, versions: int, smaller: int) -> str:
    """Return what people read of it."""
    counts = ((samples, "sample", "samples"), (classes, "class", "classes"), (versions, "version", "versions"))
    gone = [_count(number, one, more) for number, one, more in counts if number]
    text = f"Forgotten for good: {', '.join(gone)}." if gone else "There was nothing to forget."
    if smaller:
        size = f"{smaller / 1e6:.1f} MB" if smaller >= 1e5 else f"{smaller / 1e3:.0f} kB"
        text += f" The file is {size} smaller."
    return text


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
