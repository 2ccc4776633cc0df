# SPDX-License-Identifier: Apache-2.0
"""The page that describes every command, written from the commands themselves: `python -m learner.cli.reference`.

It writes `docs/commands.md` of the checkout it lies in; a test keeps that file as this says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from learner.cli import VERBS
from learner.cli.verbs import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"

COMMAND = "python -m learner.cli.reference"

_BEFORE = f"""\
<!-- Written by `{COMMAND}`; what is changed here by hand is lost. -->

# The command `showtell`
"""

_AFTER = """\
## Output

Results go to stdout; progress, questions, notes and faults to stderr. With `--json` there is one JSON object a line on
stdout and nothing else.

## Exit codes

| code | |
|---|---|
| 0 | It went well. That a version in use stays, because nothing better came of it, is no failure. |
| 1 | The machine, the disk or the input is at fault, and stderr says what to do; also when something was left out. |
| 2 | The command line makes no sense. |
| 3 | A bug of ours. `--debug` shows its traceback. |
| 130 | It was interrupted. What was stored or learned until then stays. |

## Environment variables

| variable | |
|---|---|
| `_SHOWTELL_COMPLETE` | `source_bash`, `source_zsh`, `source_fish` or `source_powershell`: print the \
completion of that shell, and nothing else. |
| `CUDA_VISIBLE_DEVICES` | Which GPUs training may see; empty for none. |
| `XDG_DATA_HOME` | On Linux: where backbones and what was measured of this machine are kept, in `showtell`. |
| `NO_COLOR`, `COLUMNS` | No colours; how wide tables may be. |
| `DISPLAY`, `WAYLAND_DISPLAY`, `QT_QPA_PLATFORM`, `QT_SCALE_FACTOR` | The window's screen and scale, as \
Qt reads them. |
| `SHOWTELL_CLASS`, `SHOWTELL_CONFIDENCE` | Set for a program that an action of the window runs: what \
was seen, and how surely. |

## Completion

`showtell --install-completion` installs completion for the shell it is called from, and `--show-completion` prints it.
"""


def page() -> str:
    """Return the page, in Markdown."""
    root: Any = get_command(app)
    context = typer.Context(root, info_name="showtell")
    parts = [_BEFORE, *_told(root, context)]
    parts.append("| verb | |\n|---|---|\n" + "\n".join(_in_a_line(root.commands[name], name) for name in VERBS))
    for name in VERBS:
        parts += _section(root.commands[name], name, context, depth=2)
    return "\n\n".join(part.strip() for part in [*parts, _AFTER]) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _section(command: Any, name: str, parent: typer.Context, *, depth: int) -> Iterator[str]:
    """Yield what is told of a verb, and of those below it."""
    context = typer.Context(command, info_name=name, parent=parent)
    yield f"{'#' * depth} {context.command_path}"
    yield from _told(command, context)
    for below in getattr(command, "commands", {}).values():
        yield from _section(below, below.name, context, depth=depth + 1)


def _told(command: Any, context: typer.Context) -> Iterator[str]:
    """Yield a command's synopsis, what it does, its arguments and options, and its example."""
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"```\n{context.command_path} {re.sub('[{}]', '', pieces)}\n```"
    text, *examples = command.help.split("Example: ")
    yield text
    told = [_parameter(param, context) for param in command.get_params(context) if "--help" not in param.opts]
    if told:
        yield "\n".join(told)
    if examples:
        lines = "\n".join(example.strip() for example in examples)
        yield f"Example:\n\n```\n{lines}\n```"


def _parameter(param: Any, context: typer.Context) -> str:
    names, text = param.get_help_record(context)
    if param.param_type_name == "argument":  # of what type it is, is Python's business
        names, text = re.sub(r" <.*>$", "", names), text.removesuffix("[required]")
    return f"- `{names}`: {text.strip()}"


def _in_a_line(command: Any, name: str) -> str:
    first = command.help.partition("\n\n")[0].replace("\n", " ")
    return f"| [{name}](#showtell-{name}) | {first} |"


if __name__ == "__main__":
    main()
