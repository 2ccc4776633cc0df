# SPDX-License-Identifier: Apache-2.0
"""Soft sounds that say: it is on the disk."""

from __future__ import annotations

import logging

import chime

_log = logging.getLogger(__name__)


class Sounds:
    """Plays sounds without waiting for them. A machine that cannot play any stays silent.

    Args:
        on: whether to play at all.
    """

    def __init__(self, *, on: bool) -> None:
        self.on = on
        chime.theme("material")

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
