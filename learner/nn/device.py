# SPDX-License-Identifier: Apache-2.0
"""What is TensorFlow's own: choosing where to train."""

from __future__ import annotations

from functools import cache
from typing import Literal

from learner.errors import DeviceFault
from learner.quiet import quiet_stderr
from learner.types import Device


@cache  # TensorFlow takes these settings once
def choose(wanted: Literal["auto", "cpu", "gpu"]) -> Device:
    """Choose where TensorFlow trains; call it before the first tensor is made.

    A GPU's memory is taken as it is needed and not all at once, since other programs want some too.

    Raises:
        DeviceFault: a GPU was asked for and TensorFlow sees none.
    """
    with quiet_stderr():
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
        if wanted == "cpu" and gpus:
            tf.config.set_visible_devices([], "GPU")
        elif wanted != "cpu":
            for gpu in gpus:
                tf.config.experimental.set_memory_growth(gpu, True)
        # The head is too small for more threads to pay, and the live picture needs the other cores.
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    if wanted == "cpu":
        return Device("CPU", "CPU", "You asked for the CPU.")
    if gpus:
        name = str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))
        return Device("GPU", name, f"TensorFlow sees {name}.")
    if wanted == "gpu":
        raise DeviceFault("There is no GPU to train on", _reason(), "Leave the device on auto, or choose cpu.")
    return Device("CPU", "CPU", _reason())


def _reason() -> str:
    import tensorflow as tf

    if tf.test.is_built_with_cuda() or tf.test.is_built_with_rocm():
        return "TensorFlow sees no GPU on this machine."
    return "This build of TensorFlow works on the CPU only."
