# SPDX-License-Identifier: Apache-2.0
"""What is no longer to be known: unlearning samples, and forgetting them for good.

Deleting a sample is an act that can be undone; the versions that learned it know it still. An increment unlearns it:
it publishes a version that does not know the sample, and those that do go. After that `erase` leaves nothing of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from learner.buffer.changes import note_samples
from learner.buffer.connection import Connection, translated
from learner.buffer.sums import drop_sums
from learner.buffer.versions import CHAMPION, use_version
from learner.errors import LabelFault, ProjectBusy

KEPT_VERSIONS = 20
"""How many versions are kept, besides those that are pinned."""

_GOING = "going"
"""The setting that says what may still be in a copy."""

_ARCHIVED = "SELECT id FROM classes WHERE archived_at IS NOT NULL"
_GONE = f"(deleted_at IS NOT NULL OR class_id IN ({_ARCHIVED}))"
_IS_EMBEDDED = "EXISTS (SELECT 1 FROM embeddings WHERE sample_id = samples.id)"

# In three parts, so that none of them reads the samples themselves: each has an index that covers it.
_UNLEARNABLE = f"""
SELECT id FROM samples INDEXED BY samples_deleted
WHERE deleted_at IS NOT NULL AND (learned_in IS NOT NULL OR {_IS_EMBEDDED})
UNION
SELECT id FROM samples INDEXED BY samples_live
WHERE deleted_at IS NULL AND class_id IN ({_ARCHIVED}) AND (learned_in IS NOT NULL OR {_IS_EMBEDDED})
UNION
SELECT id FROM samples INDEXED BY samples_live
WHERE deleted_at IS NULL AND class_id IS NULL AND learned_in IS NOT NULL
ORDER BY 1
"""

_KNOWING = """
SELECT version_id FROM increments WHERE version_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM samples
    WHERE forgotten_in IS NOT NULL AND known_since <= increments.id AND increments.id < forgotten_in {}
)
"""
"""The versions that know a sample that was forgotten since."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was forgotten for good: how many samples and versions, and by how many bytes the file is smaller."""

    samples: int
    versions: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Going:
    """What was forgotten in the project and may be in a copy: hashes of pictures, and of the names of classes."""

    pictures: tuple[str, ...]
    classes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.pictures or self.classes)


class Unlearning(Connection):
    """What a project file is to forget."""

    def unlearnable(self) -> list[int]:
        """Return ids of the samples that no version may know any longer, and of which nothing may be left to learn.

        They are those that were deleted, whose class was archived, or whose label was taken away, and that have been
        learned; of the first two kinds also those that have been embedded. An increment that forgets them (see
        `publish`) takes them off this list, and nothing else does: what a kill interrupts is still to be done.
        """
        return [row[0] for row in self._rows(_UNLEARNABLE)]

    def erase(self) -> Erased:
        """Forget for good: deleted samples, archived classes with their samples, and the versions that knew them.

        Pinned versions go as well. When the version in use is one of them, the newest of its backbone takes its place.
        Afterwards neither the file nor its log has a trace of them. Called once more it finishes what was cut short.

        Raises:
            LabelFault: the version in use may still know one of them; nothing was changed.
            ProjectBusy: they are gone, but another program is reading what the log has of them.
        """
        before = self._size()
        with translated(self.path):
            self._db.execute("PRAGMA secure_delete = ON").fetchall()
        try:
            with self._writing() as db:
                samples, versions = _erase(db)
        finally:
            with translated(self.path):
                self._db.execute("PRAGMA secure_delete = OFF").fetchall()
        with translated(self.path):
            # What was deleted earlier still lies in pages that are free; this leaves them out of the file.
            self._db.execute("VACUUM")
        if self._value("PRAGMA wal_checkpoint(TRUNCATE)"):
            raise ProjectBusy(
                "The project is busy",
                f"Everything was forgotten, but another program reads {self.path.name} and keeps its log from being "
                "emptied.",
                "Close it there, and forget once more.",
            )
        return Erased(samples, versions, max(0, before - self._size()))

    def going(self) -> Going:
        """Return what has been erased here and may still be in a copy (see `forgetting`)."""
        return _going(self._db)

    def note_gone(self) -> None:
        """Note that no copy that is known has any of it."""
        with self._writing() as db:
            db.execute("DELETE FROM settings WHERE key = ?", (_GOING,))

    def _size(self) -> int:
        return int(self._value("PRAGMA page_count")) * int(self._value("PRAGMA page_size"))


def forget_samples(db: Database, sample_ids: Sequence[int], increment_id: int) -> None:
    """Note that the version of an increment does not know these samples; what is gone loses its embeddings."""
    ids = (json.dumps([int(sample_id) for sample_id in sample_ids]),)
    db.execute(
        "DELETE FROM embeddings WHERE sample_id IN "
        f"(SELECT id FROM samples WHERE id IN (SELECT value FROM json_each(?)) AND {_GONE})",
        ids,
    )
    db.execute(
        "UPDATE samples SET learned_in = NULL, learned_as = NULL, forgotten_in = ? "
        "WHERE id IN (SELECT value FROM json_each(?)) AND learned_in IS NOT NULL",
        (increment_id, *ids),
    )
    if sample_ids:
        note_samples(db, sample_ids)
        drop_sums(db)


def thin_versions(db: Database) -> None:
    """Let go of all versions but the newest and those that are pinned, and of those that know what was forgotten."""
    db.execute(
        "DELETE FROM versions WHERE NOT pinned AND (id NOT IN (SELECT id FROM versions ORDER BY id DESC LIMIT ?) "
        f"OR id IN ({_KNOWING.format('')}))",
        (KEPT_VERSIONS,),
    )


def thin_backbones(db: Database, successor: str) -> None:
    """Let go of what is kept of backbones that no version has: embeddings, and files with what they have seen.

    Args:
        db: the database, in a transaction.
        successor: the setting that names the backbone that is to be next; that one stays.
    """
    unused = (
        "SELECT id FROM backbones WHERE id NOT IN (SELECT backbone_id FROM versions) "
        "AND id NOT IN (SELECT backbone_id FROM consolidation) "
        "AND sha256 NOT IN (SELECT json_extract(value, '$.sha256') FROM settings WHERE key = ?)"
    )
    for table in ("embeddings", "sums", "fleet", "backbone_files", "backbone_samples"):
        db.execute(f"DELETE FROM {table} WHERE backbone_id IN ({unused})", (successor,))


def _erase(db: Database) -> tuple[int, int]:
    waiting = db.execute(f"SELECT count(*) FROM samples WHERE {_GONE} AND id IN ({_UNLEARNABLE})").fetchone()[0]
    if waiting:
        raise LabelFault(
            "Not everything has been unlearned yet",
            f"The project has not unlearned {waiting} of the samples that are to be forgotten.",
            "Let the project rebuild first.",
        )
    in_use = db.execute(
        "SELECT backbone_id, id FROM versions WHERE id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?)",
        (CHAMPION,),
    ).fetchone()
    versions = db.execute(f"DELETE FROM versions WHERE id IN ({_KNOWING.format(f'AND {_GONE}')})").rowcount
    if in_use:
        left = db.execute(
            "SELECT id FROM versions WHERE backbone_id = ? ORDER BY id = ? DESC, id DESC LIMIT 1", in_use
        ).fetchone()
        if left:
            use_version(db, left[0])
    pictures = [row[0] for row in db.execute(f"SELECT sha256 FROM samples WHERE {_GONE}")]
    classes = [hash_of_name(row[0]) for row in db.execute("SELECT name_key FROM classes WHERE archived_at IS NOT NULL")]
    drop_sums(db)
    note_samples(db, [row[0] for row in db.execute(f"SELECT id FROM samples WHERE {_GONE}")])
    samples = db.execute(f"DELETE FROM samples WHERE {_GONE}").rowcount
    db.execute("DELETE FROM classes WHERE archived_at IS NOT NULL")
    db.execute("DELETE FROM bursts WHERE id NOT IN (SELECT burst_id FROM samples)")
    _note_going(db, pictures, classes)
    return samples, versions


def hash_of_name(key: str) -> str:
    """Return the hash by which a class is known that was forgotten, name and all."""
    return hashlib.sha256(key.encode()).hexdigest()


def _going(db: Database) -> Going:
    row = db.execute("SELECT value FROM settings WHERE key = ?", (_GOING,)).fetchone()
    noted = {"pictures": [], "classes": []} if row is None else json.loads(row[0])
    # The same picture, or a class of that name, may be here by another act that stands.
    here = {row[0] for row in db.execute("SELECT sha256 FROM samples")}
    named = {hash_of_name(row[0]) for row in db.execute("SELECT name_key FROM classes")}
    return Going(tuple(sorted({*noted["pictures"]} - here)), tuple(sorted({*noted["classes"]} - named)))


def _note_going(db: Database, pictures: Sequence[str], classes: Sequence[str]) -> None:
    """Note what a copy may have, in the transaction in which it goes from here."""
    noted = _going(db)
    value = {"pictures": sorted({*noted.pictures, *pictures}), "classes": sorted({*noted.classes, *classes})}
    if pictures or classes:
        db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (_GOING, json.dumps(value)))
