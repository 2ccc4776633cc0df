# SPDX-License-Identifier: Apache-2.0
"""What there is to leaf through, without a picture."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.types import Role
from tests.learner.buffer.making import increment, record
from tests.learner.fakes import picture


def test_the_catalogue_has_every_sample_but_those_of_removed_classes(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        assert len(buffer.catalogue()) == 0
        mug, key = record(buffer, "mug", 3), record(buffer, "key", 2)
        test = buffer.start_burst("test", Role.HOLDOUT)
        nobody = buffer.add_sample(picture(9), None, test.id).id
        buffer.delete([mug[1]])
        buffer.hold_out([mug[2]])
        buffer.publish(increment(buffer, [mug[0]]), None)
        before = datetime.now(UTC).timestamp()
        found = buffer.catalogue()
        assert found.sample_ids.tolist() == [*mug, *key, nobody]
        assert found.class_ids.tolist() == [1, 1, 1, 2, 2, -1]
        assert found.burst_ids.tolist() == [1, 1, 1, 2, 2, 3]
        assert found.deleted.tolist() == [False, True, False, False, False, False]
        assert found.held_out.tolist() == [False, False, True, False, False, True]
        assert found.learned_in.tolist() == [1, -1, -1, -1, -1, -1]
        said = [sample.captured_at.timestamp() for sample in buffer.samples()]
        assert found.captured_at[~found.deleted] == pytest.approx(said, abs=0.002)
        assert found.captured_at.max() <= before
        buffer.archive_class(1)
        assert buffer.catalogue().sample_ids.tolist() == [*key, nobody]


def test_the_newest_come_alone_and_in_their_order(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        ids = record(buffer, "mug", 5)
        assert buffer.catalogue(newest=2).sample_ids.tolist() == ids[-2:]
        assert buffer.catalogue(newest=9).sample_ids.tolist() == ids


def test_where_a_sample_comes_from_and_when_it_was_learned(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        ids = record(buffer, "mug", 2)
        burst = buffer.bursts()[0]
        assert buffer.recording(burst.id) == burst
        assert buffer.recording(99) is None
        made = buffer.publish(increment(buffer, ids), None)
        assert buffer.learned_when(made.id) == (made.started_at, "test")
        assert buffer.learned_when(99) is None
