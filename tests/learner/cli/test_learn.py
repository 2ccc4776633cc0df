# SPDX-License-Identifier: Apache-2.0
"""`showtell learn`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.cli import run
from learner.config import LearnerConfig
from learner.types import Vectors
from tests.learner.cli.helpers import Capture, as_json, consolidated, put
from tests.learner.fakes import NumPyHead


def test_learn_says_what_it_did(configs: list[LearnerConfig], tmp_path: Path, capsys: Capture) -> None:
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project, "--device", "cpu", "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"increments", "steps", "samples", "seconds", "device", "version"}
    assert (report["increments"], report["samples"], report["device"]) == (2, 2, "CPU")
    assert report["steps"] > configs[-1].sleep_steps
    assert report["version"] == 2
    assert told.err == ""
    assert configs[-1].device == "cpu"
    assert run(["learn", project, "--json"]) == 0
    assert as_json(capsys)["increments"] == 0
    assert run(["learn", project]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_learn_quickly_and_go_over_everything_later(
    configs: list[LearnerConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project, "--quick"]) == 0
    told = capsys.readouterr().out
    assert "Learned 2 samples" in told
    assert "everything" not in told
    assert "Version 1 is in use." in told
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["learn", project]) == 0
    steps = configs[-1].sleep_steps
    out, err = capsys.readouterr()
    assert f"({steps} steps)" in out
    assert "Version 2 is in use." in out
    assert f"Going over everything {steps}/{steps}" in err


def test_going_over_everything_may_come_to_nothing_better(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class RestlessHead(NumPyHead):
        def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
            self.poison = len(x) == LearnerConfig().sleep_batch_size
            return super().train_on_batch(x, y, learning_rate)

    monkeypatch.setattr("learner.project.load_model", lambda config, size: RestlessHead())
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project]) == 0
    learned = capsys.readouterr().out
    assert "kept what was there before: Training gave weights that are not finite" in learned
    assert "Version 1 is in use." in learned
    assert run(["history", project]) == 0
    told = capsys.readouterr().out
    assert "not accepted" in told
    assert "not finite numbers" in told.splitlines()[-1]


def test_a_backbone_that_has_seen_what_is_gone_is_told_of(desk: Path, capsys: Capture) -> None:
    consolidated(desk)
    assert run(["learn", str(desk)]) == 0
    assert "consolidated on" not in capsys.readouterr().err, "nothing is gone"
    with Buffer.open(desk) as buffer:
        buffer.delete([sample.id for sample in buffer.samples()[:2]])
    assert run(["learn", str(desk), "--json"]) == 0
    told = capsys.readouterr()
    assert "consolidated on 12 pictures, 2 of which are gone now" in told.err
