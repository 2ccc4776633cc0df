# SPDX-License-Identifier: Apache-2.0
"""Programs that actions run, as real processes."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.command import Command, arguments_of

PYTHON = subprocess.list2cmdline([sys.executable]) if os.name == "nt" else shlex.quote(sys.executable)


class Runner:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.commands: list[Command] = []

    def start(self, line: str, name: str = "mug", limit: float = 60.0) -> Command:
        command = Command(line, name, 0.973, limit)
        self.commands.append(command)
        return command

    def run(self, line: str, name: str = "mug", limit: float = 60.0) -> tuple[bool, str]:
        command = self.start(line, name, limit)
        with self.qtbot.waitSignal(command.ended, timeout=30_000) as ended:
            command.start()
        good, text = ended.args or (None, None)
        return bool(good), str(text)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    runner = Runner(qtbot)
    yield runner
    for command in runner.commands:
        command.stop()


def script(folder: Path, text: str) -> str:
    path = folder / "script.py"
    path.write_text(text, encoding="utf-8")
    return f'{PYTHON} "{path}"'


def test_the_last_line_is_told(runner: Runner, tmp_path: Path) -> None:
    line = script(tmp_path, "import sys\nprint('first')\nprint('last', file=sys.stderr)\nprint()")
    assert runner.run(line) == (True, "last")


def test_what_was_seen_is_put_in_and_is_never_a_program(runner: Runner, tmp_path: Path) -> None:
    text = "import os, sys\nprint(sys.argv[1:], os.environ['SHOWTELL_CLASS'], os.environ['SHOWTELL_CONFIDENCE'])"
    name = '"; echo {confidence} $(id) `id` &'
    good, said = runner.run(f'{script(tmp_path, text)} "it is {{class}}!" {{confidence}} {{other}}', name)
    assert good
    assert said == f"{[f'it is {name}!', '0.97', '{other}']} {name} 0.97"


def test_no_shell_reads_it(runner: Runner, tmp_path: Path) -> None:
    line = script(tmp_path, "import sys\nprint(sys.argv[1:])")
    assert runner.run(f"{line} $HOME ; echo >x #y") == (True, "['$HOME', ';', 'echo', '>x', '#y']")


def test_it_has_nothing_to_read_from(runner: Runner, tmp_path: Path) -> None:
    assert runner.run(script(tmp_path, "import sys\nprint(repr(sys.stdin.read()))")) == (True, "''")


def test_a_code_is_a_failure(runner: Runner, tmp_path: Path) -> None:
    good, said = runner.run(script(tmp_path, "print('no paper')\nraise SystemExit(3)"))
    assert not good
    assert "3" in said
    assert "no paper" in said


def test_what_is_not_there_is_said(runner: Runner) -> None:
    good, said = runner.run("no-such-program-anywhere {class}")
    assert not good
    assert "no-such-program-anywhere" in said


@pytest.mark.parametrize("line", ["", "   ", 'say "hello', '""'])
def test_what_is_no_command_is_said(runner: Runner, line: str) -> None:
    good, said = runner.run(line)
    assert not good
    assert said


def test_it_is_stopped_when_it_takes_too_long(runner: Runner, tmp_path: Path) -> None:
    good, said = runner.run(script(tmp_path, "import time\ntime.sleep(60)"), limit=0.2)
    assert not good
    assert "0.2 s" in said


def test_it_can_be_stopped_and_says_nothing_more(runner: Runner, tmp_path: Path) -> None:
    command = runner.start(script(tmp_path, "import time\nprint('ready', flush=True)\ntime.sleep(60)"))
    told = []
    command.ended.connect(lambda *_: told.append(1))
    command.start()
    runner.qtbot.waitUntil(lambda: b"ready" in command._tail, timeout=30_000)
    command.stop()
    assert command._process.state() is command._process.ProcessState.NotRunning
    assert told == []


@pytest.mark.skipif(os.name == "nt", reason="Windows writes paths with backslashes")
def test_it_is_taken_apart_as_in_a_shell() -> None:
    assert arguments_of("say 'two words' \"and more\" it\\ is") == ["say", "two words", "and more", "it is"]
