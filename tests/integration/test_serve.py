# SPDX-License-Identifier: Apache-2.0
"""The real server on a real file with a real learner, asked over a real socket."""

from __future__ import annotations

import base64
import json
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from learner.buffer import Buffer
from tests.integration.serving import PATIENCE, Served, png, served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")

GIGABYTE = 2**30


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    Buffer.open(path).close()
    return path


@pytest.fixture
def server(project: Path, tmp_path: Path) -> Iterator[Served]:
    with served(project, tmp_path) as running:
        yield running


def taught(server: Served) -> None:
    """Teach two labels, and wait until they are learned."""
    with server.events() as told:
        server.teach("a", 1)
        server.teach("b", 2)
        labels: set[str] = set()
        for kind, increment in told:
            if kind == "increment":
                assert increment["outcome"] == "learned"
                labels |= set(increment["classes"])
                if labels >= {"a", "b"}:
                    return


def test_a_sample_that_is_posted_is_learned_and_answered_with(server: Served, project: Path) -> None:
    status, refused = server.predict(1)
    assert (status, refused["title"]) == (409, "Nothing has been learned yet")
    taught(server)
    assert [server.predict(kind)[1]["label"] for kind in (1, 2)] == ["a", "b"]

    with server.events() as told:
        server.teach("c", 3)
        increment = next(data for kind, data in told if kind == "increment")
    assert increment["classes"] == {"c": 5}
    status, answer = server.predict(3)
    assert (status, answer["label"], answer["version_id"]) == (200, "c", increment["version_id"])
    assert sum(answer["probabilities"].values()) == pytest.approx(1)
    assert answer["milliseconds"] > 0
    assert server.predict(4)[1]["unknown"]

    _, found = server.ask("GET", "/classes")
    assert [(info["name"], info["samples"]) for info in found["classes"]] == [("a", 5), ("b", 5), ("c", 5)]
    with Buffer.open(project, read_only=True) as buffer:
        assert len({sample.burst_id for sample in buffer.samples()}) == 3
        assert {burst.source for burst in buffer.bursts()} == {"api"}


def test_lobes_clients_are_answered(server: Served) -> None:
    taught(server)
    path = server.lobe.removeprefix(server.url)
    text = base64.b64encode(png(2, 50)).decode()
    stranger = {"Authorization": "", "Content-Type": "text/plain"}
    for body in ({"image": text}, {"inputs": {"Image": text}}):
        status, answer = server.ask("POST", path, json.dumps(body).encode(), stranger)
        assert status == 200
        assert answer["predictions"][0]["label"] == "b"
        assert answer["outputs"]["Prediction"] == ["b"]
        assert [label for label, _ in answer["outputs"]["Labels"]] == ["b", "a"]


def test_what_is_refused_leaves_it_alive(server: Served) -> None:
    taught(server)
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss

    def zeros(piece: int = 2**20) -> Iterator[bytes]:
        for _ in range(GIGABYTE // piece):
            yield bytes(piece)

    def status(method: str, path: str, body: bytes | Iterator[bytes], **headers: str) -> int:
        return server.ask(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})[0]

    assert status("POST", "/predict", png(1), Host="evil.example") == 421
    assert status("POST", "/predict", png(1), Host=f"evil.example:{server.port}") == 421
    assert status("POST", "/predict", png(1), Authorization="") == 401
    assert status("POST", "/samples?label=a", png(1), Authorization="Bearer wrong") == 401
    assert status("POST", "/samples?label=a", png(1), Origin="http://evil.example") == 403
    assert status("POST", "/predict", zeros()) == 413
    assert status("POST", "/predict", zeros(), Content_Length=str(GIGABYTE)) == 413
    assert status("POST", "/samples?label=a", zeros(), Content_Type="multipart/form-data; boundary=x") in {400, 413}
    assert status("POST", "/predict", zeros(), Authorization="") == 401
    assert status("POST", "/predict", png(1)[:200]) == 422
    assert status("POST", "/predict", b"no picture at all") == 422
    bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\x02\0\0\0"  # 65536 × 65536
    assert status("POST", "/samples?label=a", bomb) == 422
    lying = b"POST /predict HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: image/png\r\n"
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(lying % (server.port, server.token.encode()) + b"Content-Length: 5\r\n\r\n" + bytes(10**6))
        assert connection.recv(20).startswith(b"HTTP/1.1 422")

    assert process.memory_info().rss - before < 200 * 2**20
    assert server.predict(1)[1]["label"] == "a"
    assert [info["samples"] for info in server.ask("GET", "/classes")[1]["classes"]] == [5, 5]


@needs_signals
def test_a_learner_that_is_killed_comes_back_and_nobody_notices(server: Served) -> None:
    taught(server)
    killed = server.learner
    killed.kill()
    psutil.wait_procs([killed], PATIENCE)
    status, answer = server.predict(2)
    assert (status, answer["label"]) == (200, "b")
    assert server.learner.pid != killed.pid
    assert server.ask("GET", "/health") == (200, {"learner": "ready"})


@needs_signals
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_in_good_order(server: Served, number: signal.Signals, code: int) -> None:
    children = server.children
    assert server.learner in children
    with server.events() as told:
        assert next(told)[0] == "state"
        server.process.send_signal(number)
        assert list(told) == []
    out, err = server.process.communicate(timeout=PATIENCE)
    assert server.process.returncode == code
    assert out == ""
    assert "Traceback" not in err
    assert server.token not in err
    assert psutil.wait_procs(children, PATIENCE)[1] == []


@needs_signals
def test_what_was_acknowledged_is_in_the_file_when_it_is_killed(server: Served, project: Path) -> None:
    children = server.children
    acknowledged: list[int] = []
    enough = threading.Event()

    def post(first: int) -> None:
        number = first
        while True:
            try:
                status, sample = server.ask("POST", f"/samples?label=class-{first}", png(first, number))
            except OSError:
                return
            except Exception:
                if server.process.poll() is None:
                    raise
                return
            assert status == 201
            acknowledged.append(sample["sample_id"])
            number += 1
            if len(acknowledged) >= 40:
                enough.set()

    threads = [threading.Thread(target=post, args=(kind,)) for kind in (1, 2, 3)]
    for thread in threads:
        thread.start()
    assert enough.wait(PATIENCE)
    server.process.kill()
    for thread in threads:
        thread.join()
    assert psutil.wait_procs(children, PATIENCE)[1] == [], "the learner outlives the server"
    with Buffer.open(project) as buffer:
        assert set(acknowledged) <= {sample.id for sample in buffer.samples()}
        assert buffer.integrity_check() == []


def test_a_camera_is_followed(project: Path, tmp_path: Path) -> None:
    with served(project, tmp_path, "--camera", "demo") as server:
        taught(server)
        with server.events() as told:
            answer = next(data for kind, data in told if kind == "prediction")
        assert answer["label"] in {"a", "b"}


def test_a_token_of_ones_own_and_a_port_that_is_taken(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWTELL_TOKEN", "a-token-of-the-environment")
    with served(project, tmp_path) as server:
        assert server.token == "a-token-of-the-environment"
    (tmp_path / "token").write_text("a-token-of-a-file\n")
    with served(project, tmp_path, "--token-file", str(tmp_path / "token")) as server:
        assert server.token == "a-token-of-a-file"
        assert server.ask("GET", "/classes") == (200, {"classes": []})
