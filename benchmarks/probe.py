# SPDX-License-Identifier: Apache-2.0
"""What a frozen backbone costs, and what simple classifiers make of its embeddings.

Embeddings are those of one view, normalised as the head sees them. How strongly logistic regression is regularised is
chosen on a fifth of each class's training pictures, the last ones; then it is fitted to all of them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import image_sets
from benchmarks.goals import Figure
from benchmarks.peers import LogisticRegression, NearestMean, StreamingLDA
from benchmarks.row import Setting, Source, alone, material
from benchmarks.stream import Burst, Learner, Material
from learner.backbones import EMBEDDED, BackboneFiles
from learner.camera import DemoScene
from learner.embedder import LiteRTEmbedder
from learner.files import assets_folder
from learner.preprocessing import model_input

_SHRINKAGE = 0.1
_CHOSEN_ON = 0.2
"""Of a class's training pictures."""
_TURNS, _PICTURES = 20, 20
"""Backbones take turns, each with so many pictures: what else the machine does meets all of them."""

_MOST_MILLISECONDS, _MOST_MEGABYTES = 1.5, 4.0
_BESIDE = "mobilenet_v2_035_224"
"""The backbone that the embedded one is held against."""
_POINTS_BELOW = {"sign_digits_10": 0.0, "grocery_store_81": 0.05}
"""How far below that one it may be, on which set."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a picture costs: milliseconds by the clock on the wall and of the processor, and megabytes of the files.

    Both are medians. On a machine that has nothing else to do they are the same; on another one, the processor's is the
    one to believe. `keras_megabytes` is None where that file is not there.
    """

    milliseconds: float
    of_processor: float
    megabytes: float
    keras_megabytes: float | None


@dataclass(frozen=True, slots=True)
class Accuracies:
    """Shares of the test pictures that each probe has right."""

    logistic_regression: float
    nearest_mean: float
    discriminant: float


def costs(backbones: Sequence[BackboneFiles], keras_files: Mapping[str, Path]) -> dict[str, Cost]:
    """Return what each backbone costs on LiteRT with one thread, by its name.

    Args:
        backbones: what to measure.
        keras_files: where the `.keras` files lie, by the backbone's name.
    """
    print("what a picture costs", file=sys.stderr, flush=True)
    turns = alone(_time, backbones)
    found = {}
    for backbone in backbones:
        name = backbone.info.name
        wall = 1000 * float(np.median([seconds for turn in turns[name] for seconds in turn.wall]))
        processor = 1000 * float(np.median([turn.processor for turn in turns[name]])) / _PICTURES
        file = keras_file(name, keras_files)
        keras_megabytes = file.stat().st_size / 1e6 if file.exists() else None
        found[name] = Cost(wall, processor, len(backbone.model) / 1e6, keras_megabytes)
    return found


def keras_file(name: str, keras_files: Mapping[str, Path]) -> Path:
    """Return where a backbone's `.keras` file lies; that of the embedded one is known."""
    return assets_folder() / f"{EMBEDDED}.keras" if name == EMBEDDED else keras_files[name]


def accuracies(source: Source) -> Accuracies:
    """Return how good simple classifiers are on a backbone's embeddings of a set."""
    print(f"{source.images.stem}, {source.backbone.info.name}: probing", file=sys.stderr, flush=True)
    return alone(_probe, source)


def goals(costs: Mapping[str, Cost], probes: Mapping[str, Mapping[str, Accuracies]]) -> Iterator[Figure]:
    """Yield what the embedded backbone is to be.

    Args:
        costs: by the name of the backbone.
        probes: by the name of the set, then by that of the backbone.
    """
    if EMBEDDED in costs:
        yield Figure("a picture", costs[EMBEDDED].milliseconds, "ms", _MOST_MILLISECONDS)
        yield Figure("LiteRT model", costs[EMBEDDED].megabytes, "MB", _MOST_MEGABYTES)
    for images, below in _POINTS_BELOW.items():
        of_set = probes.get(images, {})
        if {EMBEDDED, _BESIDE} <= of_set.keys():
            ours, theirs = of_set[EMBEDDED], of_set[_BESIDE]
            for what, value, goal in (
                ("logistic regression", ours.logistic_regression, theirs.logistic_regression),
                ("LDA", ours.discriminant, theirs.discriminant),
            ):
                name = f"{images}, {what} ({_BESIDE} {100 * goal:.1f})"
                yield Figure(name, value, "%", goal - below, at_least=True)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Seconds of each picture by the clock on the wall, and of all of them together by the processor's."""

    wall: tuple[float, ...]
    processor: float


def _time(backbones: Sequence[BackboneFiles]) -> dict[str, list[_Turn]]:
    """Return the turns of each backbone, by its name."""
    scene = DemoScene(seed=0)
    frames = [scene.render(number / 10) for number in range(_PICTURES + 1)]
    embedders = [LiteRTEmbedder(backbone.model, backbone.info) for backbone in backbones]
    pictures = [[model_input(frame, embedder.info.input_size) for frame in frames] for embedder in embedders]
    turns: dict[str, list[_Turn]] = {embedder.info.name: [] for embedder in embedders}
    for _ in range(_TURNS):
        for embedder, (first, *others) in zip(embedders, pictures, strict=True):
            embedder.embed(first)  # brings its weights back into the processor's cache
            began, wall = time.thread_time(), []
            for picture in others:
                start = time.perf_counter()
                embedder.embed(picture)
                wall.append(time.perf_counter() - start)
            turns[embedder.info.name].append(_Turn(tuple(wall), time.thread_time() - began))
    return turns


def _probe(source: Source) -> Accuracies:
    images = image_sets.read(source.images)
    given = material(source, images, raw=False)
    setting = Setting(source, images, given, 0, _SHRINKAGE)
    everything = [_burst(given, given.train)]

    def accuracy(make: Callable[[Setting], Learner], bursts: Sequence[Burst]) -> float:
        learner = make(setting)
        for burst in bursts:
            learner.update(burst)
        learner.finish()
        return float((learner.predict(given.x[given.test]) == given.y[given.test]).mean())

    return Accuracies(
        logistic_regression=accuracy(partial(LogisticRegression, with_views=False), list(_by_class(given))),
        nearest_mean=accuracy(NearestMean, everything),
        discriminant=accuracy(partial(StreamingLDA, with_views=False), everything),
    )


def _by_class(given: Material) -> Iterator[Burst]:
    """Yield two bursts of each class: it is on the last one that logistic regression chooses."""
    for label in range(given.classes):
        rows = given.train[given.y[given.train] == label]
        kept = len(rows) - max(1, round(len(rows) * _CHOSEN_ON))
        yield from (_burst(given, part) for part in (rows[:kept], rows[kept:]))


def _burst(given: Material, rows: np.ndarray) -> Burst:
    return Burst(rows, given.x[rows], given.y[rows])
