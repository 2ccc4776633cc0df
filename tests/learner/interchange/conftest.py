# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from learner import Project, open_project
from learner.buffer import Buffer


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        yield buffer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    """Open a copy of the project that the module has `made`, once for all its tests."""
    with open_project(Path(shutil.copy(made, tmp_path / "desk.showtell"))) as project:
        yield project
