# SPDX-License-Identifier: Apache-2.0
"""Which samples a project file has to learn from and to measure with, kept in line with it by what has changed.

Reading a million rows takes seconds, and looking through them all another; so what is here goes by recordings, of which
there are far fewer, and only those that changed are read again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer, Mark, MemberRow
from learner.sampling import (
    NONE,
    Recording,
    SampleIds,
    by_class,
    digest,
    digest_of,
    held_out,
    in_order,
    order,
    recording_of,
    recordings,
)
from learner.types import Member, Role, View


class Part:
    """The recordings of a class.

    Args:
        learned: all that a version is made of, in order.
        held_out: those among them that the measured twin of a version is not made of (see `learner.engine`), in order.
    """

    def __init__(self, learned: Iterable[Recording], held_out: Iterable[Recording]) -> None:
        self.learned, self.held_out = tuple(learned), tuple(held_out)
        self.outs = frozenset(self.held_out)
        self.twin = tuple(recording for recording in self.learned if recording not in self.outs)
        self.everything = frozenset(self.learned)
        self.count = sum(map(len, self.learned))
        changed = (one for one in self.learned if len(one.fresh) or len(one.moved))
        self.unlearned = tuple(one.only(np.union1d(one.fresh, one.moved)) for one in changed)

    @classmethod
    def of(cls, learned: Sequence[Recording], seen: Set[int]) -> Part:
        """Choose what is held out of recordings, in order; `seen` are the samples that the backbone was trained on."""
        return cls(learned, (one for one in held_out(learned) if _is_unseen(one, seen)))

    @cached_property
    def digest(self) -> int:
        """What names all of it (see `learner.sampling.digest`)."""
        return digest_of(self.learned)


class Content:
    """What a project file holds for the learner: recordings to learn from, and those to measure with.

    Nothing here looks at every recording of a large project: classes that are as before are taken as they are.

    Args:
        parts: the recordings to learn from, by class.
        tests: those that a person marked and no version is made of, in order.

    Neither what is held out nor `tests` has samples that the backbone was trained on: it would be measured on what it
    knows.
    """

    def __init__(self, parts: Mapping[int, Part], tests: Iterable[Recording]) -> None:
        kept = [(class_id, part) for class_id, part in parts.items() if part.learned]
        # An order that follows from what they show, and not from when a class was made.
        self.parts = dict(sorted(kept, key=lambda item: order(item[1].learned[0])))
        self.tests = tuple(tests)

    @classmethod
    def of(cls, members: Sequence[Member], seen: Set[int] = frozenset()) -> Content:
        """Sort the samples that have embeddings; `seen` are ids of those that the backbone was trained on."""
        learned = recordings(member for member in members if member.role is Role.TRAIN)
        tests = recordings(member for member in members if member.role is Role.HOLDOUT and member.sample_id not in seen)
        return cls({class_id: Part.of(mine, seen) for class_id, mine in by_class(learned).items()}, tests)

    @cached_property
    def _tests(self) -> frozenset[Recording]:
        return frozenset(self.tests)

    @cached_property
    def learned(self) -> tuple[Recording, ...]:
        """All recordings to learn from."""
        return tuple(chain.from_iterable(part.learned for part in self.parts.values()))

    @cached_property
    def held_out(self) -> tuple[Recording, ...]:
        """Those among them that are held out."""
        return tuple(chain.from_iterable(part.held_out for part in self.parts.values()))

    @cached_property
    def measured(self) -> tuple[Recording, ...]:
        """All recordings to measure with."""
        return self.held_out + self.tests

    @cached_property
    def twin(self) -> tuple[Recording, ...]:
        """The recordings that the measured twin is made of."""
        return tuple(chain.from_iterable(part.twin for part in self.parts.values()))

    @property
    def class_ids(self) -> frozenset[int]:
        """The classes there are to learn."""
        return frozenset(self.parts)

    @property
    def count(self) -> int:
        """How many samples there are to learn from."""
        return sum(part.count for part in self.parts.values())

    @property
    def digest(self) -> str:
        """What names all there is to learn from (see `learner.sampling.digest`)."""
        return digest(part.digest for part in self.parts.values())

    @cached_property
    def unlearned(self) -> tuple[Recording, ...]:
        """The parts to learn from that have not been learned under the label they have."""
        return tuple(chain.from_iterable(part.unlearned for part in self.parts.values()))

    def has(self, recording: Recording) -> bool:
        """Return whether this very recording is to learn from or to measure with."""
        if recording.is_test:
            return recording in self._tests
        return recording in self.parts.get(recording.class_id, _NOTHING).everything

    def is_out(self, recording: Recording) -> bool:
        """Return whether a recording is held out."""
        return recording in self.parts.get(recording.class_id, _NOTHING).outs

    def is_held_out(self, part: Recording) -> bool:
        """Return whether a part of a recording belongs to one that is held out."""
        held = self.parts.get(part.class_id, _NOTHING).outs
        return any(one.burst_id == part.burst_id for one in held)

    def apart_from(self, other: Content) -> set[Recording]:
        """Return the recordings of either that the other does not have, or not as held out."""
        apart = set(self._tests ^ other._tests)
        for class_id in self.parts.keys() | other.parts.keys():
            mine, its = self.parts.get(class_id, _NOTHING), other.parts.get(class_id, _NOTHING)
            if mine is not its:
                apart |= (mine.everything ^ its.everything) | (mine.outs ^ its.outs)
        return apart


_NOTHING = Part((), ())


@dataclass(frozen=True, slots=True, eq=False)
class Picked:
    """Some samples (n,) of recordings, with their classes (n,) and the places (n,) of their recordings among those."""

    sample_ids: SampleIds
    class_ids: NDArray[np.int64]
    recordings: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sample_ids)

    def only(self, rows: NDArray[Any]) -> Picked:
        """Return some of them, by a mask (n,) or by their places."""
        return Picked(self.sample_ids[rows], self.class_ids[rows], self.recordings[rows])

    def evenly(self, most: int) -> Picked:
        """Return at most so many of them, spread over all."""
        return self.only(np.linspace(0, len(self) - 1, most).astype(np.int64)) if len(self) > most else self


_MANY = 4
"""Recordings for each sample that is picked, from which on it is one of a recording and most have none."""


def evenly(found: Sequence[Recording], most: int | None = None) -> Picked:
    """Return at most so many samples of recordings, spread over all of them; or all."""
    if most is not None and len(found) > _MANY * most:
        owners = np.linspace(0, len(found) - 1, most).astype(np.int64)
        within = [len(found[owner]) // 2 for owner in owners.tolist()]
    else:
        ends = np.cumsum(np.fromiter(map(len, found), np.int64, len(found)))
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total)
        if most is not None and total > most:
            places = np.linspace(0, total - 1, most).astype(np.int64)
        owners = np.searchsorted(ends, places, side="right")
        within = (places - np.concatenate([[0], ends])[owners]).tolist()
    pairs = list(zip(owners.tolist(), within, strict=True))
    ids = [found[owner].sample_ids[place] for owner, place in pairs]
    class_ids = [found[owner].class_id for owner, _ in pairs]
    return Picked(np.array(ids, np.int64), np.array(class_ids, np.int64), owners)


class Roll:
    """The live, labelled samples of living classes, in recordings.

    Args:
        buffer: the project file.
        backbone_id: of the backbone by which they are to be embedded.
        size: of its embeddings.
        views: in which they are to be embedded.
        seen: samples that the backbone was trained on.
    """

    def __init__(
        self, buffer: Buffer, backbone_id: int, size: int, views: Sequence[View], seen: Set[int] = frozenset()
    ) -> None:
        self._buffer = buffer
        self._backbone_id, self._size, self._views, self._seen = backbone_id, size, views, seen
        self.left_out: set[int] = set()
        """Samples that cannot be embedded, since their pictures are damaged, or gone."""
        self.start_over()

    def start_over(self) -> None:
        """Read everything anew, when it is looked at next."""
        self._mark: Mark | None = None
        self._stale: set[int] = set()
        self._waiting: dict[int, tuple[int, bool]] = {}
        self._of_burst: dict[int, list[Recording]] = {}
        self._of_class: dict[int, _InOrder] = defaultdict(_InOrder)
        self._parts: dict[int, Part] = {}
        self._tests = _InOrder()
        self._tests_learned: dict[int, list[int]] = {}
        self._content: Content | None = None

    def copy(self) -> Roll:
        """Return a roll that holds the same, to be brought in line with the file without changing this one."""
        other = Roll(self._buffer, self._backbone_id, self._size, self._views, self._seen)
        other.left_out, other._mark, other._stale = set(self.left_out), self._mark, set(self._stale)
        other._waiting, other._of_burst = dict(self._waiting), dict(self._of_burst)
        other._of_class.update({class_id: mine.copy() for class_id, mine in self._of_class.items()})
        other._parts, other._tests = dict(self._parts), self._tests.copy()
        other._tests_learned, other._content = dict(self._tests_learned), self._content
        return other

    @property
    def waiting(self) -> list[int]:
        """Samples that are still to be embedded, as far as has been looked."""
        return sorted(self._waiting)

    @property
    def waits_to_learn(self) -> bool:
        """Whether a sample is still to be embedded that there is to learn from."""
        return not all(is_test for _, is_test in self._waiting.values())

    @property
    def lacking(self) -> set[int]:
        """Samples that have no embedding, as far as has been looked."""
        return {*self._waiting, *self.left_out}

    @property
    def content(self) -> Content:
        """What there is to learn from and to measure with, of what has been embedded, as far as has been looked."""
        if self._content is None:
            self._content = Content(self._parts, self._tests.found)
        return self._content

    @property
    def learned(self) -> Content:
        """The part of the content that has been learned under the label it has."""
        parts = {}
        for class_id, part in self.content.parts.items():
            learned = (one.without(np.union1d(one.fresh, one.moved)) for one in part.learned)
            parts[class_id] = Part.of([one for one in learned if len(one)], self._seen) if part.unlearned else part
        return Content(parts, self.content.tests)

    @property
    def tests_learned(self) -> list[int]:
        """Samples that are to measure with, but have been learned."""
        return sorted(sample_id for ids in self._tests_learned.values() for sample_id in ids)

    def note_embedded(self, sample_id: int) -> None:
        """A sample has been embedded since."""
        if sample_id in self._waiting:
            self._stale.add(self._waiting.pop(sample_id)[0])

    def leave_out(self, sample_id: int) -> None:
        """A sample cannot be embedded."""
        self._waiting.pop(sample_id, None)
        self.left_out.add(sample_id)

    def look(self) -> None:
        """Bring this in line with the file."""
        # Before everything else: what comes in meanwhile is seen the next time.
        mark = self._buffer.here()
        if mark == self._mark and not self._stale:
            return
        changed = None if self._mark is None else self._buffer.changed(self._mark)
        if changed is None:
            self.start_over()
        else:
            changed |= self._stale
        self._read(changed)
        self._mark, self._stale, self._content = mark, set(), None

    def arrays(self) -> dict[str, NDArray[Any]] | None:
        """Return what is here, as two-dimensional arrays by name; None while not all of it has been learned."""
        if self._mark is None or self._stale or self._waiting or self._tests_learned or self.content.unlearned:
            return None
        found = self.content.learned + self.content.tests
        names = b"".join(bytes.fromhex(one.key) + (one.digest or 0).to_bytes(32) for one in found)
        rows = [(one.burst_id, one.class_id, one.is_test, len(one)) for one in found]
        return {
            "mark": np.array([[self._mark.sample_id, self._mark.change_id]], np.int64),
            "recordings": np.array(rows, np.int64).reshape(-1, 4),
            "names": np.frombuffer(names, np.uint64).reshape(-1, 8),
            "samples": np.concatenate([NONE, *(one.sample_ids for one in found)])[:, None],
            "left out": np.array(sorted(self.left_out), np.int64)[:, None],
        }

    def recall(self, arrays: Mapping[str, NDArray[Any]]) -> list[Recording]:
        """Take what `arrays` was made of, and return its recordings, in their order; what has changed since is read.

        Raises:
            ValueError, KeyError, IndexError: it was not made of anything.
        """
        self.start_over()
        rows, names, samples = arrays["recordings"], arrays["names"], arrays["samples"][:, 0]
        ends = np.cumsum(rows[:, 3])
        steps = np.diff(samples, append=samples[-1:] + 1)
        if (rows[:, 3] < 1).any() or len(samples) != ends[-1:].sum():
            raise ValueError(f"{len(samples)} samples")
        steps[ends - 1] = 1  # from one recording to the next
        if (steps <= 0).any():
            raise ValueError("samples out of order")
        found = []
        for (burst_id, class_id, is_test, count), name, end in zip(rows.tolist(), names, ends.tolist(), strict=True):
            written, ids = name.tobytes(), samples[end - count : end]
            recording = Recording(
                burst_id,
                class_id,
                written[:32].hex(),
                ids,
                digest=int.from_bytes(written[32:]),
                is_test=bool(is_test),
            )
            found.append(recording)
            self._of_burst.setdefault(burst_id, []).append(recording)
        self._tests.found = in_order(one for one in found if one.is_test)
        for class_id, mine in by_class(in_order(one for one in found if not one.is_test)).items():
            self._of_class[class_id].found = mine
        self._settle(self._of_class)
        [[sample_id, change_id]] = arrays["mark"].tolist()
        self._mark = Mark(sample_id, change_id)
        # Their pictures may have been mended since, and if not, somebody should hear of them once more.
        self._stale = set(self._buffer.bursts_of(arrays["left out"][:, 0].tolist()))
        return found

    def _read(self, burst_ids: Collection[int] | None) -> None:
        """Read bursts, or everything."""
        touched = set(self._drop(burst_ids)) if burst_ids is not None else set()
        embedded = self._buffer.embedded(
            self._backbone_id, self._views, self._size, None if burst_ids is None else self._buffer.in_bursts(burst_ids)
        )
        rows = self._buffer.member_rows(burst_ids)
        for (class_id, burst_id), group in groupby(rows, key=lambda row: (row.class_id, row.burst_id)):
            touched.add(class_id)
            self._take(class_id, burst_id, list(group), embedded)
        self._settle(touched)

    def _settle(self, class_ids: Iterable[int]) -> None:
        """Choose anew what is held out of some classes."""
        for class_id in class_ids:
            self._parts[class_id] = Part.of(self._of_class[class_id].found, self._seen)

    def _drop(self, burst_ids: Collection[int]) -> Iterator[int]:
        """Forget bursts; return the classes that had samples in them."""
        for burst_id in burst_ids:
            for recording in self._of_burst.pop(burst_id, ()):
                (self._tests if recording.is_test else self._of_class[recording.class_id]).discard(recording)
                yield recording.class_id
            self._tests_learned.pop(burst_id, None)
        gone = set(burst_ids)
        self._waiting = {sample_id: how for sample_id, how in self._waiting.items() if how[0] not in gone}

    def _take(self, class_id: int, burst_id: int, rows: Sequence[MemberRow], embedded: Set[int]) -> None:
        """Take the samples of a class in a burst."""
        for row in rows:
            if row.sample_id not in embedded and row.sample_id not in self.left_out:
                self._waiting[row.sample_id] = burst_id, bool(row.is_test)
        has = [row for row in rows if row.sample_id in embedded]
        found = self._of_burst.setdefault(burst_id, [])
        if mine := [
            (row.sample_id, row.sha256, bool(row.learned), bool(row.relabelled)) for row in has if not row.is_test
        ]:
            recording = recording_of(burst_id, class_id, mine)
            self._of_class[class_id].add(recording)
            found.append(recording)
        tests = [row for row in has if row.is_test and row.sample_id not in self._seen]
        if tests:
            rows_of = [(row.sample_id, row.sha256, True, False) for row in tests]
            recording = recording_of(burst_id, class_id, rows_of, is_test=True)
            self._tests.add(recording)
            found.append(recording)
        if learned := [row.sample_id for row in rows if row.is_test and row.learned]:
            self._tests_learned[burst_id] = [*self._tests_learned.get(burst_id, ()), *learned]


class _InOrder:
    """Recordings in the order of `learner.sampling.in_order`."""

    def __init__(self, found: Iterable[Recording] = ()) -> None:
        self.found = list(found)

    def copy(self) -> _InOrder:
        """Return the same."""
        return _InOrder(self.found)

    def add(self, recording: Recording) -> None:
        """Put one in its place."""
        insort(self.found, recording, key=order)

    def discard(self, recording: Recording) -> None:
        """Take one out."""
        place = bisect_left(self.found, order(recording), key=order)
        while self.found[place] is not recording:
            place += 1
        del self.found[place]


def _is_unseen(recording: Recording, seen: Set[int]) -> bool:
    return not seen or seen.isdisjoint(recording.sample_ids.tolist())
