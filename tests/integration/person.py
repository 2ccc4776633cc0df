# SPDX-License-Identifier: Apache-2.0
"""A person at the window: a keyboard and a mouse, and eyes that count the frames."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.learner_status import Phase
from desktop.session import Session
from learner.buffer import Buffer
from learner.camera import DemoSource, Frame
from tests.desktop.watchdog import Watchdog

PATIENCE = 120_000

Result = TypeVar("Result")


class Picture(QObject):
    """Counts the frames that come from the camera, and those of them that the widget paints."""

    def __init__(self, app: App, widget: QWidget) -> None:
        super().__init__(widget)
        self.came = self.painted = 0
        self.seconds = 0.0
        self._counts = self._is_new = False
        widget.installEventFilter(self)
        app.camera.frame.connect(self._take)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count what comes and is painted meanwhile."""
        began, self._counts = time.monotonic(), True
        yield
        self._counts = False
        self.seconds += time.monotonic() - began

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
