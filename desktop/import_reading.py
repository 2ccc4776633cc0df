# SPDX-License-Identifier: Apache-2.0
"""Reading pictures and clips to import, and handing them to the writer batch by batch; all of it in one thread.

As from class folders (`learner.interchange.folders`), pictures count thirty to a recording, and a clip is one
recording. A picture that is in the project already is not added again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.asking import difference, small_grey
from desktop.writer import Writer
from learner.buffer import Buffer, EncodedImage, encode, read_image
from learner.camera.folder import natural_key
from learner.camera.video import VideoSource
from learner.errors import CameraFault, ImageFault, ShowtellError
from learner.types import ClassInfo

CLIPS = frozenset({".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v"})
"""Endings of what is read as a clip; everything else is read as a picture."""
PICTURES_A_BURST = 30
FRAMES_A_SECOND = 10.0
"""At most so many are taken of a clip."""
_BATCH = 8
"""Samples in one transaction: what a person does meanwhile comes in between."""
_ON_THEIR_WAY = 2
"""Batches handed to the writer and not yet written; the reading waits for the disk."""
_PATIENCE = 0.2
_SAME = 2.0
"""Frames of a clip that differ less than this from the last one taken teach nothing (see `desktop.asking`)."""


@dataclass(slots=True)
class Report:
    """What came of an import into one class.

    `added` are sample ids; so many pictures were `there` already, or `elsewhere`, in another class; files that are
    `unreadable` were left out. `made` says that the class did not exist before, `stopped` that not everything was
    looked at.
    """

    name: str
    info: ClassInfo | None
    added: list[int] = field(default_factory=list)
    there: int = 0
    elsewhere: int = 0
    unreadable: list[Path] = field(default_factory=list)
    made: bool = False
    stopped: bool = False
    fault: ShowtellError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: the `share` of it that has been read, 0 to 1, and how many samples have been `added`."""

    name: str
    class_id: int | None
    share: float
    added: int


class Reading:
    """Reads, compresses and hands over what one import names; all of it in the importer's thread.

    Args:
        writer: the project file.
        report: is filled in, in the writer's thread.
        cancelled: once it is set, nothing more is read.
        on_progress: is told how far it is.
    """

    def __init__(
        self, writer: Writer, report: Report, cancelled: threading.Event, on_progress: Callable[[Progress], None]
    ) -> None:
        self._writer = writer
        self._report = report
        self._cancelled = cancelled
        self._on_progress = on_progress
        self._room = threading.Semaphore(_ON_THEIR_WAY)
        self._burst: _Burst | None = None
        self._batch: list[tuple[EncodedImage, _Burst]] = []
        self._done = 0.0
        self._total = 0

    def take(self, paths: Sequence[Path]) -> None:
        """Take everything, until it is cancelled or a batch cannot be written."""
        files = list(files_in(paths))
        self._total = len(files)
        self._tell()
        for place, path in enumerate(files, start=1):
            if self._is_over:
                break
            if path.suffix.lower() in CLIPS:
                self._take_clip(path)
            else:
                self._take_picture(path)
            self._done = place
            self._tell()
        self._hand_over()

    @property
    def _is_over(self) -> bool:
        return self._cancelled.is_set() or self._report.fault is not None

    def _take_picture(self, path: Path) -> None:
        try:
            picture = encode(read_image(path))
        except ImageFault:
            self._report.unreadable.append(path)
            return
        if self._burst is None or not self._burst.room:
            self._burst = _Burst(f"import: {self._report.name}", PICTURES_A_BURST)
        self._add(picture, self._burst)

    def _take_clip(self, path: Path) -> None:
        clip, burst = VideoSource(path, loop=False, realtime=False), _Burst(f"import: {path.name}")
        self._burst = None
        last, number, before = None, 0, self._done
        try:
            clip.open()
            every = max(1, round(clip.rate / FRAMES_A_SECOND))
            while (image := clip.read()) is not None and not self._is_over:
                number += 1
                if (number - 1) % every:
                    continue
                self._done = before + min(1.0, number / max(number, clip.length))
                grey = small_grey(image)
                if last is None or difference(grey, last) >= _SAME:
                    last = grey
                    self._add(encode(image), burst)
        except CameraFault:
            self._report.unreadable.append(path)
        finally:
            clip.close()

    def _add(self, picture: EncodedImage, burst: _Burst) -> None:
        burst.room -= 1
        self._batch.append((picture, burst))
        if len(self._batch) >= _BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        batch, self._batch = self._batch, []
        while batch and not self._room.acquire(timeout=_PATIENCE):
            if self._is_over:  # with a writer that has ended there never is room
                return
        if not batch or self._report.fault is not None:
            return

        def store(buffer: Buffer) -> None:  # in the writer's thread
            try:
                _store(buffer, self._report, batch)
            except ShowtellError as fault:
                self._report.fault = self._report.fault or fault
            finally:
                self._room.release()

        self._writer.submit(store)
        self._tell()

    def _tell(self) -> None:
        report = self._report
        class_id = report.info.id if report.info else None
        self._on_progress(Progress(report.name, class_id, self._done / max(1, self._total), len(report.added)))


@dataclass(slots=True)
class _Burst:
    """A recording that is begun with its first sample; `room` is for how many more there is place."""

    source: str
    room: int = -1
    id: int | None = None


def _store(buffer: Buffer, report: Report, batch: Sequence[tuple[EncodedImage, _Burst]]) -> None:
    items: dict[str, tuple[EncodedImage, int, int]] = {}
    if report.info is None:
        report.info = buffer.class_named(report.name)
    for picture, burst in batch:
        known = buffer.has_picture(picture.sha256)
        if known is not None and (report.info is None or known.class_id != report.info.id):
            report.elsewhere += 1
        elif known is not None or picture.sha256 in items:
            report.there += 1
        else:
            if report.info is None:  # not before the first picture to add
                report.info, report.made = buffer.add_class(report.name), True
            if burst.id is None:
                burst.id = buffer.start_burst(burst.source).id
            items[picture.sha256] = (picture, report.info.id, burst.id)
    if items:
        report.added += [sample.id for sample in buffer.add_samples(items.values())]


def class_folders(folders: Sequence[Path]) -> Iterator[tuple[str, list[Path]]]:
    """Yield the name of each class that folders mean, and the folder of its pictures."""
    for folder in folders:
        try:
            below = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError:  # there is nothing to be found in it
            below = []
        if below and all(entry.is_dir() for entry in below):
            below.sort(key=lambda entry: natural_key(entry.name))
            yield from ((entry.name, [Path(entry.path)]) for entry in below)
        else:
            yield folder.name, [folder]


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files as they are and those in folders, in natural order; hidden ones in folders are left out."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted((name for name in below if not name.startswith(".")), key=natural_key)
            for name in sorted((name for name in names if not name.startswith(".")), key=natural_key):
                yield Path(folder) / name
