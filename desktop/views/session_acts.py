# SPDX-License-Identifier: Apache-2.0
"""What the menus and the pill do with the open project: undo and redo, pause, go over everything, start again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.learner_status import LearnerStatus, Phase
from desktop.text import caption
from desktop.views.menus import Menus
from desktop.views.notices import Cause, Notices
from desktop.views.state_pill import StatePill

if TYPE_CHECKING:
    from desktop.session import Session


class SessionActs(QObject):
    """Hands what a person chooses to the session that is open, and shows what can be chosen."""

    def __init__(self, menus: Menus, pill: StatePill, notices: Notices) -> None:
        super().__init__(menus)
        self._menus = menus
        self._notices = notices
        self._session: Session | None = None
        menus.undo.triggered.connect(lambda _: self._session.undo() if self._session else None)
        menus.redo.triggered.connect(lambda _: self._session.redo() if self._session else None)
        menus.pause.triggered.connect(self._pause)
        menus.sleep.triggered.connect(lambda _: self._go_over_everything())
        pill.pause.connect(menus.pause.trigger)
        pill.sleep.connect(self._go_over_everything)
        pill.start_again.connect(lambda: self._session.learner.start() if self._session else None)
        self._show_undo()

    def show_session(self, session: Session) -> None:
        """Do all of it with this one from now on."""
        self._session = session
        session.undo_changed.connect(self._show_undo)
        session.learner.status_changed.connect(self._show_status)
        self._show_undo()
        self._show_on_hold()

    def _show_status(self, status: LearnerStatus) -> None:
        if status.phase is Phase.PAUSED and self._session is not None:
            why = status.detail or self.tr("The learner stopped several times in a row.")
            safe = self.tr("Your samples are safe, and recording still works.")
            start: Callable[[], object] = self._session.learner.start
            self._notices.say(
                Cause.LEARNER,
                self.tr("Learning is paused"),
                f"{why} {safe}",
                [(self.tr("Start it again"), self.tr("Start the learner again"), start)],
            )
        else:
            self._notices.unsay(Cause.LEARNER)

    def _show_undo(self) -> None:
        session = self._session
        for action, name, named, text in (
            (self._menus.undo, self.tr("Undo"), self.tr("Undo {act}"), session.undo_text if session else None),
            (self._menus.redo, self.tr("Redo"), self.tr("Redo {act}"), session.redo_text if session else None),
        ):
            action.setText(name if text is None else caption(named.format(act=text)))
            action.setEnabled(text is not None)

    def _pause(self, pause: bool) -> None:
        if self._session is not None:
            (self._session.learner.pause if pause else self._session.learner.resume)()
        self._show_on_hold()

    def _go_over_everything(self) -> None:
        if self._session is not None:
            self._session.learner.sleep(self.tr("asked for"))

    def _show_on_hold(self) -> None:
        on_hold = self._session is not None and self._session.learner.status.on_hold
        self._menus.pause.setChecked(on_hold)
        self._menus.sleep.setEnabled(not on_hold)
