# SPDX-License-Identifier: Apache-2.0
"""What a person sees who has no project yet: four ways to begin, and the projects of before."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.settings import Settings
from desktop.text import tooltip
from desktop.theme import Theme
from desktop.views.elided_label import ElidedLabel
from desktop.views.room import Room
from desktop.views.use.action_words import ago
from desktop.views.use.use_card import sentence


class Welcome(Room):
    """Offers a new project, one of before, the drawn desk in place of a camera, and the demo.

    Args:
        appearance: light or dark.
        settings: has the recent projects.
    """

    new_project = Signal()
    open_project = Signal()
    recent_project = Signal(object)
    """The path of a project opened before."""
    practice = Signal()
    """A new project with the drawn desk in place of a camera."""
    watch_demo = Signal()

    def __init__(self, appearance: Theme, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.begin = Tile(
            appearance, "add", self.tr("New project"), self.tr("Teach it things of yours, with your camera.")
        )
        self.open = Tile(appearance, "folder", self.tr("Open…"), self.tr("Go on with a project that you have."))
        self.try_out = Tile(
            appearance,
            "demo",
            self.tr("Try it without a camera"),
            self.tr("Practise on a drawn desk with a mug, scissors and more."),
        )
        self.watch = Tile(
            appearance, "watch", self.tr("Watch the demo"), self.tr("It teaches itself four things in a minute.")
        )
        self.begin.clicked.connect(self.new_project)
        self.open.clicked.connect(self.open_project)
        self.try_out.clicked.connect(self.practice)
        self.watch.clicked.connect(self.watch_demo)
        self.recent: list[RecentButton] = []
        self._heading = QLabel(self.tr("Recent projects"))
        self._heading.setProperty("role", "title")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.XS)
        self._lay_out()

    def enter(self) -> None:
        """Show the projects of before as they are now."""
        for button in self.recent:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.recent = [RecentButton(path) for path in self._settings.recent]
        for button in self.recent:
            button.clicked.connect(lambda _, path=button.path: self.recent_project.emit(path))
            self._list.addWidget(button)
        self._heading.setVisible(bool(self.recent))

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Show it a thing. Tell it what it is."))
        title.setProperty("role", "huge")
        title.setWordWrap(True)
        promise = sentence(
            self.tr("It has learned it before you put the thing down. Everything stays on this computer.")
        )
        tiles = QGridLayout()
        tiles.setSpacing(theme.M)
        for place, tile in enumerate((self.begin, self.open, self.try_out, self.watch)):
            tiles.addWidget(tile, place // 2, place % 2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.S)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(promise)
        column.addSpacing(theme.L)
        column.addLayout(tiles)
        column.addSpacing(theme.L)
        column.addWidget(self._heading)
        column.addLayout(self._list)
        column.addStretch(2)
        inside.setMaximumWidth(theme.COLUMN)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside)
        scroll.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)


class Tile(QPushButton):
    """A large button: icon, what it is, and what comes of it."""

    def __init__(self, appearance: Theme, symbol: str, title: str, words: str) -> None:
        super().__init__()
        self._theme = appearance
        self._symbol = symbol
        self.setProperty("role", "tile")
        self.setAccessibleName(title)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = QLabel()
        self._icon.setFixedSize(theme.XXL, theme.XXL)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addWidget(heading)
        column.addWidget(sentence(words))
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        _let_through(self.findChildren(QLabel))
        appearance.changed.connect(self._show_icon)
        self._show_icon()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for two lines of words."""
        return QSize(theme.COLUMN // 2, theme.TILE_HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Less width, and the same height."""
        return QSize(theme.COLUMN // 4, theme.TILE_HEIGHT)

    def _show_icon(self) -> None:
        self._icon.setPixmap(icon(self._symbol, self._theme.tokens.accent).pixmap(theme.XXL, theme.XXL))


class RecentButton(QPushButton):
    """A project of before: its name, the folder it lies in, and when something was last done in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setProperty("role", "recent")
        name, folder, when = ElidedLabel(), ElidedLabel(), QLabel(_last_changed(path))
        name.setText(path.stem)
        name.setProperty("role", "strong")
        folder.setText(_short(path.parent))
        folder.setProperty("role", "small")
        when.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, 0, theme.M, 0)
        row.setSpacing(theme.M)
        row.addWidget(name)
        row.addWidget(folder, 1)
        row.addWidget(when)
        _let_through((name, folder, when))
        self.setAccessibleName(self.tr("Open {project}").format(project=path.stem))
        self.setToolTip(tooltip(str(path)))

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line."""
        return QSize(theme.COLUMN, theme.STRIP_HEIGHT)


def _let_through(labels: Iterable[QLabel]) -> None:
    """Let a click on a label be one on the button that it lies on."""
    for label in labels:
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _last_changed(path: Path) -> str:
    """Return when something was last done in a project; what is new lies beside it until it is folded in."""
    times = []
    for name in (path, f"{path}-wal"):
        try:
            times.append(os.stat(name).st_mtime)
        except OSError:
            continue
    return ago(max(0.0, time.time() - max(times))) if times else ""


def _short(folder: Path) -> str:
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder != home and folder.is_relative_to(home) else str(folder)
