# SPDX-License-Identifier: Apache-2.0
"""A project that has learned a little, made without TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pytest

from learner import Project, open_project
from tests.learner.desk import CONFIG
from tests.learner.fakes import NumPyHead, picture


def learned(path: Path, names: list[str], recordings: int = 5, frames: int = 2) -> None:
    """Make a project of some classes, each recorded a few times, and let it learn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("learner.project.load_model", lambda config, size: NumPyHead())
        with open_project(path, config=CONFIG) as project:
            add(project, names, recordings, frames)
            project.learn()
            project.sleep()


def add(project: Project, names: list[str], recordings: int, frames: int) -> None:
    for kind, name in enumerate(names, start=1):
        info = project.buffer.class_named(name) or project.buffer.add_class(name)
        for recording in range(recordings):
            burst = project.buffer.start_burst("camera")
            for frame in range(frames):
                project.buffer.add_sample(picture(kind, 10 * recording + frame), info.id, burst.id)
