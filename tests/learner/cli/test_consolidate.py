# SPDX-License-Identifier: Apache-2.0
"""`showtell consolidate`: what it says and how it leaves; `integration/test_consolidation` fine-tunes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from learner.backbones import embedded
from learner.cli import run
from learner.errors import ConsolidationFault
from learner.messages import BackboneKept, Consolidated, ConsolidationStarted, Event, Reembedded
from learner.project import Project
from learner.types import Device, Increment, Step
from tests.learner.cli.helpers import Capture, as_json, consolidated

Listener = Callable[[Event], None]


def tell_of_steps(tell: Listener) -> None:
    tell(ConsolidationStarted("test", 12, 0, 300, Device("CPU", "CPU", "It is a test.")))
    tell(Consolidated(Step(1, 300, 2.0, 0.5, 0.001, 900.0), None))
    tell(Consolidated(Step(2, 300, 1.9, 0.5, 0.001, 900.0), 268.0))


@pytest.fixture
def _comes_to_something(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of fine-tuning, which takes minutes."""

    def consolidate(project: Project, reason: str, tell: Listener) -> list[Increment]:
        assert reason == "showtell consolidate"
        tell_of_steps(tell)
        consolidated(desk)
        tell(Reembedded(embedded().info, 12, 12, 0.2))
        [*_, newest] = project.versions()
        project.restore(newest.id)
        return project.increments()[-1:]

    monkeypatch.setattr(Project, "consolidate", consolidate)


@pytest.mark.usefixtures("_comes_to_something")
def test_what_came_of_it(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["consolidate", str(desk)]) == 0
    out, err = capsys.readouterr()
    assert "Consolidated on 12 pictures. Version 3 is in use." in out
    assert "Trained on CPU. It is a test." in out
    assert "Embedding every sample anew 12/12, 1 s left" in err


@pytest.mark.usefixtures("_comes_to_something")
def test_what_came_of_it_as_data(desk: Path, capsys: Capture) -> None:
    assert run(["consolidate", str(desk), "--json"]) == 0
    report = as_json(capsys)
    assert (report["accepted"], report["consolidated_on"], report["version"]) == (True, 12, 3)
    assert (report["backbone"]["name"], report["device"]) == ("tuned", "CPU")


def test_it_says_how_long_it_will_take(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def consolidate(project: Project, reason: str, tell: Listener) -> list[Increment]:
        tell_of_steps(tell)
        return []

    monkeypatch.setattr(Project, "consolidate", consolidate)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["consolidate", str(desk)]) == 0
    assert "Fine-tuning the backbone 2/300, 4 min left" in capsys.readouterr().err


def test_what_is_no_better_is_no_failure(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def consolidate(project: Project, reason: str, tell: Listener) -> list[Increment]:
        tell(BackboneKept("The backbone stays as it is", "It was no better on held-out recordings."))
        return []

    monkeypatch.setattr(Project, "consolidate", consolidate)
    assert run(["consolidate", str(desk)]) == 0
    assert "The backbone stays as it was: It was no better" in capsys.readouterr().out
    assert run(["consolidate", str(desk), "--json"]) == 0
    report = as_json(capsys)
    assert (report["accepted"], report["why"]) == (False, "It was no better on held-out recordings.")
    assert (report["backbone"]["sha256"], report["consolidated_on"]) == (embedded().info.sha256, 0)


def test_an_interrupted_one_is_gone_on_with(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def consolidate(project: Project, reason: str, tell: Listener) -> list[Increment]:
        tell_of_steps(tell)
        raise KeyboardInterrupt

    monkeypatch.setattr(Project, "consolidate", consolidate)
    assert run(["consolidate", str(desk), "--json"]) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert "What was done so far is kept." in told.err


def test_too_little_to_learn_from_is_the_input_s_fault(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def consolidate(project: Project, reason: str, tell: Listener) -> list[Increment]:
        raise ConsolidationFault("There is too little", "It has one recording.", "Record more.")

    monkeypatch.setattr(Project, "consolidate", consolidate)
    assert run(["consolidate", str(desk), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "It has one recording. Record more." in told.err
