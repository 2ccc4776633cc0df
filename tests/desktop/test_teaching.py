# SPDX-License-Identifier: Apache-2.0
"""What a person does in the window, with the real file behind it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial, partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QUndoStack
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from learner.buffer import Buffer
from learner.camera import CameraState, CameraStatus, DemoSource
from learner.errors import DiskFull
from learner.messages import (
    DeviceChosen,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    LearnerDied,
    LearnerFailed,
    NothingToLearn,
    Predicted,
    SampleLeftOut,
    Started,
    Stepped,
)
from learner.types import ClassInfo, Device, IncrementKind, Prediction, Step
from tests.desktop.conftest import Desk, increment
from tests.learner.fakes import INFO


def press(desk: Desk, key: Qt.Key, text: str, *, repeat: bool = False, code: int = 0) -> None:
    _send(desk, QEvent.Type.KeyPress, key, text, repeat, code)


def release(desk: Desk, key: Qt.Key, text: str, *, repeat: bool = False, code: int = 0) -> None:
    _send(desk, QEvent.Type.KeyRelease, key, text, repeat, code)


def _send(desk: Desk, kind: QEvent.Type, key: Qt.Key, text: str, repeat: bool, code: int) -> None:
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, code, 0, 0, text, repeat)
    QApplication.sendEvent(desk.app.window, event)


def tap(desk: Desk, key: Qt.Key, text: str) -> None:
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, key, text)
        release(desk, key, text)


def hold(desk: Desk, count: int) -> None:
    """Hold 1 until so many samples are on the disk."""
    kept: list[int] = []
    desk.session.recorder.kept.connect(lambda _info, number: kept.append(number))
    with desk.qtbot.waitSignal(desk.session.recorder.finished, timeout=20_000):
        press(desk, Qt.Key.Key_1, "1")
        while len(kept) < count:
            with desk.qtbot.waitSignal(desk.session.recorder.kept):
                desk.show()
        release(desk, Qt.Key.Key_1, "1")


def test_a_tap_is_one_sample_on_the_disk_and_is_learned(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    tap(desk, Qt.Key.Key_1, "1")
    assert desk.counts() == {"mug": 1}
    desk.until(lambda: desk.session.model.total == 1)
    assert "1 sample" in desk.teach.classes.cards[1]._count.text()
    assert desk.learner.calls[-1] == "learn: recorded mug"


def test_holding_is_one_burst_that_is_undone_in_one_step(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    hold(desk, 4)
    count = desk.counts()["mug"]
    assert count >= 4
    assert desk.learner.calls.count("learn: recorded mug") == 1
    stack = desk.session.undo_stack
    assert stack.undoText() == f"record mug ({count})"
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.undo()
    assert desk.counts() == {"mug": 0}
    desk.until(lambda: desk.learner.calls[-1] == f"learn: undo record mug ({count})")
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.redo()
    assert desk.counts() == {"mug": count}


def test_taps_in_quick_succession_are_one_recording_and_taken_back_one_by_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Buffer, "burst_for", partialmethod(Buffer.burst_for, gap=600.0))  # however slow the machine
    desk.name("mug")
    desk.name("key")
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1):
        desk.show()
        tap(desk, key, chr(key))
    with Buffer.open(desk.path, read_only=True) as buffer:
        first, second, other, last = buffer.samples()
    assert first.burst_id == second.burst_id
    assert len({second.burst_id, other.burst_id, last.burst_id}) == 3, "another class in between ends it"
    for left in ([first.id, second.id, other.id], [first.id, second.id], [first.id]):
        desk.until(lambda: desk.session.undo_text is not None)
        with desk.qtbot.waitSignal(desk.session.model.changed):
            desk.session.undo()
        with Buffer.open(desk.path, read_only=True) as buffer:
            assert [sample.id for sample in buffer.samples()] == left


def test_the_same_frame_is_never_recorded_twice(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    recorder = desk.session.recorder
    with desk.qtbot.waitSignal(recorder.finished):
        press(desk, Qt.Key.Key_1, "1")
        for _ in range(5):
            recorder._record()
        release(desk, Qt.Key.Key_1, "1")
    assert desk.counts() == {"mug": 1}


def test_a_keyboard_that_repeats_does_not_break_the_burst(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    started: list[object] = []
    desk.session.recorder.started.connect(started.append)
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_1, "1")
        for repeat in (True, False):  # X11 does not always say that it repeats
            release(desk, Qt.Key.Key_1, "1", repeat=repeat)
            press(desk, Qt.Key.Key_1, "1", repeat=repeat)
        release(desk, Qt.Key.Key_1, "1")
    assert len(started) == 1
    assert desk.learner.calls.count("learn: recorded mug") == 1


def test_losing_the_window_ends_the_burst(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_1, "1")
        desk.teach.end_recording()
    assert desk.session.recorder.recording is None
    release(desk, Qt.Key.Key_1, "1")
    assert desk.counts() == {"mug": 1}


def test_a_menu_that_opens_ends_the_burst(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    menu = QMenu(desk.app.window)
    menu.addAction("Something")
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_1, "1")
        menu.popup(desk.app.window.pos())
    menu.close()
    assert desk.counts() == {"mug": 1}
    assert desk.learner.calls.count("learn: recorded mug") == 1
    desk.until(lambda: desk.session.undo_text == "record mug (1)")
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.undo()
    desk.until(lambda: desk.session.undo_text == "new class mug")


def test_the_hold_button_records_too(desk: Desk, qtbot: QtBot) -> None:
    desk.name("mug")
    desk.show()
    button = desk.teach.classes.cards[1].hold
    with qtbot.waitSignal(desk.session.recorder.finished):
        qtbot.mousePress(button, Qt.MouseButton.LeftButton)
        assert _is_recording(desk, "mug")
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert desk.counts() == {"mug": 1}


def test_without_a_picture_nothing_is_recorded(desk: Desk) -> None:
    desk.name("mug")
    press(desk, Qt.Key.Key_1, "1")
    assert "no picture" in desk.teach.strip.said.text()
    desk.show()
    desk.app._show_state(CameraState(CameraStatus.WAITING, "The camera has gone", "Plug it in."))
    press(desk, Qt.Key.Key_1, "1")
    assert desk.session.recorder.recording is None
    assert desk.counts() == {"mug": 0}


def test_a_key_without_a_class_says_what_to_do(desk: Desk) -> None:
    desk.show()
    press(desk, Qt.Key.Key_5, "5")
    assert "Press N" in desk.teach.strip.said.text()


def test_n_asks_for_a_name_and_digits_go_into_it(desk: Desk, qtbot: QtBot) -> None:
    press(desk, Qt.Key.Key_N, "n")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    assert editor.isVisibleTo(desk.app.window)
    desk.show()
    with qtbot.waitSignal(desk.session.model.changed):
        qtbot.keyClicks(editor, "route 1")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert desk.counts() == {"route 1": 0}
    desk.until(partial(_is_hidden, editor))
    assert desk.session.recorder.recording is None


def test_a_name_that_is_taken_is_said_in_place(desk: Desk) -> None:
    desk.name("mug")
    desk.teach.classes.ask_for_name()
    desk.teach.classes.named.emit("MUG")
    desk.until(lambda: "mug" in desk.teach.classes._problem.text())
    assert desk.notices.panel.isHidden()
    assert desk.counts() == {"mug": 0}


def test_every_act_on_a_class_can_be_taken_back_and_done_again(desk: Desk) -> None:
    desk.name("mug")
    session = desk.session
    acts: list[tuple[Callable[[], None], str, Callable[[ClassInfo], bool]]] = [
        (lambda: session.rename_class(1, "cup"), "rename mug", lambda info: info.name == "cup"),
        (lambda: session.recolour_class(1, "#123456"), "recolour cup", lambda info: info.colour == "#123456"),
    ]
    for act, text, holds in acts:
        for do, wanted in ((act, True), (session.undo, False), (session.redo, True)):
            with desk.qtbot.waitSignal(session.model.changed):
                do()
            assert holds(session.model.classes[0]) is wanted
            offered = desk.session.undo_stack
            desk.until(partial(_is_offered, offered, text))
    with desk.qtbot.waitSignal(session.model.changed):
        session.remove_class(1)
    assert desk.counts() == {}
    desk.until(lambda: session.undo_stack.undoText() == "remove cup")
    with desk.qtbot.waitSignal(session.model.changed):
        session.undo()
    assert desk.counts() == {"cup": 0}
    for _ in range(3):
        desk.until(lambda: session.undo_text is not None)
        with desk.qtbot.waitSignal(session.model.changed):
            session.undo()
    assert desk.counts() == {}, "the class itself was an act too"


def _is_recording(desk: Desk, name: str) -> bool:
    info = desk.session.recorder.recording
    return info is not None and info.name == name


def _is_hidden(widget: QWidget) -> bool:
    return not widget.isVisibleTo(widget.window())


def _is_offered(stack: QUndoStack, text: str) -> bool:
    return text in {stack.undoText(), stack.redoText()}


def test_frames_go_to_the_learner_and_answers_to_the_bars(desk: Desk) -> None:
    desk.name("mug")
    desk.name("key")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        desk.show()
        tap(desk, key, chr(key))
    assert desk.learner.frames == 2
    desk.learner.say(Predicted(2, Prediction("key", 0.8, {"key": 0.8, "mug": 0.2}, 2, 1)))
    desk.until(lambda: bool(desk.teach.answer.shown))
    assert desk.teach.answer.shown[0][0] == "key"
    assert "key" in desk.teach.answer.accessibleDescription()
    assert desk.teach.classes.cards[2]._answered
    assert not desk.teach.classes.cards[1]._answered


def test_an_unknown_thing_is_no_class(desk: Desk) -> None:
    desk.name("mug")
    desk.name("key")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        desk.show()
        tap(desk, key, chr(key))
    card = desk.teach.classes.cards[2]
    answer = Prediction("key", 0.8, {"key": 0.8, "mug": 0.2}, 2, 1, unknown=True, novelty=1.3)
    desk.teach.answer._steadying = lambda unknown: unknown  # type: ignore[assignment]  # at once
    desk.learner.say(Predicted(1, replace(answer, unknown=False)))
    desk.until(lambda: card._answered)
    desk.learner.say(Predicted(2, answer))
    desk.until(lambda: not card._answered)
    assert desk.teach.answer.accessibleDescription() == "Unknown, nearest: key"


def test_one_class_is_no_answer(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    tap(desk, Qt.Key.Key_1, "1")
    desk.learner.say(Predicted(1, Prediction("mug", 1.0, {"mug": 1.0}, 1, 1)))
    desk.until(lambda: bool(desk.teach.answer.shown))
    assert "only one thing" in desk.teach.answer._hint
    assert not desk.teach.classes.cards[1]._answered


def test_the_pill_tells_what_the_learner_does(desk: Desk) -> None:
    pill, strip, say = desk.app.window.pill, desk.teach.strip, desk.learner.say
    details = pill.details
    assert pill.text() == "starting"
    say(Started(1, INFO, None, 0))
    desk.until(lambda: pill.text() == "ready")
    pill.click()
    assert details.isVisible()
    assert "still loading" in details.device.text()
    say(DeviceChosen(Device("CPU", "CPU", "There is no GPU here.")))
    desk.until(lambda: pill.text() == "ready · CPU")
    assert "no GPU" in details.device.text()
    say(IncrementStarted("test", 3, waiting_for="TensorFlow"))
    desk.until(lambda: "waiting for TensorFlow" in strip.said.text())
    assert pill.text() == "learning · CPU"
    say(Stepped(Step(7, 30, 0.25, 0.5, 0.001, 2.0)))
    desk.until(lambda: pill.text() == "learning 7/30 · CPU")
    assert "loss 0.25" in details.step.text()
    assert "50 % right" in details.step.text()
    assert (details.progress.value(), details.progress.maximum()) == (7, 30)
    say(LearnerDied(-9, restarting=True))
    desk.until(lambda: "restarting" in pill.text())
    say(LearnerDied(-9, restarting=False))
    desk.until(lambda: "paused" in pill.text())
    assert "samples are safe" in desk.notices.panel.message.text()
    calls = len(desk.learner.calls)
    details.starting.click()
    assert desk.learner.calls[calls:] == ["start"]
    details.close()


def test_going_over_everything_is_said_calmly_and_its_end_is_not(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    tap(desk, Qt.Key.Key_1, "1")
    pill, strip, say = desk.app.window.pill, desk.teach.strip, desk.learner.say
    told: list[str] = []
    desk.session.learned.connect(told.append)
    strip.note("")
    say(IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP))
    say(Stepped(Step(120, 300, 0.25, 0.5, 0.001, 2.0)))
    desk.until(lambda: pill.text() == "going over everything")
    assert strip.said.text() == ""
    strip.note("No class has the key 5 yet.")
    assert "key 5" in strip.said.text()
    with desk.qtbot.waitSignal(desk.session.learner.learned):
        say(IncrementLearned(increment(IncrementKind.SLEEP)))
    desk.until(lambda: pill.text() == "up to date")
    assert told == []
    say(IncrementLearned(increment()))
    desk.until(lambda: told == ["learned: mug (+1)"])
    assert strip.said.text() == "learned: mug (+1)"


def test_going_over_everything_in_vain_is_no_trouble(desk: Desk) -> None:
    pill, strip, say = desk.app.window.pill, desk.teach.strip, desk.learner.say
    failed: list[str] = []
    desk.session.failed.connect(lambda title, _: failed.append(title))
    say(IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP))
    desk.until(lambda: "going over everything" in pill.text())
    say(IncrementRejected(increment(IncrementKind.SLEEP, accepted=False, why="It was right less often.")))
    desk.until(lambda: "going over everything" not in pill.text())
    assert "right less often" in strip.version.toolTip()
    assert desk.notices.panel.isHidden()
    say(IncrementLearned(increment()))
    desk.until(lambda: "right less often" not in strip.version.toolTip())
    assert failed == []
    say(IncrementRejected(increment(accepted=False, why="It was right less often.")))
    desk.until(lambda: failed == ["What was just taught did not help"])


def test_a_person_pauses_learning_and_goes_on(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window, pill, menus = desk.app.window, desk.app.window.pill, desk.app.window.menus
    with qtbot.waitActive(window):
        window.activateWindow()
    desk.learner.say(Started(1, INFO, None, 0))
    desk.learner.say(IncrementStarted("test", 3))
    desk.until(lambda: pill.text() == "learning")
    menus.sleep.trigger()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: pill.text() == "you paused learning")
    assert menus.pause.isChecked()
    assert not menus.sleep.isEnabled()
    first = desk.learner
    desk.open(tmp_path / "other.showtell")
    assert not menus.pause.isChecked(), "another project learns"
    desk.open(desk.path)
    pill.click()
    pill.details.pausing.click()
    assert menus.pause.isChecked()
    desk.until(lambda: not pill.details.sleeping.isEnabled())
    assert pill.details.pausing.text() == "Go on learning"
    pill.details.pausing.click()
    assert first.calls == ["start", "sleep: asked for", "pause", "stop"]
    assert desk.learner.calls == ["start", "pause", "resume"]
    assert menus.sleep.isEnabled()
    pill.details.close()


@pytest.mark.parametrize("status", [CameraStatus.WAITING, CameraStatus.FAILED, CameraStatus.ENDED])
def test_trouble_with_the_camera_is_said_with_a_way_out(desk: Desk, status: CameraStatus) -> None:
    desk.show()
    desk.app._show_state(CameraState(status, "The camera has gone", "Plug it in."))
    panel = desk.notices.panel
    assert panel.isVisibleTo(desk.app.window)
    assert panel.title.text() == "The camera has gone"
    desk.app._show_state(CameraState(CameraStatus.LIVE))
    assert not panel.isVisibleTo(desk.app.window)


def test_another_project_takes_the_place_of_the_first(desk: Desk, tmp_path: Path) -> None:
    desk.name("mug")
    desk.until(lambda: desk.session.undo_text == "new class mug")
    first = desk.learner
    other = tmp_path / "other.showtell"
    desk.open(other)
    assert first.calls[-1] == "stop"
    assert desk.session.model.classes == []
    assert "other.showtell" in desk.app.window.windowTitle()
    assert desk.app.settings.recent[0] == other
    desk.open(desk.path)
    assert [info.name for info in desk.session.model.classes] == ["mug"]


def test_a_file_that_is_no_project_is_said_and_left_alone(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.showtell"
    path.write_text("a shopping list")
    session = desk.app.open_project(path)
    desk.until(lambda: desk.notices.panel.isVisibleTo(desk.app.window))
    assert "not a project" in desk.notices.panel.title.text()
    assert session.model.classes == []
    assert "start" not in desk.learner.calls
    assert path.read_text() == "a shopping list"


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Qt.Key.Key_N, "new_project"), (Qt.Key.Key_O, "open_project"), (Qt.Key.Key_Q, "closing")],
)
def test_shortcuts_of_the_project_menu(desk: Desk, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    window = desk.app.window
    with qtbot.waitActive(window):
        window.activateWindow()
    # What they lead to, a dialog, would wait for a person.
    window.new_project.disconnect()
    window.open_project.disconnect()
    with qtbot.waitSignal(getattr(window, signal)):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_closing_during_a_burst_keeps_what_was_recorded(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    press(desk, Qt.Key.Key_1, "1")
    desk.app.window.close()
    assert not desk.path.with_name("desk.showtell-wal").exists(), "the file was closed"
    assert desk.learner.calls[-1] == "stop"
    assert desk.counts() == {"mug": 1}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hardware codes differ from system to system")
def test_keys_mean_the_same_on_every_keyboard(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    with desk.qtbot.waitSignal(desk.session.recorder.finished):  # a French keyboard's first key of the row
        press(desk, Qt.Key.Key_Ampersand, "&", code=10)
        release(desk, Qt.Key.Key_Ampersand, "&", code=10)
    desk.show()
    with desk.qtbot.waitSignal(desk.session.recorder.finished):  # Shift came while the key was held
        press(desk, Qt.Key.Key_1, "1", code=10)
        release(desk, Qt.Key.Key_Exclam, "!", code=10)
    assert desk.counts() == {"mug": 2}
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    press(desk, 0x0422, "т", code=57)  # type: ignore[arg-type]  # a Russian keyboard's N
    assert not _is_hidden(editor)


def test_the_n_that_opens_the_question_does_not_go_into_it(desk: Desk) -> None:
    press(desk, Qt.Key.Key_N, "n")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    for _ in range(3):
        QApplication.sendEvent(
            editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n", autorep=True)
        )
    assert editor.text() == ""


def test_nothing_is_undone_while_a_recording_is_under_way(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    desk.until(lambda: desk.session.undo_text == "new class mug")
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_1, "1")
        assert desk.session.undo_text is None
        desk.session.undo()
        release(desk, Qt.Key.Key_1, "1")
    desk.until(lambda: desk.session.undo_text == "record mug (1)")
    assert desk.counts() == {"mug": 1}


def test_an_undo_that_fails_can_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.name("mug")
    desk.show()
    tap(desk, Qt.Key.Key_1, "1")

    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "delete", full)
        with desk.qtbot.waitSignal(desk.session.failed):
            desk.session.undo()
    assert desk.session.undo_text == "record mug (1)"
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.undo()
    assert desk.counts() == {"mug": 0}


def test_a_full_disk_is_said_once_and_tried_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.name("mug")
    desk.show()
    tries: list[int] = []
    said: list[str] = []
    desk.session.failed.connect(lambda title, _: said.append(title))
    go = threading.Event()

    def full(*_: object) -> None:
        go.wait(10)
        tries.append(1)
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    monkeypatch.setattr(Buffer, "add_sample", full)
    with desk.qtbot.waitSignal(desk.session.recorder.settled):
        press(desk, Qt.Key.Key_1, "1")
        for _ in range(4):
            desk.show()
            desk.session.recorder._record()
        release(desk, Qt.Key.Key_1, "1")
        go.set()
    assert (tries, said) == ([1], ["The disk is full"])
    assert desk.session.undo_text == "new class mug"


def test_a_name_is_edited_in_place(desk: Desk, qtbot: QtBot) -> None:
    desk.name("mug")
    card = desk.teach.classes.cards[1]
    desk.until(card.isVisible)
    renamed: list[str] = []
    card.renamed.connect(lambda _, name: renamed.append(name))
    for typed, key, wanted in (("wrong", Qt.Key.Key_Escape, []), ("cup", Qt.Key.Key_Return, ["cup"])):
        card.edit_name()
        qtbot.keyClicks(card._editor, typed)
        qtbot.keyClick(card._editor, key)
        assert _is_hidden(card._editor)
        assert renamed == wanted
    card.edit_name()
    qtbot.keyClicks(card._editor, "half")
    leave = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(card._editor, leave)
    assert not _is_hidden(card._editor), "the editor's own menu does not end it"
    desk.until(lambda: desk.counts() == {"cup": 0})


def test_the_question_for_a_name_is_in_sight_however_many_classes_there_are(desk: Desk) -> None:
    for number in range(14):
        desk.name(f"class {number}")
    press(desk, Qt.Key.Key_N, "n")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    desk.until(lambda: not editor.visibleRegion().isEmpty())


def test_the_gravest_trouble_is_in_front_and_none_is_lost(desk: Desk) -> None:
    panel, say = desk.notices.panel, desk.learner.say
    desk.show()
    say(LearnerFailed("The backbone is missing", "It is not on this machine.", ours=False, recurs=True))
    say(LearnerDied(1, restarting=False))
    desk.until(lambda: panel.title.text() == "Learning is paused")
    assert "The backbone is missing" in panel.message.text()
    desk.app._show_state(CameraState(CameraStatus.WAITING, "The camera has gone", "Plug it in."))
    assert panel.title.text() == "Learning is paused"
    desk.app._show_state(CameraState(CameraStatus.LIVE))
    assert panel.isVisibleTo(desk.app.window), "only the camera's trouble is over"
    desk.app._show_state(CameraState(CameraStatus.WAITING, "The camera has gone", "Plug it in."))
    desk.session.learner.start()
    assert panel.title.text() == "The camera has gone"


def test_a_project_that_is_none_stays_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.showtell"
    path.write_text("a shopping list")
    with desk.qtbot.waitSignal(desk.app.open_project(path).cannot_open):
        pass
    desk.app._show_state(CameraState(CameraStatus.OPENING, "Opening the camera", "demo…"))
    desk.app._show_state(CameraState(CameraStatus.LIVE))
    assert "not a project" in desk.notices.panel.title.text()
    assert desk.notices.panel.isVisibleTo(desk.app.window)
    desk.teach.classes.ask_for_name()
    desk.teach.classes.named.emit("mug")
    assert "project" in desk.teach.classes._problem.text()


def test_a_session_that_was_stopped_says_no_more(desk: Desk, tmp_path: Path) -> None:
    first = desk.app.open_project(tmp_path / "first.showtell")
    opened: list[bool] = []
    first.opened.connect(lambda: opened.append(True))
    desk.open(tmp_path / "second.showtell")
    assert opened == []
    assert desk.learners[-2].calls == ["stop"]
    assert desk.app.settings.recent[0].name == "second.showtell"


def test_what_the_learner_leaves_out_or_has_nothing_to_do_about_is_told(desk: Desk) -> None:
    say, strip = desk.learner.say, desk.teach.strip
    say(IncrementStarted("test", 3, waiting_for="TensorFlow"))
    desk.until(lambda: "waiting" in strip.said.text())
    say(NothingToLearn(None))
    desk.until(lambda: "waiting" not in strip.said.text())
    say(SampleLeftOut(7, "A stored picture is damaged", "Delete it."))
    desk.until(lambda: desk.notices.panel.title.text() == "A stored picture is damaged")


def test_names_are_shown_as_they_are(desk: Desk) -> None:
    desk.name("<b>bold</b> & more")
    card = desk.teach.classes.cards[1]
    assert card._name.text() == "<b>bold</b> & more"
    assert card._name.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in card.hold.toolTip()
    desk.until(lambda: desk.session.undo_text is not None)
    assert desk.app.window.menus.undo.text() == "Undo new class <b>bold</b> && more"


def test_a_project_is_left_while_an_act_is_on_its_way(desk: Desk, tmp_path: Path) -> None:
    desk.name("mug")
    go = threading.Event()
    desk.session.writer.submit(lambda _: go.wait(10))
    desk.session.rename_class(1, "cup")
    threading.Timer(0.1, go.set).start()
    desk.open(tmp_path / "other.showtell")
    QApplication.processEvents()
    assert desk.counts() == {"cup": 0}
    desk.name("key")
    desk.until(lambda: desk.app.window.menus.undo.text() == "Undo new class key")


@pytest.mark.parametrize("leave", ["switch", "close"])
def test_a_name_that_is_being_edited_is_kept(desk: Desk, qtbot: QtBot, tmp_path: Path, leave: str) -> None:
    desk.name("mug")
    card = desk.teach.classes.cards[1]
    desk.until(card.isVisible)
    card.edit_name()
    qtbot.keyClicks(card._editor, "cup")
    if leave == "switch":
        desk.open(tmp_path / "other.showtell")
    else:
        desk.app.window.close()
    assert desk.counts() == {"cup": 0}


def test_a_camera_that_is_none_does_not_hide_the_one_that_is(desk: Desk, qtbot: QtBot) -> None:
    desk.app.use_source(DemoSource())
    with qtbot.waitSignal(desk.app.camera.frame):
        pass
    desk.app.use_camera("no such thing")
    assert desk.notices.panel.title.text() == "That is not a camera"
    close = next(button for button in desk.notices.panel.findChildren(QPushButton) if button.text() == "Close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not desk.notices.panel.isVisibleTo(desk.app.window)
    with qtbot.waitSignal(desk.app.camera.frame):
        pass


def test_a_digit_without_a_class_does_not_keep_the_held_one_from_ending(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_1, "1", code=10)
        press(desk, Qt.Key.Key_5, "5", code=14)
        release(desk, Qt.Key.Key_5, "5", code=14)
        assert _is_recording(desk, "mug")
        release(desk, Qt.Key.Key_1, "1", code=10)
    assert desk.counts() == {"mug": 1}
