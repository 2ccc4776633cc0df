# SPDX-License-Identifier: Apache-2.0
"""From the closed form to the head that is to be published, and its measured twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import Discriminant, columns_of, logits
from learner.measuring import HeldOut, best_temperature, blend, choose
from learner.memory import Memory, chunks
from learner.messages import Event
from learner.refining import Plan, Probe, Refiner
from learner.roll import Content, Picked, evenly
from learner.sampling import NONE, Recording, ReplaySampler, SampleIds, bank
from learner.types import HeadWeights, Vectors, View

CLOSED = "closed form"
OFFERED = "refined with others"

Found = Mapping[int, Sequence[Recording]]
"""Recordings by class."""

_HALF = "half-way to "
_START_TEMPERATURES = (1.0, 12.0)
"""Between which the temperature lies that steps start from."""
_PROBED = 256
"""Samples looked at between steps, and to fit the temperature that they start from."""
_MEASURED_FRAMES = 24
"""Of a held-out recording, at most: more of the same say nothing new."""
_CANDIDATES = 4
"""Samples, for each that is replayed, from which they are chosen: among more, each takes longer to find."""
_LEAST_FRAMES = 2
"""Of a held-out recording, where there are very many of them."""
_MEASURED_AWAKE, _MEASURED_ASLEEP = 512, 16_384
"""Frames that are measured with, in all."""
_MEASURED_EACH = 12
"""Of a class, where that is more: a class that is not looked at so often cannot hold an increment up."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What there is to train on: the content, the parts of it that are new, and its closed form.

    `shrinkages` are others that the closed form may be given, if held-out recordings prefer one; `offered` is a head
    that other laptops have refined with this one, if there is one.
    """

    content: Content
    new: Sequence[Recording]
    closed: Discriminant
    mirrored: bool
    shrinkages: tuple[float, ...] = ()
    offered: HeadWeights | None = None


@dataclass(slots=True, eq=False)
class Outcome:
    """What training came to.

    `head` is to be published; `twin` is what is measured in its stead on `held`. `closed` and `twin_closed` are their
    closed forms.
    `recipe` says how both were made, `start` at which temperature of the closed form. `closed_wins` says that held-out
    recordings surely prefer the closed form to anything that steps came to.
    """

    head: HeadWeights
    twin: HeadWeights
    closed: Discriminant
    twin_closed: Discriminant
    held: HeldOut
    recipe: str
    start: float
    closed_wins: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """Frames (n,) of a recording that is measured with: embeddings as answers see them, and what each counts for."""

    sample_ids: SampleIds
    x: Vectors
    weights: NDArray[np.float64]


class Trainer:
    """Trains heads of one increment.

    Args:
        memory: embeddings and their sums.
        bank_size: samples of a class that are replayed at most.
        seed: of every random choice.
    """

    def __init__(self, memory: Memory, *, bank_size: int, seed: int) -> None:
        self._memory = memory
        self._bank_size = bank_size
        self._seed = seed
        self._rows: dict[Recording, _Measured] = {}
        self._rows_for = (False, 0)

    def train(
        self, task: Task, refiner: Refiner | None, plans: Mapping[str, Plan], *, adaptive: bool
    ) -> Generator[Event | None, None, Outcome]:
        """Train by each plan without the held-out recordings, see which is best on them, and train so on everything.

        Where too little is held out, the first plan is taken as it is.

        Args:
            task: what there is to learn.
            refiner: takes the steps; None when there are none to take.
            plans: the plans by name.
            adaptive: whether steps end when what is new is learned.
        """
        content, mirrored = task.content, task.mirrored
        held = yield from self._held_out(content, task.closed, mirrored, awake=adaptive)
        form = twin_closed = task.closed
        if content.held_out:
            form, twin_closed = yield from self._shrunk(task, held)
        yield None
        start = self._start_temperature(form, content.learned, mirrored)
        yield None
        closed, closed_twin = (one.head(start, mirrored=mirrored) for one in (form, twin_closed))

        def outcome(head: HeadWeights, twin: HeadWeights, recipe: str, closed_wins: bool = False) -> Outcome:
            return Outcome(head, twin, form, twin_closed, held, recipe, start, closed_wins)

        if refiner is None:
            return outcome(closed, closed_twin, CLOSED)
        replayed: Found = {class_id: part.learned for class_id, part in content.parts.items()}
        by_twin: Found = {class_id: part.twin for class_id, part in content.parts.items()}
        if not adaptive:
            replayed = yield from self._bank(replayed, closed)
            by_twin = yield from self._bank(by_twin, closed_twin)
        rounds = len(plans) + bool(content.held_out) if held.is_enough else 1
        total = rounds * max(plan.steps for plan in plans.values())

        def refined(
            head: HeadWeights, found: Found, plan: Plan, exactly: int | None = None
        ) -> Generator[Event | None, None, HeadWeights]:
            # A rebuild follows from the samples alone, so it has no use for which of them are new.
            new = [one for one in task.new if found is replayed or not content.is_held_out(one)] if adaptive else []
            # Of classes that only other laptops know there is nothing to replay: their columns stay as they are, and
            # the others are told from one another without them.
            taught = [class_id for class_id in head.class_ids if found.get(class_id)]
            if len(taught) < 2:
                return head
            part = head.only(taught)
            sampler = ReplaySampler(found, taught, self._memory.clusters, new, self._seed)
            yield None
            probe = self._probe(part, new, found) if adaptive else None
            yield None
            return head.with_part((yield from refiner.refine(part, sampler, plan, total, probe, exactly)))

        if not held.is_enough:
            recipe, plan = next(iter(plans.items()))
            head = yield from refined(closed, replayed, plan)
            twin = head
            if content.held_out:
                twin = closed_twin
            return outcome(head, twin, recipe)
        candidates = {CLOSED: closed_twin}
        enough: dict[str, int | None] = {}
        for name, plan in plans.items():
            stepped = yield from refined(closed_twin, by_twin, plan)
            enough[name] = refiner.cut_short
            if not stepped.is_finite:
                return outcome(stepped, stepped, name)
            candidates |= {name: stepped, _HALF + name: blend(closed_twin, stepped)}
        candidates |= _offered(task)
        recipe = choose(candidates, held, CLOSED)
        head = twin = candidates[recipe]
        # What others refined as well has never seen what is held out here.
        if content.held_out and recipe == CLOSED:
            head = closed
        elif content.held_out and recipe != OFFERED:
            name = recipe.removeprefix(_HALF)
            head = yield from refined(closed, replayed, plans[name], enough[name])
            if recipe.startswith(_HALF):
                head = blend(closed, head)
        return outcome(head, twin, recipe, recipe == CLOSED)

    def refine(
        self, content: Content, head: HeadWeights, refiner: Refiner, plan: Plan
    ) -> Generator[Event | None, None, tuple[HeadWeights, dict[int, int]]]:
        """Take a plan's steps from a head, without what is held out; return it, and how many samples each class has."""
        found: Found = {class_id: part.twin for class_id, part in content.parts.items() if class_id in head.class_ids}
        counts = {class_id: sum(map(len, parts)) for class_id, parts in found.items()}
        taught = [class_id for class_id in head.class_ids if counts.get(class_id)]
        if len(taught) < 2:
            return head, {}
        sampler = ReplaySampler(found, taught, self._memory.clusters, seed=self._seed)
        yield None
        refined = yield from refiner.refine(head.only(taught), sampler, plan, plan.steps)
        return head.with_part(refined), counts

    def _shrunk(self, task: Task, held: HeldOut) -> Generator[Event | None, None, tuple[Discriminant, Discriminant]]:
        """Return the closed form and its twin, shrunk as the task says or as held-out recordings prefer."""
        mirrored = task.mirrored
        sums = self._memory.statistics(mirrored=mirrored, with_held_out=False)
        yield None
        variety = self._memory.variety(with_held_out=False)
        twins = {task.closed.shrinkage: sums.discriminant(task.closed.shrinkage, variety)}
        yield None
        if not held.is_enough:
            return task.closed, twins[task.closed.shrinkage]
        for shrinkage in task.shrinkages:
            twins.setdefault(shrinkage, sums.discriminant(shrinkage, variety))
            yield None
        heads = {f"{shrinkage:g}": twin.head(1.0, mirrored=mirrored) for shrinkage, twin in twins.items()}
        best = dict(zip(heads, twins, strict=True))[choose(heads, held, f"{task.closed.shrinkage:g}")]
        if best == task.closed.shrinkage:
            return task.closed, twins[best]
        whole = self._memory.statistics(mirrored=mirrored, with_held_out=True)
        yield None
        return whole.discriminant(best, self._memory.variety(with_held_out=True)), twins[best]

    def _held_out(
        self, content: Content, closed: Discriminant, mirrored: bool, *, awake: bool
    ) -> Generator[Event | None, None, HeldOut]:
        """Gather what is measured with; embeddings that were read before are kept."""
        known = set(closed.class_ids)
        found = [recording for recording in content.measured if recording.class_id in known]
        most = max(_MEASURED_AWAKE if awake else _MEASURED_ASLEEP, _MEASURED_EACH * len(known))
        measured, frames = _measured(found, len(known), most)
        if self._rows_for != (mirrored, frames):
            self._rows, self._rows_for = {}, (mirrored, frames)
        self._rows = {recording: self._rows[recording] for recording in measured if recording in self._rows}
        for recording in measured:
            if recording not in self._rows:
                ids = evenly([recording], frames).sample_ids
                clusters = self._memory.clusters(recording.only(ids))
                _, places, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
                x = self._memory.answers(ids.tolist(), mirrored=mirrored)
                self._rows[recording] = _Measured(ids, x, 1 / sizes[places])
                yield None
        parts = [self._rows[recording] for recording in measured]
        counts = [len(part.sample_ids) for part in parts]
        return HeldOut(
            np.concatenate([np.zeros((0, self._memory.size), np.float32), *(part.x for part in parts)]),
            np.repeat(np.array([recording.class_id for recording in measured], np.int64), counts),
            np.repeat(np.arange(len(parts)), counts),
            np.concatenate([np.zeros(0), *(part.weights for part in parts)]),
            np.concatenate([NONE, *(part.sample_ids for part in parts)]),
        )

    def _start_temperature(self, closed: Discriminant, found: Sequence[Recording], mirrored: bool) -> float:
        """Return the temperature at which samples that were learned are likeliest.

        From there the first steps have no use for making all logits larger or smaller, which is all they would do to a
        closed form that is right already.
        """
        picked = evenly(found, _PROBED)
        count = len(picked)
        if not count:
            return _START_TEMPERATURES[0]
        x = self._memory.rows(picked.sample_ids.tolist(), View.PICTURE)
        seen = HeldOut(x, picked.class_ids, np.arange(count), np.ones(count))
        low, high = _START_TEMPERATURES
        return float(np.clip(best_temperature(closed.head(1.0, mirrored=mirrored), seen), low, high))

    def _probe(self, head: HeadWeights, new: Sequence[Recording], found: Found) -> Probe:
        def part(picked: Picked) -> tuple[Vectors, NDArray[np.int64]]:
            x = self._memory.answers(picked.sample_ids.tolist(), mirrored=head.mirrored)
            return x, columns_of(picked.class_ids, head.class_ids)

        fresh = np.concatenate([NONE, *(one.sample_ids for one in new)])
        some = evenly(list(chain.from_iterable(found.values())), 2 * _PROBED)
        old = some.only(~np.isin(some.sample_ids, fresh))
        return Probe(*part(evenly(new, _PROBED // 4)), *part(old.evenly(_PROBED)))

    def _bank(self, found: Found, closed: HeadWeights) -> Generator[Event | None, None, Found]:
        """Return the recordings without the samples that are too many to replay."""
        kept: dict[int, Sequence[Recording]] = {}
        for column, class_id in enumerate(closed.class_ids):
            if class_id not in found:
                continue
            kept[class_id] = mine = found[class_id]
            if sum(map(len, mine)) <= self._bank_size:
                continue
            ids = evenly(mine, _CANDIDATES * self._bank_size).sample_ids
            parts = []
            for chunk in chunks(ids.tolist()):
                parts.append(self._memory.answers(chunk, mirrored=closed.mirrored))
                yield None
            x = np.concatenate(parts)
            scores = logits(closed, x)
            others = np.delete(scores, column, axis=1).max(axis=1)
            chosen = ids[bank(x, (scores[:, column] - others).astype(np.float64), self._bank_size)]
            kept[class_id] = [part for part in (recording.only(chosen) for recording in mine) if len(part)]
            yield None
        return kept


def _offered(task: Task) -> dict[str, HeadWeights]:
    """Return the head that others have refined as well, if there is one for the classes there are."""
    offered, class_ids = task.offered, task.closed.class_ids
    if offered is None or set(offered.class_ids) != set(class_ids):
        return {}
    return {OFFERED: replace(offered.only(class_ids), mirrored=task.mirrored)}


def _measured(found: Sequence[Recording], classes: int, most: int) -> tuple[list[Recording], int]:
    """Return the recordings to measure with, and how many frames of each at most, of so many frames in all.

    Where there are very many, fewer frames of each do, and then so many recordings of each class: what is measured on
    thousands of looks is known to a fraction of a point.
    """
    frames = max(_LEAST_FRAMES, min(_MEASURED_FRAMES, most // max(1, len(found))))
    if len(found) * frames <= most:
        return list(found), frames
    each = max(1, most // frames // classes)
    taken: dict[int, int] = defaultdict(int)
    kept = []
    for recording in found:  # ordered by what they show, so that the same ones are taken whatever comes in
        taken[recording.class_id] += 1
        if taken[recording.class_id] <= each:
            kept.append(recording)
    return kept, frames
