# SPDX-License-Identifier: Apache-2.0
"""A phone or another machine as the camera: MJPEG over http, or rtsp."""

from __future__ import annotations

import re

import numpy as np

from learner.cv import cv2
from learner.errors import CameraFault
from learner.types import Image

_PATIENCE_MILLISECONDS = 4000


class UrlSource:
    """A stream at an address. It is the one source that uses the network, and only because its address was given.

    Args:
        address: http, https, rtsp or rtmp; a name and password in it are never shown.
        patience_milliseconds: how long to wait for an answer, and for the next picture.
    """

    reopens = True

    def __init__(self, address: str, patience_milliseconds: int = _PATIENCE_MILLISECONDS) -> None:
        self.description = re.sub(r"(?<=://)[^/]*@", "", address)
        self._address = address
        self._patience = patience_milliseconds
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        """Connect."""
        patience = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, self._patience, cv2.CAP_PROP_READ_TIMEOUT_MSEC, self._patience]
        capture = cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, patience)
        if not capture.isOpened():
            capture.release()
            raise CameraFault(
                "The address does not answer",
                f"No pictures come from {self.description}.",
                "Check that the phone shows this address and is in the same network, "
                "or use another camera or the demo scene.",
            )
        self._capture = capture

    def read(self) -> Image | None:
        """Return the next frame."""
        capture = self._capture
        done, image = (False, None) if capture is None else capture.read()
        if not done:
            remedy = "Check the phone's app and its network; the picture comes back by itself."
            raise CameraFault("The pictures stopped", f"{self.description} sends no more.", remedy)
        return np.asarray(image, np.uint8)

    def close(self) -> None:
        """Disconnect."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()
