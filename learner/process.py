# SPDX-License-Identifier: Apache-2.0
"""The learner process: one loop that takes the next command or else does the next piece of work.

Predictions and commands are served between two batches, so the live picture never waits for an increment. Another
thread loads TensorFlow and builds the head, which takes seconds; until then the closed form answers. Questions that
take longer than a frame may wait are answered piece by piece, between the pieces of other work.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from threadpoolctl import threadpool_limits

from learner.answering import Answering
from learner.aside import LOOKS_SECONDS, WAITING
from learner.backbones import BackboneFiles, files_of
from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.cv import cv2
from learner.engine import Engine, Work
from learner.errors import DamagedProject, DiskFull, MemoryFault, ProjectBusy, ProjectFault, ShowtellError
from learner.loading import Loader, choose_backbone, embedder_of
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
    Event,
    Explain,
    Highlight,
    Highlighted,
    IncrementLearned,
    IncrementRejected,
    Judge,
    KeepBackbone,
    Learn,
    LearnerFailed,
    NothingToLearn,
    Pause,
    Predict,
    Predicted,
    Preparing,
    Refresh,
    Restore,
    Resume,
    Sleep,
    Started,
    Stop,
    UseBackbone,
)
from learner.refining import Model
from learner.renewal import Renewal
from learner.timing import Timing
from learner.types import Device, IncrementKind

_log = logging.getLogger(__name__)

_IDLE_SECONDS = 0.05
"""How often an idle loop looks whether TensorFlow has come."""
_FIRST_ANSWER_SECONDS = 0.5
"""For so long TensorFlow waits for the first picture to be answered: its import begins with half a second in which
nothing else of Python goes on."""
_RETRY_SECONDS = 10.0
"""After a fault that may pass."""
_WAIT_SECONDS = 0.01
"""How often work that waits for TensorFlow is asked again."""


def main(connection: Connection, project: Path, config: LearnerConfig, learns: bool = True) -> None:
    """Serve one project until told to stop or until the other end of the pipe is gone.

    Args:
        connection: to the client.
        project: the project file.
        config: settings of the learner.
        learns: whether to learn; one that does not answers alone, and does without TensorFlow.
    """
    exit_code = 0
    try:
        # More threads gain nothing at these sizes, and spin on the cores that the live picture needs.
        with threadpool_limits(1, user_api="blas"):
            _serve(connection, project, config, learns)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent is gone; the file holds everything that matters
    except ShowtellError as error:
        exit_code = error.exit_code
        recurs = not isinstance(error, ProjectBusy | DiskFull | MemoryFault)
        _tell(connection, LearnerFailed(error.title, error.message, ours=False, recurs=recurs))
    except Exception as error:
        fault = _out_of_memory(error)
        exit_code = fault.exit_code if fault else 3
        failed = LearnerFailed("The learner stopped", f"{type(error).__name__}: {error}", ours=True, recurs=False)
        if fault:
            failed = LearnerFailed(fault.title, fault.message, ours=False, recurs=False)
        else:
            _log.exception("the learner met a bug")
        _tell(connection, failed)
    connection.close()
    logging.shutdown()
    # An interpreter that is taken down while another thread imports TensorFlow crashes; everything is closed by now.
    os._exit(exit_code)


def _serve(connection: Connection, project: Path, config: LearnerConfig, learns: bool) -> None:
    with Buffer.open(project, create=False, backups=config.backups) as buffer:
        if config.backbone is not None:
            connection.send(Preparing("Getting the backbone ready…"))
        damages: list[DamagedProject] = []
        files = choose_backbone(buffer, config, damages.append)
        loader = Loader(config, _FIRST_ANSWER_SECONDS)

        def engine_of(files: BackboneFiles) -> Engine:
            return Engine(buffer, embedder_of(files), config, lambda: loader.take(files.info.embedding_size))

        engine = engine_of(files)
        if damages:
            engine.note_damage()
        if learns:
            loader.begin(files.info.embedding_size)  # after its threads have been measured, which needs the cores
        connection.send(Started(os.getpid(), files.info, engine.version_id, engine.waiting(), learns))
        for damage in damages:
            connection.send(CommandFailed(damage.title, damage.message))
        loop = _Loop(connection, buffer, config, loader, engine, engine_of, learns=learns)
        try:
            loop.run()
        finally:
            loop.close()


def _out_of_memory(error: Exception) -> MemoryFault | None:
    """Return what to tell of an error that is for want of memory; None of others. OpenCV has one of its own."""
    is_full = isinstance(error, MemoryError) or (isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem)
    return MemoryFault() if is_full else None


def _tell(connection: Connection, event: Event) -> None:
    with contextlib.suppress(OSError):
        connection.send(event)


class _Loop:
    def __init__(
        self,
        connection: Connection,
        buffer: Buffer,
        config: LearnerConfig,
        loader: Loader,
        engine: Engine,
        engine_of: Callable[[BackboneFiles], Engine],
        *,
        learns: bool = True,
    ) -> None:
        self._learns = learns
        self._connection = connection
        self._buffer = buffer
        self._engine = engine
        self._engine_of = engine_of
        self._loader = loader
        self._renewal = Renewal(buffer, config, engine_of)
        self._timing = Timing(buffer, self._renewal, allowed=config.consolidate)
        self._is_changing = False
        self._change_at = self._renew_at = 0.0
        self._answering = Answering(engine)
        self._idle_seconds = config.idle_seconds
        self._quiet_since = time.monotonic()
        # Whether a rebuild may be due; looked into when things are quiet.
        self._may_sleep = True
        self._wants_look = True
        self._sleep_reason: str | None = None
        self._is_sleeping = False
        self._is_prepared = False
        self._is_learning = self._is_preparing = False
        self._told_device: Device | None = None
        self._told_error = False
        self._work: Work | None = None
        self._learn_reason: str | None = None
        self._refresh = True
        self._told_fault = ""
        self._retry_at = math.inf
        if engine.is_due():
            # A learner before this one did not finish, or samples came in while none was there.
            self._learn_reason = "resumed"

    def run(self) -> None:
        pause = 0.0
        while True:
            while self._connection.poll(pause):
                command: Command = self._connection.recv()
                if isinstance(command, Stop):
                    return
                self._take(command)
                pause = 0.0
            self._tell_device()
            if self._work is None and self._learns:
                self._work = self._next_work()
            pause = self._go_on(self._work) if self._work else _IDLE_SECONDS
            pause = self._answer(pause)
            if self._learns:
                self._renew()

    def _renew(self) -> None:
        """See to what is under way to another backbone."""
        if time.monotonic() < self._renew_at:
            return
        try:
            for event in self._timing.poll(self._device):
                self._send(event)
        except ShowtellError as error:  # the file may be locked, or the disk full
            self._renew_at = time.monotonic() + _RETRY_SECONDS
            self._put_off(error)

    def close(self) -> None:
        """Leave what is under way, for another learner to go on with."""
        self._renewal.stop()

    @property
    def _model(self) -> Model | None:
        return self._loader.model(self._engine.backbone.embedding_size)

    @property
    def _device(self) -> Device | None:
        return self._model.device if self._model else None

    def _take(self, command: Command) -> None:
        if isinstance(command, Predict | Answer | Refresh | Learn):
            self._timing.note_use()
        if not self._learns and isinstance(command, Learn | Sleep | Consolidate | UseBackbone):
            return  # the file says what there is to learn; the rest has to be asked for again
        try:
            self._carry_out(command)
        except ShowtellError as error:
            self._send(CommandFailed(error.title, error.message))
        if isinstance(command, Predict):
            self._loader.go_on()

    def _carry_out(self, command: Command) -> None:
        match command:
            case Predict(number, image):
                self._send(Predicted(number, self._engine.predict(image)))
            case Answer(number, image):
                self._send(Answered(number, self._engine.predict(image)))
            case Highlight(number, image):
                self._send(Highlighted(number, self._engine.highlight(image)))
            case Judge() | Explain() | Draw():
                self._answering.take(command)
            case Refresh():
                self._engine.refresh()
                self._renewal.look_again()
                self._refresh = True
                self._quiet_since = time.monotonic()
            case Learn(reason):
                self._learn_reason = reason
                # What was deleted before it was learned is no increment, but has left embeddings.
                self._may_sleep = self._wants_look = True
                self._told_fault = ""
                self._quiet_since = time.monotonic()
                self._engine.refresh()
            case Sleep(reason):
                self._sleep_reason = reason
            case Pause():
                self._engine.control.paused = True
                self._timing.pause(True)
            case Resume():
                self._engine.control.paused = False
                self._timing.pause(False)
            case Cancel() if self._is_changing:
                self._keep_backbone()
            case Cancel():
                if self._work is not None:
                    self._engine.control.cancelled = True
                    self._may_sleep = self._wants_look = False
            case Restore(version_id):
                if self._work is not None:
                    # An increment under way would put its own version in use when it ends.
                    self._drop_work()
                    self._refresh = True
                self._restore(version_id)
            case Consolidate(reason):
                self._renewal.consolidate(reason)
            case UseBackbone(source):
                self._drop_change()
                self._renewal.use(source)
            case KeepBackbone():
                self._keep_backbone()
            case AllowConsolidation(allowed):
                self._timing.allowed = allowed
            case Stop():
                raise AssertionError("handled by run")

    def _restore(self, version_id: int) -> None:
        sha256 = self._buffer.version(version_id).backbone_sha256
        if sha256 == self._engine.backbone.sha256:
            self._send(self._engine.restore(version_id))
            return
        engine = self._engine_of(files_of(sha256, self._buffer))
        self._send(engine.restore(version_id))
        self._use(engine)

    def _use(self, engine: Engine) -> None:
        """Embed and answer with another backbone from now on."""
        engine.control.paused = self._engine.control.paused
        engine.refresh()  # there may be other classes than when it was made
        self._engine = engine
        self._loader.begin(engine.backbone.embedding_size)
        self._answering.ask(engine)
        self._is_prepared, self._refresh = False, True
        self._send(BackboneChanged(engine.backbone, engine.version_id))

    def _keep_backbone(self) -> None:
        if self._renewal.is_under_way:
            self._drop_change()
            self._renewal.give_up()
            self._send(BackboneKept("The backbone stays as it is", "What was under way to another one was given up."))

    def _drop_change(self) -> None:
        if self._is_changing:
            self._drop_work()

    def _drop_work(self) -> None:
        if self._work is not None:
            self._work.close()
        self._work, self._is_changing = None, False

    def _next_work(self) -> Work | None:
        self._is_learning = self._is_preparing = False
        if self._learn_reason is None and time.monotonic() > self._retry_at:
            self._learn_reason = "tried again"
        if self._learn_reason is not None:
            reason, self._learn_reason, self._refresh = self._learn_reason, None, False
            self._retry_at, self._is_learning = math.inf, True
            return self._engine.learn(reason, lambda: self._learn_reason is not None)
        if self._refresh:
            self._refresh = False
            return self._engine.embed_pending()
        if not self._is_prepared:
            self._is_prepared = self._is_preparing = True
            return self._engine.prepare()
        return self._next_sleep() or self._next_change()

    def _next_change(self) -> Work | None:
        """Return the change to another backbone, if there is to be one."""
        if not self._renewal.is_change_due or time.monotonic() < self._change_at:
            return None
        self._is_changing = True
        return self._renewal.change(lambda: self._learn_reason is not None or self._refresh)

    def _next_sleep(self) -> Work | None:
        """Return a rebuild when somebody asked for one, when something was taken away, or when it has been quiet."""
        reason, self._sleep_reason = self._sleep_reason, None
        if reason is None and self._may_sleep and self._model is not None:
            if self._wants_look:
                self._wants_look = False
                if self._engine.is_sleep_urgent():
                    reason = "something was taken away"
            if reason is None and time.monotonic() - self._quiet_since >= self._idle_seconds:
                self._may_sleep = False
                if self._engine.is_sleep_due():
                    reason = "quiet"
        if reason is None:
            return None
        self._may_sleep, self._is_sleeping = False, True
        return self._engine.sleep(reason, lambda: self._learn_reason is not None or self._refresh)

    def _go_on(self, work: Work) -> float:
        """Do one piece of work; return how long to listen for commands before the next, in seconds."""
        try:
            event = next(work)
        except StopIteration:
            self._work, self._is_changing = None, False
            # A rebuild that gave way to something is still due.
            self._may_sleep |= self._is_sleeping and not self._engine.control.cancelled
            self._is_sleeping = self._engine.control.cancelled = False
            return 0.0
        except Exception as error:
            fault = error if isinstance(error, ShowtellError) else _out_of_memory(error)
            if fault is None:
                raise
            if isinstance(fault, MemoryFault):
                self._engine.start_over()  # it may have given out in the middle of a sum
            self._work, self._is_changing = None, False
            self._change_at = time.monotonic() + _RETRY_SECONDS
            self._may_sleep, self._is_sleeping, self._quiet_since = True, False, time.monotonic()
            self._put_off(fault)
            return 0.0
        if event is not None:
            self._send(event)
            if isinstance(event, IncrementLearned | IncrementRejected):
                self._is_sleeping = False
                self._may_sleep = self._wants_look = event.increment.kind is not IncrementKind.SLEEP
                if self._renewal.succeeded is not None:  # before a command can ask for yet another version
                    engine, self._renewal.succeeded = self._renewal.succeeded, None
                    self._use(engine)
                    if engine.is_due():  # what came in meanwhile
                        self._learn_reason = "resumed"
            return 0.0
        return 0.0 if self._model and not self._engine.control.paused else _WAIT_SECONDS

    def _answer(self, pause: float) -> float:
        """Do one piece of an answer; return how long to listen before the next.

        An increment goes first, for a person waits for it, unless it waits itself: while it is paused, or TensorFlow is
        loading. So does what spares judgements from reading everything.

        Args:
            pause: how long to listen if there is nothing to answer.
        """
        piece = self._answering.go_on(briefly=self._is_preparing or (self._is_learning and not pause))
        if piece is WAITING:
            return min(pause, LOOKS_SECONDS) if self._answering.is_busy else pause
        if piece is not None:
            self._send(piece)
        return 0.0

    def _put_off(self, error: ShowtellError) -> None:
        """Tell what keeps us from learning, once, and try again later if it may pass: a full disk or memory."""
        if isinstance(error, ProjectFault | MemoryFault):
            self._retry_at = time.monotonic() + _RETRY_SECONDS
        if error.title == self._told_fault:
            self._send(NothingToLearn(self._engine.version_id))
        else:
            self._told_fault = error.title
            self._send(CommandFailed(error.title, error.message))

    def _tell_device(self) -> None:
        if self._device is not None:
            if self._told_device != self._device:  # a GPU that failed is not used any longer
                self._told_device = self._device
                self._send(DeviceChosen(self._device))
        elif isinstance(self._loader.error, MemoryFault):
            raise self._loader.error  # what was half imported is of no use any more, but another process may have room
        elif self._loader.error is not None and not self._told_error:
            self._told_error = True
            self._put_off(self._loader.error)

    def _send(self, event: Event) -> None:
        self._connection.send(event)
