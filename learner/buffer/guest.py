# SPDX-License-Identifier: Apache-2.0
"""Somebody else's project, opened only to be read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from learner.buffer.backups import backup
from learner.buffer.buffer import Buffer
from learner.buffer.connection import as_damage, check_inside, looking
from learner.buffer.hardening import check_schema
from learner.buffer.schema import USER_VERSION


@contextmanager
def guest(path: Path) -> Iterator[Buffer]:
    """Open a project while the block runs, only to read it: it stays as it is, and so does its folder.

    One of an older format is read from a copy that is brought up to date.

    Raises:
        ProjectFault: as `Buffer.open`.
    """
    with looking(path) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == USER_VERSION:
            with as_damage(path):
                check_schema(path, connection)
                check_inside(path, connection, version, every=True)
            yield Buffer(path, Database(connection, execute_plugins=False))
            return
    with tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.showtell"
        backup(path, copy, is_remembered=False)
        with Copy.open(copy) as buffer:
            yield buffer


class Copy(Buffer):
    """A copy that is nobody's project: when it is brought up to date, no copy of it is kept."""

    @classmethod
    def _before_migrating(cls, path: Path, backups: Path | None) -> None:
        """Keep none: what it was made of is there."""
