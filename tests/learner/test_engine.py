# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.errors import DiskFull, LabelFault
from learner.messages import (
    ClosedFormServed,
    Embedded,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    NothingToLearn,
    SampleLeftOut,
    Stepped,
)
from learner.types import BurstScore, IncrementKind, Prediction, Role
from tests.learner.desk import Desk, look, recordings
from tests.learner.fakes import INFO, FakeEmbedder, picture


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def test_learns_class_after_class_and_forgets_none(desk: Desk) -> None:
    for kind in range(8):
        desk.record(f"kind {kind}", kind)
        desk.learned()
        assert [desk.answer(known).label for known in range(kind + 1)] == [f"kind {known}" for known in range(kind + 1)]


def test_says_nothing_before_it_has_learned(desk: Desk) -> None:
    assert desk.answer(1) == Prediction(None, 0.0)
    assert desk.learn() == [NothingToLearn(None)]


def test_answer_is_a_distribution_over_the_classes(desk: Desk) -> None:
    for kind in range(3):
        desk.record(f"kind {kind}", kind)
    desk.learned()
    answer = desk.answer(2)
    assert answer.label == "kind 2"
    assert next(iter(answer.probabilities)) == "kind 2"
    assert answer.confidence == answer.probabilities["kind 2"]
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=1e-5)


def test_events_tell_the_whole_story_in_order(desk: Desk) -> None:
    desk.record("a", 1, count=2)
    desk.record("b", 2, count=2)
    kinds = [type(event) for event in desk.learn()]
    assert kinds == [Embedded] * 4 + [IncrementStarted, ClosedFormServed] + [Stepped] * 4 + [IncrementLearned]


def test_closed_form_answers_before_the_first_step(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    for event in desk.engine.learn("test"):
        if isinstance(event, ClosedFormServed):
            assert desk.answer(1).label == "a"
            assert desk.answer(2).version_id is None
            break
    else:
        pytest.fail("the closed form was not served")


def test_closed_form_answers_while_tensorflow_is_loading(desk: Desk) -> None:
    head, desk.head = desk.head, None
    desk.record("a", 1)
    desk.record("b", 2)
    work = desk.engine.learn("test")
    for event in work:
        if isinstance(event, IncrementStarted) and event.waiting_for:
            break
    assert next(work) is None
    assert desk.answer(2).label == "b"
    assert desk.buffer.versions() == []
    desk.head = head
    assert any(isinstance(event, IncrementLearned) for event in work)
    assert desk.answer(2).version_id is not None


def test_what_is_taught_while_tensorflow_is_loading_is_answered_at_once(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    head, desk.head = desk.head, None
    desk.record("a", 1, start=50)
    more = [False]
    work = desk.engine.learn("first", lambda: more[0])
    for event in work:
        if isinstance(event, IncrementStarted) and event.waiting_for:
            break
    assert next(work) is None
    desk.record("c", 3)
    more[0] = True
    assert list(work) == []
    assert desk.answer(1).label == "a", "the closed form goes on answering"

    work = desk.engine.learn("second")
    for event in work:
        if isinstance(event, ClosedFormServed):
            break
    assert desk.answer(3).label == "c"
    assert len(desk.buffer.versions()) == 1
    desk.head = head
    *_, last = work
    assert isinstance(last, IncrementLearned)
    assert last.increment.before == BurstScore(1, 1), "a recording is scored once, by a model that did not have it"
    assert all(sample.learned_in is not None for sample in desk.buffer.samples())


def test_every_sample_says_which_increment_learned_it_first(desk: Desk) -> None:
    first = desk.record("a", 1)
    one = desk.learned()
    second = desk.record("b", 2)
    two = desk.learned()
    learned_in = {sample.id: sample.learned_in for sample in desk.buffer.samples()}
    assert learned_in == {**dict.fromkeys(first, one.id), **dict.fromkeys(second, two.id)}
    assert (one.new_samples, two.new_samples, two.total_samples) == (6, 6, 12)


def test_version_increment_and_steps_are_in_the_file(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    increment = desk.learned()
    champion = desk.buffer.champion()
    assert champion is not None
    assert champion.id == increment.version_id
    assert len(desk.buffer.steps(increment.id)) == increment.steps == 4
    assert desk.buffer.head(champion.id).is_finite


def test_nothing_new_is_no_increment(desk: Desk) -> None:
    desk.record("a", 1)
    desk.learned()
    assert not desk.engine.is_due()
    assert desk.learn() == [NothingToLearn(1)]


def test_relabelling_is_learned(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.record("b", 3)
    desk.learned()
    desk.buffer.relabel(ids, desk.buffer.add_class("c").id)
    desk.engine.refresh()
    assert desk.engine.is_due()
    assert desk.learned().new_samples == 6
    assert [desk.answer(kind).label for kind in (1, 2, 3)] == ["a", "c", "b"]


def test_deleting_is_learned_and_undone(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.learned()
    desk.buffer.delete(ids)
    desk.learned()
    assert desk.answer(2).probabilities == {"a": 1.0}
    desk.buffer.undelete(ids)
    desk.learned()
    assert desk.answer(2).label == "b"


def test_deleting_everything_leaves_nothing_to_say(desk: Desk) -> None:
    ids = desk.record("a", 1)
    desk.learned()
    desk.buffer.delete(ids)
    desk.learned()
    assert desk.answer(1).label is None


def test_a_removed_class_is_never_answered_again(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.buffer.archive_class(next(info.id for info in desk.buffer.classes() if info.name == "b"))
    desk.engine.refresh()
    assert desk.answer(2).probabilities == {"a": 1.0}, "at once, before anything is learned"
    desk.learned()
    assert desk.answer(2).label == "a"


def test_renaming_does_not_touch_the_model(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.buffer.rename_class(next(info.id for info in desk.buffer.classes() if info.name == "b"), "bee")
    desk.engine.refresh()
    assert not desk.engine.is_due()
    assert desk.answer(2).label == "bee"


def test_weights_that_are_not_numbers_are_not_published(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    champion = desk.learned().version_id
    desk.record("c", 3)
    assert desk.head
    desk.head.poison = True
    rejected = desk.learn()[-1]
    assert isinstance(rejected, IncrementRejected)
    assert not rejected.increment.accepted
    assert "finite" in rejected.increment.why
    assert desk.engine.version_id == champion
    assert desk.answer(2).label == "b"
    assert any(sample.learned_in is None for sample in desk.buffer.samples())
    desk.head.poison = False
    desk.learned()
    assert desk.answer(3).label == "c"


def test_an_abandoned_increment_changes_nothing(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    champion = desk.learned().version_id
    desk.record("c", 3)
    work = desk.engine.learn("test")
    for event in work:
        if isinstance(event, Stepped):
            break
    work.close()
    assert desk.engine.version_id == champion
    assert desk.engine.is_due()
    desk.learned()
    assert desk.answer(3).label == "c"


def test_a_new_engine_goes_on_where_the_file_says(desk: Desk, tmp_path: Path) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    version = desk.learned().version_id
    before = desk.answer(2)
    desk.record("c", 3)
    again = Desk(tmp_path / "desk.showtell")
    assert again.engine.version_id == version
    assert again.answer(2).probabilities == pytest.approx(dict(before.probabilities))
    assert again.engine.is_due()
    again.learned()
    assert [again.answer(kind).label for kind in (1, 2, 3)] == ["a", "b", "c"]
    again.buffer.close()


def test_an_earlier_version_can_be_restored_and_stays(desk: Desk, tmp_path: Path) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    first = desk.learned().version_id
    desk.record("c", 3)
    desk.learned()
    assert first is not None
    desk.engine.restore(first)
    assert desk.answer(3).label != "c"
    again = Desk(tmp_path / "desk.showtell")
    assert again.engine.version_id == first
    assert not again.engine.is_due(), "nothing new came in, so restoring is not undone by learning again"
    again.buffer.close()
    with pytest.raises(LabelFault):
        desk.engine.restore(999)


def test_classes_that_differ_by_hand_are_told_apart(desk: Desk) -> None:
    left = np.zeros((64, 64, 3), np.uint8) + 100
    left[:, :24] = (250, 60, 20)
    for name, image in (("left", left), ("right", left[:, ::-1])):
        class_id = desk.buffer.add_class(name).id
        burst = desk.buffer.start_burst("test")
        for number in range(6):
            noise = np.random.default_rng(number).normal(0, 6, image.shape)
            desk.buffer.add_sample(np.clip(image + noise, 0, 255).astype(np.uint8), class_id, burst.id)
    desk.engine.refresh()
    desk.learned()
    assert desk.see(left).label == "left"
    assert desk.see(np.ascontiguousarray(left[:, ::-1])).label == "right"
    assert desk.see(left).confidence > 0.8


def test_recordings_are_scored_before_they_are_learned(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    assert desk.learned().before.bursts == 0, "nobody could have known"
    desk.record("a", 1, start=50)
    desk.record("b", 1, start=80)  # really an a
    desk.record("new", 5)
    before = desk.learned().before
    assert (before.right, before.bursts) == (1, 2)


def test_more_classes_than_anyone_needs(desk: Desk) -> None:
    for kind in range(40):
        desk.record(f"Klasse № {kind} ä 日本", kind, count=1)
    desk.learned()
    assert sum(desk.answer(kind).label == f"Klasse № {kind} ä 日本" for kind in range(40)) >= 36


def superseded(desk: Desk, record: Callable[[], object]) -> None:
    """Leave an increment at its closed form, since TensorFlow is not there yet and there is more to learn."""
    head, desk.head = desk.head, None
    record()
    assert isinstance(list(desk.engine.learn("superseded", lambda: True))[-1], IncrementStarted)
    desk.head = head


def test_what_is_undone_while_tensorflow_is_loading_is_no_longer_answered(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    version = desk.learned().version_id
    superseded(desk, lambda: desk.record("c", 3))
    assert desk.answer(3).label == "c"
    desk.buffer.delete([sample.id for sample in desk.buffer.samples() if sample.class_id == 3])
    assert desk.learn() == [NothingToLearn(version)]
    assert desk.answer(3).label != "c"
    assert desk.answer(1).version_id == version


def test_the_version_after_a_superseded_increment_has_the_champion_for_parent(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    parent = desk.learned().version_id
    superseded(desk, lambda: desk.record("a", 1, start=40))
    desk.record("c", 3)
    child = desk.learned().version_id
    assert child is not None
    assert desk.buffer.version(child).parent_id == parent


def test_an_increment_that_is_given_up_leaves_the_version_in_use(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    version = desk.learned().version_id
    desk.record("c", 3)
    for last in (ClosedFormServed, Stepped):
        work = desk.engine.learn("test")
        for event in work:
            if isinstance(event, last):
                break
        work.close()
        assert desk.answer(3).version_id == version


def test_one_damaged_picture_does_not_keep_the_others_from_being_learned(desk: Desk) -> None:
    (damaged,) = desk.record("a", 1, count=1)
    with desk.buffer._writing() as db:
        db.execute("UPDATE samples SET image = x'00' WHERE id = ?", (damaged,))
    desk.record("a", 1, start=1)
    desk.record("b", 2)
    events = desk.learn()
    assert [event.sample_id for event in events if isinstance(event, SampleLeftOut)] == [damaged]
    assert isinstance(events[-1], IncrementLearned)
    assert desk.answer(2).label == "b"
    assert not desk.engine.is_due()
    assert [sample.id for sample in desk.buffer.samples() if sample.learned_in is None] == [damaged]


def test_a_damaged_version_is_replaced(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    first = desk.learned().version_id
    desk.record("c", 3)
    second = desk.learned().version_id
    with desk.buffer._writing() as db:
        db.execute("UPDATE versions SET kernel = zeroblob(length(kernel)) WHERE id = ?", (second,))
    again = Desk(desk.buffer.path)
    assert again.answer(1).version_id == first
    assert again.engine.is_due()
    third = again.learned().version_id
    assert again.answer(3).label == "c"
    assert again.answer(3).version_id == third
    assert not again.engine.is_due()
    again.buffer.close()


def test_a_picture_that_is_deleted_and_recorded_again_is_learned(desk: Desk) -> None:
    deleted = desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.buffer.delete(deleted)
    again = desk.record("a", 1)
    assert desk.engine.is_due()
    increment = desk.learned()
    assert {sample.id for sample in desk.buffer.samples() if sample.learned_in == increment.id} == set(again)


def test_what_another_learner_has_published_is_served(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    other = Desk(desk.buffer.path)
    other.record("c", 3)
    version = other.learned().version_id
    other.buffer.close()
    desk.engine.refresh()
    assert desk.learn()[-1] == NothingToLearn(version)
    assert desk.answer(3).label == "c"


def test_held_out_samples_are_not_learned(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    class_id = desk.buffer.classes()[0].id
    burst = desk.buffer.start_burst("test", Role.HOLDOUT)
    held_out = desk.buffer.add_sample(picture(1, 900), class_id, burst.id)
    assert desk.learned().total_samples == 12
    assert [sample.id for sample in desk.buffer.samples() if sample.learned_in is None] == [held_out.id]
    assert not desk.engine.is_due()


def test_embeddings_of_another_length_are_made_anew(desk: Desk) -> None:
    ids = desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    with desk.buffer._writing() as db:
        db.execute("UPDATE embeddings SET vector = x'0000' WHERE sample_id = ?", (ids[0],))
    again = Desk(desk.buffer.path)
    again.record("a", 1, start=40)
    again.learned()
    assert again.answer(1).label == "a"
    again.buffer.close()


def test_embeddings_beyond_what_can_be_stored_do_not_stop_learning(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    embed = FakeEmbedder.embed
    monkeypatch.setattr(FakeEmbedder, "embed", lambda self, image: embed(self, image) * 1e4)
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    assert desk.answer(1).label == "a"


def test_a_number_that_has_become_infinite_on_the_disk_does_not_stop_learning(desk: Desk) -> None:
    (flipped, *_) = desk.record("a", 1)
    desk.record("b", 2)
    list(desk.engine.embed_pending())
    with desk.buffer._writing() as db:
        infinite = np.full(48, np.inf, "<f2").tobytes()
        db.execute("UPDATE embeddings SET vector = ? WHERE sample_id = ?", (infinite, flipped))
    assert desk.learned().accepted
    assert desk.answer(1).label == "a"


@pytest.mark.parametrize("column", ["class_ids", "metrics", "created_at", "kernel"])
def test_whatever_is_damaged_of_the_newest_version_learning_goes_on(desk: Desk, column: str) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    with desk.buffer._writing() as db:
        db.execute(f"UPDATE versions SET {column} = 'rubbish'")
    again = Desk(desk.buffer.path)
    again.record("c", 3)
    again.learned()
    assert again.answer(3).label == "c"
    again.buffer.close()


@pytest.mark.parametrize("name", ["novelty_kernel", "novelty_limits", "twin_kernel"])
def test_one_flipped_bit_of_what_belongs_to_a_version_is_noticed(desk: Desk, name: str) -> None:
    found = {kind: (recordings(kind, measured=False), recordings(kind, measured=True)) for kind in (1, 2)}
    for kind, (others, measured) in found.items():
        for images in (next(others), next(measured), next(measured)):
            desk.show(f"kind {kind}", images)
    first = desk.learned().version_id
    desk.show("kind 1", next(found[1][0]))
    second = desk.learned().version_id
    with desk.buffer._writing() as db:
        (data,) = db.execute(
            "SELECT data FROM version_arrays WHERE version_id = ? AND name = ?", (second, name)
        ).fetchone()
        flipped = bytes([data[0] ^ 1]) + data[1:]
        db.execute("UPDATE version_arrays SET data = ? WHERE version_id = ? AND name = ?", (flipped, second, name))
    again = Desk(desk.buffer.path)
    assert again.answer(1).version_id == first
    third = again.learned().version_id
    assert again.answer(1).version_id == third
    assert not again.engine.is_due()
    again.buffer.close()


def test_a_champion_that_is_not_there_is_none(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    with desk.buffer._writing() as db:
        db.execute("UPDATE settings SET value = '99' WHERE key = 'champion'")
    again = Desk(desk.buffer.path)
    assert again.answer(1).label == "a", "the newest one answers"
    again.record("c", 3)
    assert again.learned().accepted
    again.buffer.close()


def test_a_backbone_that_comes_back_answers_with_its_newest_version(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    first = desk.learned().version_id
    with monkeypatch.context() as patched:
        patched.setattr(FakeEmbedder, "info", replace(INFO, sha256="e" * 64))
        other = Desk(desk.buffer.path)
        assert other.answer(1).label is None
        other.learned()
        assert other.answer(1).label == "a"
        other.buffer.close()
    back = Desk(desk.buffer.path)
    assert back.answer(1).version_id == first
    back.buffer.close()


def test_a_recording_is_scored_once_although_publishing_it_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    version = desk.learned().version_id
    desk.record("a", 1, start=50)

    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "publish", full)
        with pytest.raises(DiskFull):
            desk.learn()
    assert desk.answer(1).version_id == version
    assert desk.learned().before == BurstScore(1, 1)
    desk.record("b", 2, start=50)
    assert desk.learned().before == BurstScore(1, 1)


def test_a_rebuild_is_a_version_of_its_own_and_not_due_twice(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    assert not desk.engine.is_sleep_due(), "learning comes first"
    desk.learned()
    assert desk.engine.is_sleep_due()
    increment = desk.slept()
    assert increment.version_id is not None
    assert increment.kind is desk.buffer.version(increment.version_id).kind is IncrementKind.SLEEP
    assert desk.answer(2).version_id == increment.version_id == desk.buffer.champion_id()
    assert desk.answer(2).label == "b"
    for _ in range(2):
        assert not desk.engine.is_sleep_due()
        assert not desk.engine.is_sleep_urgent()
        assert not desk.engine.is_due()
        desk.restart()


def test_a_rebuild_is_due_again_after_something_was_learned(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.learned()
    desk.slept()
    desk.record("c", 3)
    desk.learned()
    assert desk.engine.is_sleep_due()
    assert not desk.engine.is_sleep_urgent(), "nothing is to be unlearned"
    desk.slept()
    desk.buffer.relabel(ids[:2], desk.class_id("c"))
    desk.learned()
    assert desk.engine.is_sleep_urgent()


def test_a_rebuild_is_due_at_once_when_something_is_to_be_unlearned(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.learned()
    desk.slept()
    desk.buffer.delete(ids[:1])
    assert desk.engine.is_sleep_urgent()
    desk.slept()
    assert desk.buffer.unlearnable() == []
    assert not desk.engine.is_sleep_due()
    assert len(desk.buffer.versions()) == 1, "those that knew it are gone"


def test_a_rebuild_learns_what_is_new_as_well(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.record("c", 3)
    assert desk.slept().new_samples == 6
    assert desk.answer(3).label == "c"
    assert not desk.engine.is_due()


def test_a_rebuild_that_is_in_the_way_is_given_up_and_the_version_in_use_stays(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    version = desk.learned().version_id
    desk.buffer.delete(ids[:1])
    assert desk.head
    head, before = desk.head, desk.head.calls
    assert list(desk.engine.sleep("test", lambda: head.calls > before))[-1] == NothingToLearn(version)
    assert head.calls == before + 1
    assert desk.answer(2).version_id == version == desk.buffer.champion_id()
    assert desk.engine.is_sleep_urgent()
    desk.slept()
    assert not desk.engine.is_sleep_due()


def test_a_version_that_was_restored_stays_when_things_are_quiet(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    first = desk.learned().version_id
    desk.record("c", 3)
    desk.learned()
    assert first is not None
    desk.engine.restore(first)
    for _ in range(2):
        assert not desk.engine.is_sleep_due()
        assert desk.answer(1).version_id == first
        desk.restart()


def test_what_was_refused_is_not_tried_again_by_itself_but_when_asked(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.record("c", 3)
    assert desk.head
    desk.head.poison = True
    for _ in range(2):
        assert isinstance(desk.learn()[-1], IncrementRejected)
        assert not desk.engine.is_due()
        assert desk.engine.is_sleep_due(), "from zero it may do better"
    desk.restart()
    assert not desk.engine.is_due()
    desk.record("d", 4)
    assert desk.engine.is_due(), "something has changed"
    assert isinstance(desk.learn()[-1], IncrementRejected)
    desk.head.poison = False
    desk.learned()
    assert desk.answer(3).label == "c"


def test_a_refused_rebuild_leaves_the_version_in_use_and_unlearns_nothing(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    version = desk.learned().version_id
    desk.buffer.delete(ids[:1])
    assert desk.head
    desk.head.poison = True
    assert isinstance(desk.sleep()[-1], IncrementRejected)
    assert desk.answer(2).version_id == version
    assert desk.buffer.unlearnable() == ids[:1]
    desk.head.poison = False
    desk.slept()
    assert desk.buffer.unlearnable() == []


def kinds_taught(desk: Desk, *kinds: int, times: int = 4) -> None:
    for kind in kinds:
        found = recordings(kind, measured=False)
        for _ in range(times):
            desk.show(f"kind {kind}", next(found))


def test_what_would_teach_most_comes_first_and_nothing_twice(desk: Desk) -> None:
    kinds_taught(desk, 1, 2, 3)
    desk.learned()
    familiar = desk.show(None, [picture(1, number) for number in range(4)])
    between = [(picture(1, n).astype(int) + picture(2, n)) // 2 for n in range(4)]
    undecided = desk.show(None, [image.astype(np.uint8) for image in between])
    looks = desk.show(None, [look(2, number) for number in range(900, 903)])
    list(desk.engine.embed_all())
    found = [sample.id for sample in desk.engine.next_to_label(10)]
    assert len(set(found) & set(familiar)) == len(set(found) & set(undecided)) == 1
    assert set(looks) <= set(found)
    assert len(found) == 5
    assert found[0] in undecided
    assert [sample.id for sample in desk.engine.next_to_label(2)] == found[:2]


def test_there_is_nothing_to_label_where_everything_has_a_label(desk: Desk) -> None:
    assert desk.engine.next_to_label(5) == []
    desk.record("a", 1)
    desk.learned()
    assert desk.engine.next_to_label(5) == []


def test_wrong_labels_are_suspected_first(desk: Desk) -> None:
    kinds_taught(desk, 1, 2, 3)
    desk.learned()
    one, two, three = (desk.class_id(f"kind {kind}") for kind in (1, 2, 3))
    assert not [suspicion for suspicion in desk.engine.suspected_mislabels(9) if suspicion.disagreement > 0.5]
    wrong = {
        desk.show("kind 2", [look(1, 901)])[0]: (two, one),
        desk.show("kind 1", [look(3, 902)])[0]: (one, three),
    }
    list(desk.engine.embed_all())
    found = desk.engine.suspected_mislabels(2)
    assert {s.sample_id: (s.class_id, s.suggested_class_id) for s in found} == wrong
    assert 1 >= found[0].disagreement >= found[1].disagreement > 0.5


@pytest.mark.parametrize("count", [0, 1, 2])
def test_with_hardly_anything_taught_no_label_is_suspected(desk: Desk, count: int) -> None:
    for kind in range(count):
        desk.record(f"kind {kind}", kind, count=1)
    list(desk.engine.embed_all())
    assert desk.engine.suspected_mislabels(5) == []


def test_looking_for_wrong_labels_does_not_keep_recordings_from_being_scored(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.record("a", 1, start=50)
    list(desk.engine.embed_all())
    desk.engine.suspected_mislabels(3)
    assert desk.learned().before == BurstScore(1, 1)


def test_a_picture_of_another_kind_is_unknown(desk: Desk) -> None:
    kinds_taught(desk, 1, 2, 3)
    for _ in range(2):
        desk.learned() if desk.engine.is_due() else desk.slept()
        strangers = [desk.see(picture(kind)) for kind in range(60, 80)]
        friends = [desk.see(look(kind, number)) for kind in (1, 2, 3) for number in range(900, 920)]
        assert sum(answer.unknown for answer in strangers) >= 16
        assert sum(answer.unknown for answer in friends) <= 9
        assert all(answer.unknown == (answer.novelty > 1) for answer in [*strangers, *friends])
        assert all(answer.label for answer in strangers), "the nearest guess is there all the same"


def test_the_very_picture_that_was_taught_is_not_unknown(desk: Desk) -> None:
    desk.show("a", [picture(1)] * 4)
    desk.show("b", [picture(2)] * 4)
    desk.learned()
    assert [desk.see(picture(kind)).unknown for kind in (1, 2)] == [False, False]


def test_no_lever_of_an_increment_is_left_pulled_for_the_next_one(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    version = desk.learned().version_id
    desk.record("c", 3)
    done = list(desk.engine.learn("test", on_step=lambda step, control: setattr(control, "cancelled", True)))
    assert done[-1] == NothingToLearn(version)
    assert desk.answer(1).version_id == version
    assert desk.learned().steps >= 4
    desk.record("d", 4)
    assert list(desk.engine.learn("test", on_step=lambda step, control: setattr(control, "enough", True)))
    desk.record("e", 5)
    assert desk.learned().steps >= 4


def test_what_another_learner_unlearned_and_a_person_brought_back_is_learned(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.record("c", 3)
    desk.learned()
    other = Desk(desk.buffer.path)
    other.buffer.delete(ids)
    other.slept()
    other.buffer.undelete(ids)
    other.buffer.close()
    assert desk.learned().accepted
    assert desk.answer(2).label == "b"


def test_what_another_learner_unlearned_is_no_longer_answered(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.record("c", 3)
    desk.learned()
    other = Desk(desk.buffer.path)
    other.buffer.delete(ids)
    version = other.slept().version_id
    other.buffer.close()
    assert desk.learn()[-1] == NothingToLearn(version)
    assert set(desk.answer(2).probabilities) == {"a", "c"}
    desk.record("d", 4)
    desk.learned()
    assert [desk.answer(kind).label for kind in (1, 3, 4)] == ["a", "c", "d"]


def test_a_version_that_was_erased_answers_no_longer(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    knows = desk.learned().version_id
    assert knows is not None
    desk.buffer.pin(knows)
    desk.buffer.delete(ids)
    clean = desk.slept().version_id
    desk.engine.restore(knows)
    desk.buffer.erase()
    desk.engine.refresh()
    assert desk.answer(2).version_id == clean


def test_keeping_recordings_to_measure_with_is_not_refused(desk: Desk) -> None:
    """The version in use has learned them, and knows by heart what its successor is to be measured on."""
    kinds_taught(desk, 1, 2, times=2)
    odd = []
    for kind in (1, 2):
        desk.show(f"kind {kind}", next(recordings(kind, measured=True)))
        for another in (53, 63):
            odd += desk.show(f"kind {kind}", next(recordings(another - kind, measured=False)))
    version = desk.learned().version_id
    desk.buffer.hold_out(odd)
    assert desk.learned().version_id != version
