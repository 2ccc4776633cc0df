# SPDX-License-Identifier: Apache-2.0
"""A folder of pictures as a camera: one after another, a second each."""

from __future__ import annotations

import re
from pathlib import Path

from learner.camera.pace import Pace
from learner.errors import CameraFault, ImageFault
from learner.pictures import read_image
from learner.types import Image

_RATE = 10.0
_FRAMES_EACH = 10


class FolderSource:
    """The pictures in a folder, in natural order; files that are not pictures are left out.

    Args:
        path: the folder.
        loop: begin again at the end.
        realtime: show each for a second, ten frames long; otherwise each comes once, as fast as it is read.
    """

    reopens = False

    def __init__(self, path: Path, *, loop: bool = True, realtime: bool = True) -> None:
        self.description = path.name
        self._path = path
        self._loop = loop
        self._realtime = realtime
        self._files: list[Path] = []
        self._next = 0
        self._shown: Image | None = None
        self._left = 0
        self._pace = Pace(_RATE)

    def open(self) -> None:
        """List the folder."""
        try:
            self._files = sorted(
                (path for path in self._path.iterdir() if path.is_file()), key=lambda path: natural_key(path.name)
            )
        except OSError as error:
            raise self._empty() from error
        self._next, self._left, self._shown, self._pace = 0, 0, None, Pace(_RATE)

    def read(self) -> Image | None:
        """Return the next frame, or None at the end of a folder that does not loop."""
        if self._realtime:
            self._pace.wait()
        if self._left == 0:
            self._shown = self._next_picture()
            self._left = _FRAMES_EACH if self._realtime else 1
        self._left -= 1
        return self._shown

    def close(self) -> None:
        """Forget the list."""
        self._files = []

    def _next_picture(self) -> Image | None:
        for _ in range(len(self._files)):
            if self._next == len(self._files):
                if not self._loop:
                    return None
                self._next = 0
            path = self._files[self._next]
            self._next += 1
            try:
                return read_image(path)
            except ImageFault:
                continue
        if self._loop or self._shown is None:
            raise self._empty()
        return None

    def _empty(self) -> CameraFault:
        happened = f"{self._path} has no picture in it that can be read."
        return CameraFault("There are no pictures", happened, "Choose another one, or the demo scene.")


def natural_key(name: str) -> str:
    """Return a sort key that puts "2.png" before "10.png": longer numbers come after shorter ones."""
    return re.sub("[0-9]+", lambda number: _number_key(number[0].lstrip("0")), name.casefold())


def _number_key(digits: str) -> str:
    return f"\0{len(digits):03d}{digits}"
