# SPDX-License-Identifier: Apache-2.0
"""What the pages for people show is so: examples do what they say, commands are there, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from learner.camera import DemoScene
from learner.cli.verbs import app
from learner.cv import cv2

ROOT = Path(__file__).parent.parent
SHOWTELL: Any = get_command(app)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(read(name)) if language in languages]


def run(text: str, name: str) -> None:
    # A fence would be taken for a line that was printed.
    text = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    assert examples.examples
    told: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=told.append)
    assert not result.failed, "".join(told)


def test_the_librarys_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    monkeypatch.chdir(tmp_path)
    run(read("docs/library.md"), "library.md")


def test_the_estimators_docstring() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    module = importlib.import_module("learner.sklearn")
    run(module.IncrementalImageClassifier.__doc__, "IncrementalImageClassifier")


def test_a_switch_is_pressed_once_a_gesture() -> None:
    [program] = blocks("docs/switch.md", "python")
    seconds = [("rest", 0.0), ("hand up", 1.0), ("hand up", 1.9), ("hand up", 2.0), ("hand up", 9.0), ("rest", 9.5)]
    again = [("hand up", 10.0), ("hand up", 10.5), ("hand up", 11.5)]
    lines = [
        f'{{"time": "2026-01-01T00:00:{at:09.6f}+00:00", "label": "{label}", "confidence": 0.9, "unknown": false}}'
        for label, at in seconds + again
    ]
    unsure = lines[-1].replace("0.9", "0.7").replace(":11.5", ":12.5")
    unknown = lines[-1].replace("false", "true").replace(":11.5", ":13.5")
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join([*lines, unsure, unknown]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["pressed", "pressed"]


@pytest.mark.parametrize("probability", [0.9, 0.7])
def test_the_program_for_a_raspberry_pi(
    probability: float, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [program] = blocks("docs/raspberry-pi.md", "python")
    module: Any = types.ModuleType("predict")
    module.predict = lambda path: [("mug", probability), (path, 1 - probability)]
    monkeypatch.setitem(sys.modules, "predict", module)
    exec(program, {})
    assert capsys.readouterr().out == ("a mug\n" if probability > 0.8 else "")


@pytest.mark.slow
def test_the_readmes_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [program] = blocks("README.md", "python")
    monkeypatch.chdir(tmp_path)
    for name, thing, seed in (("mug", "mug", 1), ("key", "key", 1), ("what", "key", 2)):
        scene = DemoScene(seed)
        scene.show(thing)
        cv2.imwrite(f"{name}.jpg", scene.render(0.0))
    exec(program, {})
    assert re.match(r"(key|unknown) \d", capsys.readouterr().out)


def test_every_program_on_a_page_is_run() -> None:
    shown = {name for name in NAMES if blocks(name, "python")}
    assert shown == {"README.md", "docs/library.md", "docs/raspberry-pi.md", "docs/switch.md"}


def command_lines(name: str) -> list[list[str]]:
    """Return the words of each line of a page that calls `showtell`."""
    text = read(name)
    if name == "docs/commands.md":  # whose other blocks say how a command may be called
        text = "\n".join(re.findall(r"Example:\n\n(```\n.*?^```)", text, re.MULTILINE | re.DOTALL))
    found = []
    for language, body in FENCE.findall(text):
        lines = body.splitlines() if language in {"", "sh"} else []
        for line in lines:
            words = shlex.split(line, comments=True) if "showtell" in line else []
            for place, word in enumerate(words):
                if word == "showtell" and (not place or words[place - 1] in {"&&", "|", "run"}):
                    rest = words[place + 1 :]
                    ends = [rest.index(end) for end in ("|", "&&", ">") if end in rest]
                    found.append(rest[: min(ends, default=len(rest))])
    return found


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return what carries out a command line, and the words that are left for it; without a verb, the window."""
    command = SHOWTELL
    if not words or words[0] not in command.commands:
        is_about_all = bool(words) and words[0] in {name for param in command.params for name in param.opts}
        return (command, words) if is_about_all else (command.commands["open"], words)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    return command, words


def understood(words: list[str]) -> None:
    """Raise what `showtell` would if these words made no sense; files need not be there."""
    command, words = command_of(words)
    context = typer.Context(command)
    values, left, _ = command.make_parser(context).parse_args(list(words))
    if left and not hasattr(command, "commands"):
        raise ValueError(f"{left} is too much")
    for param in command.params:
        value = values.get(param.name)
        if param.required and not (isinstance(value, str | list | tuple) and value):  # Click has a mark for it
            raise ValueError(f"{param.name} is missing")
        if isinstance(value, str):
            try:
                param.process_value(context, value)
            except typer.BadParameter as wrong:
                if "does not exist" not in str(wrong):
                    raise


@pytest.mark.parametrize("name", [name for name in NAMES if command_lines(name)])
def test_commands_on_pages_are_understood(name: str) -> None:
    for words in command_lines(name):
        try:
            understood(words)
        except Exception as error:
            raise AssertionError(f"showtell {shlex.join(words)}: {error}") from error


@pytest.mark.parametrize("line", ["learn", "learn a b", "learn a --slow", "export a b --quantize int9", "a b c"])
def test_what_makes_no_sense_is_noticed(line: str) -> None:
    with pytest.raises(Exception, match=r"missing|too much|[Nn]o such option|not one of"):
        understood(line.split())


@pytest.mark.parametrize("name", NAMES)
def test_commands_named_in_sentences_are_there(name: str) -> None:
    for mention in re.findall(r"`showtell ([^`]+)`", FENCE.sub("", read(name))):
        words = mention.split()
        command, _ = command_of(words)
        assert command.name != "open" or words[0] == "open" or re.search(r"\W", words[0]), mention
        known = {option for param in command.params for option in param.opts} | {"--help"}
        known |= {option for param in SHOWTELL.params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= known, mention


def links(name: str) -> Iterator[str]:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", read(name)))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(path: Path) -> set[str]:
    """Return the anchors that headings make, where the pages are read as files and on the site alike."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    for link in links(name):
        file, _, anchor = link.partition("#")
        target = (ROOT / name).parent / file if file else ROOT / name
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link
