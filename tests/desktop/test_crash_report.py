# SPDX-License-Identifier: Apache-2.0
"""A bug of ours: what is written of it, what is not, and what a person is offered."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop import bugs, crash_report
from desktop.views.crash_dialog import CrashDialog
from learner import scrubbing
from tests.desktop.conftest import Desk

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reports are, with a log beside it; the home folder is its parent."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    log = tmp_path / "log" / "showtell.log"
    log.parent.mkdir()
    monkeypatch.setattr(crash_report, "log_file", lambda: log)
    return crash_report.report_folder()


@pytest.fixture
def told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The exit codes that the app was to leave with."""
    codes: list[int] = []
    monkeypatch.setattr(QApplication, "exit", staticmethod(lambda code=0: codes.append(code)))
    yield codes
    for name in (bugs._TOLD, bugs._RESTARTS):
        qapp.setProperty(name, None)


def bug() -> Exception:
    table: dict[str, int] = {}
    try:
        table["no such key"] += 1
    except KeyError as error:
        return error
    raise AssertionError


def report(error: Exception) -> None:
    bugs.report_bug(type(error), error, error.__traceback__)


def dialog() -> CrashDialog | None:
    return next((widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog)), None)


def answer(qtbot: QtBot, name: str) -> list[str]:
    """Wait for the dialog and press a button of it; return what the report said."""
    seen: list[str] = []

    def look() -> None:
        shown = dialog()
        if shown is None or not shown.isVisible():
            QTimer.singleShot(10, look)
            return
        seen.append(shown.report.toPlainText())
        button: QPushButton = getattr(shown, name)
        button.click()

    QTimer.singleShot(0, look)
    qtbot.waitUntil(lambda: bool(seen))
    return seen


def test_a_report_says_what_broke_and_nothing_of_home_or_projects(folder: Path, tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(80)]
    lines.append(f"opened {tmp_path}/Documents/Anna's secret things.showtell")
    crash_report.log_file().write_text("\n".join(lines), encoding="utf-8")
    text = crash_report.compose(f'Traceback\n  File "{tmp_path}/app.py", line 3\nKeyError: "no such key"')
    assert 'File "~/app.py"' in text
    assert "KeyError" in text
    assert "Showtell " in text
    assert "Python 3" in text
    assert "line 79" in text
    assert "line 20" not in text, "the last fifty are enough"
    assert "opened ~/Documents/project.showtell" in text
    assert str(tmp_path) not in text
    assert "secret" not in text


def test_reports_are_for_their_owner_and_do_not_pile_up(folder: Path) -> None:
    paths = [crash_report.write(f"report {number}") for number in range(14)]
    kept = sorted(folder.glob("report-*.txt"))
    assert len(kept) == 10
    assert kept == paths[-10:]
    assert kept[-1].read_text(encoding="utf-8") == "report 13"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_log_and_reports_are_for_their_owner_whatever_the_umask(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.Logger("root")
    monkeypatch.setattr(logging, "getLogger", lambda *_: root)
    before = os.umask(0)
    try:
        crash_report.start_log()
        root.warning("a line")
        report = crash_report.write("what broke")
    finally:
        os.umask(before)
        for handler in root.handlers:
            handler.close()
    assert report is not None
    for path, mode in ((crash_report.log_file(), 0o600), (report, 0o600), (folder, 0o700), (folder.parent, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path


def test_the_log_keeps_names_and_pictures_to_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.Logger("root")
    monkeypatch.setattr(logging, "getLogger", lambda *_: root)
    monkeypatch.setattr(scrubbing, "_concealed", set())
    scrubbing.conceal(["Hotblack Desiato"])
    crash_report.start_log()
    root.error("the writer met a bug", exc_info=ValueError("Hotblack Desiato", bytes(range(256))))
    for handler in root.handlers:
        handler.close()
    log = crash_report.log_file().read_text(encoding="utf-8")
    assert "ValueError: ('[name]', [data]" in log
    assert "Desiato" not in log


def test_a_report_is_short_however_much_broke(folder: Path) -> None:
    crash_report.log_file().write_text("a line of the log " * 100_000, encoding="utf-8")
    assert len(crash_report.compose("\n".join(["no such thing " * 10_000] * 1000))) < 100_000


def test_a_folder_that_cannot_be_written_to_costs_no_more_than_the_file(folder: Path) -> None:
    folder.write_text("in the way", encoding="utf-8")
    logging.getLogger("desktop.crash_report").disabled = True
    try:
        assert crash_report.write("report") is None
    finally:
        logging.getLogger("desktop.crash_report").disabled = False


@pytest.mark.parametrize(("restarts", "button", "code"), [(True, "again", bugs.RESTART), (False, "leave", bugs.BROKEN)])
def test_a_bug_is_shown_once_and_ends_the_app(
    qtbot: QtBot, folder: Path, told: list[int], restarts: bool, button: str, code: int
) -> None:
    qapp = QApplication.instance()
    assert isinstance(qapp, QApplication)
    if restarts:
        bugs.allow_restart(qapp)
    report(bug())
    report(bug())
    (text,) = answer(qtbot, button)
    qtbot.waitUntil(lambda: told == [code])
    (written,) = folder.glob("report-*.txt")
    assert "KeyError: 'no such key'" in text
    assert written.read_text(encoding="utf-8") == text


def test_a_bug_in_another_thread_is_shown_by_the_windows(qtbot: QtBot, folder: Path, told: list[int]) -> None:
    thread = threading.Thread(target=lambda: report(bug()))
    thread.start()
    thread.join()
    assert "KeyError" in answer(qtbot, "leave")[0]
    qtbot.waitUntil(lambda: told == [bugs.BROKEN])


def test_a_report_is_copied_and_saved_where_it_is_wanted(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = CrashDialog("what broke", tmp_path / "report.txt", over=True)
    qtbot.addWidget(shown)
    shown.show()
    assert not shown.again.isVisible(), "who runs it cannot start it anew"
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == "what broke"
    target = tmp_path / "to send.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.save.click()
    assert target.read_text(encoding="utf-8") == "what broke"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "such.txt"), ""))
    shown.save.click()
    assert "Not saved" in shown.said.text()


@pytest.mark.parametrize(
    ("ending", "told_of"), [("os.kill(os.getpid(), 11)", True), ("os.kill(os.getpid(), 9)", False), ("", False)]
)
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_library_that_ends_the_process_is_told_of_next_time(
    folder: Path, tmp_path: Path, ending: str, told_of: bool
) -> None:
    script = (
        "import os, sys; from pathlib import Path; from desktop import crash_report\n"
        "crash_report.log_file = lambda: Path(sys.argv[1]); crash_report.watch()\n"
        f"{ending}"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, str(crash_report.log_file())],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode == 0) is not bool(ending)
    found = crash_report.report_of_last_time()
    assert (found is not None) is told_of
    if found is not None:
        assert "Segmentation fault" in found.read_text(encoding="utf-8")
    assert crash_report.report_of_last_time() is None, "it is told once"
    assert list(folder.glob("running-*")) == []


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_what_still_runs_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    theirs = folder / f"running-{os.getppid()}.txt"
    theirs.write_text("Fatal Python error", encoding="utf-8")
    assert crash_report.report_of_last_time() is None
    assert theirs.exists()


def test_the_window_tells_of_last_time_whatever_project_is_opened(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("what broke", encoding="utf-8")
    desk.app.tell_of_last_time(path)
    desk.open(tmp_path / "other.showtell")
    panel = desk.notices.panel
    assert panel.isVisibleTo(desk.app.window)
    assert "ended unexpectedly last time" in panel.title.text()
    look = next(button for button in panel.findChildren(QPushButton) if button.text() == "Look at the report")
    look.click()
    shown = desk.app.window.findChild(CrashDialog)
    assert isinstance(shown, CrashDialog)
    assert shown.report.toPlainText() == "what broke"
    shown.leave.click()
    assert not panel.isVisibleTo(desk.app.window)
