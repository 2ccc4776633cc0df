# SPDX-License-Identifier: Apache-2.0
"""Someone who watches a camera, a source that does as it is told, and clips whose frames can be told apart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from learner.camera import Camera, CameraState, CameraStatus, Frame, FrameSource
from learner.cv import cv2
from learner.types import Image

PATIENCE = 20.0
"""Seconds until a test gives up waiting; nothing takes nearly as long."""

Step: TypeAlias = "Image | Exception | threading.Event | None"
"""What a scripted `read` does: return this, raise it, or hang until it is set and go on."""


def grey(level: int) -> Image:
    """Return a picture of one grey, but for a corner: what is of one colour alone is no picture."""
    image = np.full((48, 64, 3), level, np.uint8)
    image[40:, 56:] = (level + 60) % 256
    return image


class Script:
    """A source that goes through one list of steps each time it is opened; after the last one it hangs."""

    description = "a script"

    def __init__(self, *openings: Sequence[Step], reopens: bool = True) -> None:
        self.reopens = reopens
        self.opened = 0
        self.is_open = False
        self.over = threading.Event()
        self._openings = list(openings)
        self._steps: list[Step] = []

    def open(self) -> None:
        self.opened += 1
        self._steps = list(self._openings.pop(0)) if self._openings else [self.over]
        if self._steps and isinstance(self._steps[0], Exception):
            raise self._steps.pop(0)  # type: ignore[misc]
        self.is_open = True

    def read(self) -> Image | None:
        while self._steps:
            step = self._steps.pop(0)
            if isinstance(step, Exception):
                raise step
            if not isinstance(step, threading.Event):
                return step
            assert step.wait(PATIENCE)
        assert self.over.wait(PATIENCE)
        return None

    def close(self) -> None:
        self.is_open = False


class Watcher:
    """Runs a camera and keeps what it says."""

    def __init__(self, source: FrameSource, **quick: object) -> None:
        self.frames: list[Frame] = []
        self.states: list[CameraState] = []
        self._changed = threading.Condition()
        self.camera = Camera(source, self._take, self._hear, **{"back_off": (0.01, 0.05), **quick})  # type: ignore[arg-type]

    def __enter__(self) -> Watcher:
        self.camera.start()
        return self

    def __exit__(self, *error: object) -> None:
        if isinstance(self.camera.source, Script):
            self.camera.source.over.set()
        self.camera.stop(PATIENCE)

    @property
    def statuses(self) -> list[CameraStatus]:
        return [state.status for state in self.states]

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so, looking whenever the camera says something, and now and then."""
        until = time.monotonic() + PATIENCE
        with self._changed:
            while not happened():
                assert time.monotonic() < until, (self.statuses, len(self.frames))
                self._changed.wait(0.02)

    def until_status(self, status: CameraStatus) -> CameraState:
        self.until(lambda: bool(self.states) and self.states[-1].status is status)
        return self.states[-1]

    def until_frames(self, count: int) -> list[Frame]:
        self.until(lambda: len(self.frames) >= count)
        return self.frames

    def _take(self, frame: Frame) -> None:
        with self._changed:
            self.frames.append(frame)
            self._changed.notify_all()

    def _hear(self, state: CameraState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()


def write_clip(path: Path, count: int = 8, fourcc: str = "mp4v", size: tuple[int, int] = (64, 48)) -> Path:
    """Write a clip whose frame `i` is grey at level 20 + 25 i."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*fourcc), 30.0, size)
    assert writer.isOpened()
    for number in range(count):
        writer.write(np.full((size[1], size[0], 3), 20 + 25 * number, np.uint8))
    writer.release()
    return path


def which(image: Image) -> int:
    """Return which frame of such a clip this is, or rather looks like."""
    return round((float(image.mean()) - 20) / 25)
