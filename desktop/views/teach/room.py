# SPDX-License-Identifier: Apache-2.0
"""The room in which a thing is shown and named: picture, classes, answer, learner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.learner_status import LearnerStatus
from desktop.session import Session
from desktop.settings import Settings
from desktop.shortcuts import Shortcuts
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views.answer_bars import AnswerBars
from desktop.views.learning_strip import LearningStrip
from desktop.views.notices import Cause, Notices, fit
from desktop.views.room import Room
from desktop.views.teach.answer_line import AnswerLine
from desktop.views.teach.camera_faults import choices as camera_choices
from desktop.views.teach.camera_view import CameraView
from desktop.views.teach.class_list import ClassList
from desktop.views.teach.file_drops import FileDrops
from desktop.views.teach.inquiry import Inquiry
from desktop.views.teach.naming import Naming
from desktop.views.teach.panels import TeachPanels
from desktop.views.teach.recording_feedback import RecordingFeedback
from learner.camera import CameraInfo, CameraState, CameraStatus, Frame
from learner.messages import Predicted
from learner.types import ClassInfo

_LET_GO_MILLISECONDS = 40
_CONFIRM, _DISMISS, _NOTHING_LIKE_IT = "\r", "\x1b", "\b"


class TeachRoom(Room):
    """Everything on screen that belongs to one project.

    Args:
        appearance: light or dark.
        session: the project.
        sounds: what is heard.
        strip: says what has just happened.
        notices: says what is the matter.
        settings: how to record, and how the picture is shown.
        cameras: lists the cameras of this machine; called in a thread.
    """

    other_camera = Signal()
    """Another camera is wanted."""
    demo_camera = Signal()
    """The demo scene is wanted."""
    use_camera = Signal(str)
    """A source, as `open_source` takes it, is wanted."""
    choose_clip = Signal()
    choose_folder = Signal()
    choose_address = Signal()

    shows_picture = True

    def __init__(
        self,
        appearance: Theme,
        session: Session,
        sounds: Sounds,
        strip: LearningStrip,
        notices: Notices,
        settings: Settings,
        cameras: Callable[[], Sequence[CameraInfo]],
    ) -> None:
        super().__init__()
        self._session = session
        self._notices = notices
        self._has_stopped = False
        self._settings = settings
        self.camera = CameraView(appearance)
        self.classes = ClassList(
            appearance, session.model, lambda one: session.thumbnails.get(one, 2 * theme.SMALL_PICTURE)
        )
        self.answer = AnswerBars(appearance, session.model)
        self.line = AnswerLine(appearance)
        self.strip = strip
        self._caption, self._caption_text = _caption(self.camera)
        # X11 repeats a held key as release and press, and Qt cannot always tell that from letting go.
        self._letting_go = QTimer(self)
        self._letting_go.setSingleShot(True)
        self._letting_go.setInterval(_LET_GO_MILLISECONDS)
        self._letting_go.timeout.connect(self._let_go)
        self._lay_out()
        self.panels = TeachPanels(appearance, session, settings, sounds, cameras, self.camera, self.classes)
        self.inquiry = Inquiry(session, self.camera)
        self._naming = Naming(session, self.classes)
        self._drops = FileDrops(session, self.classes)
        self._feedback = RecordingFeedback(session, settings, sounds, self.camera, self.classes, self)
        self._connect()
        self._connect_classes()
        self._show_status(session.learner.status)
        self._show_hint()

    @property
    def notices_lie_over(self) -> QWidget:
        """The picture."""
        return self.camera

    def show_frame(self, frame: Frame) -> None:
        """Show a frame, the whole of it."""
        self.camera.show_frame(frame)

    def show_camera(self, state: CameraState) -> None:
        """Show how the camera is."""
        self._has_stopped = state.status in {CameraStatus.WAITING, CameraStatus.FAILED, CameraStatus.ENDED}
        if state.status is CameraStatus.LIVE or (state.status is CameraStatus.OPENING and self.camera.has_picture):
            self._notices.unsay(Cause.CAMERA)
        elif state.status is CameraStatus.OPENING:
            self._notices.say(Cause.CAMERA, state.title, state.message)
        else:
            self._session.recorder.stop()
            self._show_no_answer()
            self.camera.stand_still()
            self._notices.say(
                Cause.CAMERA,
                state.title,
                state.message,
                camera_choices(state, self.other_camera.emit, self.demo_camera.emit),
            )
        self._show_hint()

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import files and folders beside the classes there are."""
        self._drops.take(None, paths)

    def caption(self, text: str) -> None:
        """Tell a story over the picture; an empty text ends it."""
        self._caption_text.setText(text)
        self._caption.setVisible(bool(text))
        self._place_overlays()

    def press_key(self, key: str) -> bool:
        """A key went down; return whether it means something here."""
        if key == self.held_key:  # it repeats, and was not let go
            self._letting_go.stop()
            return True
        deeds: dict[str, Callable[[], object]] = {
            "N": self._press_new,
            "R": self.panels.toggle_recording,
            "U": self.panels.toggle_unknown,
            _CONFIRM: self._press_enter,
            _NOTHING_LIKE_IT: self._name_what_is_seen,
        }
        if key == _DISMISS:
            return self._dismiss()
        if key in deeds:
            deeds[key]()
            return True
        if len(key) != 1 or not key.isdigit():
            return False
        self._press_digit(key)
        return True

    def release_key(self, key: str) -> None:
        """A key came up."""
        if key == self.held_key:
            self._letting_go.start()

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys that are the room's own."""
        return [
            ("1–9, 0", self.tr("Hold: record that class. Tap: this picture is one of it")),
            ("R", self.tr("How to record: camera, square, rate, countdown, length")),
            ("U", self.tr("When to say unknown")),
            (self.tr("Backspace"), self.tr("It is none of these: name what is seen now")),
            (self.tr("Alt+Up, Alt+Down"), self.tr("Move the class card that has the focus")),
            (self.tr("F2"), self.tr("Rename the class card that has the focus")),
            (self.tr("Arrows, +, −, Home"), self.tr("Move and zoom the square, when the picture has the focus")),
        ]

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Name the keys that a person has chosen."""
        self.line.show_keys(shortcuts)
        self.classes.show_key(shortcuts.text("new_class"))

    def leave(self) -> None:
        """Nothing is recorded that nobody sees, and nothing asked."""
        self.end_recording()
        self.classes.cancel_dragging()

    def finish_editing(self) -> None:
        """Keep a name that is being edited, and a limit that is being chosen."""
        self.classes.finish_editing()
        self.panels.close()

    def end_recording(self) -> None:
        """Whatever was held is no longer held, and what records by itself ends."""
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
        left.addWidget(self.line)
        room = QHBoxLayout(self)
        room.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        room.setSpacing(theme.L)
        room.addLayout(left, 1)
        room.addWidget(self.classes)

    def _connect(self) -> None:
        session, recorder = self._session, self._session.recorder
        session.model.changed.connect(self._show_hint)
        session.learner.predicted.connect(self._show_predicted)
        session.learner.status_changed.connect(self._show_status)
        recorder.started.connect(lambda _: self.inquiry.dismiss())
        recorder.counting.connect(lambda _info, _seconds: self.inquiry.dismiss())
        recorder.kept.connect(self._end_if_covered)
        recorder.no_picture.connect(lambda: self.strip.note(self.tr("There is no picture to record.")))
        self.line.right.connect(self._confirm)
        self.line.unknown_wanted.connect(self.panels.toggle_unknown)
        self.line.recording_wanted.connect(self.panels.toggle_recording)
        self.panels.changed.connect(self._show_open)
        for name in ("use_camera", "choose_clip", "choose_folder", "choose_address"):
            getattr(self.panels, name).connect(getattr(self, name))
        self._naming.said.connect(self.strip.note)
        self._naming.named.connect(self.setFocus)
        self.inquiry.answered.connect(
            lambda info: self.strip.note(self.tr("{name}, thank you (+1)").format(name=info.name))
        )
        self.inquiry.new_wanted.connect(self._naming.ask_for_frame)
        self._drops.said.connect(self.strip.note)
        self._drops.failed.connect(self._notices.say_failure)
        self._drops.name_wanted.connect(self._naming.ask_for_files)

    def _connect_classes(self) -> None:
        session, classes = self._session, self.classes
        classes.pressed.connect(self._press_card)
        classes.released.connect(lambda _: session.recorder.let_go())
        classes.renamed.connect(session.rename_class)
        classes.recoloured.connect(session.recolour_class)
        classes.removed.connect(session.remove_class)
        classes.key_wanted.connect(session.set_shortcut)
        classes.moved.connect(session.move_class)

    def _press_new(self) -> None:
        if self.inquiry.is_open:
            self.inquiry.name_new()
        else:
            self._naming.ask()

    def _press_digit(self, key: str) -> None:
        info = self._session.model.with_shortcut(key)
        if info is None:
            self.strip.note(self.tr("No class has the key {key} yet. Press N to name one.").format(key=key))
            return
        self._letting_go.stop()
        self.held_key = key
        if self.inquiry.is_open:
            self.inquiry.answer(info)
        else:
            self._session.record(info)

    def _press_card(self, class_id: int) -> None:
        info = self._session.model.with_id(class_id)
        if info is not None:
            self._session.record(info)

    def _press_enter(self) -> None:
        """Press the button of a panel that has the focus; everywhere else the answer is right."""
        focus = self.window().focusWidget()
        if isinstance(focus, QAbstractButton) and not self.classes.isAncestorOf(focus):
            focus.click()
        elif not self.inquiry.is_open:
            self._confirm()

    def _confirm(self) -> None:
        """The answer is right: what is seen is a sample of it."""
        name, recorder = self.answer.answer, self._session.recorder
        info = self._session.model.named(name) if name is not None else None
        if info is None:
            self.strip.note(self.tr("There is no answer that could be right."))
            return
        if recorder.recording or recorder.awaited:
            return
        if recorder.newest is None:
            recorder.no_picture.emit()
            return
        self.held_key = _CONFIRM
        recorder.keep(info, recorder.newest)
        self.strip.note(self.tr("{name} confirmed (+1)").format(name=info.name))

    def _name_what_is_seen(self) -> None:
        """It is none of the classes: it gets a name, and what is seen becomes its first sample."""
        frame = self._session.recorder.newest
        if self.inquiry.is_open:
            self.inquiry.name_new()
        elif frame is not None:
            self._naming.ask_for_frame(frame)

    def _dismiss(self) -> bool:
        """Let go of the foremost thing that is under way; return whether there was one."""
        recorder, importer = self._session.recorder, self._session.importer
        if self.classes.cancel_dragging():
            return True
        if self.inquiry.is_open:
            self.inquiry.dismiss()
        elif recorder.awaited or (recorder.recording and recorder.manner.is_hands_free):
            recorder.stop()
        elif self.panels.is_open:
            self.panels.close()
        elif importer.is_busy:
            importer.cancel()
        else:
            return False
        return True

    def _show_no_answer(self) -> None:
        """There is no picture to answer to; what was said of the last one would look like an answer to now."""
        self.answer.clear()
        self.classes.show_answer(None)
        self.line.show_answer(None)

    def _show_predicted(self, event: Predicted) -> None:
        if self._has_stopped:  # it is of before
            return
        prediction = event.prediction
        self.answer.show_prediction(prediction)
        self._show_hint()
        self.classes.show_answer(self.answer.answer)
        self.line.show_answer(self.answer.answer)
        self.panels.show_prediction(prediction)
        if self._settings.asks:
            self.inquiry.consider(prediction, busy=self._is_busy)

    @property
    def _is_busy(self) -> bool:
        """Whether the person does something that a question would disturb."""
        recorder = self._session.recorder
        return bool(
            not self.isVisible()
            or recorder.recording
            or recorder.awaited
            or self.classes.is_asking
            or self.panels.is_open
            or self._notices.panel.isVisible()
            or not self._caption.isHidden()
            or QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
        )

    def _show_status(self, status: LearnerStatus) -> None:
        self.classes.show_evaluation(status.evaluation)
        self.panels.show_measured(status.evaluation)

    def _show_open(self) -> None:
        self.line.show_open(unknown=self.panels.unknown.is_open, recording=self.panels.recording.is_open)
        if not self.panels.is_open:
            self.setFocus()

    def _end_if_covered(self) -> None:
        """What lies in front gets the key's release, so that letting go would not be noticed."""
        covered = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if covered and not self._session.recorder.manner.is_hands_free:
            self.end_recording()

    def _let_go(self) -> None:
        self.held_key = None
        self._session.recorder.let_go()

    def _show_hint(self) -> None:
        self.answer.show_hint(self._hint(self._session.model.classes, self.camera.has_picture))
        self.line.show_answer(self.answer.answer)

    def _hint(self, classes: list[ClassInfo], picture: bool) -> str:
        taught = [info for info in classes if info.count]
        if len(taught) > 1 or not self._session.is_open:
            return ""
        if taught:
            text = self.tr("I know only one thing so far: {name}. Teach me a second one: press N and name it.")
            return text.format(name=taught[0].name)
        if classes:
            key = classes[0].shortcut or self.tr("its button")
            text = self.tr("Show me {name} and hold {key} for two seconds.")
            return text.format(name=classes[0].name, key=key)
        return self.tr("Show me something, then press N and tell me what it is.") if picture else ""

    def _place_overlays(self) -> None:
        area = self.camera.rect()
        if not self._caption.isHidden():
            fit(self._caption, min(620, area.width() - theme.XXL))
            self._caption.move((area.width() - self._caption.width()) // 2, theme.M)
            self._caption.raise_()


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
