# SPDX-License-Identifier: Apache-2.0
"""`showtell import`."""

from __future__ import annotations

import json
from pathlib import Path

from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json, put


def test_import(tmp_path: Path, capsys: Capture) -> None:
    for number in range(3):
        put(tmp_path / "pictures" / "mug" / f"{number}.png", 1, number)
    put(tmp_path / "pictures" / "mug" / "copy.png", 1, 0)
    bad = tmp_path / "pictures" / "mug" / "bad.jpg"
    bad.write_text("not a picture")
    argv = ["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures")]
    assert run([*argv, "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"added", "duplicates", "skipped", "classes"}
    assert (report["added"], report["duplicates"], report["classes"]) == (3, 1, {"mug": 3})
    assert [set(item) for item in report["skipped"]] == [{"path", "why"}]
    assert str(bad) in told.err
    assert run(argv) == 0
    assert "Added 0 samples; 4 were there already." in capsys.readouterr().out


def test_an_import_of_nothing(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pictures" / "mug").mkdir(parents=True)
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures"), "--json"]) == 1
    assert as_json(capsys)["added"] == 0


def test_a_mistyped_folder_leaves_no_project_behind(tmp_path: Path, capsys: Capture) -> None:
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
