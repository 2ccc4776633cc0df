# SPDX-License-Identifier: Apache-2.0
"""Projects for the verbs to work on, and a head that trains in NumPy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from learner.buffer import Buffer
from learner.cli import run
from learner.config import LearnerConfig
from learner.types import BurstScore, IncrementKind
from tests.learner.buffer.making import head, increment, record
from tests.learner.cli.helpers import put
from tests.learner.fakes import NumPyHead


@pytest.fixture(scope="package", autouse=True)
def configs() -> Iterator[list[LearnerConfig]]:
    """Train in NumPy, so that nobody waits for TensorFlow here; yields the settings that training was asked for."""
    asked: list[LearnerConfig] = []

    def load_model(config: LearnerConfig, embedding_size: int) -> NumPyHead:
        asked.append(config)
        return NumPyHead()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("learner.project.load_model", load_model)
        yield asked


@pytest.fixture(scope="package", autouse=True)
def _data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what Showtell keeps on a machine in a folder of the tests."""
    folder = str(tmp_path_factory.mktemp("data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_data_dir", lambda *_, **__: folder)
        yield


@pytest.fixture(scope="package")
def taught(_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has learned two classes, and gone over everything after it."""
    folder = tmp_path_factory.mktemp("taught")
    for number in range(6):
        put(folder / "pictures" / "mug" / f"{number}.png", 1, number)
        put(folder / "pictures" / "Schlüssel [2]" / f"{number}.png", 2, number)
    project = folder / "desk.showtell"
    assert run(["import", str(project), str(folder / "pictures"), "--json"]) == 0
    assert run(["learn", str(project), "--json"]) == 0
    return project


@pytest.fixture
def desk(taught: Path, tmp_path: Path) -> Path:
    """A project of one's own that has learned two classes and gone over everything."""
    return Path(shutil.copy(taught, tmp_path / "desk.showtell"))


@pytest.fixture
def lived(tmp_path: Path) -> Path:
    """A project with a life behind it: two versions that were measured after one that was not, and one refused."""
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        mug, key = (buffer.add_class(name).id for name in ("mug", "key"))
        gone = buffer.add_class("gone").id
        ids = record(buffer, "mug")
        first = increment(buffer, ids)
        twos = replace(head(2), class_ids=(mug, key))
        buffer.publish(replace(first, evaluation={"measured": False, "accuracy": None}, before=BurstScore()), twos)
        wake = measured(0.9, {mug: 1.0, key: 0.8}, {mug: 0.0, key: 0.0})
        buffer.publish(replace(first, evaluation=wake), twos)
        sleep = measured(0.8, {mug: 1.0, key: 0.6, gone: 0.5}, {mug: 0.0, key: 0.2, gone: 0.0})
        threes = replace(head(3), class_ids=(mug, key, gone))
        buffer.publish(replace(first, evaluation=sleep, kind=IncrementKind.SLEEP, before=BurstScore()), threes)
        buffer.publish(increment(buffer, ids, accepted=False), None)
        buffer.archive_class(gone)
        buffer.pin(2)
    return path


def measured(accuracy: float, recall: dict[int, float], forgetting: dict[int, float]) -> dict[str, Any]:
    """Return what is measured of a version, as far as people are told of it."""
    return {
        "measured": True,
        "recordings": 10,
        "accuracy": accuracy,
        "recall": recall,
        "forgetting": forgetting,
        "worst_forgetting": max(forgetting.values()),
    }
