# SPDX-License-Identifier: Apache-2.0
"""Pictures a second of a consolidation step, on the CPU and on a GPU where TensorFlow sees one.

Each device has a process of its own, all cores, and the batches that it would have in a project.
The project is one so large that the frozen layers are part of every step. Pictures are those of the demo scene: what
they show makes no difference.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks.row import ONE_THREAD, alone
from learner.camera import DemoScene
from learner.consolidation_plan import batch_size_on, plan_for
from learner.errors import DeviceFault
from learner.quiet import quiet_stderr
from learner.types import Device

_SAMPLES, _CLASSES = 50_000, 20
_PICTURES = 256
"""There really are; they come again and again."""
_UNTIMED, _TIMED = 5, 25


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a device trains: pictures a second, by the median of the steps, in batches of so many."""

    device: Device
    batch_size: int
    pictures: float


def speed(keras_file: Path, wanted: Literal["cpu", "gpu"]) -> Speed | str:
    """Return how fast a device consolidates a backbone, or why there is no such device."""
    print(f"{keras_file.stem}: consolidation steps on the {wanted.upper()}", file=sys.stderr, flush=True)
    return alone(_time, keras_file, wanted)


def _time(keras_file: Path, wanted: Literal["cpu", "gpu"]) -> Speed | str:
    for name in ONE_THREAD:
        os.environ.pop(name, None)
    from learner.nn import device as devices

    try:
        device = devices.choose(wanted, os.cpu_count() or 1)
    except DeviceFault as fault:
        return fault.happened
    with quiet_stderr():
        from learner.nn import backbone
        from learner.nn.consolidate import Consolidator

        model = backbone.load(keras_file)
        info = backbone.describe(model, keras_file.stem)
        scene = DemoScene(seed=0)
        frames = [scene.render(number / 10) for number in range(_PICTURES)]
        columns = np.arange(_PICTURES) % _CLASSES
        plan = plan_for(_SAMPLES, _CLASSES, info, batch_size_on(device.kind))
        trainer = Consolidator(model, info, None, _CLASSES, plan, frames.__getitem__, 0)
        seconds = []
        for number in range(_UNTIMED + _TIMED):
            rows = np.arange(number * plan.batch_size, (number + 1) * plan.batch_size) % _PICTURES
            began = time.perf_counter()
            trainer.step(rows.tolist(), columns[rows], number + 1)
            seconds.append(time.perf_counter() - began)
    return Speed(device, plan.batch_size, plan.batch_size / statistics.median(seconds[_UNTIMED:]))
