# SPDX-License-Identifier: Apache-2.0
"""What a connection may do with a stranger's file, and what is looked at of it; hostile files are in `tests/fuzz`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from learner.buffer import Buffer, schema
from learner.buffer.hardening import check_schema, harden, harmless, in_bounded_time
from learner.buffer.plausible import CHECKED
from learner.errors import DamagedProject, NotAProject
from learner.pictures import decode_image
from tests.learner.buffer.making import record


def test_every_connection_trusts_nothing(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        assert buffer._value("PRAGMA trusted_schema") == 0
        assert buffer._value("PRAGMA cell_size_check") == 1
        connection = buffer._db.conn
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) < 2**28
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH) <= 100
        with pytest.raises(sqlite3.Error):  # whether this SQLite was built without it or does not allow it
            connection.execute("SELECT load_extension('anything')")


def test_every_column_of_the_present_format_is_looked_at() -> None:
    database = Database(memory=True)
    schema.migrations.apply(database)
    columns = {name: frozenset(database[name].columns_dict) for name in database.table_names() if name[0] != "_"}
    columns["sqlite_sequence"] = frozenset({"name", "seq"})
    assert columns == CHECKED
    database.close()


def test_how_a_statement_is_written_does_not_matter_but_what_it_says_does(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    Buffer.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP INDEX samples_by_burst")
        with pytest.raises(DamagedProject, match="samples_by_burst"):
            check_schema(path, connection)
        check_schema(path, connection, may_lack=True)
        connection.execute('create index "samples_by_burst"\n on [samples] (burst_id)')
        check_schema(path, connection)
        connection.execute("DROP INDEX samples_by_burst")
        connection.execute("CREATE INDEX samples_by_burst ON samples (abs(burst_id))")
        for may_lack in (True, False):
            with pytest.raises(NotAProject, match="samples_by_burst"):
                check_schema(path, connection, may_lack=may_lack)


def test_what_never_ends_is_interrupted() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        harden(connection)
        endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        with in_bounded_time(connection, 10**6), pytest.raises(sqlite3.OperationalError, match="interrupted"):
            connection.execute(endless).fetchone()


def test_words_of_a_stranger_do_no_harm() -> None:
    assert harmless("\x1b[2Ja\n" + "b" * 1000, 10) == "?[2Ja?bbbb"


def test_what_is_in_an_ordinary_project_is_plausible(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "größe 日本")
        buffer.set_setting("anything", "x" * 100_000)
    with Buffer.open(path) as buffer:
        stored = buffer.pictures([1])[1]
        assert decode_image(stored).shape == buffer.image(1).shape
