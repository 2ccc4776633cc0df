# SPDX-License-Identifier: Apache-2.0
"""From the closed form to the head that is to be published, and its measured twin."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import Discriminant, logits
from learner.measuring import HeldOut, best_temperature, blend, choose
from learner.memory import Content, Memory, chunks
from learner.messages import Event
from learner.refining import Plan, Probe, Refiner
from learner.sampling import Recording, ReplaySampler, bank
from learner.types import HeadWeights, Member, Vectors, View

CLOSED = "closed form"

_HALF = "half-way to "
_START_TEMPERATURES = (1.0, 12.0)
"""Between which the temperature lies that steps start from."""
_PROBED = 256
"""Samples looked at between steps, and to fit the temperature that they start from."""
_MEASURED_FRAMES = 24
"""Of a held-out recording, at most: more of the same say nothing new."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What there is to train on: the content, what of it is new, and its closed form.

    `shrinkages` are others that the closed form may be given, if held-out recordings prefer one.
    """

    content: Content
    new: Sequence[Member]
    closed: Discriminant
    mirrored: bool
    shrinkages: tuple[float, ...] = ()


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
        self._rows: dict[int, NDArray[np.float32]] = {}
        self._rows_mirrored = False

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
        held = yield from self._held_out(content, task.closed, mirrored)
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
        replayed, by_twin = content.learned, content.twin
        if not adaptive:
            replayed = yield from self._bank(replayed, closed)
            by_twin = yield from self._bank(by_twin, closed_twin)
        rounds = len(plans) + bool(content.held_out) if held.is_enough else 1
        total = rounds * max(plan.steps for plan in plans.values())

        def refined(
            head: HeadWeights, found: Sequence[Recording], plan: Plan, exactly: int | None = None
        ) -> Generator[Event | None, None, HeadWeights]:
            present = {member.sample_id for recording in found for member in recording.members}
            # A rebuild follows from the samples alone, so it has no use for which of them are new.
            new = [member for member in task.new if adaptive and member.sample_id in present]
            sampler = ReplaySampler(
                found, head.class_ids, self._memory.clusters, (member.sample_id for member in new), self._seed
            )
            yield None
            probe = self._probe(head, new, found) if adaptive else None
            yield None
            return (yield from refiner.refine(head, sampler, plan, total, probe, exactly))

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
        recipe = choose(candidates, held, CLOSED)
        twin = candidates[recipe]
        if not content.held_out:
            return outcome(twin, twin, recipe, recipe == CLOSED)
        head = closed
        if recipe != CLOSED:
            name = recipe.removeprefix(_HALF)
            head = yield from refined(closed, replayed, plans[name], enough[name])
            if recipe.startswith(_HALF):
                head = blend(closed, head)
        return outcome(head, twin, recipe, recipe == CLOSED)

    def _shrunk(self, task: Task, held: HeldOut) -> Generator[Event | None, None, tuple[Discriminant, Discriminant]]:
        """Return the closed form and its twin, shrunk as the task says or as held-out recordings prefer."""
        content, mirrored = task.content, task.mirrored
        sums = self._memory.statistics(mirrored=mirrored, with_held_out=False)
        yield None
        variety = self._memory.variety(content.twin)
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
        return whole.discriminant(best, self._memory.variety(content.learned)), twins[best]

    def _held_out(
        self, content: Content, closed: Discriminant, mirrored: bool
    ) -> Generator[Event | None, None, HeldOut]:
        """Gather what is measured with; embeddings that were read before are kept."""
        measured = [recording for recording in content.measured if recording.class_id in closed.class_ids]
        chosen = [evenly(recording.members, _MEASURED_FRAMES) for recording in measured]
        ids = [member.sample_id for members in chosen for member in members]
        if self._rows_mirrored != mirrored:
            self._rows, self._rows_mirrored = {}, mirrored
        self._rows = {sample_id: self._rows[sample_id] for sample_id in ids if sample_id in self._rows}
        for chunk in chunks([sample_id for sample_id in ids if sample_id not in self._rows]):
            self._rows.update(zip(chunk, self._memory.answers(chunk, mirrored=mirrored), strict=True))
            yield None
        weights = []
        for members in chosen:
            clusters = [self._memory.clusters.get(member.sample_id, 0) for member in members]
            weights += [1 / clusters.count(cluster) for cluster in clusters]
        return HeldOut(
            np.array([self._rows[sample_id] for sample_id in ids], np.float32).reshape(len(ids), self._memory.size),
            np.array([member.class_id for members in chosen for member in members], np.int64),
            np.repeat(np.arange(len(chosen)), [len(members) for members in chosen]),
            np.array(weights),
            np.array(ids, np.int64),
        )

    def _start_temperature(self, closed: Discriminant, found: Sequence[Recording], mirrored: bool) -> float:
        """Return the temperature at which samples that were learned are likeliest.

        From there the first steps have no use for making all logits larger or smaller, which is all they would do to a
        closed form that is right already.
        """
        members = evenly([member for recording in found for member in recording.members], _PROBED)
        count = len(members)
        if not count:
            return _START_TEMPERATURES[0]
        x = self._memory.rows([member.sample_id for member in members], View.PICTURE)
        class_ids = np.array([member.class_id for member in members], np.int64)
        seen = HeldOut(x, class_ids, np.arange(count), np.ones(count))
        low, high = _START_TEMPERATURES
        return float(np.clip(best_temperature(closed.head(1.0, mirrored=mirrored), seen), low, high))

    def _probe(self, head: HeadWeights, new: Sequence[Member], found: Sequence[Recording]) -> Probe:
        fresh = {member.sample_id for member in new}
        old = [member for recording in found for member in recording.members if member.sample_id not in fresh]
        place = {class_id: column for column, class_id in enumerate(head.class_ids)}

        def part(members: Sequence[Member]) -> tuple[Vectors, NDArray[np.int64]]:
            x = self._memory.answers([member.sample_id for member in members], mirrored=head.mirrored)
            return x, np.array([place[member.class_id] for member in members], np.int64)

        return Probe(*part(evenly(new, _PROBED // 4)), *part(evenly(old, _PROBED)))

    def _bank(
        self, found: Sequence[Recording], closed: HeadWeights
    ) -> Generator[Event | None, None, tuple[Recording, ...]]:
        """Return the recordings without the samples that are too many to replay."""
        kept: set[int] = set()
        for column, class_id in enumerate(closed.class_ids):
            members = [member for recording in found if recording.class_id == class_id for member in recording.members]
            if len(members) <= self._bank_size:
                kept.update(member.sample_id for member in members)
                continue
            parts = []
            for chunk in chunks([member.sample_id for member in members]):
                parts.append(self._memory.answers(chunk, mirrored=closed.mirrored))
                yield None
            x = np.concatenate(parts)
            scores = logits(closed, x)
            others = np.delete(scores, column, axis=1).max(axis=1)
            chosen = bank(x, (scores[:, column] - others).astype(np.float64), self._bank_size)
            kept.update(members[row].sample_id for row in chosen)
            yield None
        reduced = (
            Recording(
                recording.burst_id,
                recording.class_id,
                tuple(member for member in recording.members if member.sample_id in kept),
            )
            for recording in found
        )
        return tuple(recording for recording in reduced if recording.members)


def evenly(members: Sequence[Member], count: int) -> list[Member]:
    """Return at most so many samples, spread over all of them."""
    if len(members) <= count:
        return list(members)
    return [members[int(place)] for place in np.linspace(0, len(members) - 1, count)]
