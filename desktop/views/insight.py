# SPDX-License-Identifier: Apache-2.0
"""The room that says how good the model is, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.session import Session
from desktop.theme import Theme
from desktop.views.room import Room


class InsightRoom(Room):
    """The room that says how good the model is, and why."""

    samples_wanted = Signal(str, object)
    """Samples to be looked at in Review: which they are, in words, and their ids (n,) int64."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
