# SPDX-License-Identifier: Apache-2.0
"""What this machine has for Showtell, and whether the parts work: the first thing to ask for when one does not."""

from __future__ import annotations

import multiprocessing
import os
import platform
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from multiprocessing.connection import Connection

import numpy as np

from learner.backbones import embedded
from learner.camera import CameraInfo, list_cameras
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.errors import BackboneFault, ShowtellError
from learner.files import data_folder
from learner.loading import load_model
from learner.threads import threads_for
from learner.types import BackboneInfo, Device, HeadWeights

_PATIENCE = 180.0
"""Seconds to wait for TensorFlow: its first import from a slow disk takes long."""


_GPU = "GPU"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried. `ok` is False only when Showtell cannot work without it."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Versions, devices, cameras and checks. A version is None where the package is missing."""

    python: str
    platform: str
    tensorflow: str | None
    keras: str | None
    qt: str | None
    devices: tuple[Device, ...]
    cameras: tuple[CameraInfo, ...]
    backbone: BackboneInfo | None
    checks: tuple[Check, ...]

    @property
    def is_healthy(self) -> bool:
        """Whether everything essential works."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of trying one thing."""

    ok: bool
    detail: str
    device: Device | None = None


def diagnose(on_check: Callable[[str], None] | None = None) -> Diagnosis:
    """Look at this machine; nothing is left behind on it. This takes seconds, TensorFlow being tried for real.

    Args:
        on_check: called with the name of each check as it begins.
    """

    cameras = tuple(list_cameras())
    checks: list[Check] = []
    device: Device | None = None
    attempts: dict[str, Callable[[], _Outcome]] = {
        "SQLite": _sqlite,
        "data folder": _data_folder,
        "screen": lambda: _screen(sys.platform, os.environ),
        "cameras": lambda: _cameras(cameras),
        "prediction": lambda: _in_a_process(_predict),
        "training": lambda: _in_a_process(_train),
    }
    for name, attempt in attempts.items():
        if on_check:
            on_check(name)
        outcome = attempt()
        device = outcome.device or device
        checks.append(Check(name, outcome.ok, outcome.detail))
    if device and device.spare_gpu:
        if on_check:
            on_check(_GPU)
        checks.append(Check(_GPU, True, _in_a_process(_try_gpu).detail))
    return Diagnosis(
        python=platform.python_version(),
        platform=platform.platform(),
        tensorflow=_version("tensorflow"),
        keras=_version("keras"),
        qt=_version("pyside6-essentials"),
        devices=(device,) if device else (),
        cameras=cameras,
        backbone=_backbone(),
        checks=tuple(checks),
    )


def _backbone() -> BackboneInfo | None:
    try:
        return embedded().info
    except BackboneFault:
        return None  # the check of prediction says why


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _sqlite() -> _Outcome:
    # Every Python 3.11 that we met has this one at least; older ones were never tried.
    return _Outcome(sqlite3.sqlite_version_info >= (3, 37), f"It is {sqlite3.sqlite_version}; 3.37 is needed.")


def _data_folder() -> _Outcome:
    folder = data_folder()
    # The folder itself need not be there before its first use: the nearest one that is there decides.
    present = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=present):
            return _Outcome(True, f"{folder} can be written to.")
    except OSError as error:
        return _Outcome(False, f"{folder} cannot be written to ({error.strerror}).")


def _screen(system: str, environment: Mapping[str, str]) -> _Outcome:
    """Tell whether a window can be expected to open, without loading Qt; a machine without a screen is a normal one."""
    if system != "linux":
        return _Outcome(True, "This system has one.")
    for variable in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        if environment.get(variable):
            return _Outcome(True, f"{variable} is {environment[variable]}.")
    return _Outcome(True, "There is none here; `showtell demo` and the other verbs work in the terminal.")


def _cameras(cameras: tuple[CameraInfo, ...]) -> _Outcome:
    if not cameras:
        return _Outcome(True, "None was found; `showtell --camera demo` works without one.")
    return _Outcome(True, ", ".join(f"{camera.index}: {camera.name}" for camera in cameras))


def _in_a_process(attempt: Callable[[], _Outcome]) -> _Outcome:
    """Try something in a process of its own: a library built for another processor kills the one it is loaded in."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(theirs, attempt), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(_PATIENCE):
            return _Outcome(False, f"It did not end within {_PATIENCE:.0f} s.")
        outcome: _Outcome = ours.recv()
    except EOFError:
        child.join()
        return _Outcome(False, f"The process that tried it died (exit code {child.exitcode}).")
    finally:
        child.kill()
        child.join()
        ours.close()
    return outcome


def _answer(connection: Connection, attempt: Callable[[], _Outcome]) -> None:
    # Ctrl+C in a terminal reaches every process of the group; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        outcome = attempt()
    except ShowtellError as error:
        outcome = _Outcome(False, error.message)
    except Exception as error:  # whatever a library met is what the reader needs to know
        outcome = _Outcome(False, f"{type(error).__name__}: {error}")
    connection.send(outcome)


def _predict() -> _Outcome:
    files = embedded()
    size = files.info.input_size
    picture = np.random.default_rng(0).integers(0, 256, (size, size, 3), np.uint8)
    threads = threads_for(files.model, files.info, kept=False)
    embedder = LiteRTEmbedder(files.model, files.info, threads)
    if not np.isfinite(embedder.embed(picture)).all():
        raise BackboneFault("The backbone does not work", "Its embedding is not finite.", "Install Showtell again.")
    taken = []
    for _ in range(20):
        began = time.perf_counter()
        embedder.embed(picture)
        taken.append((time.perf_counter() - began) * 1000)
    on = "one thread" if threads == 1 else f"{threads} threads"
    return _Outcome(True, f"LiteRT embeds a picture in {statistics.median(taken):.1f} ms on {on} (median of 20).")


def _train() -> _Outcome:
    size, classes = embedded().info.embedding_size, 3
    config = LearnerConfig()
    model = load_model(config, size)
    random = np.random.default_rng(0)
    x = random.normal(size=(config.batch_size, size)).astype(np.float32)
    y = np.arange(config.batch_size) % classes
    kernel = np.zeros((size, classes), np.float32)
    model.start(HeadWeights(kernel, np.zeros(classes, np.float32), tuple(range(classes))))
    model.train_on_batch(x, y, config.learning_rate)
    began = time.perf_counter()
    loss, _ = model.train_on_batch(x, y, config.learning_rate)
    milliseconds = (time.perf_counter() - began) * 1000
    return _Outcome(True, f"TensorFlow trains a batch in {milliseconds:.1f} ms (loss {loss:.2f}).", model.device)


def _try_gpu() -> _Outcome:
    from learner.nn import device

    chosen = device.choose("auto")
    if chosen.kind == "GPU":
        return _Outcome(True, f"{chosen.name} works, and consolidation runs on it.")
    return _Outcome(True, chosen.reason)  # a machine whose GPU does not work is as good as one without
