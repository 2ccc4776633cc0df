# SPDX-License-Identifier: Apache-2.0
"""What a connection may do with a file that a stranger made, and whether its tables are ours and nothing else.

A SQLite file can bring along triggers, views, generated columns and indices over expressions, which run when somebody
reads or writes an innocent row. Ours have none of these: so whatever else is in a file has it refused before a row of
it is read. Source: https://www.sqlite.org/security.html, "Untrusted SQLite Database Files", and
https://www.sqlite.org/limits.html.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from learner.buffer.schema import USER_VERSION, migrations
from learner.errors import DamagedProject, NotAProject

LONGEST = 192 * 2**20
"""Bytes of the longest value that is read or written: SQLite and Python each hold one copy of it meanwhile."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,  # which VACUUM takes
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,  # what refers to a row that is deleted goes by triggers of SQLite's own
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

_SWITCHES = {
    "DEFENSIVE": True,
    "TRUSTED_SCHEMA": False,
    "ENABLE_TRIGGER": False,
    "ENABLE_VIEW": False,
    "ENABLE_LOAD_EXTENSION": False,
    "ENABLE_FTS3_TOKENIZER": False,
    "WRITABLE_SCHEMA": False,
    "DQS_DDL": False,
    "DQS_DML": False,
}
"""Of `sqlite3_db_config`, which Python gives access to since 3.12; before, the check of the tables has to do."""

_PRAGMAS = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0")
_LOOKS = 1000
"""So many times it is asked whether that was too much."""
_MOST_STEPS = 2 * 10**9
"""Steps of SQLite's machine, tens of seconds: more than all checks of a file take that is read through at opening."""
_SCHEMA_STEPS = 20_000
"""Ours has some dozens of tables and indices, and each takes ten steps to read; SQLite takes seconds for thousands."""

_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\w+|[^\s\w]""")
_LEDGER_NAME = "_sqlite_migrations"
_LEDGER = frozenset(
    """
    ( ) , create table unique index on integer text not null primary key id migration_set name applied_at
    _sqlite_migrations idx__sqlite_migrations_migration_set_name
    """.split()  # noqa: SIM905  # one word a line would be a page
)
"""Words of the table that sqlite-utils notes migrations in. How it writes them is its own affair."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A table, index, trigger or view as the schema has it; `sql` are its words, and none for an index of a key."""

    kind: str
    name: str
    table: str
    sql: tuple[str, ...]


def harden(connection: sqlite3.Connection) -> None:
    """Have a connection trust nothing that the file says, and give no more than our own statements need."""
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    if hasattr(connection, "setconfig"):
        for name, is_on in _SWITCHES.items():
            switch = getattr(sqlite3, f"SQLITE_DBCONFIG_{name}", None)
            if switch is not None:
                connection.setconfig(switch, is_on)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()


@contextmanager
def in_bounded_time(connection: sqlite3.Connection, steps: int = _MOST_STEPS) -> Iterator[None]:
    """Interrupt statements that take for ever while the block runs, as those on tables that loop in themselves."""
    calls = 0

    def is_too_much() -> int:
        nonlocal calls
        calls += 1
        return calls > _LOOKS

    connection.set_progress_handler(is_too_much, steps // _LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def check_schema(path: Path, connection: sqlite3.Connection, *, may_lack: bool = False) -> None:
    """Refuse a file whose tables and indices are not those that its `user_version` has.

    Args:
        path: the file, for people.
        connection: to it.
        may_lack: let tables and indices be missing or those of another format, as in a file that is looked into because
            it is damaged.

    Raises:
        NotAProject: there is something in it that no Showtell puts there.
        DamagedProject: something is missing.
        sqlite3.Error: it cannot be read.
    """
    try:
        with in_bounded_time(connection, _SCHEMA_STEPS):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # has it read and understood
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise _strange(path, "thousands of tables") from error
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (encoding,) = connection.execute("PRAGMA encoding").fetchone()
    if not 0 <= version <= USER_VERSION or encoding != "UTF-8":
        raise _strange(path, f"the format {version} in {encoding}")
    wanted = _expected(version)
    known = frozenset().union(*map(_expected, range(1, USER_VERSION + 1))) if may_lack else wanted
    found = set()
    # Its own text may be anything, invalid UTF-8 too, which Python would not read.
    for row in connection.execute(
        "SELECT type, CAST(name AS BLOB), CAST(tbl_name AS BLOB), substr(CAST(sql AS BLOB), 1, 10000) "
        "FROM sqlite_master"
    ):
        thing = _thing(*row)
        if thing not in known and not _is_ledger(thing):
            raise _strange(path, f"a {thing.kind} called {harmless(thing.name, 40)}")
        found.add(thing)
    missing = sorted(thing.name for thing in wanted - found if not _is_ledger(thing))
    if missing and not may_lack:
        raise DamagedProject(
            "The project file is damaged",
            f"{path.name} has no {missing[0]} any longer.",
            "Go back to a copy of it. The file was not changed.",
        )


@cache
def _expected(version: int) -> frozenset[_Thing]:
    """Return what is in the schema of a file of a format, by making one."""
    if version == 0:
        return frozenset()
    database = Database(memory=True, execute_plugins=False)
    try:
        later = [migration.name for migration in migrations.pending(database)][version:]
        migrations.apply(database, stop_before=later)
        return frozenset(
            _thing(*row) for row in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        )
    finally:
        database.close()


def _thing(kind: object, name: object, table: object, sql: object) -> _Thing:
    return _Thing(_text(kind), _text(name), _text(table), tuple(_words(_text(sql))))


def _words(sql: str) -> Iterator[str]:
    """Yield the words of a statement as SQLite means them: blanks, capitals and quotes around names do not matter."""
    for token in _TOKEN.findall(sql):
        yield token if token.startswith("'") else token.strip('"`[]').casefold() or token


def _is_ledger(thing: _Thing) -> bool:
    return thing.table == _LEDGER_NAME and thing.kind in {"table", "index"} and _LEDGER.issuperset(thing.sql)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def harmless(text: str, most: int = 200) -> str:
    """Return what a stranger wrote as something that does no harm on a terminal, nor to the line it stands in."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:most])


def _strange(path: Path, what: str) -> NotAProject:
    return NotAProject(
        "That project is not opened",
        f"{path.name} has something in it that Showtell never puts there ({what}).",
        "Get it again from whoever gave it to you, or go back to a copy of it. The file was not changed.",
    )
