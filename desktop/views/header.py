# SPDX-License-Identifier: Apache-2.0
"""The line at the top: the project, the doors to the rooms, the camera, the learner's state, and the preferences."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import Shortcuts
from desktop.text import caption, tooltip
from desktop.theme import Theme
from desktop.views.actions_button import ActionsButton
from desktop.views.serving_button import ServingButton
from desktop.views.state_pill import StatePill


class Header(QWidget):
    """Shows where one is and leads elsewhere."""

    door_pressed = Signal(int)
    """The room at this place is wanted."""
    preferences = Signal()

    def __init__(self, appearance: Theme, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._theme = appearance
        self._shortcuts = shortcuts
        self._name = ""
        self._narrow = False
        self._source = ""
        self.project = _quiet(self.tr("Project"), self.tr("New, open and recent projects"))
        self.camera = _quiet(self.tr("Camera"), "")
        self.serving = ServingButton(appearance)
        self.acting = ActionsButton(appearance)
        self.pill = StatePill(appearance, shortcuts)
        self.settings = _quiet(self.tr("Preferences"), "")
        self.settings.clicked.connect(self.preferences)
        self._right = (self.serving, self.acting, self.camera, self.pill, self.settings)
        self._rooms = (
            ("teach", self.tr("Teach"), self.tr("Show things and name them")),
            ("review", self.tr("Review"), self.tr("Look through the samples and put them right")),
            ("insight", self.tr("Insight"), self.tr("See how good it is, and why")),
            ("use", self.tr("Use"), self.tr("Put what was learned to use")),
        )
        self.doors = [self._door(place) for place in range(len(self._rooms))]
        self._lay_out()
        appearance.changed.connect(self._show_icons)
        shortcuts.changed.connect(self._show_keys)
        self._show_icons()
        self._show_keys()
        self._without_name = self.project.sizeHint().width() + theme.S
        """What the button of the project takes beside the name."""

    def show_project(self, name: str) -> None:
        """Show the project's name, as much of it as there is room for."""
        self._name = name
        self._show_name()
        self.project.setAccessibleName(self.tr("Project {name}").format(name=name))

    def show_rooms(self, there: bool) -> None:
        """Say whether there are rooms to lead to, and a learner to tell of."""
        for widget in (*self.doors, self.camera, self.pill):
            widget.setVisible(there)

    def show_source(self, description: str) -> None:
        """Say what the picture comes from."""
        self._source = description
        self._show_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave away what can be spared where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < theme.WIDE
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_narrow(narrow)
        self._show_name()

    def event(self, event: QEvent) -> bool:
        """Give the project's name the room that the rest leaves."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._show_name()
        return super().event(event)

    def _show_name(self) -> None:
        others = [widget for widget in (*self.doors, *self._right) if not widget.isHidden()]
        gap = theme.XS if self._narrow else theme.S
        taken = sum(widget.sizeHint().width() + gap for widget in others) + 2 * theme.L + self._without_name
        room = min(theme.PROJECT_WIDTH, self.width() - taken)
        name = self.project.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        short = name if name == self._name or room >= theme.LEAST_PROJECT_WIDTH else ""
        if caption(short) != self.project.text():
            self.project.setText(caption(short))
            meaning = self.tr("New, open and recent projects")
            self.project.setToolTip(meaning if short == self._name else tooltip(f"{self._name}\n{meaning}"))

    def _show_narrow(self, narrow: bool) -> None:
        self.pill.show_short(narrow)
        self.acting.show_short(narrow)
        for row in self._rows:
            row.setSpacing(theme.XS if narrow else theme.S)
        for door in self.doors:
            door.setProperty("narrow", narrow)
            door.style().unpolish(door)  # the style sheet looks at properties only when it is told to
            door.style().polish(door)
            door.updateGeometry()

    def _door(self, place: int) -> QToolButton:
        door = QToolButton()
        door.setProperty("role", "door")
        door.setText(self._rooms[place][1])
        door.setCheckable(True)
        door.setAutoExclusive(True)
        door.setAccessibleName(self._rooms[place][1])
        door.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        door.clicked.connect(lambda _: self.door_pressed.emit(place))
        return door

    def _lay_out(self) -> None:
        doors, right = QHBoxLayout(), QHBoxLayout()
        for door in self.doors:
            doors.addWidget(door)
        right.addStretch(1)
        for widget in self._right:
            right.addWidget(widget)
        self._rows = doors, right
        for row in self._rows:
            row.setSpacing(theme.S)
        # The sides have the same room, so that the doors stay in the middle whatever the pill says.
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.L, theme.XS, theme.L, theme.XS)
        grid.setHorizontalSpacing(theme.XS)
        grid.addWidget(self.project, 0, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(doors, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _show_icons(self) -> None:
        colour = self._theme.tokens.muted
        self.project.setIcon(icon("project", colour))
        self.camera.setIcon(icon("camera", colour))
        self.settings.setIcon(icon("settings", colour))

    def _show_keys(self) -> None:
        for door, (name, _, meaning) in zip(self.doors, self._rooms, strict=True):
            door.setToolTip(self._shortcuts.tooltip(meaning, name))
            door.setShortcut((self._shortcuts.sequences(name) or [QKeySequence()])[0])
        self.settings.setToolTip(
            self._shortcuts.tooltip(self.tr("Preferences: appearance, language, keys"), "preferences")
        )
        meaning = self.tr("Choose what the picture comes from")
        now = self.tr("Now: {source}").format(source=self._source)
        self.camera.setToolTip(tooltip(f"{meaning}\n{now}") if self._source else meaning)


def _quiet(name: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(meaning)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
