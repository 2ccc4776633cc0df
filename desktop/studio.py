# SPDX-License-Identifier: Apache-2.0
"""What pictures are taken of: a project taught on the drawn desk through the app, and each view of it, arranged."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QScrollArea

from desktop.actions import Action, FillScreen, PlaySound
from desktop.app import App
from desktop.learner_status import Phase
from desktop.session import Session
from desktop.views.use.action_editor import ActionEditor
from desktop.views.use.actions_card import ActionsCard
from desktop.views.use.fleet_card import FleetCard
from learner.buffer import Buffer
from learner.camera import DemoScene, DemoSource
from learner.types import Increment, IncrementKind

SECTIONS = ("progress", "mix-ups", "map", "where-it-looks", "versions")
"""Of the room Insight."""

_THINGS = DemoScene.OBJECTS[:5]
_STRANGE = (("ball", 1), ("ball", 5), ("notebook", 5), (None, 1))
"""What is never taught, and how it moves; nothing at all is the strangest."""
_FIRST = "my things"
"""A project of somebody who has just begun."""
_OTHERS = ("kitchen", "shells and stones")
"""Projects of before, with nothing in them."""
ROUNDS = 6
"""With so many recordings of each thing, some are kept aside to measure with, however the dice fall."""
_MISTAKEN = {(1, "scissors"): "key", (3, "scissors"): "key"}
"""In these rounds, a recording of one thing shows another half of the time: one to measure with, and one to learn."""
_HELD_OUT = ((1, "mug"), (1, "scissors"))
_ADDRESS, _CODE = "192.168.1.20:8471", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"
"""Of a fleet that is not there."""
_TAKE = 1.2
_ANSWERED = 2.0
"""So many seconds are enough for answers to come, and to settle."""
_PATIENCE = 180.0
_POLL = 0.02
_WONDERS = 6.0
"""After so many seconds it would have asked."""


class Studio:
    """Teaches the project, and arranges what is to be seen of it.

    Args:
        app: the app; it is started here.
        project: the file, which is made where there is none.
    """

    def __init__(self, app: App, project: Path) -> None:
        self._app = app
        self._slept = False
        self._begun = 0
        self._takes: list[list[int]] = []
        app.window.show()
        self._session = self._open(project)

    def teach(self, rounds: int = ROUNDS) -> None:
        """Record each thing several times, some partly with a wrong label, hold some out, and sleep on it.

        Args:
            rounds: how many recordings of each; with fewer than usual there is little to see in most rooms.
        """
        self._app.sounds.on = False
        self._session.recorder.finished.connect(lambda _, sample_ids: self._takes.append(sample_ids))
        for name in _THINGS:
            self._session.add_class(name, lambda _: None, print)
        until(lambda: len(self._session.model.classes) == len(_THINGS))
        for number in range(rounds):
            for name in _THINGS:
                self._show(name, seed=10 * number + 1)
                self._record(name, instead=_MISTAKEN.get((number, name)))
                until(self._is_quiet)
                if (number, name) in _HELD_OUT:
                    self._session.hold_out(self._takes[-1])
        self._make_actions()
        rest(_ANSWERED)
        until(self._is_quiet)
        self._slept = False
        self._session.learner.sleep("everything was shown")
        until(lambda: self._slept or bool(self._session.learner.status.stayed))
        self._app.sounds.on = True
        for name in _OTHERS:
            path = self._session.path.with_name(f"{name}.showtell")
            Buffer.open(path).close()
            self._app.settings.remember(path)
        self._app.settings.remember(self._session.path)

    def views(self) -> dict[str, Callable[[], QDialog | None]]:
        """Return what arranges each view, by its name; where a dialog lies in front, it is returned."""
        sections = {f"insight-{name}": partial(self._insight, place) for place, name in enumerate(SECTIONS)}
        return {
            "teach": self._teach,
            "teach-question": self._question,
            "teach-unknown": self._unknown,
            "teach-recording": self._recording,
            "review": self._review,
            **sections,
            "use": self._use,
            "use-action": self._action,
            "use-fleet": self._fleet,
            "welcome": self._app.window.show_welcome,
            "preferences": self._preferences,
            "begin": self._begin,
        }

    def tidy(self) -> None:
        """Put everything back to where it is when the project has just been opened."""
        window = self._app.window
        window.dialogs.close()
        if self._app.session is not self._session:
            self._session = self._open(self._session.path)
        for editor in window.findChildren(ActionEditor):
            editor.reject()
        for card in window.findChildren(FleetCard):
            if card.leave.isVisible():
                card.leave.click()
        if window.teach is not None:
            window.teach.inquiry.dismiss()
            window.teach.panels.close()
            window.open_room(window.teach)
        self._show(_THINGS[0], seed=1)
        until(self._is_quiet)

    def _teach(self) -> None:
        rest(_ANSWERED)

    def _question(self) -> None:
        teach = self._app.window.teach
        for name, seed in _STRANGE:  # whether it knows one is for the model to say
            self._show(name, seed=seed)
            if teach is not None and comes(lambda: teach.inquiry.is_open, _WONDERS):
                return
        raise TimeoutError("it asked about nothing")

    def _unknown(self) -> None:
        name, seed = _STRANGE[0]
        self._show(name, seed=seed)
        if self._app.window.teach is not None:
            self._app.window.teach.panels.toggle_unknown()
        rest(_ANSWERED)

    def _recording(self) -> None:
        if self._app.window.teach is not None:
            self._app.window.teach.panels.toggle_recording()
        rest(_ANSWERED)

    def _review(self) -> None:
        room, samples = self._app.window.review, self._session.samples
        if room is not None:
            self._app.window.open_room(room)
            until(lambda: samples.is_read and samples.is_judged)
            rest(_ANSWERED)
            mistaken = [self._session.model.named(name) for _, name in _MISTAKEN]
            ids = [info.id for info in mistaken if info is not None]
            suspected = (samples.judgement.suggested >= 0) & np.isin(samples.catalogue.class_ids, ids)
            if suspected.any():
                room.grid.show_sample(int(samples.catalogue.sample_ids[suspected][-1]))
            rest(_ANSWERED)

    def _insight(self, place: int) -> None:
        room = self._app.window.insight
        if room is not None:
            self._app.window.open_room(room)
            until(lambda: room.curves is not None and self._session.samples.is_judged)
            room.open_section(place)
            room.heat.button.setChecked(SECTIONS[place] == "where-it-looks")
            rest(_ANSWERED)

    def _use(self) -> None:
        if self._app.window.use is not None:
            self._app.window.open_room(self._app.window.use)
            rest(_ANSWERED)

    def _action(self) -> QDialog | None:
        self._use()
        card = self._app.window.findChild(ActionsCard)
        banana = self._session.model.named(_THINGS[2])
        if card is None or banana is None:
            return None
        card.make()
        if card.editor is not None:
            card.editor.what.setCurrentIndex(card.editor.what.findData(banana.id))
        return card.editor

    def _fleet(self) -> None:
        """Show what would be sent to a fleet; nothing is, and there is none."""
        self._use()
        card = self._app.window.findChild(FleetCard)
        if card is None or self._app.window.use is None:
            return
        card.address.setText(_ADDRESS)
        card.code.setText(_CODE)
        card.look.click()
        until(card.join.isVisible)
        rest(_ANSWERED)  # as long as it takes to be laid out anew
        for scroll in self._app.window.use.findChildren(QScrollArea):
            scroll.ensureWidgetVisible(card)

    def _begin(self) -> None:
        """Open a new project in which the first thing is being named."""
        path = self._session.path.with_name(f"{_FIRST}.showtell")
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        session = self._app.open_project(path)
        until(lambda: session.learner.status.phase is Phase.READY and session.recorder.newest is not None)
        if self._app.window.teach is not None:
            self._app.window.teach.classes.ask_for_name("mug")
        rest(_ANSWERED)

    def _preferences(self) -> QDialog | None:
        self._app.window.dialogs.open_preferences()
        return self._app.window.dialogs.preferences

    def _open(self, project: Path) -> Session:
        session = self._app.open_project(project)
        session.learner.learned.connect(self._note)
        self._app.window.coach.stand_aside()
        until(lambda: session.learner.status.phase is Phase.READY)
        return session

    @property
    def _has_picture(self) -> bool:
        return self._session.recorder.newest is not None

    def _is_quiet(self) -> bool:
        """Whether all that was recorded is kept and learned."""
        if len(self._takes) < self._begun:
            return False
        status = self._session.learner.status
        known = sum(info.count > 0 for info in self._session.model.classes)
        return status.phase is Phase.READY and not status.detail and (known < 2 or status.version_id is not None)

    def _note(self, increment: Increment) -> None:
        self._slept = self._slept or increment.kind is IncrementKind.SLEEP

    def _show(self, name: str | None, *, seed: int) -> None:
        """Put a thing on the desk; with another seed it moves otherwise, in another light."""
        source = DemoSource(seed)
        source.show(name)
        self._app.use_source(source)
        until(lambda: self._has_picture)

    def _record(self, name: str, *, instead: str | None) -> None:
        """Hold the key of a class; where something lies there `instead`, it comes when half of the time is over."""
        teach, info = self._app.window.teach, self._session.model.named(name)
        if teach is None or info is None or info.shortcut is None:
            return
        self._begun += 1
        teach.inquiry.dismiss()  # the key would be an answer
        teach.press_key(info.shortcut)
        rest(_TAKE / 2)
        source = self._app.camera.source
        if instead is not None and isinstance(source, DemoSource):
            source.show(instead)
        rest(_TAKE / 2)
        teach.release_key(info.shortcut)

    def _make_actions(self) -> None:
        scissors, banana = (self._session.model.named(name) for name in _THINGS[1:3])
        runner = self._app.window.runner
        if runner is not None and scissors is not None and banana is not None:
            runner.keep(Action(scissors.id, FillScreen(text="Be careful!")))
            runner.keep(Action(banana.id, PlaySound("info"), seconds=3.0))


def until(check: Callable[[], bool]) -> None:
    """Let the app live until something is true.

    Raises:
        TimeoutError: it takes too long.
    """
    if not comes(check, _PATIENCE):
        raise TimeoutError(f"nothing came of it in {_PATIENCE:.0f} s")


def comes(check: Callable[[], bool], seconds: float) -> bool:
    """Let the app live until something is true, but no longer than so; return whether it is."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        rest(_POLL)
    return True


def rest(seconds: float) -> None:
    """Let the app live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
