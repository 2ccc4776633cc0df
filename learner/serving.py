# SPDX-License-Identifier: Apache-2.0
"""Which head answers, and its answers."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.discriminant import logits, softmax
from learner.embedder import Embedder
from learner.errors import BackboneFault, DamagedProject
from learner.memory import views_used
from learner.preprocessing import normalise, views
from learner.types import HeadWeights, Image, Prediction, Vectors
from learner.unknown import Novelty


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
        """Read the class names anew."""
        self._names = {info.id: info.name for info in self._buffer.classes()}
        if self.version_id is not None and not self._buffer.has_version(self.version_id):
            self.use_champion()  # it was forgotten for good meanwhile

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        began = time.perf_counter()
        head = self.head
        # Columns of classes that have been removed since get no share.
        columns = [place for place, class_id in enumerate(head.class_ids) if class_id in self._names] if head else []
        if head is None or not columns:
            return Prediction(None, 0.0)
        x = self._embed(image, mirrored=head.mirrored)
        shares = softmax(logits(head, x)[:, columns])[0]
        order = np.argsort(-shares, kind="stable")
        ids = [head.class_ids[columns[place]] for place in order]
        probabilities = {
            self._names[class_id]: float(shares[place]) for class_id, place in zip(ids, order, strict=True)
        }
        # A head that is still being learned has no limits yet; it is about to have some.
        novelty = float(self._novelty(x)[0]) if self._novelty else 0.0
        margin = float(shares[order[0]] - shares[order[1]]) if len(order) > 1 else 1.0
        return Prediction(
            label=self._names[ids[0]],
            confidence=float(shares[order[0]]),
            probabilities=probabilities,
            class_id=ids[0],
            version_id=self.version_id,
            milliseconds=(time.perf_counter() - began) * 1000,
            unknown=novelty > 1,
            novelty=novelty,
            worth=worth(margin, novelty),
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

    def _embed(self, image: Image, *, mirrored: bool) -> Vectors:
        """Return the mean embedding (1, d) of the views; a linear head then gives the mean of their logits."""
        info = self._embedder.info
        looked_at = views(image, info.input_size)
        raw = np.array([self._embedder.embed(looked_at[which]) for which in views_used(mirrored=mirrored)])
        return np.asarray(normalise(raw, non_negative=info.non_negative).mean(axis=0, keepdims=True), np.float32)


def worth(margin: float, novelty: float) -> float:
    """Return what labelling a picture would teach: how undecided the answer is, times how novel the picture.

    What is far beyond all that was taught is no better than what is just beyond it.

    Args:
        margin: the share of the likeliest class minus that of the next one.
        novelty: see `Prediction`.
    """
    return (1 - margin) * min(novelty, 2.0)
