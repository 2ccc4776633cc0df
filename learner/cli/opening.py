# SPDX-License-Identifier: Apache-2.0
"""A project that is there already, opened to learn from or to answer with, and what verbs ask of it first.

A verb that only looks into the file opens a `Buffer`, which takes less time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from learner.errors import NothingLearned

if TYPE_CHECKING:
    from learner.buffer import Buffer
    from learner.project import Project


@contextmanager
def opened_project(
    path: Path, *, backbone: Path | None, device: Literal["auto", "cpu", "gpu"] = "auto", alone: bool = True
) -> Iterator[Project]:
    """Open a project with its learner while the block runs; one that is not there is not made.

    Args:
        path: the project file.
        backbone: a file to use in place of the project's own.
        device: where to train.
        alone: as the one session that changes it; a verb that only asks does without.

    Raises:
        OpenElsewhere: another session has the project.
    """
    from learner.config import LearnerConfig
    from learner.project import open_project

    config = LearnerConfig(device=device, backbone=backbone)
    with open_project(path, create=False, config=config, alone=alone) as project:
        yield project


def require_version(project: Project) -> None:
    """Say at once that there is nothing to answer with, and not after the first picture that can be read."""
    if project.version_id is None:
        raise NothingLearned(
            "Nothing has been learned yet",
            f"{project.buffer.path.name} has no version to answer with.",
            f"Run showtell learn {project.buffer.path} first.",
        )


def class_names(buffer: Buffer) -> dict[int, str]:
    """Return the names of the classes that are there, by their ids."""
    return buffer.class_names()
