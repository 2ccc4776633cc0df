# SPDX-License-Identifier: Apache-2.0
"""A file of an older Showtell is brought up to date with everything in it, or left as it is."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlite_utils import Database

from learner.buffer import Buffer, encode, keeping, schema
from learner.buffer.backups import restore
from learner.buffer.checking import check
from learner.buffer.connection import PROJECT_ID
from learner.buffer.schema import APPLICATION_ID, USER_VERSION, migrations
from learner.errors import BackupFault, ReadOnlyProject
from learner.types import IncrementKind, Role, View
from tests.learner.buffer.earlier import VERSIONS, made_by
from tests.learner.buffer.making import increment
from tests.learner.fakes import INFO, picture

_PICTURES = [encode(np.kron(picture(1, n), np.ones((8, 8, 1), np.uint8))) for n in range(6)]
_AT = "2026-01-02T03:04:05.000006+00:00"

_ROWS: dict[str, list[tuple[Any, ...]]] = {
    "settings": [("champion", "2")],
    "classes": [
        (1, "a", "a", "#0072B2", "1", 0, _AT, None),
        (2, "b", "b", "#E69F00", "2", 1, _AT, None),
        (3, "c", "c", "#009E73", None, 2, _AT, _AT),
    ],
    "bursts": [(1, "camera", _AT, "train"), (2, "clip", _AT, "holdout")],
    "backbones": [(1, INFO.sha256, "fake", 16, 48, 0.0, 255.0, 0)],
    "versions": [
        (n, n - 1 or None, 1, "[1, 2]", 1, f"{n}" * 64, f"{n}d" * 32, '{"loss": 0.5}', _AT, bytes(384), bytes(8))
        for n in (1, 2)
    ],
    "increments": [
        (1, "test", _AT, 0.5, 2, 2, 1, "", 0, 0, 1),
        (2, "test", _AT, 0.5, 1, 3, 0, "It was worse.", 1, 2, None),
        (3, "test", _AT, 0.5, 1, 3, 1, "", 1, 2, 2),
    ],
    "steps": [(1, 1, 1, 0.5, 0.5, 0.01, 2.0)],
    "samples": [
        (id_, class_id, burst, _PICTURES[id_ - 1].sha256, _AT, deleted, learned, _PICTURES[id_ - 1].jpeg)
        for id_, class_id, burst, deleted, learned in [
            (1, 1, 1, None, 1),
            (2, 2, 1, _AT, 1),
            (3, 2, 1, None, 3),
            (4, 3, 1, None, None),
            (5, 1, 2, None, None),
            (6, 1, 1, None, None),
        ]
    ],
    "embeddings": [(id_, 1, view.value, bytes([id_] * 96)) for id_ in (1, 2, 3) for view in View],
}


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def first_format(path: Path) -> Path:
    """Make a project file as the first release did. Its last sample and its last version are gone for good."""
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(connection), stop_before="m002_unlearning")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
        for table, rows in _ROWS.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute("DELETE FROM samples WHERE id = 6")
        connection.execute("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'versions'")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return path


def second_format(path: Path) -> Path:
    """Make a project file as the second release left one of the first."""
    with closing(connect(first_format(path))) as connection:
        migrations.apply(Database(connection), stop_before="m003_backbones")
        connection.execute("PRAGMA user_version = 2")
    return path


def content(path: Path, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Return all rows of all tables, of these columns."""
    with closing(connect(path)) as connection:
        return {
            table: [
                row
                for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2")
                if row[0] != PROJECT_ID  # which a file is given before its copy is made
            ]
            for table, names in columns.items()
        }


def columns(path: Path) -> dict[str, list[str]]:
    with closing(connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables
            if table != "_sqlite_migrations"
        }


@pytest.mark.parametrize("made", [first_format, second_format])
def test_every_row_of_an_earlier_format_survives(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    path = made(tmp_path / "desk.showtell")
    known = columns(path)
    before = content(path, known)
    assert before["sqlite_sequence"]
    with Buffer.open(path) as buffer:
        assert buffer._rows("PRAGMA foreign_key_check") == []
        assert buffer.integrity_check() == []
        assert buffer._value("PRAGMA foreign_keys") == 1
        assert buffer._value("PRAGMA user_version") == USER_VERSION == 5
    assert content(path, known) == before


def test_a_file_of_the_first_format_is_used_as_before(tmp_path: Path) -> None:
    with Buffer.open(first_format(tmp_path / "desk.showtell")) as buffer:
        assert [(member.sample_id, member.learned, member.role) for member in buffer.members()] == [
            (1, True, Role.TRAIN),
            (3, True, Role.TRAIN),
            (5, False, Role.HOLDOUT),
        ]
        assert [sample.id for sample in buffer.samples(deleted=True)] == buffer.unlearnable() == [2]
        assert buffer.unlabelled() == []
        assert buffer._rows("SELECT id, learned_as, known_since, forgotten_in, held_out FROM samples") == [
            (1, 1, 1, None, 0),
            (2, 2, 1, None, 0),
            (3, 2, 3, None, 0),
            (4, None, None, None, 0),
            (5, None, None, None, 0),
        ]
        assert [(version.pinned, version.kind) for version in buffer.versions()] == [(False, IncrementKind.WAKE)] * 2
        assert buffer.version(2).class_ids == (1, 2)
        assert buffer.arrays(2) == {}
        assert [done.samples_digest for done in buffer.increments()] == ["1d" * 32, "", "2d" * 32]
        assert [(done.kind, done.evaluation) for done in buffer.increments()] == [(IncrementKind.WAKE, {})] * 3
        newest = buffer.newest_increment(INFO.sha256)
        assert newest is not None
        assert newest.samples_digest == "2d" * 32
        # Ids that were given once are not given again, and what refers to a sample still goes with it.
        assert buffer.add_sample(picture(1), 1, 1).id == 7
        assert buffer.publish(increment(buffer, [1]), None).id == 4
        with buffer._writing() as db:
            db.execute("DELETE FROM samples WHERE id = 1")
            db.execute("DELETE FROM versions WHERE id = 1")
        assert buffer.embedded(1, tuple(View), 48) == {2, 3}
        assert [version.parent_id for version in buffer.versions()] == [None]
        with pytest.raises(sqlite3.IntegrityError), buffer._writing() as db:
            db.execute("UPDATE samples SET burst_id = 99")


def test_an_empty_file_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(connection), stop_before="m002_unlearning")
        connection.execute("PRAGMA user_version = 1")
    with Buffer.open(path) as buffer:
        assert buffer.add_sample(picture(1), buffer.add_class("a").id, buffer.start_burst("test").id).id == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = first_format(tmp_path / "desk.showtell")
    known = columns(path)
    before = content(path, known)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_UNLEARNING", schema._UNLEARNING + "; INSERT INTO nowhere VALUES (1)")
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            Buffer.open(path)
    assert (columns(path), content(path, known)) == (known, before)
    with Buffer.open(path) as buffer:
        assert len(buffer.samples()) == 4


def test_a_file_opened_by_several_at_once_is_brought_up_to_date_once(tmp_path: Path) -> None:
    path = first_format(tmp_path / "desk.showtell")
    together = threading.Barrier(4)
    seen: list[object] = []

    def look() -> None:
        together.wait()
        try:
            with Buffer.open(path) as buffer:
                seen.append(len(buffer.samples()))
        except BaseException as error:
            seen.append(error)

    lookers = [threading.Thread(target=look) for _ in range(4)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()
    assert seen == [4] * 4


def test_a_file_of_the_first_format_is_not_changed_by_who_may_only_read(tmp_path: Path) -> None:
    path = first_format(tmp_path / "desk.showtell")
    before = path.read_bytes()
    with pytest.raises(ReadOnlyProject) as caught:
        Buffer.open(path, read_only=True)
    assert caught.value.remedy
    assert path.read_bytes() == before


def test_a_file_of_each_format_is_kept() -> None:
    assert list(range(1, USER_VERSION + 1)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_showtell_kept_is_there_after_it_was_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path, folder = made_by(version, tmp_path / "desk.showtell"), tmp_path / "backups"
    known = columns(path)
    before = content(path, known)
    assert all(before.values()), "a row in each table"
    with Buffer.open(path, backups=folder) as buffer:
        assert len(buffer.samples()) == 4
        assert buffer._value("PRAGMA user_version") == USER_VERSION
    assert content(path, known) == before
    assert check(path).findings == ()

    found = keeping.kept(path, folder)
    if version == USER_VERSION:
        assert found == []
        return
    (copy,) = found
    assert copy.reason is keeping.Reason.MIGRATION
    assert (columns(copy.path), content(copy.path, known)) == (known, before)
    with closing(connect(copy.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    # It is put back as it was, and keeps its copies.
    restore(copy.path, path)
    assert content(path, known) == before
    assert [one.path for one in keeping.kept(path, folder)] == [copy.path]


def test_without_a_copy_a_file_stays_as_it_is(tmp_path: Path) -> None:
    path = made_by(1, tmp_path / "desk.showtell")
    known = columns(path)
    before = content(path, known)
    (tmp_path / "backups").write_text("a file where the folder would be")
    with pytest.raises(BackupFault, match="copy of it comes first") as caught:
        Buffer.open(path, backups=tmp_path / "backups")
    assert str(tmp_path / "backups") in caught.value.remedy
    assert (columns(path), content(path, known)) == (known, before)


_KILLED = """
import os
import signal
import sys
from pathlib import Path

from learner.buffer import Buffer, connection

# It is called in the transaction, when all tables are new and nothing is committed.
connection.check_rows = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
Buffer.open(Path(sys.argv[1]), backups=Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path, folder = made_by(1, tmp_path / "desk.showtell"), tmp_path / "backups"
    known = columns(path)
    before = content(path, known)
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(path), str(folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (columns(path), content(path, known)) == (known, before)
    assert len(keeping.kept(path, folder)) == 1
    with Buffer.open(path, backups=folder) as buffer:
        assert len(buffer.samples()) == 4
    assert content(path, known) == before
