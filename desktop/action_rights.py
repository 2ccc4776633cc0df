# SPDX-License-Identifier: Apache-2.0
"""What the actions of a project may do on this computer.

A project file may come from somebody else. So a command runs, and a file is written or played, only if it was entered
or chosen on this computer, and commands only while they are allowed. Both are kept in the app's settings, never in the
project.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from desktop.actions import Action, RunCommand, WriteLog
from desktop.session import Session
from desktop.settings import Settings


class ActionRights(QObject):
    """Says whether an action can be carried out, and remembers what a person allows.

    Args:
        session: the open project.
        settings: of the app.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings

    @property
    def commands(self) -> bool:
        """Whether commands may run on this computer."""
        return self._settings.allows_commands(self._session.path)

    def allow_commands(self, on: bool, seen: Iterable[Action]) -> None:
        """Say whether commands may run on this computer; those among the actions that a person sees are trusted."""
        self._settings.allow_commands(self._session.path, on)
        if on:
            for action in seen:
                if isinstance(action.deed, RunCommand):
                    self.trust(action)

    def trust(self, action: Action) -> None:
        """A person has made this action at this computer."""
        if action.outside:
            self._settings.trust(self._session.path, action.outside)

    def hindrance(self, action: Action) -> str:
        """Return in a sentence why an action cannot be carried out; empty where it can."""
        if action.class_id is not None and self._session.model.with_id(action.class_id) is None:
            return self.tr("What it waits for is no longer in the project.")
        is_command = isinstance(action.deed, RunCommand)
        if is_command and not self.commands:
            return self.tr("Commands are not allowed on this computer: allow them below.")
        if isinstance(action.deed, RunCommand | WriteLog) and not action.outside:
            return self.tr("It is not complete: edit it.")
        if action.outside and not self._settings.trusts(self._session.path, action.outside):
            if is_command:
                return self.tr("This command was not entered on this computer. Edit and save it if you want it.")
            return self.tr("This file was not chosen on this computer. Edit it and choose one.")
        return ""
