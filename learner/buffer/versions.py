# SPDX-License-Identifier: Apache-2.0
"""Versions: published weights, the further arrays that belong to them, and which one is in use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from learner import json_within
from learner.buffer.arrays import ARRAYS, array_from, write_arrays
from learner.buffer.connection import Connection
from learner.errors import DamagedProject, LabelFault
from learner.types import HeadWeights, IncrementKind, Version

CHAMPION = "champion"
"""The setting that names the version in use."""

_VERSION = (
    "SELECT versions.id, versions.parent_id, sha256, class_ids, samples_digest, metrics, created_at, pinned, kind "
    "FROM versions JOIN backbones ON backbones.id = backbone_id"
)


class Versions(Connection):
    """Versions of a project file."""

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

    def has_version(self, version_id: int) -> bool:
        """Return whether a version is kept."""
        return self._value("SELECT 1 FROM versions WHERE id = ?", (version_id,)) is not None

    def digest_of(self, version_id: int, backbone_sha256: str) -> str | None:
        """Return `samples_digest` of a version that was made with a backbone; None where there is no such version."""
        digest = self._value(
            "SELECT samples_digest FROM versions JOIN backbones ON backbones.id = backbone_id "
            "WHERE (versions.id, sha256) = (?, ?)",
            (version_id, backbone_sha256),
        )
        return None if digest is None else str(digest)

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
        try:  # who makes a file can make its hashes as well
            ids = _class_ids(class_ids) if intact else ()
        except ValueError as error:
            raise _damaged_version(version_id) from error
        if not intact or len(kernel) != 4 * size * len(ids) or len(bias) != 4 * len(ids):
            raise _damaged_version(version_id)
        return HeadWeights(
            np.frombuffer(kernel, "<f4").reshape(size, len(ids)).astype(np.float32),
            np.frombuffer(bias, "<f4").astype(np.float32),
            ids,
            bool(mirrored),
        )

    def arrays(self, version_id: int, names: Sequence[str] | None = None) -> dict[str, NDArray[Any]]:
        """Return the further arrays of a version by name, or some of them, checked against their hashes.

        Those it does not have are not among them.

        Raises:
            LabelFault: there is no such version.
            DamagedProject: they are not those that were written.
        """
        rows = self._rows(ARRAYS, {"version": version_id, "names": None if names is None else json.dumps(list(names))})
        if not rows and not self.has_version(version_id):
            raise _no_version(version_id)
        arrays = {}
        for row in rows:
            named = array_from(row)
            if named is None:
                raise _damaged_version(version_id)
            arrays[named[0]] = named[1]
        return arrays

    def champion(self) -> Version | None:
        """Return the version in use.

        Raises:
            DamagedProject: what is written of it makes no sense.
        """
        row = self._row(
            f"{_VERSION} WHERE versions.id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?)", (CHAMPION,)
        )
        return None if row is None else _version(row)

    def champion_id(self) -> int | None:
        """Return the id of the version in use, whether or not that version can be read."""
        chosen = self._value(
            "SELECT id FROM versions WHERE id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?)",
            (CHAMPION,),
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
            use_version(db, version_id)

    def pin(self, version_id: int, pinned: bool = True) -> None:
        """Keep a version until it is let go, whatever is learned or unlearned meanwhile.

        Raises:
            LabelFault: there is no such version.
        """
        with self._writing() as db:
            if db.execute("UPDATE versions SET pinned = ? WHERE id = ?", (pinned, version_id)).rowcount != 1:
                raise _no_version(version_id)


def write_version(
    db: Database,
    head: HeadWeights,
    arrays: Mapping[str, NDArray[Any]],
    *,
    parent_id: int | None,
    backbone_id: int,
    samples_digest: str,
    metrics: Mapping[str, float],
    kind: IncrementKind,
) -> int:
    """Write a version, put it in use, and return its id."""
    class_ids, weights = json.dumps(head.class_ids), _weights(head)
    version_id = db.execute(
        # Its parent may have gone since it was begun.
        "INSERT INTO versions (parent_id, backbone_id, class_ids, kernel, bias, mirrored, head_sha256, "
        "samples_digest, metrics, created_at, kind) "
        "VALUES ((SELECT id FROM versions WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            parent_id,
            backbone_id,
            class_ids,
            *weights,
            head.mirrored,
            _head_sha256(class_ids, *weights),
            samples_digest,
            json.dumps(dict(metrics)),
            datetime.now(UTC).isoformat(),
            kind.value,
        ),
    ).lastrowid
    assert version_id is not None  # noqa: S101  # an INSERT always has one
    write_arrays(db, version_id, arrays)
    use_version(db, version_id)
    return version_id


def use_version(db: Database, version_id: int) -> None:
    """Put a version in use."""
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (CHAMPION, str(version_id)))


def _version(row: tuple[Any, ...]) -> Version:
    id_, parent_id, sha256, class_ids, samples_digest, metrics, created_at, pinned, kind = row
    try:
        return Version(
            id_,
            parent_id,
            sha256,
            _class_ids(class_ids),
            samples_digest,
            _metrics(metrics),
            datetime.fromisoformat(created_at),
            bool(pinned),
            IncrementKind(kind),
        )
    except (ValueError, TypeError) as error:
        raise _damaged_version(id_) from error


def _class_ids(written: object) -> tuple[int, ...]:
    ids = json_within.loads(str(written).encode())
    if not isinstance(ids, list) or not all(type(one) is int and one >= 0 for one in ids):
        raise ValueError("they are no ids")
    return tuple(ids)


def _metrics(written: object) -> dict[str, Any]:
    metrics = json_within.loads(str(written).encode())
    if not isinstance(metrics, dict):
        raise TypeError("they are no metrics")
    return metrics


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


def _weights(head: HeadWeights) -> tuple[bytes, bytes]:
    return (
        np.ascontiguousarray(head.kernel, "<f4").tobytes(),
        np.ascontiguousarray(head.bias, "<f4").tobytes(),
    )


def _head_sha256(class_ids: str, kernel: bytes, bias: bytes) -> str:
    digest = hashlib.sha256(class_ids.encode())
    digest.update(kernel)
    digest.update(bias)
    return digest.hexdigest()
