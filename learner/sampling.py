# SPDX-License-Identifier: Apache-2.0
"""Which samples are learned from and which are measured with, which make the next batch, and the name of a set of them.

Everything here follows from what the pictures show and from the order within a recording, never from row ids: a project
that has forgotten a sample chooses like one that never had it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from learner.types import Member, Role, Vectors

NEAR_DUPLICATE = 0.98
"""Cosine of the embeddings of two pictures that show the same: consecutive frames of a recording have 0.99 and more,
two photos of one class hardly ever 0.98."""

_HELD_OUT_SHARE = 5
"""One recording in so many is held out to measure with."""
_LEADERS = 64
"""A frame is compared with so many of the clusters before it: what is alike lies close together in a recording."""


SampleIds = NDArray[np.int64]

Clusters = Callable[["Recording"], NDArray[np.int64]]
"""Returns the near-duplicate cluster (n,) of each sample of a recording, or of a part of one."""

_SUM = "sum "

NONE: SampleIds = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The live samples of one class in one burst, all to learn from or all to measure with.

    Attributes:
        burst_id: which burst.
        class_id: which class.
        key: a SHA-256 (hex) that names it by the first picture it shows: it stays while the recording grows, and while
            samples are deleted from it.
        sample_ids: (n,) ascending, which is the order in which they were recorded.
        fresh: those among them that have not been learned.
        moved: those that have been learned under another label.
        digest: names what it shows, all of it, under its label (see `digest`); None of a part of a recording.
        is_test: whether it is only to measure with.
        first: the first of its samples.
        lot: drawn by its key; see `held_out`.
    """

    burst_id: int
    class_id: int
    key: str
    sample_ids: SampleIds
    fresh: SampleIds = field(default_factory=lambda: NONE)
    moved: SampleIds = field(default_factory=lambda: NONE)
    digest: int | None = None
    is_test: bool = False
    first: int = field(init=False)
    lot: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is asked of every recording, time and again."""
        object.__setattr__(self, "first", int(self.sample_ids[0]) if len(self.sample_ids) else 0)
        object.__setattr__(self, "lot", int(self.key or "0", 16) % _HELD_OUT_SHARE)

    def __len__(self) -> int:
        return len(self.sample_ids)

    def only(self, sample_ids: SampleIds) -> Recording:
        """Return the part of it that is among some samples."""
        return self._part(np.isin(self.sample_ids, sample_ids))

    def without(self, sample_ids: SampleIds) -> Recording:
        """Return the part of it that is not among some samples."""
        return self._part(~np.isin(self.sample_ids, sample_ids)) if len(sample_ids) else self

    def with_(self, other: Recording) -> Recording:
        """Return a part of a recording together with another part of it."""
        return Recording(
            self.burst_id,
            self.class_id,
            self.key,
            np.union1d(self.sample_ids, other.sample_ids),
            np.union1d(self.fresh, other.fresh),
            np.union1d(self.moved, other.moved),
            is_test=self.is_test,
        )

    def _part(self, rows: NDArray[np.bool_]) -> Recording:
        if rows.all():
            return self
        ids = self.sample_ids[rows]
        fresh, moved = np.intersect1d(self.fresh, ids), np.intersect1d(self.moved, ids)
        return Recording(self.burst_id, self.class_id, self.key, ids, fresh, moved, is_test=self.is_test)


def recording_of(
    burst_id: int, class_id: int, members: Iterable[tuple[int, str, bool, bool]], *, is_test: bool = False
) -> Recording:
    """Return a recording.

    Args:
        burst_id: its burst.
        class_id: its class.
        members: id, SHA-256 of the picture, whether it has been learned under this label, and whether it has been under
            another, of each sample, of which there has to be one.
        is_test: whether it is only to measure with.
    """
    ordered = sorted(members)
    ids, pictures, learned, moved = zip(*ordered, strict=True)
    key = hashlib.sha256(f"recording {pictures[0]}".encode()).hexdigest()
    return Recording(
        burst_id,
        class_id,
        key,
        np.array(ids, np.int64),
        NONE if all(learned) else np.array([row[0] for row in ordered if not row[2] and not row[3]], np.int64),
        np.array([row[0] for row in ordered if row[3]], np.int64) if any(moved) else NONE,
        sum(_named(picture, class_id) for picture in pictures) % _DIGESTS,
        is_test,
    )


def recordings(members: Iterable[Member]) -> list[Recording]:
    """Return the recordings that samples belong to, ordered by their keys."""
    grouped: dict[tuple[int, int, bool], list[tuple[int, str, bool, bool]]] = defaultdict(list)
    for member in members:
        row = member.sample_id, member.sha256, member.learned, member.relabelled
        grouped[member.burst_id, member.class_id, member.role is Role.HOLDOUT].append(row)
    return in_order(
        recording_of(burst_id, class_id, group, is_test=is_test)
        for (burst_id, class_id, is_test), group in grouped.items()
    )


def in_order(found: Iterable[Recording]) -> list[Recording]:
    """Return recordings in an order that follows from what they show."""
    return sorted(found, key=order)


def merged(parts: Iterable[Recording]) -> list[Recording]:
    """Return parts of recordings, those of the same one as one, in order."""
    found: dict[tuple[int, int], Recording] = {}
    for part in parts:
        key = part.burst_id, part.class_id
        found[key] = part if key not in found else found[key].with_(part)
    return in_order(found.values())


def order(recording: Recording) -> tuple[str, int, int]:
    """Return by what recordings are ordered."""
    return recording.key, recording.class_id, recording.digest or 0


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
        _, *later = sorted(group, key=attrgetter("first"))
        for recording in later:
            since += 1
            if recording.lot == 0 or since == _HELD_OUT_SHARE:
                chosen.append(recording)
                since = 0
    return in_order(chosen)


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
        found: the recordings to draw from, by class.
        class_ids: their classes, in the order of the head's columns.
        clusters: returns the near-duplicate cluster (n,) of each sample of a recording.
        new: the parts of recordings that have not been learned before.
        seed: of the draws; recordings that show the same give the same draws.
    """

    def __init__(
        self,
        found: Mapping[int, Sequence[Recording]],
        class_ids: Sequence[int],
        clusters: Clusters,
        new: Iterable[Recording] = (),
        seed: int = 0,
    ) -> None:
        self._random = np.random.default_rng(seed)
        fresh = by_class(new)
        self._all = [_Urn(found[class_id], clusters) for class_id in class_ids]
        self._fresh = [_Urn(fresh[class_id], clusters) if class_id in fresh else None for class_id in class_ids]

    def draw(self, size: int, new_share: float = 0.0) -> tuple[list[int], NDArray[np.int64]]:
        """Return `size` sample ids, repeats allowed, and the column (size,) of each one's class."""
        columns = self._random.integers(len(self._all), size=size)
        places, shares = self._random.random(size), self._random.random(size)
        drawn = []
        for column, place, share in zip(columns, places.tolist(), shares, strict=True):
            fresh = self._fresh[column]
            urn = fresh if fresh is not None and share < new_share else self._all[column]
            drawn.append(urn.at(place))
        return drawn, columns


class _Urn:
    """The samples of a class."""

    def __init__(self, found: Sequence[Recording], clusters: Clusters) -> None:
        self._found = found
        self._clusters = clusters

    def at(self, place: float) -> int:
        """Return the sample at a place between 0 and 1, of which each has as much as its chance."""
        number, place = _cut(place, len(self._found))
        recording = self._found[number]
        clusters = self._clusters(recording)
        looks = np.flatnonzero(np.bincount(clusters))  # of a part of a recording, some may be missing
        look, place = _cut(place, len(looks))
        alike = np.flatnonzero(clusters == looks[look])
        return int(recording.sample_ids[alike[_cut(place, len(alike))[0]]])


def _cut(place: float, count: int) -> tuple[int, float]:
    """Cut 0…1 into equal parts; return which of them a place is in, and where between 0 and 1 within it."""
    scaled = place * count
    part = min(int(scaled), count - 1)
    return part, scaled - part


def by_class(found: Iterable[Recording]) -> dict[int, list[Recording]]:
    """Return recordings by their classes, in the order in which they come."""
    grouped: dict[int, list[Recording]] = {}
    for recording in found:
        grouped.setdefault(recording.class_id, []).append(recording)
    return grouped


_DIGESTS = 2**256


def digest(parts: Iterable[int]) -> str:
    """Return what names a set of labelled pictures, whatever order and recordings they came in.

    It is the sum, modulo 2^256, of the SHA-256 of each picture with its label, so that it need not be made anew for one
    more of them (Bellare & Micciancio, "A New Paradigm for Collision-Free Hashing", EUROCRYPT 1997; nobody here has
    reason to look for collisions).

    Args:
        parts: sums of some of them (see `digest_of`).
    """
    return f"{_SUM}{sum(parts) % _DIGESTS:064x}"


def digest_of(found: Iterable[Recording]) -> int:
    """Return the sum of what names recordings, none of which may be a part."""
    total = 0
    for recording in found:
        assert recording.digest is not None  # noqa: S101  # who has a part of a recording does not ask
        total += recording.digest
    return total


def names(written: str, now: str, members: Callable[[], Iterable[Member]]) -> bool:
    """Return whether a digest names what there is.

    Args:
        written: the digest, by this Showtell or by an earlier one, which hashed a list of all samples; or empty.
        now: the digest of what there is.
        members: returns all that there is, in any order.
    """
    if not written or written.startswith(_SUM):
        return (written or digest(())) == now
    lines = sorted(f"{member.sha256} {member.class_id}\n" for member in members())
    return written == hashlib.sha256("".join(lines).encode()).hexdigest()


def _named(picture: str, class_id: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{picture} {class_id}\n".encode()).digest())


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
