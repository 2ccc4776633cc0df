# SPDX-License-Identifier: Apache-2.0
"""One project of a life: what was put into it, what is found in it, and who works on it and dies."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

from learner.buffer import encode
from learner.cv import cv2
from tests.learner.fakes import picture
from tests.torture.acts import Act, State
from tests.torture.aim import Aim
from tests.torture.driving import Driven
from tests.torture.looking import Found, look
from tests.torture.place import Place
from tests.torture.tally import Tally

AIMED, AT_ANY_TIME = 0.65, 0.2
"""The shares of processes that are to die between two calls that change a file, and at any time."""

_WATCHDOG = 30.0
"""Seconds that opening may take on a machine that is busy with other things; what it took is in the account."""
_WRITES = 24
"""Calls that change a file, which most acts need; how many it is for each act is learned on the way."""
_SECONDS = 0.3
"""The same for the time that an act takes."""
_FROM_NOTHING = 0.1
"""The share of processes that load everything themselves, which takes a second."""


class Desk:
    """One project from its making on.

    Args:
        place: where.
        number: which one of them it is.
        random: decides what is done, and when somebody dies.
        tally: the account.
    """

    def __init__(self, place: Place, number: int, random: Random, tally: Tally) -> None:
        self.place, self.random, self.tally = place, random, tally
        self.folder = place.folder / f"life {number}"
        self.folder.mkdir()
        self.path = place.projects / f"desk {number}.showtell"
        self.sight = place.sight
        self.found: Found | None = None
        """What was found in the file the last time; the next act builds on it."""
        self.state = State()
        self.hashes: set[str] = set()
        self.increments: set[int] = set()
        self.backups: dict[Path, State] = {}
        self.folders: dict[tuple[tuple[str, str], ...], Path] = {}
        self._names = self._pictures = self.runs = 0
        self._driven: Driven | None = None
        self.reach: dict[str, float] = {}
        tally.lives += 1

    def start(self, argv: Sequence[str | Path]) -> Driven:
        self.runs += 1
        # Now and then as a person starts it, so that the loading of everything is killed as well.
        nursery = None if self.random.random() < _FROM_NOTHING else self.place.nursery
        errors = self.folder / f"errors {self.runs}.txt"
        self._driven = Driven(argv, self.place.environment, errors, nursery)
        return self._driven

    def clear(self) -> None:
        """Take away all that was made."""
        shutil.rmtree(self.folder)
        for path in self.path.parent.iterdir():
            path.unlink()

    def close(self) -> None:
        """Leave nothing running, however it ended."""
        if self._driven is not None:
            self._driven.stop()

    def aim(self, called: str, process: str = "MainProcess", times: int = 1) -> None:
        most = times * self.reach.setdefault(called, _WRITES)
        self.sight.take(Aim(after=self.random.randrange(max(1, int(most))), process=process))

    def some_time(self, called: str) -> float:
        """Return after how many seconds somebody is to die, anywhere in the time that an act takes."""
        return self.random.random() * self.reach.get(f"{called} s", _SECONDS)

    def learn_reach(self, called: str, *, aimed: bool, hit: bool) -> None:
        """Aim nearer after a miss, and farther after a hit; the same with the time until a kill."""
        key, usual = (called, float(_WRITES)) if aimed else (f"{called} s", _SECONDS)
        self.reach[key] = self.reach.get(key, usual) * (1.25 if hit else 0.7)

    def died(self, victim: str, called: str, *, aimed: bool, leaving: float) -> None:
        self.tally.killed(victim, called, aimed=aimed)
        self.tally.leaving = max(self.tally.leaving, leaving)

    def look(self, *, writing: bool) -> Found:
        found = look(self.path, writing=writing)
        assert found.findings == (), found.findings
        assert found.seconds < _WATCHDOG
        self.tally.opening = max(self.tally.opening, found.seconds)
        return found

    def check(self, wanted: Sequence[Act], done: int, *, writing: bool, kept: int = 0) -> None:
        """Look at the file, and compare it with what it has to hold.

        Args:
            wanted: the acts since the last time.
            done: so many of them, from the first on, were acknowledged.
            writing: as for `look`.
            kept: so many transactions of the next one were acknowledged as well.
        """
        found = self.look(writing=writing)
        if self.found is None:
            self.state = found.state(found.samples, self.hashes)
        else:
            states, acknowledged = [self.state], 0
            for number, act in enumerate(wanted, start=1):
                states += act.steps(states[-1])
                acknowledged = len(states) - 1 if number <= done else acknowledged
            state = found.state(self.state.samples, self.hashes)
            allowed = states[acknowledged + kept :]
            whole = found.state(found.samples, self.hashes)  # as a copy has it that was put back
            is_right = state in allowed or whole in allowed
            assert is_right, f"after {wanted}, {done} of them acknowledged:\n{state}\nis none of\n{allowed}"
            self.tally.cut_short += done < len(wanted) and states[-1] not in (state, whole)
            assert self.increments <= found.increments, "an increment that was told of is not there"
            self.state = whole
        self.found = found

    def new_name(self) -> str:
        self._names += 1
        return f"thing {self._names}"

    def draw(self, name: str, count: int) -> tuple[list[Path], list[str]]:
        """Draw pictures of a thing that nobody has seen yet; return their files and hashes."""
        files, hashes = [], []
        for _ in range(count):
            self._pictures += 1
            image = picture(hash_of(name), self._pictures)
            path = self.folder / f"{self._pictures}.png"
            path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
            files.append(path)
            hashes.append(encode(image).sha256)
        self.hashes.update(hashes)
        return files, hashes

    def draw_folder(self) -> tuple[Path, tuple[tuple[str, str], ...]]:
        """Draw a folder with folders of two things, one of which is new; return it with hashes and names."""
        self.runs += 1
        source = self.folder / f"pictures {self.runs}"
        pictures: list[tuple[str, str]] = []
        for name in sorted([self.random.choice(self.state.names), self.new_name()]):
            files, hashes = self.draw(name, self.random.randint(1, 3))
            (source / name).mkdir(parents=True)
            for file in files:
                file.rename(source / name / file.name)
            pictures += [(sha256, name) for sha256 in hashes]
        self.folders[tuple(pictures)] = source
        return source, tuple(pictures)


def hash_of(name: str) -> int:
    """Return which kind of picture a thing is."""
    return sum(name.encode())
