# SPDX-License-Identifier: Apache-2.0
"""What a laptop knows of its classes, in sums, to be put together with what other laptops know of theirs.

Sums over embeddings are all it takes to make the head in closed form, and they add up: the sum over laptops gives the
head that all their samples in one place would have given, to the last bit (see `learner.discriminant`; for federated
statistics of this kind, Legate et al., "Guiding The Last Layer in Federated Learning with Pre-Trained Models", NeurIPS
2023). No picture and no embedding of a single one is in it, as long as no class has too few samples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.buffer import key_of
from learner.discriminant import Statistics
from learner.types import HeadWeights, View

LEAST_SAMPLES = 5
"""Of a class, below which it is not shared: a sum over a few is nearly one of them."""
LEAST_LOOKS = 3
"""The same, of different looks among them: frames that all show the same are as good as a single one."""

_UNIT_TOLERANCE = 0.01
"""Embeddings have unit length, but for what float16 rounds off and what a mean over views takes away."""
_COUNTS = "counts"
KERNEL, BIAS = "refined kernel", "refined bias"
"""Beside sums, the arrays of a head (d, C), (1, C) that laptops have refined together, for the same names."""


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """Sums over the embeddings of some classes.

    `names` are those of the classes; within `sums`, by view, they are numbered from 0 in that order. `samples` are so
    many, with so many different `looks` among them (see `learner.memory.Memory.variety`).
    """

    names: tuple[str, ...]
    sums: Mapping[View, Statistics]
    samples: int
    looks: int

    @property
    def counts(self) -> tuple[int, ...]:
        """How many samples of each class are in."""
        numbers = next(iter(self.sums.values())).counts
        return tuple(numbers.get(place, 0) for place in range(len(self.names)))

    def counts_of(self, names: Iterable[str]) -> tuple[int, ...]:
        """How many samples of classes of these names are in."""
        counts = {key_of(name): count for name, count in zip(self.names, self.counts, strict=True)}
        return tuple(counts.get(key_of(name), 0) for name in names)

    @property
    def digest(self) -> str:
        """A SHA-256 (hex) that names what is in it."""
        digest = hashlib.sha256("\n".join(self.names).encode())
        for name, array in sorted(self.arrays().items()):
            digest.update(name.encode() + array.tobytes())
        return digest.hexdigest()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the numbers in it as two-dimensional arrays of int64 and float64 by name."""
        found = {_COUNTS: np.array([[self.samples, self.looks]], np.int64)}
        for which, sums in self.sums.items():
            found |= {f"{which.value}: {name}": array for name, array in sums.arrays().items()}
        return found

    @classmethod
    def from_arrays(cls, names: Iterable[str], size: int, arrays: Mapping[str, NDArray[Any]]) -> Contribution:
        """Return what `arrays` was made of.

        Args:
            names: of the classes.
            size: of an embedding.
            arrays: the numbers; from whoever sent them.

        Raises:
            ValueError: they cannot be sums over embeddings of so many samples.
        """
        labels = tuple(names)
        try:
            [[samples, looks]] = arrays[_COUNTS].tolist()
            sums = {which: Statistics.from_arrays(size, _of_view(arrays, which)) for which in View}
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError(f"not sums: {error}") from error
        found = cls(labels, sums, samples, looks)
        found._check()
        return found

    def merged(self, others: Iterable[Contribution]) -> Contribution:
        """Return what is known in this one and the others together.

        Classes are the same whose names are, in whatever case they are written. The result is the same in whatever
        order they come.
        """
        everyone = (self, *others)
        written: dict[str, str] = {}
        for name in sorted(name for one in everyone for name in one.names):
            written.setdefault(key_of(name), name)
        names = tuple(written.values())
        place = {key: number for number, key in enumerate(written)}
        sums = {}
        for which in self.sums:
            parts = [one.sums[which].renamed([place[key_of(name)] for name in one.names]) for one in everyone]
            sums[which] = parts[0].merged(parts[1:])
        return Contribution(names, sums, sum(one.samples for one in everyone), sum(one.looks for one in everyone))

    def without(self, part: Contribution) -> Contribution:
        """Return what is left of it without a part that is in it; names stay, of classes without samples as well.

        Raises:
            ValueError: the part is not in it.
        """
        place = {key_of(name): number for number, name in enumerate(self.names)}
        if (
            not {key_of(name) for name in part.names} <= place.keys()
            or part.samples > self.samples
            or part.looks > self.looks
        ):
            raise ValueError("not a part of it")
        numbers = [place[key_of(name)] for name in part.names]
        sums = {which: mine.less(part.sums[which].renamed(numbers)) for which, mine in self.sums.items()}
        return Contribution(self.names, sums, self.samples - part.samples, self.looks - part.looks)

    def only(self, names: Container[str]) -> Contribution:
        """Return the same of some classes, among which are all that have samples in it."""
        kept = [place for place, name in enumerate(self.names) if name in names]
        places = {old: new for new, old in enumerate(kept)}
        sums = {which: mine.renamed(places) for which, mine in self.sums.items()}
        return Contribution(tuple(self.names[place] for place in kept), sums, self.samples, self.looks)

    def hides_changes_since(self, before: Contribution) -> bool:
        """Return whether whoever has both could tell what came between only of many samples at a time."""
        then = {key_of(name): number for number, name in enumerate(before.names)}
        now = {key_of(name): number for number, name in enumerate(self.names)}
        for key in then.keys() | now.keys():
            for which, sums in self.sums.items():
                (more, mine), (less, its) = sums.of_class(now.get(key)), before.sums[which].of_class(then.get(key))
                if abs(more - less) < LEAST_SAMPLES and not np.array_equal(mine, its):
                    return False
        return True

    def _check(self) -> None:
        """Say what cannot be, whoever made it."""
        total = sum(self.counts)
        if len({key_of(name) for name in self.names}) != len(self.names) or not self.names:
            raise ValueError("classes without names of their own")
        if not 0 < self.looks <= self.samples or total != self.samples:
            raise ValueError(f"{self.looks} looks of {self.samples} samples, {total} of them in classes")
        for which, sums in self.sums.items():
            if sums.counts != next(iter(self.sums.values())).counts:
                raise ValueError(f"other samples in view {which.value}")
            if min(sums.counts.values()) < LEAST_SAMPLES or not set(sums.counts) <= set(range(len(self.names))):
                raise ValueError("a class with too few samples")
            sums.check_unit_length(_UNIT_TOLERANCE)


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """What other laptops know of a project's classes: `sums` by view and by the classes' ids, as of `Contribution`."""

    sums: Mapping[View, Statistics]
    samples: int
    looks: int
    digest: str
    head: HeadWeights | None = None
    """One that the laptops have refined together."""

    @classmethod
    def of(
        cls,
        contribution: Contribution,
        class_ids: Sequence[int],
        alive: Container[int],
        arrays: Mapping[str, NDArray[Any]] | None = None,
    ) -> Elsewhere:
        """Return what a contribution says of a project's classes.

        Args:
            contribution: of the other laptops.
            class_ids: the project's classes, in the order of its names.
            alive: those that have not been deleted since.
            arrays: with a refined head among them, if there is one.
        """
        gone = [class_id for class_id in class_ids if class_id not in alive]
        sums = {}
        for which, everything in contribution.sums.items():
            mine = everything.renamed(class_ids)
            for class_id in gone:
                if class_id in mine.counts:
                    mine = mine.without_class(class_id)
            sums[which] = mine
        head = None if gone else _head_of(arrays or {}, class_ids, contribution.sums)
        digest = hashlib.sha256(f"{contribution.digest} {sorted(set(class_ids) - set(gone))}".encode())
        if head is not None:
            digest.update(head.kernel.tobytes() + head.bias.tobytes())
        samples = next(iter(sums.values())).count
        looks = max(1, round(contribution.looks * samples / contribution.samples))
        return cls(sums, samples, looks, digest.hexdigest(), head)


def _head_of(
    arrays: Mapping[str, NDArray[Any]], class_ids: Sequence[int], sums: Mapping[View, Statistics]
) -> HeadWeights | None:
    kernel, bias = arrays.get(KERNEL), arrays.get(BIAS)
    shape = next(iter(sums.values())).size, len(class_ids)
    if kernel is None or bias is None or kernel.shape != shape or bias.shape != (1, shape[1]):
        return None
    head = HeadWeights(kernel.astype(np.float32), bias[0].astype(np.float32), tuple(class_ids))
    return head if head.is_finite else None


def _of_view(arrays: Mapping[str, NDArray[Any]], which: View) -> dict[str, NDArray[Any]]:
    prefix = f"{which.value}: "
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
