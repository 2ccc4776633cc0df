# SPDX-License-Identifier: Apache-2.0
"""Why a camera that is there gives no picture: the system keeps it from us, or another program has it."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

_VIDEO = "vide"
_RESTRICTED, _DENIED = 1, 2
"""AVFoundation's words for a camera: https://developer.apple.com/documentation/avfoundation/avauthorizationstatus"""


def is_refused(index: int) -> bool:
    """Return whether the system is known to keep a camera from this program."""
    if sys.platform == "darwin":
        with suppress(Exception):  # the bridge to macOS' libraries raises what it likes
            device = importlib.import_module("AVFoundation").AVCaptureDevice
            return device.authorizationStatusForMediaType_(_VIDEO) in {_RESTRICTED, _DENIED}
        return False
    path = _path(index)
    return path.exists() and not os.access(path, os.R_OK | os.W_OK)


def taken_by(index: int, processes: Path = Path("/proc")) -> str | None:
    """Return the name of another program of this person that has a camera open, None where none is known to.

    Only Linux says, and takes some milliseconds for it.
    """
    wanted = str(_path(index))
    for process in processes.glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        with suppress(OSError):  # it has ended, or is somebody else's
            if any(os.readlink(file) == wanted for file in (process / "fd").iterdir()):
                return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    return None


def _path(index: int) -> Path:
    return Path(f"/dev/video{index}")
