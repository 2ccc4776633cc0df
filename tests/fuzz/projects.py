# SPDX-License-Identifier: Apache-2.0
"""Project files that a stranger made, or that were damaged."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from learner.buffer import Buffer
from learner.buffer.schema import APPLICATION_ID
from tests.fuzz.corpus import Corpus
from tests.learner.buffer.making import embed, head, increment, record

CORPUS = Corpus("project", ".showtell", "DamagedProject")

STRANGE, DAMAGED, NEWER = "NotAProject", "DamagedProject", "NewerProject"


@cache
def ordinary() -> bytes:
    """Return a small project as Showtell leaves it, with a row in every table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.showtell"
        with Buffer.open(path) as buffer:
            ids = [*record(buffer, "mug"), *record(buffer, "key"), *record(buffer, "duck")]
            embed(buffer, ids[:6])
            buffer.publish(increment(buffer, ids[:6]), head(), {"scatter": head().kernel})
            buffer.publish(increment(buffer, ids[6:], digest="e" * 64), head(seed=1))
            buffer.delete(ids[-1:])
        return path.read_bytes()


def with_sql(*statements: str, limit: int | None = None) -> Callable[[Path], None]:
    """Return what makes a project in which somebody has run these statements, with everything allowed."""

    def make(path: Path) -> None:
        path.write_bytes(ordinary())
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("PRAGMA writable_schema = ON")
            if limit:
                connection.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, limit)
            for statement in statements:
                connection.execute(statement)

    return make


def with_bytes(change: Callable[[bytearray], object]) -> Callable[[Path], None]:
    """Return what makes a project with other bytes."""

    def make(path: Path) -> None:
        content = bytearray(ordinary())
        change(content)
        path.write_bytes(content)

    return make


_BOMB = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
_EMPTY_CLASSES = (
    "(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL, colour TEXT NOT NULL, "
    "shortcut TEXT, position INTEGER NOT NULL, created_at TEXT NOT NULL, archived_at TEXT)"
)


def _rebuilt(table: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Return what makes a project in whose schema a table's statement was changed."""

    def make(path: Path) -> None:
        with_sql()(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (change(sql), table))

    return make


for _name, _statements in {
    "trigger on samples": ["CREATE TRIGGER t AFTER INSERT ON samples BEGIN DELETE FROM samples; END"],
    "trigger on settings with a bomb": [
        f"CREATE TRIGGER t AFTER INSERT ON settings BEGIN SELECT * FROM ({_BOMB} x FROM n); END"
    ],
    "view beside the tables": ["CREATE VIEW v AS SELECT * FROM samples"],
    "view in the place of samples": [
        "ALTER TABLE samples RENAME TO hidden",
        f"CREATE VIEW samples AS {_BOMB} x AS id, 1 AS class_id, 1 AS burst_id, 'x' AS sha256, '' AS captured_at, "
        "NULL AS deleted_at, NULL AS learned_in, NULL AS learned_as, 0 AS held_out, x'00' AS image FROM n",
    ],
    "view in the place of settings": [
        "DROP TABLE settings",
        f"CREATE VIEW settings AS {_BOMB} 'champion' AS key, x AS value FROM n",
    ],
    "full-text table": ["CREATE VIRTUAL TABLE f USING fts5 (x)"],
    "tree of boxes": ["CREATE VIRTUAL TABLE r USING rtree (id, a, b)"],
    "generated column": ["ALTER TABLE classes ADD COLUMN more AS (zeroblob(1000000000))"],
    "generated column that is asked for": [
        "ALTER TABLE classes ADD COLUMN more AS (length(hex(zeroblob(100000000))))",
    ],
    "index over an expression": ["CREATE INDEX i ON classes (length(hex(zeroblob(10000000))))"],
    "index over part of a table": ["CREATE INDEX i ON classes (id) WHERE name GLOB '*a*a*a*a*a*a*a*b'"],
    "unique index that forbids": ["CREATE UNIQUE INDEX i ON samples (held_out, id)"],
    "table of somebody else": ["CREATE TABLE more (x)"],
    "statistics for the planner": ["ANALYZE", "UPDATE sqlite_stat1 SET stat = '99999999999 1 1 1 1'"],
    "table with a long name": [f'CREATE TABLE "{"x" * 50_000}" (x)'],
    "table with a name for the terminal": ['CREATE TABLE "\x1b[2J\x07" (x)'],
    "classes without row ids": [
        "DROP TABLE classes",
        f"CREATE TABLE classes {_EMPTY_CLASSES.replace('AUTOINCREMENT', '')} WITHOUT ROWID",
        "CREATE UNIQUE INDEX classes_by_name ON classes (name_key) WHERE archived_at IS NULL",
    ],
    "another collation": [
        "DROP TABLE classes",
        f"CREATE TABLE classes {_EMPTY_CLASSES.replace('name_key TEXT', 'name_key TEXT COLLATE NOCASE')}",
        "CREATE UNIQUE INDEX classes_by_name ON classes (name_key) WHERE archived_at IS NULL",
    ],
    "more migrations than there are": ["CREATE TABLE showtell_more (x)", "PRAGMA user_version = 3"],
}.items():
    CORPUS.add(_name, with_sql(*_statements), STRANGE)

CORPUS.add(
    "check that never ends",
    _rebuilt("classes", lambda sql: sql[:-1] + f", CHECK (({_BOMB} x FROM n)))"),
    STRANGE,
    DAMAGED,
)
CORPUS.add(
    "check that is deep",
    _rebuilt("classes", lambda sql: sql[:-1] + f", CHECK ({'(' * 900}1{')' * 900}))"),
    STRANGE,
    DAMAGED,
)
CORPUS.add(
    "default that takes a gigabyte",
    _rebuilt("bursts", lambda sql: sql.replace("source TEXT NOT NULL", "source TEXT NOT NULL DEFAULT (zeroblob(1e9))")),
    STRANGE,
)
CORPUS.add("table with a name that is too long for a statement", with_sql(f'CREATE TABLE "{"x" * 200_000}" (x)'))
CORPUS.add("table without a statement", with_sql("UPDATE sqlite_master SET sql = NULL WHERE name = 'classes'"))
CORPUS.add(
    "table with rubbish for a statement",
    with_sql("UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'classes'"),
)
CORPUS.add(
    "two tables in one place", with_sql("UPDATE sqlite_master SET rootpage = 3 WHERE type = 'table' AND rootpage > 0")
)
CORPUS.add("table beyond the end", with_sql("UPDATE sqlite_master SET rootpage = 99999999 WHERE name = 'samples'"))
CORPUS.add(
    "table name that is no text",
    with_sql("UPDATE sqlite_master SET name = CAST(x'ff41' AS TEXT) WHERE name = 'bursts'"),
    STRANGE,
    DAMAGED,
)
CORPUS.add("missing table", with_sql("DROP TABLE consolidation"))
CORPUS.add("missing index", with_sql("DROP INDEX samples_live"))
CORPUS.add("no tables at all", with_sql("DELETE FROM sqlite_master"))


@CORPUS.file("ten thousand tables", STRANGE, heavy=True)
def _many_tables(path: Path) -> None:
    with_sql("BEGIN", *(f"CREATE TABLE t{number} (x)" for number in range(10_000)), "COMMIT")(path)


for _version, _expected in {
    99: NEWER,
    2**31 - 1: NEWER,
    -1: STRANGE,
    -(2**31): STRANGE,
    0: STRANGE,
    1: STRANGE,
    2: STRANGE,
}.items():
    CORPUS.add(f"format {_version}", with_sql(f"PRAGMA user_version = {_version}"), _expected)
CORPUS.add("another application", with_sql("PRAGMA application_id = 7"), STRANGE)


@CORPUS.file("first format that says it was brought up to date", STRANGE)
def _lying_ledger(path: Path) -> None:
    from sqlite_utils import Database

    from learner.buffer.schema import migrations

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(connection), stop_before="m002_unlearning")
        for name in ("m002_unlearning", "m003_backbones"):
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('showtell', ?, '')", (name,)
            )
        connection.execute("PRAGMA user_version = 1")


for _name, _statements in {
    "class name that is a number": ["UPDATE classes SET name = x'01' WHERE id = 1"],
    "class name of ten megabytes": [f"UPDATE classes SET name = printf('%.{10**7}c', 'x') WHERE id = 1"],
    "class name that is no text": ["UPDATE classes SET name = CAST(x'ff80' AS TEXT) WHERE id = 1"],
    "class name for the terminal": ["UPDATE classes SET name = char(27) || '[2J' WHERE id = 1"],
    "class name that is empty": ["UPDATE classes SET name = '' WHERE id = 1"],
    "class with no colour": ["UPDATE classes SET colour = 'red; background: url(x)' WHERE id = 1"],
    "class at no place": ["UPDATE classes SET position = 'first' WHERE id = 1"],
    "class with a strange id": ["UPDATE classes SET id = 9223372036854775807 WHERE id = 1"],
    "class with a negative id": ["UPDATE classes SET id = -1 WHERE id = 1"],
    "class made at no time": ["UPDATE classes SET created_at = 7"],
    "recording of another role": ["UPDATE bursts SET role = 'both' WHERE id = 1"],
    "recording at no time": ["UPDATE bursts SET started_at = 'yesterday'"],
    "recording from a blob": ["UPDATE bursts SET source = zeroblob(1000)"],
    "sample at no time": ["UPDATE samples SET captured_at = 'yesterday' WHERE id = 2"],
    "sample at a number": ["UPDATE samples SET captured_at = x'00' WHERE id = 2"],
    "sample at a time without a zone": ["UPDATE samples SET captured_at = '2024-01-01T00:00:00' WHERE id = 2"],
    "sample on the 31st of February": ["UPDATE samples SET captured_at = '2024-02-31T00:00:00+00:00' WHERE id = 2"],
    "sample of a class in words": ["UPDATE samples SET class_id = 'mug' WHERE id = 2"],
    "sample of no class that there is": ["UPDATE samples SET class_id = 77 WHERE id = 2"],
    "sample of no recording that there is": ["UPDATE samples SET burst_id = 77 WHERE id = 2"],
    "sample of a negative class": ["UPDATE samples SET class_id = -5 WHERE id = 2"],
    "sample of a half recording": ["UPDATE samples SET burst_id = 1.5 WHERE id = 2"],
    "sample that is held out perhaps": ["UPDATE samples SET held_out = 'maybe' WHERE id = 2"],
    "sample learned in an infinity": ["UPDATE samples SET learned_in = 9e999 WHERE id = 2"],
    "hash that is none": ["UPDATE samples SET sha256 = x'ff' WHERE id = 2"],
    "hash of another length": ["UPDATE samples SET sha256 = substr(sha256, 1, 63) WHERE id = 2"],
    "picture that is text": ["UPDATE samples SET image = 'a picture' WHERE id = 2"],
    "picture of thirty megabytes": ["UPDATE samples SET image = zeroblob(30000000) WHERE id = 2"],
    "half an embedding": ["UPDATE embeddings SET vector = x'00' WHERE sample_id = 2"],
    "embedding that is text": ["UPDATE embeddings SET vector = 'ab'"],
    "embedding of no sample": ["UPDATE embeddings SET sample_id = sample_id + 900"],
    "backbone with a negative size": ["UPDATE backbones SET embedding_size = -48"],
    "backbone with an enormous size": ["UPDATE backbones SET embedding_size = 9007199254740993"],
    "backbone with infinite pictures": ["UPDATE backbones SET high = 9e999"],
    "backbone without a name": ["UPDATE backbones SET name = x'00'"],
    "version of another kind": ["UPDATE versions SET kind = 'dream'"],
    "increment of another kind": ["UPDATE increments SET kind = 'dream'"],
    "increment measured in a list": ["UPDATE increments SET evaluation = '[]'"],
    "increment measured in nonsense": [
        'UPDATE increments SET evaluation = \'{"measured": true, "accuracy": "good", "confusion": 7}\''
    ],
    "increment with counts in words": ["UPDATE increments SET new_samples = 'many'"],
    "increment with a negative count": ["UPDATE increments SET total_samples = -3"],
    "step in words": ["UPDATE steps SET loss = 'low'"],
    "step that is infinite": ["UPDATE steps SET learning_rate = 9e999"],
    "successor that is nonsense": ["INSERT INTO settings VALUES ('successor', 'nonsense')"],
    "successor in a list": ["INSERT INTO settings VALUES ('successor', '[1]')"],
    "setting that is a blob": ["INSERT INTO settings VALUES ('more', x'00ff')"],
    "setting of twenty megabytes": [f"INSERT INTO settings VALUES ('more', printf('%.{2 * 10**7}c', 'x'))"],
    "last consolidation in words": ["INSERT INTO settings VALUES ('consolidated', 'all')"],
    "no id left for a sample": ["UPDATE sqlite_sequence SET seq = 9223372036854775807"],
    "next id in words": ["UPDATE sqlite_sequence SET seq = 'next'"],
    "next id of ten megabytes": ["INSERT INTO sqlite_sequence VALUES (printf('%.10000000c', 'x'), 1)"],
}.items():
    CORPUS.add(_name, with_sql(*_statements))

for _name, _statements in {
    "picture that is empty": ["UPDATE samples SET image = x'' WHERE id = 2"],
    "picture that is none": ["UPDATE samples SET image = randomblob(5000) WHERE id = 2"],
    "weights that are not those written": ["UPDATE versions SET bias = x'0000'"],
    "version of classes in words": ["UPDATE versions SET class_ids = '[\"mug\"]'"],
    "version of half a list": ["UPDATE versions SET class_ids = '[1, 2'"],
    "version of a list without end": [f"UPDATE versions SET class_ids = '{'[' * 100_000}'"],
    "version with metrics in a list": ["UPDATE versions SET metrics = '[]'"],
    "version with weights in words": ["UPDATE versions SET kernel = 'heavy'"],
    "version from no time": ["UPDATE versions SET created_at = '0'"],
    "unknown view": ["UPDATE embeddings SET view = 'behind' WHERE sample_id = 2 AND view = 'picture'"],
    "version in use that is not there": ["UPDATE settings SET value = '77' WHERE key = 'champion'"],
    "version in use in words": ["UPDATE settings SET value = 'newest' WHERE key = 'champion'"],
    "backbone that comes from itself": ["UPDATE backbones SET parent_id = id"],
    "version that comes from itself": ["UPDATE versions SET parent_id = id"],
    "consolidation that is rubbish": [
        "INSERT INTO consolidation VALUES (1, 1, 'x', '2024-01-01T00:00:00+00:00', 1, 1.0, '{}', '[]', 'x', x'00')"
    ],
}.items():
    CORPUS.add(_name, with_sql(*_statements), "read", "left out")


def _arrays(dtype: str, shape: str, data: bytes) -> Callable[[Path], None]:
    """Return what makes a project with such an array, whose hash is right: who makes a file makes its hashes too."""
    digest = hashlib.sha256(f"scatter\n{dtype}\n{shape}\n".encode() + data).hexdigest()
    return with_sql(
        f"UPDATE version_arrays SET dtype = '{dtype}', shape = '{shape}', sha256 = '{digest}', data = x'{data.hex()}'"
    )


for _name, _made in {
    "array of half a number": ("float64", "[1]", b"1234"),
    "array of no numbers": ("float64", "[9007199254740992, 9007199254740992, 0]", b""),
    "array of two gigabytes, as it says": ("float64", "[268435456]", bytes(8)),
    "array of another type": ("object", "[1]", bytes(8)),
    "array with fifty sides": ("float64", json.dumps([1] * 50), bytes(8)),
}.items():
    CORPUS.add(_name, _arrays(*_made), "left out", "read")
CORPUS.add("array of negative sides", _arrays("float64", "[-1, -1]", bytes(8)))


@CORPUS.file("weights that are not numbers", "left out")
def _poisoned(path: Path) -> None:
    ids, kernel, bias = "[1, 2]", struct.pack("<f", float("nan")) * 96, struct.pack("<f", float("inf")) * 2
    digest = hashlib.sha256(ids.encode() + kernel + bias).hexdigest()
    with_sql(
        f"UPDATE versions SET class_ids = '{ids}', kernel = x'{kernel.hex()}', bias = x'{bias.hex()}', "
        f"head_sha256 = '{digest}'"
    )(path)


def _checkpoint(state: bytes) -> Callable[[Path], None]:
    return with_sql(
        "INSERT INTO consolidation VALUES (1, 1, 'x', '2024-01-01T00:00:00+00:00', 1, 1.0, '{}', '[]', "
        f"'{hashlib.sha256(state).hexdigest()}', x'{state.hex()}')"
    )


@CORPUS.file("consolidation that unpacks to a gigabyte", "read")
def _checkpoint_bomb(path: Path) -> None:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.npy", "w") as entry:
        entry.write(
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (134217728,), }".ljust(128)
        )
        for _ in range(64):
            entry.write(bytes(2**20))
    _checkpoint(file.getvalue())(path)


@CORPUS.file("consolidation that is a pickle", "read")
def _checkpoint_pickle(path: Path) -> None:
    import io

    import numpy as np

    file = io.BytesIO()
    np.savez(file, a=np.array([print], object))
    _checkpoint(file.getvalue())(path)


def _page(content: bytearray, number: int) -> int:
    return (number - 1) * 4096


def _root(content: bytes | bytearray, table: str) -> int:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(bytes(content[:18]) + b"\x01\x01" + bytes(content[20:]))
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])


def _looped(content: bytearray) -> None:
    """Turn the root of a table into a page of which every child is itself."""
    number = _root(content, "samples")
    at, cells = _page(content, number), 400
    page = bytearray(4096)
    page[0:12] = struct.pack(">BHHHBL", 5, 0, cells, 4096 - 5 * cells - 96, 0, number)
    for cell in range(cells):
        place = 4096 - 5 * (cell + 1)
        page[12 + 2 * cell : 14 + 2 * cell] = struct.pack(">H", place)
        page[place : place + 5] = struct.pack(">LB", number, cell % 127)
    content[at : at + 4096] = page


def _put(place: int, data: bytes) -> Callable[[bytearray], object]:
    def change(content: bytearray) -> None:
        content[place : place + len(data)] = data

    return change


def _long_row(content: bytearray) -> None:
    """Have the first row of a table say that it is of two gigabytes."""
    at = _page(content, _root(content, "bursts"))
    (cell,) = struct.unpack_from(">H", content, at + 8)
    content[at + cell : at + cell + 5] = b"\x87\xff\xff\xff\x7f"


CORPUS.add("page that is its own child", with_bytes(_looped))
CORPUS.add("cut in half", with_bytes(lambda content: content.__delitem__(slice(len(content) // 2, None))))
CORPUS.add("header alone", with_bytes(lambda content: content.__delitem__(slice(100, None))), DAMAGED, STRANGE)
CORPUS.add("zeros behind the first page", with_bytes(lambda content: _put(4096, bytes(len(content) - 4096))(content)))
CORPUS.add(
    "second page on the third",
    with_bytes(lambda content: _put(8192, bytes(content[4096:8192]))(content)),
    DAMAGED,
    "read",
)
CORPUS.add("pages of 512", with_bytes(_put(16, b"\x02\x00")), DAMAGED, STRANGE)
CORPUS.add("pages of 65536", with_bytes(_put(16, b"\x00\x01")), DAMAGED, STRANGE)
CORPUS.add("pages of no size", with_bytes(_put(16, b"\x00\x00")), DAMAGED, STRANGE)
CORPUS.add("pages that are all reserve", with_bytes(_put(20, b"\xff")), DAMAGED, STRANGE)
CORPUS.add("schema of another kind", with_bytes(_put(44, b"\0\0\0\x09")))
CORPUS.add("text of UTF-16", with_bytes(_put(56, b"\0\0\0\x02")), DAMAGED, STRANGE)
CORPUS.add("text of no encoding", with_bytes(_put(56, b"\0\0\0\x07")), DAMAGED, STRANGE, "read")
CORPUS.add("four billion pages, as it says", with_bytes(_put(28, b"\xff\xff\xff\xff")), DAMAGED)
CORPUS.add("free pages that are none", with_bytes(_put(32, b"\0\0\0\x02\0\0\xff\xff")))
CORPUS.add("a row of two gigabytes, as it says", with_bytes(_long_row))
CORPUS.add("bytes written by a newer SQLite", with_bytes(_put(18, b"\x09\x09")), DAMAGED, STRANGE, "ReadOnlyProject")


def _beside(suffix: str, make: Callable[[Path], bytes]) -> Callable[[Path], None]:
    def both(path: Path) -> None:
        path.write_bytes(ordinary())
        path.with_name(path.name + suffix).write_bytes(make(path))

    return both


def _other_log(path: Path) -> bytes:
    """Return the log of another project."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "other.showtell"
        with Buffer.open(other) as buffer:
            record(buffer, "other", 5)
            return other.with_name(other.name + "-wal").read_bytes()


def _other_journal(path: Path) -> bytes:
    """Return a journal that writes pages of zeros over a file."""
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">LLLLL", 3, 7, 10, 512, 4096)
    pages = b""
    for number in (2, 3, 4):
        page = bytes(4096)
        checksum = (7 + sum(page[place] for place in range(4096 - 200, 0, -200))) & 0xFFFFFFFF
        pages += struct.pack(">L", number) + page + struct.pack(">L", checksum)
    return head.ljust(512, b"\0") + pages


CORPUS.add("log of another project", _beside("-wal", _other_log), DAMAGED, STRANGE, "read")
CORPUS.add("log that is rubbish", _beside("-wal", lambda _: b"rubbish" * 10_000), "read", DAMAGED)
CORPUS.add("journal that empties it", _beside("-journal", _other_journal), DAMAGED)
CORPUS.add("journal that is rubbish", _beside("-journal", lambda _: b"rubbish" * 1000), "read", DAMAGED)


@CORPUS.file("log that is a folder", "read", "DamagedProject", "ReadOnlyProject", "ProjectFault")
def _folder_for_a_log(path: Path) -> None:
    path.write_bytes(ordinary())
    path.with_name(path.name + "-wal").mkdir()


@CORPUS.file("too large to be read through, and wrong in its rows", heavy=True)
def _large(path: Path) -> None:
    with_sql("UPDATE samples SET captured_at = 7", "UPDATE classes SET created_at = 7")(path)
    with path.open("r+b") as file:
        file.truncate(100 * 2**20)


@CORPUS.file("too large to be read through, and a page that is its own child", heavy=True)
def _large_loop(path: Path) -> None:
    content = bytearray(ordinary())
    _looped(content)
    pages = 100 * 2**20 // 4096
    content[28:32] = struct.pack(">L", pages)
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(pages * 4096)


@CORPUS.file("picture of 220 MB", DAMAGED, "ProjectFault", heavy=True)
def _large_picture(path: Path) -> None:
    with_sql("UPDATE samples SET image = zeroblob(220000000) WHERE id = 2")(path)


@CORPUS.file("name of 220 MB", heavy=True)
def _large_name(path: Path) -> None:
    with_sql("UPDATE classes SET name = zeroblob(220000000) WHERE id = 2")(path)
