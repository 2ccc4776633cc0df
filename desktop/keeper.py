# SPDX-License-Identifier: Apache-2.0
"""The copies of the open project that are kept: made by themselves, made when asked for, and which there are.

Each is made in a thread of its own, from a connection of its own that only reads, so that neither the picture nor what
is taught waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.task import Progress, Task
from learner.buffer import keeping
from learner.buffer.backups import Backup
from learner.buffer.keeping import Kept, Reason
from learner.errors import ShowtellError

_FIRST_MILLISECONDS = 20_000
"""After the opening, when whoever has opened it sees a picture and an answer."""
_AGAIN_MILLISECONDS = 3_600_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is kept, and how many samples it has; None where it cannot be read."""

    kept: Kept
    samples: int | None


class Keeper(QObject):
    """Keeps copies of one project.

    Args:
        project: the project file.
        folder: where they are kept; None takes the usual folder.
    """

    changed = Signal()
    """It has begun, got on or ended, or it is known anew which copies there are."""
    made = Signal(object)
    """A copy was made (Backup)."""
    missed = Signal(object)
    """A copy that was due could not be made (ShowtellError); the same is told once."""
    broke = Signal(object)
    """A bug of ours (Exception)."""

    def __init__(self, project: Path, folder: Path | None = None) -> None:
        super().__init__()
        self._project = project
        self._folder = folder
        self._may_keep: Callable[[], bool] = lambda: True
        self._task: Task | None = None
        self._looks: list[Task] = []
        self._told: set[str] = set()
        self._stopped = False
        self.copies: tuple[Copy, ...] | None = None
        """Which copies there are, newest first; None until `look` has found out."""
        self.share: float | None = None
        """How much of a copy is made, 0 to 1; None while none is."""
        self.fault: ShowtellError | None = None
        """Why the last one could not be made; None where it could."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._keep_by_itself)

    @property
    def folder(self) -> Path:
        """Where copies are kept."""
        return self._folder or keeping.usual_folder()

    def start(self, may_keep: Callable[[], bool]) -> None:
        """Keep copies by itself from now on: shortly, and then whenever one is due.

        Args:
            may_keep: whether there is anything yet that is worth a copy.
        """
        self._may_keep = may_keep
        self._timer.start(_FIRST_MILLISECONDS)

    def stop(self) -> None:
        """Give up what is under way, and wait for it."""
        self._stopped = True
        self._timer.stop()
        for task in [self._task, *self._looks]:
            if task is not None:
                task.stop()

    def use_folder(self, folder: Path | None) -> None:
        """Keep copies in this folder from now on; None is the usual one. What is in the other stays there."""
        self._folder = folder
        self.copies = None
        self._told.clear()
        self.look()

    def keep(self, reason: Reason = Reason.DAILY) -> None:
        """Make a copy if one is due, and one that is asked for in any case; not two at a time."""
        if self._stopped or self.share is not None:
            return
        self.share = 0.0
        folder = self._folder
        task = Task(lambda listen: keeping.keep(self._project, folder, listen, reason=reason))
        task.progressed.connect(self._show_share)
        task.done.connect(self._kept)
        task.failed.connect(partial(self._failed, is_asked=reason is Reason.ASKED))
        task.given_up.connect(self._ended)
        task.broke.connect(self.broke)
        self._task = task
        task.start()
        self.changed.emit()

    def look(self) -> None:
        """Find out which copies there are; `changed` tells when it is known."""
        folder = self._folder
        self._ask(lambda _: _copies(self._project, folder), self._found)

    def find_sound(self, found: Callable[[Kept | None], None]) -> None:
        """Look for the newest copy that nothing is wrong with.

        Args:
            found: called with it.
        """
        from learner.buffer.salvaging import newest_sound

        folder = self._folder
        self._ask(lambda _: newest_sound(self._project, folder), found)

    def _ask(self, look: Callable[[Progress], object], done: Callable[..., None]) -> None:
        if self._stopped:
            return
        task = Task(look)
        self._looks = [one for one in self._looks if one.is_running]
        self._looks.append(task)
        task.done.connect(done)
        task.broke.connect(self.broke)
        task.start()

    def _keep_by_itself(self) -> None:
        self._timer.start(_AGAIN_MILLISECONDS)
        if self._may_keep():
            self.keep()

    def _show_share(self, done: int, total: int) -> None:
        self.share = done / max(1, total)
        self.changed.emit()

    def _kept(self, made: Backup | None) -> None:
        self.fault = None
        self._told.clear()
        self._ended()
        if made is not None:
            self.made.emit(made)
            self.look()

    def _failed(self, fault: ShowtellError, *, is_asked: bool) -> None:
        self.fault = fault
        self._ended()
        if is_asked or fault.message not in self._told:
            self._told.add(fault.message)
            self.missed.emit(fault)

    def _ended(self) -> None:
        self.share = None
        self.changed.emit()

    def _found(self, copies: tuple[Copy, ...]) -> None:
        self.copies = copies
        self.changed.emit()


def _copies(project: Path, folder: Path | None) -> tuple[Copy, ...]:
    return tuple(Copy(kept, _samples(kept.path)) for kept in keeping.kept(project, folder))


def _samples(path: Path) -> int | None:
    with suppress(ShowtellError):
        return keeping.samples_in(path)
    return None
