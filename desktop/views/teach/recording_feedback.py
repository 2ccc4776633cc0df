# SPDX-License-Identifier: Apache-2.0
"""That something is being recorded is seen and heard: badge, card, countdown, sounds, and the flying frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.session import Session
from desktop.settings import Settings
from desktop.sound import Sounds
from desktop.views.teach.camera_view import CameraView
from desktop.views.teach.class_list import ClassList
from desktop.views.teach.flight import Flight, system_moves
from desktop.views.teach.latest_pictures import LatestPictures
from learner.types import ClassInfo


class RecordingFeedback(QObject):
    """Shows what the recorder does.

    Args:
        session: the project.
        settings: whether things move.
        sounds: what is heard.
        camera: the picture.
        classes: the cards.
        over: what holds both; what flies does so over it.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        sounds: Sounds,
        camera: CameraView,
        classes: ClassList,
        over: QWidget,
    ) -> None:
        super().__init__(camera)
        self._recorder = session.recorder
        self._settings = settings
        self._sounds = sounds
        self._camera = camera
        self._classes = classes
        self._latest = LatestPictures(session, classes)
        self._over = over
        self.flight = Flight(over)
        session.learned.connect(lambda _: sounds.learned())
        self._recorder.counting.connect(camera.show_countdown)
        self._recorder.started.connect(self._start)
        self._recorder.kept.connect(self._keep)
        self._recorder.stopped.connect(self._stop)

    def _start(self, info: ClassInfo) -> None:
        self._camera.show_recording(info)
        self._classes.show_recording(info.id)

    def _keep(self, info: ClassInfo, count: int) -> None:
        if self._recorder.recording is not None:
            self._camera.show_recording(info, count)
        if count == 1:
            self._sounds.kept()
        self._latest.refresh()
        self._let_fly(info)

    def _stop(self, _: ClassInfo) -> None:
        self._camera.show_recording(None)
        self._classes.show_recording(None)

    def _let_fly(self, info: ClassInfo) -> None:
        card = self._classes.cards.get(info.id)
        if card is None or self.flight.is_under_way or not (self._settings.motion and system_moves()):
            return
        over, square = self._over, self._camera.square
        start = QRect(self._camera.mapTo(over, square.topLeft()), square.size())
        end = QRect(card.pictures.mapTo(over, QPoint()), QSize(theme.SMALL_PICTURE, theme.SMALL_PICTURE))
        self.flight.fly(self._camera.square_picture(2 * theme.QUESTION_PICTURE), start, end)
