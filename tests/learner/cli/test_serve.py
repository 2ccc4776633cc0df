# SPDX-License-Identifier: Apache-2.0
"""`showtell serve`; `tests/integration/test_serve.py` has the real process."""

from __future__ import annotations

import builtins
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from learner.cli import run
from learner.cli.serve import _ended_by_a_signal
from tests.learner.cli.helpers import Capture


@pytest.fixture
def refused(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose learner must not be started."""

    def start(_hub: object) -> None:
        raise AssertionError("it was started")

    monkeypatch.setattr("learner.serve.project.ProjectHub.start", start)
    return desk


def test_the_network_has_to_be_allowed(refused: Path, capsys: Capture) -> None:
    assert run(["serve", str(refused), "--host", "0.0.0.0"]) == 2
    assert "--allow-network" in capsys.readouterr().err


def test_tokens_that_do_not_work(
    refused: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert run(["serve", str(refused), "--token-file", str(tmp_path / "none")]) == 1
    assert "The token cannot be read" in capsys.readouterr().err
    (tmp_path / "token").write_text("short\n")
    assert run(["serve", str(refused), "--token-file", str(tmp_path / "token")]) == 2
    assert "That token does not work" in capsys.readouterr().err
    monkeypatch.setenv("SHOWTELL_TOKEN", "short")
    assert run(["serve", str(refused)]) == 2
    assert "short" not in capsys.readouterr().err


def test_there_has_to_be_a_camera(refused: Path, capsys: Capture) -> None:
    assert run(["serve", str(refused), "--camera", "no such thing"]) == 1
    assert "That is not a camera" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_get_it(
    refused: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "learner.serve.server":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert run(["serve", str(refused)]) == 1
    told = capsys.readouterr().err
    assert "uvicorn is not there" in told
    assert "pip install 'showtell[serve]'" in told


def test_a_port_that_is_taken_ends_everything(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    did: list[str] = []
    monkeypatch.setattr("learner.serve.project.ProjectHub.start", lambda _hub: did.append("start"))
    monkeypatch.setattr("learner.serve.project.ProjectHub.stop", lambda _hub: did.append("stop"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(["serve", str(desk), "--port", str(taken.getsockname()[1])]) == 1
    assert "That port is taken" in capsys.readouterr().err
    assert did == ["start", "stop"]


def test_what_is_no_project(tmp_path: Path, capsys: Capture) -> None:
    assert run(["serve", str(tmp_path / "none.showtell")]) == 1
    assert "There is no such project" in capsys.readouterr().err


def test_ctrl_c_is_not_lost_in_what_lets_no_exception_out() -> None:
    class Last:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    def pressed() -> None:
        with _ended_by_a_signal() as ended:
            Last()
            assert ended.is_set()

    with pytest.raises(KeyboardInterrupt):
        pressed()
