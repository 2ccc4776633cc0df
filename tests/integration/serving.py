# SPDX-License-Identifier: Apache-2.0
"""`showtell serve` in a process of its own, and somebody who asks it over a real socket."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psutil

from learner.cv import cv2
from tests.learner.fakes import picture

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120


class Served:
    """One server and what it printed."""

    def __init__(self, process: subprocess.Popen[str], printed: dict[str, Any]) -> None:
        self.process = process
        self.url: str = printed["url"]
        self.port: int = printed["port"]
        self.token: str = printed["token"]
        self.page: str = printed["page"]
        self.lobe: str = printed["lobe_url"]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Ask, and return the status and the JSON of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {**self.bearer, "Content-Type": "image/png", **(headers or {})}
        chunked = body is not None and not isinstance(body, bytes) and "Content-Length" not in sent
        if chunked:
            sent["Transfer-Encoding"] = "chunked"
        connection.request(method, path, body, sent, encode_chunked=chunked)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, json.loads(content)

    def predict(self, kind: int) -> tuple[int, Any]:
        return self.ask("POST", "/predict", png(kind, 99))

    def teach(self, label: str, kind: int, count: int = 5) -> list[int]:
        """Post samples; return their ids."""
        answers = [self.ask("POST", f"/samples?label={label}", png(kind, number)) for number in range(count)]
        assert [status for status, _ in answers] == [201] * count
        return [sample["sample_id"] for _, sample in answers]

    @contextmanager
    def events(self) -> Iterator[Iterator[tuple[str, Any]]]:
        """Listen; yields the kinds of what is told, and what is told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/events", headers=self.bearer)
        response = connection.getresponse()

        def told() -> Iterator[tuple[str, Any]]:
            kind = ""
            while line := response.readline().decode().strip("\r"):
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ").strip()
                elif line.startswith("data: "):
                    yield kind, json.loads(line.removeprefix("data: "))

        yield told()
        connection.close()

    @property
    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)  # type: ignore[no-any-return]

    @property
    def learner(self) -> psutil.Process:
        (learner,) = [child for child in self.children if any("spawn_main" in word for word in child.cmdline())]
        return learner


@contextmanager
def served(project: Path, home: Path, *options: str) -> Iterator[Served]:
    """Serve a project while the block runs."""
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "serve", str(project), "--port", "0", "--json", *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    children: list[psutil.Process] = []
    try:
        line = _pipe(process.stdout).readline()
        assert line, _pipe(process.stderr).read()
        served = Served(process, json.loads(line))
        children = served.children
        yield served
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
        for child in children:
            if child.is_running():
                child.kill()


def png(kind: int, number: int = 0) -> bytes:
    return bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
