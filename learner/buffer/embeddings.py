# SPDX-License-Identifier: Apache-2.0
"""What the learner has seen: the samples it may learn from, and their embeddings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from learner.buffer.codec import VECTOR_BYTES, blob_to_vector, vector_to_blob
from learner.buffer.connection import Connection
from learner.buffer.samples import no_sample
from learner.errors import LabelFault
from learner.types import Member, Role, Vectors, View


class MemberRow(NamedTuple):
    """A live, labelled sample of a living class, as it is read by the million (see `Member`)."""

    class_id: int
    burst_id: int
    sample_id: int
    sha256: str
    is_test: int
    learned: int
    relabelled: int


class Embeddings(Connection):
    """Samples to learn from and embeddings of a project file."""

    def members(self) -> list[Member]:
        """Return the live, labelled samples of living classes, by id."""
        rows = sorted(self.member_rows(), key=attrgetter("sample_id"))
        return [
            Member(
                row.sample_id,
                row.class_id,
                row.burst_id,
                row.sha256,
                Role.HOLDOUT if row.is_test else Role.TRAIN,
                bool(row.learned),
                bool(row.relabelled),
            )
            for row in rows
        ]

    def member_rows(self, burst_ids: Collection[int] | None = None) -> Iterator[MemberRow]:
        """Return the live, labelled samples of living classes, by class and burst; of some bursts, or of all."""
        some = burst_ids is not None
        rows = self._each(
            "SELECT class_id, burst_id, samples.id, sha256, held_out OR role = 'holdout', "
            "learned_in IS NOT NULL AND learned_as = class_id, learned_in IS NOT NULL AND learned_as IS NOT class_id "
            f"FROM samples INDEXED BY {'samples_by_burst' if some else 'samples_live'} "
            "CROSS JOIN classes ON classes.id = class_id CROSS JOIN bursts ON bursts.id = burst_id "
            "WHERE deleted_at IS NULL AND archived_at IS NULL "
            + ("AND burst_id IN (SELECT value FROM json_each(:bursts)) " if some else "AND class_id IS NOT NULL ")
            + "ORDER BY class_id, burst_id",
            {"bursts": json.dumps(list(burst_ids or ()))} if some else {},
        )
        return (MemberRow(*row) for row in rows)

    def to_learn_from(self) -> int:
        """Return how many live, labelled samples of living classes are not only to measure with."""
        return int(
            self._value(
                "SELECT count(*) FROM samples INDEXED BY samples_live CROSS JOIN classes ON classes.id = class_id "
                "CROSS JOIN bursts ON bursts.id = burst_id "
                "WHERE deleted_at IS NULL AND archived_at IS NULL AND NOT held_out AND role = 'train'"
            )
        )

    def in_bursts(self, burst_ids: Collection[int]) -> list[int]:
        """Return the live samples of some bursts."""
        rows = self._rows(
            "SELECT id FROM samples INDEXED BY samples_by_burst "
            "WHERE deleted_at IS NULL AND burst_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(burst_ids)),),
        )
        return [row[0] for row in rows]

    def bursts_of(self, sample_ids: Sequence[int]) -> list[int]:
        """Return the bursts that some samples belong to."""
        rows = self._rows(
            "SELECT DISTINCT burst_id FROM samples WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(sample_ids)),),
        )
        return [row[0] for row in rows]

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

    def embedded(
        self, backbone_id: int, views: Sequence[View], size: int, sample_ids: Iterable[int] | None = None
    ) -> set[int]:
        """Return ids of the samples that have an embedding (size,) in each of the views; of some, or of all."""
        some = "" if sample_ids is None else "AND sample_id IN (SELECT value FROM json_each(:ids)) "
        rows = self._rows(
            "SELECT sample_id FROM embeddings "
            # Their own order is the faster one for all of them, and the slower one for a few.
            + ("" if sample_ids is None else "INDEXED BY embeddings_by_sample ")
            + "WHERE backbone_id = :backbone AND length(vector) = :bytes "
            + some
            + "AND view IN (SELECT value FROM json_each(:views)) GROUP BY sample_id HAVING count(*) = :count",
            {
                "backbone": backbone_id,
                "bytes": VECTOR_BYTES * size,
                "ids": json.dumps([int(sample_id) for sample_id in sample_ids or ()]),
                "views": json.dumps([which.value for which in views]),
                "count": len(views),
            },
        )
        return {row[0] for row in rows}

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
