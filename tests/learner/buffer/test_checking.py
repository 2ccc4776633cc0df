# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.buffer.checking import Contents, check, verify
from learner.errors import NewerProject, NotAProject
from tests.learner.buffer.making import embed, head, increment, record
from tests.learner.fakes import INFO


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project with something of everything in it."""
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        ids = record(buffer, "mug", 3)
        embed(buffer, ids)
        weights = replace(head(1), class_ids=(buffer.classes()[0].id,))
        buffer.publish(increment(buffer, ids), weights, {"mean": np.ones(4, np.float32)})
        buffer.keep_backbone(INFO, {PACKAGE: b"its package", LITERT: b"its model"})
        buffer.save_checkpoint(Checkpoint(INFO.sha256, "test", datetime.now(UTC), 0, 1.0, {}, ids, {"w": np.ones(2)}))
    return path


def harm(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_all_is_well(desk: Path) -> None:
    before = desk.read_bytes()
    told: list[tuple[int, int]] = []
    found = check(desk, lambda done, total: told.append((done, total)))
    assert found.findings == ()
    assert found.contents == Contents(
        classes=1, recordings=1, samples=3, deleted=0, embeddings=9, increments=1, versions=1
    )
    assert told[-1] == (13, 13)
    assert told == sorted(told)
    assert desk.read_bytes() == before
    assert [entry.name for entry in desk.parent.iterdir()] == ["desk.showtell"], "no log is left behind"


def test_a_project_that_is_open_is_checked_with_what_is_in_its_log(desk: Path) -> None:
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 2)
        found = check(desk)
        record(buffer, "key", 1)
    assert found.is_well
    assert found.contents is not None
    assert found.contents.samples == 5


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE samples SET image = substr(image, 1, length(image) / 2) WHERE id = 2", "sample 2 breaks off"),
        ("UPDATE samples SET image = x'' WHERE id = 2", "sample 2 breaks off"),
        ("UPDATE samples SET image = x'FFD8FFD9' WHERE id = 1", "sample 1 cannot be decoded"),
        ("UPDATE samples SET class_id = 77 WHERE id = 1", "Row 1 of samples refers to a row of classes"),
        ("UPDATE samples SET burst_id = 77 WHERE id = 1", "Row 1 of samples refers to a row of bursts"),
        ("UPDATE embeddings SET vector = x'0000' WHERE sample_id = 3", "sample 3 by backbone 1 (zoom) has 2 bytes"),
        (
            "UPDATE embeddings SET vector = CAST(x'007E' || substr(vector, 3) AS BLOB) WHERE sample_id = 3",
            "sample 3 by backbone 1 (mirror) has something in it that is no number",
        ),
        ("UPDATE embeddings SET view = 'sideways' WHERE sample_id = 3 AND view = 'zoom'", "(sideways) is of a view"),
        ("UPDATE versions SET kernel = zeroblob(length(kernel))", "version 1"),
        ("UPDATE version_arrays SET data = zeroblob(length(data))", "version 1"),
        ("UPDATE backbone_files SET data = x'00' WHERE name = 'litert'", "backbone ffffffffffff"),
        ("UPDATE consolidation SET state = x'00'", "consolidation"),
        ("UPDATE settings SET value = '77' WHERE key = 'champion'", "Version 77"),
        ("DELETE FROM classes", "Version 1 knows class 1"),
    ],
    ids=lambda value: None if " " in value else value,
)
def test_what_is_wrong_is_told(statement: str, told: str, desk: Path) -> None:
    harm(desk, statement)
    found = check(desk)
    assert not found.is_well
    assert any(told in line for line in found.findings), found.findings
    assert found.contents is not None


def test_damaged_pages(desk: Path) -> None:
    content = desk.read_bytes()
    desk.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    for look in (check, verify):
        found = look(desk)
        assert not found.is_well
        assert found.contents is None


def test_a_table_that_is_missing(desk: Path) -> None:
    harm(desk, "DROP TABLE increments")
    assert any("increments" in line for line in check(desk).findings)


def test_an_older_project_is_not_looked_into(desk: Path) -> None:
    harm(desk, "PRAGMA user_version = 2", "UPDATE samples SET image = x'' WHERE id = 2")
    found = check(desk)
    assert found.is_well
    assert found.is_older


def test_what_is_no_project_or_a_newer_one(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("something else" * 100)
    with pytest.raises(NotAProject):
        check(tmp_path / "notes.txt")
    harm(desk, "PRAGMA user_version = 99")
    with pytest.raises(NewerProject):
        check(desk)


@pytest.mark.parametrize(("limit", "is_well"), [(np.inf, True), (np.nan, False)])
def test_a_limit_that_was_never_measured_is_infinite(limit: float, is_well: bool, tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        ids = record(buffer, "mug", 1)
        weights = replace(head(1), class_ids=(buffer.classes()[0].id,))
        buffer.publish(increment(buffer, ids), weights, {"novelty_limits": np.full(1, limit, np.float32)})
    assert check(path).is_well == is_well
