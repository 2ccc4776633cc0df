# SPDX-License-Identifier: Apache-2.0
"""What is to be said of the samples themselves: how each is answered, which have a doubtful label, which are alike.

All of it in pieces of some milliseconds, and on a copy of what the engine holds in mind: what is in the engine's own
counts as met, and an increment may change that while a judgement is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from learner.aside import Waiting, aside, finish
from learner.buffer import Buffer
from learner.discriminant import Discriminant
from learner.errors import LabelFault
from learner.memory import Memory
from learner.messages import Event
from learner.outside import Others
from learner.roll import Content, Picked, evenly
from learner.sampling import Recording
from learner.serving import Serving, measured_twin
from learner.types import Judgement, Suspicion, Vectors

Judging = Generator[Event | Waiting | None, None, Judgement]
"""Comes to a judgement; yields so that others may have their turn."""

_NUMBERS = 64 * 1024
"""Of embeddings judged at a time: few enough that a waiting frame is answered in between, however long each is."""


class Judge:
    """Judges the samples of a project file by the version in use.

    Args:
        buffer: the project file.
        memory: what the engine holds in mind of it.
        serving: the version in use.
        settings: returns shrinkage and temperature of the closed form.
    """

    def __init__(
        self, buffer: Buffer, memory: Memory, serving: Serving, settings: Callable[[], tuple[float, float]]
    ) -> None:
        self._buffer = buffer
        self._memory = memory
        self._serving = serving
        self._settings = settings

    def judge(self) -> Judging:
        """Judge all live, labelled samples that are embedded; begin anew whenever another version comes into use.

        Raises:
            ProjectFault: the file cannot be read.
        """
        is_stale = False
        while True:
            memory = self._memory.copy()
            if is_stale:
                memory.start_over()
            try:
                judgement = yield from self._judge(memory)
            except LabelFault:
                if is_stale:
                    raise
                is_stale = True  # another process has unlearned samples that are held in mind here
            else:
                if judgement is not None:
                    return judgement

    def suspicions(self) -> list[Suspicion]:
        """Return samples that the other recordings would call by another name, most surely first."""
        judgement = finish(self.judge())
        labels = {member.sample_id: member.class_id for member in self._buffer.members()}
        rows = zip(judgement.sample_ids, judgement.suggested, judgement.disagreement, strict=True)
        found = [
            Suspicion(int(sample_id), labels[int(sample_id)], int(suggested), float(disagreement))
            for sample_id, suggested, disagreement in rows
            if suggested >= 0
        ]
        return sorted(found, key=lambda suspicion: (-suspicion.disagreement, suspicion.sample_id))

    def _judge(self, memory: Memory) -> Generator[Event | Waiting | None, None, Judgement | None]:
        """Return a judgement, or None when the version it began with is not in use any longer."""
        head, mirrored = self._serving.head, self._serving.is_mirrored
        content = memory.content
        yield None
        yield from memory.take_in(content)
        suspecting = yield from self._suspecting(memory, content, mirrored)
        answering = _Answering(self._buffer, self._serving, content)
        yield None
        found = content.learned + content.tests
        picked = evenly(found)
        judgement = _blank(self._serving.version_id, picked, _twins(memory, found))
        for rows in _parts(len(picked), memory.size):
            yield None
            if self._serving.head is not head:
                return None
            part = picked.only(np.arange(len(picked))[rows])
            x = memory.answers(part.sample_ids.tolist(), mirrored=mirrored)
            answering.fill(judgement, rows, x)
            if suspecting:
                yield None
                suspecting.fill(judgement, rows, part, x)
        return _by_id(judgement)

    def _suspecting(
        self, memory: Memory, content: Content, mirrored: bool
    ) -> Generator[Waiting, None, _Suspecting | None]:
        shrinkage, temperature = self._settings()
        variety = memory.variety(with_held_out=True)

        def solved() -> tuple[Discriminant, NDArray[np.float64]]:
            sums = memory.statistics(mirrored=mirrored, with_held_out=True)
            closed = sums.discriminant(shrinkage, variety)
            return closed, np.asarray(np.linalg.inv(closed.covariance), np.float64)

        closed, inverse = yield from aside(solved)
        if len(closed.class_ids) < 2:
            return None
        return _Suspecting(Others(memory, content, closed, mirrored=mirrored), closed, inverse, temperature)


class _Answering:
    """Says what the version in use answers, and its measured twin to what it is not made of."""

    def __init__(self, buffer: Buffer, serving: Serving, content: Content) -> None:
        self._serving = serving
        self._twin = None if serving.version_id is None else measured_twin(buffer, serving.version_id)
        self._measured = evenly(content.measured).sample_ids

    def fill(self, judgement: Judgement, rows: slice, x: Vectors) -> None:
        class_ids = np.array(self._serving.class_ids, np.int64)
        if not len(class_ids):
            return
        shares = self._serving.shares(x)
        judgement.answers[rows] = class_ids[shares.argmax(axis=1)]
        judgement.confidences[rows] = shares.max(axis=1)
        judgement.unknown[rows] = self._serving.is_unknown(self._serving.novelty(x))
        if self._twin is not None:
            said = class_ids[self._serving.shares(x, self._twin).argmax(axis=1)]
            is_measured = np.isin(judgement.sample_ids[rows], self._measured)
            judgement.measured[rows] = np.where(is_measured, said, -1)


class _Suspecting:
    """Says what the other recordings would rather call a sample."""

    def __init__(self, others: Others, closed: Discriminant, inverse: NDArray[np.float64], temperature: float) -> None:
        self._others = others
        self._closed = closed
        self._inverse = inverse
        self._temperature = temperature

    def fill(self, judgement: Judgement, rows: slice, picked: Picked, x: Vectors) -> None:
        places = self._others.rows(picked)
        outside = self._others.around(picked.only(places), x[places])
        shares = outside.shares(self._closed, self._temperature, self._inverse)
        best, order = shares.argmax(axis=1), np.arange(len(places))
        surplus = shares[order, best] - shares[order, outside.columns]
        at = (rows.start + places)[surplus > 0]
        judgement.suggested[at] = np.array(self._closed.class_ids, np.int64)[best[surplus > 0]]
        judgement.disagreement[at] = surplus[surplus > 0]


def _twins(memory: Memory, found: Sequence[Recording]) -> NDArray[np.int64]:
    """Return the first sample of its recording that each is a near-duplicate of, in the order of the recordings."""
    parts = [np.zeros(0, np.int64)]
    for recording in found:
        _, first, places = np.unique(memory.clusters(recording), return_index=True, return_inverse=True)
        parts.append(recording.sample_ids[first[places]])
    return np.concatenate(parts)


def _blank(version_id: int | None, picked: Picked, twins: NDArray[np.int64]) -> Judgement:
    """Return a judgement that says nothing yet."""
    count = len(picked)
    return Judgement(
        version_id=version_id,
        sample_ids=picked.sample_ids,
        answers=np.full(count, -1, np.int64),
        confidences=np.zeros(count, np.float32),
        unknown=np.zeros(count, np.bool_),
        measured=np.full(count, -1, np.int64),
        suggested=np.full(count, -1, np.int64),
        disagreement=np.zeros(count, np.float32),
        twins=twins,
    )


def _by_id(judgement: Judgement) -> Judgement:
    order = np.argsort(judgement.sample_ids)
    arrays = {field.name: getattr(judgement, field.name) for field in fields(judgement) if field.name != "version_id"}
    return Judgement(judgement.version_id, **{name: values[order] for name, values in arrays.items()})


def _parts(count: int, size: int) -> Iterator[slice]:
    """Return so many rows of so many numbers a few at a time."""
    step = max(1, _NUMBERS // size)
    return (slice(start, start + step) for start in range(0, count, step))
