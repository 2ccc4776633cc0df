# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from learner.camera import Camera, CameraState, CameraStatus, Frame
from learner.camera.device import DeviceSource
from learner.cv import cv2
from learner.errors import CameraFault
from tests.learner.camera.faulty import Driver, Fault, number_of
from tests.learner.camera.helpers import PATIENCE, Script, Watcher, grey

OPENING, LIVE, WAITING = CameraStatus.OPENING, CameraStatus.LIVE, CameraStatus.WAITING


def gone() -> CameraFault:
    return CameraFault("The camera has gone", "It sends nothing.", "Plug it in.")


def test_frames_arrive_in_order_and_numbered() -> None:
    source = Script([grey(1), grey(2), grey(3), None], reopens=False)
    with Watcher(source) as watcher:
        ended = watcher.until_status(CameraStatus.ENDED)
    assert [(frame.number, int(frame.image[0, 0, 0])) for frame in watcher.frames] == [(1, 1), (2, 2), (3, 3)]
    times = [frame.captured_at for frame in watcher.frames]
    assert times == sorted(times)
    assert watcher.statuses == [OPENING, LIVE, CameraStatus.ENDED]
    assert "a script" in ended.title
    assert not source.is_open


def test_a_camera_that_goes_away_is_opened_again_until_it_is_back() -> None:
    source = Script([grey(1), gone()], [gone()], [gone()], [grey(2)])
    with Watcher(source) as watcher:
        frames = watcher.until_frames(2)
        waiting = watcher.states[2]
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [1, 2]
    assert [frame.number for frame in frames] == [1, 2], "numbers go on"
    assert watcher.statuses == [OPENING, LIVE, WAITING, LIVE], "three failures are told once"
    assert (waiting.title, waiting.message) == ("The camera has gone", "It sends nothing. Plug it in.")
    assert source.opened == 4


def test_a_camera_that_is_not_there_at_first_is_waited_for() -> None:
    with Watcher(Script([gone()], [grey(7)])) as watcher:
        watcher.until_frames(1)
    assert watcher.statuses == [OPENING, WAITING, LIVE]


def test_a_source_that_cannot_come_back_is_not_opened_again() -> None:
    source = Script([grey(1), gone()], [grey(2)], reopens=False)
    with Watcher(source) as watcher:
        failed = watcher.until_status(CameraStatus.FAILED)
    assert failed.title == "The camera has gone"
    assert source.opened == 1
    assert not source.is_open


def test_silence_is_told_while_the_read_still_hangs_and_what_comes_of_it_is_of_before() -> None:
    unplugged = threading.Event()
    with Watcher(Script([grey(1), unplugged, grey(2), grey(3)], [grey(4)]), stall_seconds=0.05) as watcher:
        waiting = watcher.until_status(WAITING)
        assert not unplugged.is_set()
        assert "a script" in waiting.message
        unplugged.set()
        watcher.until_frames(2)
    assert [int(frame.image[0, 0, 0]) for frame in watcher.frames] == [1, 4]
    assert watcher.statuses[-2:] == [WAITING, LIVE]


def test_a_first_frame_that_does_not_come_is_told_too() -> None:
    with Watcher(Script([]), stall_seconds=0.05) as watcher:
        watcher.until_status(WAITING)
    assert watcher.statuses == [OPENING, WAITING]


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    driver = Driver()
    monkeypatch.setattr(cv2, "VideoCapture", driver.capture)
    yield driver
    driver.over()


QUICK = {"stall_seconds": 0.1, "patience": 0.2}


def numbers(watcher: Watcher) -> list[int]:
    return [number_of(frame.image) for frame in watcher.frames]


@pytest.mark.parametrize("fault", [one for one in Fault if one is not Fault.NONE])
@pytest.mark.parametrize("replayed", [0, 3])
def test_whatever_a_camera_does_wrong_it_comes_back_with_new_pictures_alone(
    driver: Driver, fault: Fault, replayed: int
) -> None:
    driver.green_at_first, driver.replayed_at_first = 2, replayed
    with Watcher(DeviceSource(0), **QUICK) as watcher:
        watcher.until_frames(3)
        driver.mode = fault
        watcher.until_status(WAITING)
        before, away = len(watcher.frames), driver.newest
        driver.mode = Fault.NONE
        watcher.until_frames(before + 3)
        assert watcher.statuses[-1] is LIVE
    seen = numbers(watcher)
    assert min(seen[before:]) > away
    assert seen == sorted(set(seen)), "none comes twice"
    assert not driver.crashed, "no capture was closed under its read"


def test_one_read_that_hangs_for_ever_holds_up_nothing(driver: Driver) -> None:
    with Watcher(DeviceSource(0), **QUICK) as watcher:
        watcher.until_frames(1)
        driver.mode = Fault.HANGS
        watcher.until(lambda: driver.opened > 2)
        driver.mode = Fault.NONE
        before = len(watcher.frames)
        watcher.until_frames(before + 2)
        assert len(watcher.camera._left) >= 2
    driver.over()
    for reader in watcher.camera._left:
        reader.thread.join(PATIENCE)
        assert not reader.thread.is_alive(), "what hung closes what it had opened when it comes back"
    assert not driver.crashed


def test_of_readers_that_hang_there_are_not_many(driver: Driver) -> None:
    with Watcher(DeviceSource(0), **QUICK) as watcher:
        watcher.until_frames(1)
        driver.mode = Fault.HANGS
        watcher.until(lambda: len(watcher.camera._left) == 4)
        for _ in range(3):
            watcher.camera._leave(watcher.camera._reader)
        assert driver.opened == 5
        driver.over()


def test_the_size_may_change_in_the_middle(driver: Driver) -> None:
    with Watcher(DeviceSource(0), **QUICK) as watcher:
        watcher.until_frames(2)
        driver.size = (320, 240)
        watcher.until(lambda: watcher.frames[-1].image.shape == (240, 320, 3))
        assert watcher.statuses == [OPENING, LIVE]
        assert driver.opened == 1


def test_one_that_repeats_itself_is_opened_anew_once_and_then_left_alone(driver: Driver) -> None:
    with Watcher(DeviceSource(0), **QUICK) as watcher:
        watcher.until_frames(1)
        driver.mode = Fault.STALE
        told = watcher.until_status(WAITING)
        watcher.until(lambda: driver.opened == 2)
        reads = len(watcher.frames)
        watcher.camera._stopping.wait(5 * QUICK["stall_seconds"])
        assert (driver.opened, len(watcher.frames)) == (2, reads)
    assert told.title == "The picture stands still"


def test_a_clip_may_repeat_itself_and_be_of_one_colour() -> None:
    black = np.zeros((48, 64, 3), np.uint8)
    with Watcher(Script([black, black, None], reopens=False)) as watcher:
        watcher.until_status(CameraStatus.ENDED)
    assert len(watcher.frames) == 2


def test_a_camera_that_is_slow_to_open_is_given_the_time_it_took_before() -> None:
    camera = Camera(Script([]), lambda frame: None, lambda state: None, patience=2.0)
    assert camera._patience == 10.0, "nobody knows yet"
    camera._fastest = 3.0
    assert camera._patience == 6.0
    camera._fastest = 0.3
    assert camera._patience == 2.0


def test_a_bug_in_a_source_is_said_and_logged_and_not_a_picture_that_stands_still(
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = Script([grey(1), ZeroDivisionError("oh")])
    with caplog.at_level(logging.ERROR), Watcher(source) as watcher:
        failed = watcher.until_status(CameraStatus.FAILED)
    assert "ZeroDivisionError" in failed.message
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]
    assert source.opened == 1
    assert not source.is_open


def test_a_slow_consumer_does_not_make_a_queue() -> None:
    """While `on_frame` runs no further frame is read, and afterwards `latest` is the newest."""
    busy, done = threading.Event(), threading.Event()

    class Counting(Script):
        reads = 0

        def read(self) -> None:
            self.reads += 1
            return super().read()  # type: ignore[return-value]

    source = Counting([grey(1), grey(2), grey(3), None], reopens=False)
    camera: Camera
    seen: list[tuple[int, int]] = []
    ended = threading.Event()

    def on_frame(frame: Frame) -> None:
        busy.set()
        assert done.wait(PATIENCE)
        assert camera.latest is not None
        seen.append((frame.number, camera.latest.number))

    def on_state(state: CameraState) -> None:
        if state.status is CameraStatus.ENDED:
            ended.set()

    camera = Camera(source, on_frame, on_state)
    assert camera.latest is None
    camera.start()
    assert busy.wait(PATIENCE)
    assert source.reads == 1
    done.set()
    assert ended.wait(PATIENCE)
    camera.stop(PATIENCE)
    assert seen == [(1, 1), (2, 2), (3, 3)]


def test_stop_closes_the_source_and_nothing_is_said_afterwards() -> None:
    source = Script([grey(level) for level in range(200)])
    watcher = Watcher(source)
    with watcher:
        watcher.until_frames(1)
        source.over.set()
        watcher.camera.stop(PATIENCE)
        said = len(watcher.frames), list(watcher.states)
        assert not source.is_open
        watcher.camera.stop(PATIENCE)
    assert (len(watcher.frames), watcher.states) == said


def test_stop_does_not_wait_for_a_read_that_hangs_and_no_frame_comes_of_it() -> None:
    hanging = threading.Event()
    closed = threading.Event()

    class Slow(Script):
        def close(self) -> None:
            super().close()
            closed.set()

    watcher = Watcher(Slow([grey(1), hanging, grey(2)]))
    watcher.camera.start()
    watcher.until_frames(1)
    watcher.camera.stop(timeout=0.01)
    assert not closed.is_set(), "a capture is not closed under its running read"
    hanging.set()
    assert closed.wait(PATIENCE), "but as soon as that comes back"
    assert [frame.number for frame in watcher.frames] == [1]
    watcher.camera.stop(PATIENCE)


@pytest.mark.parametrize("from_what", ["frame", "state"])
def test_stop_from_a_callback_does_not_wait_for_itself(from_what: str) -> None:
    source = Script([grey(1), grey(2), grey(3)])
    stopped = threading.Event()
    frames: list[Frame] = []
    camera: Camera

    def stop() -> None:
        camera.stop(PATIENCE)
        stopped.set()

    def on_frame(frame: Frame) -> None:
        frames.append(frame)
        if from_what == "frame":
            stop()

    def on_state(state: CameraState) -> None:
        if from_what == "state" and state.status is LIVE:
            stop()

    camera = Camera(source, on_frame, on_state)
    camera.start()
    assert stopped.wait(PATIENCE)
    camera.stop(PATIENCE)
    assert len(frames) <= 1
    assert not source.is_open


def test_stop_ends_a_long_back_off_at_once() -> None:
    watcher = Watcher(Script([gone()]), back_off=(1000.0, 1000.0))
    with watcher:
        watcher.until_status(WAITING)


def test_stop_before_start_is_harmless() -> None:
    Camera(Script([]), lambda frame: None, lambda state: None).stop()


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Script([gone()], [gone()], [gone()], [gone()], [grey(1), gone()], [grey(2)])
    watcher = Watcher(source, back_off=(0.25, 1.0))
    pauses: list[float] = []
    wait = watcher.camera._stopping.wait

    def note(seconds: float) -> bool:
        if threading.current_thread().name != "camera a script":
            return wait(seconds)
        pauses.append(seconds)
        return False

    monkeypatch.setattr(watcher.camera._stopping, "wait", note)
    with watcher:
        watcher.until_frames(2)
        assert pauses == [0.25, 0.5, 1.0, 1.0, 0.25]
