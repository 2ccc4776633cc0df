# SPDX-License-Identifier: Apache-2.0
"""The Use room, open, and hands for it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views.use.room import UseRoom
from learner.buffer import Buffer
from learner.messages import Started
from tests.desktop.conftest import Desk
from tests.learner.fakes import INFO, picture

Card = TypeVar("Card", bound=QWidget)


class Use:
    """The room, open, in a project with two classes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.name("mug")
        desk.name("key")
        self.ids = {info.name: info.id for info in desk.session.model.classes}
        room = desk.app.window.use
        assert isinstance(room, UseRoom)
        self.room = room
        desk.app.window.resize(1280, 800)
        desk.app.window.open_room(room)

    def card(self, kind: type[Card]) -> Card:
        return next(card for card in self.room.cards if isinstance(card, kind))

    def click(self, button: QWidget) -> None:
        self.desk.until(button.isVisible)
        self.desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def teach(self, count: int) -> None:
        """Put pictures of the mug into the file."""
        with Buffer.open(self.desk.path) as buffer:
            burst = buffer.start_burst("test")
            buffer.add_samples((picture(1, number), self.ids["mug"], burst.id) for number in range(count))

    def learn(self) -> None:
        """Have the learner say that it answers with a version."""
        self.desk.learner.say(Started(1, INFO, 7, 0))
        self.desk.until(lambda: self.desk.session.learner.status.version_id == 7)
