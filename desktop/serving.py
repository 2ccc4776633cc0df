# SPDX-License-Identifier: Apache-2.0
"""The server of the open project: off until a person wants it, and over when the project is closed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.extras import install_command
from desktop.session import Session
from desktop.settings import Settings
from desktop.thread import Thread
from learner.errors import EnvironmentFault, ShowtellError

if TYPE_CHECKING:
    from desktop.session_hub import SessionHub
    from learner.serve.server import Address, Server


class ServingState(StrEnum):
    """What has become of the wish for a server."""

    OFF = "off"
    STARTING = "starting"
    ON = "on"
    STOPPING = "stopping"


class Serving(QObject):
    """Starts and stops a server for one session. It is reached from this computer alone.

    Args:
        session: the open project.
        settings: keep its port, so that its address stays the same where it can.
    """

    changed = Signal()
    """It is on or off now, or about to be."""
    counted = Signal()
    """One more request was carried out."""
    _loaded = Signal(object)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.state = ServingState.OFF
        self.address: Address | None = None
        """Where it is reached while it is on."""
        self.fault: ShowtellError | None = None
        """Why it could not be started, the last time."""
        self.ended_with_project = False
        """Whether it was on until the project was closed."""
        self._session = session
        self._settings = settings
        self._hub: SessionHub | None = None
        self._server: Server | None = None
        self._thread: Thread | None = None
        self._loaded.connect(self._begin)
        session.stopping.connect(self._close)

    @property
    def is_on(self) -> bool:
        """Whether others can ask."""
        return self.state is ServingState.ON

    @property
    def is_followed(self) -> bool:
        """Whether anybody waits for what the camera sees."""
        return self._hub is not None and self._hub.feed.has_listeners

    @property
    def answered(self) -> int:
        """How many pictures were answered for since it is on."""
        return self._hub.answered if self._hub is not None else 0

    @property
    def taken(self) -> int:
        """How many samples came in since it is on."""
        return self._hub.taken if self._hub is not None else 0

    def start(self) -> None:
        """Begin. What it takes is loaded aside, since that may take a second."""
        if self.state is ServingState.OFF and self._session.is_open:
            self.fault = None
            self._aside(Thread(lambda: self._loaded.emit(_load())))
            self._set(ServingState.STARTING)

    def stop(self) -> None:
        """End. Who is being answered has a few seconds, which nobody has to wait for."""
        if self.state is not ServingState.ON:
            return
        self._end_hub()
        thread = Thread(self._end_server)
        thread.finished.connect(self._ended)
        self._aside(thread)
        self._set(ServingState.STOPPING)

    def _aside(self, thread: Thread) -> None:
        if self._thread is not None:
            self._thread.wait()  # it has nothing left to do
        self._thread = thread
        thread.start()

    def _begin(self, fault: ShowtellError | None) -> None:
        if not self._session.is_open:
            return
        if fault is None:
            fault = self._listen()
        if fault is not None:
            self._end_hub()
            self._hub, self.fault = None, fault
        self._set(ServingState.OFF if fault is not None else ServingState.ON)

    def _listen(self) -> ShowtellError | None:
        """Have a server, at the port it had before if that is free; return what is against it."""
        from desktop.session_hub import SessionHub
        from learner.serve.server import Server

        path = self._session.path
        self._hub = SessionHub(self._session)
        self._hub.counted.connect(self.counted)
        try:
            self._server = Server(self._hub, port=self._settings.port(path))
            try:
                self.address = self._server.start()
            except EnvironmentFault:
                self._server = Server(self._hub)
                self.address = self._server.start()
        except ShowtellError as fault:
            return fault
        self._settings.keep_port(path, self.address.port)
        return None

    def _end_hub(self) -> None:
        if self._hub is not None:
            self._hub.close()

    def _end_server(self) -> None:
        if self._server is not None:
            self._server.stop()

    def _ended(self) -> None:
        self._hub = self._server = self.address = None
        self._set(ServingState.OFF)

    def _close(self) -> None:
        """End and wait for it: the project is closed."""
        self.ended_with_project = self.is_on
        self.stop()
        if self._thread is not None:
            self._thread.wait()

    def _set(self, state: ServingState) -> None:
        self.state = state
        self.changed.emit()


def _load() -> ShowtellError | None:
    """Import what a server takes; return what is against it."""
    try:
        import desktop.session_hub  # noqa: F401
        import learner.serve.server  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in {"desktop", "learner"}:
            raise
        translate = QCoreApplication.translate
        return EnvironmentFault(
            translate("Faults", "Serving needs more than is installed"),
            translate("Faults", "{module} is not there.").format(module=error.name),
            translate("Faults", "Install it with: {command}").format(command=install_command("serve")),
        )
    return None
