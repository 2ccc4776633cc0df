# SPDX-License-Identifier: Apache-2.0
"""Whether a window can be opened here, asked before Qt tries: Qt ends the process when it cannot."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from learner.errors import DisplayFault

_WAY_OUT = "Run `showtell demo` for the demo in the terminal, or `showtell --help` for what works without a screen."

_DEBIAN_PACKAGES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}


def display_fault() -> DisplayFault | None:
    """Return what keeps a window from opening, or None."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM", "xcb") not in {"xcb", "wayland"}:
        return None
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return DisplayFault("There is no screen", "No display is set in this session.", _WAY_OUT)
    missing = _missing_libraries()
    if missing:
        packages = sorted({_DEBIAN_PACKAGES.get(library, library) for library in missing})
        return DisplayFault(
            "Qt cannot open a window",
            f"Libraries it needs are missing: {', '.join(missing)}.",
            f"On Debian or Ubuntu: sudo apt install {' '.join(packages)}. {_WAY_OUT}",
        )
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and not _x_answers():
        return DisplayFault("The screen does not answer", f"No X server answers at {os.environ['DISPLAY']}.", _WAY_OUT)
    return None


def _missing_libraries() -> list[str]:
    """Return the shared libraries that Qt's X plugin needs and the system does not have."""
    missing = []
    for library in _DEBIAN_PACKAGES:
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    # A newer Qt may need one that is not on our list: its plugin says which.
    if not missing:
        import PySide6

        plugin = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
        try:
            if plugin.exists():
                ctypes.CDLL(str(plugin))
        except OSError as error:
            missing.append(str(error).partition(":")[0])
    return missing


def _x_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
