# SPDX-License-Identifier: Apache-2.0
"""A learner that died too often: it only answers, and the window says so until a person starts it again."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.learner_status import Phase
from learner.messages import LearnerDied, LearnerFailed, NothingToLearn, Started
from tests.desktop.conftest import Desk
from tests.desktop.panels import panel, press
from tests.desktop.test_errors import hold
from tests.learner.fakes import INFO


def test_when_learning_is_paused_answers_and_recording_go_on_until_it_is_started_again(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.name("mug")
    say = desk.learner.say
    for _ in range(2):
        say(LearnerFailed("There is not enough memory", "Close other programs.", ours=False, recurs=False))
        say(LearnerDied(1, restarting=True))
    desk.until(lambda: desk.session.learner.status.phase is Phase.RESTARTING)
    assert panel(desk)[0] == "", "nobody is disturbed while it is tried again"
    say(Started(1, INFO, 7, 0, learns=False))
    desk.until(lambda: panel(desk)[0] == "Learning is paused")
    _, message, buttons = panel(desk)
    assert "There is not enough memory" in message
    assert "samples are safe" in message
    assert buttons == ["Start it again"]
    say(NothingToLearn(7))
    frames = desk.learner.frames
    desk.show()
    assert desk.learner.frames == frames + 1, "it is asked for answers"
    with qtbot.waitSignal(desk.session.recorder.finished):
        hold(desk, down=True)
        desk.teach.end_recording()
    assert desk.counts() == {"mug": 1}
    assert desk.session.learner.status.phase is Phase.PAUSED
    press(desk, "Start it again")
    assert desk.learner.calls.count("start") == 2
    say(Started(2, INFO, 7, 1))
    desk.until(lambda: desk.session.learner.status.phase is Phase.READY)
    assert panel(desk)[0] == ""


def test_a_learner_that_the_system_ended_says_so(desk: Desk) -> None:
    desk.learner.say(LearnerDied(-9, restarting=True))
    desk.learner.say(Started(1, INFO, None, 0, learns=False))
    desk.until(lambda: panel(desk)[0] == "Learning is paused")
    assert "as it does when memory runs out" in panel(desk)[1]
