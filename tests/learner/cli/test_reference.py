# SPDX-License-Identifier: Apache-2.0
"""The page of the commands, which is written from them."""

from __future__ import annotations

from typing import Any

import pytest
from typer.main import get_command

from learner.cli import VERBS
from learner.cli.reference import COMMAND, PAGE, page
from learner.cli.verbs import app


def test_the_page_is_as_the_commands_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"Run {COMMAND}, which writes it."


def test_the_page_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    before = page()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert page() == before


def everything(command: Any, path: str) -> list[tuple[str, Any]]:
    found = [(path, command)]
    for name, below in getattr(command, "commands", {}).items():
        found += everything(below, f"{path} {name}")
    return found


def test_everything_is_on_the_page() -> None:
    text = page()
    commands = everything(get_command(app), "showtell")
    assert len(commands) > len(VERBS) + 5
    for path, command in commands[1:]:
        assert text.count(f"# {path}\n") == 1, path
        section = text.partition(f"# {path}\n")[2].partition("\n#")[0]
        assert "\nExample:\n\n```\nshowtell " in section, f"{path} has no example"
        for param in command.params:
            for name in set(param.opts) - {"--help"}:
                assert (name if name.startswith("-") else param.metavar or "") in section, (path, name)


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_every_exit_code_is_on_the_page(code: int) -> None:
    assert f"\n| {code} | " in page()
