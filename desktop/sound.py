# SPDX-License-Identifier: Apache-2.0
"""Soft sounds that say: it is on the disk; and the sounds of actions."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import chime
from PySide6.QtCore import QCoreApplication

from learner.errors import EnvironmentFault

_log = logging.getLogger(__name__)

_FAMILY = "material"


class Sounds:
    """Plays sounds without waiting for them. A machine that cannot play any stays silent.

    Args:
        on: whether to play at all.
    """

    def __init__(self, *, on: bool) -> None:
        self.on = on
        chime.theme(_FAMILY)

    def kept(self) -> None:
        """The first frame of a recording is on the disk."""
        self._play("info")

    def learned(self) -> None:
        """It has been learned."""
        self._play("success")

    def _play(self, name: str) -> None:
        if not self.on:
            return
        try:
            getattr(chime, name)(sync=False, raise_error=False)
        except Exception:  # a missing player or device must never cost a label
            _log.debug("no sound", exc_info=True)
            self.on = False


def play(sound: str, file: str = "") -> None:
    """Play a built-in sound, or a WAV file where one is named, whether or not the app's own sounds are on.

    It is asked for by name, so that it is said why it cannot be heard. May look at the disk: not for the window's
    thread.

    Raises:
        EnvironmentFault: there is no such file, it is no WAV file, or nothing here can play one.
    """
    translate = QCoreApplication.translate
    title = translate("Faults", "The sound cannot be played")
    path = Path(file) if file else chime.themes_dir() / _FAMILY / f"{sound}.wav"
    try:
        with path.open("rb") as stream:
            head = stream.read(12)
    except OSError as error:
        happened = translate("Faults", "{path} cannot be read ({why}).").format(path=path, why=error.strerror)
        raise EnvironmentFault(title, happened, translate("Faults", "Choose another sound.")) from error
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        happened = translate("Faults", "{path} is no WAV file.").format(path=path)
        raise EnvironmentFault(title, happened, translate("Faults", "Choose a WAV file."))
    if sys.platform.startswith("linux") and shutil.which("aplay") is None:
        happened = translate("Faults", "This computer has no program aplay.")
        raise EnvironmentFault(title, happened, translate("Faults", "Install the package alsa-utils."))
    try:
        chime.play_wav(path, sync=False, raise_error=True)
    except (OSError, RuntimeError) as error:
        remedy = translate("Faults", "Look whether this computer plays sounds at all.")
        raise EnvironmentFault(title, f"{error}.", remedy) from error
