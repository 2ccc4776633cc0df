# SPDX-License-Identifier: Apache-2.0
"""Why a stored sample is answered as it is: what the version in use says, and the labelled samples most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.errors import LabelFault
from learner.memory import Memory, chunks
from learner.sampling import NEAR_DUPLICATE
from learner.serving import Serving
from learner.types import Explanation, Neighbour, Vectors, View

_NEIGHBOURS = 8
_OF_ONE_RECORDING = 2
"""Of them at most: the frames of a recording are much alike, and the third one says nothing new."""
_MOST_BYTES = 64 * 2**20
"""Of embeddings that are kept at hand: those of 58,000 samples of 576 numbers. The others are read each time."""
_AT_ONCE = 2**20
"""Numbers that are compared at a time: few enough that a waiting frame is answered in between."""


class Explainer:
    """Explains the answers to stored samples.

    Embeddings are kept at hand as float16, up to `_MOST_BYTES` of them; what changes in the file is looked up when
    something is asked next.

    Args:
        buffer: the project file.
        memory: what the engine holds in mind of it.
        serving: the version in use.
    """

    def __init__(self, buffer: Buffer, memory: Memory, serving: Serving) -> None:
        self._buffer = buffer
        self._memory = memory
        self._serving = serving
        self._mark: tuple[int, int] | None = None
        self._ids = self._class_ids = self._burst_ids = np.zeros(0, np.int64)
        self._kept_ids = self._ids
        self._kept = np.zeros((0, memory.size), np.float16)

    def explain(self, sample_id: int) -> Generator[None, None, Explanation | None]:
        """Explain a sample, labelled or not, held out or not; None when it is gone or not embedded yet.

        Raises:
            ProjectFault: the file cannot be read.
        """
        burst_id = self._buffer.burst_of(sample_id)
        if burst_id is None or not self._memory.has(sample_id):
            return None
        try:
            x = self._memory.answers([sample_id], mirrored=self._serving.is_mirrored)
            picture = self._memory.rows([sample_id], View.PICTURE)[0]
            yield from self._look()
            similarities = yield from self._similarities(picture)
        except LabelFault:  # another process has unlearned something meanwhile
            self._mark = None
            return None
        return Explanation(sample_id, self._serving.answer(x), self._nearest(sample_id, burst_id, similarities))

    def _look(self) -> Generator[None, None, None]:
        """Bring what is at hand in line with the file."""
        mark = self._buffer.mark()
        if mark == self._mark:
            return
        ids, class_ids, burst_ids = self._buffer.labelled()
        yield None
        self._memory.roll.look()
        has = ~np.isin(ids, list(self._memory.roll.lacking))
        ids = ids[has]
        kept_ids = ids[: _MOST_BYTES // (2 * self._memory.size)]
        yield None
        if not np.array_equal(kept_ids, self._kept_ids):
            kept = np.empty((len(kept_ids), self._memory.size), np.float16)
            known = np.isin(kept_ids, self._kept_ids)
            kept[known] = self._kept[np.searchsorted(self._kept_ids, kept_ids[known])]
            for rows in chunks(np.flatnonzero(~known).tolist()):
                yield None
                kept[rows] = self._memory.rows(kept_ids[rows].tolist(), View.PICTURE)
            self._kept_ids, self._kept = kept_ids, kept
        self._mark, self._ids, self._class_ids, self._burst_ids = mark, ids, class_ids[has], burst_ids[has]

    def _similarities(self, x: NDArray[np.float32]) -> Generator[None, None, Vectors]:
        """Return the cosine (n,) of all labelled samples to an embedding (d,) of unit length."""
        found = np.empty(len(self._ids), np.float32)
        count, step = len(self._kept), max(1, _AT_ONCE // len(x))
        for start in range(0, count, step):
            rows = slice(start, min(start + step, count))
            found[rows] = self._kept[rows].astype(np.float32) @ x
            yield None
        for part in chunks(range(count, len(found))):
            rows = slice(part[0], part[-1] + 1)
            found[rows] = self._memory.rows(self._ids[rows].tolist(), View.PICTURE) @ x
            yield None
        return np.minimum(found, 1.0)

    def _nearest(self, sample_id: int, burst_id: int, similarities: Vectors) -> tuple[Neighbour, ...]:
        """Return the samples nearest to one: not itself, nor its near-duplicates, and few of one recording."""
        own = (self._burst_ids == burst_id) & (similarities >= NEAR_DUPLICATE)
        chosen: list[Neighbour] = []
        taken: Counter[int] = Counter()
        for row in np.argsort(-similarities, kind="stable").tolist():
            burst, found = int(self._burst_ids[row]), int(self._ids[row])
            if own[row] or found == sample_id or taken[burst] == _OF_ONE_RECORDING:
                continue
            taken[burst] += 1
            chosen.append(Neighbour(found, int(self._class_ids[row]), float(similarities[row])))
            if len(chosen) == _NEIGHBOURS:
                break
        return tuple(chosen)
