# SPDX-License-Identifier: Apache-2.0
"""Samples as folders: one folder a class with its pictures, and a table of all of them beside the folders."""

from __future__ import annotations

import csv
import errno
import hashlib
import shutil
import unicodedata
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from learner.buffer import Buffer
from learner.errors import DiskFull, EnvironmentFault
from learner.interchange.table import TABLE
from learner.types import Burst, Role, Sample

COLUMNS = (
    "path",
    "label",
    "recording",
    "captured_at",
    "held_out",
    "source",
    "recording_started_at",
    "sha256",
    "file_sha256",
)

_CHUNK = 64
"""Pictures that are held in memory at a time."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)))
)
"""Names that mean a device on Windows, whatever the ending."""
_LONGEST = 120
"""Bytes of a folder's name: file systems take 255, and the whole path has to fit as well."""


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How many of the pictures are written."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export came to: the new folder, and how many pictures of how many classes are in it."""

    folder: Path
    pictures: int
    classes: int


def export_folders(buffer: Buffer, folder: Path, name: str) -> Generator[ExportProgress, None, ExportReport]:
    """Write the labelled samples as JPEGs, one folder a class, and a table `samples.csv` beside the folders.

    The pictures are those of the file, bit by bit: the centre square, at most 512 pixels wide. The table has one row a
    picture: its path, the class's name as it is in the project, the number of its recording (pictures of one recording
    are much alike and belong on one side of a split), when it was taken (ISO 8601, UTC), whether it is held out to
    measure with, what the recording came from and when it began, the hash by which the project knows the picture, and
    that of the file. So importing the folder gives the same samples again (see `learner.interchange.table`). Deleted
    and unlabelled samples, and removed classes, are left out.

    Everything goes into a new folder; nothing that exists is written over. Until it is complete it is called
    `….part`; closing the generator before that removes it again.

    Args:
        buffer: the project, in the thread that opened it.
        folder: where the new folder is to be.
        name: what it is to be called, if that is free; " (2)" is added if not.

    Yields:
        How far it is, after every few pictures.

    Returns:
        What was written.

    Raises:
        DiskFull: there is no room for it.
        EnvironmentFault: the folder cannot be written to, or there is nothing to export.
    """
    names = buffer.class_names()
    samples = [sample for sample in buffer.samples() if sample.class_id in names]
    if not samples:
        raise EnvironmentFault(
            "There is nothing to export", "The project has no labelled samples.", "Name a thing and record it first."
        )
    bursts = {burst.id: burst for burst in buffer.bursts()}
    folders = folder_names({class_id: names[class_id] for class_id in _classes(samples)})
    try:
        part = _claim(folder, f"{clean(name)}.part")
    except OSError as error:
        raise _fault(folder, error) from error
    try:
        yield ExportProgress(0, len(samples))
        written = 0
        with (part / TABLE).open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for start in range(0, len(samples), _CHUNK):
                chunk = samples[start : start + _CHUNK]
                rows = list(_write(buffer, chunk, part, folders, names, bursts))
                table.writerows(rows)
                written += len(rows)
                yield ExportProgress(start + len(chunk), len(samples))
        target = _rename(part, folder, clean(name))
    except OSError as error:
        raise _fault(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)  # nothing is there any more where all went well
    return ExportReport(target, written, len(folders))


def clean(name: str) -> str:
    """Return a name that every file system takes, as much like the given one as can be."""
    text = unicodedata.normalize("NFC", name)
    # Controls, and what has no glyph or pairing of its own, would only be seen to be missing.
    text = "".join("_" if char in _FORBIDDEN or unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    text = text.encode()[:_LONGEST].decode(errors="ignore").strip(" ").rstrip(". ")
    if text.startswith("."):  # it would be hidden
        text = f"_{text[1:]}"
    if text.split(".")[0].rstrip().upper() in _DEVICES:
        text = f"_{text}"
    return text or "_"


def folder_names(names: dict[int, str]) -> dict[int, str]:
    """Return a folder's name for each class; no two differ in capitals or composition alone."""
    taken: set[str] = set()
    found = {}
    for class_id, name in names.items():
        base = chosen = clean(name)
        number = 1
        while (key := unicodedata.normalize("NFC", chosen.casefold())) in taken or key == TABLE:
            number += 1
            chosen = f"{base} ({number})"
        taken.add(key)
        found[class_id] = chosen
    return found


def _classes(samples: Iterable[Sample]) -> list[int]:
    return sorted({sample.class_id for sample in samples if sample.class_id is not None})


def _write(
    buffer: Buffer,
    samples: list[Sample],
    part: Path,
    folders: dict[int, str],
    names: dict[int, str],
    bursts: dict[int, Burst],
) -> Iterator[tuple[str, ...]]:
    """Write some of the pictures, and return their rows of the table."""
    pictures = buffer.pictures([sample.id for sample in samples])
    for sample in samples:
        picture = pictures.get(sample.id)
        if picture is None or sample.class_id is None:
            continue  # deleted for good since the samples were listed
        place = part / folders[sample.class_id]
        place.mkdir(exist_ok=True)
        path = place / f"{sample.id:06d}.jpg"
        path.write_bytes(picture)
        burst = bursts[sample.burst_id]
        yield (
            path.relative_to(part).as_posix(),
            names[sample.class_id],
            str(sample.burst_id),
            sample.captured_at.isoformat(),
            "true" if sample.role is Role.HOLDOUT else "false",
            burst.source,
            burst.started_at.isoformat(),
            sample.sha256,
            hashlib.sha256(picture).hexdigest(),
        )


def _claim(folder: Path, name: str) -> Path:
    """Make a new folder with this name or one like it."""
    for path in _alike(folder, name):
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)  # pictures from a person's camera go into it
            return path
    raise _no_name(folder, name)


def _rename(part: Path, folder: Path, name: str) -> Path:
    """Give a complete folder its name, or one like it where that is taken."""
    for path in _alike(folder, name):
        # Asked beforehand, since on some systems an empty folder would be replaced.
        if not path.exists():
            return part.rename(path)
    raise _no_name(folder, name)


def _alike(folder: Path, name: str) -> Iterator[Path]:
    return (folder / (name if number == 1 else f"{name} ({number})") for number in range(1, 1000))


def _no_name(folder: Path, name: str) -> EnvironmentFault:
    return EnvironmentFault(
        "There is no name left", f"{folder} has too many folders called {name}.", "Choose another folder."
    )


def _fault(folder: Path, error: OSError) -> EnvironmentFault:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            "The disk is full", f"There is no room for the pictures in {folder}.", "Make room, or choose another disk."
        )
    why = error.strerror or "it does not answer"
    return EnvironmentFault(
        "The pictures cannot be written", f"{folder} cannot be written to ({why}).", "Choose another folder."
    )
