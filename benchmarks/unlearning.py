# SPDX-License-Identifier: Apache-2.0
"""Whether what was taken back is as if it had never been, to the last bit.

A project lives: recordings come in, samples are deleted and given other names, and it learns and sleeps in between, as
a seed has it. In the end it sleeps. Another project gets the samples that survive and sleeps once. The two have to come
to the same weights. Pictures and embeddings are real ones; projects are small and sleep is short, so that there can be
many.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import image_sets
from benchmarks.goals import Figure
from benchmarks.image_sets import ImageSet
from benchmarks.row import Source, alone
from benchmarks.taught import Taught, config
from learner import LearnerConfig

ON = "sign_digits_10"
"""The set that lives are made of."""

_STEPS = 4
_SLEEP_STEPS = 20
_ROWS = 32
_LIVES_A_PROCESS = 100


@dataclass(frozen=True, slots=True)
class _End:
    """Whether a life's weights are those of the other project, and whether its last sleep was rejected."""

    is_equal: bool
    was_rejected: bool


@dataclass(frozen=True, slots=True)
class _Material:
    images: ImageSet
    raw: NDArray[np.float16]


def figures(source: Source, lives: int) -> list[Figure]:
    """Return how many of so many lives leave nothing behind."""
    parts = [range(start, min(start + _LIVES_A_PROCESS, lives)) for start in range(0, lives, _LIVES_A_PROCESS)]
    with ThreadPoolExecutor(len(parts)) as pool:
        ends = [end for part in pool.map(partial(alone, _lived, source), parts) for end in part]
    equal, rejected = sum(end.is_equal for end in ends), sum(end.was_rejected for end in ends)
    return [
        Figure("lives as if what was taken back had never been", equal, f"of {lives}", lives, at_least=True),
        Figure("their last sleeps rejected", rejected, f"of {lives}"),
    ]


def _lived(source: Source, seeds: Iterable[int]) -> list[_End]:
    given = _Material(image_sets.read(source.images), np.load(source.embeddings, mmap_mode="r"))
    with tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as folder:
        return [_end(given, _config(source), Path(folder), seed) for seed in seeds]


def _end(given: _Material, settings: LearnerConfig, folder: Path, seed: int) -> _End:
    lived_in, fresh_in = (folder / f"{name} {seed}.showtell" for name in ("lived", "fresh"))
    with Taught(lived_in, settings, hurried=True) as lived, Taught(fresh_in, settings, hurried=True) as fresh:
        life = _Life(lived, given, seed)
        life.live()
        slept = lived.project.sleep()
        life.hand_on(fresh)
        fresh.project.sleep()
        end = _End(_weights(lived) == _weights(fresh), any(not increment.accepted for increment in slept))
    if not end.is_equal:
        print(f"life {seed} left something behind", file=sys.stderr, flush=True)
    gc.collect()  # projects are cycles of references, and large
    return end


def _config(source: Source) -> LearnerConfig:
    return replace(config(source), steps=_STEPS, sleep_steps=_SLEEP_STEPS, batch_size=_ROWS, sleep_batch_size=_ROWS)


class _Life:
    """What happens to a project, as a seed has it: at most six classes and sixty samples."""

    def __init__(self, taught: Taught, given: _Material, seed: int) -> None:
        self._taught = taught
        self._buffer = taught.project.buffer
        self._given = given
        self._random = np.random.default_rng(seed)
        self._labels = self._random.permutation(given.images.classes)[: self._random.integers(3, 7)]
        self._left = {
            int(label): self._random.permutation(np.flatnonzero(given.images.labels == label)) for label in self._labels
        }
        self._row_of: dict[int, int] = {}
        """The picture of each sample."""

    def live(self) -> None:
        """Do this and that until there are as many samples as there are to be, and take some back at the end."""
        for label in self._labels:
            self._record(int(label))
        acts = {"record": 0.3, "delete": 0.2, "relabel": 0.2, "learn": 0.25, "sleep": 0.05}
        until = self._random.integers(20, 61)
        while len(self._row_of) < until:
            getattr(self, f"_{self._random.choice(list(acts), p=list(acts.values()))}")()
        self._learn()
        for act in self._random.choice(["delete", "relabel"], self._random.integers(1, 4)):
            getattr(self, f"_{act}")()

    def hand_on(self, fresh: Taught) -> None:
        """Give another project the samples that survive, in the same recordings."""
        names = {info.id: info.name for info in self._buffer.classes()}
        bursts: dict[int, int] = {}
        for member in self._buffer.members():
            if member.burst_id not in bursts:
                bursts[member.burst_id] = fresh.project.buffer.start_burst("benchmark").id
            self._store(
                fresh, names[member.class_id], np.array([self._row_of[member.sample_id]]), bursts[member.burst_id]
            )
        fresh.look_again()

    def _record(self, label: int | None = None) -> None:
        label = int(self._random.choice(self._labels)) if label is None else label
        rows, self._left[label] = np.split(self._left[label], [self._random.integers(2, 7)])
        self._row_of |= dict(zip(self._store(self._taught, str(label), rows), rows.tolist(), strict=True))
        self._taught.look_again()

    def _store(self, taught: Taught, name: str, rows: NDArray[np.int64], burst_id: int | None = None) -> list[int]:
        pictures = [self._given.images.stored(int(row)) for row in rows]
        return taught.record(name, pictures, self._given.raw[rows], burst_id)

    def _delete(self) -> None:
        self._buffer.delete(self._some())

    def _relabel(self) -> None:
        self._buffer.relabel(self._some(), self._taught.class_id(str(self._random.choice(self._labels))))

    def _some(self) -> list[int]:
        """Return up to four samples that came in one after another."""
        ids = [member.sample_id for member in self._buffer.members()]
        start = int(self._random.integers(max(1, len(ids))))
        return ids[start : start + int(self._random.integers(1, 5))]

    def _learn(self) -> None:
        self._taught.project.learn()

    def _sleep(self) -> None:
        self._taught.project.sleep()


def _weights(taught: Taught) -> tuple[list[str], bytes, bytes]:
    head = taught.head
    return taught.names, head.kernel.tobytes(), head.bias.tobytes()
