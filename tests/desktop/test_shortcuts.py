# SPDX-License-Identifier: Apache-2.0
"""Keys that a person has chosen: they hold everywhere at once, are kept, and never mean two things."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.keys import meant, written
from desktop.settings import Settings
from desktop.shortcuts import EVERYWHERE, REVIEW, TEACH, Shortcuts, is_of_a_class, shortcuts
from desktop.views.key_help import KeyHelp
from tests.desktop.conftest import Desk

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def keys(qtbot: QtBot, tmp_path: Path) -> Shortcuts:
    return Shortcuts(Settings(tmp_path / "settings.ini"))


def pressed(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


def sequence(text: str) -> QKeySequence:
    return QKeySequence(text, QKeySequence.SequenceFormat.PortableText)


@pytest.mark.parametrize("one", shortcuts(), ids=lambda one: one.name)
def test_no_key_means_two_things_from_the_start(keys: Shortcuts, one: object) -> None:
    name = str(getattr(one, "name", ""))
    assert keys.sequences(name)
    for key in keys.sequences(name):
        assert keys.holders(name, key) == []
        assert not is_of_a_class(key)


@pytest.mark.parametrize("one", [one for one in shortcuts() if one.where != EVERYWHERE], ids=lambda one: one.name)
def test_a_room_can_tell_the_keys_that_are_its_own(one: object) -> None:
    default = sequence(str(getattr(one, "default", "")).partition("; ")[0])
    assert written(default), "rooms are told of keys pressed without Ctrl and Alt alone"


@pytest.mark.parametrize(
    ("key", "text", "name"),
    [
        (Qt.Key.Key_Return, "\r", "Return"),
        (Qt.Key.Key_Delete, "\x7f", "Del"),
        (Qt.Key.Key_Escape, "\x1b", "Esc"),
        (Qt.Key.Key_N, "n", "N"),
        (Qt.Key.Key_N, "N", "Shift+N"),
        (Qt.Key.Key_Space, " ", "Space"),
    ],
)
def test_what_a_key_writes_is_what_is_meant_by_it(key: Qt.Key, text: str, name: str) -> None:
    assert written(sequence(name)) == meant(pressed(key, text))


def test_a_chosen_key_is_kept_and_given_back(tmp_path: Path, keys: Shortcuts) -> None:
    heard: list[bool] = []
    keys.changed.connect(lambda: heard.append(True))
    keys.choose("pause", [sequence("Ctrl+,")])
    assert keys.text("preferences") == "", "who had it has lost it"
    assert heard
    again = Shortcuts(Settings(tmp_path / "settings.ini"))
    assert again.sequences("pause") == [sequence("Ctrl+,")]
    assert again.sequences("preferences") == []
    assert again.tooltip("Set things", "preferences") == "Set things"
    again.reset("pause", "preferences")
    assert again.text("pause") == sequence("Ctrl+P").toString(QKeySequence.SequenceFormat.NativeText)
    assert Settings(tmp_path / "settings.ini").shortcuts == {}


def test_rooms_may_share_a_key_and_what_holds_everywhere_may_not(keys: Shortcuts) -> None:
    keys.choose("new_class", [sequence("D")])
    assert keys.sequences("next_sample") == [sequence("D")], "it is another room's"
    keys.choose("undo", [sequence("D")])
    assert keys.sequences("next_sample") == []
    assert keys.sequences("new_class") == []


def test_a_room_hears_the_key_it_knows(keys: Shortcuts) -> None:
    keys.choose("next_sample", [sequence("F")])
    keys.choose("delete", [sequence("Ctrl+Backspace")])
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_F, "f")) == "D"
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_D, "d")) == "", "it was moved elsewhere"
    assert keys.default_key(TEACH, pressed(Qt.Key.Key_D, "d")) == "D", "the other room knows nothing of it"
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_Delete, "\x7f")) == ""
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_Backspace, "\b")) == "", "nor does what it had besides"
    control = Qt.KeyboardModifier.ControlModifier
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_Backspace, "\b", control)) == "\x7f"
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_S, "\x13", control)) == ""
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_3, "3")) == "3"


def test_two_keys_that_change_places(keys: Shortcuts) -> None:
    keys.choose("next_sample", [sequence("A")])
    keys.choose("previous_sample", [sequence("D")])
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_A, "a")) == "D"
    assert keys.default_key(REVIEW, pressed(Qt.Key.Key_D, "d")) == "A"


def test_settings_that_make_no_sense_are_as_none(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.shortcuts = {"pause": "Ctrl+,", "what was there once": "F9", "undo": ""}
    keys = Shortcuts(settings)
    assert keys.sequences("pause") == [sequence("Ctrl+,")]
    assert keys.sequences("undo") == []


def test_the_window_obeys_another_key_at_once(desk: Desk, qtbot: QtBot) -> None:
    window = desk.app.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.shortcuts.choose("pause", [sequence("F8")])
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not window.menus.pause.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.menus.pause.isChecked()
    window.shortcuts.choose("review", [sequence("F7")])
    assert "F7" in window.header.doors[1].toolTip()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    desk.until(lambda: window.room is window.review)


def test_the_room_obeys_another_key_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.app.window.shortcuts.choose("new_class", [sequence("J")])
    qtbot.keyClick(desk.teach, Qt.Key.Key_N)
    assert not desk.teach.classes._name.isVisibleTo(desk.teach)
    qtbot.keyClick(desk.teach, Qt.Key.Key_J)
    assert desk.teach.classes._name.isVisibleTo(desk.teach)


@pytest.mark.parametrize("key", ["F1", "?"])
def test_a_question_mark_lists_the_keys_of_the_room(desk: Desk, qtbot: QtBot, key: str) -> None:
    window = desk.app.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.shortcuts.choose("new_class", [sequence("J")])
    QTest.keySequence(window, sequence(key))
    (shown,) = window.findChildren(KeyHelp)
    words = [label.text() for label in shown.findChildren(QLabel)]
    assert words.index("New class") == words.index("J") + 1
    assert "Next sample" not in words, "it is another room's"
    with qtbot.waitSignal(shown.destroyed):
        qtbot.keyClick(shown, Qt.Key.Key_F1)
