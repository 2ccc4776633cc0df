# SPDX-License-Identifier: Apache-2.0
"""What a person shows, and says of it: recordings and samples. Every act is one short transaction and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

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


class Samples(Connection):
    """Bursts and samples of a project file."""

    def start_burst(self, source: str, role: Role = Role.TRAIN) -> Burst:
        """Begin a recording; its frames are added with `add_sample`."""
        with self._writing() as db:
            return _new_burst(db, source, role)

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
        # Compressing takes longer than writing, so it is done before the lock is taken.
        ready = [
            (item if isinstance(item, EncodedImage) else encode(item), class_id, burst_id)
            for item, class_id, burst_id in items
        ]
        now = datetime.now(UTC)
        stored = []
        roles: dict[int, Role] = {}
        with self._writing() as db:
            for class_id in {class_id for _, class_id, _ in ready}:
                _check_class(db, class_id)
            for burst_id in {burst_id for _, _, burst_id in ready}:
                row = db.execute("SELECT role FROM bursts WHERE id = ?", (burst_id,)).fetchone()
                if row is None:
                    raise _no_burst(burst_id)
                roles[burst_id] = Role(row[0])
            for encoded, class_id, burst_id in ready:
                cursor = db.execute(
                    "INSERT INTO samples (class_id, burst_id, sha256, captured_at, image) VALUES (?, ?, ?, ?, ?)",
                    (class_id, burst_id, encoded.sha256, now.isoformat(), encoded.jpeg),
                )
                assert cursor.lastrowid is not None  # noqa: S101  # an INSERT always has one
                stored.append(
                    Sample(cursor.lastrowid, class_id, burst_id, encoded.sha256, now, None, None, role=roles[burst_id])
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
    ) -> list[Sample]:
        """Return live samples, or the deleted ones, without their pictures."""
        rows = self._rows(
            f"SELECT {_SAMPLE} FROM samples WHERE (deleted_at IS NOT NULL) = ? AND (? IS NULL OR class_id = ?) "
            f"ORDER BY id {'DESC' if newest_first else 'ASC'} LIMIT ?",
            (deleted, class_id, class_id, -1 if limit is None else limit),
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
        row = self._row("SELECT image FROM samples WHERE id = ?", (sample_id,))
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
    return former


def _new_burst(db: Database, source: str, role: Role) -> Burst:
    now = datetime.now(UTC)
    cursor = db.execute(
        "INSERT INTO bursts (source, started_at, role) VALUES (?, ?, ?)", (source, now.isoformat(), role.value)
    )
    assert cursor.lastrowid is not None  # noqa: S101
    return Burst(cursor.lastrowid, source, now, role)


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
