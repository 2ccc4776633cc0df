# SPDX-License-Identifier: Apache-2.0
"""Puts what is sound in the place of a project: what can be read of a damaged one, or a copy. Nothing is written over.

It is done in a thread, told with how far it is, and can be given up; then the project is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.moments import moment_text
from desktop.task import Progress, Task
from desktop.text import samples_text
from desktop.views.message_panel import Choice
from desktop.views.notices import Cause, Notices
from desktop.views.project_faults import show_folder
from learner.errors import ShowtellError

if TYPE_CHECKING:
    from learner.buffer.backups import Backup, Restored
    from learner.buffer.keeping import Kept
    from learner.buffer.salvaging import Salvaged


class Mending(QObject):
    """Does one thing at a time.

    Args:
        notices: where it is told.
        close_project: closes the open project, so that nobody has its file.
        open_project: opens a project that is there.
    """

    failed = Signal(object, object, bool)
    """It could not be done: the path of the project that is to be opened again, why (ShowtellError), and whether what
    can be read of it may still be worth something."""
    put_back_wanted = Signal(object, object)
    """The path of a project, and a copy (Kept) that is to take its place after all."""
    broke = Signal(object)
    """A bug of ours (Exception)."""

    def __init__(
        self, notices: Notices, close_project: Callable[[], None], open_project: Callable[[Path], object]
    ) -> None:
        super().__init__(notices)
        self._notices = notices
        self._close_project = close_project
        self._open_project = open_project
        self._task: Task | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._task is not None and self._task.is_running

    def stop(self) -> None:
        """Give up what is under way, and wait for it."""
        if self._task is not None:
            self._task.stop()

    def save_readable(self, project: Path, folder: Path | None) -> None:
        """Make a new project of what can be read of a damaged one, in its place.

        Args:
            project: the project file.
            folder: where copies are kept; None takes the usual folder.
        """
        from learner.buffer.salvaging import salvage

        if not self.is_busy:
            self._close_project()
            self._begin(
                Cause.PROJECT,
                self.tr("Saving what can be read"),
                self.tr("{project} is read page by page. The file itself stays as it is.").format(project=project.name),
                lambda listen: salvage(project, listen, folder),
                self._tell_saved,
                project,
            )

    def put_back(self, project: Path, kept: Kept) -> None:
        """Put a copy in the place of a project, which is set aside."""
        from learner.buffer.backups import restore

        if not self.is_busy:
            self._close_project()
            self._begin(
                Cause.PROJECT,
                self.tr("Putting back the backup"),
                self.tr("What is there now is set aside beside it, and stays as it is."),
                lambda listen: restore(kept.path, project, listen),
                partial(self._tell_put_back, kept),
                project,
            )

    def open_beside(self, target: Path, kept: Kept) -> None:
        """Open a copy as a project of its own.

        Args:
            target: the file to make.
            kept: the copy, which stays where it is.
        """
        from learner.buffer.backups import backup

        if not self.is_busy:
            self._begin(
                Cause.ACT,
                self.tr("Copying the backup"),
                self.tr("It becomes a project of its own: {project}.").format(project=target.name),
                lambda listen: backup(kept.path, target, listen),
                self._tell_beside,
                None,
            )

    def _begin(
        self,
        cause: Cause,
        title: str,
        message: str,
        do: Callable[[Progress], object],
        tell: Callable[..., None],
        project: Path | None,
    ) -> None:
        """Do it in a thread; `project` has been closed for it, and is opened again if it comes to nothing."""
        task = Task(do)
        give_up: Choice = (self.tr("Cancel"), self.tr("Give it up; nothing has changed yet"), task.cancel)
        self._notices.say(cause, title, message, [give_up])
        self._notices.show_share(cause, 0.0)
        task.progressed.connect(lambda done, total: self._notices.show_share(cause, done / max(1, total)))
        task.done.connect(tell)
        task.failed.connect(partial(self._fail, cause, project, tell))
        task.given_up.connect(partial(self._give_up, cause, project))
        task.broke.connect(self.broke)
        self._task = task
        task.start()

    def _give_up(self, cause: Cause, project: Path | None) -> None:
        self._notices.unsay(cause)
        if project is not None:
            self._open_project(project)

    def _fail(self, cause: Cause, project: Path | None, tell: Callable[..., None], fault: ShowtellError) -> None:
        self._notices.unsay(cause)
        if project is None:
            self._notices.say_failure(fault.title, fault.message)
        else:
            self.failed.emit(project, fault, tell != self._tell_saved)

    def _tell_saved(self, saved: Salvaged) -> None:
        self._open_project(saved.path)
        folder: Choice = (
            self.tr("Show its folder"),
            self.tr("Look at the file in its folder"),
            lambda: show_folder(saved.path),
        )
        choices = [self._close(), folder]
        if saved.backup is not None:
            kept = saved.backup
            choices.append(
                (
                    self.tr("Put back the backup of {moment}").format(moment=moment_text(kept.made_at.timestamp())),
                    self.tr("Use that copy; what was saved is set aside and stays as it is"),
                    lambda: self.put_back_wanted.emit(saved.path, kept),
                )
            )
        self._notices.say(Cause.ACT, self.tr("What could be read was saved"), self._saved_words(saved), choices)

    def _saved_words(self, saved: Salvaged) -> str:
        lost = {table.name: table.lost + table.left_out for table in saved.tables}
        words = [
            self.tr("{project} is open again, with {samples}.").format(
                project=saved.path.name, samples=samples_text(saved.contents.samples)
            )
        ]
        if lost.get("samples"):
            words.append(self.tr("Lost: {samples}.").format(samples=samples_text(lost["samples"])))
        else:
            words.append(self.tr("No sample is known to be lost."))
        if lost.get("classes"):
            words.append(self.tr("Classes whose names were lost are called “recovered”."))
        words.append(self.tr("The damaged file lies beside it, as {name}.").format(name=saved.set_aside.name))
        if saved.backup is not None:
            words.append(self.tr("If a backup has more, it can be put back."))
        return " ".join(words)

    def _tell_put_back(self, kept: Kept, restored: Restored) -> None:
        self._open_project(restored.path)
        words = [
            self.tr("{project} is now the backup of {moment}, with {samples}.").format(
                project=restored.path.name,
                moment=moment_text(kept.made_at.timestamp()),
                samples=samples_text(restored.contents.samples),
            )
        ]
        if restored.set_aside is not None:
            words.append(
                self.tr("What was there before lies beside it, as {name}.").format(name=restored.set_aside.name)
            )
        self._notices.say(Cause.ACT, self.tr("The backup is in its place"), " ".join(words), [self._close()])

    def _tell_beside(self, made: Backup) -> None:
        self._notices.unsay(Cause.ACT)
        self._open_project(made.path)

    def _close(self) -> Choice:
        return (self.tr("Close"), self.tr("Close this message"), lambda: self._notices.unsay(Cause.ACT))
