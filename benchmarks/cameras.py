# SPDX-License-Identifier: Apache-2.0
"""How soon the picture is back after a camera went wrong, and whether anything of before is recorded then.

    python -m benchmarks.cameras [--rounds 1] [--seconds 0.8 2.5 6]

The whole app on a project file, without a screen and without a learner. The cameras are a stand-in for OpenCV's capture
that fails as V4L2's drivers do, 30 pictures a second and 0.3 s to open, and a real MJPEG server on the loopback device.
Each picture carries its number. Somebody holds the key down whenever there is a picture. Each fault lasts for each of
those times in turn; the clock runs from the camera's return until a picture taken after it is in the window. A sample
is stale when it was stored after the camera's return and shows a picture that was taken before it, or one that is
stored already. What only sends rubbish between its pictures is never away, so that of these the second alone counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.machine import machine
from desktop.app import App
from desktop.recorder import Manner
from desktop.session import Session
from desktop.settings import Settings
from desktop.start import start_qt
from learner.buffer import Buffer, decode
from learner.camera import Frame, FrameSource
from learner.camera.device import DeviceSource
from learner.camera.url import UrlSource
from learner.cv import cv2
from tests.desktop.conftest import FakeLearner
from tests.learner.camera.faulty import SENDS_ON, Driver, Fault, Phone, Taker, Trouble, number_of

GOAL = 3.0
"""Seconds."""
_RATE = 30
_PATIENCE = 60.0


class Watcher:
    """Somebody who holds the key down whenever there is a picture, and looks at the clock."""

    def __init__(self, app: App, session: Session, taker: Taker) -> None:
        self._recorder = session.recorder
        self._recorder.manner = Manner(rate=_RATE)
        self._model = session.model
        self._taker = taker
        self._since = 0.0
        self.back_at: float | None = None
        """When a picture came that was taken since `wait`."""
        app.camera.frame.connect(self._look)

    def wait(self) -> None:
        """Look out for a picture from now on."""
        self._since, self.back_at = time.monotonic(), None

    def _look(self, frame: Frame) -> None:
        if self.back_at is None and self._taker.taken_at[number_of(frame.image)] >= self._since:
            self.back_at = time.monotonic()
        if self._recorder.recording is None and self._model.classes:
            self._recorder.start(self._model.classes[0])


class Bench:
    """An app with a camera that goes wrong."""

    def __init__(self, folder: Path, source: FrameSource, taker: Taker) -> None:
        self._taker = taker
        self._path = folder / "cameras.showtell"
        with Buffer.open(self._path) as buffer:
            buffer.add_class("mug")
        self.app = App(Settings(folder / "settings.ini"), learner=FakeLearner)
        self.app.sounds.on = False
        self.app.window.show()
        self._session = self.app.open_project(self._path)
        self._watcher = Watcher(self.app, self._session, taker)
        self.app.use_source(source)
        self._watcher.wait()
        _run(lambda: self._watcher.back_at is not None)

    def measure(
        self, go_wrong: Callable[[], None], come_back: Callable[[], None], seconds: float, *, is_away: bool
    ) -> tuple[float, int]:
        """Return how soon the picture was back, and how many stale samples were stored after the camera's return."""
        go_wrong()
        _run(_after(seconds))
        stored, returned = len(self._samples()), time.monotonic()
        come_back()
        self._watcher.wait()
        _run(lambda: self._watcher.back_at is not None)
        back = (self._watcher.back_at or 0.0) - returned
        _run(_after(0.5))
        numbers = self._samples()
        stale = sum(
            number in numbers[:place] or (is_away and self._taker.taken_at[number] < returned)
            for place, number in enumerate(numbers)
            if place >= stored
        )
        return back, stale

    def close(self) -> int:
        """End it; return how many samples were stored."""
        self.app.window.close()
        return len(self._samples())

    def _samples(self) -> list[int]:
        """The numbers of the pictures that were stored, as they were."""
        with Buffer.open(self._path, read_only=True) as buffer:
            pictures = buffer.pictures([sample.id for sample in buffer.samples()])
        return [number_of(decode(pictures[id_])) for id_ in sorted(pictures)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, nargs="+", default=[0.8, 2.5, 6.0])
    arguments = parser.parse_args()
    lasting = arguments.seconds * arguments.rounds
    start_qt()
    print(machine(), flush=True)
    worst, stale, samples = 0.0, 0, 0
    for name, measured in _cameras(lasting):
        backs, olds, stored = measured
        worst, stale, samples = max(worst, *backs), stale + olds, samples + stored
        print(
            f"{name:<50} back after {statistics.median(backs):4.2f} s (median of {len(backs)}), "
            f"{max(backs):4.2f} s at most; {olds} stale",
            flush=True,
        )
    print(f"worst {worst:.2f} s (goal: {GOAL:.0f} s); {stale} stale of {samples:,} samples (goal: 0)")
    raise SystemExit(worst > GOAL or stale > 0)


def _cameras(lasting: list[float]) -> Iterator[tuple[str, tuple[list[float], int, int]]]:
    for fault in Fault:
        if fault is not Fault.NONE:
            with _driver() as driver:
                yield f"camera: {fault}", _measure(DeviceSource(0), driver, fault, Fault.NONE, lasting)
    for trouble in Trouble:
        if trouble is not Trouble.NONE:
            says = " (sends on)" if trouble in SENDS_ON else ""
            with Phone(1 / _RATE) as phone:
                yield (
                    f"phone: {trouble}{says}",
                    _measure(UrlSource(phone.address), phone, trouble, Trouble.NONE, lasting),
                )


@contextmanager
def _driver() -> Iterator[Driver]:
    driver, real = Driver(1 / _RATE, 0.3), cv2.VideoCapture
    driver.green_at_first, driver.replayed_at_first = 3, 3
    cv2.VideoCapture = driver.capture  # type: ignore[assignment,misc]
    try:
        yield driver
    finally:
        driver.over()
        cv2.VideoCapture = real  # type: ignore[misc]
        if driver.crashed:
            sys.exit("a capture was closed under its read")


def _measure(
    source: FrameSource, taker: Driver | Phone, wrong: Fault | Trouble, right: Fault | Trouble, lasting: list[float]
) -> tuple[list[float], int, int]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), source, taker)
        found = [
            bench.measure(
                lambda: setattr(taker, "mode", wrong),
                lambda: setattr(taker, "mode", right),
                seconds,
                is_away=wrong not in SENDS_ON,
            )
            for seconds in lasting
        ]
        stored = bench.close()
    return [back for back, _ in found], sum(stale for _, stale in found), stored


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _run(until: Callable[[], bool]) -> None:
    """Let the app run until something is true.

    Raises:
        RuntimeError: it does not become true for a long time.
    """
    loop, timer, patient = QEventLoop(), QTimer(), _after(_PATIENCE)
    timer.timeout.connect(lambda: loop.quit() if until() or patient() else None)
    timer.start(5)
    loop.exec()
    if not until():
        raise RuntimeError("it does not become true")


if __name__ == "__main__":
    main()
