# SPDX-License-Identifier: Apache-2.0
"""The room that says how good the model is, and why."""

from __future__ import annotations

from desktop.session import Session
from desktop.theme import Theme
from desktop.views.room import Room


class InsightRoom(Room):
    """The room that says how good the model is, and why."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
