# SPDX-License-Identifier: Apache-2.0
"""What has come from other laptops: what waits to be learned with, and what is learned with.

It belongs to a backbone, since numbers of another one mean nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from numpy.typing import NDArray
from sqlite_utils import Database

from learner.buffer.connection import Connection
from learner.buffer.sums import PACKED, packed, unpacked

FleetState = Literal["offered", "used"]


@dataclass(frozen=True, slots=True, eq=False)
class FromOthers:
    """What other laptops know: how many they are, the names they agreed on, and the project's classes of these names.

    `arrays` are those of a `learner.contribution.Contribution`.
    """

    received_at: datetime
    laptops: int
    names: tuple[str, ...]
    class_ids: tuple[int, ...]
    arrays: Mapping[str, NDArray[Any]]


class Fleet(Connection):
    """What a project file has from other laptops."""

    def offer(
        self,
        backbone_id: int,
        laptops: int,
        names: Sequence[str],
        class_ids: Sequence[int],
        arrays: Mapping[str, NDArray[Any]],
    ) -> None:
        """Keep what has come, in place of what came before and has not been learned with yet.

        Args:
            backbone_id: of the backbone that all the laptops have.
            laptops: how many took part, without this one.
            names: of the classes that they know.
            class_ids: the project's classes of these names.
            arrays: (rows, columns) of int64 or float64 by name.
        """
        ready = [(backbone_id, "offered", *packed(name, array)) for name, array in arrays.items()]
        with self._writing() as db:
            db.execute("DELETE FROM fleet WHERE (backbone_id, state) = (?, 'offered')", (backbone_id,))
            db.execute(
                "INSERT INTO fleet VALUES (?, 'offered', ?, ?, ?, ?)",
                (
                    backbone_id,
                    datetime.now(UTC).isoformat(),
                    laptops,
                    json.dumps(list(names), ensure_ascii=False),
                    json.dumps([int(class_id) for class_id in class_ids]),
                ),
            )
            db.conn.executemany("INSERT INTO fleet_arrays VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ready)

    def has_from_others(self, backbone_id: int) -> dict[str, str]:
        """Return of each state when it came; nothing is read but that."""
        return dict(self._rows("SELECT state, received_at FROM fleet WHERE backbone_id = ?", (backbone_id,)))

    def laptops(self) -> int:
        """Return from how many others something has come, the last time; 0 where nothing has, or it was forgotten."""
        return int(
            self._value(
                "SELECT COALESCE(MAX(laptops), 0) FROM fleet WHERE received_at = (SELECT MAX(received_at) FROM fleet)"
            )
        )

    def from_others(self, backbone_id: int, state: FleetState) -> FromOthers | None:
        """Return what has come and waits, or what is learned with; None when there is none, or it is damaged."""
        key = backbone_id, state
        row = self._row(
            "SELECT received_at, laptops, names, class_ids FROM fleet WHERE (backbone_id, state) = (?, ?)", key
        )
        if row is None:
            return None
        received_at, laptops, names, class_ids = row
        arrays = unpacked(self._rows(f"SELECT {PACKED} FROM fleet_arrays WHERE (backbone_id, state) = (?, ?)", key))
        if arrays is None:
            return None
        ids = tuple(int(class_id) for class_id in json.loads(class_ids))
        return FromOthers(datetime.fromisoformat(received_at), laptops, tuple(json.loads(names)), ids, arrays)

    def take_offer(self, backbone_id: int, received_at: str) -> None:
        """Learn with what was offered at a time from now on: it is what is learned with already."""
        with self._writing() as db:
            use_offer(db, backbone_id, received_at)

    def leave_fleet(self) -> None:
        """Forget all that has come from other laptops; what was learned with it is learned anew without.

        Classes that only they had are put away.
        """
        with self._writing() as db:
            came = [class_ids for (class_ids,) in db.execute("SELECT class_ids FROM fleet").fetchall()]
            db.execute("DELETE FROM fleet")
            for class_ids in came:
                _put_away_empty(db, class_ids)


def use_offer(db: Database, backbone_id: int, received_at: str) -> None:
    """Learn with what was offered at a time from now on, in the transaction in which a version comes that has.

    What has come since then stays an offer.
    """
    offer = backbone_id, received_at
    if db.execute("SELECT 1 FROM fleet WHERE (backbone_id, received_at, state) = (?, ?, 'offered')", offer).fetchone():
        used = db.execute(
            "DELETE FROM fleet WHERE (backbone_id, state) = (?, 'used') RETURNING class_ids", (backbone_id,)
        ).fetchall()
        db.execute("UPDATE fleet SET state = 'used' WHERE (backbone_id, received_at) = (?, ?)", offer)
        for (class_ids,) in used:
            _put_away_empty(db, class_ids)


def refuse_offer(db: Database, backbone_id: int, received_at: str) -> None:
    """Forget what was offered at a time, in the transaction that says why."""
    row = db.execute(
        "SELECT class_ids FROM fleet WHERE (backbone_id, received_at, state) = (?, ?, 'offered')",
        (backbone_id, received_at),
    ).fetchone()
    if row is not None:
        db.execute("DELETE FROM fleet WHERE (backbone_id, state) = (?, 'offered')", (backbone_id,))
        _put_away_empty(db, row[0])


def _put_away_empty(db: Database, class_ids: str) -> None:
    """Archive those of some classes that nobody has anything of: no sample, and no other laptop any longer."""
    db.execute(
        "UPDATE classes SET archived_at = ?, shortcut = NULL WHERE archived_at IS NULL "
        "AND id IN (SELECT value FROM json_each(?)) "
        "AND id NOT IN (SELECT class_id FROM samples WHERE class_id IS NOT NULL) "
        "AND id NOT IN (SELECT value FROM fleet, json_each(fleet.class_ids))",
        (datetime.now(UTC).isoformat(), class_ids),
    )
