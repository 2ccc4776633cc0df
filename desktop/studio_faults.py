# SPDX-License-Identifier: Apache-2.0
"""The nine faults that people meet, brought about in the window so that pictures can be taken of them.

Files are really damaged, really newer, and really held by another process; the learner really ends, again and again;
SQLite really refuses to let the file grow. Only cameras are told what to say, since few machines have one to pull out.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.app import App
from desktop.learner_status import Phase
from desktop.session import Session
from desktop.studio import comes, rest, until
from learner.buffer.backups import backup
from learner.buffer.keeping import Reason, keep
from learner.camera import DemoSource
from learner.errors import CameraFault, CameraRefused, CameraTaken
from learner.types import Image

_WAY_OUT = "or use a clip, a phone's address or the demo scene."
NO_CAMERA = CameraFault("No camera found", "This machine has no camera that answers.", f"Plug one in, {_WAY_OUT}")
TAKEN = CameraTaken(
    "Another program has the camera",
    "zoom is using camera 0.",
    f"Close it there, and the picture comes by itself; {_WAY_OUT}",
)
REFUSED = CameraRefused(
    "The camera may not be used",
    "The system does not let Showtell use camera 0.",
    "Ask whoever looks after this computer to put you into the group “video”. The picture then comes by itself. "
    "Or use a clip, a phone's address or the demo scene.",
)
GONE = CameraFault("The camera has gone", "Camera 0 sends no new pictures any more.", f"Plug it in again, {_WAY_OUT}")
"""What `learner.camera.device` says of real ones."""

_PAGE = 4096
_SETTLED = 1.0
_HELD = """
import sys
from pathlib import Path
from learner.buffer import ProjectLock
with ProjectLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class FaultyCamera(DemoSource):
    """The drawn desk, until something is wrong with the camera."""

    description = "camera 0"
    reopens = True

    def __init__(self, fault: CameraFault | None = None) -> None:
        super().__init__(seed=1)
        self.fault = fault
        self.show("mug")

    def open(self) -> None:
        """Begin, unless something is wrong."""
        if self.fault is not None:
            raise self.fault
        super().open()

    def read(self) -> Image | None:
        """Return the next frame, unless something is wrong."""
        if self.fault is not None:
            raise self.fault
        return super().read()


class Faults:
    """Brings each about in an app that has a taught project.

    Args:
        app: the app; its window is shown.
        project: the taught project, which stays as it is.
        home: a folder for files with something wrong.
    """

    def __init__(self, app: App, project: Path, home: Path) -> None:
        self._app = app
        self._project = project
        self._home = home
        self._other: subprocess.Popen[str] | None = None

    def views(self) -> dict[str, Callable[[], None]]:
        """Return what brings each about, by its name."""
        return {
            "faults-no-camera": lambda: self._app.use_source(FaultyCamera(NO_CAMERA)),
            "faults-camera-taken": lambda: self._app.use_source(FaultyCamera(TAKEN)),
            "faults-camera-unplugged": self._unplug,
            "faults-camera-refused": lambda: self._app.use_source(FaultyCamera(REFUSED)),
            "faults-open-elsewhere": self._open_elsewhere,
            "faults-disk-full": self._fill_disk,
            "faults-learning-paused": self._end_learner,
            "faults-newer-project": self._open_newer,
            "faults-damaged-file": self._open_damaged,
        }

    def tidy(self) -> None:
        """Open the taught project anew, with a camera that works."""
        other, self._other = self._other, None
        if other is not None:
            other.communicate()
        self._app.use_source(FaultyCamera())
        session = self._app.open_project(self._project)
        self._app.window.coach.stand_aside()
        until(lambda: session.learner.status.phase is not Phase.STARTING and session.recorder.newest is not None)
        rest(_SETTLED)

    def _session(self) -> Session:
        if self._app.session is None:
            raise RuntimeError("no project is open")
        return self._app.session

    def _unplug(self) -> None:
        camera = self._app.camera.source
        session = self._session()
        session.record(session.model.classes[0])
        rest(_SETTLED)
        if isinstance(camera, FaultyCamera):
            camera.fault = GONE

    def _open_elsewhere(self) -> None:
        path = self._copy("kitchen")
        script = self._home / "showtell"  # so that the one who has it is called so
        script.write_text(_HELD, encoding="utf-8")
        self._other = subprocess.Popen(
            [sys.executable, str(script), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._other.stdout is None or not self._other.stdout.readline():
            raise RuntimeError("the other process does not hold the project")
        self._app.open_here(path, create=False)

    def _fill_disk(self) -> None:
        session = self._session()
        # With it, SQLite says what it says of a disk without room.
        session.writer.submit(lambda buffer: buffer._db.execute("PRAGMA max_page_count = 1"))
        session.record(session.model.classes[0])
        rest(_SETTLED)
        session.recorder.stop()

    def _end_learner(self) -> None:
        session = self._session()
        while session.learner.status.phase is not Phase.PAUSED:
            pid = getattr(session.learner._client, "pid", None)
            if pid is not None:
                with suppress(ProcessLookupError):  # it has gone since
                    os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
            comes(lambda: session.learner.status.phase in {Phase.READY, Phase.PAUSED}, 1.0)

    def _open_newer(self) -> None:
        path = self._copy("workshop")
        with path.open("rb+") as file:
            file.seek(60)  # where SQLite keeps what a program says of its format
            file.write((99).to_bytes(4, "big"))
        self._app.open_here(path, create=False)

    def _open_damaged(self) -> None:
        path = self._copy("garden")
        keep(path, reason=Reason.ASKED)
        with path.open("rb+") as file:
            file.seek(20 * _PAGE)
            file.write(b"\x5a" * 30 * _PAGE)
        self._app.open_here(path, create=False)
        until(lambda: self._app.window.troubles.has_offered)

    def _copy(self, name: str) -> Path:
        """Return a copy of the taught project, which is open at present, under another name."""
        path = self._home / f"{name}.showtell"
        with suppress(FileNotFoundError):
            path.unlink()
        return backup(self._project, path, is_remembered=False).path
