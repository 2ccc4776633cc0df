# SPDX-License-Identifier: Apache-2.0
"""The server at a real socket, begun and ended, over a hub without a learner."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from learner.errors import EnvironmentFault, UsageFault
from learner.serve.security import MAX_BODY, asking_key
from learner.serve.server import Address, Server, is_loopback
from tests.learner.serve.desk import TOKEN, FakeHub, png

PATIENCE = 60


class Desk:
    def __init__(self, hub: FakeHub, server: Server) -> None:
        self.hub = hub
        self.server = server
        self.address: Address = server.start()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.address.port, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "image/png") -> tuple[int, bytes]:
        connection = self.connect()
        connection.request(method, path, body, {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, content

    def say(self, *lines: bytes) -> bytes:
        """Write lines to the socket, and return all that comes until the other end closes it."""
        with socket.create_connection(("127.0.0.1", self.address.port), PATIENCE) as connection:
            connection.sendall(b"\r\n".join(lines))
            content = b""
            while piece := connection.recv(65536):
                content += piece
        return content


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    hub = FakeHub()
    desk = Desk(hub, Server(hub, token=TOKEN))
    yield desk
    desk.server.stop()


def test_it_serves_and_ends_and_serves_again() -> None:
    hub = FakeHub()
    server = Server(hub, token=TOKEN)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for _ in range(2):
        desk = Desk(hub, server)
        assert desk.ask("POST", "/predict", png())[0] == 200
        assert {number: signal.getsignal(number) for number in before} == before
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            desk.ask("GET", "/health")
    server.stop()
    assert not [thread.name for thread in threading.enumerate() if thread.name == "showtell server"]


def test_who_listens_does_not_keep_it_from_ending() -> None:
    hub = FakeHub()
    hub.feed.tell("state", {"learner": "ready"})
    desk = Desk(hub, Server(hub, token=TOKEN))
    connection = desk.connect()
    connection.request("GET", "/events", headers={"Authorization": f"Bearer {TOKEN}"})
    response = connection.getresponse()
    assert response.readline() == b"id: 1\r\n"
    hub.feed.tell("prediction", {"label": "mug"})
    while response.readline() != b'data: {"label": "mug"}\r\n':
        pass
    desk.server.stop()
    assert response.read().strip() == b""
    connection.close()
    assert not hub.feed.has_listeners


def test_where_it_is(desk: Desk) -> None:
    address = desk.address
    assert address.origin == f"http://127.0.0.1:{address.port}"
    assert address.page == f"{address.origin}/#token={TOKEN}"
    assert address.lobe == f"{address.origin}/v1/predict/{asking_key(TOKEN)}"
    other = Server(FakeHub())
    another = Server(FakeHub())
    try:
        assert other.start().token != another.start().token
    finally:
        other.stop()
        another.stop()


def test_a_port_that_is_taken(desk: Desk) -> None:
    with pytest.raises(EnvironmentFault, match="That port is taken"):
        Server(FakeHub(), port=desk.address.port).start()
    with pytest.raises(EnvironmentFault, match="no address of this machine"):
        Server(FakeHub(), host="203.0.113.7", allow_network=True).start()
    with pytest.raises(EnvironmentFault, match="no address of this machine"):
        Server(FakeHub(), host="not a host", allow_network=True).start()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])
def test_the_network_has_to_be_allowed(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(UsageFault, match="--allow-network"):
        Server(FakeHub(), host=host)


def test_every_address_of_the_machine_when_it_is_allowed() -> None:
    server = Server(FakeHub(), host="0.0.0.0", token=TOKEN, allow_network=True)
    address = server.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=PATIENCE)
        for host, status in ((f"192.168.7.7:{address.port}", 200), (f"evil.example:{address.port}", 421)):
            connection.request("GET", "/health", headers={"Host": host})
            response = connection.getresponse()
            response.read()
            assert response.status == status
        connection.close()
    finally:
        server.stop()


def test_a_large_body_is_refused_and_thrown_away(desk: Desk) -> None:
    large = bytes(MAX_BODY + 2**22)
    status, content = desk.ask("POST", "/predict", large)
    assert (status, json.loads(content)["title"]) == (413, "That is too large")
    connection = desk.connect()
    connection.request(
        "POST",
        "/samples?label=mug",
        (large[:65536] for _ in range(MAX_BODY // 65536 + 2)),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "image/png"},
        encode_chunked=True,
    )
    assert connection.getresponse().status == 413
    connection.close()
    assert desk.hub.added == []
    assert desk.ask("POST", "/predict", png())[0] == 200


def test_a_length_that_lies(desk: Desk) -> None:
    start = b"POST /predict HTTP/1.1"
    host = f"Host: 127.0.0.1:{desk.address.port}".encode()
    token = f"Authorization: Bearer {TOKEN}".encode()
    # More than was said is another request, and no proper one.
    told = desk.say(start, host, token, b"Content-Type: image/png", b"Content-Length: 4", b"", png())
    assert told.startswith(b"HTTP/1.1 422 ")
    assert b"HTTP/1.1 400 " in told
    for wrong in (b"Content-Length: -1", b"Content-Length: 9x", b"Content-Length: 4\r\nContent-Length: 5"):
        assert desk.say(start, host, token, wrong, b"", b"1234").startswith(b"HTTP/1.1 400 ")
    assert desk.ask("POST", "/predict", png())[0] == 200


def test_requests_that_are_none(desk: Desk) -> None:
    for lines in ((b"\x16\x03\x01\x02\x00", b"", b""), (b"GET / HTTP/1.1", b"", b""), (b"GET / HTTP/9", b"", b"")):
        assert desk.say(*lines).startswith(b"HTTP/1.1 400 ")
    assert b"HTTP/1.1 421 " in desk.say(b"GET / HTTP/1.0", b"", b"")
    assert desk.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize("start", [b"", b"GET / HTTP/1.1\r\nX-Slow"])
def test_who_never_ends_his_head_is_cut_off(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.serve.server._HEAD_SECONDS", 0.05)
    hub = FakeHub()
    desk = Desk(hub, Server(hub, token=TOKEN))
    try:
        assert desk.say(start) == b""
    finally:
        desk.server.stop()


def test_who_goes_on_after_he_was_answered_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.serve.server._REST_SECONDS", 0.2)
    hub = FakeHub()
    desk = Desk(hub, Server(hub, token=TOKEN))
    head = b"POST /predict HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 999999\r\n\r\n" % desk.address.port
    try:
        with socket.create_connection(("127.0.0.1", desk.address.port), PATIENCE) as connection:
            connection.sendall(head)
            assert connection.recv(20).startswith(b"HTTP/1.1 401 ")
            connection.sendall(b"some more")
            with suppress(ConnectionResetError):
                while connection.recv(65536):
                    pass
    finally:
        desk.server.stop()
