# SPDX-License-Identifier: Apache-2.0
"""What holds for every verb, in this process; `tests/integration/test_cli.py` runs the real command."""

from __future__ import annotations

from pathlib import Path

import pytest

from learner.cli import VERBS, OpenRequest, run
from learner.cli.verbs import app
from tests.learner.cli.helpers import Capture, put, recorder


@pytest.mark.parametrize("verb", [[], *([verb] for verb in VERBS)])
def test_every_verb_helps(verb: list[str], capsys: Capture) -> None:
    assert run([*verb, "--help"]) == 0
    assert "showtell" in capsys.readouterr().out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_example(verb: str, capsys: Capture) -> None:
    run([verb, "--help"])
    assert "Example: showtell" in capsys.readouterr().out


def test_there_are_no_other_verbs() -> None:
    names = [command.name for command in app.registered_commands] + [group.name for group in app.registered_groups]
    assert tuple(names) == VERBS


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("showtell 0.")


@pytest.mark.parametrize(
    "argv",
    [
        ["--nonsense"],
        ["import"],
        ["learn"],
        ["predict", "p"],
        ["learn", "p", "--device", "tpu"],
        ["compare", "p", "1"],
        ["restore", "p", "newest"],
        ["suggest", "p", "--count", "0"],
        ["doctor", "x"],
        ["backbone"],
        ["backbone", "nonsense"],
        ["backbone", "use", "mine"],
        ["consolidate"],
        ["new"],
        ["label", "p"],
        ["label", "p", "mug", "--sample", "first"],
        ["sleep"],
        ["watch", "p", "--count", "0"],
        ["watch", "p", "--every", "-1"],
        ["restore-backup", "p"],
        ["check"],
    ],
)
def test_wrong_usage(argv: list[str], capsys: Capture) -> None:
    assert run(argv, open_window=recorder(0, [])) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err


@pytest.mark.parametrize(
    "verb",
    [
        ["learn"],
        ["predict", "a.png"],
        ["evaluate", "."],
        ["suggest"],
        ["history"],
        ["versions"],
        ["compare", "1", "2"],
        ["restore", "1"],
        ["pin", "1"],
        ["forget", "--yes"],
        ["export", "a.keras"],
        ["consolidate"],
        ["label", "mug", "a.png"],
        ["sleep"],
        ["backup"],
        ["check"],
    ],
)
def test_a_project_that_is_not_there_is_not_made(verb: list[str], tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    put(tmp_path / "mug" / "1.png", 1)
    arguments = [str(tmp_path) if argument == "." else argument for argument in verb[1:]]
    assert run([verb[0], str(project), *arguments, "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "desk.showtell" in told.err
    assert not project.exists()


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_of_ours(debug: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise ZeroDivisionError("a bug for the test")

    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_, **__: str(tmp_path / "log"))
    assert run(["desk.showtell", *(["--debug"] if debug else [])], open_window=open_window) == 3
    told = capsys.readouterr().err
    assert "A bug of ours" in told
    assert ("ZeroDivisionError" in told) == debug
    if not debug:
        assert "a bug for the test" in (tmp_path / "log" / "last-error.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_of_a_shell_is_printed(shell: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("_SHOWTELL_COMPLETE", f"source_{shell}")
    assert run([]) == 0
    told = capsys.readouterr().out
    assert "showtell" in told
    assert f"complete_{shell}" in told


def test_the_options_of_completion_are_no_projects(capsys: Capture) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.completion._get_shell_name", lambda: "bash")
        assert run(["--show-completion"], open_window=recorder(0, [])) == 0
    assert "_SHOWTELL_COMPLETE=complete_bash" in capsys.readouterr().out


def test_interrupted(capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise KeyboardInterrupt

    assert run([], open_window=open_window) == 130
