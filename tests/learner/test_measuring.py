# SPDX-License-Identifier: Apache-2.0
"""What held-out recordings say, what they let pass, and what they cannot say yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from learner import measuring
from learner.evaluation import History
from learner.measuring import (
    HeldOut,
    Temperature,
    best_temperature,
    calibrate,
    choose,
    is_no_better,
    is_worse,
    surprise,
)
from learner.messages import IncrementLearned, IncrementRejected
from learner.types import BurstScore, HeadWeights, IncrementKind, Vectors
from tests.learner.desk import Desk, is_measured, recordings


def held(truth: Sequence[int], said: Sequence[int], *, frames: int = 1, weights: float = 1.0) -> HeldOut:
    """Return recordings of so many frames; a head that reads what is written in them answers as was `said`."""
    x = np.repeat(np.eye(8, dtype=np.float32)[list(said)], frames, axis=0)
    return HeldOut(
        x,
        np.repeat(np.array(truth, np.int64), frames),
        np.repeat(np.arange(len(truth)), frames),
        np.full(len(x), weights),
    )


def reader(*class_ids: int, mistaken: Mapping[int, int] | None = None, sure: float = 5.0) -> HeadWeights:
    """Return a head that answers with the class written in the picture, or with the one it mistakes it for."""
    kernel = np.zeros((8, len(class_ids)), np.float32)
    for written in range(8):
        answer = (mistaken or {}).get(written, written)
        if answer in class_ids:
            kernel[written, class_ids.index(answer)] = sure
    return HeadWeights(kernel, np.zeros(len(class_ids), np.float32), class_ids)


def looks(wrong: Mapping[int, int], *, classes: int = 3, each: int = 20) -> tuple[HeldOut, HeadWeights, HeadWeights]:
    """Return recordings, a head that is right, and one that is wrong on the first so many of a class.

    What a picture says is its class for the right ones and 7 − its class for those to be mistaken.
    """
    truth = [class_id for class_id in range(classes) for _ in range(each)]
    said = [7 - c if place % each < wrong.get(c, 0) else c for place, c in enumerate(truth)]
    ids = tuple(range(classes))
    right = reader(*ids, mistaken={7 - class_id: class_id for class_id in ids})
    mistaken = reader(*ids, mistaken={7 - class_id: (class_id + 1) % classes for class_id in ids})
    return held(truth, said), right, mistaken


def test_a_head_as_good_as_the_other_may_take_its_place() -> None:
    recorded, right, wrong = looks({0: 5})
    assert is_worse(right, right, recorded) == ""
    assert is_worse(right, wrong, recorded) == ""


def test_a_head_that_is_worse_on_average_may_not() -> None:
    recorded, right, wrong = looks({0: 3})
    assert "5.0 points" in is_worse(wrong, right, recorded)


@pytest.mark.parametrize("each", [1, 3, 20])
def test_one_look_is_chance(each: int) -> None:
    recorded, right, wrong = looks({0: 1}, each=each)
    assert is_worse(wrong, right, recorded) == ""


def test_frames_that_show_the_same_are_one_look_and_chance() -> None:
    truth, said = [0, 0, 1, 1], [7, 0, 1, 1]
    right, wrong = reader(0, 1, mistaken={7: 0}), reader(0, 1, mistaken={7: 1})
    alike = held(truth, said, frames=5, weights=1 / 5)
    assert is_worse(wrong, right, alike) == ""
    assert is_worse(wrong, right, held(truth, said, frames=5)) != ""


def test_a_class_is_not_given_up_for_another_unless_there_are_too_few_looks_to_say() -> None:
    # Class 0 loses six looks, and class 1 wins seven.
    for many, verdict in ((measuring.GATE_LOOKS, "one class"), (measuring.GATE_LOOKS - 1, "")):
        truth = [0] * many + [1] * many
        said = [7] * 6 + [0] * (many - 6) + [6] * 7 + [1] * (many - 7)
        before = reader(0, 1, mistaken={7: 0, 6: 0})
        after = reader(0, 1, mistaken={7: 1, 6: 1})
        why = is_worse(after, before, held(truth, said))
        assert verdict in why if verdict else not why


def test_of_many_classes_one_may_lose_two_looks() -> None:
    recorded, right, wrong = looks({0: 3}, classes=3, each=24)
    more = held([*recorded.class_ids, *[1, 2] * 200], [*recorded.x.argmax(axis=1), *[1, 2] * 200])
    assert is_worse(wrong, right, more) != "", "the average has fallen"
    fair = held([*recorded.class_ids, 1, 1], [*recorded.x.argmax(axis=1), 6, 6])
    gains = reader(0, 1, 2, mistaken={7: 1, 6: 1, 5: 2})
    loses = reader(0, 1, 2, mistaken={7: 0, 6: 0, 5: 2})
    assert is_worse(gains, loses, fair) == ""


def test_a_class_that_is_new_to_choose_from_does_not_count_against_a_head() -> None:
    recorded, right, _ = looks({0: 10})
    more = HeadWeights(
        np.concatenate([right.kernel, 9 * np.ones((8, 1), np.float32)], axis=1),
        np.zeros(4, np.float32),
        (*right.class_ids, 9),
    )
    assert not measuring.hits(more, recorded).any(), "it takes everything for the new class"
    assert is_worse(more, right, recorded) == ""


def test_without_recordings_of_two_classes_that_both_know_nothing_is_worse() -> None:
    recorded, right, wrong = looks({0: 20, 1: 20, 2: 20})
    assert is_worse(wrong, right, recorded.only([0])) == ""
    assert is_worse(wrong, reader(0, 8), recorded) == ""
    assert is_worse(wrong, right, recorded.only([])) == ""


def test_each_head_is_shown_the_pictures_as_its_own_backbone_sees_them() -> None:
    recorded, right, wrong = looks({0: 5})
    # Another backbone writes all that it sees three places further.
    turned = replace(recorded, x=np.roll(recorded.x, 3, axis=1))
    of_other, wrong_of_other = (replace(head, kernel=np.roll(head.kernel, 3, axis=0)) for head in (right, wrong))
    assert is_worse(right, of_other, recorded, turned) == is_worse(of_other, right, turned, recorded) == ""
    assert is_worse(of_other, right, recorded, recorded) != "", "shown as the other one sees them it is wrong"
    assert "8.3 points" in is_worse(wrong_of_other, right, turned, recorded)


def test_a_head_that_is_right_more_often_is_better() -> None:
    recorded, right, wrong = looks({0: 1})
    assert is_no_better(right, wrong, recorded, recorded) == ""
    assert "no better" in is_no_better(wrong, right, recorded, recorded)


def test_of_two_heads_that_are_right_equally_often_the_one_that_is_surer_of_it_is_better() -> None:
    recorded, vague = noisy(3, sharp=2.0)
    # It doubts where it is wrong, and so gives the right class more.
    doubtful = recorded.x.argmax(axis=1) != recorded.class_ids
    surer = replace(recorded, x=np.where(doubtful[:, None], recorded.x * np.float32(0.2), recorded.x))
    assert is_no_better(vague, vague, surer, recorded) == ""
    assert "no better" in is_no_better(vague, vague, recorded, surer)
    assert "no better" in is_no_better(vague, vague, recorded, recorded), "it is the same"


def test_only_classes_that_both_know_tell_which_is_better() -> None:
    recorded, right, wrong = looks({0: 1})
    fewer = recorded.only([1, 2])
    assert is_no_better(right, wrong, recorded, recorded) == ""
    assert "no better" in is_no_better(reader(1, 2, 9), wrong, fewer, fewer)
    assert "no better" in is_no_better(reader(1, 2, 9), wrong, recorded, recorded), "class 0 is new to it"
    for too_little in (recorded.only([0]), recorded.only([])):
        assert "Too little" in is_no_better(right, wrong, too_little, too_little)


def noisy(seed: int, *, sharp: float, count: int = 40) -> tuple[HeldOut, HeadWeights]:
    """Return recordings on which a head is right three times out of four, and as sure of it as `sharp` makes it."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 4, count)
    said = np.where(random.random(count) < 0.75, truth, random.integers(0, 4, count))
    return held(truth.tolist(), said.tolist()), reader(0, 1, 2, 3, sure=sharp)


@pytest.mark.parametrize("sharp", [0.3, 3.0, 20.0])
def test_the_best_temperature_makes_the_right_classes_likeliest(sharp: float) -> None:
    recorded, head = noisy(0, sharp=sharp)
    best = best_temperature(head, recorded)
    at = [surprise(head, recorded, temperature).mean() for temperature in (best * 0.8, best, best * 1.25)]
    assert min(at) == at[1]


def test_a_temperature_is_adopted_where_it_holds_on_other_recordings() -> None:
    recorded, head = noisy(1, sharp=6.0)
    adopted = calibrate(head, recorded, 1.0)
    assert 0.8 < adopted.value / best_temperature(head, recorded) < 1
    assert adopted.nll is not None
    assert adopted.ece is not None
    plain = surprise(head, recorded, 1.0).mean()
    assert adopted.nll < plain - 0.1


def test_the_fewer_recordings_there_are_the_less_they_move_the_temperature() -> None:
    # Right three times out of four, and too sure of it, however many there are.
    truth = [0, 1, 2, 3, 0, 1, 2, 3]
    said = [1, 1, 2, 3, 0, 1, 2, 0]
    head = reader(0, 1, 2, 3, sure=6.0)
    few, many = (held(truth * times, said * times) for times in (1, 10))
    best = best_temperature(head, many)
    assert best == best_temperature(head, few)
    assert 1 < calibrate(head, few, 1.0).value < 0.9 * calibrate(head, many, 1.0).value < best


def test_a_temperature_that_holds_for_one_half_only_is_not_adopted() -> None:
    # Half of the recordings say that the head is never right, the others that it always is.
    truth = [0, 1] * 20
    said = [truth[place] if place % 2 else 1 - truth[place] for place in range(40)]
    recorded, head = held(truth, said), reader(0, 1, sure=4.0)
    kept = calibrate(head, recorded, 7.0)
    assert kept.value == 7.0
    assert kept.nll == pytest.approx(
        np.mean([surprise(head, recorded, 7.0)[start::2].mean() for start in range(2)]), rel=1e-6
    )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_too_few_recordings_leave_the_temperature_as_it_is(count: int) -> None:
    recorded, head = held([0, 1, 0][:count], [0, 1, 0][:count]), reader(0, 1)
    assert calibrate(head, recorded, 3.0) == Temperature(3.0)


def test_another_head_is_chosen_only_where_recordings_surely_prefer_it() -> None:
    recorded, right, wrong = looks({0: 8, 1: 8})
    assert choose({"closed": wrong, "refined": right}, recorded, "closed") == "refined"
    assert choose({"closed": right, "refined": wrong}, recorded, "closed") == "closed"
    assert choose({"closed": right, "refined": right}, recorded, "closed") == "closed"
    few = recorded.only([0, 1])
    once = HeldOut(few.x[:1], few.class_ids[:1], few.recordings[:1], few.weights[:1])
    assert choose({"closed": wrong, "refined": right}, once, "closed") == "closed", "one recording is chance"


def test_long_recordings_and_near_duplicates_weigh_no_more() -> None:
    x = np.eye(8, dtype=np.float32)[[0, 0, 0, 0, 1, 1]]
    recorded = HeldOut(x, np.array([0, 0, 0, 0, 0, 1]), np.array([0, 0, 0, 0, 1, 2]), np.array([1 / 3] * 3 + [1.0] * 3))
    right = measuring.hits(reader(0, 1), recorded)
    assert recorded.looks == pytest.approx(4)
    assert recorded.by_recording(right).tolist() == pytest.approx([1, 0, 1])
    assert recorded.by_class(right) == pytest.approx({0: 0.5, 1: 1.0})
    first_three_wrong = np.array([0, 0, 0, 1, 1, 1], float)
    assert recorded.by_recording(first_three_wrong)[0] == pytest.approx(0.5), "three that show the same are one look"


def reported(
    recorded: HeldOut, head: HeadWeights, history: History, before: BurstScore | None = None
) -> dict[str, object]:
    return asdict(
        measuring.report(
            head,
            head,
            recorded,
            Temperature(1.0),
            absolute=4.0,
            shrinkage=0.1,
            recipe="closed form",
            history=history,
            before=before or BurstScore(),
            unknown={},
        )
    )


def test_what_is_measured_is_counted_by_recordings_and_classes() -> None:
    recorded, _, wrong = looks({0: 5}, classes=2, each=10)
    report = reported(recorded, wrong, History())
    assert report["measured"] is True
    assert (report["recordings"], report["looks"]) == (20, 20)
    assert report["accuracy"] == report["macro_accuracy"] == pytest.approx(0.75)
    assert report["recall"] == {0: 0.5, 1: 1.0}
    assert (report["class_ids"], report["confusion"]) == ((0, 1), ((5, 5), (0, 10)))


def test_what_cannot_be_measured_yet_is_no_number() -> None:
    recorded, right, _ = looks({})
    for few in (recorded.only([]), recorded.only([0])):
        report = reported(few, right, History())
        assert report["measured"] is False
        unmeasured = ("accuracy", "macro_accuracy", "ece", "nll", "worst_forgetting", "backward_transfer")
        assert {report[name] for name in (*unmeasured, "closed_form_accuracy")} == {None}
        assert (report["recall"], report["forgetting"], report["confusion"]) == ({}, {}, ())


def test_forgetting_is_against_the_best_and_transfer_against_the_first() -> None:
    recorded, right, wrong = looks({0: 10}, classes=2)
    history = History()
    for recall in ({0: 0.6}, {0: 0.9, 1: 0.8}, {0: 0.7}):
        history.add(recall, BurstScore())
    report = reported(recorded, wrong, history)
    assert report["forgetting"] == pytest.approx({0: 0.9 - 0.5, 1: 0.0})
    assert report["worst_forgetting"] == pytest.approx(0.4)
    assert report["backward_transfer"] == pytest.approx(((0.5 - 0.6) + (1.0 - 0.8)) / 2)
    assert reported(recorded, right, History())["backward_transfer"] == 0, "what is measured first has not changed"


def test_recordings_are_counted_over_all_increments() -> None:
    recorded, right, _ = looks({})
    history = History()
    history.add({}, BurstScore(2, 3))
    report = reported(recorded, right, history, BurstScore(1, 4))
    assert report["prequential"] == {"right": 3, "recordings": 7}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def taught(desk: Desk, *kinds: int, measured: int = 2) -> None:
    """Teach two recordings of each kind, and so many that are held out."""
    for kind in kinds:
        learned, kept = recordings(kind, measured=False), recordings(kind, measured=True)
        for found in [next(learned), next(learned), *(next(kept) for _ in range(measured))]:
            desk.show(f"kind {kind}", found)


def test_whole_recordings_are_held_out_and_learned_all_the_same(desk: Desk) -> None:
    taught(desk, 1, 2)
    increment = desk.learned()
    assert increment.total_samples == 32
    assert (increment.evaluation["recordings"], increment.evaluation["looks"]) == (4, 16)
    assert increment.evaluation["measured"]
    assert all(sample.learned_in for sample in desk.buffer.samples()), "nothing is shown in vain"


def test_with_one_recording_of_a_class_nothing_is_measured_yet(desk: Desk) -> None:
    for kind in (1, 2, 3):
        found = next(recordings(kind, measured=True))
        assert is_measured(found[0])
        desk.show(f"kind {kind}", found)
    for increment in (desk.learned(), desk.slept()):
        assert increment.accepted
        assert not increment.evaluation["measured"]
        assert increment.evaluation["accuracy"] is None
        assert "accuracy" not in desk.buffer.versions()[-1].metrics


def test_the_published_head_and_its_twin_differ_by_what_is_held_out(desk: Desk) -> None:
    taught(desk, 1, 2, 3)
    version = desk.learned().version_id
    assert version is not None
    head, arrays = desk.buffer.head(version), desk.buffer.arrays(version)
    assert arrays["twin_kernel"].shape == head.kernel.shape
    assert not np.array_equal(arrays["twin_kernel"], head.kernel)
    desk.buffer.delete([sample.id for sample in desk.buffer.samples() if sample.burst_id % 4 in {0, 3}])
    desk.slept()
    left = desk.buffer.versions()[-1]
    assert "twin_kernel" not in desk.buffer.arrays(left.id), "without recordings to measure with there is none"


def test_the_history_of_a_project_is_read_back_from_the_file(desk: Desk) -> None:
    taught(desk, 1, 2, 3)
    first = desk.learned()
    taught(desk, 4)
    desk.learned()
    desk.restart()
    last = desk.slept()
    history = History.of(desk.buffer.increments())
    assert history.first[desk.class_id("kind 1")] == first.evaluation["recall"][str(desk.class_id("kind 1"))]
    assert set(history.best) == {info.id for info in desk.buffer.classes()}
    assert last.evaluation["prequential"] == {"right": history.right, "recordings": history.recordings}


def worse(*_: object) -> str:
    return "It would be worse."


def test_what_is_worse_is_not_published_and_the_reason_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2)
    version = desk.learned().version_id
    desk.record("kind 1", 1)
    monkeypatch.setattr(measuring, "is_worse", worse)
    for last in (desk.learn()[-1], desk.sleep()[-1]):
        assert isinstance(last, IncrementRejected)
        assert last.increment.why == "It would be worse."
        assert last.increment.evaluation["measured"]
        assert desk.answer(1).version_id == version == desk.buffer.champion_id()
    assert not desk.engine.is_due()
    assert not desk.engine.is_sleep_due()


def test_a_class_that_is_new_is_learned_though_those_before_get_harder_to_tell(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(desk, 1, 2)
    desk.learned()
    monkeypatch.setattr(measuring, "is_worse", worse)
    taught(desk, 3)
    desk.learned()
    assert desk.answer(3).label == "kind 3"


@pytest.mark.parametrize(("classes", "is_chance"), [(2, False), (60, True)])
def test_of_many_classes_one_loses_some_looks_by_chance(classes: int, is_chance: bool) -> None:
    # Seven looks of the first class are lost, and as many as keep the average are gained by the second one.
    truth = np.repeat(np.arange(classes), 30)
    said = truth.copy()
    said[:7], said[30:36] = classes, classes + 1
    recorded = HeldOut(np.eye(classes + 2, dtype=np.float32)[said], truth, np.arange(len(truth)), np.ones(len(truth)))

    def head(lost: int, gained: int) -> HeadWeights:
        kernel = np.eye(classes + 2, classes, dtype=np.float32)
        kernel[classes, lost] = kernel[classes + 1, gained] = 1
        return HeadWeights(kernel, np.zeros(classes, np.float32), tuple(range(classes)))

    assert (is_worse(head(1, 1), head(0, 0), recorded) == "") is is_chance


def test_a_version_that_was_never_measured_holds_nothing_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    monkeypatch.setattr(measuring, "is_worse", worse)
    desk.record("c", 3)
    desk.learned()


def test_what_is_to_be_unlearned_is_unlearned_whatever_it_costs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2, 3)
    desk.learned()
    monkeypatch.setattr(measuring, "is_worse", worse)
    desk.buffer.delete([desk.buffer.samples()[0].id])
    assert desk.slept().kind is IncrementKind.SLEEP
    assert desk.buffer.unlearnable() == []
    desk.buffer.hold_out([desk.buffer.samples()[0].id])
    assert desk.slept().accepted
    desk.buffer.relabel([desk.buffer.samples()[1].id], None)
    assert desk.slept().accepted


def test_what_a_person_relabels_is_learned_whatever_it_costs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(desk, 1, 2, 3)
    desk.learned()
    monkeypatch.setattr(measuring, "is_worse", worse)
    desk.buffer.relabel([desk.buffer.samples()[0].id], desk.class_id("kind 2"))
    assert isinstance(desk.learn()[-1], IncrementLearned)


def test_a_class_left_out_is_told_from_those_that_are_taught(desk: Desk) -> None:
    taught(desk, 1, 2, 3, 4)
    desk.learned()
    unknown = desk.slept().evaluation["unknown"]
    assert set(unknown["left_out"]) == {str(info.id) for info in desk.buffer.classes()}
    assert unknown["auroc"] == pytest.approx(np.mean(list(unknown["left_out"].values())))
    assert unknown["auroc"] > 0.8
    assert 0 <= unknown["flagged"] < 0.5
    flagged = {float(limit): share for limit, share in unknown["flagged_at"].items()}
    assert flagged[1.0] == unknown["flagged"]
    assert {0.5, 0.7, 1.0, 1.4, 2.0} <= set(flagged)
    assert list(flagged) == sorted(flagged)
    assert list(flagged.values()) == sorted(flagged.values(), reverse=True), "the higher the limit, the fewer"
    assert all(0 <= share <= 1 for share in flagged.values())


def vectors(*rows: Sequence[float]) -> Vectors:
    return np.array(rows, np.float32)


def test_half_way_between_two_heads_is_their_mean_and_cooling_divides() -> None:
    one = HeadWeights(vectors([2.0, 4.0]), np.array([1.0, 3.0], np.float32), (1, 2), True)
    other = replace(one, kernel=vectors([0.0, 0.0]), bias=np.array([0.0, 1.0], np.float32))
    half = measuring.blend(one, other)
    assert (half.kernel.tolist(), half.bias.tolist(), half.class_ids, half.mirrored) == (
        [[1, 2]],
        [0.5, 2],
        (1, 2),
        True,
    )
    assert measuring.cooled(one, 2.0).kernel.tolist() == [[1, 2]]
    assert one.kernel.tolist() == [[2, 4]]


def test_what_is_kept_of_one_head_is_not_taken_for_another() -> None:
    seen = held([0, 1, 2, 3], said=[0, 1, 2, 3])
    right, wrong = reader(0, 1, 2, 3), reader(0, 1, 2, 3, mistaken={0: 1})
    for head, share in ((right, 1.0), (wrong, 0.75), (right, 1.0)):
        assert measuring.hits(head, seen).mean() == share
    part = seen.part(np.array([True, False, False, True]))
    assert measuring.hits(right, part).tolist() == [True, True]
    assert measuring.hits(wrong, part).tolist() == [False, True]
