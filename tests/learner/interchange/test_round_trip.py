# SPDX-License-Identifier: Apache-2.0
"""What goes out of a project comes in again as it was, and adds nothing where it is already."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.interchange.dataset import export_folders
from learner.types import Role, View
from tests.learner.desk import Desk
from tests.learner.fakes import INFO, picture
from tests.learner.interchange.making import bring_in, finish
from tests.learner.interchange.test_projects import facts, teach


@pytest.fixture
def written(buffer: Buffer, folder: Path) -> Path:
    """A project with names that no folder can have, recordings of several classes and marks, as a dataset."""
    mugs = teach(buffer, "a/b: mug?", 1, 4)
    teach(buffer, "A_B_ MUG_", 2, 2, "camera 1")
    teach(buffer, "two  spaces", 3, 2)
    teach(buffer, "a/b: mug?", 4, 3, "phone")
    key = buffer.add_class("clé")
    teach(buffer, "a/b: mug?", 1, 2)  # the very same pictures once more: nothing moved
    tests = buffer.start_burst("later", Role.HOLDOUT, started_at=datetime(2020, 1, 1, tzinfo=UTC))
    buffer.add_samples((np.asarray(picture(5, n)[:40]), key.id, tests.id) for n in range(3))
    buffer.hold_out(mugs[1:3])
    _, report = finish(export_folders(buffer, folder, "desk"))
    return report.folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_dataset_makes_the_same_project(buffer: Buffer, written: Path, tmp_path: Path, packed: bool) -> None:
    source = (
        Path(shutil.make_archive(str(tmp_path / "desk"), "zip", written.parent, written.name)) if packed else written
    )
    with Buffer.open(tmp_path / "again.showtell") as again:
        report = bring_in(again, source)
        assert report.left_out == 0
        assert facts(again) == facts(buffer)
        assert bring_in(again, source).added == 0


def test_an_export_adds_nothing_to_its_own_project(buffer: Buffer, written: Path) -> None:
    before = facts(buffer)
    report = bring_in(buffer, written)
    assert (report.added, report.duplicates) == (0, len(before))
    assert facts(buffer) == before


def test_what_is_learned_of_it_is_the_same(tmp_path: Path, folder: Path) -> None:
    desk, again = Desk(tmp_path / "one.showtell"), Desk(tmp_path / "two.showtell")
    for name, kind in (("mug", 1), ("key", 2)):
        for recording in range(5):
            desk.record(name, kind, count=3, start=10 * recording)
    _, report = finish(export_folders(desk.buffer, folder, "desk"))
    bring_in(again.buffer, report.folder)
    again.restart()
    for one in (desk, again):
        one.learn()
    backbone_id = desk.buffer.register_backbone(INFO)
    for view in View:
        ours, theirs = (
            one.buffer.embeddings([sample.id for sample in one.buffer.samples()], backbone_id, view)
            for one in (desk, again)
        )
        assert len(ours) == 30
        assert np.array_equal(ours, theirs)
    for one in (desk, again):
        one.buffer.close()
