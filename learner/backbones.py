# SPDX-License-Identifier: Apache-2.0
"""Which backbones there are: the embedded one, those a person added, and those a project keeps.

Nothing here needs TensorFlow, except adding a file, which has to be converted once.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learner.backbone_cache import PACKAGE_SUFFIX, BackboneFiles, Card, cache_folder, card, cards, save
from learner.buffer import LITERT, PACKAGE
from learner.errors import BackboneFault, DamagedProject
from learner.files import assets_folder, without_waiting
from learner.types import BackboneInfo

if TYPE_CHECKING:
    from learner.buffer import Buffer

__all__ = [
    "EMBEDDED",
    "BackboneFiles",
    "add",
    "cache_folder",
    "embedded",
    "files_of",
    "find",
    "keep",
    "made_from",
    "named",
    "project_files",
    "read",
    "registered",
    "save",
    "trainable",
]

EMBEDDED = "showtell_v3s"

_FILES = frozenset({".keras", PACKAGE_SUFFIX})
_LONGEST_NAME = 64
_MOST_BYTES = 180 * 2**20
"""Of a file: the weights that `learner.nn.architecture` takes, and room for all else."""
_LEAST_OF_A_HASH = 4
"""Letters of a hash that name a backbone; fewer are more likely a name with a typing error."""


def embedded() -> BackboneFiles:
    """Return the backbone that ships with Showtell."""
    return card(assets_folder(), EMBEDDED).files()


def registered() -> list[BackboneFiles]:
    """Return the backbones that this machine has: the embedded one, and those that were added; damaged ones are not."""
    found: dict[str, BackboneFiles] = {}
    for files in (embedded(), *_whole(cards(cache_folder()))):
        found.setdefault(files.info.sha256, files)
    return list(found.values())


def find(sha256: str) -> BackboneFiles:
    """Return the backbone with this hash: the embedded one, or one that was added on this machine.

    Raises:
        BackboneFault: this machine does not have it.
    """
    ours = embedded()
    if ours.info.sha256 == sha256:
        return ours
    for files in _whole(_cached(sha256)):
        return files
    raise BackboneFault(
        "This project was made with another backbone",
        f"Its backbone ({sha256[:12]}) is not on this machine.",
        "Start Showtell with --backbone FILE and the file it was made with.",
    )


def files_of(sha256: str, buffer: Buffer | None) -> BackboneFiles:
    """Return the backbone with this hash: the project's own copy if it keeps one, or else that of this machine.

    Raises:
        BackboneFault: neither has it.
        DamagedProject: the project's copy is damaged, and this machine has no other.
    """
    if buffer is None:
        return find(sha256)
    try:
        model = buffer.backbone_file(sha256, LITERT)
    except DamagedProject:
        with suppress(BackboneFault):
            return find(sha256)
        raise
    if model is None:
        return find(sha256)
    [info] = [info for _, info in buffer.backbones() if info.sha256 == sha256]
    return BackboneFiles(info, model)


def named(
    wanted: str, buffer: Buffer | None = None, on_conversion: Callable[[], object] | None = None
) -> BackboneFiles:
    """Return the backbone that a person means.

    Args:
        wanted: its name, the beginning of its hash, or a `.keras` or `.showtell-backbone` file.
        buffer: a project whose own backbones may be meant as well.
        on_conversion: as for `add`.

    Raises:
        BackboneFault: there is none, or more than one.
    """
    if Path(wanted).suffix.casefold() in _FILES:
        return add(Path(wanted), on_conversion)
    here = {files.info.sha256: files.info for files in registered()}
    if buffer is not None:
        here |= {kept.info.sha256: kept.info for kept in buffer.kept_backbones()}
    meant = [info for info in here.values() if info.name == wanted]
    if not meant and len(wanted) >= _LEAST_OF_A_HASH:
        meant = [info for info in here.values() if info.sha256.startswith(wanted.casefold())]
    if not meant:
        raise BackboneFault(
            "There is no such backbone",
            f'There is no "{wanted}" here; there is {_listed(here.values())}.',
            "Name one of these, or a .keras or .showtell-backbone file.",
        )
    if len(meant) > 1:
        raise BackboneFault(
            "Which backbone is meant?",
            f'"{wanted}" may be {_listed(meant)}.',
            "Write more of the hash.",
        )
    return files_of(meant[0].sha256, buffer)


def read(path: Path) -> bytes:
    """Return what lies in a backbone's file.

    Raises:
        BackboneFault: it cannot be read, or is larger than any that can be used.
    """
    try:
        with open(path, "rb", opener=without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise _unreadable(path, "it is not an ordinary file")
            if found.st_size > _MOST_BYTES:
                raise _unreadable(path, "it is too large")
            return file.read(_MOST_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        raise _unreadable(path, getattr(error, "strerror", None) or str(error)) from error


def add(path: Path, on_conversion: Callable[[], object] | None = None) -> BackboneFiles:
    """Keep a person's own feature extractor on this machine; the first time it is converted (this imports TensorFlow).

    Args:
        path: a `.keras` or `.showtell-backbone` file.
        on_conversion: called when a conversion, which takes a while, is about to begin.

    Raises:
        BackboneFault: the file is missing, unsafe, or not a feature extractor.
    """
    content = read(path)
    source = hashlib.sha256(content).hexdigest()
    known = made_from(source)
    if known is not None:
        return known
    if on_conversion:
        on_conversion()
    from learner.nn import backbone, package

    if path.suffix.casefold() == PACKAGE_SUFFIX:
        model, info = package.unpack(content, path.name)
        return keep(model, info, content, source)
    model = backbone.loads(content, path.name)
    info = backbone.describe(model, _name_for(path))
    return keep(model, info, package.pack(model, info), source)


def made_from(source: str) -> BackboneFiles | None:
    """Return what was made of a file on this machine, if that is here and whole.

    Args:
        source: the hash of the file, as `keep` was told it.
    """
    for known in cards(cache_folder()):
        if source in known.sources:
            with suppress(BackboneFault):
                known.package()
                return known.files()
    return None


def keep(model: Any, info: BackboneInfo, package: bytes, source: str) -> BackboneFiles:
    """Keep a backbone on this machine, converted, unless it is here already.

    Args:
        model: the backbone, a Keras model.
        info: what it is.
        package: the `.showtell-backbone` that it can be trained from.
        source: the hash of the file that it came from.

    Raises:
        BackboneFault: it cannot be converted or kept.
    """
    for known in _cached(info.sha256):
        with suppress(BackboneFault):
            files, kept = known.files(), known.package()
            if kept is not None:
                save(known.folder, known.stem, files.model, files.info, kept, (*known.sources, source))
                return files
    from learner.nn import backbone

    converted = backbone.convert(model, info)
    save(cache_folder(), info.sha256[:32], converted, info, package, [source])
    return BackboneFiles(info, converted)


def trainable(sha256: str, buffer: Buffer | None) -> tuple[str, bytes]:
    """Return a file that a backbone can be trained from, which `learner.nn.package.model_from` reads: name and content.

    Raises:
        BackboneFault: neither this machine nor the project has one.
    """
    if embedded().info.sha256 == sha256:
        path = assets_folder() / f"{EMBEDDED}.keras"
        try:
            return path.name, path.read_bytes()
        except OSError as error:
            raise BackboneFault(
                "A backbone is missing", f"{path} cannot be read.", "Install Showtell again."
            ) from error
    name = f"{sha256[:12]}{PACKAGE_SUFFIX}"
    kept = None
    if buffer is not None:
        with suppress(DamagedProject):  # this machine may have another copy
            kept = buffer.backbone_file(sha256, PACKAGE)
    if kept is not None:
        return name, kept
    for known in _cached(sha256):
        with suppress(BackboneFault):
            package = known.package()
            if package is not None:
                return name, package
    raise BackboneFault(
        "This backbone cannot be trained",
        f"The file that backbone {sha256[:12]} was made from is not on this machine, or no longer whole.",
        "Run showtell backbone add FILE with that file.",
    )


def project_files(files: BackboneFiles, buffer: Buffer | None = None) -> dict[str, bytes]:
    """Return the files that a project is to keep of a backbone: none of the embedded one, nor what it keeps already.

    Raises:
        BackboneFault: there is nothing that it could be trained from.
    """
    if files.info.sha256 == embedded().info.sha256:
        return {}
    return {PACKAGE: trainable(files.info.sha256, buffer)[1], LITERT: files.model}


def _unreadable(path: Path, why: str) -> BackboneFault:
    return BackboneFault("That backbone cannot be used", f"{path} cannot be read ({why}).", "Check the path.")


def _cached(sha256: str) -> list[Card]:
    return [known for known in cards(cache_folder()) if known.info.sha256 == sha256]


def _whole(found: Iterable[Card]) -> Iterable[BackboneFiles]:
    for known in found:
        with suppress(BackboneFault):  # another backbone's damage is none of this one's business
            yield known.files()


def _name_for(path: Path) -> str:
    """Return what a backbone from a file is called, which fits on a line."""
    return "".join(letter for letter in path.stem if letter.isprintable())[:_LONGEST_NAME] or "backbone"


def _listed(infos: Iterable[BackboneInfo]) -> str:
    return ", ".join(f"{info.name} ({info.sha256[:12]})" for info in infos)
