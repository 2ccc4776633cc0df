# SPDX-License-Identifier: Apache-2.0
"""The menus of the window: everything it can do, by name and with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.settings import Settings
from desktop.shortcuts import Shortcuts
from desktop.text import caption
from desktop.theme import Mode, Theme
from desktop.views.backbone_words import meaning

if TYPE_CHECKING:
    from learner.camera import CameraInfo


class Menus(QObject):
    """Makes the menus and says what was chosen in them.

    Args:
        window: whose menus they are.
        settings: has the recent projects.
        shortcuts: which key does what.
        appearance: is switched here.
        cameras: returns the cameras that are there.
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
    import_files = Signal()
    import_folder = Signal()
    backups = Signal()
    """The list of the copies of the open project is wanted."""
    welcome = Signal()
    """The ways to begin are wanted."""
    preferences = Signal()
    keys = Signal()
    about = Signal()
    quit = Signal()

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        shortcuts: Shortcuts,
        appearance: Theme,
        cameras: Callable[[], list[CameraInfo]],
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._shortcuts = shortcuts
        self._theme = appearance
        self._cameras = cameras
        self.undo, self.redo = QAction(self), QAction(self)
        self.pause = QAction(self.tr("Pause learning"), self, checkable=True)
        self.sleep = QAction(self.tr("Go over everything now"), self)
        self.consolidate = QAction(self.tr("Consolidate now"), self)
        self.give_up = QAction(self.tr("Give up consolidation"), self)
        self._keyed: list[tuple[QAction, str]] = [(self.undo, "undo"), (self.redo, "redo"), (self.pause, "pause")]
        self.project, self.edit = QMenu(self.tr("Project"), window), QMenu(self.tr("Edit"), window)
        self.learning, self.camera = QMenu(self.tr("Learning"), window), QMenu(self.tr("Camera"), window)
        self.view, self.help = QMenu(self.tr("View"), window), QMenu(self.tr("Help"), window)
        for menu in (self.project, self.edit, self.learning, self.camera, self.view, self.help):
            window.menuBar().addMenu(menu)
        self._build_project()
        self._build_others()
        self.camera.aboutToShow.connect(self._fill_camera)
        shortcuts.changed.connect(self._show_keys)
        appearance.changed.connect(self._show_mode)
        self._show_keys()
        self._show_mode()

    def _build_project(self) -> None:
        self._recent: list[QAction] = []
        self._add(self.project, self.tr("New project…"), self.new_project.emit, "new_project")
        self._add(self.project, self.tr("Open project…"), self.open_project.emit, "open_project")
        self.project.addSeparator()
        self.imports = (
            self._add(self.project, self.tr("Import files…"), self.import_files.emit),
            self._add(self.project, self.tr("Import a folder…"), self.import_folder.emit),
        )
        self.list_backups = self._add(self.project, self.tr("Backups…"), self.backups.emit)
        for action in (*self.imports, self.list_backups):
            action.setEnabled(False)
        self.project.addSeparator()
        self._add(self.project, self.tr("Welcome"), self.welcome.emit)
        self._before_recent, self._after_recent = self.project.addSeparator(), self.project.addSeparator()
        quitting = self._add(self.project, self.tr("Quit"), self.quit.emit, "quit")
        quitting.setMenuRole(QAction.MenuRole.QuitRole)
        self.project.aboutToShow.connect(self._fill_recent)

    def _build_others(self) -> None:
        self.edit.addActions([self.undo, self.redo])
        self.edit.addSeparator()
        preferences = self._add(self.edit, self.tr("Preferences…"), self.preferences.emit, "preferences")
        preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.learning.addActions([self.pause, self.sleep])
        self.learning.addSeparator()
        self.learning.addActions([self.consolidate, self.give_up])
        self.learning.setToolTipsVisible(True)
        self.consolidate.setToolTip(meaning())
        self.give_up.setToolTip(self.tr("Keep the backbone in use, and give up the other one"))
        group = QActionGroup(self.view)
        modes: tuple[tuple[str, Mode], ...] = (
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
            (self.tr("As the system"), "system"),
        )
        self._modes: dict[Mode, QAction] = {}
        for text, mode in modes:
            action = self._modes[mode] = self._add(self.view, text, partial(self._choose_mode, mode))
            action.setCheckable(True)
            group.addAction(action)
        self._add(self.help, self.tr("Keys of this room"), self.keys.emit, "keys")
        about = self._add(self.help, self.tr("About Showtell"), self.about.emit)
        about.setMenuRole(QAction.MenuRole.AboutRole)

    def _add(self, menu: QMenu, text: str, deed: Callable[[], object], name: str = "") -> QAction:
        action = menu.addAction(caption(text))
        action.triggered.connect(lambda _checked: deed())
        if name:
            self._keyed.append((action, name))
        return action

    def _show_keys(self) -> None:
        for action, name in self._keyed:
            action.setShortcuts(self._shortcuts.sequences(name))

    def _show_mode(self) -> None:
        self._modes[self._theme.mode].setChecked(True)

    def _choose_mode(self, mode: Mode) -> None:
        self._settings.theme = mode
        self._theme.set_mode(mode)

    def _fill_recent(self) -> None:
        for action in self._recent:
            self.project.removeAction(action)
            action.deleteLater()
        self._recent = []
        for path in self._settings.recent:
            action = QAction(caption(_short(path)), self.project)
            action.triggered.connect(lambda _checked, path=path: self.recent_project.emit(path))
            self.project.insertAction(self._after_recent, action)
            self._recent.append(action)
        self._before_recent.setVisible(bool(self._recent))

    def _fill_camera(self) -> None:
        self.camera.clear()
        cameras = self._cameras()
        for camera in cameras:
            self._add(self.camera, camera.name, partial(self.use_camera.emit, str(camera.index)))
        if not cameras:
            self.camera.addAction(self.tr("No camera found")).setEnabled(False)
        self.camera.addSeparator()
        self._add(self.camera, self.tr("Clip…"), self.choose_clip.emit)
        self._add(self.camera, self.tr("Folder of pictures…"), self.choose_folder.emit)
        self._add(self.camera, self.tr("Address of a phone…"), self.choose_address.emit)
        self._add(self.camera, self.tr("Demo scene"), lambda: self.use_camera.emit("demo"))


def _short(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
