# SPDX-License-Identifier: Apache-2.0
"""Another backbone, from consolidation or chosen: what a person sees of it, and can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from desktop.actions import Action, PlaySound
from desktop.app import App
from desktop.backbone_change import followed, rebuilt
from desktop.backbones import BackboneNews
from desktop.learner_status import BackboneChange, Phase, Stage
from desktop.settings import Settings
from desktop.views.backbone_words import change_words, kept_words, news_words, time_left
from desktop.views.learning_strip import LearningStrip
from desktop.views.state_pill import StatePill
from desktop.views.use.backbone_card import BackboneCard
from learner.backbones import BackboneFiles
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.config import LearnerConfig
from learner.messages import (
    BackboneChanged,
    BackboneKept,
    CommandFailed,
    Consolidated,
    ConsolidationStarted,
    Event,
    IncrementLearned,
    IncrementStarted,
    LearnerDied,
    Reembedded,
    Restored,
    Started,
)
from learner.types import BackboneInfo, Device, HeadWeights, IncrementKind, KeptBackbone, Step
from tests.desktop.conftest import Desk, FakeLearner
from tests.desktop.insight_making import Project, make_project
from tests.learner.buffer import making
from tests.learner.fakes import INFO

OTHER = BackboneInfo("fake consolidated", "0" * 64, 32, 1024, -1.0, 1.0, non_negative=False)
GPU = Device("GPU", "A GPU", "TensorFlow sees A GPU.")


def step(number: int, total: int = 300) -> Step:
    return Step(number, total, 0.5, 0.9, 0.001, 20.0)


class Bench:
    """The app on a project in which something is learned, with hands that reach for its backbone."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.path = desk.path.with_name("bench.showtell")
        self.project: Project = make_project(desk.path)
        self.project.publish(self.project.evaluation(0.9, 0.8))
        desk.open(desk.path)
        self.say(Started(1, INFO, 1, 0))
        desk.until(lambda: desk.session.backbones.can_consolidate)

    def say(self, *events: Event) -> None:
        """Let the learner say this, and wait until it is heard."""
        for event in events:
            with self.desk.qtbot.waitSignal(self.desk.session.learner.status_changed):
                self.desk.learner.say(event)

    def consolidate(self, seen: Sequence[int], parent: BackboneInfo = INFO, child: BackboneInfo = OTHER) -> None:
        """Have the file keep a backbone that was consolidated on these samples."""
        with Buffer.open(self.desk.path) as buffer:
            buffer.register_backbone(parent)
            begun = Checkpoint(parent.sha256, "asked for", datetime.now(UTC), 0, 0.0, {}, list(seen))
            buffer.save_checkpoint(begun)
            buffer.finish_consolidation(begun, child, {PACKAGE: b"all of it", LITERT: b"what embeds"})

    def publish(self, backbone: BackboneInfo, mug: float, scissors: float) -> int:
        """Have the file keep a version that was made with a backbone; return its number."""
        with Buffer.open(self.desk.path) as buffer:
            record = replace(
                making.increment(buffer, []),
                evaluation=self.project.evaluation(mug, scissors),
                kind=IncrementKind.SLEEP,
                backbone_id=buffer.register_backbone(backbone),
                parent_id=buffer.champion_id(),
            )
            kernel, bias = np.zeros((backbone.embedding_size, 2), np.float32), np.zeros(2, np.float32)
            head = HeadWeights(kernel, bias, (self.project.mug, self.project.scissors))
            version_id = buffer.publish(record, head).version_id
        assert version_id is not None
        return version_id

    @property
    def pill(self) -> StatePill:
        return self.desk.app.window.pill

    @property
    def strip(self) -> LearningStrip:
        return self.desk.app.window.strip

    @property
    def card(self) -> BackboneCard:
        room = self.desk.app.window.use
        assert room is not None
        self.desk.app.window.open_room(room)
        return next(card for card in room.cards if isinstance(card, BackboneCard))

    @property
    def calls(self) -> list[str]:
        return [call for call in self.desk.learner.calls if "backbone" in call or "consolid" in call]

    def click(self, button: QWidget) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self.desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def read(self) -> None:
        """Wait until every question to the file that was asked so far is answered."""
        answered: list[None] = []
        self.desk.session.reader.ask(lambda _: None, answered.append)
        self.desk.until(lambda: bool(answered))

    def notice(self) -> str:
        panel = self.desk.notices.panel
        return f"{panel.title.text()}: {panel.message.text()}" if not panel.isHidden() else ""


@pytest.fixture
def bench(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr("desktop.backbones.backbones.registered", lambda: [BackboneFiles(INFO, b"")])
    return Bench(desk)


def test_a_change_is_followed_from_event_to_event() -> None:
    change = followed(BackboneChange(Stage.ASKED, is_asked=True), ConsolidationStarted("asked", 400, 20, 300, GPU))
    assert change == BackboneChange(Stage.TUNING, True, True, False, 20, 300, None, GPU)
    change = followed(change, Consolidated(step(120), 200.0))
    assert (change.done, change.total, change.seconds_left, change.device) == (120, 300, 200.0, GPU)
    awake, asleep = IncrementStarted("new labels", 3), IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP)
    assert rebuilt(change, asleep) == change, "that is another rebuild, of the backbone in use"
    change = followed(change, Reembedded(OTHER, 5, 40, None))
    assert (change.stage, change.done, change.total, change.device) == (Stage.EMBEDDING, 5, 40, None)
    assert change.is_consolidation
    assert change.is_asked
    assert rebuilt(change, awake) == change
    rebuilding = rebuilt(change, asleep)
    assert rebuilding is not None
    assert rebuilding.stage is Stage.REBUILDING
    assert rebuilt(None, asleep) is None


def test_a_change_that_nobody_was_told_of_begins_with_its_first_event() -> None:
    change = followed(None, Reembedded(OTHER, 1, 9, 30.0))
    assert not change.is_consolidation, "it may be one that was chosen"
    assert not change.is_asked
    done = followed(None, Consolidated(step(300), 0.0))
    asleep = rebuilt(done, IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP))
    assert asleep is not None
    assert asleep.stage is Stage.REBUILDING, "everything had been looked at already"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3.0, "less than a minute left"),
        (61.0, "about 1 min left"),
        (200.0, "about 3 min left"),
        (9000.0, "about 2 h left"),
    ],
)
def test_time_is_rounded_to_what_it_is_worth(seconds: float, text: str) -> None:
    assert time_left(seconds) == text


def test_how_far_it_is_is_said_in_words() -> None:
    tuning = BackboneChange(Stage.TUNING, True, done=120, total=300, seconds_left=200.0)
    assert change_words(tuning) == "Consolidating · step 120 of 300 · about 3 min left"
    assert change_words(tuning, on_hold=True) == "Consolidating · step 120 of 300 · paused"
    waiting = replace(tuning, is_waiting=True, seconds_left=None)
    assert "when the computer has nothing else to do" in change_words(waiting)
    embedding = BackboneChange(Stage.EMBEDDING, done=1200, total=5000)
    assert change_words(embedding) == "Looking at every picture anew · 1,200 of 5,000"
    assert "consolidate" in change_words(BackboneChange(Stage.ASKED, True))
    assert "consolidate" not in change_words(BackboneChange(Stage.ASKED))


def test_what_it_was_consolidated_on_is_said() -> None:
    kept = KeptBackbone(OTHER, INFO.sha256, datetime(2024, 5, 1, 12, tzinfo=UTC), 1200, 0, 9)
    assert kept_words(kept).startswith("Consolidated on 1,200 of your pictures")
    assert "2024" in kept_words(kept)
    for plain in (None, replace(kept, parent_sha256=None, made_at=None)):
        assert "not been consolidated" in kept_words(plain)


def test_the_pill_and_the_strip_say_how_far_it_is(bench: Bench) -> None:
    bench.say(ConsolidationStarted("nothing else to do", 12, 0, 300, GPU), Consolidated(step(120), 200.0))
    bench.desk.until(lambda: bench.pill.text() == "consolidating 120/300 · GPU")
    bench.desk.until(lambda: bench.strip.said.text() == "Consolidating · step 120 of 300 · about 3 min left")
    bench.pill.click()
    details = bench.pill.details
    assert (details.progress.value(), details.progress.maximum()) == (120, 300)
    assert "about 3 min left" in details.step.text()
    bench.say(IncrementStarted("recorded mug", 3))
    bench.desk.until(lambda: bench.pill.text().startswith("learning"))
    bench.say(IncrementLearned(bench.project.publish(bench.project.evaluation())), Reembedded(OTHER, 3, 12, None))
    bench.desk.until(lambda: bench.pill.text() == "looking anew 3/12")
    assert details.progress.value() == 3
    bench.say(IncrementStarted("quiet", 0, kind=IncrementKind.SLEEP))
    bench.desk.until(lambda: bench.pill.text() == "going over everything")
    assert "new backbone" in details.step.text()
    details.hide()


def test_what_waits_until_nobody_uses_the_computer_does_not_pretend_to_go_on(bench: Bench) -> None:
    learner = bench.desk.session.learner
    bench.say(ConsolidationStarted("nothing else to do", 12, 0, 300, GPU), Consolidated(step(120), 200.0))
    assert learner._silence.isActive()
    learner._silence.timeout.emit()
    bench.desk.until(lambda: "nothing else to do" in bench.strip.said.text())
    bench.say(Consolidated(step(121), 190.0))
    bench.desk.until(lambda: bench.strip.said.text().endswith("about 3 min left"))


def test_it_is_begun_paused_and_given_up_from_menu_and_pill(bench: Bench) -> None:
    menus, details = bench.desk.app.window.menus, bench.pill.details
    assert menus.consolidate.isEnabled()
    assert not menus.give_up.isEnabled()
    bench.pill.click()
    assert details.giving_up.isHidden()
    details.hide()
    menus.consolidate.trigger()
    assert bench.calls == ["consolidate: asked for"]
    assert not menus.consolidate.isEnabled(), "it has been asked for"
    bench.say(ConsolidationStarted("asked for", 12, 0, 300, GPU))
    menus.pause.trigger()
    bench.desk.until(lambda: bench.strip.said.text().endswith("paused"))
    menus.pause.trigger()
    assert menus.give_up.isEnabled()
    bench.pill.click()
    assert details.sleeping.isHidden()
    bench.click(details.giving_up)
    assert not details.isVisible()
    assert bench.calls[-1] == "keep backbone"
    bench.say(BackboneKept("The backbone stays as it is", "It was given up."))
    bench.desk.until(lambda: "given up" in bench.strip.said.text())
    assert bench.notice() == "", "who gave it up need not be told in front of everything"
    assert menus.consolidate.isEnabled()


def test_without_anything_learned_or_a_learner_there_is_nothing_to_consolidate(desk: Desk) -> None:
    menus = desk.app.window.menus
    assert not menus.consolidate.isEnabled()
    desk.learner.say(Started(1, INFO, None, 0))
    desk.until(lambda: desk.session.backbones.can_change)
    assert not menus.consolidate.isEnabled()
    desk.session.backbones.consolidate()
    assert not any("consolidate" in call for call in desk.learner.calls)
    desk.learner.say(Started(1, INFO, 1, 0))
    desk.until(menus.consolidate.isEnabled)
    desk.learner.say(LearnerDied(1, restarting=True))
    desk.until(lambda: not menus.consolidate.isEnabled())


def test_a_command_that_fails_leaves_nothing_under_way(bench: Bench) -> None:
    bench.desk.session.backbones.use("nowhere.keras")
    bench.say(CommandFailed("That backbone cannot be used", "It is not there."))
    assert bench.desk.session.learner.status.change is None
    assert "cannot be used" in bench.notice()


def test_what_has_not_begun_is_given_up_at_once(bench: Bench) -> None:
    bench.desk.session.backbones.use(OTHER.sha256)
    assert bench.desk.session.learner.status.change is not None
    bench.desk.session.backbones.give_up()
    assert bench.desk.session.learner.status.change is None


def test_who_asked_is_told_what_it_was_before_and_is_now(bench: Bench) -> None:
    bench.desk.app.window.menus.consolidate.trigger()
    bench.say(ConsolidationStarted("asked for", 12, 0, 300, GPU), Reembedded(OTHER, 12, 12, 0.0))
    bench.consolidate([1, 2, 3])
    version_id = bench.publish(OTHER, 1.0, 0.9)
    with bench.desk.qtbot.waitSignal(bench.desk.session.versions_changed):
        bench.say(BackboneChanged(OTHER, version_id))
    bench.desk.until(lambda: bench.notice() != "")
    assert bench.notice().startswith("Consolidated: ")
    assert "right 85 times in 100, and now 95" in bench.notice()
    assert "restore" in bench.notice()
    bench.click(bench.desk.notices.panel.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1])
    assert bench.notice() == ""
    assert bench.desk.session.learner.status.backbone == OTHER


def test_who_did_not_ask_is_told_in_passing(bench: Bench) -> None:
    bench.say(ConsolidationStarted("nothing else to do", 12, 0, 300, GPU))
    bench.consolidate([1, 2, 3])
    bench.say(BackboneChanged(OTHER, bench.publish(OTHER, 1.0, 0.9)))
    bench.desk.until(lambda: bench.strip.said.text().startswith("Consolidated: "))
    assert bench.notice() == ""
    bench.say(ConsolidationStarted("nothing else to do", 12, 0, 300, GPU))
    bench.say(BackboneKept("The backbone stays as it is", "It would be no better."))
    bench.desk.until(lambda: "no better" in bench.strip.said.text())
    assert bench.notice() == ""


def test_who_asked_is_told_why_it_stays(bench: Bench) -> None:
    bench.desk.session.backbones.consolidate()
    bench.say(
        Reembedded(OTHER, 12, 12, 0.0),
        IncrementStarted("asked for", 0, kind=IncrementKind.SLEEP),
        BackboneKept("The backbone stays as it is", "It would be no better."),
    )
    bench.desk.until(lambda: bench.notice() == "The backbone stays as it is: It would be no better.")
    assert bench.desk.session.learner.status.phase is Phase.READY
    assert "It would be no better." in bench.card.state.text(), "the card knows as well, whenever it is made"


def test_going_back_to_a_version_of_another_backbone_refreshes_everything_and_says_nothing(bench: Bench) -> None:
    bench.consolidate([1, 2, 3])
    version_id = bench.publish(OTHER, 1.0, 0.9)
    bench.say(BackboneChanged(OTHER, version_id))
    bench.desk.until(lambda: bench.strip.said.text().startswith("Consolidated"))
    bench.strip.note("")
    bench.desk.session.learner.restore(1)
    heard: list[object] = []
    bench.desk.session.backbones.news.connect(heard.append)
    with Buffer.open(bench.desk.path) as buffer:
        buffer.set_champion(1)
    with bench.desk.qtbot.waitSignals([bench.desk.session.versions_changed] * 2):
        bench.say(Restored(1), BackboneChanged(INFO, 1))
    assert "judge" not in bench.desk.learner.calls, "nobody has looked at samples"
    status = bench.desk.session.learner.status
    assert (status.backbone, status.version_id) == (INFO, 1)
    assert status.evaluation["accuracy"] == pytest.approx(0.85)
    assert bench.card.name.text() == f"In use: {INFO.name}"
    bench.read()
    assert heard == []


def test_what_is_said_where_nothing_was_measured() -> None:
    title, message = news_words(BackboneNews(True, OTHER))
    assert title == "Another backbone"
    assert OTHER.name in message
    assert "100" not in message


def test_the_card_says_which_one_is_in_use_and_what_it_has_seen(bench: Bench) -> None:
    card = bench.card
    bench.desk.until(lambda: card.name.text() == f"In use: {INFO.name}")
    assert "16 × 16" in card.size_.text()
    assert "48 numbers" in card.size_.text()
    assert "not been consolidated" in card.kept.text()
    assert card.gone.isHidden()
    assert not card.save.isEnabled()
    assert "Only a backbone" in card.save.toolTip()
    assert card.consolidate.text() == "Consolidate now"
    bench.consolidate([1, 2, 3])
    bench.say(BackboneChanged(OTHER, bench.publish(OTHER, 1.0, 0.9)))
    bench.desk.until(lambda: "Consolidated on 3 of your pictures" in card.kept.text())
    assert card.name.text() == f"In use: {OTHER.name}"
    assert card.consolidate.text() == "Consolidate again"
    assert card.save.isEnabled()
    bench.desk.session.delete_samples([2, 3, 4])
    bench.desk.until(lambda: not card.gone.isHidden())
    assert "has seen 2 pictures that you deleted" in card.gone.text()
    bench.desk.session.undo()
    bench.desk.until(card.gone.isHidden)


def test_the_card_shows_how_far_it_is(bench: Bench) -> None:
    card = bench.card
    bench.desk.until(card.consolidate.isVisible)
    assert card.progress.isHidden()
    card.consolidate.setFocus()
    bench.desk.qtbot.keyClick(card.consolidate, Qt.Key.Key_Space)
    assert bench.calls == ["consolidate: asked for"]
    assert card.give_up.hasFocus(), "who uses the keys alone does not lose the place"
    assert (card.progress.isHidden(), card.progress.maximum()) == (False, 0)
    bench.say(Consolidated(step(120), 200.0))
    assert (card.progress.value(), card.progress.maximum()) == (120, 300)
    assert "step 120 of 300" in card.state.text()
    assert not card.other.isEnabled()
    bench.click(card.give_up)
    assert bench.calls[-1] == "keep backbone"
    bench.say(BackboneKept("The backbone stays as it is", "It was given up."))
    assert card.progress.isHidden()
    assert "given up" in card.state.text()
    assert card.consolidate.hasFocus()


def test_the_card_does_not_go_on_about_what_has_ended(bench: Bench) -> None:
    card = bench.card
    bench.say(Consolidated(step(120), 200.0))
    bench.desk.until(card.state.isVisible)
    bench.say(LearnerDied(1, restarting=True))
    assert card.state.isHidden()
    assert card.progress.isHidden()


def test_another_one_is_chosen_by_name_or_from_a_file(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.consolidate([1, 2, 3])
    card = bench.card
    bench.desk.until(lambda: bool(bench.desk.session.backbones.choices))  # the other one may be among them already
    bench.desk.session.backbones.refresh()
    bench.desk.until(lambda: len(bench.desk.session.backbones.choices) == 2)
    card._choices.aboutToShow.emit()
    ours, other, _, file = card._choices.actions()
    assert (ours.isChecked(), ours.isEnabled(), other.isChecked()) == (True, False, False)
    assert other.text() == OTHER.name
    other.trigger()
    assert bench.calls == [f"use backbone {OTHER.sha256}"]
    bench.say(BackboneKept("The backbone stays as it is", "It would be worse."))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    file.trigger()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("eyes.keras", ""))
    file.trigger()
    assert bench.calls[1:] == ["use backbone eyes.keras"]


@pytest.fixture
def kept(bench: Bench) -> BackboneCard:
    """The card of a backbone that can be saved."""
    bench.consolidate([1, 2, 3])
    bench.say(BackboneChanged(OTHER, bench.publish(OTHER, 1.0, 0.9)))
    card = bench.card
    bench.desk.until(card.save.isEnabled)
    bench.desk.until(lambda: card.state.text().startswith("Consolidated"))
    return card


def save(bench: Bench, card: BackboneCard, monkeypatch: pytest.MonkeyPatch, chosen: Path) -> str:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(chosen), ""))
    before = card.state.text()
    bench.click(card.save)
    bench.desk.until(lambda: card.state.text() != before)
    return card.state.text()


def test_the_backbone_is_saved_as_a_file(
    bench: Bench, kept: BackboneCard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = save(bench, kept, monkeypatch, tmp_path / "eyes")
    saved = tmp_path / "eyes.showtell-backbone"
    assert str(saved) in said
    assert saved.read_bytes() == b"all of it"
    assert "is a file called eyes.showtell-backbone already" in save(bench, kept, monkeypatch, tmp_path / "eyes")
    saved.write_bytes(b"older")
    save(bench, kept, monkeypatch, saved)
    assert saved.read_bytes() == b"all of it", "the dialog has asked about this very file"
    assert "cannot be written to" in save(bench, kept, monkeypatch, tmp_path / "nowhere" / "eyes.showtell-backbone")
    assert [path.name for path in tmp_path.iterdir() if "eyes" in path.name] == [saved.name], "and no part of one"


def test_deleting_what_it_has_seen_is_said_where_it_was_deleted(bench: Bench, kept: BackboneCard) -> None:
    window = bench.desk.app.window
    assert window.review is not None
    window.open_room(window.review)
    room = window.review
    bench.desk.until(lambda: len(room.grid.cells) == 12)
    room.grid.show_sample(2)
    room.grid.setFocus()
    bench.desk.qtbot.keyClick(room.grid, Qt.Key.Key_Delete)
    bench.desk.until(lambda: "seen" in room.bulk.text.text())
    assert room.bulk.text.text() == "Delete 1 sample · the backbone has seen 1 of them"
    bench.desk.until(room.bulk.undo.isEnabled)
    bench.desk.session.undo()
    bench.desk.until(lambda: not room.bulk.is_open)
    bench.desk.until(lambda: bench.desk.session.redo_text is not None)
    bench.desk.session.redo()
    bench.desk.until(lambda: room.bulk.is_open)
    assert room.bulk.text.text() == "The backbone has seen 1 picture that is gone now"
    bench.desk.until(lambda: room.bulk.pos() == room.bulk._shown_at())
    bench.click(room.bulk.again)
    assert bench.calls[-1] == "consolidate: asked for"
    assert not room.bulk.is_open


def test_what_it_has_not_seen_is_deleted_without_a_word(bench: Bench, kept: BackboneCard) -> None:
    window = bench.desk.app.window
    assert window.review is not None
    window.open_room(window.review)
    gone: list[int] = []
    bench.desk.session.backbones.gone_seen.connect(gone.append)
    bench.desk.session.delete_samples([7])
    bench.desk.until(lambda: bench.desk.session.undo_text is not None)
    bench.desk.session.delete_samples([3])
    bench.desk.until(lambda: gone == [1])
    bench.desk.session.undo()
    bench.desk.until(lambda: bench.desk.session.redo_text is not None)
    bench.read()
    assert gone == [1], "what comes back is no news"
    assert not window.review.bulk.is_open


def test_deleting_it_elsewhere_is_said_in_the_strip(bench: Bench, kept: BackboneCard) -> None:
    bench.desk.app.window.open_room(bench.desk.teach)
    bench.desk.session.delete_samples([1, 2])
    bench.desk.until(lambda: bench.strip.said.text() == "The backbone has seen 2 pictures that are gone now")


def test_versions_of_another_backbone_are_told_apart(bench: Bench, kept: BackboneCard) -> None:
    window = bench.desk.app.window
    assert window.insight is not None
    room = window.insight
    window.open_room(room)
    bench.desk.until(lambda: len(room.past.versions) == 2)
    room.open_section(4)
    table = room.versions.table
    items = [table.item(row, 2) for row in range(2)]
    assert [item.text() if item is not None else "" for item in items] == [
        "went over everything",
        "learned what was new, with another backbone",
    ]


def test_nobody_is_asked_for_answers_that_nobody_sees(desk: Desk) -> None:
    window = desk.app.window
    desk.show()
    assert desk.learner.frames == 1
    window.showMinimized()
    desk.show()
    assert desk.learner.frames == 1
    assert window.runner is not None
    desk.name("mug")
    action = Action(desk.session.model.classes[0].id, PlaySound())
    window.runner.keep(action)
    desk.until(lambda: window.runner is not None and window.runner.on == 1)
    desk.show()
    assert desk.learner.frames == 2, "an action waits for what is seen"
    window.runner.switch(action.id, False)
    desk.until(lambda: window.runner is not None and window.runner.on == 0)
    desk.show()
    assert desk.learner.frames == 2
    window.showNormal()
    desk.show()
    assert desk.learner.frames == 3
    window.hide()
    desk.show()
    assert desk.learner.frames == 3


def test_whether_it_may_begin_by_itself_is_a_preference(desk: Desk, tmp_path: Path) -> None:
    dialogs = desk.app.window.dialogs
    dialogs.open_preferences()
    assert dialogs.preferences is not None
    on, off = dialogs.preferences.consolidates.findChildren(QToolButton)
    assert on.isChecked()
    off.click()
    assert desk.learner.calls[-1] == "allow consolidation: False"
    desk.learner.say(Started(2, INFO, None, 0))
    desk.until(lambda: desk.learner.calls[-2:] == ["allow consolidation: False"] * 2)
    desk.app.settings.sync()
    assert not Settings(tmp_path / "settings.ini").consolidates
    on.click()
    assert desk.learner.calls[-1] == "allow consolidation: True"
    off.click()
    desk.open(tmp_path / "another.showtell")
    assert not desk.learner.config.consolidate, "the next learner knows from the start"


def test_a_caller_that_forbids_it_is_obeyed(desk: Desk, tmp_path: Path) -> None:
    made: list[LearnerConfig] = []

    def make(*arguments: object) -> FakeLearner:
        learner = FakeLearner(*arguments)  # type: ignore[arg-type]
        made.append(learner.config)
        return learner

    app = App(desk.app.settings, LearnerConfig(consolidate=False), learner=make)
    desk.qtbot.addWidget(app.window)
    with desk.qtbot.waitSignal(app.open_project(tmp_path / "quiet.showtell").opened):
        pass
    app.stop()
    assert [config.consolidate for config in made] == [False]


def test_the_device_waits_for_the_next_start(desk: Desk) -> None:
    dialogs = desk.app.window.dialogs
    dialogs.can_restart = True
    dialogs.open_preferences()
    assert dialogs.preferences is not None
    auto, cpu, _ = dialogs.preferences.device.findChildren(QToolButton)
    assert auto.isChecked()
    cpu.click()
    assert desk.app.settings.device == "cpu"
    assert dialogs.preferences.restart_now.isVisible()
    auto.click()
    assert not dialogs.preferences.restart_now.isVisible()
