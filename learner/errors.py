# SPDX-License-Identifier: Apache-2.0
"""Errors that people meet: each has a title, what happened, and what to do next.

`EnvironmentFault` is the environment's or the input's doing (exit code 1); `UsageFault` is a wrong command line
(exit code 2); anything that is not a `ShowtellError` is a bug of ours (exit code 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class ShowtellError(Exception):
    """Base of everything Showtell raises on purpose.

    Args:
        title: a few words, no full stop.
        happened: one sentence: what happened.
        remedy: one sentence: what to do next.
    """

    exit_code = 1

    def __init__(self, title: str, happened: str, remedy: str) -> None:
        super().__init__(title, happened, remedy)
        self.title = title
        self.happened = happened
        self.remedy = remedy

    @property
    def message(self) -> str:
        """What happened and what to do next, as one text."""
        return f"{self.happened} {self.remedy}"

    def __str__(self) -> str:
        return f"{self.title}: {self.message}"


class EnvironmentFault(ShowtellError):
    """The machine, the disk or the input is at fault."""


class UsageFault(ShowtellError):
    """What was asked for makes no sense as it was asked."""

    exit_code = 2


class ProjectFault(EnvironmentFault):
    """A project file cannot be used."""


class NewerProject(ProjectFault):
    """The file was made by a newer Showtell."""


class NotAProject(ProjectFault):
    """The file is something else."""


class DamagedProject(ProjectFault):
    """The file was a project once but can no longer be read in full."""


class ReadOnlyProject(ProjectFault):
    """The file, or the folder it lies in, cannot be written to."""


class DiskFull(ProjectFault):
    """There is no room left on the disk."""


class ProjectBusy(ProjectFault):
    """Another program holds the file locked for longer than we wait."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a project open: a process, on which machine, what program it runs, and since when if that is known."""

    process: int
    host: str
    program: str
    since: datetime | None


class OpenElsewhere(ProjectBusy):
    """Another session writes to the project; `holder` says which, if it is known."""

    def __init__(self, title: str, happened: str, remedy: str, holder: Holder | None = None) -> None:
        super().__init__(title, happened, remedy)
        self.holder = holder


class BackupFault(ProjectFault):
    """A copy that has to be there before something is changed could not be made; nothing was changed."""


class ProjectMissing(ProjectFault):
    """There is no such file."""


class LabelFault(UsageFault):
    """A class name or an act on a class or a sample is not possible (empty name, name taken, no such sample)."""


class ImageFault(EnvironmentFault):
    """A picture cannot be read or is not a picture."""


class NoLabels(EnvironmentFault):
    """What is to be imported does not say what it shows."""


class CameraFault(EnvironmentFault):
    """A frame source cannot be opened or has gone away."""


class CameraTaken(CameraFault):
    """Another program has the camera."""


class CameraRefused(CameraFault):
    """The system does not let this program use the camera."""


class BackboneFault(EnvironmentFault):
    """A backbone file is missing, unsafe, or not a feature extractor for pictures."""


class ConsolidationFault(EnvironmentFault):
    """The backbone cannot be fine-tuned on this project's pictures."""


class DeviceFault(EnvironmentFault):
    """The device asked for is not there."""


class MemoryFault(EnvironmentFault):
    """The machine has no memory left for what was to be learned."""

    def __init__(self) -> None:
        super().__init__(
            "There is not enough memory",
            "The computer has no memory left to learn with.",
            "Close other programs; what was labelled is safe, and what was learned before goes on answering.",
        )


class DisplayFault(EnvironmentFault):
    """There is no screen to open a window on, or Qt cannot reach it."""


class NothingLearned(EnvironmentFault):
    """The project has no version yet, so there is nothing to predict with."""
