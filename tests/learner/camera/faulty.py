# SPDX-License-Identifier: Apache-2.0
"""Cameras that go wrong as real ones do, and pictures that say when they were taken.

`Driver` is a camera with its driver, which stands in for `cv2.VideoCapture`; `Phone` serves MJPEG on the loopback
device. Either is told what to do by its `mode`, and notes when it took which picture.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum

import numpy as np

from learner.cv import cv2
from learner.types import Image

_BITS = 16
_GRID = 6
"""Fields a side of the picture's centre square, of which the inner four are the bits."""
_BLANK = 30
_BUFFERS = 4
"""Pictures that V4L2 keeps."""


def stamped(number: int, size: tuple[int, int] = (64, 48)) -> Image:
    """Return picture `number` of a camera, with noise of its own; the number is still to be read from a small JPEG."""
    width, height = size
    side = min(size)
    fields = np.zeros((_GRID, _GRID), np.uint8)
    fields[1:5, 1:5] = [[number >> (4 * row + column) & 1 for column in range(4)] for row in range(4)]
    square = cv2.resize(40 + 170 * fields, (side, side), interpolation=cv2.INTER_NEAREST)
    image = np.full((height, width, 3), _BLANK, np.uint8)
    top, left = (height - side) // 2, (width - side) // 2
    image[top : top + side, left : left + side] = np.asarray(square, np.uint8)[:, :, None]
    noise = np.random.default_rng(number).integers(0, 12, image.shape, dtype=np.uint8)
    return np.asarray(image + noise, np.uint8)


def number_of(image: Image) -> int:
    """Return the number of such a picture, whole or its centre square."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left, field = (height - side) / 2, (width - side) / 2, side / _GRID
    number = 0
    for bit in range(_BITS):
        y, x = top + (1.5 + bit // 4) * field, left + (1.5 + bit % 4) * field
        around = image[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2]
        number |= int(around.mean() > 128) << bit
    return number


class Taker:
    """Takes pictures, and knows when it took each."""

    def __init__(self, size: tuple[int, int] = (64, 48)) -> None:
        self.size = size
        self.taken_at: list[float] = [0.0]
        """By number; nobody takes picture 0."""
        self._taking = threading.Lock()

    def take(self) -> Image:
        with self._taking:
            self.taken_at.append(time.monotonic())
            return stamped(len(self.taken_at) - 1, self.size)

    @property
    def newest(self) -> int:
        """The number of the newest picture."""
        return len(self.taken_at) - 1


class Fault(StrEnum):
    """What a driver does."""

    NONE = "none"
    HANGS = "hangs"
    """A read does not come back for `hang_seconds`, not even when the camera does."""
    HANGS_THEN_GIVES_OLD = "hangs, then gives what it kept"
    """A read comes back with the camera, and with what was taken before."""
    STALE = "gives its last picture"
    GREEN = "gives green"
    ODD = "gives no pictures"
    """Empty ones, tiny ones, ones of other kinds."""
    FAILS = "fails"
    """A read says so at once; it opens."""
    GONE = "gone"
    """It does not open either."""


class Driver(Taker):
    """A camera at an index, and what the system's driver makes of it; `capture` is for `cv2.VideoCapture`."""

    def __init__(self, period: float = 0.005, opening: float = 0.0) -> None:
        super().__init__()
        self.period = period
        self.opening = opening
        """Seconds that it takes to open."""
        self.hang_seconds = 10.0
        self.opened = 0
        self.crashed = False
        """Whether a capture was closed under its read, which OpenCV does not survive."""
        self.green_at_first = 0
        """So many reads after opening give buffers that nothing was written to."""
        self.replayed_at_first = 0
        """So many reads after opening give pictures of before."""
        self.given: deque[Image] = deque(maxlen=_BUFFERS)
        self._mode = Fault.NONE
        self._kept: list[Image] = []
        self._changed = threading.Condition()
        self._over = False

    @property
    def mode(self) -> Fault:
        return self._mode

    @mode.setter
    def mode(self, mode: Fault) -> None:
        with self._changed:
            self._kept = [self.take() for _ in range(_BUFFERS)] if mode is Fault.HANGS_THEN_GIVES_OLD else []
            self._mode = mode
            self._changed.notify_all()

    def over(self) -> None:
        """Let every read that hangs come back."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def capture(self, _index: int, _backend: int = 0) -> Capture:
        self.opened += 1
        time.sleep(self.opening)
        return Capture(self)

    def wait_while(self, hangs: Callable[[], bool], most: float | None = None) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._over or not hangs(), most)


class Capture:
    """An opened camera."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._is_reading = False
        self._is_open = driver.mode is not Fault.GONE
        self._reads = 0
        self._old = list(driver.given)[-driver.replayed_at_first :] if driver.replayed_at_first else []

    def isOpened(self) -> bool:  # noqa: N802
        return self._is_open

    def set(self, _setting: int, _value: float) -> bool:
        return True

    def release(self) -> None:
        self._driver.crashed |= self._is_reading
        self._is_open = False

    def read(self) -> tuple[bool, Image | None]:
        self._is_reading = True
        try:
            return self._read()
        finally:
            self._is_reading = False

    def _read(self) -> tuple[bool, Image | None]:
        driver = self._driver
        if not self._old:  # what it keeps is there at once
            time.sleep(driver.period)
        self._reads += 1
        if driver.mode is Fault.HANGS:
            driver.wait_while(lambda: True, driver.hang_seconds)
            return False, None
        if driver.mode is Fault.HANGS_THEN_GIVES_OLD:
            kept = driver._kept
            driver.wait_while(lambda: driver.mode is Fault.HANGS_THEN_GIVES_OLD)
            self._old = kept
        if driver.mode in {Fault.FAILS, Fault.GONE}:
            return False, None
        if driver.mode is Fault.GREEN or self._reads <= driver.green_at_first:
            return True, np.full((driver.size[1], driver.size[0], 3), (0, 135, 0), np.uint8)
        if driver.mode is Fault.ODD:
            odd = (np.zeros((0, 0, 3)), np.zeros((4, 4, 3)), np.zeros((48, 64, 2)), np.zeros((48, 64, 3), np.uint16))
            return True, np.asarray(odd[self._reads % 4])  # as drivers do
        if driver.mode is Fault.STALE:
            return True, driver.given[-1].copy()
        if self._old:
            return True, self._old.pop(0).copy()
        image = driver.take()
        driver.given.append(image)
        return True, image


class Trouble(StrEnum):
    """What a phone does."""

    NONE = "none"
    SILENT = "silent"
    """It keeps the line open and says nothing."""
    SILENT_THEN_OLD = "silent, then sends what it kept"
    HALF = "half pictures"
    GARBAGE = "garbage between pictures"
    """Which are sent all the same."""
    WRONG_LENGTH = "wrong lengths"
    """Pictures are sent all the same."""
    REPEATS = "repeats its last picture"
    CLOSES = "closes the line"
    REFUSES = "refuses"
    SLOW = "a byte at a time"
    HUGE = "claims huge pictures"
    NO_END = "never ends a picture"
    ENDLESS_HEAD = "never ends its headers"


SENDS_ON = frozenset({Trouble.GARBAGE, Trouble.WRONG_LENGTH})
"""What is no reason to be without a picture."""


class Phone(Taker):
    """Serves MJPEG at `address` until it is left."""

    def __init__(self, period: float = 0.01) -> None:
        super().__init__()
        self.period = period
        self.connections = 0
        self.says_length = True
        self._mode = Trouble.NONE
        self._changed = threading.Condition()
        self._lines: set[socket.socket] = set()
        self._over = False
        self._last = b""
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    @property
    def mode(self) -> Trouble:
        return self._mode

    @mode.setter
    def mode(self, mode: Trouble) -> None:
        with self._changed:
            before, self._mode = self._mode, mode
            self._changed.notify_all()
        if mode is Trouble.REFUSES:
            self._hang_up(self._listener)
        if mode in {Trouble.CLOSES, Trouble.REFUSES}:
            for line in list(self._lines):
                self._hang_up(line)
        if before is Trouble.REFUSES and mode is not Trouble.REFUSES:
            self._listener = self._listen(self.port)
            self._serve()

    def __enter__(self) -> Phone:
        self._serve()
        return self

    def __exit__(self, *error: object) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._hang_up(self._listener)
        for line in list(self._lines):
            self._hang_up(line)
        for thread in self._threads:
            thread.join(20)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        return listener

    def _hang_up(self, line: socket.socket) -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

    def _serve(self) -> None:
        self._start(self._accept, self._listener)

    def _start(self, act: Callable[[socket.socket], None], line: socket.socket) -> None:
        thread = threading.Thread(target=act, args=(line,), name="phone", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._talk, line)

    def _talk(self, line: socket.socket) -> None:
        self._lines.add(line)
        try:
            line.recv(65536)
            if self.mode is Trouble.CLOSES:
                return
            self._send(line, b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n")
            while not self._over:
                for data in self._next():
                    self._send(line, data)
                self._pause(self.period)
        except OSError:
            pass
        finally:
            self._lines.discard(line)
            self._hang_up(line)

    def _send(self, line: socket.socket, data: bytes) -> None:
        line.sendall(data)

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)

    def _next(self) -> Iterator[bytes]:
        """Return what comes next, a piece at a time."""
        mode = self.mode
        if mode is Trouble.SILENT:
            self._wait_for_other(mode)
            return
        if mode is Trouble.SILENT_THEN_OLD:
            kept = [self._jpeg(self.take()) for _ in range(_BUFFERS)]
            self._wait_for_other(mode)
            for jpeg in kept:
                yield self._part(jpeg)
            return
        if mode is Trouble.ENDLESS_HEAD:
            yield b"--frame\r\n" + b"X-Filler: nothing\r\n" * 500
            return
        if mode is Trouble.NO_END:
            yield b"--frame\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8" + bytes(100_000)
            return
        if mode is Trouble.HUGE:
            yield self._part(_claiming(self._jpeg(self.take()), 60_000, 60_000))
            return
        jpeg = self._last if mode is Trouble.REPEATS else self._jpeg(self.take())
        self._last = jpeg
        if mode is Trouble.SLOW:
            for byte in self._part(jpeg):
                yield bytes([byte])
                self._pause(0.02)
                if self.mode is not mode or self._over:
                    return
            return
        if mode is Trouble.HALF:
            yield self._part(jpeg[: len(jpeg) // 2])
        elif mode is Trouble.GARBAGE:
            yield np.random.default_rng(self.newest).bytes(3000) + b"\r\n--fra" + self._part(jpeg)
        elif mode is Trouble.WRONG_LENGTH:
            yield self._part(jpeg, (7, 10 * len(jpeg), 10**8)[self.newest % 3])
        else:
            yield self._part(jpeg)

    def _wait_for_other(self, mode: Trouble) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._mode is not mode)

    def _part(self, jpeg: bytes, length: int | None = None) -> bytes:
        says = f"Content-Length: {len(jpeg) if length is None else length}\r\n" if self.says_length else ""
        return f"--frame\r\nContent-Type: image/jpeg\r\n{says}\r\n".encode() + jpeg + b"\r\n"

    def _jpeg(self, image: Image) -> bytes:
        return cv2.imencode(".jpg", image)[1].tobytes()


def _claiming(jpeg: bytes, width: int, height: int) -> bytes:
    """Return a JPEG whose header claims another size."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + jpeg[at + 4 :]
