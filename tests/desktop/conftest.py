# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.session import Session
from desktop.settings import Settings
from desktop.views.notices import Notices
from desktop.views.teach.room import TeachRoom
from learner.buffer import Buffer
from learner.camera import Frame
from learner.config import LearnerConfig
from learner.messages import Event
from learner.types import Image, Increment, IncrementKind


class FakeLearner:
    """A learner that writes down what it was asked and says what it is told to."""

    def __init__(self, project: Path, config: LearnerConfig, on_event: Callable[[Event], None]) -> None:
        self.project = project
        self.config = config
        self.say = on_event
        self.calls: list[str] = []
        self.frames = 0
        self.questions = 0

    def start(self) -> None:
        self.calls.append("start")

    def stop(self, timeout: float = 5.0) -> None:
        self.calls.append("stop")

    def predict(self, image: Image) -> int:
        self.frames += 1
        return self.frames

    def answer(self, image: Image) -> int:
        return self._asked("answer")

    def refresh(self) -> None:
        self.calls.append("refresh")

    def learn(self, reason: str = "new labels") -> None:
        self.calls.append(f"learn: {reason}")

    def sleep(self, reason: str) -> None:
        self.calls.append(f"sleep: {reason}")

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def cancel(self) -> None:
        self.calls.append("cancel")

    def restore(self, version_id: int) -> None:
        self.calls.append(f"restore {version_id}")

    def consolidate(self, reason: str = "asked") -> None:
        self.calls.append(f"consolidate: {reason}")

    def use_backbone(self, source: str) -> None:
        self.calls.append(f"use backbone {source}")

    def keep_backbone(self) -> None:
        self.calls.append("keep backbone")

    def allow_consolidation(self, allowed: bool) -> None:
        self.calls.append(f"allow consolidation: {allowed}")

    def judge(self) -> int:
        return self._asked("judge")

    def explain(self, sample_id: int) -> int:
        return self._asked(f"explain {sample_id}")

    def draw(self, *, finely: bool = False) -> int:
        return self._asked("draw finely" if finely else "draw")

    def highlight(self, image: Image) -> int | None:
        return self._asked("highlight")

    def _asked(self, what: str) -> int:
        self.calls.append(what)
        self.questions += 1
        return self.questions


def increment(
    kind: IncrementKind = IncrementKind.WAKE,
    *,
    accepted: bool = True,
    why: str = "",
    evaluation: dict[str, Any] | None = None,
) -> Increment:
    """An increment of which only this matters."""
    return Increment(
        id=1,
        reason="test",
        started_at=datetime(2024, 5, 1, tzinfo=UTC),
        new_samples=0,
        total_samples=2,
        steps=1,
        seconds=1.0,
        loss=0.1,
        accuracy=1.0,
        accepted=accepted,
        why=why,
        version_id=1 if accepted else None,
        kind=kind,
        evaluation=evaluation or {},
    )


class Desk:
    """The app on a project of its own, without camera and learner process, and hands to use it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.path = folder / "desk.showtell"
        self.learners: list[FakeLearner] = []
        self.app = App(Settings(folder / "settings.ini"), learner=self._make_learner)
        self.app.sounds.on = False
        self._number = 0
        qtbot.addWidget(self.app.window)
        self.app.window.show()
        self.open(self.path)

    def _make_learner(self, *arguments: object) -> FakeLearner:
        self.learners.append(FakeLearner(*arguments))  # type: ignore[arg-type]
        return self.learners[-1]

    def open(self, path: Path) -> None:
        with self.qtbot.waitSignal(self.app.open_project(path).opened):
            pass

    @property
    def learner(self) -> FakeLearner:
        return self.learners[-1]

    @property
    def session(self) -> Session:
        assert self.app.session
        return self.app.session

    @property
    def teach(self) -> TeachRoom:
        assert self.app.window.teach
        return self.app.window.teach

    @property
    def notices(self) -> Notices:
        return self.app.window.notices

    def show(self, shade: int = 128) -> None:
        """Let the camera see one more frame."""
        self._number += 1
        noise = np.random.default_rng(self._number).integers(0, 20, (48, 64, 3))
        # It is of now whenever somebody looks.
        self.app._show_frame(Frame((noise + shade).astype(np.uint8), self._number, math.inf))

    def name(self, name: str) -> None:
        with self.qtbot.waitSignal(self.session.model.changed):
            self.teach.classes.named.emit(name)

    def counts(self) -> dict[str, int]:
        """What the file says, seen from another connection."""
        with Buffer.open(self.path, read_only=True) as buffer:
            return {info.name: info.count for info in buffer.classes()}

    def until(self, check: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(check, timeout=10_000)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    monkeypatch.setattr("learner.scrubbing._concealed", set())  # names that only this project has
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.app.stop()
