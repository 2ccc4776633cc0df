# SPDX-License-Identifier: Apache-2.0
"""What a person has to know lies over the room that is open until it is dealt with; the gravest is in front."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.engine_words import spoken
from desktop.views.message_panel import Choice, MessagePanel
from desktop.views.room import Room

_WIDTH = 460


class Cause(IntEnum):
    """What a notice is about; the gravest last."""

    CAMERA = 1
    BACKUP = 2
    BACKBONE = 3
    ACT = 4
    LEARNER = 5
    PROJECT = 6
    LAST_TIME = 7


class Notices(QObject):
    """Shows one panel over the room that is open.

    Args:
        host: what holds the rooms.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._room: Room | None = None
        self._said: dict[Cause, tuple[str, str, Sequence[Choice]]] = {}
        self._shares: dict[Cause, float] = {}
        self.panel = MessagePanel()
        self.panel.setParent(host)
        self.panel.hide()
        host.installEventFilter(self)

    def open_room(self, room: Room | None) -> None:
        """Show notices over this room from now on."""
        if self._room is not None:
            self._room.notices_lie_over.removeEventFilter(self)
        self._room = room
        if room is not None:
            room.notices_lie_over.installEventFilter(self)
        self._show()

    def say(self, cause: Cause, title: str, message: str, choices: Sequence[Choice] = ()) -> None:
        """Say something, perhaps in the engine's words, that holds until it is taken back."""
        self._said[cause] = (spoken(title), spoken(message), choices)
        self._shares.pop(cause, None)
        self._show()

    def show_share(self, cause: Cause, share: float) -> None:
        """Show how far it is, 0 to 1, with what is said of a cause."""
        if cause in self._said:
            self._shares[cause] = share
            if cause == self._shown:
                self.panel.show_share(share)
                self._place()

    def say_failure(self, title: str, message: str) -> None:
        """Say that something could not be done, until the person has read it."""
        self.say(
            Cause.ACT,
            title,
            message,
            [(self.tr("Close"), self.tr("Close this message"), lambda: self.unsay(Cause.ACT))],
        )

    def unsay(self, cause: Cause) -> None:
        """Take back what was said of a cause."""
        if self._said.pop(cause, None) is not None:
            self._show()

    def unsay_all(self) -> None:
        """Take back everything that is of a project: another one is opened."""
        self._said = {cause: said for cause, said in self._said.items() if cause is Cause.LAST_TIME}
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the panel in its place."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    @property
    def _shown(self) -> Cause | None:
        """The gravest of those that can be shown here."""
        anywhere = self._room is None or self._room.shows_picture
        return max((cause for cause in self._said if anywhere or cause > Cause.CAMERA), default=None)

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            self.panel.hide()
            return
        self.panel.say(*self._said[shown])
        if shown in self._shares:
            self.panel.show_share(self._shares[shown])
        self._place()
        self.panel.raise_()

    def _place(self) -> None:
        if self.panel.isHidden():
            return
        area = self._host.rect()
        if self._room is not None:
            over = self._room.notices_lie_over
            area = QRect(over.mapTo(self._host, over.rect().topLeft()), over.size())
        fit(self.panel, min(_WIDTH, area.width() - theme.XXL))
        self.panel.move(area.center() - self.panel.rect().center())


def fit(panel: QWidget, width: int) -> None:
    """Give a panel this width and the height that its wrapped text needs then, which `adjustSize` does not know."""
    layout = panel.layout()
    if layout is not None:
        layout.invalidate()
        panel.setFixedSize(width, layout.totalHeightForWidth(width))
