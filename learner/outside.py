# SPDX-License-Identifier: Apache-2.0
"""Samples seen as if their recording had not been learned.

In closed form that costs next to nothing: the mean of the sample's class is taken without the recording, and all else
stays. So every recording of a class that has another one says how its class looks from outside, and which of its
samples the other recordings would have called by another name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import Discriminant, logits, softmax, solve
from learner.memory import Content, Memory
from learner.types import Member, Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """n samples: embeddings `x` (n, d), `columns` (n,) of their classes, `recordings` (n,), and `means` (n, d) of their
    classes without their recording, or without themselves alone where the class has no other.
    """

    members: Sequence[Member]
    x: Vectors
    columns: NDArray[np.int64]
    recordings: NDArray[np.int64]
    means: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        memory: Memory,
        content: Content,
        discriminant: Discriminant,
        members: Sequence[Member],
        *,
        mirrored: bool,
        by_recording: bool = True,
    ) -> Outside:
        """Look at samples that are among those learned; those whose class has no other sample are left out.

        Args:
            memory: embeddings and their sums.
            content: what was learned.
            discriminant: its closed form.
            members: the samples to look at.
            mirrored: whether answers average over mirror images.
            by_recording: leave out a sample's whole recording; otherwise itself alone.
        """
        place = {class_id: column for column, class_id in enumerate(discriminant.class_ids)}
        owner = {
            member.sample_id: number for number, recording in enumerate(content.learned) for member in recording.members
        }
        totals: dict[int, NDArray[np.float64]] = defaultdict(lambda: np.zeros(memory.size))
        counts: dict[int, int] = defaultdict(int)
        sums = [memory.recording_sum(recording, mirrored=mirrored) for recording in content.learned]
        number_of: dict[int, int] = defaultdict(int)
        for recording, total in zip(content.learned, sums, strict=True):
            totals[recording.class_id] += total
            counts[recording.class_id] += len(recording.members)
            number_of[recording.class_id] += 1
        members = [member for member in members if counts[member.class_id] > 1]
        x = memory.answers([member.sample_id for member in members], mirrored=mirrored)
        means = np.zeros((len(members), memory.size))
        for row, member in enumerate(members):
            number = owner[member.sample_id]
            is_alone = not by_recording or number_of[member.class_id] == 1
            out = x[row] if is_alone else sums[number]
            size = 1 if is_alone else len(content.learned[number].members)
            means[row] = (totals[member.class_id] - out) / (counts[member.class_id] - size)
        return cls(
            members,
            x,
            np.array([place[member.class_id] for member in members], np.int64),
            np.array([owner[member.sample_id] for member in members], np.int64),
            means,
        )

    def shares(self, discriminant: Discriminant, temperature: float) -> NDArray[np.float64]:
        """Return (n, classes) probabilities that the samples' classes would be given by the other recordings."""
        scores = logits(discriminant.head(temperature), self.x).astype(np.float64)
        # One solution for all that share a mean: the samples of a recording.
        _, first, places = np.unique(self.means, axis=0, return_index=True, return_inverse=True)
        kernels = solve(discriminant.covariance, self.means[first].T)
        own = np.einsum("nd,dn->n", self.x - self.means / 2, kernels[:, places.ravel()])
        scores[np.arange(len(self.x)), self.columns] = own / temperature
        return softmax(scores.astype(np.float32)).astype(np.float64)
