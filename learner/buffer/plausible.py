# SPDX-License-Identifier: Apache-2.0
"""Whether the rows of a file are such as Showtell writes: numbers where numbers belong, moments, JSON of its shape.

SQLite keeps any kind of value in any column. A file that was damaged, or made by a stranger, is refused with the table
and column that are wrong, rather than met with an exception somewhere else.
"""

from __future__ import annotations

import json
import math
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from learner.buffer.codec import MOST_PICTURE
from learner.errors import DamagedProject

_LARGEST = 2**53
"""Ids and counts are held in float64 in places. A larger one in `sqlite_sequence` would leave no id for what comes."""
_LONGEST_JSON = 4 * 2**20
_LONGEST_SETTING = 16 * 2**20
_LONGEST_TEXT = 4096
_LONGEST_NAME = 80
_NEVER_IN_NAMES = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""As in `learner.buffer.labels.clean_name`: controls, halves of surrogates, line and paragraph separators."""


def _whole(column: str, least: int = 0) -> str:
    return f"typeof({column}) = 'integer' AND {column} BETWEEN {least} AND {_LARGEST}"


def _real(column: str) -> str:
    return f"typeof({column}) IN ('integer', 'real') AND abs({column}) < 1e300"


def _moment(column: str) -> str:
    return f"typeof({column}) = 'text' AND showtell_moment(CAST({column} AS BLOB))"


def _text(column: str, most: int = _LONGEST_TEXT) -> str:
    # As bytes, since SQLite would hand over what is no UTF-8 as an error.
    return f"typeof({column}) = 'text' AND showtell_text(CAST({column} AS BLOB), {most})"


def _json(column: str, shape: str) -> str:
    is_short = f"length(CAST({column} AS BLOB)) <= {_LONGEST_SETTING if shape == 'going' else _LONGEST_JSON}"
    return f"typeof({column}) = 'text' AND {is_short} AND showtell_json(CAST({column} AS BLOB), '{shape}')"


def _hash(column: str) -> str:
    is_long = f"length(CAST({column} AS BLOB)) = 64 AND length({column}) = 64"
    return f"typeof({column}) = 'text' AND {is_long} AND {column} NOT GLOB '*[^0-9a-f]*'"


def _blob(column: str, most: int | None = None) -> str:
    return f"typeof({column}) = 'blob'" + ("" if most is None else f" AND length({column}) <= {most}")


def _maybe(check: Callable[[str], str], column: str) -> str:
    return f"({column} IS NULL OR {check(column)})"


_SETTING = (
    f"{_text('value', _LONGEST_SETTING)} AND CASE key "
    f"WHEN 'successor' THEN {_json('value', 'successor')} WHEN 'going' THEN {_json('value', 'going')} "
    "WHEN 'consolidated' THEN value NOT GLOB '*[^0-9]*' AND length(value) BETWEEN 1 AND 18 ELSE 1 END"
)

_SMALL: dict[str, dict[str, str]] = {
    "settings": {"key": _text("key"), "value": _SETTING},
    "sqlite_sequence": {"name": _text("name"), "seq": _whole("seq")},
    "classes": {
        "id": _whole("id", 1),
        "name": "typeof(name) = 'text' AND showtell_name(CAST(name AS BLOB))",
        "name_key": _text("name_key"),
        "colour": f"{_text('colour')} AND colour GLOB '#[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]"
        "[0-9A-Fa-f][0-9A-Fa-f]'",
        "shortcut": _maybe(_text, "shortcut"),
        "position": _whole("position", -_LARGEST),
        "created_at": _moment("created_at"),
        "archived_at": _maybe(_moment, "archived_at"),
    },
    "bursts": {
        "id": _whole("id", 1),
        "source": _text("source"),
        "started_at": _moment("started_at"),
        "role": "role IN ('train', 'holdout')",
    },
    "backbones": {
        "id": _whole("id", 1),
        "sha256": _text("sha256"),
        "name": _text("name"),
        "input_size": f"{_whole('input_size', 1)} AND input_size <= 4096",
        "embedding_size": f"{_whole('embedding_size', 1)} AND embedding_size <= {2**20}",
        "low": _real("low"),
        "high": _real("high"),
        "non_negative": _whole("non_negative"),
        "parent_id": _maybe(_whole, "parent_id"),
        "made_at": _maybe(_moment, "made_at"),
    },
    "versions": {
        "id": _whole("id", 1),
        "parent_id": _maybe(_whole, "parent_id"),
        "backbone_id": _whole("backbone_id"),
        "class_ids": _json("class_ids", "ids"),
        "mirrored": _whole("mirrored"),
        "head_sha256": _text("head_sha256"),
        "samples_digest": _text("samples_digest"),
        "metrics": _json("metrics", "object"),
        "created_at": _moment("created_at"),
        "pinned": _whole("pinned"),
        "kind": "kind IN ('wake', 'sleep', 'fleet')",
        "kernel": _blob("kernel"),
        "bias": _blob("bias"),
    },
    "version_arrays": {
        "version_id": _whole("version_id"),
        "name": _text("name"),
        "dtype": _text("dtype"),
        "shape": _json("shape", "ids"),
        "sha256": _text("sha256"),
        "data": _blob("data"),
    },
    "increments": {
        "id": _whole("id", 1),
        "reason": _text("reason"),
        "started_at": _moment("started_at"),
        "seconds": _real("seconds"),
        "new_samples": _whole("new_samples"),
        "total_samples": _whole("total_samples"),
        "accepted": _whole("accepted"),
        "why": _text("why", 2**16),
        "before_right": _whole("before_right"),
        "before_bursts": _whole("before_bursts"),
        "version_id": _maybe(_whole, "version_id"),
        "kind": "kind IN ('wake', 'sleep', 'fleet')",
        "backbone_id": _maybe(_whole, "backbone_id"),
        "samples_digest": _text("samples_digest"),
        "evaluation": _json("evaluation", "evaluation"),
    },
    "backbone_files": {
        "backbone_id": _whole("backbone_id"),
        "name": _text("name"),
        "sha256": _text("sha256"),
        "data": _blob("data"),
    },
    "changes": {
        "id": _whole("id", 1),
        "burst_id": _maybe(_whole, "burst_id"),
        "class_id": _maybe(_whole, "class_id"),
    },
    "sums": {
        "backbone_id": _whole("backbone_id"),
        "name": _text("name"),
        "dtype": _text("dtype"),
        "rows": _whole("rows"),
        "columns": _whole("columns"),
        "sha256": _text("sha256"),
        "data": _blob("data"),
    },
    "fleet": {
        "backbone_id": _whole("backbone_id"),
        "state": "state IN ('offered', 'used')",
        "received_at": _moment("received_at"),
        "laptops": _whole("laptops"),
        "names": _json("names", "names"),
        "class_ids": _json("class_ids", "ids"),
    },
    "fleet_arrays": {
        "backbone_id": _whole("backbone_id"),
        "state": "state IN ('offered', 'used')",
        "name": _text("name"),
        "dtype": _text("dtype"),
        "rows": _whole("rows"),
        "columns": _whole("columns"),
        "sha256": _text("sha256"),
        "data": _blob("data"),
    },
    "consolidation": {
        "id": "id = 1",
        "backbone_id": _whole("backbone_id"),
        "reason": _text("reason"),
        "started_at": _moment("started_at"),
        "step": _whole("step"),
        "seconds": _real("seconds"),
        "plan": _json("plan", "object"),
        "seen": _json("seen", "ids"),
        "sha256": _text("sha256"),
        "state": _blob("state"),
    },
}
"""What has to hold of each column, of tables that have few rows."""

_LARGE: dict[str, dict[str, str]] = {
    "samples": {
        "id": _whole("id", 1),
        "class_id": _maybe(_whole, "class_id"),
        "burst_id": _whole("burst_id"),
        "sha256": _hash("sha256"),
        "captured_at": _moment("captured_at"),
        "deleted_at": _maybe(_moment, "deleted_at"),
        "learned_in": _maybe(_whole, "learned_in"),
        "learned_as": _maybe(_whole, "learned_as"),
        "known_since": _maybe(_whole, "known_since"),
        "forgotten_in": _maybe(_whole, "forgotten_in"),
        "held_out": _whole("held_out"),
        "image": _blob("image", MOST_PICTURE),
    },
    "embeddings": {
        "sample_id": _whole("sample_id"),
        "backbone_id": _whole("backbone_id"),
        "view": "typeof(view) = 'text'",
        "vector": f"{_blob('vector', 2**21)} AND length(vector) % 2 = 0",
    },
    "steps": {
        "increment_id": _whole("increment_id"),
        "number": _whole("number"),
        "total": _whole("total"),
        "loss": _maybe(_real, "loss"),
        "accuracy": _maybe(_real, "accuracy"),
        "learning_rate": _real("learning_rate"),
        "milliseconds": _real("milliseconds"),
    },
    "backbone_samples": {"backbone_id": _whole("backbone_id"), "sample_id": _whole("sample_id")},
}

CHECKED = {table: frozenset(columns) for table, columns in {**_SMALL, **_LARGE}.items()}
"""Every column that is looked at, by table."""

SPARED = frozenset({("versions", name) for name in ("class_ids", "metrics", "created_at", "kernel", "bias")})
"""Columns whose readers look for themselves: a version that is damaged is passed over, and another one is made."""


def check_rows(
    path: Path, connection: sqlite3.Connection, *, every: bool, spared: Collection[tuple[str, str]] = SPARED
) -> None:
    """Refuse a file of the present format with a row that no Showtell writes.

    Args:
        path: the file, for people.
        connection: to it, whose tables have been checked (`learner.buffer.hardening.check_schema`).
        every: look at samples, embeddings and steps as well, which takes as long as reading them.
        spared: tables and columns that are not looked at.

    Raises:
        DamagedProject: there is such a row.
        sqlite3.Error: the file cannot be read.
    """
    with _functions(connection):
        for table, columns in {**_SMALL, **(_LARGE if every else {})}.items():
            wrong = " ".join(
                f"WHEN NOT ifnull({check}, 0) THEN '{column}'"
                for column, check in columns.items()
                if (table, column) not in spared
            )
            row = connection.execute(
                f"SELECT found FROM (SELECT CASE {wrong} END AS found FROM {table}) WHERE found IS NOT NULL LIMIT 1"
            ).fetchone()
            if row is not None:
                raise _implausible(path, f"{row[0]} of {table} has a value that it cannot have")


def check_references(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file with a row that refers to another one which is not there.

    Raises:
        DamagedProject: there is one.
        sqlite3.Error: the file cannot be read.
    """
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    if row is not None:
        raise _implausible(path, f"a row of {row[0]} refers to one of {row[2]} that is not there")


def leave_out_implausible(connection: sqlite3.Connection) -> None:
    """Delete every row that no Showtell writes, whatever refers to it; what is left passes the first part of the check.

    Args:
        connection: to a file of the present format, in a transaction, with foreign keys off.
    """
    with _functions(connection):
        for table, columns in {**_SMALL, **_LARGE}.items():
            wrong = " OR ".join(f"NOT ifnull({check}, 0)" for check in columns.values())
            connection.execute(f"DELETE FROM {table} WHERE {wrong}")


@contextmanager
def _functions(connection: sqlite3.Connection) -> Iterator[None]:
    """Let statements use the checks that SQL has no words for while the block runs."""
    functions: dict[str, tuple[int, Callable[..., bool]]] = {
        "showtell_moment": (1, _is_moment),
        "showtell_text": (2, _is_text),
        "showtell_name": (1, _is_name),
        "showtell_json": (2, _is_json),
    }
    for name, (arguments, function) in functions.items():
        connection.create_function(name, arguments, function, deterministic=True)
    try:
        yield
    finally:
        for name, (arguments, _) in functions.items():
            connection.create_function(name, arguments, None)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, bytes) and datetime.fromisoformat(value.decode()).tzinfo is not None
    except ValueError:
        return False


def _is_name(value: object) -> bool:
    """Return whether a class may be called so; a stranger's name could steer the terminal that it is printed on."""
    if not isinstance(value, bytes) or not _is_text(value, 4 * _LONGEST_NAME):
        return False
    name = value.decode()
    return 0 < len(name) <= _LONGEST_NAME and not any(
        unicodedata.category(letter) in _NEVER_IN_NAMES for letter in name
    )


def _is_text(value: object, most: int) -> bool:
    # SQLite may ask although what stands before it in the condition says no.
    if not isinstance(value, bytes) or len(value) > most:
        return False
    try:
        value.decode()
    except UnicodeError:
        return False
    return True


def _is_json(value: object, shape: str) -> bool:
    if not isinstance(value, bytes) or len(value) > _LONGEST_SETTING:
        return False
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return False
    if shape == "ids":
        return isinstance(found, list) and all(type(one) is int and 0 <= one <= _LARGEST for one in found)
    if shape == "names":
        return _is_texts(found) and all(len(one) <= _LONGEST_NAME for one in found)
    if not isinstance(found, dict):
        return False
    if shape == "successor":
        return isinstance(found.get("sha256"), str) and isinstance(found.get("reason"), str)
    if shape == "going":
        return all(_is_texts(found.get(name)) for name in ("pictures", "classes"))
    return shape != "evaluation" or all(check(found[name]) for name, check in _EVALUATION.items() if name in found)


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and (not math.isfinite(value) or abs(value) < _LARGEST))


def _is_numbers(value: object) -> bool:
    return isinstance(value, list) and all(type(one) is int and abs(one) <= _LARGEST for one in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_by_class(value: object) -> bool:
    return isinstance(value, dict) and all(key.isdecimal() and _is_number(share) for key, share in value.items())


_EVALUATION: dict[str, Callable[[Any], bool]] = {
    "measured": lambda value: isinstance(value, bool),
    "class_ids": _is_numbers,
    "confusion": lambda value: isinstance(value, list) and all(map(_is_numbers, value)),
    "recall": _is_by_class,
    "forgetting": _is_by_class,
    "prequential": lambda value: isinstance(value, dict),
    "unknown": lambda value: isinstance(value, dict),
    **dict.fromkeys(("accuracy", "macro_accuracy", "ece", "recordings", "looks"), _is_number),
}
"""What is read of an evaluation (see `learner.figures`), where it has it."""


def _implausible(path: Path, what: str) -> DamagedProject:
    return DamagedProject(
        "The project file is damaged",
        f"{path.name} cannot be used: {what}.",
        "Go back to a copy of it. The file was not changed.",
    )
