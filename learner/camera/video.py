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
        self._capture: cv2.VideoCapture | None = None
        self._pace = Pace(_USUAL_RATE)

    def open(self) -> None:
        """Open the file."""
        capture = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        if not capture.isOpened():
            capture.release()
            raise CameraFault(
                "That clip cannot be played",
                f"{self._path.name} is missing or not a video that OpenCV knows.",
                "Choose another one, or save it as MP4.",
            )
        rate = capture.get(cv2.CAP_PROP_FPS)
        self._capture = capture
        self._pace = Pace(rate if 1 <= rate <= 240 else _USUAL_RATE)

    def read(self) -> Image | None:
        """Return the next frame, or None at the end of a clip that does not loop."""
        late = self._pace.wait() if self._realtime else 0
        capture = self._capture
        if capture is None:
            return None
        for _ in range(late):
            if not capture.grab():
                break
        done, image = capture.read()
        if not done and self._loop and capture.set(cv2.CAP_PROP_POS_FRAMES, 0):
            done, image = capture.read()
        return np.asarray(image, np.uint8) if done else None

    def close(self) -> None:
        """Close the file."""
        self._pace.stop()
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()
