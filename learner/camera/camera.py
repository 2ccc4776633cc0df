# SPDX-License-Identifier: Apache-2.0
"""A frame source in a thread of its own: the newest frame wins, and a source that goes away is opened again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from learner.camera.source import Frame, FrameSource
from learner.errors import CameraFault, CameraRefused

_log = logging.getLogger(__name__)


class CameraStatus(StrEnum):
    """How a camera is."""

    OPENING = "opening"
    LIVE = "live"
    WAITING = "waiting"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CameraState:
    """How a camera is, in words for the screen; both texts are empty while it is live.

    `refused` says that the system does not let us use it, which its settings can change.
    """

    status: CameraStatus
    title: str = ""
    message: str = ""
    refused: bool = False


class Camera:
    """Runs a source. `on_frame` and `on_state` are called from this camera's threads, one call at a time each.

    Nothing is queued here: `latest` is the newest frame, and the next one is read when `on_frame` has returned. So it
    should return quickly; whoever needs longer takes `latest` in a thread of its own.

    A source that says nothing for `stall_seconds` is told as WAITING although its `read` still hangs; a second thread
    sees to that. The hanging `read` is waited for, because OpenCV crashes when a capture is closed under it; drivers
    give up after some ten seconds. A source that fails is opened again after a pause that doubles, if it is of the kind
    that may come back.

    Args:
        source: where frames come from.
        on_frame: takes each frame.
        on_state: takes each change of state.
        stall_seconds: how long without a frame is too long.
        back_off: shortest and longest pause before opening again, in seconds.
    """

    def __init__(
        self,
        source: FrameSource,
        on_frame: Callable[[Frame], None],
        on_state: Callable[[CameraState], None],
        *,
        stall_seconds: float = 1.5,
        back_off: tuple[float, float] = (0.25, 4.0),
    ) -> None:
        self.source = source
        self._on_frame = on_frame
        self._on_state = on_state
        self._stall_seconds = stall_seconds
        self._back_off = back_off
        self._stopping = threading.Event()
        self._telling = threading.Lock()
        self._told: CameraState | None = None
        self._opened = False
        self._last_frame_at = 0.0
        self._latest: Frame | None = None
        # Daemons, because a driver can hang in `read` for as long as it likes.
        self._reader = threading.Thread(target=self._run, name=f"camera {source.description}", daemon=True)
        self._watch = threading.Thread(target=self._watch_for_stalls, name="camera watch", daemon=True)

    @property
    def latest(self) -> Frame | None:
        """The newest frame."""
        return self._latest

    def start(self) -> None:
        """Start reading."""
        self._reader.start()
        self._watch.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Stop, and wait for it; a `read` that hangs for longer than `timeout` is left behind.

        No call of `on_frame` or `on_state` begins after this has returned. From within one of them it does not wait.
        """
        self._stopping.set()
        threads = (self._watch, self._reader)
        if threading.current_thread() in threads:
            return
        until = time.monotonic() + timeout
        for thread in threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        shortest, longest = self._back_off
        pause = shortest
        number = 0
        while not self._stopping.is_set():
            self._tell(
                CameraState(CameraStatus.OPENING, "Opening the camera", f"{self.source.description}…"), first=True
            )
            try:
                self.source.open()
                self._opened, self._last_frame_at = True, time.monotonic()
                while not self._stopping.is_set():
                    image = self.source.read()
                    if self._stopping.is_set():
                        break
                    if image is None:
                        title = f"The end of {self.source.description}"
                        self._tell(CameraState(CameraStatus.ENDED, title, "Choose another source, or this one again."))
                        return
                    number += 1
                    pause = shortest
                    self._take(Frame(image, number, time.monotonic()))
            except CameraFault as fault:
                status = CameraStatus.WAITING if self.source.reopens else CameraStatus.FAILED
                self._tell(CameraState(status, fault.title, fault.message, isinstance(fault, CameraRefused)))
                if not self.source.reopens:
                    return
            except Exception as error:
                # Nobody could catch it beyond this thread, and a picture that stands still says nothing.
                _log.exception("the camera's thread stopped")
                happened = f"{self.source.description} met an error of Showtell's own ({error!r})."
                remedy = "Choose it again, or another camera, and please report it."
                self._tell(CameraState(CameraStatus.FAILED, "The camera stopped", f"{happened} {remedy}"))
                return
            finally:
                self._opened = False
                self.source.close()
            self._stopping.wait(pause)
            pause = min(2 * pause, longest)

    def _take(self, frame: Frame) -> None:
        self._last_frame_at = frame.captured_at
        self._latest = frame
        self._tell(CameraState(CameraStatus.LIVE))
        self._on_frame(frame)

    def _watch_for_stalls(self) -> None:
        while not self._stopping.wait(self._stall_seconds / 4):
            if self._opened and time.monotonic() - self._last_frame_at > self._stall_seconds:
                self._tell(
                    CameraState(
                        CameraStatus.WAITING,
                        "Waiting for the picture",
                        f"Nothing comes from {self.source.description}. Check its cable or its network, "
                        "or choose another camera.",
                    )
                )

    def _tell(self, state: CameraState, *, first: bool = False) -> None:
        """Tell a change; `first` is told only when nothing has been told yet, so that retries do not flicker."""
        with self._telling:
            if self._stopping.is_set() or state == self._told or (first and self._told is not None):
                return
            self._told = state
            self._on_state(state)
