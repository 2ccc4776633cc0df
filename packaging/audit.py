# SPDX-License-Identifier: Apache-2.0
"""Whether all that Showtell brings along is pinned, and nothing of it is of a version that is known to be unsafe.

`python packaging/audit.py` needs no network and takes a second. It compares `floors.toml`, a reviewed table, with the
pins and the lower bounds in `pyproject.toml` and with what is installed, and ends with 1 when anything is amiss.

A scanner with a database of its own knows more, but says that all is well where it cannot reach it; where there is a
network, run `pip-audit` as well.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

HERE = Path(__file__).parent
NAME = "showtell"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least version of a package that is not known to be unsafe, and the advisories that say so."""

    package: str
    minimum: Version
    advisories: tuple[str, ...]
    source: str


def main() -> int:
    """Print what is amiss, one finding a line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python packaging/audit.py", description=__doc__.partition("\n")[0])
    parser.add_argument("--project", type=Path, default=HERE.parent / "pyproject.toml", help="the project's table")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.toml", help="the reviewed table")
    parser.add_argument("--files-only", action="store_true", help="leave aside what is installed here")
    chosen = parser.parse_args()
    project = tomllib.loads(chosen.project.read_text(encoding="utf-8"))
    floors = list(read_floors(chosen.floors))
    pins, findings = read_pins(project)
    findings += [*unsafe_pins(floors, pins), *unsafe_bounds(floors, project)]
    installed = {} if chosen.files_only else needed(NAME)
    findings += [*unpinned(pins, installed), *unsafe_installed(floors, installed)]
    for finding in findings:
        print(finding)
    advisories = sum(len(floor.advisories) for floor in floors)
    print(f"{len(pins)} pins, {len(installed)} installed, {advisories} advisories: {len(findings)} findings")
    return 1 if findings else 0


def read_floors(path: Path) -> Iterator[Floor]:
    """Yield what the reviewed table says.

    Raises:
        ValueError: an entry names no advisory, or does not say who says so.
    """
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["floor"]:
        if not entry["advisories"] or not entry["source"]:
            raise ValueError(f"{entry['package']}: a floor without an advisory and its source cannot be reviewed")
        name = canonicalize_name(entry["package"])
        yield Floor(name, Version(entry["minimum"]), tuple(entry["advisories"]), entry["source"])


def read_pins(project: Mapping[str, Any]) -> tuple[dict[str, Version], list[str]]:
    """Return the version that each package is held at, and what is said of those that are held at none."""
    pins, findings = {}, []
    for entry in project["tool"]["uv"]["constraint-dependencies"]:
        requirement = Requirement(entry)
        exact = [part.version for part in requirement.specifier if part.operator == "=="]
        if len(requirement.specifier) != 1 or not exact or exact[0].endswith("*"):
            findings.append(f"{requirement.name}: “{entry}” is no exact pin")
        else:
            pins[canonicalize_name(requirement.name)] = Version(exact[0])
    return pins, findings


def unsafe_pins(floors: Iterable[Floor], pins: Mapping[str, Version]) -> Iterator[str]:
    """Yield pins at versions that are unsafe, and packages that have a floor and no pin."""
    for floor in floors:
        if floor.package not in pins:
            yield f"{floor.package}: not pinned"
        elif pins[floor.package] < floor.minimum:
            yield _told(floor, f"pinned at {pins[floor.package]}")


def unsafe_bounds(floors: Iterable[Floor], project: Mapping[str, Any]) -> Iterator[str]:
    """Yield requirements that let in an unsafe version: who installs by pip has no pins."""
    table = project["project"]
    groups = [table["dependencies"], *table.get("optional-dependencies", {}).values()]
    by_name = {floor.package: floor for floor in floors}
    for entry in dict.fromkeys(entry for group in groups for entry in group):
        requirement = Requirement(entry)
        floor = by_name.get(canonicalize_name(requirement.name))
        if floor is not None and not _reaches(requirement.specifier, floor.minimum):
            yield _told(floor, f"“{entry}” lets in what is older")


def unpinned(pins: Mapping[str, Version], installed: Mapping[str, Version]) -> Iterator[str]:
    """Yield packages that are here without a pin, or at another version than their pin's."""
    for name, version in installed.items():
        if name not in pins:
            yield f"{name}: {version} is installed, and not pinned"
        elif pins[name] != version:
            yield f"{name}: {version} is installed, and {pins[name]} is pinned"


def unsafe_installed(floors: Iterable[Floor], installed: Mapping[str, Version]) -> Iterator[str]:
    """Yield packages that are here at versions that are unsafe."""
    for floor in floors:
        if floor.package in installed and installed[floor.package] < floor.minimum:
            yield _told(floor, f"{installed[floor.package]} is installed")


def needed(root: str) -> dict[str, Version]:
    """Return all that a package needs and that is here, with all of its extras, by canonical names."""
    found: dict[str, Version] = {}
    waiting = [(root, frozenset[str]())]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another system, or of an extra that is not installed
        if name == root:
            extras = frozenset(distribution.metadata.get_all("Provides-Extra", []))
        else:
            found[name] = Version(distribution.version)
        for entry in distribution.requires or []:
            requirement = Requirement(entry)
            environments: list[dict[str, str]] = [{"extra": extra} for extra in ("", *extras)]
            if requirement.marker is None or any(requirement.marker.evaluate(one) for one in environments):
                step = (canonicalize_name(requirement.name), frozenset(requirement.extras))
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
    found.pop(root, None)  # its extras name each other
    return dict(sorted(found.items()))


def _reaches(specifier: SpecifierSet, minimum: Version) -> bool:
    bounds = [Version(part.version) for part in specifier if part.operator in {">=", "==", "~=", ">"}]
    return bool(bounds) and max(bounds) >= minimum


def _told(floor: Floor, what: str) -> str:
    return f"{floor.package}: {what}; {', '.join(floor.advisories)} ask for {floor.minimum} or newer ({floor.source})"


if __name__ == "__main__":
    sys.exit(main())
