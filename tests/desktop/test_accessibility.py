# SPDX-License-Identifier: Apache-2.0
"""Everything that can be used has a name, a tooltip with its key, and is reached by Tab, in every room and dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.crash_dialog import CrashDialog
from desktop.views.key_help import KeyHelp
from desktop.views.notices import Cause
from desktop.views.room import Room
from learner.buffer.keeping import Reason
from tests.desktop.accessible import complaints, controls, tabbed_through
from tests.desktop.conftest import Desk


def welcome(desk: Desk) -> QWidget:
    desk.app.window.show_welcome()
    return desk.app.window


def teach(desk: Desk) -> QWidget:
    return _room(desk, desk.teach)


def recording(desk: Desk) -> QWidget:
    return _room(desk, desk.teach, "R")


def limit(desk: Desk) -> QWidget:
    return _room(desk, desk.teach, "U")


def review(desk: Desk) -> QWidget:
    return _room(desk, desk.app.window.review)


def picked(desk: Desk) -> QWidget:
    review(desk)
    room = desk.app.window.review
    assert room is not None
    desk.until(lambda: len(desk.session.samples.catalogue) == 4)
    desk.until(lambda: room.press_key("D") and room.grid.current_id is not None)
    return desk.app.window


def _insight(section: int) -> Callable[[Desk], QWidget]:
    return lambda desk: _room(desk, desk.app.window.insight, str(section))


def use(desk: Desk) -> QWidget:
    return _room(desk, desk.app.window.use)


def served(desk: Desk) -> QWidget:
    serving = desk.app.window.serving
    assert serving is not None
    serving.start()
    desk.until(lambda: serving.is_on)
    return use(desk)


def _room(desk: Desk, room: Room | None, key: str = "") -> QWidget:
    assert room is not None
    desk.app.window.open_room(room)
    assert not key or room.press_key(key)
    return desk.app.window


def notice(desk: Desk) -> QWidget:
    desk.notices.say(Cause.ACT, "Title", "Message", [("Do it", "Does it", lambda: None)])
    return desk.app.window


def new_class(desk: Desk) -> QWidget:
    desk.teach.classes.ask_for_name()
    return desk.app.window


def state(desk: Desk) -> QWidget:
    desk.app.window.pill.click()
    return desk.app.window.pill.details


def key_help(desk: Desk) -> QWidget:
    desk.app.window.menus.keys.emit()
    shown = desk.app.window.findChild(KeyHelp)
    assert isinstance(shown, KeyHelp)
    return shown


def _preferences(section: int) -> Callable[[Desk], QWidget]:
    def open_section(desk: Desk) -> QWidget:
        window = desk.app.window
        window.dialogs.can_restart = True
        window.dialogs.open_preferences()
        assert window.dialogs.preferences is not None
        desk.app.settings.scale = 150
        window.shortcuts.choose("undo", [QKeySequence("F5")])
        window.dialogs.preferences._show()
        window.dialogs.preferences.sections.setCurrentRow(section)
        return window.dialogs.preferences

    return open_section


def about(desk: Desk) -> QWidget:
    desk.app.window.menus.about.emit()
    assert desk.app.window.dialogs.about is not None
    return desk.app.window.dialogs.about


def backups(desk: Desk) -> QWidget:
    with desk.qtbot.waitSignal(desk.session.keeper.made, timeout=20_000):
        desk.session.keeper.keep(Reason.ASKED)
    desk.app.window.menus.list_backups.trigger()
    dialog = desk.app.window.dialogs.backups
    assert dialog is not None
    desk.until(dialog.back.isEnabled)
    return dialog


def crash(desk: Desk) -> QWidget:
    dialog = CrashDialog("what broke", Path("report.txt"), over=True, can_restart=True, parent=desk.app.window)
    dialog.open()
    return dialog


PLACES: dict[str, Callable[[Desk], QWidget]] = {
    "welcome": welcome,
    "teach": teach,
    "how to record": recording,
    "when to say unknown": limit,
    "review": review,
    "a picked sample": picked,
    "insight: progress": _insight(1),
    "insight: mix-ups": _insight(2),
    "insight: map": _insight(3),
    "insight: looks": _insight(4),
    "insight: versions": _insight(5),
    "use": use,
    "use while others can ask": served,
    "a notice": notice,
    "a new class": new_class,
    "the learner's state": state,
    "keys": key_help,
    "preferences: appearance": _preferences(0),
    "preferences: language": _preferences(1),
    "preferences: keys": _preferences(2),
    "preferences: learning": _preferences(3),
    "preferences: backups": _preferences(4),
    "preferences: privacy": _preferences(5),
    "backups": backups,
    "about": about,
    "a crash": crash,
}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A project with two classes and a few samples of each."""
    for name in ("mug", "key"):
        desk.name(name)
    for info in list(desk.session.model.classes):
        for shade in (60, 120):
            desk.show(shade)
            with desk.qtbot.waitSignal(desk.session.recorder.finished):
                desk.session.record(info)
                desk.session.recorder.stop()
    return desk


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.replace(" ", "-"))
def test_everything_has_a_name_a_tooltip_and_is_reached_by_tab(filled: Desk, qtbot: QtBot, place: str) -> None:
    root = PLACES[place](filled)
    if root.windowType() is not Qt.WindowType.Popup:
        with qtbot.waitActive(root):
            root.activateWindow()
    qtbot.wait(50)  # what a room makes when it is entered, it makes when the event loop turns
    found = complaints(root)
    root.close() if root is not filled.app.window else None
    assert not found, "\n" + "\n".join(found)


def test_the_walk_notices_what_is_missing(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    row = QHBoxLayout(root)
    good, nameless, silent, skipped, field = (
        QPushButton("Good"),
        QToolButton(),
        QPushButton("Go"),
        QPushButton(),
        QLineEdit(),
    )
    good.setToolTip("Does good")
    nameless.setToolTip("What is it called?")
    nameless.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    silent.setToolTip("Goes")
    silent.setShortcut(QKeySequence("Ctrl+G"))
    skipped.setAccessibleName("Skipped")
    skipped.setToolTip("Cannot be reached")
    skipped.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    field.setAccessibleName("Field")
    hidden = QPushButton()
    for widget in (good, nameless, silent, skipped, field, hidden):
        row.addWidget(widget)
    hidden.hide()
    with qtbot.waitActive(root):
        root.show()
        root.activateWindow()
    assert hidden not in controls(root)
    assert [complaint.partition(": ")[2] for complaint in complaints(root)] == [
        "QToolButton “” has no accessible name",
        "QPushButton “Go” has the key Ctrl+G, and its tooltip does not say so",
        "QLineEdit “Field” has no tooltip",
        "QPushButton “Skipped” is not reached by Tab",
    ]


def test_the_walk_notices_what_keeps_the_focus(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    row = QHBoxLayout(root)
    for widget in (QPlainTextEdit(), QPushButton("After it")):
        row.addWidget(widget)
    with qtbot.waitActive(root):
        root.show()
        root.activateWindow()
    with pytest.raises(AssertionError, match=r"QPlainTextEdit .* keeps the focus"):
        list(tabbed_through(root))
