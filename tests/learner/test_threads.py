# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.backbones import embedded
from learner.embedder import LiteRTEmbedder
from learner.errors import BackboneFault
from learner.preprocessing import model_input
from learner.threads import threads_for
from learner.types import BackboneInfo, Image
from tests.learner.fakes import picture

INFO = replace(embedded().info, input_size=8)


@dataclass
class Machine:
    """A LiteRT that takes so many milliseconds on so many threads, on a clock of its own."""

    milliseconds: Mapping[int, float]
    strange: frozenset[int] = frozenset()
    first: float = 0.0
    now: float = 0.0
    runs: dict[int, int] = field(default_factory=dict)

    def make(self, model: bytes, info: BackboneInfo, threads: int) -> FakeEmbedder:
        self.runs[threads] = 0
        return FakeEmbedder(self, threads)

    def threads(self, info: BackboneInfo = INFO, *, kept: bool = True) -> int:
        return threads_for(b"", info, kept=kept, make=self.make, clock=lambda: self.now)


@dataclass
class FakeEmbedder:
    machine: Machine
    threads: int
    info: BackboneInfo = INFO

    def embed(self, image: Image) -> NDArray[np.float32]:
        machine = self.machine
        machine.runs[self.threads] += 1
        warming_up = machine.first if machine.runs[self.threads] < 4 else 0.0
        machine.now += machine.milliseconds[self.threads] / 1000 + warming_up
        one = np.float32(image.mean())
        return np.array([np.nextafter(one, np.float32(0)) if self.threads in machine.strange else one], np.float32)

    def feature_map(self, image: Image) -> None:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("learner.measured.data_folder", lambda: tmp_path)
    monkeypatch.setattr("learner.threads._cores", lambda: 8)
    return tmp_path / "measured"


@pytest.mark.parametrize(
    ("milliseconds", "chosen"),
    [
        ({1: 1.7, 2: 1.6, 4: 2.5}, 1),
        ({1: 1.7, 2: 1.2, 4: 1.1}, 2),
        ({1: 9.0, 2: 5.0, 4: 3.0}, 4),
        ({1: 900.0, 2: 500.0, 4: 300.0}, 4),
    ],
)
def test_the_fewest_that_are_nearly_as_quick_as_any(milliseconds: Mapping[int, float], chosen: int) -> None:
    assert Machine(milliseconds).threads() == chosen


def test_the_first_runs_do_not_count() -> None:
    assert Machine({1: 1.0, 2: 0.99, 4: 0.98}, first=0.001).threads() == 1
    slow = Machine({1: 100.0, 2: 200.0, 4: 300.0})
    slow.threads(replace(INFO, embedding_size=7))
    assert max(slow.runs.values()) < 8, "a slow backbone is not run for long"


def test_no_more_than_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.threads._cores", lambda: 3)
    assert Machine({1: 9.0, 2: 5.0}).threads() == 2


def test_one_core_leaves_nothing_to_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.threads._cores", lambda: 1)
    machine = Machine({})
    assert machine.threads() == 1
    assert machine.runs == {}


def test_threads_that_change_a_bit_are_out() -> None:
    assert Machine({1: 9.0, 2: 5.0, 4: 3.0}, strange=frozenset({4})).threads() == 2


def test_it_is_measured_once_for_each_kind_of_backbone_and_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine({1: 9.0, 2: 5.0, 4: 3.0})
    assert machine.threads() == 4
    other = Machine({1: 1.0, 2: 5.0, 4: 3.0})
    assert other.threads() == 4
    assert other.runs == {}
    assert other.threads(replace(INFO, sha256="consolidated")) == 4
    assert other.runs == {}
    assert other.threads(replace(INFO, input_size=16)) == 1
    monkeypatch.setattr("learner.threads._cpu", lambda: "another")
    assert other.threads() == 1


def test_nothing_is_kept_that_is_not_to_be(folder: Path) -> None:
    assert Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads(kept=False) == 4
    assert not folder.exists()


@pytest.mark.parametrize("damage", ["", "{", "[4]", "null", '{"of": {}, "found": 2}', "\N{SNOWMAN}" * 10])
def test_what_is_damaged_is_measured_anew(folder: Path, damage: str) -> None:
    Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads()
    [kept] = folder.iterdir()
    text = kept.read_text()
    kept.write_text(damage, encoding="utf-16")
    assert Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads() == 4
    assert kept.read_text() == text


@pytest.mark.parametrize("found", ["0", "3", "64", "true", '"4"', "null"])
def test_a_number_that_cannot_be_right_is_measured_anew(folder: Path, found: str) -> None:
    Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads()
    [kept] = folder.iterdir()
    kept.write_text(kept.read_text().replace('"found": 4', f'"found": {found}'))
    assert Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads() == 4


def test_a_folder_that_cannot_be_written_to_costs_time_alone(folder: Path) -> None:
    folder.write_text("a file is in the way")
    assert Machine({1: 9.0, 2: 5.0, 4: 3.0}).threads() == 4


def test_the_embedded_backbone_gives_the_same_bits_on_any_number_of_threads() -> None:
    files = embedded()
    image = model_input(picture(1), files.info.input_size)
    wanted = LiteRTEmbedder(files.model, files.info).embed(image)
    for threads in (2, 4):
        assert np.array_equal(LiteRTEmbedder(files.model, files.info, threads).embed(image), wanted)


def test_a_model_that_is_none_is_a_fault() -> None:
    with pytest.raises(BackboneFault, match="does not load"):
        threads_for(b"something else", embedded().info)
