# SPDX-License-Identifier: Apache-2.0
"""What the learner holds in mind of a project file: which samples are embedded, and what they sum up to.

The file is the truth; `take_in` brings the sums in line with it. They are exact (see `learner.discriminant`), so what
was deleted leaves nothing behind in them.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.discriminant import Statistics, on_grid
from learner.embedder import Embedder
from learner.errors import DamagedProject, LabelFault
from learner.messages import Embedded, Event, SampleLeftOut
from learner.preprocessing import normalise, views
from learner.sampling import Recording, held_out, near_duplicates, recordings
from learner.types import Member, Role, Vectors, View

VIEWS = tuple(View)
"""Every stored picture is embedded in each of them, once."""

Work = Generator[Event | None, None, None]
"""Yields what happened, or None when there is nothing to tell but others may have their turn."""

_CHUNK = 256
"""Embeddings taken in at a time: few enough that a waiting frame is answered in between."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Content:
    """What a project file holds for the learner: recordings to learn from, and those to measure with.

    `learned` are all that a version is made of. `held_out` are those among them that the measured twin of a version is
    not made of (see `learner.engine`), `tests` those that a person marked and no version is made of. Neither has
    samples that the backbone was trained on: it would be measured on what it knows.
    """

    learned: tuple[Recording, ...]
    held_out: tuple[Recording, ...]
    tests: tuple[Recording, ...]

    @classmethod
    def of(cls, members: Sequence[Member], seen: Set[int] = frozenset()) -> Content:
        """Sort the samples that have embeddings; `seen` are ids of those that the backbone was trained on."""
        learned = recordings(member for member in members if member.role is Role.TRAIN)
        tests = recordings(member for member in members if member.role is Role.HOLDOUT and member.sample_id not in seen)
        out = [one for one in held_out(learned) if seen.isdisjoint(member.sample_id for member in one.members)]
        return cls(tuple(learned), tuple(out), tuple(tests))

    @property
    def members(self) -> list[Member]:
        """All samples to learn from."""
        return [member for recording in self.learned for member in recording.members]

    @property
    def measured(self) -> tuple[Recording, ...]:
        """All recordings to measure with."""
        return self.held_out + self.tests

    @property
    def twin(self) -> tuple[Recording, ...]:
        """The recordings that the measured twin is made of."""
        out = set(self.held_out)
        return tuple(recording for recording in self.learned if recording not in out)


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
        self._left_out: set[int] = set()
        self._embedded: set[int] = set()
        self._newest_embedded = 0
        self.start_over()

    def start_over(self) -> None:
        """Forget everything, and read anew which samples the file has embeddings of."""
        self.look_again()
        self._reset()

    def _reset(self) -> None:
        self.clusters: dict[int, int] = {}
        """The near-duplicate cluster of each sample, within its recording."""
        self._statistics = {(out, which): Statistics(self.size) for out in (False, True) for which in VIEWS}
        self._sums: dict[tuple[int, int], NDArray[np.float64]] = {}
        self._counted: dict[int, tuple[int, bool]] = {}
        self._held: dict[tuple[int, int], tuple[int, ...]] = {}

    @property
    def counted(self) -> Mapping[int, tuple[int, bool]]:
        """The class of each sample in the sums, and whether it is held out."""
        return self._counted

    def look_again(self) -> None:
        """Read anew which samples the file has embeddings of."""
        self._embedded = self._buffer.embedded(self.backbone_id, VIEWS, self.size)
        self._newest_embedded = max(self._embedded, default=0)

    def has(self, sample_id: int) -> bool:
        """Return whether a sample has been embedded; one whose picture is damaged never is."""
        return sample_id in self._embedded

    def is_left_out(self, sample_id: int) -> bool:
        """Return whether a sample's picture is damaged."""
        return sample_id in self._left_out

    def pending(self, members: Sequence[Member]) -> list[int]:
        """Return the samples among these that are still to be embedded."""
        return [
            member.sample_id
            for member in members
            if member.sample_id not in self._embedded and member.sample_id not in self._left_out
        ]

    def embed_new(self) -> Work:
        """Embed the samples that have come in since the last time, oldest first, one at a time."""
        yield from self.embed(self.pending(self._buffer.members(self._newest_embedded)))

    def embed(self, sample_ids: Sequence[int]) -> Work:
        """Embed samples, one at a time; a picture that cannot be read is left out and told."""
        size = self._embedder.info.input_size
        for done, sample_id in enumerate(sample_ids, start=1):
            self._newest_embedded = max(self._newest_embedded, sample_id)
            try:
                image = self._buffer.image(sample_id)
                vectors = {which: self._embedder.embed(looked_at) for which, looked_at in views(image, size).items()}
                self._buffer.store_embeddings(sample_id, self.backbone_id, vectors)
            except DamagedProject as fault:
                # One picture must not keep the others from being learned.
                self._left_out.add(sample_id)
                yield SampleLeftOut(sample_id, fault.title, fault.message)
                continue
            except LabelFault:  # it was forgotten for good while it waited
                self._left_out.add(sample_id)
                continue
            self._embedded.add(sample_id)
            yield Embedded(len(sample_ids) - done)

    def copy(self) -> Memory:
        """Return a memory that holds the same, to be brought in line with the file without changing this one."""
        other = copy.copy(self)
        other._left_out, other._embedded = set(self._left_out), set(self._embedded)
        other.clusters, other._sums = dict(self.clusters), dict(self._sums)
        other._counted, other._held = dict(self._counted), dict(self._held)
        other._statistics = {which: sums.copy() for which, sums in self._statistics.items()}
        return other

    def forget(self, sample_ids: Sequence[int]) -> None:
        """Note that the file has no embeddings of these any longer."""
        self._embedded.difference_update(sample_ids)

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
        out = {(recording.burst_id, recording.class_id) for recording in content.held_out}
        wanted: dict[int, tuple[int, bool]] = {}
        held: dict[tuple[int, int], tuple[int, ...]] = {}
        for recording in content.learned:
            key = recording.burst_id, recording.class_id
            held[key] = tuple(member.sample_id for member in recording.members)
            wanted.update(dict.fromkeys(held[key], (recording.class_id, key in out)))
        for recording in content.tests:
            held[-recording.burst_id, recording.class_id] = tuple(member.sample_id for member in recording.members)
        try:
            yield from self._remove([id_ for id_, how in self._counted.items() if wanted.get(id_) != how])
        except LabelFault:  # another process unlearned it, and its embedding is gone
            self._reset()
        yield from self._add({id_: how for id_, how in wanted.items() if id_ not in self._counted})
        yield from self._group(held)

    def statistics(self, *, mirrored: bool, with_held_out: bool) -> Statistics:
        """Return the sums over all views that are used."""
        parts = [
            self._statistics[out, which]
            for out in ((False, True) if with_held_out else (False,))
            for which in views_used(mirrored=mirrored)
        ]
        return parts[0].merged(parts[1:])

    def variety(self, found: Sequence[Recording]) -> float:
        """Return how many different looks recordings have for each of their samples, above 0 and at most 1."""
        looks = sum(len({self.clusters[one.sample_id] for one in recording.members}) for recording in found)
        return looks / max(1, sum(len(recording.members) for recording in found))

    def view(self, which: View) -> Statistics:
        """Return the sums over one view of everything."""
        return self._statistics[False, which].merged([self._statistics[True, which]])

    def recording_sum(self, recording: Recording, *, mirrored: bool) -> NDArray[np.float64]:
        """Return the sum (d,) of a recording's embeddings as answers see them."""
        used = [VIEWS.index(which) for which in views_used(mirrored=mirrored)]
        return np.asarray(self._sums[recording.burst_id, recording.class_id][used].mean(axis=0))

    def _remove(self, sample_ids: Sequence[int]) -> Work:
        for chunk in chunks(sample_ids):
            # All views are read before the first one is counted, so that a fault of the file leaves them alike.
            for which, rows in [(which, self.rows(chunk, which)) for which in VIEWS]:
                for out, places in _split([self._counted[id_][1] for id_ in chunk]):
                    class_ids = [self._counted[chunk[place]][0] for place in places]
                    self._statistics[out, which].remove(rows[places], class_ids)
            for sample_id in chunk:
                del self._counted[sample_id]
            yield None

    def _add(self, wanted: Mapping[int, tuple[int, bool]]) -> Work:
        for chunk in chunks(list(wanted)):
            for which, rows in [(which, self.rows(chunk, which)) for which in VIEWS]:
                for out, places in _split([wanted[id_][1] for id_ in chunk]):
                    self._statistics[out, which].add(rows[places], [wanted[chunk[place]][0] for place in places])
            self._counted.update({id_: wanted[id_] for id_ in chunk})
            yield None

    def _group(self, held: Mapping[tuple[int, int], tuple[int, ...]]) -> Work:
        """Find the near-duplicates and the sum of each recording that has changed."""
        for key in [key for key in self._held if key not in held]:
            del self._held[key]
            self._sums.pop(key, None)
        for key, sample_ids in held.items():
            if self._held.get(key) == sample_ids:
                continue
            sums = np.zeros((len(VIEWS), self.size))
            pictures = []
            for chunk in chunks(sample_ids):
                for place, which in enumerate(VIEWS):
                    rows = self.rows(chunk, which)
                    sums[place] += on_grid(rows).sum(axis=0)
                    if which is View.PICTURE:
                        pictures.append(rows)
                yield None
            clusters = near_duplicates(np.concatenate(pictures))
            self.clusters.update(zip(sample_ids, clusters.tolist(), strict=True))
            self._sums[key], self._held[key] = sums, sample_ids
            yield None


def views_used(*, mirrored: bool) -> tuple[View, ...]:
    """Return the views that learning counts and answers average; mirror images only where left and right are alike."""
    return VIEWS if mirrored else tuple(which for which in VIEWS if which is not View.MIRROR)


def chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Return the items a few at a time."""
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))


def _split(flags: Sequence[bool]) -> Iterator[tuple[bool, list[int]]]:
    places: dict[bool, list[int]] = defaultdict(list)
    for place, flag in enumerate(flags):
        places[flag].append(place)
    yield from places.items()
