# SPDX-License-Identifier: Apache-2.0
"""Figures beside what they are to be."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

_Name = TypeVar("_Name")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and what it is to be.

    Attributes:
        name: what it is a figure of.
        value: shares of 1 where the unit is "%"; None where there was nothing to measure.
        unit: "%", "s", "of" and a number where it is a count, "×" for a ratio, another one, or "".
        goal: the most it may be, or the least; None for no goal.
        at_least: that the goal is the least.
        part: what it is a figure of within its benchmark, besides the name.
        rounds: what each round came to, where the value is the median of several.
        note: what else has to be said of it.
    """

    name: str
    value: float | None
    unit: str = ""
    goal: float | None = None
    at_least: bool = False
    part: str = ""
    rounds: tuple[float, ...] = ()
    note: str = ""

    @property
    def spread(self) -> str:
        """The least and the most that a round came to; empty where there was one."""
        if len(self.rounds) < 2:
            return ""
        return f"{self._number(min(self.rounds))} – {self._number(max(self.rounds))}"

    @property
    def is_missed(self) -> bool:
        """Whether it falls short of the goal, as printed."""
        if self.value is None or self.goal is None:
            return False
        over = self._printed(self.value) - self._printed(self.goal)
        return over < 0 if self.at_least else over > 0

    @property
    def text(self) -> str:
        """The value with its unit."""
        return "–" if self.value is None else self._number(self.value) + self._suffix

    @property
    def goal_text(self) -> str:
        """The goal with its unit, and whether it is missed; empty for no goal."""
        if self.goal is None:
            return ""
        bound = "at least" if self.at_least else "at most"
        return f"{bound} {self._number(self.goal)}{self._suffix}" + ("  missed" if self.is_missed else "")

    @property
    def verdict(self) -> str:
        """Whether the goal is met, and by how much, as printed; empty for no goal."""
        if self.value is None or self.goal is None:
            return ""
        by = abs(self._printed(self.value) - self._printed(self.goal))
        points = "points" if self.unit == "%" else self.unit
        amount = f" by {self._number(by / 100 if self.unit == '%' else by)} {points}".rstrip() if by else ""
        return ("missed" if self.is_missed else "met") + amount

    @property
    def _suffix(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def _printed(self, value: float) -> float:
        return float(self._number(value).replace(",", ""))

    def _number(self, value: float) -> str:
        if self.unit == "%":
            return f"{100 * value:.1f}"
        if self.unit.startswith("of"):
            return f"{value:.1f}".removesuffix(".0")
        if self.unit == "s":
            return f"{value:.2f}"
        return f"{value:.3f}" if not self.unit else _three_digits(value)


def over_rounds(
    name: str,
    rounds: Sequence[float],
    unit: str,
    *,
    goal: float | None = None,
    at_least: bool = False,
    part: str = "",
    note: str = "",
) -> Figure:
    """Return the median of what the rounds came to."""
    return Figure(name, statistics.median(rounds), unit, goal, at_least, part, tuple(map(float, rounds)), note)


def ratio(
    name: str,
    of: Sequence[float],
    to: Sequence[float],
    *,
    goal: float | None = None,
    at_least: bool = False,
    part: str = "",
    note: str = "",
) -> Figure:
    """Return how many times the one is the other: the median over rounds, in each of which both were measured."""
    times = [one / other for one, other in zip(of, to, strict=True)]
    return over_rounds(name, times, "×", goal=goal, at_least=at_least, part=part, note=note)


def alternate(
    contenders: Mapping[_Name, Callable[[], _Result]], rounds: int, *, warm_up: bool = True
) -> dict[_Name, list[_Result]]:
    """Measure each in turn, round after round, so that what else the machine does meets all of them alike.

    Args:
        contenders: what each round calls; it returns its figure.
        rounds: how many.
        warm_up: call each once before, which counts for nothing.
    """
    found: dict[_Name, list[_Result]] = {name: [] for name in contenders}
    if warm_up:
        for measure in contenders.values():
            measure()
    for number in range(rounds):
        # Nobody is always the one who comes after the most disturbing of them.
        for name in [*contenders][number % len(contenders) :] + [*contenders][: number % len(contenders)]:
            found[name].append(contenders[name]())
    return found


def means(runs: Iterable[Sequence[Figure]]) -> list[Figure]:
    """Return each figure once, as the mean over the runs in which it was measured."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for figures in runs:
        for figure in figures:
            found[figure.name].append(figure)
    return [replace(same[0], value=mean([figure.value for figure in same])) for same in found.values()]


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """Return a table, a figure a line."""
    yield f"{'':<62}{'figure':>10}  goal"
    for figure in figures:
        yield f"{figure.name:<62}{figure.text:>10}  {figure.goal_text}".rstrip()


def verdicts(figures: Iterable[Figure]) -> Iterator[str]:
    """Return a table of figures that have goals, a figure a line, with how far each is from its goal."""
    yield f"{'':<68}{'figure':>10}  {'goal':<20}verdict"
    for figure in figures:
        goal = figure.goal_text.removesuffix("  missed")
        yield f"{figure.name:<68}{figure.text:>10}  {goal:<20}{figure.verdict}".rstrip()


def _three_digits(value: float) -> str:
    """Write a number with the three digits that mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of what was measured; None where nothing was."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
