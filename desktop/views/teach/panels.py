# SPDX-License-Identifier: Apache-2.0
"""The panels of the room Teach, and what is chosen in them: it holds at once and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.framing import Framing
from desktop.recorder import Manner
from desktop.session import Session
from desktop.settings import Settings
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.side_panel import SidePanel
from desktop.views.teach.camera_view import CameraView
from desktop.views.teach.record_settings import RecordSettings
from desktop.views.teach.unknown_slider import UnknownPanel
from learner.camera import CameraInfo
from learner.types import Prediction


class TeachPanels(QObject):
    """At most one of the panels is open.

    Args:
        appearance: light or dark.
        session: the project.
        settings: where choices are kept.
        sounds: what is heard.
        cameras: lists the cameras of this machine; called in a thread.
        camera: the picture.
        over: what the panels lie over.
    """

    changed = Signal()
    """A panel was opened or closed."""
    use_camera = Signal(str)
    choose_clip = Signal()
    choose_folder = Signal()
    choose_address = Signal()

    def __init__(
        self,
        appearance: Theme,
        session: Session,
        settings: Settings,
        sounds: Sounds,
        cameras: Callable[[], Sequence[CameraInfo]],
        camera: CameraView,
        over: QWidget,
    ) -> None:
        super().__init__(over)
        self._session = session
        self._settings = settings
        self._sounds = sounds
        self._camera = camera
        self.recording = RecordSettings(appearance, over, settings, cameras, lambda: sounds.on)
        self.unknown = UnknownPanel(appearance, over)
        self._connect()
        session.recorder.manner = self.recording.manner
        camera.set_framing(settings.framing)
        camera.set_mirror(settings.mirror)

    @property
    def is_open(self) -> bool:
        """Whether one of them is open."""
        return self._open is not None

    def close(self) -> None:
        """Close whichever is open."""
        if self._open is not None:
            self._open.close_it()

    def toggle_recording(self) -> None:
        """Open or close the one that says how to record."""
        self._toggle(self.recording)

    def toggle_unknown(self) -> None:
        """Open or close the one that says when to say unknown."""
        self._toggle(self.unknown)
        self._read_limit()

    def show_prediction(self, prediction: Prediction) -> None:
        """Show how novel the present picture is."""
        several = len(prediction.probabilities) > 1
        self.unknown.show_novelty(prediction.novelty if several else None)

    def show_measured(self, evaluation: Mapping[str, Any]) -> None:
        """Take what was measured of the version in use."""
        self.unknown.show_measured(evaluation)

    def _connect(self) -> None:
        panel = self.recording
        panel.camera_wanted.connect(self.use_camera)
        panel.clip_wanted.connect(self.choose_clip)
        panel.folder_wanted.connect(self.choose_folder)
        panel.address_wanted.connect(self.choose_address)
        panel.framing_changed.connect(self._set_framing)
        panel.mirror_changed.connect(self._camera.set_mirror)
        panel.manner_changed.connect(self._set_manner)
        panel.sound_wanted.connect(self._set_sound)
        self._camera.framed.connect(self._set_framing)
        self.unknown.limit_chosen.connect(self._session.set_unknown_limit)
        self._session.unknown_limit_changed.connect(self._read_limit)
        for one in (self.recording, self.unknown):
            one.shut.connect(self.changed)

    @property
    def _open(self) -> SidePanel | None:
        return next((panel for panel in (self.recording, self.unknown) if panel.is_open), None)

    def _toggle(self, panel: SidePanel) -> None:
        present = self._open
        self.close()
        if present is not panel:
            panel.open_it()
        self.changed.emit()

    def _set_framing(self, framing: Framing) -> None:
        self._settings.framing = framing
        self._camera.set_framing(framing)
        self.recording.show_framing(framing)

    def _set_manner(self, manner: Manner) -> None:
        self._session.recorder.stop()
        self._session.recorder.manner = manner

    def _set_sound(self, on: bool) -> None:
        self._sounds.on = self._settings.sound = on

    def _read_limit(self) -> None:
        if self.unknown.is_open:
            self._session.reader.ask(lambda buffer: buffer.unknown_limit(), self.unknown.show_limit)
