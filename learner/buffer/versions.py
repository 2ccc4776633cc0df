# SPDX-License-Identifier: Apache-2.0
"""What came of learning: increments, their steps, and versions."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from learner.buffer.connection import Connection
from learner.errors import DamagedProject, LabelFault
from learner.types import BurstScore, HeadWeights, Increment, Step, Version

_CHAMPION = "champion"
_VERSION = (
    "SELECT versions.id, parent_id, sha256, class_ids, samples_digest, metrics, created_at "
    "FROM versions JOIN backbones ON backbones.id = backbone_id"
)


@dataclass(frozen=True, slots=True)
class IncrementRecord:
    """An increment about to be written. `sample_ids` are those it is the first to have learned."""

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


class Versions(Connection):
    """Increments and versions of a project file."""

    def publish(self, record: IncrementRecord, head: HeadWeights | None) -> Increment:
        """Write an increment, its steps and, unless `head` is None, its version, which is the champion from now on.

        All in one transaction with "these samples are learned", so that a kill leaves all of it or nothing.
        """
        with self._writing() as db:
            version_id = None
            if head is not None:
                class_ids, arrays = json.dumps(head.class_ids), _arrays(head)
                version_id = db.execute(
                    "INSERT INTO versions (parent_id, backbone_id, class_ids, kernel, bias, mirrored, head_sha256, "
                    "samples_digest, metrics, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        record.parent_id,
                        record.backbone_id,
                        class_ids,
                        *arrays,
                        head.mirrored,
                        _head_sha256(class_ids, *arrays),
                        record.samples_digest,
                        json.dumps(dict(record.metrics)),
                        datetime.now(UTC).isoformat(),
                    ),
                ).lastrowid
                db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (_CHAMPION, str(version_id)))
            increment_id = db.execute(
                "INSERT INTO increments (reason, started_at, seconds, new_samples, total_samples, accepted, why, "
                "before_right, before_bursts, version_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                ),
            ).lastrowid
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
            if record.accepted:
                db.conn.executemany(
                    "UPDATE samples SET learned_in = ? WHERE id = ? AND learned_in IS NULL",
                    [(increment_id, sample_id) for sample_id in record.sample_ids],
                )
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

    def versions(self) -> list[Version]:
        """Return all versions, oldest first."""
        return [_version(row) for row in self._rows(f"{_VERSION} ORDER BY versions.id")]

    def version(self, version_id: int) -> Version:
        """Return one version.

        Raises:
            LabelFault: there is no such version.
        """
        row = self._row(f"{_VERSION} WHERE versions.id = ?", (version_id,))
        if row is None:
            raise _no_version(version_id)
        return _version(row)

    def newest_digest(self, backbone_sha256: str) -> str | None:
        """Return `samples_digest` of the version that was made last with a backbone, whichever is in use."""
        digest = self._value(
            "SELECT samples_digest FROM versions JOIN backbones ON backbones.id = backbone_id WHERE sha256 = ? "
            "ORDER BY versions.id DESC LIMIT 1",
            (backbone_sha256,),
        )
        return None if digest is None else str(digest)

    def head(self, version_id: int) -> HeadWeights:
        """Return the weights of a version, checked against their hash.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: the weights are not those that were written.
        """
        row = self._row(
            "SELECT CAST(class_ids AS TEXT), CAST(kernel AS BLOB), CAST(bias AS BLOB), mirrored, head_sha256, "
            "embedding_size FROM versions "
            "JOIN backbones ON backbones.id = backbone_id WHERE versions.id = ?",
            (version_id,),
        )
        if row is None:
            raise _no_version(version_id)
        class_ids, kernel, bias, mirrored, wanted, size = row
        intact = _head_sha256(class_ids, kernel, bias) == wanted
        ids = tuple(json.loads(class_ids)) if intact else ()
        if not intact or len(kernel) != 4 * size * len(ids) or len(bias) != 4 * len(ids):
            raise _damaged_version(version_id)
        return HeadWeights(
            np.frombuffer(kernel, "<f4").reshape(size, len(ids)).astype(np.float32),
            np.frombuffer(bias, "<f4").astype(np.float32),
            ids,
            bool(mirrored),
        )

    def champion(self) -> Version | None:
        """Return the version in use.

        Raises:
            DamagedProject: what is written of it makes no sense.
        """
        row = self._row(
            f"{_VERSION} WHERE versions.id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?)", (_CHAMPION,)
        )
        return None if row is None else _version(row)

    def champion_id(self) -> int | None:
        """Return the id of the version in use, whether or not that version can be read."""
        chosen = self._value(
            "SELECT id FROM versions WHERE id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?)",
            (_CHAMPION,),
        )
        return None if chosen is None else int(chosen)

    def version_ids(self, backbone_sha256: str) -> list[int]:
        """Return the ids of the versions made with a backbone, oldest first."""
        rows = self._rows(
            "SELECT versions.id FROM versions JOIN backbones ON backbones.id = backbone_id WHERE sha256 = ? "
            "ORDER BY versions.id",
            (backbone_sha256,),
        )
        return [row[0] for row in rows]

    def set_champion(self, version_id: int) -> None:
        """Put a version in use.

        Raises:
            LabelFault: there is no such version.
        """
        self.version(version_id)
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (_CHAMPION, str(version_id)))

    def _increments(self, where: str, parameters: Sequence[Any]) -> list[Increment]:
        rows = self._rows(
            "SELECT increments.id, reason, started_at, new_samples, total_samples, seconds, accepted, why, version_id, "
            "before_right, before_bursts, steps.number, loss, accuracy FROM increments "
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
                steps,
                loss,
                accuracy,
            ) in rows
        ]


def _version(row: tuple[Any, ...]) -> Version:
    id_, parent_id, sha256, class_ids, samples_digest, metrics, created_at = row
    try:
        return Version(
            id_,
            parent_id,
            sha256,
            tuple(json.loads(class_ids)),
            samples_digest,
            json.loads(metrics),
            datetime.fromisoformat(created_at),
        )
    except (ValueError, TypeError) as error:
        raise _damaged_version(id_) from error


def _no_version(version_id: int) -> LabelFault:
    return LabelFault(
        "There is no such version", f"Version {version_id} is not in the project.", "Choose another version."
    )


def _damaged_version(version_id: int) -> DamagedProject:
    return DamagedProject(
        "A version is damaged",
        f"What is kept of version {version_id} is not what was written.",
        "Learn again, or restore another version.",
    )


def _arrays(head: HeadWeights) -> tuple[bytes, bytes]:
    return (
        np.ascontiguousarray(head.kernel, "<f4").tobytes(),
        np.ascontiguousarray(head.bias, "<f4").tobytes(),
    )


def _head_sha256(class_ids: str, kernel: bytes, bias: bytes) -> str:
    digest = hashlib.sha256(class_ids.encode())
    digest.update(kernel)
    digest.update(bias)
    return digest.hexdigest()


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
