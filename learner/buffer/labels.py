# SPDX-License-Identifier: Apache-2.0
"""What a person does: classes, recordings, samples. Every act is one short transaction and can be undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from learner.buffer.codec import EncodedImage, decode, encode
from learner.buffer.connection import Connection
from learner.errors import DamagedProject, ImageFault, LabelFault
from learner.types import Burst, ClassInfo, Image, Role, Sample

CLASS_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A6FD1", "#B8A800")
"""Okabe & Ito's palette for all kinds of colour vision, then tinted repeats of it."""

SHORTCUTS = tuple("1234567890")

_MAX_NAME = 80
_CLASS = "id, name, colour, shortcut, position, archived_at"
_SAMPLE = "id, class_id, burst_id, sha256, captured_at, deleted_at, learned_in"


class Labels(Connection):
    """Classes, bursts and samples of a project file."""

    def classes(self, *, archived: bool = False) -> list[ClassInfo]:
        """Return the classes in their order, with how many samples each has; archived ones only when asked for."""
        counts = dict(self._rows("SELECT class_id, count(*) FROM samples WHERE deleted_at IS NULL GROUP BY class_id"))
        rows = self._rows(
            f"SELECT {_CLASS} FROM classes WHERE ? OR archived_at IS NULL ORDER BY position, id", (archived,)
        )
        return [
            ClassInfo(id_, name, colour, shortcut, position, counts.get(id_, 0), archived_at is not None)
            for id_, name, colour, shortcut, position, archived_at in rows
        ]

    def class_named(self, name: str) -> ClassInfo | None:
        """Return the class with this name, in whatever case it is written."""
        key = _key(clean_name(name))
        return next((info for info in self.classes() if _key(info.name) == key), None)

    def add_class(self, name: str, *, colour: str | None = None, shortcut: str | None = None) -> ClassInfo:
        """Add a class; without a colour or shortcut it gets the next free one.

        Raises:
            LabelFault: the name is taken, empty, longer than 80 characters, or has control characters; or the colour is
                not "#RRGGBB".
        """
        name = clean_name(name)
        if colour is not None:
            _check_colour(colour)
        with self._writing() as db:
            _check_free(db, name)
            number, last = db.execute(
                "SELECT count(*), max(position) FROM classes WHERE archived_at IS NULL"
            ).fetchone()
            position = 0 if last is None else last + 1
            shortcut = shortcut or _free_shortcut(db)
            _take_shortcut(db, shortcut)
            colour = colour or class_colour(number)
            cursor = db.execute(
                "INSERT INTO classes (name, name_key, colour, shortcut, position, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (name, _key(name), colour, shortcut, position, _now()),
            )
            assert cursor.lastrowid is not None  # noqa: S101  # an INSERT always has one
            return ClassInfo(cursor.lastrowid, name, colour, shortcut, position, 0)

    def rename_class(self, class_id: int, name: str) -> None:
        """Give a class another name; what was learned is not touched.

        Raises:
            LabelFault: as for `add_class`, or there is no such class.
        """
        name = clean_name(name)
        with self._writing() as db:
            _check_free(db, name, besides=class_id)
            self._change(db, class_id, "name = ?, name_key = ?", (name, _key(name)))

    def recolour_class(self, class_id: int, colour: str) -> None:
        """Give a class another colour.

        Raises:
            LabelFault: the colour is not "#RRGGBB", or there is no such class.
        """
        _check_colour(colour)
        with self._writing() as db:
            self._change(db, class_id, "colour = ?", (colour,))

    def set_shortcut(self, class_id: int, shortcut: str | None) -> None:
        """Give a class a key; another class that has it loses it."""
        with self._writing() as db:
            _take_shortcut(db, shortcut)
            self._change(db, class_id, "shortcut = ?", (shortcut,))

    def move_class(self, class_id: int, position: int) -> None:
        """Put a class at a place in the order, from 0."""
        with self._writing() as db:
            ids = [
                row[0] for row in db.execute("SELECT id FROM classes WHERE archived_at IS NULL ORDER BY position, id")
            ]
            if class_id not in ids:
                raise _no_class(class_id)
            ids.remove(class_id)
            ids.insert(max(0, position), class_id)
            db.conn.executemany("UPDATE classes SET position = ? WHERE id = ?", list(enumerate(ids)))

    def archive_class(self, class_id: int) -> None:
        """Take a class out of the label set; its samples stay in the file and come back with `unarchive_class`."""
        with self._writing() as db:
            self._change(db, class_id, "archived_at = ?", (_now(),))

    def unarchive_class(self, class_id: int) -> None:
        """Bring a class back.

        Raises:
            LabelFault: its name has been given to another class meanwhile, or there is no such class.
        """
        with self._writing() as db:
            row = db.execute("SELECT name, shortcut FROM classes WHERE id = ?", (class_id,)).fetchone()
            if row is None:
                raise _no_class(class_id)
            name, shortcut = row
            _check_free(db, name, besides=class_id)
            taken = db.execute(
                "SELECT 1 FROM classes WHERE shortcut = ? AND archived_at IS NULL AND id != ?", (shortcut, class_id)
            ).fetchone()
            self._change(db, class_id, "archived_at = NULL, shortcut = ?", (None if taken else shortcut,))

    def start_burst(self, source: str, role: Role = Role.TRAIN) -> Burst:
        """Begin a recording; its frames are added with `add_sample`."""
        now = datetime.now(UTC)
        with self._writing() as db:
            cursor = db.execute(
                "INSERT INTO bursts (source, started_at, role) VALUES (?, ?, ?)", (source, now.isoformat(), role.value)
            )
        assert cursor.lastrowid is not None  # noqa: S101
        return Burst(cursor.lastrowid, source, now, role)

    def bursts(self) -> list[Burst]:
        """Return all recordings, oldest first."""
        rows = self._rows("SELECT id, source, started_at, role FROM bursts ORDER BY id")
        return [Burst(id_, source, datetime.fromisoformat(at), Role(role)) for id_, source, at, role in rows]

    def add_sample(self, image: Image, class_id: int, burst_id: int) -> Sample:
        """Store a labelled picture (BGR uint8 (h, w, 3)); it is on the disk when this returns.

        Raises:
            ImageFault: it is not a picture.
            LabelFault: there is no such class or burst.
            ProjectFault: it could not be written; nothing was stored.
        """
        return self.add_samples([(image, class_id, burst_id)])[0]

    def add_samples(self, items: Iterable[tuple[Image | EncodedImage, int, int]]) -> list[Sample]:
        """Store (picture, class id, burst id) one after another in one transaction: all of them or none."""
        # Compressing takes longer than writing, so it is done before the lock is taken.
        ready = [
            (item if isinstance(item, EncodedImage) else encode(item), class_id, burst_id)
            for item, class_id, burst_id in items
        ]
        now = datetime.now(UTC)
        stored = []
        with self._writing() as db:
            for class_id in {class_id for _, class_id, _ in ready}:
                if db.execute("SELECT 1 FROM classes WHERE id = ?", (class_id,)).fetchone() is None:
                    raise _no_class(class_id)
            for burst_id in {burst_id for _, _, burst_id in ready}:
                if db.execute("SELECT 1 FROM bursts WHERE id = ?", (burst_id,)).fetchone() is None:
                    raise _no_burst(burst_id)
            for encoded, class_id, burst_id in ready:
                cursor = db.execute(
                    "INSERT INTO samples (class_id, burst_id, sha256, captured_at, image) VALUES (?, ?, ?, ?, ?)",
                    (class_id, burst_id, encoded.sha256, now.isoformat(), encoded.jpeg),
                )
                assert cursor.lastrowid is not None  # noqa: S101
                stored.append(Sample(cursor.lastrowid, class_id, burst_id, encoded.sha256, now, None, None))
        return stored

    def relabel(self, sample_ids: Sequence[int], class_id: int) -> dict[int, int]:
        """Give samples another class; return {sample id: former class id}, which is what undoing it takes.

        Raises:
            LabelFault: there is no such class or sample; nothing was changed.
        """
        former = {}
        with self._writing() as db:
            if db.execute("SELECT 1 FROM classes WHERE id = ?", (class_id,)).fetchone() is None:
                raise _no_class(class_id)
            for sample_id in sample_ids:
                row = db.execute("SELECT class_id FROM samples WHERE id = ?", (sample_id,)).fetchone()
                if row is None:
                    raise _no_sample(sample_id)
                former[sample_id] = row[0]
            db.conn.executemany("UPDATE samples SET class_id = ? WHERE id = ?", [(class_id, id_) for id_ in former])
        return former

    def delete(self, sample_ids: Sequence[int]) -> None:
        """Put samples aside; they are no longer learned from, and `undelete` brings them back."""
        self._mark_deleted(sample_ids, _now())

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

    def image(self, sample_id: int) -> Image:
        """Return a sample's picture, the centre square as stored (BGR uint8).

        Raises:
            LabelFault: there is no such sample.
            DamagedProject: its bytes are no picture.
        """
        row = self._row("SELECT image FROM samples WHERE id = ?", (sample_id,))
        if row is None:
            raise _no_sample(sample_id)
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

    def setting(self, key: str) -> str | None:
        """Return a setting of this project."""
        value = self._value("SELECT value FROM settings WHERE key = ?", (key,))
        return None if value is None else str(value)

    def set_setting(self, key: str, value: str | None) -> None:
        """Keep a setting with this project, or forget it."""
        with self._writing() as db:
            if value is None:
                db.execute("DELETE FROM settings WHERE key = ?", (key,))
            else:
                db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value))

    def _change(self, db: Database, class_id: int, assignments: str, values: tuple[object, ...]) -> None:
        cursor = db.execute(f"UPDATE classes SET {assignments} WHERE id = ?", (*values, class_id))
        if cursor.rowcount != 1:
            raise _no_class(class_id)

    def _mark_deleted(self, sample_ids: Sequence[int], when: str | None) -> None:
        with self._writing() as db:
            for sample_id in sample_ids:
                if db.execute("UPDATE samples SET deleted_at = ? WHERE id = ?", (when, sample_id)).rowcount != 1:
                    raise _no_sample(sample_id)


def clean_name(name: str) -> str:
    """Return a class name as it is stored: NFC, no space around it.

    Raises:
        LabelFault: it is empty, longer than 80 characters, or has control characters.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise _bad_name("A name has at least one character.")
    if len(name) > _MAX_NAME:
        raise _bad_name(f"A name has at most {_MAX_NAME} characters; this one has {len(name)}.")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name):
        raise _bad_name("A name has no line breaks or control characters.")
    return name


def class_colour(number: int) -> str:
    """Return the colour of the class with this number, from 0: eight that anyone can tell apart, then lighter ones."""
    turn, place = divmod(number, len(CLASS_COLOURS))
    base = CLASS_COLOURS[place]
    share = 0.72**turn  # each round a little closer to white
    parts = (int(base[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _check_colour(colour: str) -> None:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise LabelFault("That colour does not work", f"It is {colour!r}.", "Write it as #RRGGBB.")


def _check_free(db: Database, name: str, besides: int | None = None) -> None:
    row = db.execute(
        "SELECT id, name FROM classes WHERE name_key = ? AND archived_at IS NULL", (_key(name),)
    ).fetchone()
    if row is not None and row[0] != besides:
        raise LabelFault("That name is taken", f"There is a class called {row[1]} already.", "Choose another name.")


def _free_shortcut(db: Database) -> str | None:
    taken = {row[0] for row in db.execute("SELECT shortcut FROM classes WHERE archived_at IS NULL")}
    return next((key for key in SHORTCUTS if key not in taken), None)


def _take_shortcut(db: Database, shortcut: str | None) -> None:
    if shortcut is not None:
        db.execute("UPDATE classes SET shortcut = NULL WHERE shortcut = ? AND archived_at IS NULL", (shortcut,))


def _sample(row: tuple[int, int, int, str, str, str | None, int | None]) -> Sample:
    id_, class_id, burst_id, sha256, captured_at, deleted_at, learned_in = row
    deleted = None if deleted_at is None else datetime.fromisoformat(deleted_at)
    return Sample(id_, class_id, burst_id, sha256, datetime.fromisoformat(captured_at), deleted, learned_in)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _bad_name(happened: str) -> LabelFault:
    return LabelFault("That name does not work", happened, "Choose another name.")


def _no_class(class_id: int) -> LabelFault:
    return LabelFault("There is no such class", f"Class {class_id} is not in the project.", "Choose another class.")


def _no_burst(burst_id: int) -> LabelFault:
    return LabelFault("There is no such recording", f"Burst {burst_id} is not in the project.", "Start a new one.")


def _no_sample(sample_id: int) -> LabelFault:
    return LabelFault("There is no such sample", f"Sample {sample_id} is not in the project.", "Choose another sample.")
