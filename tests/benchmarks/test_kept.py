# SPDX-License-Identifier: Apache-2.0
"""What is told of a run: beside its goals, and beside an earlier one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from benchmarks import kept
from benchmarks.__main__ import lines
from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.kept import Run
from benchmarks.suite import Came


def run(*figures: Figure, machine: str = "here", quick: bool = False, skipped: str = "") -> Run:
    return Run(machine, "2026-01-02T03:04:05+00:00", "0.1.0", quick, Came("step", 2.0, figures, skipped))


def test_everyone_has_a_turn_in_each_round_and_nobody_is_always_first() -> None:
    turns: list[str] = []

    def take(name: str) -> int:
        turns.append(name)
        return len(turns)

    contenders = {name: partial(take, name) for name in "abc"}
    found = alternate(contenders, 3)
    assert turns == [*"abc", *"abc", *"bca", *"cab"]
    assert found == {"a": [4, 9, 11], "b": [5, 7, 12], "c": [6, 8, 10]}


def test_a_ratio_is_made_within_each_round() -> None:
    figure = ratio("a / b", [1.0, 20.0, 3.0], [2.0, 10.0, 3.0], goal=1.5)
    assert (figure.value, figure.rounds, figure.unit, figure.is_missed) == (1.0, (0.5, 2.0, 1.0), "×", False)
    assert figure.spread == "0.500 – 2.00"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "ms", "1,234 ms"),
        (45.67, "ms", "45.7 ms"),
        (1.234, "×", "1.23 ×"),
        (0.5, "%", "50.0 %"),
        (2.0, "s", "2.00 s"),
    ],
)
def test_figures_have_the_digits_that_mean_something(value: float, unit: str, text: str) -> None:
    assert Figure("x", value, unit).text == text


@pytest.mark.parametrize(("value", "at_least", "missed"), [(1250.0, False, True), (1250.0, True, False)])
def test_large_figures_meet_their_goals_too(value: float, at_least: bool, missed: bool) -> None:
    figure = Figure("memory", value, "MB", 1200.0, at_least)
    assert figure.is_missed is missed
    assert figure.verdict


def test_what_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    first = run(
        over_rounds("step", [1.0, 2.0, 3.0], "ms", goal=2.5, part="128 rows", note="warm"), Figure("none", None)
    )
    kept.write(path, [first])
    assert kept.read(path) == {"step": first}
    other = Run("there", "2026-02-02T00:00:00+00:00", "0.2.0", True, Came("gpu", 1.0, skipped="There is none."))
    kept.write(path, [other])
    assert kept.read(path) == {"step": first, "gpu": other}
    assert kept.read(tmp_path / "missing.json") == {}


def test_only_ratios_are_compared_with_another_machine() -> None:
    before, now = over_rounds("x", [1.0, 2.0, 3.0], "ms"), over_rounds("x", [2.5, 4.0, 6.0], "ms")
    assert kept.compared(now, before, same_machine=True) == "2.00 of 2.00 ms, within the spread"
    assert not kept.compared(now, before, same_machine=False)
    times = Figure("x", 3.0, "×"), Figure("x", 2.0, "×")
    assert kept.compared(*times, same_machine=False) == "1.50 of 2.00 ×"
    assert not kept.compared(times[0], None, same_machine=True)


def test_a_run_is_told_beside_goals_and_the_run_before() -> None:
    before = {"step": run(Figure("a", 1.0, "ms", part="128 rows"))}
    told = "\n".join(lines(run(Figure("a", 2.0, "ms", 1.5, part="128 rows", note="cold")), before))
    for words in ("128 rows", "2.00 ms", "at most 1.50 ms  missed", "2.00 of 1.00 ms", "cold"):
        assert words in told
    assert "of 1.00" not in "\n".join(lines(run(Figure("a", 2.0, "ms", part="128 rows"), quick=True), before))
    assert "There is no GPU." in "\n".join(lines(run(skipped="There is no GPU."), {}))
