# SPDX-License-Identifier: Apache-2.0
"""The library, as the README shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner import LearnerConfig, Project, open_project
from learner.errors import ImageFault, LabelFault, NothingLearned, ProjectMissing
from learner.messages import Embedded, Event, IncrementLearned, Stepped
from learner.types import Role
from tests.learner.fakes import NumPyHead, picture


@pytest.fixture(autouse=True)
def head(monkeypatch: pytest.MonkeyPatch) -> NumPyHead:
    """Train in NumPy, so that nobody waits for TensorFlow here."""
    head = NumPyHead()
    monkeypatch.setattr("learner.project.load_model", lambda config, size: head)
    return head


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "desk.showtell") as project:
        yield project


def teach(project: Project, *names: str, count: int = 5) -> None:
    for name in names:
        for number in range(count):
            project.add(picture(ord(name[0]), number), name)
        project.learn()


def test_add_learn_predict(project: Project) -> None:
    teach(project, "mug", "key")
    answer = project.predict(picture(ord("k"), 99))
    assert answer.label == "key"
    assert answer.confidence == answer.probabilities["key"] > 0.5
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert [(info.name, info.count) for info in project.classes()] == [("mug", 5), ("key", 5)]


def test_pictures_of_any_shape_are_taken(project: Project) -> None:
    teach(project, "mug", "key")
    wide = np.zeros((64, 128, 3), np.uint8)
    wide[:, 32:96] = picture(ord("k"), 99)
    assert project.predict(wide).label == "key"
    with pytest.raises(ImageFault):
        project.add(np.zeros((8, 8), np.uint8), "mug")


def test_what_is_added_between_two_learnings_is_one_burst(project: Project) -> None:
    teach(project, "mug", "key")
    assert len({sample.burst_id for sample in project.buffer.samples()}) == 2


def test_learn_tells_what_it_does_and_does_nothing_twice(project: Project, head: NumPyHead) -> None:
    project.add(picture(1), "mug")
    project.add(picture(2), "key")
    events: list[Event] = []
    (increment,) = project.learn("a reason", events.append)
    assert (increment.reason, increment.new_samples, increment.accepted) == ("a reason", 2, True)
    assert {type(event) for event in events} >= {Embedded, Stepped, IncrementLearned}
    assert increment.steps == head.calls == LearnerConfig().steps
    assert project.learn() == []
    assert project.version_id == increment.version_id


def test_a_listener_that_fails_ends_the_increment_and_the_version_stays(project: Project) -> None:
    teach(project, "mug", "key")
    version = project.version_id
    project.add(picture(3), "pen")

    def fail(event: Event) -> None:
        if isinstance(event, Stepped):
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        project.learn(on_event=fail)
    assert project.version_id == version
    assert project.predict(picture(ord("m"), 9)).label == "mug"
    assert len(project.learn()) == 1


def test_embeddings_are_of_all_samples_in_their_order(project: Project) -> None:
    assert project.embeddings()[0].shape == (0, project.backbone.embedding_size)
    for number, name in enumerate(("mug", "key", "mug")):
        project.add(picture(number), name)
    x, labels = project.embeddings()
    assert x.shape == (3, project.backbone.embedding_size)
    assert x.dtype == np.float32
    assert np.allclose(np.linalg.norm(x, axis=1), 1, atol=1e-3)
    assert labels == ["mug", "key", "mug"]


def test_it_is_all_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    with open_project(path) as project:
        teach(project, "mug", "key")
    with open_project(path, create=False) as project:
        assert project.predict(picture(ord("m"), 99)).label == "mug"


def test_what_cannot_be_done_is_said(project: Project, tmp_path: Path) -> None:
    with pytest.raises(NothingLearned):
        project.predict(picture(1))
    with pytest.raises(LabelFault):
        project.add(picture(1), "  ")
    with pytest.raises(ProjectMissing):
        open_project(tmp_path / "nowhere.showtell", create=False)


def test_embeddings_are_of_what_was_brought_back_and_held_out_too(project: Project) -> None:
    teach(project, "mug", "key")
    (first, *_) = project.buffer.samples()
    project.buffer.delete([first.id])
    project.add(picture(7), "key")
    project.learn()
    project.buffer.undelete([first.id])
    burst = project.buffer.start_burst("test", Role.HOLDOUT)
    project.buffer.add_sample(picture(8), first.class_id, burst.id)
    assert len(project.embeddings()[1]) == 12


def test_a_damaged_picture_is_left_out_of_the_embeddings(project: Project) -> None:
    damaged = project.add(picture(1), "mug")
    project.add(picture(2), "key")
    with project.buffer._writing() as db:
        db.execute("UPDATE samples SET image = x'00' WHERE id = ?", (damaged.id,))
    assert project.embeddings()[1] == ["key"]
