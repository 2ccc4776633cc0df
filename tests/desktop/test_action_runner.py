# SPDX-License-Identifier: Apache-2.0
"""Actions on a real project file: what happens, how often, and what is not believed of a file."""

from __future__ import annotations

import csv
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.action_runner import ActionRunner
from desktop.actions import SETTING, Action, Book, Deed, FillScreen, PlaySound, RunCommand, WriteLog, write_book
from learner.buffer import Buffer
from learner.errors import EnvironmentFault
from learner.messages import Predicted
from learner.types import Prediction
from tests.desktop.conftest import Desk


class Stage:
    """A runner with a clock of its own in place of the window's, and answers for it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = 100.0
        desk.name("mug")
        desk.name("key")
        self.ids = {info.name: info.id for info in desk.session.model.classes}
        assert desk.app.window.runner
        desk.app.window.runner.stop()
        self.runner = ActionRunner(desk.session, desk.app.settings, lambda: self.now)
        self.wanted: list[str] = []
        self.over: list[bool] = []
        self.runner.screen_wanted.connect(lambda _action, name: self.wanted.append(name))
        self.runner.screen_over.connect(lambda: self.over.append(True))

    def keep(self, deed: Deed, name: str | None = "mug", **changes: float) -> Action:
        action = Action(None if name is None else self.ids[name], deed, **changes)  # type: ignore[arg-type]
        with self.desk.qtbot.waitSignal(self.desk.session.actions_changed):
            self.runner.keep(action)
        return action

    def show(self, name: str = "mug", seconds: float = 3.0, share: float = 0.95, *, unknown: bool = False) -> None:
        """Answer ten times a second for so long."""
        other = next(one for one in self.ids if one != name)
        shares = {name: share, other: 1 - share}
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            prediction = Prediction(name, share, shares, self.ids[name], 7, unknown=unknown)
            self.desk.session.learner.predicted.emit(Predicted(1, prediction))

    def count(self, action: Action) -> int:
        track = self.runner.track(action.id)
        assert track
        return track.count

    def note(self, action: Action) -> str:
        track = self.runner.track(action.id)
        assert track
        return track.note


@pytest.fixture
def stage(desk: Desk) -> Iterator[Stage]:
    stage = Stage(desk)
    yield stage
    stage.runner.stop()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr("desktop.action_runner.play", lambda sound, file: heard.append(file or sound))
    return heard


def shown(*arguments: str) -> str:
    """A command that Python carries out."""
    parts = [sys.executable, "-c", *arguments]
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_it_happens_once_each_time_it_appears(stage: Stage, heard: list[str]) -> None:
    action = stage.keep(PlaySound("warning"), seconds=2.0)
    stage.show(seconds=1.9)
    assert stage.count(action) == 0
    stage.show(seconds=8.0)
    assert stage.count(action) == 1
    stage.show("key", seconds=2.0)
    stage.show(seconds=3.0)
    assert stage.count(action) == 2
    stage.desk.until(lambda: heard == ["warning", "warning"])


def test_a_flicker_is_no_new_appearance(stage: Stage, heard: list[str]) -> None:
    action = stage.keep(PlaySound(), seconds=1.0)
    for _ in range(5):
        stage.show(seconds=2.0)
        stage.show("key", seconds=0.5)
    assert stage.count(action) == 1


def test_what_is_not_sure_enough_is_not_seen(stage: Stage, heard: list[str]) -> None:
    action = stage.keep(PlaySound(), confidence=0.9)
    stage.show(share=0.8, seconds=10)
    assert stage.count(action) == 0


def test_the_unknown_can_be_waited_for(stage: Stage, heard: list[str]) -> None:
    action, mug = stage.keep(PlaySound(), None), stage.keep(PlaySound())
    stage.show(unknown=True, seconds=5)
    assert (stage.count(action), stage.count(mug)) == (1, 0)


def test_one_that_is_off_does_nothing(stage: Stage, heard: list[str]) -> None:
    action = stage.keep(PlaySound())
    assert stage.runner.on == 1
    with stage.desk.qtbot.waitSignal(stage.desk.session.actions_changed):
        stage.runner.switch(action.id, False)
    stage.show(seconds=5)
    assert (stage.count(action), stage.runner.on) == (0, 0)


def test_a_class_keeps_its_action_under_another_name_and_loses_it_when_removed(stage: Stage) -> None:
    action = stage.keep(FillScreen())
    with stage.desk.qtbot.waitSignal(stage.desk.session.model.changed):
        stage.desk.session.rename_class(stage.ids["mug"], "cup")
    assert stage.runner.name_of(action) == "cup"
    with stage.desk.qtbot.waitSignal(stage.desk.session.model.changed):
        stage.desk.session.remove_class(stage.ids["mug"])
    assert "no longer in the project" in stage.runner.rights.hindrance(action)


def test_a_log_has_a_line_for_each_time(stage: Stage, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    action = stage.keep(WriteLog(str(log)))
    stage.show()
    stage.show("key", seconds=2.0)
    stage.show()
    stage.desk.until(lambda: log.exists() and len(rows(log)) == 2)
    first = rows(log)[0]
    assert (first["class"], first["confidence"], first["version"]) == ("mug", "0.95", "7")
    assert datetime.fromisoformat(first["time"]).tzinfo
    assert stage.count(action) == 2


def test_a_disk_that_fails_is_told_once(stage: Stage, tmp_path: Path) -> None:
    log = tmp_path / "folder.csv"
    log.mkdir()
    told: list[str] = []
    stage.desk.session.failed.connect(lambda title, _: told.append(title))
    action = stage.keep(WriteLog(str(log)))
    reports: list[str] = []
    stage.runner.reported.connect(reports.append)
    for _ in range(3):
        stage.show()
        stage.show("key", seconds=2.0)
    stage.desk.until(lambda: len(reports) == 6)  # each time that it happens, and each time that it fails
    assert told == ["The log cannot be written"]
    assert str(log) in stage.note(action)


def test_a_sound_that_cannot_be_played_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sound: str, file: str) -> None:
        raise EnvironmentFault("The sound cannot be played", "It is gone.", "Choose another sound.")

    monkeypatch.setattr("desktop.action_runner.play", fail)
    action = stage.keep(PlaySound())
    stage.runner.try_out(action)
    stage.desk.until(lambda: stage.note(action) == "It is gone. Choose another sound.")


def test_no_command_runs_until_it_is_allowed(stage: Stage, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    line = shown("import os, sys; open(sys.argv[1], 'w').write(os.environ['SHOWTELL_CLASS'])", str(proof))
    action = stage.keep(RunCommand(line))
    stage.show()
    stage.runner.try_out(action)
    assert stage.count(action) == 0
    assert "not allowed" in stage.note(action)
    stage.runner.allow_commands(True)
    stage.show("key", seconds=2.0)
    stage.show()
    stage.desk.until(lambda: proof.exists() and proof.read_text() == "mug")
    stage.desk.until(lambda: stage.note(action) == "Done.")


def test_a_command_that_came_with_the_file_does_not_run(stage: Stage, tmp_path: Path) -> None:
    stage.runner.allow_commands(True)
    proof = tmp_path / "proof"
    line = shown("import sys; open(sys.argv[1], 'w')", str(proof))
    foreign = Action(stage.ids["mug"], RunCommand(line))
    with stage.desk.qtbot.waitSignal(stage.desk.session.actions_changed):
        stage.desk.session.edit_actions("from elsewhere", lambda actions: [*actions, foreign])
    stage.show(seconds=5)
    stage.runner.try_out(foreign)
    assert stage.count(foreign) == 0
    assert "not entered on this computer" in stage.note(foreign)
    with stage.desk.qtbot.waitSignal(stage.desk.session.actions_changed):
        stage.runner.keep(replace(foreign, seconds=1.0))  # as the editor does when it is saved
    assert stage.runner.rights.hindrance(foreign) == ""
    assert not proof.exists()


@pytest.mark.parametrize("deed", [WriteLog("/etc/somewhere"), PlaySound(file="//server/share/a.wav")])
def test_a_file_that_came_with_the_file_is_not_touched(stage: Stage, heard: list[str], deed: Deed) -> None:
    foreign = Action(stage.ids["mug"], deed)
    with stage.desk.qtbot.waitSignal(stage.desk.session.actions_changed):
        stage.desk.session.edit_actions("from elsewhere", lambda actions: [*actions, foreign])
    stage.show(seconds=5)
    assert stage.count(foreign) == 0
    assert "not chosen on this computer" in stage.runner.rights.hindrance(foreign)


def test_what_is_allowed_is_kept_on_this_computer_for_this_project_alone(stage: Stage, tmp_path: Path) -> None:
    stage.runner.allow_commands(True)
    settings, path = stage.desk.app.settings, stage.desk.path
    assert settings.allows_commands(path)
    assert not settings.allows_commands(tmp_path / "other.showtell")
    with Buffer.open(path, read_only=True) as buffer:
        assert "allow" not in (buffer.setting(SETTING) or "")
    stage.runner.allow_commands(False)
    assert not settings.allows_commands(path)


def test_a_command_runs_once_at_a_time(stage: Stage) -> None:
    stage.runner.allow_commands(True)
    action = stage.keep(RunCommand(shown("import time; time.sleep(60)")))
    stage.runner.try_out(action)
    stage.runner.try_out(action)
    assert "still running" in stage.note(action)
    running = list(stage.runner._running.values())
    assert len(running) == 1
    stage.runner.allow_commands(False)
    assert running[0]._process.state() is running[0]._process.ProcessState.NotRunning


def test_the_screen_is_filled_until_it_is_gone(stage: Stage) -> None:
    stage.keep(FillScreen("#009E73", "Come in"))
    stage.show(seconds=5)
    stage.runner._look_at_screen()
    assert (stage.wanted, stage.over) == (["mug"], [])
    stage.show("key", seconds=0.8)
    stage.runner._look_at_screen()
    assert stage.over == []
    stage.show("key", seconds=1.0)
    stage.desk.until(lambda: stage.over == [True])


def test_the_screen_is_filled_for_so_long(stage: Stage) -> None:
    stage.keep(FillScreen(seconds=4.0))
    stage.show(seconds=2.2)
    stage.show("key", seconds=3.0)
    stage.runner._look_at_screen()
    assert (stage.wanted, stage.over) == (["mug"], [])
    stage.now += 2.0
    stage.desk.until(lambda: stage.over == [True])


def test_a_camera_that_stops_frees_the_screen(stage: Stage) -> None:
    stage.keep(FillScreen())
    stage.show()
    stage.now += 1.5
    stage.desk.until(lambda: stage.over == [True])


def test_a_trial_fills_the_screen_for_a_moment(stage: Stage) -> None:
    action = stage.keep(FillScreen())
    stage.runner.try_out(action)
    assert stage.wanted == ["mug"]
    assert stage.count(action) == 0
    stage.now += 3.5
    stage.desk.until(lambda: stage.over == [True])


def test_changes_can_be_taken_back(stage: Stage) -> None:
    session, until = stage.desk.session, stage.desk.until
    action = stage.keep(PlaySound())
    until(lambda: session.undo_text == "new action")
    session.undo()
    until(lambda: stage.runner.actions == [])
    until(lambda: session.redo_text == "new action")
    session.redo()
    until(lambda: stage.runner.actions == [action])


def test_changes_one_after_another_are_all_kept(stage: Stage) -> None:
    for _ in range(3):
        stage.runner.keep(Action(stage.ids["mug"], PlaySound()))
    stage.desk.until(lambda: len(stage.runner.actions) == 3)
    first, second, _ = stage.runner.actions
    stage.runner.switch(first.id, False)
    stage.runner.remove(second.id)
    stage.desk.until(lambda: [one.on for one in stage.runner.actions] == [False, True])


def test_actions_are_there_when_the_project_is_opened_again(desk: Desk) -> None:
    desk.name("mug")
    mug = desk.session.model.classes[0].id
    book = Book((Action(mug, PlaySound()),), ({"do": "fly"},))
    desk.app.session = None
    assert desk.app.window._session
    desk.app.window._session.stop()
    with Buffer.open(desk.path) as buffer:
        buffer.set_setting(SETTING, write_book(book))
    desk.open(desk.path)
    desk.until(lambda: desk.session.actions == book.actions)
    assert desk.session.strange_actions == 1


def test_nothing_happens_when_the_project_is_closed(stage: Stage, heard: list[str]) -> None:
    action = stage.keep(PlaySound())
    stage.show(seconds=1.0)
    stage.desk.session.stopping.emit()
    stage.show(seconds=5.0)
    stage.runner.try_out(action)
    assert stage.count(action) == 0
    assert heard == []
