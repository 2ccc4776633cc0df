# SPDX-License-Identifier: Apache-2.0
"""Zip archives as folders, without unpacking them: what is not an ordinary file in its place is left out.

An archive may come from anybody. So its table of contents is measured before it is read; names that lead out of it,
links, devices, encrypted and nested ones are left out; entries that share bytes, as those of an archive that is small
and unpacks to petabytes (D. Fifield, "A better zip bomb", 2019), have the whole archive refused; and no entry is
unpacked further than a picture may be long, whatever the table of contents says.
"""

from __future__ import annotations

import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from learner.camera.folder import natural_key
from learner.errors import EnvironmentFault, ImageFault
from learner.interchange.clips import ENDINGS as CLIPS
from learner.interchange.clips import is_clip
from learner.interchange.folders import SPLITS
from learner.interchange.items import Skipped
from learner.interchange.tree import Listing, below, plain
from learner.pictures import ENDINGS as PICTURES
from learner.pictures import MOST_BYTES

MOST_ENTRIES = 250_000
MOST_RATIO = 200
"""Times an entry may be longer unpacked than packed, from `_SMALL` bytes on; drawings reach some dozens."""
MOST_UNPACKED = 256 * 2**30
"""Of all entries unpacked."""
_SMALL = 4 * 2**20
_LONGEST_PICTURE = MOST_BYTES
_LONGEST_CLIP = 8 * 2**30
_MUCH = 2**30
_DEEPEST, _SHOWN = 40, 120
_ENTRY, _END, _LOCATOR64, _END64 = b"PK\1\2", b"PK\5\6", b"PK\6\7", b"PK\6\6"
_NESTED = frozenset({".zip", ".tm", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".showtell"})
_TELLING = frozenset({".csv", ".tsv", ".json"})
_MEANT = PICTURES | CLIPS | _TELLING
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` meets a damaged or unusual entry with."""
_CHUNK = 2**20
_HIDDEN = "It is hidden."


class ZipTree:
    """An archive as a tree of folders and files; reading it changes nothing, and nothing of it is written to the disk.

    Args:
        path: the archive.

    Raises:
        EnvironmentFault: it cannot be read, is damaged, or looks like one that is made to do harm.
    """

    kind = "an archive"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.skipped: list[Skipped] = []
        """What of it is left out, in whatever folder."""
        self._folders: dict[str, Listing] = {"": Listing()}
        self._files: dict[str, zipfile.ZipInfo] = {}
        with ExitStack() as resources:
            try:
                # A file of ours is never closed by ZipFile, whose count of its readers is not kept for several threads.
                file = resources.enter_context(path.open("rb"))
                _check_contents(path, file)
                self._zip = resources.enter_context(zipfile.ZipFile(file))
            except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
                raise _damaged(path, getattr(error, "strerror", None) or str(error)) from error
            _check_entries(path, self._zip.infolist())
            for info in self._zip.infolist():
                self._place(info)
            self._resources = resources.pop_all()
        for listing in self._folders.values():
            listing.folders.sort(key=natural_key)
            listing.files.sort(key=natural_key)

    def close(self) -> None:
        """Close the archive."""
        self._resources.close()

    @property
    def root(self) -> str:
        """The folder that is meant: an archive of a folder often has that alone at its top, perhaps with a licence.

        A folder of nothing but pictures is a class's, and one that says what its pictures are for is meant to.
        """
        folder = ""
        while len((listing := self._folders[folder]).folders) == 1 and not _has_any(listing, _MEANT):
            (name,) = listing.folders
            inside = self._folders[below(folder, name)]
            if name.lower() in SPLITS or not (inside.folders or _has_any(inside, _TELLING)):
                break
            folder = below(folder, name)
        return folder

    @property
    def files(self) -> list[str]:
        """All files that can be read, as they come in the archive."""
        return list(self._files)

    def listing(self, folder: str) -> Listing:
        """List a folder."""
        return self._folders.get(folder) or Listing()

    def count(self, folder: str) -> int:
        """Return how many files are in a folder and all below it."""
        return sum(not folder or file.startswith(f"{folder}/") for file in self._files)

    def read(self, file: str) -> bytes:
        """Return what is in a picture.

        Raises:
            ImageFault: it is not there, damaged, or longer than it says.
        """
        return self.read_up_to(file, _LONGEST_PICTURE)

    def read_up_to(self, file: str, most: int) -> bytes:
        """Return what is in a file that may have so many bytes at most.

        Raises:
            ImageFault: as `read`.
        """
        name = str(self.path / file)
        try:
            with self._zip.open(self._files[file]) as stream:
                content = stream.read(most + 1)
        except KeyError as error:
            raise _unreadable(name, "it is not in the archive") from error
        except _BROKEN as error:
            raise _unreadable(name, "it is damaged") from error
        if len(content) > most:
            raise _unreadable(name, "it is too large for a picture")
        return content

    def stream(self, file: str) -> BinaryIO:
        """Open a file."""
        try:
            return cast(BinaryIO, self._zip.open(self._files[file]))
        except (KeyError, *_BROKEN) as error:
            raise _damaged(self.path, f"{file}: {error}") from error

    @contextmanager
    def on_disk(self, file: str) -> Iterator[Path]:
        """Unpack a clip to where it is gone after the block."""
        try:
            with tempfile.NamedTemporaryFile(prefix="showtell-", suffix=Path(file).suffix, delete=False) as place:
                try:
                    with self._zip.open(self._files[file]) as stream:
                        shutil.copyfileobj(stream, place, _CHUNK)
                except BaseException:
                    place.close()
                    Path(place.name).unlink(missing_ok=True)
                    raise
        except (KeyError, *_BROKEN) as error:
            raise _damaged(self.path, f"{file}: {error}") from error
        try:
            yield Path(place.name)
        finally:
            Path(place.name).unlink(missing_ok=True)

    def within(self, folder: str, text: str) -> str | None:
        """Return which file is meant; there is nothing outside of an archive."""
        return None if _is_absolute(text) else plain(folder, text)

    def _place(self, info: zipfile.ZipInfo) -> None:
        """Put an entry where it belongs, or among what its folder leaves out."""
        name = _name(info)
        place = None if _is_absolute(name) else plain("", name)
        if place is not None and place.count("/") > _DEEPEST:
            self.skipped.append(Skipped(self.path / place[:_SHOWN], "It lies too deep."))
            return
        if place is None:
            self.skipped.append(Skipped(self.path / Path(name).name, "Its name leads out of the archive."))
            return
        if info.is_dir():
            self._folder(place)
            return
        parent, _, last = place.rpartition("/")
        why = _why_not(info, place)
        if place in self._files or place in self._folders:
            why = "There is another one with its name."
        if why:
            if not place.startswith("__MACOSX/"):  # what macOS puts beside every file
                one = Skipped(self.path / place, why, "hidden" if why == _HIDDEN else "unreadable")
                self.skipped.append(one)
            return
        self._folder(parent).files.append(last)
        self._files[place] = info

    def _folder(self, place: str) -> Listing:
        if place not in self._folders:
            parent, _, last = place.rpartition("/")
            above = self._folder(parent)
            if not last.startswith(".") and place != "__MACOSX":
                above.folders.append(last)
            self._folders[place] = Listing()
        return self._folders[place]


def _has_any(listing: Listing, endings: frozenset[str]) -> bool:
    return any(Path(name).suffix.lower() in endings for name in listing.files)


def _why_not(info: zipfile.ZipInfo, place: str) -> str:
    """Return in a sentence why an entry is left out; empty where it is not."""
    kind = info.external_attr >> 16 if info.create_system == 3 else 0
    longest = _LONGEST_CLIP if is_clip(place) else _LONGEST_PICTURE
    if any(part.startswith(".") for part in place.split("/")) or place.startswith("__MACOSX/"):
        return _HIDDEN
    if stat.S_IFMT(kind) not in {0, stat.S_IFREG}:
        return "It is a link." if stat.S_ISLNK(kind) else "It is not a file."
    if info.flag_bits & 0x1:
        return "It is encrypted."
    if Path(place).suffix.lower() in _NESTED:
        return "It is an archive within an archive."
    if info.file_size > longest:
        return "It is too large."
    if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size):
        return "It is packed so tightly that it cannot be a picture."
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; what macOS writes is UTF-8 and does not say so."""
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & 0x800:
        try:
            return name.encode("cp437").decode()
        except UnicodeError:
            pass
    return name


def _is_absolute(name: str) -> bool:
    return name.startswith(("/", "\\")) or bool(re.match("[A-Za-z]:", name))


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    whole, packed = sum(info.file_size for info in entries), path.stat().st_size
    if whole > MOST_UNPACKED or (whole > _MUCH and whole > MOST_RATIO * packed):
        raise _refused(path, f"it unpacks to {whole / 2**30:,.0f} GB")
    end = 0
    for info in sorted(entries, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise _refused(path, "some of its entries share the same bytes")
        # A local header has 30 bytes, the name and perhaps more before what is packed.
        end = info.header_offset + 30 + info.compress_size


def _check_contents(path: Path, file: BinaryIO) -> None:
    """Refuse an archive whose table of contents is too long to be read, before it is.

    How many entries it says it has is not believed. Source: APPNOTE.TXT 6.3.10, 4.3.12 to 4.3.16.
    """
    size = file.seek(0, 2)
    start = max(0, size - 22 - 0xFFFF - 76)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise _damaged(path, "its end is missing")
    (length,) = struct.unpack_from("<L", tail, place + 12)
    if place >= 76 and tail.startswith(_LOCATOR64, place - 20) and tail.startswith(_END64, place - 76):
        place -= 76
        (length,) = struct.unpack_from("<Q", tail, place + 40)
    if length > start + place:
        raise _damaged(path, "it is not complete")
    file.seek(start + place - length)
    entries, last = 0, b""
    while length > 0 and (chunk := file.read(min(length, _CHUNK))):
        length -= len(chunk)
        entries += (last + chunk).count(_ENTRY)
        last = chunk[-3:]
        if entries > MOST_ENTRIES:
            raise _refused(path, f"it has more than {MOST_ENTRIES:,} entries")


def _unreadable(name: str, why: str) -> ImageFault:
    return ImageFault("That picture cannot be read", f"{name}: {why}.", "Leave it out, or pack the archive again.")


def _damaged(path: Path, why: str) -> EnvironmentFault:
    return EnvironmentFault(
        "That archive cannot be read", f"{path} is damaged or no zip archive ({why}).", "Get it again, or pack it anew."
    )


def _refused(path: Path, why: str) -> EnvironmentFault:
    return EnvironmentFault(
        "That archive is not opened", f"{path} could do harm: {why}.", "Unpack it yourself if you trust it."
    )
