# SPDX-License-Identifier: Apache-2.0
"""How many CPU threads LiteRT gets, chosen by measurement once for each kind of backbone and machine."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np

from learner.embedder import Embedder, LiteRTEmbedder
from learner.measured import keep, recall
from learner.types import BackboneInfo, Image

_WHAT = "litert-threads"
_CANDIDATES = (1, 2, 4)
_NEARLY = 1.15
"""A time that is longer by no more than this is as good: each thread takes a core from the picture."""
_WARM_UP = 3
_RUNS = 20
_LEAST_RUNS = 3
_SECONDS = 0.08
"""After which a candidate has been measured for long enough, whatever its runs."""

Make = Callable[[bytes, BackboneInfo, int], Embedder]


def threads_for(
    model: bytes,
    info: BackboneInfo,
    *,
    kept: bool = True,
    make: Make = LiteRTEmbedder,
    clock: Callable[[], float] = time.perf_counter,
) -> int:
    """Return how many threads a backbone is to run on here; the first time it is measured, in about 0.2 s.

    What counts is how it is built and not what it has learned: one that was consolidated is known by its sizes, and the
    live picture does not wait for a measurement when it takes over. Measure before another thread loads TensorFlow,
    which takes the cores that are asked for here.

    Args:
        model: the LiteRT model's bytes.
        info: what it is.
        kept: keep what was measured for the next time.
        make: makes an embedder on so many threads.
        clock: seconds.

    Raises:
        BackboneFault: LiteRT cannot use the model.
    """
    cores = _cores()
    candidates = [number for number in _CANDIDATES if number <= cores]
    if len(candidates) == 1:
        return candidates[0]
    of = {
        "model": [len(model), info.input_size, info.embedding_size],
        "cpu": _cpu(),
        "cores": cores,
        "litert": metadata.version("ai-edge-litert"),
    }
    found = recall(_WHAT, of)
    if type(found) is int and found in candidates:
        return found
    chosen = measure(candidates, lambda number: make(model, info, number), info.input_size, clock)
    if kept:
        keep(_WHAT, of, chosen)
    return chosen


def measure(candidates: Sequence[int], make: Callable[[int], Embedder], size: int, clock: Callable[[], float]) -> int:
    """Return the fewest threads that are nearly as quick as the quickest, by the median time of one picture.

    A number of threads that changes as much as a bit of an embedding is out: embeddings that are made on another day,
    or by another process, have to be the same ones. XNNPACK shares out what is computed and not what is summed, so
    that none was seen to.

    Args:
        candidates: numbers of threads, ascending; the first one is the one that the others have to agree with.
        make: makes an embedder on so many threads.
        size: its input size.
        clock: seconds.
    """
    picture: Image = np.random.default_rng(0).integers(0, 256, (size, size, 3), np.uint8)
    wanted = b""
    taken: dict[int, float] = {}
    for number in candidates:
        embedder = make(number)
        found = embedder.embed(picture).tobytes()
        wanted = wanted or found
        if found == wanted:
            taken[number] = _median(embedder, picture, clock)
    enough = _NEARLY * min(taken.values())
    return next(number for number in taken if taken[number] <= enough)


def _median(embedder: Embedder, picture: Image, clock: Callable[[], float]) -> float:
    began = clock()
    taken: list[float] = []
    for run in range(_WARM_UP + _RUNS):
        start = clock()
        embedder.embed(picture)
        end = clock()
        if run >= _WARM_UP:
            taken.append(end - start)
        if len(taken) >= _LEAST_RUNS and end - began > _SECONDS:
            break
    return statistics.median(taken)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cpu() -> str:
    """Return what the processor calls itself, or at least of which kind it is."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()
