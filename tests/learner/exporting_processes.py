# SPDX-License-Identifier: Apache-2.0
"""Processes that only pretend to export; each takes the place of `learner.exporting.main`.

They are apart from their tests, so that a process need not import what those need.
"""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from learner.config import LearnerConfig
from learner.interchange.dataset import ExportProgress
from learner.interchange.wishes import ExportWish


def dies(_connection: Connection, _project: Path, _wish: ExportWish, _config: LearnerConfig, workspace: Path) -> None:
    _begin(workspace)
    os._exit(9)


def takes_for_ever(
    connection: Connection, _project: Path, _wish: ExportWish, _config: LearnerConfig, workspace: Path
) -> None:
    _begin(workspace)
    connection.send(ExportProgress(1, 2))
    while True:
        time.sleep(60)


def _begin(workspace: Path) -> None:
    workspace.mkdir()
    (workspace / "half a model").write_bytes(b"half")
