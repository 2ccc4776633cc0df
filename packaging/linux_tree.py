# SPDX-License-Identifier: Apache-2.0
"""Where the files of the app go on a Linux system, whatever package brings them there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from icons import APP_ID  # a script beside this one

from learner.buffer.schema import APPLICATION_ID

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent / "linux"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOLDER = "lib/showtell"
"""Of the frozen app, below the prefix."""


class MissingPart(Exception):
    """Something that a package is made from is not there; the message says how to get it."""


def build_time() -> int:
    """Return when the package is made, in seconds of the epoch: SOURCE_DATE_EPOCH, where it is set, or now."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def lay_out(frozen: Path, prefix: Path) -> None:
    """Put the frozen app and what a desktop wants to know of it below a prefix like `/usr`.

    Args:
        frozen: the folder that packaging/showtell.spec made.
        prefix: a folder that is not there yet.

    Raises:
        MissingPart: it is not a frozen app, or Sphinx is not installed.
        OSError: the files cannot be written.
    """
    if not (frozen / "showtell").is_file():
        raise MissingPart(f"{frozen} has no app; make it: python -m PyInstaller packaging/showtell.spec")
    shutil.copytree(frozen, prefix / FOLDER, symlinks=True)
    (prefix / "bin").mkdir()
    (prefix / "bin" / "showtell").symlink_to(f"../{FOLDER}/showtell")
    share = prefix / "share"
    day = time.strftime("%Y-%m-%d", time.gmtime(build_time()))
    for name, folder in (("desktop", "applications"), ("metainfo.xml", "metainfo"), ("xml", "mime/packages")):
        target = share / folder / f"{APP_ID}.{name}"
        target.parent.mkdir(parents=True)
        text = (HERE / target.name).read_text(encoding="utf-8")
        filled = {"VERSION": PROJECT["version"], "DATE": day, "APPLICATION_ID": f"0x{APPLICATION_ID:08x}"}
        for key, value in filled.items():
            text = text.replace(f"@{key}@", value)
        target.write_text(text, encoding="utf-8")
    _draw_icons(share / "icons")
    _write_manual(share / "man" / "man1")


def _draw_icons(folder: Path) -> None:
    folder.mkdir(parents=True)
    drawn = folder.parent / "drawn"
    # In a process of its own: drawing takes an application of Qt's, of which each has one.
    subprocess.run([sys.executable, Path(__file__).parent / "icons.py", drawn], check=True, stdout=subprocess.DEVNULL)
    (drawn / "hicolor").rename(folder / "hicolor")
    shutil.rmtree(drawn)


def _write_manual(folder: Path) -> None:
    """Write `showtell.1` from the page of all commands."""
    built = folder.parent / "built"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "man", ROOT / "docs", built],
        capture_output=True,
        text=True,
        check=False,
    )
    if not (built / "showtell.1").is_file():
        raise MissingPart(f"The manual was not made; that needs the extra docs.\n{done.stderr}")
    folder.mkdir()
    (built / "showtell.1").rename(folder / "showtell.1")
    shutil.rmtree(built)


def told_of(make: Callable[[], Path]) -> int:
    """Make a package, say in the terminal what came of it, and return the exit code."""
    began = time.monotonic()
    try:
        made = make()
    except subprocess.CalledProcessError as fault:  # the program itself has said why
        sys.stderr.write(f"{fault.cmd[0]} failed with exit code {fault.returncode}.\n")
        return 1
    except (MissingPart, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    print(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB, made in {time.monotonic() - began:.0f} s")
    return 0
