# SPDX-License-Identifier: Apache-2.0
"""Which samples are learned from and which are measured with, which make the next batch, and the name of a set of them.

Everything here follows from what the pictures show and from the order within a recording, never from row ids: a project
that has forgotten a sample chooses like one that never had it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.types import Member, Vectors

NEAR_DUPLICATE = 0.98
"""Cosine of the embeddings of two pictures that show the same: consecutive frames of a recording have 0.99 and more,
two photos of one class hardly ever 0.98."""

_HELD_OUT_SHARE = 5
"""One recording in so many is held out to measure with."""
_LEADERS = 64
"""A frame is compared with so many of the clusters before it: what is alike lies close together in a recording."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The live samples of one class in one burst, in the order in which they were recorded.

    `key` is a hash of the first of them: it stays while the recording grows, and while samples are deleted from it.
    """

    burst_id: int
    class_id: int
    members: tuple[Member, ...]

    @property
    def key(self) -> str:
        """A SHA-256 (hex) that names the recording by what it shows."""
        return hashlib.sha256(f"recording {self.members[0].sha256}".encode()).hexdigest()


def recordings(members: Iterable[Member]) -> list[Recording]:
    """Return the recordings that samples belong to, ordered by their keys."""
    grouped: dict[tuple[int, int], list[Member]] = defaultdict(list)
    for member in members:
        grouped[member.burst_id, member.class_id].append(member)
    found = [
        Recording(burst_id, class_id, tuple(sorted(group, key=lambda member: member.sample_id)))
        for (burst_id, class_id), group in grouped.items()
    ]
    return sorted(found, key=lambda recording: (recording.key, recording.class_id))


def held_out(found: Sequence[Recording]) -> list[Recording]:
    """Return the recordings to measure with: whole ones, about a fifth, chosen by the hash of what they show.

    The oldest of a class is never held out, so a class with a single recording is not measured; of any five later ones
    in a row, one is, however the hashes fall. Only what came before decides on a recording. So it is held out from its
    first sample on, and no version has ever had it in its measured twin.
    """
    by_class: dict[int, list[Recording]] = defaultdict(list)
    for recording in found:
        by_class[recording.class_id].append(recording)
    chosen = []
    for group in by_class.values():
        since = 0
        _, *later = sorted(group, key=lambda recording: recording.members[0].sample_id)
        for recording in later:
            since += 1
            if int(recording.key, 16) % _HELD_OUT_SHARE == 0 or since == _HELD_OUT_SHARE:
                chosen.append(recording)
                since = 0
    return sorted(chosen, key=lambda recording: (recording.key, recording.class_id))


def near_duplicates(x: Vectors) -> NDArray[np.int64]:
    """Return the cluster (n,) of each frame of a recording, counted from 0 as they come; x (n, d) has unit length.

    A frame joins the cluster whose first frame it resembles most, or starts another (leader clustering, Hartigan 1975).
    """
    clusters = np.zeros(len(x), np.int64)
    leaders: list[int] = []
    for row in range(len(x)):
        recent = leaders[-_LEADERS:]
        alike = x[recent] @ x[row] if recent else np.zeros(0)
        if len(alike) and alike.max() >= NEAR_DUPLICATE:
            clusters[row] = len(leaders) - len(recent) + int(alike.argmax())
        else:
            clusters[row] = len(leaders)
            leaders.append(row)
    return clusters


class ReplaySampler:
    """Draws balanced replay batches: a class, one of its recordings, a near-duplicate cluster, a sample; all uniformly.

    A long recording therefore weighs no more than a short one, a minute of a mug that stands still no more than one
    look at it, and a class shown often no more than one shown once. Where a class has new samples, at least `new_share`
    of its rows come from them; the share is kept within the class because giving the new class more rows than the old
    ones was measured to cost the old ones.

    Args:
        found: the recordings to draw from.
        class_ids: their classes, in the order of the head's columns.
        clusters: the near-duplicate cluster of each sample within its recording.
        new: ids of the samples that have not been learned before.
        seed: of the draws; recordings that show the same give the same draws.
    """

    def __init__(
        self,
        found: Sequence[Recording],
        class_ids: Sequence[int],
        clusters: Mapping[int, int],
        new: Iterable[int] = (),
        seed: int = 0,
    ) -> None:
        self._random = np.random.default_rng(seed)
        new = set(new)
        by_class: dict[int, list[list[Member]]] = defaultdict(list)
        fresh: dict[int, list[list[Member]]] = defaultdict(list)
        for recording in found:
            by_class[recording.class_id].append(list(recording.members))
            if taken := [member for member in recording.members if member.sample_id in new]:
                fresh[recording.class_id].append(taken)
        self._all = [_Urn(by_class[class_id], clusters) for class_id in class_ids]
        self._fresh = [_Urn(fresh[class_id], clusters) if class_id in fresh else None for class_id in class_ids]

    def draw(self, size: int, new_share: float = 0.0) -> tuple[list[int], NDArray[np.int64]]:
        """Return `size` sample ids, repeats allowed, and the column (size,) of each one's class."""
        columns = self._random.integers(len(self._all), size=size)
        places, shares = self._random.random(size), self._random.random(size)
        drawn = []
        for column, place, share in zip(columns, places, shares, strict=True):
            fresh = self._fresh[column]
            urn = fresh if fresh is not None and share < new_share else self._all[column]
            drawn.append(urn.at(place))
        return drawn, columns


class _Urn:
    """The samples of a class, each with its chance."""

    def __init__(self, groups: Sequence[Sequence[Member]], clusters: Mapping[int, int]) -> None:
        self._ids: list[int] = []
        chances: list[float] = []
        for group in groups:
            sizes: dict[int, int] = defaultdict(int)
            for member in group:
                sizes[clusters.get(member.sample_id, 0)] += 1
            for member in group:
                self._ids.append(member.sample_id)
                chances.append(1 / (len(groups) * len(sizes) * sizes[clusters.get(member.sample_id, 0)]))
        self._upto = np.cumsum(chances)

    def at(self, place: float) -> int:
        """Return the sample at a place between 0 and 1, of which each has as much as its chance."""
        found = int(np.searchsorted(self._upto, place * self._upto[-1], side="right"))
        return self._ids[min(found, len(self._ids) - 1)]


def digest(members: Iterable[Member]) -> str:
    """Return a SHA-256 (hex) that names a set of labelled pictures, whatever order they came in."""
    lines = sorted(f"{member.sha256} {member.class_id}\n" for member in members)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def bank(x: Vectors, margins: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """Choose which samples of a class to replay when it has more than can be.

    Four fifths are herded, so that their mean follows that of all of them (Welling 2009; Rebuffi et al., "iCaRL", CVPR
    2017); the others are those with the smallest margins, which lie where the class borders on another.

    Args:
        x: embeddings of the class (n, d).
        margins: (n,) how far each is on its own side.
        size: how many to choose, at most n.

    Returns:
        Their rows, ascending.
    """
    hard = np.argsort(margins, kind="stable")[: size // 5]
    is_left = np.ones(len(x), bool)
    is_left[hard] = False
    rows = np.flatnonzero(is_left)
    rest = np.asarray(x[rows], np.float32)
    goal, total = rest.mean(axis=0), np.zeros(x.shape[1], np.float32)
    lengths = np.einsum("nd,nd->n", rest, rest)
    chosen = []
    for count in range(1, size - len(hard) + 1):
        # The one that brings the mean of those chosen closest to the goal: |goal - (total + x) / count|² without what
        # all have in common.
        best = int((lengths - 2 * rest @ (count * goal - total)).argmin())
        chosen.append(int(rows[best]))
        lengths[best] = np.inf
        total += rest[best]
    return np.array(sorted([*hard.tolist(), *chosen]), np.int64)
