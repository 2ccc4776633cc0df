# SPDX-License-Identifier: Apache-2.0
"""`showtell sleep`."""

from __future__ import annotations

from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.cli import run
from learner.config import LearnerConfig
from learner.types import IncrementKind
from tests.learner.cli.helpers import Capture, as_json


def test_sleep_goes_over_everything_when_there_is_a_reason(
    desk: Path, configs: list[LearnerConfig], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert run(["sleep", str(desk)]) == 0
    assert capsys.readouterr().out == "It has gone over everything already.\n"
    with Buffer.open(desk) as buffer:
        buffer.delete([buffer.samples()[0].id])
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["sleep", str(desk), "--device", "cpu"]) == 0
    told = capsys.readouterr()
    assert "Went over everything in" in told.out
    assert "Version 3 is in use." in told.out
    assert "Going over everything" in told.err
    assert configs[-1].device == "cpu"
    with Buffer.open(desk) as buffer:
        newest = buffer.increments()[-1]
        assert (newest.kind, newest.reason, newest.total_samples) == (IncrementKind.SLEEP, "showtell sleep", 11)
        assert buffer.unlearnable() == []
    assert run(["sleep", str(desk), "--json"]) == 0
    assert as_json(capsys)["increments"] == 0
