# SPDX-License-Identifier: Apache-2.0
"""How recordings are made, how the cards show them, and in which order the cards are."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QWidget
from pytestqt.qtbot import QtBot

from desktop.recorder import Manner
from desktop.settings import Settings
from desktop.views.teach.class_marks import recall_of, recall_words
from learner.buffer import Buffer
from learner.camera import CameraInfo, CameraState, CameraStatus
from learner.messages import IncrementLearned
from tests.desktop.conftest import Desk, increment
from tests.desktop.test_teaching import press, release, tap


@pytest.fixture
def mug(desk: Desk) -> Desk:
    desk.name("mug")
    desk.show()
    return desk


def record(desk: Desk, manner: Manner) -> None:
    desk.session.recorder.manner = manner
    press(desk, Qt.Key.Key_1, "1")
    release(desk, Qt.Key.Key_1, "1")
    desk.until(lambda: desk.teach.held_key is None)


def keep_showing(desk: Desk) -> None:
    """One more frame with each that was kept."""
    desk.session.recorder.kept.connect(lambda _info, _count: desk.show())


def test_a_recording_of_a_certain_length_ends_by_itself(mug: Desk) -> None:
    keep_showing(mug)
    with mug.qtbot.waitSignal(mug.session.recorder.finished, timeout=20_000):
        record(mug, Manner(rate=30, length=10))
        assert mug.session.recorder.recording is not None, "letting go does not end it"
    assert mug.counts() == {"mug": 10}
    mug.until(lambda: mug.session.undo_text == "record mug (10)")


def test_another_press_ends_what_records_by_itself(mug: Desk) -> None:
    with mug.qtbot.waitSignal(mug.session.recorder.finished):
        record(mug, Manner(length=30))
        press(mug, Qt.Key.Key_1, "1")
    release(mug, Qt.Key.Key_1, "1")
    assert mug.session.recorder.recording is None
    assert mug.counts() == {"mug": 1}


def test_a_countdown_comes_first_and_can_be_stopped(mug: Desk) -> None:
    recorder = mug.session.recorder
    counted: list[int] = []
    recorder.counting.connect(lambda _info, seconds: counted.append(seconds))
    record(mug, Manner(countdown=3, length=10))
    assert _is_counting(mug)
    press(mug, Qt.Key.Key_Escape, "\x1b")
    assert not _is_counting(mug)
    assert mug.session.undo_text == "new class mug"
    record(mug, Manner(countdown=3, length=10))
    keep_showing(mug)
    with mug.qtbot.waitSignal(recorder.finished, timeout=20_000):
        for _ in range(3):
            recorder._count()
    assert counted == [3, 0, 3, 2, 1, 0]
    assert mug.counts() == {"mug": 10}


def _is_counting(desk: Desk) -> bool:
    counting = desk.session.recorder.awaited is not None
    assert counting is (desk.teach.camera._countdown is not None), "what is shown is what is so"
    return counting


def test_a_camera_that_goes_away_ends_the_countdown(mug: Desk) -> None:
    record(mug, Manner(countdown=3))
    mug.app._show_state(CameraState(CameraStatus.WAITING, "The camera has gone", "Plug it in."))
    assert mug.session.recorder.awaited is None
    mug.session.recorder._count()
    assert mug.session.recorder.recording is None


@pytest.mark.parametrize(("rate", "milliseconds"), [(2, 500), (10, 100), (30, 33)])
def test_the_rate_is_how_often_a_frame_is_taken(mug: Desk, rate: int, milliseconds: int) -> None:
    mug.session.recorder.manner = Manner(rate=rate)
    with mug.qtbot.waitSignal(mug.session.recorder.finished):
        press(mug, Qt.Key.Key_1, "1")
        assert mug.session.recorder._timer.interval() == milliseconds
        release(mug, Qt.Key.Key_1, "1")


def test_everything_is_set_with_the_keyboard_alone_and_holds_at_once(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitActive(desk.app.window):
        desk.app.window.activateWindow()
    window, settings = desk.app.window, desk.app.settings
    press(desk, Qt.Key.Key_R, "r")
    panel = desk.teach.panels.recording
    assert panel.isVisible()
    assert window.focusWidget() is panel.camera
    panel._close.setFocus()
    reached: list[QWidget] = []
    while (focus := window.focusWidget()) is not None and focus not in reached and panel.isAncestorOf(focus):
        reached.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    kinds = (QAbstractButton, QAbstractSlider)
    controls = {one for one in panel.findChildren(QWidget) if isinstance(one, kinds) and one.isEnabled()}
    groups = (panel.countdown.values(), panel.length.values())
    in_groups = {chip for group in groups for chip in group}
    assert controls - in_groups <= set(reached)
    for group in groups:  # Tab stops once in each; arrows go on from there
        chips = list(group)
        assert len(set(chips) & set(reached)) == 1
        for one, other in pairwise(chips):
            one.setFocus()
            qtbot.keyClick(one, Qt.Key.Key_Right)
            assert window.focusWidget() is other
    for control in controls:
        assert control.accessibleName(), control
        assert control.toolTip(), control.accessibleName()
    qtbot.keyClick(panel.rate, Qt.Key.Key_Right)
    for chip in (panel.countdown[5], panel.length[60], panel.mirror, panel.sound, panel.asks):
        qtbot.keyClick(chip, Qt.Key.Key_Space)
    qtbot.keyClick(panel.zoom, Qt.Key.Key_PageUp)
    assert desk.session.recorder.manner == Manner(11, 5, 60)
    assert (settings.rate, settings.countdown, settings.burst_length) == (11, 5, 60)
    assert settings.mirror
    assert desk.teach.camera._mirror
    assert (settings.sound, desk.app.sounds.on) == (True, True)
    desk.app.sounds.on = False
    assert not settings.asks
    assert settings.framing.zoom > 1
    assert desk.teach.camera._framing == settings.framing
    qtbot.keyClick(panel.centre, Qt.Key.Key_Space)
    assert settings.framing.zoom == 1
    qtbot.keyClick(panel.rate, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.focusWidget() is desk.teach


def test_another_project_is_recorded_in_the_same_manner(desk: Desk, tmp_path: Path) -> None:
    desk.app.settings.rate = 25
    desk.app.settings.burst_length = 30
    desk.open(tmp_path / "other.showtell")
    assert desk.session.recorder.manner == Manner(25, 0, 30)


def test_settings_of_recording_that_make_no_sense_are_as_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[General]\nrate=500\ncountdown=4\nburst_length=many\nresolution=1x1\nmirror=maybe\n")
    settings = Settings(file)
    assert (settings.rate, settings.countdown, settings.burst_length) == (30, 0, 0)
    assert settings.resolution is None
    assert not settings.mirror


def test_cameras_are_listed_with_their_names_and_not_by_the_windows_thread(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def cameras() -> list[CameraInfo]:
        threads.append(threading.current_thread())
        return [CameraInfo(0, "Webcam & co"), CameraInfo(2, "Microscope")]

    panel = desk.teach.panels.recording
    panel._cameras = cameras
    wanted: list[str] = []
    desk.app.window.use_camera.disconnect()
    desk.app.window.use_camera.connect(wanted.append)
    press(desk, Qt.Key.Key_R, "r")
    desk.until(lambda: len(panel._menu.actions()) > 2)
    texts = [action.text() for action in panel._menu.actions() if not action.isSeparator()]
    assert texts[:3] == ["Webcam && co", "Microscope", "Demo scene"]
    assert panel.camera.text() == "Webcam && co ▾"
    assert threading.main_thread() not in threads
    panel._menu.actions()[1].trigger()
    assert wanted == ["2"]
    desk.until(lambda: len(threads) > 1 and not panel._pool.activeThreadCount())


def test_a_camera_is_opened_anew_with_another_size(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, object]] = []
    monkeypatch.setattr("desktop.app.open_source", lambda spec, *, size: opened.append((spec, size)))
    monkeypatch.setattr(desk.app, "use_source", lambda _: None)
    sizes = desk.teach.panels.recording
    sizes._choose_size((1280, 720))
    assert opened == [("0", (1280, 720))]
    assert desk.app.settings.resolution == (1280, 720)
    desk.app.settings.camera = "demo"
    sizes._choose_size((640, 480))
    assert len(opened) == 1, "a drawn desk has its own size"


def test_cards_show_the_last_pictures_the_newest_first(mug: Desk) -> None:
    for shade in (30, 60, 90, 120, 150):
        mug.show(shade)
        tap(mug, Qt.Key.Key_1, "1")
    card = mug.teach.classes.cards[1]
    mug.until(lambda: card.pictures.sample_ids == [5, 4, 3, 2])
    with mug.qtbot.waitSignal(mug.session.model.changed):
        mug.session.undo()
    mug.until(lambda: card.pictures.sample_ids == [4, 3, 2, 1])
    mug.until(lambda: card.pictures.grab().toImage().pixelColor(18, 18).red() in range(110, 150))


def test_what_was_kept_flies_to_its_card_unless_nothing_is_to_move(mug: Desk) -> None:
    flight = mug.teach._feedback.flight
    mug.app.settings.motion = False
    tap(mug, Qt.Key.Key_1, "1")
    assert not flight.isVisible()
    mug.app.settings.motion = True
    mug.show()
    tap(mug, Qt.Key.Key_1, "1")
    assert flight.is_under_way
    mug.until(lambda: not flight.is_under_way)
    pictures = mug.teach.classes.cards[1].pictures
    assert flight.geometry().topLeft() == pictures.mapTo(mug.teach, QPoint())
    assert flight.isHidden()


def test_recall_is_of_the_version_in_use(mug: Desk) -> None:
    card = mug.teach.classes.cards[1]
    assert "not measurable yet" in card._recall.toolTip()
    mug.learner.say(IncrementLearned(increment(evaluation={"recall": {1: 0.91}})))
    mug.until(lambda: card._recall.toolTip() == "It finds 9 in 10 held-out recordings of mug")
    mug.session.rename_class(1, "cup")
    mug.until(lambda: card._recall.toolTip().endswith("of cup"))


def test_recall_is_found_whether_it_comes_from_the_learner_or_the_file() -> None:
    assert recall_of({"recall": {3: 0.5}}, 3) == 0.5
    assert recall_of({"recall": {"3": 0.5}}, 3) == 0.5
    nothing: list[dict[str, Any]] = [{}, {"recall": {}}, {"recall": None}, {"recall": {"3": None}}]
    for evaluation in nothing:
        assert recall_of(evaluation, 3) is None


@pytest.mark.parametrize(
    ("recall", "words"),
    [(None, "not measurable"), (1.0, "all"), (0.97, "9 in 10"), (0.5, "5 in 10"), (0.01, "1 in 10"), (0.0, "no ")],
)
def test_recall_in_words_never_says_more_than_there_is(recall: float | None, words: str) -> None:
    assert words in recall_words("mug", recall)


@pytest.fixture
def three(desk: Desk) -> Desk:
    for name in ("mug", "key", "cup"):
        desk.name(name)
    desk.until(lambda: desk.session.undo_text == "new class cup")
    desk.until(lambda: desk.teach.classes.cards[3].y() > desk.teach.classes.cards[2].y() > 0)
    return desk


def order(desk: Desk) -> list[str]:
    return [info.name for info in desk.session.model.classes]


def drag(desk: Desk, class_id: int, to: QPoint) -> None:
    card = desk.teach.classes.cards[class_id]
    start = QPoint(card.width() // 2, 6)
    desk.qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=start)
    desk.qtbot.mouseMove(card, start + QPoint(0, 4))
    desk.qtbot.mouseMove(card, card.mapFromGlobal(to))


def drop(desk: Desk, class_id: int) -> None:
    desk.qtbot.mouseRelease(desk.teach.classes.cards[class_id], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("dragged", "over", "below", "wanted"),
    [
        (1, 3, True, ["key", "cup", "mug"]),
        (1, 2, True, ["key", "mug", "cup"]),
        (3, 1, False, ["cup", "mug", "key"]),
        (3, 2, False, ["mug", "cup", "key"]),
    ],
)
def test_a_card_is_dragged_to_another_place(
    three: Desk, dragged: int, over: int, below: bool, wanted: list[str]
) -> None:
    target = three.teach.classes.cards[over]
    drag(three, dragged, target.mapToGlobal(QPoint(40, target.height() - 4 if below else 4)))
    assert not three.teach.classes._drop_line.isHidden()
    with three.qtbot.waitSignal(three.session.model.changed):
        drop(three, dragged)
    assert order(three) == wanted
    assert three.teach.classes._drop_line.isHidden()
    ys = [three.teach.classes.cards[info.id] for info in three.session.model.classes]
    three.until(lambda: [card.y() for card in ys] == sorted(card.y() for card in ys))
    three.until(lambda: (three.session.undo_text or "").startswith("move "))
    with three.qtbot.waitSignal(three.session.model.changed):
        three.session.undo()
    assert order(three) == ["mug", "key", "cup"]


def test_a_card_let_fall_where_it_was_or_dragged_in_vain_stays(three: Desk) -> None:
    moved: list[tuple[int, int]] = []
    three.teach.classes.moved.connect(lambda *where: moved.append(where))
    card = three.teach.classes.cards[1]
    drag(three, 1, card.mapToGlobal(QPoint(40, card.height() - 2)))
    drop(three, 1)
    drag(three, 1, three.teach.classes.cards[3].mapToGlobal(QPoint(40, 60)))
    press(three, Qt.Key.Key_Escape, "\x1b")
    assert three.teach.classes._drop_line.isHidden()
    drop(three, 1)
    assert moved == []


def test_the_keyboard_moves_cards_too(three: Desk, qtbot: QtBot) -> None:
    with qtbot.waitActive(three.app.window):
        three.app.window.activateWindow()
    hold = three.teach.classes.cards[1].hold
    hold.setFocus()
    with qtbot.waitSignal(three.session.model.changed):
        qtbot.keyClick(hold, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order(three) == ["key", "mug", "cup"]
    assert hold.hasFocus()
    with qtbot.waitSignal(three.session.model.changed):
        qtbot.keyClick(hold, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(three) == ["mug", "key", "cup"]
    three.teach.classes.cards[1].shifted.emit(1, -1)
    three.teach.classes.cards[3].shifted.emit(3, 1)
    with Buffer.open(three.path, read_only=True) as buffer:
        assert [info.name for info in buffer.classes()] == ["mug", "key", "cup"]


def test_a_class_gets_another_key(three: Desk) -> None:
    with three.qtbot.waitSignal(three.session.model.changed):
        three.teach.classes.cards[1]._want_key("3")
    assert [info.shortcut for info in three.session.model.classes] == ["3", "2", "1"]
