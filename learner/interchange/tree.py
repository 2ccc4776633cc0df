# SPDX-License-Identifier: Apache-2.0
"""Folders and files as an import sees them, wherever they are: on the disk, or in an archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from learner.camera.folder import natural_key
from learner.errors import EnvironmentFault
from learner.interchange.items import Skipped
from learner.pictures import read_file


@dataclass(slots=True)
class Listing:
    """What is in a folder, by name and in natural order, and what in it is left out."""

    folders: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class Tree(Protocol):
    """Folders and files below `path`. They are named from there with slashes; "" is all of it."""

    path: Path
    kind: str
    """What it is, for people: "a folder"."""

    def listing(self, folder: str) -> Listing:
        """List a folder.

        Raises:
            EnvironmentFault: it cannot be read.
        """

    def count(self, folder: str) -> int:
        """Return about how many files are in a folder and all below it."""

    def read(self, file: str) -> bytes:
        """Return what is in a picture; called in any thread.

        Raises:
            ImageFault: it cannot be read.
        """

    def stream(self, file: str) -> BinaryIO:
        """Open a file.

        Raises:
            EnvironmentFault: it cannot be read.
        """

    def on_disk(self, file: str) -> AbstractContextManager[Path]:
        """Return a file as one that other libraries can open, while the block runs.

        Raises:
            EnvironmentFault: there is no room for it, or it cannot be read.
        """

    def within(self, folder: str, text: str) -> str | None:
        """Return which file a path in a table means that lies in a folder; None when it lies outside of it."""


def below(folder: str, name: str) -> str:
    """Return the name of what is in a folder."""
    return f"{folder}/{name}" if folder else name


def plain(folder: str, text: str) -> str | None:
    """Return a path relative to a folder without dots and backslashes; None when it leads out of it, or nowhere."""
    parts: list[str] = []
    for part in text.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return below(folder, "/".join(parts)) if parts and "\0" not in text else None


class FolderTree:
    """A folder on the disk. Nothing in it is changed."""

    kind = "a folder"

    def __init__(self, path: Path) -> None:
        self.path = path

    def listing(self, folder: str) -> Listing:
        """List a folder. Hidden files, and within class folders links to other folders, are left out."""
        found = Listing()
        for entry in self._entries(folder):
            path = Path(entry.path)
            if entry.name.startswith("."):
                found.skipped.append(Skipped(path, "It is hidden.", "hidden"))
            elif os.path.isdir(path):
                if folder and entry.is_symlink():  # it may lead back to where it lies
                    found.skipped.append(Skipped(path, "It is a link to a folder."))
                else:
                    found.folders.append(entry.name)
            elif os.path.isfile(path):
                found.files.append(entry.name)
            else:
                found.skipped.append(Skipped(path, "It is not a file."))
        found.folders.sort(key=natural_key)
        found.files.sort(key=natural_key)
        return found

    def count(self, folder: str) -> int:
        """Return how many files that are not hidden are in a folder and all below it."""
        return sum(1 for _ in self._walk(folder))

    def read(self, file: str) -> bytes:
        """Return what is in a picture."""
        return read_file(self.path / file)

    def stream(self, file: str) -> BinaryIO:
        """Open a file."""
        try:
            return (self.path / file).open("rb")
        except (OSError, ValueError) as error:
            raise self._fault(file, error) from error

    def on_disk(self, file: str) -> AbstractContextManager[Path]:
        """Return the file itself."""
        return nullcontext(self.path / file)

    def within(self, folder: str, text: str) -> str | None:
        """Return which file is meant; where a link leads counts, and an absolute path is one as any other."""
        base = os.path.realpath(self.path / folder)
        try:
            place = os.path.realpath(os.path.join(base, text if os.path.isabs(text) else text.replace("\\", "/")))
        except (OSError, ValueError):  # it has a NUL, or is too long
            return None
        if not place.startswith(base.rstrip(os.sep) + os.sep):
            return None
        return below(folder, os.path.relpath(place, base).replace(os.sep, "/"))

    def _walk(self, folder: str) -> Iterator[str]:
        for _, folders, names in os.walk(self.path / folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (name for name in names if not name.startswith("."))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.path / folder) as entries:
                return list(entries)
        except (OSError, ValueError) as error:
            raise self._fault(folder, error) from error

    def _fault(self, name: str, error: Exception) -> EnvironmentFault:
        why = getattr(error, "strerror", None) or str(error)
        return EnvironmentFault(
            "That cannot be read", f"{self.path / name} cannot be read ({why}).", "Check the path, and that you may."
        )
