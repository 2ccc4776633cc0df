# SPDX-License-Identifier: Apache-2.0
"""A fleet as people start it: a laptop that serves, three that join, over loopback; one is killed in the middle."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from learner import open_project
from learner.camera.demo import DemoScene
from learner.types import IncrementKind

pytest.importorskip("flwr")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_RECORDINGS, _FRAMES = 3, 8


def record(path: Path, names: list[str], seed: int) -> Path:
    scene = DemoScene(seed=seed)
    with open_project(path) as project:
        for number, name in enumerate(names):
            scene.show(name)
            for take in range(_RECORDINGS):
                for frame in range(_FRAMES):
                    project.add(scene.render(1000.0 * seed + 100 * number + 7 * take + frame / 3), name)
                project._burst = None  # another recording
        project.learn()
    return path


@pytest.fixture
def projects(tmp_path: Path) -> list[Path]:
    a, b, c, d = DemoScene.OBJECTS[:4]
    return [
        record(tmp_path / "anna.showtell", [a, b], 1),
        record(tmp_path / "ben.showtell", [b, c], 2),
        record(tmp_path / "cleo.showtell", [c, d], 3),
    ]


class Running:
    """A `showtell fleet …` that writes JSON."""

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "fleet", *map(str, arguments), "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def until(self, what: str) -> dict[str, Any]:
        assert self.process.stdout is not None
        heard = []
        for line in self.process.stdout:
            said = json.loads(line)
            heard.append(said)
            if said["what"] == what:
                return dict(said)
        raise AssertionError(f"never {what}: {heard}, {self.process.stderr.read() if self.process.stderr else ''}")

    def kill_all(self) -> None:
        """Kill it and all that it has started, as when a laptop is switched off."""
        started = self.started()
        self.process.kill()
        for child in started:
            child.kill()
        self.process.wait(30)

    def started(self) -> list[psutil.Process]:
        """Return all that runs because of it."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)


@contextmanager
def running(*arguments: str | Path) -> Iterator[Running]:
    found = Running(*arguments)
    try:
        yield found
    finally:
        found.end()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def join(serving: dict[str, Any], project: Path, *more: str) -> tuple[str | Path, ...]:
    return ("join", serving["address"], project, "--code", serving["code"], "--yes", *more)


def test_three_laptops_learn_from_each_other(projects: list[Path]) -> None:
    with running("serve", "--host", "127.0.0.1", "--port", str(free_port()), "--laptops", "3") as server:
        serving = server.until("serving")
        with (
            running(*join(serving, projects[0], "--once")) as anna,
            running(*join(serving, projects[1], "--once")) as ben,
            running(*join(serving, projects[2], "--once")) as cleo,
        ):
            learned = [one.until("learned") for one in (anna, ben, cleo)]
        assert server.until("done")["laptops"] == 3
    assert [one["laptops"] for one in learned] == [2, 2, 2]
    assert not any(one["refused"] for one in learned)
    names = sorted(DemoScene.OBJECTS[:4])
    for path in projects:
        with open_project(path) as project:
            assert sorted(info.name for info in project.classes()) == names
            assert project.increments()[-1].kind is IncrementKind.FLEET
            scene = DemoScene(seed=9)
            right = 0
            for name in names:
                scene.show(name)
                right += project.predict(scene.render(5.0)).probabilities.keys() >= {name}
            assert right == 4


def test_a_laptop_that_is_switched_off_in_the_middle_holds_nobody_up(projects: list[Path]) -> None:
    options = ("--host", "127.0.0.1", "--port", str(free_port()), "--laptops", "3", "--rounds", "3", "--timeout", "40")
    with running("serve", *options) as server:
        serving = server.until("serving")
        with (
            running(*join(serving, projects[0], "--once")) as anna,
            running(*join(serving, projects[1], "--once")) as ben,
            running(*join(serving, projects[2], "--once")) as cleo,
        ):
            server.until("summed")
            cleo.kill_all()
            assert server.until("done")["laptops"] == 3
            assert anna.until("learned")["laptops"] == 2
            assert ben.until("learned")["laptops"] == 2
    with open_project(projects[2]) as project:
        assert project.increments()[-1].kind is not IncrementKind.FLEET
        assert project.learn() == []


def test_a_fleet_is_tried_on_one_machine(projects: list[Path]) -> None:
    """By Flower's simulation engine, with weights refined as well; the projects stay as they are."""
    pytest.importorskip("ray", reason="Flower's simulation engine is not installed")
    before = [path.read_bytes() for path in projects]
    found = subprocess.run(
        [
            *(sys.executable, "-m", "desktop", "fleet", "try", *map(str, projects)),
            *("--rounds", "1", "--json"),
        ],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    told = {Path(one["project"]).stem: one for one in json.loads(found.stdout)["projects"]}
    assert {name: one["laptops"] for name, one in told.items()} == {"anna": 2, "ben": 2, "cleo": 2}
    assert all(DemoScene.OBJECTS[1] in one["classes"] for one in told.values())
    assert [path.read_bytes() for path in projects] == before


def test_nothing_of_a_fleet_goes_on_without_who_wanted_it(projects: list[Path]) -> None:
    """Whoever took part is killed, and so is whoever served; nobody is there to end what they have started."""
    with running("serve", "--host", "127.0.0.1", "--port", str(free_port()), "--laptops", "2") as server:
        serving = server.until("serving")
        with running(*join(serving, projects[0])) as anna:
            anna.until("joined")
            for one in (anna, server):
                started = one.started()
                assert started
                one.process.kill()
                _, left = psutil.wait_procs(started, timeout=60)
                assert left == []


def test_a_wrong_code_is_refused_with_a_sentence(projects: list[Path]) -> None:
    with running("serve", "--host", "127.0.0.1", "--port", str(free_port()), "--laptops", "2") as server:
        serving = server.until("serving")
        code = serving["code"][:-4] + ("AAAA" if not serving["code"].endswith("AAAA") else "BBBB")
        found = subprocess.run(
            [
                *(sys.executable, "-m", "desktop", "fleet", "join", serving["address"], str(projects[0])),
                *("--code", code, "--yes"),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert found.returncode == 2
    assert "does not let this laptop in" in found.stderr
