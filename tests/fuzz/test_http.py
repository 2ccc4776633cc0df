# SPDX-License-Identifier: Apache-2.0
"""Bytes at the socket that are no proper request: the server answers or closes, has no bug, and goes on.

Requests that are proper and nonsense are made by schemathesis (`tests/integration/test_serve_openapi.py`).
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learner.serve.server import Server
from tests.fuzz.mutating import mutated
from tests.learner.serve.desk import TOKEN, FakeHub, png

PATIENCE = 60


class Stranger:
    """Somebody with the token and bad manners."""

    def __init__(self, server: Server) -> None:
        self.port = server.start().port

    def head(self, line: bytes, *more: bytes) -> bytes:
        own = (b"Host: 127.0.0.1:%d" % self.port, b"Authorization: Bearer " + TOKEN.encode())
        return b"\r\n".join((line, *own, *more, b"", b""))

    def say(self, content: bytes) -> bytes:
        """Write bytes, say that there will be no more, and return all that comes back."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            try:
                connection.sendall(content)
                connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    answer += piece
            except OSError as error:  # it was refused before it had been sent
                if error.errno not in {errno.ECONNRESET, errno.EPIPE, errno.ENOTCONN}:
                    raise
        return answer

    def is_answered(self) -> bool:
        return self.say(self.head(b"GET /health HTTP/1.1", b"Connection: close")).startswith(b"HTTP/1.1 200")


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    server = Server(FakeHub(), token=TOKEN)
    yield Stranger(server)
    server.stop()


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]


POST = b"POST /predict HTTP/1.1"
CHUNKED, LENGTH = b"Transfer-Encoding: chunked", b"Content-Length: %d"
RUDE: dict[str, tuple[bytes, tuple[bytes, ...], bytes]] = {
    "a length that is too small": (POST, (LENGTH % 3,), png()),
    "a length that is too large": (POST, (LENGTH % 10**6,), png()),
    "a length that is enormous": (POST, (LENGTH % 10**30,), png()),
    "a negative length": (POST, (b"Content-Length: -1",), png()),
    "a length in words": (POST, (b"Content-Length: many",), png()),
    "two lengths": (POST, (LENGTH % 3, LENGTH % 400), png()),
    "a length and chunks": (POST, (LENGTH % 3, CHUNKED), b"3\r\nabc\r\n0\r\n\r\n"),
    "a chunk that is shorter than it says": (POST, (CHUNKED,), b"ff\r\nabc\r\n0\r\n\r\n"),
    "a chunk that is longer than it says": (POST, (CHUNKED,), b"1\r\nabc\r\n0\r\n\r\n"),
    "a chunk of 2^64": (POST, (CHUNKED,), b"ffffffffffffffff\r\nabc\r\n"),
    "a chunk of a length that is none": (POST, (CHUNKED,), b"zz\r\nabc\r\n0\r\n\r\n"),
    "a chunk with a story": (POST, (CHUNKED,), b"1;" + b"x" * 100_000 + b"\r\na\r\n0\r\n\r\n"),
    "chunks without end": (POST, (CHUNKED,), b"1\r\na\r\n" * 50_000),
    "trailers without end": (POST, (CHUNKED,), b"0\r\n" + b"A: b\r\n" * 20_000),
    "chunks of chunks": (POST, (b"Transfer-Encoding: chunked, chunked",), b"0\r\n\r\n"),
    "an unknown coding": (POST, (b"Transfer-Encoding: gzip",), b"0\r\n\r\n"),
    "ten thousand headers": (POST, tuple(b"X-%d: 1" % number for number in range(10_000)), b""),
    "a header of a megabyte": (POST, (b"X: " + b"y" * 2**20,), b""),
    "a header without a colon": (POST, (b"nonsense",), b""),
    "a header over two lines": (POST, (b"X: a\r\n b",), b""),
    "a header with a NUL": (POST, (b"X: a\0b",), b""),
    "a header that is no text": (POST, (b"X: \xff\xfe",), b""),
    "an address of a megabyte": (b"GET /" + b"x" * 2**20 + b" HTTP/1.1", (), b""),
    "an address that is no text": (b"GET /\xff\xfe HTTP/1.1", (), b""),
    "an address of percent signs": (b"GET /%%%ff%00%zz?label=%ff HTTP/1.1", (), b""),
    "a path that leads out": (b"GET /../../etc/passwd HTTP/1.1", (), b""),
    "another server's address": (b"GET http://example.com/health HTTP/1.1", (), b""),
    "a tunnel": (b"CONNECT example.com:443 HTTP/1.1", (), b""),
    "a method that is none": (b"\x01\x02 / HTTP/1.1", (), b""),
    "a method of a kilobyte": (b"A" * 1000 + b" / HTTP/1.1", (), b""),
    "HTTP 9": (b"GET / HTTP/9.9", (), b""),
    "HTTP 0.9": (b"GET /", (), b""),
    "HTTP 2": (b"PRI * HTTP/2.0", (), b"SM\r\n\r\n"),
    "an upgrade": (b"GET / HTTP/1.1", (b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Key: x"), b""),
    "a wish to go on": (POST, (b"Expect: 100-continue", LENGTH % 10), b""),
    "two hosts": (b"GET / HTTP/1.1", (b"Host: example.com",), b""),
    "a form without a boundary": (POST, (b"Content-Type: multipart/form-data", LENGTH % 3), b"abc"),
    "a form of boundaries": (
        POST,
        (b"Content-Type: multipart/form-data; boundary=a", LENGTH % 300_000),
        b"--a\r\n" * 60_000,
    ),
    "brackets": (POST, (b"Content-Type: application/json", LENGTH % 200_000), b"[" * 200_000),
    "objects by the million": (POST, (b"Content-Type: application/json", LENGTH % 3_000_000), b"{}," * 1_000_000),
}


@pytest.mark.parametrize("name", RUDE)
def test_a_rude_request_is_refused_and_the_next_is_answered(stranger: Stranger, name: str) -> None:
    line, headers, body = RUDE[name]
    answer = stranger.say(stranger.head(line, *headers) + body)
    assert not [status for status in statuses(answer) if status == 500], answer[:500]
    assert stranger.is_answered()


def test_requests_one_behind_the_other_are_each_answered_or_none_is(stranger: Stranger) -> None:
    once = stranger.head(b"GET /health HTTP/1.1")
    answers = statuses(stranger.say(once * 50 + stranger.head(b"GET /health HTTP/1.1", b"Connection: close")))
    assert answers == [200] * 51


def test_what_is_smuggled_in_a_body_is_no_request(stranger: Stranger) -> None:
    hidden = stranger.head(b"POST /samples HTTP/1.1", b"Content-Length: 0")
    answer = stranger.say(stranger.head(POST, LENGTH % 3, CHUNKED) + b"0\r\n\r\n" + hidden)
    assert len(statuses(answer)) <= 1


def requests(stranger: Stranger) -> list[bytes]:
    picture = png()
    form = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' + picture + b"\r\n--x--\r\n"
    return [
        stranger.head(POST, b"Content-Type: image/png", LENGTH % len(picture)) + picture,
        stranger.head(
            b"POST /samples?label=mug HTTP/1.1", b"Content-Type: multipart/form-data; boundary=x", LENGTH % len(form)
        )
        + form,
        stranger.head(POST, b"Content-Type: application/json", CHUNKED) + b'10\r\n{"image": "aaaa"}\r\n0\r\n\r\n',
        stranger.head(b"GET /classes HTTP/1.1", b"Connection: keep-alive"),
    ]


def is_survived(stranger: Stranger, random: Random) -> None:
    answer = stranger.say(mutated(random.choice(requests(stranger)), random))
    assert not [status for status in statuses(answer) if status == 500], answer[:500]


_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=20, deadline=None, suppress_health_check=_QUIET)
@given(random=st.randoms(use_true_random=False))
def test_a_damaged_request_is_answered_or_refused(stranger: Stranger, random: Random) -> None:
    is_survived(stranger, random)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=_QUIET)
@given(random=st.randoms(use_true_random=False))
def test_many_damaged_requests(stranger: Stranger, random: Random) -> None:
    is_survived(stranger, random)
    assert stranger.is_answered()
