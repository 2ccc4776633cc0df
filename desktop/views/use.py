# SPDX-License-Identifier: Apache-2.0
"""The room in which what was learned is put to use."""

from __future__ import annotations

from desktop.session import Session
from desktop.theme import Theme
from desktop.views.room import Room


class UseRoom(Room):
    """The room in which what was learned is put to use."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
