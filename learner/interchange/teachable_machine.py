# SPDX-License-Identifier: Apache-2.0
"""Projects of Teachable Machine (`.tm`), as far as they are publicly known, and the samples of its classes.

"Download project as file" gives a zip: `manifest.json` with `{"type": "image", "version": "2.4.4", "appdata": {…}}`,
and beside it each sample as "Class 1-!-0.jpg", the class's name, a mark, and a number. Google has not described the
format; this is what its makers say of it (googlecreativelab/teachablemachine-community, issue 38) and what
MeemeeLab/TeachableMachine-Scraper writes for it to open. What has been seen of it elsewhere is read as well: samples in
a folder for each class, names as in addresses (`Class%201`), samples as `data:` addresses in the JSON, and the projects
of GenAI Teachable Machine (knicos/genai-tm), with `samples/0_3.png` and the labels in `metadata.json`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from learner import json_within
from learner.errors import EnvironmentFault, ImageFault
from learner.interchange.archive import ZipTree
from learner.interchange.folders import tree_source
from learner.interchange.items import Found, Skipped, Source, picture, tidy_name
from learner.interchange.tree import below
from learner.pictures import ENDINGS

_MARK = "-!-"
_MANIFESTS = ("manifest.json", "project.json")
_OTHER_KINDS = {"audio": "sounds", "speech": "sounds", "sound": "sounds", "pose": "poses"}
_MOST_JSON = 96 * 2**20
_PICTURE_JSON = 64 * 2**20
_DATA = re.compile(r"data:image/[\w.+-]+;base64,")
_NUMBERED = re.compile(r"(\d+)_\d+\.\w+")
_SAMPLES = re.compile(r"(?P<name>.+?)[-_ ]samples(?: ?\(\d+\))?", re.IGNORECASE)


def is_project(tree: ZipTree) -> bool:
    """Return whether an archive is a project of Teachable Machine."""
    root = tree.root
    files = tree.listing(root).files
    if tree.path.suffix.lower() == ".tm" or any(_MARK in name for name in files):
        return True
    if any(name in files for name in _MANIFESTS):
        return str(_json(tree, root).get("type", "")).lower() in {"image", *_OTHER_KINDS}
    return "metadata.json" in files and bool(tree.listing(below(root, "samples")).files)


def sample_label(path: Path) -> str:
    """Return the class of an archive of samples, from its name: "Class 1-samples.zip"; empty where it says none."""
    found = _SAMPLES.fullmatch(path.stem)
    return tidy_name(found["name"]) if found else ""


def project_source(tree: ZipTree, every: int | None = None) -> Source:
    """Return the samples of a project as a source.

    Raises:
        EnvironmentFault: it is one of sounds or poses, or has no pictures where they are known to be.
    """
    root = tree.root
    manifest = _json(tree, root)
    kind = _OTHER_KINDS.get(str(manifest.get("type", "")).lower())
    if kind is not None:
        raise EnvironmentFault(
            "Showtell learns from pictures",
            f"{tree.path} is a Teachable Machine project of {kind}.",
            "Choose one of an image project.",
        )
    listing = tree.listing(root)
    if any(_MARK in name for name in listing.files):
        return Source(_marked(tree, root), tree.count(root))
    samples = below(root, "samples")
    labels = manifest.get("labels")
    inside = tree.listing(samples).files
    if isinstance(labels, list) and any(_NUMBERED.fullmatch(name) for name in inside):
        return Source(_numbered(tree, samples, [str(label) for label in labels]), len(inside))
    if any(_MARK in name for name in inside):
        return Source(_marked(tree, samples), len(inside))
    folder = samples if tree.listing(samples).folders else root
    if any(_has_pictures(tree, below(folder, name)) for name in tree.listing(folder).folders):
        return _decoded(tree, folder, every)
    if (pictures := list(_in_json(manifest, ""))) and any(label for label, _ in pictures):
        return Source(_from_addresses(tree, pictures), len(pictures))
    raise EnvironmentFault(
        "That project cannot be read",
        f"{tree.path} has no pictures where Teachable Machine is known to keep them.",
        'Choose "Download samples" in the menu of each class there, and import these files.',
    )


def _marked(tree: ZipTree, folder: str) -> Generator[Found, None, None]:
    listing = tree.listing(folder)
    yield from listing.skipped
    for name in listing.files:
        before, mark, _ = name.rpartition(_MARK)
        label = tidy_name(unquote(before))
        if not mark:
            if name not in _MANIFESTS:
                yield Skipped(tree.path / below(folder, name), "Its name does not say which class it belongs to.")
        elif not label:
            yield Skipped(tree.path / below(folder, name), "Its name is not one a class can have.")
        else:
            file = below(folder, name)
            yield picture(tree.path / file, label, partial(tree.read, file))


def _numbered(tree: ZipTree, folder: str, labels: list[str]) -> Generator[Found, None, None]:
    for name in tree.listing(folder).files:
        file, found = below(folder, name), _NUMBERED.fullmatch(name)
        number = int(found[1]) if found and len(found[1]) < 6 else len(labels)
        label = tidy_name(labels[number]) if number < len(labels) else ""
        if label:
            yield picture(tree.path / file, label, partial(tree.read, file))
        else:
            yield Skipped(tree.path / file, "Its name does not say which class it belongs to.")


def _decoded(tree: ZipTree, folder: str, every: int | None) -> Source:
    """Return class folders as a source; names as in addresses are read as what they mean."""
    sources = []
    for name in tree.listing(folder).folders:
        label = tidy_name(unquote(name))
        if label and _has_pictures(tree, below(folder, name)):
            sources.append(tree_source(tree, below(folder, name), label=label, every=every))

    def items() -> Generator[Found, None, None]:
        for source in sources:
            yield from source.items

    return Source(items(), sum(source.total or 0 for source in sources))


def _has_pictures(tree: ZipTree, folder: str) -> bool:
    listing = tree.listing(folder)
    return any(Path(name).suffix.lower() in ENDINGS for name in listing.files) or any(
        _has_pictures(tree, below(folder, name)) for name in listing.folders
    )


def _json(tree: ZipTree, folder: str) -> dict[str, Any]:
    """Return what the JSON of a project says; nothing where it cannot be read."""
    files = tree.listing(folder).files
    for name in (*_MANIFESTS, "metadata.json"):
        if name in files:
            try:
                found = json_within.loads(tree.read_up_to(below(folder, name), _MOST_JSON))
            except (ImageFault, ValueError):
                continue
            if isinstance(found, dict):
                return found
    return {}


def _in_json(part: object, label: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield label and address of each picture in a JSON, where the label is what stands beside or above it."""
    if depth > 12:
        return
    if isinstance(part, str):
        if _DATA.match(part):
            yield label, part
    elif isinstance(part, list):
        for one in part:
            yield from _in_json(one, label, depth + 1)
    elif isinstance(part, dict):
        said = next(
            (part[key] for key in ("label", "name", "className", "class") if isinstance(part.get(key), str)), None
        )
        for key, one in part.items():
            is_class = (
                said is None and depth <= 2 and isinstance(one, list) and key not in {"classes", "samples", "images"}
            )
            yield from _in_json(one, said or (key if is_class else label), depth + 1)


def _from_addresses(tree: ZipTree, pictures: list[tuple[str, str]]) -> Generator[Found, None, None]:
    for number, (name, address) in enumerate(pictures, start=1):
        path, label = tree.path / f"picture {number}", tidy_name(name)
        if label:
            yield picture(path, label, partial(_from_address, path, address))
        else:
            yield Skipped(path, "It does not say which class it belongs to.")


def _from_address(path: Path, address: str) -> bytes:
    text = address.partition(",")[2]
    try:
        if len(text) > _PICTURE_JSON:
            raise ValueError("it is too large for a picture")  # noqa: TRY301
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImageFault(
            "That picture cannot be read", f"{path}: it is damaged.", "Leave it out, or download the samples again."
        ) from error
