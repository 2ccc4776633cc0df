# SPDX-License-Identifier: Apache-2.0
"""What the network can reach of a fleet, and what it cannot; the way through it is in `tests/integration`."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from learner.fleet.gate import Gate
from learner.fleet.joining import JoinCode, invite, make_node_key

BACKBONE = "b" * 64


class Door:
    """A gate before a SuperLink that is not there, and what it would have had registered there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code = invite(folder, ["127.0.0.1"])
        self.key = make_node_key(folder)
        self.registered: list[bytes] = []
        monkeypatch.setattr(Gate, "_register", lambda _, key: self.registered.append(key))
        self._app = Gate(1, folder, self.code, BACKBONE).app()

    def post(self, path: str, **request: Any) -> int:
        async def post() -> int:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://gate") as client:
                return (await client.post(path, **request)).status_code

        return asyncio.run(post())

    def join(self, **other: Any) -> int:
        asked = {
            "public_key": base64.b64encode(self.key).decode(),
            "proof": self.code.proof(self.key),
            "backbone": BACKBONE,
        }
        return self.post("/join", content=json.dumps(asked | other))


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(tmp_path, monkeypatch)


def test_who_knows_the_code_is_let_in(door: Door) -> None:
    assert door.join() == 200
    assert door.registered == [door.key]


@pytest.mark.parametrize(
    "other",
    [
        {"proof": ""},
        {"proof": 7},
        {"proof": "no letters of ours: ä"},
        {"proof": "no letters at all: \ud800"},
        {"proof": None},
        {"public_key": "no base 64"},
        {"public_key": ""},
        {"public_key": 7},
        {"public_key": None},
        {"public_key": base64.b64encode(b"another key").decode()},
    ],
)
def test_who_does_not_know_it_is_not(door: Door, other: dict[str, Any]) -> None:
    assert door.join(**other) == 403
    assert door.registered == []


def test_another_backbone_is_not_let_in(door: Door) -> None:
    assert door.join(backbone="c" * 64) == 409
    assert door.registered == []


def test_codes_cannot_be_tried_for_ever(door: Door) -> None:
    wrong = JoinCode(door.code.fingerprint, b"wrong").proof(door.key)
    assert {door.join(proof=wrong) for _ in range(20)} == {403}
    assert door.join() == 403
    assert door.registered == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff", b'{"proof": "' + b"x" * 20_000 + b'"}'])
def test_what_is_no_request_is_refused(door: Door, body: bytes) -> None:
    assert door.post("/join", content=body) == 403
    assert door.registered == []


@pytest.mark.parametrize(
    "path",
    [
        "/v1/fleet/register-node",
        "/v1/fleet/create-node",
        "/v1/fleet/..%2Fcontrol%2Fstart-run",
        "/v1/control/start-run",
        "/v1/runtime/pull-task-input",
        "/",
    ],
)
def test_nothing_else_of_the_superlink_can_be_reached(door: Door, path: str) -> None:
    assert door.post(path, content=b"x") == 404


def test_a_message_that_is_too_long_is_not_passed_on(door: Door) -> None:
    long = {"content-length": str(2**40)}
    assert door.post("/v1/fleet/pull-messages", content=b"x", headers=long) == 404
    assert door.post("/v1/fleet/pull-messages", content=b"", headers={"content-length": "many"}) == 404
