# SPDX-License-Identifier: Apache-2.0
"""A camera's frames and states as Qt signals, at most one frame on its way."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal

from learner.camera import Camera, CameraState, CameraStatus, Frame, FrameSource


class CameraBridge(QObject):
    """Runs one camera at a time and hands its newest frame to the thread of this object."""

    frame = Signal(object)
    """The newest Frame."""
    state = Signal(object)
    """A CameraState."""
    _arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._camera: Camera | None = None
        self._lock = threading.Lock()
        self._waiting: Frame | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def source(self) -> FrameSource | None:
        """The source in use."""
        return self._camera.source if self._camera else None

    def start(self, source: FrameSource) -> None:
        """Use this source from now on."""
        self.stop()
        camera = Camera(source, self._take, self._hear)
        self._camera = camera
        camera.start()

    def stop(self) -> None:
        """Stop the camera and wait for it; a frame still on its way is dropped."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop(timeout=2.0)
        with self._lock:
            self._waiting = None

    def _take(self, frame: Frame) -> None:
        with self._lock:
            idle, self._waiting = self._waiting is None, frame
        if idle:
            self._arrived.emit()

    def _hear(self, state: CameraState) -> None:
        if state.status is not CameraStatus.LIVE:
            with self._lock:  # what has not been handed over by now is of before
                self._waiting = None
        self.state.emit(state)

    def _deliver(self) -> None:
        with self._lock:
            frame, self._waiting = self._waiting, None
        if frame is not None and self._camera is not None:
            self.frame.emit(frame)
