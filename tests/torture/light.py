# SPDX-License-Identifier: Apache-2.0
"""A learner without TensorFlow, so that a life of hundreds of processes takes minutes.

The processes, the embeddings, the engine, and all that is written are the real ones. The head is trained by NumPy, and
a consolidation keeps checkpoints of nothing and comes to a backbone that sees what the one before saw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from learner import consolidating, loading
from learner.backbones import embedded
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.config import LearnerConfig
from learner.consolidating import Trial
from learner.messages import Consolidated, ConsolidationStarted, Event
from learner.refining import Model
from learner.types import Step
from tests.learner.fakes import NumPyHead

STEPS = 6
_STATE = {"nothing": np.zeros(25_000, np.float32)}


def use() -> None:
    """Learn without TensorFlow in this process from now on."""
    loading.load_model = _load_model  # type: ignore[assignment]
    consolidating.consolidate = _consolidate  # type: ignore[assignment]


def _load_model(_config: LearnerConfig, _embedding_size: int) -> Model:
    return NumPyHead()


def _consolidate(
    buffer: Buffer, _config: LearnerConfig, reason: str, _trial: Trial | None = None
) -> Generator[Event | None, None, None]:
    shipped = embedded()
    found = buffer.checkpoint()
    if found is None:
        found = Checkpoint(shipped.info.sha256, reason, datetime.now(UTC), 0, 0.0, {}, ())
        buffer.save_checkpoint(found)
    seen = tuple(sample.id for sample in buffer.samples())
    yield ConsolidationStarted(reason, len(seen), found.step, STEPS, NumPyHead.device)
    for number in range(found.step + 1, STEPS + 1):
        found = replace(found, step=number, state=_STATE, seen=seen)
        buffer.save_checkpoint(found)
        yield Consolidated(Step(number, STEPS, 0.5, 0.9, 0.01, 1.0), None)
    sha256 = hashlib.sha256(f"{seen} {found.started_at}".encode()).hexdigest()
    info = replace(shipped.info, name=f"consolidated {sha256[:8]}", sha256=sha256)
    buffer.finish_consolidation(found, info, {PACKAGE: b"", LITERT: shipped.model})
