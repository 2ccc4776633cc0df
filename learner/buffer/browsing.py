# SPDX-License-Identifier: Apache-2.0
"""Looking through a project file: what there is, without a picture, and the pictures one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from learner.buffer.connection import Connection, translated
from learner.types import Burst, Catalogue, Role

_AT_ONCE = 500
"""SQLite's builds differ in how many parameters they take."""
_ROWS_AT_ONCE = 1000


class Browsing(Connection):
    """What a person leafs through."""

    def catalogue(self, newest: int | None = None) -> Catalogue:
        """Return all samples, deleted ones and those without a label as well, but for those of removed classes.

        Args:
            newest: at most so many, the newest ones.
        """
        # Read in parts, so that a thread with other work is never kept waiting; `julianday` is exact to a millisecond.
        parts = []
        with translated(self.path):
            cursor = self._db.execute(
                "SELECT samples.id, ifnull(class_id, -1), burst_id, (julianday(captured_at) - 2440587.5) * 86400.0, "
                "ifnull(learned_in, -1), held_out OR role = 'holdout', deleted_at IS NOT NULL "
                "FROM samples JOIN bursts ON bursts.id = burst_id LEFT JOIN classes ON classes.id = class_id "
                "WHERE archived_at IS NULL ORDER BY samples.id DESC LIMIT ?",
                (-1 if newest is None else newest,),
            )
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                parts.append(np.array(rows, np.float64))  # which holds every id that a file can have
        table = np.concatenate(parts)[::-1] if parts else np.zeros((0, 7))
        ids, classes, bursts, captured, learned, held_out, deleted = table.T
        return Catalogue(
            ids.astype(np.int64),
            classes.astype(np.int64),
            bursts.astype(np.int64),
            captured.copy(),
            learned.astype(np.int64),
            held_out.astype(np.bool_),
            deleted.astype(np.bool_),
        )

    def recording(self, burst_id: int) -> Burst | None:
        """Return a recording, if there is such a one."""
        row = self._row("SELECT id, source, started_at, role FROM bursts WHERE id = ?", (burst_id,))
        return None if row is None else Burst(row[0], row[1], datetime.fromisoformat(row[2]), Role(row[3]))

    def learned_when(self, increment_id: int) -> tuple[datetime, str] | None:
        """Return when an increment began and what it was for, if there is such a one."""
        row = self._row("SELECT started_at, reason FROM increments WHERE id = ?", (increment_id,))
        return None if row is None else (datetime.fromisoformat(row[0]), row[1])

    def pictures(self, sample_ids: Sequence[int]) -> dict[int, bytes]:
        """Return the JPEG of each sample that there is, as it was stored: the centre square."""
        found: dict[int, bytes] = {}
        for start in range(0, len(sample_ids), _AT_ONCE):
            part = [int(sample_id) for sample_id in sample_ids[start : start + _AT_ONCE]]
            # What is no BLOB, in a file that somebody scribbled on, is no picture, but bytes all the same.
            sql = f"SELECT id, CAST(image AS BLOB) FROM samples WHERE id IN ({', '.join('?' * len(part))})"
            found.update(self._rows(sql, part))
        return found

    def latest_samples(self, count: int) -> dict[int, list[int]]:
        """Return, for each class that has any, the ids of the samples that came last, the newest first."""
        found: dict[int, list[int]] = {}
        rows = self._rows(
            "SELECT class_id, id FROM ("
            "SELECT class_id, id, row_number() OVER (PARTITION BY class_id ORDER BY id DESC) AS place "
            "FROM samples INDEXED BY samples_live WHERE deleted_at IS NULL AND class_id IS NOT NULL"
            ") WHERE place <= ? ORDER BY id DESC",
            (count,),
        )
        for class_id, sample_id in rows:
            found.setdefault(class_id, []).append(sample_id)
        return found
