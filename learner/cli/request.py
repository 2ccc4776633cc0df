# SPDX-License-Identifier: Apache-2.0
"""What a command line asks a window for, and which words are verbs.

How windows are opened is handed in, so that nothing here knows Qt.

The window is asked for in a few plain ways, which are read here: what it takes to read any other line takes a fifth of
a second to import.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Device = Literal["auto", "cpu", "gpu"]

VERBS = (
    "open",
    "new",
    "import",
    "label",
    "learn",
    "sleep",
    "consolidate",
    "predict",
    "evaluate",
    "watch",
    "serve",
    "suggest",
    "history",
    "versions",
    "compare",
    "restore",
    "pin",
    "forget",
    "export",
    "backup",
    "restore-backup",
    "check",
    "doctor",
    "demo",
    "backbone",
    "fleet",
)
"""The verbs, in the order in which --help lists them."""

COMPLETION = "_SHOWTELL_COMPLETE"
"""The variable by which a shell asks how a line may go on."""

_OPTIONS = ("--camera", "--backbone", "--device")


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Open the window; None leaves the choice to it."""

    project: Path | None
    camera: str | None
    backbone: Path | None
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """Open the window and let it teach itself; None takes a project that is thrown away."""

    project: Path | None


@dataclass(slots=True)
class Session:
    """One command line: how it opens windows, and whether it shows the traceback of a bug of ours."""

    open_window: Callable[[OpenRequest], int] | None
    demo_window: Callable[[DemoRequest], int] | None
    debug: bool = False


def plain_request(argv: Sequence[str]) -> OpenRequest | None:
    """Return what a plain line without a verb asks for: at most a project, and options with their values.

    Args:
        argv: what stands behind the command's name.

    Returns:
        None where there is anything else to the line, be it wrong or right.
    """
    if os.environ.get(COMPLETION):
        return None
    projects: list[str] = []
    values: dict[str, str] = {}
    words = iter(argv)
    for word in words:
        if not word.startswith("-"):
            projects.append(word)
            continue
        name, equals, value = word.partition("=")
        value = value if equals else next(words, "")
        if name not in _OPTIONS or name in values or not value or value.startswith("-"):
            return None
        values[name] = value
    device = next((one for one in get_args(Device) if one == values.get("--device")), None)
    if len(projects) > 1 or not all(projects) or (projects[:1] and projects[0] in VERBS):
        return None
    if "--device" in values and device is None:
        return None
    backbone = values.get("--backbone")
    return OpenRequest(
        Path(projects[0]) if projects else None, values.get("--camera"), Path(backbone) if backbone else None, device
    )
