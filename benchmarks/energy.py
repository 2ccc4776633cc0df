# SPDX-License-Identifier: Apache-2.0
"""What the processor does for a thousand frames of the camera: nothing moves, something moves, it learns.

The whole app with its window and its learner, and all that they start, on a project that has been learned. The camera
is a drawn one with a sensor's noise, and takes the same work whether or not something moves before it. Beside it, in
turns, stands the app without its adaptive rate: every frame is asked about, as if each were another one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from PySide6.QtCore import QObject

from benchmarks.apart import apart
from benchmarks.busy import Busy
from benchmarks.goals import Figure, over_rounds, ratio
from benchmarks.live import record
from benchmarks.suite import Setting
from benchmarks.windowed import Window
from learner.camera import DemoScene, Frame, Stillness
from learner.camera.pace import Pace
from learner.cv import cv2
from learner.messages import Predicted
from learner.types import Image

MOVING, STILL, LEARNING = "something moves", "nothing moves", "learning"
ASKED = "nothing moves, every frame asked about"
_RATE = 30.0
_SIZE = (640, 480)
_STILL_SECONDS = 2.3
"""After so long the rate has fallen."""
_SETTLED_SECONDS = 0.3
_SWING = 24
"""Pixels that the picture moves, across and down."""
_NOISE = 2.5
"""The standard deviation of a pixel, of 255, which is what a laptop's camera has by the light of a lamp."""


class Bench:
    """A camera before which nothing moves, or all does, at the same cost."""

    description = "bench"
    reopens = False

    def __init__(self) -> None:
        scene = DemoScene(size=(_SIZE[0] + 2 * _SWING, _SIZE[1] + 2 * _SWING))
        scene.show(DemoScene.OBJECTS[0])
        self._picture = scene.render(5.0)
        random = np.random.default_rng(0)
        width, height = _SIZE
        self._noise = random.normal(0, _NOISE, (height + 61, width + 61, 3)).round().astype(np.int8)
        self._random = random
        self._pace = Pace(_RATE)
        self.is_moving = True

    def open(self) -> None:
        """Begin."""
        self._pace = Pace(_RATE)

    def read(self) -> Image | None:
        """Return the next frame."""
        self._pace.wait()
        angle = 2 * np.pi * 0.3 * time.monotonic() if self.is_moving else 0.0
        left, top = (int(_SWING * (1 + turn)) for turn in (np.cos(angle), np.sin(angle)))
        down, across = self._random.integers(0, 61, 2)
        width, height = _SIZE
        noise = self._noise[down : down + height, across : across + width]
        seen = self._picture[top : top + height, left : left + width]
        return np.asarray(cv2.add(seen, noise, dtype=cv2.CV_8U), np.uint8)

    def close(self) -> None:
        """End."""


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of a core for a thousand frames, of which so large a share was asked about."""

    seconds: float
    asked: float


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure the app in every situation."""
    project = setting.place / "energy.showtell"
    record(project, 120 if setting.quick else 480)
    found = apart(_rounds, project, 1 if setting.quick else 3, 1.0 if setting.quick else 2.5)
    for situation, used in found.items():
        yield over_rounds("seconds of a core for 1,000 frames", [one.seconds for one in used], "s", part=situation)
        yield over_rounds("frames asked about", [one.asked for one in used], "%", part=situation)
    every, few = ([one.seconds for one in found[situation]] for situation in (ASKED, STILL))
    yield ratio("every frame asked and painted, to the adaptive rate", every, few, part="beside itself")


def _rounds(project: Path, rounds: int, seconds: float) -> dict[str, list[Used]]:
    found: dict[str, list[Used]] = {situation: [] for situation in (MOVING, STILL, ASKED, LEARNING)}
    bench = Bench()
    with Window(project, bench) as window:
        counted = _Counted(window)
        for number in range(rounds):
            for situation, used in found.items():
                used.append(_measured(window, bench, counted, situation, seconds))
            print(f"  energy: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return found


class _Counted(QObject):
    """How many frames have come, and how many answers."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.frames = self.answers = 0
        window.app.camera.frame.connect(self._come)
        window.session.learner.predicted.connect(self._answered)

    def _come(self, _: Frame) -> None:
        self.frames += 1

    def _answered(self, _: Predicted) -> None:
        self.answers += 1


def _measured(window: Window, bench: Bench, counted: _Counted, situation: str, seconds: float) -> Used:
    bench.is_moving = situation in {MOVING, LEARNING}
    if situation == LEARNING:
        window.learn(True)
    with mock.patch.object(Stillness, "is_worth", return_value=True) if situation == ASKED else nullcontext():
        window.run(_STILL_SECONDS if situation == STILL else _SETTLED_SECONDS)
        busy, frames, answers = Busy(), counted.frames, counted.answers
        window.run(seconds)
        used, frames, answers = busy.seconds(), counted.frames - frames, counted.answers - answers
    if situation == LEARNING:
        window.learn(False)
    return Used(used / frames * 1000, min(1.0, answers / frames))
