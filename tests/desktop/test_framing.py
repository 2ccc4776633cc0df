# SPDX-License-Identifier: Apache-2.0
"""Which square of the picture is learned from, and how a person chooses it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.framing import NEAREST, Framing, crop
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.teach.camera_view import CameraView
from learner.buffer import Buffer, centre_square, decode
from learner.camera import Frame
from tests.desktop.conftest import Desk


@pytest.mark.parametrize(("width", "height"), [(640, 480), (641, 480), (480, 643), (7, 7), (1, 5)])
def test_at_first_it_is_the_centre_square(width: int, height: int) -> None:
    image = np.arange(width * height * 3, dtype=np.uint32).astype(np.uint8).reshape(height, width, 3)
    assert np.array_equal(crop(image, Framing()), centre_square(image))


@pytest.mark.parametrize(
    ("framing", "square"),
    [
        (Framing(0, 0, 1), (0, 0, 480)),
        (Framing(1, 1, 1), (160, 0, 480)),
        (Framing(1, 1, 2), (400, 240, 240)),
        (Framing(0.5, 0.5, 4), (260, 180, 120)),
        (Framing(-3, 9, 99), (0, 360, 120)),
        (Framing(0.5, 0.5, 0.1), (80, 0, 480)),
    ],
)
def test_the_square_stays_within_the_picture(framing: Framing, square: tuple[int, int, int]) -> None:
    assert framing.square(640, 480) == square
    left, top, side = square
    image = np.zeros((480, 640, 3), np.uint8)
    image[top : top + side, left : left + side] = 200
    assert crop(image, framing).min() == 200
    assert crop(image, framing).shape == (side, side, 3)


def test_it_moves_as_far_as_it_can_and_zooms_where_it_is() -> None:
    moved = Framing().moved(40, 40, 640, 480)
    assert moved.square(640, 480) == (120, 0, 480), "down there is no room"
    assert Framing().moved(4000, 0, 640, 480).across == 1
    near = moved.zoomed(2)
    assert (near.across, near.zoom) == (moved.across, 2)
    assert near.zoomed(100).zoom == NEAREST
    assert near.zoomed(0.01).zoom == 1


def test_what_is_chosen_is_what_is_predicted_from_and_what_is_stored(desk: Desk, qtbot: QtBot) -> None:
    desk.name("mug")
    desk.app.settings.framing = Framing(1, 0.5, 2)
    image = np.full((48, 64, 3), 30, np.uint8)
    image[12:36, 40:64] = 220
    predicted: list[object] = []
    desk.learner.predict = lambda image: predicted.append(image) or 1  # type: ignore[method-assign,func-returns-value]
    desk.app._show_frame(Frame(image, 1, math.inf))
    (seen,) = predicted
    assert np.asarray(seen).shape == (24, 24, 3)
    assert np.asarray(seen).min() == 220
    assert desk.teach.camera._image is not None
    assert desk.teach.camera._image.width() == 64, "the person sees all of it"
    info = desk.session.model.classes[0]
    with qtbot.waitSignal(desk.session.recorder.finished):
        desk.session.record(info)
        desk.session.recorder.stop()
    with Buffer.open(desk.path, read_only=True) as buffer:
        stored = decode(buffer.pictures([1])[1])
    assert stored.shape == (24, 24, 3)
    assert stored.min() > 200


@pytest.fixture
def view(qtbot: QtBot) -> CameraView:
    view = CameraView(Theme("light"))
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show_frame(Frame(np.full((480, 640, 3), 90, np.uint8), 1, 1.0))
    view.show()
    return view


def framed(view: CameraView) -> list[Framing]:
    heard: list[Framing] = []
    view.framed.connect(heard.append)
    return heard


@pytest.mark.parametrize("mirror", [False, True])
def test_the_square_follows_the_mouse_in_the_mirror_too(view: CameraView, qtbot: QtBot, mirror: bool) -> None:
    view.set_mirror(mirror)
    heard = framed(view)
    before = view.square.center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(320, 240))
    qtbot.mouseMove(view, QPoint(350, 240))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(350, 240))
    qtbot.mouseMove(view, QPoint(400, 240))
    assert view.square.center().x() - before.x() == pytest.approx(30, abs=1)
    assert (heard[-1].across > 0.5) is not mirror


def test_wheel_and_keys_do_it_as_well(view: CameraView, qtbot: QtBot) -> None:
    heard = framed(view)
    turn = QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, turn)
    assert heard[-1].zoom > 1
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert heard[-1].across > 0.5
    assert heard[-1].down > 0.5
    qtbot.keyClicks(view, "+")
    assert heard[-1].zoom > heard[-2].zoom
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert heard[-1] == Framing()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert heard[-1].across < 0.5


def test_a_mirror_turns_the_picture_and_not_what_is_recorded(view: CameraView) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    image[:, :320] = 255
    view.show_frame(Frame(image, 2, 2.0))
    left, right = QPoint(200, 240), QPoint(440, 240)
    assert view.grab().toImage().pixelColor(left).red() > 200
    view.set_mirror(True)
    shown = view.grab().toImage()
    assert shown.pixelColor(left).red() < 60
    assert shown.pixelColor(right).red() > 200


def test_the_chosen_square_comes_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    assert settings.framing == Framing()
    settings.framing = Framing(0.25, 0.75, 2.5)
    settings.sync()
    assert Settings(tmp_path / "settings.ini").framing == Framing(0.25, 0.75, 2.5)
    settings._store.setValue("framing", "to the left")
    assert settings.framing == Framing()
