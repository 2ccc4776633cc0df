# SPDX-License-Identifier: Apache-2.0
"""The window: header, rooms, strip, and what lies over them.

It is on the screen before anything else of the app is there. So what only a project needs, the rooms before all, is
imported when there is one.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys import is_same
from desktop.learner_status import LearnerStatus
from desktop.settings import Settings
from desktop.shortcuts import Shortcuts
from desktop.sound import Sounds
from desktop.theme import Theme
from desktop.views import file_questions
from desktop.views.backbone_acts import BackboneActs
from desktop.views.backbone_words import seen_words
from desktop.views.coach_panel import CoachPanel
from desktop.views.dialogs import Dialogs
from desktop.views.header import Header
from desktop.views.learning_strip import LearningStrip
from desktop.views.menus import Menus
from desktop.views.notices import Notices
from desktop.views.project_troubles import ProjectTroubles
from desktop.views.room import Room
from desktop.views.session_acts import SessionActs
from desktop.views.teach.card_frame import dropped_files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop.action_runner import ActionRunner
    from desktop.serving import Serving
    from desktop.session import Session
    from desktop.views.insight.room import InsightRoom
    from desktop.views.review.room import ReviewRoom
    from desktop.views.teach.room import TeachRoom
    from desktop.views.use.room import UseRoom
    from desktop.views.welcome import Welcome
    from learner.camera import CameraInfo

PLACES = ("teach", "review", "insight", "use")
"""The rooms in the order of their doors, as `desktop.shortcuts` names them."""

_OTHERS = ("desktop.views.review.room", "desktop.views.insight.room", "desktop.views.use.room")
"""The rooms that a project does not begin in, and what they are made of."""
_OTHERS_MILLISECONDS = 2000
"""After a project is shown, they are imported; its picture and its first answer come before."""


class MainWindow(QMainWindow):
    """Assembles the views; what they ask for goes out as signals.

    Args:
        settings: what it remembers.
        cameras: lists the cameras that there are.
    """

    new_project = Signal()
    open_project = Signal()
    recent_project = Signal(object)
    """The path of a project opened before."""
    use_camera = Signal(str)
    """A source, as `open_source` takes it."""
    choose_clip = Signal()
    choose_folder = Signal()
    choose_address = Signal()
    practice = Signal()
    """A new project with the drawn desk in place of a camera."""
    watch_demo = Signal()
    restart = Signal()
    """The app is to start anew, with the same project."""
    closing = Signal()

    def __init__(self, settings: Settings, cameras: Callable[[], list[CameraInfo]]) -> None:
        super().__init__()
        self.appearance = Theme(settings.theme)
        self.sounds = Sounds(on=settings.sound)
        self._settings = settings
        self._cameras = cameras
        self.shortcuts = Shortcuts(settings)
        self.teach: TeachRoom | None = None
        self._review: ReviewRoom | None = None
        self._insight: InsightRoom | None = None
        self._use: UseRoom | None = None
        self.runner: ActionRunner | None = None
        self.serving: Serving | None = None
        self._rooms: dict[str, Room] = {}
        self._others = QTimer(self)
        self._others.setSingleShot(True)
        self._others.timeout.connect(self._prepare_others)
        self.setAcceptDrops(True)
        self._session: Session | None = None
        self._held = (0, "")
        self._take_place()
        self.menus = Menus(self, settings, self.shortcuts, self.appearance, cameras)
        self.header = Header(self.appearance, self.shortcuts)
        # The buttons open the menus of the bar: a second menu with the same keys would make Qt carry out neither.
        self.header.project.setMenu(self.menus.project)
        self.header.camera.setMenu(self.menus.camera)
        self.pill = self.header.pill
        self._stack = QStackedWidget()
        self.notices = Notices(self._stack)
        self.strip = LearningStrip()
        self.coach = CoachPanel(self.appearance, settings)
        self.welcome: Welcome | None = None
        self.dialogs = Dialogs(self, self.appearance, settings, self.sounds, self.shortcuts)
        self.troubles = ProjectTroubles(self.notices, self.pill)
        self._acts = SessionActs(self.menus, self.pill, self.notices)
        self._backbone_acts = BackboneActs(self.menus, self.pill, self.strip, self.notices)
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show a project in place of the one shown before."""
        from desktop.action_runner import ActionRunner
        from desktop.serving import Serving
        from desktop.views.teach.room import TeachRoom

        self.notices.open_room(None)
        self.notices.unsay_all()
        for room in self._rooms.values():
            self._stack.removeWidget(room)
            room.deleteLater()
        self._rooms.clear()
        self._review = self._insight = self._use = None
        self._session = session
        for action in (*self.menus.imports, self.menus.list_backups):
            action.setEnabled(True)
        self.dialogs.show_session(session)
        self.strip.show_session(session)
        self.pill.show_session(session)
        self.runner = ActionRunner(session, self._settings)
        self.header.acting.show_runner(self.runner)
        before, self.serving = self.serving, Serving(session, self._settings)
        self.header.serving.show_serving(self.serving)
        teach = self.teach = TeachRoom(
            self.appearance, session, self.sounds, self.strip, self.notices, self._settings, self._cameras
        )
        for name in ("use_camera", "choose_clip", "choose_folder", "choose_address"):
            getattr(teach, name).connect(getattr(self, name))
        teach.other_camera.connect(self.header.camera.showMenu)
        teach.demo_camera.connect(lambda: self.use_camera.emit("demo"))
        self._add(teach, "teach")
        self._others.start(_OTHERS_MILLISECONDS)
        self.header.show_project(session.path.name)
        self.setWindowTitle(self.tr("{project} – Showtell").format(project=session.path.name))
        session.failed.connect(self.notices.say_failure)
        session.learned.connect(self.strip.note)
        session.backbones.gone_seen.connect(self._say_seen)
        session.actions_changed.connect(lambda: self.use)  # one of them may fill the screen
        self.troubles.show_session(session)
        session.cannot_open.connect(lambda _: self._lead_nowhere(session))
        self._acts.show_session(session)
        self._backbone_acts.show_session(session)
        self.coach.show_session(session)
        if before is not None and before.ended_with_project:
            self.strip.note(self.tr("Other programs can no longer ask: the other project was closed"))
        self.open_room(teach)

    @property
    def review(self) -> ReviewRoom | None:
        """The room of the samples; like the two below it is made when it is first wanted."""
        if self._review is None and self._session is not None:
            from desktop.views.review.room import ReviewRoom

            self._review = ReviewRoom(self.appearance, self._session)
            self._add(self._review, "review")
        return self._review

    @property
    def insight(self) -> InsightRoom | None:
        """The room that says how good the model is."""
        if self._insight is None and self._session is not None:
            from desktop.views.insight.room import InsightRoom

            self._insight = InsightRoom(self.appearance, self._session)
            self._insight.samples_wanted.connect(self._show_samples)
            self._add(self._insight, "insight")
        return self._insight

    @property
    def use(self) -> UseRoom | None:
        """The room in which what was learned is put to use; it fills the screen for an action, too."""
        if self._use is None and self._session is not None and self.runner is not None and self.serving is not None:
            from desktop.views.use.room import UseRoom

            self._use = UseRoom(self.appearance, self._session, self.runner, self.serving)
            self._add(self._use, "use")
        return self._use

    def show_welcome(self) -> None:
        """Offer ways to begin, in place of the rooms; the doors lead back to a project that is open."""
        present = self.room
        if present is not None:
            present.finish_editing()
            present.leave()
        if self.welcome is None:
            from desktop.views.welcome import Welcome

            self.welcome = Welcome(self.appearance, self._settings)
            for name in ("new_project", "open_project", "recent_project", "practice", "watch_demo"):
                getattr(self.welcome, name).connect(getattr(self, name))
            self._stack.addWidget(self.welcome)
        self._stack.setCurrentWidget(self.welcome)
        self.notices.open_room(self.welcome)
        self.coach.enter(in_teach=False)
        self.strip.hide()
        self.header.show_rooms(self._session is not None)
        for door in self.header.doors:  # none of the rooms is open
            door.setAutoExclusive(False)
            door.setChecked(False)
            door.setAutoExclusive(True)
        self.welcome.enter()
        self.welcome.begin.setFocus()

    def open_room(self, room: Room) -> None:
        """Open one of the rooms."""
        present = self.room
        if present is not None and present is not room:
            present.finish_editing()
            present.leave()
        self._stack.setCurrentWidget(room)
        self.header.doors[PLACES.index(self.place)].setChecked(True)
        self.notices.open_room(room)
        self.coach.enter(in_teach=room is self.teach)
        self.strip.show()
        self.header.show_rooms(True)
        room.setFocus()
        room.enter()

    @property
    def room(self) -> Room | None:
        """The room that is open."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Room) and shown is not self.welcome else None

    @property
    def place(self) -> str:
        """The room that is open, as `desktop.shortcuts` names it; "" where there is none."""
        room = self.room
        return next((name for name, made in self._rooms.items() if made is room), "")

    @property
    def wants_answers(self) -> bool:
        """Whether anybody sees what the model says of the camera's picture, here or elsewhere, or an action waits.

        A learner that is asked for answers counts as in use, and puts off what takes long.
        """
        is_seen = self.isVisible() and not self.isMinimized()
        is_acting = self.runner is not None and self.runner.on > 0
        return is_seen or is_acting or (self.serving is not None and self.serving.is_followed)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import files and folders, in the room in which one sees what becomes of them."""
        if paths and self.teach is not None:
            self.open_room(self.teach)
            self.teach.bring_in(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and folders wherever nothing else takes them."""
        if self.teach is not None and dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Import what was dropped."""
        event.acceptProposedAction()
        self.bring_in(dropped_files(event))

    def finish_editing(self) -> None:
        """Keep what is being edited, before the project goes away."""
        if self.room is not None:
            self.room.finish_editing()

    def show_source(self, description: str) -> None:
        """Say what the picture comes from."""
        self.header.show_source(description)

    def come_to_front(self) -> None:
        """Be where the person looks, and ask for a look where the system does not let windows come by themselves."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give keys that no focused widget wanted to the room."""
        key = self.shortcuts.default_key(self.place, event)
        if event.isAutoRepeat() and key.isdigit():
            return
        room = self.room
        if room is None or not key or not room.press_key(key):
            if event.key() == Qt.Key.Key_Escape and self.coach.isVisible():
                self.coach.dismiss()
            super().keyPressEvent(event)
        elif key == room.held_key:  # a digit without a class takes nothing from the one that is held
            self._held = event.nativeScanCode(), key

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Tell the room that a key came up."""
        if self.room is not None and not event.isAutoRepeat() and is_same(event, *self._held):
            self.room.release_key(self._held[1])
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """A window that is not in front gets no key releases: whatever was held is over."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.room is not None:
            self.room.leave()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember place and size, and let the app stop its parts, which may take a moment that nobody has to watch."""
        self._settings.geometry = self.saveGeometry()
        self.finish_editing()
        self.dialogs.close()
        self.hide()
        self.closing.emit()
        super().closeEvent(event)

    def _take_place(self) -> None:
        self.setWindowTitle("Showtell")
        room = QGuiApplication.primaryScreen().availableSize()
        # With everything twice as large, a small screen has less room than the window would like.
        self.setMinimumSize(*(min(*sides) for sides in zip(theme.SMALLEST_WINDOW, room.toTuple(), strict=True)))
        self.resize(*theme.WINDOW)
        if self._settings.geometry is not None:
            self.restoreGeometry(self._settings.geometry)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.coach)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        for name in ("new_project", "open_project", "recent_project", "use_camera"):
            getattr(self.menus, name).connect(getattr(self, name))
        for name in ("choose_clip", "choose_folder", "choose_address"):
            getattr(self.menus, name).connect(getattr(self, name))
        self.menus.import_files.connect(lambda: self.bring_in(file_questions.to_import(self)))
        self.menus.import_folder.connect(lambda: self.bring_in(file_questions.folder_to_import(self)))
        self.menus.welcome.connect(self.show_welcome)
        self.menus.quit.connect(self.close)
        self.menus.backups.connect(self.dialogs.open_backups)
        self.troubles.try_again.connect(self.recent_project)
        self.troubles.open_another.connect(self.open_project)
        self.troubles.start_new.connect(self.new_project)
        self.troubles.choose_folder.connect(self.dialogs.open_backup_preferences)
        self.menus.preferences.connect(self.dialogs.open_preferences)
        self.menus.about.connect(self._open_about)
        self.menus.keys.connect(lambda: self.dialogs.open_key_help(self.place, self.room, self._stack))
        self.header.preferences.connect(self.dialogs.open_preferences)
        self.header.door_pressed.connect(self._go_through)
        for button in (self.header.acting, self.header.serving):
            button.clicked.connect(lambda: self._go_through(PLACES.index("use")))
        self.dialogs.restart.connect(self.restart)
        self.dialogs.consolidation_allowed.connect(self._allow_consolidation)
        self.shortcuts.changed.connect(self._show_keys)

    def _go_through(self, place: int) -> None:
        room: Room | None = getattr(self, PLACES[place])
        if room is not None:
            self.open_room(room)

    def _add(self, room: Room, place: str) -> None:
        self._rooms[place] = room
        room.setAccessibleName(self.header.doors[PLACES.index(place)].text())
        room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        room.show_keys(self.shortcuts)
        self._stack.addWidget(room)

    def _prepare_others(self) -> None:
        """Import the rooms that nobody has wanted so far, in the reader's thread, so that nobody waits who does."""
        session = self._session
        if session is not None and session.is_open:
            session.reader.ask(_import_others, lambda _: None)

    def _open_about(self) -> None:
        self.dialogs.open_about(self._session.learner.status if self._session is not None else LearnerStatus())

    def _show_keys(self) -> None:
        for room in self._rooms.values():
            room.show_keys(self.shortcuts)

    def _show_samples(self, title: str, sample_ids: NDArray[np.int64]) -> None:
        review = self.review
        if review is not None:
            self.open_room(review)
            review.show_samples(title, sample_ids)

    def _allow_consolidation(self, allowed: bool) -> None:
        if self._session is not None:
            self._session.learner.allow_consolidation(allowed)

    def _lead_nowhere(self, session: Session) -> None:
        """Say nothing of a project that could not be opened but what is the matter."""
        if session is self._session:
            self.coach.stand_aside()
            self.strip.hide()

    def _say_seen(self, count: int) -> None:
        if self.place != "review":  # which says it beside what was done, and can do something about it
            words = seen_words(count)
            self.strip.note(words[:1].upper() + words[1:])


def _import_others(_: object) -> None:
    for name in _OTHERS:
        importlib.import_module(name)
