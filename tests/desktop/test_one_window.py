# SPDX-License-Identifier: Apache-2.0
"""A window has its project to itself while it is open, and no longer."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from learner.buffer import ProjectLock
from tests.desktop.conftest import Desk


def test_a_file_that_does_not_open_is_not_kept_from_being_repaired(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.showtell"
    path.write_bytes(b"no project " * 900)
    with qtbot.waitSignal(desk.app.open_project(path, create=False).cannot_open, timeout=20_000):
        pass
    with ProjectLock(path):
        pass
