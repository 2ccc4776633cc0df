# SPDX-License-Identifier: Apache-2.0
"""The one way into a project for pictures of all formats: read in a few threads, stored in order and a few at a time.

Reading and storing are apart, so that the command line does both in one thread and the window stores in the thread that
writes. At no time is more in memory than what a few threads work at, however much is imported.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter, deque
from collections.abc import Generator, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from learner.buffer import Buffer, EncodedImage, NewSample
from learner.errors import ImageFault, LabelFault, ShowtellError
from learner.interchange.items import Found, Item, Skipped, Source, Still, unreadable
from learner.types import ClassInfo

BATCH = 64
"""Pictures a transaction: what an interruption can cost."""
_BURST = 30
"""Pictures a burst where nothing says so: a folder often holds many recordings, and hold-out needs more than one."""
_READERS = min(4, os.cpu_count() or 1)
"""Decoding goes on without Python's lock; more than a few big pictures at a time would fill the memory."""
_AHEAD = BATCH
"""Pictures that are read, and compressed again, or wait for it: so that reading goes on while a batch is stored."""
_NAMED = 100
"""Left-out files that are named; of all others is told how many there are, by reason."""
_REASONS = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """A picture that has been read, and what it is."""

    item: Item
    picture: EncodedImage


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be stored in one transaction, and how many steps the import has made with it."""

    found: tuple[Loaded | Skipped | Still, ...]
    done: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: steps made, and in all where that is known, samples added, and the class added to last."""

    done: int
    total: int | None
    added: int
    label: str = ""


@dataclass(slots=True)
class Report:
    """What an import did.

    `classes` counts the samples added to each class by its name in the project, `made` are the new classes among them,
    `sample_ids` the samples. So many pictures were in the project already under their label (`duplicates`). Of those
    added so many look nearly like the one before (`alike`), and so many frames of clips were left out since they show
    the same (`still`). The first files that were `skipped` are named; `reasons` and `kinds` (see `Skipped`) count them
    all. `stopped` says that not everything was looked at, and `fault` what ended it.
    """

    added: int = 0
    duplicates: int = 0
    alike: int = 0
    still: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    classes: dict[str, int] = field(default_factory=dict)
    sample_ids: array[int] = field(default_factory=lambda: array("q"))
    made: list[ClassInfo] = field(default_factory=list)
    stopped: bool = False
    fault: ShowtellError | None = None

    def skip(self, one: Skipped) -> None:
        """Note that something was left out."""
        self.kinds[one.kind] += 1
        if len(self.skipped) < _NAMED:
            self.skipped.append(one)
        known = one.why in self.reasons or len(self.reasons) < _REASONS
        self.reasons[one.why if known else "Other reasons."] += 1

    @property
    def left_out(self) -> int:
        """How many files were left out."""
        return self.kinds.total()

    @property
    def unreadable(self) -> list[Path]:
        """Files that could not be read; of many, the first."""
        return [one.path for one in self.skipped if one.kind == "unreadable"]


def import_source(buffer: Buffer, source: Source) -> Generator[Progress, None, Report]:
    """Copy what a source has into a project, as samples.

    What cannot be read is left out and told. A picture that is in the project already is not added again. Closing the
    generator ends the import; what was added stays, and importing again adds the rest.

    Args:
        buffer: the project, in the thread that opened it.
        source: is closed at the end.

    Yields:
        How far it is, after every transaction.

    Returns:
        What it did.

    Raises:
        EnvironmentFault: the source cannot be read any further.
        ProjectFault: the project cannot be written to.
    """
    storing = Storing()
    with source, closing(batches(source)) as found:
        for batch in found:
            storing.store(buffer, batch)
            yield storing.progress(batch, source)
    return storing.report


def batches(source: Source, size: int = BATCH) -> Generator[Batch, None, None]:
    """Read what a source has and yield it in its order, `size` pictures at a time.

    Closing the generator ends the threads.
    """
    waiting: deque[Future[Loaded | Skipped] | Skipped | Still] = deque()
    readers = ThreadPoolExecutor(_READERS, thread_name_prefix="import")
    done, found = 0, []
    try:
        for one in _in_order(source.items, waiting, readers):
            found.append(one)
            done += one.item.steps if isinstance(one, Loaded) else one.steps if isinstance(one, Still) else 1
            if len(found) >= size:
                yield Batch(tuple(found), done)
                found = []
        if found:
            yield Batch(tuple(found), done)
    finally:
        readers.shutdown(cancel_futures=True)


class Storing:
    """Puts what was read into a project and keeps account; used in the thread that opened the file.

    `last` is the class added to last.

    Args:
        into: the class that everything is added to, whatever it is called; without it items say so by name.
    """

    def __init__(self, into: ClassInfo | None = None) -> None:
        self.report = Report()
        self.last = into
        self._into = into
        self._classes: dict[str, ClassInfo | None] = {}
        self._names: dict[int | None, str] = {}
        self._bursts: dict[Hashable, int] = {}
        self._room: dict[int, tuple[int, int]] = {}
        self._left: dict[int, int] = {}

    def store(self, buffer: Buffer, batch: Batch) -> None:
        """Store what is new of a batch, in one transaction.

        Raises:
            ProjectFault: the project cannot be written to; nothing of the batch is in it.
        """
        new: list[NewSample] = []
        classes: dict[str, int] = {}
        alike = 0
        for one in batch.found:
            if isinstance(one, Still):
                self.report.still += one.is_left_out
            elif isinstance(one, Skipped):
                self.report.skip(one)
            elif (sample := self._sample(buffer, one, classes)) is not None:
                new.append(sample)
                alike += one.item.is_alike
        if not new:
            return
        stored = buffer.add_new(new)
        self.report.added += len(stored)
        self.report.alike += alike
        self.report.sample_ids.extend(sample.id for sample in stored)
        for class_id in (one.class_id for one in stored):
            name = self._name(buffer, class_id)
            self.report.classes[name] = self.report.classes.get(name, 0) + 1

    def progress(self, batch: Batch, source: Source) -> Progress:
        """Return how far the import is with a batch."""
        total = source.total
        label = self.last.name if self.last is not None else ""
        return Progress(batch.done if total is None else min(batch.done, total), total, self.report.added, label)

    def _sample(self, buffer: Buffer, loaded: Loaded, classes: dict[str, int]) -> NewSample | None:
        """Return a picture as a sample; None, with the account kept, where it is one already.

        Args:
            buffer: the project.
            loaded: the picture.
            classes: class ids of the pictures that are to be stored with it, by their hashes.
        """
        item, picture = loaded.item, loaded.picture
        info = self._known_class(buffer, item.label)
        if self._is_there(buffer, loaded, classes):
            known = buffer.has_picture(picture.sha256)
            class_id = classes[picture.sha256] if known is None else known.class_id
            if info is not None and class_id == info.id:
                self.report.duplicates += 1
            else:
                why = f'The same picture is in the project as "{self._name(buffer, class_id)}".'
                self.report.skip(Skipped(item.path, why, "elsewhere"))
            return None
        try:
            # Not before the first picture to add, so that no class comes of bad files alone.
            info = info or self._new_class(buffer, item)
        except LabelFault as fault:
            self.report.skip(Skipped(item.path, fault.happened))
            return None
        self.last = info
        classes[picture.sha256] = info.id
        return NewSample(picture, info.id, self._burst(buffer, item, info), item.captured_at, item.held_out)

    def _is_there(self, buffer: Buffer, loaded: Loaded, classes: dict[str, int]) -> bool:
        """Return whether a picture is in the project, or among those to be stored with it.

        What comes from a project is there as often as the file had it before the import: so a project that has a
        picture twice comes in as it is, and nothing is added when it comes in again.
        """
        sha256 = loaded.picture.sha256
        if not loaded.item.is_own:
            return sha256 in classes or buffer.has_picture(sha256) is not None
        key = hash(sha256)
        left = self._left.get(key)
        if left is None:
            left = buffer.count_picture(sha256) + (sha256 in classes)
        self._left[key] = max(0, left - 1)
        return left > 0

    def _known_class(self, buffer: Buffer, label: str) -> ClassInfo | None:
        """Return the class with this name, if there is one; looked up in the file once, since that counts samples."""
        if self._into is not None:
            return self._into
        if label not in self._classes:
            try:
                self._classes[label] = buffer.class_named(label)
            except LabelFault:  # which adding it says as well
                self._classes[label] = None
        return self._classes[label]

    def _new_class(self, buffer: Buffer, item: Item) -> ClassInfo:
        there = buffer.classes()
        colour = None if any(info.colour == item.colour for info in there) else item.colour
        shortcut = None if any(info.shortcut == item.shortcut for info in there) else item.shortcut
        try:
            info = buffer.add_class(item.label, colour=colour, shortcut=shortcut)
            self.report.made.append(info)
        except LabelFault:
            named = buffer.class_named(item.label)  # somebody has made it meanwhile
            if named is None:
                raise
            info = named
        self._classes[item.label] = info
        return info

    def _name(self, buffer: Buffer, class_id: int | None) -> str:
        if class_id not in self._names:
            self._names = dict(buffer.class_names().items())
        return self._names.get(class_id, "?")

    def _burst(self, buffer: Buffer, item: Item, info: ClassInfo) -> int:
        recording = item.recording
        if recording is not None:
            if recording.key not in self._bursts:
                burst = buffer.start_burst(recording.source, started_at=recording.started_at)
                self._bursts[recording.key] = burst.id
            return self._bursts[recording.key]
        burst_id, room = self._room.get(info.id, (0, 0))
        if not room:
            burst_id, room = buffer.start_burst(f"import: {info.name}").id, _BURST
        self._room[info.id] = burst_id, room - 1
        return burst_id


def _in_order(
    items: Iterator[Found],
    waiting: deque[Future[Loaded | Skipped] | Skipped | Still],
    readers: ThreadPoolExecutor,
) -> Iterator[Loaded | Skipped | Still]:
    for found in items:
        waiting.append(readers.submit(_load, found) if isinstance(found, Item) else found)
        if len(waiting) >= _AHEAD:
            yield _result(waiting.popleft())
    while waiting:
        yield _result(waiting.popleft())


def _result(one: Future[Loaded | Skipped] | Skipped | Still) -> Loaded | Skipped | Still:
    return one.result() if isinstance(one, Future) else one


def _load(item: Item) -> Loaded | Skipped:
    try:
        return Loaded(item, item.load())
    except ImageFault as fault:
        return unreadable(item.path, fault)
