# SPDX-License-Identifier: Apache-2.0
"""`showtell forget`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.buffer.making import record
from tests.learner.cli.helpers import Capture, Terminal, consolidated


def remove_a_class(path: Path) -> None:
    """Delete a sample and a class, which two versions know."""
    with Buffer.open(path) as buffer:
        mug, key = buffer.classes()
        buffer.delete([buffer.samples(class_id=mug.id)[0].id])
        buffer.archive_class(key.id)
        buffer.pin(1)


def test_forgetting_without_a_terminal_takes_a_yes(desk: Path, capsys: Capture) -> None:
    remove_a_class(desk)
    assert run(["forget", str(desk), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "7 samples and 1 class (Schlüssel [2])" in told.err
    assert "at most 2, 1 of them pinned" in told.err
    assert "--yes" in told.err
    assert run(["forget", str(desk), "--yes", "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert {key: report[key] for key in ("samples", "classes", "versions")} == {
        "samples": 7,
        "classes": 1,
        "versions": 2,
    }
    assert report["bytes"] > 0
    assert "7 samples" in told.err, "what went is told although nobody was asked"
    with Buffer.open(desk) as buffer:
        assert [info.name for info in buffer.classes(archived=True)] == ["mug"]
        assert buffer.samples(deleted=True) == []
        assert [version.id for version in buffer.versions()] == [3]


@pytest.mark.parametrize(
    ("answer", "forgets"), [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_forgetting_asks_on_a_terminal(
    answer: str, forgets: bool, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    remove_a_class(desk)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert run(["forget", str(desk)]) == 0
    out, err = capsys.readouterr()
    assert "Forget it for good? [y/N]" in err
    if forgets:
        assert "Forgotten for good: 7 samples, 1 class, 2 versions. The file is " in out
    else:
        assert "Nothing was forgotten." in out
    with Buffer.open(desk) as buffer:
        assert (buffer.samples(deleted=True) == []) == forgets


def test_there_is_nothing_to_forget(desk: Path, capsys: Capture) -> None:
    assert run(["forget", str(desk)]) == 0, "there is nothing to ask about"
    assert "There was nothing to forget." in capsys.readouterr().out


def test_versions_that_never_knew_what_goes_are_not_announced(desk: Path, capsys: Capture) -> None:
    with Buffer.open(desk) as buffer:
        buffer.pin(2)
        buffer.delete(record(buffer, "pen"))
        buffer.archive_class(buffer.classes()[-1].id)
    assert run(["forget", str(desk)]) == 2
    told = capsys.readouterr().err
    assert "3 samples and 1 class (pen)" in told
    assert "versions that knew" not in told
    assert run(["forget", str(desk), "--yes"]) == 0
    assert "Forgotten for good: 3 samples, 1 class. " in capsys.readouterr().out


def test_versions_made_after_it_was_unlearned_are_not_announced(desk: Path, capsys: Capture) -> None:
    with Buffer.open(desk) as buffer:
        buffer.delete([buffer.samples()[0].id])
    assert run(["learn", str(desk), "--json"]) == 0
    assert run(["forget", str(desk)]) == 2
    told = capsys.readouterr().err
    assert "1 sample." in told
    assert "versions that knew" not in told
    assert run(["forget", str(desk), "--yes"]) == 0
    assert "Forgotten for good: 1 sample. " in capsys.readouterr().out


def test_a_backbone_that_has_seen_what_goes_is_told_of(desk: Path, capsys: Capture) -> None:
    consolidated(desk, delete=1)
    assert run(["forget", str(desk), "--yes", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["samples"] == 1
    assert "consolidated on 12 pictures, 1 of which is gone now" in told.err
    assert f"showtell consolidate {desk}" in told.err


def test_copies_are_forgotten_in_too_and_those_out_of_reach_are_named(
    desk: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The project of other tests is this one, as far as its id goes.
    monkeypatch.setattr("learner.buffer.copies.data_folder", lambda: tmp_path / "data")
    near, far = tmp_path / "near.showtell", tmp_path / "stick" / "far.showtell"
    far.parent.mkdir()
    for copy in (near, far):
        assert run(["backup", str(desk), str(copy)]) == 0
    far.parent.rename(tmp_path / "in a drawer")
    with Buffer.open(desk) as buffer:
        buffer.delete([1])
    capsys.readouterr()
    assert run(["forget", str(desk), "--yes", "--json"]) == 0
    told = capsys.readouterr()
    done = json.loads(told.out)
    assert done["copies"] == [str(near)]
    assert [one["path"] for one in done["unreached"]] == [str(far)]
    assert "1 copy was written anew" in told.err
    assert f"Not reached: {far}." in told.err
    with Buffer.open(near) as buffer:
        assert 1 not in [sample.id for sample in buffer.samples()]
