# SPDX-License-Identifier: Apache-2.0
"""The app asks "What is this?", and the very frame it asked about becomes a sample of what it is told."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import theme
from desktop.asking import Asking
from desktop.session import Session
from desktop.views.teach.camera_view import CameraView
from desktop.views.teach.question_panel import QuestionPanel
from learner.camera import Frame
from learner.types import ClassInfo, Prediction

_LIKELY = 3
_PATIENCE_MILLISECONDS = 15_000
"""A question that nobody answers goes away by itself."""


class Inquiry(QObject):
    """Asks now and then, and puts the answer into the file.

    Args:
        session: the project.
        camera: the picture that the question lies over.
        asking: decides when to ask; another one in tests.
    """

    new_wanted = Signal(object)
    """It is something new: this Frame is its first sample once it has a name."""
    answered = Signal(object)
    """The frame was kept as a sample of a ClassInfo."""

    def __init__(self, session: Session, camera: CameraView, asking: Asking | None = None) -> None:
        super().__init__(camera)
        self._session = session
        self._camera = camera
        self._asking = asking or Asking()
        self._frame: Frame | None = None
        self.panel = QuestionPanel(camera)
        self.panel.answered.connect(self._answer)
        self.panel.new_wanted.connect(self.name_new)
        self.panel.dismissed.connect(self.dismiss)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self.dismiss)

    @property
    def is_open(self) -> bool:
        """Whether it asks."""
        return self.panel.is_open

    def consider(self, prediction: Prediction, *, busy: bool) -> None:
        """Take the newest answer, and ask if it is time to.

        Args:
            prediction: the answer to about the newest frame.
            busy: the person does something else now.
        """
        frame = self._session.recorder.newest
        if frame is None or self.is_open:
            return
        if self._asking.wonders(frame.image, prediction, busy=busy):
            self._frame = frame
            named = (self._session.model.named(name) for name in prediction.probabilities)
            likely = [info for info in named if info is not None][:_LIKELY]
            self.panel.ask(self._camera.square_picture(theme.QUESTION_PICTURE), likely)
            self._patience.start()

    def answer(self, info: ClassInfo) -> None:
        """It is of this class."""
        frame = self._withdraw()
        if frame is not None:
            self._session.recorder.keep(info, frame)
            self.answered.emit(info)

    def name_new(self) -> None:
        """It is something that was not taught yet."""
        frame = self._withdraw()
        if frame is not None:
            self.new_wanted.emit(frame)

    def dismiss(self) -> None:
        """Ask no more about what looks like this."""
        if self.is_open:
            self._asking.refuse()
            self._withdraw()

    def _answer(self, class_id: int) -> None:
        info = self._session.model.with_id(class_id)
        if info is not None:
            self.answer(info)

    def _withdraw(self) -> Frame | None:
        self._patience.stop()
        focus, room = self.panel.window().focusWidget(), self._camera.parentWidget()
        had_focus = focus is not None and self.panel.isAncestorOf(focus)
        self.panel.hide()
        if had_focus and room is not None:
            room.setFocus()
        frame, self._frame = self._frame, None
        return frame
