# SPDX-License-Identifier: Apache-2.0
"""Class folders: one folder a class, named after it, with its pictures inside. Nothing in them is changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from learner.buffer import Buffer, EncodedImage
from learner.buffer.codec import encode, read_image
from learner.camera.folder import natural_key
from learner.errors import EnvironmentFault, ImageFault, LabelFault
from learner.types import ClassInfo

_CHUNK = 64
"""Pictures a transaction: what an interruption can cost, and what is held in memory at a time."""
_BURST = 30
"""Pictures a burst: a folder often holds many recordings of a thing, and hold-out needs more than one."""
_READERS = min(4, os.cpu_count() or 1)
"""OpenCV decodes without Python's lock; more than a few big pictures at a time would fill the memory."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was left out, and why, in a sentence."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class ClassFolder:
    """A folder named after a class, its files in natural order, and what in it cannot be a picture."""

    name: str
    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class ImportReport:
    """What an import did. `classes` counts the samples added to each class by its name in the project."""

    added: int = 0
    duplicates: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    classes: dict[str, int] = field(default_factory=dict)


def unreadable(path: Path, fault: ImageFault) -> Skipped:
    """Return a picture that could not be read as one that is left out."""
    why = fault.happened.removeprefix(f"{path}: ")
    return Skipped(path, why[:1].upper() + why[1:])


def class_folders(folder: Path) -> tuple[list[ClassFolder], list[Skipped]]:
    """List the class folders in a folder, and what lies beside them.

    Raises:
        EnvironmentFault: the folder cannot be read, or has no class folders.
    """
    found, beside = [], []
    for entry in _entries(folder):
        if entry.name.startswith("."):
            beside.append(Skipped(entry, "It is hidden."))
        elif os.path.isdir(entry):  # os.path, since Path raises in a folder that may not be looked into
            try:
                found.append(_class_folder(entry))
            except EnvironmentFault as fault:
                beside.append(Skipped(entry, fault.happened))
        else:
            beside.append(Skipped(entry, "It is not in a class folder."))
    if not found:
        raise EnvironmentFault(
            "There are no class folders",
            f"{folder} has no folders in it.",
            "Put the pictures of each class into a folder named after the class.",
        )
    return found, beside


def import_folder(buffer: Buffer, folder: Path, on_progress: Callable[[int, int], None] | None = None) -> ImportReport:
    """Copy the pictures of class folders into a project, as samples.

    Files that cannot be read are left out and listed. A picture that is in the project already is not added again.
    Whatever was added stays when the import is interrupted; importing again adds the rest.

    Args:
        buffer: the project, in the thread that opened it.
        folder: holds one folder a class.
        on_progress: called with how many files are done and how many there are.

    Raises:
        EnvironmentFault: the folder cannot be read, or has no class folders.
        ProjectFault: the project cannot be written to.
    """
    found, beside = class_folders(folder)
    report = ImportReport(skipped=beside)
    total = sum(len(class_folder.files) for class_folder in found)
    done = 0
    with ThreadPoolExecutor(_READERS, thread_name_prefix="import") as readers:
        for class_folder in found:
            report.skipped += class_folder.skipped
            target = _Target(buffer, class_folder.name, report)
            for start in range(0, len(class_folder.files), _CHUNK):
                chunk = class_folder.files[start : start + _CHUNK]
                target.take(zip(chunk, readers.map(_read, chunk), strict=True))
                done += len(chunk)
                if on_progress:
                    on_progress(done, total)
    return report


class _Target:
    """Where the pictures of one class folder go: its class, the burst they are added to, and the report."""

    def __init__(self, buffer: Buffer, name: str, report: ImportReport) -> None:
        self._buffer = buffer
        self._name = name
        self._report = report
        self._class: ClassInfo | None = None
        self._burst_id = 0
        self._room = 0

    def take(self, pictures: Iterable[tuple[Path, EncodedImage | Skipped]]) -> None:
        """Add a chunk of pictures in one transaction."""
        items: dict[str, tuple[EncodedImage, int, int]] = {}
        for path, picture in pictures:
            if isinstance(picture, Skipped):
                self._report.skipped.append(picture)
            elif why := self._add(picture, items):
                self._report.skipped.append(Skipped(path, why))
        if items and self._class:
            self._buffer.add_samples(items.values())
            name = self._class.name
            self._report.added += len(items)
            self._report.classes[name] = self._report.classes.get(name, 0) + len(items)

    def _add(self, picture: EncodedImage, items: dict[str, tuple[EncodedImage, int, int]]) -> str | None:
        """Put a picture among the items of the chunk, or return why it does not belong there."""
        known = self._buffer.has_picture(picture.sha256)
        try:
            self._class = self._class or self._buffer.class_named(self._name)
            if known and (self._class is None or known.class_id != self._class.id):
                names: dict[int | None, str] = {info.id: info.name for info in self._buffer.classes()}
                return f'The same picture is in the project as "{names[known.class_id]}".'
            # Not before the first picture to add, so that no class comes of bad files alone.
            self._class = self._class or self._buffer.add_class(self._name)
        except LabelFault as fault:
            return fault.happened
        if known or picture.sha256 in items:
            self._report.duplicates += 1
        else:
            if not self._room:
                self._burst_id, self._room = self._buffer.start_burst(f"import: {self._class.name}").id, _BURST
            self._room -= 1
            items[picture.sha256] = (picture, self._class.id, self._burst_id)
        return None


def _class_folder(folder: Path) -> ClassFolder:
    files, skipped = [], []
    for entry in _entries(folder):
        if entry.name.startswith("."):
            skipped.append(Skipped(entry, "It is hidden."))
        elif os.path.isfile(entry):
            files.append(entry)
        else:
            why = "It is a folder within a class folder." if os.path.isdir(entry) else "It is not a file."
            skipped.append(Skipped(entry, why))
    return ClassFolder(folder.name, tuple(files), tuple(skipped))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda entry: natural_key(entry.name))
    except OSError as error:
        raise EnvironmentFault(
            "That folder cannot be read", f"{folder} cannot be read ({error.strerror}).", "Check the path."
        ) from error


def _read(path: Path) -> EncodedImage | Skipped:
    try:
        return encode(read_image(path))
    except ImageFault as fault:
        return unreadable(path, fault)
