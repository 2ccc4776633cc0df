# SPDX-License-Identifier: Apache-2.0
"""What the app remembers between two starts: one typed object, passed in."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from desktop.framing import Framing
from desktop.theme import Mode
from learner.files import private_folder

_RECENT = 8
_TRUSTED = 200

SCALES = (100, 125, 150, 175, 200)
"""How large everything may be, in per cent."""

Language = Literal["system", "en", "de", "fr"]
Device = Literal["auto", "cpu", "gpu"]

RATES = (2, 30)
"""Fewest and most samples a second."""
COUNTDOWNS = (0, 3, 5)
"""Seconds from the press of a key until recording begins."""
LENGTHS = (0, 10, 30, 60)
"""Samples in a recording; 0 is as long as the key is held."""
RESOLUTIONS = ((640, 480), (1280, 720), (1920, 1080))
"""Sizes that a camera may be asked for."""


class Settings:
    """Typed access to a settings file.

    Args:
        path: the file; by default in the person's configuration folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            path = Path(platformdirs.user_config_dir("showtell", appauthor=False)) / "settings.ini"
            with suppress(OSError):  # it is remembered for as long as the window is open
                private_folder(path.parent)  # Qt makes the file its owner's alone, and the folder everybody's
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
    def scale(self) -> int:
        """How large everything is, one of SCALES; it holds from the next start on."""
        value = str(self._store.value("scale", "100"))
        return int(value) if value.isdecimal() and int(value) in SCALES else 100

    @scale.setter
    def scale(self, per_cent: int) -> None:
        self._store.setValue("scale", str(per_cent))

    @property
    def language(self) -> Language:
        """The language of the words on screen, or the system's; it holds from the next start on."""
        value = self._store.value("language")
        return next((language for language in get_args(Language) if language == value), "system")

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language)

    @property
    def device(self) -> Device:
        """Where to learn; it holds from the next start on."""
        value = self._store.value("device")
        return next((device for device in get_args(Device) if device == value), "auto")

    @device.setter
    def device(self, device: Device) -> None:
        self._store.setValue("device", device)

    @property
    def consolidates(self) -> bool:
        """Whether consolidation may begin by itself when the computer has nothing else to do."""
        return self._is_on("consolidates", True)

    @consolidates.setter
    def consolidates(self, on: bool) -> None:
        self._set_on("consolidates", on)

    @property
    def backups(self) -> Path | None:
        """The folder that copies of projects are kept in; None is the usual one."""
        value = str(self._store.value("backups", ""))
        return Path(value) if value else None

    @backups.setter
    def backups(self, folder: Path | None) -> None:
        self._store.setValue("backups", str(folder) if folder is not None else "")

    @property
    def shortcuts(self) -> dict[str, str]:
        """The keys that a person has chosen, by the names of `desktop.shortcuts`, as portable text."""
        self._store.beginGroup("shortcuts")
        chosen = {name: str(self._store.value(name)) for name in self._store.childKeys()}
        self._store.endGroup()
        return chosen

    @shortcuts.setter
    def shortcuts(self, chosen: dict[str, str]) -> None:
        self._store.remove("shortcuts")
        for name, keys in chosen.items():
            self._store.setValue(f"shortcuts/{name}", keys)

    @property
    def camera(self) -> str:
        """The source used last, as `open_source` takes it."""
        return str(self._store.value("camera", "0"))

    @camera.setter
    def camera(self, spec: str) -> None:
        self._store.setValue("camera", spec)

    @property
    def rate(self) -> int:
        """Samples a second while recording, within RATES."""
        fewest, most = RATES
        return min(most, max(fewest, self._whole("rate", 10)))

    @rate.setter
    def rate(self, samples: int) -> None:
        self._store.setValue("rate", str(samples))

    @property
    def countdown(self) -> int:
        """Seconds before a recording begins, one of COUNTDOWNS."""
        seconds = self._whole("countdown", 0)
        return seconds if seconds in COUNTDOWNS else 0

    @countdown.setter
    def countdown(self, seconds: int) -> None:
        self._store.setValue("countdown", str(seconds))

    @property
    def burst_length(self) -> int:
        """Samples in a recording, one of LENGTHS."""
        length = self._whole("burst_length", 0)
        return length if length in LENGTHS else 0

    @burst_length.setter
    def burst_length(self, samples: int) -> None:
        self._store.setValue("burst_length", str(samples))

    @property
    def mirror(self) -> bool:
        """Whether the picture is shown as in a mirror; what is learned is not mirrored."""
        return self._is_on("mirror", False)

    @mirror.setter
    def mirror(self, on: bool) -> None:
        self._set_on("mirror", on)

    @property
    def framing(self) -> Framing:
        """The square of the picture that is learned from."""
        parts = str(self._store.value("framing", "")).split(" ")
        try:
            across, down, zoom = (float(part) for part in parts)
        except ValueError:
            return Framing()
        return Framing(across, down, zoom)

    @framing.setter
    def framing(self, framing: Framing) -> None:
        self._store.setValue("framing", f"{framing.across:.4f} {framing.down:.4f} {framing.zoom:.3f}")

    @property
    def resolution(self) -> tuple[int, int] | None:
        """Width and height that cameras are asked for, one of RESOLUTIONS; None leaves it to them."""
        value = str(self._store.value("resolution", ""))
        return next((size for size in RESOLUTIONS if f"{size[0]}x{size[1]}" == value), None)

    @resolution.setter
    def resolution(self, size: tuple[int, int] | None) -> None:
        self._store.setValue("resolution", f"{size[0]}x{size[1]}" if size else "")

    @property
    def asks(self) -> bool:
        """Whether the app asks what a thing is that it does not know."""
        return self._is_on("asks", True)

    @asks.setter
    def asks(self, on: bool) -> None:
        self._set_on("asks", on)

    @property
    def motion(self) -> bool:
        """Whether things move on the screen to show what became of them."""
        return self._is_on("motion", True)

    @motion.setter
    def motion(self, on: bool) -> None:
        self._set_on("motion", on)

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

    @property
    def coached(self) -> bool:
        """Whether the first steps have been gone through, or were sent away."""
        return self._is_on("coached", False)

    @coached.setter
    def coached(self, on: bool) -> None:
        self._set_on("coached", on)

    def allows_commands(self, project: Path) -> bool:
        """Whether actions of this project may run commands on this computer."""
        return self._is_on(f"{_key(project)}/commands", False)

    def allow_commands(self, project: Path, on: bool) -> None:
        """Say whether actions of this project may run commands on this computer."""
        self._set_on(f"{_key(project)}/commands", on)

    def trusts(self, project: Path, outside: str) -> bool:
        """Whether a person at this computer has entered this command or chosen this file for actions of a project."""
        return outside in self._trusted(project)

    def trust(self, project: Path, outside: str) -> None:
        """A person at this computer has entered this command or chosen this file."""
        others = [other for other in self._trusted(project) if other != outside]
        self._store.setValue(f"{_key(project)}/trusted", json.dumps([*others, outside][-_TRUSTED:]))

    def _trusted(self, project: Path) -> list[str]:
        try:
            entries = json.loads(str(self._store.value(f"{_key(project)}/trusted", "[]")))
        except ValueError:
            return []
        return [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []

    def port(self, project: Path) -> int:
        """Where the server of a project listened the last time; 0 where it never did."""
        port = self._whole(f"{_key(project)}/port", 0)
        return port if 1024 <= port < 65536 else 0

    def keep_port(self, project: Path, port: int) -> None:
        """The server of a project listens here."""
        self._store.setValue(f"{_key(project)}/port", str(port))

    def sync(self) -> None:
        """Write everything to the disk."""
        self._store.sync()

    def _whole(self, key: str, missing: int) -> int:
        value = str(self._store.value(key, missing))
        return int(value) if value.isdecimal() else missing

    def _is_on(self, key: str, missing: bool) -> bool:
        return str(self._store.value(key, "true" if missing else "false")) == "true"

    def _set_on(self, key: str, on: bool) -> None:
        self._store.setValue(key, "true" if on else "false")


def _key(project: Path) -> str:
    # A path has characters that mean something in a settings file.
    return f"projects/{hashlib.sha256(os.fsencode(project.absolute())).hexdigest()[:32]}"
