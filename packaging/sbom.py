# SPDX-License-Identifier: Apache-2.0
"""All that Showtell brings along, as a CycloneDX bill of materials: `python packaging/sbom.py showtell.cdx.json`.

What is installed in the environment that runs this is what is listed, with versions, licences as their makers state
them, who needs whom, and the backbone that ships. Where uv's lock file is given, each library has the hash of the wheel
that this system gets. The same environment makes the same bill, but for its time, for which SOURCE_DATE_EPOCH goes
first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

NAME, LICENCE = "showtell", "Apache-2.0"
ASSETS = Path(__file__).parent.parent / "assets"
NOT_SHIPPED = ("dev", "bench", "docs", "freeze", "fuzz", "sbom")
"""Extras for those who work on Showtell."""
SCHEMA = SchemaVersion.V1_6


def main() -> int:
    """Write the bill, once the schema's own validator has found nothing amiss; return the exit code."""
    parser = argparse.ArgumentParser(prog="python packaging/sbom.py", description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--lock", type=Path, help="uv.lock, for the hashes of what was installed")
    chosen = parser.parse_args()
    made = bill(wheel_hashes(chosen.lock) if chosen.lock else {})
    text = make_outputter(made, OutputFormat.JSON, SCHEMA).output_as_string(indent=2)
    amiss = JsonStrictValidator(SCHEMA).validate_str(text)
    if amiss is not None:
        print(f"it is not CycloneDX: {amiss}", file=sys.stderr)
        return 1
    chosen.out.write_text(text + "\n", encoding="utf-8")
    print(f"{chosen.out.name}: {len(made.components)} components, CycloneDX {SCHEMA.to_version()}")
    return 0


def bill(hashes: Mapping[str, str]) -> Bom:
    """Return the bill of this environment.

    Args:
        hashes: the SHA-256 of the wheel of each library that one is known of, in hexadecimal, by canonical name.
    """
    needs = dict(requirements(NAME))
    parts = {name: library(name, hashes.get(name)) for name in sorted(needs) if name != NAME}
    version = metadata.version(NAME)
    app = Component(
        type=ComponentType.APPLICATION,
        name=NAME,
        version=version,
        bom_ref=f"{NAME}@{version}",
        description=metadata.metadata(NAME)["Summary"],
        licenses=[LicenseFactory().make_from_string(LICENCE)],
    )
    brought = list(backbones())
    made = Bom(
        metadata=BomMetaData(component=app, timestamp=_now()),
        components=[*parts.values(), *brought],
        serial_number=uuid5(NAMESPACE_URL, "\n".join(sorted(f"{one.name} {one.version}" for one in parts.values()))),
    )
    made.register_dependency(app, [*(parts[name] for name in sorted(needs[NAME])), *brought])
    for name, part in parts.items():
        made.register_dependency(part, [parts[other] for other in sorted(needs[name])])
    return made


def requirements(root: str) -> Iterator[tuple[str, set[str]]]:
    """Yield what is installed and needed, each canonical name once, with the names of what it needs in turn."""
    needs: dict[str, set[str]] = {}
    extras: dict[str, set[str]] = {root: set(metadata.metadata(root).get_all("Provides-Extra", [])) - {*NOT_SHIPPED}}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        wanted = [{"extra": extra} for extra in ("", *sorted(extras[name]))]
        needs[name] = set()
        for entry in metadata.requires(name) or []:
            requirement = Requirement(entry)
            other = canonicalize_name(requirement.name)
            if other == root or not _is_here(other):
                continue  # of another system, or an extra that is not installed
            if requirement.marker is not None and not any(requirement.marker.evaluate(one) for one in wanted):
                continue
            needs[name].add(other)
            known = extras.setdefault(other, set())
            if other not in needs or not requirement.extras <= known:
                known |= requirement.extras
                needs.setdefault(other, set())
                waiting.append(other)
    yield from needs.items()


def library(name: str, sha256: str | None) -> Component:
    """Return the entry of an installed library."""
    about = metadata.metadata(name)
    version = metadata.version(name)
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=version,
        bom_ref=f"{name}@{version}",
        purl=PackageURL("pypi", None, name, version),
        licenses=list(licences(about)),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)] if sha256 else [],
    )


def licences(about: metadata.PackageMetadata) -> Iterator[License]:
    """Yield what the makers of a library state: an SPDX expression, else a short text, else its classifiers."""
    stated = next((about[key].strip() for key in ("License-Expression", "License") if key in about), "")
    if stated and stated != "UNKNOWN" and len(stated.splitlines()) == 1:
        yield LicenseFactory().make_from_string(stated)
        return
    for classifier in about.get_all("Classifier", []):
        if classifier.startswith("License :: "):
            yield LicenseFactory().make_with_name(classifier.rpartition(" :: ")[2])


def backbones() -> Iterator[Component]:
    """Yield the backbones that ship: what they are called, and what their model's bytes hash to."""
    for path in sorted(ASSETS.glob("*.json")):
        model = path.with_suffix(".tflite").read_bytes()
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = hashlib.sha256(model).hexdigest()
        if found != card["model_sha256"]:
            raise ValueError(f"{path.stem}.tflite is not what its card says")
        yield Component(
            type=ComponentType.MACHINE_LEARNING_MODEL,
            name=str(card["name"]),
            version=str(card["sha256"])[:12],
            bom_ref=f"{card['name']}@{card['sha256'][:12]}",
            description="The backbone that ships: pictures become embeddings. Trained for this project; see its card.",
            licenses=[LicenseFactory().make_from_string(LICENCE)],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=found)],
        )


def wheel_hashes(lock: Path) -> dict[str, str]:
    """Return the SHA-256 of the wheel that this system gets of each library, as a lock file of uv's has them."""
    order = {tag: place for place, tag in enumerate(sys_tags())}
    hashes = {}
    for package in tomllib.loads(lock.read_text(encoding="utf-8"))["package"]:
        ranked = sorted(_ranked(package.get("wheels", []), order))
        if ranked:
            hashes[canonicalize_name(package["name"])] = ranked[0][1]
    return hashes


def _ranked(wheels: Iterable[Mapping[str, str]], order: Mapping[Any, int]) -> Iterator[tuple[int, str]]:
    """Yield how well a wheel suits this system, and its hash, for each that does."""
    for wheel in wheels:
        written = wheel.get("filename") or wheel.get("url") or wheel.get("path", "")
        try:
            *_, tags = parse_wheel_filename(written.rpartition("/")[2].replace("%2B", "+"))
        except InvalidWheelFilename:
            continue
        places = [order[tag] for tag in tags if tag in order]
        if places and wheel.get("hash", "").startswith("sha256:"):
            yield min(places), wheel["hash"].removeprefix("sha256:")


def _is_here(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _now() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
