# SPDX-License-Identifier: Apache-2.0
"""The library, as the README shows it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from learner import LearnerConfig, Project, backbones, open_project
from learner.backbones import BackboneFiles
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.errors import (
    BackboneFault,
    ConsolidationFault,
    ImageFault,
    LabelFault,
    NothingLearned,
    OpenElsewhere,
    ProjectMissing,
    UsageFault,
)
from learner.messages import (
    BackboneKept,
    CommandFailed,
    Consolidated,
    Embedded,
    Event,
    IncrementLearned,
    Reembedded,
    Stepped,
)
from learner.types import IncrementKind, Role, Step
from tests.learner.desk import CONFIG, look, recordings
from tests.learner.fakes import INFO, FakeEmbedder, NumPyHead, picture

OTHER = replace(INFO, name="other", sha256="b" * 64, input_size=32)
BLIND = replace(INFO, name="blind", sha256="c" * 64)


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


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the backbones on a machine: besides the embedded one, another one and a blind one."""
    folder = tmp_path / "backbones"
    monkeypatch.setattr("learner.backbones.cache_folder", lambda: folder)
    monkeypatch.setattr("learner.backbones.embedded", lambda: BackboneFiles(INFO, b"model"))
    monkeypatch.setattr(
        "learner.project.embedder_of", lambda files: FakeEmbedder(files.info, blind=files.info == BLIND)
    )
    for info in (OTHER, BLIND):
        file = tmp_path / f"{info.name}.keras"
        file.write_bytes(info.name.encode())
        source = hashlib.sha256(info.name.encode()).hexdigest()
        backbones.save(folder, info.name, b"model", info, b"weights", [source])
    return folder


@pytest.fixture
def lived(tmp_path: Path, machine: Path) -> Path:
    """Return a project that has learned two classes with the embedded backbone, and can measure."""
    path = tmp_path / "lived.showtell"
    with open_project(path, config=CONFIG) as project:
        show(project, 1)
        show(project, 2)
        project.learn()
        assert project.increments()[-1].evaluation["measured"]
    return path


def show(project: Project, kind: int) -> None:
    """Record a kind of thing, with recordings that are held out."""
    name = f"kind {kind}"
    class_id = (project.buffer.class_named(name) or project.buffer.add_class(name)).id
    for count, measured in ((2, False), (4, True)):
        found = recordings(kind, measured=measured)
        for _ in range(count):
            burst = project.buffer.start_burst("test").id
            project.buffer.add_samples([(image, class_id, burst) for image in next(found)])


def using(path: Path, name: str) -> LearnerConfig:
    return replace(CONFIG, backbone=path.parent / f"{name}.keras")


def answer(project: Project, kind: int) -> str | None:
    return project.predict(look(kind, 900)).label


def test_another_backbone_is_used_and_the_one_before_restored(lived: Path) -> None:
    with open_project(lived, config=CONFIG) as project:
        first = project.version_id
        assert first is not None
        events: list[Event] = []
        (increment,) = project.use_backbone(backbones.named("other"), on_event=events.append)
        assert (increment.accepted, increment.reason) == (True, "another backbone")
        assert sum(isinstance(event, Reembedded) for event in events) == 48
        assert project.backbone == OTHER
        assert project.version_id == increment.version_id == project.buffer.champion_id()
        assert [kept.info for kept in project.backbones()] == [OTHER]
        assert (answer(project, 1), answer(project, 2)) == ("kind 1", "kind 2")
        assert project.learn() == [], "all of it is learned"
        project.restore(first)
        assert (project.backbone, project.version_id) == (INFO, first)
        assert answer(project, 1) == "kind 1"
        project.restore(increment.version_id or 0)
        assert project.backbone == OTHER
        assert answer(project, 2) == "kind 2"
    with open_project(lived, config=CONFIG) as project:
        assert project.backbone == OTHER
        assert answer(project, 2) == "kind 2"


def test_a_backbone_that_is_worse_is_not_used(lived: Path) -> None:
    with open_project(lived, config=CONFIG) as project:
        version = project.version_id
        events: list[Event] = []
        (increment,) = project.use_backbone(backbones.named("blind"), on_event=events.append)
        assert not increment.accepted
        assert isinstance(events[-1], BackboneKept)
        assert events[-1].message == increment.why
        assert (project.backbone, project.version_id) == (INFO, version)
        assert project.backbones() == []
        assert answer(project, 1) == "kind 1"
        assert project.learn() == []


def test_the_projects_own_copy_of_a_backbone_does_where_the_machine_has_none(lived: Path, machine: Path) -> None:
    with open_project(lived, config=CONFIG) as project:
        first = project.version_id
        assert first is not None
        project.use_backbone(backbones.named("other"))
        second = project.version_id
        project.restore(first)
        shutil.rmtree(machine)
        project.restore(second or 0)
        assert project.backbone == OTHER
        project.restore(first)
        (increment,) = project.use_backbone(backbones.named("other", project.buffer))
        assert increment.accepted
        assert project.backbone == OTHER


def test_a_version_whose_backbone_is_gone_is_not_restored(lived: Path, machine: Path) -> None:
    with open_project(lived, config=CONFIG) as project:
        first = project.version_id
        assert first is not None
        project.use_backbone(backbones.named("other"))
        second = project.version_id
        project.restore(first)
        shutil.rmtree(machine)
        with project.buffer._writing() as db:
            db.execute("DELETE FROM backbone_files")
        with pytest.raises(BackboneFault):
            project.restore(second or 0)
        assert (project.backbone, project.version_id) == (INFO, first)


def test_a_file_that_is_asked_for_at_the_start_is_used_from_the_next_learning_on(lived: Path) -> None:
    with open_project(lived, config=using(lived, "other")) as project:
        assert project.backbone == INFO, "until the gate has let it pass"
        assert answer(project, 1) == "kind 1"
        (increment,) = project.learn()
        assert (increment.accepted, increment.reason) == (True, "chosen")
        assert project.backbone == OTHER
        assert project.learn() == project.sleep() == []
    with open_project(lived, config=using(lived, "other")) as project:
        assert project.learn() == [], "it is in use already"


def test_sleep_changes_the_backbone_as_well(lived: Path) -> None:
    with open_project(lived, config=using(lived, "other")) as project:
        (increment,) = project.sleep()
        assert increment.accepted
        assert project.backbone == OTHER


def test_what_is_new_is_learned_although_the_backbone_asked_for_is_refused(lived: Path) -> None:
    with open_project(lived, config=using(lived, "blind")) as project:
        show(project, 3)
        refused, learned = project.learn()
        assert (refused.accepted, learned.accepted) == (False, True)
        assert project.backbone == INFO
        assert answer(project, 3) == "kind 3"
        assert project.learn() == []


def test_a_new_project_begins_with_the_file_that_is_asked_for(tmp_path: Path, machine: Path) -> None:
    path = tmp_path / "new.showtell"
    with open_project(path, config=using(path, "other")) as project:
        assert project.backbone == OTHER
        show(project, 1)
        show(project, 2)
        (increment,) = project.learn()
        assert increment.kind is IncrementKind.WAKE
    shutil.rmtree(machine)
    with open_project(path, config=CONFIG) as project:
        assert project.backbone == OTHER
        assert answer(project, 1) == "kind 1"


def test_what_another_process_wished_for_is_used_by_the_next_learning(lived: Path) -> None:
    with Buffer.open(lived) as buffer:
        buffer.propose_backbone(OTHER, {PACKAGE: b"weights", LITERT: b"model"}, "finer")
    with open_project(lived, config=CONFIG) as project:
        (increment,) = project.learn()
        assert increment.reason == "finer"
        assert project.backbone == OTHER


def test_a_listener_that_fails_after_a_change_leaves_the_new_backbone_in_use(lived: Path) -> None:
    def fail(event: Event) -> None:
        if isinstance(event, IncrementLearned):
            raise RuntimeError("no more")

    with open_project(lived, config=CONFIG) as project:
        with pytest.raises(RuntimeError, match="no more"):
            project.use_backbone(backbones.named("other"), on_event=fail)
        assert project.version_id == project.buffer.champion_id()
        assert project.backbone == OTHER
        assert answer(project, 1) == "kind 1"


def test_a_listener_that_fails_during_a_change_interrupts_it(lived: Path) -> None:
    def fail(event: Event) -> None:
        if isinstance(event, Reembedded) and event.done == 5:
            raise RuntimeError("no more")

    with open_project(lived, config=CONFIG) as project:
        with pytest.raises(RuntimeError, match="no more"):
            project.use_backbone(backbones.named("other"), on_event=fail)
        assert project.backbone == INFO
        events: list[Event] = []
        assert len(project.learn(on_event=events.append)) == 1
        assert next(event.done for event in events if isinstance(event, Reembedded)) == 6
        assert project.backbone == OTHER


class FakeConsolidation:
    """Comes to a backbone as good as the one there was, or to nothing."""

    why = ""

    def __init__(self, path: Path, _config: LearnerConfig, reason: str) -> None:
        self.path, self.reason = path, reason
        self.is_done = False
        self.fault: CommandFailed | None = None

    def hold(self, held: bool) -> None:
        assert not held

    def poll(self) -> list[Event]:
        self.is_done = True
        if self.why:
            self.fault = CommandFailed("No use", self.why)
            return []
        with Buffer.open(self.path) as buffer:
            done = Checkpoint(INFO.sha256, self.reason, datetime.now(UTC), 0, 0.0, {}, [])
            buffer.save_checkpoint(done)
            buffer.finish_consolidation(done, OTHER, {PACKAGE: b"weights", LITERT: b"model"})
        return [Consolidated(Step(1, 1, 0.5, 0.9, 0.01, 2.0), None)]

    def stop(self) -> None:
        self.is_done = True


def test_what_was_consolidated_and_is_no_better_is_not_used(lived: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.renewal.Consolidation", FakeConsolidation)
    with open_project(lived, config=CONFIG) as project:
        project.sleep()
        version = project.version_id
        events: list[Event] = []
        (increment,) = project.consolidate(on_event=events.append)
        assert (increment.accepted, increment.reason) == (False, "asked")
        assert "no better" in increment.why
        assert isinstance(events[0], Consolidated)
        assert (project.backbone, project.version_id) == (INFO, version)


def test_a_consolidation_that_comes_to_nothing_says_why(lived: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.renewal.Consolidation", FakeConsolidation)
    monkeypatch.setattr(FakeConsolidation, "why", "There was too little.")
    with open_project(lived, config=CONFIG) as project:
        with pytest.raises(ConsolidationFault, match="There was too little"):
            project.consolidate()
        assert answer(project, 1) == "kind 1"


def test_one_session_changes_it_and_others_ask(project: Project) -> None:
    teach(project, "mug", "key")
    path = project.buffer.path
    with pytest.raises(OpenElsewhere):
        open_project(path)
    with open_project(path, alone=False) as beside:
        assert beside.predict(picture(ord("k"), 99)).label == "key"
        assert len(beside.embeddings()[1]) == 10
        before = beside.buffer.mark()
        for act in (
            lambda: beside.add(picture(1), "mug"),
            lambda: beside.import_from(path.parent),
            beside.learn,
            beside.sleep,
            lambda: beside.restore(1),
            lambda: beside.pin(1),
            beside.forget,
            beside.consolidate,
        ):
            with pytest.raises(UsageFault, match="beside others"):
                act()
        assert beside.buffer.mark() == before
    project.close()
    with open_project(path) as again:
        again.add(picture(1), "mug")


def test_one_that_could_not_be_opened_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("learner.project.embedder_of", lambda files: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_project(tmp_path / "desk.showtell")
    open_project(tmp_path / "desk.showtell").close()
