# SPDX-License-Identifier: Apache-2.0
"""What is TensorFlow's own: choosing where to train, and what to do when a GPU fails."""

from __future__ import annotations

import os
import re
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import cache
from typing import Any, Literal

from learner.errors import DeviceFault
from learner.quiet import quiet_stderr
from learner.types import Device

_TOLD = "SHOWTELL_WHY_NO_GPU"
"""The environment variable that tells a process why it is to do without a GPU."""
_MEMORY = re.compile(r"out.of.memory|resource.exhausted|ALLOC_FAILED|failed to allocate|\bOOM\b", re.IGNORECASE)
"""How CUDA, cuDNN, cuBLAS and XLA say that there is no memory left, in errors of whatever class."""
_LONGEST = 120
"""Characters of a foreign error that people are shown."""


@cache  # TensorFlow takes these settings once
def choose(wanted: Literal["auto", "cpu", "gpu"], threads: int = 1) -> Device:
    """Choose where TensorFlow trains; call it before the first tensor is made.

    A GPU's memory is taken as it is needed and not all at once, since other programs want some too. A GPU that is there
    and does not work, because its driver or cuDNN is not the one that TensorFlow wants, is found out by trying it.

    Args:
        wanted: "auto" takes a GPU when there is one that works.
        threads: CPU threads of one operation. The head is too small for more than one to pay, and the live picture
            needs the other cores.

    Raises:
        DeviceFault: a GPU was asked for, and TensorFlow sees none or it does not work.
    """
    told = os.environ.get(_TOLD)
    with quiet_stderr():
        import tensorflow as tf

        with suppress(RuntimeError):  # too late where a program that uses us as a library has begun with TensorFlow
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(1)
        gpus = tf.config.list_physical_devices("GPU")
        if wanted == "cpu" or told:
            _hide_gpus()
            return Device("CPU", "CPU", told or "You asked for the CPU.")
        if not gpus:
            if wanted == "gpu":
                raise DeviceFault("There is no GPU to train on", _reason(), "Leave the device on auto, or choose cpu.")
            return Device("CPU", "CPU", _reason())
        gpu = _described(gpus[0])
        try:
            for one in gpus:
                tf.config.experimental.set_memory_growth(one, True)
            _try_gpu()
        except (tf.errors.OpError, RuntimeError, ValueError) as error:
            if wanted == "gpu":
                raise DeviceFault(
                    "The GPU does not work", f"{gpu.name}: {_said(error)}.", "Leave the device on auto, or choose cpu."
                ) from error
            _hide_gpus()
            return fallen_back(gpu, error)
    return gpu


@cache
def choose_for_head(wanted: Literal["auto", "cpu", "gpu"]) -> Device:
    """Choose where TensorFlow trains the head; call it before the first tensor is made.

    It is the CPU unless a GPU is asked for. A step of the head is a matter of calls more than of arithmetic: on a large
    GPU it takes as long as on one thread of the CPU, and what a GPU takes to begin would come before a new class's
    first answer (`python -m benchmarks gpu`). It is left alone, and consolidation, which gains by it, finds it free.

    Args:
        wanted: "auto" takes the CPU, and says which GPU is spared.

    Raises:
        DeviceFault: a GPU was asked for, and TensorFlow sees none or it does not work.
    """
    if wanted == "gpu":
        return choose("gpu")
    with quiet_stderr():
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
    cpu = choose("cpu")
    if wanted == "cpu" or os.environ.get(_TOLD):
        return cpu
    if not gpus:
        return replace(cpu, reason=_reason())
    name = _described(gpus[0]).name
    return replace(cpu, reason=f"Learning is as quick on the CPU; {name} is kept for consolidation.", spare_gpu=name)


def scope(device: Device) -> AbstractContextManager[Any]:
    """Return the context in which TensorFlow makes and computes everything on a device.

    It is needed where a GPU is in sight that is not to be used: TensorFlow would take it, and cannot be made not to see
    it once it has begun to use it.
    """
    import tensorflow as tf

    if device.kind == "CPU" and tf.config.get_visible_devices("GPU"):
        context: AbstractContextManager[Any] = tf.device("/CPU:0")
        return context
    return nullcontext()


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether something failed because a GPU, or the machine, has no memory left for it."""
    import tensorflow as tf

    if isinstance(error, MemoryError | tf.errors.ResourceExhaustedError):
        return True
    # XLA and the libraries of CUDA say it in errors of other classes, which TensorFlow hands on as they are.
    return isinstance(error, tf.errors.OpError | RuntimeError) and _MEMORY.search(str(error)) is not None


def has_failed(error: BaseException) -> bool:
    """Return whether an error may be a GPU's doing, so that a CPU would not meet it: memory, driver, cable."""
    import tensorflow as tf

    return isinstance(error, tf.errors.OpError) or is_out_of_memory(error)


def fallen_back(gpu: Device, error: BaseException) -> Device:
    """Return the CPU as the device to go on with after a GPU failed, and the reason for people."""
    if is_out_of_memory(error):
        return Device("CPU", "CPU", f"{gpu.name} ran out of memory, so training runs on the CPU.")
    return Device("CPU", "CPU", f"{gpu.name} failed ({_said(error)}), so training runs on the CPU.")


def without_gpu(device: Device) -> dict[str, str]:
    """Return the environment variables of a process that is to see no GPU, and to give a device's reason as its own.

    A process whose GPU failed can rarely be mended: its memory stays in pieces, and after some errors of CUDA nothing
    works any more. So work goes on in a new one.

    Args:
        device: what `fallen_back` returned.
    """
    # An empty value would be no variable at all on Windows; no GPU has this number.
    return {"CUDA_VISIBLE_DEVICES": "-1", "HIP_VISIBLE_DEVICES": "-1", _TOLD: device.reason}


def _described(gpu: Any) -> Device:
    import tensorflow as tf

    name = str(tf.config.experimental.get_device_details(gpu).get("device_name", "GPU"))
    return Device("GPU", name, f"TensorFlow sees {name}.")


def _try_gpu() -> None:
    """Compute what training needs: a convolution, which is cuDNN's, and a product, which is cuBLAS's."""
    import tensorflow as tf

    with tf.device("/GPU:0"):
        seen = tf.nn.conv2d(tf.ones((1, 8, 8, 4)), tf.ones((3, 3, 4, 4)), 1, "SAME")
        product = tf.linalg.matmul(tf.reshape(seen, (16, 16)), tf.ones((16, 16)))
    product.numpy()  # a GPU works on while Python goes on: what went wrong comes with the values


def _hide_gpus() -> None:
    import tensorflow as tf

    # Too late once TensorFlow has begun; then `scope` keeps away from them.
    with suppress(RuntimeError):
        tf.config.set_visible_devices([], "GPU")


def _said(error: BaseException) -> str:
    """Return the first line of a foreign error, cut to what people may be asked to read."""
    first = next(iter(str(error).splitlines()), "").strip().rstrip(".")
    return f"{type(error).__name__}: {first[:_LONGEST]}" if first else type(error).__name__


def _reason() -> str:
    import tensorflow as tf

    if tf.test.is_built_with_cuda() or tf.test.is_built_with_rocm():
        return "TensorFlow sees no GPU on this machine."
    return "This build of TensorFlow works on the CPU only."
