# SPDX-License-Identifier: Apache-2.0
"""`showtell demo`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from learner.cli import DemoRequest, run
from learner.config import LearnerConfig
from learner.demo import DemoReport, Taught
from learner.errors import DisplayFault
from learner.evaluation import evaluate
from learner.types import Prediction
from tests.learner.cli.helpers import Capture, as_json, recorder


def test_the_demo_opens_the_window_where_there_is_a_screen(tmp_path: Path) -> None:
    asked: list[Any] = []
    assert run(["demo"], demo_window=recorder(0, asked)) == 0
    assert run(["demo", str(tmp_path / "desk.showtell")], demo_window=recorder(5, asked)) == 5
    assert asked == [DemoRequest(None), DemoRequest(tmp_path / "desk.showtell")]


def test_the_demo_falls_back_to_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    projects: list[Path] = []

    def teach(project: Path, config: LearnerConfig, **listeners: Callable[..., None]) -> DemoReport:
        projects.append(project)
        taught = Taught("mug", 30, 1.5, 30, 0.0, 1.0)
        listeners["on_step"]("Recording: mug.")
        listeners["on_taught"](taught)
        return DemoReport((taught,), evaluate(["mug"], [Prediction("mug", 1.0)]))

    def demo_window(request: DemoRequest) -> int:
        raise DisplayFault("There is no screen", "Nothing answers.", "Try showtell demo.")

    monkeypatch.setattr("learner.demo.run_demo", teach)
    assert run(["demo"], demo_window=demo_window) == 0
    told = capsys.readouterr()
    assert "Nothing answers. So here it is in the terminal." in told.err
    assert "100% of 1 frames" in told.out

    assert run(["demo", "--json"], demo_window=demo_window) == 0
    assert as_json(capsys) == {
        "increments": [
            {
                "class": "mug",
                "samples": 30,
                "seconds": 1.5,
                "steps": 30,
                "accuracy_before": 0.0,
                "accuracy_after": 1.0,
            }
        ],
        "accuracy": 1.0,
    }
    assert not any(project.parent.exists() for project in projects)
