# SPDX-License-Identifier: Apache-2.0
"""Hostile files, made by code: what each is called, what reads it, how it is made, and what may come of it.

Those that are `heavy` take seconds, or hundreds of megabytes of disk, to make or to read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    """A hostile file.

    `make` writes it at the path it is given, whose name ends as the file's is to end. `allowed` are the outcomes that
    are right: names of faults, or what `tests.fuzz.targets` returns.
    """

    name: str
    target: str
    ending: str
    make: Make
    allowed: frozenset[str]
    heavy: bool = False

    @property
    def id(self) -> str:
        """What the test of it is called."""
        return f"{self.target}: {self.name}"


class Corpus:
    """Collects hostile files; a function that makes one is put in by decorating it."""

    def __init__(self, target: str, ending: str, *allowed: str) -> None:
        self._target = target
        self._ending = ending
        self._allowed = allowed
        self.files: list[Hostile] = []

    def add(self, name: str, make: Make, *allowed: str, ending: str = "", heavy: bool = False) -> None:
        """Put one in."""
        expected = frozenset(allowed or self._allowed)
        self.files.append(Hostile(name, self._target, ending or self._ending, make, expected, heavy))

    def file(self, name: str, *allowed: str, ending: str = "", heavy: bool = False) -> Callable[[Make], Make]:
        """Put in what the decorated function makes."""

        def put(make: Make) -> Make:
            self.add(name, make, *allowed, ending=ending, heavy=heavy)
            return make

        return put


def everything() -> list[Hostile]:
    """Return all hostile files."""
    from tests.fuzz import archives, backbones, pictures, projects, tables

    return [file for part in (projects, pictures, archives, tables, backbones) for file in part.CORPUS.files]
