# SPDX-License-Identifier: Apache-2.0
"""What a frame source is, and the one place that knows which text means which source."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from learner.errors import CameraFault
from learner.types import Image


@dataclass(frozen=True, slots=True)
class Frame:
    """A transient picture. `number` counts from 1; `captured_at` is in seconds of `time.monotonic()`."""

    image: Image
    number: int
    captured_at: float


class FrameSource(Protocol):
    """Where frames come from: `open`, then `read` again and again, then `close`, all in one thread.

    After `close` it may be opened again. `close` is harmless when it is not open.
    """

    description: str
    """What it is, for people: "camera 0", "lesson.mp4"."""
    reopens: bool
    """Whether a source that has gone away may come back: a device may, a clip that has ended does not."""

    def open(self) -> None:
        """Get ready.

        Raises:
            CameraFault: it cannot be opened.
        """

    def read(self) -> Image | None:
        """Wait for the next frame and return it, BGR uint8 (h, w, 3); None when there will be no more.

        Raises:
            CameraFault: it has gone away.
        """

    def close(self) -> None:
        """Let go of it."""


@runtime_checkable
class Renewable(FrameSource, Protocol):
    """A source that can be opened once more while a call of it hangs."""

    def again(self) -> FrameSource:
        """Return another one of the same, which is not open. It shares nothing with this one."""


def open_source(
    spec: str, *, loop: bool = True, realtime: bool = True, size: tuple[int, int] | None = None
) -> FrameSource:
    """Return the source that a text means; it is not opened yet.

    Args:
        spec: a camera's index ("0"), "/dev/video0", a clip, a folder of pictures, an http or rtsp address, or "demo".
        loop: begin again at the end of a clip or folder.
        realtime: keep a clip's own pace; otherwise every frame comes as fast as it is taken.
        size: width and height to ask a camera for; all else comes as it is.

    Raises:
        CameraFault: it means none of these.
    """
    from learner.camera.demo import DemoSource
    from learner.camera.device import DeviceSource
    from learner.camera.folder import FolderSource
    from learner.camera.url import UrlSource
    from learner.camera.video import VideoSource

    if spec == "demo":
        return DemoSource()
    if spec.isdecimal():
        return DeviceSource(int(spec), size=size)
    if spec.startswith("/dev/video") and spec.removeprefix("/dev/video").isdecimal():
        return DeviceSource(int(spec.removeprefix("/dev/video")), size=size)
    if spec.partition("://")[0].lower() in {"http", "https", "rtsp", "rtmp"}:
        return UrlSource(spec)
    path = Path(os.path.expanduser(spec))
    # os.path says no where Path raises: for a name that is too long, or a folder that may not be looked into.
    if spec and os.path.isdir(path):
        return FolderSource(path, loop=loop, realtime=realtime)
    if os.path.isfile(path):
        return VideoSource(path, loop=loop, realtime=realtime)
    raise CameraFault(
        "That is not a camera",
        f"{spec!r} is no camera number, file, folder or address.",
        "Give a number such as 0, a clip, a folder of pictures, an address, or take the demo scene.",
    )
