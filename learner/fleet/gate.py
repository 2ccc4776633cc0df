# SPDX-License-Identifier: Apache-2.0
"""The only thing of a fleet that others can reach: it lets laptops join, and lets through what SuperNodes say.

A SuperLink has one port for everything, and whoever reaches it may have it run any code. So it listens to this laptop
alone, and what comes from others comes through here: joining, and the calls of a SuperNode, each of which the SuperLink
checks for the signature of a laptop that has joined.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from learner.fleet.joining import CERTIFICATE, CODE_VARIABLE, KEY, JoinCode

_MOST_BYTES = 64 * 2**20
"""Of a message: the sums of a few hundred classes."""
_MOST_AT_ONCE = 128
"""Connections: a few of each laptop in a large room."""
_MOST_TRIES = 20
"""Wrong codes before nobody can join any longer: the secret has 40 bits."""
_CALLS = frozenset(
    {
        "activate-node",
        "deactivate-node",
        "send-node-heartbeat",
        "pull-messages",
        "push-messages",
        "get-run",
        "get-fab",
        "push-object",
        "pull-object",
        "confirm-message-received",
    }
)
"""Of a SuperNode's; not those by which somebody would register."""


@dataclass(slots=True)
class Gate:
    """What the gate knows: where the SuperLink is, what lies in its folder, the join code, and which backbone is asked.

    Args:
        superlink: its port on this laptop.
        folder: with the certificate.
        code: which those who may join know.
        backbone: SHA-256 of what all laptops have to have.
    """

    superlink: int
    folder: Path
    code: JoinCode
    backbone: str
    wrong: int = 0

    def app(self) -> Starlette:
        """Return it as an application."""
        context = ssl.create_default_context(cafile=str(self.folder / CERTIFICATE))
        client = httpx.AsyncClient(
            base_url=f"https://127.0.0.1:{self.superlink}", verify=context, timeout=60, trust_env=False
        )

        async def join(request: Request) -> Response:
            asked = await _json(request)
            try:
                key = base64.b64decode(asked.get("public_key", ""), validate=True)
            except (binascii.Error, ValueError, TypeError):
                key = b""
            proof = str(asked.get("proof", "")).encode("utf-8", "replace")
            is_right = key and hmac.compare_digest(self.code.proof(key).encode(), proof)
            if self.wrong >= _MOST_TRIES or not is_right:
                self.wrong += 1
                return JSONResponse({"error": "code"}, 403)
            if asked.get("backbone") != self.backbone:
                return JSONResponse({"error": "backbone", "backbone": self.backbone}, 409)
            await run_in_threadpool(self._register, key)
            return JSONResponse({"joined": True})

        async def call(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if request.path_params["call"] not in _CALLS or not length.isdecimal() or int(length) > _MOST_BYTES:
                return Response(status_code=404)
            kept = {
                name: value
                for name, value in request.headers.items()
                if name.startswith("flwr-") or name in {"content-type", "accept"}
            }
            found = await client.post(request.url.path, content=await request.body(), headers=kept)
            told = {
                name: value
                for name, value in found.headers.items()
                if name.startswith("flwr-") or name == "content-type"
            }
            return Response(found.content, found.status_code, told)

        return Starlette(
            routes=[Route("/join", join, methods=["POST"]), Route("/v1/fleet/{call}", call, methods=["POST"])]
        )

    def _register(self, public_key: bytes) -> None:
        from flwr.proto.control_pb2 import RegisterNodeRequest
        from flwr.supercore.control import ControlHttpClient

        certificate = (self.folder / CERTIFICATE).read_bytes()
        control = ControlHttpClient.from_server_address(f"127.0.0.1:{self.superlink}", False, certificate, [])
        try:
            control.RegisterNode(RegisterNodeRequest(public_key=public_key, name="laptop"))
        finally:
            control.close()


async def _json(request: Request) -> dict[str, str]:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > 2**14:
        return {}
    try:
        found = await request.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def main(host: str, port: str, superlink: str, folder: str, backbone: str) -> None:
    """Serve until ended; the join code is in the environment, which nobody else can read."""
    place = Path(folder)
    gate = Gate(int(superlink), place, JoinCode.read(os.environ[CODE_VARIABLE]), backbone)
    uvicorn.run(
        gate.app(),
        host=host,
        port=int(port),
        ssl_certfile=place / CERTIFICATE,
        ssl_keyfile=str(place / KEY),
        log_level="warning",
        limit_concurrency=_MOST_AT_ONCE,
        ws="none",
        lifespan="off",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
