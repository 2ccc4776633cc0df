# SPDX-License-Identifier: Apache-2.0
"""One session at a time writes to a project: a lock beside the file, which says who holds it.

A session is a window, a `Project`, a server, or a verb that changes something. The learner and a consolidation belong
to the session that started them and take no lock; who only reads takes none either. SQLite keeps the file whole without
it, whoever writes. It keeps two people, or a person and a script, from undoing each other's work unseen.

The lock is the operating system's (flock, LockFileEx; through `filelock`), on `desk.showtell-lock`. It ends with the
process that holds it, however that ends, and child processes do not inherit it. So what the file says of a process that
is gone is never believed: who gets the lock writes over it. Only when the system refuses the lock is the file read, to
say who has the project.

A file system without such locks gets a marker in their place, `desk.showtell-open`. That of a process of this machine
which is gone is taken away; that of another machine has to be deleted by a person, who is told so.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock

from learner.buffer.connection import check_place, refused_to_write
from learner.errors import Holder, OpenElsewhere

_WAIT_SECONDS = 0.25
"""For a session that is about to leave."""
_FROM = 1
"""Where what is said begins: Windows lets nobody else read the byte that is locked, which is the first."""
_MOST = 4096
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})


class ProjectLock:
    """The right to write to a project, for one session; any thread may take it and give it back.

    Args:
        path: the project file.
        create: whether it is to be made when it is not there.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = Path(os.path.realpath(path))
        self._create = create
        self._file = lock_file(self.path)
        self._lock: filelock.BaseFileLock | None = None

    def take(self) -> Self:
        """Take the lock, unless it is held already.

        Raises:
            OpenElsewhere: another session has the project.
            ProjectFault: nothing can be written beside the project, or it is not there, as `Connection.open` says.
        """
        if self._lock is None:
            check_place(self.path, create=self._create, read_only=False)
            self._lock = self._taken()
        return self

    def release(self) -> None:
        """Give the lock back, and leave nothing behind; does nothing when it is not held."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        # Before it is let go: who has opened it meanwhile finds that what he then locks has no name any more, and
        # begins again (see `UnixFileLock._finalize_locked_fd`). Windows refuses, and filelock takes it away afterwards.
        with contextlib.suppress(OSError):
            self._file.unlink()
        with contextlib.suppress(OSError):  # a disk that has gone took the lock with it
            lock.release(force=True)

    def __enter__(self) -> Self:
        return self.take()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _taken(self) -> filelock.BaseFileLock:
        lock: filelock.BaseFileLock = filelock.FileLock(
            self._file, mode=0o600, thread_local=False, fallback_to_soft=False, on_acquired=_sign
        )
        try:
            try:
                lock.acquire(timeout=_WAIT_SECONDS)
            except OSError as error:
                if isinstance(error, TimeoutError) or error.errno not in _NO_LOCKS:
                    raise
                lock = filelock.SoftFileLock(_marker(self.path), mode=0o600, thread_local=False)
                lock.acquire(timeout=_WAIT_SECONDS)
        except filelock.Timeout as error:
            raise open_elsewhere(self.path, holder(self.path)) from error
        except OSError as error:
            raise refused_to_write(self.path, error) from error
        return lock


def lock_file(path: Path) -> Path:
    """Return the file that is locked while somebody writes to a project."""
    return path.with_name(path.name + "-lock")


def holder(path: Path) -> Holder | None:
    """Return who says to have a project, which is true only while the lock is held; None when nobody says so."""
    if (marked := _marked(path)) is not None:
        return marked
    try:
        with lock_file(path).open("rb") as file:
            file.seek(_FROM)
            found = json.loads(file.read(_MOST))
        return Holder(
            int(found["process"]), str(found["host"]), str(found["program"]), datetime.fromisoformat(found["since"])
        )
    # It is being written this moment, or somebody scribbled on it.
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def open_elsewhere(path: Path, who: Holder | None) -> OpenElsewhere:
    """Return the fault that says who has a project."""
    if who is None:
        happened = f"Another program has {path.name} open."
    else:
        since = f", since {_in_words(who.since.astimezone())}" if who.since else ""
        happened = f"{path.name} is open in {who.program} (process {who.process} on {who.host}{since})."
    remedy = "Close it there, then open it here."
    if who is not None and who.host != socket.gethostname():
        name = (_marker(path) if _marker(path).exists() else lock_file(path)).name
        remedy += f" If Showtell no longer runs on {who.host}, delete {name} beside the project."
    return OpenElsewhere("The project is open elsewhere", happened, remedy, who)


def _in_words(since: datetime) -> str:
    is_today = since.date() == datetime.now(since.tzinfo).date()
    return f"{since:%H:%M}" if is_today else f"{since:%Y-%m-%d %H:%M}"


def _sign(descriptor: int) -> None:
    """Say in the locked file who holds it; without room for that it is held all the same."""
    said = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "program": _program(),
        "since": datetime.now(UTC).isoformat(),
    }
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, b" " * _FROM + json.dumps(said).encode() + b"\n")


def _program() -> str:
    called = Path(sys.argv[0])
    name = called.parent.name if called.stem == "__main__" else called.stem
    return name if name.strip("-") not in {"", "c"} else "Python"  # read from a pipe, or typed in


def _marker(path: Path) -> Path:
    return path.with_name(path.name + "-open")


def _marked(path: Path) -> Holder | None:
    """Return what a marker says, where there are no locks: process and host, a line each."""
    try:
        process, host = _marker(path).read_text(encoding="utf-8").splitlines()[:2]
        return Holder(int(process), host, "another program", None)
    except (OSError, ValueError):
        return None
