# SPDX-License-Identifier: Apache-2.0
"""Carries out the actions of a project while it is open, whichever room is shown."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.action_rights import ActionRights
from desktop.actions import (
    Action,
    FillScreen,
    PlaySound,
    RunCommand,
    Sight,
    Watch,
    WriteLog,
    is_seen,
)
from desktop.command import Command
from desktop.session import Session
from desktop.settings import Settings
from desktop.sound import play
from desktop.views.answer_bars import Smoothing, Steadying
from learner.errors import EnvironmentFault, ShowtellError
from learner.messages import Predicted

LOG_COLUMNS = ("time", "class", "confidence", "version")

_CLOSE_SECONDS = 1.0
"""So long must a thing be gone before the screen it filled is free again."""
_TRIAL_SECONDS = 3.0
_POLL_MILLISECONDS = 200


@dataclass(slots=True)
class Track:
    """What has become of an action since the project was opened.

    `fired_at` is a `time.time()`; `note` is the last word of its deed, and `failed` says that it went wrong.
    """

    watch: Watch
    count: int = 0
    fired_at: float | None = None
    note: str = ""
    failed: bool = False


class ActionRunner(QObject):
    """Watches the answers of one session and carries out what is due.

    Args:
        session: the open project; when it stops, so does the runner.
        settings: what is allowed on this computer.
        clock: returns seconds that only grow.
    """

    seen = Signal(object)
    """What is seen now (Sight), or None."""
    changed = Signal()
    """There are other actions, or others of them are on, or something else is allowed."""
    reported = Signal(str)
    """There is news of the action with this id: see `track`."""
    screen_wanted = Signal(object, str)
    """The screen is to be filled for an Action; the name of what was seen."""
    screen_over = Signal()
    """It is to be as it was."""
    _ended = Signal(str, object)

    def __init__(self, session: Session, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._session = session
        self.rights = ActionRights(session, settings)
        self._clock = clock
        self._smoothing = Smoothing(clock)
        self._steadying = Steadying(clock)
        self._tracks: dict[str, Track] = {}
        self._actions: dict[str, Action] = {}
        self._running: dict[str, Command] = {}
        self._told: set[str] = set()
        self._stopped = False
        self._classes: dict[int, str] = {}
        self._screen: tuple[Action, float] | None = None
        # One thread, so that the lines of a log keep their order.
        self._files = ThreadPoolExecutor(1, thread_name_prefix="actions")
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MILLISECONDS)
        self._timer.timeout.connect(self._look_at_screen)
        self._ended.connect(self._report_fault)
        session.actions_changed.connect(self._take_actions)
        session.model.changed.connect(self._take_classes)
        session.learner.predicted.connect(self._take_answer)
        session.stopping.connect(self.stop)
        self._take_actions()

    @property
    def actions(self) -> list[Action]:
        """The actions, in their order."""
        return list(self._actions.values())

    @property
    def on(self) -> int:
        """How many are on and can be carried out."""
        return sum(action.on and not self.rights.hindrance(action) for action in self._actions.values())

    def allow_commands(self, on: bool) -> None:
        """Say whether commands may run on this computer; those that run are ended where they may not."""
        self.rights.allow_commands(on, self._actions.values())
        if not on:
            for action_id, command in self._running.items():
                command.stop()
                self._report(action_id, "")
            self._running.clear()
        self.changed.emit()

    def track(self, action_id: str) -> Track | None:
        """Return what has become of an action."""
        return self._tracks.get(action_id)

    def progress(self, action: Action) -> float:
        """Return how much of its time has passed, 0 to 1."""
        track = self._tracks.get(action.id)
        return track.watch.progress(self._clock()) if track and action.on else 0.0

    def name_of(self, action: Action) -> str:
        """Return what an action waits for."""
        if action.class_id is None:
            return self.tr("unknown")
        info = self._session.model.with_id(action.class_id)
        return info.name if info else "?"

    def keep(self, action: Action) -> None:
        """Add an action that a person has made here, or put it in the place of the one with its id."""
        self.rights.trust(action)
        known = action.id in self._actions
        text = self.tr("change action") if known else self.tr("new action")
        self._session.edit_actions(text, lambda actions: _with(actions, action))

    def switch(self, action_id: str, on: bool) -> None:
        """Switch an action on or off."""
        text = self.tr("switch action on") if on else self.tr("switch action off")
        self._session.edit_actions(
            text, lambda actions: [replace(one, on=on) if one.id == action_id else one for one in actions]
        )

    def remove(self, action_id: str) -> None:
        """Take an action out."""
        self._session.edit_actions(
            self.tr("remove action"), lambda actions: [one for one in actions if one.id != action_id]
        )

    def try_out(self, action: Action) -> None:
        """Carry an action out now, as if it had been seen."""
        hindrance = self.rights.hindrance(action)
        if self._stopped:
            return
        if hindrance:
            self._report(action.id, hindrance, failed=True)
        else:
            self._carry_out(action, self.name_of(action), None)

    def screen_closed(self) -> None:
        """The person wants the screen back."""
        self._screen = None
        self._timer.stop()

    def stop(self) -> None:
        """Carry out nothing more; commands are ended, lines of logs are written."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        self.screen_over.emit()
        for command in self._running.values():
            command.stop()
        self._running.clear()
        self._files.shutdown()

    def _take_actions(self) -> None:
        former = self._actions
        self._actions = {action.id: action for action in self._session.actions}
        for action in self._actions.values():
            was, track = former.get(action.id), self._tracks.get(action.id)
            if track is None:
                self._tracks[action.id] = Track(Watch(action.seconds, action.gone))
            elif was != action:
                track.watch = Watch(action.seconds, action.gone)
                if was is None or was.deed != action.deed:
                    track.note, track.failed = "", False
                    self._told.discard(action.id)
        self.changed.emit()

    def _take_classes(self) -> None:
        classes = {info.id: info.name for info in self._session.model.classes}
        if classes != self._classes:  # and not with every sample that is recorded
            self._classes = classes
            self.changed.emit()

    def _take_answer(self, event: Predicted) -> None:
        if self._stopped:
            return
        sight = self._sight(event)
        now = self._clock()
        for action in self._actions.values():
            due = self._tracks[action.id].watch.look(now, action.on and is_seen(action, sight))
            if due and sight is not None and not self.rights.hindrance(action):
                self._fire(action, sight)
        self.seen.emit(sight)

    def _sight(self, event: Predicted) -> Sight | None:
        prediction = event.prediction
        unknown = self._steadying(prediction.unknown)
        shares = self._smoothing(prediction.probabilities)
        if len(shares) < 2:  # who knows one thing alone takes everything for it
            return None
        name, share = next(iter(shares.items()))
        info = self._session.model.named(name)
        return Sight(info.id if info else None, name, share, unknown, prediction.version_id)

    def _fire(self, action: Action, sight: Sight) -> None:
        track = self._tracks[action.id]
        track.count += 1
        track.fired_at = time.time()
        self._carry_out(action, self.name_of(action), sight)
        self.reported.emit(action.id)

    def _carry_out(self, action: Action, name: str, sight: Sight | None) -> None:
        """Do it; `sight` is None for a trial."""
        match action.deed:
            case PlaySound(sound, file):
                self._in_thread(action, lambda: play(sound, file))
            case FillScreen():
                self._screen = (replace(action, on=False) if sight is None else action, self._clock())
                self._timer.start()
                self.screen_wanted.emit(action, name)
            case RunCommand(command=line, limit=limit):
                self._run(action, line, name, sight.confidence if sight else 1.0, limit)
            case WriteLog(file):
                version = "" if sight is None or sight.version_id is None else str(sight.version_id)
                share = "" if sight is None else f"{sight.confidence:.2f}"
                row = (datetime.now().astimezone().isoformat(timespec="seconds"), name, share, version)
                self._in_thread(action, lambda: append_row(Path(file), row))

    def _run(self, action: Action, line: str, name: str, confidence: float, limit: float) -> None:
        if action.id in self._running:
            self._report(action.id, self.tr("It is still running from before; this time was left out."), failed=True)
            return
        command = self._running[action.id] = Command(line, name, confidence, limit)
        command.ended.connect(lambda good, text: self._command_ended(action.id, good, text))
        self._report(action.id, self.tr("It is running…"))
        command.start()

    def _command_ended(self, action_id: str, good: bool, text: str) -> None:
        command = self._running.pop(action_id, None)
        if command is not None:
            command.deleteLater()
        self._report(action_id, text or self.tr("Done."), failed=not good)

    def _in_thread(self, action: Action, deed: Callable[[], None]) -> None:
        def tell(done: Future[None]) -> None:
            self._ended.emit(action.id, done.exception())

        self._files.submit(deed).add_done_callback(tell)

    def _report_fault(self, action_id: str, error: BaseException | None) -> None:
        if error is None:
            self._told.discard(action_id)
            self._report(action_id, "")
        elif isinstance(error, ShowtellError):
            self._report(action_id, error.message, failed=True)
            if action_id not in self._told:  # once, however often it is tried
                self._told.add(action_id)
                self._session.failed.emit(error.title, error.message)
        else:
            raise error

    def _report(self, action_id: str, note: str, *, failed: bool = False) -> None:
        track = self._tracks.get(action_id)
        if track is not None:
            track.note, track.failed = note, failed
            self.reported.emit(action_id)

    def _look_at_screen(self) -> None:
        """Free the screen when it has been filled for long enough, or what filled it is gone."""
        if self._screen is None:
            return
        action, since = self._screen
        now = self._clock()
        seconds = action.deed.seconds if isinstance(action.deed, FillScreen) else 0.0
        if not seconds and action.on and action.id in self._actions:
            is_over = self._tracks[action.id].watch.away(now) >= _CLOSE_SECONDS
        else:
            is_over = now - since >= (seconds or _TRIAL_SECONDS)
        if is_over:
            self.screen_closed()
            self.screen_over.emit()


def append_row(path: Path, row: Iterable[str]) -> None:
    """Add a row to a CSV file, which is begun with the names of its columns where there is none.

    Raises:
        EnvironmentFault: it cannot be written to.
    """
    try:
        with path.open("a", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            if file.tell() == 0:
                table.writerow(LOG_COLUMNS)
            table.writerow(row)
    except OSError as error:
        translate = QCoreApplication.translate
        title, why = translate("Faults", "The log cannot be written"), error.strerror
        happened = translate("Faults", "{path} cannot be written to ({why}).").format(
            path=path, why=why or translate("Faults", "it does not answer")
        )
        raise EnvironmentFault(title, happened, translate("Faults", "Choose another file.")) from error


def _with(actions: Sequence[Action], action: Action) -> list[Action]:
    if any(one.id == action.id for one in actions):
        return [action if one.id == action.id else one for one in actions]
    return [*actions, action]
