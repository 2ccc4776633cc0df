# SPDX-License-Identifier: Apache-2.0
"""Frame sources: a device, a clip, a folder, an address, a rendered scene; and the thread that runs one."""

from __future__ import annotations

from learner.camera.camera import STALL_SECONDS, Camera, CameraState, CameraStatus
from learner.camera.demo import DemoScene, DemoSource
from learner.camera.device import CameraInfo, list_cameras
from learner.camera.source import Frame, FrameSource, open_source
from learner.camera.stillness import Stillness

__all__ = [
    "STALL_SECONDS",
    "Camera",
    "CameraInfo",
    "CameraState",
    "CameraStatus",
    "DemoScene",
    "DemoSource",
    "Frame",
    "FrameSource",
    "Stillness",
    "list_cameras",
    "open_source",
]
