# SPDX-License-Identifier: Apache-2.0
"""A program that an action runs: no shell, nothing to read from, and not for ever."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

_TAIL = 4096
_LINE = 200
_LET_GO_MILLISECONDS = 2000
"""So long may a program take to end when it is asked to; then it is ended."""


class Command(QObject):
    """Runs a command line once.

    Args:
        line: the program and its arguments, quoted as in a shell. {class} and {confidence} are put in after it was
            taken apart, so that whatever a class is called is one argument and never another program.
        name: the class, also in the variable SHOWTELL_CLASS.
        confidence: how sure, 0 to 1, also in the variable SHOWTELL_CONFIDENCE.
        limit: seconds after which it is stopped.
    """

    ended = Signal(bool, str)
    """Whether it went well, and the last line it wrote or what was wrong."""

    def __init__(self, line: str, name: str, confidence: float, limit: float) -> None:
        super().__init__()
        self._line = line
        self._values = {"class": name, "confidence": f"{confidence:.2f}"}
        self._limit = limit
        self._too_long = False
        self._over = False
        self._tail = b""
        self._process = QProcess(self)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setWorkingDirectory(str(Path.home()))
        self._process.readyRead.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stop_late)

    def start(self) -> None:
        """Begin; `ended` tells the rest."""
        try:
            program, *arguments = arguments_of(self._line)
        except ValueError:
            self._end(False, self.tr("The command is empty, or a quotation mark in it is not closed."))
            return
        if _is_batch(program) and any("{class}" in argument for argument in arguments):
            # Windows hands it to a shell, whatever the arguments are quoted with.
            self._end(False, self.tr("A batch file is given the class in SHOWTELL_CLASS only: leave out {class}."))
            return
        environment = QProcessEnvironment.systemEnvironment()
        for key, value in self._values.items():
            environment.insert(f"SHOWTELL_{key.upper()}", value)
        self._process.setProcessEnvironment(environment)
        self._timer.start(int(1000 * self._limit))
        self._process.start(program, [_filled(argument, self._values) for argument in arguments])

    def stop(self) -> None:
        """End it now and wait for it; nothing is told."""
        self._over = True
        self._timer.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_LET_GO_MILLISECONDS)

    def _read(self) -> None:
        self._tail = (self._tail + bytes(self._process.readAll().data()))[-_TAIL:]

    def _stop_late(self) -> None:
        if self._too_long:
            self._process.kill()
            return
        self._too_long = True
        self._process.terminate()
        self._timer.start(_LET_GO_MILLISECONDS)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        line = _last_line(self._tail)
        if self._too_long:
            self._end(False, self.tr("It was stopped after {seconds:g} s.").format(seconds=self._limit))
        elif status is QProcess.ExitStatus.CrashExit:
            self._end(False, self.tr("It crashed. {line}").format(line=line).strip())
        elif code:
            self._end(False, self.tr("It ended with code {code}. {line}").format(code=code, line=line).strip())
        else:
            self._end(True, line)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            why = self.tr("{program} cannot be started. Is it spelled right, and is it installed?")
            self._end(False, why.format(program=self._process.program()))

    def _end(self, good: bool, text: str) -> None:
        self._timer.stop()
        if not self._over:
            self._over = True
            self.ended.emit(good, text)


def arguments_of(line: str) -> list[str]:
    """Return the program and arguments of a command line, quoted as in a shell; no shell ever sees it.

    Raises:
        ValueError: it is empty, or a quotation mark is not closed.
    """
    reader = shlex.shlex(line, posix=True)
    reader.whitespace_split = True
    reader.commenters = ""
    if os.name == "nt":  # where a backslash is between folders
        reader.escape = ""
    parts = list(reader)
    if not parts or not parts[0]:
        raise ValueError(line)
    return parts


def _filled(argument: str, values: dict[str, str]) -> str:
    # All at once: a class may be called "{confidence}".
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), argument)


def _is_batch(program: str) -> bool:
    return os.name == "nt" and Path(shutil.which(program) or program).suffix.lower() in {".bat", ".cmd"}


def _last_line(output: bytes) -> str:
    lines = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()]
    text = lines[-1] if lines else ""
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= _LINE else f"{text[:_LINE]}…"
