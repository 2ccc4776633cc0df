# SPDX-License-Identifier: Apache-2.0
"""`showtell pin`."""

from __future__ import annotations

from pathlib import Path

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, as_json


def test_pin(lived: Path, capsys: Capture) -> None:
    assert run(["pin", str(lived), "1", "--json"]) == 0
    assert as_json(capsys) == {"version": 1, "pinned": True}
    assert run(["pin", str(lived), "2", "--off"]) == 0
    assert capsys.readouterr().out == "Version 2 goes when its time comes.\n"
    with Buffer.open(lived) as buffer:
        assert [version.pinned for version in buffer.versions()] == [True, False, False]
