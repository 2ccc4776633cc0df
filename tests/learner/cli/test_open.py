# SPDX-License-Identifier: Apache-2.0
"""`showtell open`, and `showtell` without a verb."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from learner.cli import OpenRequest, run
from learner.cli.request import plain_request
from learner.errors import DisplayFault
from tests.learner.cli.helpers import Capture, recorder


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ([], OpenRequest(None, None, None)),
        (["desk.showtell"], OpenRequest(Path("desk.showtell"), None, None)),
        (["--camera", "demo"], OpenRequest(None, "demo", None)),
        (
            ["desk.showtell", "--camera", "1", "--backbone", "b.keras"],
            OpenRequest(Path("desk.showtell"), "1", Path("b.keras")),
        ),
        (
            ["desk.showtell", "--device", "cpu"],
            OpenRequest(Path("desk.showtell"), None, None, "cpu"),
        ),
        (["./import"], OpenRequest(Path("import"), None, None)),
        (["open", "desk.showtell"], OpenRequest(Path("desk.showtell"), None, None)),
    ],
)
def test_without_a_verb_the_window_opens(argv: list[str], request_: OpenRequest) -> None:
    asked: list[Any] = []
    assert run(argv, open_window=recorder(7, asked)) == 7
    assert asked == [request_]


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["desk.showtell"],
        ["desk.showtell", "--camera=demo"],
        ["--camera", "http://a/b?c=d", "desk.showtell"],
        ["--backbone=b.keras", "--device", "gpu", "./open"],
        ["--device=auto", "--camera", "2"],
    ],
)
def test_a_plain_line_is_read_as_typer_reads_it(argv: list[str]) -> None:
    asked: list[Any] = []
    run(["open", *argv], open_window=recorder(0, asked))
    assert asked == [plain_request(argv)]


@pytest.mark.parametrize(
    "argv",
    [
        ["open"],
        ["import", "desk.showtell"],
        ["--help"],
        ["--debug"],
        ["desk.showtell", "other.showtell"],
        ["desk.showtell", "--camera"],
        ["--camera", "--device", "cpu"],
        ["--device", "tpu"],
        ["--camera", "0", "--camera", "1"],
        ["--", "desk.showtell"],
        ["--nonsense=1"],
        [""],
    ],
)
def test_other_lines_are_left_to_typer(argv: list[str]) -> None:
    assert plain_request(argv) is None


def test_a_verb_in_the_place_of_a_project(capsys: Capture) -> None:
    asked: list[Any] = []
    assert run(["--camera", "demo", "import"], open_window=recorder(0, asked)) == 2
    assert asked == []
    assert "import for a project of that name" in capsys.readouterr().err


def test_no_window_to_open(capsys: Capture) -> None:
    assert run([]) == 1
    assert "no window" in capsys.readouterr().err


def test_no_screen_is_told_in_a_sentence(capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise DisplayFault("There is no screen", "Nothing answers.", "Try showtell demo.")

    assert run([], open_window=open_window) == 1
    assert capsys.readouterr().err.splitlines() == ["There is no screen", "Nothing answers. Try showtell demo."]
