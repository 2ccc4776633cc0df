# SPDX-License-Identifier: Apache-2.0
"""A project as a Python object: the same buffer and engine as the app, in this process.

from learner import open_project

with open_project("desk.showtell") as project:
    project.add(image, "mug")
    project.learn()
    print(project.predict(image).label)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

import numpy as np

from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine, Model
from learner.errors import NothingLearned
from learner.messages import Event, IncrementLearned, IncrementRejected
from learner.preprocessing import model_input, normalise
from learner.process import choose_backbone, load_model
from learner.types import BackboneInfo, Burst, ClassInfo, Device, Image, Increment, Prediction, Sample, Vectors, View


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
            files = choose_backbone(self.buffer, config)
            self._embedder = LiteRTEmbedder(files.model, files.info)
            self._model: Model | None = None
            self._engine = Engine(self.buffer, self._embedder, config, lambda: self._model)
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
        return self._embedder.info

    @property
    def device(self) -> Device | None:
        """Where training ran; None before the first `learn`."""
        return self._model.device if self._model else None

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

    def learn(self, reason: str = "asked", on_event: Callable[[Event], None] | None = None) -> list[Increment]:
        """Learn what is new in the file; return the increments that came of it, none when there was nothing new.

        The first call imports TensorFlow, which takes seconds.

        Args:
            reason: kept with the increment.
            on_event: called with what happens on the way (`Embedded`, `ClosedFormServed`, `Stepped`, …); an exception
                it raises ends the increment, and the version in use stays.
        """
        self._burst = None
        self._engine.refresh()
        done: list[Increment] = []
        if not self._engine.is_due() and not self._engine.waiting():
            return done
        if self._model is None:
            self._model = load_model(self._config, self.backbone.embedding_size)
        work = self._engine.learn(reason)
        try:
            for event in work:
                if isinstance(event, IncrementLearned | IncrementRejected):
                    done.append(event.increment)
                if event is not None and on_event:
                    on_event(event)
        finally:
            work.close()
        return done

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
