# SPDX-License-Identifier: Apache-2.0
"""What is said of the samples themselves."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import pytest

from learner.aside import WAITING, finish
from learner.buffer import USUAL_LIMIT
from learner.roll import Content, evenly
from learner.types import Judgement, Role
from tests.learner.desk import Desk, look, recordings
from tests.learner.fakes import picture


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


def judged(desk: Desk) -> Judgement:
    return finish(desk.engine.judge())


def teach(desk: Desk, *kinds: int, each: int = 3) -> None:
    """Teach kinds of thing, with recordings to measure with among them."""
    for kind in kinds:
        for measured in (False, True):
            for _, images in zip(range(each), recordings(kind, measured=measured), strict=False):
                desk.show(f"kind {kind}", images)


def met(desk: Desk) -> list[list[int]]:
    """Return the samples that the engine has met, by burst."""
    return [desk.engine._memory.counted(burst.id).tolist() for burst in desk.buffer.bursts()]


def labels(desk: Desk) -> dict[int, int]:
    return {member.sample_id: member.class_id for member in desk.buffer.members()}


def test_every_labelled_sample_is_answered_as_the_live_picture_would_be(desk: Desk) -> None:
    ids = desk.record("a", 1) + desk.record("b", 2)
    desk.show(None, [picture(1, 40)])
    increment = desk.learned()
    judgement = judged(desk)
    assert judgement.version_id == increment.version_id
    assert judgement.sample_ids.tolist() == ids
    assert judgement.answers.tolist() == [labels(desk)[sample_id] for sample_id in ids]
    live = [desk.see(picture(kind, number)) for kind in (1, 2) for number in range(6)]
    assert judgement.confidences == pytest.approx([answer.confidence for answer in live], abs=0.02)
    assert judgement.unknown.tolist() == [answer.unknown for answer in live]


def test_nothing_is_answered_before_anything_is_learned(desk: Desk) -> None:
    assert len(judged(desk).sample_ids) == 0
    ids = desk.record("a", 1) + desk.record("b", 2)
    assert len(judged(desk).sample_ids) == 0, "nothing is embedded"
    list(desk.engine.embed_all())
    judgement = judged(desk)
    assert judgement.version_id is None
    assert judgement.sample_ids.tolist() == ids
    assert set(judgement.answers) == set(judgement.measured) == {-1}
    assert not judgement.confidences.any()
    assert not judgement.unknown.any()


def test_only_what_the_measured_twin_is_not_made_of_is_measured(desk: Desk) -> None:
    teach(desk, 1, 2, 3)
    tests = desk.show("kind 1", [look(1, 5000 + number) for number in range(3)], Role.HOLDOUT)
    desk.learned()
    judgement = judged(desk)
    held = Content.of(desk.buffer.members()).measured
    expected = set(evenly(held).sample_ids.tolist())
    is_measured = judgement.measured >= 0
    assert set(judgement.sample_ids[is_measured]) == expected
    assert expected.issuperset(tests)
    truth = [labels(desk)[sample_id] for sample_id in judgement.sample_ids[is_measured]]
    assert (judgement.measured[is_measured] == truth).mean() > 0.8


def test_it_is_the_twin_that_measures(desk: Desk) -> None:
    """A recording that is like no other of its class: what has learned it knows it, and the twin cannot."""
    teach(desk, 1, 2)
    odd = desk.show("kind 1", next(recordings(9, measured=True, like=0.95)))
    desk.learned()
    judgement = judged(desk)
    rows = np.isin(judgement.sample_ids, odd)
    assert set(judgement.answers[rows]) == {desk.class_id("kind 1")}
    champion = desk.buffer.champion()
    assert champion is not None
    assert set(desk.buffer.arrays(champion.id)) >= {"twin_kernel", "twin_bias"}
    assert not (judgement.measured[rows] == -1).any()
    kernel, bias = (desk.buffer.arrays(champion.id)[name] for name in ("twin_kernel", "twin_bias"))
    x = desk.engine._memory.answers(odd, mirrored=desk.buffer.head(champion.id).mirrored)
    said = np.array(champion.class_ids)[(x @ kernel + bias).argmax(axis=1)]
    assert judgement.measured[rows].tolist() == said.tolist()


def test_suspected_labels_are_those_that_are_listed(desk: Desk) -> None:
    teach(desk, 1, 2, 3)
    wrong = desk.show("kind 1", [look(2, 700 + number) for number in range(4)])
    desk.learned()
    judgement = judged(desk)
    listed = desk.engine.suspected_mislabels(1000)
    assert {suspicion.sample_id for suspicion in listed} >= set(wrong)
    doubts = zip(judgement.suggested, judgement.disagreement, strict=True)
    told = dict(zip(judgement.sample_ids.tolist(), doubts, strict=True))
    for suspicion in listed:
        assert told.pop(suspicion.sample_id) == (suspicion.suggested_class_id, np.float32(suspicion.disagreement))
    assert all(suggested == -1 and disagreement == 0 for suggested, disagreement in told.values())
    rows = np.isin(judgement.sample_ids, wrong)
    assert set(judgement.suggested[rows]) == {desk.class_id("kind 2")}


def test_what_shows_the_same_has_the_first_of_its_recording_as_its_twin(desk: Desk) -> None:
    one = desk.show("a", [picture(1, 0), picture(1, 1), look(1, 7), picture(1, 2)])
    other = desk.show("a", [picture(1, 3)])
    test = desk.show("a", [picture(1, 4), picture(1, 5)], Role.HOLDOUT)
    desk.record("b", 2)
    desk.learned()
    judgement = judged(desk)
    twins = dict(zip(judgement.sample_ids.tolist(), judgement.twins.tolist(), strict=True))
    assert [twins[sample_id] for sample_id in one] == [one[0], one[0], one[2], one[0]]
    assert twins[other[0]] == other[0], "another recording is another look"
    assert [twins[sample_id] for sample_id in test] == [test[0], test[0]]


def test_a_removed_class_is_neither_judged_nor_answered(desk: Desk) -> None:
    kept = desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    desk.buffer.archive_class(desk.class_id("b"))
    desk.engine.refresh()
    judgement = judged(desk)
    assert judgement.sample_ids.tolist() == kept
    assert set(judgement.answers) == {desk.class_id("a")}


def test_the_limit_of_the_unknown_is_that_of_the_project(desk: Desk) -> None:
    teach(desk, 1, 2, 3)
    strangers = desk.show("kind 1", [picture(kind) for kind in range(60, 72)], Role.HOLDOUT)
    desk.learned()
    flagged = []
    for limit in (0.25, USUAL_LIMIT, 4.0):
        desk.buffer.set_unknown_limit(limit)
        desk.engine.refresh()
        judgement = judged(desk)
        flagged.append(int(judgement.unknown[np.isin(judgement.sample_ids, strangers)].sum()))
    assert flagged == sorted(flagged, reverse=True)
    assert flagged[0] > flagged[2]


def test_it_leaves_what_the_engine_holds_in_mind_alone(desk: Desk) -> None:
    """What was judged has not been met: it is still scored before it is learned."""
    teach(desk, 1, 2)
    desk.learned()
    ids = desk.record("kind 1", 1, start=900)
    list(desk.engine.embed_all())
    before = met(desk)
    judgement = judged(desk)
    assert set(judgement.sample_ids) >= set(ids)
    assert met(desk) == before
    assert desk.learned().before.bursts >= 1


def test_what_was_deleted_meanwhile_is_not_judged(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.learned()
    desk.buffer.delete(ids[:2])
    assert not set(judged(desk).sample_ids) & set(ids[:2])


def test_what_another_learner_unlearned_is_not_judged(desk: Desk) -> None:
    desk.record("a", 1)
    ids = desk.record("b", 2)
    desk.learned()
    other = Desk(desk.buffer.path)
    other.buffer.delete(ids[:2])
    other.slept()
    other.buffer.close()
    assert judged(desk).sample_ids.tolist() == sorted(labels(desk))


def begin(pieces: Generator[object, None, Judgement]) -> None:
    """Do some of it, however often it waits for what is computed aside."""
    done = 0
    while done < 12:
        done += next(pieces) is not WAITING


def test_it_begins_anew_when_another_version_comes_into_use(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(desk, 1, 2)
    first = desk.learned().version_id
    assert first is not None
    desk.record("kind 3", 3)
    second = desk.learned().version_id
    monkeypatch.setattr("learner.judging._NUMBERS", 48 * 2)
    pieces = desk.engine.judge()
    begin(pieces)
    desk.engine.restore(first)
    judgement = finish(pieces)
    assert judgement.version_id == first != second
    assert desk.class_id("kind 3") not in set(judgement.answers)


def test_what_was_learned_meanwhile_is_judged_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(desk, 1, 2)
    desk.learned()
    monkeypatch.setattr("learner.judging._NUMBERS", 48 * 2)
    pieces = desk.engine.judge()
    begin(pieces)
    new = desk.record("kind 3", 3)
    version_id = desk.learned().version_id
    judgement = finish(pieces)
    assert judgement.version_id == version_id
    assert set(judgement.answers[np.isin(judgement.sample_ids, new)]) == {desk.class_id("kind 3")}


def test_it_goes_on_in_pieces_so_that_others_have_their_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(desk, 1, 2)
    desk.learned()
    monkeypatch.setattr("learner.judging._NUMBERS", 48 * 2)
    pieces = [piece for piece in desk.engine.judge() if piece is not WAITING]
    assert len(pieces) > len(desk.buffer.members()) / 2


def test_it_comes_to_the_same_in_pieces_of_any_size(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(desk, 1, 2, 3)
    desk.learned()
    whole = judged(desk)
    monkeypatch.setattr("learner.judging._NUMBERS", 1)
    single = judged(desk)
    for name in ("sample_ids", "answers", "measured", "suggested", "twins", "unknown"):
        assert getattr(whole, name).tolist() == getattr(single, name).tolist()
    assert whole.disagreement == pytest.approx(single.disagreement, abs=1e-4)
