# SPDX-License-Identifier: Apache-2.0
"""The room in which a thing is shown and named: picture, classes, answer, learner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.session import Session
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.answer_bars import AnswerBars
from desktop.views.camera_view import CameraView
from desktop.views.class_list import ClassList
from desktop.views.learning_strip import LearningStrip
from desktop.views.notices import Cause, Notices, fit
from desktop.views.room import Room
from learner.camera import CameraState, CameraStatus, Frame
from learner.messages import Predicted
from learner.types import ClassInfo

_LET_GO_MILLISECONDS = 40


class TeachView(Room):
    """Everything on screen that belongs to one project."""

    other_camera = Signal()
    """Another camera is wanted."""
    demo_camera = Signal()
    """The demo scene is wanted."""

    shows_picture = True

    def __init__(
        self, appearance: Theme, session: Session, sounds: Sounds, strip: LearningStrip, notices: Notices
    ) -> None:
        super().__init__()
        self._session = session
        self._notices = notices
        self._sounds = sounds
        self.camera = CameraView(appearance)
        self.classes = ClassList(appearance, session.model)
        self.answer = AnswerBars(appearance, session.model)
        self.strip = strip
        self._keys = QLabel("Hold 1–9 to record · N new class · Ctrl+Z takes it back")
        self._keys.setProperty("role", "small")
        self._caption, self._caption_text = _caption(self.camera)
        # X11 repeats a held key as release and press, and Qt cannot always tell that from letting go.
        self._letting_go = QTimer(self)
        self._letting_go.setSingleShot(True)
        self._letting_go.setInterval(_LET_GO_MILLISECONDS)
        self._letting_go.timeout.connect(self.end_recording)
        self._lay_out()
        self._connect()
        self._show_hint()

    @property
    def notices_lie_over(self) -> QWidget:
        """The picture."""
        return self.camera

    def show_frame(self, frame: Frame) -> None:
        """Show a frame."""
        self.camera.show_frame(frame)

    def show_camera(self, state: CameraState) -> None:
        """Show how the camera is."""
        if state.status is CameraStatus.LIVE or (state.status is CameraStatus.OPENING and self.camera.has_picture):
            self._notices.unsay(Cause.CAMERA)
        elif state.status is CameraStatus.OPENING:
            self._notices.say(Cause.CAMERA, state.title, state.message)
        else:
            self._session.recorder.stop()
            self._notices.say(
                Cause.CAMERA,
                state.title,
                state.message,
                [
                    ("Choose another camera", "Pick a camera, a clip, a folder or an address", self.other_camera.emit),
                    ("Use the demo scene", "Try it without a camera", self.demo_camera.emit),
                ],
            )
        self._show_hint()

    def caption(self, text: str) -> None:
        """Tell a story over the picture; an empty text ends it."""
        self._caption_text.setText(text)
        self._caption.setVisible(bool(text))
        self._place_overlays()

    def press_key(self, key: str) -> bool:
        """A key went down; return whether it means something here."""
        if key.upper() == "N":
            self.classes.ask_for_name()
            return True
        if not key.isdigit() or len(key) != 1:
            return False
        info = self._session.model.with_shortcut(key)
        if info is None:
            self.strip.note(f"No class has the key {key} yet. Press N to name one.")
        elif key == self.held_key:
            self._letting_go.stop()
        else:
            self._letting_go.stop()
            self.held_key = key
            self._session.record(info)
        return True

    def release_key(self, key: str) -> None:
        """A key came up."""
        if key == self.held_key:
            self._letting_go.start()

    def leave(self) -> None:
        """Nothing is recorded that nobody sees."""
        self.end_recording()

    def finish_editing(self) -> None:
        """Keep a name that is being edited."""
        self.classes.finish_editing()

    def end_recording(self) -> None:
        """Whatever was held is no longer held."""
        self._letting_go.stop()
        self.held_key = None
        self._session.recorder.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep what lies over the picture in its place."""
        super().resizeEvent(event)
        self._place_overlays()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.M)
        left.addWidget(self.camera, 1)
        left.addWidget(self.answer)
        left.addWidget(self._keys)
        room = QHBoxLayout(self)
        room.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        room.setSpacing(theme.L)
        room.addLayout(left, 1)
        room.addWidget(self.classes)

    def _connect(self) -> None:
        session = self._session
        session.model.changed.connect(self._show_hint)
        session.learner.predicted.connect(self._show_predicted)
        session.learned.connect(lambda _: self._sounds.learned())
        session.recorder.started.connect(self._recording_started)
        session.recorder.kept.connect(self._recording_kept)
        session.recorder.stopped.connect(self._recording_stopped)
        session.recorder.no_picture.connect(lambda: self.strip.note("There is no picture to record."))
        self.classes.pressed.connect(self._press_card)
        self.classes.released.connect(lambda _: self.end_recording())
        self.classes.renamed.connect(session.rename_class)
        self.classes.recoloured.connect(session.recolour_class)
        self.classes.removed.connect(session.remove_class)
        self.classes.named.connect(self._add_class)

    def _press_card(self, class_id: int) -> None:
        info = self._session.model.with_id(class_id)
        if info is not None:
            self._session.record(info)

    def _add_class(self, name: str) -> None:
        def added(info: ClassInfo) -> None:
            self.classes.accept_name()
            self.setFocus()
            key = f"Hold {info.shortcut} to record it." if info.shortcut else "Hold its button to record it."
            self.strip.note(f"{info.name} is there. {key}")

        self._session.add_class(name, added, lambda error: self.classes.refuse_name(error.message))

    def _show_predicted(self, event: Predicted) -> None:
        self.answer.show_prediction(event.prediction)
        several = len(event.prediction.probabilities) > 1
        self.classes.show_answer(event.prediction.label if several and not self.answer.unknown else None)
        self._show_hint()

    def _recording_started(self, info: ClassInfo) -> None:
        self.camera.show_recording(info)
        self.classes.show_recording(info.id)

    def _recording_kept(self, info: ClassInfo, count: int) -> None:
        if self._session.recorder.recording is not None:
            self.camera.show_recording(info, count)
        if count == 1:
            self._sounds.kept()
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            self.end_recording()  # what lies in front gets the key's release

    def _recording_stopped(self, _: ClassInfo) -> None:
        self.camera.show_recording(None)
        self.classes.show_recording(None)

    def _show_hint(self) -> None:
        self.answer.show_hint(_hint(self._session.model.classes, self.camera.has_picture))

    def _place_overlays(self) -> None:
        area = self.camera.rect()
        if not self._caption.isHidden():
            fit(self._caption, min(620, area.width() - theme.XXL))
            self._caption.move((area.width() - self._caption.width()) // 2, theme.M)
            self._caption.raise_()


def _hint(classes: list[ClassInfo], picture: bool) -> str:
    taught = [info for info in classes if info.count]
    if len(taught) > 1:
        return ""
    if taught:
        return f"I know only one thing so far: {taught[0].name}. Teach me a second one: press N and name it."
    if classes:
        key: Callable[[ClassInfo], str] = lambda info: info.shortcut or "its button"  # noqa: E731
        return f"Show me {classes[0].name} and hold {key(classes[0])} for two seconds."
    return "Show me something, then press N and tell me what it is." if picture else ""


def _caption(parent: QWidget) -> tuple[QFrame, QLabel]:
    frame = QFrame(parent)
    frame.setProperty("role", "caption")
    text = QLabel()
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    row = QHBoxLayout(frame)
    row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
    row.addWidget(text)
    frame.hide()
    return frame, text
