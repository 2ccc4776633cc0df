# SPDX-License-Identifier: Apache-2.0
"""The window: menus, the project's name, the rooms, and what the learner does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.keys import is_same, meant
from desktop.learner_bridge import LearnerStatus, Phase
from desktop.session import Session
from desktop.settings import Settings
from desktop.sound import Sounds
from desktop.text import caption
from desktop.theme import Mode, Theme
from desktop.views.insight import InsightRoom
from desktop.views.learning_strip import LearningStrip
from desktop.views.notices import Cause, Notices
from desktop.views.review import ReviewRoom
from desktop.views.room import Room
from desktop.views.teach import TeachView
from desktop.views.use import UseRoom
from learner.camera import CameraInfo
from learner.errors import ShowtellError

_ROOMS = (
    ("Teach", "Show things and name them"),
    ("Review", "Look through the samples and put them right"),
    ("Insight", "See how good it is, and why"),
    ("Use", "Put what was learned to use"),
)


class MainWindow(QMainWindow):
    """Assembles the views; what they ask for goes out as signals."""

    new_project = Signal()
    open_project = Signal()
    recent_project = Signal(object)
    """The path of a project opened before."""
    use_camera = Signal(str)
    """A source, as `open_source` takes it."""
    choose_clip = Signal()
    choose_folder = Signal()
    choose_address = Signal()
    closing = Signal()

    def __init__(
        self, appearance: Theme, settings: Settings, sounds: Sounds, cameras: Callable[[], list[CameraInfo]]
    ) -> None:
        super().__init__()
        self._theme = appearance
        self._settings = settings
        self._sounds = sounds
        self._cameras = cameras
        self.teach: TeachView | None = None
        self.review: ReviewRoom | None = None
        self.insight: InsightRoom | None = None
        self.use: UseRoom | None = None
        self._rooms: list[Room] = []
        self._held = (0, "")
        self.setWindowTitle("Showtell")
        self.setMinimumSize(*theme.SMALLEST_WINDOW)
        self.resize(*theme.WINDOW)
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)
        self._project = _button("Project", "New, open and recent projects")
        self._camera = _button("Camera", "Choose what the picture comes from")
        self._source = QLabel()
        self._source.setProperty("role", "small")
        self._session: Session | None = None
        self._undo_menu = QMenu("Edit", self)
        self._undo, self._redo = QAction(self), QAction(self)
        self._pause = QAction("Pause learning", self, checkable=True)
        self._sleep = QAction("Go over everything now", self)
        self._modes: dict[Mode, QAction] = {}
        self._build_menus()
        self._stack = QStackedWidget()
        self.notices = Notices(self._stack)
        self.strip = LearningStrip(appearance)
        self.doors = self._build_doors()
        self._lay_out()
        appearance.changed.connect(self._show_icons)
        self._show_icons()

    def show_session(self, session: Session) -> None:
        """Show a project in place of the one shown before."""
        self.notices.open_room(None)
        self.notices.unsay_all()
        for room in self._rooms:
            self._stack.removeWidget(room)
            room.deleteLater()
        self._session = session
        self.strip.show_session(session)
        self.teach = TeachView(self._theme, session, self._sounds, self.strip, self.notices)
        self.teach.other_camera.connect(self._camera.showMenu)
        self.teach.demo_camera.connect(lambda: self.use_camera.emit("demo"))
        self.review = ReviewRoom(self._theme, session)
        self.insight = InsightRoom(self._theme, session)
        self.insight.samples_wanted.connect(self._show_samples)
        self.use = UseRoom(self._theme, session)
        self._rooms = [self.teach, self.review, self.insight, self.use]
        for room in self._rooms:
            room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._stack.addWidget(room)
        self._project.setText(caption(session.path.name))
        self.setWindowTitle(f"{session.path.name} – Showtell")
        session.undo_changed.connect(self._show_undo)
        session.failed.connect(self.notices.say_failure)
        session.cannot_open.connect(self._say_no_project)
        session.learner.status_changed.connect(self._show_status)
        session.learned.connect(self.strip.note)
        self._show_undo()
        self._show_on_hold()
        self.open_room(self.teach)

    def open_room(self, room: Room) -> None:
        """Open one of the rooms."""
        present = self.room
        if present is not None and present is not room:
            present.finish_editing()
            present.leave()
        self._stack.setCurrentWidget(room)
        self.doors[self._rooms.index(room)].setChecked(True)
        self.notices.open_room(room)
        room.setFocus()
        room.enter()

    @property
    def room(self) -> Room | None:
        """The room that is open."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Room) else None

    def finish_editing(self) -> None:
        """Keep what is being edited, before the project goes away."""
        if self.room is not None:
            self.room.finish_editing()

    def show_source(self, description: str) -> None:
        """Say what the picture comes from."""
        self._source.setText(description)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give keys that no focused widget wanted to the room."""
        key = meant(event)
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.isAutoRepeat() and key.isdigit():
            return
        room = self.room
        if room is None or not plain or not room.press_key(key):
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
        self.hide()
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(theme.L, theme.XS, theme.L, theme.XS)
        header.setSpacing(theme.S)
        header.addWidget(self._project)
        header.addStretch(1)
        for door in self.doors:
            header.addWidget(door)
        header.addStretch(1)
        header.addWidget(self._source)
        header.addWidget(self._camera)
        header.addWidget(self._appearance)
        header.addWidget(self._sound)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(whole)

    def _build_doors(self) -> list[QToolButton]:
        doors = []
        for number, (name, meaning) in enumerate(_ROOMS, start=1):
            shortcut = QKeySequence(f"Ctrl+{number}")
            door = QToolButton()
            door.setProperty("role", "door")
            door.setText(name)
            door.setCheckable(True)
            door.setAutoExclusive(True)
            door.setAccessibleName(name)
            door.setToolTip(f"{meaning} ({shortcut.toString(QKeySequence.SequenceFormat.NativeText)})")
            door.setShortcut(shortcut)
            door.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            door.clicked.connect(partial(self._go_through, number - 1))
            doors.append(door)
        return doors

    def _go_through(self, place: int) -> None:
        if place < len(self._rooms):
            self.open_room(self._rooms[place])

    def _show_samples(self, title: str, sample_ids: NDArray[np.int64]) -> None:
        if self.review is not None:
            self.open_room(self.review)
            self.review.show_samples(title, sample_ids)

    def _say_no_project(self, error: ShowtellError) -> None:
        self.notices.say(
            Cause.PROJECT,
            error.title,
            error.message,
            [
                ("Open another project", "Choose another project file", self.open_project.emit),
                ("New project", "Start a new project file", self.new_project.emit),
            ],
        )
        self.strip.note("no project", milliseconds=0)

    def _show_status(self, status: LearnerStatus) -> None:
        if status.phase is Phase.PAUSED and self._session is not None:
            why = status.detail or "The learner stopped several times in a row."
            self.notices.say(
                Cause.LEARNER,
                "Learning is paused",
                f"{why} Your samples are safe, and recording still works.",
                [("Start it again", "Start the learner again", self._session.learner.start)],
            )
        else:
            self.notices.unsay(Cause.LEARNER)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        project, camera, view = QMenu("Project", self), QMenu("Camera", self), QMenu("View", self)
        learning = QMenu("Learning", self)
        for menu in (project, self._undo_menu, learning, camera, view):
            bar.addMenu(menu)
        # The buttons open the menus of the bar: a second menu with the same shortcuts would make Qt carry out neither.
        self._project.setMenu(project)
        self._camera.setMenu(camera)
        project.aboutToShow.connect(partial(self._fill_project_menu, project))
        camera.aboutToShow.connect(partial(self._fill_camera_menu, camera))
        self._fill_project_menu(project)
        self._appearance = _button("Light or dark", "Switch between light and dark")
        self._appearance.clicked.connect(lambda: self._choose_mode("light" if self._theme.is_dark else "dark"))
        self._sound = _button("Sound", "Switch sounds on or off")
        self._sound.clicked.connect(self._toggle_sound)
        self._undo.setShortcut(QKeySequence("Ctrl+Z"))
        self._redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._undo.triggered.connect(lambda _: self._session.undo() if self._session else None)
        self._redo.triggered.connect(lambda _: self._session.redo() if self._session else None)
        self._undo_menu.addActions([self._undo, self._redo])
        self._show_undo()
        self._pause.setShortcut(QKeySequence("Ctrl+P"))
        self._pause.triggered.connect(self._pause_learning)
        self._sleep.triggered.connect(lambda _: self._session.learner.sleep("asked for") if self._session else None)
        learning.addActions([self._pause, self._sleep])
        group = QActionGroup(view)
        modes: tuple[tuple[str, Mode], ...] = (("Light", "light"), ("Dark", "dark"), ("As the system", "system"))
        for text, mode in modes:
            action = self._modes[mode] = QAction(text, view, checkable=True, checked=self._theme.mode == mode)
            action.triggered.connect(lambda _, mode=mode: self._choose_mode(mode))
            group.addAction(action)
            view.addAction(action)

    def _fill_project_menu(self, menu: QMenu) -> None:
        menu.clear()
        _add(menu, "New project…", self.new_project.emit, "Ctrl+N")
        _add(menu, "Open project…", self.open_project.emit, "Ctrl+O")
        recent = self._settings.recent
        if recent:
            menu.addSeparator()
        for path in recent:
            _add(menu, _short(path), partial(self.recent_project.emit, path))
        menu.addSeparator()
        _add(menu, "Quit", self.close, "Ctrl+Q")

    def _fill_camera_menu(self, menu: QMenu) -> None:
        menu.clear()
        cameras = self._cameras()
        for camera in cameras:
            _add(menu, camera.name, partial(self.use_camera.emit, str(camera.index)))
        if not cameras:
            menu.addAction("No camera found").setEnabled(False)
        menu.addSeparator()
        _add(menu, "Clip…", self.choose_clip.emit)
        _add(menu, "Folder of pictures…", self.choose_folder.emit)
        _add(menu, "Address of a phone…", self.choose_address.emit)
        _add(menu, "Demo scene", lambda: self.use_camera.emit("demo"))

    def _show_undo(self) -> None:
        session = self._session
        for action, name, text in (
            (self._undo, "Undo", session.undo_text if session else None),
            (self._redo, "Redo", session.redo_text if session else None),
        ):
            action.setText(caption(f"{name} {text or ''}".strip()))
            action.setEnabled(text is not None)

    def _pause_learning(self, pause: bool) -> None:
        if self._session is not None:
            (self._session.learner.pause if pause else self._session.learner.resume)()
        self._show_on_hold()

    def _show_on_hold(self) -> None:
        on_hold = self._session is not None and self._session.learner.status.on_hold
        self._pause.setChecked(on_hold)
        self._sleep.setEnabled(not on_hold)

    def _choose_mode(self, mode: Mode) -> None:
        self._settings.theme = mode
        self._modes[mode].setChecked(True)
        self._theme.set_mode(mode)

    def _toggle_sound(self) -> None:
        self._sounds.on = self._settings.sound = not self._sounds.on
        self._show_icons()

    def _show_icons(self) -> None:
        colour = self._theme.tokens.muted
        self._project.setIcon(icon("project", colour))
        self._camera.setIcon(icon("camera", colour))
        self._appearance.setIcon(icon("light" if self._theme.is_dark else "dark", colour))
        self._sound.setIcon(icon("sound" if self._sounds.on else "silent", colour))
        self._sound.setAccessibleDescription("on" if self._sounds.on else "off")


def _button(name: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _add(menu: QMenu, text: str, deed: Callable[[], object], shortcut: str = "") -> None:
    action = menu.addAction(caption(text))
    action.triggered.connect(lambda _checked: deed())
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)


def _short(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
