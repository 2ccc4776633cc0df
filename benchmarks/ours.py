# SPDX-License-Identifier: Apache-2.0
"""Showtell in the table of learners: a real project file, taught through the library.

The pictures are stored as recorded ones are, and their embeddings with them, as the app makes those at capture. On the
clock is what a person waits for after that: `project.learn()`, and `project.sleep()` when the stream has ended.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from benchmarks.row import Row, Setting
from benchmarks.stream import Burst, Labels
from learner import LearnerConfig, Project, open_project
from learner.discriminant import logits
from learner.memory import views_used
from learner.types import Vectors, View

_VIEWS = list(View)


class Showtell:
    """A project of its own, in a temporary folder."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._stored = np.load(setting.source.embeddings, mmap_mode="r")
        self._folder = tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True)
        self._config = LearnerConfig(backbone=setting.source.keras_file, device="cpu", seed=setting.seed)
        self._project = self._open("stream")
        self._class_ids: dict[int, int] = {}
        with self._open("warm-up") as warm_up:
            random = np.random.default_rng(0)
            for name in ("a", "b"):
                warm_up.add(random.integers(0, 255, (64, 64, 3), np.uint8), name)
            warm_up.learn()
            # TensorFlow is loaded once a process, which is off the clock; every increment starts the head anew anyway.
            self._project._model = warm_up._model

    def record(self, burst: Burst) -> None:
        """Store the pictures and what the backbone says of them."""
        buffer, label = self._project.buffer, int(burst.y[0])
        if label not in self._class_ids:
            self._class_ids[label] = buffer.add_class(f"class {label}").id
        burst_id = buffer.start_burst("benchmark").id
        backbone_id = buffer.register_backbone(self._project.backbone)
        samples = buffer.add_samples(
            (self._setting.images.stored(int(row)), self._class_ids[label], burst_id) for row in burst.rows
        )
        for sample, row in zip(samples, burst.rows, strict=True):
            vectors = self._stored[row].astype(np.float32)
            buffer.store_embeddings(sample.id, backbone_id, dict(zip(_VIEWS, vectors, strict=True)))
        # The engine reads what is embedded when it opens a file; here somebody else has embedded since.
        self._project._engine._memory.look_again()

    def update(self, burst: Burst) -> None:
        """Learn what was recorded."""
        self._project.learn()

    def finish(self) -> None:
        """Sleep."""
        self._project.sleep()

    def predict(self, x: Vectors) -> Labels:
        """Return the best class of the version that answers."""
        version_id = self._project.version_id
        assert version_id is not None
        head = self._project.buffer.head(version_id)
        asked = x[:, [_VIEWS.index(which) for which in views_used(mirrored=head.mirrored)]].mean(axis=1)
        label_of = {class_id: label for label, class_id in self._class_ids.items()}
        labels = np.array([label_of[class_id] for class_id in head.class_ids])
        return np.asarray(labels[logits(head, asked).argmax(axis=1)], np.int64)

    def _open(self, name: str) -> Project:
        return open_project(Path(self._folder.name) / f"{name}.showtell", config=self._config)


_AWAKE, _ASLEEP = "Showtell, wake only", "Showtell, wake and sleep"

OURS = Row(_ASLEEP, Showtell, awake=_AWAKE)
"""One stream for both: the first row is what it was before it slept."""
