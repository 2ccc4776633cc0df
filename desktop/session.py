# SPDX-License-Identifier: Apache-2.0
"""One open project: its file, its learner, its recorder, and everything a person can do and take back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoStack

from desktop.actions import SETTING, Action, Book, read_book, write_book
from desktop.backbones import Backbones
from desktop.importing import Imported, Importer
from desktop.keeper import Keeper
from desktop.learner_bridge import LearnerBridge
from desktop.learner_protocol import LearnerFactory
from desktop.models import ClassModel
from desktop.reader import Reader
from desktop.recorder import Recorder
from desktop.sample_index import SampleIndex
from desktop.text import count_text, samples_text
from desktop.thumbnails import Thumbnails
from desktop.undo import Act, Done
from desktop.writer import Writer
from learner.buffer import Buffer, ProjectLock
from learner.camera import Frame
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.errors import LabelFault, ShowtellError
from learner.types import ClassInfo, Increment, IncrementKind

Refused = Callable[[ShowtellError], None]
Result = TypeVar("Result")


class Session(QObject):
    """The parts of one project, started and stopped in order.

    Args:
        path: the project file.
        newest: returns the newest Frame, if there is a picture.
        source: returns what the picture comes from, in words.
        config: settings of the learner.
        create: make the file when it is not there.
        learner: makes the learner's client; another one in tests.
    """

    opened = Signal()
    cannot_open = Signal(object)
    """The file cannot be used (ShowtellError)."""
    failed = Signal(str, str)
    """Title and message of something a person should know."""
    undo_changed = Signal()
    """What can be taken back, or done again, has changed."""
    learned = Signal(str)
    """What has just been learned, in a few words."""
    samples_changed = Signal()
    """Samples have come or gone, or something else is said of them."""
    unknown_limit_changed = Signal()
    """Another novelty makes an answer "unknown"."""
    stopping = Signal()
    """The project is about to be closed: whoever works on it has to end now."""
    actions_changed = Signal()
    """There are other actions, or one of them is another."""
    _actions_written = Signal(object)
    versions_changed = Signal()
    """There is another version, or another one serves, or is pinned."""

    def __init__(
        self,
        path: Path,
        newest: Callable[[], Frame | None],
        source: Callable[[], str],
        config: LearnerConfig,
        *,
        create: bool = True,
        learner: LearnerFactory = LearnerClient,
    ) -> None:
        super().__init__()
        self.path = path
        self.config = config
        self._source = source
        self.model = ClassModel()
        self.undo_stack = QUndoStack()
        self._lock = ProjectLock(path, create=create)
        self.writer = Writer(path, self._lock, create=create, backups=config.backups)
        self.reader = Reader(path)
        self.thumbnails = Thumbnails(path)
        self.learner = LearnerBridge(path, config, learner)
        self.samples = SampleIndex(self.reader, self.learner)
        self.backbones = Backbones(self.reader, self.learner)
        self.actions: tuple[Action, ...] = ()
        """What is to happen when something is seen."""
        self.strange_actions = 0
        """How many more there are in the file, which this Showtell does not understand."""
        self.recorder = Recorder(self.writer, newest, source)
        self.importer = Importer(self.writer)
        self.keeper = Keeper(path, config.backups)
        self._open = False
        self._stopped = False
        self._unsettled = 0
        self._just_taught: tuple[str, int] | None = None

        self.writer.opened.connect(self._opened)
        self.writer.cannot_open.connect(self._cannot_open)
        self.writer.classes_changed.connect(self.model.set_classes)
        self.writer.failed.connect(self._tell)
        self._actions_written.connect(self._take_actions, Qt.ConnectionType.QueuedConnection)
        self.reader.failed.connect(self._tell)
        self.recorder.kept.connect(lambda _info, _count: self.learner.refresh())
        self.recorder.started.connect(self._recording_started)
        self.recorder.finished.connect(self._recorded)
        self.recorder.settled.connect(self._recording_settled)
        self.importer.finished.connect(self._imported)
        self.importer.broke.connect(self.writer.broke)
        self.keeper.broke.connect(self.writer.broke)
        self.learner.learned.connect(self._learned)
        self.learner.failed.connect(self.failed)
        self.learner.learned.connect(lambda _: self.versions_changed.emit())
        self.learner.restored.connect(lambda _: self.versions_changed.emit())
        self.learner.backbone_changed.connect(lambda *_: self.versions_changed.emit())
        self.samples_changed.connect(self.samples.refresh)
        self.samples_changed.connect(self.backbones.refresh)
        self.versions_changed.connect(self.samples.refresh)
        self.versions_changed.connect(self.backbones.refresh)

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._open and not self._stopped

    @property
    def camera(self) -> str:
        """What the picture comes from, in words; "" where there is none."""
        return self._source()

    def start(self) -> None:
        """Open the file, unless another session has it; the learner starts when it is open."""
        self.writer.start()

    def stop(self) -> None:
        """Stop everything: what was recorded is written first, then the file is closed and the learner leaves."""
        self._stopped = True
        self.stopping.emit()
        self.recorder.stop()
        self.importer.stop()
        self.keeper.stop()
        # Who only reads cannot fold the log into the file, so that must not be left to him.
        self.reader.stop()
        self.thumbnails.stop()
        self.writer.stop()
        self.learner.stop()
        self._lock.release()

    def record(self, info: ClassInfo) -> None:
        """Begin to record a class."""
        if self._open:
            self.recorder.start(info)

    def add_class(self, name: str, added: Callable[[ClassInfo], None], refused: Refused) -> None:
        """Add a class; one of the two is called."""
        if not self._open:
            happened, remedy = self.tr("No project is open."), self.tr("Open one, or make a new one, first.")
            refused(LabelFault(self.tr("There is no project"), happened, remedy))
            return

        def done(info: ClassInfo) -> None:
            self._push(
                self.tr("new class {name}").format(name=info.name),
                take_back=lambda buffer: buffer.archive_class(info.id),
                do_again=lambda buffer: buffer.unarchive_class(info.id),
            )
            self.learner.refresh()
            added(info)

        self._submit(lambda buffer: buffer.add_class(name), done, refused)

    def rename_class(self, class_id: int, name: str) -> None:
        """Give a class another name."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                self.tr("rename {name}").format(name=info.name),
                take_back=lambda buffer: buffer.rename_class(class_id, info.name),
                do_again=lambda buffer: buffer.rename_class(class_id, name),
            )
            self.learner.refresh()

        self._submit(lambda buffer: buffer.rename_class(class_id, name), done)

    def recolour_class(self, class_id: int, colour: str) -> None:
        """Give a class another colour."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                self.tr("recolour {name}").format(name=info.name),
                take_back=lambda buffer: buffer.recolour_class(class_id, info.colour),
                do_again=lambda buffer: buffer.recolour_class(class_id, colour),
            )

        self._submit(lambda buffer: buffer.recolour_class(class_id, colour), done)

    @property
    def undo_text(self) -> str | None:
        """What can be taken back now; None where there is nothing, or an act is still on its way to the disk."""
        return self.undo_stack.undoText() if self.undo_stack.canUndo() and not self._unsettled else None

    @property
    def redo_text(self) -> str | None:
        """What can be done again now."""
        return self.undo_stack.redoText() if self.undo_stack.canRedo() and not self._unsettled else None

    def undo(self) -> None:
        """Take back the last act."""
        command = self.undo_stack.command(self.undo_stack.index() - 1)
        if self.undo_text is not None and isinstance(command, Done):
            reason = self.tr("undo {act}").format(act=command.text())
            self._repeat(command.take_back, reason, self.undo_stack.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        command = self.undo_stack.command(self.undo_stack.index())
        if self.redo_text is not None and isinstance(command, Done):
            reason = self.tr("redo {act}").format(act=command.text())
            self._repeat(command.do_again, reason, self.undo_stack.redo)

    def remove_class(self, class_id: int) -> None:
        """Take a class out; its samples stay in the file, and undo brings it back."""
        info = self.model.with_id(class_id)
        if info is None:
            return

        def done(_: None) -> None:
            self._push(
                self.tr("remove {name}").format(name=info.name),
                take_back=lambda buffer: buffer.unarchive_class(class_id),
                do_again=lambda buffer: buffer.archive_class(class_id),
            )
            self.backbones.refresh()
            self.learner.learn(self.tr("removed {name}").format(name=info.name))

        self._submit(lambda buffer: buffer.archive_class(class_id), done)

    def set_shortcut(self, class_id: int, shortcut: str | None) -> None:
        """Give a class a key; the class that has it gets the other's."""
        info = self.model.with_id(class_id)
        if info is None or info.shortcut == shortcut:
            return
        holder = self.model.with_shortcut(shortcut) if shortcut else None

        def give(buffer: Buffer) -> None:
            buffer.set_shortcut(class_id, shortcut)
            if holder is not None:
                buffer.set_shortcut(holder.id, info.shortcut)

        def take_back(buffer: Buffer) -> None:
            buffer.set_shortcut(class_id, info.shortcut)
            if holder is not None:
                buffer.set_shortcut(holder.id, shortcut)

        self._do(self.tr("key of {name}").format(name=info.name), give, take_back)

    def move_class(self, class_id: int, position: int) -> None:
        """Put a class at another place in the order."""
        info = self.model.with_id(class_id)
        if info is None:
            return
        before = [one.id for one in self.model.classes].index(class_id)
        self._do(
            self.tr("move {name}").format(name=info.name),
            lambda buffer: buffer.move_class(class_id, position),
            lambda buffer: buffer.move_class(class_id, before),
        )

    def edit_actions(self, text: str, edit: Callable[[Sequence[Action]], Sequence[Action]]) -> None:
        """Change what is to happen when something is seen.

        Args:
            text: what is done, for the Edit menu.
            edit: returns the actions as they are to be from those that there are; called in the writer's thread.
        """
        if not self._open:
            return
        former: list[str | None] = []

        def write(buffer: Buffer, setting: str | None) -> None:
            buffer.set_setting(SETTING, setting)
            self._actions_written.emit(setting)

        def change(buffer: Buffer) -> None:
            was = buffer.setting(SETTING)
            former[:] = [was]
            book = read_book(was)
            write(buffer, write_book(Book(tuple(edit(book.actions)), book.strange)))

        def done(_: None) -> None:
            self._push(text, take_back=lambda buffer: write(buffer, former[0]), do_again=change)

        self._submit(change, done)

    def relabel(self, sample_ids: Sequence[int], class_id: int) -> None:
        """Say that samples show something else than was said."""
        info = self.model.with_id(class_id)
        if info is None or not sample_ids:
            return
        ids = list(sample_ids)
        former: dict[int, int | None] = {}

        def give(buffer: Buffer) -> None:
            former.update(buffer.relabel(ids, class_id))

        def take_back(buffer: Buffer) -> None:
            by_class: dict[int | None, list[int]] = defaultdict(list)
            for sample_id, was in former.items():
                by_class[was].append(sample_id)
            for was, theirs in by_class.items():
                buffer.relabel(theirs, was)

        text = self.tr("relabel {samples} as {name}").format(samples=samples_text(len(ids)), name=info.name)
        self._do(text, give, take_back, learn=True)

    def delete_samples(self, sample_ids: Sequence[int]) -> None:
        """Put samples aside: nothing is learned from them, and undo brings them back."""
        ids = list(sample_ids)
        if ids:
            self._do(
                self.tr("delete {samples}").format(samples=samples_text(len(ids))),
                lambda buffer: buffer.delete(ids),
                lambda buffer: buffer.undelete(ids),
                learn=True,
            )

    def bring_back(self, sample_ids: Sequence[int]) -> None:
        """Bring deleted samples back."""
        ids = list(sample_ids)
        if ids:
            self._do(
                self.tr("bring back {samples}").format(samples=samples_text(len(ids))),
                lambda buffer: buffer.undelete(ids),
                lambda buffer: buffer.delete(ids),
                learn=True,
            )

    def hold_out(self, sample_ids: Sequence[int], held_out: bool = True) -> None:
        """Keep samples to measure with, or learn from them again."""
        ids = list(sample_ids)
        if not ids:
            return
        former: dict[int, bool] = {}

        def mark(buffer: Buffer) -> None:
            former.update(buffer.hold_out(ids, held_out))

        def take_back(buffer: Buffer) -> None:
            for was in (False, True):
                buffer.hold_out([sample_id for sample_id, value in former.items() if value is was], was)

        text = self.tr("hold out {samples}") if held_out else self.tr("learn from {samples}")
        self._do(text.format(samples=samples_text(len(ids))), mark, take_back, learn=True)

    def import_files(self, paths: Sequence[Path], info: ClassInfo | None = None) -> None:
        """Add files and folders: to a class, or each to the class it says itself, which is made where there is none."""
        if self._open and paths:
            self.importer.add(paths, info)

    def set_unknown_limit(self, limit: float) -> None:
        """Say from which novelty on an answer is "unknown": below 1 sooner, above it later."""
        former: list[float] = []

        def give(buffer: Buffer) -> None:
            former[:] = [buffer.unknown_limit()]
            buffer.set_unknown_limit(limit)

        def done(_: None) -> None:
            self._push(
                self.tr("limit of unknown"),
                take_back=lambda buffer: buffer.set_unknown_limit(former[0]),
                do_again=lambda buffer: buffer.set_unknown_limit(limit),
            )
            self.learner.refresh()
            self.unknown_limit_changed.emit()

        self._submit(give, done)

    def pin_version(self, version_id: int, pinned: bool) -> None:
        """Keep a version for as long as it is pinned."""
        self.writer.submit(lambda buffer: buffer.pin(version_id, pinned), lambda _: self.versions_changed.emit())

    def _do(self, text: str, act: Act, take_back: Act, *, learn: bool = False) -> None:
        """Carry out an act that can be taken back."""

        def done(_: object) -> None:
            self._push(text, take_back=take_back, do_again=act)
            self.samples_changed.emit()
            if learn:
                self.learner.learn(text)

        self._submit(act, done)

    def _cannot_open(self, error: ShowtellError) -> None:
        self._lock.release()  # whoever puts a copy in its place, or repairs it, takes it
        if not self._stopped:
            self.cannot_open.emit(error)

    def _opened(self, classes: list[ClassInfo], increments: list[Increment]) -> None:
        if self._stopped:  # the signal was on its way
            return
        self._open = True
        self.model.set_classes(classes)
        self.learner.remember(increments)
        self.reader.start()
        self.reader.ask(lambda buffer: buffer.setting(SETTING), self._take_actions)
        self.thumbnails.start()
        self.learner.start()
        self.keeper.start(lambda: self.model.total > 0)
        self.opened.emit()

    def _take_actions(self, setting: str | None) -> None:
        book = read_book(setting)
        if book.actions != self.actions or len(book.strange) != self.strange_actions:
            self.actions, self.strange_actions = book.actions, len(book.strange)
            self.actions_changed.emit()

    def _recorded(self, info: ClassInfo, sample_ids: list[int]) -> None:
        self._just_taught = info.name, len(sample_ids)
        self.samples_changed.emit()
        self._push(
            self.tr("record {name} ({count})").format(name=info.name, count=len(sample_ids)),
            take_back=lambda buffer: buffer.delete(sample_ids),
            do_again=lambda buffer: buffer.undelete(sample_ids),
        )
        self.learner.learn(self.tr("recorded {name}").format(name=info.name))

    def _imported(self, imported: Imported) -> None:
        report = imported.report
        if report.fault is not None:
            self._tell(report.fault)
        self.take_in(report.sample_ids, list(report.classes), report.made)

    def take_in(self, sample_ids: Sequence[int], names: Sequence[str], made: Sequence[ClassInfo]) -> None:
        """Learn samples that came into the file from elsewhere, and let them be taken back.

        Args:
            sample_ids: the samples.
            names: their classes, as far as they have one.
            made: those of the classes that were not there before.
        """
        ids, new = list(sample_ids), list(made)
        if not ids or self._stopped:
            return

        def take_back(buffer: Buffer) -> None:
            buffer.delete(ids)
            for info in new:
                buffer.archive_class(info.id)

        def do_again(buffer: Buffer) -> None:
            for info in new:
                buffer.unarchive_class(info.id)
            buffer.undelete(ids)

        where = names[0] if len(names) == 1 else self.tr("{count} classes").format(count=count_text(len(names)))
        text = self.tr("add {samples} to {name}") if names else self.tr("add {samples} without a class")
        self._push(
            text.format(samples=samples_text(len(ids)), name=where),
            take_back=take_back,
            do_again=do_again,
        )
        self.samples_changed.emit()
        self.undo_changed.emit()
        if names:
            self._just_taught = where, len(ids)
            self.learner.learn(self.tr("added to {name}").format(name=where))

    def _learned(self, increment: Increment) -> None:
        if increment.kind is IncrementKind.SLEEP:
            return  # nobody waits for it, and it is not what was taught last
        taught, self._just_taught = self._just_taught, None
        if taught is None:
            self.learned.emit(self.tr("learned what has changed"))
        else:
            self.learned.emit(self.tr("learned: {name} (+{count})").format(name=taught[0], count=taught[1]))

    def _push(self, text: str, *, take_back: Act, do_again: Act) -> None:
        self.undo_stack.push(Done(text, take_back=take_back, do_again=do_again))

    def _repeat(self, act: Act, reason: str, move: Callable[[], None]) -> None:
        def done(_: object) -> None:
            move()
            self.samples_changed.emit()
            self.unknown_limit_changed.emit()
            self.learner.refresh()
            self.learner.learn(reason)

        self._submit(act, done)

    def _submit(
        self, act: Callable[[Buffer], Result], done: Callable[[Result], None], refused: Refused | None = None
    ) -> None:
        """Carry out an act that belongs on the undo stack, or moves it; until it has, nothing else may."""

        def settle(then: Callable[[], None]) -> None:
            self._unsettled -= 1
            then()
            self.undo_changed.emit()

        self._unsettled += 1
        self.undo_changed.emit()
        self.writer.submit(
            act,
            lambda result: settle(lambda: done(result)),
            lambda error: settle(lambda: refused(error) if refused else self._tell(error)),
        )

    def _tell(self, error: ShowtellError) -> None:
        self.failed.emit(error.title, error.message)

    def _recording_started(self) -> None:
        self._unsettled += 1
        self.undo_changed.emit()

    def _recording_settled(self) -> None:
        self._unsettled -= 1
        self.undo_changed.emit()
