# SPDX-License-Identifier: Apache-2.0
"""The benchmarks of how fast Showtell is, each a module of this package with a function `measure`."""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from benchmarks.apart import apart
from benchmarks.goals import Figure

ABOUT = {
    "reaction": "from a label to an answer that knows it, beside retraining from scratch",
    "live": "from a frame to its answer, whatever the learner does meanwhile",
    "step": "one step of training, beside the same step written by hand",
    "growth": "from a thousand samples to a million",
    "start": "from the start of the program to a window, an answer, a learner",
    "buffer": "samples written so that they last, and read again",
    "importing": "pictures a second that come into a project",
    "energy": "work of the processor for what the camera sees",
    "gpu": "step, sleep and consolidation on a GPU",
}
"""What there is, in the order in which it is run."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How to measure: less of everything when it is to be `quick`; `place` is an empty folder on a disk."""

    quick: bool
    place: Path

    def rounds(self, many: int) -> int:
        """Return how many rounds to measure, of so many that it takes to be sure."""
        return max(2, many // 5) if self.quick else many


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a benchmark: its figures, or why it could not be run here."""

    name: str
    seconds: float
    figures: tuple[Figure, ...] = ()
    skipped: str = ""


class Skipped(Exception):
    """A benchmark cannot be run on this machine; says why."""


class _Benchmark(Protocol):
    """What every benchmark is."""

    def measure(self, setting: Setting) -> Iterator[Figure]:
        """Measure; raises Skipped where this machine lacks what it takes."""


def run(name: str, *, quick: bool) -> Came:
    """Run a benchmark in a process of its own."""
    print(f"{name}: {ABOUT[name]}", file=sys.stderr, flush=True)
    return apart(_run, name, quick)


def _run(name: str, quick: bool) -> Came:
    benchmark = cast(_Benchmark, importlib.import_module(f"benchmarks.{name}"))
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as place:
        try:
            figures = tuple(benchmark.measure(Setting(quick, Path(place))))
        except Skipped as why:
            return Came(name, time.perf_counter() - began, skipped=str(why))
    return Came(name, time.perf_counter() - began, figures)
