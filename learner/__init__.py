# SPDX-License-Identifier: Apache-2.0
"""Showtell's learner: teach a laptop to recognise things, one small batch at a time.

    from learner import open_project

    with open_project("desk.showtell") as project:
        project.add(image, "mug")  # BGR uint8 (h, w, 3), as OpenCV has them
        project.learn()
        project.predict(image).label

Importing this package is cheap; what is heavy is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learner.config import LearnerConfig
    from learner.errors import ShowtellError
    from learner.project import Project, open_project
    from learner.types import Evaluation, Increment, Prediction, Sample

__all__ = [
    "Evaluation",
    "Increment",
    "LearnerConfig",
    "Prediction",
    "Project",
    "Sample",
    "ShowtellError",
    "open_project",
]

_HOMES = {
    "Evaluation": "types",
    "Increment": "types",
    "LearnerConfig": "config",
    "Prediction": "types",
    "Project": "project",
    "Sample": "types",
    "ShowtellError": "errors",
    "open_project": "project",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"learner.{_HOMES[name]}"), name)
