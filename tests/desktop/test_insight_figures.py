# SPDX-License-Identifier: Apache-2.0
"""What Insight says and which samples it means, without a window."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from desktop.insight import (
    Past,
    curve,
    forgotten,
    learned_in,
    marks,
    measured_on,
    recordings_of,
    taken_for,
)
from desktop.insight_words import besides, comparison, further, increment_words, missing, sentence
from desktop.lasso import enclosed
from learner.buffer import Buffer
from learner.figures import Figures, in_a_hundred
from learner.types import BurstScore, ClassInfo, IncrementKind
from tests.desktop.insight_making import Project, make_project

NAMES = {1: "mug", 2: "scissors", 3: "pliers"}


def classes(*names: str, count: int = 5) -> list[ClassInfo]:
    return [ClassInfo(n, name, "#0072B2", str(n), n, count) for n, name in enumerate(names, start=1)]


def measured(accuracy: float, confusion: list[list[int]], **further: object) -> Figures:
    ids = list(range(1, len(confusion) + 1))
    evaluation = {"measured": True, "recordings": 20, "accuracy": accuracy, "class_ids": ids, "confusion": confusion}
    return Figures.of(json.loads(json.dumps(evaluation | further)))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "desk.showtell")


def look(project: Project) -> Past:
    with Buffer.open(project.path, read_only=True) as buffer:
        return Past.look(buffer)


def test_one_sentence_says_how_good_it_is_and_what_it_still_mixes_up() -> None:
    figures = measured(0.96, [[9, 1, 0], [0, 7, 3], [0, 0, 10]])
    assert sentence(figures, NAMES) == (
        "It is right 96 times in 100 on recordings it has not learned from; it still takes scissors for pliers."
    )
    perfect = measured(1.0, [[5, 0], [0, 5]])
    assert sentence(perfect, NAMES) == "It is right every time on recordings it has not learned from."
    removed = measured(0.5, [[5, 5], [0, 10]])
    assert "takes" not in sentence(removed, {2: "scissors"}), "a class that is gone has no name"


def test_only_what_is_always_so_is_a_hundred() -> None:
    assert [in_a_hundred(share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)] == [0, 1, 50, 99, 100]


def test_of_as_many_mistakes_those_of_the_rarer_class_are_named() -> None:
    assert measured(0.9, [[18, 2], [2, 4]]).worst_mistake == (2, 1)
    assert measured(0.9, [[18, 3], [2, 4]]).worst_mistake == (1, 2)
    assert measured(1.0, [[3, 0], [0, 3]]).worst_mistake is None


def test_further_sentences_say_only_what_was_measured() -> None:
    plain = measured(0.9, [[9, 1], [1, 9]])
    assert further(plain, NAMES) == ["Measured on 20 recordings that were kept aside; each counts the same."]
    assert besides(plain) == []
    rich = measured(
        0.9,
        [[9, 1], [1, 9]],
        recordings=4,
        ece=0.042,
        forgetting={1: 0.0, 2: 0.08},
        prequential={"right": 7, "recordings": 9},
        unknown={"auroc": 0.91, "flagged": 0.03, "left_out": {}},
    )
    said = further(rich, NAMES)
    assert said[0] == "Measured on only 4 recordings that were kept aside: take the numbers as rough."
    assert said[1] == "What it forgot most is scissors: it finds it 8 times in 100 less than it once did."
    assert said[2] == "Its percentages are off by 4 points on average."
    before, unknown, flagged = besides(rich)
    assert before == "It recognised 7 of 9 recordings before it had learned from them."
    assert "91 times in 100" in unknown
    assert flagged == "It calls 3 in 100 pictures of things it knows unknown."
    assert "It has forgotten nothing." in further(measured(0.9, [[9, 1], [1, 9]], forgetting={1: 0.001}), NAMES)


def test_an_evaluation_with_less_in_it_is_read_as_unmeasured() -> None:
    for evaluation in ({}, {"measured": False, "accuracy": None}, {"measured": True, "accuracy": None}):
        figures = Figures.of(evaluation)
        assert not figures.measured
        assert figures.confusion.shape == (0, 0)
    odd = Figures.of({"measured": True, "accuracy": 0.5, "class_ids": [1, 2], "confusion": [[1]]})
    assert odd.class_ids == (), "a matrix that does not fit its classes is none"


def test_precision_is_of_what_was_called_so() -> None:
    figures = measured(0.7, [[8, 2, 0], [0, 6, 0], [0, 4, 0]])
    assert figures.precision == {1: 1.0, 2: 0.5}, "nothing was called by the third name"


def test_what_is_missing_is_said_step_by_step(project: Project) -> None:
    assert "nothing to tell apart" in missing(Past(), classes("mug"), {})[0]
    assert "nothing to tell apart" in missing(Past(), classes("mug", "key", count=0), {})[0]
    assert missing(Past(), classes("mug", "key"), {})[0] == "It has not learned yet."
    project.publish({"measured": False})
    what, do = missing(look(project), classes("mug", "key"), {1: 3, 2: 1})
    assert what == "How good it is cannot be measured yet."
    assert do.startswith("Record each thing a few times: then some recordings are kept aside")
    assert do.endswith("So far there is 1 recording of key.")


def test_the_version_in_use_is_what_counts(project: Project) -> None:
    first = project.publish(project.evaluation(0.5, 0.5))
    project.publish(project.evaluation(0.9, 0.9))
    project.publish(project.evaluation(0.1, 0.1), accepted=False)
    assert look(project).present.accuracy == pytest.approx(0.9)
    assert first.version_id
    with Buffer.open(project.path) as buffer:
        buffer.set_champion(first.version_id)
    assert look(project).present.accuracy == pytest.approx(0.5)


def test_the_curve_has_a_place_for_each_increment(project: Project) -> None:
    project.publish({"measured": False}, before=BurstScore(0, 2))
    project.publish(project.evaluation(0.8, 0.6), before=BurstScore(2, 2))
    project.publish(project.evaluation(0.2, 0.2), accepted=False, before=BurstScore(8, 8))
    project.publish(project.evaluation(0.9, 0.9))
    shown = curve(look(project))
    np.testing.assert_allclose(shown.held_out, [np.nan, 0.7, 0.2, 0.9])
    assert shown.accepted.tolist() == [True, True, False, True]
    # The first increment's recordings no longer count once there are ten later ones.
    np.testing.assert_allclose(shown.before, [0.0, 0.5, 1.0, 1.0])
    assert not shown.is_empty
    assert curve(Past()).is_empty


def test_forgetting_is_a_line_for_each_class_with_gaps_where_nothing_was_measured(project: Project) -> None:
    project.publish(project.evaluation(forgetting={project.mug: 0.0}))
    project.publish(project.evaluation(forgetting={project.mug: 0.5}), accepted=False)
    project.publish(project.evaluation(forgetting={project.mug: 0.1, project.scissors: 0.2}))
    series = forgotten(look(project))
    np.testing.assert_allclose(series[project.mug], [0.0, np.nan, 0.1])
    np.testing.assert_allclose(series[project.scissors], [np.nan, np.nan, 0.2])


def test_marks_are_initials_unless_two_classes_share_one() -> None:
    assert marks(classes("mug", "key")) == {1: "M", 2: "K"}
    assert marks(classes("pen", "pliers", "mug")) == {1: "1", 2: "2", 3: "3"}


def test_samples_behind_a_figure_are_those_kept_aside(project: Project) -> None:
    increment = project.publish(project.evaluation(), sample_ids=project.samples[project.mug][:3])
    with Buffer.open(project.path) as buffer:
        deleted = project.samples[project.mug][-1]
        buffer.delete([deleted])
        catalogue = buffer.catalogue()
    judgement = project.judgement()
    wrong = project.samples[project.scissors][-1]
    assert taken_for(catalogue, judgement, project.scissors, project.mug).tolist() == [wrong]
    assert taken_for(catalogue, judgement, project.mug, project.scissors).tolist() == []
    aside = project.kept_aside[project.scissors]
    assert measured_on(catalogue, judgement, project.scissors).tolist() == [wrong, *aside[:-1]], "wrong ones first"
    assert deleted not in measured_on(catalogue, judgement, project.mug)
    assert learned_in(catalogue, increment.id).tolist() == project.samples[project.mug][:3]
    assert recordings_of(catalogue) == {project.mug: 2, project.scissors: 2}


def test_an_increment_is_told_with_the_reason_it_was_not_kept(project: Project) -> None:
    project.publish(project.evaluation(), before=BurstScore(1, 2), kind=IncrementKind.SLEEP)
    project.publish(project.evaluation(), accepted=False)
    past = look(project)
    title, lines = increment_words(past.increments[0], past.figures[0])
    assert title == "Went over everything"
    assert "kept as version 1" in lines
    assert "recognised 1 of 2 new recordings before it learned them" in lines
    assert increment_words(past.increments[1], past.figures[1])[1][-1] == "not kept: It was worse."


def test_two_versions_are_compared_in_a_sentence() -> None:
    before = measured(0.90, [[1, 0], [0, 1]], recall={1: 0.95, 2: 0.80, 3: 0.9})
    after = measured(0.93, [[1, 0], [0, 1]], recall={1: 0.85, 2: 0.99, 3: 0.91})
    assert comparison((14, after), (12, before), NAMES) == (
        "Version 14 is right 3 in 100 more often than version 12: it finds scissors more often, mug less often."
    )
    assert comparison((12, before), (14, after), NAMES).startswith("Version 12 is right 3 in 100 less often")
    assert comparison((15, after), (14, after), NAMES) == (
        "Version 15 is right as often as version 14; no single thing stands out."
    )
    assert comparison((14, after), (12, Figures()), NAMES) == "Nothing was measured of version 12."


def test_a_line_drawn_by_hand_takes_in_what_lies_within() -> None:
    places = np.array([(1, 1), (3, 1), (2, 2.5), (5, 5)], np.float32)
    notched = np.array([(0, 0), (4, 0), (4, 4), (2, 1.5), (0, 4)], np.float64)
    assert enclosed(notched, places).tolist() == [True, True, False, False]
    assert enclosed(notched[:2], places).tolist() == [False] * 4, "a line is no outline"
    assert enclosed(notched, places[:0]).tolist() == []
