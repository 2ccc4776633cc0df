# SPDX-License-Identifier: Apache-2.0
"""Try a packaged app as a person would: `python packaging/smoke_test.py dist/showtell/showtell`.

It is asked what works, teaches itself the demo in its window (without a screen, if there is none), is closed, exports
what it learned in every format that it brings along, names one of its own samples, and may have complained nowhere:
not on its streams, not in its log, not in a report. Python's own library is all that this needs, so that nothing of a
checkout can help the app.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

TAUGHT = 4
FORMATS = ("desk.tflite", "desk.onnx", "desk.keras", "desk.zip")
COMPLAINTS = (
    "Traceback (most recent call last)",
    " ERROR ",
    " CRITICAL ",
    "ModuleNotFoundError",
    "cannot open shared object",
)

_PATIENCE = 300
_LEARNED = """
SELECT json_array_length(class_ids) FROM versions
WHERE id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'champion')
"""


class SmokeFault(Exception):
    """The app did something else than it should; the message says what."""


class Trial:
    """An app on a home of its own.

    Args:
        executable: of the app.
        home: an empty folder, for what it keeps.
    """

    def __init__(self, executable: Path, home: Path) -> None:
        self._executable = executable
        self._home = home
        others = ("PYTHON", "QT_", "VIRTUAL_ENV", "XDG_")
        ours = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        self._environment = ours | {"HOME": str(home), "LANG": "C.UTF-8"}
        if sys.platform.startswith("linux") and not ours.get("DISPLAY"):
            self._environment["QT_QPA_PLATFORM"] = "offscreen"

    def run(self, *words: str | Path) -> str:
        """Run a command to its end and return what it printed.

        Raises:
            SmokeFault: it failed, or complained.
        """
        done = subprocess.run(
            [self._executable, *words],
            env=self._environment,
            cwd=self._home,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        told = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
        if done.returncode != 0:
            command = " ".join(map(str, words))
            raise SmokeFault(f"showtell {command}: exit code {done.returncode}\n{told}{self._last_error()}")
        _check_text(f"showtell {' '.join(map(str, words))}", told)
        return done.stdout.decode(errors="replace")

    def check_parts(self) -> None:
        """Ask the doctor, to whom a camera, a screen and a GPU may be missing.

        Raises:
            SmokeFault: a part does not work that has to.
        """
        self.run("doctor", "--json")

    def teach(self, project: Path) -> float:
        """Let the window teach itself, close it, and return after how many seconds it had opened the project.

        Raises:
            SmokeFault: it does not learn, or does not close well.
        """
        began = time.monotonic()
        with (self._home / "window.txt").open("w+", encoding="utf-8") as told:
            window = subprocess.Popen(
                [self._executable, "demo", project], env=self._environment, cwd=self._home, stdout=told, stderr=told
            )
            try:
                _wait(lambda: project.exists() or window.poll() is not None, "its window opens a project")
                opened = time.monotonic() - began
                _wait(lambda: _classes_learned(project) == TAUGHT or window.poll() is not None, "the demo is learned")
                if window.poll() is not None:
                    pass
                elif sys.platform == "win32":
                    subprocess.run(["taskkill", "/PID", str(window.pid)], check=True, capture_output=True)
                else:
                    window.send_signal(signal.SIGINT)
                code = window.wait(_PATIENCE)
            finally:
                window.kill()
            told.seek(0)
            text = told.read()
        if code not in (0, 130):
            raise SmokeFault(f"the window ended with exit code {code}\n{text}{self._last_error()}")
        _check_text("the window", text)
        return opened

    def use(self, project: Path) -> None:
        """Export what was learned, each format compared with the app by itself, and ask about a sample.

        Raises:
            SmokeFault: that fails.
        """
        for name in FORMATS:
            self.run("export", project, name)
            if not (self._home / name).stat().st_size:
                raise SmokeFault(f"{name} is empty")
        self.run("export", project, "samples", "--format", "dataset")
        picture = next((self._home / "samples").rglob("mug/*.jpg"))
        answer = json.loads(self.run("predict", project, picture, "--json"))
        if "mug" not in json.dumps(answer):
            raise SmokeFault(f"a mug is not recognised: {answer}")
        self.run("check", project)

    def _last_error(self) -> str:
        return "".join(path.read_text(encoding="utf-8") for path in self._home.rglob("last-error.txt"))

    def check_logs(self) -> None:
        """Read what it wrote into its home.

        Raises:
            SmokeFault: there is a report of a bug, or a complaint in a log.
        """
        folders = [
            self._home,
            *(Path(os.environ[name]) / "showtell" for name in ("LOCALAPPDATA",) if name in os.environ),
        ]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        reports = [path for path in files if path.name.startswith(("report-", "last-error"))]
        if reports:
            raise SmokeFault(f"a report of a bug:\n{reports[0].read_text(encoding='utf-8')}")
        logs = [path for path in files if path.suffix == ".log"]
        if not logs:
            raise SmokeFault("it keeps no log")
        for path in logs:
            _check_text(path.name, path.read_text(encoding="utf-8"))


def _check_text(whose: str, text: str) -> None:
    for complaint in COMPLAINTS:
        if complaint in text:
            raise SmokeFault(f"{whose} says {complaint.strip()!r}:\n{text}")


def _classes_learned(project: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as file:
        row = file.execute(_LEARNED).fetchone()
        return 0 if row is None else int(row[0])
    return 0


def _wait(true: Callable[[], bool], what: str) -> None:
    """Look again and again: a process of others' does not tell.

    Raises:
        SmokeFault: it did not come true in five minutes.
    """
    pause = threading.Event()
    until = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > until:
            raise SmokeFault(f"waited in vain: {what}")
        pause.wait(0.05)


def main() -> int:
    """Run the command line of this script."""
    parser = argparse.ArgumentParser(description="Try a packaged app as a person would.")
    parser.add_argument("executable", type=Path, help="of the app")
    executable = parser.parse_args().executable.absolute()
    with tempfile.TemporaryDirectory(prefix="showtell-smoke-", ignore_cleanup_errors=True) as folder:
        trial, project = Trial(executable, Path(folder)), Path(folder) / "demo.showtell"
        try:
            for what, act in (
                ("the parts work", trial.check_parts),
                ("the demo is learned in the window", lambda: trial.teach(project)),
                ("it is exported and used", lambda: trial.use(project)),
                ("nothing complained", trial.check_logs),
            ):
                began = time.monotonic()
                opened = act()
                note = "" if opened is None else f", its project open after {opened:.1f} s"
                print(f"{what} ({time.monotonic() - began:.0f} s{note})")
        except (SmokeFault, OSError, subprocess.TimeoutExpired) as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
