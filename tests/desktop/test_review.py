# SPDX-License-Identifier: Apache-2.0
"""What a person does in the Review room, with the real file behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSlider, QToolButton, QToolTip, QWidget

from desktop.sample_filter import Order, Trait
from desktop.session import Session
from desktop.views.chip import Chip
from desktop.views.review.room import ReviewRoom
from desktop.views.review.sample_cell import Marks
from desktop.views.review.sample_grid import SampleGrid
from learner.buffer import Buffer
from learner.errors import DiskFull
from learner.messages import Explained, Judged
from learner.types import Explanation, Judgement, Neighbour, Prediction, Sample
from tests.desktop.conftest import Desk
from tests.learner.fakes import picture

MUG, KEY = 1, 2
MUGS, KEYS = range(1, 11), range(11, 19)
"""Ids of the samples of the two recordings."""
LEFT = Qt.MouseButton.LeftButton
PLAIN, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Review:
    """The room on a project with ten mugs and eight keys, the newest sample first."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.qtbot = desk.qtbot
        path = desk.path.with_name("review.showtell")
        with Buffer.open(path) as buffer:
            for name, ids in (("mug", MUGS), ("key", KEYS)):
                info, burst = buffer.add_class(name), buffer.start_burst("a camera")
                buffer.add_samples([(picture(info.id, number), info.id, burst.id) for number in ids])
        desk.path = path
        desk.open(path)
        self.enter()
        self.until(lambda: self.session.samples.is_read)

    @property
    def room(self) -> ReviewRoom:
        room = self.desk.app.window.review
        assert room
        return room

    @property
    def session(self) -> Session:
        return self.desk.session

    def enter(self) -> None:
        self.desk.app.window.open_room(self.room)

    def until(self, check: Callable[[], bool]) -> None:
        self.desk.until(check)

    def shown(self) -> list[int]:
        return [int(sample_id) for sample_id in self.room.grid.cells.sample_ids]

    def selected(self) -> list[int]:
        return [int(sample_id) for sample_id in self.room.grid.selected_ids]

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        if isinstance(key, str):
            self.qtbot.keyClicks(self.room.grid, key)
        else:
            self.qtbot.keyClick(self.room.grid, key, modifier)

    def click(self, sample_id: int, modifier: Qt.KeyboardModifier = PLAIN, *, twice: bool = False) -> None:
        grid = self.room.grid
        place = self.shown().index(sample_id)
        grid.scroll_to(place)
        point = grid.cell_rect(place).center()
        (self.qtbot.mouseDClick if twice else self.qtbot.mouseClick)(grid.viewport(), LEFT, modifier, point)

    def press(self, button: QToolButton | QWidget) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self.qtbot.mouseClick(button, LEFT)

    def choose(self, chip: Chip, text: str) -> None:
        menu = chip.menu()
        menu.aboutToShow.emit()
        found = [action for action in menu.actions() if action.text().startswith(text)]
        assert len(found) == 1, [action.text() for action in menu.actions()]
        found[0].trigger()

    def samples(self, *, deleted: bool = False) -> dict[int, Sample]:
        """What the file says, seen from another connection."""
        with Buffer.open(self.desk.path, read_only=True) as buffer:
            return {sample.id: sample for sample in buffer.samples(deleted=deleted)}

    def settled(self) -> None:
        """Wait until the last act is on the disk, and the file has been read after it."""
        index = self.session.samples
        self.until(lambda: self.session.undo_text is not None)
        self.until(lambda: not (index._soon.isActive() or index._reading or index._unsettled))

    def judge(self, **columns: dict[int, object]) -> None:
        """Let the learner judge: the label is right and sure, but for what is given by sample id."""
        index = self.session.samples
        ids = index.catalogue.sample_ids
        made: dict[str, Any] = {
            "answers": index.catalogue.class_ids.copy(),
            "confidences": np.full(len(ids), 0.95, np.float32),
            "unknown": np.zeros(len(ids), np.bool_),
            "measured": np.full(len(ids), -1),
            "suggested": np.full(len(ids), -1),
            "disagreement": np.zeros(len(ids), np.float32),
            "twins": ids.copy(),
        }
        for name, values in columns.items():
            for sample_id, value in values.items():
                made[name][ids.tolist().index(sample_id)] = value
        assert index._question is not None
        with self.qtbot.waitSignal(index.changed):
            self.desk.learner.say(Judged(index._question, Judgement(1, ids, **made)))

    def explain(self, label: str | None = "mug", neighbours: Sequence[int] = (), *, unknown: bool = False) -> None:
        """Wait until the learner is asked about the current sample, and answer."""
        current = self.room.grid.current_id
        assert current is not None
        self.until(lambda: self.desk.learner.calls[-1] == f"explain {current}")
        shares = {"mug": 0.9, "key": 0.1} if label else {}
        answer = Explanation(
            current,
            Prediction(label, 0.9 if label else 0.0, shares, unknown=unknown),
            tuple(Neighbour(one, MUG, 0.9) for one in neighbours),
        )
        with self.qtbot.waitSignal(self.session.learner.explained):
            self.desk.learner.say(Explained(self.desk.learner.questions, answer))


@pytest.fixture
def review(desk: Desk) -> Review:
    return Review(desk)


def chip(review: Review, trait: Trait) -> Chip:
    return review.room.filters.traits[trait]


def test_nothing_recorded_says_where_to_go(desk: Desk) -> None:
    room = desk.app.window.review
    assert room
    desk.app.window.open_room(room)
    desk.until(room.empty.isVisible)
    assert room.empty.title.text() == "Nothing recorded yet"
    assert "Ctrl+1" in room.empty.message.text()
    assert not room.grid.isVisible()


def test_a_room_that_was_never_entered_asks_nothing(desk: Desk) -> None:
    desk.name("mug")
    assert "judge" not in desk.learner.calls
    assert desk.app.window.review
    assert not desk.app.window.review.children()


def test_the_newest_samples_come_first_and_their_pictures_follow(review: Review) -> None:
    assert review.shown() == [*reversed(KEYS), *reversed(MUGS)]
    assert review.room.header.summary.text() == "18 samples"
    side = review.room.grid.side

    def painted() -> bool:
        known = review.session.thumbnails.get(KEYS[-1], side)
        return known is not None and known.width() == side

    review.until(painted)
    cell = review.room.grid.cell_rect(0)
    image = review.room.grid.viewport().grab(cell).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, side, 9) for y in range(0, side, 9)}
    assert len(colours) > 10, "a picture, and no placeholder"


def test_a_picture_that_has_come_is_painted(review: Review) -> None:
    grid, thumbnails = review.room.grid, review.session.thumbnails
    painted: list[QRegion] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if isinstance(event, QPaintEvent):
                painted.append(event.region())
            return super().eventFilter(watched, event)

    review.until(lambda: all(thumbnails.get(one, grid.side) is not None for one in (*MUGS, *KEYS)))
    review.until(lambda: not thumbnails._wanted and not thumbnails._in_hand)
    QApplication.processEvents()
    watch = Watch()
    grid.viewport().installEventFilter(watch)
    thumbnails.ready.emit([KEYS[-3], 999])
    review.until(lambda: bool(painted))
    assert painted[-1].boundingRect() == grid.cell_rect(2)


def test_what_is_recorded_meanwhile_comes_into_view_and_what_was_picked_stays(review: Review) -> None:
    review.click(MUGS[0])
    review.desk.app.window.open_room(review.desk.teach)
    with Buffer.open(review.desk.path) as buffer:
        more = buffer.add_sample(picture(3), MUG, buffer.start_burst("a camera").id).id
    review.session.samples_changed.emit()
    review.until(lambda: more in review.session.samples.catalogue.sample_ids)
    review.enter()
    assert review.shown()[0] == more
    assert review.selected() == [MUGS[0]]


def test_keys_move_extend_and_select(review: Review) -> None:
    grid = review.room.grid
    assert grid.hasFocus()
    review.key(Qt.Key.Key_Home)
    assert review.selected() == [KEYS[-1]]
    review.key(Qt.Key.Key_Right)
    assert review.selected() == [KEYS[-2]]
    assert grid.accessibleName().startswith("key, recording of ")
    assert grid.accessibleName().endswith(", 2 of 18")
    review.key(Qt.Key.Key_Right, SHIFT)
    review.key(Qt.Key.Key_Right, SHIFT)
    assert review.selected() == [KEYS[-2], KEYS[-3], KEYS[-4]]
    review.key(Qt.Key.Key_Left, SHIFT)
    assert review.selected() == [KEYS[-2], KEYS[-3]]
    review.key(Qt.Key.Key_Left, CONTROL)
    review.key(Qt.Key.Key_Left, CONTROL)
    review.key(Qt.Key.Key_Space)
    assert review.selected() == [KEYS[-1], KEYS[-2], KEYS[-3]]
    review.key(Qt.Key.Key_End)
    assert review.selected() == [MUGS[0]]
    review.key(Qt.Key.Key_A, CONTROL)
    assert len(review.selected()) == 18
    review.key(Qt.Key.Key_Escape)
    assert review.selected() == []


def test_down_and_up_keep_the_column_and_pages_reach_the_ends(review: Review) -> None:
    grid = review.room.grid
    review.key(Qt.Key.Key_Home)
    review.key(Qt.Key.Key_Right)
    columns = sum(grid.cell_rect(place).top() == grid.cell_rect(0).top() for place in range(18))
    review.key(Qt.Key.Key_Down)
    assert grid.picked.current == 1 + columns
    review.key(Qt.Key.Key_Up)
    review.key(Qt.Key.Key_Up)
    assert grid.picked.current == 1
    for _ in range(18):
        review.key(Qt.Key.Key_Down)
    assert 18 - columns <= grid.picked.current < 18
    review.key(Qt.Key.Key_PageUp)
    review.key(Qt.Key.Key_PageUp)
    assert grid.picked.current < columns


def test_a_and_d_step(review: Review) -> None:
    review.key(Qt.Key.Key_Home)
    review.key("d")
    review.key("d")
    assert review.selected() == [KEYS[-3]]
    review.key("a")
    assert review.selected() == [KEYS[-2]]
    review.press(review.room.preview.next)
    assert review.selected() == [KEYS[-3]]
    assert review.room.preview._place.text() == "3 of 18"


def test_the_mouse_selects_one_a_range_and_one_more(review: Review) -> None:
    review.click(KEYS[-1])
    assert review.selected() == [KEYS[-1]]
    review.click(KEYS[-4], SHIFT)
    assert review.selected() == list(reversed(KEYS[-4:]))
    review.click(KEYS[-2], CONTROL)
    assert review.selected() == [KEYS[-1], KEYS[-3], KEYS[-4]]
    grid = review.room.grid
    review.qtbot.mouseClick(grid.viewport(), LEFT, PLAIN, QPoint(1, 1))
    assert review.selected() == []


def test_a_frame_drawn_with_the_mouse_selects_what_it_touches(review: Review) -> None:
    grid, view = review.room.grid, review.room.grid.viewport()
    review.click(KEYS[-1])
    begin, end = grid.cell_rect(1).topLeft() - QPoint(3, 3), grid.cell_rect(2).center()
    review.qtbot.mousePress(view, LEFT, PLAIN, begin)
    review.qtbot.mouseMove(view, begin + QPoint(1, 1))
    assert review.selected() == [], "that was no more than a tremble"
    review.qtbot.mouseMove(view, end)
    assert review.selected() == [KEYS[-2], KEYS[-3]]
    review.qtbot.mouseMove(view, grid.cell_rect(1).center())
    assert review.selected() == [KEYS[-2]]
    review.qtbot.mouseRelease(view, LEFT, PLAIN, end)
    review.qtbot.mouseMove(view, end)
    assert review.selected() == [KEYS[-2]], "it is over"
    review.qtbot.mousePress(view, LEFT, CONTROL, grid.cell_rect(3).topLeft() - QPoint(3, 3))
    review.qtbot.mouseMove(view, grid.cell_rect(3).center())
    review.qtbot.mouseRelease(view, LEFT, CONTROL, end)
    assert review.selected() == [KEYS[-2], KEYS[-4]], "Ctrl adds"


def test_digits_relabel_what_is_selected_and_undo_takes_it_back(review: Review) -> None:
    review.click(MUGS[0])
    review.click(MUGS[2], SHIFT)
    review.key("2")
    assert review.room.grid.cells.class_ids[-3:].tolist() == [KEY] * 3, "it is seen at once"
    review.settled()
    assert [review.samples()[one].class_id for one in MUGS[:4]] == [KEY, KEY, KEY, MUG]
    assert review.session.undo_text == "relabel 3 samples as key"
    assert "learn: relabel 3 samples as key" in review.desk.learner.calls
    assert "relabel 3 samples as key" in review.room.bulk.undo.toolTip()
    review.press(review.room.bulk.undo)
    review.until(lambda: review.room.grid.cells.class_ids[-3:].tolist() == [MUG] * 3)
    assert [review.samples()[one].class_id for one in MUGS[:3]] == [MUG] * 3


def test_a_digit_without_a_class_says_so(review: Review) -> None:
    review.click(MUGS[0])
    review.key("7")
    assert review.room.header.summary.text() == "No class has the key 7."
    assert review.session.undo_text is None


def test_what_shows_that_already_is_not_relabelled(review: Review) -> None:
    review.key(Qt.Key.Key_A, CONTROL)
    review.key("1")
    review.settled()
    assert review.session.undo_text == "relabel 8 samples as mug", "the ten mugs were mugs"


def test_delete_puts_aside_and_brings_back_where_the_deleted_are_shown(review: Review) -> None:
    review.click(KEYS[-1])
    review.key(Qt.Key.Key_Delete)
    review.key(Qt.Key.Key_Delete)  # the next one, however slow the disk
    review.settled()
    assert sorted(review.samples(deleted=True)) == [KEYS[-2], KEYS[-1]]
    assert review.shown()[0] == KEYS[-3]
    assert review.room.grid.current_id == KEYS[-3]
    assert review.room.bulk.text.text() == "Delete 1 sample", "it can be taken back from there"
    review.press(chip(review, Trait.DELETED))
    assert review.shown() == [KEYS[-1], KEYS[-2]]
    assert review.room.header.summary.text() == "2 samples"
    review.key(Qt.Key.Key_A, CONTROL)
    assert review.room.bulk.delete.text() == "Bring back"
    review.key(Qt.Key.Key_Delete)
    review.settled()
    assert not review.samples(deleted=True)
    assert review.room.empty.isVisible()
    review.press(review.room.header.clear)
    assert len(review.shown()) == 18


def test_h_holds_out_and_has_it_learned_from_again(review: Review) -> None:
    review.click(MUGS[0])
    review.key("h")
    review.settled()
    assert review.samples()[MUGS[0]].role.value == "holdout"
    assert chip(review, Trait.HELD_OUT).text() == "Held out  1"
    assert review.room.bulk.hold.text() == "Learn from"
    review.press(review.room.bulk.hold)
    review.settled()
    assert review.samples()[MUGS[0]].role.value == "train"


def test_the_bar_comes_with_a_selection_and_goes_with_it(review: Review) -> None:
    bulk = review.room.bulk
    assert bulk.isHidden()
    review.click(KEYS[-1])
    review.click(KEYS[-3], SHIFT)
    assert bulk.is_open
    assert bulk.text.text() == "3 selected"
    menu = bulk.relabel.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["mug\t1", "key\t2"]
    menu.actions()[0].trigger()
    review.settled()
    assert review.samples()[KEYS[-1]].class_id == MUG
    review.press(bulk.close_)
    assert review.selected() == []
    review.until(bulk.isHidden)


def test_the_chips_filter_together(review: Review) -> None:
    filters = review.room.filters
    review.judge(answers={1: KEY, 2: KEY, 11: MUG}, confidences={1: 0.3, 5: 0.2}, twins={4: 3})
    assert chip(review, Trait.WRONG).text() == "Wrong  3"
    assert chip(review, Trait.UNCERTAIN).text() == "Uncertain  2"
    assert chip(review, Trait.DUPLICATE).text() == "Near-duplicates  1"
    review.press(chip(review, Trait.WRONG))
    assert chip(review, Trait.WRONG).isChecked()
    assert review.shown() == [11, 2, 1]
    assert chip(review, Trait.UNCERTAIN).text() == "Uncertain  1"
    review.choose(filters.by_class, "mug  (2)")
    assert filters.by_class.text() == "mug"
    assert review.shown() == [2, 1]
    assert review.room.header.summary.text() == "2 of 18 samples"
    review.press(chip(review, Trait.UNCERTAIN))
    assert review.shown() == [1]
    review.choose(filters.by_class, "key  (0)")
    assert review.room.empty.title.text() == "No sample fits"
    button = next(one for one in review.room.empty.findChildren(QWidget) if one.accessibleName())
    review.press(button)
    assert len(review.shown()) == 18
    assert not any(one.isChecked() for one in filters.findChildren(Chip))


def test_the_keys_stay_with_the_grid(review: Review) -> None:
    window, grid, held = review.desk.app.window, review.room.grid, chip(review, Trait.HELD_OUT)
    grid.setFocus()
    window_place = held.mapTo(window, held.rect().center())
    review.qtbot.mouseClick(window.windowHandle(), LEFT, PLAIN, window_place)
    assert review.room.empty.isVisible()
    review.qtbot.mouseClick(window.windowHandle(), LEFT, PLAIN, window_place)
    assert window.focusWidget() is grid, "what takes no focus itself leaves it where the keys are wanted"
    review.key(Qt.Key.Key_A, CONTROL)
    review.key(Qt.Key.Key_Delete)
    review.settled()
    assert window.focusWidget() is review.room, "nothing is left to move in"
    review.qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, CONTROL)
    review.until(lambda: len(review.shown()) == 18)
    assert window.focusWidget() is grid


def test_a_recording_and_a_day_can_be_chosen(review: Review) -> None:
    filters = review.room.filters
    review.choose(filters.by_recording, "key, ")
    assert review.shown() == list(reversed(KEYS))
    assert filters.by_recording.text().startswith("Recording of ")
    review.choose(filters.by_recording, "Every recording")
    texts = [action.text() for action in filters.by_recording.menu().actions()]
    assert len(set(texts)) == len(texts) == 4, "recordings of one minute are told apart"
    review.choose(filters.by_date, "Today")
    assert filters.by_date.text() == "Today"
    assert len(review.shown()) == 18
    review.choose(filters.by_date, "The last seven days")
    assert len(review.shown()) == 18


def test_until_it_is_judged_what_only_the_model_knows_cannot_be_asked_for(review: Review) -> None:
    for trait in (Trait.WRONG, Trait.UNCERTAIN, Trait.SUSPECTED, Trait.DUPLICATE):
        assert not chip(review, trait).isEnabled()
        assert "not looked" in chip(review, trait).toolTip()
    assert chip(review, Trait.DELETED).isEnabled()
    review.judge()
    assert chip(review, Trait.WRONG).isEnabled()
    assert "calls something else" in chip(review, Trait.WRONG).toolTip()


def test_the_orders_can_be_chosen(review: Review) -> None:
    review.judge(confidences={3: 0.2, 14: 0.1})
    header = review.room.header
    actions = {action.text(): action for action in header.sort.menu().actions()}
    actions["Least certain first"].trigger()
    assert review.shown()[:2] == [14, 3]
    assert header.sort.text() == "Least certain first"
    actions["By recording"].trigger()
    assert review.shown() == [*KEYS, *MUGS]
    assert header.order is Order.RECORDING


def test_samples_that_somebody_asks_for_come_under_their_title(review: Review) -> None:
    review.press(chip(review, Trait.DELETED))
    review.desk.app.window.insight.samples_wanted.emit("mug & key", np.array([2, 12, 99]))  # type: ignore[union-attr]
    filters = review.room.filters
    assert review.shown() == [12, 2], "and no filter from before hides them"
    assert filters.only.text() == "mug && key"
    review.press(filters.only)
    assert len(review.shown()) == 18
    assert not filters.only.isVisible()


def test_the_preview_says_where_a_sample_comes_from_and_what_the_model_says(review: Review) -> None:
    preview = review.room.preview
    review.judge(measured={1: KEY})
    review.click(1)
    assert preview.says.words.text().startswith("…")
    review.explain("mug", [2, 3])
    assert preview._name.text() == "mug"
    review.until(lambda: "from a camera" in preview._when.text())
    assert preview._learned.text() == "Not learned yet."
    assert preview.says.shares.shown == [("mug", 0.9), ("key", 0.1)]
    assert "Measured without having learned from this recording, it says key." in preview.says.words.text()
    assert [one.isVisible() for one in preview.says.neighbours.buttons[:3]] == [True, True, False]
    review.until(lambda: preview.picture.is_sharp)


@pytest.mark.parametrize(
    ("label", "unknown", "words"),
    [(None, False, "Nothing has been learned yet."), ("mug", True, "Unknown"), ("mug", False, "")],
)
def test_the_preview_claims_no_more_than_the_model_knows(
    review: Review, label: str | None, unknown: bool, words: str
) -> None:
    review.click(1)
    review.explain(label, unknown=unknown)
    assert review.room.preview.says.words.text().startswith(words)
    assert bool(review.room.preview.says.words.text()) is bool(words)


def test_the_answer_about_another_sample_is_not_shown(review: Review) -> None:
    review.click(1)
    review.until(lambda: review.desk.learner.calls[-1] == "explain 1")
    asked = review.desk.learner.questions
    review.click(2)
    with review.qtbot.waitSignal(review.session.learner.explained):
        review.desk.learner.say(Explained(asked, Explanation(1, Prediction("mug", 1.0, {"mug": 1.0}), ())))
    assert review.room.preview.says.shares.shown == []
    review.explain("key")
    assert review.room.preview.says.shares.shown


def test_leafing_quickly_asks_about_the_last_sample_alone(review: Review) -> None:
    for _ in range(5):
        review.key("d")
        QApplication.processEvents()
    review.until(lambda: review.desk.learner.calls[-1].startswith("explain"))
    assert sum(call.startswith("explain") for call in review.desk.learner.calls) <= 2


def test_a_neighbour_leads_to_its_sample_also_where_it_is_not_in_view(review: Review) -> None:
    review.click(1)
    review.explain("mug", [4, 12])
    review.press(review.room.preview.says.neighbours.buttons[0])
    assert review.selected() == [4]
    review.choose(review.room.filters.by_class, "mug")
    review.explain("mug", [12, 3])
    review.press(review.room.preview.says.neighbours.buttons[0])
    assert review.selected() == [12]
    assert review.shown() == [12, 4, 3]
    assert review.room.filters.only.text() == "Looks alike"


def test_a_suspected_label_is_put_right_by_one_key_or_button(review: Review) -> None:
    review.judge(suggested={1: KEY, 2: KEY})
    review.press(chip(review, Trait.SUSPECTED))
    assert review.shown() == [2, 1]
    review.key(Qt.Key.Key_Home)
    preview = review.room.preview
    assert preview._hint_text.text() == "The other recordings would call this key."
    assert preview.accept.text() == "Relabel as key"
    review.key("y")
    review.until(lambda: review.shown() == [1])
    review.press(preview.accept)
    review.settled()
    assert [review.samples()[one].class_id for one in (1, 2)] == [KEY, KEY]
    assert not preview.hint.isVisible()


def test_y_does_nothing_where_there_is_no_suggestion(review: Review) -> None:
    review.click(1)
    review.key("y")
    assert review.session.undo_stack.count() == 0


def test_enter_and_a_double_click_show_the_sample_larger_or_as_before(review: Review) -> None:
    review.click(1)
    before = review.room.preview.width()
    review.key(Qt.Key.Key_Return)
    review.until(lambda: review.room.preview.width() > before)
    review.click(1, twice=True)
    review.until(lambda: review.room.preview.width() == before)


def test_the_whole_recording_can_be_seen(review: Review) -> None:
    review.click(3)
    review.press(review.room.preview.recording)
    assert review.shown() == list(reversed(MUGS))
    assert review.room.grid.current_id == 3


def test_the_size_follows_the_slider_the_wheel_and_the_keys(review: Review) -> None:
    grid, slider = review.room.grid, review.room.header.size_
    assert isinstance(slider, QSlider)
    slider.setValue(64)
    assert grid.cell_rect(0).width() == 64
    review.key("+")
    assert slider.value() == grid.side == 80
    middle = QPointF(grid.viewport().rect().center())
    up = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.viewport(), up)
    assert slider.value() == grid.side == 88
    review.until(lambda: (review.session.thumbnails.get(KEYS[-1], 88) or grid.grab()).width() == 88)


def test_the_undo_list_goes_to_any_act_step_by_step(review: Review) -> None:
    review.click(1)
    review.key("2")
    review.settled()
    review.key("h")
    review.settled()
    review.key(Qt.Key.Key_Delete)
    review.settled()
    review.press(review.room.header.history)
    acts = review.room.history.list

    def texts() -> list[str]:
        return [acts.item(row).text() for row in range(acts.count())]

    assert texts() == ["delete 1 sample", "hold out 1 sample", "relabel 1 sample as key", "as it was opened"]
    assert acts.currentRow() == 0

    def click(row: int) -> None:
        review.qtbot.mouseClick(acts.viewport(), LEFT, PLAIN, acts.visualItemRect(acts.item(row)).center())

    click(3)
    review.until(lambda: review.session.undo_stack.index() == 0)
    review.until(lambda: review.session.redo_text is not None)
    sample = review.samples()[1]
    assert (sample.class_id, sample.role.value, sample.deleted_at) == (MUG, "train", None)
    assert acts.currentRow() == 3
    click(1)
    review.until(lambda: review.session.undo_stack.index() == 2 and review.session.undo_text is not None)
    sample = review.samples()[1]
    assert (sample.class_id, sample.role.value, sample.deleted_at) == (KEY, "holdout", None)
    review.room.history.hide()


def test_an_act_that_cannot_be_taken_back_ends_the_walk(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    review.click(1)
    review.key("2")
    review.settled()
    review.key(Qt.Key.Key_Delete)
    review.settled()

    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some.")

    monkeypatch.setattr(Buffer, "relabel", full)
    failures: list[str] = []
    review.session.failed.connect(lambda title, _: failures.append(title))
    review.room.history.walk.go_to(0)
    review.until(lambda: bool(failures) and review.session.undo_text is not None)
    assert review.session.undo_stack.index() == 1
    assert failures == ["The disk is full"]


def test_an_act_that_fails_is_shown_as_the_file_has_it(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some.")

    monkeypatch.setattr(Buffer, "delete", full)
    review.click(1)
    with review.qtbot.waitSignal(review.session.failed):
        review.key(Qt.Key.Key_Delete)
        assert 1 not in review.shown()
    review.until(lambda: 1 in review.shown())
    assert not review.room.bulk.is_open


def test_samples_of_a_class_that_is_removed_go_from_view(review: Review) -> None:
    review.session.remove_class(KEY)
    review.until(lambda: review.shown() == list(reversed(MUGS)))


def test_a_cell_says_what_it_shows(review: Review) -> None:
    review.judge(suggested={KEYS[-1]: MUG})
    review.click(KEYS[-1])
    review.key("h")
    review.settled()
    grid = review.room.grid
    said = grid.describe(0)
    assert said.startswith("key, recording of ")
    assert said.endswith("held out, may have the wrong label")
    assert grid._marks(0) == Marks(KEY, held_out=True, suspected=True, selected=True, current=True)
    point = grid.cell_rect(0).center()
    QApplication.sendEvent(grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, grid.mapToGlobal(point)))
    assert QToolTip.text() == said
    QToolTip.hideText()


def test_every_control_has_a_name_and_a_tooltip_and_is_reached_by_tab(review: Review) -> None:
    review.judge(suggested={1: KEY})
    review.click(1)
    review.explain("mug", [2, 3])
    kinds = (QToolButton, QPushButton, QSlider, SampleGrid)
    controls = [one for one in review.room.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    assert len(controls) > 20
    for one in controls:
        assert one.accessibleName(), one
        assert one.toolTip(), one.accessibleName()
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus, one.accessibleName()


def test_the_room_is_drawn_anew_in_other_colours(review: Review) -> None:
    review.click(1)
    place = review.shown().index(1)
    colours = []
    for mode in ("light", "dark"):
        review.desk.app.theme.set_mode(mode)
        image = review.room.grid.viewport().grab(review.room.grid.cell_rect(place).adjusted(-10, -10, 10, 10)).toImage()
        colours.append(image.pixelColor(0, 0).name())
    assert colours == ["#f6f6f3", "#141619"]
