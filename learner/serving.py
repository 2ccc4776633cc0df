# SPDX-License-Identifier: Apache-2.0
"""Which head answers, and its answers."""

from __future__ import annotations

import time

import numpy as np

from learner.buffer import Buffer
from learner.discriminant import logits, softmax
from learner.embedder import Embedder
from learner.errors import BackboneFault, DamagedProject
from learner.preprocessing import normalise
from learner.types import HeadWeights, Image, Prediction, Vectors


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
        self.version_id: int | None = None
        """The version it belongs to; None while it is not one yet."""
        self.found_damage = False
        """Whether the version in use cannot be read, so that another one has to be made."""
        self.refresh()
        self.use_champion()

    def refresh(self) -> None:
        """Read the class names anew."""
        self._names = {info.id: info.name for info in self._buffer.classes()}

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        began = time.perf_counter()
        head = self.head
        # Columns of classes that have been removed since get no share.
        columns = [place for place, class_id in enumerate(head.class_ids) if class_id in self._names] if head else []
        if head is None or not columns:
            return Prediction(None, 0.0)
        x = self._embed(image)
        if head.mirrored:
            # The head is linear, so the mean of the embeddings gives the mean of the logits.
            x = (x + self._embed(np.ascontiguousarray(image[:, ::-1]))) * np.float32(0.5)
        shares = softmax(logits(head, x)[:, columns])[0]
        order = np.argsort(-shares, kind="stable")
        ids = [head.class_ids[columns[place]] for place in order]
        probabilities = {
            self._names[class_id]: float(shares[place]) for class_id, place in zip(ids, order, strict=True)
        }
        return Prediction(
            label=self._names[ids[0]],
            confidence=float(shares[order[0]]),
            probabilities=probabilities,
            class_id=ids[0],
            version_id=self.version_id,
            milliseconds=(time.perf_counter() - began) * 1000,
        )

    def use(self, head: HeadWeights, version_id: int | None) -> None:
        """Answer with this head from now on; without a version it is one that is still being learned."""
        self.head, self.version_id = head, version_id
        if version_id is not None:
            self.found_damage = False

    def use_champion(self) -> None:
        """Answer with the version in use; if it is damaged or of another backbone, with the newest that is neither."""
        champion = self._buffer.champion_id()
        if champion is not None and self.version_id == champion:
            return
        self.head, self.version_id, self.found_damage = None, None, False
        ours = self._buffer.version_ids(self._embedder.info.sha256)
        for version_id in sorted(ours, key=lambda id_: (id_ == champion, id_), reverse=True):
            try:
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
        self._buffer.set_champion(version_id)
        self.use(head, version_id)

    def _embed(self, image: Image) -> Vectors:
        return normalise(self._embedder.embed(image)[None], non_negative=self._embedder.info.non_negative)
