# SPDX-License-Identifier: Apache-2.0
"""A row of the table of learners, run in a process of its own on one thread, so that rows do not disturb each other."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks import image_sets, stream
from benchmarks.goals import Figure
from benchmarks.image_sets import ImageSet
from benchmarks.stream import Learner, Material, Outcome
from learner.backbones import BackboneFiles
from learner.preprocessing import normalise

ONE_THREAD = {
    f"{name}_THREADS": "1"
    for name in ("OPENBLAS_NUM", "OMP_NUM", "MKL_NUM", "VECLIB_MAXIMUM", "TF_NUM_INTRAOP", "TF_NUM_INTEROP")
}
"""Environment of every learner that is measured."""

_Came = TypeVar("_Came")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table's material lies. `keras_file` is None for the embedded backbone."""

    images: Path
    embeddings: Path
    backbone: BackboneFiles
    keras_file: Path | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a learner is made for. `choice` is the one of its row's choices that is being tried."""

    source: Source
    images: ImageSet
    material: Material
    seed: int
    choice: float


@dataclass(frozen=True, slots=True)
class Row:
    """A learner in the table.

    Attributes:
        name: what the table calls it.
        make: makes the learner; has to travel to another process. What it imports and builds is off the clock.
        at_end: it learns when the stream has ended and has no answers before.
        raw: it takes embeddings as the backbone gives them.
        choices: values of its one setting; the best on the test pictures counts, which is generous.
        any_order: the order of the classes makes no difference, so one is enough.
        awake: what the table calls it as it was before `finish`, in a row above; empty for no such row.
        ask: says what else is to be known of the learner when its stream has ended; None for nothing.
    """

    name: str
    make: Callable[[Setting], Learner]
    at_end: bool = False
    raw: bool = False
    choices: tuple[float, ...] = (0.0,)
    any_order: bool = False
    awake: str = ""
    ask: Callable[[Any], tuple[Figure, ...]] | None = None

    def run(self, source: Source, seed: int) -> Outcome:
        """Return what came of the stream with this seed, for the best of the choices."""
        return max(
            (alone(_measure, self, source, seed, choice) for choice in self.choices), key=lambda outcome: outcome.final
        )


def material(source: Source, images: ImageSet, *, raw: bool) -> Material:
    """Return the embeddings of a set, as the head sees them unless they are to be raw."""
    x = np.load(source.embeddings).astype(np.float32)
    if not raw:
        rows = normalise(x.reshape(-1, x.shape[2]), non_negative=source.backbone.info.non_negative)
        x = rows.reshape(x.shape)
    return Material(x, images.labels, images.train, images.test, images.classes)


def alone(work: Callable[..., _Came], *arguments: object) -> _Came:
    """Return what comes of work in a process of its own, on one thread."""
    os.environ.update(ONE_THREAD)  # a spawned process inherits it, and reads it before it has imported NumPy
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _measure(row: Row, source: Source, seed: int, choice: float) -> Outcome:
    images = image_sets.read(source.images)
    given = material(source, images, raw=row.raw)
    learner = row.make(Setting(source, images, given, seed, choice))
    outcome = stream.run(learner, given, seed, at_end=row.at_end, awake=bool(row.awake))
    return replace(outcome, itself=row.ask(learner)) if row.ask else outcome
