# SPDX-License-Identifier: Apache-2.0
"""`showtell restore-backup`: a copy of a project put back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug
from learner.cli.output import Output
from learner.cli.tables import in_words

if TYPE_CHECKING:
    from learner.buffer.backups import Restored


def restore_backup(
    copy: Annotated[
        Path, typer.Argument(metavar="BACKUP", readable=False, help="A copy that showtell backup made, or any project.")
    ],
    project: Annotated[
        Path, typer.Argument(metavar="PROJECT", readable=False, help="The project file to put it in the place of.")
    ],
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Put a backup in the place of a project.

    The backup is read through first, and stays as it is. The project that was there is not deleted: it gets another
    name beside it. It must not be open anywhere.

    Example: showtell restore-backup desk.backup-2026-05-31-180200.showtell desk.showtell
    """
    from learner.buffer import backups

    output = Output(as_json=as_json)
    with output.progress("Reading the backup") as meter:
        done = backups.restore(copy, project, lambda done, total: meter.show("Copying", 100 * done // total, 100))
    aside = f" What was there before is beside it: {done.set_aside.name}." if done.set_aside else ""
    output.result(_data(done), f"{project} is {copy.name} now: {in_words(done.contents)}.{aside}")


def _data(done: Restored) -> dict[str, Any]:
    """Return the JSON object of a project that was put back."""
    return {
        "project": str(done.path),
        "set_aside": str(done.set_aside) if done.set_aside else None,
        **asdict(done.contents),
    }
