# SPDX-License-Identifier: Apache-2.0
"""The dialogs that lie beside the window, which goes on meanwhile: preferences, About, and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.learner_bridge import LearnerStatus
from desktop.settings import Settings
from desktop.shortcuts import Shortcuts
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.about import About
from desktop.views.key_help import KeyHelp
from desktop.views.preferences import Preferences
from desktop.views.room import Room


class Dialogs(QObject):
    """Makes each when it is wanted for the first time, and brings it to the front when it is wanted again.

    Args:
        window: what they belong to.
        appearance: light or dark.
        settings: what is set in the preferences.
        sounds: are switched there.
        shortcuts: are chosen there.
    """

    restart = Signal()
    """The app is to start anew, with the same project."""
    consolidation_allowed = Signal(bool)
    """Whether consolidation may begin by itself from now on."""

    def __init__(
        self, window: QWidget, appearance: Theme, settings: Settings, sounds: Sounds, shortcuts: Shortcuts
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = appearance
        self._settings = settings
        self._sounds = sounds
        self._shortcuts = shortcuts
        self.can_restart = False
        """Whether who runs the app can start it anew."""
        self.preferences: Preferences | None = None
        self.about: About | None = None

    def open_preferences(self) -> None:
        """Open the preferences."""
        if self.preferences is None:
            self.preferences = Preferences(
                self._window, self._theme, self._settings, self._sounds, self._shortcuts, can_restart=self.can_restart
            )
            self.preferences.restart.connect(self.restart)
            self.preferences.consolidation_allowed.connect(self.consolidation_allowed)
        _bring(self.preferences)

    def open_about(self, status: LearnerStatus) -> None:
        """Say what this is and what it is made of.

        Args:
            status: says where training runs.
        """
        if self.about is None:
            self.about = About(self._window)
        self.about.show_device(f"{status.device.name} ({status.device.kind})" if status.device is not None else "")
        _bring(self.about)

    def open_key_help(self, place: str, room: Room | None, over: QWidget) -> None:
        """List the keys of a room.

        Args:
            place: the room as `desktop.shortcuts` names it.
            room: the room, which may know more keys.
            over: what the list lies over.
        """
        KeyHelp(self._window, self._shortcuts, place, room.keys() if room is not None else []).show_over(over)

    def close(self) -> None:
        """Close those that are open."""
        for dialog in (self.preferences, self.about):
            if dialog is not None:
                dialog.close()


def _bring(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
