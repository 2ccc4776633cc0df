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
from learner.types import IncrementKind, Role
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
    assert 0 < increment.steps == head.calls <= LearnerConfig().steps
    assert project.learn() == []
    assert project.version_id == increment.version_id


def test_sleep_goes_over_everything_once(project: Project, head: NumPyHead) -> None:
    assert project.sleep() == []
    teach(project, "mug", "key")
    calls = head.calls
    (increment,) = project.sleep("a reason")
    assert (increment.reason, increment.kind, increment.new_samples) == ("a reason", IncrementKind.SLEEP, 0)
    assert increment.total_samples == 10
    assert head.calls - calls == LearnerConfig().sleep_steps == increment.steps
    assert project.version_id == increment.version_id
    assert project.sleep() == []
    assert [one.kind for one in project.increments()] == ["wake", "wake", "sleep"]


def test_versions_are_restored_and_pinned(project: Project) -> None:
    teach(project, "mug", "key")
    first, second = project.versions()
    project.restore(first.id)
    assert project.version_id == first.id
    assert project.learn() == project.sleep() == [], "whoever goes back wants to stay there"
    project.pin(second.id)
    project.pin(first.id)
    project.pin(first.id, False)
    assert [version.pinned for version in project.versions()] == [False, True]
    for act in (project.restore, project.pin):
        with pytest.raises(LabelFault):
            act(99)


def test_what_was_forgotten_answers_no_longer(project: Project) -> None:
    teach(project, "mug", "key")
    knowing = project.version_id
    assert knowing is not None
    project.pin(knowing)
    project.buffer.delete([project.buffer.samples()[0].id])
    (rebuilt,) = project.sleep()
    project.restore(knowing)
    assert project.forget().samples == 1
    assert project.version_id == project.buffer.champion_id() == rebuilt.version_id
    assert project.predict(picture(ord("m"), 99)).version_id == rebuilt.version_id


def test_forgetting_unlearns_first(project: Project) -> None:
    teach(project, "mug", "key", "pen")
    (pen,) = [info for info in project.classes() if info.name == "pen"]
    project.buffer.archive_class(pen.id)
    erased = project.forget()
    assert erased.samples == 5
    assert project.increments()[-1].kind is IncrementKind.SLEEP
    assert [len(version.class_ids) for version in project.versions()] == [1, 2, 2], "two had never known it"
    assert "pen" not in project.predict(picture(ord("p"), 99)).probabilities
    assert project.forget().samples == 0


def test_what_to_label_next_and_what_to_label_otherwise(project: Project) -> None:
    for number in range(3):
        teach(project, "mug", "key", count=3 + number)
    assert project.suspected_mislabels() == []
    wrong = project.add(picture(ord("k"), 50), "mug")
    (suspicion,) = project.suspected_mislabels()
    names = {info.id: info.name for info in project.classes()}
    assert (suspicion.sample_id, names[suspicion.suggested_class_id]) == (wrong.id, "key")
    burst = project.buffer.start_burst("test")
    waiting = [project.buffer.add_sample(picture(kind), None, burst.id).id for kind in (ord("m"), 3, 4)]
    ranked = [sample.id for sample in project.next_to_label()]
    assert set(ranked) == set(waiting)
    assert ranked[-1] == waiting[0], "what it knows well teaches least"
    assert len(project.next_to_label(2)) == 2


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
