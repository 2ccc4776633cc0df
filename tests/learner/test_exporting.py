# SPDX-License-Identifier: Apache-2.0
"""An export as others see it: real processes, the first of which only pretend to export."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.exporting import ExportEvent, ExportRun
from learner.interchange.dataset import ExportProgress
from learner.interchange.wishes import Exported, ExportFormat, ExportWish
from learner.messages import CommandFailed
from tests.learner.buffer.making import record
from tests.learner.exporting_processes import dies, takes_for_ever

PATIENCE = 120.0
"""Seconds that a busy machine may take to start a process."""

Begin = Callable[..., ExportRun]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    begun: list[ExportRun] = []
    (tmp_path / "out").mkdir()

    def begin(
        process: Callable[..., None] | None = None, format_: ExportFormat = ExportFormat.DATASET, name: str = "desk"
    ) -> ExportRun:
        wish = ExportWish(tmp_path / "out" / name, format_)
        begun.append(ExportRun(tmp_path / "desk.showtell", wish, process=process))
        return begun[-1]

    yield begin
    for run in begun:
        run.cancel()
        assert not run._child.is_alive()


def until(run: ExportRun, is_enough: Callable[[list[ExportEvent]], bool]) -> list[ExportEvent]:
    events: list[ExportEvent] = []
    deadline = time.monotonic() + PATIENCE
    while not is_enough(events):
        assert time.monotonic() < deadline
        events += run.poll()
        run._connection.poll(0.05) if not run.is_done else None
    return events


def ended(run: ExportRun) -> list[ExportEvent]:
    return until(run, lambda _: run.is_done)


def test_a_process_that_dies_leaves_nothing(begin: Begin, tmp_path: Path) -> None:
    [event] = ended(begin(dies))
    assert isinstance(event, CommandFailed)
    assert "exit code 9" in event.message
    assert not list((tmp_path / "out").iterdir())


def test_one_that_is_given_up_leaves_nothing(begin: Begin, tmp_path: Path) -> None:
    run = begin(takes_for_ever)
    until(run, lambda events: ExportProgress(1, 2) in events)
    assert list((tmp_path / "out").iterdir())
    run.cancel()
    assert run.is_done
    assert not list((tmp_path / "out").iterdir())
    assert run.poll() == []


def test_samples_are_exported_by_a_real_one(begin: Begin, tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        record(buffer, "mug", 3)
    run = begin()
    *before, last = ended(run)
    assert isinstance(last, Exported)
    assert (last.out, last.samples, last.classes) == (tmp_path / "out" / "desk", 3, 1)
    assert before[-1] == ExportProgress(3, 3)
    assert all(isinstance(event, ExportProgress) for event in before)
    assert run.poll() == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["desk"]


def test_and_its_faults_are_those_of_the_library(begin: Begin, tmp_path: Path) -> None:
    Buffer.open(tmp_path / "desk.showtell").close()
    [event] = ended(begin(format_=ExportFormat.ONNX))
    assert isinstance(event, CommandFailed)
    assert event.title == "Nothing has been learned yet"
    assert not list((tmp_path / "out").iterdir())
