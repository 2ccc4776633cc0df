# SPDX-License-Identifier: Apache-2.0
"""The laptop that serves: a SuperLink that nobody else can reach, the gate before it, and one run after another."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from learner.errors import EnvironmentFault
from learner.fleet.joining import CERTIFICATE, CODE_VARIABLE, KEY, JoinCode, invite
from learner.fleet.processes import Processes, free_port, program
from learner.fleet.rounds import Wishes

LOOPBACK = "127.0.0.1"
_PATIENCE_SECONDS = 60.0
_LOOKS_SECONDS = 0.2
_APP = """\
[project]
name = "showtell-fleet"
version = "1.0.0"
description = "No code travels: both parts are in Showtell."
license = "Apache-2.0"
dependencies = []

[tool.flwr.app]
publisher = "showtell"

[tool.flwr.app.components]
serverapp = "learner.fleet.server_app:app"
clientapp = "learner.fleet.client_app:app"

[tool.flwr.app.config]
{config}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fleet is served: the address that others see, and the port."""

    address: str
    port: int

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


class Serving:
    """Serves a fleet until it is closed.

    Args:
        folder: an empty one, for everything that belongs to it.
        place: where.
        backbone: SHA-256 of what all laptops have to have.
    """

    def __init__(self, folder: Path, place: Place, backbone: str) -> None:
        self.place, self._backbone = place, backbone
        self._processes = Processes(folder)
        self._folder = folder
        self._port = free_port()
        self.code: JoinCode = invite(folder, sorted({LOOPBACK, place.address}))

    def __enter__(self) -> Serving:
        """Start listening.

        Raises:
            EnvironmentFault: Flower is not installed or does not start, or the port is taken.
        """
        try:
            self._start()
        except BaseException:
            self._processes.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._processes.end()

    def _start(self) -> None:
        certificate, key = self._folder / CERTIFICATE, self._folder / KEY
        self._processes.start(
            "superlink",
            [
                program("flower-superlink"),
                "--host",
                LOOPBACK,
                "--port",
                str(self._port),
                "--enable-supernode-auth",
                "--disable-runtime-dependency-installation",
                "--ssl-certfile",
                certificate,
                "--ssl-keyfile",
                key,
                "--ssl-ca-certfile",
                certificate,
            ],
        )
        self._wait_for(self._port)
        self._processes.start(
            "gate",
            [
                sys.executable,
                "-m",
                "learner.fleet.gate",
                self.place.address,
                str(self.place.port),
                str(self._port),
                self._folder,
                self._backbone,
            ],
            secrets={CODE_VARIABLE: str(self.code)},
        )
        self._wait_for(self.place.port, self.place.address)

    def _wait_for(self, port: int, address: str = LOOPBACK) -> None:
        """Wait until something speaks TLS there."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            self._processes.check()
            try:
                ssl.get_server_certificate((address, port), timeout=1)
            except OSError:
                time.sleep(_LOOKS_SECONDS)
            else:
                return
        raise EnvironmentFault(
            "Flower does not start", f"Nothing answers on port {port}.", "Start the fleet once more."
        )

    def learn_together(self, wishes: Wishes) -> Iterator[dict[str, Any]]:
        """Have all that have joined learn together, and yield what happens, as `rounds.Tell` is told.

        Raises:
            EnvironmentFault: Flower did not do it.
        """
        app = self._folder / "app"
        app.mkdir(exist_ok=True)
        told = self._folder / f"told-{time.monotonic_ns()}.jsonl"
        told.touch()
        (app / "pyproject.toml").write_text(_APP.format(config=_config(wishes, told)), encoding="utf-8")
        home = self._folder / "flwr"
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text(
            f'[superlink]\ndefault = "here"\n\n[superlink.here]\naddress = "127.0.0.1:{self._port}"\n'
            f"root-certificates = {json.dumps(str(self._folder / CERTIFICATE))}\n",
            encoding="utf-8",
        )
        run = self._processes.start("flwr", [program("flwr"), "run", app, "here", "--stream"])
        with told.open(encoding="utf-8") as lines:
            is_over = False
            while True:
                is_over = run.poll() is not None
                for line in lines:
                    event = json.loads(line)
                    yield event
                    if event["what"] in {"done", "too few"}:
                        with suppress(subprocess.TimeoutExpired):
                            run.wait(_PATIENCE_SECONDS)  # what shows the run, which is over
                        return
                if is_over:
                    said = self._processes.log("flwr").read_text(encoding="utf-8", errors="replace")[-2000:]
                    raise EnvironmentFault("Flower did not carry it out", said.strip(), "Start the fleet once more.")
                self._processes.check()
                time.sleep(_LOOKS_SECONDS)


def _config(wishes: Wishes, told: Path) -> str:
    values = {
        "told": str(told),
        "backbone": wishes.backbone,
        "size": wishes.size,
        "laptops": wishes.laptops,
        "patience": float(wishes.patience),
        "timeout": float(wishes.timeout),
        "rounds": wishes.rounds,
        "steps": wishes.steps,
        "strategy": wishes.refining.strategy,
        "proximal": float(wishes.refining.proximal),
        "noise": float(wishes.refining.noise),
        "clip": float(wishes.refining.clip),
    }
    return "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())


def own_address() -> str:
    """Return the address by which others in the network see this laptop; 127.0.0.1 where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        try:
            found.connect(("192.0.2.1", 9))  # nothing is sent: the system only chooses an address (RFC 5737)
        except OSError:
            return LOOPBACK
        return str(found.getsockname()[0])
