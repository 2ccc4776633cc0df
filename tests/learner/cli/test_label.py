# SPDX-License-Identifier: Apache-2.0
"""`showtell label`."""

from __future__ import annotations

from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.buffer.making import record
from tests.learner.cli.helpers import Capture, as_json, put


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three samples of mug, and nothing else."""
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "mug", 3)
    return path


def test_pictures_become_one_recording_of_a_new_class(project: Path, tmp_path: Path, capsys: Capture) -> None:
    pictures = [put(tmp_path / f"{number}.png", 2, number) for number in range(40)]
    named = [str(path) for path in [*pictures, pictures[0]]]
    assert run(["label", str(project), "key", *named, "--json"]) == 0
    told = capsys.readouterr()
    assert '"added": 40, "duplicates": 1, "relabelled": 0, "skipped": []' in told.out
    assert f"showtell learn {project}" in told.err
    with Buffer.open(project) as buffer:
        key = buffer.class_named("key")
        assert key is not None
        samples = buffer.samples(class_id=key.id)
    assert len(samples) == 40
    assert len({sample.burst_id for sample in samples}) == 1
    assert run(["label", str(project), "KEY", *named]) == 0
    assert capsys.readouterr().out == "Added 0 samples of key. 41 were there already.\n"


def test_samples_get_another_label_all_or_none(project: Path, capsys: Capture) -> None:
    assert run(["label", str(project), "cup", "--sample", "1", "--sample", "99", "--json"]) == 2
    assert "Sample 99 is not in the project" in capsys.readouterr().err
    with Buffer.open(project) as buffer:
        assert [info.name for info in buffer.classes()] == ["mug"], "no class came of it"
    assert run(["label", str(project), "cup", "--sample", "1", "--sample", "3"]) == 0
    assert capsys.readouterr().out == "2 samples called cup now.\n"
    assert run(["label", str(project), "cup", "--sample", "1", "--sample", "2", "--json"]) == 0
    assert as_json(capsys)["relabelled"] == 1
    with Buffer.open(project) as buffer:
        assert {info.name: info.count for info in buffer.classes()} == {"mug": 0, "cup": 3}


def test_what_cannot_be_added_is_told(project: Path, tmp_path: Path, capsys: Capture) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("no picture")
    other = put(tmp_path / "other.png", 5)
    assert run(["label", str(project), "pen", str(other)]) == 0
    capsys.readouterr()
    good = put(tmp_path / "good.png", 6)
    assert run(["label", str(project), "cup", str(bad), str(other), str(good), "--json"]) == 1
    told = capsys.readouterr()
    assert '"added": 1' in told.out
    assert f"Left out {bad}" in told.err
    assert 'in the project as "pen"; --sample 4' in told.err


def test_what_makes_no_sense(project: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["label", str(project), "cup"]) == 2
    assert "Name pictures" in capsys.readouterr().err
    assert run(["label", str(project), " ", str(put(tmp_path / "a.png", 1))]) == 2
    assert "at least one character" in capsys.readouterr().err
    assert run(["label", str(project), "cup", str(tmp_path / "none.png")]) == 1
    with Buffer.open(project) as buffer:
        assert [info.name for info in buffer.classes()] == ["mug"], "no class comes of bad files alone"
