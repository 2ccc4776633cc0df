# SPDX-License-Identifier: Apache-2.0
"""A new class is named, and what was waiting for its name goes into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine_words import spoken
from desktop.session import Session
from desktop.views.teach.class_list import ClassList
from learner.camera import Frame
from learner.errors import ShowtellError
from learner.types import ClassInfo


class Naming(QObject):
    """Asks for the name of a new class.

    Args:
        session: the project.
        classes: where the name is typed.
    """

    named = Signal()
    """The class is there."""
    said = Signal(str)
    """What to do next."""

    def __init__(self, session: Session, classes: ClassList) -> None:
        super().__init__(classes)
        self._session = session
        self._classes = classes
        self._then: Callable[[ClassInfo], None] | None = None
        classes.named.connect(self._add)
        classes.not_named.connect(self._forget)

    def ask(self) -> None:
        """Ask for a name alone."""
        self._forget()
        self._classes.ask_for_name()

    def ask_for_frame(self, frame: Frame) -> None:
        """Ask what this frame shows; it becomes the first sample."""
        self._then = lambda info: self._session.recorder.keep(info, frame)
        self._classes.ask_for_name()

    def ask_for_files(self, files: Sequence[Path]) -> None:
        """Ask what these files show; they become samples."""
        self._then = lambda info: self._session.import_files(files, info)
        self._classes.ask_for_name(files[0].parent.name if len(files) > 1 else files[0].stem)

    def _forget(self) -> None:
        self._then = None

    def _add(self, name: str) -> None:
        then, self._then = self._then, None

        def added(info: ClassInfo) -> None:
            self._classes.accept_name()
            self.named.emit()
            if then is not None:
                then(info)
                return
            hold = self.tr("Hold {key} to record it.") if info.shortcut else self.tr("Hold its button to record it.")
            there = self.tr("{name} is there.").format(name=info.name)
            self.said.emit(f"{there} {hold.format(key=info.shortcut)}")

        def refused(error: ShowtellError) -> None:
            self._then = then
            self._classes.refuse_name(spoken(error.message))

        self._session.add_class(name, added, refused)
