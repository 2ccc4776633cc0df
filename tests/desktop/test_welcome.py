# SPDX-License-Identifier: Apache-2.0
"""What a person meets who has no project yet, or asks for the ways to begin."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App, new_beside
from desktop.settings import Settings
from desktop.views.welcome import Welcome
from learner.buffer import Buffer
from learner.camera import DemoSource
from learner.errors import ProjectFault
from tests.desktop.conftest import Desk, FakeLearner


class First:
    """The app as it starts for the first time."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.settings = Settings(folder / "settings.ini")
        self.app = App(self.settings, learner=FakeLearner)
        self.app.sounds.on = False
        qtbot.addWidget(self.app.window)

    def start(self) -> Welcome:
        self.app.start(None, "demo")
        assert self.app.window.welcome
        return self.app.window.welcome

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def until_open(self) -> Path:
        session = self.app.session
        assert session
        self.qtbot.waitUntil(lambda: session._open, timeout=10_000)
        return session.path


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[First]:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    monkeypatch.setattr("desktop.app.first_project", lambda: tmp_path / "desk.showtell")
    first = First(qtbot, tmp_path)
    yield first
    first.app.stop()


def project(folder: Path, name: str) -> Path:
    path = folder / f"{name}.showtell"
    with Buffer.open(path):
        return path


def test_who_has_no_project_is_asked_and_no_camera_runs(first: First) -> None:
    welcome = first.start()
    assert first.app.window.isVisible()
    assert welcome.isVisible()
    first.qtbot.waitUntil(welcome.begin.hasFocus)
    assert welcome.recent == []
    assert first.app.session is None
    assert first.app.camera.source is None
    assert not any(door.isVisible() for door in first.app.window.header.doors)


def test_a_new_project_is_opened_with_the_camera(first: First, monkeypatch: pytest.MonkeyPatch) -> None:
    welcome = first.start()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(first.folder / "mine"), ""))
    first.click(welcome.begin)
    assert first.until_open() == first.folder / "mine.showtell"
    assert first.app.window.room is first.app.window.teach
    assert not welcome.isVisible()
    assert all(door.isVisible() for door in first.app.window.header.doors)
    first.qtbot.waitUntil(lambda: first.app.camera.source is not None)


def test_without_a_camera_one_practises_on_the_drawn_desk(first: First) -> None:
    first.settings.camera = "0"
    project(first.folder, "practice")
    welcome = first.start()
    first.click(welcome.try_out)
    assert first.until_open() == first.folder / "practice 2.showtell"
    assert isinstance(first.app.camera.source, DemoSource)
    assert first.settings.camera == "0"
    assert first.app.window.coach.isVisible()


def test_the_demo_is_watched_in_this_window(first: First) -> None:
    welcome = first.start()
    first.click(welcome.watch)
    assert first.until_open() == first.folder / "demo.showtell"
    assert isinstance(first.app.camera.source, DemoSource)
    assert not first.app.window.coach.isVisible()


def test_where_there_is_no_place_it_is_said(first: First, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise ProjectFault("There is no place for a project", "Nothing can be written to.", "Name a file.")

    monkeypatch.setattr("desktop.app.first_project", nowhere)
    welcome = first.start()
    first.click(welcome.try_out)
    assert first.app.session is None
    panel = first.app.window.notices.panel
    assert panel.isVisible()
    assert panel.title.text() == "There is no place for a project"


def test_projects_of_before_are_offered_the_last_one_first(first: First) -> None:
    older, newer, gone = (project(first.folder, name) for name in ("older", "<b>newer</b>".replace("/", ""), "gone"))
    for path in (gone, older, newer):
        first.settings.remember(path)
    os.utime(older, (time.time() - 3 * 86400,) * 2)
    gone.unlink()
    welcome = first.start()
    assert [button.path for button in welcome.recent] == [newer, older]
    words = [[label.text() for label in button.findChildren(QLabel)] for button in welcome.recent]
    assert words[0] == ["<b>newer<b>", str(first.folder), "just now"]
    assert words[1][2] == "3 days ago"
    first.click(welcome.recent[1])
    assert first.until_open() == older


def test_the_menu_leads_to_it_and_a_door_leads_back(desk: Desk) -> None:
    window = desk.app.window
    assert window.teach
    next(action for action in window.menus.project.actions() if action.text() == "Welcome").trigger()
    assert window.welcome
    assert window.welcome.isVisible()
    assert not window.place
    assert [button.path for button in window.welcome.recent] == [desk.path]
    desk.show()  # frames go on, and nothing is recorded by keys
    desk.qtbot.keyClick(window, Qt.Key.Key_N)
    assert not window.coach.isVisible()
    desk.qtbot.mouseClick(window.header.doors[0], Qt.MouseButton.LeftButton)
    assert window.room is window.teach
    assert not window.welcome.isVisible()


def test_who_comes_back_goes_on_at_once(first: First) -> None:
    path = project(first.folder, "mine")
    first.app.start(path, "demo")
    first.qtbot.waitUntil(lambda: first.app.session is not None)
    assert first.until_open() == path
    assert first.app.window.welcome is None


def test_everything_has_a_name_and_says_what_it_does(first: First) -> None:
    first.settings.remember(project(first.folder, "mine"))
    welcome = first.start()
    buttons = welcome.findChildren(QAbstractButton)
    assert len(buttons) == 5
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    desk = tmp_path / "desk.showtell"
    assert new_beside(desk, "demo") == tmp_path / "demo.showtell"
    for name in ("demo", "demo 2"):
        (tmp_path / f"{name}.showtell").touch()
    assert new_beside(desk, "demo") == tmp_path / "demo 3.showtell"
