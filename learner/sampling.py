# SPDX-License-Identifier: Apache-2.0
"""Which samples make the next replay batch, and the name of what a version was made of."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from learner.types import Member


class ReplaySampler:
    """Draws balanced replay batches: a class, then one of its bursts, then one of the burst's samples, each uniformly.

    A long recording therefore weighs no more than a short one, and a class shown often no more than one shown once.
    Where a class has new samples, at least `new_share` of its rows come from them; the share is kept within the class
    because giving the new class more rows than the old ones was measured to cost the old ones.

    Args:
        members: the samples to draw from; not empty.
        new: ids of those that have not been learned before.
        new_share: 0…1.
        seed: of the draws; the same members and seed give the same batches.
    """

    def __init__(self, members: Sequence[Member], new: Iterable[int], new_share: float, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._new_share = new_share
        new = set(new)
        # By content and not by row, so that what was drawn does not depend on the history of the file.
        ordered = sorted(members, key=lambda member: (member.class_id, member.sha256, member.sample_id))
        self._classes = sorted({member.class_id for member in ordered})
        self._bursts = _by_class(ordered)
        self._fresh = _by_class(member for member in ordered if member.sample_id in new)

    def draw(self, size: int) -> tuple[list[int], NDArray[np.int64]]:
        """Return `size` sample ids, repeats allowed, and the index of each one's class among the sorted class ids."""
        columns = self._random.integers(len(self._classes), size=size)
        return [self._draw(self._classes[column]) for column in columns], columns

    def _draw(self, class_id: int) -> int:
        fresh = self._fresh.get(class_id)
        bursts = fresh if fresh and self._random.random() < self._new_share else self._bursts[class_id]
        burst = bursts[self._random.integers(len(bursts))]
        return burst[self._random.integers(len(burst))]


def digest(members: Iterable[Member]) -> str:
    """Return a SHA-256 (hex) that names a set of labelled pictures, whatever order they came in."""
    lines = sorted(f"{member.sha256} {member.class_id}\n" for member in members)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _by_class(members: Iterable[Member]) -> dict[int, list[list[int]]]:
    """Return, for each class, its bursts as lists of sample ids."""
    grouped: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        grouped[member.class_id][member.burst_id].append(member.sample_id)
    return {class_id: list(bursts.values()) for class_id, bursts in grouped.items()}
