# SPDX-License-Identifier: Apache-2.0
"""How long a person waits in a big project: 20,000 samples, 40 recordings of each class.

The embeddings are those of a set's pictures over and over, each time with other noise of a tenth of their length; the
pictures are tiny, since nobody looks at them again. All but the last recordings are learned at once, off the clock.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import image_sets
from benchmarks.goals import Figure
from benchmarks.row import Source, alone
from benchmarks.taught import Taught, config
from learner.buffer import encode

_SAMPLES = 20_000
_RECORDINGS = 40
_WAKES = 5
_NOISE = 0.1
_SLEEP = 15.0


def figures(source: Source) -> list[Figure]:
    """Return the figures of a table's set and backbone."""
    return alone(_measure, source)


def _measure(source: Source) -> list[Figure]:
    waking = []
    with (
        tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as folder,
        Taught(Path(folder) / "big.showtell", config(source), hurried=True) as taught,
    ):
        recording = _recordings(taught, source)
        for _ in range(_RECORDINGS * image_sets.read(source.images).classes - _WAKES):
            next(recording)
        taught.look_again()
        taught.project.learn()
        taught.hurry(False)
        for _ in recording:
            taught.look_again()
            began = time.perf_counter()
            taught.project.learn()
            waking.append(time.perf_counter() - began)
        began = time.perf_counter()
        taught.project.sleep()
        sleeping = time.perf_counter() - began
    return [
        Figure(f"wake, {_SAMPLES:,} samples, median of {_WAKES}", float(np.median(waking)), "s"),
        Figure(f"sleep, {_SAMPLES:,} samples", sleeping, "s", _SLEEP),
    ]


def _recordings(taught: Taught, source: Source) -> Iterator[None]:
    """Make one recording after another, of one class after another."""
    images, raw = image_sets.read(source.images), np.load(source.embeddings, mmap_mode="r")
    random = np.random.default_rng(0)
    left = {label: images.train[images.labels[images.train] == label] for label in range(images.classes)}
    upto = np.linspace(0, _SAMPLES, _RECORDINGS * images.classes + 1).astype(int)
    for number, count in enumerate(np.diff(upto)):
        label = number % images.classes
        rows = np.resize(left[label], count)
        left[label] = np.roll(left[label], -count)
        x = raw[rows].astype(np.float32)
        noise = random.standard_normal(x.shape, np.float32) * np.linalg.norm(x, axis=2, keepdims=True)
        tiny = random.integers(0, 255, (count, 16, 16, 3), np.uint8)
        taught.record(str(label), map(encode, tiny), x + noise * np.float32(_NOISE / np.sqrt(x.shape[2])))
        yield
