# SPDX-License-Identifier: Apache-2.0
"""The samples of each class that came last."""

from __future__ import annotations

from pathlib import Path

from learner.buffer import Buffer
from tests.learner.buffer.making import record


def test_the_newest_of_each_class_come_first_and_deleted_ones_do_not(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        assert buffer.latest_samples(4) == {}
        mug, key = record(buffer, "mug", 6), record(buffer, "key", 2)
        more = record(buffer, "mug", 1)
        buffer.add_class("empty")
        assert buffer.latest_samples(4) == {1: [*more, *reversed(mug[3:])], 2: list(reversed(key))}
        buffer.delete([*more, mug[5]])
        assert buffer.latest_samples(2) == {1: [mug[4], mug[3]], 2: list(reversed(key))}
        buffer.relabel([key[1]], None)
        assert buffer.latest_samples(2)[2] == [key[0]]
