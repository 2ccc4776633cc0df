# SPDX-License-Identifier: Apache-2.0
"""What every request passes before anything of it is read further: Host, Origin, token, size and time.

A web page that a person happens to visit can make his browser send requests to this machine. It cannot choose the Host
header: a name that was made to point here (DNS rebinding) is told by it, and refused. It cannot hide where it comes
from: an Origin that is not this server's own is refused, and no CORS header ever invites one. And it does not know the
token.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from learner.errors import UsageFault
from learner.serve.problem import Problem

MAX_BODY = 16 * 2**20
"""Bytes of a request's body."""
BODY_SECONDS = 30.0
"""A body has to be here after so long."""

OPEN_PATHS = frozenset({"/", "/page.js", "/page.css", "/icon.svg", "/docs", "/openapi.json", "/health"})
"""What may be read without a token; nothing of the project is in it."""

LOBE_PATHS = ("/predict/", "/v1/predict/")
"""Behind them stands what Lobe's clients have as the id of a project, and Showtell's as the key for asking."""

_TOKEN = re.compile(r"[A-Za-z0-9._~-]{16,200}")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def checked_token(token: str) -> str:
    """Return a token that a person chose.

    Raises:
        UsageFault: it is too short to be one, or has characters that do not pass through an address unchanged.
    """
    if _TOKEN.fullmatch(token) is None:
        raise UsageFault(
            "That token does not work",
            "A token has 16 to 200 letters, digits, or . _ ~ -.",
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe())"',
        )
    return token


def asking_key(token: str) -> str:
    """Return the key, made of a token, that lets who has it ask for answers, and do nothing else.

    It stands in the address, where a secret is more easily seen than in a header; from it the token does not follow.
    """
    digest = hmac.digest(token.encode(), b"showtell: ask for answers", hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes:
        token: what a request has to bring.
        hosts: the Host headers that are answered, each with its port.
        any_address: answer every Host that is a number and no name as well, at one of `ports`: no page can have its
            own name resolved to a number that is not its own.
        ports: for `any_address`.
    """

    token: str = field(repr=False)
    hosts: frozenset[str]
    any_address: bool = False
    ports: frozenset[int] = frozenset()

    def knows_host(self, host: str) -> bool:
        """Return whether a Host header means this server."""
        host = host.lower()
        return host in self.hosts or (self.any_address and self._is_address(host))

    def knows_origin(self, origin: str) -> bool:
        """Return whether an Origin header is that of a page of this server."""
        scheme, _, host = origin.partition("://")
        return scheme == "http" and self.knows_host(host)

    def lets_in(self, authorization: str, path: str) -> bool:
        """Return whether a request brings the token, or at least the key to ask with where that is enough."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self.token):
            return True
        for prefix in LOBE_PATHS:
            if path.startswith(prefix):
                return _same(path.removeprefix(prefix), asking_key(self.token))
        return False

    def _is_address(self, host: str) -> bool:
        address, _, port = host.rpartition(":")
        if is_six := address.startswith("[") and address.endswith("]"):
            address = address[1:-1]
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return False
        return (known.version == 6) == is_six and port.isascii() and port.isdecimal() and int(port) in self.ports


def hosts_at(names: Iterable[str], port: int) -> frozenset[str]:
    """Return the Host headers that browsers send to these names and addresses at a port."""
    written = {f"[{name}]" if ":" in name else name.lower() for name in names}
    ported = {f"{name}:{port}" for name in written}
    return frozenset(ported | written if port == 80 else ported)  # the usual port is left out


class Gate:
    """Refuses who does not come from here or brings no token, and gives every response the headers that it needs."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":  # no request: the server's own start and end
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        problem = self._refusal(scope)
        if problem is not None:
            await problem.response()(scope, receive, send_safely)
        else:
            await self._app(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._access.knows_host(hosts[0]):
            return Problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "That is not this server's name",
                "The Host header names another server.",
                "Use the address that Showtell gave when the server was started.",
            )
        if not all(self._access.knows_origin(origin) for origin in headers.getlist("origin")):
            return Problem(
                HTTPStatus.FORBIDDEN,
                "Other pages may not ask",
                "The request comes from a page of another server.",
                "Ask from a program, or from the page of this server.",
            )
        path = scope["path"]
        if path in OPEN_PATHS or self._access.lets_in(headers.get("authorization", ""), path):
            return None
        return Problem(
            HTTPStatus.UNAUTHORIZED,
            "The token is missing or wrong",
            "The request does not bring the token of this server.",
            'Send it as the header "Authorization: Bearer TOKEN"; Showtell gives it when the server is started.',
            {"WWW-Authenticate": 'Bearer realm="showtell"'},
        )


class BodyLimit:
    """Reads no more of a body than there may be, and waits for it no longer than it may take.

    What its length promises too much of is refused before it is read. What else comes of a refused one is thrown away
    (`learner.serve.server`).
    """

    def __init__(self, app: ASGIApp, most: int = MAX_BODY, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "")
        if length and "transfer-encoding" in headers:
            # What comes behind it may be its body or another request, as one likes: RFC 9112, 6.1.
            await self._ambiguous().response()(scope, receive, send)
            return
        if length.isdecimal() and int(length) > self._most:
            await self._too_large().response()(scope, receive, send)
            return
        read = 0
        until = time.monotonic() + self._seconds
        is_whole = False

        async def receive_within_limits() -> Message:
            nonlocal read, is_whole
            if is_whole:
                return await receive()  # which waits for the other end to go away
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                raise self._too_slow() from None
            read += len(message.get("body", b""))
            if read > self._most:
                raise self._too_large()
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, receive_within_limits, send)

    def _ambiguous(self) -> Problem:
        return Problem(
            HTTPStatus.BAD_REQUEST,
            "That request cannot be read",
            "It has a Content-Length and a Transfer-Encoding.",
            "Send one of them.",
            {"Connection": "close"},
        )

    def _too_large(self) -> Problem:
        return Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "That is too large",
            f"A request has at most {self._most // 2**20} MB.",
            "Send a smaller picture; of a large one no more than 512 × 512 pixels are kept.",
        )

    def _too_slow(self) -> Problem:
        return Problem(
            HTTPStatus.REQUEST_TIMEOUT,
            "That took too long",
            f"The request was not here after {self._seconds:g} s.",
            "Send it again.",
        )


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(errors="surrogatepass"), wanted.encode())
