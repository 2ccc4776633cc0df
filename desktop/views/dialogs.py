# SPDX-License-Identifier: Apache-2.0
"""The dialogs that lie beside the window, which goes on meanwhile: preferences, backups, About, the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.learner_status import LearnerStatus
from desktop.settings import Settings
from desktop.shortcuts import Shortcuts
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.room import Room

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.views.about import About
    from desktop.views.backups_dialog import BackupsDialog
    from desktop.views.preferences import Preferences


class Dialogs(QObject):
    """Makes each when it is wanted for the first time, and brings it to the front when it is wanted again.

    Each is imported then, too: the window is there sooner without.

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
    put_back = Signal(object, object)
    """The path of a project, and a copy (Kept) that is to take its place."""
    open_beside = Signal(object, object)
    """The path of a project, and a copy (Kept) that is to be opened as a project of its own."""

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
        self.backups: BackupsDialog | None = None
        self._session: Session | None = None

    def show_session(self, session: Session) -> None:
        """Show the backups of this project from now on."""
        self._session = session
        if self.preferences is not None:
            self.preferences.backups.show_keeper(session.keeper)
        if self.backups is not None:
            self.backups.close()

    def open_preferences(self) -> None:
        """Open the preferences."""
        if self.preferences is None:
            from desktop.views.preferences import Preferences

            self.preferences = Preferences(
                self._window, self._theme, self._settings, self._sounds, self._shortcuts, can_restart=self.can_restart
            )
            self.preferences.restart.connect(self.restart)
            self.preferences.consolidation_allowed.connect(self.consolidation_allowed)
            self.preferences.backups.all_wanted.connect(self.open_backups)
            self.preferences.backups.show_keeper(self._session.keeper if self._session is not None else None)
        _bring(self.preferences)

    def open_backup_preferences(self) -> None:
        """Open the preferences where backups are."""
        self.open_preferences()
        if self.preferences is not None:
            self.preferences.open_backups()

    def open_backups(self) -> None:
        """List the backups of the project that the window has."""
        if self._session is None:
            return
        if self.backups is None:
            from desktop.views.backups_dialog import BackupsDialog

            self.backups = BackupsDialog(self._window)
            self.backups.put_back.connect(self.put_back)
            self.backups.open_beside.connect(self.open_beside)
        self.backups.show_project(self._session.path, self._session.keeper, is_open=self._session.is_open)
        _bring(self.backups)

    def open_about(self, status: LearnerStatus) -> None:
        """Say what this is and what it is made of.

        Args:
            status: says where training runs.
        """
        if self.about is None:
            from desktop.views.about import About

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
        from desktop.views.key_help import KeyHelp

        KeyHelp(self._window, self._shortcuts, place, room.keys() if room is not None else []).show_over(over)

    def close(self) -> None:
        """Close those that are open."""
        for dialog in (self.preferences, self.about, self.backups):
            if dialog is not None:
                dialog.close()


def _bring(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
