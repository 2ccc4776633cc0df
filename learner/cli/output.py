# SPDX-License-Identifier: Apache-2.0
"""Where a verb's words go: results to stdout, for people or as JSON; progress, questions and faults to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from learner.cli.progress import Meter
from learner.errors import UsageFault

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from learner.errors import ShowtellError
    from learner.interchange.items import Skipped

_WIDE = 1000
"""Columns of what is no terminal: whoever reads it wants a row on one line."""


class Output:
    """Where a verb's words go.

    Args:
        as_json: write results as JSON, one object a line, and nothing else to stdout.
    """

    def __init__(self, *, as_json: bool) -> None:
        from rich.console import Console

        self._as_json = as_json
        # Class names and paths are printed as they are, whatever brackets and colons they have.
        self._out = Console(highlight=False, markup=False, emoji=False)
        if not self._out.is_terminal:
            self._out.width = _WIDE
        self._err = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def result(self, data: Mapping[str, Any], *for_people: RenderableType) -> None:
        """Write a result, as data or as what is drawn of it."""
        if self._as_json:
            sys.stdout.write(json.dumps(data) + "\n")
            sys.stdout.flush()
        else:
            for part in for_people:
                self._out.print(part, soft_wrap=isinstance(part, str))

    @property
    def beside(self) -> Console:
        """Where to draw what is not the result: with it on stdout, unless that is kept for JSON."""
        return self._err if self._as_json else self._out

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to read a question and to answer it."""
        return self._err.is_terminal and sys.stdin is not None and sys.stdin.isatty()

    def confirms(self, question: str) -> bool:
        """Ask on the terminal, and return whether the answer is yes."""
        self._err.print(f"{question} [y/N] ", end="")
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}

    def is_meant(self, title: str, what: str, question: str, *, yes: bool) -> bool:
        """Tell what would happen, and return whether it may: with a yes at once, and otherwise when a person agrees.

        Raises:
            UsageFault: there is neither a yes nor a terminal to ask on.
        """
        if not yes and not self.can_ask:
            raise UsageFault(title, f"{what} There is no terminal to ask on.", "Add --yes if it is.")
        self.note(what)
        return yes or self.confirms(question)

    def note(self, text: str) -> None:
        """Write a sentence beside the result."""
        self._err.print(text, soft_wrap=True)

    def fault(self, error: ShowtellError) -> None:
        """Write what went wrong and what to do next."""
        self._err.print(error.title, style="bold red")
        self._err.print(error.message, soft_wrap=True)

    def skipped(self, skipped: Sequence[Skipped]) -> None:
        """List what was left out."""
        for item in skipped:
            self.note(f"Left out {item.path}: {item.why}")

    @contextmanager
    def progress(self, sentence: str) -> Iterator[Meter]:
        """Show progress on stderr while the block runs; nothing where stderr is not a terminal."""
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as progress:
            yield Meter(progress, sentence)
