# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from learner.types import Device

pytest.importorskip("tensorflow")

import tensorflow as tf

from learner.nn.tuning import Tuning, smaller, tune

GPU = Device("GPU", "Fake 3000", "It is a test.")
CPU = Device("CPU", "CPU", "It is a test.")
SIZES = (16, 32, 64, 128)


def no_memory() -> Exception:
    error: Exception = tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
    return error


@dataclass
class Machine:
    """A GPU that takes as long as it is told to, on a clock of its own."""

    start: float = 0.01
    per_picture: float = 0.001
    most: float = math.inf
    mixed: float = 1.0
    jit: float = 1.0
    compiling: float = 0.0
    loss: Callable[[Tuning, int], float] = lambda tuning, step: 2.0 * 0.95**step
    failing: Callable[[Tuning], Exception | None] = lambda tuning: None
    now: float = 0.0
    tried: list[Tuning] = field(default_factory=list)

    def make(self, tuning: Tuning) -> Callable[[], float]:
        self.tried.append(tuning)
        taken = 0

        def step() -> float:
            nonlocal taken
            if tuning.batch_size > self.most:
                raise no_memory()
            error = self.failing(tuning)
            if error:
                raise error
            seconds = self.start + self.per_picture * tuning.batch_size
            seconds *= (self.mixed if tuning.mixed_precision else 1) * (self.jit if tuning.jit else 1)
            self.now += seconds + (self.compiling if tuning.jit and not taken else 0)
            taken += 1
            return self.loss(tuning, taken)

        return step

    def tune(self, device: Device = GPU, key: str = "a backbone", sizes: tuple[int, ...] = SIZES) -> Tuning:
        return tune(device, self.make, key=key, batch_sizes=sizes, clock=lambda: self.now)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("learner.measured.data_folder", lambda: tmp_path)
    # There is no model here, and looking through all of TensorFlow takes a second.
    monkeypatch.setattr("learner.nn.tuning.gc.collect", lambda: 0)
    return tmp_path / "measured"


def test_nothing_is_tried_on_a_cpu() -> None:
    machine = Machine()
    assert machine.tune(CPU) == Tuning(32)
    assert machine.tried == []


# With 4 ms a step 32 at once are 889 pictures a second, and 128 at once are 970.
@pytest.mark.parametrize(("start", "best"), [(0.0, 16), (0.004, 32), (0.01, 64), (1.0, 128)])
def test_the_smallest_batch_that_is_nearly_as_quick_as_any(start: float, best: int) -> None:
    assert Machine(start=start).tune() == Tuning(best)


def test_a_batch_that_does_not_fit_is_out() -> None:
    machine = Machine(start=1.0, most=64)
    assert machine.tune().batch_size == 64
    assert machine.tried.count(Tuning(128)) == 1


def test_smaller_batches_than_those_to_try_where_none_fits() -> None:
    assert Machine(most=9).tune().batch_size == 8


def test_a_gpu_that_is_full_says_so() -> None:
    with pytest.raises(tf.errors.ResourceExhaustedError):
        Machine(most=3).tune()


def test_what_is_quicker_and_just_as_accurate_is_taken() -> None:
    assert Machine(mixed=0.6, jit=0.8).tune() == Tuning(64, mixed_precision=True, jit=True)


def test_what_is_hardly_quicker_is_not_worth_it() -> None:
    assert Machine(mixed=0.99, jit=1.2).tune() == Tuning(64)


@pytest.mark.parametrize(
    ("lost", "taken"),
    [(0.0, True), (0.001, True), (0.5, False), (math.nan, False), (math.inf, False)],
)
def test_mixed_precision_needs_the_loss_of_float32(lost: float, taken: bool) -> None:
    def loss(tuning: Tuning, step: int) -> float:
        return 2.0 * 0.95**step + (lost if tuning.mixed_precision else 0.0)

    assert Machine(mixed=0.5, loss=loss).tune().mixed_precision is taken


def test_a_loss_that_was_not_finite_once_is_not_as_good() -> None:
    def loss(tuning: Tuning, step: int) -> float:
        return math.nan if tuning.mixed_precision and step == 1 else 1.0

    assert not Machine(mixed=0.5, loss=loss).tune().mixed_precision


@pytest.mark.parametrize(("seconds", "worth"), [(1.0, True), (60.0, False)])
def test_xla_has_to_be_worth_its_compilation(seconds: float, worth: bool) -> None:
    assert Machine(jit=0.8, compiling=seconds).tune().jit is worth


def test_an_option_that_does_not_work_here_is_out() -> None:
    def failing(tuning: Tuning) -> Exception | None:
        error: Exception = tf.errors.InternalError(None, None, "libdevice not found")
        return error if tuning.jit else no_memory() if tuning.mixed_precision else None

    assert Machine(mixed=0.5, jit=0.5, failing=failing).tune() == Tuning(64)


def test_a_bug_is_not_taken_for_a_full_gpu() -> None:
    with pytest.raises(ZeroDivisionError):
        Machine(failing=lambda tuning: ZeroDivisionError()).tune()


def test_it_is_measured_once_for_each_device_and_key() -> None:
    first = Machine(mixed=0.5)
    chosen = first.tune()
    again = Machine()
    assert again.tune() == chosen
    assert again.tried == []
    assert again.tune(Device("GPU", "Other", "")) != chosen
    assert again.tune(key="another backbone") != chosen


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:20],
        lambda text: "",
        lambda text: "[]",
        lambda text: text.replace('"batch_size": 64', '"batch_size": "64"'),
        lambda text: text.replace('"batch_size": 64', '"batch_size": -1'),
        lambda text: text.replace('"jit": false', '"jit": 1'),
        lambda text: text.replace('"jit": false', '"other": false'),
        lambda text: text.replace('"found"', '"lost"'),
        lambda text: text.replace("Fake 3000", "Other"),
    ],
)
def test_what_is_damaged_is_measured_anew(folder: Path, change: Callable[[str], str]) -> None:
    chosen = Machine().tune()
    [kept] = folder.iterdir()
    text = kept.read_text()
    assert change(text) != text
    kept.write_text(change(text))
    again = Machine()
    assert again.tune() == chosen
    assert again.tried
    assert kept.read_text() == text


def test_a_folder_that_cannot_be_written_to(folder: Path) -> None:
    folder.write_text("a file is in the way")
    assert Machine().tune() == Tuning(64)


def test_smaller_until_there_is_nothing_left() -> None:
    found = [Tuning(32, mixed_precision=True)]
    while (following := smaller(found[-1])) is not None:
        found.append(following)
    assert found == [Tuning(size, mixed_precision=True) for size in (32, 16, 8, 4)]
