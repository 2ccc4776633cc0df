# SPDX-License-Identifier: Apache-2.0
"""`showtell restore`."""

from __future__ import annotations

from pathlib import Path

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json


def test_restore(desk: Path, capsys: Capture) -> None:
    assert run(["restore", str(desk), "1"]) == 0
    assert capsys.readouterr().out == "Version 1 is in use.\n"
    assert run(["restore", str(desk), "1"]) == 0
    assert "already" in capsys.readouterr().out
    assert run(["restore", str(desk), "2", "--json"]) == 0
    assert as_json(capsys) == {"in_use": 2, "was_in_use": 1}
    with Buffer.open(desk) as buffer:
        assert buffer.champion_id() == 2


def test_restore_a_version_of_another_backbone(lived: Path, capsys: Capture) -> None:
    with Buffer.open(lived) as buffer:
        buffer.set_setting("champion", None)  # so that the project opens on this machine's own backbone
    assert run(["restore", str(lived), "1"]) == 1
    assert "another backbone" in capsys.readouterr().err
