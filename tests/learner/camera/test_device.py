# SPDX-License-Identifier: Apache-2.0
"""A camera of the machine, with OpenCV's capture and the system's list replaced: tests have no camera."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cv2_enumerate_cameras
import numpy as np
import pytest

from learner.camera import CameraInfo, list_cameras, open_source
from learner.camera.device import DeviceSource
from learner.cv import cv2
from learner.errors import CameraFault, CameraRefused, CameraTaken
from learner.types import Image
from tests.learner.camera.helpers import grey


class Capture:
    """Stands in for `cv2.VideoCapture`: gives what `pictures` says, then nothing."""

    pictures: list[Image]
    there: bool
    made: list[Capture]

    def __init__(self, index: int, backend: int) -> None:
        self.index = index
        self.settings: dict[int, float] = {}
        self.released = False
        Capture.made.append(self)

    def set(self, setting: int, value: float) -> bool:
        self.settings[setting] = value
        return True

    def isOpened(self) -> bool:  # noqa: N802
        return Capture.there

    def read(self) -> tuple[bool, Image | None]:
        image = Capture.pictures.pop(0) if Capture.pictures else None
        return image is not None, image

    def release(self) -> None:
        self.released = True


@pytest.fixture(autouse=True)
def _capture(monkeypatch: pytest.MonkeyPatch) -> None:
    Capture.pictures, Capture.there, Capture.made = [], True, []
    monkeypatch.setattr(cv2, "VideoCapture", Capture)


def system_has(monkeypatch: pytest.MonkeyPatch, **cameras: int) -> None:
    found = [SimpleNamespace(index=index, name=name) for name, index in cameras.items()]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: found)


def test_cameras_are_listed_by_index_with_the_systems_names(monkeypatch: pytest.MonkeyPatch) -> None:
    system_has(monkeypatch, Microscope=2, Webcam=0)
    assert list_cameras() == [CameraInfo(0, "Webcam"), CameraInfo(2, "Microscope")]


def test_a_camera_without_a_name_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = SimpleNamespace(index=1, name=None)
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: [nameless])
    assert list_cameras() == [CameraInfo(1, "Camera 1")]


def test_a_system_that_does_not_tell_has_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(backend: int) -> None:
        raise OSError("no such bus")

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", fail)
    assert list_cameras() == []
    assert "no such bus" in caplog.text


def test_frames_come_with_as_short_a_queue_as_the_driver_allows() -> None:
    Capture.pictures = [grey(1), grey(2)]
    source = DeviceSource(3)
    source.open()
    assert [int(source.read()[0, 0, 0]) for _ in range(2)] == [1, 2]  # type: ignore[index]
    (capture,) = Capture.made
    assert capture.index == 3
    assert capture.settings[cv2.CAP_PROP_BUFFERSIZE] == 1
    source.close()
    assert capture.released
    source.close()


def test_a_camera_is_asked_for_a_size_only_when_one_was_chosen() -> None:
    open_source("0").open()
    assert cv2.CAP_PROP_FRAME_WIDTH not in Capture.made[-1].settings
    for spec in ("0", "/dev/video0"):
        open_source(spec, size=(1280, 720)).open()
        settings = Capture.made[-1].settings
        assert (settings[cv2.CAP_PROP_FRAME_WIDTH], settings[cv2.CAP_PROP_FRAME_HEIGHT]) == (1280, 720)


def test_no_camera_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    system_has(monkeypatch)
    Capture.there = False
    with pytest.raises(CameraFault) as caught:
        DeviceSource(0).open()
    assert caught.value.title == "No camera found"
    assert "demo scene" in caught.value.remedy
    assert Capture.made[0].released


def test_another_index_than_those_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    system_has(monkeypatch, Webcam=0, Microscope=2)
    Capture.there = False
    with pytest.raises(CameraFault) as caught:
        DeviceSource(1).open()
    assert caught.value.title == "There is no such camera"
    assert "0 (Webcam), 2 (Microscope)" in caught.value.remedy
    assert "demo scene" in caught.value.remedy


def test_a_camera_that_another_program_has_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    system_has(monkeypatch, Webcam=0)
    Capture.there = False
    with pytest.raises(CameraFault) as caught:
        DeviceSource(0).open()
    assert "another program" in caught.value.happened
    assert "demo scene" in caught.value.remedy


def test_a_camera_that_opens_but_never_gives_a_picture_may_be_taken_too() -> None:
    source = DeviceSource(0)
    source.open()
    with pytest.raises(CameraFault, match="another program"):
        source.read()


def test_a_camera_that_stops_after_a_while_has_gone() -> None:
    Capture.pictures = [grey(1)]
    source = DeviceSource(0)
    source.open()
    source.read()
    with pytest.raises(CameraFault, match="Plug it in again"):
        source.read()
    source.close()
    with pytest.raises(CameraFault):
        source.read()


def test_an_empty_buffer_and_what_a_depth_camera_gives_are_no_pictures() -> None:
    odd: Any
    for odd in (np.zeros((0, 0, 3), np.uint8), np.zeros((48, 64), np.uint16)):
        Capture.pictures = [grey(1), odd]
        source = DeviceSource(0)
        source.open()
        source.read()
        with pytest.raises(CameraFault, match="no new pictures"):
            source.read()


def test_another_one_of_the_same_shares_nothing_with_it() -> None:
    source = DeviceSource(3, (640, 480))
    source.open()
    other = source.again()
    other.close()
    assert not Capture.made[0].released
    other.open()
    assert Capture.made[1].index == 3
    assert Capture.made[1].settings[cv2.CAP_PROP_FRAME_WIDTH] == 640


def test_a_camera_that_another_program_has_is_said_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    system_has(monkeypatch, Webcam=0)
    Capture.there = False
    monkeypatch.setattr("learner.camera.device.is_refused", lambda index: False)
    monkeypatch.setattr("learner.camera.device.taken_by", lambda index: "zoom")
    with pytest.raises(CameraTaken) as caught:
        DeviceSource(0).open()
    assert caught.value.title == "Another program has the camera"
    assert "zoom is using camera 0" in caught.value.happened
    assert "comes by itself" in caught.value.remedy


@pytest.mark.parametrize(
    ("system", "where"), [("darwin", "System Settings"), ("win32", "Settings"), ("linux", "group “video”")]
)
def test_a_camera_that_the_system_refuses_is_said_with_where_to_allow_it(
    monkeypatch: pytest.MonkeyPatch, system: str, where: str
) -> None:
    system_has(monkeypatch, Webcam=0)
    Capture.there = False
    monkeypatch.setattr("learner.camera.device.is_refused", lambda index: True)
    monkeypatch.setattr("learner.camera.device.sys.platform", system)
    with pytest.raises(CameraRefused) as caught:
        DeviceSource(0).open()
    assert caught.value.title == "The camera may not be used"
    assert where in caught.value.remedy
