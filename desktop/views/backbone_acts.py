# SPDX-License-Identifier: Apache-2.0
"""What menu and pill do with the backbone of the open project, and what a person hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.learner_status import LearnerStatus
from desktop.views.backbone_words import news_words
from desktop.views.learning_strip import LearningStrip
from desktop.views.menus import Menus
from desktop.views.notices import Cause, Notices
from desktop.views.state_pill import StatePill

if TYPE_CHECKING:
    from desktop.backbones import BackboneNews
    from desktop.session import Session

_NEWS_MILLISECONDS = 30_000
"""So long stays what nobody waited for: whoever comes back to the window looks at other things first."""


class BackboneActs(QObject):
    """Hands what a person chooses to the session that is open, and tells what came of it."""

    def __init__(self, menus: Menus, pill: StatePill, strip: LearningStrip, notices: Notices) -> None:
        super().__init__(menus)
        self._menus = menus
        self._strip = strip
        self._notices = notices
        self._session: Session | None = None
        menus.consolidate.triggered.connect(lambda _: self._session.backbones.consolidate() if self._session else None)
        menus.give_up.triggered.connect(lambda _: self._give_up())
        pill.give_up.connect(self._give_up)
        self._show()

    def show_session(self, session: Session) -> None:
        """Do all of it with this one from now on."""
        self._session = session
        session.learner.status_changed.connect(self._show)
        session.backbones.changed.connect(self._show)
        session.backbones.news.connect(self._tell)
        self._show()

    def _give_up(self) -> None:
        if self._session is not None:
            self._session.backbones.give_up()

    def _show(self, _: LearnerStatus | None = None) -> None:
        session = self._session
        change = session.learner.status.change if session is not None else None
        menus = self._menus
        menus.consolidate.setEnabled(session is not None and session.backbones.can_consolidate)
        menus.give_up.setEnabled(change is not None)
        is_other = change is not None and not change.is_consolidation
        menus.give_up.setText(self.tr("Keep the present backbone") if is_other else self.tr("Give up consolidation"))

    def _tell(self, news: BackboneNews) -> None:
        """Say it over the room to who asked for it; nobody else is disturbed."""
        title, message = news_words(news)
        if not news.is_asked:
            self._strip.note(f"{title}: {message}", _NEWS_MILLISECONDS)
            return
        self._notices.say(
            Cause.BACKBONE,
            title,
            message,
            [(self.tr("Close"), self.tr("Close this message"), lambda: self._notices.unsay(Cause.BACKBONE))],
        )
