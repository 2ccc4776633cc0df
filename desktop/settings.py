# SPDX-License-Identifier: Apache-2.0
"""What the app remembers between two starts: one typed object, passed in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from desktop.theme import Mode

_RECENT = 8


class Settings:
    """Typed access to a settings file.

    Args:
        path: the file; by default in the person's configuration folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or Path(platformdirs.user_config_dir("showtell", appauthor=False)) / "settings.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Mode:
        """Light, dark or the system's."""
        value = self._store.value("theme")
        return next((mode for mode in get_args(Mode) if mode == value), "system")

    @theme.setter
    def theme(self, mode: Mode) -> None:
        self._store.setValue("theme", mode)

    @property
    def sound(self) -> bool:
        """Whether to play sounds."""
        return self._store.value("sound", "true") == "true"

    @sound.setter
    def sound(self, on: bool) -> None:
        self._store.setValue("sound", "true" if on else "false")

    @property
    def camera(self) -> str:
        """The source used last, as `open_source` takes it."""
        return str(self._store.value("camera", "0"))

    @camera.setter
    def camera(self, spec: str) -> None:
        self._store.setValue("camera", spec)

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place and size, as Qt saves it."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def recent(self) -> list[Path]:
        """Projects opened before, the last one first; those that are gone are left out."""
        value = self._store.value("recent")
        # Qt writes a list of one as a plain text.
        entries = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        # os.path, since Path.exists raises for a folder that may not be looked into.
        return [Path(entry) for entry in entries if isinstance(entry, str) and os.path.exists(entry)]

    def remember(self, project: Path) -> None:
        """Put a project at the head of the recent ones."""
        path = project.absolute()
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", [str(entry) for entry in (path, *others)][:_RECENT])

    def sync(self) -> None:
        """Write everything to the disk."""
        self._store.sync()
