# SPDX-License-Identifier: Apache-2.0
"""The learner's questions in the real process, with the embedded backbone, over the rendered desk."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.backbones import embedded
from learner.buffer import Buffer
from learner.camera import DemoScene
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine
from learner.messages import (
    ClosedFormServed,
    CommandFailed,
    Drawn,
    Event,
    Explained,
    Highlighted,
    IncrementLearned,
    Judged,
    LearnerFailed,
    Predicted,
    Started,
)
from learner.preprocessing import model_input
from learner.types import Image
from tests.learner.fakes import NumPyHead

THINGS = ("mug", "scissors", "duck", "key")
PATIENCE = 90.0


def show(name: str | None, seed: int, count: int) -> list[Image]:
    scene = DemoScene(seed)
    scene.show(name)
    return [scene.render(0.9 * number) for number in range(count)]


class Asked:
    """A learner process on a project that has been taught some things, and one picture of a duck called a mug."""

    def __init__(self, path: Path) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.buffer = Buffer.open(path)
        classes = {name: self.buffer.add_class(name).id for name in THINGS}
        for seed in range(3):
            for name in THINGS:
                burst_id = self.buffer.start_burst("test").id
                self.buffer.add_samples([(image, classes[name], burst_id) for image in show(name, seed, 5)])
        burst_id = self.buffer.start_burst("test").id
        self.wrong = self.buffer.add_sample(show("duck", 7, 1)[0], classes["mug"], burst_id).id
        self.classes = classes
        files = embedded()
        engine = Engine(self.buffer, LiteRTEmbedder(files.model, files.info), LearnerConfig(), NumPyHead)
        assert isinstance(list(engine.learn("test"))[-1], IncrementLearned)
        self.client = LearnerClient(path, LearnerConfig(idle_seconds=1e6), self.events.put)
        self.client.start()
        self.wait_for(Started)

    def wait_for(self, *kinds: type[Event]) -> Event:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, LearnerFailed | CommandFailed):
                pytest.fail(f"{event.title}: {event.message}")
            if isinstance(event, kinds):
                return event

    def close(self) -> None:
        self.client.stop()
        self.buffer.close()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    asked = Asked(tmp_path_factory.mktemp("desk") / "desk.showtell")
    yield asked
    asked.close()


def test_what_it_says_of_every_sample(asked: Asked) -> None:
    number = asked.client.judge()
    event = asked.wait_for(Judged)
    assert isinstance(event, Judged)
    assert event.number == number
    judgement, members = event.judgement, asked.buffer.members()
    assert judgement.version_id == asked.buffer.champion_id()
    assert judgement.sample_ids.tolist() == [member.sample_id for member in members]
    is_right = judgement.answers == [member.class_id for member in members]
    assert is_right.mean() > 0.9
    assert (judgement.measured >= 0).any()
    row = judgement.sample_ids.tolist().index(asked.wrong)
    assert judgement.suggested[row] == asked.classes["duck"]
    assert judgement.disagreement[row] == judgement.disagreement.max()


def test_why_a_sample_is_answered_so(asked: Asked) -> None:
    number = asked.client.explain(asked.wrong)
    event = asked.wait_for(Explained)
    assert isinstance(event, Explained)
    assert event.number == number
    assert event.explanation is not None
    assert event.explanation.prediction.label in THINGS
    near = [neighbour.class_id for neighbour in event.explanation.neighbours]
    assert near.count(asked.classes["duck"]) > len(near) / 2


def test_a_map_on_which_things_lie_apart(asked: Asked) -> None:
    number = asked.client.draw()
    event = asked.wait_for(Drawn)
    assert isinstance(event, Drawn)
    assert (event.number, event.chart.method) == (number, "PCA")
    assert len(event.chart.sample_ids) == len(asked.buffer.members())
    assert np.isfinite(event.chart.places).all()
    assert event.chart.places.std(axis=0).min() > 0


def test_where_it_looks(asked: Asked) -> None:
    (frame,) = show("scissors", 5, 1)
    number = asked.client.highlight(frame)
    event = asked.wait_for(Highlighted)
    assert isinstance(event, Highlighted)
    assert event.number == number
    assert event.heat is not None
    assert event.heat.class_id == asked.classes["scissors"]
    image, bare = (model_input(one, len(event.heat.values)).astype(int) for one in (frame, show(None, 5, 1)[0]))
    is_thing = np.abs(image - bare).max(axis=2) > 20
    assert event.heat.values[is_thing].mean() > 2 * event.heat.values[~is_thing].mean()


def test_what_waits_to_be_learned_holds_up_no_question(asked: Asked) -> None:
    asked.client.pause()
    ball = asked.buffer.add_class("ball").id
    burst_id = asked.buffer.start_burst("test").id
    asked.buffer.add_samples([(image, ball, burst_id) for image in show("ball", 1, 4)])
    asked.client.learn()
    asked.wait_for(ClosedFormServed)
    questions = {
        Judged: asked.client.judge(),
        Explained: asked.client.explain(asked.wrong),
        Drawn: asked.client.draw(),
        Highlighted: asked.client.highlight(show("ball", 5, 1)[0]),
        Predicted: asked.client.predict(show("ball", 5, 1)[0]),
    }
    answers = {type(event): event for event in (asked.wait_for(*questions) for _ in questions)}
    assert {kind: event.number for kind, event in answers.items()} == questions  # type: ignore[union-attr]
    judged = answers[Judged]
    assert isinstance(judged, Judged)
    assert judged.judgement.version_id is None, "the closed form answers"
    assert len(judged.judgement.sample_ids) == len(asked.buffer.members())
    assert (judged.judgement.answers[-4:] == ball).all()
