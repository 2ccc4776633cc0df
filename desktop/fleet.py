# SPDX-License-Identifier: Apache-2.0
"""The open project's part in a fleet: off until a person wants it, and over when the project is closed.

What a fleet takes runs in a process of its own, `showtell fleet join`, which reads the project and hands over what
comes from the other laptops as a file. The window keeps it in the project and has the learner learn with it.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from desktop.session import Session
from learner.buffer import Buffer
from learner.interchange.others import take_from_others
from learner.types import Increment, IncrementKind

_PATIENCE_MILLISECONDS = 15_000
CODE_VARIABLE = "SHOWTELL_JOIN_CODE"
"""By which the join code reaches the process: a command line can be read by everybody."""


def command(arguments: list[str]) -> list[str]:
    """Return what runs our own command line in another process."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "desktop"]), *arguments]


class FleetState(StrEnum):
    """What has become of the wish to take part."""

    OFF = "off"
    LOOKING = "looking"
    """What would be sent is being summed up."""
    ASKING = "asking"
    """A person reads what would be sent."""
    JOINING = "joining"
    ON = "on"
    ALONE = "alone"
    """The serving laptop does not answer any longer."""
    LEAVING = "leaving"


class Fleet(QObject):
    """Takes part in a fleet for one session.

    Args:
        session: the open project.
    """

    changed = Signal()
    """It takes part or not now, or something has come."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.state = FleetState.OFF
        self.preview: Mapping[str, Any] = {}
        """What would be sent, as `showtell fleet preview --json` says it."""
        self.fault = ""
        """Why it does not take part, the last time."""
        self.laptops = 0
        """How many others there were, the last time that something came; 0 if nothing has, or it was forgotten."""
        self.version_id: int | None = None
        """The version that came of it; None as long as none has."""
        self.refused = ""
        """Why what came was not taken, the last time."""
        self._session = session
        self._address = self._code = ""
        self._process: QProcess | None = None
        self._said = b""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        session.opened.connect(self._look_back)
        session.stopping.connect(self.close)
        session.learner.learned.connect(self._learned)
        session.learner.rejected.connect(self._rejected)
        if session.is_open:
            self._look_back()

    def look(self, address: str, code: str) -> None:
        """Sum up what would be sent to the fleet at an address, for a person to see; nothing is sent."""
        if self.state is FleetState.OFF and self._session.is_open:
            self.fault, self._address, self._code = "", address.strip(), code.strip()
            self._run(["fleet", "preview", str(self._session.path), "--json"], FleetState.LOOKING)

    def join(self) -> None:
        """Take part, with what was shown."""
        if self.state is not FleetState.ASKING:
            return
        classes = [part for one in self.preview["shared"] for part in ("--class", one["class"])]
        self._folder = tempfile.TemporaryDirectory(prefix="showtell-fleet-")
        command = ["fleet", "join", self._address, str(self._session.path), "--yes", "--json"]
        self._run([*command, "--hand-over", self._folder.name, *classes], FleetState.JOINING)

    def leave(self) -> None:
        """Take part no longer; what has come stays."""
        if self.state is FleetState.LEAVING:
            return
        if self._process is not None:
            self._process.closeWriteChannel()  # by which it ends on every system
            self._set(FleetState.LEAVING)
        else:
            self._set(FleetState.OFF)

    def forget(self) -> None:
        """Forget what has come from the others, and learn without it."""

        def done(_: object) -> None:
            self.laptops, self.version_id, self.refused = 0, None, ""
            self._session.learner.learn(self.tr("left the fleet"))
            self.changed.emit()

        self._session.writer.submit(Buffer.leave_fleet, done)

    def close(self) -> None:
        """End: the project is closed."""
        process, self._process = self._process, None
        if process is not None:
            process.closeWriteChannel()
            if self.state is FleetState.LOOKING:  # which reads nothing
                process.terminate()
            if not process.waitForFinished(_PATIENCE_MILLISECONDS):
                process.kill()
                process.waitForFinished()
        self._ended()

    def _look_back(self) -> None:
        """See what came when the project was open before."""

        def seen(laptops: int) -> None:
            self.laptops = laptops
            self.changed.emit()

        self._session.reader.ask(Buffer.laptops, seen)

    def _run(self, arguments: list[str], state: FleetState) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert(CODE_VARIABLE, self._code)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._broken)
        self._process, self._said = process, b""
        program, *rest = command(arguments)
        process.start(program, rest)
        self._set(state)

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        *whole, self._said = (self._said + bytes(process.readAllStandardOutput().data())).split(b"\n")
        for line in whole:
            self._hear(json.loads(line))

    def _hear(self, said: Mapping[str, Any]) -> None:
        if "shared" in said:
            self.preview = said
        elif self.state is FleetState.LEAVING:
            return
        elif said.get("what") in {"joined", "reached"}:
            self._set(FleetState.ON)
        elif said.get("what") == "unreachable":
            self._set(FleetState.ALONE)
        elif said.get("what") == "came":
            path, session = Path(said["file"]), self._session
            whole = path.read_bytes()  # the folder may be gone when the writer gets to it
            path.unlink()

            def keep(buffer: Buffer) -> list[str]:
                with np.load(io.BytesIO(whole)) as kept:
                    arrays = {name: kept[name] for name in kept.files}
                return take_from_others(buffer, said["backbone"], said["laptops"], said["names"], arrays)

            def done(_: object) -> None:
                self.laptops, self.refused = said["laptops"], ""
                session.learner.refresh()
                session.learner.learn(self.tr("from the fleet"))
                self.changed.emit()

            session.writer.submit(keep, done)

    def _finished(self, code: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self.state is FleetState.LOOKING and code == 0 and self.preview.get("shared"):
            self._set(FleetState.ASKING)
            return
        if self.state is FleetState.LOOKING and code == 0:
            self.fault = self.tr("No class has enough different samples to be shared yet. Record more of them.")
        elif code and self.state is not FleetState.LEAVING:
            self.fault = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        self._ended()

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process, self.fault = None, self.tr("What a fleet takes does not start on this computer.")
            self._ended()

    def _ended(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._set(FleetState.OFF)

    def _learned(self, increment: Increment) -> None:
        if increment.kind is IncrementKind.FLEET:
            self.version_id, self.refused = increment.version_id, ""
            self._decided()

    def _rejected(self, increment: Increment) -> None:
        if increment.kind is IncrementKind.FLEET:
            self.refused = increment.why
            self._decided()

    def _decided(self) -> None:
        # The learner has put away classes that nobody has.
        self._session.reader.ask(Buffer.classes, self._session.model.set_classes)
        self.changed.emit()

    def _set(self, state: FleetState) -> None:
        self.state = state
        self.changed.emit()
