# SPDX-License-Identifier: Apache-2.0
"""Whether a window can be opened here, asked before Qt is imported: Qt ends the process when it cannot.

Nothing here imports Qt, since that fails already where one of its libraries is missing.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

from learner.errors import DisplayFault

_WAY_OUT = "Run `showtell demo` for the demo in the terminal, or `showtell --help` for what works without a screen."

_FOR_QT = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Libraries that every window needs, and the Debian packages they are in."""
_FOR_X = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""The same for a window under X."""


def display_fault() -> DisplayFault | None:
    """Return what keeps a window from opening, or None."""
    if sys.platform in {"win32", "darwin"}:
        return None
    # What Qt tries, one after another: xcb:options;offscreen
    wanted = [name.partition(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    faults = {name: _why_not(name) for name in wanted or ["wayland", "xcb"]}
    usable = [name for name, fault in faults.items() if fault is None]
    if not usable:
        return list(faults.values())[-1]
    missing = _missing_libraries({**_FOR_QT, **(_FOR_X if usable == ["xcb"] else {})})
    if missing:
        packages = sorted({{**_FOR_QT, **_FOR_X}.get(library, library) for library in missing})
        return DisplayFault(
            "Qt cannot open a window",
            f"Libraries it needs are missing: {', '.join(missing)}.",
            f"On Debian or Ubuntu: sudo apt install {' '.join(packages)}. {_WAY_OUT}",
        )
    return None


def _why_not(platform: str) -> DisplayFault | None:
    """Return why Qt cannot reach a screen in this way."""
    if platform == "xcb":
        display = os.environ.get("DISPLAY")
        if not display:
            return DisplayFault("There is no screen", "No display is set in this session.", _WAY_OUT)
        if not _x_answers():
            return DisplayFault("The screen does not answer", f"No X server answers at {display}.", _WAY_OUT)
    elif platform.startswith("wayland"):
        if not _wayland_answers():
            return DisplayFault("There is no screen", "No Wayland compositor answers in this session.", _WAY_OUT)
    elif _plugins() and not (_plugins() / f"libq{platform}.so").exists():
        happened = f"QT_QPA_PLATFORM asks for {platform!r}, which Qt does not have."
        return DisplayFault("Qt has no such screen", happened, f"Unset QT_QPA_PLATFORM. {_WAY_OUT}")
    return None


def _plugins() -> Path:
    spec = find_spec("PySide6")
    return Path(spec.origin or "").parent / "Qt" / "plugins" / "platforms" if spec else Path()


def _missing_libraries(needed: dict[str, str]) -> list[str]:
    """Return the shared libraries that the system does not have."""
    missing = [library for library in needed if not _loads(library)]
    # A newer Qt may need one that is not on our list: its plugin says which.
    plugin = _plugins() / "libqxcb.so"
    if not missing and "libxcb-cursor.so.0" in needed and plugin.exists():
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            missing.append(str(error).partition(":")[0])
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    if not _loads("libxcb.so.1"):
        return True  # what is missing is said by name
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True
