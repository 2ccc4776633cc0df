# SPDX-License-Identifier: Apache-2.0
"""What a person shows, and says of it: recordings and samples. Every act is one short transaction and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from learner.buffer.changes import note_samples
from learner.buffer.codec import EncodedImage, decode, encode
from learner.buffer.connection import Connection
from learner.buffer.labels import no_class
from learner.errors import DamagedProject, ImageFault, LabelFault
from learner.types import Burst, Image, Role, Sample

GAP_SECONDS = 2.0
"""Samples that come in after a longer pause belong to another recording."""

_SAMPLE = (
    "id, class_id, burst_id, sha256, captured_at, deleted_at, learned_in, "
    "CASE WHEN held_out THEN 'holdout' ELSE (SELECT role FROM bursts WHERE bursts.id = burst_id) END"
)


@dataclass(frozen=True, slots=True)
class NewSample:
    """A sample that is to be stored: its picture, class id (None without a label) and burst id.

    `captured_at` is when it was taken, if not now; `held_out` marks it to measure with.
    """

    picture: Image | EncodedImage
    class_id: int | None
    burst_id: int
    captured_at: datetime | None = None
    held_out: bool = False


class Samples(Connection):
    """Bursts and samples of a project file."""

    def start_burst(self, source: str, role: Role = Role.TRAIN, *, started_at: datetime | None = None) -> Burst:
        """Begin a recording, now or at another time; its frames are added with `add_sample`."""
        with self._writing() as db:
            return _new_burst(db, source, role, started_at)

    def burst_for(self, source: str, class_id: int | None, gap: float = GAP_SECONDS) -> Burst:
        """Return the recording that a sample belongs to which comes in now: a gap, or another source or class, ends it.

        What is tapped in quick succession shows nearly the same, and must not count as recordings of their own.

        Args:
            source: where the picture comes from.
            class_id: its label, or None.
            gap: seconds after which another recording begins.
        """
        with self._writing() as db:
            now = datetime.now(UTC)
            newest = db.execute("SELECT id, source, started_at, role FROM bursts ORDER BY id DESC LIMIT 1").fetchone()
            if newest is not None and newest[1] == source and newest[3] == Role.TRAIN.value:
                recent = db.execute(
                    "SELECT DISTINCT class_id FROM samples WHERE burst_id = ? AND captured_at BETWEEN ? AND ?",
                    (newest[0], (now - timedelta(seconds=gap)).isoformat(), now.isoformat()),
                ).fetchall()
                if recent == [(class_id,)]:
                    return _burst(newest)
            return _new_burst(db, source, Role.TRAIN)

    def bursts(self) -> list[Burst]:
        """Return all recordings, oldest first."""
        rows = self._rows("SELECT id, source, started_at, role FROM bursts ORDER BY id")
        return [_burst(row) for row in rows]

    def add_sample(self, image: Image, class_id: int | None, burst_id: int) -> Sample:
        """Store a picture (BGR uint8 (h, w, 3)) with its label, if it has one; it is on the disk when this returns.

        Raises:
            ImageFault: it is not a picture.
            LabelFault: there is no such class or burst.
            ProjectFault: it could not be written; nothing was stored.
        """
        return self.add_samples([(image, class_id, burst_id)])[0]

    def add_samples(self, items: Iterable[tuple[Image | EncodedImage, int | None, int]]) -> list[Sample]:
        """Store (picture, class id or None, burst id) one after another in one transaction: all of them or none."""
        return self.add_new(NewSample(*item) for item in items)

    def add_new(self, items: Iterable[NewSample]) -> list[Sample]:
        """Store samples one after another in one transaction: all of them or none.

        Raises:
            ImageFault, LabelFault, ProjectFault: as `add_sample`; nothing was stored.
        """
        # Compressing takes longer than writing, so it is done before the lock is taken.
        ready = [
            (item, item.picture if isinstance(item.picture, EncodedImage) else encode(item.picture)) for item in items
        ]
        now = datetime.now(UTC)
        stored = []
        roles: dict[int, Role] = {}
        with self._writing() as db:
            for class_id in {item.class_id for item, _ in ready}:
                _check_class(db, class_id)
            for burst_id in {item.burst_id for item, _ in ready}:
                row = db.execute("SELECT role FROM bursts WHERE id = ?", (burst_id,)).fetchone()
                if row is None:
                    raise _no_burst(burst_id)
                roles[burst_id] = Role(row[0])
            for item, encoded in ready:
                when = now if item.captured_at is None else item.captured_at.astimezone(UTC)
                cursor = db.execute(
                    "INSERT INTO samples (class_id, burst_id, sha256, captured_at, held_out, image) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (item.class_id, item.burst_id, encoded.sha256, when.isoformat(), item.held_out, encoded.jpeg),
                )
                assert cursor.lastrowid is not None  # noqa: S101  # an INSERT always has one
                role = Role.HOLDOUT if item.held_out else roles[item.burst_id]
                stored.append(
                    Sample(cursor.lastrowid, item.class_id, item.burst_id, encoded.sha256, when, None, None, role)
                )
        return stored

    def relabel(self, sample_ids: Sequence[int], class_id: int | None) -> dict[int, int | None]:
        """Give samples another class, or none; return {sample id: former class id}, which is what undoing it takes.

        Raises:
            LabelFault: there is no such class or sample; nothing was changed.
        """
        with self._writing() as db:
            _check_class(db, class_id)
            return _set(db, sample_ids, "class_id", class_id)

    def hold_out(self, sample_ids: Sequence[int], held_out: bool = True) -> dict[int, bool]:
        """Keep samples to measure with, or learn from them again; return {sample id: what it was before}.

        Raises:
            LabelFault: there is no such sample; nothing was changed.
        """
        with self._writing() as db:
            former = _set(db, sample_ids, "held_out", held_out)
        return {sample_id: bool(value) for sample_id, value in former.items()}

    def delete(self, sample_ids: Sequence[int]) -> None:
        """Put samples aside; they are no longer learned from, and `undelete` brings them back."""
        self._mark_deleted(sample_ids, datetime.now(UTC).isoformat())

    def undelete(self, sample_ids: Sequence[int]) -> None:
        """Bring deleted samples back."""
        self._mark_deleted(sample_ids, None)

    def samples(
        self,
        *,
        class_id: int | None = None,
        deleted: bool = False,
        limit: int | None = None,
        newest_first: bool = False,
        after: int = 0,
    ) -> list[Sample]:
        """Return live samples, or the deleted ones, without their pictures; only those with higher ids than `after`."""
        rows = self._rows(
            f"SELECT {_SAMPLE} FROM samples WHERE id > ? AND (deleted_at IS NOT NULL) = ? "
            f"AND (? IS NULL OR class_id = ?) ORDER BY id {'DESC' if newest_first else 'ASC'} LIMIT ?",
            (after, deleted, class_id, class_id, -1 if limit is None else limit),
        )
        return [_sample(row) for row in rows]

    def unlabelled(self, limit: int | None = None) -> list[Sample]:
        """Return live samples that nobody has labelled, newest first."""
        rows = self._rows(
            f"SELECT {_SAMPLE} FROM samples WHERE class_id IS NULL AND deleted_at IS NULL ORDER BY id DESC LIMIT ?",
            (-1 if limit is None else limit,),
        )
        return [_sample(row) for row in rows]

    def burst_of(self, sample_id: int) -> int | None:
        """Return the recording that a sample belongs to, deleted or not; None when it is not in the file."""
        burst_id = self._value("SELECT burst_id FROM samples WHERE id = ?", (sample_id,))
        return None if burst_id is None else int(burst_id)

    def image(self, sample_id: int) -> Image:
        """Return a sample's picture, the centre square as stored (BGR uint8).

        Raises:
            LabelFault: there is no such sample.
            DamagedProject: its bytes are no picture.
        """
        row = self._row("SELECT CAST(image AS BLOB) FROM samples WHERE id = ?", (sample_id,))
        if row is None:
            raise no_sample(sample_id)
        try:
            return decode(row[0])
        except ImageFault as error:
            raise DamagedProject(
                "A stored picture is damaged",
                f"The picture of sample {sample_id} in {self.path.name} cannot be read.",
                "Delete that sample, or go back to a copy of the project.",
            ) from error

    def has_picture(self, sha256: str) -> Sample | None:
        """Return the first live sample of a living class with this very picture."""
        row = self._row(
            f"SELECT {_SAMPLE} FROM samples WHERE sha256 = ? AND deleted_at IS NULL "
            "AND class_id IN (SELECT id FROM classes WHERE archived_at IS NULL) ORDER BY id LIMIT 1",
            (sha256,),
        )
        return None if row is None else _sample(row)

    def count_picture(self, sha256: str) -> int:
        """Return how many live samples of living classes have this very picture."""
        return int(
            self._value(
                "SELECT count(*) FROM samples WHERE sha256 = ? AND deleted_at IS NULL "
                "AND class_id IN (SELECT id FROM classes WHERE archived_at IS NULL)",
                (sha256,),
            )
        )

    def _mark_deleted(self, sample_ids: Sequence[int], when: str | None) -> None:
        with self._writing() as db:
            _set(db, sample_ids, "deleted_at", when)


def _set(db: Database, sample_ids: Sequence[int], column: str, value: object) -> dict[int, Any]:
    """Write a value into a column of samples, and return what was there before."""
    former = {}
    for sample_id in sample_ids:
        row = db.execute(f"SELECT {column} FROM samples WHERE id = ?", (sample_id,)).fetchone()
        if row is None:
            raise no_sample(sample_id)
        former[sample_id] = row[0]
    db.conn.executemany(f"UPDATE samples SET {column} = ? WHERE id = ?", [(value, id_) for id_ in former])
    note_samples(db, former)
    return former


def _new_burst(db: Database, source: str, role: Role, started_at: datetime | None = None) -> Burst:
    when = (started_at or datetime.now(UTC)).astimezone(UTC)
    cursor = db.execute(
        "INSERT INTO bursts (source, started_at, role) VALUES (?, ?, ?)", (source, when.isoformat(), role.value)
    )
    assert cursor.lastrowid is not None  # noqa: S101
    return Burst(cursor.lastrowid, source, when, role)


def _check_class(db: Database, class_id: int | None) -> None:
    if class_id is not None and db.execute("SELECT 1 FROM classes WHERE id = ?", (class_id,)).fetchone() is None:
        raise no_class(class_id)


def _burst(row: tuple[int, str, str, str]) -> Burst:
    id_, source, started_at, role = row
    return Burst(id_, source, datetime.fromisoformat(started_at), Role(role))


def _sample(row: tuple[int, int | None, int, str, str, str | None, int | None, str]) -> Sample:
    id_, class_id, burst_id, sha256, captured_at, deleted_at, learned_in, role = row
    deleted = None if deleted_at is None else datetime.fromisoformat(deleted_at)
    captured = datetime.fromisoformat(captured_at)
    return Sample(id_, class_id, burst_id, sha256, captured, deleted, learned_in, Role(role))


def no_sample(sample_id: int) -> LabelFault:
    """Return the fault that says that a sample is not there."""
    return LabelFault("There is no such sample", f"Sample {sample_id} is not in the project.", "Choose another sample.")


def _no_burst(burst_id: int) -> LabelFault:
    return LabelFault("There is no such recording", f"Burst {burst_id} is not in the project.", "Start a new one.")
