# SPDX-License-Identifier: Apache-2.0
"""The laptop that joins: a SuperNode that speaks to the gate, and our own app behind it."""

from __future__ import annotations

import base64
import queue
import secrets
import ssl
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType

import httpx

from learner.config import LearnerConfig
from learner.errors import BackboneFault, EnvironmentFault, UsageFault
from learner.fleet.client_app import app_for
from learner.fleet.joining import CERTIFICATE, NODE_KEY, JoinCode, fetch_certificate, make_node_key
from learner.fleet.member import Delivery, Member
from learner.fleet.processes import Processes, free_port, program
from learner.fleet.runner import run
from learner.project import open_project

_LOOKS_SECONDS = 0.5
_REACH_SECONDS = 10.0
"""After how long without anything from the serving laptop is looked whether it is there."""
_TRIES = "1000000"


class Joined:
    """Takes part in a fleet until it is closed.

    Args:
        folder: an empty one, for everything that belongs to it.
        address: of the gate, host:port.
        code: the join code.
        project: the project file.
        names: of the classes that a person agreed to share.
        config: settings of the learner.
    """

    def __init__(
        self,
        folder: Path,
        address: str,
        code: JoinCode,
        project: Path,
        names: Collection[str],
        config: LearnerConfig | None = None,
    ) -> None:
        host, _, port = address.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not host or not port.isdecimal():
            raise UsageFault(
                "That is not an address", f"{address!r} has no port.", "Write it as the serving laptop shows it."
            )
        self._host, self._port, self._code, self._folder = host, int(port), code, folder
        self._place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._deliveries: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        self._member = Member(project, names, self._deliveries.put, config)
        with open_project(project, create=False, config=config, alone=False) as opened:
            self._backbone = opened.backbone.sha256
        self._processes = Processes(folder)
        self._is_over = threading.Event()
        self.is_reached = True
        """Whether the serving laptop answered the last time."""
        self._runner: threading.Thread | None = None

    def __enter__(self) -> Joined:
        """Join.

        Raises:
            EnvironmentFault: nobody serves a fleet there, or another laptop does, or Flower is not installed.
            UsageFault: the code is not that of the fleet.
            BackboneFault: the others have another backbone.
        """
        (self._folder / CERTIFICATE).write_text(fetch_certificate(self._host, self._port, self._code), "utf-8")
        self._register(make_node_key(self._folder))
        secret = self._folder / "secret"
        secret.touch(mode=0o600)
        secret.write_bytes(secrets.token_bytes(32))
        port = free_port()
        self._processes.start(
            "supernode",
            [
                program("flower-supernode"),
                "--root-certificates",
                self._folder / CERTIFICATE,
                "--superlink",
                self._place,
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--auth-supernode-private-key",
                self._folder / NODE_KEY,
                "--isolation",
                "process",
                "--superexec-auth-secret-file",
                secret,
                "--max-retries",
                _TRIES,
            ],
        )
        self._runner = threading.Thread(
            target=self._answer, args=(f"127.0.0.1:{port}", secret), name="fleet", daemon=True
        )
        self._runner.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._processes.end()
        if self._runner is not None:
            self._runner.join()

    def deliveries(self) -> Iterator[Delivery | None]:
        """Yield what comes from the others, and None twice a second while nothing does.

        Raises:
            EnvironmentFault: the SuperNode has ended.
        """
        looked_at = time.monotonic()
        while True:
            try:
                yield self._deliveries.get(timeout=_LOOKS_SECONDS)
            except queue.Empty:
                self._processes.check()
                if time.monotonic() - looked_at > _REACH_SECONDS:
                    self.is_reached, looked_at = self._reach(), time.monotonic()
                yield None

    def _reach(self) -> bool:
        try:
            return fetch_certificate(self._host, self._port, self._code) != ""
        except EnvironmentFault:
            return False

    def _answer(self, address: str, secret: Path) -> None:
        try:
            run(address, secret, app_for(lambda _: self._member), self._is_over.is_set)
        finally:
            self._member.close()

    def _register(self, public_key: bytes) -> None:
        context = ssl.create_default_context(cafile=str(self._folder / CERTIFICATE))
        asked = {
            "public_key": base64.b64encode(public_key).decode(),
            "proof": self._code.proof(public_key),
            "backbone": self._backbone,
        }
        try:
            found = httpx.post(f"https://{self._place}/join", json=asked, verify=context, trust_env=False, timeout=30)
        except httpx.HTTPError as error:
            raise EnvironmentFault(
                "The fleet does not answer", f"{self._place}: {error}.", "Try again in a moment."
            ) from error
        if found.status_code == httpx.codes.CONFLICT:
            raise BackboneFault(
                "The fleet has another backbone",
                "What one backbone sees means nothing to another, and this project's is not the one of the fleet.",
                "Use the same one on all laptops: `showtell backbone use PROJECT FILE`.",
            )
        if found.status_code != httpx.codes.OK:
            raise UsageFault(
                "The fleet does not let this laptop in",
                "The join code is not the fleet's, or too many wrong ones have been tried.",
                "Copy the code from the serving laptop, or start the fleet there once more for a new one.",
            )
