# SPDX-License-Identifier: Apache-2.0
"""What consolidation gives, what it takes, and what the live picture has of it.

A project file is taught a set's training pictures through the library, in recordings, and sleeps; then its backbone is
consolidated. All answers come from the project itself: before and after, to test pictures that it has never seen. Near
unknown is measured in a project of its own, to which a tenth of the classes were never taught: how well test pictures
of those are told from the others by their novelty.

The live picture is a frame thirty times a second, answered in the process that started the consolidation by the version
in use, as the learner does it. Its clock runs from the frame to the answer, while the other process trains; without it,
it is timed twice, before and after.
"""

from __future__ import annotations

import itertools
import math
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np

from benchmarks import image_sets, stream
from benchmarks.goals import Figure
from benchmarks.image_sets import ImageSet
from benchmarks.row import ONE_THREAD, Source, alone, material
from benchmarks.stream import Labels
from benchmarks.taught import Taught, config
from learner import LearnerConfig, open_project
from learner.buffer.codec import decode
from learner.errors import ConsolidationFault
from learner.evaluation import area_under_curve
from learner.messages import Consolidated, ConsolidationStarted, Event
from learner.project import Project
from learner.types import Image

ON = "sign_digits_10", "grocery_store_81"
"""The sets that projects are taught."""

_MEASURED_ON = "mobilenet_v2_035_224"
"""The backbone that the goals for accuracy were set with."""
_LEAST = {"sign_digits_10": 0.98, "grocery_store_81": 0.76}
_MOST_MINUTES = 10.0

_RATE = 30.0
"""Frames a second."""
_FRAMES = 60
"""Test pictures that the live picture shows, over and over."""
_QUIET_SECONDS = 15.0
_LEFT_OUT = 0.1
"""Of the classes, where the unknown is measured; drawn, always alike."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a project says to test pictures: the share it has right, and how well it tells what it was never taught.

    `near` is the area under the ROC curve of novelty; not a number where everything was taught.
    """

    right: float
    near: float


@dataclass(frozen=True, slots=True)
class Course:
    """What came of one consolidation.

    `quiet` and `busy` are the seconds of single answers without it and beside it, `steps` the training steps it took.
    `why` says why it was not accepted.
    """

    before: Answers
    after: Answers
    seconds: float
    steps: int
    accepted: bool
    why: str
    quiet: tuple[float, ...]
    busy: tuple[float, ...]


def course(source: Source, most_steps: int | None = None, *, near: bool = False) -> Course:
    """Return what comes of a consolidation on a set.

    Args:
        source: the set and the backbone.
        most_steps: `train_on_batch` calls, at most; None for as many as a project takes.
        near: leave out classes, to measure the unknown with.
    """
    what = "consolidating without a tenth of the classes" if near else "consolidating"
    print(f"{source.images.stem}, {source.backbone.info.name}: {what}", file=sys.stderr, flush=True)
    settings = config(source)
    if most_steps is not None:
        settings = replace(settings, consolidation_steps=most_steps)
    return alone(_run, source, settings, near)


def figures(images: str, backbone: str, course: Course) -> Iterator[Figure]:
    """Yield what consolidation is to give, and how long it may take."""
    if backbone == _MEASURED_ON:
        right, least = course.after.right, _LEAST.get(images)
        yield Figure(f"{images}, {backbone}: accuracy", right, "%", least, at_least=True)
    yield Figure(f"{images}, {backbone}: time", course.seconds / 60, "min", _MOST_MINUTES)


class Live:
    """A live picture in a thread of its own, with a hold of the project file of its own; use it with `with`.

    Args:
        project: the file.
        frames: to be shown one after another, from the first again after the last.
    """

    def __init__(self, project: Path, frames: Sequence[Image]) -> None:
        self._project = project
        self._frames = itertools.cycle(frames)
        self._seconds: list[float] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live picture")
        self.steps = 0
        self.quiet: list[float] = []
        self.busy: list[float] = []

    def __enter__(self) -> Live:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def time_alone(self) -> None:
        """Time the answers for a while, in which nothing else happens."""
        self._seconds = self.quiet
        time.sleep(_QUIET_SECONDS)
        self._seconds = None

    def on_event(self, event: Event) -> None:
        """Time the answers as long as the other process trains."""
        self.steps += isinstance(event, Consolidated)
        self._seconds = self.busy if isinstance(event, ConsolidationStarted | Consolidated) else None

    def _run(self) -> None:
        with open_project(self._project, create=False) as project:
            while not self._stopping.wait(1 / _RATE):
                began = time.perf_counter()
                # Not `predict`, which reads the names of the classes anew each time: a live picture does not.
                project._predict(next(self._frames))
                if self._seconds is not None:
                    self._seconds.append(time.perf_counter() - began)


def _run(source: Source, settings: LearnerConfig, near: bool) -> Course:
    for name in ONE_THREAD:
        os.environ.pop(name, None)  # what trains takes the cores that it would take in the app
    images = image_sets.read(source.images)
    left_out = _left_out(images.classes) if near else np.empty(0, np.int64)
    with (
        tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as folder,
        Taught(Path(folder) / "consolidated.showtell", settings, hurried=True) as taught,
    ):
        _teach(taught, source, images, left_out)
        taught.hurry(False)
        taught.project.sleep()
        before = _answers(taught.project, images, left_out)
        frames = [_picture(images, row) for row in images.test[:: len(images.test) // _FRAMES]]
        with Live(taught.project.buffer.path, frames) as live:
            live.time_alone()
            began = time.perf_counter()
            accepted, why = _consolidate(taught.project, live)
            seconds = time.perf_counter() - began
            live.time_alone()
        after = _answers(taught.project, images, left_out)
    return Course(before, after, seconds, live.steps, accepted, why, tuple(live.quiet), tuple(live.busy))


def _consolidate(project: Project, live: Live) -> tuple[bool, str]:
    """Return whether what came of it was accepted, and why not."""
    try:
        increments = project.consolidate(on_event=live.on_event)
    except ConsolidationFault as fault:
        return False, fault.happened
    return bool(increments) and increments[-1].accepted, increments[-1].why if increments else "There is no increment."


def _teach(taught: Taught, source: Source, images: ImageSet, left_out: Labels) -> None:
    raw = np.load(source.embeddings, mmap_mode="r")
    for burst in stream.cut(material(source, images, raw=True), seed=0):
        if burst.y[0] not in left_out:
            taught.record(str(burst.y[0]), (images.stored(int(row)) for row in burst.rows), raw[burst.rows])
    taught.look_again()


def _answers(project: Project, images: ImageSet, left_out: Labels) -> Answers:
    told = list(project.predict_many(_picture(images, row) for row in images.test))
    truth = images.labels[images.test]
    is_known = ~np.isin(truth, left_out)
    right = np.array([prediction.label == str(label) for prediction, label in zip(told, truth, strict=True)])
    novelty = np.array([prediction.novelty for prediction in told])
    near = area_under_curve(novelty[is_known], novelty[~is_known]) if len(left_out) else math.nan
    return Answers(float(right[is_known].mean()), near)


def _picture(images: ImageSet, row: int) -> Image:
    """Return a test picture as a camera would show it."""
    return decode(images.stored(int(row)).jpeg)


def _left_out(classes: int) -> Labels:
    return np.random.default_rng(0).choice(classes, max(1, round(classes * _LEFT_OUT)), replace=False)
