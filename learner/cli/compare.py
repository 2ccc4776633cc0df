# SPDX-License-Identifier: Apache-2.0
"""`showtell compare`: two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.looking_back import accuracy, by_version, kept_version, measured, what_was_done
from learner.cli.opening import class_names
from learner.cli.options import VERSION_HELP, AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.cli.tables import class_name, percent, table, when

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from learner.types import Increment, Version


def compare(
    project: ProjectFile,
    one: Annotated[int, typer.Argument(metavar="A", help=VERSION_HELP)],
    other: Annotated[int, typer.Argument(metavar="B", help=VERSION_HELP)],
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Compare two versions by what was measured of them.

    In all and class by class; each was measured when it was made, on the recordings that were held out by then.

    Example: showtell compare desk.showtell 11 12
    """
    from learner.buffer.guest import guest

    output = Output(as_json=as_json)
    with guest(project) as buffer:
        versions = kept_version(buffer, one), kept_version(buffer, other)
        increments, names = buffer.increments(), class_names(buffer)
    made = by_version(increments)
    output.result(_data(versions, made, names), *_parts(versions, made, names))


def _data(versions: Sequence[Version], made: Mapping[int, Increment], names: Mapping[int, str]) -> dict[str, Any]:
    """Return the JSON object of two versions side by side; classes go by the ids of `classes`."""
    compared = []
    for version in versions:
        values = measured(made.get(version.id))
        compared.append(
            {
                "version": version.id,
                "kind": version.kind,
                "created_at": version.created_at.isoformat(),
                "class_ids": version.class_ids,
                "measured": bool(values),
                "recordings": values.get("recordings"),
                "accuracy": values.get("accuracy"),
                "worst_forgetting": values.get("worst_forgetting"),
                "recall": _shares(values, "recall"),
                "forgetting": _shares(values, "forgetting"),
            }
        )
    return {"versions": compared, "differ_on": _differing(versions, made), "classes": dict(names)}


def _parts(
    versions: Sequence[Version], made: Mapping[int, Increment], names: Mapping[int, str]
) -> tuple[RenderableType, ...]:
    """Return what people read of it: what was measured in all, then of each class, then where they differ."""
    differing = [class_name(names, class_id) for class_id in _differing(versions, made)]
    if differing:
        verdict = f"They differ on {', '.join(differing)}."
    elif all(measured(made.get(version.id)) for version in versions):
        verdict = "They do not differ on any class."
    else:
        verdict = "Measuring takes held-out recordings of at least two classes; record each class several times."
    return _in_all(versions, made), "", _by_class(versions, made, names), "", verdict


def _in_all(versions: Sequence[Version], made: Mapping[int, Increment]) -> Table:
    found = [made.get(version.id) for version in versions]
    headings = [f"version {version.id}" for version in versions]
    facts = table("", *headings, words=headings)
    facts.add_row("made", *(when(version.created_at) for version in versions))
    facts.add_row("what", *(what_was_done(version.kind) for version in versions))
    facts.add_row("held out", *(accuracy(increment) for increment in found))
    facts.add_row("of recordings", *(str(measured(increment).get("recordings", "–")) for increment in found))
    facts.add_row("forgot", *(percent(measured(increment).get("worst_forgetting")) for increment in found))
    return facts


def _by_class(versions: Sequence[Version], made: Mapping[int, Increment], names: Mapping[int, str]) -> Table:
    numbers = [version.id for version in versions]
    rows = table(
        "class", *(f"found by {number}" for number in numbers), *(f"forgotten by {number}" for number in numbers)
    )
    for class_id in _classes(versions):
        cells = []
        for what in ("recall", "forgetting"):
            for version in versions:
                share = percent(_shares(measured(made.get(version.id)), what).get(class_id))
                cells.append(share if class_id in version.class_ids else "not learned")
        rows.add_row(class_name(names, class_id), *cells)
    return rows


def _shares(values: Mapping[str, Any], what: str) -> dict[int, float]:
    """Return a share by class id; the ids are text where they come from the file."""
    return {int(class_id): float(share) for class_id, share in (values.get(what) or {}).items()}


def _classes(versions: Sequence[Version]) -> list[int]:
    return sorted({class_id for version in versions for class_id in version.class_ids})


def _differing(versions: Sequence[Version], made: Mapping[int, Increment]) -> list[int]:
    """Return the classes that one version knows and the other does not, or that they find unequally often.

    Where one of them was not measured on a class, nobody can say how often it finds it.
    """
    recall = [_shares(measured(made.get(version.id)), "recall") for version in versions]
    differing = []
    for class_id in _classes(versions):
        known = {class_id in version.class_ids for version in versions}
        found = {shares[class_id] for shares in recall if class_id in shares}
        if len(known) > 1 or len(found) > 1:
            differing.append(class_id)
    return differing
