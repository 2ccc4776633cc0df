# SPDX-License-Identifier: Apache-2.0
"""What JSON says of answers, samples and classes, of increments, and of how it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from learner.serve.hub import Added, Status
from learner.types import ClassInfo, Increment, Prediction


def answer_data(prediction: Prediction) -> dict[str, Any]:
    """Return what JSON says of an answer."""
    return {
        "label": prediction.label,
        "confidence": prediction.confidence,
        "probabilities": dict(prediction.probabilities),
        "unknown": prediction.unknown,
        "novelty": prediction.novelty,
        "version_id": prediction.version_id,
        "milliseconds": prediction.milliseconds,
    }


def lobe_data(prediction: Prediction) -> dict[str, Any]:
    """Return what Lobe's clients read of an answer, those of its first local API and those of its later one.

    The first one took {"inputs": {"Image": base64}} at http://localhost:38100/predict/ID and answered {"outputs":
    {"Labels": [[label, confidence], …], "Prediction": [label]}}; the later one takes {"image": base64} at
    http://localhost:38101/v1/predict/ID and answers {"predictions": [{"label": …, "confidence": …}, …]}, largest first.
    Clients were moved from one to the other, so either question is answered with both. Lobe has no unknown: its fields
    name the nearest guess, and those of `answer_data` beside them say that it is unknown.

    Source: https://github.com/lobe/lobe-python, src/lobe/api_client.py, which sends its key as "Authorization: Bearer";
    the addresses and answers as Lobe's users have published them.
    """
    pairs = list(prediction.probabilities.items())
    return {
        "predictions": [{"label": label, "confidence": confidence} for label, confidence in pairs],
        "outputs": {"Labels": [list(pair) for pair in pairs], "Prediction": [prediction.label]},
    }


def sample_data(added: Added) -> dict[str, Any]:
    """Return what JSON says of a stored sample."""
    return {
        "sample_id": added.sample.id,
        "class_id": added.sample.class_id,
        "label": added.label,
        "recording": added.sample.burst_id,
    }


def class_data(info: ClassInfo) -> dict[str, Any]:
    """Return what JSON says of a class."""
    return {
        "id": info.id,
        "name": info.name,
        "colour": info.colour,
        "samples": info.count,
        "held_out": info.held_out,
    }


def state_data(status: Status, name: str) -> dict[str, Any]:
    """Return what JSON says of how a project is.

    Args:
        status: how it is.
        name: what it is called.
    """
    return {
        "project": name,
        "learner": status.phase,
        "version_id": status.version_id,
        "learning": status.is_learning,
        "camera": status.camera,
        "live": status.is_live,
        "trouble": asdict(status.trouble) if status.trouble else None,
    }


def increment_data(increment: Increment, outcome: str, classes: Mapping[str, int]) -> dict[str, Any]:
    """Return what JSON says of an increment.

    Args:
        increment: what came of it.
        outcome: "learned" or "rejected".
        classes: how many samples of which label it learned first.
    """
    return {
        "outcome": outcome,
        "kind": increment.kind,
        "why": increment.why,
        "new_samples": increment.new_samples,
        "samples": increment.total_samples,
        "classes": dict(classes),
        "version_id": increment.version_id,
        "seconds": increment.seconds,
    }
