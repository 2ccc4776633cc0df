# SPDX-License-Identifier: Apache-2.0
"""Looking through a project file: what there is, without a picture, and the pictures one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from learner.buffer.connection import Connection
from learner.types import Catalogue

_AT_ONCE = 500
"""SQLite's builds differ in how many parameters they take."""


class Browsing(Connection):
    """What a person leafs through."""

    def catalogue(self) -> Catalogue:
        """Return all samples, deleted ones and those without a label as well, but for those of removed classes."""
        rows = self._rows(
            "SELECT samples.id, ifnull(class_id, -1), burst_id, captured_at, ifnull(learned_in, -1), "
            "held_out OR role = 'holdout', deleted_at IS NOT NULL "
            "FROM samples JOIN bursts ON bursts.id = burst_id LEFT JOIN classes ON classes.id = class_id "
            "WHERE archived_at IS NULL ORDER BY samples.id"
        )
        columns = list(zip(*rows, strict=True)) if rows else [()] * 7
        ids, classes, bursts, captured, learned, held_out, deleted = columns
        return Catalogue(
            np.array(ids, np.int64),
            np.array(classes, np.int64),
            np.array(bursts, np.int64),
            np.array([datetime.fromisoformat(when).timestamp() for when in captured], np.float64),
            np.array(learned, np.int64),
            np.array(held_out, np.bool_),
            np.array(deleted, np.bool_),
        )

    def pictures(self, sample_ids: Sequence[int]) -> dict[int, bytes]:
        """Return the JPEG of each sample that there is, as it was stored: the centre square."""
        found: dict[int, bytes] = {}
        for start in range(0, len(sample_ids), _AT_ONCE):
            part = [int(sample_id) for sample_id in sample_ids[start : start + _AT_ONCE]]
            found.update(self._rows(f"SELECT id, image FROM samples WHERE id IN ({', '.join('?' * len(part))})", part))
        return found
