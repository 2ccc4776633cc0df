# SPDX-License-Identifier: Apache-2.0
"""One window for a project: a second one asks the first to come to the front, over a local socket."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_MILLISECONDS_TO_CONNECT = 300
_MILLISECONDS_TO_ANSWER = 2000


class Doorbell(QObject):
    """Listens at the door of the project that this window has open."""

    rung = Signal()
    """Somebody has opened the project once more: this window is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._server: QLocalServer | None = None
        self.project: Path | None = None

    def hang_at(self, project: Path) -> None:
        """Listen at this project's door, and no longer at the one before."""
        self.take_down()
        self.project = project
        self._server = QLocalServer(self)
        # Only this person's programs may ring. The socket of a process that was killed is replaced.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(_door(project))  # without a place for sockets there is a window more, and no harm

    def take_down(self) -> None:
        """Listen no more."""
        server, self._server, self.project = self._server, None, None
        if server is not None:
            server.close()
            server.deleteLater()

    def _answer(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(b"coming")
            caller.flush()
            caller.disconnectFromServer()
            self.rung.emit()


def ring(project: Path) -> bool:
    """Ask the window that has a project open to come to the front; return whether there is one."""
    caller = QLocalSocket()
    caller.connectToServer(_door(project))
    if not caller.waitForConnected(_MILLISECONDS_TO_CONNECT):
        return False
    caller.waitForReadyRead(_MILLISECONDS_TO_ANSWER)  # a window that is busy comes later
    caller.abort()
    return True


def _door(project: Path) -> str:
    whose = f"{Path.home()}\0{os.path.realpath(project)}"
    return f"showtell-{hashlib.sha256(whose.encode()).hexdigest()[:24]}"
