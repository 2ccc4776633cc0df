# SPDX-License-Identifier: Apache-2.0
"""Cameras of this machine."""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import dataclass

import numpy as np

from learner.cv import cv2
from learner.errors import CameraFault
from learner.types import Image

_log = logging.getLogger(__name__)

_WAY_OUT = "Plug one in, or use a clip, a phone's address or the demo scene (--camera demo)."
_SAME_FOR_SECONDS = 2.0
"""Sensors are noisy: a picture that stays the same to the last bit for so long is an old one handed out again."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera and the name the system gives it."""

    index: int
    name: str


def list_cameras() -> list[CameraInfo]:
    """Return the cameras of this machine, by index; none when the system does not tell."""
    try:
        from cv2_enumerate_cameras import enumerate_cameras

        found = enumerate_cameras(_backend())
    except Exception:  # a system library's failure must not keep the app from its other sources
        _log.warning("cameras could not be listed", exc_info=True)
        return []
    return [CameraInfo(camera.index, camera.name or f"Camera {camera.index}") for camera in found]


class DeviceSource:
    """A camera by its index.

    `read` can return success for a camera that is unplugged, with the last picture over and over
    (https://github.com/opencv/opencv/issues/14044); that is noticed here. A `read` that does not return is noticed by
    `Camera`.
    """

    reopens = True

    def __init__(self, index: int) -> None:
        self.description = f"camera {index}"
        self._index = index
        self._capture: cv2.VideoCapture | None = None
        self._last: Image | None = None
        self._changed_at = 0.0

    def open(self) -> None:
        """Open the camera, with a short queue: an old frame is of no use."""
        capture = cv2.VideoCapture(self._index, _backend())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if not capture.isOpened():
            capture.release()
            raise self._not_there()
        self._capture, self._last, self._changed_at = capture, None, time.monotonic()

    def read(self) -> Image | None:
        """Return the next frame."""
        capture = self._capture
        if capture is None:
            raise self._gone()
        done, image = capture.read()
        if not done or image is None:
            raise self._gone()
        frame = np.asarray(image, np.uint8)
        now = time.monotonic()
        if self._last is None or not np.array_equal(frame, self._last):
            self._last, self._changed_at = frame, now
        elif now - self._changed_at > _SAME_FOR_SECONDS:
            raise self._gone()
        return frame

    def close(self) -> None:
        """Let go of the camera."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _not_there(self) -> CameraFault:
        cameras = list_cameras()
        if not cameras:
            return CameraFault("No camera found", "This machine has no camera that answers.", _WAY_OUT)
        if self._index not in {camera.index for camera in cameras}:
            names = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras)
            return CameraFault("There is no such camera", f"There is no camera {self._index}.", f"There is {names}.")
        return CameraFault(
            "The camera does not answer",
            f"Camera {self._index} is there but could not be opened; another program may be using it.",
            "Close that program, or choose another camera.",
        )

    def _gone(self) -> CameraFault:
        return CameraFault("The camera has gone", f"Camera {self._index} sends no pictures any more.", "Plug it in.")


def _backend() -> int:
    if sys.platform == "win32":
        return int(cv2.CAP_DSHOW)  # Media Foundation takes many seconds to open some cameras
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)
