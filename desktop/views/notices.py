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
    BACKBONE = 2
    ACT = 3
    LEARNER = 4
    PROJECT = 5
    LAST_TIME = 6


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
        self._show()

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

    def _show(self) -> None:
        shown = [
            cause for cause in self._said if self._room is None or self._room.shows_picture or cause > Cause.CAMERA
        ]
        if not shown:
            self.panel.hide()
            return
        self.panel.say(*self._said[max(shown)])
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
