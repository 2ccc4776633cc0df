# SPDX-License-Identifier: Apache-2.0
"""What the command line prints: results to stdout, as tables or as JSON; progress and faults to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from learner.demo import DemoReport, Taught
    from learner.doctor import Diagnosis
    from learner.errors import ShowtellError
    from learner.interchange.folders import ImportReport, Skipped
    from learner.types import Device, Evaluation, Increment, Prediction


class Output:
    """Where a verb's words go.

    Args:
        as_json: write results as JSON, one object a line, and nothing else to stdout.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        # Class names and paths are printed as they are, whatever brackets and colons they have.
        self._out = Console(highlight=False, markup=False, emoji=False)
        self._err = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def result(self, data: Mapping[str, Any], *for_people: RenderableType) -> None:
        """Write a result, as data or as what is drawn of it."""
        if self._as_json:
            sys.stdout.write(json.dumps(data) + "\n")
            sys.stdout.flush()
        else:
            for part in for_people:
                self._out.print(part, soft_wrap=isinstance(part, str))

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
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as progress:
            yield Meter(progress, sentence)

    @contextmanager
    def demo(self) -> Iterator[tuple[Callable[[str], None], Callable[[Taught], None]]]:
        """Show the demo as it goes; yields what to call with each sentence and with each object taught."""
        taught: list[Taught] = []
        console = self._err if self._as_json else self._out
        if not console.is_terminal:
            yield self.note, taught.append
            console.print(demo_table(taught))
            return
        with Live(console=console, auto_refresh=False) as live:

            def tell(sentence: str) -> None:
                live.update(Group(demo_table(taught), Text(sentence, "dim")), refresh=True)

            def add(row: Taught) -> None:
                taught.append(row)
                live.update(demo_table(taught), refresh=True)

            yield tell, add


class Meter:
    """One line of progress."""

    def __init__(self, progress: Progress, sentence: str) -> None:
        self._progress = progress
        self._task = progress.add_task(sentence, total=None)

    def show(self, sentence: str, done: int | None = None, total: int | None = None) -> None:
        """Say what happens now, and how much of it is done."""
        if done is not None:
            sentence = f"{sentence} {done}/{total}"
        self._progress.update(self._task, description=sentence, completed=done or 0, total=total)


def percent(share: float | None) -> str:
    """Return a share in [0, 1] as people write it."""
    return "–" if share is None else f"{share:.0%}"


def import_data(report: ImportReport) -> dict[str, Any]:
    """Return the JSON object of an import."""
    skipped = [{"path": str(item.path), "why": item.why} for item in report.skipped]
    return {
        "added": report.added,
        "duplicates": report.duplicates,
        "skipped": skipped,
        "classes": report.classes,
    }


def import_text(report: ImportReport) -> str:
    """Return what people read of an import."""
    lines = [f"Added {report.added} samples; {report.duplicates} were there already."]
    lines += [f"  {name}: {count}" for name, count in report.classes.items()]
    return "\n".join(lines)


def learn_data(increments: Sequence[Increment], device: Device | None, version: int | None) -> dict[str, Any]:
    """Return the JSON object of learning."""
    return {
        "increments": len(increments),
        "steps": sum(increment.steps for increment in increments),
        "samples": sum(increment.new_samples for increment in increments),
        "seconds": sum(increment.seconds for increment in increments),
        "device": device.kind if device else None,
        "version": version,
    }


def learn_text(increments: Sequence[Increment], device: Device | None, version: int | None) -> str:
    """Return what people read of learning."""
    if not increments:
        return "There is nothing new to learn."
    lines = []
    for increment in increments:
        if increment.accepted:
            lines.append(
                f"Learned {increment.new_samples} samples in {increment.seconds:.1f} s ({increment.steps} steps). "
                f"Version {version} is in use."
            )
        else:
            lines.append(f"Not accepted: {increment.why}")
    if device:
        lines.append(f"Trained on {device.name}. {device.reason}")
    return "\n".join(lines)


def predict_data(path: str, prediction: Prediction) -> dict[str, Any]:
    """Return the JSON object of one answer."""
    return {
        "path": path,
        "label": prediction.label,
        "confidence": prediction.confidence,
        "probabilities": dict(prediction.probabilities),
    }


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """Return the JSON object of an evaluation."""
    return asdict(evaluation)


def evaluation_parts(evaluation: Evaluation) -> tuple[RenderableType, ...]:
    """Return what people read of an evaluation."""
    summary = (
        f"{percent(evaluation.accuracy)} of {evaluation.n} pictures right; "
        f"{percent(evaluation.macro_accuracy)} on average over the classes. "
        f"Expected calibration error {evaluation.ece:.3f}."
    )
    table = _table("class", "pictures", "found", "right when said")
    for name, score in evaluation.per_class.items():
        table.add_row(name, str(score.n), percent(score.recall), percent(score.precision))
    return summary, table


def confusion_text(evaluation: Evaluation, most: int = 5) -> str:
    """Return the most frequent mistakes in words, or nothing when there are none."""
    mistakes = [
        (count, truth, answer)
        for truth, row in zip(evaluation.labels, evaluation.confusion, strict=True)
        for answer, count in zip(evaluation.labels, row, strict=True)
        if count and truth != answer
    ]
    mistakes.sort(key=lambda mistake: (-mistake[0], mistake[1:]))
    return "\n".join(f"{count} × {truth} taken for {answer}" for count, truth, answer in mistakes[:most])


def diagnosis_data(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the JSON object of the doctor."""
    return asdict(diagnosis)


def diagnosis_parts(diagnosis: Diagnosis) -> tuple[RenderableType, ...]:
    """Return what people read of the doctor."""
    facts = Table.grid(padding=(0, 3, 0, 0))
    facts.add_row("Python", diagnosis.python)
    facts.add_row("platform", diagnosis.platform)
    for name, version in (("TensorFlow", diagnosis.tensorflow), ("Keras", diagnosis.keras), ("Qt", diagnosis.qt)):
        facts.add_row(name, version or "missing")
    for device in diagnosis.devices:
        facts.add_row("device", f"{device.name}. {device.reason}")
    for camera in diagnosis.cameras:
        facts.add_row("camera", f"{camera.index}: {camera.name}")
    if diagnosis.backbone:
        facts.add_row("backbone", f"{diagnosis.backbone.name} ({diagnosis.backbone.sha256[:12]})")
    checks = Table.grid(padding=(0, 3, 0, 0))
    for check in diagnosis.checks:
        checks.add_row(check.name, "works" if check.ok else Text("does not work", "bold red"), check.detail)
    return facts, "", checks


def demo_data(report: DemoReport) -> dict[str, Any]:
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


def demo_table(taught: Sequence[Taught]) -> Table:
    """Return the demo's table as far as it has come."""
    table = _table("taught", "samples", "learned in", "steps", "right before", "right after")
    for row in taught:
        table.add_row(
            row.name,
            str(row.samples),
            f"{row.seconds:.1f} s",
            str(row.steps),
            percent(row.before),
            percent(row.after),
        )
    return table


def demo_text(report: DemoReport) -> str:
    """Return the last line of the demo."""
    return (
        f"{percent(report.evaluation.accuracy)} of {report.evaluation.n} frames it had never seen are right, "
        f"of {len(report.taught)} objects."
    )


def _table(*headings: str) -> Table:
    """Return a table of numbers whose first column says what they are of."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place == 0 else "right", overflow="fold")
    return table
