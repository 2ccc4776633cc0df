# SPDX-License-Identifier: Apache-2.0
"""A frame source in a thread of its own: the newest frame wins, and a source that goes away is opened again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from learner.camera.freshness import Freshness, Rhythm
from learner.camera.source import Frame, FrameSource, Renewable
from learner.errors import CameraFault, CameraRefused
from learner.types import Image

_log = logging.getLogger(__name__)

STALL_SECONDS = 1.5
"""For so long may a camera give no new picture until what it gave last no longer counts as what it sees."""

_Result = TypeVar("_Result")

_FIRST_PATIENCE = 10.0
"""Seconds that a camera may take to open and to give its first picture; some take several."""
_LONGER_THAN_FIRST = 2.0
"""How many times as long as the first time may it take later."""
_MOST_LEFT = 4
"""Readers that hang at the same time. Drivers give up after some ten seconds, so there is always one that may try."""
_BREATH = 0.01
"""Seconds between two readings while nothing new comes: a source that repeats itself may do so without end."""


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
    """Runs a source. `on_frame` and `on_state` are called from this camera's threads, one call at a time.

    Nothing is queued here: `latest` is the newest frame, and the next one is read when `on_frame` has returned. So it
    should return quickly; whoever needs longer takes `latest` in a thread of its own.

    Of a source that may come back, a frame is always a new picture, taken after the last change of state was told: what
    repeats an earlier one or is of one colour is left out (see `Freshness`), and so are those right after a pause that
    the driver may have kept from before it (see `Rhythm`). When nothing new comes for
    `stall_seconds`, that is told as WAITING, by a second thread if a `read` still hangs, and the source is opened anew:
    what comes out of one that hung may be of before. A source that fails is opened again after a pause that doubles up
    to a second.

    A call that hangs for longer than `patience` is left behind, since OpenCV crashes when a capture is closed under it,
    and another reader tries in its place; it closes what it has opened when the call comes back.

    Args:
        source: where frames come from.
        on_frame: takes each frame.
        on_state: takes each change of state.
        stall_seconds: how long without a new picture is too long.
        back_off: shortest and longest pause before opening again, in seconds.
        patience: seconds that a call may hang, once the source has given a picture; for one that is slow to open, twice
            as long as that took.
    """

    def __init__(
        self,
        source: FrameSource,
        on_frame: Callable[[Frame], None],
        on_state: Callable[[CameraState], None],
        *,
        stall_seconds: float = STALL_SECONDS,
        back_off: tuple[float, float] = (0.25, 1.0),
        patience: float = 1.75,
    ) -> None:
        self._on_frame = on_frame
        self._on_state = on_state
        self._stall_seconds = stall_seconds
        self._back_off = back_off
        self._least_patience = patience
        self._fastest = _FIRST_PATIENCE
        self._stopping = threading.Event()
        self._telling = threading.RLock()
        self._told: CameraState | None = None
        self._freshness, self._rhythm = Freshness(), Rhythm()
        self._number = 0
        self._still_at: int | None = None
        self._waits_since: float | None = None
        self._repeats = False
        self._latest: Frame | None = None
        # Daemons, because a driver can hang in `read` for as long as it likes.
        self._reader = _Reader(source, self._run)
        self._left: list[_Reader] = []
        self._watch = threading.Thread(target=self._watch_for_stalls, name="camera watch", daemon=True)

    @property
    def source(self) -> FrameSource:
        """Where frames come from."""
        return self._reader.source

    @property
    def latest(self) -> Frame | None:
        """The newest frame."""
        return self._latest

    def start(self) -> None:
        """Start reading."""
        self._reader.thread.start()
        self._watch.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Stop, and wait for it; a `read` that hangs for longer than `timeout` is left behind.

        No call of `on_frame` or `on_state` begins after this has returned. From within one of them it does not wait.
        """
        self._stopping.set()
        if threading.current_thread() in {self._watch, self._reader.thread}:
            return
        until = time.monotonic() + timeout
        for thread in (self._watch, self._reader.thread):
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def _run(self, reader: _Reader) -> None:
        shortest, longest = self._back_off
        pause = shortest
        while self._is_reading(reader):
            description, number = reader.source.description, self._number
            self._tell(reader, CameraState(CameraStatus.OPENING, "Opening the camera", f"{description}…"), first=True)
            try:
                self._read(reader)
            except CameraFault as fault:
                self._tell_fault(reader, fault)
                if not reader.source.reopens:
                    return
            except Exception as error:
                # Nobody could catch it beyond this thread, and a picture that stands still says nothing.
                _log.exception("the camera's thread stopped")
                happened = f"{description} met an error of Showtell's own ({error!r})."
                remedy = "Choose it again, or another camera, and please report it."
                self._tell(reader, CameraState(CameraStatus.FAILED, "The camera stopped", f"{happened} {remedy}"))
                return
            else:
                title, remedy = f"The end of {description}", "Choose another source, or this one again."
                self._tell(reader, CameraState(CameraStatus.ENDED, title, remedy))
                return
            finally:
                with self._telling:
                    if reader is self._reader:
                        self._waits_since = None
                        self._freshness.interrupted()
                reader.call(reader.source.close)
            if self._number > number:
                pause = shortest
            self._stopping.wait(pause)
            pause = min(2 * pause, longest)

    def _read(self, reader: _Reader) -> None:
        """Open the source and read it until it ends or this reader is no longer wanted.

        Raises:
            CameraFault: it has failed, or is to be opened anew.
        """
        source = reader.source
        began = time.monotonic()
        reader.call(source.open)
        since = time.monotonic()
        with self._telling:
            if self._is_reading(reader):
                self._waits_since = since
        self._rhythm.opened(since)
        first = True
        while self._is_reading(reader):
            image = reader.call(source.read)
            now = time.monotonic()
            if image is None or not self._is_reading(reader):
                return
            if source.reopens:
                if self._rhythm.note(now) > self._stall_seconds:
                    raise self._silent(source)
                if not self._freshness.is_new(image):
                    self._repeats = True
                    # One that was opened anew and gives the same again is there, but covered, or a drawn one.
                    if now - since > self._stall_seconds and self._still_at != self._number:
                        self._still_at = self._number
                        raise self._silent(source)
                    self._stopping.wait(_BREATH)
                    continue
                if self._rhythm.is_of_before:
                    continue
            if first:
                self._fastest = min(self._fastest, now - began)
            since, first = now, False
            self._take(reader, image, now)

    def _take(self, reader: _Reader, image: Image, now: float) -> None:
        # While this lasts nobody tells that nothing comes: who hears of that has had the last frame before it.
        with self._telling:
            if not self._is_reading(reader):
                return
            self._waits_since, self._repeats = now, False
            self._number += 1
            self._latest = Frame(image, self._number, now)
            self._tell(reader, CameraState(CameraStatus.LIVE))
            self._on_frame(self._latest)

    def _watch_for_stalls(self) -> None:
        while not self._stopping.wait(self._stall_seconds / 6):
            reader = self._reader
            with self._telling:
                if self._waits_since is not None and time.monotonic() - self._waits_since > self._stall_seconds:
                    self._tell_waiting(reader)
            if reader.hangs_for > self._patience:
                self._leave(reader)

    @property
    def _patience(self) -> float:
        """Seconds after which a call that hangs is left behind."""
        return max(self._least_patience, min(_LONGER_THAN_FIRST * self._fastest, _FIRST_PATIENCE))

    def _leave(self, reader: _Reader) -> None:
        """Leave a reader to what it hangs in, and let another one try."""
        self._left = [one for one in self._left if one.thread.is_alive()]
        if not isinstance(reader.source, Renewable) or len(self._left) >= _MOST_LEFT:
            return
        with self._telling:
            self._tell_waiting(reader)
            self._left.append(reader)
            self._waits_since = None
            self._freshness.interrupted()
            self._reader = _Reader(reader.source.again(), self._run)
        self._reader.thread.start()

    def _silent(self, source: FrameSource) -> CameraFault:
        if self._repeats:
            return CameraFault(
                "The picture stands still",
                f"{source.description} gives the same picture over and over.",
                "See that nothing covers it, plug it in again, or choose another camera.",
            )
        return CameraFault(
            "Waiting for the picture",
            f"Nothing comes from {source.description}.",
            "Check its cable or its network, or choose another camera.",
        )

    def _is_reading(self, reader: _Reader) -> bool:
        return reader is self._reader and not self._stopping.is_set()

    def _tell_waiting(self, reader: _Reader) -> None:
        fault = self._silent(reader.source)
        self._tell(reader, CameraState(CameraStatus.WAITING, fault.title, fault.message))

    def _tell_fault(self, reader: _Reader, fault: CameraFault) -> None:
        status = CameraStatus.WAITING if reader.source.reopens else CameraStatus.FAILED
        self._tell(reader, CameraState(status, fault.title, fault.message, isinstance(fault, CameraRefused)))

    def _tell(self, reader: _Reader, state: CameraState, *, first: bool = False) -> None:
        """Tell a change; `first` is told only when nothing has been told yet, so that retries do not flicker."""
        with self._telling:
            if not self._is_reading(reader) or state == self._told or (first and self._told is not None):
                return
            self._told = state
            self._on_state(state)


class _Reader:
    """A source, the thread that reads it, and for how long a call of the source has lasted."""

    def __init__(self, source: FrameSource, run: Callable[[_Reader], None]) -> None:
        self.source = source
        self._since: float | None = None
        self.thread = threading.Thread(target=run, args=(self,), name=f"camera {source.description}", daemon=True)

    def call(self, act: Callable[[], _Result]) -> _Result:
        """Do something with the source, which may hang."""
        self._since = time.monotonic()
        try:
            return act()
        finally:
            self._since = None

    @property
    def hangs_for(self) -> float:
        """Seconds that the call under way has lasted; 0 while there is none."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since
