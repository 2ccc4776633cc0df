# SPDX-License-Identifier: Apache-2.0
"""A phone as the camera: a real MJPEG server on the loopback device."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator

import pytest

from learner.camera import CameraStatus
from learner.camera.mjpeg import MjpegStream, Silence
from learner.camera.url import UrlSource
from learner.cv import cv2
from learner.errors import CameraFault
from tests.learner.camera.faulty import SENDS_ON, Phone, Trouble, number_of, stamped
from tests.learner.camera.helpers import PATIENCE, Watcher

SHORT = 0.3


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


@pytest.fixture
def free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def opened(phone: Phone, patience: float = SHORT) -> UrlSource:
    source = UrlSource(phone.address, patience)
    source.open()
    return source


def read_until_it_fails(source: UrlSource) -> None:
    """Read what is on its way already, and then on; give up where nothing ever fails."""
    for _ in range(100_000):
        source.read()


def read(source: UrlSource) -> int:
    image = source.read()
    assert image is not None
    return number_of(image)


@pytest.mark.parametrize("says_length", [True, False])
def test_pictures_come_in_order_and_whole(phone: Phone, says_length: bool) -> None:
    phone.says_length = says_length
    source = opened(phone, PATIENCE)
    numbers = [read(source) for _ in range(20)]
    assert numbers == sorted(set(numbers))
    phone.size = (320, 240)
    while True:
        image = source.read()
        assert image is not None
        if image.shape == (240, 320, 3):
            break
    source.close()
    source.close()


def test_of_what_has_piled_up_only_the_newest_is_taken(phone: Phone) -> None:
    phone.period = 0.0
    source = opened(phone, PATIENCE)
    read(source)
    piled = phone.newest + 100
    while phone.newest < piled:
        pass
    assert read(source) > piled - 50
    source.close()


@pytest.mark.parametrize("trouble", [one for one in Trouble if one not in SENDS_ON | {Trouble.NONE, Trouble.REPEATS}])
def test_without_a_whole_picture_in_time_it_says_that_they_stopped(phone: Phone, trouble: Trouble) -> None:
    source = opened(phone)
    read(source)
    phone.mode = trouble
    with pytest.raises(CameraFault, match="sends no more"):
        read_until_it_fails(source)
    source.close()
    with pytest.raises(CameraFault, match="sends no more"):
        source.read()


@pytest.mark.parametrize("trouble", sorted(SENDS_ON))
def test_what_is_between_pictures_and_wrong_lengths_are_no_obstacle(phone: Phone, trouble: Trouble) -> None:
    source = opened(phone, PATIENCE)
    phone.mode = trouble
    began = phone.newest
    while read(source) < began + 20:
        pass
    source.close()


def test_an_address_nobody_answers_at_is_said_so(free_port: int) -> None:
    source = UrlSource(f"http://me:secret@127.0.0.1:{free_port}/", SHORT)
    with pytest.raises(CameraFault, match="demo scene") as caught:
        source.open()
    assert f"127.0.0.1:{free_port}" in caught.value.happened
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://", "http://127.0.0.1:99999/", "http://[::1/", f"http://{'a' * 300}/"])
def test_an_address_that_is_none_is_said_so(address: str) -> None:
    with pytest.raises(CameraFault, match="No pictures come"):
        UrlSource(address, SHORT).open()


class Answering:
    """Gives one answer to the first who asks, and keeps what was asked."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.asked = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://me:se%20cret@127.0.0.1:{self._listener.getsockname()[1]}/video?a=1"
        self._thread = threading.Thread(target=self._answer)

    def __enter__(self) -> Answering:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._thread.join(PATIENCE)
        self._listener.close()

    def _answer(self) -> None:
        line, _ = self._listener.accept()
        with line:
            self.asked = line.recv(65536)
            for piece in self._pieces:
                line.sendall(piece)


def test_a_name_and_a_password_are_sent_to_whom_they_are_for() -> None:
    jpeg = cv2.imencode(".jpg", stamped(7))[1].tobytes()
    head = b'HTTP/1.1 200 OK\r\ncontent-type: Multipart/x-mixed-replace;boundary="--my line"\r\n\r\n'
    with Answering(head[:30], head[30:], b"rubbish\r\n--my line\r\n\r\n" + jpeg, b"\r\n--my line--\r\n") as server:
        stream = MjpegStream.open(server.address, PATIENCE)
        assert stream is not None
        assert number_of(stream.read(PATIENCE)) == 7
        with pytest.raises(Silence):
            stream.read(PATIENCE)
        stream.close()
    asked = server.asked.split(b"\r\n")
    assert asked[0] == b"GET /video?a=1 HTTP/1.0"
    assert b"Authorization: Basic " + base64.b64encode(b"me:se cret") in asked
    assert b"me:" not in asked[1]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 404 Not Found\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=a\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_no_series_of_pictures_is_left_to_ffmpeg(answer: bytes) -> None:
    with Answering(answer) as server:
        assert MjpegStream.open(server.address, PATIENCE) is None


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 20_000, bytes(100_000)])
def test_an_answer_without_an_end_is_none(answer: bytes) -> None:
    with Answering(answer) as server, pytest.raises(Silence):
        MjpegStream.open(server.address, PATIENCE)


def test_ffmpeg_reads_what_else_there_is(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MjpegStream, "open", lambda *_: None)
    source = opened(phone, PATIENCE)
    assert read(source) > 0
    phone.mode = Trouble.CLOSES
    with pytest.raises(CameraFault, match="sends no more"):
        read_until_it_fails(source)
    source.close()


def test_the_picture_comes_and_comes_back_after_the_phone_was_away(phone: Phone) -> None:
    with Watcher(UrlSource(phone.address)) as watcher:
        watcher.until_frames(2)
        phone.mode = Trouble.REFUSES
        watcher.until_status(CameraStatus.WAITING)
        away = phone.newest
        phone.mode = Trouble.NONE
        watcher.until_status(CameraStatus.LIVE)
        assert number_of(watcher.frames[-1].image) > away
