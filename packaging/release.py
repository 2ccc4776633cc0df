# SPDX-License-Identifier: Apache-2.0
"""Whether a tag can become a release, and what is new in it: `python packaging/release.py v0.2.0 --notes notes.md`.

The version stands in pyproject.toml alone. A tag is that version after a "v"; CHANGELOG.md has a section of it, with
the day it was made; and no news waits in `changes/` any more.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SECTION = re.compile(
    r"^## \[(?P<version>[^\]]+)\] - (?P<day>\S+)\n(?P<text>.*?)(?=^## \[|\Z)", re.MULTILINE | re.DOTALL
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def main() -> int:
    """Print what is amiss, or write the notes; return the exit code."""
    parser = argparse.ArgumentParser(prog="python packaging/release.py", description=__doc__.partition("\n")[0])
    parser.add_argument("tag", help="the tag, like v0.2.0")
    parser.add_argument("--notes", type=Path, help="where to write what is new")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    chosen = parser.parse_args()
    amiss = list(findings(chosen.root, chosen.tag))
    for finding in amiss:
        print(finding, file=sys.stderr)
    if amiss:
        return 1
    _, text = section(chosen.root, version(chosen.root)) or ("", "")
    if chosen.notes is not None:
        chosen.notes.write_text(text, encoding="utf-8")
    print(version(chosen.root))
    return 0


def version(root: Path) -> str:
    """Return the version that a checkout's pyproject.toml gives."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def section(root: Path, wanted: str) -> tuple[str, str] | None:
    """Return the day and the text of a version's section of the changelog, or None where there is none."""
    for found in _SECTION.finditer((root / "CHANGELOG.md").read_text(encoding="utf-8")):
        if found["version"] == wanted:
            return found["day"], found["text"].strip() + "\n"
    return None


def findings(root: Path, tag: str) -> Iterator[str]:
    """Yield what keeps a tag from being a release."""
    ours = version(root)
    if tag != f"v{ours}":
        yield f"The tag is {tag}, and pyproject.toml says {ours}: the tag of that is v{ours}."
    found = section(root, ours)
    if found is None:
        yield f"CHANGELOG.md has no section of {ours}: run `towncrier build`."
    elif not _DAY.fullmatch(found[0]):
        yield f"CHANGELOG.md says “{found[0]}” of {ours}, where its day belongs."
    elif not found[1].strip():
        yield f"CHANGELOG.md says nothing of {ours}."
    waiting = sorted(path.name for path in (root / "changes").glob("*.md") if path.name != "README.md")
    if waiting:
        yield f"News waits in changes/: {', '.join(waiting)}. Run `towncrier build`."


if __name__ == "__main__":
    sys.exit(main())
