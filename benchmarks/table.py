# SPDX-License-Identifier: Apache-2.0
"""The table of learners on paper, and the notes below it that say what is to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import goals
from benchmarks.goals import Figure
from benchmarks.ours import OURS
from benchmarks.peers import LOGISTIC_REGRESSION, PEERS
from benchmarks.stream import Outcome

_COLUMNS = "final", "average", "transfer", "seconds", "slowest", "megabytes"
_POINTS_BELOW = 0.05
"""A class that is further below logistic regression has been sacrificed to the others."""
_TRANSFER = "sign_digits_10", -0.05
"""How much a class may have lost awake since it was learned, and on which set."""


@dataclass(frozen=True, slots=True)
class Table:
    """Outcomes of every row on one set and backbone, one for each order of the classes; and figures of Showtell."""

    images: str
    backbone: str
    outcomes: dict[str, list[Outcome]]
    itself: list[Figure]

    @property
    def best_peer(self) -> str | None:
        """Return the name of the baseline that ended highest."""
        ours = {OURS.name, OURS.awake}
        final = {name: goals.mean([outcome.final for outcome in of]) for name, of in self.outcomes.items()}
        return max((name for name in final if name not in ours), key=lambda name: final[name] or 0, default=None)


def print_learners(table: Table) -> None:
    """Print how the learners did."""
    orders = max(map(len, table.outcomes.values()), default=0)
    print(f"\n{table.images}, {table.backbone}, mean of {orders} order{'s' if orders != 1 else ''}")
    print(f"{'':<34}{'final':>7}{'average':>9}{'transfer':>10}{'seconds':>9}{'slowest':>9}{'memory':>8}")
    for name, outcomes in table.outcomes.items():
        final, average, transfer = (
            goals.mean([getattr(outcome, which) for outcome in outcomes]) for which in ("final", "average", "transfer")
        )
        seconds, slowest, memory = (
            goals.mean([getattr(outcome, which) for outcome in outcomes])
            for which in ("seconds", "slowest", "megabytes")
        )
        mark = " *" if name == table.best_peer else ""
        print(
            f"{name + mark:<34}{_percent(final):>7}{_percent(average):>9}{_percent(transfer, '+'):>10}"
            f"{_number(seconds, 2):>9}{_number(slowest, 2):>9}{_number(memory, 0):>8}"
        )
    for note in _notes(table):
        print(f"  {note}", flush=True)


def print_itself(about: str, figures: Sequence[Figure]) -> None:
    """Print figures of Showtell alone beside what they are to be; nothing where there are none."""
    if figures:
        print(f"\nShowtell itself, {about}")
        for line in goals.lines(figures):
            print(f"  {line}", flush=True)


def _notes(table: Table) -> Iterator[str]:
    ours, best = table.outcomes.get(OURS.name), table.best_peer
    if best:
        theirs = goals.mean([outcome.final for outcome in table.outcomes[best]])
        final = goals.mean([outcome.final for outcome in ours or ()])
        against = f"; goal: {OURS.name} at or above it, {_percent(final)} to {_percent(theirs)}" if ours else ""
        yield f"* the best baseline{against}"
    for row in LOGISTIC_REGRESSION:
        if ours and row.name in table.outcomes:
            gap = _recall(table.outcomes[row.name]) - _recall(ours)
            behind = int((gap > _POINTS_BELOW + 1e-9).sum())
            yield f"{behind} of {len(gap)} classes are over 5 points below {row.name}; goal: none"
    images, least = _TRANSFER
    if table.images == images and OURS.awake in table.outcomes:
        transfer = goals.mean([outcome.transfer for outcome in table.outcomes[OURS.awake]])
        yield f"goal: {OURS.awake} with a transfer at or above {_percent(least, '+')}, {_percent(transfer, '+')}"
    if any(len(row.choices) > 1 and row.name in table.outcomes for row in PEERS):
        yield "streaming LDA: with the shrinkage that is best on the test pictures"
    if any(row.at_end and row.name in table.outcomes for row in PEERS):
        yield "–: learns at the end only; its slowest update is that"


def _recall(outcomes: Sequence[Outcome]) -> NDArray[np.float64]:
    return np.asarray(np.mean([outcome.recall for outcome in outcomes], axis=0))


def _percent(share: float | None, sign: str = "") -> str:
    return "–" if share is None else f"{100 * share:{sign}.1f}"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
