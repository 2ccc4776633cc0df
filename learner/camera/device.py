# SPDX-License-Identifier: Apache-2.0
"""Cameras of this machine."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass

from learner.camera.access import is_refused, taken_by
from learner.camera.frames import bgr
from learner.cv import cv2
from learner.errors import CameraFault, CameraRefused, CameraTaken
from learner.types import Image

_log = logging.getLogger(__name__)

_WAY_OUT = "or use a clip, a phone's address or the demo scene."


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
    cameras = [CameraInfo(camera.index, camera.name or f"Camera {camera.index}") for camera in found]
    return sorted(cameras, key=lambda camera: camera.index)


class DeviceSource:
    """A camera by its index.

    `read` can return success for a camera that is unplugged, with the last picture over and over
    (https://github.com/opencv/opencv/issues/14044), or not return at all; both are noticed by `Camera`.

    Args:
        index: which camera.
        size: width and height to ask it for; it may give others, the nearest it has.
    """

    reopens = True

    def __init__(self, index: int, size: tuple[int, int] | None = None) -> None:
        self.description = f"camera {index}"
        self._index = index
        self._size = size
        self._capture: cv2.VideoCapture | None = None
        self._has_answered = False

    def again(self) -> DeviceSource:
        """Return another one of the same."""
        return DeviceSource(self._index, self._size)

    def open(self) -> None:
        """Open the camera, with a short queue: an old frame is of no use."""
        capture = cv2.VideoCapture(self._index, _backend())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if not capture.isOpened():
            capture.release()
            raise self._not_there()
        if self._size is not None:
            width, height = self._size
            # Uncompressed, large pictures come only a few a second through USB 2. Who cannot compress says no.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        self._capture, self._has_answered = capture, False

    def read(self) -> Image | None:
        """Return the next frame."""
        capture = self._capture
        if capture is None:
            raise self._gone()
        done, read = capture.read()
        image = bgr(read) if done and read is not None else None
        if image is None:
            raise self._gone() if self._has_answered else self._does_not_answer()
        self._has_answered = True
        return image

    def close(self) -> None:
        """Let go of the camera."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _not_there(self) -> CameraFault:
        cameras = list_cameras()
        if not cameras:
            return CameraFault(
                "No camera found", "This machine has no camera that answers.", f"Plug one in, {_WAY_OUT}"
            )
        if self._index not in {camera.index for camera in cameras}:
            names = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras)
            remedy = f"Choose one that is there: {names}; {_WAY_OUT}"
            return CameraFault("There is no such camera", f"There is no camera {self._index}.", remedy)
        return self._does_not_answer()

    def _does_not_answer(self) -> CameraFault:
        if is_refused(self._index):
            return CameraRefused(
                "The camera may not be used",
                f"The system does not let Showtell use camera {self._index}.",
                f"{_allow()} The picture then comes by itself. Or use a clip, a phone's address or the demo scene.",
            )
        holder = taken_by(self._index)
        if holder is not None:
            return CameraTaken(
                "Another program has the camera",
                f"{holder} is using camera {self._index}.",
                f"Close it there, and the picture comes by itself; {_WAY_OUT}",
            )
        return CameraFault(
            "The camera does not answer",
            f"Camera {self._index} is there but gives no picture: another program may be using it, "
            "or the system does not allow it.",
            f"Close that program, allow the camera in the system's settings, {_WAY_OUT}",
        )

    def _gone(self) -> CameraFault:
        happened = f"Camera {self._index} sends no new pictures any more."
        return CameraFault("The camera has gone", happened, f"Plug it in again, {_WAY_OUT}")


def _allow() -> str:
    """Return how a person allows the camera on this system."""
    if sys.platform == "darwin":
        return "Switch it on for Showtell in System Settings › Privacy & Security › Camera."
    if sys.platform == "win32":
        return "Switch it on in Settings › Privacy & security › Camera."
    return "Ask whoever looks after this computer to put you into the group “video”."


def _backend() -> int:
    if sys.platform == "win32":
        return int(cv2.CAP_DSHOW)  # Media Foundation takes many seconds to open some cameras
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)
