# SPDX-License-Identifier: Apache-2.0
"""A package for Debian, Ubuntu and what comes from them: `python packaging/deb.py`, after the app was frozen.

It has everything of Python in it, and depends on the system for what every desktop has: the C library, OpenGL, X. Which
packages of the system these are, and from which version on, is found out from the programs and libraries in it, as
Debian's own `dpkg-shlibdeps` does, only sooner; the system that it is made on is the oldest one that it runs on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from email.utils import formatdate
from pathlib import Path

from linux_tree import (  # a script beside this one
    FOLDER,
    HERE,
    PROJECT,
    ROOT,
    MissingPart,
    build_time,
    lay_out,
    told_of,
)

_TOOLS = {"dpkg-deb": "dpkg", "dpkg-architecture": "dpkg-dev", "readelf": "binutils"}
"""What it is made with, and the package of Debian's that each is in."""
_MAINTAINER = "The Showtell developers <maintainers@showtell.invalid>"
_LIBC = "libc6"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_OF_LIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_ALWAYS = ("libegl1", "libgl1", "libfontconfig1")
"""What Qt loads by its name when it runs, and what brings the system's fonts."""


def build(frozen: Path, out: Path) -> Path:
    """Make the package of a frozen app and return its file.

    Args:
        frozen: the folder that packaging/showtell.spec made.
        out: the folder for the package; it is made.

    Raises:
        MissingPart: something that it is made from, or with, is not there.
        OSError: the files cannot be written.
        subprocess.CalledProcessError: Debian's tools do not make it; they have said why.
    """
    for tool, package in _TOOLS.items():
        if shutil.which(tool) is None:
            raise MissingPart(f"{tool} is not installed; it is in Debian's package {package}.")
    out.mkdir(parents=True, exist_ok=True)
    architecture = _told("dpkg-architecture", "-qDEB_HOST_ARCH").strip()
    with tempfile.TemporaryDirectory(dir=out, prefix="deb-") as work:
        root = Path(work) / "root"
        lay_out(frozen, root / "usr")
        _document(root / "usr" / "share")
        _set_modes(root)
        control = root / "DEBIAN"
        control.mkdir(mode=0o755)
        (control / "control").write_text(_control(root, architecture), encoding="utf-8")
        (control / "md5sums").write_text(_sums(root), encoding="utf-8")
        _set_times(root)
        file = out / f"showtell_{PROJECT['version']}_{architecture}.deb"
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(build_time())}
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", root, file], check=True, env=environment
        )
    return file


def _control(root: Path, architecture: str) -> str:
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    summary, _, rest = PROJECT["description"].partition(". ")
    return f"""\
Package: showtell
Version: {PROJECT["version"]}
Architecture: {architecture}
Maintainer: {_MAINTAINER}
Installed-Size: {size // 1024}
Depends: {", ".join(_depends(root))}
Section: education
Priority: optional
Description: {summary[0].lower()}{summary[1:]}
 {rest}
 .
 Showtell learns to recognise things from the camera, on the spot: hold a
 number key while you turn a mug in front of the camera, and from then on it
 knows the mug. It learns incrementally, without forgetting what it was taught
 before, unlearns what is deleted, and says "unknown" instead of guessing.
 .
 This package brings its own Python, TensorFlow and Qt.
"""


def _depends(root: Path) -> list[str]:
    """Return the packages of the system that have what the files in the package are linked to and do not bring.

    Raises:
        MissingPart: no package of this system has a library.
    """
    files = [path for path in (root / "usr" / FOLDER).rglob("*") if path.is_file() and _is_elf(path)]
    brought = {path.name for path in files}
    needed: set[str] = set()
    newest = (0, 0)
    for path in files:
        told = _told("readelf", "--wide", "--dynamic", "--version-info", path)
        needed.update(name for name in _NEEDED.findall(told) if name not in brought)
        newest = max([newest, *((int(major), int(minor)) for major, minor in _OF_LIBC.findall(told))])
    packages = {*_ALWAYS, *map(_package_with, sorted(needed))} - {_LIBC}
    return [f"{_LIBC} (>= {newest[0]}.{newest[1]})", *sorted(packages)]


def _package_with(library: str) -> str:
    found = subprocess.run(["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, check=False)
    if not found.stdout:
        raise MissingPart(f"No package of this system has {library}, which something in the app is linked to.")
    return found.stdout.partition(":")[0]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _document(share: Path) -> None:
    """Add what Debian wants of every package: a licence, a changelog, a compressed manual, and excuses."""
    documents = share / "doc" / "showtell"
    documents.mkdir(parents=True)
    shutil.copy2(HERE / "copyright", documents / "copyright")
    changes = (
        f"showtell ({PROJECT['version']}) stable; urgency=medium\n\n"
        "  * See NEWS.gz.\n\n"
        f" -- {_MAINTAINER}  {formatdate(build_time())}\n"
    )
    _compress(documents / "changelog.gz", changes.encode())
    _compress(documents / "NEWS.gz", (ROOT / "CHANGELOG.md").read_bytes())
    manual = share / "man" / "man1" / "showtell.1"
    _compress(manual.with_name("showtell.1.gz"), manual.read_bytes())
    manual.unlink()
    overrides = share / "lintian" / "overrides" / "showtell"
    overrides.parent.mkdir(parents=True)
    shutil.copy2(HERE / "lintian-overrides", overrides)


def _compress(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, 9, mtime=build_time()))


def _set_modes(root: Path) -> None:
    """Let everybody read, and run what can be run, whatever the umask is here."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        is_program = path.is_dir() or (path.parent.name == "showtell" and path.name == "showtell" and _is_elf(path))
        path.chmod(0o755 if is_program else 0o644)


def _set_times(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        os.utime(path, (build_time(), build_time()), follow_symlinks=False)


def _sums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and root / "DEBIAN" not in path.parents:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
            lines.append(f"{digest}  {path.relative_to(root)}\n")
    return "".join(lines)


def _told(*words: str | Path) -> str:
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Run the command line of this script."""
    parser = argparse.ArgumentParser(description="Make a .deb of the frozen app.")
    parser.add_argument("--frozen", type=Path, default=ROOT / "dist" / "showtell", help="its folder")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder for the package")
    chosen = parser.parse_args()
    return told_of(lambda: build(chosen.frozen.resolve(), chosen.out.resolve()))


if __name__ == "__main__":
    sys.exit(main())
