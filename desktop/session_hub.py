# SPDX-License-Identifier: Apache-2.0
"""The open project of a window as a server asks for it (`learner.serve.hub.Hub`).

Its learner answers, its writer writes, and its camera is what is looked through. The server calls from a thread of its
own; whatever belongs to Qt is touched in the window's thread alone. Only who wants a server imports this.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.learner_status import LearnerStatus, Phase
from desktop.session import Session
from learner.buffer import Buffer, EncodedImage
from learner.errors import ShowtellError
from learner.messages import Answered, Predicted
from learner.serve.answers import answer_data, increment_data, sample_data, state_data
from learner.serve.feed import Feed
from learner.serve.hub import Added, LearnerPhase, NotAnswering, Status, Trouble
from learner.serve.storing import Stored, Storing, newly_learned
from learner.serve.waiting import Waiting, settle
from learner.types import ClassInfo, Image, Increment, Prediction

_QUIET_MILLISECONDS, _LONGEST_MILLISECONDS = 500, 3000
"""Samples are learned and taken back together that come in with no longer pause, but the first is not kept waiting
for longer."""
_LOOK_MILLISECONDS = 500
_PHASES = {
    Phase.STARTING: LearnerPhase.STARTING,
    Phase.RESTARTING: LearnerPhase.RESTARTING,
    Phase.PAUSED: LearnerPhase.GONE,
}

Result = TypeVar("Result")


class SessionHub(QObject):
    """Answers a server for a session; made in the window's thread.

    Args:
        session: the open project.
    """

    counted = Signal()
    """One more picture was answered, or one more sample came in."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.feed = Feed(lasting=("state",))
        self.answered = 0
        """How many pictures were answered for."""
        self.taken = 0
        """How many samples came in."""
        self._session = session
        self._waiting = Waiting()
        self._storing = Storing()
        self._is_closed = False
        self._series: list[Stored] = []
        self._began = QElapsedTimer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._take_in)
        self._learned = self._rejected = self._restarts = 0
        self._status = self._present()
        self.feed.tell("state", state_data(self._status, self.name))
        if self._status.phase is LearnerPhase.GONE:
            self._waiting.refuse(_gone)
        # A camera that comes or goes is nobody's signal here.
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._follow)
        self._look.start()
        learner = session.learner
        self._heard = (
            (learner.answered, self._take_answer),
            (learner.predicted, self._tell_prediction),
            (learner.status_changed, self._take_status),
            (learner.learned, self._tell_learned),
            (learner.rejected, self._tell_rejected),
        )
        for signal, take in self._heard:
            signal.connect(take)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._session.path.name

    @property
    def status(self) -> Status:
        """How it is."""
        return self._status

    def close(self) -> None:
        """Answer nobody any more; what came in is taken in."""
        self._look.stop()
        for signal, take in self._heard:
            signal.disconnect(take)
        self._is_closed = True
        self._waiting.refuse(_ends)
        self._take_in()

    def answer(self, image: Image) -> Future[Prediction]:
        """Answer for a picture (see `learner.serve.hub.Hub`)."""
        return self._waiting.ask(lambda: self._session.learner.answer(image))

    def add(self, picture: EncodedImage, label: str | None) -> Future[Added]:
        """Store a picture (see `learner.serve.hub.Hub`)."""
        future: Future[Added] = Future()

        def act(buffer: Buffer) -> Stored | None:  # in the writer's thread, so that nothing waits for the window's
            return _settled(future, lambda: self._storing.store(buffer, picture, label), lambda stored: stored.added)

        if self._is_closed:
            future.set_exception(_ends())
        else:
            self._session.writer.submit(act, self._took)
        return future

    def classes(self) -> Future[list[ClassInfo]]:
        """Return the classes in their order, with their counts."""
        future: Future[list[ClassInfo]] = Future()
        if self._is_closed:
            future.set_exception(_ends())
        else:
            self._session.reader.ask(
                lambda buffer: _settled(future, buffer.classes, lambda classes: classes), lambda _: None
            )
        return future

    def _took(self, stored: Stored | None) -> None:
        """A sample is on the disk: have it embedded now, and learned with those that follow it closely."""
        if stored is None or not stored.added.is_new:
            return
        self.taken += 1
        self.feed.tell("sample", sample_data(stored.added))
        self._session.learner.refresh()
        if not self._series:
            self._began.start()
        self._series.append(stored)
        left = _LONGEST_MILLISECONDS - self._began.elapsed()
        self._pause.start(0 if self._is_closed else max(0, min(_QUIET_MILLISECONDS, left)))
        self.counted.emit()

    def _take_in(self) -> None:
        """End a series."""
        self._pause.stop()
        series, self._series = self._series, []
        labels = dict.fromkeys(stored.added.label for stored in series if stored.added.label is not None)
        self._session.take_in(
            [stored.added.sample.id for stored in series],
            list(labels),
            [stored.made for stored in series if stored.made is not None],
        )

    def _take_answer(self, event: Answered) -> None:
        if self._waiting.answered(event.number, event.prediction):
            self.answered += 1
            self.counted.emit()

    def _tell_prediction(self, event: Predicted) -> None:
        if event.prediction.label is not None:
            self.feed.tell("prediction", answer_data(event.prediction))

    def _take_status(self, status: LearnerStatus) -> None:
        if status.phase is Phase.RESTARTING and self._status.phase is not LearnerPhase.RESTARTING:
            self._restarts += 1
        self._follow()

    def _tell_learned(self, increment: Increment) -> None:
        self._learned += 1
        self._tell_increment(increment, "learned")

    def _tell_rejected(self, increment: Increment) -> None:
        self._rejected += 1
        self._tell_increment(increment, "rejected")

    def _tell_increment(self, increment: Increment, outcome: str) -> None:
        """Tell what came of an increment, and of which labels it learned something new."""

        def told(buffer: Buffer) -> None:
            self.feed.tell("increment", increment_data(increment, outcome, newly_learned(buffer, increment)))

        self._session.reader.ask(told, lambda _: None)
        self._follow()

    def _follow(self) -> None:
        """Tell how it is, if that is news."""
        before, self._status = self._status, self._present()
        is_gone = self._status.phase is LearnerPhase.GONE
        if is_gone and before.phase is not LearnerPhase.GONE:
            self._waiting.refuse(_gone)
        elif before.phase is LearnerPhase.GONE and not is_gone:
            self._waiting.allow()
        if self._status != before:
            self.feed.tell("state", state_data(self._status, self.name))

    def _present(self) -> Status:
        learner, session = self._session.learner.status, self._session
        phase = _PHASES.get(learner.phase, LearnerPhase.READY)
        return Status(
            phase,
            version_id=learner.version_id,
            is_learning=learner.phase is Phase.LEARNING,
            camera=session.camera or None,
            is_live=session.recorder.newest is not None,
            trouble=Trouble("The learner stopped", learner.detail) if phase is LearnerPhase.GONE else None,
            learned=self._learned,
            rejected=self._rejected,
            restarts=self._restarts,
        )


def _settled(future: Future[Any], do: Callable[[], Result], outcome: Callable[[Result], object]) -> Result | None:
    """Do something whose outcome, or whose fault, a future carries; return what came of it."""
    try:
        result = do()
    except ShowtellError as fault:
        settle(future, fault)
        return None
    except Exception as bug:
        settle(future, bug)
        raise
    settle(future, outcome(result))
    return result


def _ends() -> NotAnswering:
    return NotAnswering("The server ends", "It was stopped in the window.", "Start it there again.")


def _gone() -> NotAnswering:
    return NotAnswering(
        "The learner is gone",
        "It stopped again and again, and is not started any more.",
        "Samples are stored still. The window says why, and starts it again.",
    )
