# SPDX-License-Identifier: Apache-2.0
"""A person at the app, from outside: a screen of the test's own, a clip for a camera, real keys, and eyes on pixels."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.cv import cv2
from learner.errors import ProjectFault
from learner.types import Image
from tests.learner.fakes import picture
from tests.qt import needs_qt

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
TOOLS = ("Xvfb", "xdotool")

pytestmark = [
    needs_qt,
    pytest.mark.slow,
    pytest.mark.alone,
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is for Linux"),
    pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"),
]

RATE, TAKE_FRAMES = 30, 105
TAKES = (("left", 0), ("right", 0), ("left", 1), ("right", 1))
"""Each thing is shown twice, the second time in another place and light: the first take is taught, the second asked."""
BANDS = ((210, 40, 210), (40, 210, 210), (60, 200, 60), (200, 90, 40))
"""Beside what the model sees, each take's clip has a colour of its own (BGR), so that the test knows what is shown."""
CLASS_COLOURS = {"left": (0xB2, 0x72, 0x00), "right": (0x00, 0x9F, 0xE6)}
DIMMED = 0.55


class Screen:
    """A virtual screen whose pixels lie in a file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "Xvfb_screen0"
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x780x24", "-nolisten", "tcp", "-fbdir", folder],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as ready:
            self.display = f":{ready.readline().strip()}"

    def pixels(self) -> Image:
        """Return what is on it, BGR; the file is in the format of `xwd`."""
        raw = self._file.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        size, width, height, row, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = np.frombuffer(raw, np.uint8, row * height, size + 12 * colours)
        return pixels.reshape(height, row // 4, 4)[:, :width, :3]

    def count(self, colour: tuple[int, ...], tolerance: int = 2) -> int:
        """Return how many pixels have a colour."""
        return int((np.abs(self.pixels().astype(int) - colour).max(axis=2) <= tolerance).sum())

    def key(self, *words: str) -> None:
        """Have a hand on the keyboard: `key n`, `keydown 1`, `type mug`."""
        subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self.display}, check=True)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()


def until(true: Callable[[], bool], what: str) -> None:
    """Look again and again, since a screen does not tell when it changes."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if true():
            return
        pause.wait(0.02)
    pytest.fail(f"did not come: {what}")


def clip(path: Path) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (640, 480))
    for (name, take), band in zip(TAKES, BANDS, strict=True):
        thing = cv2.resize(picture(("left", "right").index(name) + 1, take), (300, 300))
        for number in range(TAKE_FRAMES):
            frame = np.full((480, 640, 3), 120, np.uint8)
            x, y = (170 + 40 * take + number // 3, 60 + 60 * take + number // 5)
            frame[y : y + 300, x : x + 300] = np.clip(thing * (1 - 0.2 * take), 0, 255)
            frame[:, :80] = frame[:, -80:] = band
            writer.write(frame)
    writer.release()
    return path


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    folder = tmp_path / "screen"
    folder.mkdir()
    screen = Screen(folder)
    yield screen
    screen.close()


@pytest.fixture
def app(tmp_path: Path, screen: Screen) -> Iterator[subprocess.Popen[str]]:
    """The app on a project of its own, with the clip for a camera."""
    ours = {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY"}
    kept = {key: value for key, value in os.environ.items() if key not in ours and not key.startswith("XDG_")}
    project, camera = str(tmp_path / "desk.showtell"), str(clip(tmp_path / "clip.mp4"))
    with subprocess.Popen(
        [sys.executable, "-m", "desktop", project, "--camera", camera],
        env={**kept, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "DISPLAY": screen.display},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def counts(path: Path) -> dict[str, int]:
    with suppress(ProjectFault), Buffer.open(path, read_only=True) as buffer:
        return {info.name: info.count for info in buffer.classes()}
    return {}


def test_two_things_are_taught_by_keys_and_told_apart_on_their_next_take(
    tmp_path: Path, screen: Screen, app: subprocess.Popen[str]
) -> None:
    project = tmp_path / "desk.showtell"

    def shown() -> int | None:
        """Return which take is on screen."""
        pixels = [screen.count(tuple(round(DIMMED * part) for part in band), 14) for band in BANDS]
        return int(np.argmax(pixels)) if max(pixels) > 10_000 else None

    def until_take_begins(take: int) -> None:
        until(lambda: shown() == (take - 1) % len(TAKES), "the take before")
        until(lambda: shown() == take, "the take")

    def has(name: str, count: int) -> bool:
        return counts(project).get(name, -1) >= count

    def answer() -> str:
        """Return the class whose colour has the most room on the screen: its bar is the longest."""
        return max(CLASS_COLOURS, key=lambda name: screen.count(CLASS_COLOURS[name]))

    until(lambda: shown() is not None, "the clip's picture")
    # Nobody manages windows on this screen, so the keyboard has to be given to ours.
    screen.key("search", "--onlyvisible", "--class", "showtell", "windowfocus", "--sync")
    for name in CLASS_COLOURS:
        screen.key("key", "n")
        screen.key("type", name)
        screen.key("key", "Return")
        until(partial(has, name, 0), f"the class {name}")

    for take, (name, key) in enumerate((("left", "1"), ("right", "2"))):
        until_take_begins(take)
        screen.key("keydown", key)
        until(partial(has, name, 8), f"samples of {name}")
        screen.key("keyup", key)
        assert shown() == take

    def learned() -> bool:
        with Buffer.open(project, read_only=True) as buffer:
            champion = buffer.champion()
            return champion is not None and len(champion.class_ids) == 2

    until(learned, "a version that knows both")
    for take in (2, 3):
        until_take_begins(take)
        answers = []
        while shown() == take:
            answers.append(answer())
        # The answer is smoothed and follows a change within some frames.
        assert answers.count(TAKES[take][0]) > 0.7 * len(answers), answers

    before = counts(project)
    screen.key("key", "ctrl+z")
    until(lambda: counts(project) == {**before, "right": 0}, "the last recording undone")
    screen.key("key", "ctrl+shift+z")
    until(lambda: counts(project) == before, "and done again")

    def all_learned() -> bool:
        with Buffer.open(project, read_only=True) as buffer:
            return all(sample.learned_in is not None for sample in buffer.samples())

    until(all_learned, "and learned again")

    screen.key("key", "ctrl+q")
    _, errors = app.communicate(timeout=PATIENCE)
    assert (app.returncode, errors) == (0, "")
    with Buffer.open(project) as buffer:
        assert buffer.integrity_check() == []
        assert all(sample.learned_in is not None for sample in buffer.samples())
