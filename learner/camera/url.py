# SPDX-License-Identifier: Apache-2.0
"""A phone or another machine as the camera: MJPEG over http, or whatever FFmpeg knows."""

from __future__ import annotations

import re

import numpy as np

from learner.camera.frames import bgr
from learner.camera.mjpeg import MjpegStream, Silence
from learner.cv import cv2
from learner.errors import CameraFault
from learner.types import Image

_PATIENCE = 1.5
"""Seconds: less than `Camera` waits for a call that hangs, so that its line is closed and not left behind."""
_OPEN_MILLISECONDS = 4000
"""For FFmpeg, since some rtsp cameras take seconds to agree on a stream."""


class UrlSource:
    """A stream at an address. It is the one source that uses the network, and only because its address was given.

    Args:
        address: http, https, rtsp or rtmp; a name and password in it are never shown.
        patience: seconds to wait for an answer, and for the next picture.
    """

    reopens = True

    def __init__(self, address: str, patience: float = _PATIENCE) -> None:
        self.description = re.sub(r"(?<=://)[^/]*@", "", address)
        self._address = address
        self._patience = patience
        self._stream: MjpegStream | _FFmpegStream | None = None

    def again(self) -> UrlSource:
        """Return another one of the same."""
        return UrlSource(self._address, self._patience)

    def open(self) -> None:
        """Connect."""
        try:
            stream = None
            if self._address.lower().startswith("http://"):
                stream = MjpegStream.open(self._address, self._patience)
            self._stream = stream or _FFmpegStream(self._address, self._patience)
        except Silence as silence:
            raise CameraFault(
                "The address does not answer",
                f"No pictures come from {self.description}.",
                "Check that the phone shows this address and is in the same network, "
                "or use another camera or the demo scene.",
            ) from silence

    def read(self) -> Image | None:
        """Return the next frame."""
        if self._stream is None:
            raise self._stopped()
        try:
            return self._stream.read(self._patience)
        except Silence as silence:
            raise self._stopped() from silence

    def close(self) -> None:
        """Disconnect."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _stopped(self) -> CameraFault:
        remedy = "Check the phone's app and its network; the picture comes back by itself."
        return CameraFault("The pictures stopped", f"{self.description} sends no more.", remedy)


class _FFmpegStream:
    """A stream that FFmpeg reads.

    Raises:
        Silence: nothing answers.
    """

    def __init__(self, address: str, patience: float) -> None:
        waits = {
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC: _OPEN_MILLISECONDS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC: round(1000 * patience),
        }
        self._capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, [number for pair in waits.items() for number in pair])
        if not self._capture.isOpened():
            self._capture.release()
            raise Silence

    def read(self, _patience: float) -> Image:
        done, image = self._capture.read()
        found = bgr(np.asarray(image)) if done else None
        if found is None:
            raise Silence
        return found

    def close(self) -> None:
        self._capture.release()
