# SPDX-License-Identifier: Apache-2.0
"""`showtell history`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.buffer.making import head, increment
from tests.learner.cli.helpers import Capture, as_json, cells


def test_history(lived: Path, capsys: Capture) -> None:
    assert run(["history", str(lived)]) == 0
    headings, *rows, why = capsys.readouterr().out.splitlines()
    assert cells(headings) == ["when", "what", "new", "took", "before", "held out", "forgot", "version"]
    assert [cells(row)[1:] for row in rows] == [
        ["learned", "3/3", "0.5 s", "–", "not measurable yet", "–", "1"],
        ["learned", "3/3", "0.5 s", "2/3", "90%", "0%", "2, pinned"],
        ["went over everything", "3/3", "0.5 s", "–", "80%", "20%", "3, in use"],
        ["learned", "3/3", "0.5 s", "2/3", "–", "–", "not accepted"],
    ]
    assert why.startswith("Not accepted at ")
    assert why.endswith(": It was worse.")

    assert run(["history", str(lived), "--json"]) == 0
    history = as_json(capsys)
    assert set(history) == {"increments", "versions", "in_use", "measurable", "classes"}
    assert (history["in_use"], history["measurable"], history["classes"]) == (3, True, {"1": "mug", "2": "key"})
    assert [version["id"] for version in history["versions"]] == [1, 2, 3]
    assert [increment["accepted"] for increment in history["increments"]] == [True, True, True, False]
    assert history["increments"][2]["kind"] == "sleep"
    assert history["increments"][2]["evaluation"]["recall"] == {"1": 1.0, "2": 0.6, "3": 0.5}
    assert history["increments"][1]["before"] == {"right": 2, "bursts": 3}


def test_history_breaks_no_word_on_a_terminal(lived: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["history", str(lived)]) == 0
    words = capsys.readouterr().out.split()
    assert {"measurable", "everything", "accepted"} <= set(words)
    assert sum(bool(re.fullmatch(r"\d{4}-\d\d-\d\d", word)) for word in words) == 5


def test_a_long_history_ends_with_what_was_last(lived: Path, capsys: Capture) -> None:
    with Buffer.open(lived) as buffer:
        for _ in range(21):
            buffer.publish(increment(buffer, []), head())
    assert run(["history", str(lived)]) == 0
    _, *rows, last = capsys.readouterr().out.splitlines()
    assert len(rows) == 20
    assert "24, in use" in rows[-1]
    assert last == "These are the last 20 of 25; --all shows them all."
    assert run(["history", str(lived), "--all"]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 27
    assert "no longer kept" in told
    assert run(["history", str(lived), "--json"]) == 0
    assert len(as_json(capsys)["increments"]) == 25
