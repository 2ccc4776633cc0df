# SPDX-License-Identifier: Apache-2.0
"""What is recorded while a camera goes wrong: real frames, the window, its recorder, and a real file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import pytest

from learner.buffer import Buffer, decode
from learner.camera import STALL_SECONDS, Camera, CameraState, CameraStatus, Frame
from learner.camera.device import DeviceSource
from learner.camera.url import UrlSource
from learner.cv import cv2
from tests.desktop.conftest import Desk
from tests.learner.camera.faulty import SENDS_ON, Driver, Fault, Phone, Taker, Trouble, number_of, stamped

Wrong = TypeVar("Wrong", Fault, Trouble)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = partial(Camera, stall_seconds=0.1, patience=0.2, back_off=(0.01, 0.05))
    monkeypatch.setattr("desktop.camera_bridge.Camera", quick)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    driver = Driver()
    monkeypatch.setattr(cv2, "VideoCapture", driver.capture)
    yield driver
    driver.over()


def quickly(faults: Iterable[Wrong], some: set[Wrong]) -> list[Any]:
    """Return all faults as parameters, most of which are tried when there is time."""
    return [pytest.param(one, id=str(one), marks=[] if one in some else [pytest.mark.slow]) for one in faults]


class Holding:
    """Somebody who holds the key down whenever there is a picture."""

    def __init__(self, desk: Desk) -> None:
        desk.name("mug")
        self._desk = desk
        self.recorder = desk.session.recorder
        self.info = desk.session.model.classes[0]
        self.recorder._timer.setInterval(1)
        desk.app.camera.frame.connect(self._hold)

    def _hold(self) -> None:
        if self.recorder.recording is None:
            self.recorder.start(self.info)
        self.recorder._record()  # as fast as there are frames

    def stored(self) -> list[int]:
        """The numbers of the pictures in the file, as they were recorded."""
        with Buffer.open(self._desk.path, read_only=True) as buffer:
            pictures = buffer.pictures([sample.id for sample in buffer.samples()])
        return [number_of(decode(pictures[id_])) for id_ in sorted(pictures)]

    def until_stored(self, count: int) -> list[int]:
        self._desk.until(lambda: len(self.stored()) >= count)
        return self.stored()

    def until_told(self, status: CameraStatus) -> None:
        self._desk.until(lambda: self._desk.app._state is not None and self._desk.app._state.status is status)

    def go_wrong(self, taker: Taker, wrong: Fault | Trouble, right: Fault | Trouble) -> None:
        """Have a camera fail and come back; nothing of before may be recorded after it."""
        self.until_stored(3)
        taker.mode = wrong  # type: ignore[attr-defined]  # of a Driver or a Phone
        self.until_told(CameraStatus.WAITING)
        self._desk.until(lambda: self._desk.session.undo_text is not None)  # all is on the disk
        before, away = len(self.stored()), taker.newest
        taker.mode = right  # type: ignore[attr-defined]
        numbers = self.until_stored(before + 3)
        self.recorder.stop()
        assert min(numbers[before:]) > away
        assert numbers == sorted(set(numbers)), "none is there twice"


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", quickly([*Fault][1:], {Fault.HANGS_THEN_GIVES_OLD}))
def test_after_a_camera_went_wrong_nothing_of_before_is_recorded(desk: Desk, driver: Driver, fault: Fault) -> None:
    driver.green_at_first, driver.replayed_at_first = 2, 3
    holding = Holding(desk)
    desk.app.use_source(DeviceSource(0))
    holding.go_wrong(driver, fault, Fault.NONE)
    driver.over()
    assert not driver.crashed


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "trouble", quickly([one for one in [*Trouble][1:] if one not in SENDS_ON], {Trouble.SILENT_THEN_OLD})
)
def test_after_a_phone_went_wrong_nothing_of_before_is_recorded(desk: Desk, trouble: Trouble) -> None:
    holding = Holding(desk)
    with Phone() as phone:
        desk.app.use_source(UrlSource(phone.address, patience=0.15))
        holding.go_wrong(phone, trouble, Trouble.NONE)


def test_a_picture_that_has_come_to_a_stand_is_not_recorded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.name("mug")
    now = 100.0
    monkeypatch.setattr("desktop.recorder.time.monotonic", lambda: now)
    desk.app._show_frame(Frame(stamped(1), 1, now))
    recorder, info = desk.session.recorder, desk.session.model.classes[0]
    now += STALL_SECONDS + 0.1
    with desk.qtbot.waitSignal(recorder.no_picture):
        recorder.start(info)
    assert recorder.recording is None
    desk.app._show_frame(Frame(stamped(2), 2, now))
    with desk.qtbot.waitSignal(recorder.finished):
        recorder.start(info)
        now += STALL_SECONDS + 0.1
        recorder._record()
        recorder.stop()
    assert desk.counts() == {"mug": 1}


def test_a_frame_on_its_way_when_the_camera_goes_away_does_not_arrive(desk: Desk) -> None:
    bridge, seen = desk.app.camera, list[Frame]()
    bridge.frame.connect(seen.append)
    bridge._camera = Camera(DeviceSource(0), lambda _: None, lambda _: None)
    bridge._take(Frame(stamped(1), 1, 0.0))
    bridge._hear(CameraState(CameraStatus.WAITING, "The camera has gone", "Plug it in."))
    bridge._hear(CameraState(CameraStatus.LIVE))
    bridge._take(Frame(stamped(2), 2, 0.0))
    desk.until(lambda: bool(seen))
    bridge._deliver()
    assert [frame.number for frame in seen] == [2]
    bridge._camera = None
