# SPDX-License-Identifier: Apache-2.0
"""A phone as the camera: a real MJPEG server on the loopback device."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import pytest

from learner.camera import CameraStatus
from learner.camera.url import UrlSource
from learner.cv import cv2
from learner.errors import CameraFault
from tests.learner.camera.helpers import PATIENCE, Watcher, grey


class Phone:
    """Streams one grey level as MJPEG until it is left; `silent` keeps the line open and says nothing more."""

    def __init__(self, level: int, port: int = 0) -> None:
        self.silent = threading.Event()
        self._leaving = threading.Event()
        self._jpeg = cv2.imencode(".jpg", grey(level))[1].tobytes()
        phone = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                try:
                    phone._stream(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    def __enter__(self) -> Phone:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def _stream(self, handler: BaseHTTPRequestHandler) -> None:
        head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(self._jpeg)}\r\n\r\n".encode()
        while not self._leaving.wait(0.01):
            if not self.silent.is_set():
                handler.wfile.write(head + self._jpeg + b"\r\n")


@pytest.fixture
def free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def read_until_it_fails(source: UrlSource) -> None:
    """Read what is on its way already, and then on; give up where nothing ever fails."""
    for _ in range(100_000):
        source.read()


def test_the_picture_comes_and_comes_back_after_the_phone_was_away() -> None:
    with Phone(40) as phone:
        port = phone.port
        watcher = Watcher(UrlSource(phone.address, patience_milliseconds=500))
        with watcher:
            assert watcher.until_frames(2)[0].image.mean() == pytest.approx(40, abs=3)
            phone.__exit__(None, None, None)
            watcher.until_status(CameraStatus.WAITING)
            with Phone(200, port):
                watcher.until(lambda: bool(watcher.frames[-1].image.mean() > 150))
                watcher.until_status(CameraStatus.LIVE)


def test_a_stream_that_falls_silent_ends_after_the_patience() -> None:
    with Phone(40) as phone:
        source = UrlSource(phone.address, patience_milliseconds=200)
        source.open()
        assert source.read() is not None
        phone.silent.set()
        with pytest.raises(CameraFault, match="sends no more"):
            read_until_it_fails(source)
        source.close()
        source.close()


def test_an_address_nobody_answers_at_is_said_so(free_port: int) -> None:
    source = UrlSource(f"http://me:secret@127.0.0.1:{free_port}/", patience_milliseconds=200)
    with pytest.raises(CameraFault, match="demo scene") as caught:
        source.open()
    assert f"127.0.0.1:{free_port}" in caught.value.happened
    assert "secret" not in str(caught.value)
