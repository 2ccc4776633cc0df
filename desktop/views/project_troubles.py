# SPDX-License-Identifier: Apache-2.0
"""What a person hears when a project cannot be opened, or a copy of it could not be kept, and what can be done then."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.engine_words import spoken
from desktop.views.message_panel import Choice
from desktop.views.notices import Cause, Notices
from desktop.views.project_faults import WaysOut, choices
from desktop.views.state_pill import StatePill
from learner.errors import DamagedProject, NotAProject, ShowtellError

if TYPE_CHECKING:
    from desktop.session import Session
    from learner.buffer.keeping import Kept


class ProjectTroubles(QObject):
    """Says it over the room; what a person chooses goes out as signals."""

    try_again = Signal(object)
    """The path of a project."""
    open_another = Signal()
    start_new = Signal()
    save_readable = Signal(object)
    """The path of a damaged project: what can be read of it is to become a new one."""
    put_back = Signal(object, object)
    """The path of a project, and a copy (Kept) that is to take its place."""
    choose_folder = Signal()
    """Another folder for backups is wanted."""

    def __init__(self, notices: Notices, pill: StatePill) -> None:
        super().__init__(notices)
        self._notices = notices
        self._pill = pill
        self._session: Session | None = None
        self.has_offered = False
        """Whether a copy was found for what was said last."""

    def show_session(self, session: Session) -> None:
        """Tell of this project from now on."""
        self._session = session
        session.cannot_open.connect(self.say)
        session.keeper.missed.connect(self._say_missed)

    def say(self, error: ShowtellError, *, can_be_saved: bool = True) -> None:
        """Say why the project cannot be used, at once, and offer a copy of it when one is found.

        Args:
            error: why.
            can_be_saved: whether what can be read of it may be worth something.
        """
        session, self.has_offered = self._session, False
        self._pill.show_no_project()
        if session is None:
            return
        path = session.path
        ways = WaysOut(
            try_again=partial(self.try_again.emit, path),
            open_another=self.open_another.emit,
            start_new=self.start_new.emit,
            save_readable=partial(self.save_readable.emit, path) if can_be_saved else None,
            put_back=partial(self.put_back.emit, path),
            choose_folder=self.choose_folder.emit,
        )
        message = error.message
        if isinstance(error, DamagedProject) and can_be_saved:
            message = self.tr(
                "{project} cannot be read in full any more. What can be read of it can be saved into a new project. "
                "The file itself stays as it is."
            ).format(project=path.name)
        self._notices.say(Cause.PROJECT, error.title, message, choices(error, path, ways))

        def offer(backup: Kept | None) -> None:
            if backup is not None and session is self._session:
                self.has_offered = True
                found = choices(error, path, replace(ways, backup=backup))
                self._notices.say(Cause.PROJECT, error.title, message, found)

        if isinstance(error, DamagedProject | NotAProject):
            session.keeper.find_sound(offer)

    def _say_missed(self, fault: ShowtellError) -> None:
        found: list[Choice] = [
            (self.tr("Close"), self.tr("Close this message"), lambda: self._notices.unsay(Cause.BACKUP))
        ]
        if not isinstance(fault, DamagedProject):
            found.insert(
                0,
                (
                    self.tr("Choose another folder"),
                    self.tr("Go to the preferences of the backups"),
                    self._choose_folder,
                ),
            )
        why = self.tr("{why} Everything else goes on.").format(why=spoken(fault.message))
        self._notices.say(Cause.BACKUP, self.tr("The backup was not made"), why, found)

    def _choose_folder(self) -> None:
        self._notices.unsay(Cause.BACKUP)
        self.choose_folder.emit()
