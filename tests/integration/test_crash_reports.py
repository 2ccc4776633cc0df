# SPDX-License-Identifier: Apache-2.0
"""Bugs of every kind in the real window, and what is written down of them: where it broke, and nothing of the person.

The project has classes with names that are found nowhere else and a picture of noise. What breaks is given all of it,
since that is what ends up in a traceback: names, places, and pictures as bytes, text and numbers.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.types import Image
from tests.integration.watched import PATIENCE, surroundings
from tests.qt import needs_qt

pytestmark = [
    needs_qt,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(os.name != "posix", reason="the signals and modes are POSIX's"),
]

USER = "zarquon"
NAMES = ("Hotblack Desiato", "Magrathea-Schlüssel")
PROJECT = "Milliways menu.showtell"

_WINDOW = """
import base64, ctypes, os, sys
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import desktop.app
from desktop.views.crash_dialog import CrashDialog

KIND = sys.argv[2]


class Broken(desktop.app.App):
    def start(self, project, camera):
        super().start(project, camera)
        self.poll = QTimer()
        self.poll.timeout.connect(self.leave_dialog)
        self.poll.start(50)
        self.session.opened.connect(self.go_on) if self.session else QTimer.singleShot(0, self.hook)

    def hook(self):
        self.session.opened.connect(self.go_on)

    def go_on(self):
        self.sounds.on = False
        QTimer.singleShot(300, getattr(self, KIND))

    def quoted(self, buffer):
        sample = buffer.samples()[0]
        jpeg = buffer.pictures([sample.id])[sample.id]
        pixels = buffer.image(sample.id)
        names = [info.name for info in buffer.classes()]
        text = base64.b64encode(jpeg).decode()
        place, sentence = str(self.session.path), f"cannot learn {names[0].upper()}"
        return [names, place, jpeg, text, jpeg.hex(), pixels.tolist(), pixels, sentence]

    def exception(self):
        self.session.reader.ask(self.quoted, self.break_it)

    def break_it(self, quoted):
        raise KeyError(*quoted)

    def writer(self):
        self.session.writer.submit(self.break_act)

    def break_act(self, buffer):
        raise ValueError("\\n".join(map(str, self.quoted(buffer))))

    def native(self):
        ctypes.string_at(0)

    def learner(self):
        for child in psutil.Process().children():
            if any("spawn_main" in word for word in child.cmdline()):
                child.send_signal(11)
        QTimer.singleShot(1000, self.window.close)

    def none(self):
        self.window.close()

    def leave_dialog(self):
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, CrashDialog) and widget.isVisible():
                widget.leave.click()


desktop.app.App = Broken
from desktop.__main__ import main

sys.argv[1:] = ["open", sys.argv[1], "--camera", "demo"]
main()
"""


def traces_of(picture: Image, jpeg: bytes) -> dict[str, bytes]:
    """Return what would give a picture away, by how it is written."""
    middle = jpeg[len(jpeg) // 2 :][:12]
    return {
        "bytes": middle,
        "repr": repr(middle)[2:-1].encode(),
        "base64": base64.b64encode(jpeg)[900:916],
        "hexadecimal": middle.hex().encode(),
        "numbers": ", ".join(str(value) for value in picture.reshape(-1)[:8]).encode(),
        "an array": " ".join(str(value) for value in picture[0, 0]).encode(),
    }


def test_a_report_says_where_it_broke_and_nothing_of_the_person(tmp_path: Path) -> None:
    home = tmp_path / USER
    environment = {**surroundings(home), "USER": USER, "LOGNAME": USER}
    project = home / "Documents" / PROJECT
    project.parent.mkdir()
    noise = np.random.default_rng(3).integers(100, 256, (64, 64, 3), np.uint8)
    with Buffer.open(project) as buffer:
        for name in NAMES:
            buffer.add_sample(noise, buffer.add_class(name).id, buffer.start_burst("test").id)
        (sample, *_) = buffer.samples()
        jpeg, picture = buffer.pictures([sample.id])[sample.id], buffer.image(sample.id)
    codes = {}
    for kind in ("exception", "writer", "native", "learner", "none"):
        done = subprocess.run(
            [sys.executable, "-c", _WINDOW, project, kind],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            umask=0,
            check=False,
        )
        codes[kind] = done.returncode
    assert codes == {"exception": 3, "writer": 3, "native": -11, "learner": 0, "none": 0}

    folder = home / ".local" / "state" / "showtell" / "log"
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    reports = [path for path in written if path.parent.name == "reports"]
    assert len(reports) == 3
    everything = b"\n".join(written.values())
    for useful in (
        b"KeyError",
        b"ValueError",
        b"Segmentation fault",
        b"in break_it",
        b"desktop/writer.py",
        b"Python 3",
    ):
        assert useful in everything, useful
    lowered = everything.decode(errors="replace").lower()
    for private in (USER, *(part for name in NAMES for part in name.lower().split()), "milliways", str(home).lower()):
        assert private not in lowered
    for how, trace in traces_of(picture, jpeg).items():
        assert trace not in everything, how
    assert all(len(content) < 64_000 for content in written.values())
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "reports")} == {0o700}
