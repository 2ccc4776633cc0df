# SPDX-License-Identifier: Apache-2.0
"""`showtell backup` and `showtell restore-backup`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.buffer.making import record
from tests.learner.cli.helpers import Capture, as_json


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "mug", 3)
    return path


def test_there_and_back(project: Path, tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with Buffer.open(project) as buffer:
        record(buffer, "key", 2)
        assert run(["backup", str(project), str(folder), "--json"]) == 0
    made = as_json(capsys)
    (copy,) = folder.iterdir()
    assert made["backup"] == str(copy)
    assert copy.name.startswith("desk.backup-20")
    assert (made["classes"], made["samples"], made["bytes"]) == (2, 5, copy.stat().st_size)
    with Buffer.open(project) as buffer:
        record(buffer, "pen", 4)
    assert run(["restore-backup", str(copy), str(project), "--json"]) == 0
    done = as_json(capsys)
    assert (done["project"], done["samples"]) == (str(project), 5)
    with Buffer.open(project) as buffer, Buffer.open(Path(done["set_aside"])) as aside:
        assert (len(buffer.samples()), len(aside.samples())) == (5, 9)


def test_where_it_goes(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["backup", str(project)]) == 0
    told = capsys.readouterr()
    assert "1 class, 3 samples, 1 recording and 0 versions." in told.out
    assert "Reading it through" in told.err
    named = tmp_path / "mine.showtell"
    assert run(["backup", str(project), str(named)]) == 0
    assert len(os.listdir(tmp_path)) == 3
    capsys.readouterr()
    assert run(["backup", str(project), str(named), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "there already" in told.err
    assert run(["backup", str(project), str(tmp_path / "none" / "mine.showtell")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_what_stands_in_the_way_of_putting_it_back(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("learner.buffer.connection._ALONE_MILLISECONDS", 10)
    copy = tmp_path / "copy.showtell"
    assert run(["backup", str(project), str(copy)]) == 0
    with Buffer.open(project) as buffer:
        assert run(["restore-backup", str(copy), str(project)]) == 1
        assert len(buffer.samples()) == 3
    assert "open elsewhere" in capsys.readouterr().err
    assert run(["restore-backup", str(tmp_path / "none.showtell"), str(project)]) == 1
    assert run(["restore-backup", str(project), str(project)]) == 2
    assert sorted(os.listdir(tmp_path)) == ["copy.showtell", "desk.showtell"]


def test_one_is_kept_if_due_and_listed(
    desk: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWTELL_BACKUPS", str(tmp_path / "kept"))
    assert run(["backup", str(desk), "--list"]) == 0
    assert "No copy is kept of desk.showtell" in capsys.readouterr().out
    assert run(["backup", str(desk), "--auto", "--json"]) == 0
    made = as_json(capsys)["backup"]
    assert run(["backup", str(desk), "--auto"]) == 0
    assert "No copy is due." in capsys.readouterr().out
    assert run(["backup", str(desk), "--list", "--json"]) == 0
    (listed,) = as_json(capsys)["copies"]
    assert (listed["path"], listed["reason"]) == (made, "daily")
    assert run(["backup", str(desk), "--list"]) == 0
    assert made in capsys.readouterr().out
    assert run(["backup", str(desk), "--list", "--auto"]) == 2
