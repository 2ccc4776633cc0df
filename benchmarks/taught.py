# SPDX-License-Identifier: Apache-2.0
"""A real project file that is taught through the library, with embeddings that were made before.

Pictures are stored as recorded ones are, and their embeddings with them, as the app makes those at capture.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from benchmarks.row import Source
from learner import LearnerConfig, open_project
from learner.buffer import EncodedImage
from learner.memory import views_used
from learner.refining import Model
from learner.types import HeadWeights, Vectors, View
from learner.unknown import Novelty

_VIEWS = list(View)


class Taught:
    """An open project; close it, best with `with`.

    Args:
        path: of the file; it is made when it is not there.
        config: settings of the learner.
        hurried: do not wait for the disk, where nothing is on the clock.
    """

    def __init__(self, path: Path, config: LearnerConfig, *, hurried: bool = False) -> None:
        self.project = open_project(path, config=config)
        self.project._models = {self.project.backbone.embedding_size: _model(config)}
        self.hurry(hurried)
        self._backbone_id = self.project.buffer.register_backbone(self.project.backbone)
        self._class_ids = {info.name: info.id for info in self.project.classes()}

    def __enter__(self) -> Taught:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.project.close()

    def hurry(self, hurried: bool) -> None:
        """Wait for the disk no longer, or again, as the app does."""
        self.project.buffer._db.execute(f"PRAGMA synchronous = {'OFF' if hurried else 'FULL'}")

    def class_id(self, name: str) -> int:
        """Return the class with this name, which is made when it is not there."""
        if name not in self._class_ids:
            self._class_ids[name] = self.project.buffer.add_class(name).id
        return self._class_ids[name]

    def record(
        self,
        name: str,
        pictures: Iterable[EncodedImage],
        raw: NDArray[np.floating],
        burst_id: int | None = None,
    ) -> list[int]:
        """Store pictures of a class and what the backbone says of them.

        Args:
            name: of the class.
            pictures: n pictures.
            raw: their embeddings (n, views, d).
            burst_id: the recording they go on with; None for one of their own.

        Returns:
            Their sample ids.
        """
        buffer, class_id = self.project.buffer, self.class_id(name)
        if burst_id is None:
            burst_id = buffer.start_burst("benchmark").id
        samples = buffer.add_samples((picture, class_id, burst_id) for picture in pictures)
        for sample, vectors in zip(samples, raw.astype(np.float32), strict=True):
            buffer.store_embeddings(sample.id, self._backbone_id, dict(zip(_VIEWS, vectors, strict=True)))
        return [sample.id for sample in samples]

    def look_again(self) -> None:
        """Have the engine see that what was recorded has been embedded, by somebody else."""
        self.project._engine._memory.roll.start_over()

    @property
    def head(self) -> HeadWeights:
        """The weights that answer."""
        return self.project.buffer.head(self._version_id)

    @property
    def names(self) -> list[str]:
        """The classes of the columns of `head`."""
        name_of = {class_id: name for name, class_id in self._class_ids.items()}
        return [name_of[class_id] for class_id in self.head.class_ids]

    @property
    def novelty(self) -> Novelty:
        """How novel a picture is to the version that answers."""
        novelty = Novelty.from_arrays(self.project.buffer.arrays(self._version_id))
        assert novelty is not None
        return novelty

    def asked(self, x: Vectors) -> Vectors:
        """Return embeddings (n, d) as answers see them, of those of each view (n, views, d)."""
        used = [_VIEWS.index(which) for which in views_used(mirrored=self.head.mirrored)]
        return np.asarray(x[:, used].mean(axis=1), np.float32)

    @property
    def _version_id(self) -> int:
        version_id = self.project.version_id
        assert version_id is not None
        return version_id


def config(source: Source, seed: int = 0) -> LearnerConfig:
    """Return the settings that ship, for the backbone of a table."""
    return LearnerConfig(backbone=source.keras_file, device="cpu", seed=seed)


@cache
def _model(config: LearnerConfig) -> Model:
    """TensorFlow is loaded once a process, which is off the clock; every increment starts the head anew anyway."""
    with (
        tempfile.TemporaryDirectory(prefix="showtell-") as folder,
        open_project(Path(folder) / "warm-up.showtell", config=config) as warm_up,
    ):
        random = np.random.default_rng(0)
        for name in ("a", "b"):
            warm_up.add(random.integers(0, 255, (64, 64, 3), np.uint8), name)
        warm_up.learn()
        return warm_up._head(warm_up.backbone.embedding_size)
