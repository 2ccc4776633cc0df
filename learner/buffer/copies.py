# SPDX-License-Identifier: Apache-2.0
"""Where copies of projects lie on this machine: what is to be forgotten for good has to be found in them.

It is kept in the person's data folder and not in the project, since a project that is handed on must not tell of the
folders of who made it. Each copy is a file of its own there, so that two programs can remember one each.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from learner.buffer.connection import PROJECT_ID, looking
from learner.errors import BackupFault
from learner.files import data_folder, private_folder, write_whole

_ASIDE = ("backup", "before-restore", "damaged")
"""What a file beside a project is called that Showtell made of it."""


def identity_of(project: Path) -> str:
    """Return the id of a project.

    Raises:
        ProjectFault: it cannot be read, or has none yet, since no Showtell that gives one has written to it.
    """
    with looking(project) as connection:
        identity = identity_in(connection)
    if identity is None:
        raise BackupFault(
            "The project has no id yet", f"An older Showtell made {project.name}.", "Open it once in the window."
        )
    return identity


def identity_in(connection: sqlite3.Connection) -> str | None:
    """Return the id of a project, which is fit to name a file; None when it has none."""
    row = connection.execute("SELECT CAST(value AS TEXT) FROM settings WHERE key = ?", (PROJECT_ID,)).fetchone()
    # A file that somebody hands over may have anything there.
    return None if row is None else hashlib.sha256(str(row[0]).encode()).hexdigest()[:32]


def remember(identity: str | None, copy: Path) -> bool:
    """Remember where a copy of a project lies; return whether that could be written down."""
    if identity is None:
        return False
    path = os.path.abspath(copy)
    try:
        folder = private_folder(_folder(identity))
        write_whole(folder / hashlib.sha256(os.fsencode(path)).hexdigest()[:32], os.fsencode(path))
    except OSError:
        return False
    return True


def forget_of(identity: str, copy: Path) -> None:
    """Remember no longer where a copy lies, since it is not there."""
    path = os.path.abspath(copy)
    with suppress(OSError):
        (_folder(identity) / hashlib.sha256(os.fsencode(path)).hexdigest()[:32]).unlink()


def remembered(identity: str) -> list[Path]:
    """Return where copies of a project were left, whether or not they are there still."""
    found = set()
    with suppress(OSError):
        for note in _folder(identity).iterdir():
            with suppress(OSError):
                found.add(Path(os.fsdecode(note.read_bytes())))
    return sorted(found)


def beside(project: Path) -> list[Path]:
    """Return what lies beside a project that Showtell made of it: copies, and what it set aside."""
    starts = tuple(f"{project.stem}.{what}-" for what in _ASIDE)
    with suppress(OSError):
        return sorted(
            path
            for path in project.parent.iterdir()
            if path.name.startswith(starts) and path.suffix == project.suffix and path.is_file()
        )
    return []


def _folder(identity: str) -> Path:
    return data_folder() / "copies" / identity
