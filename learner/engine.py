# SPDX-License-Identifier: Apache-2.0
"""The learner without a process around it: embed, learn, sleep, predict, publish, restore.

Work that takes longer than a batch is a generator that yields after each one, so that whoever drives it can serve
predictions and commands in between. Nothing here knows TensorFlow: training goes through the `Model` protocol.

Each version has a measured twin: made in the same way, at the same moment, without the recordings that are held out.
What is measured is measured on the twin; what answers has learned from everything, so that no recording is shown in
vain. The twin goes by fewer samples and is, if anything, the worse of the two.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Container, Generator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner import measuring
from learner.buffer import Buffer, FleetState, IncrementRecord
from learner.charting import Drawing, draw
from learner.config import LearnerConfig
from learner.contribution import Contribution, Elsewhere
from learner.discriminant import Discriminant, columns_of, logits
from learner.embedder import Embedder
from learner.errors import LabelFault
from learner.evaluation import History
from learner.explaining import Explainer
from learner.highlighting import activation
from learner.judging import Judge, Judging
from learner.memory import Memory, Work, chunks
from learner.messages import (
    ClosedFormServed,
    Event,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    NothingToLearn,
    Restored,
)
from learner.outside import Outside
from learner.refining import Control, Model, OnStep, Plan, Refiner
from learner.roll import Content, evenly
from learner.sampling import Recording, merged, names, near_duplicates
from learner.serving import TWIN, Serving, measured_twin
from learner.sharing import Shared, share
from learner.succession import gate
from learner.training import Outcome, Task, Trainer
from learner.types import (
    BackboneInfo,
    BurstScore,
    Explanation,
    HeadWeights,
    Heat,
    Image,
    IncrementKind,
    Member,
    Prediction,
    Role,
    Sample,
    Step,
    Suspicion,
    View,
)
from learner.unknown import Novelty, inverted

__all__ = ["Control", "Engine", "Model", "OnStep", "Work"]

_WITH_OTHERS = " and "
"""In a digest, before that of what other laptops know."""
_UNMEASURED_TEMPERATURE = 5.0
"""Of the closed form's logits, where held-out recordings do not say: everyday sets want 2 to 10."""
_LEAST_STEPS = 4
_LIMITED_BY = 256
"""Samples that set the limits of the unknown, where recordings held out do not."""
_ENOUGH_RECORDINGS = 3
"""Held-out recordings that set them."""


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
        self._backbone = embedder.info
        self._embedder = embedder
        self._config = config
        self._model = model
        self._memory = Memory(buffer, embedder)
        self._heard: _Heard | None = None
        # Of an increment that was superseded: its samples are in the sums but not yet in a version.
        self._scored = BurstScore()
        self._handed: tuple[frozenset[int], bool] | None = None
        self._wants_sleep = False
        self._trainer = Trainer(self._memory, bank_size=config.bank_size, seed=config.seed)
        self._history: History | None = None
        self._serving = Serving(buffer, embedder)
        self._judge = Judge(buffer, self._memory, self._serving, self._last_settings)
        self._explainer = Explainer(buffer, self._memory, self._serving)
        self.control = Control(new_share=config.new_share)
        """The levers of the increment under way, or of the next one."""

    @property
    def backbone(self) -> BackboneInfo:
        """What it embeds by."""
        return self._backbone

    @property
    def version_id(self) -> int | None:
        """The version that serves, if it is one already."""
        return self._serving.version_id

    def refresh(self) -> None:
        """Read the class names anew."""
        self._serving.refresh()

    def waiting(self) -> int:
        """Return how many samples have no embedding yet."""
        return len(self._memory.pending())

    def is_due(self) -> bool:
        """Return whether the file holds something that no increment has tried to learn yet."""
        for offers in (False, True):
            waits = self._hear_of_others(offers=offers)
            if (waits or not offers) and self._is_untried(self._memory.content):
                return True
        return False

    def _is_untried(self, content: Content) -> bool:
        if self._memory.roll.waits_to_learn:
            return True
        newest = self._buffer.newest_increment(self._backbone.sha256)
        if newest is not None and not newest.accepted and self._names(newest.samples_digest, content):
            return False  # it was refused, and would be again
        return self._differs(content)

    def is_sleep_due(self) -> bool:
        """Return whether a rebuild from zero would tell something new, or has something to unlearn."""
        if self._to_forget():
            return True
        newest = self._buffer.newest_increment(self._backbone.sha256)
        if newest is None or newest.kind is IncrementKind.SLEEP:
            return False
        # Whoever has gone back to an earlier version wants to keep it. What was refused awake may do better from zero.
        return not newest.accepted or newest.version_id == self._buffer.champion_id()

    def is_sleep_urgent(self) -> bool:
        """Return whether a rebuild should not wait for quiet: something was deleted, or has another label now."""
        return bool(self._to_forget()) or (self._wants_sleep and self.is_sleep_due())

    def predict(self, image: Image) -> Prediction:
        """Answer for a BGR picture of shape (input_size, input_size, 3)."""
        return self._serving.predict(image)

    def embed_all(self) -> Work:
        """Embed every live sample that has no embedding yet, those held out and those without a label as well."""
        yield from self._memory.embed_new()
        unlabelled = [sample.id for sample in self._buffer.unlabelled()]
        has = self._memory.having(unlabelled)
        yield from self._memory.embed([id_ for id_ in unlabelled if id_ not in has])

    def embedded_of(self) -> tuple[int, int]:
        """Return how many live samples have an embedding, and how many there are, those without a label as well."""
        unlabelled = [sample.id for sample in self._buffer.unlabelled()]
        labelled, _, _ = self._buffer.labelled()
        self._memory.roll.look()
        lacking = self._memory.roll.lacking.intersection(labelled.tolist())
        return (
            len(labelled) - len(lacking) + len(self._memory.having(unlabelled)),
            len(labelled) + len(unlabelled),
        )

    def embedded(self) -> list[Member]:
        """Return the live, labelled samples that have an embedding, by id; one whose picture is damaged never has."""
        self._memory.roll.look()
        lacking = self._memory.roll.lacking
        return [member for member in self._buffer.members() if member.sample_id not in lacking]

    def embed_pending(self) -> Work:
        """Embed the samples that have come in since the last time, oldest first, one at a time."""
        yield from self._memory.embed_new()

    def note_damage(self) -> None:
        """The version in use cannot be served, since its backbone is damaged: another version has to be made."""
        self._serving.found_damage = True

    def start_over(self) -> None:
        """Forget what is held in mind of the file; it is read anew."""
        self._memory.start_over()

    def prepare(self) -> Work:
        """Take in what has been learned, so that the next increment has only what is new to take in."""
        self._memory.roll.look()
        yield from self._memory.take_in(self._memory.roll.learned)

    def learn(
        self, reason: str, is_superseded: Callable[[], bool] = lambda: False, on_step: OnStep | None = None
    ) -> Work:
        """Learn whatever differs between the file and the newest version, as one increment.

        The head starts at the closed form, which answers at once; replay batches refine it; the result becomes a
        version in the same transaction in which its samples become learned, unless held-out recordings say that it got
        worse. When there is nothing new, the version in use according to the file serves.

        Args:
            reason: kept with the increment.
            is_superseded: asked while the model is still loading, which takes seconds: whether there is more to learn
                by now. Then this one ends with its closed form answering, and the next takes its samples too.
            on_step: called after every step; it may change the rate and the mix, pause, and cancel.

        Raises:
            ProjectFault: the file cannot be read or written; what was published before stays.
            EnvironmentFault: the model cannot be loaded; the same.
        """
        self._release_levers()
        yield from self._though_stale(lambda: self._learn(reason, is_superseded, on_step))

    def _learn(self, reason: str, is_superseded: Callable[[], bool], on_step: OnStep | None) -> Work:
        """Learn what is new here, and then what others offer: what they know must not hold up what was shown."""
        yield from self._memory.embed_new()
        self._hear_of_others(offers=False)
        is_new = self._differs(self._memory.content)
        if is_new and not (yield from self._wake(IncrementKind.WAKE, reason, is_superseded, on_step)):
            return
        if self._hear_of_others() and self._differs(self._memory.content):
            yield from self._wake(IncrementKind.FLEET, reason, is_superseded, on_step)
            return
        if self._heard is not None and self._heard.state == "offered":  # it is no news
            self._buffer.take_offer(self._memory.backbone_id, self._heard.received_at)
        if not is_new:
            self._scored = BurstScore()
            self._serving.use_champion()
            yield NothingToLearn(self.version_id)

    def _wake(
        self, kind: IncrementKind, reason: str, is_superseded: Callable[[], bool], on_step: OnStep | None
    ) -> Generator[Event | None, None, bool]:
        """Learn all that differs as one increment; return whether it came to a decision."""
        started_at, began = datetime.now(UTC), time.perf_counter()
        content = self._memory.content
        relabelled = self._memory.counted_otherwise(content)
        new = merged([*content.unlearned, *relabelled])
        is_relabelled = bool(relabelled) or any(len(one.moved) for one in content.unlearned)
        yield IncrementStarted(reason, sum(map(len, new)), kind=kind)
        scored = yield from self._score(new)
        before = BurstScore(self._scored.right + scored.right, self._scored.bursts + scored.bursts)
        yield from self._memory.take_in(content)
        self._wants_sleep |= is_relabelled
        draft = _Draft(kind, reason, started_at, began, content, new, before, self._buffer.champion_id())
        draft.is_owed = is_relabelled or bool(self._to_forget()) or self._has_left(draft.parent_id)
        draft.offer = self._heard.received_at if kind is IncrementKind.FLEET and self._heard else ""
        plan = Plan(self._config.steps, self._config.batch_size, self._config.learning_rate, _LEAST_STEPS)
        try:
            draft.mirrored = yield from self._find_mirrored(content, anew=False)
            sums = self._memory.statistics(mirrored=draft.mirrored, with_held_out=True)
            yield None  # each of these takes as long as some steps, and a frame may be waiting
            shrinkage, temperature = self._last_settings()
            closed = sums.discriminant(shrinkage, self._memory.variety(with_held_out=True))
            head = closed.head(temperature, mirrored=draft.mirrored)
            if not head.is_finite:
                yield self._publish(draft, None, "The starting weights were not finite numbers.")
                return True
            if kind is IncrementKind.WAKE:  # what others know is asked after it was measured
                self._serving.use(head, None)
                yield ClosedFormServed(head.class_ids, (time.perf_counter() - began) * 1000)
            outcome = yield from self._train(draft, closed, {"refined": plan}, is_superseded, on_step)
            if outcome is None:
                self._scored = before
                if self.control.cancelled:
                    self._serving.use_champion()
                    yield NothingToLearn(self.version_id)
                return False
            # When the closed form beats what the steps came to, more of them from zero may do better.
            self._wants_sleep |= outcome.closed_wins
            yield (yield from self._decide(draft, outcome))
        except BaseException:
            self._scored = before
            self._serving.use_champion()
            raise
        return True

    def sleep(
        self, reason: str, is_superseded: Callable[[], bool] = lambda: False, on_step: OnStep | None = None
    ) -> Work:
        """Rebuild the head from zero over all samples that survive, and unlearn those that do not.

        What comes of it follows from those samples alone: it is the same, to the last bit, in a project that never had
        the others. Versions and embeddings that know a deleted sample go in the transaction that publishes it.

        Args:
            reason: kept with the increment.
            is_superseded: asked after every step; a rebuild that is in the way of something is given up.
            on_step: called after every step.

        Raises:
            ProjectFault: the file cannot be read or written; what was published before stays.
            EnvironmentFault: the model cannot be loaded; the same.
        """
        self._release_levers()
        yield from self._though_stale(lambda: self._sleep(reason, is_superseded, on_step))

    def _sleep(self, reason: str, is_superseded: Callable[[], bool], on_step: OnStep | None) -> Work:
        started_at, began = datetime.now(UTC), time.perf_counter()
        self._hear_of_others(offers=False)
        yield from self._memory.embed_new()
        content = self._memory.content
        new = content.unlearned
        yield IncrementStarted(reason, sum(map(len, new)), kind=IncrementKind.SLEEP)
        yield from self._memory.take_in(content)
        draft = _Draft(
            IncrementKind.SLEEP, reason, started_at, began, content, new, BurstScore(), self._buffer.champion_id()
        )
        draft.forget = self._to_forget()
        draft.is_owed = bool(draft.forget) or any(len(one.moved) for one in new) or self._has_left(draft.parent_id)
        draft.mirrored = yield from self._find_mirrored(content, anew=True)
        sums = self._memory.statistics(mirrored=draft.mirrored, with_held_out=True)
        yield None
        closed = sums.discriminant(self._config.shrinkage, self._memory.variety(with_held_out=True))
        config = self._config
        plans = {
            f"refined at {rate:g}": Plan(config.sleep_steps, config.sleep_batch_size, rate, config.sleep_steps)
            for rate in config.sleep_learning_rates
        }
        outcome = yield from self._train(draft, closed, plans, is_superseded, on_step)
        if outcome is None:
            yield NothingToLearn(self.version_id)
            return
        yield (yield from self._decide(draft, outcome))
        self._wants_sleep = False
        yield from self._memory.take_in(self._memory.content)
        self._memory.keep()

    def next_to_label(self, count: int) -> list[Sample]:
        """Return embedded frames without a label that would teach most, most first.

        Ranked by how undecided the answer is times how novel the frame; at most one of a near-duplicate cluster.
        """
        found = self._buffer.unlabelled()
        has = self._memory.having([sample.id for sample in found])
        waiting = [sample for sample in found if sample.id in has]
        ranked: list[tuple[float, Sample]] = []
        bursts: dict[int, list[Sample]] = defaultdict(list)
        for sample in reversed(waiting):
            bursts[sample.burst_id].append(sample)
        for group in bursts.values():
            ids = [sample.id for sample in group]
            clusters = near_duplicates(self._memory.rows(ids, View.PICTURE))
            values = self._serving.worth(self._memory.answers(ids, mirrored=self._serving.is_mirrored))
            for cluster in np.unique(clusters):
                best = max(np.flatnonzero(clusters == cluster), key=lambda row: values[row])
                ranked.append((float(values[best]), group[best]))
        ranked.sort(key=lambda item: (-item[0], item[1].id))
        return [sample for _, sample in ranked[:count]]

    def suspected_mislabels(self, count: int) -> list[Suspicion]:
        """Return samples that the other recordings of the project would call by another name, most surely first."""
        return self._judge.suspicions()[:count]

    def judge(self) -> Judging:
        """Judge all live, labelled samples that are embedded by the version in use (see `Judgement`).

        Raises:
            ProjectFault: the file cannot be read.
        """
        return self._judge.judge()

    def explain(self, sample_id: int) -> Generator[None, None, Explanation | None]:
        """Explain the answer to a sample, labelled or not; None when it is gone or not embedded yet.

        Raises:
            ProjectFault: the file cannot be read.
        """
        return self._explainer.explain(sample_id)

    def share(
        self, agreed: Container[str] | None = None, *, with_held_out: bool = True
    ) -> Generator[Event | None, None, Shared]:
        """Sum up what may leave this laptop for others to learn with (see `learner.sharing`).

        Args:
            agreed: the names of the classes that may be shared at all; None for all of them.
            with_held_out: with the recordings that are held out to measure with.

        Raises:
            ProjectFault: the file cannot be read.
        """
        names = self._buffer.class_names()
        return share(self._memory, self._memory.content, names, agreed, with_held_out=with_held_out)

    def refine(
        self, head: HeadWeights, plan: Plan
    ) -> Generator[Event | None, None, tuple[HeadWeights, dict[int, int]]]:
        """Take steps from a head that other laptops refine as well.

        Return it, and how many samples of each of its classes the steps drew from: what is held out here is in none.

        Args:
            head: where to begin; classes of it that are not the project's own are left as they are.
            plan: the steps.

        Raises:
            ProjectFault: the file cannot be read.
            EnvironmentFault: the model cannot be loaded.
        """
        content = self._memory.content
        yield from self._memory.take_in(content)
        while (model := self._model()) is None:
            yield None
        refiner = Refiner(self._memory, model, self.control, None, self._config.seed)
        return (yield from self._trainer.refine(content, head, refiner, plan))

    def draw(self, *, finely: bool = False) -> Drawing:
        """Draw a map of the labelled samples, by PCA; `finely` another one by t-SNE, where scikit-learn is installed.

        Raises:
            ProjectFault: the file cannot be read.
            LabelFault: another process has unlearned samples meanwhile.
        """
        return draw(self._buffer, self._memory, finely=finely)

    def highlight(self, image: Image) -> Heat | None:
        """Say where the model looks in a BGR picture of shape (input_size, input_size, 3).

        None while nothing has been learned, and where the backbone's embedding is not the mean of a feature map.
        """
        head, class_id = self._serving.head, self._serving.predict(image).class_id
        if head is None or class_id is None:
            return None
        features = self._embedder.feature_map(image)
        if features is None:
            return None
        values = activation(features, head, class_id, self._serving.class_ids, non_negative=self._backbone.non_negative)
        return Heat(class_id, values)

    def restore(self, version_id: int) -> Restored:
        """Serve an earlier version from now on.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: its weights are not those that were written.
            BackboneFault: it belongs to another backbone.
        """
        self._serving.restore(version_id)
        return Restored(version_id)

    def _release_levers(self) -> None:
        """Let what was decided in one increment end with it; a pause lasts until it is lifted."""
        self.control = Control(new_share=self._config.new_share, paused=self.control.paused)

    def _though_stale(self, begin: Callable[[], Work]) -> Work:
        """Do work; begin once more if another process has unlearned samples that are held in mind here."""
        try:
            yield from begin()
        except LabelFault:
            self._memory.start_over()
            yield from begin()

    def _to_forget(self) -> list[int]:
        """Return the samples that no version may know any longer: what is gone, and what has become a test."""
        self._memory.roll.look()
        return [*self._buffer.unlearnable(), *self._memory.roll.tests_learned]

    def _names(self, written: str, content: Content) -> bool:
        """Return whether a digest names what there is to learn."""
        if self._memory.others is not None:
            return written == self._digest(content)
        return names(written, content.digest, lambda: (one for one in self.embedded() if one.role is Role.TRAIN))

    def _digest(self, content: Content) -> str:
        """Return what names what there is to learn, and what others know."""
        others = self._memory.others
        return content.digest if others is None else f"{content.digest}{_WITH_OTHERS}{others.digest}"

    def _has_left(self, version_id: int | None) -> bool:
        """Return whether a version has learned with what others know, which a person wants no longer."""
        if version_id is None or self._memory.others is not None:
            return False
        return _WITH_OTHERS in (self._buffer.digest_of(version_id, self._backbone.sha256) or "")

    def _hear_of_others(self, *, offers: bool = True) -> bool:
        """Take in mind what other laptops know, and return whether it has just come and waits to be learned with."""
        came = self._buffer.has_from_others(self._memory.backbone_id)
        state: FleetState = "offered" if offers and "offered" in came else "used"
        if state not in came:
            self._memory.others = self._heard = None
            return False
        heard = _Heard(state, came[state], frozenset(self._buffer.class_names()))
        if heard != self._heard:
            self._memory.others = None
            found = self._buffer.from_others(self._memory.backbone_id, state)
            if found is not None:
                # What cannot be was refused when it came, so whoever wrote it to the file was another program.
                with suppress(ValueError):
                    known = Contribution.from_arrays(found.names, self._memory.size, found.arrays)
                    self._memory.others = Elsewhere.of(known, found.class_ids, heard.alive, found.arrays)
            self._heard = heard
        return state == "offered"

    def _differs(self, content: Content) -> bool:
        """Return whether what there is to learn is not what the newest version was made of."""
        made_of = self._buffer.newest_digest(self._backbone.sha256) or ""
        # A picture that was deleted and recorded again leaves the digest as it was, but is a sample of its own.
        return self._serving.found_damage or bool(content.unlearned) or not self._names(made_of, content)

    def _score(self, new: Sequence[Recording]) -> Generator[Event | None, None, BurstScore]:
        """Score new recordings with the head that serves, before it learns from them (prequential accuracy)."""
        head = self._serving.head
        if head is None:
            return BurstScore()
        met = [one.without(self._memory.counted(one.burst_id)) for one in new if one.class_id in head.class_ids]
        met = [one for one in met if len(one)]
        picked = evenly(met)
        right = np.zeros(len(picked), np.bool_)
        for rows in chunks(range(len(picked))):
            part = slice(rows[0], rows[-1] + 1)
            x = self._memory.answers(picked.sample_ids[part].tolist(), mirrored=head.mirrored)
            said = np.array(head.class_ids, np.int64)[logits(head, x).argmax(axis=1)]
            right[part] = said == picked.class_ids[part]
            yield None
        shares = np.bincount(picked.recordings, right, len(met)) / np.array([len(one) for one in met], np.float64)
        return BurstScore(int((shares > 0.5).sum()), len(met))

    def _find_mirrored(self, content: Content, *, anew: bool) -> Generator[Event | None, None, bool]:
        """Return whether mirror images count as views: not where one class in the mirror is another.

        Between rebuilds it is asked again only when there are other classes than before.
        """
        if not self._config.mirror:
            return False
        present = content.class_ids
        if self._handed is None or anew or self._handed[0] != present:
            self._handed = present, self._is_handed()
            yield None
        return not self._handed[1]

    def _is_handed(self) -> bool:
        """Return whether two classes are each other in the mirror, like a left hand and a right one.

        Mirror images would then teach that the two are the same. That one class in the mirror resembles another is not
        enough: the other does not resemble it, and mirror images were measured to help all the same.
        """
        picture, mirror = self._memory.view(View.PICTURE), self._memory.view(View.MIRROR)
        if len(picture.class_ids) < 2:
            return False
        head = picture.discriminant(self._config.shrinkage).head(1.0)
        columns = logits(head, mirror.means()).argmax(axis=1)
        seen_as = {own: head.class_ids[column] for own, column in zip(mirror.class_ids, columns, strict=True)}
        return any(seen_as[other] == own != other for own, other in seen_as.items())

    def _last_settings(self) -> tuple[float, float]:
        """Return shrinkage and temperature of the closed form, as held-out recordings preferred them last."""
        newest = self._buffer.newest_increment(self._backbone.sha256)
        known = newest.evaluation if newest else {}
        shrinkage = known.get("shrinkage", self._config.shrinkage)
        return float(shrinkage), float(known.get("temperature", _UNMEASURED_TEMPERATURE))

    def _wait_for_model(
        self, draft: _Draft, is_superseded: Callable[[], bool]
    ) -> Generator[Event | None, None, Model | None]:
        if self._model() is None:
            yield IncrementStarted(draft.reason, len(draft.new), waiting_for="TensorFlow", kind=draft.kind)
        while (model := self._model()) is None:
            if is_superseded() or self.control.cancelled:
                return None
            yield None
        return model

    def _train(
        self,
        draft: _Draft,
        closed: Discriminant,
        plans: dict[str, Plan],
        is_superseded: Callable[[], bool],
        on_step: OnStep | None,
    ) -> Generator[Event | None, None, Outcome | None]:
        """Return what training came to, or None when it is not to be taken any further."""
        refiner = None
        if len(closed.class_ids) > 1:
            model = yield from self._wait_for_model(draft, is_superseded)
            if model is None:
                return None
            refiner = Refiner(self._memory, model, self.control, on_step, self._config.seed)
            draft.steps = refiner.steps
        awake = draft.kind is not IncrementKind.SLEEP
        offered = None if self._memory.others is None else self._memory.others.head
        shrinkages = () if awake else self._config.sleep_shrinkages
        task = Task(draft.content, draft.new, closed, draft.mirrored, shrinkages, offered)
        training = self._trainer.train(task, refiner, plans, adaptive=awake)
        try:
            while True:
                yield next(training)
                if self.control.cancelled or (not awake and is_superseded()):
                    return None
        except StopIteration as done:
            outcome: Outcome = done.value
            return None if self.control.cancelled else outcome

    def _decide(
        self, draft: _Draft, outcome: Outcome
    ) -> Generator[Event | None, None, IncrementLearned | IncrementRejected]:
        """Publish what training came to, or say why not."""
        if not outcome.head.is_finite or not outcome.twin.is_finite:
            return self._publish(draft, None, "Training gave weights that are not finite numbers.")
        held = outcome.held
        yield None
        temperature = measuring.calibrate(outcome.twin, held, _UNMEASURED_TEMPERATURE / outcome.start)
        yield None
        head = measuring.cooled(outcome.head, temperature.value)
        twin = measuring.cooled(outcome.twin, temperature.value)
        awake = draft.kind is not IncrementKind.SLEEP
        novelty = (yield from self._novelty(draft, outcome)) if outcome.closed.class_ids else None
        yield None
        unknown = {}
        if not awake:
            unknown = measuring.never_taught(Novelty.of(outcome.twin_closed), outcome.twin_closed.class_ids, held)
            yield None
        if self._history is None:
            self._history = History.of(self._buffer.increments())
        report = measuring.report(
            twin,
            outcome.twin_closed.head(outcome.start),
            held,
            temperature,
            absolute=temperature.value * outcome.start,
            shrinkage=outcome.closed.shrinkage,
            recipe=outcome.recipe,
            history=self._history,
            before=draft.before,
            unknown=unknown,
        )
        draft.evaluation = asdict(report)
        draft.metrics = {"temperature": report.temperature}
        if report.accuracy is not None:
            draft.metrics["accuracy"] = report.accuracy
        yield None
        why = self._is_worse(draft, twin, held)
        if why:
            return self._publish(draft, None, why)
        arrays = {} if novelty is None else novelty.arrays()
        if held.is_enough:
            order = [twin.class_ids.index(class_id) for class_id in head.class_ids]
            arrays |= dict(zip(TWIN, (twin.kernel[:, order], twin.bias[order]), strict=True))
        yield None
        decided = self._publish(draft, head, "", arrays, novelty)
        self._history.add(report.recall, draft.before)
        return decided

    def _is_worse(self, draft: _Draft, twin: HeadWeights, held: measuring.HeldOut) -> str:
        """Return why what was learned must not take the place of the version in use, or nothing.

        What a person took away or corrected is unlearned whatever it costs. A class that the version in use does not
        know is learned: a head for fewer classes is often better on those it has, and would refuse every new one from
        some number on. Then it is the closed form of the same samples that must be beaten (see `learner.training`).
        What comes from other laptops was shown to nobody here: it must not cost what was.
        """
        champion = draft.parent_id
        if champion is not None and champion not in self._buffer.version_ids(self._backbone.sha256):
            successor = self._buffer.successor()
            if successor is None or successor.backbone.sha256 != self._backbone.sha256:
                return ""
            return gate(self._buffer, twin, held, successor)
        from_others = draft.kind is IncrementKind.FLEET
        if champion is None or (draft.is_owed and not from_others):
            return ""
        before = measured_twin(self._buffer, champion)
        if before is None or not (from_others or set(twin.class_ids) <= set(before.class_ids)):
            return ""
        return measuring.is_worse(twin, before, held)

    def _novelty(self, draft: _Draft, outcome: Outcome) -> Generator[Event | None, None, Novelty]:
        """Return how novel pictures are, with limits set by held-out recordings as the measured twin sees them.

        Where hardly any are held out, samples that were learned set them, each seen as if it had not been.
        """
        closed, held = outcome.closed, outcome.held
        precision = inverted(closed)
        yield None
        novelty = Novelty.of(closed, precision)
        yield None
        if len(np.unique(held.recordings)) >= _ENOUGH_RECORDINGS:
            of_twin = novelty if outcome.twin_closed is closed else Novelty.of(outcome.twin_closed)
            yield None
            distances, _ = of_twin.distances(held.x)
            columns = columns_of(held.class_ids, closed.class_ids)
            return novelty.with_limits(distances, columns, held.recordings)
        seen = Outside.of(
            self._memory,
            draft.content,
            closed,
            evenly(draft.content.learned, _LIMITED_BY),
            mirrored=draft.mirrored,
            by_recording=False,
        )
        yield None
        distances, _ = novelty.distances(seen.x, seen.columns, seen.means)
        steadiness = 1 / self._memory.variety(with_held_out=True)
        return novelty.with_limits(distances, seen.columns, seen.recordings, steadiness)

    def _publish(
        self,
        draft: _Draft,
        head: HeadWeights | None,
        why: str,
        arrays: dict[str, NDArray[Any]] | None = None,
        novelty: Novelty | None = None,
    ) -> IncrementLearned | IncrementRejected:
        last = draft.steps[-1] if draft.steps else None
        unlearned = evenly(draft.content.unlearned)
        learned_as = dict(zip(unlearned.sample_ids.tolist(), unlearned.class_ids.tolist(), strict=True))
        metrics = draft.metrics | ({"loss": last.loss} if last else {})
        record = IncrementRecord(
            reason=draft.reason,
            started_at=draft.started_at,
            seconds=time.perf_counter() - draft.began,
            new_samples=sum(map(len, draft.new)),
            total_samples=draft.content.count,
            sample_ids=tuple(learned_as),
            steps=tuple(draft.steps),
            accepted=head is not None,
            why=why,
            backbone_id=self._memory.backbone_id,
            parent_id=draft.parent_id,
            samples_digest=self._digest(draft.content),
            metrics=metrics if head else {},
            before=draft.before,
            kind=draft.kind,
            evaluation=draft.evaluation,
            learned_as=learned_as,
            offer=draft.offer,
        )
        increment = self._buffer.publish(record, head, arrays, draft.forget)
        self._scored = BurstScore()
        if head is None:
            self._hear_of_others()  # what was offered was refused with it
            self._serving.use_champion()
            return IncrementRejected(increment)
        self._serving.use(head, increment.version_id, novelty)
        return IncrementLearned(increment)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What of other laptops is in mind, of when, for which classes."""

    state: FleetState
    received_at: str
    alive: frozenset[int]


@dataclass(slots=True)
class _Draft:
    """An increment under way.

    `forget` are the samples it unlearns. It `is_owed` to a person who took something away or corrected it, so that no
    gate may hold it up. What others `offer` came at that time.
    """

    kind: IncrementKind
    reason: str
    started_at: datetime
    began: float
    content: Content
    new: Sequence[Recording]
    before: BurstScore
    parent_id: int | None
    mirrored: bool = True
    forget: Sequence[int] = ()
    offer: str = ""
    is_owed: bool = False
    steps: list[Step] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)
    evaluation: dict[str, object] = field(default_factory=dict)
