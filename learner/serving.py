# SPDX-License-Identifier: Apache-2.0
"""Which head answers, and its answers."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from learner.buffer import USUAL_LIMIT, Buffer
from learner.discriminant import logits, softmax
from learner.embedder import Embedder
from learner.errors import BackboneFault, DamagedProject, LabelFault
from learner.memory import views_used
from learner.preprocessing import normalise, views
from learner.types import HeadWeights, Image, Prediction, Vectors
from learner.unknown import Novelty

TWIN = ("twin_kernel", "twin_bias")
"""The arrays of a version in which its measured twin is kept."""


class Serving:
    """Answers with the version in use, or with a head that is to become one.

    Args:
        buffer: the project file.
        embedder: the backbone; versions of another one are not served.
    """

    def __init__(self, buffer: Buffer, embedder: Embedder) -> None:
        self._buffer = buffer
        self._embedder = embedder
        self._names: dict[int, str] = {}
        self._limit = USUAL_LIMIT
        self.head: HeadWeights | None = None
        """What answers."""
        self._novelty: Novelty | None = None
        self.version_id: int | None = None
        """The version it belongs to; None while it is not one yet."""
        self.found_damage = False
        """Whether the version in use cannot be read, so that another one has to be made."""
        self.refresh()
        self.use_champion()

    def refresh(self) -> None:
        """Read the class names and the limit of the unknown anew."""
        self._names = self._buffer.class_names()
        self._limit = self._buffer.unknown_limit()
        if self.version_id is not None and not self._buffer.has_version(self.version_id):
            self.use_champion()  # it was forgotten for good meanwhile

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        began = time.perf_counter()
        return self._answer(self._embed(image), began) if self.class_ids else Prediction(None, 0.0)

    def answer(self, x: Vectors) -> Prediction:
        """Answer for one embedding (1, d) as answers see them."""
        return self._answer(x, time.perf_counter()) if self.class_ids else Prediction(None, 0.0)

    @property
    def class_ids(self) -> tuple[int, ...]:
        """The classes there are to choose from: those that have been removed since are not among them."""
        return tuple(class_id for class_id in self.head.class_ids if class_id in self._names) if self.head else ()

    def shares(self, x: Vectors, head: HeadWeights | None = None) -> NDArray[np.float32]:
        """Return probabilities (n, classes) of embeddings (n, d), in the order of `class_ids`.

        Args:
            x: embeddings as answers see them.
            head: one with the same columns, to answer in the place of the one in use.
        """
        head = head or self.head
        if head is None:
            return np.zeros((len(x), 0), np.float32)
        columns = [place for place, class_id in enumerate(head.class_ids) if class_id in self._names]
        return softmax(logits(head, x)[:, columns])

    def novelty(self, x: Vectors) -> NDArray[np.float64]:
        """Return the novelty (n,) of embeddings (n, d); 0 where there is nothing to go by.

        A head that is still being learned has no limits yet; it is about to have some.
        """
        return self._novelty(x) if self._novelty else np.zeros(len(x))

    def is_unknown(self, novelty: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether answers are "unknown" (n,), as this project wants it."""
        return np.asarray(novelty > self._limit)

    def _answer(self, x: Vectors, began: float) -> Prediction:
        shares, class_ids = self.shares(x)[0], self.class_ids
        order = np.argsort(-shares, kind="stable")
        ids = [class_ids[place] for place in order]
        probabilities = {
            self._names[class_id]: float(shares[place]) for class_id, place in zip(ids, order, strict=True)
        }
        novelty = self.novelty(x)
        margin = float(shares[order[0]] - shares[order[1]]) if len(order) > 1 else 1.0
        return Prediction(
            label=self._names[ids[0]],
            confidence=float(shares[order[0]]),
            probabilities=probabilities,
            class_id=ids[0],
            version_id=self.version_id,
            milliseconds=(time.perf_counter() - began) * 1000,
            unknown=bool(self.is_unknown(novelty)[0]),
            novelty=float(novelty[0]),
            worth=worth(margin, float(novelty[0])),
        )

    @property
    def is_mirrored(self) -> bool:
        """Whether answers average over mirror images as well."""
        return self.head is None or self.head.mirrored

    def worth(self, x: Vectors) -> NDArray[np.float64]:
        """Return what labelling would teach (n,) of embeddings (n, d) as answers see them (see `Prediction`)."""
        if self.head is None or len(self.head.class_ids) < 2:
            return np.ones(len(x))
        shares = np.sort(softmax(logits(self.head, x)), axis=1)
        novelty = self._novelty(x) if self._novelty else np.ones(len(x))
        return np.array([worth(float(row[-1] - row[-2]), float(new)) for row, new in zip(shares, novelty, strict=True)])

    def use(self, head: HeadWeights, version_id: int | None, novelty: Novelty | None = None) -> None:
        """Answer with this head from now on; without a version it is one that is still being learned."""
        self.head, self.version_id, self._novelty = head, version_id, novelty
        if version_id is not None:
            self.found_damage = False

    def use_champion(self) -> None:
        """Answer with the version in use; if it is damaged or of another backbone, with the newest that is neither."""
        champion = self._buffer.champion_id()
        if champion is not None and self.version_id == champion:
            return
        self.head, self.version_id, self._novelty, self.found_damage = None, None, None, False
        ours = self._buffer.version_ids(self._embedder.info.sha256)
        for version_id in sorted(ours, key=lambda id_: (id_ == champion, id_), reverse=True):
            try:
                self._novelty = self._read_novelty(version_id)
                self.head = self._buffer.head(version_id)
            except DamagedProject:
                self.found_damage = True
            else:
                self.version_id = version_id
                return

    def restore(self, version_id: int) -> None:
        """Put an earlier version in use.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: its weights are not those that were written.
            BackboneFault: it belongs to another backbone.
        """
        head = self._buffer.head(version_id)
        if version_id not in self._buffer.version_ids(self._embedder.info.sha256):
            raise BackboneFault(
                "That version belongs to another backbone",
                f"Version {version_id} was made with another backbone than {self._embedder.info.name}.",
                "Start Showtell with that backbone first.",
            )
        novelty = self._read_novelty(version_id)
        self._buffer.set_champion(version_id)
        self.use(head, version_id, novelty)

    def _read_novelty(self, version_id: int) -> Novelty | None:
        return Novelty.from_arrays(self._buffer.arrays(version_id))

    def _embed(self, image: Image) -> Vectors:
        """Return the mean embedding (1, d) of the views; a linear head then gives the mean of their logits."""
        info = self._embedder.info
        looked_at = views(image, info.input_size)
        raw = np.array([self._embedder.embed(looked_at[which]) for which in views_used(mirrored=self.is_mirrored)])
        return np.asarray(normalise(raw, non_negative=info.non_negative).mean(axis=0, keepdims=True), np.float32)


def measured_twin(buffer: Buffer, version_id: int) -> HeadWeights | None:
    """Return the measured twin of a version (see `learner.engine`), whose columns are those of the version.

    None if it has none, if it cannot be read, or if the version is gone.
    """
    try:
        head, arrays = buffer.head(version_id), buffer.arrays(version_id, TWIN)
    except (DamagedProject, LabelFault):
        return None
    if len(arrays) < len(TWIN):
        return None
    kernel, bias = (arrays[name] for name in TWIN)
    return HeadWeights(kernel, bias, head.class_ids, head.mirrored)


def worth(margin: float, novelty: float) -> float:
    """Return what labelling a picture would teach: how undecided the answer is, times how novel the picture.

    What is far beyond all that was taught is no better than what is just beyond it.

    Args:
        margin: the share of the likeliest class minus that of the next one.
        novelty: see `Prediction`.
    """
    return (1 - margin) * min(novelty, 2.0)
