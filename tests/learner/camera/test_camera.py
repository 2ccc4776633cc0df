# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import logging
import threading

import pytest

from learner.camera import Camera, CameraState, CameraStatus, Frame
from learner.errors import CameraFault
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


def test_silence_is_told_while_the_read_still_hangs_and_ends_when_a_frame_comes() -> None:
    unplugged = threading.Event()
    with Watcher(Script([grey(1), unplugged, grey(2)]), stall_seconds=0.05) as watcher:
        waiting = watcher.until_status(WAITING)
        assert not unplugged.is_set()
        assert "a script" in waiting.message
        unplugged.set()
        watcher.until_frames(2)
    assert watcher.statuses[-2:] == [WAITING, LIVE]


def test_a_first_frame_that_does_not_come_is_told_too() -> None:
    with Watcher(Script([]), stall_seconds=0.05) as watcher:
        watcher.until_status(WAITING)
    assert watcher.statuses == [OPENING, WAITING]


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
