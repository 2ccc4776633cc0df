# SPDX-License-Identifier: Apache-2.0
"""From a thousand samples to a million: what an increment takes, a rebuild, an answer, opening, and a look at Review.

The files are real, their embeddings synthetic: twenty classes in recordings of thirty frames, each frame near its
recording's place, each recording near its class's. Pictures are tiny, since none is looked at. A file is learned once,
off the clock; then each has a process in which an engine works as the learner's does, and round after
round a recording more is taught at each size in turn. The largest file takes some gigabytes; where the disk has no room
for it, it is left out.
"""

from __future__ import annotations

import gc
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.apart import apart
from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.suite import Setting
from learner import backbones
from learner.buffer import Buffer, encode
from learner.config import LearnerConfig
from learner.types import Image, View

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_QUICK = (1_000, 10_000)
_WHEN = "2026-01-01T00:00:00+00:00"
_REBUILT = 100_000
"""Samples up to which a rebuild is measured; it goes over all of them, which takes minutes for more."""
_CLASSES = 20
_FRAMES = 30
_BYTES = 4500
"""Of a sample in the file: three embeddings and what keeps them."""
_APART = 0.3
"""How far classes lie apart, where recordings do by 1: so that there is something to learn for a while."""
_ASKED = 50
"""Answers timed in a round."""
_REPLAYED = 128
"""Embeddings in a batch."""
_NEWEST = 400
"""Samples that Review asks for first, before it reads the others while they are looked at."""


_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Round:
    """Seconds of an increment, an answer, a look at Review and a batch, and bytes of the process that did it all."""

    increment: float
    answer: float
    page: float
    replayed: float
    memory: float


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure at each size."""
    sizes = [size for size in (_QUICK if setting.quick else _SIZES) if _has_room(setting.place, size)]
    paths = {size: setting.place / f"{size}.showtell" for size in sizes}
    apart(_make_all, paths)
    with ExitStack() as stack:
        desks = {size: stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn"))) for size in sizes}
        opening = {size: desks[size].submit(_open, path).result() for size, path in paths.items()}
        print("growth: teaching", file=sys.stderr, flush=True)
        rounds = alternate({size: partial(_in, desks[size], _round) for size in sizes}, setting.rounds(10))
        rebuilt = () if setting.quick else [size for size in sizes if size <= _REBUILT]
        sleeps = {size: _in(desks[size], _sleep) for size in rebuilt}
    smallest = rounds[sizes[0]]
    for size, found in rounds.items():
        part = f"{size:,} samples"
        is_largest = size == _SIZES[-1]
        goal = 1.25 if is_largest else None
        yield over_rounds("increment of 30 samples", [1000 * one.increment for one in found], "ms", part=part)
        yield over_rounds("answer", [1000 * one.answer for one in found], "ms", part=part)
        if size != sizes[0]:
            least = f"that of {sizes[0]:,}"
            first, here = [one.increment for one in smallest], [one.increment for one in found]
            yield ratio(f"increment / {least}", here, first, goal=goal, part=part)
            first, here = [one.answer for one in smallest], [one.answer for one in found]
            yield ratio(f"answer / {least}", here, first, goal=goal, part=part)
        if sleeps:
            yield _rebuilt(size, sleeps, part)
        yield over_rounds("learner: opened", opening[size], "s", goal=1.0 if is_largest else None, part=part)
        yield over_rounds("Review: what is seen first", [1000 * one.page for one in found], "ms", part=part)
        yield over_rounds(f"{_REPLAYED} embeddings at random", [1000 * one.replayed for one in found], "ms", part=part)
        memory = [one.memory / 1e6 for one in found]
        yield over_rounds("memory of the learner", memory, "MB", goal=1200.0 if is_largest else None, part=part)
    for size in set(_SIZES) - set(sizes) if not setting.quick else ():
        yield Figure("not measured: no room on the disk", None, part=f"{size:,} samples")


def _rebuilt(size: int, sleeps: dict[int, float], part: str) -> Figure:
    """Return how long a rebuild takes, or would by what it takes for fewer samples."""
    name = "rebuild from zero"
    if size in sleeps:
        return Figure(name, sleeps[size], "s", part=part)
    (few, short), (many, long) = sorted(sleeps.items())[-2:]
    seconds = long + (long - short) / (many - few) * (size - many)
    return Figure(f"{name}, extrapolated", seconds, "s", part=part, note=f"along a line from {few:,} and {many:,}")


def _has_room(place: Path, size: int) -> bool:
    return shutil.disk_usage(place).free > 3 * size * _BYTES


def _make_all(paths: Mapping[int, Path]) -> None:
    for size, path in paths.items():
        print(f"growth: making a file of {size:,} samples", file=sys.stderr, flush=True)
        _make(path, size)


def _make(path: Path, size: int) -> None:
    """Write a file with so many samples, and learn it."""
    from learner import open_project

    files = backbones.embedded()
    random = np.random.default_rng(0)
    picture = encode(np.zeros((8, 8, 3), np.uint8)).jpeg
    with Buffer.open(path) as buffer:
        backbone_id = buffer.register_backbone(files.info)
        classes = [buffer.add_class(f"class {number}").id for number in range(_CLASSES)]
        looks = _Looks(files.info.embedding_size)
        db = buffer._db.conn
        db.execute("PRAGMA synchronous = OFF")
        for start in range(0, size, 100 * _FRAMES):
            recordings = range(start // _FRAMES, min(start + 100 * _FRAMES, size) // _FRAMES)
            db.execute("BEGIN")
            for number in recordings:
                burst_id = db.execute(
                    "INSERT INTO bursts (source, started_at, role) VALUES ('made', ?, 'train')", (_WHEN,)
                ).lastrowid
                first = number * _FRAMES + 1
                db.executemany(
                    "INSERT INTO samples (id, class_id, burst_id, sha256, captured_at, image) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (first + frame, classes[number % _CLASSES], burst_id, random.bytes(32).hex(), _WHEN, picture)
                        for frame in range(_FRAMES)
                    ],
                )
                x = looks.recording(number % _CLASSES)
                db.executemany(
                    "INSERT INTO embeddings VALUES (?, ?, ?, ?)",
                    [
                        (first + frame, backbone_id, which.value, x[frame, place].tobytes())
                        for place, which in enumerate(View)
                        for frame in range(_FRAMES)
                    ],
                )
            db.execute("COMMIT")
    with open_project(path, config=LearnerConfig()) as project:
        project.learn()
        memory = project._engine._memory
        list(memory.take_in(memory.content))
        memory.keep()  # as a rebuild does at its end


class _Looks:
    """Makes embeddings.

    Args:
        size: of an embedding.
    """

    def __init__(self, size: int) -> None:
        self._random = np.random.default_rng(1)
        self._places = self._random.standard_normal((_CLASSES, size), np.float32)

    def recording(self, label: int) -> NDArray[np.float16]:
        """Return those of a recording of a class, (frames, views, size) float16."""
        shape = (_FRAMES, len(View), self._places.shape[1])
        own = _APART * self._places[label] + self._random.standard_normal(shape[2:], np.float32)
        return np.asarray(own + self._random.standard_normal(shape, np.float32), np.float16)


def _in(desk: ProcessPoolExecutor, work: Callable[[], _Result]) -> _Result:
    """Return what comes of work in the process of a desk."""
    return desk.submit(work).result()


class _Desk:
    """An engine at work on a file, as in the learner's process."""

    def __init__(self, path: Path) -> None:
        from learner.engine import Engine
        from learner.loading import embedder_of, load_model

        files = backbones.embedded()
        embedder, config = embedder_of(files), LearnerConfig()
        self.opening = []
        for _ in range(3):
            began = time.perf_counter()
            with Buffer.open(path) as buffer:
                engine = Engine(buffer, embedder, config, lambda: None)
                engine.is_due()
                engine.predict(np.zeros((files.info.input_size, files.info.input_size, 3), np.uint8))
                self.opening.append(time.perf_counter() - began)
        self._looks = _Looks(files.info.embedding_size)
        self._picture: Image = np.zeros((files.info.input_size, files.info.input_size, 3), np.uint8)
        self._buffer = Buffer.open(path)
        self._backbone_id = self._buffer.register_backbone(files.info)
        self._engine = Engine(self._buffer, embedder, config, lambda: model)
        model = load_model(config, files.info.embedding_size)
        gc.freeze()  # as the learner does, once TensorFlow is there
        list(self._engine.prepare())
        self._random = np.random.default_rng(2)
        self._turn = 0

    def teach(self) -> _Round:
        """Teach a recording more, ask, and look at a page."""
        buffer = self._buffer
        self._turn += 1
        classes, burst = buffer.classes(), buffer.start_burst("benchmark")
        label = self._turn % len(classes)
        tiny = np.random.default_rng(self._turn).integers(0, 255, (_FRAMES, 8, 8, 3), np.uint8)
        samples = buffer.add_samples([(image, classes[label].id, burst.id) for image in tiny])
        for sample, vectors in zip(samples, self._looks.recording(label).astype(np.float32), strict=True):
            buffer.store_embeddings(sample.id, self._backbone_id, dict(zip(View, vectors, strict=True)))
        began = time.perf_counter()
        list(self._engine.learn("benchmark"))
        increment = time.perf_counter() - began
        began = time.perf_counter()
        for _ in range(_ASKED):
            self._engine.predict(self._picture)
        answer = (time.perf_counter() - began) / _ASKED
        began = time.perf_counter()
        buffer.catalogue(_NEWEST)
        page = time.perf_counter() - began
        drawn = self._random.integers(1, samples[0].id, _REPLAYED)
        began = time.perf_counter()
        buffer.embeddings(drawn.tolist(), self._backbone_id, View.PICTURE)
        replayed = time.perf_counter() - began
        return _Round(increment, answer, page, replayed, psutil.Process().memory_info().rss)

    def sleep(self) -> float:
        """Rebuild from zero; return seconds."""
        began = time.perf_counter()
        list(self._engine.sleep("benchmark"))
        return time.perf_counter() - began


_desk: list[_Desk] = []
"""In each process of a pool, the one it is for."""


def _open(path: Path) -> list[float]:
    # More threads gain nothing at these sizes, so the learner has one as well.
    threadpool_limits(1, user_api="blas")
    _desk[:] = [_Desk(path)]
    return _desk[0].opening


def _round() -> _Round:
    return _desk[0].teach()


def _sleep() -> float:
    return _desk[0].sleep()
