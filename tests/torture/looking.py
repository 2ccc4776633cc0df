# SPDX-License-Identifier: Apache-2.0
"""A project as it is found: opened, read through, and told as what a person has put in."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from learner.buffer import Buffer
from learner.buffer.checking import check
from tests.torture.acts import State


@dataclass(frozen=True)
class Found:
    """What is in a project.

    Attributes:
        classes: name and whether it was taken out, by id.
        samples: hash of the picture, class id and whether it was deleted, by number.
        increments, versions: their ids.
        champion: the version in use.
        waiting: how many samples are to be learned and have not been.
        findings: what is wrong with the file.
        seconds: how long opening it took.
    """

    classes: dict[int, tuple[str, bool]]
    samples: dict[int, tuple[str, int | None, bool]]
    increments: frozenset[int]
    versions: tuple[int, ...]
    champion: int | None
    waiting: int
    findings: tuple[str, ...]
    seconds: float

    def state(self, known: Iterable[int], pictures: Iterable[str]) -> State:
        """Return what a person has put in.

        Args:
            known: the samples that are known by their numbers.
            pictures: hashes of the pictures that are known; the camera's are not.
        """
        numbers, hashes = set(known), set(pictures)
        names = {class_id: name for class_id, (name, _) in self.classes.items()}
        told, new = {}, Counter[tuple[str, str]]()
        for sample_id, (sha256, class_id, deleted) in self.samples.items():
            name = "" if class_id is None else names[class_id]
            if sample_id in numbers:
                told[sample_id] = (name, deleted)
            else:
                new[sha256 if sha256 in hashes else "", name] += 1
        return State(dict(self.classes.values()), told, dict(new))

    def class_id(self, name: str) -> int:
        """Return the id of a class."""
        return next(class_id for class_id, (called, _) in self.classes.items() if called == name)


def look(path: Path, *, writing: bool = False) -> Found:
    """Open a project, read all of it, and return what is in it.

    Args:
        path: the project.
        writing: open it as a window does, so that SQLite brings in the log that a killed process left. Otherwise the
            log stays for whoever comes next.
    """
    began = time.perf_counter()
    with Buffer.open(path, create=False, read_only=not writing) as buffer:
        seconds = time.perf_counter() - began
        infos = buffer.classes(archived=True)
        live = {info.id for info in infos if not info.archived}
        rows = [*buffer.samples(), *buffer.samples(deleted=True)]
        versions = tuple(version.id for version in buffer.versions())
        found = Found(
            {info.id: (info.name, info.archived) for info in infos},
            {row.id: (row.sha256, row.class_id, row.deleted_at is not None) for row in rows},
            frozenset(increment.id for increment in buffer.increments()),
            versions,
            buffer.champion_id(),
            sum(row.learned_in is None and row.deleted_at is None and row.class_id in live for row in rows),
            (),
            seconds,
        )
    # Every picture, embedding and version, and whether their numbers are finite.
    findings = check(path).findings
    if found.versions and found.champion is None:
        findings = (*findings, "No version is in use, though there are some.")
    return replace(found, findings=findings)
