# SPDX-License-Identifier: Apache-2.0
"""What the command line prints: results to stdout, as tables or as JSON; progress and faults to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from learner.types import IncrementKind

if TYPE_CHECKING:
    from learner.demo import DemoReport, Taught
    from learner.doctor import Diagnosis
    from learner.errors import ShowtellError
    from learner.interchange.folders import ImportReport, Skipped
    from learner.types import Device, Evaluation, Increment, Prediction, Sample, Suspicion, Version

_WIDE = 1000
"""Columns of what is no terminal: whoever reads it wants a row on one line."""

_KINDS = {IncrementKind.WAKE: "learned", IncrementKind.SLEEP: "went over everything"}


class Output:
    """Where a verb's words go.

    Args:
        as_json: write results as JSON, one object a line, and nothing else to stdout.
    """

    def __init__(self, *, as_json: bool) -> None:
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
    def can_ask(self) -> bool:
        """Whether there is somebody to read a question and to answer it."""
        return self._err.is_terminal and sys.stdin is not None and sys.stdin.isatty()

    def confirms(self, question: str) -> bool:
        """Ask on the terminal, and return whether the answer is yes."""
        self._err.print(f"{question} [y/N] ", end="")
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}

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
        steps = f"in {increment.seconds:.1f} s ({increment.steps} steps)"
        if increment.kind is IncrementKind.SLEEP:
            outcome = "." if increment.accepted else f", and kept what was there before: {increment.why}"
            lines.append(f"Went over everything {steps}{outcome}")
        elif increment.accepted:
            lines.append(f"Learned {increment.new_samples} samples {steps}.")
        else:
            lines.append(f"Not accepted: {increment.why}")
    if version is not None:
        lines.append(f"Version {version} is in use.")
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
        "unknown": prediction.unknown,
        "novelty": prediction.novelty,
    }


def predict_text(path: str, prediction: Prediction) -> str:
    """Return what people read of one answer."""
    if prediction.unknown:
        return f"{path}: unknown (looks most like {prediction.label}, {percent(prediction.confidence)})"
    return f"{path}: {prediction.label} ({percent(prediction.confidence)})"


def evaluation_data(evaluation: Evaluation, known: float | None, never_taught: float | None) -> dict[str, Any]:
    """Return the JSON object of an evaluation (see `evaluation_parts`)."""
    return {**asdict(evaluation), "unknown": {"known": known, "never_taught": never_taught}}


def evaluation_parts(
    evaluation: Evaluation, known: float | None, never_taught: float | None
) -> tuple[RenderableType, ...]:
    """Return what people read of an evaluation.

    Args:
        evaluation: it.
        known: of the pictures of classes that the project has, the share called unknown; None when there are none.
        never_taught: of those of other classes, likewise.
    """
    summary = (
        f"{percent(evaluation.accuracy)} of {evaluation.n} pictures right; "
        f"{percent(evaluation.macro_accuracy)} on average over the classes. "
        f"Expected calibration error {evaluation.ece:.3f}."
    )
    shares = ((known, "the pictures of classes it has"), (never_taught, "those of classes it was never taught"))
    told = [f"{percent(share)} of {what}" for share, what in shares if share is not None]
    table = _table("class", "pictures", "found", "right when said")
    for name, score in evaluation.per_class.items():
        table.add_row(name, str(score.n), percent(score.recall), percent(score.precision))
    return summary, f"Called unknown: {'; '.join(told)}.", table


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


def suggestion_data(doubted: Sequence[Suspicion], wanted: Sequence[Sample], names: Mapping[int, str]) -> dict[str, Any]:
    """Return the JSON object of what to label, and what to label otherwise."""
    return {
        "mislabelled": [
            {
                "sample": suspicion.sample_id,
                "class": names.get(suspicion.class_id),
                "suggested": names.get(suspicion.suggested_class_id),
                "disagreement": suspicion.disagreement,
            }
            for suspicion in doubted
        ],
        "to_label": [
            {"sample": sample.id, "burst": sample.burst_id, "captured_at": sample.captured_at.isoformat()}
            for sample in wanted
        ],
    }


def suggestion_parts(
    doubted: Sequence[Suspicion], wanted: Sequence[Sample], names: Mapping[int, str]
) -> tuple[RenderableType, ...]:
    """Return what people read of it."""
    if not doubted and not wanted:
        return ("There is nothing to suggest: no label is in doubt, and no stored frame is without one.",)
    parts: list[RenderableType] = []
    if doubted:
        words = ("labelled", "others call it")
        table = _table("sample", *words, "how surely", words=words)
        for suspicion in doubted:
            own, suggested = (_name(names, id_) for id_ in (suspicion.class_id, suspicion.suggested_class_id))
            table.add_row(str(suspicion.sample_id), own, suggested, percent(suspicion.disagreement))
        parts += ["Look at these labels again:", table]
    if wanted:
        table = _table("sample", "recorded", "recording", words=("recorded",))
        for sample in wanted:
            table.add_row(str(sample.id), _when(sample.captured_at), str(sample.burst_id))
        parts += ["Label these frames next, the first one first:", table]
    return tuple(parts)


def history_data(
    increments: Sequence[Increment], versions: Sequence[Version], in_use: int | None, names: Mapping[int, str]
) -> dict[str, Any]:
    """Return the JSON object of a project's history; what was measured goes by the ids of `classes`."""
    measured = [increment.evaluation["measured"] for increment in increments if "measured" in increment.evaluation]
    return {
        "increments": [
            {**asdict(increment), "started_at": increment.started_at.isoformat()} for increment in increments
        ],
        "versions": [_version_data(version) for version in versions],
        "in_use": in_use,
        "measurable": bool(measured and measured[-1]),
        "classes": dict(names),
    }


def history_parts(
    increments: Sequence[Increment], versions: Sequence[Version], in_use: int | None, most: int | None
) -> tuple[RenderableType, ...]:
    """Return what people read of it: the last rows, `most` of them or all, and why what was refused was refused.

    The table is as narrow as it can be, so that no word of it is broken on a terminal of 80 columns.
    """
    if not increments:
        return ("Nothing has been learned yet.",)
    shown = increments if most is None else increments[-most:]
    kept = {version.id: version for version in versions}
    words = ("what", "held out", "version")
    table = _table("when", "what", "new", "took", "before", "held out", "forgot", "version", words=words)
    for increment in shown:
        before = increment.before
        table.add_row(
            _when(increment.started_at),
            _KINDS[increment.kind],
            f"{increment.new_samples}/{increment.total_samples}",
            f"{increment.seconds:.1f} s",
            f"{before.right}/{before.bursts}" if before.bursts else "–",
            _accuracy(increment),
            percent(_measured(increment).get("worst_forgetting")),
            _outcome(increment, kept, in_use),
        )
    parts: list[RenderableType] = [table]
    parts += [
        f"Not accepted at {_when(increment.started_at)}: {increment.why}"
        for increment in shown
        if not increment.accepted
    ]
    if len(shown) < len(increments):
        parts.append(f"These are the last {len(shown)} of {len(increments)}; --all shows them all.")
    return tuple(parts)


def versions_data(versions: Sequence[Version], increments: Sequence[Increment], in_use: int | None) -> dict[str, Any]:
    """Return the JSON object of the versions that are kept."""
    made = _by_version(increments)
    return {
        "versions": [
            {
                **_version_data(version),
                "samples": made[version.id].total_samples if version.id in made else None,
                "held_out_accuracy": _measured(made.get(version.id)).get("accuracy"),
            }
            for version in versions
        ],
        "in_use": in_use,
    }


def versions_parts(
    versions: Sequence[Version], increments: Sequence[Increment], in_use: int | None
) -> tuple[RenderableType, ...]:
    """Return what people read of them."""
    if not versions:
        return ("There is no version yet: nothing has been learned.",)
    made = _by_version(increments)
    words = ("made", "what", "held out", "")
    table = _table("version", "made", "what", "samples", "classes", "held out", "", words=words)
    for version in versions:
        increment = made.get(version.id)
        table.add_row(
            str(version.id),
            _when(version.created_at),
            _KINDS[version.kind],
            str(increment.total_samples) if increment else "–",
            str(len(version.class_ids)),
            _accuracy(increment),
            _marks(version, in_use),
        )
    return (table,)


def comparison_data(
    versions: Sequence[Version], increments: Sequence[Increment], names: Mapping[int, str]
) -> dict[str, Any]:
    """Return the JSON object of two versions side by side; classes go by the ids of `classes`."""
    made = _by_version(increments)
    compared = []
    for version in versions:
        measured = _measured(made.get(version.id))
        compared.append(
            {
                "version": version.id,
                "kind": version.kind,
                "created_at": version.created_at.isoformat(),
                "class_ids": version.class_ids,
                "measured": bool(measured),
                "recordings": measured.get("recordings"),
                "accuracy": measured.get("accuracy"),
                "worst_forgetting": measured.get("worst_forgetting"),
                "recall": _shares(measured, "recall"),
                "forgetting": _shares(measured, "forgetting"),
            }
        )
    return {"versions": compared, "differ_on": _differing(versions, made), "classes": dict(names)}


def comparison_parts(
    versions: Sequence[Version], increments: Sequence[Increment], names: Mapping[int, str]
) -> tuple[RenderableType, ...]:
    """Return what people read of it."""
    made = _by_version(increments)
    found = [made.get(version.id) for version in versions]
    measured = [_measured(increment) for increment in found]
    numbers = [version.id for version in versions]
    headings = [f"version {number}" for number in numbers]
    facts = _table("", *headings, words=headings)
    facts.add_row("made", *(_when(version.created_at) for version in versions))
    facts.add_row("what", *(_KINDS[version.kind] for version in versions))
    facts.add_row("held out", *(_accuracy(increment) for increment in found))
    facts.add_row("of recordings", *(str(values.get("recordings", "–")) for values in measured))
    facts.add_row("forgot", *(percent(values.get("worst_forgetting")) for values in measured))
    rows = _table(
        "class", *(f"found by {number}" for number in numbers), *(f"forgotten by {number}" for number in numbers)
    )
    for class_id in _classes(versions):
        cells = []
        for what in ("recall", "forgetting"):
            for version, values in zip(versions, measured, strict=True):
                share = percent(_shares(values, what).get(class_id))
                cells.append(share if class_id in version.class_ids else "not learned")
        rows.add_row(_name(names, class_id), *cells)
    differing = [_name(names, class_id) for class_id in _differing(versions, made)]
    if differing:
        verdict = f"They differ on {', '.join(differing)}."
    elif all(measured):
        verdict = "They do not differ on any class."
    else:
        verdict = "Measuring takes held-out recordings of at least two classes; record each class several times."
    return facts, "", rows, "", verdict


def forgetting_text(samples: int, classes: Sequence[str], versions: int, pinned: int) -> str:
    """Return what would be forgotten for good, in words."""
    parts = [_count(samples, "sample", "samples")] if samples else []
    if classes:
        parts.append(f"{_count(len(classes), 'class', 'classes')} ({', '.join(classes)})")
    text = f"What was deleted would go for good: {' and '.join(parts)}."
    if versions:
        and_pinned = f", {pinned} of them pinned" if pinned else ""
        text += f" With it would go the versions that knew it, at most {versions}{and_pinned}."
    return text


def forgotten_data(samples: int, classes: int, versions: int, smaller: int) -> dict[str, Any]:
    """Return the JSON object of what was forgotten; the file is `smaller` by so many bytes."""
    return {"samples": samples, "classes": classes, "versions": versions, "bytes": smaller}


def forgotten_text(samples: int, classes: int, versions: int, smaller: int) -> str:
    """Return what people read of it."""
    counts = ((samples, "sample", "samples"), (classes, "class", "classes"), (versions, "version", "versions"))
    gone = [_count(number, one, more) for number, one, more in counts if number]
    text = f"Forgotten for good: {', '.join(gone)}." if gone else "There was nothing to forget."
    if smaller:
        size = f"{smaller / 1e6:.1f} MB" if smaller >= 1e5 else f"{smaller / 1e3:.0f} kB"
        text += f" The file is {size} smaller."
    return text


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


def _version_data(version: Version) -> dict[str, Any]:
    return {**asdict(version), "created_at": version.created_at.isoformat()}


def _by_version(increments: Sequence[Increment]) -> dict[int, Increment]:
    """Return the increment that made each version."""
    return {increment.version_id: increment for increment in increments if increment.version_id is not None}


def _measured(increment: Increment | None) -> Mapping[str, Any]:
    """Return what held-out recordings said of an increment, or nothing where there were too few of them."""
    if increment is None or not increment.evaluation.get("measured"):
        return {}
    return increment.evaluation


def _accuracy(increment: Increment | None) -> str:
    """Return the share of held-out recordings that are right, as people read it."""
    if increment is None or "measured" not in increment.evaluation:
        return "–"
    return percent(increment.evaluation["accuracy"]) if increment.evaluation["measured"] else "not measurable yet"


def _shares(measured: Mapping[str, Any], what: str) -> dict[int, float]:
    """Return a share by class id; the ids are text where they come from the file."""
    return {int(class_id): float(share) for class_id, share in (measured.get(what) or {}).items()}


def _classes(versions: Sequence[Version]) -> list[int]:
    return sorted({class_id for version in versions for class_id in version.class_ids})


def _differing(versions: Sequence[Version], made: Mapping[int, Increment]) -> list[int]:
    """Return the classes that one version knows and the other does not, or that they find unequally often.

    Where one of them was not measured on a class, nobody can say how often it finds it.
    """
    recall = [_shares(_measured(made.get(version.id)), "recall") for version in versions]
    differing = []
    for class_id in _classes(versions):
        known = {class_id in version.class_ids for version in versions}
        found = {shares[class_id] for shares in recall if class_id in shares}
        if len(known) > 1 or len(found) > 1:
            differing.append(class_id)
    return differing


def _outcome(increment: Increment, kept: Mapping[int, Version], in_use: int | None) -> str:
    """Return what became of an increment: its version, unless there is none."""
    if not increment.accepted:
        return "not accepted"
    version = kept.get(increment.version_id) if increment.version_id is not None else None
    if version is None:
        return "no longer kept"
    return ", ".join(part for part in (str(version.id), _marks(version, in_use)) if part)


def _marks(version: Version, in_use: int | None) -> str:
    return ", ".join([*(["in use"] if version.id == in_use else []), *(["pinned"] if version.pinned else [])])


def _name(names: Mapping[int, str], class_id: int) -> str:
    return names.get(class_id, f"class {class_id}, which is gone")


def _when(moment: datetime) -> str:
    """Return a moment as the clock on this machine had it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _table(*headings: str, words: Collection[str] = ()) -> Table:
    """Return a table of numbers whose first column says what they are of; `words` begin at the left as well."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, heading in enumerate(headings):
        justify: Literal["left", "right"] = "left" if place == 0 or heading in words else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    return table
