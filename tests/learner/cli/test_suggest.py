# SPDX-License-Identifier: Apache-2.0
"""`showtell suggest`."""

from __future__ import annotations

import json
from pathlib import Path

from learner.buffer import Buffer
from learner.cli import run
from tests.learner.cli.helpers import Capture, cells
from tests.learner.fakes import picture


def test_suggest(desk: Path, capsys: Capture) -> None:
    assert run(["suggest", str(desk)]) == 0
    assert "nothing to suggest" in capsys.readouterr().out
    with Buffer.open(desk) as buffer:
        mug, key = buffer.classes()
        for number in range(3):
            burst = buffer.start_burst("test")
            for kind, info in ((1, mug), (2, key)):
                buffer.add_samples([(picture(kind, 20 + 5 * number + place), info.id, burst.id) for place in range(5)])
        burst = buffer.start_burst("test")
        wrong = buffer.add_sample(picture(2, 70), mug.id, burst.id)
        waiting = [buffer.add_sample(picture(kind), None, burst.id) for kind in (3, 4)]
    assert run(["suggest", str(desk), "--json"]) == 0
    told = capsys.readouterr()
    suggested = json.loads(told.out)
    assert told.err == ""
    (doubt,) = suggested["mislabelled"]
    assert 0 < doubt.pop("disagreement") <= 1
    assert doubt == {"sample": wrong.id, "class": "mug", "suggested": "Schlüssel [2]"}
    assert {frame["sample"] for frame in suggested["to_label"]} == {sample.id for sample in waiting}
    assert suggested["to_label"][0]["burst"] == burst.id
    assert run(["suggest", str(desk), "--count", "1"]) == 0
    rows = [cells(line) for line in capsys.readouterr().out.splitlines()]
    assert [str(wrong.id), "mug", "Schlüssel [2]"] in [row[:3] for row in rows]
    assert len(rows) == 6
