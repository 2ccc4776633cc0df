# SPDX-License-Identifier: Apache-2.0
"""OpenCV, imported in this one place.

Where opencv-python is installed in place of opencv-python-headless, it carries a Qt 5 of its own, and importing it
points Qt's environment variables there, which would keep PySide6 from finding its plugins and fonts
(https://github.com/opencv/opencv-python/issues/736); they are put back as they were.
OpenCV's own limit of 2^30 pixels would let one picture fill the memory.
"""

from __future__ import annotations

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")

MAX_PIXELS = 50_000_000
"""Pictures with more pixels than this are refused by their header."""

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
# Media Foundation takes tens of seconds to open some cameras with hardware transforms on.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
# In whole seconds, of a V4L2 camera that is silent; ten if nobody says so, in which it may have come back.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["MAX_PIXELS", "cv2"]
