# SPDX-License-Identifier: Apache-2.0
"""The card that shows how a script asks the model: the very lines, to be copied."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.theme import Theme
from desktop.views.use.use_card import UseCard, sentence

_COPIED_MILLISECONDS = 2000


class ScriptCard(UseCard):
    """A command and a snippet, each with a button that copies it."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__(appearance, "terminal")
        self.describe(
            self.tr("In a script"),
            self.tr("For who writes programs: ask the model about a picture, on this computer, without this window."),
        )
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MILLISECONDS)
        self._copied.timeout.connect(self._show_copy)
        self._buttons: list[QToolButton] = []
        path = session.path.absolute()
        self.command = self._add(self.tr("On the command line"), command(path), self.tr("Copy the command"))
        self.snippet = self._add(self.tr("In Python"), snippet(path), self.tr("Copy the lines of Python"))
        appearance.changed.connect(self._show_copy)
        self._show_copy()

    def _add(self, title: str, code: str, meaning: str) -> QLabel:
        name = QLabel(title)
        name.setProperty("role", "small")
        copy = QToolButton()
        copy.setProperty("role", "quiet")
        copy.setIconSize(QSize(theme.ICON, theme.ICON))
        copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        copy.setAccessibleName(meaning)
        copy.setToolTip(meaning)
        copy.clicked.connect(lambda: self._copy(copy, code))
        self._buttons.append(copy)
        row = QHBoxLayout()
        row.addWidget(name, 1)
        row.addWidget(copy)
        label = sentence(code, "code")
        label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addLayout(row)
        self.body.addWidget(label)
        return label

    def _copy(self, button: QToolButton, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self._show_copy()
        button.setText(self.tr("Copied"))
        button.setIcon(icon("done", self._theme.tokens.good))
        self._copied.start()

    def _show_copy(self) -> None:
        for button in self._buttons:
            button.setText(self.tr("Copy"))
            button.setIcon(icon("copy", self._theme.tokens.text))


def command(project: Path) -> str:
    """Return the command line that asks about a picture."""
    if sys.platform == "win32":
        return subprocess.list2cmdline(["showtell", "predict", str(project), "picture.jpg"])
    at_home = _in_home(project)
    place = shlex.quote(str(project)) if at_home is None else f"~/{shlex.quote(at_home)}"  # a shell reads ~ unquoted
    return f"showtell predict {place} picture.jpg"


def snippet(project: Path) -> str:
    """Return lines of Python that do the same."""
    at_home = _in_home(project)
    place = repr(str(project)) if at_home is None else f"Path.home() / {at_home!r}"
    return "\n".join(
        (
            "from pathlib import Path",
            "from learner import open_project",
            "from learner.buffer.codec import read_image",
            "",
            f"with open_project({place}) as project:",
            '    picture = read_image(Path("picture.jpg"))',
            "    answer = project.predict(picture)",
            "    print(answer.label, answer.confidence, answer.unknown)",
        )
    )


def _in_home(project: Path) -> str | None:
    """Return where in the person's folder a project lies, with "/" between folders; None when it is not in there.

    It is shorter, and a picture of it shows nobody's name.
    """
    home = Path.home()
    return project.relative_to(home).as_posix() if project.is_relative_to(home) else None
