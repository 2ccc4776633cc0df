# SPDX-License-Identifier: Apache-2.0
"""A line that says how far a verb has come; `Output.progress` puts it on stderr."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from learner.cli.output import Output
    from learner.messages import Event


class Meter:
    """One line of progress."""

    def __init__(self, progress: Progress, sentence: str) -> None:
        self._progress = progress
        self._task = progress.add_task(sentence, total=None)

    def show(
        self, sentence: str, done: int | None = None, total: int | None = None, seconds_left: float | None = None
    ) -> None:
        """Say what happens now, how much of it is done, and how long the rest will take, as far as that is known."""
        if done is not None:
            sentence = f"{sentence} {done}/{total}"
        if seconds_left is not None:
            sentence = f"{sentence}, {_in_words(seconds_left)} left"
        self._progress.update(self._task, description=sentence, completed=done or 0, total=total)


def learning_shown_on(meter: Meter, output: Output) -> Callable[[Event], None]:
    """Return a listener that shows learning on a line of progress, and tells of what is left out."""
    from learner.messages import (
        BackupMissed,
        Consolidated,
        ConsolidationStarted,
        Embedded,
        IncrementStarted,
        Reembedded,
        SampleLeftOut,
        Stepped,
    )
    from learner.types import IncrementKind

    most = 0
    doing = {
        IncrementKind.WAKE: "Learning",
        IncrementKind.SLEEP: "Going over everything",
        IncrementKind.FLEET: "Learning with what others know",
    }
    kind = IncrementKind.WAKE

    def on_event(event: Event) -> None:
        nonlocal most, kind
        if isinstance(event, Embedded):
            most = max(most, event.waiting + 1)
            meter.show("Looking at new samples", most - event.waiting, most)
        elif isinstance(event, IncrementStarted):
            kind = event.kind
            meter.show(doing[kind])
        elif isinstance(event, Stepped):
            meter.show(doing[kind], event.step.number, event.step.total)
        elif isinstance(event, ConsolidationStarted):
            meter.show("Fine-tuning the backbone", event.done, event.total)
        elif isinstance(event, Consolidated):
            meter.show("Fine-tuning the backbone", event.step.number, event.step.total, event.seconds_left)
        elif isinstance(event, Reembedded):
            meter.show("Embedding every sample anew", event.done, event.total, event.seconds_left)
        elif isinstance(event, SampleLeftOut | BackupMissed):
            output.note(f"{event.title}: {event.message}")

    return on_event


def _in_words(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{seconds / 60:.0f} min"
