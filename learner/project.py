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
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from learner.aside import finish
from learner.backbones import BackboneFiles, files_of
from learner.buffer import Buffer, ProjectLock, key_of
from learner.buffer.forgetting import Unreached, forget_in_copies
from learner.config import LearnerConfig
from learner.engine import Engine, Model, OnStep, Work
from learner.errors import ConsolidationFault, NothingLearned, UsageFault
from learner.interchange.others import take_from_others
from learner.loading import choose_backbone, embedder_of, load_model, propose
from learner.messages import BackboneKept, Event, IncrementLearned, IncrementRejected
from learner.preprocessing import model_input, normalise
from learner.refining import Plan
from learner.renewal import Renewal
from learner.sharing import Shared
from learner.types import (
    BackboneInfo,
    Burst,
    ClassInfo,
    Device,
    HeadWeights,
    Image,
    Increment,
    KeptBackbone,
    Member,
    Prediction,
    Sample,
    Suspicion,
    Vectors,
    Version,
    View,
)

if TYPE_CHECKING:
    from learner.interchange.importing import Report
    from learner.interchange.wishes import Exported

OnProgress = Callable[[int, int | None], object]
"""Called with how much is done, and how much there is where that is known."""

_Result = TypeVar("_Result")
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten for good.

    Attributes:
        samples: how many left the file.
        versions: how many went with them.
        bytes: by so many the file is smaller.
        copies: those that were written anew without.
        unreached: those that may still have some of it, and why.
    """

    samples: int
    versions: int
    bytes: int
    copies: tuple[Path, ...]
    unreached: tuple[Unreached, ...]


@cache
def _blas() -> ThreadpoolController:
    """Look for NumPy's BLAS, once: the search goes through every library that is loaded."""
    return ThreadpoolController()


def open_project(
    path: str | Path, *, create: bool = True, config: LearnerConfig | None = None, alone: bool = True
) -> Project:
    """Open a project file, or make a new one.

    Args:
        path: the file, by custom `*.showtell`.
        create: make it when it is not there.
        config: settings of the learner.
        alone: be the one session that writes to it, until it is closed. Without it the project may be open elsewhere:
            it answers, shows and exports, and what would change it is refused.

    Raises:
        OpenElsewhere: another session writes to it, a window perhaps.
        ProjectFault: the file is not ours, newer, damaged, or cannot be written.
        BackboneFault: the backbone it was made with is not on this machine.
    """
    return Project(Path(path), create=create, config=config or LearnerConfig(), alone=alone)


class Project:
    """An open project. Use it from the thread that opened it, and close it, best with `with`."""

    def __init__(self, path: Path, *, create: bool, config: LearnerConfig, alone: bool = True) -> None:
        self._config = config
        with ExitStack() as opened:
            self._lock = opened.enter_context(ProjectLock(path, create=create)) if alone else None
            self.buffer = opened.enter_context(Buffer.open(path, create=create, backups=config.backups))
            self._models: dict[int, Model] = {}
            self._engine = self._engine_of(choose_backbone(self.buffer, config))
            self._opened = opened.pop_all()
        self._burst: Burst | None = None

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._opened.close()

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
        self._require_to_be_alone()
        if self._burst is None:
            self._burst = self.buffer.start_burst("library")
        wanted = self.buffer.class_named(label) or self.buffer.add_class(label)
        return self.buffer.add_sample(image, wanted.id, self._burst.id)

    def import_from(
        self,
        source: str | Path,
        *,
        label: str | None = None,
        every: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> Report:
        """Copy pictures from elsewhere; importing the same thing twice adds nothing.

        Args:
            source: class folders, a table, an archive of these, a clip, a picture, a project of Teachable Machine, or
                another project.
            label: what all of it shows, where it does not say so itself.
            every: of clips, take every so many frames; without it, those that differ of about ten a second.
            on_progress: an exception that it raises ends the import, and what was added stays.

        Raises:
            NoLabels: nothing says what it shows.
            EnvironmentFault: it cannot be read, or is nothing that can be imported.
        """
        from learner.interchange.formats import source_of
        from learner.interchange.importing import import_source

        self._require_to_be_alone()
        self._burst = None
        work = import_source(self.buffer, source_of(Path(source), label=label, every=every, into=self.buffer.path))
        return _carried_out(work, on_progress)

    def export(
        self,
        out: str | Path,
        format: str | None = None,  # noqa: A002  # what it is called on the command line as well
        *,
        precision: Literal["float32", "float16", "int8"] = "float32",
        version_id: int | None = None,
        force: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Exported:
        """Write a model, the samples, their embeddings or a report; nothing that exists is written over.

        A model is run at once by its own program on held-out samples, and is not kept if it answers otherwise.

        Args:
            out: the file or folder.
            format: one of `learner.interchange.wishes.ExportFormat`; None goes by the ending of `out`.
            precision: of a LiteRT model, alone or in a bundle.
            version_id: the version whose model it is; None takes the one in use.
            force: keep a model that answers otherwise.
            on_progress: an exception that it raises ends the export, and nothing of it is left.

        Raises:
            NothingLearned: there is no version to export.
            UsageFault: that is no format, or it has no such precision.
            EnvironmentFault: something is called so already, it cannot be written, or the model answers otherwise.
        """
        from learner.interchange.exports import export
        from learner.interchange.wishes import wish_for

        wish = wish_for(Path(out), format, precision, version_id=version_id, force=force)
        return _carried_out(export(self, wish), on_progress)

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
        self._require_to_be_alone()
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
        self._require_to_be_alone()
        self._burst = None
        self._engine.refresh()
        is_due = self._engine.is_due() or self._engine.waiting() or self._engine.is_sleep_due()
        if not is_due and self.buffer.successor() is None:
            return []
        return self._run(lambda: self._engine.sleep(reason, on_step=on_step), on_event)

    def shared(self, agreed: Collection[str] | None = None, *, with_held_out: bool = True) -> Shared:
        """Return what may leave this laptop for others to learn with, and which classes stay (see `learner.sharing`).

        Args:
            agreed: the names of the classes that may be shared at all; None for all of them.
            with_held_out: with the recordings that are held out to measure with.
        """
        return finish(self._engine.share(agreed, with_held_out=with_held_out))

    def refine_head(
        self,
        names: Sequence[str | None],
        kernel: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        steps: int,
        proximal: float = 0.0,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]:
        """Take steps from a head that other laptops refine as well; nothing is kept of it.

        Args:
            names: of its classes; None for those that are not to be touched.
            kernel: (d, classes) to begin with.
            bias: (classes,) to begin with.
            steps: how many.
            proximal: the weight of a pull back to where it began.

        Returns:
            Kernel, bias, and how many samples of each class (classes,) the steps drew from.
        """
        ids = {key_of(name): class_id for class_id, name in self.buffer.class_names().items()}
        class_ids = tuple(
            ids.get(key_of(name), -1 - place) if name is not None else -1 - place for place, name in enumerate(names)
        )
        config = self._config
        plan = Plan(steps, config.sleep_batch_size, config.sleep_learning_rates[0], steps, proximal)
        with _blas().limit(limits=1, user_api="blas"):
            head, counts = finish(self._engine.refine(HeadWeights(kernel, bias, class_ids), plan))
        return head.kernel, head.bias, np.array([counts.get(class_id, 0) for class_id in class_ids], np.float64)

    def take_from_others(
        self,
        laptops: int,
        names: Sequence[str],
        arrays: Mapping[str, NDArray[Any]],
        backbone_sha256: str | None = None,
    ) -> list[str]:
        """Keep what has come from other laptops, for the next `learn` to learn with, if it makes nothing worse here.

        Args:
            laptops: how many others there were.
            names: of the classes that they know.
            arrays: their sums, as `learner.contribution.Contribution.arrays` gives them.
            backbone_sha256: of the backbone that they are sums of; the one in use when left out.

        Returns:
            The names of classes that are new here.

        Raises:
            BackboneFault: the project has never had that backbone.
            ProjectFault: they cannot be sums.
        """
        self._require_to_be_alone()
        return take_from_others(self.buffer, backbone_sha256 or self.backbone.sha256, laptops, names, arrays)

    def leave_fleet(self) -> None:
        """Forget what has come from other laptops; the next `learn` does without."""
        self._require_to_be_alone()
        self.buffer.leave_fleet()

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
        self._require_to_be_alone()
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
        self._require_to_be_alone()
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
        self._require_to_be_alone()
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
        self._require_to_be_alone()
        self.buffer.pin(version_id, pinned)

    def forget(self, on_event: Callable[[Event], None] | None = None) -> Forgotten:
        """Forget for good what was deleted: pictures, embeddings, and the versions that knew them, pinned ones too.

        What was deleted is unlearned first, if it has not been. Then every copy of the project that Showtell made is
        written anew without it; copies that cannot be reached are named, and the next call tries again. It cannot be
        undone.

        Raises:
            ProjectBusy: they are gone, but another program reads what the log has of them.
        """
        self._require_to_be_alone()
        if self.buffer.unlearnable():
            self.sleep("forget for good", on_event)
        try:
            erased = self.buffer.erase()
            done = forget_in_copies(self.buffer, self._config.backups)
            return Forgotten(erased.samples, erased.versions, erased.bytes, done.copies, done.unreached)
        finally:
            # The version in use may have been one of those that knew them; then another one answers from now on.
            champion = self.buffer.champion_id()
            kept = self.buffer.version_ids(self.backbone.sha256)
            if self.version_id is not None and self.version_id not in kept and champion in kept:
                self._engine.restore(champion)

    def _require_to_be_alone(self) -> None:
        if self._lock is None:
            raise UsageFault(
                "The project was opened beside others",
                "It can answer and be looked at, and not be changed.",
                "Open it with alone=True.",
            )

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
        for _ in self.embed():
            pass
        names = self.buffer.class_names()
        members = self.embedded()
        ids = [member.sample_id for member in members]
        parts = [self.vectors(ids[start : start + 1024]) for start in range(0, len(ids), 1024)]
        x = np.concatenate(parts) if parts else np.zeros((0, self.backbone.embedding_size), np.float32)
        return x, [names[member.class_id] for member in members]

    def embed(self) -> Iterator[Event]:
        """Embed the samples that have no embedding yet, one with each step; yields `Embedded` or `SampleLeftOut`."""
        return (event for event in self._engine.embed_all() if event is not None)

    def embedded(self) -> list[Member]:
        """Return the live, labelled samples that have an embedding, in the order in which they were stored."""
        return self._engine.embedded()

    def vectors(self, sample_ids: Sequence[int], view: View = View.PICTURE) -> Vectors:
        """Return the embeddings (n, d) of samples as the head sees them, of one view of their pictures.

        Raises:
            LabelFault: a sample has none.
        """
        raw = self.buffer.embeddings(sample_ids, self.buffer.register_backbone(self.backbone), view)
        return normalise(raw, non_negative=self.backbone.non_negative)

    def _predict(self, image: Image) -> Prediction:
        prediction = self._engine.predict(model_input(image, self.backbone.input_size))
        if prediction.label is None:
            raise NothingLearned(
                "Nothing has been learned yet",
                f"{self.buffer.path.name} has no version to answer with.",
                "Add labelled pictures and learn them first.",
            )
        return prediction


class _Progress(Protocol):
    @property
    def done(self) -> int: ...

    @property
    def total(self) -> int | None: ...


def _carried_out(work: Generator[_Progress, None, _Result], on_progress: OnProgress | None) -> _Result:
    with closing(work):
        while True:
            try:
                progress = next(work)
            except StopIteration as end:
                result: _Result = end.value
                return result
            if on_progress:
                on_progress(progress.done, progress.total)
