# SPDX-License-Identifier: Apache-2.0
"""One open project: its file, its learner, its recorder, and everything a person can do and take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.learner_bridge import LearnerBridge, LearnerFactory
from desktop.models import ClassModel
from desktop.recorder import Recorder
from desktop.undo import Act, Done
from desktop.writer import Writer
from learner.buffer import Buffer
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import ShowtellError
from learner.types import ClassInfo, Increment

Refused = Callable[[ShowtellError], None]


class Session(QObject):
    """The parts of one project, started and stopped in order.

    Args:
        path: the project file.
        camera: where frames come from: `latest` and `source` of it are read while recording.
        config: settings of the learner.
        create: make the file when it is not there.
        learner: makes the learner's client; another one in tests.
    """

    opened = Signal()
    cannot_open = Signal(object)
    """The file cannot be used (ShowtellError)."""
    failed = Signal(str, str)
    """Title and message of something a person should know."""
    learned = Signal(str)
    """What has just been learned, in a few words."""

    def __init__(
        self,
        path: Path,
        newest: Callable[[], object],
        source: Callable[[], str],
        config: LearnerConfig,
        *,
        create: bool = True,
        learner: LearnerFactory = LearnerClient,
    ) -> None:
        super().__init__()
        self.path = path
        self.model = ClassModel()
        self.undo_stack = QUndoStack()
        self.writer = Writer(path, create=create)
        self.learner = LearnerBridge(path, config, learner)
        self.recorder = Recorder(self.writer, newest, source)  # type: ignore[arg-type]
        self._open = False
        self._just_taught: tuple[str, int] | None = None

        self.writer.opened.connect(self._opened)
        self.writer.cannot_open.connect(self.cannot_open)
        self.writer.classes_changed.connect(self.model.set_classes)
        self.writer.failed.connect(lambda error: self.failed.emit(error.title, error.message))
        self.recorder.kept.connect(lambda _info, _count: self.learner.refresh())
        self.recorder.finished.connect(self._recorded)
        self.learner.learned.connect(self._learned)
        self.learner.failed.connect(self.failed)

    def start(self) -> None:
        """Open the file; the learner starts when it is open."""
        self.writer.start()

    def stop(self) -> None:
        """Stop everything: what was recorded is written first, the file is closed last."""
        self.recorder.stop()
        self.writer.stop()
        self.learner.stop()

    def record(self, info: ClassInfo) -> None:
        """Begin to record a class."""
        if self._open:
            self.recorder.start(info)

    def add_class(self, name: str, added: Callable[[ClassInfo], None], refused: Refused) -> None:
        """Add a class; one of the two is called."""

        def done(info: ClassInfo) -> None:
            self._push(
                f"new class {info.name}",
                undo=lambda buffer: buffer.archive_class(info.id),
                redo=lambda buffer: buffer.unarchive_class(info.id),
            )
            self.learner.refresh()
            added(info)

        self.writer.submit(lambda buffer: buffer.add_class(name), done, refused)

    def rename_class(self, class_id: int, name: str) -> None:
        """Give a class another name."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                f"rename {info.name}",
                undo=lambda buffer: buffer.rename_class(class_id, info.name),
                redo=lambda buffer: buffer.rename_class(class_id, name),
            )
            self.learner.refresh()

        self.writer.submit(lambda buffer: buffer.rename_class(class_id, name), done)

    def recolour_class(self, class_id: int, colour: str) -> None:
        """Give a class another colour."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                f"recolour {info.name}",
                undo=lambda buffer: buffer.recolour_class(class_id, info.colour),
                redo=lambda buffer: buffer.recolour_class(class_id, colour),
            )

        self.writer.submit(lambda buffer: buffer.recolour_class(class_id, colour), done)

    def remove_class(self, class_id: int) -> None:
        """Take a class out; its samples stay in the file, and undo brings it back."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                f"remove {info.name}",
                undo=lambda buffer: buffer.unarchive_class(class_id),
                redo=lambda buffer: buffer.archive_class(class_id),
            )
            self.learner.learn(f"removed {info.name}")

        self.writer.submit(lambda buffer: buffer.archive_class(class_id), done)

    def _opened(self, classes: list[ClassInfo], increments: list[Increment]) -> None:
        self._open = True
        self.model.set_classes(classes)
        self.learner.remember(increments)
        self.learner.start()
        self.opened.emit()

    def _recorded(self, info: ClassInfo, sample_ids: list[int]) -> None:
        self._just_taught = info.name, len(sample_ids)
        self._push(
            f"record {info.name} ({len(sample_ids)})",
            undo=lambda buffer: buffer.delete(sample_ids),
            redo=lambda buffer: buffer.undelete(sample_ids),
        )
        self.learner.learn(f"recorded {info.name}")

    def _learned(self, _: Increment) -> None:
        taught, self._just_taught = self._just_taught, None
        self.learned.emit(f"learned: {taught[0]} (+{taught[1]})" if taught else "learned what has changed")

    def _push(self, text: str, *, undo: Act, redo: Act) -> None:
        self.undo_stack.push(Done(text, self._repeat, undo=undo, redo=redo))

    def _repeat(self, act: Callable[[Buffer], object], reason: str) -> None:
        self.writer.submit(act, lambda _: self.learner.learn(reason))
