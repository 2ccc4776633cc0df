# SPDX-License-Identifier: Apache-2.0
"""What a person and a learner leave in a project file, in short."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from learner.buffer import Buffer, IncrementRecord
from learner.types import BurstScore, HeadWeights, Step, View
from tests.learner.fakes import INFO, picture


def record(buffer: Buffer, name: str, count: int = 3) -> list[int]:
    info = buffer.class_named(name) or buffer.add_class(name)
    burst = buffer.start_burst("test")
    return [buffer.add_sample(picture(info.id, n), info.id, burst.id).id for n in range(count)]


def increment(
    buffer: Buffer, sample_ids: list[int], *, accepted: bool = True, digest: str = "d" * 64
) -> IncrementRecord:
    return IncrementRecord(
        reason="test",
        started_at=datetime.now(UTC),
        seconds=0.5,
        new_samples=len(sample_ids),
        total_samples=len(sample_ids),
        sample_ids=tuple(sample_ids),
        steps=(Step(1, 2, 0.9, 0.5, 0.01, 2.0), Step(2, 2, 0.4, 0.75, 0.005, 2.0)),
        accepted=accepted,
        why="" if accepted else "It was worse.",
        backbone_id=buffer.register_backbone(INFO),
        parent_id=None,
        samples_digest=digest,
        metrics={"loss": 0.4},
        before=BurstScore(2, 3),
    )


def head(classes: int = 2, seed: int = 0) -> HeadWeights:
    random = np.random.default_rng(seed)
    size = INFO.embedding_size
    kernel = random.normal(size=(size, classes)).astype(np.float32)
    return HeadWeights(kernel, np.arange(classes, dtype=np.float32), tuple(range(5, 5 + classes)), mirrored=True)


def embed(buffer: Buffer, sample_ids: list[int]) -> None:
    backbone = buffer.register_backbone(INFO)
    for sample_id in sample_ids:
        vector = np.random.default_rng(sample_id).normal(size=INFO.embedding_size).astype(np.float32)
        buffer.store_embeddings(sample_id, backbone, dict.fromkeys(View, vector))


def kept(buffer: Buffer) -> list[int]:
    return [version.id for version in buffer.versions()]


def champion_id(buffer: Buffer) -> int:
    champion = buffer.champion()
    assert champion is not None
    return champion.id
