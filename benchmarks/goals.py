# SPDX-License-Identifier: Apache-2.0
"""Figures beside what they are to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and what it is to be.

    Attributes:
        name: what it is a figure of.
        value: shares of 1 where the unit is "%"; None where there was nothing to measure.
        unit: "%", "s", "of" and a number where it is a count, or "".
        goal: the most it may be, or the least; None for no goal.
        at_least: that the goal is the least.
    """

    name: str
    value: float | None
    unit: str = ""
    goal: float | None = None
    at_least: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether it falls short of the goal, as printed."""
        if self.value is None or self.goal is None:
            return False
        over = float(self._number(self.value)) - float(self._number(self.goal))
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
        by = abs(float(self._number(self.value)) - float(self._number(self.goal)))
        points = "points" if self.unit == "%" else self.unit
        amount = f" by {self._number(by / 100 if self.unit == '%' else by)} {points}".rstrip() if by else ""
        return ("missed" if self.is_missed else "met") + amount

    @property
    def _suffix(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def _number(self, value: float) -> str:
        if self.unit == "%":
            return f"{100 * value:.1f}"
        if self.unit.startswith("of"):
            return f"{value:.1f}".removesuffix(".0")
        return f"{value:.2f}" if self.unit == "s" else f"{value:.3f}"


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


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of what was measured; None where nothing was."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
