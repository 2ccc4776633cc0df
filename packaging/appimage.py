# SPDX-License-Identifier: Apache-2.0
"""One file that runs without being installed: `python packaging/appimage.py --runtime FILE`, after the app was frozen.

An AppImage of type 2: AppImage's own runtime, an ELF program, and right behind it a squashfs of what a package would
install, which the runtime mounts and whose `AppRun` it starts. The runtime is AppImage's work and not in this
repository; which one a release takes stands in the release workflow. A desktop finds name, icon and version at the top
of the squashfs.

https://github.com/AppImage/AppImageSpec/blob/master/draft.md
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from icons import APP_ID  # scripts beside this one
from linux_tree import PROJECT, ROOT, MissingPart, build_time, lay_out, told_of

_ICON = Path("usr", "share", "icons", "hicolor", "256x256", "apps", f"{APP_ID}.png")
_ENTRY = Path("usr", "share", "applications", f"{APP_ID}.desktop")
_MACHINES = {62: "x86_64", 183: "aarch64"}
"""The field e_machine of an ELF file's header (elf(5)), and what the system calls that machine."""
_HEADER = struct.Struct("<6s2x3s7xH20xQ10xHH2x")
"""Of an ELF file: what kind it is, the letters AI and a 2 in a runtime of type 2, e_machine, e_shoff, e_shentsize and
e_shnum."""
_SECTION = struct.Struct("<24xQQ24x")
"""Of the table of sections: where one starts in the file, and how long it is."""


def build(frozen: Path, runtime: Path, compression: str, out: Path) -> Path:
    """Make the AppImage of a frozen app and return its file.

    Args:
        frozen: the folder that packaging/showtell.spec made.
        runtime: AppImage's runtime for this machine.
        compression: of the squashfs, which not every runtime reads; a word of mksquashfs's.
        out: the folder for the AppImage; it is made.

    Raises:
        MissingPart: something that it is made from, or with, is not there.
        OSError: the files cannot be written.
        subprocess.CalledProcessError: mksquashfs does not make it; it has said why.
    """
    if shutil.which("mksquashfs") is None:
        raise MissingPart("mksquashfs is not installed; it is in Debian's package squashfs-tools.")
    head = _read_runtime(runtime)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"Showtell-{PROJECT['version']}-{platform.machine()}.AppImage"
    with tempfile.TemporaryDirectory(dir=out, prefix="appimage-") as work:
        root, made = Path(work) / "AppDir", Path(work) / file.name
        lay_out(frozen, root / "usr")
        _say_what_it_is(root)
        _squash(root, made, len(head), compression)
        with made.open("r+b") as stream:
            stream.write(head)
        made.chmod(0o755)
        made.replace(file)
    return file


def _read_runtime(path: Path) -> bytes:
    """Return a runtime's bytes, once it is certain that it will look for the squashfs where they end.

    Raises:
        MissingPart: there is no runtime, it is another program or for another machine, or more than it is in the file.
    """
    if not path.is_file():
        raise MissingPart(f"{path} is not there; it is to be AppImage's runtime, as the release workflow gets it.")
    content = path.read_bytes()
    kind, mark, machine, table, each, count = _HEADER.unpack_from(content.ljust(_HEADER.size, b"\0"))
    if kind != b"\x7fELF\x02\x01" or mark != b"AI\x02":
        raise MissingPart(f"{path} is not a runtime of AppImage's, type 2.")
    if _MACHINES.get(machine) != platform.machine():
        raise MissingPart(f"{path} is the runtime for another machine; this one is {platform.machine()}.")
    # As the runtime reckons itself: it ends with the table of its sections, or with the last section.
    end = table + each * count
    if count and end <= len(content):
        end = max(end, sum(_SECTION.unpack_from(content, end - each)))
    if end != len(content):
        raise MissingPart(f"{path} ends after {len(content)} bytes, but should after {end}: it is not a runtime alone.")
    return content


def _say_what_it_is(root: Path) -> None:
    """Put at the top what is started, and what a desktop shows of it."""
    with (root / _ENTRY).open("a", encoding="utf-8") as entry:
        entry.write(f"X-AppImage-Version={PROJECT['version']}\n")
    for name, target in (
        ("AppRun", Path("usr", "bin", "showtell")),
        (_ENTRY.name, _ENTRY),
        (_ICON.name, _ICON),
        (".DirIcon", Path(_ICON.name)),
    ):
        (root / name).symlink_to(target)


def _squash(root: Path, file: Path, offset: int, compression: str) -> None:
    """Write the squashfs of a folder behind so many empty bytes; everybody may read it, whatever the umask is here."""
    moment = str(build_time())
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        [
            *("mksquashfs", root, file, "-offset", str(offset), "-comp", compression, "-b", "1M"),
            *("-noappend", "-quiet", "-no-progress", "-no-xattrs", "-all-root", "-root-mode", "755"),
            *("-action", "chmod(u=rwX,go=rX)@true", "-mkfs-time", moment, "-all-time", moment),
        ],
        check=True,
        env=environment,
    )


def main() -> int:
    """Run the command line of this script."""
    parser = argparse.ArgumentParser(description="Make an AppImage of the frozen app.")
    parser.add_argument("--runtime", type=Path, required=True, help="AppImage's runtime for this machine")
    parser.add_argument("--frozen", type=Path, default=ROOT / "dist" / "showtell", help="the folder of the app")
    parser.add_argument("--compression", default="zstd", help="which the runtime has to know (%(default)s)")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder for the AppImage")
    chosen = parser.parse_args()
    return told_of(lambda: build(chosen.frozen.resolve(), chosen.runtime, chosen.compression, chosen.out.resolve()))


if __name__ == "__main__":
    sys.exit(main())
