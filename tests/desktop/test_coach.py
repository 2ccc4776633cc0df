# SPDX-License-Identifier: Apache-2.0
"""The first steps: ticked off by what the project says, and gone when they are done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.coach import ENOUGH, knows_the_way, steps
from desktop.demo import Demo
from desktop.settings import Settings
from desktop.views.coach_panel import CoachPanel
from learner.buffer import Buffer
from learner.messages import Predicted
from learner.types import ClassInfo, Prediction
from tests.desktop.conftest import Desk, FakeLearner
from tests.learner.fakes import picture


def classes(*counts: int) -> list[ClassInfo]:
    return [ClassInfo(number, f"thing {number}", "#0072B2", None, number, count) for number, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "answered", "done"),
    [
        ((), False, (False, False, False)),
        ((0,), False, (True, False, False)),
        ((ENOUGH - 1,), False, (True, False, False)),
        ((ENOUGH,), False, (True, True, False)),
        ((ENOUGH, 0), True, (True, True, False)),
        ((ENOUGH, 3), False, (True, True, False)),
        ((ENOUGH, 3), True, (True, True, True)),
        ((3, ENOUGH), True, (True, True, True)),
    ],
)
def test_a_step_is_done_when_the_project_says_so(
    counts: tuple[int, ...], answered: bool, done: tuple[bool, bool, bool]
) -> None:
    assert steps(classes(*counts), answered=answered) == done


def test_who_has_taught_two_things_knows_the_way() -> None:
    assert not knows_the_way(classes(ENOUGH, 3))
    assert knows_the_way(classes(0, ENOUGH, ENOUGH))


def coach(desk: Desk) -> CoachPanel:
    return desk.app.window.coach


def record(desk: Desk, name: str, count: int) -> None:
    info = desk.session.model.named(name)
    assert info

    def store(buffer: Buffer) -> None:
        burst = buffer.start_burst("test")
        buffer.add_samples((picture(info.id, number), info.id, burst.id) for number in range(count))

    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.writer.submit(store)


def answer(desk: Desk, *names: str) -> None:
    shares = {name: 1 / len(names) for name in names}
    desk.session.learner.predicted.emit(Predicted(1, Prediction(names[0], 1 / len(names), shares, 1, 1)))


def test_it_leads_through_the_steps_and_goes_away(desk: Desk) -> None:
    panel = coach(desk)
    panel._end.setInterval(50)
    assert panel.isVisible()
    assert "N" in panel.texts[0].text()
    desk.name("mug")
    assert panel.done == (True, False, False)
    record(desk, "mug", ENOUGH)
    answer(desk, "mug")
    assert panel.done == (True, True, False)
    desk.name("key")
    record(desk, "key", 2)
    assert panel.done == (True, True, False)
    answer(desk, "mug", "key")
    assert panel.done == (True, True, True)
    assert panel.isVisible()
    desk.until(lambda: not panel.isVisible())
    assert desk.app.settings.coached


def test_it_names_the_key_of_the_thing(desk: Desk) -> None:
    desk.name("mug")
    info = desk.session.model.classes[0]
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.set_shortcut(info.id, "7")
    assert "Hold 7" in coach(desk).texts[1].text()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_it_is_sent_away_for_good(desk: Desk, way: str, tmp_path: Path) -> None:
    if way == "escape":
        desk.qtbot.keyClick(desk.app.window, Qt.Key.Key_Escape)
    else:
        desk.qtbot.mouseClick(coach(desk).close_button, Qt.MouseButton.LeftButton)
    assert not coach(desk).isVisible()
    desk.open(tmp_path / "another.showtell")
    assert not coach(desk).isVisible()
    desk.app.settings.sync()
    assert Settings(tmp_path / "settings.ini").coached


def test_it_is_in_teach_alone(desk: Desk) -> None:
    window = desk.app.window
    assert window.use
    assert window.teach
    window.open_room(window.use)
    assert not coach(desk).isVisible()
    window.open_room(window.teach)
    assert coach(desk).isVisible()


def test_nobody_is_led_who_knows_the_way(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.showtell"
    with Buffer.open(other) as buffer:
        for name in ("mug", "key"):
            info, burst = buffer.add_class(name), buffer.start_burst("test")
            buffer.add_samples((picture(info.id, number), info.id, burst.id) for number in range(ENOUGH))
    desk.open(other)
    assert not coach(desk).isVisible()
    assert not desk.app.settings.coached


def test_the_demo_leads_by_itself(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    app = App(Settings(tmp_path / "settings.ini"), learner=FakeLearner)
    qtbot.addWidget(app.window)
    demo = Demo(app, tmp_path / "demo.showtell")
    demo.start()
    assert app.session
    with qtbot.waitSignal(app.session.opened):
        pass
    assert not app.window.coach.isVisible()
    app.window.close()


def test_a_narrow_window_shows_one_step_in_words(desk: Desk) -> None:
    desk.app.window.resize(1280, 800)
    desk.until(lambda: all(text.isVisible() for text in coach(desk).texts))
    desk.app.window.resize(860, 600)
    desk.until(lambda: [text.isVisible() for text in coach(desk).texts] == [True, False, False])
