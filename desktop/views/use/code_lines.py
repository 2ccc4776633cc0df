# SPDX-License-Identifier: Apache-2.0
"""Lines that do elsewhere what the window does: for a shell, and for Python."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from learner.interchange.wishes import ExportFormat, Precision

_SAID_BY_ENDING = frozenset(ExportFormat) - {ExportFormat.DATASET, ExportFormat.SAVED_MODEL}
"""Formats that the name of a file says."""


def predict_command(project: Path) -> str:
    """Return the command line that asks about a picture."""
    return _command("predict", project, "picture.jpg")


def export_command(project: Path, name: str, format_: ExportFormat, precision: Precision) -> str:
    """Return the command line that exports a project into the present folder."""
    options = [] if format_ in _SAID_BY_ENDING else ["--format", format_.value]
    if precision is not Precision.FLOAT32:
        options += ["--quantize", precision.value]
    return _command("export", project, name, *options)


def serve_fleet_command(laptops: int) -> str:
    """Return the command line by which a laptop serves a fleet of so many."""
    return f"showtell fleet serve --laptops {laptops}"


def ask_command(origin: str, token: str) -> str:
    """Return the command line that asks a server about a picture."""
    return f'curl -H "Authorization: Bearer {token}" -F image=@picture.jpg {origin}/predict'


def predict_lines(project: Path) -> str:
    """Return lines of Python that ask about a picture, also while the window has the project."""
    at_home = _in_home(project)
    place = repr(str(project)) if at_home is None else f"Path.home() / {at_home!r}"
    return "\n".join(
        (
            "from pathlib import Path",
            "from learner import open_project",
            "from learner.pictures import read_image",
            "",
            f"with open_project({place}, alone=False) as project:",
            '    picture = read_image(Path("picture.jpg"))',
            "    answer = project.predict(picture)",
            "    print(answer.label, answer.confidence, answer.unknown)",
        )
    )


def _command(verb: str, project: Path, *rest: str) -> str:
    if sys.platform == "win32":
        return subprocess.list2cmdline(["showtell", verb, str(project), *rest])
    at_home = _in_home(project)
    place = shlex.quote(str(project)) if at_home is None else f"~/{shlex.quote(at_home)}"  # a shell reads ~ unquoted
    return f"showtell {verb} {place} {shlex.join(rest)}"


def _in_home(project: Path) -> str | None:
    """Return where in the person's folder a project lies, with "/" between folders; None when it is not in there.

    It is shorter, and a picture of it shows nobody's name.
    """
    home = Path.home()
    return project.relative_to(home).as_posix() if project.is_relative_to(home) else None
