# SPDX-License-Identifier: Apache-2.0
"""The server in a thread of its own: begun, ended, and nothing else of the process touched."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import socket
import sys
import threading
from dataclasses import dataclass

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from learner.errors import EnvironmentFault, UsageFault
from learner.serve.app import App, build_app
from learner.serve.hub import Hub
from learner.serve.security import LOBE_PATHS, Access, asking_key, checked_token, hosts_at, new_token

LOOPBACK = "127.0.0.1"
_LOOPBACK_NAMES = (LOOPBACK, "localhost", "::1")
_CONNECTIONS = 64
_HEAD_SECONDS = 10.0
"""The head of a request has to be here so long after its first byte, and the first one so long after the beginning."""
_REST_SECONDS = 10.0
"""Who was answered before he had sent everything may go on for so long, to be able to read it."""
_IDLE_SECONDS = 30
"""A connection that is used again and again may rest for so long in between."""
_LEAVE_SECONDS = 3
"""What is being answered may take so long when the server ends."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is reached. `page` opens in a browser; what stands behind # is never sent by one."""

    origin: str
    port: int
    token: str

    @property
    def page(self) -> str:
        """The page that shows what the camera sees, with the token."""
        return f"{self.origin}/#token={self.token}"

    @property
    def lobe(self) -> str:
        """The address for Lobe's clients: it can be asked, and nothing else."""
        return f"{self.origin}{LOBE_PATHS[1]}{asking_key(self.token)}"


class Server:
    """Serves a project over HTTP until it is stopped. Signals are left alone.

    Args:
        hub: the project; it is begun and ended by whoever has it.
        host: the address to listen at; "127.0.0.1" is reached from this machine alone.
        port: 0 takes a free one.
        token: what requests have to bring; None makes one.
        allow_network: listen at an address that other machines reach.

    Raises:
        UsageFault: other machines would reach that address, and it was not said that they may; or the token is none.
    """

    def __init__(
        self,
        hub: Hub,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        token: str | None = None,
        allow_network: bool = False,
    ) -> None:
        if not is_loopback(host) and not allow_network:
            raise UsageFault(
                "That address is reached from the network",
                f"Other machines may reach {host}, and see on the way what is sent to it.",
                "Add --allow-network if they may, or leave out --host.",
            )
        self._hub = hub
        self._host = LOOPBACK if host.lower() == "localhost" else host
        self._port = port
        self._token = new_token() if token is None else checked_token(token)
        self._running: _Running | None = None

    def start(self) -> Address:
        """Begin, and return where it is reached.

        Raises:
            EnvironmentFault: there is no such address here, or the port is taken or not allowed.
        """
        listening = _listen(self._host, self._port)
        port = int(listening.getsockname()[1])
        app = build_app(self._hub, self._access(port))
        self._running = _Running(app, listening)
        self._running.start()
        name = LOOPBACK if self._is_everywhere else self._host
        return Address(f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}", port, self._token)

    def stop(self) -> None:
        """End what is being answered, and wait for it."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    @property
    def _is_everywhere(self) -> bool:
        return self._host in {"0.0.0.0", "::"}  # noqa: S104  # compared with, not bound

    def _access(self, port: int) -> Access:
        names = {self._host, *(_LOOPBACK_NAMES if is_loopback(self._host) else ())}
        if self._is_everywhere:
            names = {*_LOOPBACK_NAMES, socket.gethostname(), f"{socket.gethostname()}.local"}
        return Access(self._token, hosts_at(names, port), any_address=self._is_everywhere, ports=frozenset({port}))


def is_loopback(host: str) -> bool:
    """Return whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Return whether a line of the log says more than that somebody sent nonsense and was cut off meanwhile."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, h11.LocalProtocolError)


logging.getLogger("uvicorn.error").addFilter(_is_worth_telling)


class _Running:
    def __init__(self, app: App, listening: socket.socket) -> None:
        config = uvicorn.Config(
            app.asgi,
            http=_Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,  # addresses may have a key in them
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_LEAVE_SECONDS,
        )
        self._streams = app.streams
        self._listening = listening
        self._ready = threading.Event()
        self._server = _Uvicorn(config, self._ready)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="showtell server", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error

    def stop(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave)
        self._thread.join()

    def _leave(self) -> None:
        self._server.should_exit = True
        self._streams.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # told to whoever waits for the start
            if self._ready.is_set():
                raise
            self._error = error
        finally:
            self._listening.close()
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._listening])


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        self._ready.set()


class _Protocol(H11Protocol):
    """One connection, which has not for ever to send the head of a request, or the rest of one that was answered.

    Uvicorn waits for either as long as it takes. What comes after the answer is thrown away: who is cut off while he
    sends would never read why.
    """

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self._cut_off_after(_HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        super().data_received(data)
        is_in_head = self.conn.their_state is h11.IDLE and not self.transport.is_closing()
        if is_in_head and self.conn.trailing_data[0]:
            self._cut_off_after(_HEAD_SECONDS)
        elif self.conn.their_state is not h11.SEND_BODY or not self.cycle.response_complete:
            self._go_on()

    def on_response_complete(self) -> None:
        """Go on to the next request, or wait for the end of this one."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._cut_off_after(_REST_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Be done."""
        self._go_on()
        super().connection_lost(exc)

    def _cut_off_after(self, seconds: float) -> None:
        if self._due is None:
            self._due = self.loop.call_later(seconds, self.transport.close)

    def _go_on(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _no_such_address(host, error) from error
    try:
        if sys.platform != "win32":  # there it would share the port with whoever has it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen()
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _cannot_listen(host, port, error) from error
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> EnvironmentFault:
    if error.errno == errno.EADDRINUSE or getattr(error, "winerror", None) == 10013:
        return EnvironmentFault(
            "That port is taken",
            f"Another program listens at port {port}.",
            "End it, or choose another port; --port 0 takes one that is free.",
        )
    if error.errno == errno.EACCES:
        return EnvironmentFault(
            "That port is not allowed", f"You may not listen at port {port}.", "Choose one above 1023."
        )
    return _no_such_address(host, error)


def _no_such_address(host: str, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        "That is no address of this machine",
        f"Nobody can listen at {host} ({error.strerror}).",
        "Leave out --host to be reached from this machine.",
    )
