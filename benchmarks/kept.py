# SPDX-License-Identifier: Apache-2.0
"""Runs that are kept as JSON, and how a new one compares."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.goals import Figure
from benchmarks.suite import Came

KEPT = Path(__file__).with_name("kept.json")
"""The run that the documentation quotes."""
AGAIN = Path(__file__).with_name("again.json")
"""Another run on the same machine, which says whether the figures of the first come again."""


@dataclass(frozen=True, slots=True)
class Run:
    """A benchmark that was run: where, when (ISO 8601), of which version, and what came of it."""

    machine: str
    date: str
    version: str
    quick: bool
    came: Came


Runs = dict[str, Run]
"""The last run of each benchmark, by its name."""


def read(path: Path) -> Runs:
    """Return the runs in a file; none where it is not there."""
    if not path.exists():
        return {}
    return {name: _run(name, kept) for name, kept in json.loads(path.read_text()).items()}


def write(path: Path, runs: Iterable[Run]) -> None:
    """Put runs into a file, in place of those of the same benchmarks; others stay."""
    both = read(path) | {run.came.name: run for run in runs}
    content = {
        name: {"about": _about(run), "figures": [_figure(one) for one in run.came.figures]}
        for name, run in both.items()
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def find(runs: Runs, benchmark: str, figure: Figure) -> Figure | None:
    """Return the same figure of an earlier run; None where it was not measured."""
    if benchmark not in runs:
        return None
    same = (one for one in runs[benchmark].came.figures if (one.part, one.name) == (figure.part, figure.name))
    return next(same, None)


def compared(figure: Figure, before: Figure | None, *, same_machine: bool) -> str:
    """Say how a figure compares with the same one of an earlier run; nothing where the two cannot be compared.

    Seconds and bytes of another machine cannot be, ratios can. What lies between the least and the most that the rounds
    of either run came to is the same as far as these two runs can tell.
    """
    if before is None or not before.value or figure.value is None or not (same_machine or figure.unit == "×"):
        return ""
    alike = ", within the spread" if is_alike(figure, before) else ""
    return f"{figure.value / before.value:.2f} of {before.text}{alike}"


def is_alike(figure: Figure, before: Figure) -> bool | None:
    """Return whether what the rounds of two runs came to overlaps; None of figures that have no rounds."""
    now, then = figure.rounds, before.rounds
    if len(now) < 2 or len(then) < 2:
        return None
    return min(now) <= max(then) and min(then) <= max(now)


def _about(run: Run) -> dict[str, object]:
    about: dict[str, object] = {"machine": run.machine, "date": run.date, "version": run.version, "quick": run.quick}
    return about | {"seconds": round(run.came.seconds, 1)} | ({"skipped": run.came.skipped} if run.came.skipped else {})


def _figure(figure: Figure) -> dict[str, object]:
    return {
        name: value for name, value in asdict(figure).items() if value not in ("", None, (), False) or name == "value"
    }


def _run(name: str, kept: dict[str, Any]) -> Run:
    about = kept["about"]
    figures = tuple(Figure(**{**one, "rounds": tuple(one.get("rounds", ()))}) for one in kept["figures"])
    came = Came(name, about["seconds"], figures, about.get("skipped", ""))
    return Run(about["machine"], about["date"], about["version"], about["quick"], came)
