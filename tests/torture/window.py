# SPDX-License-Identifier: Apache-2.0
"""The window without a screen, and a hand that does what it reads from stdin, one thing a line, and tells what is so.

A line that is told is told when the app has told the person: an act is on the disk, a sample is kept, an increment is
learned. So it is what may not be lost.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import app as app_module
from desktop.app import App
from desktop.bugs import BROKEN
from desktop.importing import Imported
from desktop.recorder import Manner
from desktop.settings import Settings
from desktop.start import start_qt
from learner.client import LearnerClient, RestartBudget
from learner.config import LearnerConfig
from learner.messages import Event, LearnerFailed, Predicted
from learner.types import ClassInfo, Increment

_RATE = 30


def tell(**what: Any) -> None:
    """Say something to whoever drives this, as one line that is there whole or not at all."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Hand(QObject):
    """Does what it is told."""

    told = Signal(object)

    def __init__(self, app: App, project: Path) -> None:
        super().__init__()
        self._app = app
        self.told.connect(self._do)
        self._session = session = app.open_project(project)
        session.opened.connect(self._opened)
        session.cannot_open.connect(lambda error: tell(cannot_open=error.title))
        session.failed.connect(lambda title, message: tell(failed=title, message=message, notice=self._notice()))
        session.recorder.kept.connect(lambda info, count: tell(kept=info.name, count=count))
        session.recorder.finished.connect(self._recorded)
        session.importer.finished.connect(self._imported)
        session.learner.learned.connect(self._learned)
        session.learner.restored.connect(lambda version: tell(restored=version))
        session.learner.backbone_changed.connect(lambda *_: tell(backbone="changed"))
        session.learner.backbone_kept.connect(lambda *_: tell(backbone="kept"))

    def _opened(self) -> None:
        self._app.use_camera("demo")
        self._app.camera.frame.connect(self._ready)

    def _ready(self, *_: object) -> None:
        self._app.camera.frame.disconnect(self._ready)
        tell(ready=True)

    def _do(self, wish: dict[str, Any]) -> None:
        number, what = wish.pop("number"), wish.pop("act")
        act: Callable[..., object] = getattr(self, f"_{what}")
        act(number, **wish)

    def _settled(self, number: int) -> None:
        """Say that an act is done when those before it are: they go to the disk in order."""
        self._session.writer.submit(lambda _: None, lambda _: tell(done=number), lambda error: tell(fault=error.title))

    def _new(self, number: int, name: str) -> None:
        self._session.add_class(
            name, lambda info: tell(done=number, id=info.id), lambda error: tell(failed=error.title, number=number)
        )

    def _record(self, number: int, class_id: int, count: int) -> None:
        info = self._class(class_id)
        self._recording = number
        self._session.recorder.manner = Manner(_RATE, length=count)
        self._session.record(info)

    def _recorded(self, _info: ClassInfo, ids: list[int]) -> None:
        tell(done=self._recording, ids=ids)

    def _import(self, number: int, path: str) -> None:
        self._importing = number
        self._session.import_files([Path(path)])

    def _imported(self, imported: Imported) -> None:
        fault = imported.report.fault
        tell(done=self._importing, added=imported.report.added, fault=fault.title if fault else "")

    def _delete(self, number: int, ids: list[int]) -> None:
        self._session.delete_samples(ids)
        self._settled(number)

    def _relabel(self, number: int, ids: list[int], class_id: int) -> None:
        self._session.relabel(ids, class_id)
        self._settled(number)

    def _rename(self, number: int, class_id: int, name: str) -> None:
        self._session.rename_class(class_id, name)
        self._settled(number)

    def _remove(self, number: int, class_id: int) -> None:
        self._session.remove_class(class_id)
        self._settled(number)

    def _undo(self, number: int) -> None:
        if self._session.undo_text is None:  # the last act is told to be done a moment before it can be taken back
            QTimer.singleShot(0, partial(self._undo, number))
            return
        self._session.undo()
        self._settled(number)

    def _restore(self, number: int, version: int) -> None:
        self._session.learner.restore(version)
        tell(done=number)

    def _sleep(self, number: int) -> None:
        self._session.learner.sleep("asked")
        tell(done=number)

    def _consolidate(self, number: int) -> None:
        self._session.learner.consolidate("asked")
        tell(done=number)

    def _look(self, number: int) -> None:
        tell(done=number, notice=self._notice())

    def _unsay(self, number: int) -> None:
        for cause in list(self._app.window.notices._said):
            self._app.window.notices.unsay(cause)
        tell(done=number)

    def _close(self, number: int) -> None:
        self._app.window.close()

    def _learned(self, increment: Increment) -> None:
        tell(learned=increment.id, version=increment.version_id)

    def _notice(self) -> list[str]:
        panel = self._app.window.notices.panel
        return [panel.title.text(), panel.message.text()] if not panel.isHidden() else []

    def _class(self, class_id: int) -> ClassInfo:
        info = self._session.model.with_id(class_id)
        assert info is not None
        return info


class TellingClient(LearnerClient):
    """The learner's client, which is patient with a learner that is killed all the time, and says what it hears."""

    def __init__(self, project: Path, config: LearnerConfig, on_event: Callable[[Event], None]) -> None:
        def hear(event: Event) -> None:
            if not isinstance(event, Predicted):
                words = f"{event.title}: {event.message}" if isinstance(event, LearnerFailed) else ""
                tell(event=type(event).__name__, words=words)
            on_event(event)

        super().__init__(project, config, hear, RestartBudget(limit=2, seconds=0.0))


def _leave(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug: say what it was, and end."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(BROKEN)


def run(project: Path, settings: Path) -> int:
    """Open the window on a project and do what stdin says, until it is closed or stdin ends."""
    qt = start_qt()
    # A dialog would be waited for for ever.
    sys.excepthook = _leave
    app_module.report_bug = _leave  # type: ignore[attr-defined]
    config = LearnerConfig(device="cpu", consolidate=False, idle_seconds=1.0, consolidation_steps=30)
    app = App(Settings(settings), config, TellingClient)
    app.sounds.on = False
    app.window.show()
    hand = Hand(app, project)

    def read() -> None:
        for line in sys.stdin:
            hand.told.emit(json.loads(line))

    threading.Thread(target=read, name="hand", daemon=True).start()
    code = qt.exec()
    app.stop()
    return code
