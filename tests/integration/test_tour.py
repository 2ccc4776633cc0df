# SPDX-License-Identifier: Apache-2.0
"""A tour of the whole app by mouse and keys, with the real learner and a real file, while a watchdog watches the window.

Three things are taught and told apart, a wrong label is put right, a recording is deleted and brought back, an older
version is put in use again, an action is made, the samples are exported. Then the file has to say the same.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import SETTING, WriteLog, read_book
from desktop.app import App
from desktop.learner_bridge import Phase
from desktop.session import Session
from desktop.settings import Settings
from learner.buffer import Buffer
from learner.camera import DemoSource, Frame
from learner.config import LearnerConfig
from tests.desktop.watchdog import Watchdog, thread_clock
from tests.qt import needs_qt

pytestmark = [needs_qt, pytest.mark.slow, pytest.mark.timeout(300)]

THINGS = ("mug", "duck", "scissors")
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
TAKE = 10
PATIENCE = 60_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SECTIONS = 5

Result = TypeVar("Result")


class Picture(QObject):
    """Counts the frames that came from the camera, and those of them that a widget has painted."""

    def __init__(self, app: App, widget: QWidget) -> None:
        super().__init__(widget)
        self.came = self.painted = 0
        self.seconds = self.stood = 0.0
        self._counts = self._fresh = False
        self._clock = thread_clock()
        self._last = self._clock()
        widget.installEventFilter(self)
        app.camera.frame.connect(self._take)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count within."""
        self._counts, self._last = True, self._clock()
        yield
        self._pass()
        self._counts = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count a frame that is painted for the first time."""
        if event.type() == QEvent.Type.Paint and self._fresh:
            self._fresh = False
            self.painted += self._counts
            self._pass()
        return False

    def _take(self, _: Frame) -> None:
        self._fresh = True
        self.came += self._counts

    def _pass(self) -> None:
        now = self._clock()
        if self._counts:
            self.seconds += now.now - self._last.now
            self.stood += now.stood(self._last)
        self._last = now


class Person:
    """Keys go to the window that has the focus, clicks to whatever lies where they fall."""

    def __init__(self, qtbot: QtBot, app: App, dog: Watchdog) -> None:
        self.app = app
        self.window = app.window
        self._qtbot = qtbot
        self._dog = dog
        self._frames = 0
        app.camera.frame.connect(self._take_frame)

    @property
    def session(self) -> Session:
        assert self.app.session is not None
        return self.app.session

    def show(self, thing: str) -> None:
        """Put a thing on the desk."""
        source = self.app.camera.source
        assert isinstance(source, DemoSource)
        source.show(thing)
        self.until(lambda: source.showing == thing)
        newest = self._frames
        self.until(lambda: self._frames > newest + 1)

    def _take_frame(self, _: Frame) -> None:
        self._frames += 1

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
        self.until(lambda: self.session.learner.status.learned_total == self.session.model.total)

    def file(self, look: Callable[[Buffer], Result]) -> Result:
        """Look into the file from outside."""
        with self._dog.aside(), Buffer.open(self.session.path, read_only=True) as buffer:
            return look(buffer)

    def until_file(self, check: Callable[[Buffer], bool]) -> None:
        self.until(lambda: self.file(check))


    def _front(self) -> QWindow:
        front = QGuiApplication.focusWindow()
        if front is None or not front.isVisible():
            # Nobody manages windows here, so the focus does not come back from a menu that has closed.
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
            front = self.window.windowHandle()
        return front


def labels(buffer: Buffer) -> dict[int, int | None]:
    """Return the class of every living sample."""
    return {sample.id: sample.class_id for sample in buffer.samples()}

def T(what, t0=[time.monotonic()]):
    print(f"{time.monotonic()-t0[0]:6.1f}", what, flush=True); t0[0]=time.monotonic()

def test_tour(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "seen.csv"), ""))
    app = App(Settings(tmp_path / "settings.ini"), LearnerConfig(device="cpu"))
    app.sounds.on = False
    app.window.resize(1280, 800)
    qtbot.addWidget(app.window)
    T("made")
    with Watchdog(0.06) as dog:
        person = Person(qtbot, app, dog)
        app.start(tmp_path / "desk.showtell", "demo")
        def D(what):
            dog.beat()
            T(f"{what}   longest {1000*dog.longest:.0f}"); dog.longest=0
        try:
            teach(person)
            D("taught")
            correct(person, D)
            look_at_insight(person, D)
            use(person, tmp_path, D)
            change_appearance(person)
            D("pref")
        finally:
            print(person.session.learner.status, person.session.model.total)
            app.window.grab().save("/tmp/t18/tour.png")
            for s in dog.stalls: print(s)
        expected = person.file(labels), person.session.learner.status.version_id
    person.press(Qt.Key.Key_Q, CONTROL)
    assert app.window.isHidden()
    T("closed")


def teach(person: Person) -> None:
    window = person.window
    person.until(lambda: window.teach is not None and window.teach.camera.has_picture)
    T("picture")
    person.session.learner.learned.connect(lambda i: T(f"   learned {i.kind} {i.total_samples} {i.seconds}"))
    person.session.learner.failed.connect(lambda *a: print("FAILED", a))
    person.session.failed.connect(lambda *a: print("FAILED", a))
    last=[None]
    def st(s):
        if 0 and (s.phase, s.detail)!=last[0]: last[0]=(s.phase,s.detail); T(f"   {s.phase} {s.detail}")
    person.session.learner.status_changed.connect(st)
    assert window.teach is not None
    room, model = window.teach, person.session.model
    picture = Picture(person.app, room.camera)
    for thing, digit in zip(THINGS, DIGITS, strict=True):
        person.show(thing)
        person.press(Qt.Key.Key_N)
        person.type(thing)
        person.press(Qt.Key.Key_Return)
        person.until(lambda thing=thing: model.named(thing) is not None)
        with picture.counting(), person.holding(digit):
            person.until(lambda thing=thing: model.named(thing).count >= TAKE)
    T("recorded")
    with picture.counting():
        person.until_learned()
    T("learned")
    for thing in THINGS:
        person.show(thing)
        person.until(lambda thing=thing: room.answer.answer == thing)
        T("seen")
    for again in range(1, 6):
        for thing, digit in zip(THINGS, DIGITS, strict=True):
            person.show(thing)
            with picture.counting(), person.holding(digit):
                person.until(lambda thing=thing: model.named(thing).count >= TAKE+again*3)
    T("recorded")
    with picture.counting():
        person.until_learned()
    print(picture.came, picture.painted, picture.painted/picture.seconds, picture.painted/picture.stood)


def correct(person: Person, D) -> None:
    window, model = person.window, person.session.model
    before = person.file(labels)
    person.show("duck")
    person.until(lambda: window.teach.answer.answer == "duck")
    person.press(Qt.Key.Key_1)
    mug, duck = model.named("mug"), model.named("duck")
    person.until(lambda: model.total == len(before) + 1)
    wrong, = set(person.file(labels)) - set(before)
    assert person.file(labels)[wrong] == mug.id
    D("wrong")
    import traceback
    def fc(a,b):
        print("FOCUS", a, "->", b)
    QApplication.instance().focusChanged.connect(fc)
    person.click(window.header.doors[1])
    grid = window.review.grid
    D("click")
    person.until(lambda: grid.cells is not None and len(grid.cells) == len(before) + 1)
    D("review")
    person.click(grid.viewport(), grid.cell_rect(0).center())
    assert grid.current_id == wrong
    person.press(Qt.Key.Key_2)
    person.until_file(lambda buffer: labels(buffer)[wrong] == duck.id)
    D("relabelled")
    person.choose(window.review.filters.by_recording, "scissors")
    person.until(lambda: 0 < len(grid.cells) < 2 * TAKE)
    recording = set(grid.cells.sample_ids.tolist())
    all_ = set(person.file(labels))
    D("chosen")
    print(QGuiApplication.focusWindow(), window.windowHandle(), QApplication.focusWidget(), QApplication.activeWindow(), QApplication.activePopupWidget(), window.focusWidget(), window.isActiveWindow())
    person.press(Qt.Key.Key_A, CONTROL)
    person.press(Qt.Key.Key_Delete)
    person.until_file(lambda buffer: set(labels(buffer)) == all_ - recording)
    person.until(lambda: len(grid.cells) == 0)
    D("deleted")
    person.press(Qt.Key.Key_Z, CONTROL)
    person.until_file(lambda buffer: set(labels(buffer)) == all_)
    person.until(lambda: len(grid.cells) == len(recording))
    D("undone")
    history = window.review.history
    for row in (0, 1):
        person.click_button(window.review, "History")
        person.until(lambda: history.isVisible() and history.list.count() > 2)
        item = history.list.item(row)
        print(item.text())
        person.click(history.list.viewport(), history.list.visualItemRect(item).center())
        want = all_ - recording if row == 0 else all_
        person.until_file(lambda buffer: set(labels(buffer)) == want)
        person.press(Qt.Key.Key_Escape)
        person.until(lambda: not history.isVisible() and (len(grid.cells) == 0) == (row == 0))
    D("history")
    person.click_button(window.review, "Clear the filters")
    person.until(lambda: len(grid.cells) == len(all_))
    D("clear")


def look_at_insight(person: Person, D) -> None:
    window = person.window
    person.click(window.header.doors[2])
    D("insight clicked")
    room = window.insight
    person.until(lambda: bool(room.verdict.sentence.text()) and room.curves is not None and bool(room.past.versions))
    print(room.verdict.sentence.text())
    D("insight")
    for n in range(5):
        person.press(Qt.Key(Qt.Key.Key_1 + n))
        if n == 2: person.until(lambda: room.map is not None and bool(room.map.plot.drawn))
        if n == 3:
            person.press(Qt.Key.Key_W)
            person.until(lambda: room.heat.picture.heat is not None)
        D(f"section {n}")
    print([ (v.id, v.kind) for v in room.past.versions], room.past.in_use)
    table = room.versions.table
    person.until(lambda: table.rowCount() > 1)
    D("versions")
    person.click(table.viewport(), table.visualItemRect(table.item(1,0)).center())
    version = room.versions.chosen[0].id
    print(version)
    person.click_button(room, "Restore")
    person.until_file(lambda buffer: buffer.champion_id() == version)
    D("restored")


def use(person: Person, tmp_path, D) -> None:
    window = person.window
    person.show("mug")
    person.click(window.header.doors[3])
    D("use clicked")
    room = window.use
    person.until(lambda: bool(room.cards))
    person.click_button(room, "New action")
    person.until(lambda: QApplication.activeModalWidget() is not None)
    editor = QApplication.activeModalWidget()
    D("editor")
    person.click_button(editor, "Log")
    person.click_button(editor, "Choose a file")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: bool(person.session.actions))
    D("action")
    person.until(lambda: (tmp_path / "seen.csv").exists())
    D("seen")
    person.click_button(room, "Write the samples as folders")
    person.until(lambda: any((tmp_path/p).is_dir() for p in tmp_path.iterdir()))
    person.until(lambda: (tmp_path/"desk samples").is_dir())
    D("export")


def change_appearance(person: Person) -> None:
    window = person.window
    person.press(Qt.Key.Key_Comma, CONTROL)
    person.until(lambda: window.dialogs.preferences is not None and window.dialogs.preferences.isActiveWindow())
    preferences = window.dialogs.preferences
    person.click_button(preferences, "Colours: Dark")
    assert person.app.theme.mode == "dark"
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: not preferences.isVisible() and window.isActiveWindow())
