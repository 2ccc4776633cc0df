# SPDX-License-Identifier: Apache-2.0
r"""Make the installer for Windows of the frozen app: `python packaging/windows/installer.py`.

It needs Inno Setup 6.3 or newer and what `packaging/showtell.spec` makes, the folder `dist\showtell` and the icons, and
makes `dist\showtell-VERSION-windows-x64-setup.exe`.

With WINDOWS_SIGN_COMMAND the installer, what it installs and its uninstaller are signed; it is a command in which `$f`
stands for the file, `signtool sign /fd sha256 … $f`. Without it all works, and Windows says that it does not know who
made it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCRIPT = Path(__file__).with_name("showtell.iss")
LONGEST = 259
"""Characters of a path that every Windows opens; longer ones only where somebody has switched them on."""
WHERE = len(r"C:\Users\twenty-characters-xx\AppData\Local\Programs\Showtell" + "\\")
"""Characters before an installed file's own; names of accounts have 20 at most."""


def main() -> int:
    """Make the installer; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python packaging/windows/installer.py", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--app", type=Path, default=ROOT / "dist" / "showtell", help="the frozen app's folder")
    parser.add_argument("--icons", type=Path, default=ROOT / "build" / "showtell" / "icons", help="its icons' folder")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder to write to")
    chosen = parser.parse_args()
    amiss = [*missing(chosen.app, chosen.icons), *too_long(chosen.app)]
    compiler = find_compiler()
    if compiler is None:
        amiss.append("Inno Setup 6 is not here: its compiler, ISCC.exe, is not on the PATH or among the programs.")
    if amiss or compiler is None:
        print("\n".join(amiss), file=sys.stderr)
        return 1
    command = arguments(chosen.app, chosen.icons, chosen.out, os.environ.get("WINDOWS_SIGN_COMMAND", ""))
    return subprocess.run([compiler, *command], check=False).returncode


def version() -> str:
    """Return the version that pyproject.toml gives."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def missing(app: Path, icons: Path) -> Iterator[str]:
    """Yield what has to be made first."""
    for path in (app / "showtell.exe", app / "showtellw.exe", icons / "showtell.ico", icons / "project.ico"):
        if not path.is_file():
            yield f"{path} is missing; packaging/README.md says how it is made."


def too_long(app: Path) -> Iterator[str]:
    """Yield the files whose paths some Windows could not open once they are installed."""
    for path in app.rglob("*"):
        inside = str(path.relative_to(app))
        if WHERE + len(inside) > LONGEST:
            yield f"{inside} is {WHERE + len(inside) - LONGEST} characters too long."


def find_compiler() -> str | None:
    """Return where Inno Setup's compiler is, or None."""
    found = shutil.which("ISCC")
    if found is not None:
        return found
    folders = [Path(os.environ[name]) for name in ("ProgramFiles(x86)", "ProgramFiles") if name in os.environ]
    candidates = (folder / "Inno Setup 6" / "ISCC.exe" for folder in folders)
    return next((str(path) for path in candidates if path.is_file()), None)


def arguments(app: Path, icons: Path, out: Path, sign: str) -> list[str]:
    """Return what the compiler is called with.

    Args:
        app: the frozen app's folder.
        icons: the folder of `showtell.ico` and `project.ico`.
        out: the folder to write to.
        sign: the command that signs a file `$f`, or "".
    """
    given = {
        "AppVersion": version(),
        "Source": str(app.resolve()),
        "Icons": str(icons.resolve()),
        "Out": str(out.resolve()),
        "Signing": " signonce" if sign else "",
    }
    defined = [f"/D{name}={value}" for name, value in given.items()]
    return ["/Q", *defined, *(["/DSigned", f"/Ssigner={sign}"] if sign else []), str(SCRIPT)]


if __name__ == "__main__":
    sys.exit(main())
