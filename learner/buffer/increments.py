# SPDX-License-Identifier: Apache-2.0
"""What came of learning: increments, with their steps, and the moment one of them becomes a version."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from numpy.typing import NDArray
from sqlite_utils import Database

from learner.buffer.backbones import SUCCESSOR, settle
from learner.buffer.changes import note_samples
from learner.buffer.connection import Connection
from learner.buffer.fleet import refuse_offer, use_offer
from learner.buffer.unlearning import forget_samples, thin_backbones, thin_versions
from learner.buffer.versions import write_version
from learner.types import BurstScore, HeadWeights, Increment, IncrementKind, Step


@dataclass(frozen=True, slots=True)
class IncrementRecord:
    """An increment about to be written.

    `sample_ids` are those it learned that had not been learned under their label. `learned_as` maps them to the class
    ids they were learned under, since a person may have relabelled one meanwhile; what is not in it was learned under
    the label it has in the file.
    """

    reason: str
    started_at: datetime
    seconds: float
    new_samples: int
    total_samples: int
    sample_ids: tuple[int, ...]
    steps: tuple[Step, ...]
    accepted: bool
    why: str
    backbone_id: int
    parent_id: int | None
    samples_digest: str
    metrics: Mapping[str, float]
    before: BurstScore
    kind: IncrementKind = IncrementKind.WAKE
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    learned_as: Mapping[int, int] = field(default_factory=dict)
    offer: str = ""
    """When what it learned with had come from other laptops, if it is of the fleet."""


class Increments(Connection):
    """Increments of a project file."""

    def publish(
        self,
        record: IncrementRecord,
        head: HeadWeights | None,
        arrays: Mapping[str, NDArray[Any]] | None = None,
        forget: Sequence[int] = (),
    ) -> Increment:
        """Write an increment, its steps and, unless `head` is None, its version, which is the champion from now on.

        All in one transaction with "these samples are learned" and "those are forgotten", so that a kill leaves all of
        it or nothing. When there is a version, older ones go that are no longer kept (see `thin_versions`). If its
        backbone was to be the project's next, that is decided now, and what nobody needs any longer goes.

        Args:
            record: the increment.
            head: the weights; None when they were not accepted.
            arrays: further arrays of the version by name, float16, float32 or float64.
            forget: ids of samples that this version does not know any longer. Unless it is pinned, no version stays
                that knew one of them. Nothing is forgotten without a version.

        Raises:
            ValueError: an array is of another kind.
        """
        with self._writing() as db:
            version_id = None
            if head is not None:
                version_id = write_version(
                    db,
                    head,
                    arrays or {},
                    parent_id=record.parent_id,
                    backbone_id=record.backbone_id,
                    samples_digest=record.samples_digest,
                    metrics=record.metrics,
                    kind=record.kind,
                )
            increment_id = _write(db, record, version_id)
            if record.accepted:
                db.conn.executemany(
                    "UPDATE samples SET learned_in = :increment, learned_as = coalesce(:class, class_id), "
                    "known_since = coalesce(known_since, :increment), forgotten_in = NULL "
                    "WHERE id = :sample AND (learned_in IS NULL OR learned_as IS NOT coalesce(:class, class_id))",
                    [
                        {"increment": increment_id, "sample": sample_id, "class": record.learned_as.get(sample_id)}
                        for sample_id in record.sample_ids
                    ],
                )
                note_samples(db, record.sample_ids)
            if record.accepted and version_id is not None:
                forget_samples(db, forget, increment_id)
                thin_versions(db)
            if record.kind is IncrementKind.FLEET:
                (use_offer if version_id is not None else refuse_offer)(db, record.backbone_id, record.offer)
            if settle(db, record.backbone_id) or version_id is not None:
                thin_backbones(db, SUCCESSOR)
        return next(increment for increment in self._increments("WHERE increments.id = ?", (increment_id,)))

    def increments(self) -> list[Increment]:
        """Return all increments, oldest first."""
        return self._increments("", ())

    def steps(self, increment_id: int) -> list[Step]:
        """Return the steps of an increment; a loss that was not a number comes back as NaN."""
        rows = self._rows(
            "SELECT number, total, loss, accuracy, learning_rate, milliseconds FROM steps "
            "WHERE increment_id = ? ORDER BY number",
            (increment_id,),
        )
        return [
            Step(number, total, math.nan if loss is None else loss, math.nan if accuracy is None else accuracy, *rest)
            for number, total, loss, accuracy, *rest in rows
        ]

    def newest_increment(self, backbone_sha256: str) -> Increment | None:
        """Return the increment that was made last with a backbone, accepted or not.

        While the file still has its `samples_digest`, learning once more would come to the same.
        """
        found = self._increments(
            "WHERE increments.id = (SELECT max(increments.id) FROM increments "
            "JOIN backbones ON backbones.id = backbone_id WHERE sha256 = ?)",
            (backbone_sha256,),
        )
        return found[0] if found else None

    def _increments(self, where: str, parameters: Sequence[Any]) -> list[Increment]:
        rows = self._rows(
            "SELECT increments.id, reason, started_at, new_samples, total_samples, seconds, accepted, why, version_id, "
            "before_right, before_bursts, kind, evaluation, samples_digest, steps.number, loss, accuracy "
            "FROM increments "
            "LEFT JOIN steps ON increment_id = increments.id AND number = "
            "(SELECT max(number) FROM steps WHERE increment_id = increments.id) "
            f"{where} ORDER BY increments.id",
            parameters,
        )
        return [
            Increment(
                id=id_,
                reason=reason,
                started_at=datetime.fromisoformat(started_at),
                new_samples=new_samples,
                total_samples=total_samples,
                steps=steps or 0,
                seconds=seconds,
                loss=loss,
                accuracy=accuracy,
                accepted=bool(accepted),
                why=why,
                version_id=version_id,
                before=BurstScore(right, bursts),
                kind=IncrementKind(kind),
                evaluation=json.loads(evaluation),
                samples_digest=samples_digest,
            )
            for (
                id_,
                reason,
                started_at,
                new_samples,
                total_samples,
                seconds,
                accepted,
                why,
                version_id,
                right,
                bursts,
                kind,
                evaluation,
                samples_digest,
                steps,
                loss,
                accuracy,
            ) in rows
        ]


def _write(db: Database, record: IncrementRecord, version_id: int | None) -> int:
    """Write an increment with its steps, and return its id."""
    increment_id = db.execute(
        "INSERT INTO increments (reason, started_at, seconds, new_samples, total_samples, accepted, why, "
        "before_right, before_bursts, version_id, kind, backbone_id, samples_digest, evaluation) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.reason,
            record.started_at.isoformat(),
            record.seconds,
            record.new_samples,
            record.total_samples,
            record.accepted,
            record.why,
            record.before.right,
            record.before.bursts,
            version_id,
            record.kind.value,
            record.backbone_id,
            record.samples_digest,
            json.dumps(dict(record.evaluation)),
        ),
    ).lastrowid
    assert increment_id is not None  # noqa: S101  # an INSERT always has one
    db.conn.executemany(
        "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                increment_id,
                step.number,
                step.total,
                _finite(step.loss),
                _finite(step.accuracy),
                step.learning_rate,
                step.milliseconds,
            )
            for step in record.steps
        ],
    )
    return increment_id


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
