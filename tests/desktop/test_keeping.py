# SPDX-License-Identifier: Apache-2.0
"""Backups in the window: made by themselves and when asked for, listed, opened, put back, and their trouble."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import keeper
from desktop.views.backups_dialog import BackupsDialog
from desktop.views.backups_page import BackupsPage
from learner.buffer import Buffer, keeping
from learner.buffer.keeping import Reason
from learner.errors import DiskFull
from learner.messages import BackupMissed
from tests.desktop.conftest import Desk
from tests.desktop.panels import panel, press
from tests.desktop.watchdog import Watchdog
from tests.learner.buffer.making import record


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(keeping.FOLDER_VARIABLE, str(tmp_path / "backups"))
    return tmp_path / "backups"


@pytest.fixture
def taught(folder: Path, desk: Desk) -> Desk:
    """A project with three samples."""
    with Buffer.open(desk.path) as buffer:
        record(buffer, "mug", 3)
    desk.open(desk.path)
    return desk


def back_up(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.session.keeper.made, timeout=20_000):
        desk.session.keeper.keep(Reason.ASKED)


def listed(desk: Desk, count: int) -> BackupsDialog:
    desk.app.window.menus.list_backups.trigger()
    dialog = desk.app.window.dialogs.backups
    assert dialog is not None
    desk.until(lambda: dialog.list.topLevelItemCount() == count)
    return dialog


def page(desk: Desk) -> BackupsPage:
    desk.app.window.dialogs.open_backup_preferences()
    preferences = desk.app.window.dialogs.preferences
    assert preferences is not None
    assert preferences.backups.isVisible()
    return preferences.backups


def test_a_copy_is_made_by_itself_once_there_are_samples(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_FIRST_MILLISECONDS", 0)
    looked = threading.Event()
    monkeypatch.setattr(keeper, "_AGAIN_MILLISECONDS", 10)
    kept = keeping.keep

    def watched(*arguments: object, **named: object) -> object:
        looked.set()
        return kept(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "keep", watched)
    desk.open(desk.path.with_name("other.showtell"))
    desk.qtbot.wait(50)
    assert not looked.is_set(), "of nothing there is no copy"
    desk.name("mug")
    with desk.qtbot.waitSignal(desk.session.keeper.made, timeout=20_000), Watchdog():
        desk.show()
        desk.session.record(desk.session.model.classes[0])
        desk.session.recorder.stop()
    (copy,) = keeping.kept(desk.session.path)
    assert copy.reason is Reason.DAILY
    assert copy.path.is_relative_to(folder)
    looked.clear()
    desk.until(looked.is_set)
    assert len(keeping.kept(desk.session.path)) == 1, "the next one is due in a day"


def test_a_copy_that_could_not_be_made_is_told_once_and_nothing_waits_for_it(
    taught: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full", "There is no room for it.", "Make room, or choose another disk.")

    monkeypatch.setattr(keeping, "keep", full)
    with qtbot.waitSignal(taught.session.keeper.missed):
        taught.session.keeper.keep()
    title, message, buttons = panel(taught)
    assert title == "The backup was not made"
    assert "There is no room for it. Make room" in message
    assert buttons == ["Choose another folder", "Close"]
    taught.show()
    assert taught.learner.frames == 1, "the picture goes on"
    press(taught, "Close")
    taught.session.keeper.keep()
    taught.until(lambda: taught.session.keeper.share is None)
    assert panel(taught)[0] == "", "the same is told once"
    taught.session.keeper.keep(Reason.ASKED)
    taught.until(lambda: panel(taught)[0] == title)
    press(taught, "Choose another folder")
    preferences = taught.app.window.dialogs.preferences
    assert preferences is not None
    assert preferences.backups.isVisible()
    assert "There is no room for it." in preferences.backups.fault.text()


def test_that_none_was_made_before_a_consolidation_is_told(desk: Desk) -> None:
    desk.learner.say(BackupMissed("No copy was made before the consolidation", "The disk is full. Make room."))
    desk.until(lambda: panel(desk)[0] == "No copy was made before the consolidation")
    assert panel(desk)[2] == ["Close"]


def test_the_preferences_say_which_there_are_and_make_one_more_where_it_is_wanted(
    taught: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown = page(taught)
    taught.until(lambda: shown.summary.text().startswith("There is none yet"))
    assert not shown.usual.isVisible()
    with qtbot.waitSignal(taught.session.keeper.made, timeout=20_000):
        shown.now.click()
    taught.until(lambda: shown.summary.text().startswith("There is one, of "))
    assert shown.now.isEnabled()
    assert not shown.said.isVisible()
    (copy,) = keeping.kept(taught.session.path)
    assert copy.reason is Reason.ASKED

    elsewhere = tmp_path / "a disk of their own"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    with qtbot.waitSignal(taught.session.keeper.made, timeout=20_000):
        shown.choose.click()
    assert str(taught.app.settings.backups) == str(elsewhere)
    assert len(keeping.kept(taught.session.path, elsewhere)) == 1, "whether it can be used is known at once"
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(QUrl(url).toLocalFile())))
    shown.open.click()
    assert opened == [elsewhere]
    taught.open(taught.path)
    assert taught.session.config.backups == elsewhere
    shown.usual.click()
    assert taught.app.settings.backups is None
    taught.until(lambda: taught.session.keeper.copies is not None and len(taught.session.keeper.copies) == 1)
    shown.all.click()
    assert taught.app.window.dialogs.backups is not None
    assert taught.app.window.dialogs.backups.isVisible()


def test_a_backup_is_put_back_and_what_was_there_lies_beside_it(taught: Desk) -> None:
    back_up(taught)
    taught.name("key")
    dialog = listed(taught, 1)
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert (item.text(1), item.text(2)) == ("3", "you asked for it")
    before = taught.session
    dialog.back.click()
    assert not dialog.isVisible()
    taught.until(lambda: panel(taught)[0] == "The backup is in its place")
    taught.until(lambda: taught.session is not before and taught.session.is_open)
    assert taught.session.path == taught.path
    assert taught.counts() == {"mug": 3}
    (aside,) = taught.path.parent.glob("desk.before-restore-*.showtell")
    assert aside.name in panel(taught)[1]
    with Buffer.open(aside, read_only=True) as buffer:
        assert [info.name for info in buffer.classes()] == ["mug", "key"]


def test_a_copy_of_a_backup_is_opened_beside_the_project(taught: Desk) -> None:
    back_up(taught)
    taught.name("key")
    listed(taught, 1).beside.click()
    taught.until(lambda: taught.session.path != taught.path and taught.session.is_open)
    assert taught.session.path.parent == taught.path.parent
    assert taught.session.path.name.startswith("desk 2")
    assert [info.name for info in taught.session.model.classes] == ["mug"]
    assert taught.counts() == {"mug": 3, "key": 0}, "the project is as it was"
    assert panel(taught)[0] == ""


def test_a_backup_that_has_gone_or_cannot_be_read_leaves_the_project_open(taught: Desk) -> None:
    back_up(taught)
    dialog = listed(taught, 1)
    (copy,) = keeping.kept(taught.path)
    copy.path.unlink()
    before = taught.session
    dialog.back.click()
    taught.until(lambda: panel(taught)[0] == "There is no such project")
    assert panel(taught)[2] == ["Close"]
    taught.until(lambda: taught.session is not before and taught.session.is_open)
    assert taught.counts() == {"mug": 3}
    copy.path.write_bytes(b"nothing at all")
    dialog = listed(taught, 1)
    taught.until(lambda: dialog.list.topLevelItem(0).text(1) == "cannot be read")  # type: ignore[union-attr]
    assert not dialog.back.isEnabled()
    assert not dialog.beside.isEnabled()


def test_closing_gives_up_a_copy_under_way(taught: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    began, ended = threading.Event(), threading.Event()

    def slowly(_project: Path, _folder: Path | None, listen: Callable[[int, int], None], **_: object) -> None:
        began.set()
        try:
            for number in range(10_000_000):
                listen(number, 10_000_000)
        except Exception:
            ended.set()
            raise

    monkeypatch.setattr(keeping, "keep", slowly)
    taught.session.keeper.keep()
    taught.until(began.is_set)
    taught.app.stop()
    assert ended.is_set()
