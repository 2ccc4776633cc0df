# SPDX-License-Identifier: Apache-2.0
"""The preferences and the About dialog, as a person uses them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import start, translation
from desktop.settings import Settings
from desktop.theme import DARK, LIGHT
from desktop.views.about import About
from desktop.views.preferences import Preferences
from tests.desktop.conftest import Desk

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def preferences(desk: Desk) -> Preferences:
    desk.app.window.dialogs.can_restart = True
    desk.app.window.header.settings.click()
    assert desk.app.window.dialogs.preferences is not None
    return desk.app.window.dialogs.preferences


def press(choice: QWidget, text: str) -> None:
    button = next(button for button in choice.findChildren(QToolButton) if button.text() == text)
    button.click()


def chosen(choice: QWidget) -> list[str]:
    return [button.text() for button in choice.findChildren(QToolButton) if button.isChecked()]


def test_they_do_not_hold_up_the_window(desk: Desk, preferences: Preferences) -> None:
    assert preferences.isVisible()
    assert not preferences.isModal()
    desk.name("mug")
    desk.show()
    assert desk.learner.frames == 1


def test_colours_sounds_and_motion_change_at_once_and_are_kept(
    desk: Desk, preferences: Preferences, tmp_path: Path
) -> None:
    for colours, tokens in (("Dark", DARK), ("Light", LIGHT)):
        press(preferences.mode, colours)
        assert desk.app.theme.tokens is tokens
    sounds = []
    for choice in ("On", "Off"):
        press(preferences.sound, choice)
        sounds.append(desk.app.sounds.on)
    assert sounds == [True, False]
    press(preferences.motion, "Off")
    assert not preferences.restart_now.isVisible(), "all of this holds already"
    desk.app.settings.sync()
    settings = Settings(tmp_path / "settings.ini")
    assert (settings.theme, settings.sound, settings.motion) == ("light", False, False)


def test_what_was_set_elsewhere_meanwhile_is_shown(desk: Desk, preferences: Preferences) -> None:
    desk.app.window.menus._modes["dark"].trigger()
    assert chosen(preferences.mode) == ["Dark"]
    preferences.close()
    desk.app.settings.motion = False
    desk.app.window.dialogs.open_preferences()
    assert chosen(preferences.motion) == ["Off"]


def test_size_and_language_wait_for_the_next_start_which_can_be_now(
    desk: Desk, preferences: Preferences, qtbot: QtBot
) -> None:
    press(preferences.scale, "150 %")
    press(preferences.language, "Deutsch")
    assert preferences.restart_now.isVisible()
    assert (desk.app.settings.scale, desk.app.settings.language) == (150, "de")
    press(preferences.scale, "100 %")
    press(preferences.language, "As the system")
    assert not preferences.restart_now.isVisible(), "everything is as it was"
    press(preferences.scale, "200 %")
    with qtbot.waitSignal(desk.app.window.closing):
        preferences.restart_now.click()
    assert desk.app.wants_restart
    assert desk.app.session is None, "the project is closed, and all of it on the disk"
    assert not preferences.isVisible()


def test_the_new_process_has_the_project_that_was_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "desktop", "old.showtell", "--camera", "demo"])
    monkeypatch.setattr(sys, "argv", ["desktop/__main__.py", "old.showtell", "--camera", "demo"])
    monkeypatch.setattr(os, "execv", lambda _program, command: started.append(command))
    start.start_anew(tmp_path / "new.showtell", tmp_path / "seer.keras", "cpu")
    assert started == [
        [
            *(sys.executable, "-m", "desktop", str(tmp_path / "new.showtell")),
            *("--backbone", str(tmp_path / "seer.keras"), "--device", "cpu"),
        ]
    ]


@pytest.mark.parametrize("scale", [125, 200])
def test_everything_is_as_large_as_was_chosen(tmp_path: Path, scale: int) -> None:
    settings = tmp_path / "settings.ini"
    script = (
        "import os, sys; from pathlib import Path\n"
        "from desktop.start import start_qt; from desktop.settings import Settings\n"
        "settings = Settings(Path(sys.argv[1])); settings.scale = int(sys.argv[2])\n"
        "qt = start_qt(settings); print(qt.devicePixelRatio(), 'QT_SCALE_FACTOR' in os.environ)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(settings), str(scale)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(scale / 100), "False"]


def test_a_key_is_chosen_by_pressing_it(desk: Desk, preferences: Preferences, qtbot: QtBot) -> None:
    page, keys = preferences.keys, desk.app.window.shortcuts
    edit = page.edits["redo"]
    with qtbot.waitSignal(keys.changed, timeout=5000):  # the field waits a second for more of the same
        qtbot.keyClick(edit, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert keys.sequences("redo") == [QKeySequence("Ctrl+P")]
    assert keys.sequences("pause") == []
    assert "Pause learning" in page.said.text(), "who has lost it is told"
    assert page.edits["pause"].keySequence().isEmpty()
    page.undo.click()
    assert keys.is_default("redo")
    assert keys.is_default("pause")
    assert page.edits["pause"].keySequence() == QKeySequence("Ctrl+P")


def test_the_digits_are_the_classes(desk: Desk, preferences: Preferences) -> None:
    page, keys = preferences.keys, desk.app.window.shortcuts
    page.edits["new_class"].setKeySequence(QKeySequence("3"))
    page.edits["new_class"].editingFinished.emit()
    assert keys.is_default("new_class")
    assert page.edits["new_class"].keySequence() == QKeySequence("N")
    assert "digits" in page.said.text()


def test_a_key_is_taken_away_and_everything_reset(desk: Desk, preferences: Preferences) -> None:
    page, keys = preferences.keys, desk.app.window.shortcuts
    assert not page.reset_all.isEnabled()
    page.edits["quit"].clear()
    page.edits["quit"].editingFinished.emit()
    assert keys.sequences("quit") == []
    assert page.resets["quit"].isVisibleTo(page)
    page.resets["quit"].click()
    assert keys.sequences("quit") == [QKeySequence("Ctrl+Q")]
    page.edits["undo"].setKeySequence(QKeySequence("F5"))
    page.edits["undo"].editingFinished.emit()
    page.reset_all.click()
    assert keys.is_default("undo")
    assert not page.reset_all.isEnabled()


@pytest.mark.parametrize(
    ("language", "system", "installed"), [("de", "fr_FR", True), ("system", "de_DE", True), ("en", "de_DE", False)]
)
def test_words_are_in_the_language_that_was_chosen(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, system: str, installed: bool
) -> None:
    source = tmp_path / "showtell_de.ts"
    source.write_text(
        '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="de"><context><name>Test</name><message>'
        "<source>Good day</source><translation>Guten Tag</translation></message></context></TS>",
        encoding="utf-8",
    )
    subprocess.run(
        [str(Path(sys.executable).with_name("pyside6-lrelease")), str(source), "-qm", str(tmp_path / "showtell_de.qm")],
        check=True,
        capture_output=True,
    )
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    parent = QApplication.instance()
    assert parent is not None
    before = parent.children()
    assert translation.install(parent, language, tmp_path) is installed  # type: ignore[arg-type]
    try:
        words = QCoreApplication.translate("Test", "Good day"), _yes()
        assert words == (("Guten Tag", "&Ja") if installed else ("Good day", "&Yes"))
    finally:
        for made in parent.children():
            if made not in before and isinstance(made, QTranslator):
                parent.removeTranslator(made)
                made.deleteLater()


def _yes() -> str:
    return QCoreApplication.translate("QPlatformTheme", "&Yes")


def test_about_says_what_it_is_made_of_and_copies_nothing_of_a_project(desk: Desk) -> None:
    desk.name("secret thing")
    desk.app.window.menus.about.emit()
    about = desk.app.window.dialogs.about
    assert isinstance(about, About)
    desk.until(lambda: not about._next.isActive())
    rows = [about.list.topLevelItem(row) for row in range(about.list.topLevelItemCount())]
    parts = {row.text(0): (row.text(1), row.text(2)) for row in rows if row is not None}
    assert {"PySide6_Essentials", "numpy", "Python", "tensorflow"} <= set(parts)
    assert "LGPL" in parts["PySide6_Essentials"][1]
    assert all(version and licence for version, licence in parts.values())
    assert list(parts) == sorted(parts, key=str.casefold)
    words = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "stays on this computer" in words
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert re.search(r"Showtell \S+\nPython \d", copied)
    assert "secret" not in copied
    assert str(Path.home()) not in copied
    about.close_button.click()
    assert not about.isVisible()
