# SPDX-License-Identifier: Apache-2.0
"""Samples seen as if their recording had not been learned.

In closed form that costs next to nothing: the mean of the sample's class is taken without the recording and, where it
matters, so is the scatter within classes. Every recording of a class that has another one thus says how its class looks
from outside, and which of its samples the other recordings would have called by another name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.discriminant import Discriminant, softmax, solve
from learner.memory import Memory, views_used
from learner.roll import Content, Picked
from learner.sampling import SampleIds
from learner.types import Vectors

_LEAST = 1e-6
"""Of what is left of the covariance in a direction; above zero but for rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """n samples: embeddings `x` (n, d), `columns` (n,) of their classes, `recordings` (n,), and `means` (n, d) of their
    classes without their recording, or without themselves alone where the class has no other. Where `shared` (n,) is
    the same, the mean is too; `taken` (n,) is the share of the class that is left out.
    """

    sample_ids: SampleIds
    x: Vectors
    columns: NDArray[np.int64]
    recordings: NDArray[np.int64]
    means: NDArray[np.float64]
    shared: NDArray[np.int64]
    taken: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        memory: Memory,
        content: Content,
        discriminant: Discriminant,
        picked: Picked,
        *,
        mirrored: bool,
        by_recording: bool = True,
    ) -> Outside:
        """Look at samples that are among those learned; those whose class has no other sample are left out.

        Args:
            memory: embeddings and their sums.
            content: what was learned.
            discriminant: its closed form.
            picked: the samples to look at, of the recordings that were learned.
            mirrored: whether answers average over mirror images.
            by_recording: leave out a sample's whole recording; otherwise itself alone.
        """
        others = Others(memory, content, discriminant, mirrored=mirrored)
        picked = picked.only(others.rows(picked))
        x = memory.answers(picked.sample_ids.tolist(), mirrored=mirrored)
        return others.around(picked, x, by_recording=by_recording)

    def shares(
        self, discriminant: Discriminant, temperature: float, inverse: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Return (n, classes) probabilities that the samples' classes would be given by the other recordings.

        What lies far from its class widens it in just that direction, and the fewer samples there are, the more it so
        vouches for itself. That is taken out as well (Sherman & Morrison 1950): with it, half of the wrong labels among
        a few dozen samples were measured to go unnoticed.

        Args:
            discriminant: the closed form of everything.
            temperature: what logits are divided by.
            inverse: (d, d) of its covariance, for those who ask often.
        """
        # One solution for all that share a mean: the samples of a recording.
        _, first, places = np.unique(self.shared, return_index=True, return_inverse=True)
        means, own, taken = self.means[first], self.columns[first], self.taken[first]
        kernels = solve(discriminant.covariance, means.T) if inverse is None else inverse @ means.T
        moved = means - discriminant.means[own]
        along = kernels - discriminant.kernel[:, own]
        weights = discriminant.weight * discriminant.counts[own] * (1 - taken) / taken
        gains = weights / np.maximum(1 - weights * np.einsum("kd,dk->k", moved, along), _LEAST)
        rows = np.arange(len(self.x))
        x = self.x.astype(np.float64)
        scores = x @ discriminant.kernel + discriminant.bias
        scores[rows, self.columns] = np.einsum("nd,dn->n", x - self.means / 2, kernels[:, places])
        reach = (discriminant.means @ along).T
        reach[np.arange(len(first)), own] = np.einsum("kd,dk->k", means, along)
        across = np.einsum("nd,dn->n", x, along[:, places])[:, None]
        scores += gains[places, None] * (across - reach[places] / 2) * reach[places]
        return softmax((scores / temperature).astype(np.float32)).astype(np.float64)


class Others:
    """What is left of each class when a recording, or a sample, is taken out of it.

    Args:
        memory: embeddings and their sums.
        content: what was learned.
        discriminant: its closed form.
        mirrored: whether answers average over mirror images.
    """

    def __init__(self, memory: Memory, content: Content, discriminant: Discriminant, *, mirrored: bool) -> None:
        self._memory, self._mirrored = memory, mirrored
        self._recordings = content.learned
        self._means = discriminant.means
        self._columns = {class_id: column for column, class_id in enumerate(discriminant.class_ids)}
        # A sample is counted once in every view.
        counts = np.rint(discriminant.counts / len(views_used(mirrored=mirrored))).astype(int).tolist()
        self._counts = dict(zip(discriminant.class_ids, counts, strict=True))
        here: dict[int, int] = defaultdict(int)
        self._numbers: dict[int, int] = defaultdict(int)
        for recording in content.learned:
            here[recording.class_id] += len(recording)
            self._numbers[recording.class_id] += 1
        for class_id, count in here.items():
            self._numbers[class_id] += self._counts[class_id] > count  # other laptops have recordings of it as well

    def rows(self, picked: Picked) -> NDArray[np.int64]:
        """Return the places of those samples among some that were learned and whose class has another sample."""
        has_others = np.array([self._counts[class_id] > 1 for class_id in picked.class_ids.tolist()], np.bool_)
        return np.flatnonzero(has_others & (picked.recordings < len(self._recordings)))

    def around(self, picked: Picked, x: Vectors, *, by_recording: bool = True) -> Outside:
        """Look at samples that have others, with their embeddings (n, d): without their recording, or themselves."""
        owners, class_ids = picked.recordings, picked.class_ids.tolist()
        columns = np.array([self._columns[class_id] for class_id in class_ids], np.int64)
        by_sample = [not by_recording or self._numbers[class_id] == 1 for class_id in class_ids]
        shared = np.where(np.array(by_sample, np.bool_), -1 - np.arange(len(picked)), owners)
        _, first, places = np.unique(shared, return_index=True, return_inverse=True)
        means, taken = np.zeros((len(first), self._memory.size)), np.zeros(len(first))
        for place, row in enumerate(first):
            count, recording = self._counts[class_ids[row]], self._recordings[owners[row]]
            if by_sample[row]:
                out, size = x[row].astype(np.float64), 1
            else:
                out = self._memory.recording_sum(recording, mirrored=self._mirrored)
                size = len(recording)
            taken[place] = size / count
            means[place] = (self._means[columns[row]] * count - out) / (count - size)
        return Outside(picked.sample_ids, x, columns, owners, means[places], shared, taken[places])
