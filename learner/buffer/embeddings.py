# SPDX-License-Identifier: Apache-2.0
"""What the learner has seen: the samples it may learn from, and their embeddings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from learner.buffer.codec import VECTOR_BYTES, blob_to_vector, vector_to_blob
from learner.buffer.connection import Connection
from learner.buffer.samples import no_sample
from learner.errors import LabelFault
from learner.types import Member, Role, Vectors, View

_ROLES = {role.value: role for role in Role}


class Embeddings(Connection):
    """Samples to learn from and embeddings of a project file."""

    def members(self, after: int = 0, class_id: int | None = None) -> list[Member]:
        """Return the live, labelled samples of living classes with an id above `after`, by id; or of one class."""
        # Without the hint SQLite reads the samples themselves, pictures and all, since they lie in the order asked for.
        hint = "" if after else "INDEXED BY samples_live"
        rows = self._rows(
            "SELECT samples.id, class_id, burst_id, sha256, CASE WHEN held_out THEN 'holdout' ELSE role END, "
            "learned_in IS NOT NULL AND learned_as = class_id, learned_in IS NOT NULL AND learned_as IS NOT class_id "
            f"FROM samples {hint} JOIN classes ON classes.id = class_id JOIN bursts ON bursts.id = burst_id "
            "WHERE deleted_at IS NULL AND archived_at IS NULL AND samples.id > ?"
            + ("" if class_id is None else " AND class_id = ?"),
            (after,) if class_id is None else (after, class_id),
        )
        return [
            Member(id_, class_id, burst_id, sha256, _ROLES[role], bool(learned), bool(relabelled))
            for id_, class_id, burst_id, sha256, role, learned, relabelled in sorted(rows)
        ]

    def labelled(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return ids (n,), classes (n,) and bursts (n,) of the live, labelled samples of living classes, by id.

        What `members` tells of more, it takes five times as long for.
        """
        rows = self._rows(
            "SELECT samples.id, class_id, burst_id FROM samples INDEXED BY samples_live "
            "JOIN classes ON classes.id = class_id WHERE deleted_at IS NULL AND archived_at IS NULL"
        )
        ids, class_ids, burst_ids = np.array(rows, np.int64).reshape(-1, 3).T
        order = np.argsort(ids)
        return ids[order], class_ids[order], burst_ids[order]

    def embedded(self, backbone_id: int, views: Sequence[View], size: int) -> set[int]:
        """Return ids of the samples that have an embedding (size,) in each of the views."""
        return {
            row[0]
            for row in self._rows(
                "SELECT sample_id FROM embeddings WHERE backbone_id = ? AND length(vector) = ? "
                f"AND view IN ({', '.join('?' * len(views))}) GROUP BY sample_id HAVING count(*) = ?",
                (backbone_id, VECTOR_BYTES * size, *(which.value for which in views), len(views)),
            )
        }

    def store_embeddings(self, sample_id: int, backbone_id: int, vectors: Mapping[View, NDArray[np.float32]]) -> None:
        """Keep a sample's embeddings (d,), as float16.

        Raises:
            LabelFault: the sample has been forgotten for good meanwhile.
        """
        rows = [(sample_id, backbone_id, which.value, vector_to_blob(vector)) for which, vector in vectors.items()]
        with self._writing() as db:
            if db.execute("SELECT 1 FROM samples WHERE id = ?", (sample_id,)).fetchone() is None:
                raise no_sample(sample_id)
            db.conn.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?)", rows)

    def embeddings(self, sample_ids: Sequence[int], backbone_id: int, view: View) -> Vectors:
        """Return embeddings (n, d) in the order asked for, repeats allowed, of deleted samples as well.

        Raises:
            LabelFault: a sample has no such embedding.
        """
        wanted = list(dict.fromkeys(int(sample_id) for sample_id in sample_ids))
        found: dict[int, bytes] = {}
        for start in range(0, len(wanted), 500):  # SQLite's builds differ in how many parameters they take
            part = wanted[start : start + 500]
            found.update(
                self._rows(
                    "SELECT sample_id, vector FROM embeddings WHERE backbone_id = ? AND view = ? "
                    f"AND sample_id IN ({', '.join('?' * len(part))})",
                    (backbone_id, view.value, *part),
                )
            )
        if missing := [sample_id for sample_id in wanted if sample_id not in found]:
            raise LabelFault(
                "A sample has not been looked at yet",
                f"Sample {missing[0]} in {self.path.name} has no embedding.",
                "Let the project learn first.",
            )
        size = len(next(iter(found.values()))) // VECTOR_BYTES if found else 0
        joined = b"".join(found[int(sample_id)] for sample_id in sample_ids)
        return blob_to_vector(joined).reshape(len(sample_ids), size)
