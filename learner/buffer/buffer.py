# SPDX-License-Identifier: Apache-2.0
"""The project file: the only durable state that the desktop and the learner share, and the only place with SQL."""

from __future__ import annotations

from pathlib import Path

from learner.buffer import keeping
from learner.buffer.backbones import Backbones
from learner.buffer.browsing import Browsing
from learner.buffer.changes import Changes
from learner.buffer.embeddings import Embeddings
from learner.buffer.fleet import Fleet
from learner.buffer.increments import Increments
from learner.buffer.labels import Labels
from learner.buffer.samples import Samples
from learner.buffer.sums import Sums
from learner.buffer.unlearning import Unlearning
from learner.buffer.versions import Versions


class Buffer(Labels, Samples, Browsing, Backbones, Embeddings, Changes, Sums, Fleet, Increments, Versions, Unlearning):
    """A project file, open: what a person does, what the learner has seen of it, what came of it, and what goes."""

    @classmethod
    def _before_migrating(cls, path: Path, backups: Path | None) -> None:
        keeping.keep_before_migrating(path, backups)
