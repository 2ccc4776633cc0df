# SPDX-License-Identifier: Apache-2.0
"""A clip as a camera."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from learner.camera.pace import Pace
from learner.cv import cv2
from learner.errors import CameraFault
from learner.types import Image

_USUAL_RATE = 30.0


class VideoSource:
    """A video file, at its own pace or as fast as it is read.

    Args:
        path: the file.
        loop: begin again at the end.
        realtime: keep its pace, leaving out frames that come too late; otherwise every frame comes once.
    """

    reopens = False

    def __init__(self, path: Path, *, loop: bool = True, realtime: bool = True) -> None:
        self.description = path.name
        self._path = path
        self._loop = loop
        self._realtime = realtime
        self._capture = cv2.VideoCapture()
        self._begun = False
        self._pace = Pace(_USUAL_RATE)

    @property
    def rate(self) -> float:
        """Frames a second, while it is open; a usual rate where the file does not tell."""
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        return rate if 1 <= rate <= 240 else _USUAL_RATE

    @property
    def length(self) -> int:
        """How many frames the file says it has, while it is open; 0 where it does not tell."""
        return max(0, int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)))

    def open(self) -> None:
        """Open the file."""
        if not self._rewind():
            raise self._unplayable()
        self._begun = False
        self._pace = Pace(self.rate)

    def read(self) -> Image | None:
        """Return the next frame, or None at the end of a clip that does not loop."""
        late = self._pace.wait() if self._realtime else 0
        for _ in range(late):
            if not self._capture.grab():
                break
        done, image = self._capture.read()
        if not done and self._begun and self._loop and self._rewind():
            done, image = self._capture.read()
        if not done and not self._begun:
            raise self._unplayable()
        self._begun = True
        return np.asarray(image, np.uint8) if done else None

    def close(self) -> None:
        """Close the file."""
        self._capture.release()

    def _rewind(self) -> bool:
        # Seeking back does not work in every format; opening again does.
        return self._capture.open(str(self._path), cv2.CAP_FFMPEG)

    def _unplayable(self) -> CameraFault:
        return CameraFault(
            "That clip cannot be played",
            f"{self._path.name} is missing, damaged, or not a video that OpenCV knows.",
            "Choose another one, save it as MP4, or use the demo scene.",
        )
