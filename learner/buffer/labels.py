# SPDX-License-Identifier: Apache-2.0
"""What a person says there is: the classes. Every act is one short transaction and can be undone."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from sqlite_utils import Database

from learner.buffer.changes import note_class
from learner.buffer.connection import Connection
from learner.errors import LabelFault
from learner.types import ClassInfo

CLASS_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A6FD1", "#B8A800")
"""Okabe & Ito's palette for all kinds of colour vision, then tinted repeats of it."""

SHORTCUTS = tuple("1234567890")

LEAST_LIMIT, USUAL_LIMIT, MOST_LIMIT = 0.25, 1.0, 4.0
"""Of the novelty from which on an answer is "unknown"."""

_UNKNOWN_LIMIT = "unknown_limit"
MAX_NAME = 80
_CLASS = "id, name, colour, shortcut, position, archived_at"


class Labels(Connection):
    """Classes and settings of a project file."""

    def classes(self, *, archived: bool = False) -> list[ClassInfo]:
        """Return the classes in their order, with how many samples each has; archived ones only when asked for."""
        found = self._rows(
            "SELECT class_id, count(*), sum(held_out OR burst_id IN (SELECT id FROM bursts WHERE role = 'holdout')) "
            "FROM samples WHERE deleted_at IS NULL GROUP BY class_id"
        )
        counts = {class_id: (count, held_out) for class_id, count, held_out in found}
        rows = self._rows(
            f"SELECT {_CLASS} FROM classes WHERE ? OR archived_at IS NULL ORDER BY position, id", (archived,)
        )
        return [
            ClassInfo(id_, name, colour, shortcut, position, count, archived_at is not None, held_out)
            for id_, name, colour, shortcut, position, archived_at in rows
            for count, held_out in [counts.get(id_, (0, 0))]
        ]

    def class_names(self) -> dict[int, str]:
        """Return the names of the classes by their ids, without counting their samples."""
        return dict(self._rows("SELECT id, name FROM classes WHERE archived_at IS NULL ORDER BY position, id"))

    def class_named(self, name: str) -> ClassInfo | None:
        """Return the class with this name, in whatever case it is written."""
        key = key_of(clean_name(name))
        return next((info for info in self.classes() if key_of(info.name) == key), None)

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
                (name, key_of(name), colour, shortcut, position, _now()),
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
            self._change(db, class_id, "name = ?, name_key = ?", (name, key_of(name)))

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
                raise no_class(class_id)
            ids.remove(class_id)
            ids.insert(max(0, position), class_id)
            db.conn.executemany("UPDATE classes SET position = ? WHERE id = ?", list(enumerate(ids)))

    def archive_class(self, class_id: int) -> None:
        """Take a class out of the label set; its samples stay in the file and come back with `unarchive_class`."""
        with self._writing() as db:
            self._change(db, class_id, "archived_at = ?", (_now(),))
            note_class(db, class_id)

    def unarchive_class(self, class_id: int) -> None:
        """Bring a class back.

        Raises:
            LabelFault: its name has been given to another class meanwhile, or there is no such class.
        """
        with self._writing() as db:
            row = db.execute("SELECT name, shortcut FROM classes WHERE id = ?", (class_id,)).fetchone()
            if row is None:
                raise no_class(class_id)
            name, shortcut = row
            _check_free(db, name, besides=class_id)
            taken = db.execute(
                "SELECT 1 FROM classes WHERE shortcut = ? AND archived_at IS NULL AND id != ?", (shortcut, class_id)
            ).fetchone()
            self._change(db, class_id, "archived_at = NULL, shortcut = ?", (None if taken else shortcut,))
            note_class(db, class_id)

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

    def unknown_limit(self) -> float:
        """Return from which novelty on an answer is "unknown" (see `learner.types.Prediction`); 1 unless it was set."""
        try:
            limit = float(self.setting(_UNKNOWN_LIMIT) or USUAL_LIMIT)
        except ValueError:
            return USUAL_LIMIT
        return limit if LEAST_LIMIT <= limit <= MOST_LIMIT else USUAL_LIMIT

    def set_unknown_limit(self, limit: float) -> None:
        """Say from which novelty on an answer is "unknown": the lower, the sooner.

        Raises:
            LabelFault: the limit is not between 0.25 and 4.
        """
        if not LEAST_LIMIT <= limit <= MOST_LIMIT:
            raise LabelFault(
                "That limit does not work",
                f"It is {limit:g}.",
                f"Choose one between {LEAST_LIMIT:g} and {MOST_LIMIT:g}; {USUAL_LIMIT:g} is the usual one.",
            )
        self.set_setting(_UNKNOWN_LIMIT, None if limit == USUAL_LIMIT else repr(float(limit)))

    def _change(self, db: Database, class_id: int, assignments: str, values: tuple[object, ...]) -> None:
        cursor = db.execute(f"UPDATE classes SET {assignments} WHERE id = ?", (*values, class_id))
        if cursor.rowcount != 1:
            raise no_class(class_id)


def clean_name(name: str) -> str:
    """Return a class name as it is stored: NFC, no space around it.

    Raises:
        LabelFault: it is empty, longer than 80 characters, or has control characters.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise _bad_name("A name has at least one character.")
    if len(name) > MAX_NAME:
        raise _bad_name(f"A name has at most {MAX_NAME} characters; this one has {len(name)}.")
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


def key_of(name: str) -> str:
    """Return by what names are the same: in whatever case they are written."""
    return unicodedata.normalize("NFC", name.casefold())


def _check_colour(colour: str) -> None:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise LabelFault("That colour does not work", f"It is {colour!r}.", "Write it as #RRGGBB.")


def _check_free(db: Database, name: str, besides: int | None = None) -> None:
    row = db.execute(
        "SELECT id, name FROM classes WHERE name_key = ? AND archived_at IS NULL", (key_of(name),)
    ).fetchone()
    if row is not None and row[0] != besides:
        raise LabelFault("That name is taken", f"There is a class called {row[1]} already.", "Choose another name.")


def _free_shortcut(db: Database) -> str | None:
    taken = {row[0] for row in db.execute("SELECT shortcut FROM classes WHERE archived_at IS NULL")}
    return next((key for key in SHORTCUTS if key not in taken), None)


def _take_shortcut(db: Database, shortcut: str | None) -> None:
    if shortcut is not None:
        db.execute("UPDATE classes SET shortcut = NULL WHERE shortcut = ? AND archived_at IS NULL", (shortcut,))


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _bad_name(happened: str) -> LabelFault:
    return LabelFault("That name does not work", happened, "Choose another name.")


def no_class(class_id: int) -> LabelFault:
    """Return the fault that says that a class is not there."""
    return LabelFault("There is no such class", f"Class {class_id} is not in the project.", "Choose another class.")
