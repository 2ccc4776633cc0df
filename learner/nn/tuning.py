# SPDX-License-Identifier: Apache-2.0
"""What differs between machines in training, chosen by measurement: batch size, mixed precision and XLA."""

from __future__ import annotations

import gc
import logging
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from learner.measured import keep, recall
from learner.nn.device import is_out_of_memory
from learner.types import Device

_log = logging.getLogger(__name__)

_WHAT = "tuning"
_CPU_BATCH = 32
_SMALLEST_BATCH = 4
_BATCH_SIZES = (16, 32, 64, 128)
_NEARLY = 0.9
"""Of the most pictures a second, what is as good: a smaller batch takes more steps a picture, and less memory."""
_QUICKER = 0.95
"""Of the time without it, the most that mixed precision or XLA may take to be worth what they can go wrong with."""
_WARM_UP = 2
_TIMED = 10
_LEAST_NOISE = 0.01
"""Of a loss, what is noise whatever the losses of single steps say."""

Step = Callable[[], float]
"""Takes one training step and returns its loss, which waits until the device is done."""
Make = Callable[["Tuning"], Step]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How training steps are run on a device.

    Attributes:
        batch_size: Pictures per training step.
        mixed_precision: Compute in float16 (Keras' "mixed_float16" policy) and keep the weights in float32.
        jit: Compile the training step with XLA (`jit_compile` of Keras' `compile`).
    """

    batch_size: int
    mixed_precision: bool = False
    jit: bool = False


def smaller(tuning: Tuning) -> Tuning | None:
    """Return the tuning to try after an out-of-memory error: half the batch, or None when that would be too small."""
    half = tuning.batch_size // 2
    return replace(tuning, batch_size=half) if half >= _SMALLEST_BATCH else None


def tune(
    device: Device,
    make: Make,
    *,
    key: str,
    batch_sizes: Sequence[int] = _BATCH_SIZES,
    steps: int = 300,
    clock: Callable[[], float] = time.perf_counter,
) -> Tuning:
    """Choose how to train on a device; on a GPU by measurement, once for each device, TensorFlow and key.

    The CPU has nothing to choose: XLA takes seconds to compile and is no faster there, float16 is slower, and a batch
    of 32 keeps its cores busy. On a GPU the batch is the smallest that is nearly as quick as any; mixed precision is
    taken when it is quicker and the loss is finite and no worse than float32's by more than its noise; XLA when it is
    quicker, what it takes to compile included. What runs out of memory is out.

    Args:
        device: where training runs.
        make: builds a trial and returns its step. Each trial begins at the same weights and takes the same pictures in
            the same order, so that losses can be compared.
        key: what is trained, as far as it matters here: the backbone's hash and where it is cut.
        batch_sizes: those to try on a GPU, ascending.
        steps: about how many steps are going to be taken, over which the cost of compiling is spread.
        clock: seconds.

    Raises:
        Exception: TensorFlow's out-of-memory error, when not even the smallest batch fits.
    """
    if device.kind != "GPU":
        return Tuning(_CPU_BATCH)
    import keras
    import tensorflow as tf

    of = {
        "device": device.name,
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "key": key,
        "batch_sizes": list(batch_sizes),
    }
    kept = _read(recall(_WHAT, of))
    if kept is not None:
        return kept
    chosen = _choose(_Trials(make, steps, clock), batch_sizes)
    gc.collect()
    keep(_WHAT, of, asdict(chosen))
    return chosen


def _read(found: Any) -> Tuning | None:
    try:
        tuning = Tuning(**found)
    except TypeError:
        return None
    if type(tuning.batch_size) is not int or tuning.batch_size < _SMALLEST_BATCH:
        return None
    return tuning if type(tuning.mixed_precision) is bool and type(tuning.jit) is bool else None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What was measured of a tuning.

    Attributes:
        tuning: Which one.
        pictures: A second, once it runs.
        seconds: All the steps there will be, compilation included.
        loss: The mean of the last few steps; infinite when one of them all was not finite.
        noise: By how much that mean may be off: two standard errors.
    """

    tuning: Tuning
    pictures: float
    seconds: float
    loss: float
    noise: float

    def is_better(self, other: _Trial) -> bool:
        """Whether this option is to be taken: quicker than without it, and just as accurate."""
        is_as_accurate = math.isfinite(self.loss) and self.loss <= other.loss + other.noise
        return is_as_accurate and self.seconds <= _QUICKER * other.seconds


class _Trials:
    def __init__(self, make: Make, steps: int, clock: Callable[[], float]) -> None:
        self._make = make
        self._steps = steps
        self._clock = clock

    def run(self, tuning: Tuning) -> _Trial:
        """Try a tuning; whatever its steps raise is raised."""
        gc.collect()  # Keras' models are cyclic: the one of the trial before would keep its place on the GPU
        step = self._make(tuning)
        began = self._clock()
        losses = [step() for _ in range(_WARM_UP)]
        warm = self._clock() - began
        taken = []
        for _ in range(_TIMED):
            start = self._clock()
            losses.append(step())
            taken.append(self._clock() - start)
        usual = max(statistics.median(taken), 1e-9)
        seconds = warm + usual * max(0, self._steps - _WARM_UP)
        if not all(math.isfinite(loss) for loss in losses):
            return _Trial(tuning, tuning.batch_size / usual, seconds, math.inf, 0.0)
        last = losses[-_TIMED // 2 :]
        loss = statistics.fmean(last)
        noise = max(2 * statistics.stdev(last) / math.sqrt(len(last)), _LEAST_NOISE * abs(loss))
        return _Trial(tuning, tuning.batch_size / usual, seconds, loss, noise)

    def run_if_it_fits(self, tuning: Tuning) -> _Trial | None:
        """Try a tuning; None says that it ran out of memory."""
        try:
            return self.run(tuning)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            _log.info("%s runs out of memory", tuning)
            return None

    def run_option(self, tuning: Tuning) -> _Trial | None:
        """Try what training does without as well; None says that it does not work here."""
        import tensorflow as tf

        try:
            return self.run_if_it_fits(tuning)
        except tf.errors.OpError as error:  # XLA without its compiler, an operation without a float16 kernel
            _log.info("%s does not work here: %s", tuning, error)
            return None


def _choose(trials: _Trials, batch_sizes: Sequence[int]) -> Tuning:
    best = _best_batch(trials, batch_sizes)
    for option in ("mixed_precision", "jit"):
        trial = trials.run_option(replace(best.tuning, **{option: True}))
        if trial is not None and trial.is_better(best):
            best = trial
    return best.tuning


def _best_batch(trials: _Trials, batch_sizes: Sequence[int]) -> _Trial:
    found: dict[int, _Trial] = {}
    # The first is tried twice, since its first time also pays for loading cuDNN.
    for size in (batch_sizes[0], *batch_sizes):
        trial = trials.run_if_it_fits(Tuning(size))
        if trial is None:
            break  # a larger one needs more
        found[size] = trial
    if found:
        enough = _NEARLY * max(trial.pictures for trial in found.values())
        return next(trial for trial in found.values() if trial.pictures >= enough)
    tuning = smaller(Tuning(batch_sizes[0]))
    while tuning is not None:
        trial = trials.run_if_it_fits(tuning)
        if trial is not None:
            return trial
        tuning = smaller(tuning)
    return trials.run(Tuning(_SMALLEST_BATCH))
