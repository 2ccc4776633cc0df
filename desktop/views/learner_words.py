# SPDX-License-Identifier: Apache-2.0
"""What the learner does and how well, in words."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QCoreApplication

from desktop.engine_words import spoken
from desktop.learner_status import LearnerStatus, Phase, Stage
from desktop.text import count_text
from desktop.views.answer_bars import percent
from desktop.views.backbone_words import short_words
from learner.types import IncrementKind

if TYPE_CHECKING:
    from learner.types import BurstScore

translate = QCoreApplication.translate

Tone = Literal["good", "warn", "bad", "accent", "muted"]
"""The name of the colour that goes with a state."""

_ENOUGH_BURSTS = 3


def state_words(status: LearnerStatus, total: int) -> tuple[str, Tone]:
    """Return what the learner does, in three or four words, and the tone of it.

    Args:
        status: the learner's.
        total: how many samples the project has to learn from.
    """
    step = f" {status.step.number}/{status.step.total}" if status.step else ""
    if status.phase is Phase.PAUSED:
        return translate("Learner", "learning is paused"), "bad"
    if status.phase is Phase.RESTARTING:
        return translate("Learner", "learner restarting"), "warn"
    if status.phase is Phase.LEARNING and status.kind is not IncrementKind.SLEEP and not status.on_hold:
        return translate("Learner", "learning") + step, "accent"
    if status.phase is Phase.STARTING:
        return translate("Learner", "starting"), "warn"
    if status.on_hold:
        return translate("Learner", "you paused learning"), "warn"
    if status.change is not None and status.change.stage is not Stage.REBUILDING:
        return short_words(status.change), "muted"
    if status.phase is Phase.LEARNING:
        return translate("Learner", "going over everything"), "muted"
    if waiting(status, total) and total:
        return translate("Learner", "ready"), "accent"
    return (translate("Learner", "up to date") if total else translate("Learner", "ready")), "good"


def waiting(status: LearnerStatus, total: int) -> int:
    """Return how many samples of those to learn from have not been learned yet."""
    return max(0, total - status.learned_total)


def step_words(status: LearnerStatus) -> str:
    """Return how the last step went, "" when there was none."""
    step = status.step
    if step is None:
        return ""
    return translate("Learner", "step {number} of {total} · loss {loss} · batch {right} right").format(
        number=step.number, total=step.total, loss=f"{step.loss:.2f}", right=f"{step.accuracy:.0%}".replace("%", " %")
    )


def device_words(status: LearnerStatus) -> str:
    """Return where training runs and why there."""
    if status.device is None:
        return translate("Learner", "TensorFlow is still loading; answers come without it.")
    runs = translate("Learner", "Training runs on {device}.").format(device=status.device.name)
    return f"{runs} {spoken(status.device.reason)}".strip()


def version_words(status: LearnerStatus) -> str:
    """Return which version is in use, and its age."""
    if status.version_id is None or status.learned_at is None:
        return translate("Learner", "no version yet")
    return translate("Learner", "version {number} · {age}").format(
        number=status.version_id, age=age(time.time() - status.learned_at)
    )


def version_meaning(status: LearnerStatus) -> str:
    """Return what is to be said of the version in use."""
    meaning = translate("Learner", "The version in use, and its age")
    if not status.stayed:
        return meaning
    stayed = translate("Learner", "It stayed when everything was gone over: {why}").format(why=status.stayed)
    return f"{meaning}\n{stayed}"


def samples_words(status: LearnerStatus, total: int, to_learn: int) -> str:
    """Return how many samples there are, and how many of those to learn from still wait."""
    many = translate("Learner", "{count} samples").format(count=count_text(total))
    words = translate("Learner", "1 sample") if total == 1 else many
    left = waiting(status, to_learn)
    return words + " · " + translate("Learner", "{count} waiting").format(count=count_text(left)) if left else words


def honest_words(status: LearnerStatus) -> tuple[str, str]:
    """Return the honest number in words, and what it means."""
    right, recordings = figure(status.evaluation, "accuracy"), figure(status.evaluation, "recordings")
    if status.evaluation.get("measured") and right is not None and recordings:
        words = (
            translate("Learner", "{share} right on 1 held-out recording")
            if recordings <= 1
            else translate("Learner", "{share} right on {count} held-out recordings")
        ).format(share=percent(right), count=f"{recordings:.0f}")
        meaning = [
            translate(
                "Learner",
                "How much is right of recordings that were held out from its twin, made in the same way but without "
                "them.",
            ),
            translate(
                "Learner",
                "What answers here has learned from them too. "
                "Each recording counts the same, since its frames are much alike.",
            ),
        ]
    else:
        words = recognised_words(status.recognised)
        meaning = [
            translate(
                "Learner",
                "Of the last recordings of things it knew already, how many it recognised before it learned from them.",
            ),
            translate("Learner", "Counted by recording, since the frames of one recording are much alike."),
            translate(
                "Learner",
                "On held-out recordings it is not measurable yet: record each thing a few times.",
            ),
        ]
    meaning.extend(_further(status))
    return words, "\n".join(meaning)


def forgetting_words(status: LearnerStatus) -> str:
    """Return what it has forgotten, "" while that is not measured."""
    forgotten = figure(status.evaluation, "worst_forgetting")
    if forgotten is None:
        return ""
    fewer = round(100 * forgotten)
    if fewer <= 0:
        return translate("Learner", "nothing forgotten")
    return translate("Learner", "forgetting {points} in 100").format(points=fewer)


def recognised_words(score: BurstScore) -> str:
    """Return what was recognised before it was learned, in words."""
    if score.bursts < _ENOUGH_BURSTS:
        return translate("Learner", "recognised before learning: not measurable yet")
    return translate("Learner", "recognised before learning: {right} of the last {count} recordings").format(
        right=score.right, count=score.bursts
    )


def age(seconds: float) -> str:
    """Return how long ago something was, rounded to what it is worth."""
    if seconds < 5:
        return translate("Learner", "just now")
    if seconds < 60:
        return translate("Learner", "{count} s ago").format(count=int(seconds // 5) * 5)
    sizes = (
        (86400, translate("Learner", "1 day ago"), translate("Learner", "{count} days ago")),
        (3600, translate("Learner", "1 hour ago"), translate("Learner", "{count} hours ago")),
        (60, translate("Learner", "1 minute ago"), translate("Learner", "{count} minutes ago")),
    )
    size, one, many = next(entry for entry in sizes if seconds >= entry[0])
    count = int(seconds // size)
    return one if count == 1 else many.format(count=count)


def figure(evaluation: Mapping[str, Any], *keys: str) -> float | None:
    """Return a figure of an evaluation, None where it was not measured."""
    found: object = evaluation
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return float(found) if isinstance(found, int | float) and math.isfinite(found) else None


def _further(status: LearnerStatus) -> list[str]:
    """Return what else was measured, a sentence each."""
    sentences = []
    forgotten = figure(status.evaluation, "worst_forgetting")
    if forgotten is not None:
        fewer = round(100 * forgotten)
        sentences.append(
            translate(
                "Learner", "Of the thing it has forgotten most of, it recognises {fewer} in 100 fewer than it once did."
            ).format(fewer=fewer)
            if fewer > 0
            else translate("Learner", "It has forgotten nothing.")
        )
    noticed = figure(status.evaluation, "unknown", "auroc")
    if noticed is not None:
        sentences.append(
            translate(
                "Learner",
                "Of something it was never taught and something it was, the first looks stranger to it "
                "{times} times in 100; guessing would be 50.",
            ).format(times=percent(noticed).removesuffix(" %"))
        )
    return sentences
