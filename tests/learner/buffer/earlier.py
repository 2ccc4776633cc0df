# SPDX-License-Identifier: Apache-2.0
"""Project files as earlier Showtells left them: dumps of files that were made by the code of their time.

A dump is never made anew. When there is another migration, the present format is dumped (`sqlite3 FILE .dump`, with its
`application_id` and `user_version` in front) with a row in each table, before the code knows the next one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures"
VERSIONS = sorted(int(path.stem[1:]) for path in FOLDER.glob("v*.sql"))


def made_by(version: int, path: Path) -> Path:
    """Make a project file of a format, as it lies on a disk after its Showtell was closed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((FOLDER / f"v{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path
