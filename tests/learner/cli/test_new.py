# SPDX-License-Identifier: Apache-2.0
"""`showtell new`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture


def test_a_project_with_classes(tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    wanted = ["--class", " mug ", "--class", "Schlüssel [2]", "--class", "MUG"]
    assert run(["new", str(project), *wanted, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"project": str(project), "classes": ["mug", "Schlüssel [2]"]}
    assert "showtell label" in told.err
    with Buffer.open(project, create=False) as buffer:
        assert [info.name for info in buffer.classes()] == ["mug", "Schlüssel [2]"]


def test_an_empty_project(tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    assert run(["new", str(project)]) == 0
    assert capsys.readouterr().out == f"Made {project}.\n"
    with Buffer.open(project, create=False) as buffer:
        assert buffer.classes() == []


@pytest.mark.parametrize("is_link", [False, True])
def test_what_is_there_is_left_as_it_is(is_link: bool, tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    if is_link:
        project.symlink_to(tmp_path / "nowhere.showtell")
    else:
        project.write_text("mine")
    assert run(["new", str(project), "--class", "mug"]) == 2
    assert "left as it is" in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["desk.showtell"]
    assert is_link or project.read_text() == "mine"


def test_a_bad_name_leaves_no_project_behind(tmp_path: Path, capsys: Capture) -> None:
    assert run(["new", str(tmp_path / "desk.showtell"), "--class", "mug", "--class", "a\nb"]) == 2
    assert "control characters" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
