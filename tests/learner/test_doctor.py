# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from typing import NoReturn

import pytest

from learner import doctor
from learner.camera import CameraInfo
from learner.errors import BackboneFault
from learner.types import Device


def die() -> NoReturn:
    os._exit(7)


def complain() -> NoReturn:
    raise BackboneFault("The backbone does not load", "It is broken.", "Install Showtell again.")


def stumble() -> NoReturn:
    raise ImportError("no such library")


in_a_process = doctor._in_a_process
predict = doctor._predict
OWN_PROCESS = (die, complain, stumble)


def well() -> doctor._Outcome:
    return doctor._Outcome(True, "It works.")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_predict", well)
    monkeypatch.setattr(doctor, "_train", well)
    monkeypatch.setattr(doctor, "list_cameras", list)
    # Only training is tried in a process of its own here: each one takes a second to start.
    monkeypatch.setattr(
        doctor, "_in_a_process", lambda attempt: in_a_process(attempt) if attempt in OWN_PROCESS else attempt()
    )


def check(diagnosis: doctor.Diagnosis, name: str) -> doctor.Check:
    return next(check for check in diagnosis.checks if check.name == name)


def test_a_machine_without_camera_gpu_and_screen_is_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    tried: list[str] = []
    diagnosis = doctor.diagnose(tried.append)
    assert diagnosis.is_healthy
    assert diagnosis.cameras == ()
    assert diagnosis.backbone is not None
    assert tried == [check.name for check in diagnosis.checks]


def test_cameras_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "list_cameras", lambda: [CameraInfo(0, "Front"), CameraInfo(2, "Back")])
    diagnosis = doctor.diagnose()
    assert check(diagnosis, "cameras").detail == "0: Front, 2: Back"


@pytest.mark.parametrize(
    ("attempt", "told"), [(die, "exit code 7"), (complain, "It is broken."), (stumble, "ImportError: no such library")]
)
def test_what_is_essential_and_does_not_work(attempt: object, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_train", attempt)
    diagnosis = doctor.diagnose()
    assert not diagnosis.is_healthy
    assert [check.name for check in diagnosis.checks if not check.ok] == ["training"]
    assert told in check(diagnosis, "training").detail


def test_a_library_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_PATIENCE", 0.0)
    monkeypatch.setattr(doctor, "_train", die)
    diagnosis = doctor.diagnose()
    assert "did not end" in check(diagnosis, "training").detail


@pytest.mark.parametrize(
    ("system", "environment", "told"),
    [
        ("linux", {"DISPLAY": ":1"}, "DISPLAY is :1."),
        ("linux", {"DISPLAY": ""}, "showtell demo"),
        ("linux", {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":1"}, "QT_QPA_PLATFORM is offscreen."),
        ("win32", {}, "This system has one."),
    ],
)
def test_the_screen(system: str, environment: dict[str, str], told: str) -> None:
    outcome = doctor._screen(system, environment)
    assert outcome.ok
    assert told in outcome.detail


@pytest.mark.parametrize(("threads", "told"), [(1, "on one thread"), (2, "on 2 threads")])
def test_prediction_says_how_many_threads_it_has(monkeypatch: pytest.MonkeyPatch, threads: int, told: str) -> None:
    monkeypatch.setattr(doctor, "threads_for", lambda *_, **__: threads)
    outcome = predict()
    assert outcome.ok
    assert told in outcome.detail


def test_a_gpu_is_tried_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = Device("CPU", "CPU", "The head is small.", spare_gpu="Fake 3000")
    monkeypatch.setattr(doctor, "_train", lambda: doctor._Outcome(True, "It trains.", cpu))
    monkeypatch.setattr(doctor, "_try_gpu", lambda: doctor._Outcome(True, "Fake 3000 ran out of memory."))
    tried: list[str] = []
    diagnosis = doctor.diagnose(tried.append)
    assert diagnosis.is_healthy, "it can do without"
    assert check(diagnosis, "GPU").detail == "Fake 3000 ran out of memory."
    assert tried == [check.name for check in diagnosis.checks]
