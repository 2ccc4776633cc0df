# SPDX-License-Identifier: Apache-2.0
"""`showtell import`."""

from __future__ import annotations

import json
from pathlib import Path

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json, put
from tests.learner.interchange.test_clips import write_clip


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
    assert set(report) == {
        "added",
        "duplicates",
        "near_duplicates",
        "unchanged_frames",
        "skipped",
        "reasons",
        "classes",
    }
    assert (report["added"], report["duplicates"], report["classes"]) == (3, 1, {"mug": 3})
    assert [set(item) for item in report["skipped"]] == [{"path", "why"}]
    assert list(report["reasons"].values()) == [1]
    assert str(bad) in told.err
    assert run(argv) == 0
    assert "Added 0 samples; 4 were there already." in capsys.readouterr().out


def test_an_import_of_nothing(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pictures" / "mug").mkdir(parents=True)
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures"), "--json"]) == 1
    assert as_json(capsys)["added"] == 0


def test_what_is_not_named_is_counted_by_reason(tmp_path: Path, capsys: Capture) -> None:
    put(tmp_path / "pictures" / "mug" / "good.png", 1)
    for number in range(103):
        (tmp_path / "pictures" / "mug" / f"{number}.txt").write_text("no picture")
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("Left out /") for line in told) == 100
    assert told[-2] == "Left out 3 more."
    assert told[-1].startswith("103 × ")


def test_a_mistyped_source_leaves_no_project_behind(tmp_path: Path, capsys: Capture) -> None:
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_picture_and_a_clip_with_a_label(tmp_path: Path, capsys: Capture) -> None:
    project, picture = tmp_path / "desk.showtell", put(tmp_path / "a.png", 1)
    clip = write_clip(tmp_path / "b.avi", [20, 20, 120, 120])
    assert run(["import", str(project), str(picture)]) == 1
    assert "--label" in capsys.readouterr().err
    assert run(["import", str(project), str(picture), "--label", "mug\n"]) == 0
    assert run(["import", str(project), str(clip), "--label", "mug", "--every", "1"]) == 0
    told = capsys.readouterr().out
    assert "Added 4 samples" in told
    assert "2 of them look nearly like the one before." in told
    with Buffer.open(project) as buffer:
        assert {info.name: info.count for info in buffer.classes()} == {"mug": 5}


def test_a_label_for_what_has_its_own(tmp_path: Path, capsys: Capture) -> None:
    with Buffer.open(tmp_path / "other.showtell"):
        pass
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "other.showtell"), "--label", "mug"]) == 2
    assert "Leave out --label" in capsys.readouterr().err
    assert not (tmp_path / "desk.showtell").exists()
