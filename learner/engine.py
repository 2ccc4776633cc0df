# SPDX-License-Identifier: Apache-2.0
"""The learner without a process around it: embed, learn, predict, publish, restore.

Work that takes longer than a batch is a generator that yields after each one, so that whoever drives it can serve
predictions and commands in between. Nothing here knows TensorFlow: training goes through the `Model` protocol.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from learner.buffer import Buffer, IncrementRecord
from learner.config import LearnerConfig
from learner.discriminant import Statistics, logits, softmax
from learner.embedder import Embedder
from learner.errors import BackboneFault
from learner.messages import (
    ClosedFormServed,
    Embedded,
    Event,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    Restored,
    Stepped,
)
from learner.preprocessing import normalise, view
from learner.sampling import ReplaySampler, digest
from learner.types import BurstScore, Device, HeadWeights, Image, Member, Prediction, Step, Vectors, View

VIEWS = (View.PICTURE, View.MIRROR, View.CROP)
"""Every stored picture is embedded in these views, once."""

_CHUNK = 256
"""Embeddings taken in at a time: few enough that a waiting frame is answered in between."""

_Item = TypeVar("_Item")

Work = Generator[Event | None, None, None]
"""Yields what happened, or None when there is nothing to tell but others may have their turn."""


class Model(Protocol):
    """A trainable linear head. Calls come in the order `start`, `train_on_batch`…, `weights`."""

    @property
    def device(self) -> Device:
        """Where it trains."""

    def start(self, head: HeadWeights) -> None:
        """Begin an increment at these weights, with fresh optimiser moments."""

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        """Take one step on embeddings (batch_size, d) and columns (batch_size,); return its loss and accuracy."""

    def weights(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return kernel (d, classes) and bias (classes,)."""


@dataclass(slots=True)
class _Served:
    """The head that answers, and the version it belongs to (None while it is not one yet)."""

    head: HeadWeights
    version_id: int | None


class Engine:
    """Learns a project file and answers from what it has learned.

    Args:
        buffer: the project file; used by this engine alone, in the thread that made it.
        embedder: the backbone.
        config: settings.
        model: returns the trainable head, or None while TensorFlow is still loading.
    """

    def __init__(
        self, buffer: Buffer, embedder: Embedder, config: LearnerConfig, model: Callable[[], Model | None]
    ) -> None:
        self._buffer = buffer
        self._embedder = embedder
        self._config = config
        self._model = model
        self._backbone_id = buffer.register_backbone(embedder.info)
        self._statistics = {which: Statistics(embedder.info.embedding_size) for which in VIEWS}
        self._counted: dict[int, int] = {}
        # Of an increment that was superseded: its samples are in the statistics but not yet in a version.
        self._scored = BurstScore()
        self._names: dict[int, str] = {}
        self._served: _Served | None = None
        self._serve_champion()
        self.refresh()

    @property
    def version_id(self) -> int | None:
        """The version that serves, if it is one already."""
        return self._served.version_id if self._served else None

    def refresh(self) -> None:
        """Read the class names anew."""
        self._names = {info.id: info.name for info in self._buffer.classes()}

    def waiting(self) -> int:
        """Return how many samples have no embedding yet."""
        return self._buffer.count_unembedded(self._backbone_id, VIEWS)

    def is_due(self) -> bool:
        """Return whether the file holds anything other than what the newest version was made of."""
        return digest(self._buffer.members()) != self._newest_digest()

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        began = time.perf_counter()
        served = self._served
        columns = (
            [column for column, class_id in enumerate(served.head.class_ids) if class_id in self._names]
            if served
            else []
        )
        if served is None or not columns:
            return Prediction(None, 0.0)
        x = self._embed(image)
        if served.head.mirrored:
            # The head is linear, so the mean of the embeddings gives the mean of the logits.
            x = (x + self._embed(np.ascontiguousarray(image[:, ::-1]))) * np.float32(0.5)
        # Columns of classes that have been removed since get no share.
        shares = softmax(logits(served.head, x)[:, columns])[0]
        order = np.argsort(-shares, kind="stable")
        ids = [served.head.class_ids[columns[place]] for place in order]
        probabilities = {
            self._names[class_id]: float(shares[place]) for class_id, place in zip(ids, order, strict=True)
        }
        return Prediction(
            label=self._names[ids[0]],
            confidence=float(shares[order[0]]),
            probabilities=probabilities,
            class_id=ids[0],
            version_id=served.version_id,
            milliseconds=(time.perf_counter() - began) * 1000,
        )

    def embed_pending(self) -> Work:
        """Embed the samples that have no embedding yet, oldest first, one at a time."""
        size = self._embedder.info.input_size
        while pending := self._buffer.unembedded(self._backbone_id, VIEWS, limit=64):
            waiting = self.waiting()
            for sample_id in pending:
                image = self._buffer.image(sample_id)
                vectors = {}
                for which in VIEWS:
                    vectors[which] = self._embedder.embed(view(image, which, size))
                self._buffer.store_embeddings(sample_id, self._backbone_id, vectors)
                waiting -= 1
                yield Embedded(max(waiting, 0))

    def learn(self, reason: str, is_superseded: Callable[[], bool] = lambda: False) -> Work:
        """Learn whatever differs between the file and the newest version, as one increment.

        The head starts at the closed form, which answers at once; replay batches refine it; the result becomes a
        version in the same transaction in which its samples become learned. Yields nothing when there is nothing new.

        Args:
            reason: kept with the increment.
            is_superseded: asked while the model is still loading, which takes seconds: whether there is more to learn
                by now. Then this one ends with its closed form answering, and the next takes its samples too.

        Raises:
            ProjectFault: the file cannot be read or written; what was published before stays.
        """
        yield from self.embed_pending()
        started_at, began = datetime.now(UTC), time.perf_counter()
        members = self._buffer.members()
        # Samples may have come in since the last one was embedded; the next increment takes those.
        late = set(self._buffer.unembedded(self._backbone_id, VIEWS))
        members = [member for member in members if member.sample_id not in late]
        made_of = digest(members)
        if made_of == self._newest_digest():
            return
        relabelled = {
            member.sample_id
            for member in members
            if self._counted.get(member.sample_id, member.class_id) != member.class_id
        }
        new = [member for member in members if not member.learned or member.sample_id in relabelled]
        yield IncrementStarted(reason, len(new))
        scored = yield from self._score(new)
        before = BurstScore(self._scored.right + scored.right, self._scored.bursts + scored.bursts)
        yield from self._take_in(members)

        head = self._closed_form()
        draft = _Draft(reason, started_at, began, members, new, made_of, before, self.version_id)
        if not head.is_finite:
            yield self._publish(draft, [], None, "The starting weights were not finite numbers.")
            return
        self._served = _Served(head, None)
        yield ClosedFormServed(head.class_ids, (time.perf_counter() - began) * 1000)

        steps: list[Step] = []
        if len(head.class_ids) > 1:
            try:
                refined = yield from self._refine(head, draft, steps, is_superseded)
            except GeneratorExit:
                self._serve_champion()
                raise
            if refined is None:
                self._scored = before
                return
            head = refined
        why = "" if head.is_finite else "Training gave weights that are not finite numbers."
        yield self._publish(draft, steps, head if head.is_finite else None, why)

    def restore(self, version_id: int) -> Restored:
        """Serve an earlier version from now on.

        Raises:
            LabelFault: there is no such version.
            BackboneFault: it belongs to another backbone.
        """
        version = self._buffer.version(version_id)
        if version.backbone_sha256 != self._embedder.info.sha256:
            raise BackboneFault(
                "That version belongs to another backbone",
                f"Version {version_id} was made with backbone {version.backbone_sha256[:12]}.",
                "Start Showtell with that backbone first.",
            )
        head = self._buffer.head(version_id)
        self._buffer.set_champion(version_id)
        self._served = _Served(head, version_id)
        return Restored(version_id)

    def _embed(self, image: Image) -> Vectors:
        return self._normalise(self._embedder.embed(image)[None])

    def _normalise(self, x: Vectors) -> Vectors:
        return normalise(x, non_negative=self._embedder.info.non_negative)

    def _rows(self, sample_ids: Sequence[int], which: View) -> Vectors:
        return self._normalise(self._buffer.embeddings(sample_ids, self._backbone_id, which))

    def _newest_digest(self) -> str:
        newest = self._buffer.newest_version(self._embedder.info.sha256)
        return newest.samples_digest if newest else digest([])

    def _serve_champion(self) -> None:
        champion = self._buffer.champion()
        if champion is None or champion.backbone_sha256 != self._embedder.info.sha256:
            self._served = None
        else:
            self._served = _Served(self._buffer.head(champion.id), champion.id)

    def _score(self, new: Sequence[Member]) -> Generator[Event | None, None, BurstScore]:
        """Score new recordings with the head that serves, before it learns from them (prequential accuracy)."""
        served = self._served
        if served is None:
            return BurstScore()
        met = [
            member
            for member in new
            if member.class_id in served.head.class_ids and member.sample_id not in self._counted
        ]
        right: dict[int, list[bool]] = defaultdict(list)
        for chunk in _chunks(met):
            ids = [member.sample_id for member in chunk]
            x = self._rows(ids, View.PICTURE)
            if served.head.mirrored:
                x = (x + self._rows(ids, View.MIRROR)) * np.float32(0.5)
            best = logits(served.head, x).argmax(axis=1)
            for member, column in zip(chunk, best, strict=True):
                right[member.burst_id].append(served.head.class_ids[column] == member.class_id)
            yield None
        return BurstScore(sum(2 * sum(frames) > len(frames) for frames in right.values()), len(right))

    def _take_in(self, members: Sequence[Member]) -> Work:
        """Bring the statistics in line with the file: out with what is gone or relabelled, in with what is new."""
        wanted = {member.sample_id: member.class_id for member in members}
        out = [sample_id for sample_id, class_id in self._counted.items() if wanted.get(sample_id) != class_id]
        for chunk in _chunks(out):
            class_ids = [self._counted[sample_id] for sample_id in chunk]
            for which, statistics in self._statistics.items():
                statistics.remove(self._rows(chunk, which), class_ids)
            for sample_id in chunk:
                del self._counted[sample_id]
            yield None
        for chunk in _chunks([sample_id for sample_id in wanted if sample_id not in self._counted]):
            class_ids = [wanted[sample_id] for sample_id in chunk]
            for which, statistics in self._statistics.items():
                statistics.add(self._rows(chunk, which), class_ids)
            self._counted.update(zip(chunk, class_ids, strict=True))
            yield None

    def _closed_form(self) -> HeadWeights:
        config = self._config
        mirrored = config.mirror and not self._is_handed()
        picture, mirror, crop = (self._statistics[which] for which in VIEWS)
        statistics = picture.merged([mirror, crop] if mirrored else [crop])
        head = statistics.closed_form(config.shrinkage, config.temperature)
        return HeadWeights(head.kernel, head.bias, head.class_ids, mirrored)

    def _is_handed(self) -> bool:
        """Return whether some class, seen in the mirror, looks like another: a left hand among right ones.

        Mirror images would then teach that the two are the same.
        """
        picture, mirror = self._statistics[View.PICTURE], self._statistics[View.MIRROR]
        if len(picture.class_ids) < 2:
            return False
        head = picture.closed_form(self._config.shrinkage, self._config.temperature)
        seen_as = logits(head, mirror.means()).argmax(axis=1)
        return bool((seen_as != np.arange(len(seen_as))).any())

    def _refine(
        self, head: HeadWeights, draft: _Draft, steps: list[Step], is_superseded: Callable[[], bool]
    ) -> Generator[Event | None, None, HeadWeights | None]:
        config = self._config
        if self._model() is None:
            yield IncrementStarted(draft.reason, len(draft.new), waiting_for="TensorFlow")
        while (model := self._model()) is None:
            if is_superseded():
                return None
            yield None
        model.start(head)
        views = VIEWS if head.mirrored else (View.PICTURE, View.CROP)
        random = np.random.default_rng(config.seed)
        sampler = ReplaySampler(
            draft.members, {member.sample_id for member in draft.new}, config.new_share, seed=config.seed
        )
        for number in range(1, config.steps + 1):
            began = time.perf_counter()
            rate = config.learning_rate * (1 + math.cos(math.pi * (number - 1) / config.steps)) / 2
            sample_ids, columns = sampler.draw(config.batch_size)
            drawn = random.integers(len(views), size=config.batch_size)
            x = np.empty((config.batch_size, self._embedder.info.embedding_size), np.float32)
            for place, which in enumerate(views):
                rows = np.flatnonzero(drawn == place)
                if len(rows):
                    x[rows] = self._rows([sample_ids[row] for row in rows], which)
            loss, accuracy = model.train_on_batch(x, columns, rate)
            milliseconds = (time.perf_counter() - began) * 1000
            steps.append(Step(number, config.steps, loss, accuracy, rate, milliseconds))
            yield Stepped(steps[-1])
        kernel, bias = model.weights()
        return HeadWeights(kernel, bias, head.class_ids, head.mirrored)

    def _publish(
        self, draft: _Draft, steps: list[Step], head: HeadWeights | None, why: str
    ) -> IncrementLearned | IncrementRejected:
        self._scored = BurstScore()
        last = steps[-1] if steps else None
        record = IncrementRecord(
            reason=draft.reason,
            started_at=draft.started_at,
            seconds=time.perf_counter() - draft.began,
            new_samples=len(draft.new),
            total_samples=len(draft.members),
            sample_ids=tuple(member.sample_id for member in draft.members if not member.learned),
            steps=tuple(steps),
            accepted=head is not None,
            why=why,
            backbone_id=self._backbone_id,
            parent_id=draft.parent_id,
            samples_digest=draft.made_of,
            metrics={"loss": last.loss, "accuracy": last.accuracy} if last and head else {},
            before=draft.before,
        )
        try:
            increment = self._buffer.publish(record, head)
        except BaseException:
            self._serve_champion()
            raise
        if head is None:
            self._serve_champion()
            return IncrementRejected(increment)
        self._served = _Served(head, increment.version_id)
        return IncrementLearned(increment)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An increment under way."""

    reason: str
    started_at: datetime
    began: float
    members: Sequence[Member]
    new: Sequence[Member]
    made_of: str
    before: BurstScore
    parent_id: int | None


def _chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
