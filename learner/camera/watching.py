# SPDX-License-Identifier: Apache-2.0
"""A frame source as a series of frames, for whoever takes them one after another in a thread of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from learner.camera.camera import Camera, CameraState, CameraStatus
from learner.camera.folder import FolderSource
from learner.camera.source import Frame, FrameSource, open_source
from learner.camera.video import VideoSource
from learner.errors import CameraFault
from learner.types import Image

_LISTEN_SECONDS = 0.5
"""So long at most does waiting for a frame keep Ctrl+C waiting, on systems where it would for ever."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A frame, its number (from 1), when it was taken, and of a clip, how many seconds into it."""

    image: Image
    number: int
    time: datetime
    position: float | None = None


def watched(spec: str, every: float = 0.0, tell: Callable[[str], None] = print) -> Generator[Seen, None, None]:
    """Return the frames of a source, which is opened with the first and closed with the generator.

    Of a clip or a folder they are all of them, as fast as they are taken, to the end. Of what is live they are the
    newest each time; when it goes away, it is waited for.

    Args:
        spec: as `open_source` takes it.
        every: seconds from one frame to the next at least, by the clip's own clock; of a folder all are returned.
        tell: is told in a sentence when a live source goes away and comes back.

    Raises:
        CameraFault: it means no source, cannot be opened, or has gone away for good.
    """
    source = open_source(spec, loop=False, realtime=False)
    if isinstance(source, VideoSource | FolderSource):
        return _all_of(source, every)
    return _newest_of(source, every, tell)


def _all_of(source: VideoSource | FolderSource, every: float) -> Generator[Seen, None, None]:
    try:
        source.open()
        rate = source.rate if isinstance(source, VideoSource) else None
        number, due = 0, 0.0
        while (image := source.read()) is not None:
            position = number / rate if rate else None
            number += 1
            if position is None or position >= due - 1e-6:
                due = (position or 0.0) + every
                yield Seen(image, number, datetime.now(UTC), position)
    finally:
        source.close()


def _newest_of(source: FrameSource, every: float, tell: Callable[[str], None]) -> Generator[Seen, None, None]:
    if source.reopens:  # one that is not there at all is a mistake, and not waited for
        try:
            source.open()
        finally:
            source.close()
    newest = _Newest(tell)
    camera = Camera(source, newest.take, newest.hear)
    camera.start()
    try:
        due = 0.0
        while (frame := newest.next(due)) is not None:
            due = frame.captured_at + every
            taken = datetime.now(UTC) - timedelta(seconds=time.monotonic() - frame.captured_at)
            yield Seen(frame.image, frame.number, taken)
    finally:
        camera.stop()


class _Newest:
    """Hands the newest frame of a camera from its threads to another one."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._state = CameraState(CameraStatus.OPENING)
        self._was_away = False

    def take(self, frame: Frame) -> None:
        with self._changed:
            self._frame = frame
            self._changed.notify_all()

    def hear(self, state: CameraState) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
        if state.status is CameraStatus.WAITING:
            self._was_away = True
            self._tell(f"{state.title}: {state.message}")
        elif state.status is CameraStatus.LIVE and self._was_away:
            self._was_away = False
            self._tell("The picture is back.")

    def next(self, due: float) -> Frame | None:
        """Wait for a frame that was not taken before a moment (`time.monotonic`); None when there will be no more.

        Raises:
            CameraFault: the camera has failed.
        """
        with self._changed:
            while True:
                frame, self._frame = self._frame, None
                if frame is not None and frame.captured_at >= due:
                    return frame
                if self._state.status is CameraStatus.ENDED:
                    return None
                if self._state.status is CameraStatus.FAILED:
                    raise CameraFault(self._state.title, self._state.message, "Then watch again.")
                self._changed.wait(_LISTEN_SECONDS)
