# SPDX-License-Identifier: Apache-2.0
"""The Use room, by the controls a person has."""

from __future__ import annotations

import contextlib
import io
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QFileDialog, QLineEdit, QWidget

from desktop.actions import Action, FillScreen, PlaySound, RunCommand, WriteLog
from desktop.views.use.action_editor import ActionEditor
from desktop.views.use.actions_card import ActionsCard
from desktop.views.use.deed_pages import CommandPage, LogPage, ScreenPage, SoundPage
from desktop.views.use.export_card import ExportCard
from desktop.views.use.script_card import ScriptCard
from learner.errors import NothingLearned
from learner.messages import Predicted
from learner.types import Prediction
from tests.desktop import use_room
from tests.desktop.conftest import Desk
from tests.learner.fakes import picture


class Use(use_room.Use):
    """The room, and what is done with actions."""

    @property
    def actions(self) -> ActionsCard:
        return self.card(ActionsCard)

    def editor(self) -> ActionEditor:
        self.click(self.actions.add)
        assert self.actions.editor
        return self.actions.editor

    def choose(self, editor: ActionEditor, kind: type[QWidget]) -> None:
        place = next(place for place in range(4) if isinstance(editor.pages.widget(place), kind))
        self.click(editor.kinds[place])

    def save(self, editor: ActionEditor) -> Action:
        before = len(self.desk.session.actions)
        self.click(editor.save)
        self.desk.until(lambda: len(self.desk.session.actions) > before)
        return self.desk.session.actions[-1]

    def answer(self, name: str, *, unknown: bool = False) -> None:
        other = next(one for one in self.ids if one != name)
        shares = {name: 0.95, other: 0.05}
        prediction = Prediction(name, 0.95, shares, self.ids[name], 7, unknown=unknown)
        self.desk.session.learner.predicted.emit(Predicted(1, prediction))

    def answer_until(self, check: Callable[[], bool], *, unknown: bool = False) -> None:
        """Go on showing the mug until something is so."""

        def look() -> bool:
            self.answer("mug", unknown=unknown)
            return check()

        self.desk.until(look)


@pytest.fixture
def use(desk: Desk) -> Iterator[Use]:
    use = Use(desk)
    yield use
    if use.room.flash is not None:
        use.room.flash.close()


def test_an_action_is_made_with_the_editor(use: Use) -> None:
    editor = use.editor()
    editor.what.setCurrentText("key")
    editor.seconds.setValue(1.5)
    editor.sure.setValue(80)
    use.choose(editor, ScreenPage)
    page = editor.page
    assert isinstance(page, ScreenPage)
    page.text.setText("Come in")
    made = use.save(editor)
    assert (made.class_id, made.seconds, made.confidence, made.on) == (use.ids["key"], 1.5, 0.8, True)
    assert isinstance(made.deed, FillScreen)
    assert made.deed.text == "Come in"
    card = use.actions.cards[made.id]
    assert "key" in card.words.text()
    assert "Come in" in card.words.text()


def test_what_is_unknown_asks_for_no_certainty(use: Use) -> None:
    editor = use.editor()
    assert not editor.sure.isHidden()
    editor.what.setCurrentIndex(editor.what.count() - 1)
    assert editor.sure.isHidden()
    assert use.save(editor).class_id is None


def test_nothing_is_saved_that_is_not_complete(use: Use, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = use.editor()
    use.choose(editor, CommandPage)
    assert not editor.save.isEnabled()
    use.choose(editor, LogPage)
    assert not editor.save.isEnabled()
    page = editor.page
    assert isinstance(page, LogPage)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "log"), ""))
    use.click(page.choose)
    made = use.save(editor)
    assert made.deed == WriteLog(str(tmp_path / "log.csv"))
    assert use.room._runner.rights.hindrance(made) == ""


def test_a_sound_may_be_a_file(use: Use, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = use.editor()
    page = editor.page
    assert isinstance(page, SoundPage)
    page.sounds.setCurrentIndex(page.sounds.count() - 1)
    assert not editor.save.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(tmp_path / "bell.wav"), ""))
    use.click(page.choose)
    deed = use.save(editor).deed
    assert isinstance(deed, PlaySound)
    assert deed.file == str(tmp_path / "bell.wav")


def test_a_command_is_shown_as_it_is_and_waits_to_be_allowed(use: Use) -> None:
    editor = use.editor()
    use.choose(editor, CommandPage)
    page = editor.page
    assert isinstance(page, CommandPage)
    page.line.setText('light "{class}" <b>on</b>')
    made = use.save(editor)
    card = use.actions.cards[made.id]
    assert card.command.text() == 'light "{class}" <b>on</b>'
    assert card.command.textFormat() is Qt.TextFormat.PlainText
    assert "not allowed" in card.state.text()
    use.click(use.actions.allow)
    assert use.room._runner.rights.commands
    assert "not allowed" not in card.state.text()


def test_an_action_is_changed_switched_and_removed(use: Use) -> None:
    made = use.save(use.editor())
    card = use.actions.cards[made.id]
    use.click(card.edit)
    editor = use.actions.editor
    assert editor
    editor.seconds.setValue(9.0)
    use.click(editor.save)
    use.desk.until(lambda: use.desk.session.actions[0].seconds == 9.0)
    assert "9 s" in card.words.text()
    use.click(card.switch)
    use.desk.until(lambda: not use.desk.session.actions[0].on)
    use.click(card.remove)
    use.desk.until(lambda: not use.actions.cards)
    use.desk.session.undo()
    use.desk.until(lambda: made.id in use.actions.cards)
    assert not use.actions.cards[made.id].switch.isChecked()


def test_how_many_are_on_is_seen_in_every_room(use: Use) -> None:
    button = use.desk.app.window.header.acting
    assert button.isHidden()
    use.save(use.editor())
    assert not button.isHidden()
    assert button.text() == "1"
    assert use.desk.app.window.teach
    use.desk.app.window.open_room(use.desk.app.window.teach)
    use.click(button)
    assert use.desk.app.window.room is use.room


def test_what_is_seen_stands_at_the_top(use: Use) -> None:
    use.desk.show()
    use.answer("mug")
    assert "mug" in use.room.answer.accessibleDescription()
    use.answer_until(lambda: use.room.answer.sight is not None and use.room.answer.sight.unknown, unknown=True)
    assert use.room.answer.accessibleDescription() == "Unknown"


def test_how_near_it_is_and_what_became_of_it_is_shown(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("desktop.action_runner.play", lambda sound, _: heard.append(sound))
    editor = use.editor()
    editor.seconds.setValue(0.5)
    made = use.save(editor)
    card = use.actions.cards[made.id]
    assert "not happened" in card.state.text()
    use.answer_until(lambda: card._progress > 0)
    use.answer_until(lambda: "once" in card.state.text())
    use.desk.until(lambda: heard == ["success"])


@pytest.mark.parametrize("way", ["escape", "click", "end"])
def test_the_screen_is_filled_and_given_back(use: Use, way: str) -> None:
    use.room._runner.keep(Action(use.ids["mug"], FillScreen("#D55E00", "")))
    use.desk.until(lambda: len(use.actions.cards) == 1)
    assert use.desk.app.window.teach
    use.desk.app.window.open_room(use.desk.app.window.teach)  # it happens in every room
    use.room._runner.try_out(use.desk.session.actions[0])
    flash = use.room.flash
    assert flash
    assert flash.isVisible()
    assert (flash.colour, flash.words) == ("#D55E00", "mug")
    assert flash.grab().toImage().pixelColor(3, 3).name().upper() == "#D55E00"
    if way == "escape":
        use.desk.qtbot.keyClick(flash, Qt.Key.Key_Escape)
    elif way == "click":
        use.click(flash)
    else:
        use.desk.session.stopping.emit()
    assert not flash.isVisible()
    assert use.room._runner._screen is None


def test_the_command_and_the_snippet_are_copied_whole(use: Use) -> None:
    card = use.card(ScriptCard)
    copy = [button for button in card.findChildren(QAbstractButton) if button.accessibleName().startswith("Copy")]
    for button, label in zip(copy, (card.command.code, card.snippet.code), strict=True):
        use.click(button)
        assert QGuiApplication.clipboard().text() == label.text()
        assert button.text() == "Copied"
    assert shlex.split(card.command.code.text().replace("\\", "/"))[:2] == ["showtell", "predict"]


def test_the_snippet_runs(use: Use, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from learner.cv import cv2

    folder = tmp_path / "script"
    folder.mkdir()
    (folder / "picture.jpg").write_bytes(cv2.imencode(".jpg", picture(1, 1))[1].tobytes())
    monkeypatch.chdir(folder)
    with contextlib.redirect_stdout(io.StringIO()), pytest.raises(NothingLearned):  # as far as there is an answer
        exec(compile(use.card(ScriptCard).snippet.code.text(), "snippet", "exec"), {})


def test_columns_lie_below_each_other_in_a_narrow_window(use: Use) -> None:
    actions, export = use.actions, use.card(ExportCard)

    def beside() -> bool:
        return (
            export.mapTo(use.room, export.rect().topLeft()).x() > actions.mapTo(use.room, actions.rect().center()).x()
        )

    use.desk.until(beside)
    use.desk.app.window.resize(860, 600)
    use.desk.until(lambda: not beside())


def test_everything_in_the_room_has_a_name_and_says_what_it_does(use: Use) -> None:
    use.save(use.editor())
    editor = use.editor()
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
    found = [widget for kind in kinds for root in (use.room, editor) for widget in root.findChildren(kind)]
    own = [widget for widget in found if not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)]
    nameless = [widget for widget in own if not widget.accessibleName() or not widget.toolTip()]
    unreachable = [widget for widget in own if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(own) > 20
    assert nameless == []
    assert unreachable == []
    editor.close()


def test_a_command_needs_the_person_of_this_computer(use: Use) -> None:
    foreign = Action(use.ids["mug"], RunCommand("rm -r /"))
    use.desk.session.edit_actions("from elsewhere", lambda actions: [*actions, foreign])
    use.desk.until(lambda: foreign.id in use.actions.cards)
    card = use.actions.cards[foreign.id]
    assert card.command.text() == "rm -r /"
    use.click(card.trial)
    assert "not allowed" in card.state.text()
