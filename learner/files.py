# SPDX-License-Identifier: Apache-2.0
"""Our assets, the person's data folder, and files in it that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from learner.errors import DiskFull, EnvironmentFault


def assets_folder() -> Path:
    """Return the folder of our assets: inside the package when installed, beside it in a checkout."""
    installed = Path(__file__).parent / "assets"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "assets"


def data_folder() -> Path:
    """Return the folder for what Showtell keeps on this machine; it need not be there yet."""
    return Path(platformdirs.user_data_dir("showtell", appauthor=False))


def private_folder(path: Path) -> Path:
    """Make a folder that its owner alone can look into, whatever the umask; those above it too where there are none.

    One that is there already is closed to others where it is ours.

    Raises:
        OSError: it cannot be made.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    with suppress(OSError):
        path.chmod(0o700)
    return path


def private_opener(path: str, flags: int) -> int:
    """Open a file for `open(…, opener=private_opener)`: a new one is its owner's alone, whatever the umask."""
    return os.open(path, flags, 0o600)


def without_waiting(path: str, flags: int) -> int:
    """Open a file for `open(…, opener=without_waiting)`; a pipe nobody writes to would be waited for for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in such a way that nobody ever finds half of it, whatever happens meanwhile.

    Raises:
        OSError: it cannot be written; what was there before is as it was.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Have a new file written, which gets its name when the block has ended well, whole and in nobody's place.

    Until then it is called `….part`; when the block ends otherwise, it is removed.

    Args:
        path: what it is to be called.

    Yields:
        The empty file to write to.

    Raises:
        DiskFull: there is no room for it.
        EnvironmentFault: something is called so already, or nothing can be written there.
    """
    with part_of(path) as part:
        if os.path.lexists(path):
            raise _taken(path)
        yield part
        name_whole(part, path)


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """Yield an empty file beside a path, to be written and then named (`name_whole`); it is removed if it is not.

    Raises:
        DiskFull: there is no room for it.
        EnvironmentFault: nothing can be written there.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{path.name[:100]}.", suffix=".part", dir=path.parent)
        os.close(descriptor)
        part = Path(name)
        try:
            yield part
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        raise write_fault(path, error) from error


def name_whole(part: Path, path: Path, *, instead: bool = False) -> None:
    """Give a file that is complete its name, and make sure that it is on the disk.

    Args:
        part: the file.
        path: what it is to be called.
        instead: take the place of what is called so, in one step.

    Raises:
        EnvironmentFault: something is called so already; it is left as it is.
        OSError: it cannot be done.
    """
    sync(part)
    if instead:
        part.replace(path)
        return
    try:
        os.link(part, path)  # which replaces nothing, as a rename would
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise _taken(path) from None
        part.rename(path)
    else:
        part.unlink()


def sync(path: Path) -> None:
    """Make sure that what was written to a file is on the disk, as far as the system can tell."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_fault(path: Path, error: OSError) -> EnvironmentFault:
    """Return what to say when a file cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull("The disk is full", f"There is no room for {path}.", "Make room, or choose another disk.")
    why = error.strerror or "it does not answer"
    return EnvironmentFault(
        "The file cannot be written", f"{path} cannot be written ({why}).", "Choose another place for it."
    )


def _taken(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "That name is taken", f"{path} is there already, and nothing is written over.", "Choose another name."
    )
