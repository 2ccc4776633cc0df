# SPDX-License-Identifier: Apache-2.0
"""The whole app, killed while a key is held: what it had acknowledged is in the file, and nothing is left running.

Once, with TensorFlow; `tests/torture` does it hundreds of times without.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from learner.buffer import Buffer
from tests.qt import needs_qt

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 180

pytestmark = [needs_qt, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")]

# The window on the demo scene, with a hand that holds 1 for five samples at a time, again and again, so that increments
# run while the next recording is under way. A line is written whenever the screen says that a sample is kept.
_APP = """
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.app import App
from desktop.settings import Settings
from desktop.start import start_qt

qt = start_qt()
app = App(Settings(Path(sys.argv[2])))
app.sounds.on = False
app.window.show()
session = app.open_project(Path(sys.argv[1]))
app.use_camera("demo")


def press(kind):
    QApplication.sendEvent(app.window, QKeyEvent(kind, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1"))


def hold(*_):
    app.camera.frame.disconnect(hold)
    press(QEvent.Type.KeyPress)


def kept(info, count):
    print(info.name, flush=True)
    if count == 5:
        press(QEvent.Type.KeyRelease)


def begin():
    if session.model.classes:
        app.camera.frame.connect(hold)
    else:
        session.add_class("thing", lambda _: app.camera.frame.connect(hold), print)


session.opened.connect(begin)
session.recorder.kept.connect(kept)
session.recorder.finished.connect(lambda *_: app.camera.frame.connect(hold))
sys.exit(qt.exec())
"""


def environment(home: Path) -> Mapping[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def crash(path: Path, after: int) -> int:
    """Kill the app once it has acknowledged some samples; return how many it had acknowledged when it died."""
    settings = path.with_name("settings.ini")
    with subprocess.Popen(
        [sys.executable, "-c", _APP, str(path), str(settings)],
        env=environment(path.parent),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(after)]
        process.kill()
        # The learner has the same stdout: this ends when it has noticed that the app is gone, and has left.
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    assert all(line == "thing\n" for line in told)
    return len(told)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_in_the_middle_of_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    acknowledged = crash(path, after=12)
    with Buffer.open(path) as buffer:
        assert buffer.integrity_check() == []
        count = len(buffer.samples())
        # What was committed but not yet told of may be there as well: at most a key's repeat of a second or so.
        assert acknowledged <= count <= acknowledged + 10
        acknowledged = count
        assert all(buffer.image(sample.id).size for sample in buffer.samples(limit=3, newest_first=True))
    learned = subprocess.run(
        [sys.executable, "-m", "desktop", "learn", str(path), "--json"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert json.loads(learned.stdout)["version"]
    with Buffer.open(path) as buffer:
        assert len(buffer.samples()) == acknowledged
        assert all(sample.learned_in is not None for sample in buffer.samples())
