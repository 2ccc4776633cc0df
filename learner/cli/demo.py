# SPDX-License-Identifier: Apache-2.0
"""`showtell demo`: four objects taught in the window, or in the terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug
from learner.cli.output import Output
from learner.cli.request import DemoRequest, Session
from learner.cli.tables import percent, table
from learner.errors import DisplayFault

if TYPE_CHECKING:
    from rich.table import Table

    from learner.demo import DemoReport, Taught


def demo(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Argument(metavar="PROJECT", readable=False, help="A project to keep; otherwise it is thrown away."),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="In the terminal, even where there is a screen.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Teach four objects of a rendered scene.

    In the window, or in the terminal where there is no screen.

    Example: showtell demo --headless
    """
    session: Session = context.obj
    output = Output(as_json=as_json)
    if session.demo_window is not None and not headless and not as_json:
        try:
            raise typer.Exit(session.demo_window(DemoRequest(project)))
        except DisplayFault as fault:
            output.note(f"{fault.happened} So here it is in the terminal.")
    from learner.config import LearnerConfig
    from learner.demo import run_demo

    # Windows cannot delete a file while another process, which is just leaving, has it open.
    temporary = tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True)
    with temporary as folder, _shown_on(output) as (tell, add):
        path = project or Path(folder) / "demo.showtell"
        report = run_demo(path, LearnerConfig(), on_step=tell, on_taught=add)
    output.result(_data(report), _text(report))


@contextmanager
def _shown_on(output: Output) -> Iterator[tuple[Callable[[str], None], Callable[[Taught], None]]]:
    """Show the demo as it goes; yields what to call with each sentence and with each object taught."""
    from rich.console import Group
    from rich.live import Live
    from rich.text import Text

    taught: list[Taught] = []
    console = output.beside
    if not console.is_terminal:
        yield output.note, taught.append
        console.print(_table(taught))
        return
    with Live(console=console, auto_refresh=False) as live:

        def tell(sentence: str) -> None:
            live.update(Group(_table(taught), Text(sentence, "dim")), refresh=True)

        def add(row: Taught) -> None:
            taught.append(row)
            live.update(_table(taught), refresh=True)

        yield tell, add


def _data(report: DemoReport) -> dict[str, Any]:
    """Return the JSON object of the demo."""
    return {
        "increments": [
            {
                "class": taught.name,
                "samples": taught.samples,
                "seconds": taught.seconds,
                "steps": taught.steps,
                "accuracy_before": taught.before,
                "accuracy_after": taught.after,
            }
            for taught in report.taught
        ],
        "accuracy": report.evaluation.accuracy,
    }


def _table(taught: Sequence[Taught]) -> Table:
    """Return the demo's table as far as it has come."""
    rows = table("taught", "samples", "learned in", "steps", "right before", "right after")
    for row in taught:
        rows.add_row(
            row.name,
            str(row.samples),
            f"{row.seconds:.1f} s",
            str(row.steps),
            percent(row.before),
            percent(row.after),
        )
    return rows


def _text(report: DemoReport) -> str:
    """Return the last line of the demo."""
    return (
        f"{percent(report.evaluation.accuracy)} of {report.evaluation.n} frames it had never seen are right, "
        f"of {len(report.taught)} objects."
    )
