# SPDX-License-Identifier: Apache-2.0
"""A tour of the app by mouse and keys, with the real learner and a real file, while a watchdog watches the window.

Three things are taught and told apart, a wrong label is put right, a recording is deleted and brought back, an older
version is put in use again, an action is made, the samples are exported. Then the file has to say the same.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import csv
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import SETTING, WriteLog, read_book
from desktop.app import App
from desktop.settings import Settings
from learner.buffer import Buffer
from tests.desktop.watchdog import Watchdog
from tests.integration.person import Person, Picture
from tests.qt import needs_qt

pytestmark = [needs_qt, pytest.mark.slow, pytest.mark.alone, pytest.mark.timeout(400)]

THINGS = ("mug", "duck", "scissors")
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
FIRST, FURTHER, RECORDINGS = 10, 3, 6
"""Samples in a thing's first recording and in each later one. Of six, one is kept aside to measure with, or more."""
CONTROL = Qt.KeyboardModifier.ControlModifier
DRESSED = 0.45
"""Other colours are the one thing that takes longer: Qt dresses all widgets of all rooms in one go, 0.1 ms each."""
SMOOTH = 24.0
"""Frames a second, of the thirty that the scene has. A machine that has other things to do loses some of them."""

Labels = dict[int, int | None]


def labels(buffer: Buffer) -> Labels:
    """Return the class of each sample that is not deleted."""
    return {sample.id: sample.class_id for sample in buffer.samples()}


def test_tour(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "seen.csv"), ""))
    project = tmp_path / "desk.showtell"
    settings = Settings(tmp_path / "settings.ini")
    settings.asks = False  # a question that comes when it likes would take the keys
    app = App(settings)
    app.sounds.on = False
    app.window.resize(1280, 800)
    qtbot.addWidget(app.window)
    with Watchdog() as dog:
        person = Person(qtbot, app, dog)
        app.start(project, "demo")
        teach(person)
        expected = correct(person)
        delete_and_bring_back(person)
        version = look_around_and_restore(person)
        act_and_export(person, tmp_path)
    with Watchdog(DRESSED) as dog:
        change_appearance(person)
    person.press(Qt.Key.Key_Q, CONTROL)  # the window is hidden before its parts are stopped, which may take a moment
    assert app.window.isHidden()

    with Buffer.open(project) as buffer:
        assert buffer.integrity_check() == []
        names = {info.id: info.name for info in buffer.classes()}
        assert list(names.values()) == list(THINGS)
        assert labels(buffer) == expected
        assert buffer.samples(deleted=True) == []
        assert buffer.champion_id() == version
        (action,) = read_book(buffer.setting(SETTING)).actions
    assert (names[action.class_id or 0], action.deed) == ("mug", WriteLog(str(tmp_path / "seen.csv")))
    with (tmp_path / "seen.csv").open(newline="", encoding="utf-8") as file:
        assert "mug" in list(csv.reader(file))[-1]
    written = Counter(path.parent.name for path in (tmp_path / "desk samples").rglob("*.jpg"))
    assert written == Counter(names[class_id or 0] for class_id in expected.values())
    assert Settings(tmp_path / "settings.ini").theme == "dark"


def teach(person: Person) -> None:
    window = person.window
    person.until(lambda: window.teach is not None and window.teach.camera.has_picture)
    assert window.teach is not None
    room, model = window.teach, person.session.model
    picture = Picture(person.app, room.camera)

    def record(thing: str, digit: Qt.Key, samples: int) -> None:
        info = model.named(thing)
        wanted = samples if info is None else info.count + samples
        with picture.counting(), person.holding(digit):
            person.until(lambda: (model.named(thing) or info).count >= wanted)  # type: ignore[union-attr]
        person.until_done()

    for thing, digit in zip(THINGS, DIGITS, strict=True):
        person.show(thing)
        person.press(Qt.Key.Key_N)
        person.type(thing)
        person.press(Qt.Key.Key_Return)
        person.until(lambda thing=thing: model.named(thing) is not None)  # type: ignore[misc]
        record(thing, digit, FIRST)
    with picture.counting():
        person.until_learned()
    for thing in THINGS:
        person.show(thing)
        person.until(lambda thing=thing: room.answer.answer == thing)  # type: ignore[misc]
    for _ in range(RECORDINGS - 1):
        for thing, digit in zip(THINGS, DIGITS, strict=True):
            person.show(thing)
            record(thing, digit, FURTHER)
    with picture.counting():
        person.until_learned()
    assert picture.painted >= 0.95 * picture.came, "frames came and were not painted"
    assert picture.painted >= SMOOTH * picture.seconds


def correct(person: Person) -> Labels:
    """Say that an answer is right, record the wrong thing, and give it its name; return what the labels are then."""
    window, model = person.window, person.session.model
    assert window.teach is not None
    assert window.review is not None
    answer, total = window.teach.answer, model.total
    person.show("duck")
    person.until(lambda: answer.answer == "duck")
    person.press(Qt.Key.Key_Return)
    person.until_done()
    before = person.file(labels)
    person.press(Qt.Key.Key_1)
    person.until_done()
    after = person.file(labels)
    wrong = set(after) - set(before)  # one, or two where the machine was busy between press and release
    assert len(before) == total + 1
    mug, duck = model.named("mug"), model.named("duck")
    assert mug is not None
    assert duck is not None
    assert {after[one] for one in wrong} == {mug.id}

    person.go_to("Review")
    grid = window.review.grid
    person.until(lambda: len(grid.cells) == len(after))
    person.click(grid.viewport(), grid.cell_rect(0).center())
    for _ in range(1, len(wrong)):
        person.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert set(grid.selected_ids.tolist()) == wrong, "the newest come first"
    person.press(Qt.Key.Key_2)
    person.until_done()
    corrected = {**after, **dict.fromkeys(wrong, duck.id)}
    assert person.file(labels) == corrected
    return corrected


def delete_and_bring_back(person: Person) -> None:
    """Delete a recording with the keyboard; take that back by key, do it again and take it back in the list of acts."""
    room = person.window.review
    assert room is not None
    grid, history, everything = room.grid, room.history, set(person.file(labels))
    person.choose(room.filters.by_recording, "scissors")
    person.until(lambda: len(grid.cells) < len(everything))
    recording = set(grid.cells.sample_ids.tolist())

    def until_there(recordings: set[int]) -> None:
        person.until(lambda: set(grid.cells.sample_ids.tolist()) == recordings)
        person.until_done()
        assert set(person.file(labels)) == everything - recording | recordings

    until_there(recording)
    person.press(Qt.Key.Key_A, CONTROL)
    person.press(Qt.Key.Key_Delete)
    until_there(set())
    person.press(Qt.Key.Key_Z, CONTROL)
    until_there(recording)
    for row, wanted in ((0, set()), (1, recording)):
        person.click_button(room, "History")
        person.until(history.isVisible)
        person.click(history.list.viewport(), history.list.visualItemRect(history.list.item(row)).center())
        until_there(wanted)
        person.press(Qt.Key.Key_Escape)
        person.until(lambda: not history.isVisible())
    person.click_button(room, "Clear the filters")
    person.until(lambda: len(grid.cells) == len(everything))


def look_around_and_restore(person: Person) -> int:
    """Go through the sections of Insight, and put the version before the present one in use; return which one."""
    room = person.window.insight
    assert room is not None
    person.go_to("Insight")
    person.until(lambda: room.curves is not None and room.verdict.sentence.text().startswith("It is right"))
    person.until_learned()
    person.press(Qt.Key.Key_2)
    person.until(room.mix_ups.matrix.isVisible)
    person.press(Qt.Key.Key_3)
    person.until(lambda: room.map is not None and room.map.plot.drawn == person.session.model.total)
    person.press(Qt.Key.Key_W)
    person.until(lambda: room.heat.isVisible() and room.heat.picture.heat is not None)
    person.press(Qt.Key.Key_5)
    table = room.versions.table
    person.until(lambda: table.rowCount() > 1 and table.isVisible())
    others = [one.id for one in reversed(room.past.versions)]
    version = next(one for one in others if one != room.past.in_use)
    cell = table.item(others.index(version), 0)
    assert cell is not None
    person.click(table.viewport(), table.visualItemRect(cell).center())
    person.click_button(room, "Restore")
    person.until(lambda: room.past.in_use == version)
    assert person.file(lambda buffer: buffer.champion_id()) == version
    return version


def act_and_export(person: Person, folder: Path) -> None:
    """Have a line written when a mug is seen, and write the samples as folders."""
    room = person.window.use
    assert room is not None
    person.show("mug")
    person.go_to("Use")
    person.click_button(room, "New action")
    person.until(lambda: QApplication.activeModalWidget() is not None)
    editor = QApplication.activeModalWidget()
    assert editor is not None
    person.click_button(editor, "Log")
    person.click_button(editor, "Choose a file")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: len(person.session.actions) == 1)
    person.until((folder / "seen.csv").exists)
    kinds = next(box for box in room.findChildren(QComboBox) if box.accessibleName() == "What to export")
    kinds.setFocus()
    while kinds.currentText() != "Samples as folders":
        person.press(Qt.Key.Key_Down)
    person.click_button(room, "Export…")
    person.until(lambda: any("is written" in label.text() for label in room.findChildren(QLabel)))


def change_appearance(person: Person) -> None:
    """Have it dark, in the preferences."""
    dialogs = person.window.dialogs
    person.press(Qt.Key.Key_Comma, CONTROL)
    person.until(lambda: dialogs.preferences is not None and dialogs.preferences.isActiveWindow())
    assert dialogs.preferences is not None
    person.click_button(dialogs.preferences, "Colours: Dark")
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: dialogs.preferences is not None and not dialogs.preferences.isVisible())
