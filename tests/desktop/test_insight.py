# SPDX-License-Identifier: Apache-2.0
"""The Insight room, with the real file behind it."""

from __future__ import annotations

import importlib.util
import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.learner_bridge import LearnerBridge
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.insight.heat_view import EVERY_SECONDS, HeatPage, veil
from desktop.views.insight.learning_curves import LearningCurves
from desktop.views.insight.room import InsightRoom
from desktop.views.insight.sample_map import SampleMap
from learner.buffer import Buffer
from learner.camera import Frame
from learner.config import LearnerConfig
from learner.messages import (
    Drawn,
    Highlighted,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    Judged,
    LearnerDied,
    Restored,
    Started,
    Stepped,
)
from learner.types import Chart, ClassInfo, Heat, IncrementKind, Step
from tests.desktop.conftest import Desk, FakeLearner, increment
from tests.desktop.insight_making import Project, make_project
from tests.learner.fakes import INFO

PROGRESS, MIX_UPS, MAP, HEAT, VERSIONS = range(5)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "taught.showtell")


class Insight:
    """The room, opened on a project, and hands to use it."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self.desk = desk
        self.project = project
        self.wanted: list[tuple[str, list[int]]] = []
        desk.open(project.path)
        desk.learner.say(Started(1, INFO, 1, 0))
        room = desk.app.window.insight
        assert isinstance(room, InsightRoom)
        self.room = room
        room.samples_wanted.connect(lambda title, ids: self.wanted.append((title, ids.tolist())))

    def enter(self) -> None:
        """Open the room and wait until the file is read and the charts are there."""
        self.desk.app.window.open_room(self.room)
        self.desk.until(lambda: self.room._can_plot and self.desk.session.samples.is_read)

    def judge(self) -> None:
        self.desk.until(lambda: "judge" in self.desk.learner.calls)
        number = self.desk.session.samples._question
        assert number is not None
        with self.desk.qtbot.waitSignal(self.desk.session.samples.changed):
            self.desk.learner.say(Judged(number, self.project.judgement()))

    @property
    def curves(self) -> LearningCurves:
        assert self.room.curves
        return self.room.curves

    def map(self) -> SampleMap:
        """Open the map and let four clusters of three be drawn on it."""
        self.room.open_section(MAP)
        self.desk.until(lambda: "draw" in self.desk.learner.calls)
        assert self.room.map
        self.draw("PCA")
        return self.room.map

    def draw(self, method: str) -> None:
        ids = np.array(self.project.all_ids, np.int64)
        corners = np.repeat([(0, 0), (0, 10), (10, 0), (10, 10)], 3, axis=0)
        places = (corners + np.tile([(0.0, 0.2), (0.4, 0.0), (0.1, 0.5)], (4, 1))).astype(np.float32)
        with self.desk.qtbot.waitSignal(self.desk.session.learner.drawn):
            self.desk.learner.say(Drawn(self.desk.learner.questions, Chart(ids, places, method)))


@pytest.fixture
def insight(desk: Desk, project: Project) -> Insight:
    return Insight(desk, project)


def click(widget: QWidget, at: QPointF) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())


def texts(insight: Insight) -> list[list[str]]:
    """What the table of versions says."""
    table = insight.room.versions.table
    rows = []
    for row in range(table.rowCount()):
        cells = [table.item(row, column) for column in range(table.columnCount())]
        rows.append([cell.text() for cell in cells if cell is not None])
    return rows


def test_nothing_is_made_before_the_room_is_opened(insight: Insight) -> None:
    assert not insight.room.children() or not insight.room.findChildren(QWidget)
    assert "judge" not in insight.desk.learner.calls
    assert not insight.room.press_key("W")
    insight.enter()
    assert insight.room.findChildren(QWidget)


def test_plots_are_not_imported_before_somebody_wants_to_see_one() -> None:
    code = "import sys, desktop.views.main_window; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_with_too_little_there_is_a_sentence_and_no_chart(insight: Insight) -> None:
    insight.project.publish({"measured": False})
    insight.enter()
    insight.desk.until(lambda: insight.room.verdict.sentence.text() == "How good it is cannot be measured yet.")
    insight.desk.until(lambda: "there are 2 recordings of mug" in insight.room.verdict.further.text())
    assert not insight.room.verdict.bars.isVisible()
    assert insight.curves.accuracy.said
    insight.room.open_section(MIX_UPS)
    assert insight.room.mix_ups.card.said
    assert not insight.room.mix_ups.matrix.isVisible()


def test_a_sentence_comes_before_any_chart(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.desk.until(
        lambda: (
            insight.room.verdict.sentence.text()
            == "It is right 85 times in 100 on recordings it has not learned from; it still takes scissors for mug."
        )
    )
    assert "off by 4 points" in insight.room.verdict.further.text()
    assert "3 of 4 recordings" in insight.room.verdict.besides.text()
    assert [info.name for info in insight.room.verdict.bars.shown] == ["mug", "scissors"]
    assert (
        "mug: 90 % of it is found; of what was called so, 82 % was so"
        in insight.room.verdict.bars.accessibleDescription()
    )
    assert not insight.curves.accuracy.said
    insight.desk.session.rename_class(insight.project.mug, "cup")
    insight.desk.until(lambda: insight.room.verdict.sentence.text().endswith("scissors for cup."))


def test_a_cell_of_the_matrix_leads_to_its_samples(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.judge()
    insight.room.open_section(MIX_UPS)
    matrix = insight.room.mix_ups.matrix
    insight.desk.until(lambda: matrix.counts.tolist() == [[9, 1], [2, 8]])
    click(matrix.viewport(), matrix.place_of(1, 0).center())
    wrong = insight.project.samples[insight.project.scissors][-1]
    assert insight.wanted == [("scissors taken for mug", [wrong])]
    assert insight.desk.app.window.room is insight.desk.app.window.review
    insight.enter()
    click(matrix.viewport(), matrix.place_of(0, 1).center())
    assert len(insight.wanted) == 1
    assert insight.room.note.text() == "mug taken for scissors: there are no such samples."


def test_the_matrix_is_walked_by_keys(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.judge()
    insight.room.open_section(MIX_UPS)
    matrix = insight.room.mix_ups.matrix
    insight.desk.until(lambda: len(matrix.class_ids) == 2)
    matrix.setFocus()
    assert insight.room.mix_ups.line.text() == "mug: 9 of 10 looks were right"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(matrix, key)
    assert matrix.current == (1, 0), "it ends at the edge"
    assert insight.room.mix_ups.line.text() == "scissors taken for mug: 2 of 10 looks"
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert [title for title, _ in insight.wanted] == ["scissors taken for mug"]


def test_a_hundred_classes_scroll_under_their_marks(qtbot: QtBot) -> None:
    from desktop.views.insight.confusion_matrix import ConfusionMatrix
    from learner.figures import Figures

    model = ClassModel()
    model.set_classes([ClassInfo(n, f"thing {n}", "#0072B2", None, n, 5) for n in range(100)])
    matrix = ConfusionMatrix(Theme("light"), model)
    qtbot.addWidget(matrix)
    matrix.resize(500, 400)
    matrix.show()
    counts = np.eye(100, dtype=int).tolist()
    evaluation = {"measured": True, "accuracy": 1.0, "class_ids": list(range(100)), "confusion": counts}
    matrix.show_figures(Figures.of(evaluation))
    visible = matrix.place_of(0, 0).center()
    for _ in range(99):
        QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert matrix.current == (99, 0)
    place = matrix.place_of(99, 0)
    assert matrix.viewport().rect().contains(place.center().toPoint()), "the current cell is brought into sight"
    assert matrix.cell_at(place.center()) == (99, 0)
    assert matrix.cell_at(visible) != (0, 0)
    assert not matrix.grab().isNull()


def test_a_class_leads_to_what_it_is_measured_on_wrong_ones_first(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.judge()
    insight.desk.until(lambda: len(insight.room.verdict.bars.shown) == 2)
    insight.room.verdict.bars.setFocus()
    QTest.keyClick(insight.room.verdict.bars, Qt.Key.Key_Down)
    QTest.keyClick(insight.room.verdict.bars, Qt.Key.Key_Return)
    first, second, wrong = insight.project.kept_aside[insight.project.scissors]
    assert insight.wanted == [("scissors, kept aside; wrong ones first", [wrong, first, second])]


def test_before_the_samples_are_judged_the_room_asks_for_patience(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.desk.until(lambda: len(insight.room.verdict.bars.shown) == 2)
    insight.room.verdict.bars.class_chosen.emit(insight.project.mug)
    assert insight.wanted == []
    assert "Try again in a moment" in insight.room.note.text()


def test_a_dot_of_the_curve_tells_of_its_increment(insight: Insight) -> None:
    mugs = insight.project.samples[insight.project.mug]
    insight.project.publish(insight.project.evaluation(), sample_ids=mugs)
    insight.project.publish(insight.project.evaluation(0.1, 0.1), accepted=False)
    insight.enter()
    chart = insight.curves.accuracy
    insight.desk.until(lambda: len(chart._past.increments) == 2 and not chart.said)
    insight.desk.until(lambda: chart.plot.width() > 200)
    click(chart.plot.viewport(), QPointF(*chart.plot.to_pixels(chart._dots()[[0]])[0]))
    told = chart.card.increment
    assert told is not None
    assert told.id == 1
    QTest.keyClick(chart.plot, Qt.Key.Key_Right)
    assert "not kept: It was worse." in chart.card.words.text()
    QTest.keyClick(chart.plot, Qt.Key.Key_Left)
    QTest.keyClick(chart.plot, Qt.Key.Key_Return)
    assert insight.wanted == [("Learned in one go", mugs)]
    insight.enter()
    QTest.keyClick(chart.plot, Qt.Key.Key_Escape)
    assert chart.card.increment is None


def test_what_was_forgotten_leads_to_the_class(insight: Insight) -> None:
    project = insight.project
    project.publish(project.evaluation(forgetting={project.mug: 0.0, project.scissors: 0.0}))
    project.publish(project.evaluation(forgetting={project.mug: 0.0, project.scissors: 0.3}))
    insight.enter()
    insight.judge()
    chart = insight.curves.forgetting
    assert chart is not None
    insight.desk.until(lambda: not chart.said)
    assert chart.plot.accessibleDescription() == "In 100, found less often now than at its best: scissors 30"
    QTest.keyClick(chart.plot, Qt.Key.Key_Right)
    QTest.keyClick(chart.plot, Qt.Key.Key_Return)
    assert [title for title, _ in insight.wanted] == ["scissors, kept aside; wrong ones first"]


def test_steps_of_the_learning_under_way_are_drawn_as_they_come(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    chart = insight.curves.steps
    assert chart is not None
    insight.desk.until(lambda: len(chart.steps) == 2)
    assert chart.title.text() == "Last time: 2 steps"
    insight.desk.learner.say(IncrementStarted("test", 3))
    steps = [Step(number, 40, 1 / number, 0.5, 0.01, 2.0) for number in range(1, 6)]
    for step in steps:
        insight.desk.learner.say(Stepped(step))
    insight.desk.until(lambda: chart.steps == steps)
    insight.desk.until(lambda: chart.title.text() == "Learning: step 5 of 40")
    insight.desk.session.pin_version(1, True)  # what is read anew meanwhile takes nothing away
    insight.desk.until(lambda: insight.room.past.versions[0].pinned)
    assert chart.steps == steps
    insight.desk.learner.say(Stepped(steps[0]))
    insight.desk.until(lambda: chart.steps == steps[:1])
    insight.desk.learner.say(IncrementRejected(increment(IncrementKind.SLEEP, accepted=False)))
    insight.desk.until(lambda: chart.title.text() == "Last time: 2 steps")


def test_what_is_learned_meanwhile_shows(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.desk.until(lambda: "85 times" in insight.room.verdict.sentence.text())
    for learned in (True, False):
        insight.desk.learner.say(IncrementStarted("test", 3))
        record = insight.project.publish(insight.project.evaluation(0.7, 0.7), accepted=learned)
        insight.desk.learner.say(IncrementLearned(record) if learned else IncrementRejected(record))
        insight.desk.until(lambda record=record: insight.room.past.increments[-1].id == record.id)  # type: ignore[misc]
    assert "70 times" in insight.room.verdict.sentence.text()


def test_a_version_is_restored_and_the_list_says_which_is_in_use(insight: Insight) -> None:
    for share in (0.6, 0.9):
        insight.project.publish(insight.project.evaluation(share, share))
    insight.enter()
    insight.room.open_section(VERSIONS)
    insight.desk.until(lambda: len(texts(insight)) == 2)
    assert [row[0] for row in texts(insight)] == ["2 · in use", "1"]
    assert [row[3] for row in texts(insight)] == ["90", "60"]
    page = insight.room.versions
    assert not page.restore.isEnabled()
    page.choose(2)
    assert not page.restore.isEnabled(), "it is in use already"
    page.choose(1)
    click(page.restore, QPointF(5, 5))
    assert insight.desk.learner.calls[-1] == "restore 1"
    with Buffer.open(insight.project.path) as buffer:
        buffer.set_champion(1)
    insight.desk.learner.say(Restored(1))
    insight.desk.until(lambda: [row[0] for row in texts(insight)] == ["2", "1 · in use"])
    assert "60 times in 100" in insight.room.verdict.sentence.text()
    insight.desk.learner.say(IncrementLearned(insight.project.publish(insight.project.evaluation())))
    insight.desk.until(lambda: [row[0] for row in texts(insight)] == ["3 · in use", "2", "1"])
    assert [version.id for version in page.chosen] == [1], "what was chosen stays so, wherever it is now"


def test_a_version_is_pinned_and_let_go(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.room.open_section(VERSIONS)
    insight.desk.until(lambda: len(texts(insight)) == 1)
    page = insight.room.versions
    page.choose(1)
    assert page.pin.text() == "Pin"
    click(page.pin, QPointF(5, 5))
    insight.desk.until(lambda: texts(insight)[0][0] == "1 · in use · pinned")
    assert page.pin.text() == "Unpin"
    with Buffer.open(insight.project.path, read_only=True) as buffer:
        assert buffer.version(1).pinned
    click(page.pin, QPointF(5, 5))
    insight.desk.until(lambda: texts(insight)[0][0] == "1 · in use")


def test_two_versions_are_compared_side_by_side(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation(0.9, 0.5))
    insight.project.publish(insight.project.evaluation(0.8, 0.8))
    insight.enter()
    insight.room.open_section(VERSIONS)
    insight.desk.until(lambda: len(texts(insight)) == 2)
    page = insight.room.versions
    page.choose(1)  # one alone is compared with that in use
    click(page.compare, QPointF(5, 5))
    assert page.comparison.sentence.text() == (
        "Version 2 is right 10 in 100 more often than version 1: it finds scissors more often, mug less often."
    )
    table = page.comparison.table
    cells = [[table.item(row, column) for column in range(4)] for row in range(table.rowCount())]
    rows = [[cell.text() for cell in row if cell is not None] for row in cells]
    assert rows == [
        ["Right", "70", "80", "+10"],
        ["Samples", "12", "12", "0"],
        ["Classes", "2", "2", "0"],
        ["mug, found", "90", "80", "−10"],
        ["scissors, found", "50", "80", "+30"],
    ]
    page.choose(2)
    assert not page.compare.isEnabled(), "with what?"
    page.choose(1, 2)
    assert page.compare.isEnabled()


def test_a_line_drawn_around_points_leads_to_their_samples(insight: Insight) -> None:
    insight.enter()
    page = insight.map()
    assert not page.card.said
    view = page.plot.viewport()
    corners = page.plot.to_pixels(np.array([(-2, -2), (-2, 12), (3, 12), (3, -2)], np.float32))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*map(round, corners[0])))
    for corner in (*corners[1:], corners[0]):
        QTest.mouseMove(view, QPoint(*map(round, corner)))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*map(round, corners[0])))
    ids = insight.project.all_ids
    assert insight.wanted == [("6 samples from the map", ids[:6])]


def test_a_click_on_a_point_leads_to_its_sample(insight: Insight) -> None:
    insight.enter()
    page = insight.map()
    last = insight.project.all_ids[-1]
    click(page.plot.viewport(), QPointF(*page.plot.to_pixels(page.plot.places[[-1]])[0]))
    assert insight.wanted == [("1 sample from the map", [last])]
    insight.enter()
    nowhere = page.plot.to_pixels(np.array([(5.0, 5.0)]))[0]
    click(page.plot.viewport(), QPointF(*nowhere))
    assert len(insight.wanted) == 1


def test_pointing_at_a_sample_shows_its_picture_and_what_was_said(insight: Insight) -> None:
    insight.enter()
    insight.judge()
    page = insight.map()
    page.plot.moved.emit(QPointF(*page.plot.to_pixels(page.plot.places[[-1]])[0]))
    assert page.hover.isVisible()
    assert (page.hover.name.text(), page.hover.said.text()) == ("scissors", "kept aside, taken for mug")
    insight.desk.until(lambda: not page.hover.picture.pixmap().isNull())
    page.plot.left_it.emit()
    assert not page.hover.isVisible()


def test_the_map_is_zoomed_and_shown_whole_again(insight: Insight) -> None:
    insight.enter()
    page = insight.map()
    page.plot.setFocus()
    whole = page.plot.getViewBox().viewRange()
    QTest.keyClicks(page.plot, "+")
    near = page.plot.getViewBox().viewRange()
    assert near[0][1] - near[0][0] < whole[0][1] - whole[0][0]
    click(page.whole, QPointF(5, 5))
    np.testing.assert_allclose(page.plot.getViewBox().viewRange(), whole)


def test_the_map_is_drawn_anew_for_another_version_and_another_learner(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.map()
    calls = insight.desk.learner.calls
    assert calls.count("draw") == 1
    insight.desk.learner.say(Restored(1))
    insight.desk.until(lambda: calls.count("draw") == 2)
    insight.desk.learner.say(LearnerDied(1, restarting=True))
    insight.desk.learner.say(Started(2, INFO, 1, 0))
    insight.desk.until(lambda: calls.count("draw") == 3)


def test_a_finer_map_follows_or_the_room_says_what_it_needs(insight: Insight, monkeypatch: pytest.MonkeyPatch) -> None:
    insight.enter()
    page = insight.map()

    def without(name: str, *arguments: Any) -> None:
        assert name == "sklearn"

    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", without)
        click(page.finer, QPointF(5, 5))
    assert "install showtell[map]" in page.note.text()
    assert "draw finely" not in insight.desk.learner.calls
    assert not page.finer.isChecked()
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: object())
    click(page.finer, QPointF(5, 5))
    assert insight.desk.learner.calls[-1] == "draw finely"
    insight.draw("PCA")
    assert "is being drawn" in page.note.text(), "the finer one is still on its way"
    insight.draw("t-SNE")
    assert "ringed" in page.note.text()
    insight.desk.learner.say(Restored(1))
    insight.desk.until(lambda: insight.desk.learner.calls.count("draw finely") == 2)
    before = page.plot.places
    insight.draw("PCA")
    assert page.plot.places is before, "a coarse one does not replace a fine one for a moment"
    click(page.finer, QPointF(5, 5))
    assert insight.desk.learner.calls[-1] == "draw"
    insight.draw("PCA")
    assert page.plot.places is not before


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_where_it_looks_is_asked_one_at_a_time_and_not_too_often(qtbot: QtBot, tmp_path: Path) -> None:
    learners: list[FakeLearner] = []

    def make(*arguments: Any) -> FakeLearner:
        learners.append(FakeLearner(*arguments))
        return learners[-1]

    bridge = LearnerBridge(tmp_path, LearnerConfig(), make)
    model = ClassModel()
    model.set_classes([ClassInfo(1, "mug", "#0072B2", "1", 0, 5)])
    clock = Clock()
    page = HeatPage(Theme("light"), model, bridge, clock)
    qtbot.addWidget(page)
    frame = Frame(np.zeros((48, 64, 3), np.uint8), 1, 1.0)
    calls = learners[0].calls

    def shown() -> Heat | None:
        return page.picture.heat

    page.show_frame(frame)
    assert calls == [], "not before somebody asks for it"
    page.button.click()
    for _ in range(5):
        page.show_frame(frame)
        clock.now += EVERY_SECONDS / 2
    assert calls == ["highlight"], "one is on its way"
    with qtbot.waitSignal(bridge.highlighted):
        learners[0].say(Highlighted(1, Heat(1, np.ones((7, 7), np.float32))))
    assert shown() is not None
    assert "what speaks for mug" in page.words.text()
    clock.now += EVERY_SECONDS
    page.show_frame(frame)
    assert calls.count("highlight") == 2
    clock.now += EVERY_SECONDS / 4
    with qtbot.waitSignal(bridge.highlighted):
        learners[0].say(Highlighted(2, None))
    page.show_frame(frame)
    assert calls.count("highlight") == 2, "it has been asked a moment ago"
    assert "learned nothing yet" in page.words.text()
    clock.now += EVERY_SECONDS
    page.show_frame(frame)
    clock.now += 10
    page.show_frame(frame)
    assert calls.count("highlight") == 4, "an answer that never comes is not waited for"
    page.button.click()
    with qtbot.waitSignal(bridge.highlighted):
        learners[0].say(Highlighted(4, Heat(1, np.ones((7, 7), np.float32))))
    assert shown() is None, "it came too late"
    assert not page.grab().isNull()


def test_the_veil_has_the_colour_where_it_looks_and_is_a_shadow_elsewhere() -> None:
    values = np.zeros((7, 7), np.float32)
    values[2, 5] = 1
    image = veil(values, QColor("#FF0000"))
    side = image.width() / 7
    there, elsewhere = (
        image.pixelColor(round(5.5 * side), round(2.5 * side)),
        image.pixelColor(round(0.5 * side), round(6.5 * side)),
    )
    assert there.red() > 240
    assert elsewhere.red() < 10
    assert there.alpha() > elsewhere.alpha() > 0


def test_where_it_looks_is_shown_while_its_section_is_in_sight(insight: Insight) -> None:
    insight.enter()
    calls = insight.desk.learner.calls
    insight.desk.show()
    assert insight.room.press_key("W")
    assert insight.room.heat.isVisible()
    insight.desk.show()
    assert calls.count("highlight") == 1
    insight.room.heat._asked_at -= 10
    insight.room.open_section(PROGRESS)
    insight.desk.show()
    assert calls.count("highlight") == 1
    assert insight.room.press_key("4")
    assert insight.room.heat.isVisible()
    assert not insight.room.press_key("Q")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_section_can_be_painted_in_either_appearance(insight: Insight, mode: str) -> None:
    for share in (0.5, 0.8):
        insight.project.publish(insight.project.evaluation(share, share, forgetting={insight.project.mug: 0.1}))
    insight.enter()
    insight.map()
    insight.desk.app.theme.set_mode(mode)  # type: ignore[arg-type]
    pictures = []
    for number in range(len(insight.room.sections)):
        insight.room.open_section(number)
        pictures.append(insight.room.grab().toImage())
    surface = insight.desk.app.theme.tokens.surface.lower()
    corner = insight.room.curves.accuracy.plot  # type: ignore[union-attr]
    assert corner.backgroundBrush().color().name() == surface
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_every_control_has_a_name_and_a_tooltip_and_tab_reaches_it(insight: Insight) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    insight.map()
    stops = 0
    for number in range(len(insight.room.sections)):
        insight.room.open_section(number)
        for widget in insight.room.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget
                assert widget.toolTip(), widget
                stops += 1
    assert stops > 20


def test_an_increment_without_a_number_of_its_own_is_told_beside_the_others(insight: Insight) -> None:
    insight.project.publish({"measured": False})
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    chart = insight.curves.accuracy
    insight.desk.until(lambda: len(chart._past.increments) == 2)
    assert np.isfinite(chart._dots()).all()
    chart.pick(0)
    told = chart.card.increment
    assert told == replace(insight.room.past.increments[0])


def test_a_list_that_is_gone_takes_no_part_when_the_colours_change(insight: Insight, qtbot: QtBot) -> None:
    insight.project.publish(insight.project.evaluation())
    insight.enter()
    room, theme = insight.room, insight.desk.app.theme
    with qtbot.waitSignal(room.versions.destroyed):
        room.versions.deleteLater()
    with qtbot.captureExceptions() as raised:
        theme.set_mode("light" if theme.is_dark else "dark")
    assert not raised
