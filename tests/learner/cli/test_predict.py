# SPDX-License-Identifier: Apache-2.0
"""`showtell predict`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, put


def test_predict_answers_one_a_line(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    mug, key = put(tmp_path / "1.png", 1, 99), put(tmp_path / "2.png", 2, 99)
    assert run(["predict", str(taught), str(mug), str(key), "--json"]) == 0
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["path"] for line in lines] == [str(mug), str(key)]
    assert [line["label"] for line in lines] == ["mug", "Schlüssel [2]"]
    for line in lines:
        assert set(line) == {"path", "label", "confidence", "probabilities", "unknown", "novelty"}
        assert line["unknown"] == (line["novelty"] > 1)
        assert sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-5)
        assert line["confidence"] == max(line["probabilities"].values())
    assert told.err == ""


def test_predict_says_when_it_was_never_taught_the_like(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    seen, ufo = taught.parent / "pictures" / "mug" / "0.png", put(tmp_path / "ufo.png", 3)
    assert run(["predict", str(taught), str(seen), str(ufo), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["unknown"] for line in lines] == [False, True]
    assert run(["predict", str(taught), str(seen), str(ufo)]) == 0
    shares = [f"{line['confidence']:.0%}" for line in lines]
    assert capsys.readouterr().out.splitlines() == [
        f"{seen}: mug ({shares[0]})",
        f"{ufo}: unknown (looks most like {lines[1]['label']}, {shares[1]})",
    ]


def test_predict_keeps_to_the_limit_that_the_project_has(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    images = [str(put(tmp_path / f"{kind}.png", kind, 99)) for kind in range(1, 12)]

    def told() -> dict[float, bool]:
        assert run(["predict", str(desk), *images, "--json"]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return {line["novelty"]: line["unknown"] for line in lines}

    usual = told()
    limit = float(np.median(list(usual)))
    assert 1 < limit < 4
    with Buffer.open(desk) as buffer:
        buffer.set_unknown_limit(limit)
    assert told() == {novelty: novelty > limit for novelty in usual} != usual


def test_predict_goes_on_past_what_it_cannot_read(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("not a picture")
    good = put(tmp_path / "1.png", 1, 99)
    missing = tmp_path / "nowhere.png"
    assert run(["predict", str(taught), str(bad), str(good), str(missing), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["path"] == str(good)
    assert str(bad) in told.err
    assert str(missing) in told.err


def test_predict_before_anything_was_learned(tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    Buffer.open(project).close()
    assert run(["predict", str(project), str(put(tmp_path / "1.png", 1)), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Nothing has been learned yet" in told.err


def test_what_may_not_be_read_is_the_inputs_fault(
    taught: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = put(taught.parent / "more" / "closed.png", 1, 50)
    seen = put(taught.parent / "more" / "open.png", 1, 51)
    opened = os.open

    def refuse(path: str, *how: Any, **where: Any) -> int:
        if path == str(closed):
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **where)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != closed)
    assert run(["predict", str(taught), str(closed), str(seen), "--json"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["path"] for line in out.splitlines()] == [str(seen)]
    assert "Permission denied" in err
