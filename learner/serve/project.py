# SPDX-License-Identifier: Apache-2.0
"""A project file with a learner and a camera of its own, as the server asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from learner.buffer import Buffer, EncodedImage, ProjectLock
from learner.camera import Camera, CameraState, CameraStatus, Frame, FrameSource, Stillness
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import EnvironmentFault
from learner.messages import (
    ANSWERS_CHANGE,
    Answered,
    BackboneChanged,
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
from learner.serve.answers import answer_data, increment_data, sample_data, state_data
from learner.serve.feed import Feed
from learner.serve.hub import Added, LearnerPhase, NotAnswering, Status, Trouble
from learner.serve.series import Series
from learner.serve.storing import Storing, newly_learned
from learner.serve.waiting import Waiting
from learner.types import ClassInfo, Image, Increment, Prediction

_QUIET_SECONDS, _LONGEST_SECONDS = 0.5, 3.0
"""Samples are learned together that come in with no longer pause, but the first is not kept waiting for longer."""


class ProjectHub:
    """One project file, one thread that writes to it, one learner process, and perhaps a camera.

    Args:
        path: the project file; it must exist.
        config: settings of the learner.
        source: what to look through; its frames are answered while somebody listens.
    """

    def __init__(self, path: Path, config: LearnerConfig, source: FrameSource | None = None) -> None:
        self.feed = Feed(lasting=("state",))
        self._path, self._config = path, config
        # One thread, because a connection to the file belongs to the thread that opened it.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="showtell writer")
        self._project = ProjectLock(path)
        self._buffer: Buffer | None = None
        self._storing = Storing()
        self._waiting = Waiting()
        self._lock = threading.Lock()
        self._status = Status(LearnerPhase.STARTING, camera=source.description if source else None)
        self._settled = threading.Event()
        self._client = LearnerClient(path, config, self._take)
        self._series = Series(self._learn, _QUIET_SECONDS, _LONGEST_SECONDS)
        self._stillness = Stillness()
        self._camera = Camera(source, self._look, self._camera_is) if source is not None else None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._path.name

    @property
    def status(self) -> Status:
        """How it is."""
        return self._status

    @property
    def learner_pid(self) -> int | None:
        """Process id of the learner, or None while there is none."""
        return self._client.pid

    def start(self) -> None:
        """Open the file, start the learner, and wait until it answers; then start the camera.

        Raises:
            ProjectFault: the file cannot be used, or is open elsewhere.
            EnvironmentFault: the learner cannot be started.
        """
        try:
            self._project.take()
            opened = self._writer.submit(Buffer.open, self._path, create=False, backups=self._config.backups)
            self._buffer = opened.result()
            self._series.start()
            self._client.start()
            self._wait_for_the_learner()
            if self._camera is not None:
                self._camera.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop everything and wait for it; what was told to be stored is."""
        if self._camera is not None:
            self._camera.stop()
        self._series.stop()
        self._client.stop()
        self._waiting.refuse(_ends)
        if self._buffer is not None:
            self._writer.submit(self._buffer.close).result()
            self._buffer = None
        self._writer.shutdown()
        self._project.release()

    def _wait_for_the_learner(self) -> None:
        while not self._settled.wait(1.0):  # for ever would keep Ctrl+C out on Windows
            pass
        status = self._status
        if status.phase is LearnerPhase.GONE:
            trouble = status.trouble or Trouble("The learner stopped", "It stopped again and again.")
            raise EnvironmentFault(trouble.title, trouble.message, "Then start it again.")

    def answer(self, image: Image) -> Future[Prediction]:
        """Answer for a picture (see `learner.serve.hub.Hub`)."""
        return self._waiting.ask(lambda: self._client.answer(image))

    def add(self, picture: EncodedImage, label: str | None) -> Future[Added]:
        """Store a picture (see `learner.serve.hub.Hub`)."""
        return self._written(lambda buffer: self._add(buffer, picture, label))

    def classes(self) -> Future[list[ClassInfo]]:
        """Return the classes in their order, with their counts."""
        return self._written(lambda buffer: buffer.classes())

    def _written(self, do: Callable[[Buffer], Any]) -> Future[Any]:
        def act() -> Any:
            if self._buffer is None:
                raise _ends()
            return do(self._buffer)

        try:
            return self._writer.submit(act)
        except RuntimeError:  # it was shut down
            refused: Future[Any] = Future()
            refused.set_exception(_ends())
            return refused

    def _add(self, buffer: Buffer, picture: EncodedImage, label: str | None) -> Added:
        added = self._storing.store(buffer, picture, label).added
        if added.is_new:
            self._client.refresh()
            self._stillness.stir()
            if added.label is not None:
                self._series.note()
            self.feed.tell("sample", sample_data(added))
        return added

    def _learn(self) -> None:
        self._client.learn("samples by HTTP")

    def _look(self, frame: Frame) -> None:
        if self.feed.has_listeners and self._stillness.is_worth(frame.image):
            self._client.predict(frame.image)

    def _camera_is(self, state: CameraState) -> None:
        trouble = Trouble(state.title, state.message) if state.title else None
        self._set(is_live=state.status is CameraStatus.LIVE, trouble=trouble)

    def _take(self, event: Event) -> None:
        """Take what the learner says, in a thread of the client's."""
        if isinstance(event, ANSWERS_CHANGE):
            self._stillness.stir()
        match event:
            case Answered(number, prediction):
                self._waiting.answered(number, prediction)
            case Predicted(prediction=prediction):
                if prediction.label is not None:
                    self.feed.tell("prediction", answer_data(prediction))
            case Started(version_id=version_id):
                self._waiting.allow()
                self._set(phase=LearnerPhase.READY, version_id=version_id, is_learning=False, trouble=None)
                self._settled.set()
            case IncrementStarted():
                self._set(is_learning=True)
            case NothingToLearn(version_id):
                self._set(is_learning=False, version_id=version_id)
            case IncrementLearned(increment):
                self._set(
                    is_learning=False,
                    version_id=increment.version_id,
                    trouble=None,
                    learned=self._status.learned + 1,
                )
                self._tell_increment(increment, "learned")
            case IncrementRejected(increment):
                self._set(is_learning=False, rejected=self._status.rejected + 1)
                self._tell_increment(increment, "rejected")
            case Restored(version_id):
                self._set(version_id=version_id)
            case BackboneChanged(version_id=version_id):
                self._set(version_id=version_id)
            case CommandFailed(title, message) | LearnerFailed(title, message):
                self._set(is_learning=False, trouble=Trouble(title, message))
            case LearnerDied(restarting=restarting):
                self._died(restarting)

    def _died(self, restarting: bool) -> None:
        restarts = self._status.restarts + restarting
        phase = LearnerPhase.RESTARTING if restarting else LearnerPhase.GONE
        self._set(phase=phase, is_learning=False, restarts=restarts)
        if not restarting:
            self._waiting.refuse(_gone)
            self._settled.set()

    def _tell_increment(self, increment: Increment, outcome: str) -> None:
        """Tell what came of an increment, and of which labels it learned something new."""

        def told(buffer: Buffer) -> None:
            self.feed.tell("increment", increment_data(increment, outcome, newly_learned(buffer, increment)))

        self._written(told)

    def _set(self, **changes: Any) -> None:
        with self._lock:
            self._status = replace(self._status, **changes)
            # Told under the lock, so that the newest is told last.
            self.feed.tell("state", state_data(self._status, self.name))


def _ends() -> NotAnswering:
    return NotAnswering("The server ends", "It was stopped.", "Start it again.")


def _gone() -> NotAnswering:
    return NotAnswering(
        "The learner is gone",
        "It stopped again and again, and is not started any more.",
        "Samples are stored still. Start the server again.",
    )
