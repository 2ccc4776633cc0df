# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet`, without a network; with one, see `tests/integration/test_fleet.py`."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from learner import open_project
from learner.cli import run
from learner.types import IncrementKind
from tests.learner.cli.helpers import Capture, as_json
from tests.learner.desk import look


def taught(path: Path, kinds: dict[str, int], start: int = 0) -> Path:
    with open_project(path) as project:
        for name, kind in kinds.items():
            for number in range(6):
                project.add(look(kind, start + number), name)
        project.learn()
    return path


def test_a_preview_says_what_would_be_sent_and_what_stays(tmp_path: Path, capsys: Capture) -> None:
    path = taught(tmp_path / "desk.showtell", {"mug": 1, "pen": 2})
    with open_project(path) as project:
        project.add(look(3, 0), "secret")
        project.learn()
    assert run(["fleet", "preview", str(path), "--json"]) == 0
    told = as_json(capsys)
    assert [one["class"] for one in told["shared"]] == ["mug", "pen"]
    assert [one["class"] for one in told["kept"]] == ["secret"]
    assert run(["fleet", "preview", str(path)]) == 0
    said = capsys.readouterr().out
    assert "no picture" in said
    assert "secret stays here" in said


def test_what_others_know_is_learned_with_and_left_again(tmp_path: Path, capsys: Capture) -> None:
    path = taught(tmp_path / "desk.showtell", {"mug": 1, "pen": 2})
    with open_project(taught(tmp_path / "other.showtell", {"cup": 3, "MUG": 1}, start=50)) as other:
        contribution = other.shared().contribution
        assert contribution is not None
    with open_project(path) as project:
        assert project.take_from_others(1, contribution.names, contribution.arrays()) == ["cup"]
        [increment] = project.learn()
        assert increment.kind is IncrementKind.FLEET
    assert run(["history", str(path), "--json"]) == 0
    capsys.readouterr()
    assert run(["fleet", "leave", str(path), "--json"]) == 0
    assert as_json(capsys)["increments"] == 1
    assert run(["fleet", "leave", str(path), "--json"]) == 0
    assert as_json(capsys)["increments"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["127.0.0.1:1", "--code", "ABCD"], "not a join code"),
        (["127.0.0.1", "--code", "A" * 24], "not an address"),
    ],
)
def test_joining_with_nonsense_is_a_usage_fault(
    tmp_path: Path, capsys: Capture, arguments: list[str], said: str
) -> None:
    path = taught(tmp_path / "desk.showtell", {"mug": 1, "pen": 2})
    address, *more = arguments
    assert run(["fleet", "join", address, str(path), "--yes", *more]) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_sent_without_a_yes(tmp_path: Path, capsys: Capture) -> None:
    path = taught(tmp_path / "desk.showtell", {"mug": 1, "pen": 2})
    assert run(["fleet", "join", "127.0.0.1:1", str(path), "--code", "A" * 24]) == 2
    assert "Add --yes" in capsys.readouterr().err


def test_noise_without_rounds_makes_no_sense(capsys: Capture) -> None:
    assert run(["fleet", "serve", "--noise", "1"]) == 2
    assert "nothing to add noise to" in capsys.readouterr().err


class Served:
    """A fleet without a network, in which this happens."""

    code = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"
    happens: ClassVar[list[dict[str, object]]] = []

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def learn_together(self, _: object) -> list[dict[str, object]]:
        return self.happens


def test_laptops_that_did_not_learn_together_are_a_fault(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    pytest.importorskip("flwr")
    monkeypatch.setattr("learner.fleet.serving.Serving", Served)
    monkeypatch.setattr(Served, "happens", [{"what": "too few", "laptops": 1, "wanted": 2}])
    assert run(["fleet", "serve", "--host", "127.0.0.1"]) == 1
    assert "--timeout" in capsys.readouterr().err
    monkeypatch.setattr(Served, "happens", [{"what": "done", "laptops": 2, "asked": 2, "samples": 9}])
    assert run(["fleet", "serve", "--host", "127.0.0.1"]) == 0
    assert "2 of 2 laptops" in capsys.readouterr().out
