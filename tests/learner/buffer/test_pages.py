# SPDX-License-Identifier: Apache-2.0
"""Pages read by themselves say what SQLite says, and nonsense is no row."""

from __future__ import annotations

import sqlite3
import struct
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learner.buffer.pages import Broken, Pages, Row, Unreadable, record

values = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-2, 300),
    st.floats(allow_nan=False),
    st.text(st.characters(blacklist_categories=["Cs"])),
    st.binary(max_size=40),
    st.integers(0, 20_000).map(lambda size: b"\x07" * size),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(values, values, values), max_size=40), st.sampled_from([512, 4096, 65536]))
def test_rows_are_those_that_sqlite_reads(wanted: list[tuple[object, ...]], page_size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {page_size}")
            connection.execute("CREATE TABLE plain (a, b, c)")
            connection.execute("CREATE TABLE keyed (k INTEGER PRIMARY KEY, v) WITHOUT ROWID")
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO plain VALUES (?, ?, ?)", wanted)
            connection.executemany("INSERT INTO keyed VALUES (?, ?)", [(n, row[0]) for n, row in enumerate(wanted)])
            connection.execute("DELETE FROM plain WHERE rowid % 5 = 0")
            connection.execute("COMMIT")
            plain = connection.execute("SELECT rowid, * FROM plain ORDER BY rowid").fetchall()
            keyed = connection.execute("SELECT * FROM keyed ORDER BY k").fetchall()
            roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        with Pages(path) as pages:
            found = {row.rowid: row.values for row in pages.tree(roots["plain"]) if isinstance(row, Row)}
            assert found == {row[0]: row[1:] for row in plain}
            assert {row.values for row in pages.tree(roots["keyed"]) if isinstance(row, Row)} == set(keyed)
            assert len(pages.free()) == free
            assert not any(isinstance(row, Broken) for root in roots.values() for row in pages.tree(root))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_nonsense_is_refused_and_nothing_else_happens(payload: bytes) -> None:
    try:
        found = record(payload)
    except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
        return
    assert isinstance(found, tuple)


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=100, max_size=3000), st.integers(0, 40))
def test_a_file_of_nonsense_comes_to_an_end(noise: bytes, number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.db"
        header = b"SQLite format 3\0" + (512).to_bytes(2, "big") + noise[:82]
        path.write_bytes((header + noise * 4)[: 512 * 20])
        with Pages(path) as pages:
            pages.free()
            rows = [row for row in pages.tree(1) if isinstance(row, Row)] + list(pages.rows(number))
            assert len(rows) < 10_000


def test_a_page_that_leads_to_itself_is_read_once(tmp_path: Path) -> None:
    page = bytes([5, 0, 0, 0, 0, 0, 0, 0]) + (2).to_bytes(4, "big")
    content = b"SQLite format 3\0" + (512).to_bytes(2, "big") + bytes(494) + page + bytes(500)
    (tmp_path / "any.db").write_bytes(content)
    with Pages(tmp_path / "any.db") as pages:
        assert list(pages.tree(2)) == []


@pytest.mark.parametrize("magic", [0x377F0682, 0x377F0683, 0x12345678])
def test_a_log_that_is_none_changes_nothing(tmp_path: Path, magic: int) -> None:
    path = tmp_path / "any.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE plain (a)")
        connection.execute("INSERT INTO plain VALUES ('x')")
    (tmp_path / "any.db-wal").write_bytes(magic.to_bytes(4, "big") + bytes(9000))
    with Pages(path) as pages:
        assert [row.values for row in pages.tree(2) if isinstance(row, Row)] == [("x",)]
