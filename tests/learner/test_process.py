# SPDX-License-Identifier: Apache-2.0
"""The loop by itself; `tests/integration/test_learner_process.py` has it in a process of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner.aside import LOOKS_SECONDS
from learner.backbones import BackboneFiles
from learner.buffer import LITERT, PACKAGE, Buffer
from learner.config import LearnerConfig
from learner.discriminant import Statistics
from learner.engine import Engine
from learner.errors import BackboneFault, DiskFull, MemoryFault, ProjectBusy, ShowtellError
from learner.messages import (
    AllowConsolidation,
    Answer,
    Answered,
    BackboneChanged,
    BackboneKept,
    Cancel,
    Command,
    CommandFailed,
    Consolidate,
    DeviceChosen,
    Draw,
    Drawn,
    Embedded,
    Event,
    Explain,
    Explained,
    Highlight,
    Highlighted,
    IncrementLearned,
    Judge,
    Judged,
    KeepBackbone,
    Learn,
    NothingToLearn,
    Pause,
    Predict,
    Predicted,
    Reembedded,
    Refresh,
    Restore,
    Restored,
    Resume,
    Sleep,
    Stepped,
    Stop,
    UseBackbone,
)
from learner.preprocessing import model_input
from learner.process import _Loop
from learner.types import IncrementKind, View
from tests.learner.fakes import INFO, SIZE, FakeEmbedder, NumPyHead, picture

OTHER = replace(INFO, name="other", sha256="b" * 64, input_size=2 * SIZE)
FILES = {PACKAGE: b"weights", LITERT: b"model"}


class FakeLoader:
    """A head that is there, or is not yet."""

    def __init__(self, head: NumPyHead | None) -> None:
        self.head = head
        self.error: ShowtellError | None = None

    def model(self, _size: int) -> NumPyHead | None:
        return self.head

    def begin(self, _size: int) -> None:
        pass

    def go_on(self) -> None:
        pass


class Bench:
    """A loop on a project with something to learn, turned by hand."""

    def __init__(self, path: Path, *, learns: bool = True) -> None:
        self.buffer = Buffer.open(path)
        for name in ("a", "b"):
            self.record(name)
        self.head = NumPyHead()
        config = LearnerConfig(steps=3, sleep_steps=4)
        self.engine = Engine(self.buffer, FakeEmbedder(), config, lambda: self.head)
        self._ours, self._theirs = multiprocessing.Pipe()
        self.loader = FakeLoader(self.head)

        def engine_of(files: BackboneFiles) -> Engine:
            embedder = FakeEmbedder(files.info)
            return Engine(self.buffer, embedder, config, lambda: self.loader.model(files.info.embedding_size))

        self.loop = _Loop(
            self._theirs,
            self.buffer,
            config,
            self.loader,  # type: ignore[arg-type]
            self.engine,
            engine_of,
            learns=learns,
        )

    def record(self, name: str, start: int = 0) -> list[int]:
        info = self.buffer.class_named(name) or self.buffer.add_class(name)
        burst_id = self.buffer.start_burst("test").id
        images = [picture(ord(name), start + number) for number in range(4)]
        return [sample.id for sample in self.buffer.add_samples([(image, info.id, burst_id) for image in images])]

    def take(self, *commands: Command) -> None:
        for command in commands:
            self.loop._take(command)

    def quiet(self, *, long_enough: bool) -> None:
        """Have it been quiet for long enough that a rebuild follows by itself, or not."""
        self.loop._idle_seconds = 0.0 if long_enough else 10.0

    def turn(self, until: type[Event] | None = None, most: int = 10_000) -> list[Event]:
        """Do all the work there is, or some of it; return what was told."""
        self.loop._tell_device()
        told: list[Event] = []
        for _ in range(most):
            if (work := self.loop._work or self.loop._next_work()) is None:
                break
            self.loop._work = work
            self.loop._go_on(work)
            told += self._heard()
            if until is not None and told and isinstance(told[-1], until):
                return told
        return told + self._heard()

    def answer(self, until: type[Event] | None = None, most: int = 10_000) -> list[Event]:
        """Answer all questions, or some of it, while no other work is done; return what was told."""
        told: list[Event] = []
        for _ in range(most):
            if not self.loop._answering.is_busy:
                break
            if self.loop._answer(0.05):
                time.sleep(LOOKS_SECONDS)
            told += self._heard()
            if until is not None and told and isinstance(told[-1], until):
                break
        return told

    def poll(self) -> list[Event]:
        """Look what has come of what is under way to another backbone."""
        return self.loop._timing.poll(self.loop._device)

    def _heard(self) -> list[Event]:
        told = []
        while self._ours.poll():
            told.append(self._ours.recv())
        return told

    def close(self) -> None:
        self.buffer.close()
        self._ours.close()
        self._theirs.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "desk.showtell")
    yield bench
    bench.close()


def test_what_is_there_at_the_start_is_learned(bench: Bench) -> None:
    told = bench.turn()
    assert isinstance(told[0], DeviceChosen)
    assert isinstance(told[-1], IncrementLearned)
    assert bench.turn() == []


def test_a_full_disk_is_told_once_tried_again_and_leaves_nothing_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "publish", full)
        assert isinstance(bench.turn()[-1], CommandFailed)
        for _ in range(3):
            bench.loop._retry_at = 0.0
            assert bench.turn()[-1] == NothingToLearn(None)
        bench.loop._take(Learn("somebody asked"))
        assert isinstance(bench.turn()[-1], CommandFailed), "who asks is answered"
    bench.loop._retry_at = 0.0
    assert isinstance(bench.turn()[-1], IncrementLearned)


@pytest.mark.parametrize("error", [MemoryError(), MemoryFault()])
def test_out_of_memory_it_is_told_once_the_version_in_use_answers_and_it_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    bench.turn(until=IncrementLearned)
    version = bench.engine.version_id
    add, calls = Statistics.add, 0

    def gives_out(*given: Any) -> None:
        nonlocal calls
        calls += 1
        if calls % 3 == 2:  # in the middle of the sums of one sample
            raise error
        add(*given)

    monkeypatch.setattr(Statistics, "add", gives_out)
    bench.record("c")
    bench.take(Learn("new labels"))
    told = bench.turn()
    assert [event.title for event in told if isinstance(event, CommandFailed)] == ["There is not enough memory"]
    assert bench.engine.version_id == version
    assert bench.loop._retry_at < time.monotonic() + 20
    bench.loop._retry_at = 0.0
    told = bench.turn()
    assert not [event for event in told if isinstance(event, CommandFailed)], "it is told once"
    monkeypatch.setattr(Statistics, "add", add)
    bench.loop._retry_at = 0.0
    bench.turn(until=IncrementLearned)
    assert bench.engine.predict(model_input(picture(ord("c"), 99), SIZE)).label == "c"
    whole = Engine(bench.buffer, FakeEmbedder(), LearnerConfig(), lambda: None)
    list(whole.prepare())
    for which in View:
        mine, anew = (one._memory.view(which).means() for one in (bench.engine, whole))
        assert np.array_equal(mine, anew), "nothing was counted twice"


def test_a_bug_while_it_learns_is_no_want_of_memory(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Statistics, "add", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        bench.turn()


def test_without_memory_for_tensorflow_another_process_has_to_try(bench: Bench) -> None:
    bench.loader.head, bench.loader.error = None, MemoryFault()
    with pytest.raises(MemoryFault):
        bench.turn()


def test_one_that_does_not_learn_answers_and_looks_at_what_comes_in(tmp_path: Path) -> None:
    taught = Bench(tmp_path / "desk.showtell")
    taught.turn()
    taught.close()
    bench = Bench(tmp_path / "desk.showtell", learns=False)
    bench.record("c")
    commands = [Learn("new labels"), Sleep("asked"), Consolidate("asked"), UseBackbone("other"), Refresh(), predict()]
    for command in commands:
        bench._ours.send(command)
    bench._ours.send(Stop())
    bench.loop.run()
    told = bench._heard()
    assert [type(event) for event in told if not isinstance(event, DeviceChosen)] == [Predicted]
    assert len(bench.buffer.versions()) == 1
    bench.close()


def predict() -> Predict:
    return Predict(1, model_input(picture(ord("a"), 99), SIZE))


def test_a_file_that_cannot_be_written_is_told_once_by_what_renews_the_backbone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def locked(device: object) -> list[Event]:
        asked.append(device)
        raise ProjectBusy("The project is locked", "Another program has it.", "Close it.")

    bench.turn()
    monkeypatch.setattr(bench.loop._timing, "poll", locked)
    for _ in range(5):
        bench.loop._renew()
    assert [type(event) for event in bench.turn(most=0)] == [CommandFailed]
    assert len(asked) == 1
    kept = BackboneKept("The backbone stays as it is", "It was given up.")
    monkeypatch.setattr(bench.loop._timing, "poll", lambda _: [kept])
    bench.loop._renew_at = 0.0
    bench.loop._renew()
    assert bench.turn(most=0) == [kept], "it is seen to again after a while"


def learned(told: list[Event]) -> list[IncrementKind]:
    return [event.increment.kind for event in told if isinstance(event, IncrementLearned)]


WAKE, SLEEP = IncrementKind.WAKE, IncrementKind.SLEEP


def test_a_rebuild_follows_when_it_has_been_quiet_and_only_once(bench: Bench) -> None:
    assert learned(bench.turn()) == [WAKE]
    bench.quiet(long_enough=True)
    assert learned(bench.turn()) == [SLEEP]
    assert bench.turn() == []
    bench.take(Refresh())
    assert bench.turn() == [], "nothing has changed"


def test_a_rebuild_waits_until_tensorflow_is_there(bench: Bench) -> None:
    bench.turn()
    bench.quiet(long_enough=True)
    head, bench.loader.head = bench.loader.head, None
    assert bench.turn() == []
    bench.loader.head = head
    assert learned(bench.turn()) == [SLEEP]


def test_a_rebuild_comes_at_once_when_somebody_asks(bench: Bench) -> None:
    bench.turn()
    bench.take(Sleep("somebody asked"))
    (increment,) = [event.increment for event in bench.turn() if isinstance(event, IncrementLearned)]
    assert (increment.kind, increment.reason) == (SLEEP, "somebody asked")


def settled(bench: Bench) -> None:
    """Learn what is there, and rebuild."""
    bench.turn()
    bench.take(Sleep("test"))
    assert learned(bench.turn()) == [SLEEP]


def test_what_was_deleted_is_unlearned_without_waiting_for_quiet(bench: Bench) -> None:
    settled(bench)
    bench.buffer.delete([bench.buffer.samples()[0].id])
    bench.take(Learn("deleted"))
    assert learned(bench.turn()) == [WAKE, SLEEP]
    assert bench.buffer.unlearnable() == []
    assert bench.turn() == []


def test_what_was_deleted_before_it_was_learned_leaves_nothing_either(bench: Bench) -> None:
    settled(bench)
    ids = bench.record("a", 50)
    bench.take(Refresh())
    assert any(isinstance(event, Embedded) for event in bench.turn())
    bench.buffer.delete(ids)
    bench.take(Learn("deleted"))
    bench.turn()
    assert bench.buffer.unlearnable() == []


def test_what_was_deleted_is_unlearned_although_learning_it_at_once_was_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for start in range(50, 400, 10):
        bench.record("ab"[start // 10 % 2], start)
    settled(bench)
    monkeypatch.setattr("learner.measuring.is_worse", lambda *_: "It would be worse.")
    bench.buffer.delete([bench.buffer.samples()[0].id])
    bench.take(Learn("deleted"))
    bench.turn()
    assert bench.buffer.unlearnable() == []


def test_a_rebuild_gives_way_to_what_is_to_be_learned_and_comes_after_it(bench: Bench) -> None:
    bench.turn()
    version = bench.engine.version_id
    bench.quiet(long_enough=True)
    bench.turn(until=Stepped)
    bench.quiet(long_enough=False)
    bench.record("c")
    bench.take(Learn("taught"))
    told = bench.turn()
    assert told[0] == NothingToLearn(version), "it is given up"
    assert learned(told) == [WAKE]
    bench.quiet(long_enough=True)
    assert learned(bench.turn()) == [SLEEP]


def test_a_rebuild_gives_way_to_what_is_to_be_embedded(bench: Bench) -> None:
    bench.turn()
    bench.quiet(long_enough=True)
    bench.turn(until=Stepped)
    bench.quiet(long_enough=False)
    bench.record("a", 50)
    bench.take(Refresh())
    told = bench.turn()
    assert [type(event) for event in told] == [NothingToLearn] + [Embedded] * 4
    bench.quiet(long_enough=True)
    assert learned(bench.turn()) == [SLEEP]


def test_while_it_is_paused_it_answers_and_takes_no_step(bench: Bench) -> None:
    bench.turn(until=Stepped)
    bench.take(Pause())
    bench.turn(most=20)
    told = bench.turn(most=20)
    assert not any(isinstance(event, Stepped) for event in told)
    bench.take(Predict(7, model_input(picture(ord("a"), 99), SIZE)))
    (answer,) = bench.turn(most=1)
    assert isinstance(answer, Predicted)
    assert answer.prediction.label == "a"
    bench.take(Answer(8, model_input(picture(ord("b"), 99), 2 * SIZE)))
    (answered,) = bench.turn(most=1)
    assert isinstance(answered, Answered)
    assert (answered.number, answered.prediction.label) == (8, "b")
    bench.take(Resume())
    assert learned(bench.turn()) == [WAKE]


def test_what_was_cancelled_is_not_begun_again_until_somebody_asks(bench: Bench) -> None:
    settled(bench)
    version = bench.engine.version_id
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn(until=Stepped)
    bench.take(Cancel())
    assert bench.turn() == [NothingToLearn(version)]
    bench.quiet(long_enough=True)
    assert bench.turn() == []
    assert bench.engine.version_id == version
    bench.take(Learn("asked again"))
    assert learned(bench.turn()) == [WAKE, SLEEP]


def test_what_was_cancelled_is_not_learned_by_a_rebuild_either(bench: Bench) -> None:
    bench.turn()  # a rebuild is due when it is quiet
    version = bench.engine.version_id
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn(until=Stepped)
    bench.take(Cancel())
    bench.turn()
    bench.quiet(long_enough=True)
    bench.turn()
    assert bench.engine.version_id == version


def test_a_rebuild_that_was_cancelled_is_not_begun_again_by_itself(bench: Bench) -> None:
    bench.turn()
    version = bench.engine.version_id
    bench.quiet(long_enough=True)
    bench.turn(until=Stepped)
    bench.take(Cancel())
    assert bench.turn() == [NothingToLearn(version)]
    assert bench.turn() == []
    bench.record("c")
    bench.take(Learn("taught"))
    assert learned(bench.turn()) == [WAKE, SLEEP]


def test_cancelling_when_there_is_nothing_to_cancel_holds_nothing_up(bench: Bench) -> None:
    bench.turn()
    bench.take(Cancel())
    bench.record("c")
    bench.take(Learn("taught"))
    assert learned(bench.turn()) == [WAKE]


def test_cancelling_and_restoring_holds_up_nothing_that_comes_later(bench: Bench) -> None:
    bench.turn()
    version = bench.engine.version_id
    assert version is not None
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn(until=Stepped)
    bench.take(Cancel(), Restore(version))
    bench.turn()
    bench.take(Learn("asked again"))
    assert learned(bench.turn()) == [WAKE]


def test_a_version_that_was_restored_stays_when_it_is_quiet(bench: Bench) -> None:
    bench.turn()
    first = bench.engine.version_id
    assert first is not None
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn()
    bench.take(Restore(first))
    bench.quiet(long_enough=True)
    assert learned(bench.turn()) == []
    assert bench.engine.version_id == first


def test_a_restore_ends_a_rebuild_under_way(bench: Bench) -> None:
    bench.turn()
    first = bench.engine.version_id
    assert first is not None
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn()
    bench.take(Sleep("test"))
    bench.turn(until=Stepped)
    bench.take(Restore(first))
    assert learned(bench.turn()) == []
    assert bench.engine.version_id == first == bench.buffer.champion_id()


def test_questions_are_answered(bench: Bench) -> None:
    settled(bench)
    (first, *_) = bench.buffer.members()
    bench.take(Judge(1), Explain(2, first.sample_id), Draw(3), Explain(4, 999))
    told = {type(event): event for event in bench.answer() if not isinstance(event, Explained) or event.explanation}
    judged, explained, drawn = told[Judged], told[Explained], told[Drawn]
    assert isinstance(judged, Judged)
    assert isinstance(explained, Explained)
    assert isinstance(drawn, Drawn)
    assert (judged.number, explained.number, drawn.number) == (1, 2, 3)
    assert len(judged.judgement.sample_ids) == len(drawn.chart.sample_ids) == 8
    assert judged.judgement.version_id == bench.engine.version_id
    assert explained.explanation is not None
    assert explained.explanation.prediction.label == "a"
    assert not bench.loop._answering.is_busy


def test_every_explanation_is_given_in_turn_and_before_what_takes_long(bench: Bench) -> None:
    settled(bench)
    ids = [member.sample_id for member in bench.buffer.members()]
    bench.take(Judge(1), *(Explain(10 + number, sample_id) for number, sample_id in enumerate(ids)), Explain(99, 999))
    told = bench.answer()
    assert [event.number for event in told if isinstance(event, Explained)] == [*range(10, 10 + len(ids)), 99]
    assert isinstance(told[-1], Judged)
    assert Explained(99, None) in told


def test_of_judgements_and_maps_only_the_newest_is_given(bench: Bench) -> None:
    settled(bench)
    bench.take(Judge(1), Draw(2))
    bench.answer(most=3)
    bench.take(Judge(3), Draw(4, finely=True), Draw(5))
    told = [(type(event), event.number) for event in bench.answer() if isinstance(event, Judged | Drawn)]
    assert sorted(told, key=str) == [(Drawn, 5), (Judged, 3)]


def test_a_highlight_is_answered_at_once(bench: Bench) -> None:
    settled(bench)
    bench.take(Highlight(5, model_input(picture(ord("a")), SIZE)))
    assert bench.turn(most=1) == [Highlighted(5, None)], "a backbone that has no places to tell of"


def test_an_increment_does_not_wait_for_a_judgement_but_explanations_are_given_meanwhile(bench: Bench) -> None:
    settled(bench)
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn(until=Stepped)
    assert bench.loop._work is not None
    (first, *_) = bench.buffer.members()
    bench.take(Judge(1), Explain(2, first.sample_id))
    told: list[Event] = []
    for _ in range(100):
        bench.loop._answer(0.0)
        told += bench._heard()
    assert [type(event) for event in told] == [Explained]
    assert learned(bench.turn()) == [WAKE]
    (judged,) = bench.answer()
    assert isinstance(judged, Judged)
    assert judged.judgement.version_id == bench.engine.version_id
    assert len(judged.judgement.sample_ids) == 12


def test_a_pause_holds_up_no_question(bench: Bench) -> None:
    settled(bench)
    bench.record("c")
    bench.take(Learn("taught"))
    bench.turn(until=Stepped)
    bench.take(Pause(), Judge(1), Draw(2), Explain(3, bench.buffer.members()[0].sample_id))
    assert bench.loop._work is not None
    told: list[Event] = []
    for _ in range(10_000):
        pause = bench.loop._answer(bench.loop._go_on(bench.loop._work))
        told += bench._heard()
        if len([event for event in told if isinstance(event, Judged | Drawn | Explained)]) == 3:
            break
        time.sleep(pause)
    assert {type(event) for event in told} == {Judged, Drawn, Explained}
    bench.take(Resume())
    assert learned(bench.turn()) == [WAKE]


def test_what_keeps_a_question_from_being_answered_is_told_and_holds_nothing_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(bench)

    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "labelled", full)
        bench.take(Draw(1), Explain(2, bench.buffer.members()[0].sample_id))
        told = bench.answer()
    assert told == [CommandFailed("The disk is full", "There is no room. Free some space.")] * 2
    bench.take(Draw(3))
    assert [type(event) for event in bench.answer()] == [Drawn]


@pytest.fixture
def choosing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A loop in a project that has learned, and that can have another backbone."""

    def named(source: str, *_: object) -> BackboneFiles:
        if source != OTHER.name:
            raise BackboneFault("There is no such backbone", f'There is no "{source}".', "Name another one.")
        return BackboneFiles(OTHER, FILES[LITERT])

    monkeypatch.setattr("learner.backbones.named", named)
    monkeypatch.setattr("learner.backbones.project_files", lambda files, buffer: FILES)
    bench.buffer.keep_backbone(INFO, FILES)
    settled(bench)
    return bench


def wish(bench: Bench) -> None:
    bench.take(UseBackbone(OTHER.name))
    assert bench.poll() == []


def changed(bench: Bench) -> int:
    """Change to the other backbone; return the version in use before."""
    before = bench.engine.version_id
    assert before is not None
    wish(bench)
    assert isinstance(bench.turn()[-1], BackboneChanged)
    return before


def asked(bench: Bench, name: str = "a", size: int = SIZE) -> Predicted:
    """Show a picture of a class at some size; return the answer."""
    bench.take(Predict(7, model_input(picture(ord(name), 99), size)))
    (answer,) = [event for event in bench._heard() if isinstance(event, Predicted)]
    return answer


def test_another_backbone_is_changed_to_when_somebody_chooses_it(choosing: Bench) -> None:
    wish(choosing)
    told = choosing.turn()
    assert [event.done for event in told if isinstance(event, Reembedded)] == list(range(1, 9))
    *_, learned_last, change = told
    assert isinstance(learned_last, IncrementLearned)
    assert change == BackboneChanged(OTHER, learned_last.increment.version_id)
    assert choosing.buffer.champion_id() == learned_last.increment.version_id
    assert choosing.turn() == []
    answer = asked(choosing)
    assert (answer.prediction.label, answer.prediction.version_id) == ("a", learned_last.increment.version_id)


def test_what_is_taught_after_a_change_is_learned_by_the_new_backbone(choosing: Bench) -> None:
    changed(choosing)
    choosing.record("c")
    choosing.take(Learn("taught"))
    assert learned(choosing.turn()) == [WAKE]
    newest = choosing.buffer.champion()
    assert newest is not None
    assert newest.backbone_sha256 == OTHER.sha256
    choosing.take(Judge(1))
    (judged,) = choosing.answer()
    assert isinstance(judged, Judged)
    assert judged.judgement.version_id == newest.id


def test_frames_are_answered_by_the_version_in_use_while_it_changes(choosing: Bench) -> None:
    version = choosing.engine.version_id
    wish(choosing)
    choosing.turn(until=Reembedded)
    answer = asked(choosing)
    assert (answer.prediction.label, answer.prediction.version_id) == ("a", version)


def test_a_backbone_that_is_not_there_is_told(choosing: Bench) -> None:
    choosing.take(UseBackbone("unheard of"))
    (told,) = choosing.poll()
    assert isinstance(told, BackboneKept)
    assert "unheard of" in told.message
    assert choosing.turn() == []


def test_a_version_of_another_backbone_is_restored_with_it(choosing: Bench) -> None:
    first = changed(choosing)
    second = choosing.buffer.champion_id()
    assert second is not None
    choosing.take(Restore(first))
    assert choosing._heard() == [Restored(first), BackboneChanged(INFO, first)]
    assert choosing.buffer.champion_id() == first
    for size in (SIZE, OTHER.input_size):
        answer = asked(choosing, "b", size)
        assert (answer.prediction.label, answer.prediction.version_id) == ("b", first)
    choosing.quiet(long_enough=True)
    assert learned(choosing.turn()) == [], "whoever goes back wants to stay there"
    choosing.take(Restore(second))
    assert choosing._heard() == [Restored(second), BackboneChanged(OTHER, second)]
    for size in (SIZE, OTHER.input_size):
        assert asked(choosing, "b", size).prediction.version_id == second


def test_a_restore_just_after_a_change_has_the_last_word(choosing: Bench) -> None:
    before = choosing.engine.version_id
    assert before is not None
    wish(choosing)
    choosing.turn(until=BackboneChanged)
    choosing.take(Restore(before))
    choosing.record("c")
    choosing.take(Learn("taught"))
    told = choosing.turn()
    assert [event for event in told if isinstance(event, BackboneChanged)] == [BackboneChanged(INFO, before)]
    champion = choosing.buffer.champion()
    assert champion is not None
    assert champion.backbone_sha256 == INFO.sha256


def test_a_version_whose_backbone_is_gone_is_not_restored(choosing: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise BackboneFault("Not here", "It is not on this machine.", "Add it.")

    first = changed(choosing)
    second = choosing.buffer.champion_id()
    monkeypatch.setattr("learner.process.files_of", gone)
    choosing.take(Restore(first))
    assert choosing._heard() == [CommandFailed("Not here", "It is not on this machine. Add it.")]
    assert choosing.buffer.champion_id() == second
    assert asked(choosing).prediction.version_id == second


def test_a_restore_ends_a_change_for_the_moment_only(choosing: Bench) -> None:
    version = choosing.engine.version_id
    assert version is not None
    wish(choosing)
    choosing.turn(until=Reembedded)
    choosing.take(Restore(version))
    told = choosing.turn()
    assert isinstance(told[0], Restored)
    assert isinstance(told[-1], BackboneChanged)
    assert sum(isinstance(event, Reembedded) for event in told) == 7


@pytest.mark.parametrize("command", [KeepBackbone(), Cancel()])
@pytest.mark.parametrize("until", [Reembedded, Stepped])
def test_a_change_is_given_up(choosing: Bench, command: Command, until: type[Event]) -> None:
    version = choosing.engine.version_id
    wish(choosing)
    choosing.turn(until=until)
    choosing.take(command)
    (told,) = choosing.turn()
    assert isinstance(told, BackboneKept)
    assert choosing.buffer.successor() is None
    assert asked(choosing).prediction.version_id == version == choosing.buffer.champion_id()
    choosing.record("c")
    choosing.take(Learn("taught"))
    assert learned(choosing.turn()) == [WAKE], "what comes later is not cancelled"
    assert choosing.loop._engine.backbone == INFO


def test_keeping_the_backbone_when_nothing_is_under_way_says_nothing(choosing: Bench) -> None:
    choosing.take(KeepBackbone(), Cancel())
    assert choosing.turn() == []


def test_what_is_taught_goes_before_a_change(choosing: Bench) -> None:
    wish(choosing)
    choosing.turn(until=Reembedded)
    choosing.record("c")
    choosing.take(Learn("taught"))
    told = choosing.turn()
    assert learned(told) == [WAKE, SLEEP]
    kinds = [type(event) for event in told]
    assert kinds.index(IncrementLearned) < kinds.index(Reembedded)
    assert kinds.count(Reembedded) == 7 + 4, "nothing is embedded twice"
    assert kinds[-1] is BackboneChanged
    assert asked(choosing, "c").prediction.label == "c"


def test_a_change_that_gives_way_to_what_is_taught_says_which_version_serves(choosing: Bench) -> None:
    version = choosing.engine.version_id
    wish(choosing)
    choosing.turn(until=Stepped)
    choosing.record("c")
    choosing.take(Learn("taught"))
    told = choosing.turn()
    assert [event for event in told if isinstance(event, NothingToLearn)] == [NothingToLearn(version)]
    assert learned(told) == [WAKE, SLEEP]


def test_a_pause_holds_a_change_up(choosing: Bench) -> None:
    wish(choosing)
    choosing.turn(until=Reembedded)
    choosing.take(Pause())
    choosing.poll()
    assert choosing.turn() == []
    choosing.take(Resume())
    choosing.poll()
    assert isinstance(choosing.turn()[-1], BackboneChanged)


def test_what_keeps_a_backbone_from_being_changed_to_is_told_and_it_is_tried_again(
    choosing: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    wish(choosing)
    with monkeypatch.context() as patched:
        patched.setattr(Buffer, "publish", full)
        told = choosing.turn()
    assert CommandFailed("The disk is full", "There is no room. Free some space.") in told
    assert not any(isinstance(event, BackboneChanged) for event in told)
    assert choosing.turn() == [], "not at once"
    choosing.loop._change_at = 0.0
    assert isinstance(choosing.turn()[-1], BackboneChanged)


def test_what_another_process_wishes_for_is_found(choosing: Bench) -> None:
    choosing.buffer.propose_backbone(OTHER, FILES, "finer")
    assert choosing.turn() == []
    choosing.take(Refresh())
    assert isinstance(choosing.turn()[-1], BackboneChanged)


def test_a_consolidation_begins_when_somebody_asks_and_may_not_begin_by_itself(
    choosing: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(choosing.loop._renewal, "consolidate", begun.append)
    choosing.take(AllowConsolidation(False), Consolidate("asked"))
    assert begun == ["asked"]
    assert not choosing.loop._timing.allowed
