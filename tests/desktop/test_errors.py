# SPDX-License-Identifier: Apache-2.0
"""Errors people meet: the fault itself is caused, and the panel says what happened and offers the next step."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import start
from desktop.doorbell import Doorbell, ring
from desktop.settings import Settings
from desktop.views.teach.camera_faults import choices as camera_choices
from learner.buffer import Buffer
from learner.buffer.keeping import Reason, keep
from learner.camera import CameraState, CameraStatus
from learner.errors import CameraFault, CameraRefused, CameraTaken, DiskFull
from learner.messages import LearnerDied, LearnerFailed, Predicted
from learner.types import Image, Prediction
from tests.desktop.conftest import Desk
from tests.desktop.panels import fail_to_open, panel, press
from tests.desktop.watchdog import Watchdog
from tests.learner.buffer.making import record

ROOT = Path(__file__).parent.parent.parent


class Unsteady:
    """A camera that fails when it is told to, and comes back when it is let."""

    description = "camera 7"
    reopens = True

    def __init__(self, fault: CameraFault | None = None) -> None:
        self.fault = fault
        self.number = 0

    def open(self) -> None:
        self._fail()

    def read(self) -> Image | None:
        self._fail()
        self.number += 1
        return np.random.default_rng(self.number).integers(0, 250, (48, 64, 3), dtype=np.uint8)

    def close(self) -> None:
        pass

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


def hold(desk: Desk, down: bool) -> None:
    kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    QApplication.sendEvent(desk.app.window, QKeyEvent(kind, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1"))


@pytest.mark.parametrize(
    "fault",
    [
        CameraFault("No camera found", "This machine has no camera that answers.", "Plug one in."),
        CameraTaken("Another program has the camera", "zoom is using camera 7.", "Close it there."),
    ],
    ids=["none", "taken"],
)
def test_no_camera_is_said_and_the_picture_comes_by_itself(desk: Desk, fault: CameraFault) -> None:
    source = Unsteady(fault)
    desk.app.use_source(source)
    desk.until(lambda: panel(desk)[0] == fault.title)
    assert panel(desk)[1] == fault.message
    assert panel(desk)[2] == ["Choose another camera", "Use the demo scene"]
    source.fault = None
    desk.until(lambda: panel(desk)[0] == "" and desk.teach.camera.has_picture)


def test_the_demo_scene_is_one_press_away(desk: Desk) -> None:
    desk.app.use_source(Unsteady(CameraFault("No camera found", "There is none.", "Plug one in.")))
    desk.until(lambda: panel(desk)[0] == "No camera found")
    press(desk, "Use the demo scene")
    desk.until(lambda: panel(desk)[0] == "" and desk.teach.camera.has_picture)


def test_unplugged_in_the_middle_of_a_recording_and_plugged_in_again(desk: Desk) -> None:
    desk.name("mug")
    source = Unsteady()
    desk.app.use_source(source)
    desk.until(lambda: desk.teach.camera.has_picture)
    kept: list[int] = []
    desk.session.recorder.kept.connect(lambda _info, count: kept.append(count))
    hold(desk, down=True)
    desk.until(lambda: len(kept) >= 3)
    answer = Predicted(1, Prediction("mug", 0.9, {"mug": 0.9, "key": 0.1}, 1, 1))
    desk.learner.say(answer)
    desk.until(lambda: bool(desk.teach.answer.shown))
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        source.fault = CameraFault(
            "The camera has gone", "Camera 7 sends no new pictures any more.", "Plug it in again."
        )
    assert desk.session.recorder.recording is None
    desk.until(lambda: panel(desk)[0] == "The camera has gone")
    with desk.qtbot.waitSignal(desk.session.learner.predicted):
        desk.learner.say(answer)  # that was on its way
    assert desk.teach.answer.shown == [], "of what is no longer seen nothing is said"
    count = desk.counts()["mug"]
    assert count >= 3, "what was recorded until then is kept"
    assert desk.session.undo_text == f"record mug ({count})"
    hold(desk, down=False)
    source.fault = None
    desk.until(lambda: panel(desk)[0] == "")
    desk.until(lambda: desk.teach.press_key("1") and desk.session.recorder.recording is not None)


@pytest.mark.parametrize(("system", "address"), [("darwin", "x-apple.systempreferences:"), ("win32", "ms-settings:")])
def test_a_refused_camera_leads_to_the_switch(monkeypatch: pytest.MonkeyPatch, system: str, address: str) -> None:
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    refused = CameraState(CameraStatus.WAITING, "The camera may not be used", "Switch it on.", refused=True)
    first, *others = camera_choices(refused, lambda: None, lambda: None)
    assert first[0] == "Open the system's settings"
    first[2]()
    assert opened[0].startswith(address)
    assert [text for text, _, _ in others] == ["Choose another camera", "Use the demo scene"]
    taken = CameraState(CameraStatus.WAITING, "Another program has the camera", "Close it there.")
    assert len(camera_choices(taken, lambda: None, lambda: None)) == 2


def test_the_camera_says_that_it_is_refused(desk: Desk) -> None:
    states: list[CameraState] = []
    desk.app.camera.state.connect(states.append)
    desk.app.use_source(Unsteady(CameraRefused("The camera may not be used", "The system says no.", "Switch it on.")))
    desk.until(lambda: any(state.refused for state in states))


def test_a_file_that_another_program_has_locked_is_tried_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learner.buffer.connection._BUSY_MILLISECONDS", 50)
    path = tmp_path / "other.showtell"
    Buffer.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        fail_to_open(desk, path, qtbot)
        title, message, buttons = panel(desk)
        assert title == "The project is busy"
        assert "other.showtell" in message
        assert buttons == ["Try again", "Open another project"]
        assert desk.app.window.pill.text() == "no project"
        other.execute("ROLLBACK")
    press(desk, "Try again")
    with qtbot.waitSignal(desk.session.opened):
        pass
    assert panel(desk)[0] == ""
    assert desk.app.window.pill.text() != "no project"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "mug", 6)
    return path


@pytest.fixture
def damaged(sound: Path, tmp_path: Path) -> Path:
    """A project that can be read for the most part: its last pages have been overwritten."""
    path = Path(shutil.copy(sound, tmp_path / "damaged.showtell"))
    overwrite(path, path.stat().st_size // 4096 - 3)
    return path


def overwrite(path: Path, first: int, last: int | None = None, page: int = 4096) -> None:
    content = bytearray(path.read_bytes())
    last = last or len(content) // page
    content[first * page : last * page] = b"\x5a" * ((last - first) * page)
    path.write_bytes(content)


def test_a_damaged_file_is_left_alone_and_shown_in_its_folder(
    desk: Desk, damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = damaged.read_bytes()
    fail_to_open(desk, damaged, qtbot)
    title, message, buttons = panel(desk)
    assert title == "The project file is damaged"
    assert "stays as it is" in message
    assert buttons == ["Save what can be read", "Show its folder"]
    assert desk.app.window.pill.text() == "no project"
    assert damaged.read_bytes() == content
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(desk, "Show its folder")
    assert [Path(url.toLocalFile()) for url in opened] == [damaged.parent]


def test_what_can_be_read_of_a_damaged_file_is_saved_and_opened(desk: Desk, damaged: Path, qtbot: QtBot) -> None:
    content = damaged.read_bytes()
    fail_to_open(desk, damaged, qtbot)
    press(desk, "Save what can be read")
    desk.until(lambda: panel(desk)[0] == "What could be read was saved")
    _, message, buttons = panel(desk)
    (aside,) = damaged.parent.glob("damaged.damaged-*.showtell")
    assert aside.read_bytes() == content, "nothing is overwritten"
    assert aside.name in message
    assert buttons == ["Close", "Show its folder"]
    desk.until(lambda: desk.session.is_open)
    assert desk.session.path == damaged
    assert f"with {desk.session.model.total} samples" in message
    press(desk, "Close")
    assert panel(desk)[0] == ""


def test_saving_what_can_be_read_is_given_up(
    desk: Desk, damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    on, began = threading.Event(), threading.Event()

    def slowly(project: Path, listen: Callable[[int, int], None], _folder: Path | None) -> None:
        listen(1, 2)
        began.set()
        on.wait(10)
        listen(2, 2)

    monkeypatch.setattr("learner.buffer.salvaging.salvage", slowly)
    content = damaged.read_bytes()
    fail_to_open(desk, damaged, qtbot)
    press(desk, "Save what can be read")
    desk.until(lambda: desk.notices.panel.bar.value() == 50)
    assert desk.notices.panel.bar.isVisibleTo(desk.notices.panel)
    assert panel(desk)[2] == ["Cancel"]
    press(desk, "Cancel")
    on.set()
    desk.until(lambda: panel(desk)[0] == "The project file is damaged")
    assert not desk.notices.panel.bar.isVisibleTo(desk.notices.panel)
    assert damaged.read_bytes() == content


def test_a_file_of_which_nothing_can_be_read(
    desk: Desk, damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(damaged, 1, damaged.stat().st_size // 4096)
    content = damaged.read_bytes()
    fail_to_open(desk, damaged, qtbot)
    press(desk, "Save what can be read")
    desk.until(lambda: panel(desk)[0] == "Nothing can be read of the project")
    assert panel(desk)[2] == ["Open another project", "Show its folder", "New project"]
    assert damaged.read_bytes() == content
    monkeypatch.setattr("desktop.views.file_questions.project", lambda _parent: None)
    with qtbot.waitSignal(desk.app.window.open_project):
        press(desk, "Open another project")


@pytest.mark.parametrize("first", [0, 5], ids=["even without its first page", "some pages"])
def test_a_damaged_file_with_a_backup_is_put_back(
    desk: Desk, sound: Path, damaged: Path, qtbot: QtBot, first: int
) -> None:
    shutil.copy(sound, damaged)
    assert keep(damaged, reason=Reason.ASKED) is not None
    overwrite(damaged, first, 8)
    content = damaged.read_bytes()
    fail_to_open(desk, damaged, qtbot)
    desk.until(lambda: any(text.startswith("Put back the backup of ") for text in panel(desk)[2]))
    put_back = panel(desk)[2][1]
    assert panel(desk)[2] == ["Save what can be read", put_back, "Show its folder"]
    press(desk, put_back)
    desk.until(lambda: panel(desk)[0] == "The backup is in its place")
    (aside,) = damaged.parent.glob("damaged.before-restore-*.showtell")
    assert aside.read_bytes() == content, "nothing is overwritten"
    assert aside.name in panel(desk)[1]
    desk.until(lambda: desk.session.is_open)
    assert desk.session.model.total == 6


def test_a_file_that_another_process_has_is_told_with_who_has_it(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "other.showtell"
    Buffer.open(path).close()
    script = (
        "import sys; from pathlib import Path; from learner.buffer import ProjectLock\n"
        "lock = ProjectLock(Path(sys.argv[1])).take(); print('open', flush=True); sys.stdin.read(); lock.release()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        with qtbot.waitSignal(desk.app.open_project(path).cannot_open, timeout=20_000), Watchdog():
            pass
        title, message, buttons = panel(desk)
        assert title == "The project is open elsewhere"
        assert f"process {other.pid} on {socket.gethostname()}" in message
        assert buttons == ["Try again", "Open another project"]
        assert desk.app.window.pill.text() == "no project"
        assert not desk.app.window.coach.isVisible()
        assert not desk.app.window.strip.isVisible()
        press(desk, "Try again")
        with qtbot.waitSignal(desk.session.cannot_open, timeout=20_000):
            pass
        assert panel(desk)[0] == title
        other.communicate()
    press(desk, "Try again")
    desk.until(lambda: desk.session.is_open)
    assert desk.app.window.strip.isVisible()
    assert panel(desk)[0] == ""


def test_a_project_that_has_gone_away_can_be_replaced(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    fail_to_open(desk, tmp_path / "gone.showtell", qtbot)
    title, _, buttons = panel(desk)
    assert title == "There is no such project"
    assert buttons == ["Open another project", "New project"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "read only"
    folder.mkdir()
    Buffer.open(folder / "desk.showtell").close()
    folder.chmod(0o500)
    try:
        fail_to_open(desk, folder / "desk.showtell", qtbot)
        assert panel(desk)[2] == ["Show its folder", "Open another project", "New project"]
    finally:
        folder.chmod(0o700)


def test_a_full_disk_keeps_what_was_recorded_and_says_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk.name("mug")
    for _ in range(2):
        desk.show()
        with qtbot.waitSignal(desk.session.recorder.finished):
            hold(desk, down=True)
            desk.teach.end_recording()
    add = Buffer.add_sample

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full", "There is no room to write to desk.showtell.", "Free some space and go on.")

    monkeypatch.setattr(Buffer, "add_sample", full)
    desk.show()
    with qtbot.waitSignal(desk.session.recorder.settled):
        hold(desk, down=True)
    title, message, buttons = panel(desk)
    assert title == "The disk is full"
    assert "Free some space" in message
    assert buttons == ["Close"]
    assert desk.counts() == {"mug": 2}
    press(desk, "Close")
    hold(desk, down=False)
    desk.until(lambda: desk.teach.held_key is None)
    monkeypatch.setattr(Buffer, "add_sample", add)
    desk.show()
    with qtbot.waitSignal(desk.session.recorder.finished):
        hold(desk, down=True)
        desk.teach.end_recording()
    assert desk.counts() == {"mug": 3}


def test_a_learner_that_stopped_for_good_is_started_again(desk: Desk) -> None:
    desk.learner.say(LearnerFailed("TensorFlow cannot be used", "A library is missing.", ours=False, recurs=True))
    desk.learner.say(LearnerDied(1, restarting=False))
    desk.until(lambda: panel(desk)[0] == "Learning is paused")
    assert "A library is missing" in panel(desk)[1]
    assert "samples are safe" in panel(desk)[1]
    press(desk, "Start it again")
    assert desk.learner.calls.count("start") == 2
    desk.until(lambda: panel(desk)[0] == "")


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has a project open, and says when it is wanted."""
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from desktop.doorbell import Doorbell\n"
        "qt = QCoreApplication([]); bell = Doorbell(); bell.hang_at(Path(sys.argv[1]))\n"
        "bell.rung.connect(lambda: print('wanted', flush=True)); print('open', flush=True); qt.exec()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "other.showtell")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_project_that_another_window_has_brings_that_window_to_the_front(
    desk: Desk, tmp_path: Path, elsewhere: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert elsewhere.stdout is not None
    monkeypatch.chdir(tmp_path)
    desk.app.open_here(Path("other.showtell"))  # however it is written
    assert elsewhere.stdout.readline() == "wanted\n"
    title, message, buttons = panel(desk)
    assert title == "It is open in another window"
    assert "other.showtell" in message
    assert buttons == ["Show that window", "Open another project", "Close"]
    assert desk.session.path == desk.path, "here nothing has changed"
    press(desk, "Show that window")
    assert elsewhere.stdout.readline() == "wanted\n"
    press(desk, "Close")
    assert panel(desk)[0] == ""
    elsewhere.kill()
    elsewhere.wait()
    desk.app.open_here(tmp_path / "other.showtell")
    assert desk.session.path == tmp_path / "other.showtell", "a window that was killed holds nothing"


def test_a_second_start_leaves_it_to_the_first(
    tmp_path: Path,
    desk: Desk,
    elsewhere: subprocess.Popen[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert elsewhere.stdout is not None
    monkeypatch.setattr(start, "Settings", lambda: Settings(tmp_path / "settings.ini"))
    monkeypatch.setattr(start, "start_qt", lambda _settings: QApplication.instance())
    assert start.run_app(tmp_path / "other.showtell") == 0
    assert elsewhere.stdout.readline() == "wanted\n"
    assert capsys.readouterr().out.startswith("other.showtell is open already")


def test_a_window_that_is_wanted_comes_to_the_front(desk: Desk, qtbot: QtBot) -> None:
    window = desk.app.window
    window.showMinimized()
    assert ring_from_outside(desk.path, qtbot, desk.app.bell)
    assert not window.isMinimized()
    assert window.isVisible()


def test_a_door_that_nobody_is_behind(desk: Desk, tmp_path: Path) -> None:
    assert not ring(tmp_path / "nobody.showtell")
    first = desk.path
    desk.open(tmp_path / "next.showtell")
    assert not ring(first), "it was left"
    desk.app.stop()
    assert not ring(tmp_path / "next.showtell")


def ring_from_outside(path: Path, qtbot: QtBot, bell: Doorbell) -> bool:
    """Ring in a process of its own, since this one has to answer."""
    script = (
        "import sys; from pathlib import Path; from desktop.doorbell import ring; sys.exit(not ring(Path(sys.argv[1])))"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT) as process:
        with qtbot.waitSignal(bell.rung, timeout=20_000):
            pass
        return process.wait() == 0
