# SPDX-License-Identifier: Apache-2.0
"""`showtell compare`."""

from __future__ import annotations

from pathlib import Path

from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json, cells


def test_compare(lived: Path, capsys: Capture) -> None:
    assert run(["compare", str(lived), "2", "3"]) == 0
    told = capsys.readouterr().out
    rows = [cells(line) for line in told.splitlines()]
    assert ["held out", "90%", "80%"] in rows
    assert ["forgot", "0%", "20%"] in rows
    assert ["mug", "100%", "100%", "0%", "0%"] in rows
    assert ["key", "80%", "60%", "0%", "20%"] in rows
    assert ["class 3, which is gone", "not learned", "50%", "not learned", "0%"] in rows
    assert told.endswith("They differ on key, class 3, which is gone.\n")
    assert run(["compare", str(lived), "2", "3", "--json"]) == 0
    compared = as_json(capsys)
    assert compared["differ_on"] == [2, 3]
    assert [version["version"] for version in compared["versions"]] == [2, 3]
    assert [version["accuracy"] for version in compared["versions"]] == [0.9, 0.8]
    assert compared["versions"][1]["recall"] == {"1": 1.0, "2": 0.6, "3": 0.5}


def test_compare_what_cannot_be_compared(lived: Path, capsys: Capture) -> None:
    assert run(["compare", str(lived), "1", "2"]) == 0
    told = capsys.readouterr().out
    assert "not measurable yet" in told
    assert "record each class several times" in told
    assert "differ" not in told
    assert run(["compare", str(lived), "2", "2"]) == 0
    assert "They do not differ on any class." in capsys.readouterr().out
