# SPDX-License-Identifier: Apache-2.0
"""`showtell evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json, put


def test_evaluate(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    for number in range(4):
        put(tmp_path / "MUG" / f"{number}.png", 1, number)  # as it was taught, so that none of them is unknown
    put(tmp_path / "ufo" / "1.png", 3)
    (tmp_path / "mugs.txt").write_text("x")
    assert run(["evaluate", str(taught), str(tmp_path), "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"n", "accuracy", "macro_accuracy", "ece", "per_class", "labels", "confusion", "unknown"}
    assert report["unknown"] == {"known": 0.0, "never_taught": 1.0}
    assert (report["n"], report["accuracy"], report["macro_accuracy"]) == (5, 0.8, 0.5)
    assert report["per_class"]["mug"] == {"n": 4, "recall": 1.0, "precision": report["per_class"]["mug"]["precision"]}
    assert report["per_class"]["ufo"] == {"n": 1, "recall": 0.0, "precision": None}
    assert len(report["confusion"]) == len(report["labels"])
    assert '"ufo"' in told.err
    assert "mugs.txt" in told.err
    assert run(["evaluate", str(taught), str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("80% of 5 pictures right")
    assert lines[1] == (
        "Called unknown: 0% of the pictures of classes it has; 100% of those of classes it was never taught."
    )


def test_an_unknown_answer_counts_by_its_nearest_guess(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    put(tmp_path / "mug" / "1.png", 3)
    assert run(["predict", str(taught), str(tmp_path / "mug" / "1.png"), "--json"]) == 0
    guess = as_json(capsys)["label"]
    (tmp_path / "mug").rename(tmp_path / guess)
    assert run(["evaluate", str(taught), str(tmp_path), "--json"]) == 0
    report = as_json(capsys)
    assert (report["accuracy"], report["unknown"]) == (1.0, {"known": 1.0, "never_taught": None})
    assert run(["evaluate", str(taught), str(tmp_path)]) == 0
    assert "Called unknown: 100% of the pictures of classes it has." in capsys.readouterr().out


def test_evaluate_on_nothing(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mug").mkdir()
    assert run(["evaluate", str(taught), str(tmp_path)]) == 1
    assert "nothing to evaluate on" in capsys.readouterr().err
