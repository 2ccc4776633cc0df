# SPDX-License-Identifier: Apache-2.0
"""What people should know of an exported model before they use it, as Markdown; without a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from typing import Any

from learner.interchange.models import Served
from learner.interchange.parity import Parity

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")
"""What Markdown takes for more than a letter."""


def model_card(served: Served, parity: Parity, made_at: datetime) -> str:
    """Return the model card of an exported version.

    Args:
        served: the version.
        parity: how the exported file compares with the app.
        made_at: when it was exported.
    """
    buffer, info = served.buffer, served.files.info
    parts = [
        f"# {_escaped(buffer.path.stem)}",
        f"It says which of {len(served.labels)} classes a picture shows. It was taught with Showtell "
        f"{metadata.version('showtell')} and exported on {made_at:%Y-%m-%d}; it is version {served.version_id} of that "
        "project.",
        "## Classes",
        _classes(served),
        "## How good it is",
        _accuracy(_evaluation(served)),
        "## Beside the app",
        parity.in_words(),
        "## Limits",
        "\n".join(f"- {limit}" for limit in _limits(served)),
        "## What it is made of",
        f"The backbone {_escaped(info.name)} ({info.sha256[:12]}) turns {info.input_size} × {info.input_size} pictures "
        f"into {info.embedding_size} numbers, and a linear head on them gives the probabilities.",
    ]
    return "\n\n".join(parts) + "\n"


def _classes(served: Served) -> str:
    recordings: dict[int, set[int]] = {}
    counts: dict[int, int] = {}
    for member in served.buffer.members():
        recordings.setdefault(member.class_id, set()).add(member.burst_id)
        counts[member.class_id] = counts.get(member.class_id, 0) + 1
    rows = [
        f"| {_escaped(label)} | {counts.get(class_id, 0)} | {len(recordings.get(class_id, ()))} |"
        for class_id, label in zip(served.head.class_ids, served.labels, strict=True)
    ]
    return "\n".join(["| class | samples | recordings |", "| --- | ---: | ---: |", *rows])


def _evaluation(served: Served) -> Mapping[str, Any]:
    """Return what was measured when the version was made."""
    for increment in served.buffer.increments():
        if increment.version_id == served.version_id:
            return increment.evaluation
    return {}


def _accuracy(evaluation: Mapping[str, Any]) -> str:
    if not evaluation.get("measured"):
        return "Not measurable yet: it takes recordings of at least two classes that were not learned from."
    return (
        f"Of {evaluation['recordings']} recordings that were held out, {evaluation['accuracy']:.0%} of what they show "
        f"was right; {evaluation['macro_accuracy']:.0%} on average over the classes. That was measured on a double of "
        "the model that had not learned from them, when this version was made."
    )


def _limits(served: Served) -> list[str]:
    limits = [
        "It always names one of its classes, however little a picture resembles any. Showtell itself calls such "
        "pictures unknown; this file cannot.",
        "It looks at the square in the middle of a picture, and at nothing else.",
        "How good it is holds for things, light and places like those in the recordings.",
        "It was made for the things its owner showed it, not for decisions about people.",
    ]
    made_here = next(
        (kept for kept in served.buffer.kept_backbones() if kept.info.sha256 == served.files.info.sha256), None
    )
    if made_here is not None and made_here.seen:
        limits.append(
            f"It holds no pictures, but its backbone was fine-tuned on {made_here.seen} of the project's samples"
            + (f", {made_here.gone} of which have been deleted since." if made_here.gone else ".")
        )
    else:
        limits.append("It holds no pictures.")
    return limits


def _escaped(text: str) -> str:
    """Return text as Markdown shows it letter by letter."""
    return _MEANINGFUL.sub(r"\\\1", text)
