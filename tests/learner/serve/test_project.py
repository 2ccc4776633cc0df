# SPDX-License-Identifier: Apache-2.0
"""A project as the server has it, with its file and without a learner; `tests/integration/test_serve.py` has both."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from learner.buffer import Buffer, ProjectLock, encode
from learner.config import LearnerConfig
from learner.errors import EnvironmentFault, LabelFault, OpenElsewhere, ProjectMissing
from learner.messages import (
    Answered,
    CommandFailed,
    Event,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    LearnerDied,
    LearnerFailed,
    NothingToLearn,
    Predicted,
    Restored,
    Started,
)
from learner.serve.feed import Told
from learner.serve.hub import LearnerPhase, NotAnswering, SameSample, Trouble
from learner.serve.project import ProjectHub
from learner.types import Image, Increment, IncrementKind, Prediction
from tests.learner.fakes import INFO, picture

MUG = Prediction("mug", 0.75, {"mug": 0.75, "key": 0.25}, 1, 7)


class FakeClient:
    """A learner that says what the test wants it to say."""

    def __init__(self, path: Path, config: LearnerConfig, on_event: Callable[[Event], None]) -> None:
        self.say = on_event
        self.first: list[Event] = [Started(1, INFO, None, 0)]
        self.pid = None
        self.asked: list[int] = []
        self.did: list[str] = []
        self._numbers = itertools.count(1)

    def start(self) -> None:
        for event in self.first:
            self.say(event)

    def stop(self) -> None:
        self.did.append("stop")

    def answer(self, image: Image) -> int:
        self.asked.append(next(self._numbers))
        return self.asked[-1]

    def predict(self, image: Image) -> int:
        self.did.append("predict")
        return 0

    def refresh(self) -> None:
        self.did.append("refresh")

    def learn(self, reason: str) -> None:
        self.did.append("learn")


class Desk:
    """A hub on a file, its learner, and what it tells."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hub = ProjectHub(path, LearnerConfig())
        client: Any = self.hub._client
        self.client: FakeClient = client
        self.told: list[Told] = []
        tell = self.hub.feed.tell

        def note(kind: str, data: Any) -> None:
            self.told.append(Told(0, kind, data))
            tell(kind, data)

        self.hub.feed.tell = note  # type: ignore[method-assign]

    def add(self, kind: int, label: str | None, number: int = 0) -> Any:
        return self.hub.add(encode(picture(kind, number)), label).result(60)

    def heard(self, kind: str) -> list[Any]:
        self.hub.classes().result(60)  # whatever had to be looked up before is told by now
        return [told.data for told in self.told if told.kind == kind]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("learner.serve.project.LearnerClient", FakeClient)
    monkeypatch.setattr("learner.serve.storing.GAP_SECONDS", 600.0)  # however slow the machine
    path = tmp_path / "desk.showtell"
    Buffer.open(path).close()
    desk = Desk(path)
    desk.hub.start()
    yield desk
    desk.hub.stop()
    assert desk.client.did[-1] == "stop"


def increment(id_: int = 1, *, accepted: bool = True, kind: IncrementKind = IncrementKind.WAKE) -> Increment:
    return Increment(
        id_,
        "test",
        datetime.now(UTC),
        2,
        4,
        3,
        0.5,
        0.1,
        1.0,
        accepted,
        "" if accepted else "It got worse.",
        9,
        kind=kind,
    )


def test_it_is_ready_when_the_learner_is(desk: Desk) -> None:
    assert desk.hub.name == "desk.showtell"
    assert desk.hub.status.phase is LearnerPhase.READY
    assert desk.heard("state")[-1] == {
        "project": "desk.showtell",
        "learner": "ready",
        "version_id": None,
        "learning": False,
        "camera": None,
        "live": False,
        "trouble": None,
    }


def test_a_learner_that_does_not_start_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.serve.project.LearnerClient", FakeClient)
    Buffer.open(tmp_path / "desk.showtell").close()
    desk = Desk(tmp_path / "desk.showtell")
    desk.client.first = [
        LearnerFailed("No backbone", "It is not here.", ours=False, recurs=True),
        LearnerDied(1, False),
    ]
    with pytest.raises(EnvironmentFault, match="No backbone"):
        desk.hub.start()
    assert desk.client.did == ["stop"]
    with pytest.raises(ProjectMissing):
        ProjectHub(tmp_path / "nothing.showtell", LearnerConfig()).start()


def test_a_sample_is_on_the_disk_when_it_is_told(desk: Desk) -> None:
    added = desk.add(1, "Mug")
    with Buffer.open(desk.path, read_only=True) as buffer:
        assert [sample.id for sample in buffer.samples()] == [added.sample.id]
        assert [info.name for info in buffer.classes()] == ["Mug"]
    assert "refresh" in desk.client.did
    assert desk.heard("sample") == [{"sample_id": 1, "class_id": 1, "label": "Mug", "recording": 1}]
    assert desk.hub.classes().result(60)[0].count == 1


def test_a_label_is_known_in_whatever_case(desk: Desk) -> None:
    assert desk.add(1, "Mug").label == "Mug"
    assert desk.add(2, "mug").label == "Mug"
    with pytest.raises(LabelFault):
        desk.add(3, " ")


def test_the_same_picture_again_adds_nothing(desk: Desk) -> None:
    first = desk.add(1, "mug")
    again = desk.add(1, "mug")
    assert (again.sample.id, again.is_new) == (first.sample.id, False)
    for label in ("key", "pen"):
        with pytest.raises(SameSample, match='"mug"'):
            desk.add(1, label)
    assert [info.name for info in desk.hub.classes().result(60)] == ["mug"]
    assert len(desk.heard("sample")) == 1


def test_a_sample_without_a_label_is_kept_and_not_learned(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[int] = []
    monkeypatch.setattr(desk.hub._series, "note", lambda: noted.append(1))
    assert desk.add(1, None).sample.class_id is None
    assert noted == []
    desk.add(2, "mug")
    assert noted == [1]


def test_each_label_has_a_recording_of_its_own_even_when_they_come_by_turns(desk: Desk) -> None:
    bursts = {label: [] for label in ("mug", "key", None)}  # type: dict[str | None, list[int]]
    for number in range(3):
        for kind, label in enumerate(bursts):
            bursts[label].append(desk.add(kind, label, number).sample.burst_id)
    assert all(len(set(ids)) == 1 for ids in bursts.values())
    assert len({ids[0] for ids in bursts.values()}) == 3


def test_a_pause_begins_another_recording(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (desk.add(1, "mug", number).sample.burst_id for number in range(2))
    assert first == second
    monkeypatch.setattr("learner.serve.storing.GAP_SECONDS", -1.0)
    assert len({first, *(desk.add(1, "mug", number).sample.burst_id for number in range(2, 4))}) == 3


def test_a_recording_that_was_forgotten_is_begun_anew(desk: Desk) -> None:
    first = desk.add(1, "mug").sample
    with Buffer.open(desk.path) as buffer:
        buffer.delete([first.id])
        buffer.erase()
        assert buffer.bursts() == []
    assert desk.add(1, "mug", 1).is_new


def test_answers_go_to_who_asked(desk: Desk) -> None:
    first, second = desk.hub.answer(picture(1)), desk.hub.answer(picture(2))
    desk.client.say(Answered(2, Prediction("second", 1.0)))
    desk.client.say(Answered(1, Prediction("first", 1.0)))
    desk.client.say(Answered(1, Prediction("once more", 1.0)))
    desk.client.say(Answered(99, Prediction("nobody asked", 1.0)))
    assert (first.result(0).label, second.result(0).label) == ("first", "second")


def test_who_gives_up_breaks_nothing(desk: Desk) -> None:
    assert desk.hub.answer(picture(1)).cancel()
    desk.client.say(Answered(1, MUG))
    waiting = desk.hub.answer(picture(1))
    desk.client.say(Answered(2, MUG))
    assert waiting.result(0) is MUG


def test_no_more_wait_than_can_be_answered(desk: Desk) -> None:
    waiting = [desk.hub.answer(picture(1)) for _ in range(64)]
    with pytest.raises(NotAnswering, match="Too much"):
        desk.hub.answer(picture(1)).result(0)
    assert len(desk.client.asked) == 64
    desk.client.say(Answered(1, MUG))
    assert waiting[0].result(0) is MUG
    assert not desk.hub.answer(picture(1)).done()


def test_a_learner_that_comes_back_answers_what_waits(desk: Desk) -> None:
    waiting = desk.hub.answer(picture(1))
    desk.client.say(LearnerDied(-9, restarting=True))
    status = desk.hub.status
    assert (status.phase, status.restarts) == (LearnerPhase.RESTARTING, 1)
    desk.client.say(Started(2, INFO, 7, 0))
    desk.client.say(Answered(1, MUG))
    assert waiting.result(0) is MUG
    assert desk.hub.status.phase is LearnerPhase.READY


def test_a_learner_that_is_gone_keeps_nobody_waiting_and_samples_are_stored_still(desk: Desk) -> None:
    waiting = desk.hub.answer(picture(1))
    desk.client.say(LearnerFailed("The learner stopped", "ValueError", ours=True, recurs=False))
    desk.client.say(LearnerDied(3, restarting=False))
    assert desk.hub.status.phase is LearnerPhase.GONE
    for future in (waiting, desk.hub.answer(picture(1))):
        with pytest.raises(NotAnswering, match="gone"):
            future.result(0)
    assert desk.add(1, "mug").is_new
    assert desk.heard("state")[-1]["trouble"] == {"title": "The learner stopped", "message": "ValueError"}


def test_what_is_learned_is_told_with_the_labels_it_is_of(desk: Desk) -> None:
    for number in range(3):
        desk.add(1, "mug", number)
    desk.add(2, "key")
    with Buffer.open(desk.path) as buffer:
        buffer._db.execute("PRAGMA foreign_keys = OFF")
        buffer._db.execute("UPDATE samples SET learned_in = 5 WHERE id IN (1, 2, 4)")
    desk.client.say(IncrementStarted("test", 3))
    assert desk.hub.status.is_learning
    desk.client.say(IncrementLearned(increment(5)))
    (told,) = desk.heard("increment")
    assert told["classes"] == {"mug": 2, "key": 1}
    assert (told["outcome"], told["kind"], told["version_id"], told["seconds"]) == ("learned", "wake", 9, 0.5)
    status = desk.hub.status
    assert (status.is_learning, status.version_id, status.learned, status.rejected) == (False, 9, 1, 0)


def test_what_is_refused_says_why(desk: Desk) -> None:
    desk.client.say(CommandFailed("The disk is full", "There is no room."))
    assert desk.hub.status.trouble == Trouble("The disk is full", "There is no room.")
    desk.client.say(IncrementStarted("test", 3))
    desk.client.say(IncrementRejected(increment(accepted=False)))
    (told,) = desk.heard("increment")
    assert (told["outcome"], told["why"], told["classes"]) == ("rejected", "It got worse.", {})
    assert (desk.hub.status.is_learning, desk.hub.status.rejected) == (False, 1)
    desk.client.say(IncrementLearned(increment(kind=IncrementKind.SLEEP)))
    assert desk.heard("increment")[-1]["classes"] == {}
    assert desk.hub.status.trouble is None


def test_the_version_in_use_is_known(desk: Desk) -> None:
    desk.client.say(Restored(4))
    assert desk.hub.status.version_id == 4
    desk.client.say(NothingToLearn(5))
    assert desk.hub.status.version_id == 5


def test_live_answers_are_told_once_there_are_any(desk: Desk) -> None:
    desk.client.say(Predicted(1, Prediction(None, 0.0)))
    assert desk.heard("prediction") == []
    desk.client.say(Predicted(2, MUG))
    assert desk.heard("prediction")[0]["label"] == "mug"


def test_frames_are_looked_at_while_somebody_listens(desk: Desk) -> None:
    from learner.camera import Frame

    frame = Frame(picture(1), 1, 0.0)

    async def listen() -> None:
        desk.hub._look(frame)
        assert "predict" not in desk.client.did
        stream = desk.hub.feed.subscribe()
        desk.hub._look(frame)
        assert desk.client.did.count("predict") == 1
        stream.close()
        desk.hub._look(frame)
        assert desk.client.did.count("predict") == 1

    asyncio.run(listen())


def test_what_comes_after_the_end_is_refused(desk: Desk) -> None:
    waiting = desk.hub.answer(picture(1))
    desk.hub.stop()
    late: list[Future[Any]] = [waiting, desk.hub.classes(), desk.hub.add(encode(picture(1)), "mug")]
    for future in late:
        with pytest.raises(NotAnswering, match="ends"):
            future.result(60)


def test_a_project_that_is_open_elsewhere_is_not_served(desk: Desk) -> None:
    with pytest.raises(OpenElsewhere):
        ProjectLock(desk.path).take()
    other = ProjectHub(desk.path, LearnerConfig())
    with pytest.raises(OpenElsewhere):
        other.start()
    desk.hub.stop()
    with ProjectLock(desk.path):
        pass
    desk.client.did.append("stop")
