# SPDX-License-Identifier: Apache-2.0
"""Backbones of a project: those it has embeddings of, those it keeps the files of, and the one that comes next."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from learner.buffer.connection import Connection
from learner.errors import DamagedProject, LabelFault
from learner.types import BackboneInfo, KeptBackbone, Successor

PACKAGE = "package"
"""The file of a backbone that it can be trained from: a `.showtell-backbone`."""
LITERT = "litert"
"""The file of a backbone that embeds."""

SUCCESSOR = "successor"
"""The setting that names the backbone that a project is to have next."""

_LAST_TRY = "consolidated"
"""The setting that says what the last consolidation was made of."""

_LONGEST_LINE = 1000
"""Backbones each of which was consolidated from the one before it."""

_COLUMNS = "name, sha256, input_size, embedding_size, low, high, non_negative"

_IS_LEARNABLE = (
    "SELECT samples.id FROM samples JOIN classes ON classes.id = class_id "
    "WHERE deleted_at IS NULL AND archived_at IS NULL"
)

_KEPT = f"""
SELECT {", ".join(f"backbones.{column}" for column in _COLUMNS.split(", "))}, parents.sha256, backbones.made_at,
    (SELECT count(*) FROM backbone_samples WHERE backbone_id = backbones.id),
    (SELECT count(*) FROM backbone_samples WHERE backbone_id = backbones.id AND sample_id NOT IN ({_IS_LEARNABLE})),
    (SELECT sum(length(data)) FROM backbone_files WHERE backbone_id = backbones.id)
FROM backbones LEFT JOIN backbones AS parents ON parents.id = backbones.parent_id
WHERE backbones.id IN (SELECT backbone_id FROM backbone_files) ORDER BY backbones.id
"""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """How far a consolidation has come.

    `backbone` is the sha256 of the one it started from. It has taken `step` steps in `seconds`, by a plan that is kept
    as it was (JSON), on the samples `seen`; `state` is all that the next step needs.
    """

    backbone: str
    reason: str
    started_at: datetime
    step: int
    seconds: float
    plan: Mapping[str, Any]
    seen: Sequence[int]
    state: Mapping[str, NDArray[Any]] = field(default_factory=dict)


class Backbones(Connection):
    """Backbones of a project file."""

    def register_backbone(self, info: BackboneInfo) -> int:
        """Return the backbone's id in this file, and remember the backbone."""
        known = self._backbone_id(info.sha256)
        if known is None:
            with self._writing() as db:
                known = _register(db, info)
        return known

    def backbones(self) -> list[tuple[int, BackboneInfo]]:
        """Return the backbones this file has had, with their ids."""
        return [(row[0], _info(row[1:])) for row in self._rows(f"SELECT id, {_COLUMNS} FROM backbones ORDER BY id")]

    def kept_backbones(self) -> list[KeptBackbone]:
        """Return the backbones whose files are in this file, oldest first."""
        return [
            KeptBackbone(
                _info(row[:7]), row[7], datetime.fromisoformat(row[8]) if row[8] else None, row[9], row[10], row[11]
            )
            for row in self._rows(_KEPT)
        ]

    def keep_backbone(self, info: BackboneInfo, files: Mapping[str, bytes]) -> int:
        """Keep the files of a backbone (`PACKAGE`, `LITERT`), and return its id."""
        with self._writing() as db:
            return _keep(db, info, files)

    def backbone_file(self, sha256: str, name: str) -> bytes | None:
        """Return a file of a backbone, or None when it is not in here.

        Raises:
            DamagedProject: it is not what was written.
        """
        row = self._row(
            "SELECT backbone_files.sha256, CAST(data AS BLOB) FROM backbone_files "
            "JOIN backbones ON backbones.id = backbone_id WHERE backbones.sha256 = ? AND backbone_files.name = ?",
            (sha256, name),
        )
        if row is None:
            return None
        if hashlib.sha256(row[1]).hexdigest() != row[0]:
            raise DamagedProject(
                "A backbone is damaged",
                f"What {self.path.name} keeps of backbone {sha256[:12]} is not what was written.",
                "Restore a version of another backbone, or consolidate again.",
            )
        return bytes(row[1])

    def origin(self, sha256: str) -> str:
        """Return the backbone that a consolidated one comes from in the end; any other comes from itself."""
        row = self._row(
            "WITH RECURSIVE line (id, depth) AS (SELECT id, 0 FROM backbones WHERE sha256 = ? UNION "
            "SELECT parent_id, depth + 1 FROM backbones JOIN line USING (id) "
            # One may say that it comes from itself.
            f"WHERE parent_id IS NOT NULL AND depth < {_LONGEST_LINE}) "
            "SELECT sha256 FROM line JOIN backbones USING (id) ORDER BY depth DESC LIMIT 1",
            (sha256,),
        )
        return str(row[0]) if row else sha256

    def seen_by(self, sha256: str) -> frozenset[int]:
        """Return ids of the samples that a backbone was consolidated on, of those that are gone as well."""
        return frozenset(
            row[0]
            for row in self._rows(
                "SELECT sample_id FROM backbone_samples JOIN backbones ON backbones.id = backbone_id WHERE sha256 = ?",
                (sha256,),
            )
        )

    def successor(self) -> Successor | None:
        """Return the backbone that this project is to have next, if there is to be another one."""
        row = self._row(
            f"SELECT {_COLUMNS}, json_extract(value, '$.consolidated'), json_extract(value, '$.reason') FROM settings "
            "JOIN backbones ON sha256 = json_extract(value, '$.sha256') WHERE key = ?",
            (SUCCESSOR,),
        )
        return None if row is None else Successor(_info(row[:7]), str(row[8]), bool(row[7]))

    def propose_backbone(self, info: BackboneInfo, files: Mapping[str, bytes], reason: str) -> None:
        """Wish for another backbone: the learner embeds every sample by it, rebuilds the head, and the gate decides.

        Args:
            info: the backbone.
            files: `PACKAGE` and `LITERT`, kept in this file; none for a backbone that ships with Showtell.
            reason: kept with the increment.
        """
        with self._writing() as db:
            _keep(db, info, files)
            _propose(db, info, reason, is_consolidated=False)

    def drop_successor(self) -> None:
        """Wish for no other backbone any longer; what was embedded by it goes with the next version."""
        with self._writing() as db:
            db.execute("DELETE FROM settings WHERE key = ?", (SUCCESSOR,))

    def checkpoint(self) -> Checkpoint | None:
        """Return how far the consolidation under way has come; None when there is none, or it cannot be read."""
        row = self._row(
            "SELECT backbones.sha256, reason, started_at, step, seconds, plan, seen, consolidation.sha256, "
            "CAST(state AS BLOB) FROM consolidation JOIN backbones ON backbones.id = backbone_id"
        )
        if row is None or hashlib.sha256(row[8]).hexdigest() != row[7]:
            return None
        state = _arrays(row[8])
        if state is None:
            return None
        return Checkpoint(
            row[0],
            row[1],
            datetime.fromisoformat(row[2]),
            row[3],
            row[4],
            json.loads(row[5]),
            json.loads(row[6]),
            state,
        )

    def consolidation_reason(self) -> str | None:
        """Return why the consolidation under way was begun; None when there is none."""
        reason = self._value("SELECT reason FROM consolidation")
        return None if reason is None else str(reason)

    def save_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep how far the consolidation has come, in the place of what was kept before.

        Raises:
            LabelFault: nobody wants it any longer: it was begun, and has been given up since.
        """
        state = io.BytesIO()
        np.savez(state, allow_pickle=False, **dict(checkpoint.state))
        blob = state.getvalue()
        with self._writing() as db:
            if checkpoint.step and db.execute("SELECT 1 FROM consolidation").fetchone() is None:
                raise _given_up()
            db.execute(
                "INSERT OR REPLACE INTO consolidation "
                "VALUES (1, (SELECT id FROM backbones WHERE sha256 = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    checkpoint.backbone,
                    checkpoint.reason,
                    checkpoint.started_at.isoformat(),
                    checkpoint.step,
                    checkpoint.seconds,
                    json.dumps(dict(checkpoint.plan)),
                    json.dumps([int(sample_id) for sample_id in checkpoint.seen]),
                    hashlib.sha256(blob).hexdigest(),
                    blob,
                ),
            )

    def drop_checkpoint(self) -> None:
        """Give the consolidation under way up."""
        with self._writing() as db:
            db.execute("DELETE FROM consolidation")

    def finish_consolidation(self, done: Checkpoint, info: BackboneInfo, files: Mapping[str, bytes]) -> None:
        """Keep the backbone that a consolidation came to, and wish for it, in one transaction.

        Raises:
            LabelFault: it has been given up meanwhile.
        """
        with self._writing() as db:
            if db.execute("SELECT 1 FROM consolidation").fetchone() is None:
                raise _given_up()
            backbone_id = _keep(db, info, files)
            db.execute(
                "UPDATE backbones SET made_at = ?, parent_id = (SELECT id FROM backbones WHERE sha256 = ?) "
                "WHERE id = ?",
                (datetime.now(UTC).isoformat(), done.backbone, backbone_id),
            )
            db.conn.executemany(
                "INSERT OR IGNORE INTO backbone_samples VALUES (?, ?)",
                [(backbone_id, int(sample_id)) for sample_id in done.seen],
            )
            _propose(db, info, done.reason, is_consolidated=True)
            db.execute("DELETE FROM consolidation")

    def last_consolidation(self) -> int:
        """Return how many samples there were to learn from at the end of the last consolidation; 0 before the first."""
        return int(self._value("SELECT value FROM settings WHERE key = ?", (_LAST_TRY,)) or 0)

    def note_consolidation(self, samples: int) -> None:
        """Note that a consolidation ended, or came to nothing, with so many samples to learn from."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (_LAST_TRY, str(samples)))

    def _backbone_id(self, sha256: str) -> int | None:
        known = self._value("SELECT id FROM backbones WHERE sha256 = ?", (sha256,))
        return None if known is None else int(known)


def settle(db: Database, backbone_id: int) -> bool:
    """Note that it is decided about a backbone; return whether it was to be the next."""
    return bool(
        db.execute(
            "DELETE FROM settings WHERE key = ? "
            "AND json_extract(value, '$.sha256') = (SELECT sha256 FROM backbones WHERE id = ?)",
            (SUCCESSOR, backbone_id),
        ).rowcount
    )


def _register(db: Database, info: BackboneInfo) -> int:
    db.execute(
        f"INSERT OR IGNORE INTO backbones ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (info.name, info.sha256, info.input_size, info.embedding_size, info.low, info.high, info.non_negative),
    )
    return int(db.execute("SELECT id FROM backbones WHERE sha256 = ?", (info.sha256,)).fetchone()[0])


def _keep(db: Database, info: BackboneInfo, files: Mapping[str, bytes]) -> int:
    backbone_id = _register(db, info)
    for name, data in files.items():
        db.execute(
            "INSERT OR REPLACE INTO backbone_files VALUES (?, ?, ?, ?)",
            (backbone_id, name, hashlib.sha256(data).hexdigest(), data),
        )
    return backbone_id


def _propose(db: Database, info: BackboneInfo, reason: str, *, is_consolidated: bool) -> None:
    db.execute(
        "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
        (SUCCESSOR, json.dumps({"sha256": info.sha256, "reason": reason, "consolidated": is_consolidated})),
    )


def _arrays(blob: bytes) -> dict[str, NDArray[Any]] | None:
    """Return the arrays that `np.savez` wrote; None where it did not, or where they would take more than is there."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > len(blob):
                return None
        with np.load(io.BytesIO(blob), allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except Exception:  # NumPy meets what is broken with exceptions of all kinds
        return None


def _info(row: Sequence[Any]) -> BackboneInfo:
    name, sha256, input_size, embedding_size, low, high, non_negative = row
    return BackboneInfo(name, sha256, input_size, embedding_size, low, high, bool(non_negative))


def _given_up() -> LabelFault:
    return LabelFault(
        "The consolidation was given up", "It is no longer wanted in this project.", "Begin another one if you like."
    )
