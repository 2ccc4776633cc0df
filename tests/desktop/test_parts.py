# SPDX-License-Identifier: Apache-2.0
"""Parts of the window by themselves."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import first_project
from desktop.crash_report import start_log
from desktop.display import display_fault
from desktop.learner_bridge import LearnerBridge
from desktop.learner_status import LearnerStatus, Phase
from desktop.models import ClassModel
from desktop.settings import Settings
from desktop.theme import DARK, LIGHT, Theme, Tokens
from desktop.views.answer_bars import AnswerBars, Smoothing, Steadying, percent
from desktop.views.learner_words import age, honest_words, recognised_words
from desktop.views.notices import Cause
from learner.buffer import CLASS_COLOURS
from learner.config import LearnerConfig
from learner.errors import ProjectFault
from learner.messages import IncrementLearned, IncrementStarted, NothingToLearn, Restored, Started, Stepped
from learner.types import BurstScore, ClassInfo, IncrementKind, Prediction, Step
from tests.desktop.conftest import Desk, FakeLearner, increment
from tests.learner.fakes import INFO


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_everything_it_stands_on(tokens: Tokens) -> None:
    for ink, paper in itertools.product((tokens.text, tokens.muted), (tokens.background, tokens.surface)):
        assert theme.contrast(ink, paper) >= 4.5, (ink, paper)
    for ink in (tokens.accent, tokens.good, tokens.bad):  # states and problems stand on cards and on the strip
        assert theme.contrast(ink, tokens.surface) >= 4.5, ink
    assert theme.contrast(tokens.on_accent, tokens.accent) >= 4.5
    for colour in CLASS_COLOURS:
        assert theme.contrast(theme.ink_on(colour), colour) >= 4.5, colour


def test_mixing_and_contrast_have_their_ends() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.mix("#102030", "#FFFFFF", 0) == "#102030"
    assert theme.mix("#102030", "#FFFFFF", 1) == "#FFFFFF"


def test_answers_are_smoothed_by_time_and_not_by_frame() -> None:
    now = 0.0
    slow, fast = Smoothing(lambda: now), Smoothing(lambda: now)
    for smoothing in (slow, fast):
        smoothing({"a": 1.0, "b": 0.0})
    for _ in range(20):
        now += 0.01
        last = fast({"a": 0.0, "b": 1.0})
    assert last == pytest.approx(slow({"a": 0.0, "b": 1.0}))
    assert last["b"] == pytest.approx(0.9)
    assert next(iter(last)) == "b"
    assert sum(last.values()) == pytest.approx(1)


def test_a_new_class_is_not_smoothed_in() -> None:
    smoothing = Smoothing(lambda: 1.0)
    smoothing({"a": 1.0})
    assert smoothing({"a": 0.1, "b": 0.9}) == {"b": 0.9, "a": 0.1}


def test_unknown_needs_half_a_second_and_known_a_fifth_of_one() -> None:
    now = 0.0
    steadying = Steadying(lambda: now)

    def say(unknown: bool, at: float) -> bool:
        nonlocal now
        now = at
        return steadying(unknown)

    assert not say(True, 0.0)
    assert not say(True, 0.49)
    assert not say(False, 0.495), "from here on it has to begin anew"
    assert not say(True, 0.51)
    assert not say(True, 1.0)
    assert say(True, 1.01)
    assert say(False, 2.0)
    assert say(True, 2.1)
    assert say(False, 2.19)
    assert say(False, 2.38)
    assert not say(False, 2.39)


@pytest.mark.parametrize("settled", [False, True])
def test_what_is_said_does_not_flicker_at_the_limit(settled: bool) -> None:
    times = itertools.count()
    steadying = Steadying(lambda: next(times) / 30)
    for _ in range(20):
        steadying(settled)
    said = [steadying(number % 4 != 0) for number in range(300)]  # three of four unknown, now and then a known one
    assert set(said) == {settled}


def test_the_answer_says_unknown_and_only_the_nearest_guess(qtbot: QtBot) -> None:
    now = 0.0
    model = ClassModel()
    colours = {"mug": "#0072B2", "key": "#E69F00"}
    model.set_classes([ClassInfo(n, name, colour, str(n), n, 5) for n, (name, colour) in enumerate(colours.items(), 1)])
    bars = AnswerBars(Theme("light"), model, lambda: now)
    qtbot.addWidget(bars)
    bars.resize(bars.sizeHint())

    def show(unknown: bool, at: float) -> None:
        nonlocal now
        now = at
        novelty = 1.5 if unknown else 0.5
        bars.show_prediction(Prediction("mug", 0.9, {"mug": 0.9, "key": 0.1}, 1, 1, unknown=unknown, novelty=novelty))

    def coloured(colour: str) -> int:
        image = bars.grab().toImage()
        places = itertools.product(range(image.width()), range(image.height()))
        return sum(image.pixelColor(x, y).name().upper() == colour for x, y in places)

    show(True, 0.0)
    assert bars.accessibleDescription() == "mug, 90 %"
    bar = coloured(colours["mug"])
    show(True, 0.5)
    assert bars.accessibleDescription() == "Unknown, nearest: mug"
    assert 0 < coloured(colours["mug"]) < bar / 5, "the chip of the guess, and no bar"
    assert coloured(colours["key"]) == 0
    image = bars.grab().toImage()
    across = [image.pixelColor(x, 26).name().upper() == LIGHT.muted for x in range(image.width())]
    assert sum(one != other for one, other in itertools.pairwise(across)) > 20, "a hatch, no bar of one colour"
    show(False, 0.6)
    show(False, 0.8)
    assert bars.accessibleDescription() == "mug, 90 %"
    assert coloured(colours["mug"]) == bar
    bars.show_hint("Show me something.")
    assert bars.accessibleDescription() == "Show me something."


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.504, "50 %"), (0.997, "99 %"), (0.9999, "100 %"), (1.0, "100 %")]
)
def test_only_certainty_is_a_hundred_per_cent(share: float, text: str) -> None:
    assert percent(share) == text


def test_the_honest_number_waits_until_it_means_something() -> None:
    assert "not measurable yet" in recognised_words(BurstScore(2, 2))
    assert recognised_words(BurstScore(2, 3)).endswith("2 of the last 3 recordings")


MEASURED: dict[str, Any] = {"measured": True, "recordings": 12, "accuracy": 0.958}


@pytest.mark.parametrize(
    ("evaluation", "text", "meaning"),
    [
        (MEASURED, "96 % right on 12 held-out recordings", "held out from its twin"),
        (
            {**MEASURED, "recordings": 1, "accuracy": 1.0},
            "100 % right on 1 held-out recording",
            "Each recording counts the same",
        ),
        ({**MEASURED, "worst_forgetting": 0.083}, "96 %", "8 in 100 fewer than it once did"),
        ({**MEASURED, "worst_forgetting": 0.0}, "96 %", "forgotten nothing"),
        ({**MEASURED, "unknown": {"auroc": 0.9365, "flagged": None}}, "96 %", "94 times in 100"),
        ({}, "2 of the last 3 recordings", "not measurable yet: record each thing a few times"),
        ({**MEASURED, "measured": False}, "2 of the last 3 recordings", "not measurable yet"),
        ({**MEASURED, "accuracy": None}, "2 of the last 3 recordings", "not measurable yet"),
        ({**MEASURED, "recordings": 0}, "2 of the last 3 recordings", "not measurable yet"),
    ],
)
def test_what_is_measured_on_held_out_recordings_comes_before_what_was_recognised(
    evaluation: dict[str, Any], text: str, meaning: str
) -> None:
    words, tooltip = honest_words(LearnerStatus(recognised=BurstScore(2, 3), evaluation=evaluation))
    assert words.endswith(text) or words.startswith(text)
    assert meaning in tooltip


@pytest.mark.parametrize("evaluation", [MEASURED, {}, {**MEASURED, "worst_forgetting": None, "unknown": None}])
def test_what_was_not_measured_is_not_said(evaluation: dict[str, Any]) -> None:
    _, tooltip = honest_words(LearnerStatus(evaluation=evaluation))
    assert "forgotten" not in tooltip
    assert "stranger" not in tooltip


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "just now"), (12, "10 s ago"), (60, "1 minute ago"), (7300, "2 hours ago")]
)
def test_ages_are_rounded_to_what_they_are_worth(seconds: float, text: str) -> None:
    assert age(seconds) == text


def test_settings_come_back(tmp_path: Path) -> None:
    project = tmp_path / "desk.showtell"
    project.touch()
    settings = Settings(tmp_path / "settings.ini")
    assert (settings.theme, settings.sound, settings.camera, settings.recent) == ("system", True, "0", [])
    settings.theme, settings.sound, settings.camera = "dark", False, "demo"
    settings.remember(project)
    settings.remember(tmp_path / "gone.showtell")
    settings.sync()
    again = Settings(tmp_path / "settings.ini")
    assert (again.theme, again.sound, again.camera, again.recent) == ("dark", False, "demo", [project])


def test_settings_that_make_no_sense_are_as_none(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_text("[General]\ntheme=plaid\ngeometry=7\n")
    settings = Settings(tmp_path / "settings.ini")
    assert settings.theme == "system"
    assert settings.geometry is None


def test_recordings_are_counted_back_to_the_last_ten(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = LearnerBridge(tmp_path / "x", LearnerConfig(), FakeLearner)
    bridge._scores = [BurstScore(0, 5), BurstScore(6, 6), BurstScore(4, 5)]
    assert bridge._recognised() == BurstScore(10, 11)


def test_a_person_who_paused_learning_is_obeyed_by_the_next_process_too(qtbot: QtBot, tmp_path: Path) -> None:
    learners: list[FakeLearner] = []

    def make(*arguments: Any) -> FakeLearner:
        learners.append(FakeLearner(*arguments))
        return learners[-1]

    bridge = LearnerBridge(tmp_path / "x", LearnerConfig(), make)
    bridge.pause()
    bridge._take(Started(1, INFO, None, 0))
    bridge.sleep("asked for")
    bridge.cancel()
    bridge.resume()
    bridge._take(Started(2, INFO, None, 0))
    assert learners[0].calls == ["pause", "pause", "sleep: asked for", "cancel", "resume"]
    assert not bridge.status.on_hold


def test_a_rebuild_that_was_given_up_leaves_the_learner_ready(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = LearnerBridge(tmp_path / "x", LearnerConfig(), FakeLearner)
    bridge._take(IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP))
    bridge._take(Stepped(Step(7, 300, 0.25, 0.5, 0.001, 2.0)))
    assert (bridge.status.phase, bridge.status.kind) == (Phase.LEARNING, IncrementKind.SLEEP)
    bridge._take(NothingToLearn(4))
    assert (bridge.status.phase, bridge.status.version_id) == (Phase.READY, 4)
    bridge._take(IncrementStarted("recorded mug", 3))
    assert bridge.status.kind is IncrementKind.WAKE


def test_what_was_measured_is_of_the_version_in_use(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = LearnerBridge(tmp_path / "x", LearnerConfig(), FakeLearner)
    bridge.remember([increment(evaluation=MEASURED), increment(accepted=False, evaluation={"measured": False})])
    assert bridge.status.evaluation == MEASURED
    bridge._take(IncrementLearned(increment(evaluation={**MEASURED, "recordings": 13})))
    assert bridge.status.evaluation["recordings"] == 13
    bridge._take(Restored(2))
    assert bridge.status.evaluation == {}, "of that one nothing is known"
    bridge._take(Restored(1))
    assert bridge.status.evaluation["recordings"] == 13


def test_an_earlier_version_in_use_has_its_own_figures(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = LearnerBridge(tmp_path / "x", LearnerConfig(), FakeLearner)
    better = replace(increment(evaluation={**MEASURED, "recordings": 13}), version_id=2)
    bridge.remember([increment(evaluation=MEASURED), better])
    bridge._take(Started(1, INFO, 1, 0))
    assert (bridge.status.version_id, bridge.status.evaluation) == (1, MEASURED)


def interactive(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit)
    return [widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds) and _ours(widget)]


def _ours(widget: QWidget) -> bool:
    return not widget.objectName().startswith("qt_")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_control_has_a_name_a_tooltip_and_is_reached_by_tab(desk: Desk, mode: theme.Mode) -> None:
    desk.app.theme.set_mode(mode)
    desk.name("mug")
    desk.name("key")
    desk.notices.say(Cause.ACT, "Title", "Message", [("Do it", "Does it", lambda: None)])
    desk.teach.classes.ask_for_name()
    controls = interactive(desk.app.window)
    assert len(controls) > 8
    for control in controls:
        assert control.accessibleName(), control
        assert control.toolTip(), control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_the_window_paints_in_both_appearances(desk: Desk) -> None:
    desk.name("mug")
    desk.show()
    seen = []
    for mode in ("light", "dark"):
        desk.app.theme.set_mode(mode)
        QApplication.processEvents()
        image = desk.app.window.grab().toImage()
        corner = image.pixelColor(4, image.height() // 2).name().upper()
        assert corner == (LIGHT if mode == "light" else DARK).background
        seen.append(image)
    assert seen[0] != seen[1]


only_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")


@only_linux
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "No display is set"),
        ({"QT_QPA_PLATFORM": ""}, "No display is set"),
        ({"DISPLAY": ":98765"}, "No X server answers at :98765"),
        ({"WAYLAND_DISPLAY": "wayland-98765"}, "No display is set"),
        ({"QT_QPA_PLATFORM": "xcb;wayland"}, "No Wayland compositor answers"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "nonsense"),
        ({"QT_QPA_PLATFORM": "offscreen"}, None),
        ({"QT_QPA_PLATFORM": "xcb;offscreen:size=1x1"}, None),
    ],
)
def test_no_screen_is_said_before_qt_ends_the_process(
    environment: dict[str, str], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    fault = display_fault()
    if said is None:
        assert fault is None
    else:
        assert fault is not None
        assert said in fault.happened
        assert "showtell demo" in fault.message


@only_linux
@pytest.mark.parametrize(
    ("platform", "library", "package"),
    [("xcb", "libxcb-cursor.so.0", "libxcb-cursor0"), ("offscreen", "libEGL.so.1", "libegl1")],
)
def test_missing_libraries_are_named_as_packages(
    platform: str, library: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("desktop.display._x_answers", lambda: True)
    monkeypatch.setattr("desktop.display._loads", lambda name: name != library)
    fault = display_fault()
    assert fault is not None
    assert f"apt install {package}." in fault.remedy


def test_the_binding_keeps_its_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops one to None with every call that returns nothing; Python 3.11 dies of it within minutes."""
    code = """
import sys
from PySide6.QtGui import QImage, QPainter
image = QImage(8, 8, QImage.Format.Format_ARGB32)
painter = QPainter(image)
painter.drawRect(0, 0, 4, 4)
before = sys.getrefcount(None)
for _ in range(500):
    painter.drawRect(0, 0, 4, 4)
lost = before - sys.getrefcount(None)
painter.end()
sys.exit(lost > 250)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_pictures_are_painted_where_the_frame_is(desk: Desk) -> None:
    desk.show(shade=200)
    image = desk.teach.camera.grab().toImage()
    middle = image.pixelColor(image.rect().center())
    assert middle.red() >= 195
    desk.teach.camera.clear()
    assert not desk.teach.camera.has_picture


def test_folders_that_cannot_be_written_to_do_not_keep_the_app_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder is wanted")
    monkeypatch.setattr("desktop.crash_report.platformdirs.user_log_dir", lambda *_, **__: str(blocked / "log"))
    monkeypatch.setattr("desktop.crash_report.logging.getLogger", lambda *_: logging.Logger("alone"))
    start_log()
    monkeypatch.setattr("desktop.app.file_questions.default_folder", lambda: blocked)
    monkeypatch.setattr("desktop.app.platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    assert first_project() == tmp_path / "data" / "desk.showtell"
    monkeypatch.setattr("desktop.app.platformdirs.user_data_dir", lambda *_, **__: str(blocked / "data"))
    with pytest.raises(ProjectFault, match="showtell FOLDER"):
        first_project()


def test_recent_projects_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings._store.setValue("recent", [str(tmp_path), 7, "\0"])
    assert settings.recent == [tmp_path]


def test_a_panel_has_room_for_its_words_whatever_it_said_before(desk: Desk) -> None:
    panel = desk.notices.panel
    for message in ("One line.", "Many words, which take more than a line. " * 6, "Again one line."):
        desk.notices.say(Cause.ACT, "Title", message, [("Close", "Closes it", lambda: None)])
        QApplication.processEvents()
        assert panel.message.height() >= panel.message.heightForWidth(panel.message.width())
        for button in panel.findChildren(QAbstractButton):
            assert button.height() >= button.sizeHint().height()


def test_the_room_has_the_focus_so_that_space_presses_nothing(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitActive(desk.app.window):
        desk.app.window.activateWindow()
    assert desk.app.window.focusWidget() is desk.teach


@only_linux
def test_a_wayland_session_does_without_the_libraries_of_x(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("desktop.display._x_answers", lambda: True)
    monkeypatch.setattr("desktop.display._wayland_answers", lambda: True)
    monkeypatch.setattr("desktop.display._loads", lambda name: name != "libxcb-cursor.so.0")
    assert display_fault() is None
