# SPDX-License-Identifier: Apache-2.0
"""What leaves a laptop, what comes from others, and what an engine makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.aside import finish
from learner.contribution import BIAS, KERNEL, Contribution
from learner.errors import BackboneFault
from learner.interchange.others import take_from_others
from learner.messages import IncrementLearned, IncrementRejected, IncrementStarted, NothingToLearn
from learner.sharing import Shared
from learner.types import IncrementKind, View
from tests.learner.desk import Desk, look


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "other.showtell")
    yield desk
    desk.buffer.close()


def teach(desk: Desk, name: str, kind: int, *, recordings: int = 3, frames: int = 6, start: int = 0) -> None:
    for number in range(recordings):
        desk.show(name, [look(kind, start + 50 * number + frame) for frame in range(frames)])


def shared(desk: Desk) -> Shared:
    return finish(desk.engine.share())


def contributed(desk: Desk) -> Contribution:
    found = shared(desk).contribution
    assert found is not None
    return found


def offer(desk: Desk, contribution: Contribution, laptops: int = 1) -> None:
    known = {info.name: info.id for info in desk.buffer.classes()}
    ids = [known.get(name) or desk.buffer.add_class(name).id for name in contribution.names]
    backbone_id = desk.buffer.register_backbone(desk.engine.backbone)
    desk.buffer.offer(backbone_id, laptops, contribution.names, ids, contribution.arrays())
    desk.engine.refresh()


def test_classes_with_too_few_samples_stay(desk: Desk) -> None:
    teach(desk, "mug", 1)
    teach(desk, "pen", 2)
    desk.learned()
    before = contributed(desk)
    desk.show("secret", [look(3, frame) for frame in range(4)])
    desk.show("same", [look(4, 0) for _ in range(30)])
    desk.learned()
    found = shared(desk)
    assert [(one.name, one.samples) for one in found.kept] == [("same", 30), ("secret", 4)]
    assert found.contribution is not None
    assert found.contribution.digest == before.digest, "nothing of them is in what leaves the laptop"


def test_nothing_is_shared_where_every_class_has_too_few(desk: Desk) -> None:
    desk.record("a", 1, count=3)
    desk.learned()
    assert shared(desk).contribution is None


def test_what_is_held_out_as_a_test_stays(desk: Desk) -> None:
    teach(desk, "mug", 1)
    teach(desk, "pen", 2)
    desk.learned()
    before = contributed(desk)
    desk.buffer.hold_out(desk.show("mug", [look(1, 900 + frame) for frame in range(12)]), held_out=True)
    desk.learn()
    assert contributed(desk).digest == before.digest


def test_what_others_know_is_known_here_as_a_version_of_its_own(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
    for kind, name in enumerate("cd", start=2):
        teach(other, name, kind)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    assert desk.engine.is_due()
    increment = desk.learned()
    assert increment.kind is IncrementKind.FLEET
    assert [desk.answer(kind).label for kind in range(4)] == ["a", "b", "c", "d"]
    assert desk.buffer.versions()[-1].kind is IncrementKind.FLEET
    assert desk.learn() == [NothingToLearn(desk.engine.version_id)]


def test_it_stays_known_whatever_is_learned_after_that(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    desk.learned()
    teach(desk, "e", 5)
    assert desk.learned().kind is IncrementKind.WAKE
    assert [desk.answer(kind).label for kind in (0, 1, 2, 3, 5)] == ["a", "b", "c", "d", "e"]
    desk.slept()
    assert [desk.answer(kind).label for kind in (0, 1, 2, 3, 5)] == ["a", "b", "c", "d", "e"]
    desk.restart()
    assert not desk.engine.is_due()
    assert desk.answer(2).label == "c"


def test_the_closed_form_is_that_of_all_samples_in_one_place(desk: Desk, other: Desk, tmp_path: Path) -> None:
    everything = Desk(tmp_path / "everything.showtell")
    for kind, name in enumerate("abc"):
        teach(everything, name, kind)
        teach(everything, name, kind, start=500)
        teach(desk, name, kind)
        teach(other, name, kind, start=500)
    for one in (desk, other, everything):
        one.learned()
    offer(desk, contributed(other))
    desk.learned()
    heads = [
        one.engine._memory.statistics(mirrored=True, with_held_out=True).discriminant(0.1).head(1.0)
        for one in (desk, everything)
    ]
    assert heads[0].class_ids == heads[1].class_ids
    assert np.array_equal(heads[0].kernel, heads[1].kernel)
    everything.buffer.close()


def test_what_makes_it_worse_here_is_refused_and_forgotten(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("abcd"):
        teach(desk, name, kind, recordings=8)
        teach(other, name, (kind + 1) % 4, recordings=40)  # somebody who labels everything wrongly
    desk.learned()
    other.learned()
    before = desk.engine.version_id
    offer(desk, contributed(other))
    last = desk.learn()[-1]
    assert isinstance(last, IncrementRejected)
    assert last.increment.kind is IncrementKind.FLEET
    assert desk.engine.version_id == before
    assert [desk.answer(kind).label for kind in range(4)] == list("abcd")
    assert not desk.buffer.has_from_others(desk.buffer.register_backbone(desk.engine.backbone))
    assert not desk.engine.is_due()


def test_leaving_the_fleet_forgets_what_came_from_it(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    alone = desk.engine._memory.statistics(mirrored=True, with_held_out=True).counts
    offer(desk, contributed(other))
    desk.learned()
    desk.buffer.leave_fleet()
    assert desk.engine.is_due()
    desk.learned()
    assert desk.engine._memory.statistics(mirrored=True, with_held_out=True).counts == alone
    assert desk.answer(2).label in {"a", "b", None}


def test_whoever_leaves_is_not_held_up_by_the_gate(desk: Desk, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind, recordings=8)
        teach(other, name, kind, start=500)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    desk.learned()
    monkeypatch.setattr("learner.engine.measuring.is_worse", lambda *_: "It was worse.")
    desk.buffer.leave_fleet()
    desk.engine.refresh()
    assert [info.name for info in desk.buffer.classes()] == ["a", "b"], "of the others nothing is left"
    assert desk.learned().kind is IncrementKind.WAKE
    assert not desk.engine.is_due()
    assert isinstance(desk.sleep()[-1], IncrementRejected), "and from then on it decides again"


def test_a_class_that_no_laptop_has_any_longer_is_put_away(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    desk.learned()
    other.buffer.archive_class(other.class_id("c"))
    other.engine.refresh()
    other.learn()
    offer(desk, contributed(other))
    assert desk.learned().kind is IncrementKind.FLEET
    assert [info.name for info in desk.buffer.classes()] == ["a", "b", "d"]
    assert desk.answer(3).label == "d"


def test_what_is_shown_here_is_learned_before_what_others_offer(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("abcd"):
        teach(desk, name, kind, recordings=8)
        teach(other, name, (kind + 1) % 4, recordings=40)  # somebody who labels everything wrongly
    teach(other, "z", 9)
    desk.learned()
    other.learned()
    teach(desk, "e", 5)
    offer(desk, contributed(other))
    assert desk.engine.is_due()
    told = desk.learn()
    [learned] = [event.increment for event in told if isinstance(event, IncrementLearned)]
    [refused] = [event.increment for event in told if isinstance(event, IncrementRejected)]
    assert (learned.kind, refused.kind) == (IncrementKind.WAKE, IncrementKind.FLEET)
    assert desk.answer(5).label == "e"
    assert not desk.engine.is_due()
    assert [info.name for info in desk.buffer.classes()] == list("abcde"), "what was refused leaves no class behind"


def test_what_comes_again_is_no_news(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    desk.learned()
    offer(desk, contributed(other))
    assert not desk.engine.is_due()
    assert desk.learn() == [NothingToLearn(desk.engine.version_id)]
    backbone_id = desk.buffer.register_backbone(desk.engine.backbone)
    assert list(desk.buffer.has_from_others(backbone_id)) == ["used"]
    teach(desk, "e", 5)
    assert desk.learned().kind is IncrementKind.WAKE


def test_what_comes_while_something_else_is_learned_passes_the_gate_itself(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    backbone_id = desk.buffer.register_backbone(desk.engine.backbone)
    offer(desk, contributed(other))
    first = desk.buffer.has_from_others(backbone_id)["offered"]
    learning = desk.engine.learn("test")
    while not isinstance(next(learning), IncrementStarted):
        pass
    teach(other, "e", 5)
    other.learned()
    offer(desk, contributed(other))
    finish(learning)
    came = desk.buffer.has_from_others(backbone_id)
    assert came.get("used") != first, "what was replaced while it was learned is not there any longer"
    assert "offered" in came
    assert desk.engine.is_due()
    assert desk.learned().kind is IncrementKind.FLEET
    assert desk.answer(5).label == "e"


def test_a_class_deleted_here_does_not_come_back_without_anybody_having_it(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("abc"):
        teach(desk, name, kind)
    teach(other, "d", 3)
    teach(other, "b", 1, start=500)
    desk.learned()
    other.learned()
    mine = contributed(desk)
    everything = mine.merged([contributed(other)]).without(mine)
    assert everything.names == tuple("abcd")
    desk.buffer.archive_class(desk.class_id("c"))
    arrays = everything.arrays() | {KERNEL: np.zeros((mine.sums[View.PICTURE].size, 4)), BIAS: np.zeros((1, 4))}
    new = take_from_others(desk.buffer, desk.engine.backbone.sha256, 1, everything.names, arrays)
    assert new == ["d"]
    assert [info.name for info in desk.buffer.classes()] == ["a", "b", "d"]
    found = desk.buffer.from_others(desk.buffer.register_backbone(desk.engine.backbone), "offered")
    assert found is not None
    assert (found.names, found.arrays[KERNEL].shape[1], found.arrays[BIAS].shape) == (("a", "b", "d"), 3, (1, 3))
    desk.engine.refresh()
    assert isinstance(desk.learn()[-1], IncrementLearned)
    assert desk.answer(3).label == "d"


def test_sums_of_a_backbone_that_was_never_here_are_refused(desk: Desk, other: Desk) -> None:
    teach(other, "d", 3)
    other.learned()
    known = contributed(other)
    with pytest.raises(BackboneFault):
        take_from_others(desk.buffer, "e" * 64, 1, known.names, known.arrays())
    assert desk.buffer.classes() == []


def test_what_is_unlearned_here_is_not_in_what_others_know(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, name, kind, start=500)
    desk.learned()
    other.learned()
    mine = contributed(desk)
    together = mine.merged([contributed(other)])
    offer(desk, together.without(mine))
    desk.learned()
    gone = desk.show("a", [look(0, 900 + frame) for frame in range(6)])
    desk.learned()
    desk.buffer.delete(gone)
    desk.slept()
    statistics = desk.engine._memory.statistics(mirrored=True, with_held_out=True)
    assert statistics.count == sum(together.counts) * len(View)


def test_a_class_deleted_here_goes_from_what_others_know(desk: Desk, other: Desk) -> None:
    for kind, name in enumerate("ab"):
        teach(desk, name, kind)
        teach(other, "cd"[kind], kind + 2)
    desk.learned()
    other.learned()
    offer(desk, contributed(other))
    desk.learned()
    desk.buffer.archive_class(desk.class_id("c"))
    desk.engine.refresh()
    assert desk.engine.is_due()
    last = desk.learn()[-1]
    assert isinstance(last, IncrementLearned)
    assert "c" not in desk.answer(2).probabilities
    assert desk.answer(3).label == "d"
