# SPDX-License-Identifier: Apache-2.0
"""A project in which something was learned and measured, in short."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from learner.buffer import Buffer
from learner.types import BurstScore, HeadWeights, Increment, IncrementKind, Judgement
from tests.learner.buffer import making
from tests.learner.fakes import INFO


@dataclass(frozen=True)
class Project:
    """Two classes with two recordings of three samples each; the second recordings are kept aside."""

    path: Path
    mug: int
    scissors: int
    samples: dict[int, list[int]]

    def publish(
        self,
        evaluation: dict[str, Any],
        *,
        accepted: bool = True,
        sample_ids: list[int] | None = None,
        before: BurstScore = BurstScore(),  # noqa: B008  # frozen
        kind: IncrementKind = IncrementKind.WAKE,
    ) -> Increment:
        """Let something be learned, as the learner does it."""
        ids = sample_ids or []
        with Buffer.open(self.path) as buffer:
            plain = making.increment(buffer, ids, accepted=accepted)
            fields = {name: getattr(plain, name) for name in plain.__dataclass_fields__}
            fields |= {"evaluation": evaluation, "before": before, "kind": kind, "total_samples": 12}
            class_ids = (self.mug, self.scissors)
            weights = np.zeros((INFO.embedding_size, len(class_ids)), np.float32)
            head = HeadWeights(weights, np.zeros(len(class_ids), np.float32), class_ids) if accepted else None
            return buffer.publish(type(plain)(**fields), head)

    def evaluation(self, mug: float = 0.9, scissors: float = 0.8, **further: Any) -> dict[str, Any]:
        """What is measured when so much of each class is found, of ten looks, and the rest taken for the other."""
        wrong = [round(10 * (1 - share)) for share in (mug, scissors)]
        return {
            "measured": True,
            "recordings": 12,
            "looks": 20,
            "accuracy": (mug + scissors) / 2,
            "recall": {self.mug: mug, self.scissors: scissors},
            "class_ids": [self.mug, self.scissors],
            "confusion": [[10 - wrong[0], wrong[0]], [wrong[1], 10 - wrong[1]]],
            "ece": 0.04,
            "forgetting": {self.mug: 0.0, self.scissors: 0.0},
            "worst_forgetting": 0.0,
            "prequential": {"right": 3, "recordings": 4},
            "unknown": {},
        } | further

    @property
    def all_ids(self) -> list[int]:
        """All samples."""
        return sorted(sample_id for ids in self.samples.values() for sample_id in ids)

    @property
    def kept_aside(self) -> dict[int, list[int]]:
        """The samples of each class that are measured on."""
        return {class_id: ids[3:] for class_id, ids in self.samples.items()}

    def judgement(self, version_id: int = 1) -> Judgement:
        """All is right, but the last sample of the scissors that is kept aside, which is taken for a mug."""
        ids = np.array(self.all_ids, np.int64)
        answers = np.where(np.isin(ids, self.samples[self.mug]), self.mug, self.scissors)
        measured = np.where(np.isin(ids, [one for aside in self.kept_aside.values() for one in aside]), answers, -1)
        measured[ids == self.samples[self.scissors][-1]] = self.mug
        none, zero = np.full(len(ids), -1, np.int64), np.zeros(len(ids), np.float32)
        return Judgement(version_id, ids, answers, zero, zero > 1, measured, none, zero, ids)


def make_project(path: Path) -> Project:
    """Make a project file."""
    samples: dict[int, list[int]] = {}
    ids = []
    with Buffer.open(path) as buffer:
        for name in ("mug", "scissors"):
            recorded = making.record(buffer, name) + making.record(buffer, name)
            info = buffer.class_named(name)
            assert info
            ids.append(info.id)
            samples[info.id] = recorded
    return Project(path, ids[0], ids[1], samples)
