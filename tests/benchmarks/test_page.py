# SPDX-License-Identifier: Apache-2.0
"""What the documentation says of speed is what was measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import kept, page, suite
from benchmarks.goals import Figure, over_rounds
from benchmarks.kept import Run
from benchmarks.suite import Came


@pytest.mark.parametrize("path", page.PAGES, ids=lambda path: path.name)
def test_pages_tell_the_run_that_is_kept(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert page.written(text, kept.read(kept.KEPT), kept.read(kept.AGAIN)) == text


def test_every_benchmark_is_on_the_page() -> None:
    text = (page.ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert re.findall(r"<!-- figures: (\w+) -->", text) == list(suite.ABOUT)
    shown = set(re.findall(r"\(plots/([^)]+)\)", text))
    assert shown == {path.name for path in page.PLOTS.iterdir()}


def test_what_is_kept_was_measured_in_full() -> None:
    for path in (kept.KEPT, kept.AGAIN):
        runs = kept.read(path)
        assert runs.keys() == suite.ABOUT.keys()
        assert not any(run.quick for run in runs.values())


def test_figures_that_do_not_come_again_are_told() -> None:
    def run(*figures: Figure) -> Run:
        return Run("here", "2026-01-02T03:04:05+00:00", "0.1.0", False, Came("step", 2.0, figures))

    first = run(over_rounds("a", [1.0, 2.0, 3.0], "ms"), over_rounds("b", [1.0, 2.0], "ms"), Figure("c", 1.0, "ms"))
    second = run(over_rounds("a", [3.0, 4.0, 5.0], "ms"), over_rounds("b", [3.0, 4.0], "ms"), Figure("c", 9.0, "ms"))
    rows = [line for line in page.table(first, {"step": second}) if line.startswith(("| a", "| b", "| c"))]
    assert [row.split(" | ")[3].strip(" |") for row in rows] == ["4.00 ms", "3.50 ms, **outside**", "9.00 ms"]
