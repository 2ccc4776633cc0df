# SPDX-License-Identifier: Apache-2.0
"""What the server asks of an open project. Who has one, the command line or the window, hands in a `Hub`."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from learner.buffer import EncodedImage
from learner.errors import EnvironmentFault
from learner.serve.feed import Feed
from learner.types import ClassInfo, Image, Prediction, Sample


class LearnerPhase(StrEnum):
    """Whether there is a learner to answer."""

    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    GONE = "gone"


class NotAnswering(EnvironmentFault):
    """The learner cannot answer now; it may a little later."""


class SameSample(EnvironmentFault):
    """The very same picture is in the project under another label."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong for the time being, in words for people."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Status:
    """How the project is. `camera` is what it looks through, None without one; `is_live` says that frames come.

    The counts are those since the hub began.
    """

    phase: LearnerPhase
    version_id: int | None = None
    is_learning: bool = False
    camera: str | None = None
    is_live: bool = False
    trouble: Trouble | None = None
    learned: int = 0
    rejected: int = 0
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """A sample that is on the disk, and its class; `is_new` is False where this very picture was there before."""

    sample: Sample
    label: str | None
    is_new: bool


class Hub(Protocol):
    """An open project as the server sees it. Every method may be called from any thread and returns at once.

    What a future raises is a `ShowtellError`, or a bug.
    """

    feed: Feed
    """Tells "state" (a `Status`), "prediction" (of the live camera), "sample" and "increment"."""

    @property
    def name(self) -> str:
        """What the project is called."""

    @property
    def status(self) -> Status:
        """How it is."""

    def answer(self, image: Image) -> Future[Prediction]:
        """Answer for a BGR picture of any size; the label is None while nothing has been learned.

        Raises (by the future):
            NotAnswering: there is no learner, or too much is asked of it.
        """

    def add(self, picture: EncodedImage, label: str | None) -> Future[Added]:
        """Store a picture under a label, None for one to be labelled later, and learn it soon.

        The future is done when the sample is on the disk. A label that is new becomes a class. What comes in quick
        succession under one label is one recording.

        Raises (by the future):
            LabelFault: that is no label.
            SameSample: this very picture is there under another label.
            ProjectFault: it could not be written; nothing was stored.
        """

    def classes(self) -> Future[list[ClassInfo]]:
        """Return the classes in their order, with their counts."""
