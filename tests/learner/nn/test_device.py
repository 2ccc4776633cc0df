# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any, Literal

import pytest

from learner.errors import DeviceFault
from learner.types import Device

pytest.importorskip("tensorflow")

import tensorflow as tf

from learner.nn import device

Wanted = Literal["auto", "cpu", "gpu"]

CUDNN = "DNN library is not found."


def internal(text: str) -> Exception:
    error: Exception = tf.errors.InternalError(None, None, text)
    return error


class Machine:
    """A machine with as many GPUs as it is told to have; what TensorFlow is told is noted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gpus: list[object] = [SimpleNamespace(name="gpu")]
        self.said: dict[str, Any] = {}
        self.growth: Exception | None = None
        self.use: Exception | None = None
        self.begun = False
        config = tf.config
        monkeypatch.setattr(config, "list_physical_devices", lambda kind: self.gpus)
        monkeypatch.setattr(config, "set_visible_devices", self._hide)
        monkeypatch.setattr(config.experimental, "set_memory_growth", self._grow)
        monkeypatch.setattr(config.experimental, "get_device_details", lambda gpu: {"device_name": "Fake 3000"})
        monkeypatch.setattr(
            config.threading, "set_intra_op_parallelism_threads", lambda number: self.said.update(threads=number)
        )
        monkeypatch.setattr(config.threading, "set_inter_op_parallelism_threads", lambda number: None)
        monkeypatch.setattr(device, "_try_gpu", self._try)

    def _hide(self, devices: list[object], kind: str) -> None:
        if self.begun:
            raise RuntimeError("Visible devices cannot be modified after being initialized")
        self.said["visible"] = devices

    def _grow(self, gpu: object, enable: bool) -> None:
        if self.growth:
            raise self.growth
        self.said["growth"] = enable

    def _try(self) -> None:
        self.begun = True
        if self.use:
            raise self.use

    def choose(self, wanted: Wanted, **options: int) -> Device:
        return device.choose.__wrapped__(wanted, **options)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.delenv("SHOWTELL_WHY_NO_GPU", raising=False)
    return Machine(monkeypatch)


@pytest.mark.parametrize("wanted", ["auto", "gpu"])
def test_a_gpu_that_works_is_taken(machine: Machine, wanted: Literal["auto", "gpu"]) -> None:
    assert machine.choose(wanted) == Device("GPU", "Fake 3000", "TensorFlow sees Fake 3000.")
    assert machine.said == {"threads": 1, "growth": True}


def test_the_cpu_when_asked_for(machine: Machine) -> None:
    assert machine.choose("cpu", threads=3) == Device("CPU", "CPU", "You asked for the CPU.")
    assert machine.said == {"threads": 3, "visible": []}


def test_the_cpu_when_there_is_no_gpu(machine: Machine) -> None:
    machine.gpus = []
    assert machine.choose("auto").kind == "CPU"
    with pytest.raises(DeviceFault, match="no GPU to train on"):
        machine.choose("gpu")


@pytest.fixture
def choose_for_head(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Callable[[Wanted], Device]:
    monkeypatch.setattr(device, "choose", device.choose.__wrapped__)
    return device.choose_for_head.__wrapped__


def test_the_head_leaves_a_gpu_alone(machine: Machine, choose_for_head: Callable[[Wanted], Device]) -> None:
    chosen = choose_for_head("auto")
    assert (chosen.kind, chosen.spare_gpu) == ("CPU", "Fake 3000")
    assert chosen.reason == "Learning is as quick on the CPU; Fake 3000 is kept for consolidation."
    assert machine.said == {"threads": 1, "visible": []}, "and is not tried"


def test_the_head_takes_what_is_asked_for(machine: Machine, choose_for_head: Callable[[Wanted], Device]) -> None:
    assert choose_for_head("gpu").kind == "GPU"
    assert choose_for_head("cpu") == Device("CPU", "CPU", "You asked for the CPU.")


def test_the_head_where_there_is_no_gpu(machine: Machine, choose_for_head: Callable[[Wanted], Device]) -> None:
    machine.gpus = []
    chosen = choose_for_head("auto")
    assert (chosen.kind, chosen.spare_gpu) == ("CPU", "")
    assert chosen.reason in {
        "TensorFlow sees no GPU on this machine.",
        "This build of TensorFlow works on the CPU only.",
    }


def test_the_head_where_a_gpu_has_failed(
    machine: Machine, choose_for_head: Callable[[Wanted], Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWTELL_WHY_NO_GPU", "It went up in smoke.")
    assert choose_for_head("auto") == Device("CPU", "CPU", "It went up in smoke.")


@pytest.mark.parametrize(
    ("growth", "use", "told"),
    [
        (RuntimeError("Physical devices cannot be modified"), None, "RuntimeError: Physical devices cannot be"),
        (None, internal(f"{CUDNN}\n\tmore of it"), f"InternalError: {CUDNN[:-1]}), so training"),
        (None, internal("CUDA_ERROR_OUT_OF_MEMORY: out of memory"), "Fake 3000 ran out of memory"),
    ],
)
def test_a_gpu_that_is_there_and_does_not_work(
    machine: Machine, growth: Exception | None, use: Exception | None, told: str
) -> None:
    machine.growth, machine.use = growth, use
    chosen = machine.choose("auto")
    assert chosen.kind == "CPU"
    assert told in chosen.reason
    assert chosen.reason.endswith("so training runs on the CPU.")
    with pytest.raises(DeviceFault, match="does not work"):
        machine.choose("gpu")


def test_what_is_computed_to_try_a_gpu_can_be_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tf, "device", lambda name: nullcontext())
    device._try_gpu()


def test_a_gpu_in_sight_is_kept_away_from(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu, gpu = Device("CPU", "CPU", ""), Device("GPU", "Fake 3000", "")
    asked: list[str] = []

    def enter(name: str) -> AbstractContextManager[None]:
        asked.append(name)
        return nullcontext()

    monkeypatch.setattr(tf, "device", enter)
    with device.scope(cpu), device.scope(gpu):
        assert asked == []
    monkeypatch.setattr(tf.config, "get_visible_devices", lambda kind: ["gpu"])
    with device.scope(cpu), device.scope(gpu):
        assert asked == ["/CPU:0"]


def test_a_process_that_goes_on_without_a_gpu(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fallen = device.fallen_back(Device("GPU", "Fake 3000", ""), MemoryError())
    for name, value in device.without_gpu(fallen).items():
        monkeypatch.setenv(name, value)
    assert machine.choose("auto") == fallen
    assert machine.choose("gpu") == fallen
    assert machine.said["visible"] == []


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (MemoryError(), True),
        (tf.errors.ResourceExhaustedError(None, None, "anything"), True),
        (internal("cudaSetDevice() on GPU:0 failed. Status: out of memory"), True),
        (internal("CUDA_ERROR_OUT_OF_MEMORY"), True),
        (internal("Failed to create cuDNN handle: CUDNN_STATUS_ALLOC_FAILED"), True),
        (internal("CUBLAS_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate 123 bytes."), True),
        (tf.errors.UnknownError(None, None, "Failed to allocate scratch space"), True),
        (internal("BLAS xGEMM launch failed"), False),
        (internal("the room is full"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_what_is_out_of_memory(error: BaseException, full: bool) -> None:
    assert device.is_out_of_memory(error) is full


def test_what_a_gpu_may_have_done() -> None:
    assert device.has_failed(internal("CUDA error: device-side assert triggered"))
    assert device.has_failed(MemoryError())
    assert not device.has_failed(ValueError("wrong shape"))


def test_a_long_error_is_cut() -> None:
    reason = device.fallen_back(Device("GPU", "Fake 3000", ""), internal("x" * 5000)).reason
    assert len(reason) < 250
    assert "(InternalError)" in device.fallen_back(Device("GPU", "Fake 3000", ""), internal("")).reason
