# SPDX-License-Identifier: Apache-2.0
"""`showtell versions`, and what it has in common with the verbs that look back or take a version."""

from __future__ import annotations

from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json, cells


def test_versions(lived: Path, capsys: Capture) -> None:
    assert run(["versions", str(lived)]) == 0
    _, *rows = capsys.readouterr().out.splitlines()
    assert [[cells(row)[0], *cells(row)[2:]] for row in rows] == [
        ["1", "learned", "3", "2", "not measurable yet"],
        ["2", "learned", "3", "2", "90%", "pinned"],
        ["3", "went over everything", "3", "3", "80%", "in use"],
    ]
    assert run(["versions", str(lived), "--json"]) == 0
    listed = as_json(capsys)
    assert listed["in_use"] == 3
    assert [version["held_out_accuracy"] for version in listed["versions"]] == [None, 0.9, 0.8]
    assert [version["pinned"] for version in listed["versions"]] == [False, True, False]


@pytest.mark.parametrize("verb", ["history", "versions"])
def test_there_is_nothing_to_look_back_on(verb: str, tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    Buffer.open(project).close()
    assert run([verb, str(project)]) == 0
    assert "othing has been learned" in capsys.readouterr().out
    assert run([verb, str(project), "--json"]) == 0
    listed = as_json(capsys)
    assert (listed["versions"], listed["in_use"]) == ([], None)


@pytest.mark.parametrize("number", ["4", "99999999999999999999"])
@pytest.mark.parametrize("verb", [["restore"], ["pin"], ["compare", "1"]])
def test_a_version_that_is_not_there(verb: list[str], number: str, desk: Path, capsys: Capture) -> None:
    assert run([verb[0], str(desk), *verb[1:], number, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"has no version {number}" in told.err
    assert f"showtell versions {desk}" in told.err
