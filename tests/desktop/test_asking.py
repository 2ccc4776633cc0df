# SPDX-License-Identifier: Apache-2.0
"""The app asks what it does not know, confirms and corrects, and shows what counts as unknown."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.asking import APART_SECONDS, Asking, Steadiness, is_unsure
from desktop.theme import Theme
from desktop.views.teach.unknown_slider import LEAST, MOST, UnknownSlider, flagged_words, limit_at, place_of
from learner.buffer import Buffer, decode
from learner.messages import IncrementLearned, Predicted
from learner.pictures import small_grey
from learner.types import Image, Prediction
from tests.desktop.conftest import Desk, increment
from tests.desktop.test_teaching import press, release, tap

UNSURE = Prediction("mug", 0.4, {"mug": 0.4, "key": 0.35, "cup": 0.25}, 1, 1)
SURE = Prediction("mug", 0.9, {"mug": 0.9, "key": 0.1}, 1, 1)
UNKNOWN = Prediction("mug", 0.9, {"mug": 0.9, "key": 0.1}, 1, 1, unknown=True, novelty=1.4)
ONLY_ONE = Prediction("mug", 1.0, {"mug": 1.0}, 1, 1, unknown=True)


def picture(seed: int) -> Image:
    """A coarse pattern of its own, with the noise of a sensor."""
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 8, 3)).repeat(20, 0).repeat(20, 1)
    noise = np.random.default_rng().normal(0, 12, coarse.shape)
    return np.clip(coarse + noise, 0, 255).astype(np.uint8)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def wonders(
    asking: Asking, clock: Clock, image: int, prediction: Prediction, seconds: float, busy: bool = False
) -> bool:
    """Show this for so long, ten times a second; return whether it asked."""
    asked = False
    for _ in range(round(10 * seconds)):
        clock.now += 0.1
        asked = asking.wonders(picture(image), prediction, busy=busy) or asked
    return asked


def test_steadiness_counts_from_the_last_change_and_notices_slow_ones() -> None:
    steady = Steadiness()
    assert steady(small_grey(picture(1)), 0.0) == 0
    assert steady(small_grey(picture(1)), 1.5) == 1.5
    assert steady(small_grey(picture(2)), 2.0) == 0
    assert steady(small_grey(picture(2)), 2.5) == 0.5
    slow, last = Steadiness(), 0.0
    ramp = np.tile(np.arange(160, dtype=np.uint8), (120, 1))
    for number in range(60):
        moved = np.roll(ramp, number, axis=1)
        last = slow(small_grey(np.dstack([moved] * 3)), float(number))
    assert last < 50, "a little at a time is a change too"


@pytest.mark.parametrize(
    ("prediction", "unsure"),
    [(UNSURE, True), (SURE, False), (UNKNOWN, True), (ONLY_ONE, False), (Prediction(None, 0), False)],
)
def test_what_is_unsure(prediction: Prediction, unsure: bool) -> None:
    assert is_unsure(prediction) is unsure


def test_it_asks_about_what_is_held_still_and_not_known() -> None:
    clock = Clock()
    asking = Asking(clock)
    assert not wonders(asking, clock, 1, UNSURE, 1.4)
    assert wonders(asking, clock, 1, UNSURE, 0.4)


@pytest.mark.parametrize("prediction", [SURE, ONLY_ONE])
def test_it_does_not_ask_about_what_it_knows(prediction: Prediction) -> None:
    clock = Clock()
    assert not wonders(Asking(clock), clock, 1, prediction, 10)


def test_it_does_not_ask_about_what_moves_or_while_the_person_is_busy() -> None:
    clock = Clock()
    asking = Asking(clock)
    for image in range(30):
        assert not wonders(asking, clock, image, UNKNOWN, 0.5)
    assert not wonders(asking, clock, 1, UNKNOWN, 10, busy=True)
    assert not wonders(asking, clock, 1, UNKNOWN, 1.4), "it begins anew"
    assert wonders(asking, clock, 1, UNKNOWN, 0.4)


def test_it_asks_seldom_and_not_again_about_what_nobody_wanted_to_say() -> None:
    clock = Clock()
    asking = Asking(clock)
    assert wonders(asking, clock, 1, UNKNOWN, 2)
    assert not wonders(asking, clock, 2, UNKNOWN, APART_SECONDS - 3)
    assert wonders(asking, clock, 2, UNKNOWN, 4)
    asking.refuse()
    assert not wonders(asking, clock, 2, UNKNOWN, 2 * APART_SECONDS)
    assert wonders(asking, clock, 3, UNKNOWN, 4)


@pytest.fixture
def taught(desk: Desk) -> Desk:
    """Mug, key and cup, each with a sample, and an answer to the picture."""
    for number, name in enumerate(("mug", "key", "cup"), start=1):
        desk.name(name)
        desk.show(40 * number)
        tap(desk, Qt.Key(ord(str(number))), str(number))
    desk.until(lambda: desk.session.model.total == 3)
    return desk


def say(desk: Desk, prediction: Prediction) -> None:
    with desk.qtbot.waitSignal(desk.session.learner.predicted):
        desk.learner.say(Predicted(1, prediction))


def ask(desk: Desk) -> None:
    """Bring the app to ask now."""
    desk.teach.inquiry._asking.wonders = lambda *_, busy: not busy  # type: ignore[method-assign]
    desk.show(200)
    say(desk, UNSURE)
    assert desk.teach.inquiry.is_open


def test_enter_keeps_what_is_seen_as_a_sample_of_the_answer(taught: Desk) -> None:
    desk = taught
    desk.show()
    say(desk, SURE)
    assert desk.teach.line.words.text() == "Enter = right · 1–9 = no, it is … · hold to record"
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_Return, "\r")
    assert "mug confirmed (+1)" in desk.teach.strip.said.text()
    press(desk, Qt.Key.Key_Return, "\r", repeat=True)
    release(desk, Qt.Key.Key_Return, "\r")
    desk.until(lambda: desk.teach.held_key is None)
    assert desk.counts() == {"mug": 2, "key": 1, "cup": 1}, "a key that is held confirms once"
    desk.until(lambda: desk.session.undo_text == "record mug (1)")
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.undo()
    assert desk.counts()["mug"] == 1


def test_a_digit_corrects(taught: Desk) -> None:
    desk = taught
    desk.show()
    say(desk, SURE)
    tap(desk, Qt.Key.Key_2, "2")
    assert desk.counts() == {"mug": 1, "key": 2, "cup": 1}


@pytest.mark.parametrize("prediction", [UNKNOWN, ONLY_ONE])
def test_what_is_no_answer_cannot_be_right(taught: Desk, prediction: Prediction) -> None:
    desk = taught
    desk.teach.answer._steadying = lambda unknown: unknown  # type: ignore[assignment]  # at once
    desk.show()
    say(desk, prediction)
    assert not desk.teach.line.confirm.isEnabled()
    press(desk, Qt.Key.Key_Return, "\r")
    assert "no answer" in desk.teach.strip.said.text()
    assert desk.counts() == {"mug": 1, "key": 1, "cup": 1}


def test_backspace_names_what_is_none_of_them(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    desk.show(90)
    say(desk, SURE)
    press(desk, Qt.Key.Key_Backspace, "\b")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    with qtbot.waitSignal(desk.session.recorder.finished):
        qtbot.keyClicks(editor, "duck")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert desk.counts() == {"mug": 1, "key": 1, "cup": 1, "duck": 1}, "the Enter of the name confirms nothing"


def test_the_enter_of_another_name_confirms_nothing(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    desk.show(90)
    say(desk, SURE)
    card = desk.teach.classes.cards[1]
    card.edit_name()
    with qtbot.waitSignal(desk.session.model.changed):
        qtbot.keyClicks(card._editor, "beaker")
        qtbot.keyClick(card._editor, Qt.Key.Key_Return)
    assert desk.session.undo_text != "record mug (1)"
    assert desk.counts() == {"beaker": 1, "key": 1, "cup": 1}


def test_enter_presses_the_button_of_the_question_that_has_the_focus(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    with qtbot.waitActive(desk.app.window):
        desk.app.window.activateWindow()
    ask(desk)
    press(desk, Qt.Key.Key_Return, "\r")
    assert desk.teach.inquiry.panel.isVisible(), "which answer would be meant?"
    desk.teach.inquiry.panel.candidates[1].setFocus()
    with qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_Return, "\r")
    assert desk.counts() == {"mug": 1, "key": 2, "cup": 1}
    assert desk.app.window.focusWidget() is desk.teach


def test_one_key_answers_and_the_very_frame_is_kept(taught: Desk) -> None:
    desk = taught
    ask(desk)
    desk.show(10)
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        press(desk, Qt.Key.Key_3, "3")
    assert not desk.teach.inquiry.is_open
    press(desk, Qt.Key.Key_3, "3")  # a keyboard that repeats, unnoticed by Qt
    release(desk, Qt.Key.Key_3, "3")
    assert desk.session.recorder.recording is None
    assert desk.counts() == {"mug": 1, "key": 1, "cup": 2}
    with Buffer.open(desk.path, read_only=True) as buffer:
        newest = buffer.latest_samples(1)[3]
        stored = buffer.pictures(newest)[newest[0]]
    assert decode(stored).mean() > 190, "of when it asked, not of now"


def test_likely_classes_are_buttons(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    ask(desk)
    candidates = desk.teach.inquiry.panel.candidates
    assert [button.accessibleName() for button in candidates] == ["It is mug", "It is key", "It is cup"]
    assert all(button.toolTip() for button in candidates)
    with qtbot.waitSignal(desk.session.recorder.finished):
        qtbot.mouseClick(candidates[1], Qt.MouseButton.LeftButton)
    assert desk.counts() == {"mug": 1, "key": 2, "cup": 1}


def test_esc_lets_the_question_go(taught: Desk) -> None:
    desk = taught
    ask(desk)
    refused: list[bool] = []
    desk.teach.inquiry._asking.refuse = lambda: refused.append(True)  # type: ignore[method-assign]
    press(desk, Qt.Key.Key_Escape, "\x1b")
    assert not desk.teach.inquiry.is_open
    assert refused == [True]
    assert desk.counts() == {"mug": 1, "key": 1, "cup": 1}


def test_something_new_gets_a_name_and_the_frame(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    ask(desk)
    press(desk, Qt.Key.Key_N, "n")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    assert desk.counts() == {"mug": 1, "key": 1, "cup": 1}
    with qtbot.waitSignal(desk.session.recorder.finished):
        qtbot.keyClicks(editor, "duck")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert desk.counts()["duck"] == 1


def test_a_frame_whose_name_was_not_given_is_forgotten(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    ask(desk)
    press(desk, Qt.Key.Key_N, "n")
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    desk.name("duck")
    desk.until(lambda: desk.session.undo_text == "new class duck")
    assert desk.counts()["duck"] == 0


def test_recording_ends_the_question_and_no_question_comes_while_recording_or_naming(taught: Desk) -> None:
    desk = taught
    ask(desk)
    with desk.qtbot.waitSignal(desk.session.recorder.finished):
        desk.teach.classes.pressed.emit(1)
        assert not desk.teach.inquiry.is_open
        say(desk, UNSURE)
        assert not desk.teach.inquiry.is_open
        desk.teach.classes.released.emit(1)
    desk.teach.classes.ask_for_name()
    say(desk, UNSURE)
    assert not desk.teach.inquiry.is_open
    desk.teach.classes.accept_name()
    desk.app.settings.asks = False
    say(desk, UNSURE)
    assert not desk.teach.inquiry.is_open
    desk.app.settings.asks = True
    say(desk, UNSURE)
    assert desk.teach.inquiry.is_open


def test_places_on_the_scale_of_novelty() -> None:
    assert [place_of(novelty) for novelty in (0.0, LEAST, 1.0, MOST, 99.0)] == pytest.approx([0, 0, 0.5, 1, 1])
    for limit in (0.5, 0.7, 1.0, 1.9):
        assert limit_at(place_of(limit)) == pytest.approx(limit)


@pytest.mark.parametrize(
    ("measured", "limit", "said"),
    [
        ({}, 1.0, "not measured yet"),
        ({"0.5": 0.4, "1.0": 0.05, "2.0": 0.0}, 1.0, "call 5 unknown"),
        ({"0.5": 0.4, "1.0": 0.05, "2.0": 0.0}, 0.6, "call 40 unknown"),
        ({0.5: 0.4, 1.0: 0.05, 2.0: 0.0}, 1.9, "none unknown"),
        ({"1.0": 0.001}, 1.0, "call 1 unknown"),
    ],
)
def test_what_a_limit_does_is_said_in_words(measured: dict[object, float], limit: float, said: str) -> None:
    assert said in flagged_words(measured, limit)  # type: ignore[arg-type]


def test_the_slider_goes_where_it_is_pressed(qtbot: QtBot) -> None:
    slider = UnknownSlider(Theme("light"))
    qtbot.addWidget(slider)
    slider.resize(300, slider.height())
    slider.show_limit(1.0)
    assert slider.limit == pytest.approx(1.0)
    for x, limit in ((0, LEAST), (299, MOST), (150, 1.0)):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 14))
        assert slider.limit == pytest.approx(limit, rel=0.05)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.limit < 1.0


def test_the_limit_is_kept_in_the_project_and_can_be_taken_back(taught: Desk, qtbot: QtBot) -> None:
    desk = taught
    evaluation = {"unknown": {"flagged_at": {"0.5": 0.4, "1.0": 0.05, "2.0": 0.0}}}
    desk.learner.say(IncrementLearned(increment(evaluation=evaluation)))
    press(desk, Qt.Key.Key_U, "u")
    panel = desk.teach.panels.unknown
    assert panel.is_open
    desk.until(lambda: "call 5 unknown" in panel.effect.text())
    say(desk, UNKNOWN)
    assert "counts as unknown" in panel.now.text()
    with qtbot.waitSignal(desk.session.unknown_limit_changed):
        panel.slider.setValue(panel.slider.maximum())
        assert "counts as known" in panel.now.text()
    assert "none unknown" in panel.effect.text()
    assert _limit(desk) == pytest.approx(MOST)
    assert desk.learner.calls[-1] == "refresh"
    desk.until(lambda: desk.session.undo_text == "limit of unknown")
    with qtbot.waitSignal(desk.session.unknown_limit_changed):
        desk.session.undo()
    assert _limit(desk) == pytest.approx(1.0)
    desk.until(lambda: panel.slider.limit == pytest.approx(1.0))
    press(desk, Qt.Key.Key_Escape, "\x1b")
    assert not panel.is_open


def _limit(desk: Desk) -> float:
    with Buffer.open(desk.path, read_only=True) as buffer:
        return buffer.unknown_limit()
