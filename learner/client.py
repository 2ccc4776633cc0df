# SPDX-License-Identifier: Apache-2.0
"""The desktop's end of the learner: spawns the process, talks to it, and starts another when it dies."""

from __future__ import annotations

import atexit
import itertools
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from learner.config import LearnerConfig
from learner.messages import (
    AllowConsolidation,
    Answer,
    Answered,
    BackboneChanged,
    Cancel,
    Command,
    Consolidate,
    Draw,
    Event,
    Explain,
    Highlight,
    IncrementLearned,
    Judge,
    KeepBackbone,
    Learn,
    LearnerDied,
    LearnerFailed,
    Pause,
    Predict,
    Predicted,
    Refresh,
    Restore,
    Resume,
    Sleep,
    Started,
    Stop,
    UseBackbone,
)
from learner.preprocessing import model_input
from learner.spawning import Spare, spawn
from learner.types import Image

_log = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0
"""Before the second restart in a row, and so much more before each one after it."""
_LONGEST_PAUSE_SECONDS = 5.0


@dataclass(slots=True)
class RestartBudget:
    """So many restarts within so many seconds; a finished increment shows that the learner works, and refills it."""

    limit: int = 5
    seconds: float = 600.0
    _spent: deque[float] = field(default_factory=deque)

    def take(self) -> bool:
        """Return whether one more restart may be made now, and count it."""
        now = time.monotonic()
        while self._spent and now - self._spent[0] > self.seconds:
            self._spent.popleft()
        if len(self._spent) >= self.limit:
            return False
        self._spent.append(now)
        return True

    @property
    def spent(self) -> int:
        """How many restarts are counted at present."""
        return len(self._spent)

    def refill(self) -> None:
        """Forget the restarts so far."""
        self._spent.clear()


class LearnerClient:
    """A learner process for one project. Every method may be called from any thread and returns at once.

    Back-pressure: one frame is on its way at a time, and the newest replaces the one that waits.

    Args:
        project: the project file; it must exist.
        config: settings of the learner.
        on_event: called with every event, from a thread of this client; it must not block for long.
        budget: how many restarts are allowed.
        spare: a process that waits for a project, to be the first of this client's.
    """

    def __init__(
        self,
        project: Path,
        config: LearnerConfig,
        on_event: Callable[[Event], None],
        budget: RestartBudget | None = None,
        spare: Spare | None = None,
    ) -> None:
        self._project = project
        self._config = config
        self._on_event = on_event
        self._budget = budget or RestartBudget()
        self._spare = spare
        self._lock = threading.Lock()
        self._frames = _Frames()
        self._questions = _Questions()
        self._numbers = itertools.count(1)
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._child: BaseProcess | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._learns = True
        self._is_wanted_again = False

    @property
    def pid(self) -> int | None:
        """Process id of the learner, or None while there is none."""
        child = self._child
        return child.pid if child is not None and child.is_alive() else None

    def start(self) -> None:
        """Start the learner, or start it again after its budget was spent."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                if not self._learns and not self._is_wanted_again:
                    self._is_wanted_again = True
                    self._commands.put(Stop())
                return
            self._stopping.clear()
            self._budget.refill()
            # No daemon, since it starts a process of its own; one that nobody stops would be waited for at exit.
            atexit.unregister(self.stop)
            atexit.register(self.stop)
            self._thread = threading.Thread(target=self._supervise, name="learner client", daemon=True)
            self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Stop the learner after the batch in hand and wait for it; one that does not listen is killed."""
        atexit.unregister(self.stop)
        self._stopping.set()
        self._commands.put(Stop())
        with self._lock:
            thread, child = self._thread, self._child
        if thread is None or thread is threading.current_thread():
            return
        thread.join(timeout)
        if thread.is_alive():
            child = self._child or child
            if child is not None:
                child.kill()
            thread.join(timeout)

    def predict(self, image: Image) -> int:
        """Ask for the answer to a BGR picture of any size; return the number that `Predicted` will carry.

        A newer picture replaces this one if it has not been sent by then. Before `Started` pictures are dropped.
        """
        number, command = self._frames.offer(image)
        if command is not None:
            self._commands.put(command)
        return number

    def answer(self, image: Image) -> int:
        """Ask for the answer to a BGR picture of any size; return the number that `Answered` will carry.

        Unlike with `predict`, no newer picture takes its place, and before `Started` it waits. What a learner has not
        answered when it dies is asked again of the next one, but not a third time: it may be the picture that does it.
        When no other learner is started (`LearnerDied`), it is given up.
        """
        number = next(self._numbers)
        command = self._questions.ask(number, image)
        if command is not None:
            self._commands.put(command)
        return number

    def refresh(self) -> None:
        """Tell the learner that the file has changed."""
        self._commands.put(Refresh())

    def learn(self, reason: str = "new labels") -> None:
        """Ask for an increment."""
        self._commands.put(Learn(reason))

    def sleep(self, reason: str = "asked") -> None:
        """Ask for a rebuild from zero, now."""
        self._commands.put(Sleep(reason))

    def pause(self) -> None:
        """Hold up learning; predictions go on."""
        self._commands.put(Pause())

    def resume(self) -> None:
        """Go on learning."""
        self._commands.put(Resume())

    def cancel(self) -> None:
        """Give up the increment under way."""
        self._commands.put(Cancel())

    def restore(self, version_id: int) -> None:
        """Ask for an earlier version."""
        self._commands.put(Restore(version_id))

    def consolidate(self, reason: str = "asked") -> None:
        """Ask for the backbone to be fine-tuned on the project's pictures."""
        self._commands.put(Consolidate(reason))

    def use_backbone(self, source: str) -> None:
        """Ask for another backbone: the name or sha256 of one that this machine has, or a file."""
        self._commands.put(UseBackbone(source))

    def keep_backbone(self) -> None:
        """Give up the consolidation or the change of backbone under way."""
        self._commands.put(KeepBackbone())

    def allow_consolidation(self, allowed: bool) -> None:
        """Say whether consolidation may begin by itself."""
        self._commands.put(AllowConsolidation(allowed))

    def judge(self) -> int:
        """Ask what the version in use makes of every labelled sample; return the number that `Judged` will carry."""
        return self._ask(Judge)

    def explain(self, sample_id: int) -> int:
        """Ask about one stored sample; return the number that `Explained` will carry."""
        return self._ask(lambda number: Explain(number, sample_id))

    def draw(self, *, finely: bool = False) -> int:
        """Ask for a map of the labelled samples; return the number that `Drawn` will carry."""
        return self._ask(lambda number: Draw(number, finely))

    def highlight(self, image: Image) -> int | None:
        """Ask where the model looks in a BGR picture of any size; return the number that `Highlighted` will carry.

        None before `Started`: nobody knows yet what size it wants.
        """
        size = self._frames.size
        return None if size is None else self._ask(lambda number: Highlight(number, model_input(image, size)))

    def _ask(self, question: Callable[[int], Command]) -> int:
        number = next(self._numbers)
        self._commands.put(question(number))
        return number

    def _supervise(self) -> None:
        pause = 0.0
        self._learns, self._is_wanted_again = True, False
        while not self._stopping.wait(pause):
            exit_code, failed = self._live()
            if self._stopping.is_set():
                return
            with self._lock:
                if self._is_wanted_again:
                    self._budget.refill()
                    self._learns, self._is_wanted_again, pause = True, False, 0.0
                    continue
                restarting = not failed and self._learns
                # When the budget is spent, one that does not learn may still answer.
                self._learns = restarting and self._budget.take()
            self._questions.close(for_good=not restarting)
            self._on_event(LearnerDied(exit_code, restarting))
            if not restarting:
                return
            pause = min(_PAUSE_SECONDS * (self._budget.spent - 1), _LONGEST_PAUSE_SECONDS)

    def _live(self) -> tuple[int | None, bool]:
        """Run one child to its end; return its exit code and whether it left because of a fault that would recur."""
        try:
            begun = (self._spare.take() if self._spare is not None else None) or spawn()
        except OSError as error:  # no memory, no more processes or files
            self._on_event(
                LearnerFailed(
                    "The learner cannot be started",
                    f"The system gives it no process ({error.strerror}). Close other programs.",
                    ours=False,
                    recurs=False,
                )
            )
            return None, False
        child, ours = begun.process, begun.connection
        self._child = child
        begun.begin(self._project, self._config, self._learns)
        # Labels are in the file, where the new child finds them; only a wish to restore or to stop still counts.
        for command in _drain(self._commands):
            if isinstance(command, Restore):
                self._commands.put(command)
        if self._stopping.is_set():
            self._commands.put(Stop())
        sender = threading.Thread(target=self._send, args=(ours,), name="learner commands", daemon=True)
        sender.start()
        failed = False
        try:
            while True:
                event: Event = ours.recv()
                failed = failed or (isinstance(event, LearnerFailed) and event.recurs)
                self._receive(event)
        except (EOFError, OSError):
            pass
        self._frames.reset()
        self._commands.put(None)
        sender.join()
        ours.close()
        child.join()
        return child.exitcode, failed

    def _receive(self, event: Event) -> None:
        if isinstance(event, Started):
            self._frames.open(event.backbone.input_size)
            for question in self._questions.open(event.backbone.input_size):
                self._commands.put(question)
        elif isinstance(event, BackboneChanged):
            self._frames.resize(event.backbone.input_size)
            self._questions.resize(event.backbone.input_size)
        elif isinstance(event, Predicted):
            waiting = self._frames.answered()
            if waiting is not None:
                self._commands.put(waiting)
        elif isinstance(event, Answered):
            self._questions.answered(event.number)
        elif isinstance(event, IncrementLearned):
            self._budget.refill()
        self._on_event(event)

    def _send(self, connection: Connection) -> None:
        while (command := self._commands.get()) is not None:
            try:
                connection.send(command)
            except (OSError, ValueError):
                return


class _Frames:
    """One frame on its way, at most one waiting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._size: int | None = None
        self._busy = False
        self._waiting: tuple[int, Image] | None = None

    @property
    def size(self) -> int | None:
        """The size of pictures that the learner wants, or None while there is none."""
        return self._size

    def open(self, size: int) -> None:
        """A learner is there and wants pictures of this size."""
        with self._lock:
            self._size, self._busy, self._waiting = size, False, None

    def resize(self, size: int) -> None:
        """The learner wants pictures of another size from now on."""
        with self._lock:
            self._size = size

    def reset(self) -> None:
        """The learner is gone."""
        with self._lock:
            self._size, self._busy, self._waiting = None, False, None

    def offer(self, image: Image) -> tuple[int, Predict | None]:
        """Return the picture's number, and what to send now if anything."""
        with self._lock:
            self._number += 1
            number, size = self._number, self._size
            if size is None:
                return number, None
            if self._busy:
                self._waiting = number, image
                return number, None
            self._busy = True
        return number, Predict(number, model_input(image, size))

    def answered(self) -> Predict | None:
        """The picture that was on its way has been answered; return what to send now if anything."""
        with self._lock:
            size = self._size
            if self._waiting is None or size is None:
                self._busy = False
                return None
            (number, image), self._waiting = self._waiting, None
        return Predict(number, model_input(image, size))


class _Questions:
    """Pictures that somebody waits for an answer to, until there is one."""

    _WAITING_SIDE = 512
    """Pixels of a picture that waits for a learner: as many as a stored one has at most."""
    _ASKED_AT_MOST = 2

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._size: int | None = None
        self._open: dict[int, _Question] = {}

    def ask(self, number: int, image: Image) -> Answer | None:
        """Keep a picture, and return what to send now if anything."""
        with self._lock:
            side = self._size or min(self._WAITING_SIDE, *image.shape[:2])
            question = self._open[number] = _Question(model_input(image, side))
            return question.command(number, self._size) if self._size is not None else None

    def answered(self, number: int) -> None:
        """A picture has been answered."""
        with self._lock:
            self._open.pop(number, None)

    def open(self, size: int) -> list[Answer]:
        """A learner is there and wants pictures of this size; return what to send to it."""
        with self._lock:
            self._size = size
            return [question.command(number, size) for number, question in self._open.items()]

    def resize(self, size: int) -> None:
        """The learner wants pictures of another size from now on; it can do with those that it has."""
        with self._lock:
            self._size = size

    def close(self, *, for_good: bool) -> None:
        """The learner is gone; another one will come, unless it is for good."""
        with self._lock:
            self._size = None
            tired = [number for number, question in self._open.items() if question.asked >= self._ASKED_AT_MOST]
            for number in list(self._open) if for_good else tired:
                del self._open[number]


@dataclass(slots=True)
class _Question:
    """A picture to answer, and how many learners have been asked for it."""

    image: Image
    asked: int = 0

    def command(self, number: int, size: int) -> Answer:
        self.asked += 1
        return Answer(number, model_input(self.image, size))


def _drain(commands: queue.SimpleQueue[Command | None]) -> list[Command | None]:
    taken = []
    while True:
        try:
            taken.append(commands.get_nowait())
        except queue.Empty:
            return taken
