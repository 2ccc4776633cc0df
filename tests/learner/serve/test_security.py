# SPDX-License-Identifier: Apache-2.0
"""Who may ask, and how much."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from learner.errors import UsageFault
from learner.serve.problem import Problem
from learner.serve.security import OPEN_PATHS, Access, BodyLimit, asking_key, checked_token, hosts_at, new_token
from tests.learner.serve.desk import HOST, TOKEN, Desk, png, problem

FORM: Any = {"image": ("mug.png", png())}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8470.evil.example", "", "x@" + HOST]
)
@pytest.mark.parametrize("path", ["/", "/health", "/classes", "/predict"])
def test_another_name_is_refused(desk: Desk, host: str, path: str) -> None:
    assert problem(desk.client.get(path, headers={"Host": host}), 421) == "That is not this server's name"


def test_its_own_names_are_answered(desk: Desk) -> None:
    for host in ("127.0.0.1:8470", "localhost:8470", "LOCALHOST:8470"):
        assert desk.client.get("/classes", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8470", "http://127.0.0.1", "file://"]
)
def test_pages_of_others_are_refused(desk: Desk, origin: str) -> None:
    for method, path in (("POST", "/samples"), ("POST", "/predict"), ("GET", "/classes"), ("OPTIONS", "/predict")):
        response = desk.client.request(method, path, headers={"Origin": origin})
        assert problem(response, 403) == "Other pages may not ask"
        assert not any(name.startswith("access-control") for name in response.headers)
    assert desk.hub.added == []


def test_its_own_page_may_ask(desk: Desk) -> None:
    response = desk.client.post("/predict", files=FORM, headers={"Origin": f"http://{HOST}"})
    assert response.status_code == 200
    assert not any(name.startswith("access-control") for name in response.headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Bearer {asking_key(TOKEN)}"},
        {"Cookie": f"token={TOKEN}"},
    ],
)
def test_no_token_no_answer(desk: Desk, headers: dict[str, str]) -> None:
    for method, path in (
        ("GET", "/classes"),
        ("GET", "/events"),
        ("GET", "/metrics"),
        ("GET", "/nothing"),
        ("POST", "/predict"),
        ("POST", f"/samples?label=mug&token={TOKEN}"),
        ("POST", "/predict/wrong"),
        ("POST", f"/predict/{TOKEN}"),
        ("POST", f"/v1/predict/{asking_key(TOKEN)}/"),
        ("POST", "/v1/predict/%C3%A4"),
    ):
        response = desk.stranger.request(method, path, headers=headers)
        assert problem(response, 401) == "The token is missing or wrong"
        assert response.headers["www-authenticate"].startswith("Bearer")


def test_the_key_lets_ask_and_nothing_else(desk: Desk) -> None:
    key = asking_key(TOKEN)
    assert TOKEN not in key
    assert asking_key(f"{TOKEN}2") != key
    assert desk.stranger.post(f"/predict/{key}", files=FORM).status_code == 200
    assert desk.stranger.post(f"/samples/{key}", files=FORM).status_code == 401


def test_open_paths_have_nothing_of_the_project(desk: Desk) -> None:
    desk.client.post("/samples?label=a-label-to-find", files=FORM)
    for path in OPEN_PATHS:
        response = desk.stranger.get(path)
        assert response.status_code == 200
        assert "a-label-to-find" not in response.text
        assert desk.hub.name not in response.text


def test_every_response_is_kept_from_other_pages(desk: Desk) -> None:
    for response in (desk.stranger.get("/"), desk.client.get("/classes"), desk.stranger.get("/classes")):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["cross-origin-resource-policy"] == "same-origin"


def test_hosts_are_written_as_browsers_write_them() -> None:
    assert hosts_at(["127.0.0.1", "::1", "Desk"], 8470) == {"127.0.0.1:8470", "[::1]:8470", "desk:8470"}
    assert hosts_at(["localhost"], 80) == {"localhost:80", "localhost"}


def test_on_the_network_addresses_are_known_and_names_are_not() -> None:
    access = Access(TOKEN, frozenset({"desk:8470"}), any_address=True, ports=frozenset({8470}))
    for host in ("desk:8470", "192.168.1.5:8470", "[fe80::1]:8470"):
        assert access.knows_host(host)
        assert access.knows_origin(f"http://{host}")
    for host in (
        "evil.example:8470",
        "192.168.1.5:81",
        "192.168.1.5",
        "1.2.3.4.evil.example:8470",
        "[::1:8470",
        "²:8470",
    ):
        assert not access.knows_host(host), host
    assert not Access(TOKEN, frozenset({"desk:8470"})).knows_host("192.168.1.5:8470")


def test_tokens() -> None:
    assert new_token() != new_token()
    assert checked_token(new_token())
    for token in (
        "",
        "short",
        "with a space in it",
        "ä" * 20,
        "x" * 201,
        "a-token-of-the-tests\n",
        "a/b/c/d/e/f/g/h/i/j",
    ):
        with pytest.raises(UsageFault):
            checked_token(token)
    assert TOKEN not in repr(Access(TOKEN, frozenset()))


class Body:
    """A body that comes in pieces, and perhaps never ends."""

    def __init__(self, *pieces: bytes, ends: bool = True) -> None:
        self.pieces = list(pieces)
        self.ends = ends
        self.asked = 0

    async def receive(self) -> Message:
        self.asked += 1
        if not self.pieces and not self.ends:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0) if self.pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or not self.ends}


def read(body: Body, *, most: int = 10, seconds: float = 60.0, length: int | None = None) -> bytes | int:
    """Return what an app reads of a body, or the status with which it was refused before."""
    content = b""
    statuses: list[int] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        nonlocal content
        while True:
            message = await receive()
            content += message["body"]
            if not message["more_body"]:
                return

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "path": "/"}
    asyncio.run(BodyLimit(app, most, seconds)(scope, body.receive, send))
    return statuses[0] if statuses else content


def test_a_body_up_to_the_limit_is_read() -> None:
    assert read(Body(b"12345", b"67890")) == b"1234567890"
    assert read(Body(b"12345", b"67890"), length=10) == b"1234567890"


def test_more_than_the_limit_is_not_read() -> None:
    body = Body(*[b"1234"] * 100)
    with pytest.raises(Problem) as caught:
        read(body, length=4)  # whatever it said before
    assert caught.value.status == 413
    assert body.asked == 3


def test_what_says_that_it_is_too_large_is_not_read_at_all() -> None:
    body = Body(b"1234")
    assert read(body, length=11) == 413
    assert body.asked == 0


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with pytest.raises(Problem) as caught:
        read(Body(b"1", ends=False), seconds=0.0)
    assert caught.value.status == 408
