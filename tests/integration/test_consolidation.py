# SPDX-License-Identifier: Apache-2.0
"""A real consolidation, in its real processes, that is killed again and again and comes to its end all the same."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from learner.backbones import embedded
from learner.buffer import Buffer
from learner.client import LearnerClient, RestartBudget
from learner.config import LearnerConfig
from learner.messages import (
    BackboneChanged,
    BackboneKept,
    Consolidated,
    ConsolidationStarted,
    Event,
    IncrementLearned,
    LearnerFailed,
    Predicted,
    Reembedded,
    Started,
)
from learner.types import Image, View
from tests.learner.fakes import picture

PATIENCE = 200.0
STEPS = 100


class Desk:
    """A project that has been taught three things in several recordings, and a client on it."""

    def __init__(self, path: Path) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.buffer = Buffer.open(path)
        for kind, name in enumerate(("mug", "key", "cup")):
            class_id = self.buffer.add_class(name).id
            for number in range(6):
                burst = self.buffer.start_burst("test").id
                self.buffer.add_samples((look(kind, 10 * number + n), class_id, burst) for n in range(4))
        config = LearnerConfig(device="cpu", consolidation_steps=STEPS, idle_seconds=0.5)
        self.client = LearnerClient(path, config, self.events.put, RestartBudget(limit=20))

    def wait(self, wanted: Callable[[Event], bool]) -> Event:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, LearnerFailed):
                pytest.fail(f"{event.title}: {event.message}")
            if wanted(event):
                return event

    def wait_for(self, *kinds: type[Event]) -> Event:
        return self.wait(lambda event: isinstance(event, kinds))

    def kill(self) -> None:
        pid = self.client.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        self.wait_for(Started)


def look(kind: int, number: int) -> Image:
    """Return a noisy look at a kind of thing, in which what tells it apart is small."""
    random = np.random.default_rng(1000 * kind + number)
    ground = picture(99, number).astype(float)
    ground[24:40, 24:40] = picture(kind)[24:40, 24:40]
    return np.clip(ground + random.normal(0, 12, ground.shape), 0, 255).astype(np.uint8)


def has_taken(steps: int, event: Event) -> bool:
    return isinstance(event, Consolidated) and event.step.number >= steps


def has_embedded(samples: float, event: Event) -> bool:
    return isinstance(event, Reembedded) and event.done >= samples


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.client.stop()
    desk.buffer.close()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_what_is_killed_five_times_is_done_once(desk: Desk) -> None:
    desk.client.start()
    desk.wait_for(IncrementLearned)
    desk.client.consolidate()
    for at in (30, 55, 80):
        desk.wait(partial(has_taken, at))
        desk.kill()
        again = desk.wait_for(ConsolidationStarted)
        assert isinstance(again, ConsolidationStarted)
        assert again.done >= at - at % 25, "it goes on at the last checkpoint or later"
    total = len(desk.buffer.members())
    for share in (0.3, 0.6):
        event = desk.wait(partial(has_embedded, share * total))
        assert isinstance(event, Reembedded)
        successor, before = event.backbone, event.done
        desk.kill()
        again = desk.wait_for(Reembedded)
        assert isinstance(again, Reembedded)
        assert again.done > before, "nothing is embedded twice"
    ended = desk.wait_for(BackboneChanged, BackboneKept)
    decided = next(one for one in reversed(desk.buffer.increments()) if one.reason == "asked")
    assert decided.accepted == isinstance(ended, BackboneChanged)
    assert desk.buffer.successor() is None
    assert desk.buffer.consolidation_reason() is None
    assert desk.buffer.integrity_check() == []
    champion = desk.buffer.champion()
    assert champion is not None
    if decided.accepted:
        assert champion.backbone_sha256 == successor.sha256
        backbone_id = desk.buffer.register_backbone(successor)
        rows = desk.buffer._rows(
            "SELECT sample_id, view, count(*) FROM embeddings WHERE backbone_id = ? GROUP BY 1, 2", (backbone_id,)
        )
        assert len(rows) == total * len(View)
        assert {count for _, _, count in rows} == {1}
    else:
        assert champion.backbone_sha256 == embedded().info.sha256
        assert decided.why


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_frames_are_answered_by_the_version_in_use_while_the_backbone_is_fine_tuned(desk: Desk) -> None:
    desk.client.start()
    desk.wait_for(IncrementLearned)
    desk.client.consolidate()
    desk.wait(lambda event: isinstance(event, Consolidated) and event.step.number >= 5)
    number = desk.client.predict(look(0, 1000))
    answer = desk.wait(lambda event: isinstance(event, Predicted) and event.number == number)
    assert isinstance(answer, Predicted)
    assert answer.prediction.version_id == desk.buffer.champion_id()
    desk.client.keep_backbone()
    desk.wait_for(BackboneKept)
    assert desk.buffer.consolidation_reason() is None
    number = desk.client.predict(look(0, 1001))
    assert desk.wait(lambda event: isinstance(event, Predicted) and event.number == number)
