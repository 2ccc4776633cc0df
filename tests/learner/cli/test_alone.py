# SPDX-License-Identifier: Apache-2.0
"""A verb that changes a project is refused while another session has it, and says which; the others go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from learner.buffer import ProjectLock
from learner.buffer import lock as locking
from learner.cli import run
from tests.learner.cli.helpers import Capture, put


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_WAIT_SECONDS", 0)


@pytest.mark.parametrize(
    "words",
    [
        ["label", "DESK", "mug", "PICTURE"],
        ["import", "DESK", "PICTURE", "--label", "mug"],
        ["learn", "DESK"],
        ["sleep", "DESK"],
        ["consolidate", "DESK"],
        ["restore", "DESK", "1"],
        ["pin", "DESK", "1"],
        ["forget", "DESK", "--yes"],
        ["backbone", "use", "small", "DESK"],
        ["restore-backup", "COPY", "DESK"],
        ["check", "DESK", "--repair"],
    ],
    ids=lambda words: words[0],
)
def test_what_changes_it_is_refused(desk: Path, tmp_path: Path, capsys: Capture, words: list[str]) -> None:
    copy = tmp_path / "copy.showtell"
    copy.write_bytes(desk.read_bytes())
    if words[0] == "check":
        content = bytearray(desk.read_bytes())
        content[4096 * 4 : 4096 * 5] = bytes(4096)
        desk.write_bytes(content)
    before = desk.read_bytes()
    names = {"DESK": str(desk), "COPY": str(copy), "PICTURE": str(put(tmp_path / "new.png", 1, 50))}
    with ProjectLock(desk):
        assert run([names.get(word, word) for word in words]) == 1
    told = capsys.readouterr()
    assert "The project is open elsewhere" in told.err
    assert "desk.showtell is open in " in told.err
    assert told.out == ""
    assert desk.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["predict", "DESK", "PICTURE"],
        ["evaluate", "DESK", "FOLDER"],
        ["watch", "DESK", "--camera", "PICTURE", "--count", "1"],
        ["suggest", "DESK"],
        ["history", "DESK"],
        ["versions", "DESK"],
        ["compare", "DESK", "1", "2"],
        ["backbone", "list", "DESK"],
        ["export", "DESK", "OUT"],
        ["backup", "DESK", "OUTFOLDER"],
        ["backup", "DESK", "--list"],
        ["check", "DESK"],
    ],
    ids=" ".join,
)
def test_what_only_asks_goes_on(desk: Path, tmp_path: Path, capsys: Capture, words: list[str]) -> None:
    put(tmp_path / "shown" / "mug" / "new.png", 1, 50)
    names = {
        "DESK": str(desk),
        "PICTURE": str(tmp_path / "shown" / "mug" / "new.png"),
        "FOLDER": str(tmp_path / "shown"),
        "OUT": str(tmp_path / "out.npz"),
        "OUTFOLDER": str(tmp_path),
    }
    with ProjectLock(desk):
        assert run([names.get(word, word) for word in words]) == 0, capsys.readouterr().err


def test_a_project_that_cannot_be_written_to_is_looked_at_all_the_same(
    desk: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so the answer of the system is made up.
    monkeypatch.setattr("os.access", lambda _path, mode: mode != 2)
    for verb in ("history", "versions", "check"):
        assert run([verb, str(desk), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)
    assert run(["pin", str(desk), "1"]) == 1
    assert "cannot be written to" in capsys.readouterr().err
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]
