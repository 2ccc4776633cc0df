# SPDX-License-Identifier: Apache-2.0
"""What the learner holds in mind of a project file: which samples are embedded, and what they sum up to.

The file is the truth; `take_in` brings the sums in line with it. They are exact (see `learner.discriminant`), so what
was deleted leaves nothing behind in them.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.contribution import Elsewhere
from learner.discriminant import Statistics, on_grid
from learner.embedder import Embedder
from learner.errors import DamagedProject, LabelFault
from learner.messages import Embedded, Event, SampleLeftOut
from learner.preprocessing import normalise, views
from learner.roll import Content, Roll
from learner.sampling import NONE, Recording, SampleIds, near_duplicates
from learner.types import Vectors, View

VIEWS = tuple(View)
"""Every stored picture is embedded in each of them, once."""

Work = Generator[Event | None, None, None]
"""Yields what happened, or None when there is nothing to tell but others may have their turn."""

_CHUNK = 256
"""Embeddings taken in at a time: few enough that a waiting frame is answered in between."""
_WORTH_KEEPING = 5000
"""Samples from which on what is in mind is kept in the file, where it takes as much room as a hundred pictures."""
_MOST_SUMS = 2**23
"""Numbers in sums of recordings that are kept at hand; others are added up whenever they are asked for."""

_Item = TypeVar("_Item")
_Key = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A recording, or the part of it, that is in the sums: in those of what is held out, or in the others."""

    recording: Recording
    out: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """A recording with the near-duplicate cluster (n,) of each sample, and how many there are."""

    counted: _Counted
    clusters: NDArray[np.int64]
    looks: int


_Change = tuple[_Counted, SampleIds]
"""Some samples of a recording."""


class Memory:
    """Embeddings of a project file, and their sums.

    Args:
        buffer: the project file.
        embedder: the backbone.
    """

    def __init__(self, buffer: Buffer, embedder: Embedder) -> None:
        self._buffer = buffer
        self._embedder = embedder
        self.backbone_id = buffer.register_backbone(embedder.info)
        self.size = embedder.info.embedding_size
        self.seen = buffer.seen_by(embedder.info.sha256)
        """The samples that the backbone was trained on."""
        self.roll = Roll(buffer, self.backbone_id, self.size, VIEWS, self.seen)
        """Which samples there are."""
        self.others: Elsewhere | None = None
        """What other laptops know of the project's classes."""
        self._reset()
        self._recall()

    def start_over(self) -> None:
        """Forget everything; it is read anew."""
        self.roll.start_over()
        self._reset()

    def _reset(self) -> None:
        self._statistics = {(out, which): Statistics(self.size) for out in (False, True) for which in VIEWS}
        self._counted: dict[int, dict[int, _Counted]] = {}
        self._groups: dict[_Key, _Group] = {}
        self._taken: Content | None = None
        self._kept: Content | None = None
        # Samples and looks, of what is learned from and of what is held out.
        self._samples, self._looks = [0, 0], [0, 0]
        self._sums: dict[_Key, NDArray[np.float64]] = {}

    def keep(self) -> None:
        """Keep in the file what is in mind of it, if that is so much that reading it all again would take seconds.

        Raises:
            ProjectFault: it cannot be written.
        """
        content = self.content
        if content.count < _WORTH_KEEPING or self._taken is not content or self._kept is content:
            return
        arrays = self.roll.arrays()
        if arrays is None:
            return
        groups = [self._groups[_key(one)] for one in content.learned + content.tests]
        arrays["clusters"] = np.concatenate([np.zeros(0, np.int32), *(one.clusters for one in groups)])[:, None]
        arrays["held out"] = np.array([[one.counted.out] for one in groups], np.int32)
        for (out, which), sums in self._statistics.items():
            arrays |= {_prefix(out, which) + name: array for name, array in sums.arrays().items()}
        self._buffer.keep_sums(self.backbone_id, arrays)
        self._kept = content

    def _recall(self) -> None:
        """Take what was kept in the file, if it was and makes sense."""
        arrays = self._buffer.kept_sums(self.backbone_id)
        if arrays:
            try:
                self._take_over(arrays)
            except (ValueError, KeyError, IndexError):  # another program may have written it
                self.start_over()

    def _take_over(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        found = self.roll.recall(arrays)
        outs, clusters = arrays["held out"][:, 0].tolist(), arrays["clusters"][:, 0]
        ends = np.cumsum([len(one) for one in found], dtype=np.int64)
        if len(clusters) != ends[-1:].sum():
            raise ValueError(f"{len(clusters)} clusters")
        starts = np.concatenate([NONE, [0], ends[:-1]])[: len(found)]
        looks = np.maximum.reduceat(clusters, starts) + 1 if found else clusters
        counts = {False: 0, True: 0}
        for recording, out, start, count in zip(found, map(bool, outs), starts.tolist(), looks.tolist(), strict=True):
            mine = clusters[start : start + len(recording)]
            self._put(_key(recording), _Group(_Counted(recording, out), mine, count))
            if not recording.is_test:
                self._note(_Counted(recording, out))
                counts[out] += len(recording)
        for out, which in self._statistics:
            prefix = _prefix(out, which)
            named = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
            self._statistics[out, which] = Statistics.from_arrays(self.size, named)
        if any(sums.count != counts[out] for (out, _), sums in self._statistics.items()):
            raise ValueError(f"not the sums of {counts} samples")
        self._taken = self._kept = self.roll.content

    @property
    def content(self) -> Content:
        """What the file holds, of what has been embedded."""
        self.roll.look()
        return self.roll.content

    def counted(self, burst_id: int) -> SampleIds:
        """Return the samples of a burst that are in the sums, ascending."""
        parts = [counted.recording.sample_ids for counted in self._counted.get(burst_id, {}).values()]
        return np.sort(np.concatenate(parts)) if parts else NONE

    def counted_otherwise(self, content: Content) -> list[Recording]:
        """Return the parts of recordings that are in the sums under another label than the content has."""
        parts = []
        for recording in content.learned if self._taken is None else content.apart_from(self._taken):
            others = [
                counted.recording.sample_ids
                for class_id, counted in self._counted.get(recording.burst_id, {}).items()
                if class_id != recording.class_id
            ]
            if others and not recording.is_test and content.has(recording):
                part = recording.only(np.concatenate(others))
                parts += [part] * bool(len(part))
        return parts

    def has(self, sample_id: int) -> bool:
        """Return whether a sample has been embedded; one whose picture is damaged never is."""
        return bool(self._buffer.embedded(self.backbone_id, VIEWS, self.size, [sample_id]))

    def having(self, sample_ids: Iterable[int]) -> set[int]:
        """Return those of some samples that have been embedded."""
        return self._buffer.embedded(self.backbone_id, VIEWS, self.size, sample_ids)

    def pending(self) -> list[int]:
        """Return the labelled samples that are still to be embedded, oldest first."""
        self.roll.look()
        return self.roll.waiting

    def embed_new(self) -> Work:
        """Embed the labelled samples that have no embedding yet, oldest first, one at a time."""
        yield from self.embed(self.pending())

    def embed(self, sample_ids: Sequence[int]) -> Work:
        """Embed samples, one at a time; a picture that cannot be read is left out and told."""
        size = self._embedder.info.input_size
        for done, sample_id in enumerate(sample_ids, start=1):
            try:
                image = self._buffer.image(sample_id)
                vectors = {which: self._embedder.embed(looked_at) for which, looked_at in views(image, size).items()}
                self._buffer.store_embeddings(sample_id, self.backbone_id, vectors)
            except DamagedProject as fault:
                # One picture must not keep the others from being learned.
                self.roll.leave_out(sample_id)
                yield SampleLeftOut(sample_id, fault.title, fault.message)
                continue
            except LabelFault:  # it was forgotten for good while it waited
                self.roll.leave_out(sample_id)
                continue
            self.roll.note_embedded(sample_id)
            yield Embedded(len(sample_ids) - done)

    def copy(self) -> Memory:
        """Return a memory that holds the same, to be brought in line with the file without changing this one."""
        other = copy.copy(self)
        other.roll = self.roll.copy()
        other._counted = {burst_id: dict(mine) for burst_id, mine in self._counted.items()}
        other._groups, other._sums = dict(self._groups), dict(self._sums)
        other._samples, other._looks = list(self._samples), list(self._looks)
        other._statistics = {which: sums.copy() for which, sums in self._statistics.items()}
        return other

    def rows(self, sample_ids: Sequence[int], which: View) -> Vectors:
        """Return normalised embeddings (n, d) of samples in one view.

        Raises:
            LabelFault: a sample has not been embedded.
        """
        if not len(sample_ids):
            return np.zeros((0, self.size), np.float32)
        stored = self._buffer.embeddings(sample_ids, self.backbone_id, which)
        return normalise(stored, non_negative=self._embedder.info.non_negative)

    def answers(self, sample_ids: Sequence[int], *, mirrored: bool) -> Vectors:
        """Return embeddings (n, d) as they are when an answer is given: the mean over the views."""
        used = views_used(mirrored=mirrored)
        total = np.zeros((len(sample_ids), self.size), np.float32)
        for which in used:
            total += self.rows(sample_ids, which)
        return np.asarray(total / np.float32(len(used)), np.float32)

    def take_in(self, content: Content) -> Work:
        """Bring the sums in line with the file: out with what is gone or relabelled, in with what is new."""
        # What is given up in the middle is looked through as a whole the next time.
        before, self._taken = self._taken, None
        changed = content.learned + content.tests if before is None else content.apart_from(before)
        now = {_key(one): _Counted(one, content.is_out(one)) for one in changed if content.has(one)}
        keys = {_key(one) for one in changed}
        if before is None:
            keys |= {_key(one.recording) for mine in self._counted.values() for one in mine.values()} | set(
                self._groups
            )
        too_many, missing = [], []
        for key in keys:
            known, wanted = self._counted_as(key), None if key[2] else now.get(key)
            if known is not None and known != wanted:
                stay = wanted.recording.sample_ids if wanted is not None and wanted.out == known.out else NONE
                too_many.append((known, np.setdiff1d(known.recording.sample_ids, stay, assume_unique=True)))
        try:
            yield from self._count(too_many, -1)
        except LabelFault:  # another process unlearned it, and its embedding is gone
            self._reset()
            yield from self.take_in(content)
            return
        for key, wanted in now.items():
            if not key[2]:
                known = self._counted_as(key)
                there = known.recording.sample_ids if known is not None else NONE
                missing.append((wanted, np.setdiff1d(wanted.recording.sample_ids, there, assume_unique=True)))
        yield from self._count(missing, 1)
        for wanted, _ in missing:
            self._note(wanted)
        yield from self._group(keys, now)
        self._taken = content

    def clusters(self, recording: Recording) -> NDArray[np.int64]:
        """Return the near-duplicate cluster (n,) of each sample within its recording, or of a part of one."""
        group = self._groups[_key(recording)]
        whole = group.counted.recording.sample_ids
        part = recording.sample_ids
        return group.clusters if part is whole else group.clusters[np.searchsorted(whole, part)]

    def statistics(self, *, mirrored: bool, with_held_out: bool) -> Statistics:
        """Return the sums over all views that are used, those of other laptops among them."""
        parts = [
            self._statistics[out, which]
            for out in ((False, True) if with_held_out else (False,))
            for which in views_used(mirrored=mirrored)
        ]
        if self.others is not None:
            parts += [self.others.sums[which] for which in views_used(mirrored=mirrored)]
        return parts[0].merged(parts[1:])

    def variety(self, *, with_held_out: bool) -> float:
        """Return how many different looks there are for each sample that is learned, above 0 and at most 1."""
        upto = 2 if with_held_out else 1
        looks, samples = sum(self._looks[:upto]), sum(self._samples[:upto])
        if self.others is not None:
            looks, samples = looks + self.others.looks, samples + self.others.samples
        return looks / max(1, samples)

    def view(self, which: View) -> Statistics:
        """Return the sums over one view of everything."""
        return self._statistics[False, which].merged([self._statistics[True, which]])

    def twin_view(self, which: View) -> Statistics:
        """Return the sums over one view of what is not held out."""
        return self._statistics[False, which].copy()

    def recording_sum(self, recording: Recording, *, mirrored: bool) -> NDArray[np.float64]:
        """Return the sum (d,) of a recording's embeddings as answers see them."""
        key = _key(recording)
        group = self._groups.get(key)
        is_whole = group is not None and group.counted.recording is recording
        sums = self._sums.get(key) if is_whole else None
        if sums is None:
            sums = self._sum_up(recording)
            if is_whole and len(self._sums) * sums.size < _MOST_SUMS:
                self._sums[key] = sums
        used = [VIEWS.index(which) for which in views_used(mirrored=mirrored)]
        return np.asarray(sums[used].mean(axis=0))

    def _sum_up(self, recording: Recording) -> NDArray[np.float64]:
        sums = np.zeros((len(VIEWS), self.size))
        for chunk in chunks(recording.sample_ids.tolist()):
            for place, which in enumerate(VIEWS):
                sums[place] += on_grid(self.rows(chunk, which)).sum(axis=0)
        return sums

    def _count(self, changes: Iterable[_Change], sign: Literal[1, -1]) -> Work:
        """Count samples of recordings in (1) or out (-1), and note it, a few at a time."""
        for batch in _batches(changes):
            ids = np.concatenate([part for _, part in batch]).tolist()
            class_ids = np.repeat([one.recording.class_id for one, _ in batch], [len(part) for _, part in batch])
            outs = np.repeat([one.out for one, _ in batch], [len(part) for _, part in batch])
            # All views are read before the first one is counted, so that a fault of the file leaves them alike.
            for which, rows in [(which, self.rows(ids, which)) for which in VIEWS]:
                for out in np.unique(outs):
                    sums, mine = self._statistics[bool(out), which], outs == out
                    (sums.add if sign > 0 else sums.remove)(rows[mine], class_ids[mine].tolist())
            for counted, part in batch:
                (self._put_in if sign > 0 else self._taken_out)(counted, part)
            yield None

    def _put_in(self, counted: _Counted, part: SampleIds) -> None:
        known = self._counted_as(_key(counted.recording))
        there = np.union1d(part, known.recording.sample_ids if known is not None else NONE)
        self._note(_Counted(counted.recording.only(there), counted.out))

    def _taken_out(self, counted: _Counted, part: SampleIds) -> None:
        known = self._counted_as(_key(counted.recording)) or counted
        self._note(_Counted(known.recording.without(part), counted.out))

    def _counted_as(self, key: _Key) -> _Counted | None:
        burst_id, class_id, is_test = key
        return None if is_test else self._counted.get(burst_id, {}).get(class_id)

    def _note(self, counted: _Counted) -> None:
        """Note what of a recording is in the sums."""
        mine = self._counted.setdefault(counted.recording.burst_id, {})
        if len(counted.recording):
            mine[counted.recording.class_id] = counted
        else:
            mine.pop(counted.recording.class_id, None)
            if not mine:
                del self._counted[counted.recording.burst_id]

    def _group(self, keys: Iterable[_Key], now: Mapping[_Key, _Counted]) -> Work:
        """Find the near-duplicates in recordings that have changed."""
        for key in keys:
            counted, known = now.get(key), self._groups.get(key)
            if counted is None:
                self._put(key, None)
                continue
            recording = counted.recording
            if known is not None and np.array_equal(known.counted.recording.sample_ids, recording.sample_ids):
                self._put(key, _Group(counted, known.clusters, known.looks))
                continue
            pictures = []
            for chunk in chunks(recording.sample_ids.tolist()):
                pictures.append(self.rows(chunk, View.PICTURE))
                yield None
            clusters = near_duplicates(np.concatenate(pictures))
            self._sums.pop(key, None)
            self._put(key, _Group(counted, clusters.astype(np.int32), int(clusters.max()) + 1))

    def _put(self, key: _Key, group: _Group | None) -> None:
        """Put a group in the place of what was there before."""
        before = self._groups.pop(key, None)
        is_test = key[2]
        for one, sign in ((before, -1), (group, 1)):
            if one is not None and not is_test:
                self._samples[one.counted.out] += sign * len(one.counted.recording)
                self._looks[one.counted.out] += sign * one.looks
        if group is None:
            self._sums.pop(key, None)
        else:
            self._groups[key] = group


def _prefix(out: bool, which: View) -> str:
    return f"{which.value}, {'held out' if out else 'not held out'}: "


def _key(recording: Recording) -> _Key:
    return recording.burst_id, recording.class_id, recording.is_test


def views_used(*, mirrored: bool) -> tuple[View, ...]:
    """Return the views that learning counts and answers average; mirror images only where left and right are alike."""
    return VIEWS if mirrored else tuple(which for which in VIEWS if which is not View.MIRROR)


def _batches(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Return samples of recordings a few at a time, however they are spread over recordings."""
    batch: list[_Change] = []
    room = _CHUNK
    for counted, ids in changes:
        left = ids
        while len(left):
            batch.append((counted, left[:room]))
            left, room = left[room:], room - len(batch[-1][1])
            if not room:
                yield batch
                batch, room = [], _CHUNK
    if batch:
        yield batch


def chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Return the items a few at a time."""
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
