# SPDX-License-Identifier: Apache-2.0
"""`showtell check`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json


def harm(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_all_is_well(desk: Path, capsys: Capture) -> None:
    assert run(["check", str(desk)]) == 0
    assert capsys.readouterr().out.startswith("All is well. It holds 2 classes, 12 samples, ")
    assert run(["check", str(desk), "--json"]) == 0
    found = as_json(capsys)
    assert (found["well"], found["findings"]) == (True, [])
    assert found["contents"]["embeddings"] == 36


def test_what_is_wrong_is_listed(desk: Path, capsys: Capture) -> None:
    harm(desk, "UPDATE samples SET image = x'00' WHERE id <= 2")
    assert run(["check", str(desk), "--json"]) == 1
    found = as_json(capsys)
    assert found["findings"] == ["The picture of sample 1 breaks off.", "The picture of sample 2 breaks off."]
    harm(desk, "UPDATE embeddings SET vector = x'00'")
    assert run(["check", str(desk)]) == 1
    told = capsys.readouterr().out
    assert "  The picture of sample 2 breaks off.\n" in told
    assert "36" not in told.splitlines()[-1]
    assert "It holds" in told


def test_a_long_list_is_cut_for_people(desk: Path, capsys: Capture) -> None:
    with closing(sqlite3.connect(desk, isolation_level=None)) as connection:
        connection.executemany("INSERT INTO steps VALUES (?, 1, 1, 0, 0, 0, 0)", [(900 + n,) for n in range(60)])
    assert run(["check", str(desk)]) == 1
    told = capsys.readouterr().out
    assert told.count("of steps refers to a row of increments") == 50
    assert "And 10 more" in told
    assert run(["check", str(desk), "--json"]) == 1
    assert len(as_json(capsys)["findings"]) == 60


def test_what_an_older_one_made_and_what_is_no_project(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    harm(desk, "PRAGMA user_version = 2")
    assert run(["check", str(desk)]) == 0
    assert "An older Showtell" in capsys.readouterr().err
    (tmp_path / "notes.txt").write_text("something else" * 99)
    assert run(["check", str(tmp_path / "notes.txt"), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "some other kind" in told.err


def test_a_damaged_project_is_made_anew_and_set_aside(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    content = bytearray(desk.read_bytes())
    content[:4096] = bytes(4096)
    desk.write_bytes(content)
    assert run(["check", str(desk)]) == 1
    capsys.readouterr()
    assert run(["check", str(desk), "--repair", "--json"]) == 0
    done = as_json(capsys)
    assert done["contents"]["samples"] == 12
    assert Path(done["set_aside"]).read_bytes() == content
    assert {table["name"]: table["rows"] for table in done["tables"]}["samples"] == 12
    assert run(["check", str(desk)]) == 0
    assert run(["versions", str(desk)]) == 0

    desk.write_bytes(content)
    capsys.readouterr()
    assert run(["check", str(desk), "--repair"]) == 0
    told = capsys.readouterr()
    assert "desk.showtell was made anew: 2 classes, 12 samples" in told.out
    assert "desk.damaged-" in told.out
    assert "Embeddings are made again" in told.err


def test_what_is_well_is_not_repaired(desk: Path, capsys: Capture) -> None:
    before = desk.read_bytes()
    assert run(["check", str(desk), "--repair"]) == 0
    assert "nothing to repair" in capsys.readouterr().out
    assert desk.read_bytes() == before
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]
