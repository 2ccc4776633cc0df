# SPDX-License-Identifier: Apache-2.0
"""The log, and a report of a bug of ours that a person can look at, and send or not. Nothing is sent by itself."""

from __future__ import annotations

import atexit
import faulthandler
import logging
import os
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

import platformdirs

from desktop.versions import details
from learner.files import private_folder, private_opener
from learner.scrubbing import scrubbed

_log = logging.getLogger(__name__)

_LOG_LINES = 50
_KEPT = 10
_NATIVE = re.compile(r"running-(\d+)\.txt")


class _Log(RotatingFileHandler):
    """A log of limited size that its owner alone can read."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors="replace", opener=private_opener)


class _Scrubbed(logging.Formatter):
    """Lines that say of the person as little as can be; a report has the last of them in it."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


def log_file() -> Path:
    """Return where the log is."""
    return Path(platformdirs.user_log_dir("showtell", appauthor=False)) / "showtell.log"


def report_folder() -> Path:
    """Return where reports are."""
    return log_file().parent / "reports"


def start_log() -> None:
    """Log to a file of limited size in the person's log folder, if that can be written to."""
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    path = log_file()
    try:
        private_folder(path.parent)
        handler = _Log(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(_Scrubbed("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def compose(trace: str, at: float | None = None) -> str:
    """Return a report: when, which versions, on what, what broke, and the end of the log.

    What it says of the person is as little as `learner.scrubbing` can make it.

    Args:
        trace: what broke, as Python writes it.
        at: when, as a `time.time()`; now when left out.
    """
    when = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    sections = [f"Showtell met a bug of its own at {when.isoformat(timespec='seconds')}.", details(), trace.strip()]
    lines = _last_lines(log_file(), _LOG_LINES)
    if lines:
        sections.append("The last lines of the log\n\n" + "\n".join(lines))
    return scrubbed("\n\n".join(sections)) + "\n"


def write(report: str) -> Path | None:
    """Write a report beside the log, readable for its owner alone; return where, None when that is not possible.

    The oldest reports make room for it.
    """
    folder = report_folder()
    path = folder / f"report-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        private_folder(folder)
        for old in sorted(folder.glob("report-*.txt"))[: -_KEPT + 1]:
            old.unlink()
        with open(path, "x", encoding="utf-8", opener=private_opener) as file:
            file.write(report)
    except OSError:
        _log.warning("the report could not be written", exc_info=True)
        return None
    return path


def watch() -> None:
    """From now on leave a trace when a library ends the process, which Python cannot catch."""
    path = report_folder() / f"running-{os.getpid()}.txt"
    try:
        private_folder(path.parent)
        file = open(path, "w", encoding="utf-8", opener=private_opener)  # noqa: SIM115  # it lasts as long as the process
    except OSError:
        return
    faulthandler.enable(file)
    atexit.register(_leave, file, path)


def report_of_last_time() -> Path | None:
    """Return the report of a process that a library ended, or None; it is told once.

    A process that was killed from outside has left nothing behind that tells of a bug.
    """
    report = None
    for path in sorted(report_folder().glob("running-*.txt")):
        found = _NATIVE.fullmatch(path.name)
        if found is None or _is_running(int(found[1])):
            continue
        with suppress(OSError):  # Windows does not remove what a running process has open
            trace, at = path.read_text(encoding="utf-8", errors="replace"), path.stat().st_mtime
            path.unlink()
            if trace.strip():
                report = write(compose(trace, at)) or report
    return report


def _leave(file: TextIO, path: Path) -> None:
    faulthandler.disable()
    file.close()
    with suppress(OSError):
        path.unlink()


def _is_running(number: int) -> bool:
    if number == os.getpid():
        return False  # an earlier process had our number
    if sys.platform == "win32":
        return False  # its file cannot be removed, which says as much
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_lines(path: Path, count: int) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []
