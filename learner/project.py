# SPDX-License-Identifier: Apache-2.0
"""A project as a Python object: the same buffer and engine as the app, in this process.

from learner import open_project

with open_project("desk.showtell") as project:
    project.add(image, "mug")
    project.learn()
    print(project.predict(image).label)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType

import numpy as np
from threadpoolctl import ThreadpoolController

from learner.backbones import BackboneFiles, files_of
from learner.buffer import Buffer, Erased
from learner.config import LearnerConfig
from learner.engine import Engine, Model, OnStep, Work
from learner.errors import ConsolidationFault, NothingLearned
from learner.loading import choose_backbone, embedder_of, load_model, propose
from learner.messages import BackboneKept, Event, IncrementLearned, IncrementRejected
from learner.preprocessing import model_input, normalise
from learner.renewal import Renewal
from learner.types import (
    BackboneInfo,
    Burst,
    ClassInfo,
    Device,
    Image,
    Increment,
    KeptBackbone,
    Prediction,
    Sample,
    Suspicion,
    Vectors,
    Version,
    View,
)

_POLL_SECONDS = 0.02


@cache
def _blas() -> ThreadpoolController:
    """Look for NumPy's BLAS, once: the search goes through every library that is loaded."""
    return ThreadpoolController()


def open_project(path: str | Path, *, create: bool = True, config: LearnerConfig | None = None) -> Project:
    """Open a project file, or make a new one.

    Args:
        path: the file, by custom `*.showtell`.
        create: make it when it is not there.
        config: settings of the learner.

    Raises:
        ProjectFault: the file is not ours, newer, damaged, or cannot be written.
        BackboneFault: the backbone it was made with is not on this machine.
    """
    return Project(Path(path), create=create, config=config or LearnerConfig())


class Project:
    """An open project. Use it from the thread that opened it, and close it, best with `with`."""

    def __init__(self, path: Path, *, create: bool, config: LearnerConfig) -> None:
        self._config = config
        self.buffer = Buffer.open(path, create=create)
        try:
            self._models: dict[int, Model] = {}
            self._engine = self._engine_of(choose_backbone(self.buffer, config))
        except BaseException:
            self.buffer.close()
            raise
        self._burst: Burst | None = None

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.buffer.close()

    @property
    def backbone(self) -> BackboneInfo:
        """The backbone in use."""
        return self._engine.backbone

    @property
    def device(self) -> Device | None:
        """Where training ran; None before the first `learn`."""
        return next((model.device for model in self._models.values()), None)

    @property
    def version_id(self) -> int | None:
        """The version that answers, or None when nothing has been learned."""
        return self._engine.version_id

    def classes(self) -> list[ClassInfo]:
        """Return the label set in its order."""
        return self.buffer.classes()

    def add(self, image: Image, label: str) -> Sample:
        """Store a labelled picture; it is on the disk when this returns. A label that is new becomes a class.

        Pictures added one after another without learning in between belong to one burst.

        Args:
            image: BGR uint8 (h, w, 3).
            label: the class name.

        Raises:
            LabelFault: the label is empty, too long or has control characters.
        """
        if self._burst is None:
            self._burst = self.buffer.start_burst("library")
        wanted = self.buffer.class_named(label) or self.buffer.add_class(label)
        return self.buffer.add_sample(image, wanted.id, self._burst.id)

    def learn(
        self,
        reason: str = "asked",
        on_event: Callable[[Event], None] | None = None,
        on_step: OnStep | None = None,
    ) -> list[Increment]:
        """Learn what is new in the file; return the increments that came of it, none when there was nothing new.

        The first call imports TensorFlow, which takes seconds.

        Args:
            reason: kept with the increment.
            on_event: called with what happens on the way (`Embedded`, `ClosedFormServed`, `Stepped`, …); an exception
                it raises ends the increment, and the version in use stays.
            on_step: called after every `train_on_batch` with the step and the levers (`learner.refining.Control`): the
                rate and the mix of the next batches, an early end, cancelling.
        """
        self._burst = None
        self._engine.refresh()
        if not (self._engine.is_due() or self._engine.waiting() or self.buffer.successor()):
            return []
        return self._run(lambda: self._engine.learn(reason, on_step=on_step), on_event)

    def sleep(
        self,
        reason: str = "asked",
        on_event: Callable[[Event], None] | None = None,
        on_step: OnStep | None = None,
    ) -> list[Increment]:
        """Rebuild from zero over all samples that survive, and unlearn those that do not.

        Slower and better than `learn`; the window does it when things are quiet. What comes of it follows from the
        samples alone, whatever was deleted, relabelled or learned in which order before. Return the increment, none
        when the last one was such a rebuild and nothing has changed since.

        Args:
            reason: kept with the increment.
            on_event: as for `learn`.
            on_step: as for `learn`.
        """
        self._burst = None
        self._engine.refresh()
        is_due = self._engine.is_due() or self._engine.waiting() or self._engine.is_sleep_due()
        if not is_due and self.buffer.successor() is None:
            return []
        return self._run(lambda: self._engine.sleep(reason, on_step=on_step), on_event)

    def versions(self) -> list[Version]:
        """Return the versions that are kept, oldest first."""
        return self.buffer.versions()

    def increments(self) -> list[Increment]:
        """Return all increments with what was measured of each (`learner.evaluation.Report`), oldest first."""
        return self.buffer.increments()

    def restore(self, version_id: int) -> None:
        """Answer with an earlier version from now on, and embed by its backbone.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: its weights are not those that were written.
            BackboneFault: it belongs to a backbone that is not on this machine.
        """
        sha256 = self.buffer.version(version_id).backbone_sha256
        engine = self._engine
        if sha256 != engine.backbone.sha256:
            engine = self._engine_of(files_of(sha256, self.buffer))
        engine.restore(version_id)
        self._engine = engine

    def backbones(self) -> list[KeptBackbone]:
        """Return the backbones whose files the project keeps, oldest first; the one that ships is none of them."""
        return self.buffer.kept_backbones()

    def use_backbone(
        self,
        files: BackboneFiles,
        reason: str = "another backbone",
        on_event: Callable[[Event], None] | None = None,
    ) -> list[Increment]:
        """Change to another backbone: embed every sample by it, rebuild the head, and take it unless it is worse.

        Return the increment; it says whether it was accepted, and if not, why. The backbone before stays with its
        versions, one of which can be restored.

        Args:
            files: the backbone (`learner.backbones.named`).
            reason: kept with the increment.
            on_event: called with what happens on the way.
        """
        propose(self.buffer, files, reason)
        return self._renew(self._renewal(), on_event)

    def consolidate(self, reason: str = "asked", on_event: Callable[[Event], None] | None = None) -> list[Increment]:
        """Fine-tune the backbone on the project's pictures, in a process of its own; then as `use_backbone`.

        It takes minutes, and goes on where it was interrupted. What comes of it is taken if it is better on held-out
        recordings, and never otherwise.

        Args:
            reason: kept with the increment.
            on_event: called with what happens on the way; an exception that it raises interrupts it.

        Raises:
            ConsolidationFault: there is too little to learn from, or it came to nothing.
        """
        renewal = self._renewal()
        if renewal.successor is None:
            renewal.consolidate(self.buffer.consolidation_reason() or reason)
        return self._renew(renewal, on_event)

    def _renewal(self) -> Renewal:
        self._burst = None
        self._engine.refresh()
        return Renewal(self.buffer, self._config, self._engine_of)

    def _renew(self, renewal: Renewal, on_event: Callable[[Event], None] | None) -> list[Increment]:
        done: list[Increment] = []
        try:
            while renewal.is_consolidating:
                for event in renewal.poll():
                    if isinstance(event, BackboneKept):
                        raise ConsolidationFault(event.title, event.message, "What was learned goes on answering.")
                    if on_event:
                        on_event(event)
                time.sleep(_POLL_SECONDS)
            if renewal.successor is None:
                return done
            with _blas().limit(limits=1, user_api="blas"):
                self._drive(renewal.change(lambda: False), done, on_event)
        finally:
            if renewal.succeeded is not None:
                self._engine = renewal.succeeded
            renewal.stop()
        return done

    def _engine_of(self, files: BackboneFiles) -> Engine:
        return Engine(self.buffer, embedder_of(files), self._config, lambda: self._head(files.info.embedding_size))

    def _head(self, embedding_size: int) -> Model:
        if embedding_size not in self._models:
            self._models[embedding_size] = load_model(self._config, embedding_size)
        return self._models[embedding_size]

    def pin(self, version_id: int, pinned: bool = True) -> None:
        """Keep a version however old it becomes, or no longer.

        Raises:
            LabelFault: there is no such version.
        """
        self.buffer.pin(version_id, pinned)

    def forget(self, on_event: Callable[[Event], None] | None = None) -> Erased:
        """Forget for good what was deleted: pictures, embeddings, and the versions that knew them, pinned ones too.

        What was deleted is unlearned first, if it has not been. It cannot be undone.

        Raises:
            ProjectBusy: they are gone, but another program reads what the log has of them.
        """
        if self.buffer.unlearnable():
            self.sleep("forget for good", on_event)
        try:
            return self.buffer.erase()
        finally:
            # The version in use may have been one of those that knew them; then another one answers from now on.
            champion = self.buffer.champion_id()
            kept = self.buffer.version_ids(self.backbone.sha256)
            if self.version_id is not None and self.version_id not in kept and champion in kept:
                self._engine.restore(champion)

    def next_to_label(self, count: int = 10) -> list[Sample]:
        """Return stored frames without a label that would teach most, most first; no two that show the same."""
        for _ in self._engine.embed_all():
            pass
        return self._engine.next_to_label(count)

    def suspected_mislabels(self, count: int = 10) -> list[Suspicion]:
        """Return samples that the other recordings would call by another name, most surely first."""
        for _ in self._engine.embed_all():
            pass
        return self._engine.suspected_mislabels(count)

    def _run(self, begin: Callable[[], Work], on_event: Callable[[Event], None] | None) -> list[Increment]:
        done: list[Increment] = []
        if self.buffer.successor() is not None:
            done += self._renew(self._renewal(), on_event)
            if not self._engine.is_due():
                return done
        self._head(self.backbone.embedding_size)
        # One thread, so that the same samples give the same weights to the last bit.
        with _blas().limit(limits=1, user_api="blas"):
            self._drive(begin(), done, on_event)
        return done

    @staticmethod
    def _drive(work: Work, done: list[Increment], on_event: Callable[[Event], None] | None) -> None:
        try:
            for event in work:
                if isinstance(event, IncrementLearned | IncrementRejected):
                    done.append(event.increment)
                if event is not None and on_event:
                    on_event(event)
        finally:
            work.close()

    def predict(self, image: Image) -> Prediction:
        """Answer for a picture (BGR uint8 (h, w, 3)); its centre square is what counts.

        Raises:
            NothingLearned: there is no version yet.
        """
        self._engine.refresh()
        return self._predict(image)

    def predict_many(self, images: Iterable[Image]) -> Iterator[Prediction]:
        """Answer for one picture after another, without reading the class names anew each time.

        Raises:
            NothingLearned: there is no version yet.
        """
        self._engine.refresh()
        for image in images:
            yield self._predict(image)

    def embeddings(self) -> tuple[Vectors, list[str]]:
        """Return (X, labels): the embedding of every stored sample as the head sees it, (n, d) float32, and its class.

        Samples without an embedding are embedded first; one whose picture is damaged is left out. The order is that in
        which the samples were stored.
        """
        for _ in self._engine.embed_all():
            pass
        backbone_id = self.buffer.register_backbone(self.backbone)
        names = {info.id: info.name for info in self.buffer.classes()}
        members = [member for member in self.buffer.members() if self._engine.has_embedding(member.sample_id)]
        ids = [member.sample_id for member in members]
        parts = [
            self.buffer.embeddings(ids[start : start + 1024], backbone_id, View.PICTURE)
            for start in range(0, len(ids), 1024)
        ]
        x = np.concatenate(parts) if parts else np.zeros((0, self.backbone.embedding_size), np.float32)
        return (
            normalise(x, non_negative=self.backbone.non_negative),
            [names[member.class_id] for member in members],
        )

    def _predict(self, image: Image) -> Prediction:
        prediction = self._engine.predict(model_input(image, self.backbone.input_size))
        if prediction.label is None:
            raise NothingLearned(
                "Nothing has been learned yet",
                f"{self.buffer.path.name} has no version to answer with.",
                "Add labelled pictures and learn them first.",
            )
        return prediction
