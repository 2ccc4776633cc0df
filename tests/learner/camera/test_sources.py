# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from learner.camera import CameraStatus, DemoSource, FrameSource, open_source
from learner.camera.device import DeviceSource
from learner.camera.folder import FolderSource
from learner.camera.url import UrlSource
from learner.camera.video import VideoSource
from learner.cv import cv2
from learner.errors import CameraFault
from learner.types import Image
from tests.learner.camera.helpers import Watcher, grey, which, write_clip


def read_all(source: FrameSource, at_most: int = 100) -> list[Image]:
    frames: list[Image] = []
    source.open()
    try:
        while len(frames) < at_most and (image := source.read()) is not None:
            frames.append(image)
    finally:
        source.close()
    return frames


def write_pictures(folder: Path, **levels: int) -> Path:
    folder.mkdir()
    for name, level in levels.items():
        assert cv2.imwrite(str(folder / f"{name}.png"), grey(level))
    return folder


class Late:
    """A pace at which so many turns have been missed each time."""

    def __init__(self, *missed: int) -> None:
        self._missed = list(missed)

    def wait(self) -> int:
        return self._missed.pop(0) if self._missed else 0


@pytest.mark.parametrize(
    ("spec", "kind", "description"),
    [
        ("demo", DemoSource, "demo scene"),
        ("0", DeviceSource, "camera 0"),
        ("12", DeviceSource, "camera 12"),
        ("/dev/video3", DeviceSource, "camera 3"),
        ("http://192.0.2.7:8080/video", UrlSource, "http://192.0.2.7:8080/video"),
        ("RTSP://192.0.2.7/", UrlSource, "RTSP://192.0.2.7/"),
        ("rtsp://me:p@ss@192.0.2.7/live", UrlSource, "rtsp://192.0.2.7/live"),
    ],
)
def test_a_text_means_a_source(spec: str, kind: type, description: str) -> None:
    source = open_source(spec)
    assert isinstance(source, kind)
    assert source.description == description


def test_a_clip_tells_how_long_it_is_and_how_fast(tmp_path: Path) -> None:
    clip = VideoSource(write_clip(tmp_path / "lesson.mp4", count=8))
    assert clip.length == 0
    clip.open()
    assert clip.length == 8
    assert clip.rate == 30
    clip.close()


def test_a_path_means_a_clip_or_a_folder(tmp_path: Path) -> None:
    assert isinstance(open_source(str(tmp_path)), FolderSource)
    clip = write_clip(tmp_path / "lesson.mp4")
    assert isinstance(open_source(str(clip)), VideoSource)
    assert open_source(str(clip)).description == "lesson.mp4"


@pytest.mark.parametrize("spec", ["", "no/such/clip.mp4", "-1", "²", "ftp://192.0.2.7/clip.mp4"])
def test_a_text_that_means_nothing_is_refused_with_a_way_out(spec: str) -> None:
    with pytest.raises(CameraFault, match="demo scene"):
        open_source(spec)


@pytest.mark.parametrize(("name", "fourcc"), [("a.mp4", "mp4v"), ("a.avi", "MJPG")])
def test_every_frame_of_a_clip_comes_exactly_once_when_not_in_real_time(tmp_path: Path, name: str, fourcc: str) -> None:
    clip = write_clip(tmp_path / name, fourcc=fourcc)
    frames = read_all(open_source(str(clip), loop=False, realtime=False))
    assert [which(frame) for frame in frames] == list(range(8))
    assert {(frame.shape, frame.dtype.name) for frame in frames} == {((48, 64, 3), "uint8")}


def test_a_camera_delivers_every_frame_of_a_clip_and_says_that_it_has_ended(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "lesson.mp4")
    with Watcher(open_source(str(clip), loop=False, realtime=False)) as watcher:
        ended = watcher.until_status(CameraStatus.ENDED)
    assert [which(frame.image) for frame in watcher.frames] == list(range(8))
    assert "lesson.mp4" in ended.title


def test_a_clip_can_be_opened_again_after_it_was_closed(tmp_path: Path) -> None:
    source = open_source(str(write_clip(tmp_path / "a.mp4")), loop=False, realtime=False)
    assert len(read_all(source)) == len(read_all(source)) == 8
    source.close()


@pytest.mark.parametrize(("name", "fourcc"), [("a.mp4", "mp4v"), ("a.avi", "MJPG")])
def test_a_looping_clip_begins_again(tmp_path: Path, name: str, fourcc: str) -> None:
    clip = write_clip(tmp_path / name, count=3, fourcc=fourcc)
    frames = read_all(open_source(str(clip), loop=True, realtime=False), at_most=8)
    assert [which(frame) for frame in frames] == [0, 1, 2, 0, 1, 2, 0, 1]


def test_a_clip_in_real_time_leaves_out_what_comes_too_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rates = []

    def late(rate: float) -> Late:
        rates.append(rate)
        return Late(0, 0, 3, 0)

    monkeypatch.setattr("learner.camera.video.Pace", late)
    clip = write_clip(tmp_path / "a.mp4")
    frames = read_all(open_source(str(clip), loop=False))
    assert [which(frame) for frame in frames] == [0, 1, 5, 6, 7]
    assert rates[-1] == pytest.approx(30)


def test_being_very_late_at_the_end_of_a_looping_clip_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learner.camera.video.Pace", lambda rate: Late(0, 1000))
    frames = read_all(open_source(str(write_clip(tmp_path / "a.mp4"))), at_most=3)
    assert [which(frame) for frame in frames] == [0, 0, 1]


def test_a_clip_in_real_time_plays(tmp_path: Path) -> None:
    with Watcher(open_source(str(write_clip(tmp_path / "a.mp4", count=3)))) as watcher:
        watcher.until_frames(4)
    assert which(watcher.frames[0].image) == 0


def test_a_phones_upright_clip_is_shown_upright(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", size=(64, 48))
    content = bytearray(clip.read_bytes())
    matrix = content.index(b"tkhd") + 44  # ISO/IEC 14496-12, 8.3.2
    content[matrix : matrix + 36] = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 48 << 16, 0, 1 << 30)
    clip.write_bytes(content)
    assert read_all(open_source(str(clip), realtime=False), at_most=1)[0].shape == (64, 48, 3)


def _text(path: Path) -> None:
    path.write_text("not a clip")


def _nothing(path: Path) -> None:
    path.touch()


def _cut(path: Path) -> None:
    write_clip(path)
    path.write_bytes(path.read_bytes()[:200])


@pytest.mark.parametrize("write", [_text, _nothing, _cut])
def test_a_file_that_is_no_clip_is_said_to_be_none(tmp_path: Path, write: Callable[[Path], None]) -> None:
    path = tmp_path / "notes.mp4"
    write(path)
    with pytest.raises(CameraFault, match=r"notes\.mp4") as caught:
        read_all(open_source(str(path)), at_most=1)
    assert "demo scene" in caught.value.remedy


def test_pictures_of_a_folder_come_in_natural_order_and_other_files_are_left_out(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", **{"cup 10": 30, "cup 2": 20, "Cup 1": 10, "7": 5})
    (folder / "cup 3.png").write_bytes(b"not a picture")
    (folder / "notes.txt").write_text("cups")
    (folder / "more").mkdir()
    frames = read_all(open_source(str(folder), loop=False, realtime=False))
    assert [int(frame[0, 0, 0]) for frame in frames] == [5, 10, 20, 30]


def test_a_looping_folder_begins_again(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", a=10, b=20)
    frames = read_all(open_source(str(folder), realtime=False), at_most=5)
    assert [int(frame[0, 0, 0]) for frame in frames] == [10, 20, 10, 20, 10]


def test_in_real_time_each_picture_of_a_folder_stays_for_ten_frames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = []

    def pace(rate: float) -> Late:
        rates.append(rate)
        return Late()

    monkeypatch.setattr("learner.camera.folder.Pace", pace)
    folder = write_pictures(tmp_path / "pictures", a=10, b=20)
    frames = read_all(open_source(str(folder), loop=False))
    assert [int(frame[0, 0, 0]) for frame in frames] == [10] * 10 + [20] * 10
    assert set(rates) == {10}


@pytest.mark.parametrize("loop", [True, False])
@pytest.mark.parametrize("content", [[], ["notes.txt", "bad.png"]])
def test_a_folder_without_pictures_is_said_to_have_none(tmp_path: Path, content: list[str], loop: bool) -> None:
    for name in content:
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(CameraFault, match="no picture"):
        read_all(open_source(str(tmp_path), loop=loop, realtime=False))


def test_a_folder_that_is_emptied_while_it_is_shown_is_told(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", a=10)
    source = open_source(str(folder), realtime=False)
    source.open()
    assert source.read() is not None
    (folder / "a.png").unlink()
    with pytest.raises(CameraFault, match="no picture"):
        source.read()
