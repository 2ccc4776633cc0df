# SPDX-License-Identifier: Apache-2.0
"""What has changed in a project file since one last looked, so that a large one need not be read anew.

Whoever changes a sample that is in the file notes its recording, in the same transaction. New samples need no note:
their ids are above all that were there before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from learner.buffer.connection import Connection

_KEPT = 10_000
"""Changes that are kept; who has not looked for longer reads everything."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has looked: up to which sample and up to which change. The first mark has seen nothing."""

    sample_id: int = 0
    change_id: int = 0


class Changes(Connection):
    """Changes of a project file."""

    def here(self) -> Mark:
        """Return the mark of whoever has seen all there is."""
        samples, changes = self._row(
            "SELECT (SELECT coalesce(max(id), 0) FROM samples), "
            "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)"
        ) or (0, 0)
        return Mark(int(samples), int(changes))

    def changed(self, since: Mark) -> set[int] | None:
        """Return the bursts in which samples came in, changed or went since a mark; None if that is not known any more.

        Take the mark for the next time before you look: what happens in between is then seen twice, and nothing missed.
        """
        oldest = self._value("SELECT min(id) FROM changes")
        if oldest is not None and oldest > since.change_id + 1:
            return None
        rows = self._rows(
            "SELECT DISTINCT burst_id FROM samples WHERE id > :sample UNION "
            "SELECT burst_id FROM changes WHERE id > :change AND burst_id IS NOT NULL UNION "
            "SELECT burst_id FROM samples INDEXED BY samples_live WHERE deleted_at IS NULL AND class_id IN "
            "(SELECT class_id FROM changes WHERE id > :change AND class_id IS NOT NULL)",
            {"sample": since.sample_id, "change": since.change_id},
        )
        return {row[0] for row in rows}


def note_samples(db: Database, sample_ids: Iterable[int]) -> None:
    """Note that samples have changed, or are about to go; in the transaction in which they do."""
    db.execute(
        "INSERT INTO changes (burst_id) SELECT DISTINCT burst_id FROM samples "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([int(sample_id) for sample_id in sample_ids]),),
    )
    _thin(db)


def note_class(db: Database, class_id: int) -> None:
    """Note that a class went, or came back, with its samples."""
    db.execute("INSERT INTO changes (class_id) VALUES (?)", (class_id,))
    _thin(db)


def _thin(db: Database) -> None:
    db.execute("DELETE FROM changes WHERE id <= (SELECT max(id) FROM changes) - ?", (_KEPT,))
