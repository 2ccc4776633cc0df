# SPDX-License-Identifier: Apache-2.0
"""The account of a run: what was killed in the middle of what, what was counted on, and the slowest of it."""

from __future__ import annotations

import os
import platform
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What has come about so far."""

    seed: int
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By whom it was, and by what was under way."""
    aimed: int = 0
    """How many of them came at a call that changes a file; the others came at any time."""
    cut_short: int = 0
    """How many left an act behind that was begun, and not acknowledged: all of it, the first part, or nothing."""
    acts: int = 0
    """How many acknowledged acts were looked for, and found."""
    samples: int = 0
    increments: int = 0
    lives: int = 0
    opening: float = 0.0
    """Seconds of the slowest opening of a file after a kill."""
    leaving: float = 0.0
    """Seconds until the last process of a killed one's had left."""
    seconds: float = 0.0
    missing: int = 0
    """How often a project had only its other name after a kill in restore-backup."""

    @property
    def total(self) -> int:
        """How many kills there were."""
        return self.kills.total()

    def killed(self, victim: str, act: str, *, aimed: bool) -> None:
        """Count a kill."""
        self.kills[victim, act] += 1
        self.aimed += aimed

    def text(self) -> str:
        """Return the account, for people."""
        by_victim: Counter[str] = Counter()
        for (victim, _), count in self.kills.items():
            by_victim[victim] += count
        lines = [
            f"{self.total} kills in {self.lives} projects: "
            + ", ".join(f"{count} {victim}" for victim, count in by_victim.most_common())
            + f"; {self.aimed} of them between two calls that change a file (seed {self.seed})",
        ]
        for victim, _ in by_victim.most_common():
            acts = Counter({act: count for (who, act), count in self.kills.items() if who == victim})
            lines.append(f"  {victim}: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
        lines += [
            f"{self.acts} acknowledged acts with {self.samples} samples and {self.increments} increments looked for: "
            f"none lost; {self.cut_short} cut short, each all or in part as it was done, and nothing else",
            f"slowest opening {1000 * self.opening:.0f} ms, last process gone after {self.leaving:.1f} s at most, "
            f"{self.seconds:.0f} s in all, on {_machine()}",
        ]
        if self.missing:
            lines.append(f"{self.missing} of the kills in restore-backup left the project under its other name alone")
        return "\n".join(lines)


def _machine() -> str:
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as file:
            name = next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"
