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
from learner.discriminant import Statistics, logits
from learner.embedder import Embedder
from learner.errors import DamagedProject
from learner.messages import (
    ClosedFormServed,
    Embedded,
    Event,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    NothingToLearn,
    Restored,
    SampleLeftOut,
    Stepped,
)
from learner.preprocessing import normalise, views
from learner.sampling import ReplaySampler, digest
from learner.serving import Serving
from learner.types import BurstScore, Device, HeadWeights, Image, Member, Prediction, Role, Step, Vectors, View

VIEWS = tuple(View)
"""Every stored picture is embedded in each of them, once."""

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
        size = embedder.info.embedding_size
        self._embedded = buffer.embedded(self._backbone_id, VIEWS, size)
        self._left_out: set[int] = set()
        self._newest_embedded = max(self._embedded, default=0)
        self._statistics = {which: Statistics(size) for which in VIEWS}
        self._counted: dict[int, int] = {}
        # Of an increment that was superseded: its samples are in the statistics but not yet in a version.
        self._scored = BurstScore()
        self._serving = Serving(buffer, embedder)

    @property
    def version_id(self) -> int | None:
        """The version that serves, if it is one already."""
        return self._serving.version_id

    def refresh(self) -> None:
        """Read the class names anew."""
        self._serving.refresh()

    def waiting(self) -> int:
        """Return how many samples have no embedding yet."""
        return len(self._pending(self._members()))

    def is_due(self) -> bool:
        """Return whether the file holds anything other than what the newest version was made of."""
        return self._is_due([member for member in self._members() if member.sample_id not in self._left_out])

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        return self._serving.predict(image)

    def embed_all(self) -> Work:
        """Embed every live sample that has no embedding yet, those held out as well."""
        yield from self._embed_all(self._pending(self._buffer.members()))

    def has_embedding(self, sample_id: int) -> bool:
        """Return whether a sample has been embedded; one whose picture is damaged never is."""
        return sample_id in self._embedded

    def embed_pending(self) -> Work:
        """Embed the samples that have come in since the last time, oldest first, one at a time."""
        yield from self._embed_all(self._pending(self._members(after=self._newest_embedded)))

    def learn(self, reason: str, is_superseded: Callable[[], bool] = lambda: False) -> Work:
        """Learn whatever differs between the file and the newest version, as one increment.

        The head starts at the closed form, which answers at once; replay batches refine it; the result becomes a
        version in the same transaction in which its samples become learned. When there is nothing new, the version in
        use according to the file serves.

        Args:
            reason: kept with the increment.
            is_superseded: asked while the model is still loading, which takes seconds: whether there is more to learn
                by now. Then this one ends with its closed form answering, and the next takes its samples too.

        Raises:
            ProjectFault: the file cannot be read or written; what was published before stays.
            EnvironmentFault: the model cannot be loaded; the same.
        """
        started_at, began = datetime.now(UTC), time.perf_counter()
        members = self._members()
        yield from self._embed_all(self._pending(members))
        members = [member for member in members if member.sample_id in self._embedded]
        if not self._is_due(members):
            self._scored = BurstScore()
            self._serving.use_champion()
            yield NothingToLearn(self.version_id)
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

        champion = self._buffer.champion_id()
        draft = _Draft(reason, started_at, began, members, new, digest(members), before, champion)
        head = yield from self._closed_form()
        steps: list[Step] = []
        why = "" if head.is_finite else "The starting weights were not finite numbers."
        try:
            if not why:
                self._serving.use(head, None)
                yield ClosedFormServed(head.class_ids, (time.perf_counter() - began) * 1000)
            if not why and len(head.class_ids) > 1:
                refined = yield from self._refine(head, draft, steps, is_superseded)
                if refined is None:
                    self._scored = before
                    return
                head = refined
                why = "" if head.is_finite else "Training gave weights that are not finite numbers."
            outcome = self._publish(draft, steps, None if why else head, why)
        except BaseException:
            self._scored = before
            self._serving.use_champion()
            raise
        yield outcome

    def restore(self, version_id: int) -> Restored:
        """Serve an earlier version from now on.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: its weights are not those that were written.
            BackboneFault: it belongs to another backbone.
        """
        self._serving.restore(version_id)
        return Restored(version_id)

    def _rows(self, sample_ids: Sequence[int], which: View) -> Vectors:
        stored = self._buffer.embeddings(sample_ids, self._backbone_id, which)
        return normalise(stored, non_negative=self._embedder.info.non_negative)

    def _members(self, after: int = 0) -> list[Member]:
        """Return what there is to learn from: live samples that are not held out to measure with."""
        return [member for member in self._buffer.members(after) if member.role is Role.TRAIN]

    def _is_due(self, members: Sequence[Member]) -> bool:
        made_of = self._buffer.newest_digest(self._embedder.info.sha256) or digest([])
        # A picture that was deleted and recorded again leaves the digest as it was, but is a sample of its own.
        return self._serving.found_damage or digest(members) != made_of or not all(member.learned for member in members)

    def _pending(self, members: Sequence[Member]) -> list[int]:
        known = self._embedded | self._left_out
        return [member.sample_id for member in members if member.sample_id not in known]

    def _embed_all(self, sample_ids: Sequence[int]) -> Work:
        size = self._embedder.info.input_size
        for done, sample_id in enumerate(sample_ids, start=1):
            self._newest_embedded = max(self._newest_embedded, sample_id)
            try:
                image = self._buffer.image(sample_id)
            except DamagedProject as fault:
                # One picture must not keep the others from being learned.
                self._left_out.add(sample_id)
                yield SampleLeftOut(sample_id, fault.title, fault.message)
                continue
            vectors = {which: self._embedder.embed(looked_at) for which, looked_at in views(image, size).items()}
            self._buffer.store_embeddings(sample_id, self._backbone_id, vectors)
            self._embedded.add(sample_id)
            yield Embedded(len(sample_ids) - done)

    def _score(self, new: Sequence[Member]) -> Generator[Event | None, None, BurstScore]:
        """Score new recordings with the head that serves, before it learns from them (prequential accuracy)."""
        head = self._serving.head
        if head is None:
            return BurstScore()
        met = [member for member in new if member.class_id in head.class_ids and member.sample_id not in self._counted]
        right: dict[int, list[bool]] = defaultdict(list)
        for chunk in _chunks(met):
            ids = [member.sample_id for member in chunk]
            x = self._rows(ids, View.PICTURE)
            if head.mirrored:
                x = (x + self._rows(ids, View.MIRROR)) * np.float32(0.5)
            best = logits(head, x).argmax(axis=1)
            for member, column in zip(chunk, best, strict=True):
                right[member.burst_id].append(head.class_ids[column] == member.class_id)
            yield None
        return BurstScore(sum(2 * sum(frames) > len(frames) for frames in right.values()), len(right))

    def _take_in(self, members: Sequence[Member]) -> Work:
        """Bring the statistics in line with the file: out with what is gone or relabelled, in with what is new."""
        wanted = {member.sample_id: member.class_id for member in members}
        out = [sample_id for sample_id, class_id in self._counted.items() if wanted.get(sample_id) != class_id]
        for chunk in _chunks(out):
            class_ids = [self._counted[sample_id] for sample_id in chunk]
            # All views are read before the first one is counted, so that a fault of the file leaves them alike.
            for statistics, rows in [(self._statistics[which], self._rows(chunk, which)) for which in VIEWS]:
                statistics.remove(rows, class_ids)
            for sample_id in chunk:
                del self._counted[sample_id]
            yield None
        for chunk in _chunks([sample_id for sample_id in wanted if sample_id not in self._counted]):
            class_ids = [wanted[sample_id] for sample_id in chunk]
            for statistics, rows in [(self._statistics[which], self._rows(chunk, which)) for which in VIEWS]:
                statistics.add(rows, class_ids)
            self._counted.update(zip(chunk, class_ids, strict=True))
            yield None

    def _closed_form(self) -> Generator[Event | None, None, HeadWeights]:
        config = self._config
        mirrored = config.mirror and not self._is_handed()
        yield None  # each of the two takes as long as some steps
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
        drawn_from = VIEWS if head.mirrored else (View.PICTURE, View.CROP)
        random = np.random.default_rng(config.seed)
        sampler = ReplaySampler(
            draft.members, {member.sample_id for member in draft.new}, config.new_share, seed=config.seed
        )
        for number in range(1, config.steps + 1):
            began = time.perf_counter()
            rate = config.learning_rate * (1 + math.cos(math.pi * (number - 1) / config.steps)) / 2
            sample_ids, columns = sampler.draw(config.batch_size)
            drawn = random.integers(len(drawn_from), size=config.batch_size)
            x = np.empty((config.batch_size, self._embedder.info.embedding_size), np.float32)
            for place, which in enumerate(drawn_from):
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
        increment = self._buffer.publish(record, head)
        self._scored = BurstScore()
        if head is None:
            self._serving.use_champion()
            return IncrementRejected(increment)
        self._serving.use(head, increment.version_id)
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
