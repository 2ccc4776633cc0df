# SPDX-License-Identifier: Apache-2.0
"""The same training on a GPU and on the CPU: a step of the head, a rebuild from zero, a step of consolidation.

Each device has a process of its own, since TensorFlow decides once a process, and they take turns. The first step
is that of a process that has done nothing but import TensorFlow. The rebuild is that of a project of 20 classes and
2,000 samples with a fifth of its recordings held out, through the library and into its file; the consolidation step
that of `benchmarks.steps`, with the batches of a device. Where TensorFlow sees no GPU there is nothing to measure.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import numpy as np

from benchmarks import step, steps
from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.row import alone
from benchmarks.steps import Speed
from benchmarks.suite import Setting, Skipped
from learner import open_project
from learner.backbones import EMBEDDED, embedded
from learner.buffer import Buffer, encode
from learner.config import LearnerConfig
from learner.errors import DeviceFault
from learner.files import assets_folder
from learner.nn import device as devices
from learner.types import View

Wanted = Literal["cpu", "gpu"]

_ROUNDS, _REBUILDS, _BEGINNINGS = 15, 4, 3
_CLASSES, _RECORDINGS, _FRAMES = 20, 10, 10


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure both devices.

    Raises:
        Skipped: TensorFlow sees no GPU, or it does not work.
    """
    try:
        gpu = devices.choose("gpu")
    except DeviceFault as fault:
        raise Skipped(fault.happened) from fault
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as on_cpu, ProcessPoolExecutor(1, mp_context=context) as on_gpu:
        workers: dict[Wanted, ProcessPoolExecutor] = {"cpu": on_cpu, "gpu": on_gpu}

        def by_turns(work: Callable[[Wanted, Any], float], given: object, rounds: int) -> dict[str, list[float]]:
            def measuring(wanted: Wanted) -> Callable[[], float]:
                return lambda: workers[wanted].submit(work, wanted, given).result()

            return alternate({wanted: measuring(wanted) for wanted in workers}, setting.rounds(rounds))

        beginning: dict[str, Callable[[], float]] = {wanted: partial(alone, begin, wanted) for wanted in workers}
        first = alternate(beginning, setting.rounds(_BEGINNINGS))
        yield from _told(first, "first step", "s")
        for rows in (LearnerConfig().batch_size, LearnerConfig().sleep_batch_size):
            yield from _told(by_turns(take, rows, _ROUNDS), f"step of {rows} rows, {gpu.name}", "µs")
        samples = _CLASSES * _RECORDINGS * _FRAMES
        filled = setting.place / "filled.showtell"
        fill(filled)
        yield from _told(by_turns(rebuild, filled, _REBUILDS), f"rebuild of {samples:,} samples", "s")
    keras_file = assets_folder() / f"{EMBEDDED}.keras"
    speeds = [speed for wanted in workers if isinstance(speed := steps.speed(keras_file, wanted), Speed)]
    for speed in speeds:
        yield Figure(
            speed.device.kind,
            speed.pictures,
            "pictures/s",
            part="consolidation step",
            note=f"batches of {speed.batch_size}",
        )
    if len(speeds) == len(workers):
        yield Figure(
            "CPU's time, of the GPU's", speeds[1].pictures / speeds[0].pictures, "×", part="consolidation step"
        )


def _told(found: dict[str, list[float]], part: str, unit: str) -> Iterator[Figure]:
    for wanted, rounds in found.items():
        yield over_rounds(wanted.upper(), rounds, unit, part=part)
    yield ratio("CPU's time, of the GPU's", found["cpu"], found["gpu"], part=part)


_heads: dict[Wanted, step.Take] = {}
"""Of this process, made once."""


def take(wanted: Wanted, rows: int) -> float:
    """Return the microseconds of a step in this process; where a GPU is asked for, there is one."""
    size = embedded().info.embedding_size
    if wanted not in _heads:
        _heads[wanted] = step.ours(size, LearnerConfig(), devices.choose(wanted))
    return step.microseconds(_heads[wanted], step.Batch.drawn(rows, size))


def begin(wanted: Wanted) -> float:
    """Return the seconds to the first step taken, in a process that is used for nothing else."""
    import_module("tensorflow")  # off the clock: it takes the same on both

    size, config = embedded().info.embedding_size, LearnerConfig()
    batch = step.Batch.drawn(config.batch_size, size)
    began = time.perf_counter()
    step.microseconds(step.ours(size, config, devices.choose(wanted)), batch, steps=1)
    return time.perf_counter() - began


def rebuild(wanted: Wanted, filled: Path) -> float:
    """Return the seconds that a rebuild of a copy of a project takes in this process."""
    with tempfile.TemporaryDirectory(dir=filled.parent) as folder:
        path = Path(folder) / "rebuilt.showtell"
        shutil.copy(filled, path)
        config = LearnerConfig(device=wanted, backups=filled.parent / "copies")
        with open_project(path, config=config) as project:
            project.learn()  # loads TensorFlow and builds the head, off the clock
            began = time.perf_counter()
            project.sleep()
            return time.perf_counter() - began


def fill(path: Path) -> None:
    """Make a project with embeddings drawn at random, which differ by class, recording and frame."""
    random = np.random.default_rng(0)
    info = embedded().info
    views, size = list(View), info.embedding_size
    means = random.gamma(0.5, 1, (_CLASSES, size))
    with Buffer.open(path, backups=path.parent / "copies") as buffer:
        backbone_id = buffer.register_backbone(info)
        buffer._db.execute("PRAGMA synchronous = OFF")  # nothing of it is on the clock
        for number, mean in enumerate(means):
            class_id = buffer.add_class(f"class {number}").id
            for _ in range(_RECORDINGS):
                burst_id = buffer.start_burst("benchmark").id
                around = mean + random.gamma(0.5, 1, size)
                tiny = random.integers(0, 255, (_FRAMES, 16, 16, 3), np.uint8)
                for sample in buffer.add_samples((encode(picture), class_id, burst_id) for picture in tiny):
                    seen = (around + random.gamma(0.5, 0.5, (len(views), size))).astype(np.float32)
                    buffer.store_embeddings(sample.id, backbone_id, dict(zip(views, seen, strict=True)))
