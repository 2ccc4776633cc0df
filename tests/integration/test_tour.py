# SPDX-License-Identifier: Apache-2.0
"""A tour of the app by mouse and keys, with the real learner and a real file, while a watchdog watches the window.

Three things are taught and told apart, a wrong label is put right, a recording is deleted and brought back, an older
version is put in use again, an action is made, the samples are exported. Then the file has to say the same.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import SETTING, WriteLog, read_book
from desktop.app import App
from desktop.learner_bridge import Phase
from desktop.session import Session
from desktop.settings import Settings
from learner.buffer import Buffer
from learner.camera import DemoSource, Frame
from tests.desktop.watchdog import Watchdog, thread_clock
from tests.qt import needs_qt

pytestmark = [needs_qt, pytest.mark.slow, pytest.mark.timeout(400)]

THINGS = ("mug", "duck", "scissors")
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
FIRST, FURTHER, RECORDINGS = 10, 3, 6
"""Samples in a thing's first recording and in each later one. Of six, one is kept aside to measure with, or more."""
PATIENCE = 120_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SMOOTH = 25.0
"""Frames a second, of the thirty that come. A machine that has other things to do loses some of them."""

Result = TypeVar("Result")
Labels = dict[int, int | None]


class Picture(QObject):
    """Counts the frames that come from the camera, and those of them that the widget paints.

    Time in which the window's thread was ready and had no processor does not count.
    """

    def __init__(self, app: App, widget: QWidget) -> None:
        super().__init__(widget)
        self.came = self.painted = 0
        self.seconds = 0.0
        self._counts = self._is_new = False
        self._clock = thread_clock()
        widget.installEventFilter(self)
        app.camera.frame.connect(self._take)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count what comes and is painted meanwhile."""
        began, self._counts = self._clock(), True
        yield
        ended, self._counts = self._clock(), False
        self.seconds += (ended.now - ended.unserved) - (began.now - began.unserved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count a frame when it is painted for the first time."""
        if event.type() == QEvent.Type.Paint and self._is_new:
            self._is_new = False
            self.painted += self._counts
        return False

    def _take(self, _: Frame) -> None:
        self._is_new = True
        self.came += self._counts


class Person(QObject):
    """Keys go to the window that has the focus, clicks to whatever lies where they fall."""

    def __init__(self, qtbot: QtBot, app: App, dog: Watchdog) -> None:
        super().__init__()
        self.app = app
        self.window = app.window
        self._qtbot = qtbot
        self._dog = dog

    @property
    def session(self) -> Session:
        assert self.app.session is not None
        return self.app.session

    def show(self, thing: str) -> None:
        """Put a thing on the desk, and see it there."""
        source = self.app.camera.source
        assert isinstance(source, DemoSource)
        source.show(thing)
        self.until(lambda: source.showing == thing)
        for _ in range(2):  # the frame that is on its way may be of what lay there before
            with self._qtbot.waitSignal(self.app.camera.frame, timeout=PATIENCE):
                pass

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self._front(), key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClick(self._front(), letter)

    @contextmanager
    def holding(self, key: Qt.Key) -> Iterator[None]:
        self._qtbot.keyPress(self._front(), key)
        yield
        self._qtbot.keyRelease(self._front(), key)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into the middle of a widget, or at a point of it."""
        at = at or widget.rect().center()
        assert widget.isEnabled(), f"{widget.accessibleName()} is not enabled"
        assert widget.visibleRegion().contains(at), f"{widget.accessibleName()} is out of sight"
        window = widget.window()
        self._qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, at))

    def click_button(self, inside: QWidget, name: str) -> None:
        """Click the button that is called so."""
        buttons = inside.findChildren(QAbstractButton)
        found = [one for one in buttons if one.accessibleName() == name and one.isVisible()]
        assert len(found) == 1, f"{len(found)} buttons are called {name}"
        self.click(found[0])

    def go_to(self, door: str) -> None:
        """Go through one of the doors."""
        self.click_button(self.window.header, door)

    def choose(self, button: QWidget, text: str) -> None:
        """Open a button's menu and choose the first entry that begins with this text."""
        chosen: list[str] = []

        def look() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                looking.stop()
                action = next(one for one in menu.actions() if one.text().startswith(text))
                chosen.append(action.text())
                self.click(menu, menu.actionGeometry(action).center())

        looking = QTimer()  # since the menu has an event loop of its own
        looking.timeout.connect(look)
        looking.start(10)
        self.click(button)
        self.until(lambda: bool(chosen))

    def until(self, check: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(check, timeout=PATIENCE)

    def until_learned(self) -> None:
        """Wait until everything there is has been learned."""
        learner, model = self.session.learner, self.session.model
        self.until(lambda: learner.status.learned_total == model.total and learner.status.phase is Phase.READY)

    def file(self, look: Callable[[Buffer], Result]) -> Result:
        """Look into the file from outside."""
        with self._dog.aside(), Buffer.open(self.session.path, read_only=True) as buffer:
            return look(buffer)

    def until_done(self) -> None:
        """Wait until what was done is on the disk."""
        self.until(lambda: self.session.undo_text is not None)

    def _front(self) -> QWindow:
        front = QGuiApplication.focusWindow()
        if front is None or not front.isVisible():
            # Nobody manages windows here, so the focus does not come back from a menu that has closed.
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
            front = self.window.windowHandle()
        return front


def labels(buffer: Buffer) -> Labels:
    """Return the class of each sample that is not deleted."""
    return {sample.id: sample.class_id for sample in buffer.samples()}


def test_tour(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "seen.csv"), ""))
    project = tmp_path / "desk.showtell"
    app = App(Settings(tmp_path / "settings.ini"))
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
    change_appearance(person)
    person.press(Qt.Key.Key_Q, CONTROL)
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
    assert len(after) == len(before) + 1 == total + 2
    (wrong,) = set(after) - set(before)
    mug, duck = model.named("mug"), model.named("duck")
    assert mug is not None
    assert duck is not None
    assert after[wrong] == mug.id

    person.go_to("Review")
    grid = window.review.grid
    person.until(lambda: len(grid.cells) == len(after))
    person.click(grid.viewport(), grid.cell_rect(0).center())
    assert grid.current_id == wrong, "the newest comes first"
    person.press(Qt.Key.Key_2)
    person.until_done()
    assert person.file(labels) == {**after, wrong: duck.id}
    return {**after, wrong: duck.id}


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
    person.click_button(room, "Write the samples as folders")
    person.until(lambda: any("pictures are in" in label.text() for label in room.findChildren(QLabel)))


def change_appearance(person: Person) -> None:
    """Have it dark, in the preferences."""
    dialogs = person.window.dialogs
    person.press(Qt.Key.Key_Comma, CONTROL)
    person.until(lambda: dialogs.preferences is not None and dialogs.preferences.isActiveWindow())
    assert dialogs.preferences is not None
    person.click_button(dialogs.preferences, "Colours: Dark")
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: dialogs.preferences is not None and not dialogs.preferences.isVisible())
