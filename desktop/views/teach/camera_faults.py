# SPDX-License-Identifier: Apache-2.0
"""What can be done when there is no picture."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.views.message_panel import Choice
from learner.camera import CameraState

translate = QCoreApplication.translate

SETTINGS = {
    "darwin": "x-apple.systempreferences:com.apple.preference.security?Privacy_Camera",
    "win32": "ms-settings:privacy-webcam",
}
"""Where systems have the switch that lets programs use the camera."""


def choices(state: CameraState, other: Callable[[], object], demo: Callable[[], object]) -> list[Choice]:
    """Return the buttons of the panel that tells of a camera's trouble; the first is the one to take.

    Args:
        state: how the camera is.
        other: lets the person choose another one.
        demo: takes the demo scene.
    """
    found: list[Choice] = [
        (
            translate("Faults", "Choose another camera"),
            translate("Faults", "Pick a camera, a clip, a folder or an address"),
            other,
        ),
        (translate("Faults", "Use the demo scene"), translate("Faults", "Try it without a camera"), demo),
    ]
    address = SETTINGS.get(sys.platform)
    if state.refused and address is not None:
        settings: Choice = (
            translate("Faults", "Open the system's settings"),
            translate("Faults", "Go to the switch that lets programs use the camera"),
            lambda: QDesktopServices.openUrl(QUrl(address)),
        )
        found.insert(0, settings)
    return found
