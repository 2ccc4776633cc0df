# SPDX-License-Identifier: Apache-2.0
"""From the start of the program to a window, a picture, an answer, and a learner that can learn.

The real app opens a project that has learned something, on a virtual screen, with a clip for a camera, and with the
home of a person who has used it before. The window is there when there are pixels of it on the screen, and the picture
when the screen has more colours than any window has; the app's log says when the learner has answered and when it can
learn. The clock begins before the process does. Cold means that what was read from the disk before has been
forgotten, for which this has to be root under Linux.

Two others have their turn in each round: an empty window of Qt, which no window can be there before, and the import of
TensorFlow alone, which nothing can be learned before. With a packaged app as an argument, that one's starts alternate
with those of this checkout:

    python -m benchmarks.start dist/showtell/showtell
"""

from __future__ import annotations

import argparse
import mmap
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.goals import Figure, over_rounds, ratio
from benchmarks.machine import machine
from benchmarks.suite import Setting, Skipped
from learner.buffer import Buffer
from learner.camera import DemoScene
from learner.cv import cv2
from learner.errors import ProjectFault

_ROOT = Path(__file__).parent.parent
_CACHES = Path("/proc/sys/vm/drop_caches")
_CHECKOUT = (sys.executable, "-m", "desktop")
_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1200, 780)
window.show()
app.exec()
"""
_LEARNER = "learner.process"
"""What the learner's process imports before it can open a project."""
_CLASSES, _RECORDINGS, _FRAMES = 4, 3, 20
_RATE, _CLIP_FRAMES = 30, 300
_WARM, _COLD = 5, 3
"""Rounds of each kind."""
_PATIENCE = 120.0
_LOOKS = 0.004
"""Seconds between two looks at the screen and the log."""
_COARSE, _COLOURS = 32, 150
"""Of every so many pixels one is looked at, and so many colours among them are a picture."""
_ANSWERED, _CAN_LEARN = "the learner has answered", "the learner can learn"
"""What the log says."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Seconds after the start; None for what was not waited for.

    `processor` is how many the app's own process, without its learner, had of a processor until there was a window.
    """

    window: float
    processor: float
    picture: float
    answer: float
    learner: float | None


class Screen:
    """A virtual screen whose pixels lie in a file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        reading, writing = os.pipe()
        # Without the last of these it would begin anew, and lose the app, whenever who had a window is the last to go.
        options = ["-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir", str(folder), "-noreset"]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *options],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as ready:
            self.display = f":{ready.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # The file is in the format of `xwd`: a header, a table of colours, the pixels.
        header = struct.unpack(">25I", self._memory[:100])
        size, height, row, colours = header[0], header[5], header[12], header[19]
        self._begin, self._shape = size + 12 * colours, (height, row // 4)

    @property
    def colours(self) -> int:
        """How many colours there are on it, looked at coarsely; 1 while there is no window."""
        pixels = np.frombuffer(self._memory, np.uint32, self._shape[0] * self._shape[1], self._begin)
        return len(set(pixels.reshape(self._shape)[::_COARSE, ::_COARSE].ravel().tolist()))

    def close(self) -> None:
        """End it."""
        self._server.terminate()
        self._server.wait()


@dataclass(frozen=True, slots=True)
class Desk:
    """What programs are started with: a screen that has no window yet, and a home with a project."""

    screen: Screen
    home: Path

    @property
    def project(self) -> Path:
        """The project file."""
        return self.home / "desk.showtell"

    @property
    def clip(self) -> Path:
        """What its camera sees."""
        return self.home / "clip.mp4"

    @property
    def environment(self) -> dict[str, str]:
        """Of a person who has this home and no other screen."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))}
        kept.pop("WAYLAND_DISPLAY", None)
        return kept | {"DISPLAY": self.screen.display, "HOME": str(self.home)}

    def start(self, program: Sequence[str], until: Callable[[], bool] | None = None, *, learns: bool = True) -> Moments:
        """Start the app, wait for its moments, and close it.

        Args:
            program: its program, with what comes before the project.
            until: what else to wait for.
            learns: wait until it can learn.
        """
        log = self.home / ".local/state/showtell/log/showtell.log"
        before = log.stat().st_size if log.exists() else 0
        began = time.perf_counter()
        found: dict[str, float] = {}
        processor = 0.0
        wanted = {"window", "picture", _ANSWERED} | ({_CAN_LEARN} if learns else set())
        command = [*program, str(self.project), "--camera", str(self.clip)]
        with _process(command, self.environment) as app:
            while wanted - found.keys() or (until is not None and not until()):
                now = time.perf_counter() - began
                if now > _PATIENCE or app.poll() is not None:
                    raise RuntimeError(f"{program[0]} has not come to {', '.join(wanted - found.keys())}")
                colours = self.screen.colours if "picture" not in found else 0
                if colours > 1 and "window" not in found:
                    found["window"], processor = now, _processor_seconds(app.pid)
                if colours > _COLOURS:
                    found.setdefault("picture", now)
                if log.exists() and log.stat().st_size > before:
                    with log.open(encoding="utf-8") as lines:
                        lines.seek(before)
                        text = lines.read()
                    for said in (_ANSWERED, _CAN_LEARN):
                        if said in text:
                            found.setdefault(said, now)
                time.sleep(_LOOKS)
            app.send_signal(signal.SIGINT)
            app.wait(_PATIENCE)
        return Moments(found["window"], processor, found["picture"], found[_ANSWERED], found.get(_CAN_LEARN))

    def empty_window(self) -> float:
        """Return after how long a window of Qt is there that is all of a program."""
        began = time.perf_counter()
        with _process([sys.executable, "-c", _WINDOW], self.environment) as process:
            while self.screen.colours < 2:
                if time.perf_counter() - began > _PATIENCE or process.poll() is not None:
                    raise Skipped("Qt shows no window here")
                time.sleep(_LOOKS)
            seconds = time.perf_counter() - began
            process.kill()
        return seconds

    def imported(self, what: str) -> float:
        """Return after how long a program has imported some libraries that does nothing else."""
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", f"import {what}; print(flush=True)"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None
            if not process.stdout.readline():
                raise Skipped(f"{what} cannot be imported here")
            seconds = time.perf_counter() - began
            process.kill()
        return seconds


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure starts, cold and warm; raises Skipped where there is no virtual screen."""
    with closing(_screen(setting.place / "screen")) as screen:
        desk = _desk(screen, setting.place / "home")
        kinds = {"warm": setting.rounds(_WARM)}
        if not setting.quick and os.access(_CACHES, os.W_OK):
            kinds["cold"] = _COLD
        for kind, rounds in kinds.items():
            yield from _kind(desk, kind, rounds, quick=setting.quick)


def _kind(desk: Desk, kind: str, rounds: int, *, quick: bool) -> Iterator[Figure]:
    ours: list[Moments] = []
    empty: list[float] = []
    tensorflow: list[float] = []
    learners: list[float] = []
    for number in range(rounds):
        print(f"{kind}: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        last = number == rounds - 1  # of a few, one that waits for TensorFlow is enough
        turns: list[Callable[[], None]] = [
            lambda learns=last or not quick: ours.append(desk.start(_CHECKOUT, learns=learns)),  # type: ignore[misc]
            lambda: empty.append(desk.empty_window()),
            lambda: learners.append(desk.imported(_LEARNER)),
        ]
        if last or not quick:
            turns.append(lambda: tensorflow.append(desk.imported("tensorflow")))
        for turn in turns[number % len(turns) :] + turns[: number % len(turns)]:
            if kind == "cold":
                _forget()
            turn()
    learner = [one.learner for one in ours if one.learner is not None]
    yield over_rounds("window", [one.window for one in ours], "s", goal=0.7, part=kind)
    yield over_rounds("… of a processor", [one.processor for one in ours], "s", part=kind)
    yield over_rounds("picture of the camera", [one.picture for one in ours], "s", part=kind)
    yield over_rounds("first answer", [one.answer for one in ours], "s", goal=1.5, part=kind)
    yield over_rounds("ready to learn", learner, "s", part=kind)
    yield over_rounds("an empty window of Qt", empty, "s", part=kind)
    yield over_rounds(f"import {_LEARNER}", learners, "s", part=kind)
    yield over_rounds("import tensorflow", tensorflow, "s", part=kind)
    yield ratio("window / empty window", [one.window for one in ours], empty, part=kind)
    yield ratio("ready to learn / import tensorflow", learner, tensorflow, part=kind)


def _screen(folder: Path) -> Screen:
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        raise Skipped("it takes Xvfb, under Linux")
    return Screen(folder)


def _desk(screen: Screen, home: Path) -> Desk:
    """Return a desk whose project the app has opened and learned, which no start that counts has to do."""
    home.mkdir()
    desk = Desk(screen, home)
    scene = DemoScene(seed=0)
    with Buffer.open(desk.project) as buffer:
        for number, name in enumerate(DemoScene.OBJECTS[:_CLASSES]):
            scene.show(name)
            class_id = buffer.add_class(name).id
            for take in range(_RECORDINGS):
                burst_id = buffer.start_burst("benchmark").id
                seconds = [100.0 * number + 10 * take + frame / 10 for frame in range(_FRAMES)]
                buffer.add_samples((scene.render(moment), class_id, burst_id) for moment in seconds)
    height, width = scene.render(0.0).shape[:2]
    writer = cv2.VideoWriter(str(desk.clip), cv2.VideoWriter.fourcc(*"mp4v"), _RATE, (width, height))
    for frame in range(_CLIP_FRAMES):
        writer.write(scene.render(frame / _RATE))
    writer.release()
    desk.start(_CHECKOUT, partial(_has_learned, desk.project))
    return desk


def _has_learned(project: Path) -> bool:
    with suppress(ProjectFault), Buffer.open(project, read_only=True) as buffer:
        return buffer.champion_id() is not None
    return False


def _process(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _processor_seconds(number: int) -> float:
    """Return how long a process has had a processor."""
    of = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(of[11]) + int(of[12])) / os.sysconf("SC_CLK_TCK")


def _forget() -> None:
    """Have the system forget what it has read from the disk."""
    os.sync()
    _CACHES.write_text("3\n")


def _megabytes(folder: Path) -> float:
    """Return the size of all files below a folder; one that has two names counts once."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            about = path.stat()
            sizes[about.st_dev, about.st_ino] = about.st_size
    return sum(sizes.values()) / 1e6


def main() -> None:
    """Compare the starts of a packaged app with those of this checkout."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start")
    parser.add_argument("packaged", type=Path, help="the program of a packaged app")
    parser.add_argument("--rounds", type=int, default=_WARM, help="starts of each, warm and, as root, cold")
    chosen = parser.parse_args()
    packaged = chosen.packaged.resolve()
    print(machine())
    print(f"packaged: {_megabytes(packaged.parent):.0f} MB")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place,
        closing(_screen(Path(place) / "screen")) as screen,
    ):
        desk = _desk(screen, Path(place) / "home")
        for kind in ("warm", "cold") if os.access(_CACHES, os.W_OK) else ("warm",):
            found: dict[str, list[Moments]] = {"checkout": [], "packaged": []}
            for _ in range(chosen.rounds):
                for name, program in (("checkout", _CHECKOUT), ("packaged", (str(packaged),))):
                    if kind == "cold":
                        _forget()
                    found[name].append(desk.start(program))
            for moment in ("window", "picture", "answer", "learner"):
                times = {name: [getattr(one, moment) for one in of] for name, of in found.items()}
                ours, theirs = (over_rounds(moment, times[name], "s") for name in ("checkout", "packaged"))
                over = ratio(moment, times["packaged"], times["checkout"])
                print(f"{kind}, {moment}: checkout {ours.text}, packaged {theirs.text}, {over.text}")


if __name__ == "__main__":
    main()
