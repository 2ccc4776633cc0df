# SPDX-License-Identifier: Apache-2.0
"""Backbones as they lie in a folder: each a card (JSON), a LiteRT model, and what it can be trained from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from learner.errors import BackboneFault
from learner.files import data_folder, private_folder, write_whole
from learner.types import BackboneInfo

PACKAGE_SUFFIX = ".showtell-backbone"

_MODEL_HASH, _PACKAGE_HASH, _SOURCES = "model_sha256", "package_sha256", "sources"
"""In a card, beside the fields of `BackboneInfo`."""


@dataclass(frozen=True, slots=True)
class BackboneFiles:
    """A backbone that is ready to run.

    Attributes:
        info: What it is.
        model: The LiteRT model itself, as it lies in a file.
    """

    info: BackboneInfo
    model: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """What a folder says of a backbone.

    Attributes:
        info: What it is.
        folder: Where it lies.
        stem: What its files are named.
        model_sha256: Of the LiteRT model.
        package_sha256: Of the `.showtell-backbone` it can be trained from; None where there is none.
        sources: The hash of every file that it was made from.
    """

    info: BackboneInfo
    folder: Path
    stem: str
    model_sha256: str
    package_sha256: str | None
    sources: tuple[str, ...]

    def files(self) -> BackboneFiles:
        """Return the backbone, ready to run.

        Raises:
            BackboneFault: it is missing or damaged.
        """
        return BackboneFiles(self.info, self._read(".tflite", self.model_sha256))

    def package(self) -> bytes | None:
        """Return the `.showtell-backbone` that it can be trained from, if there is one.

        Raises:
            BackboneFault: it is missing or damaged.
        """
        return None if self.package_sha256 is None else self._read(PACKAGE_SUFFIX, self.package_sha256)

    def _read(self, suffix: str, sha256: str) -> bytes:
        path = self.folder / f"{self.stem}{suffix}"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _missing(path) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BackboneFault("A backbone is damaged", f"{path} is not what was written.", _AGAIN)
        return content


_AGAIN = "Add it again from its file; install Showtell again if it came with it."


def cache_folder() -> Path:
    """Return the folder of the backbones that were added on this machine, in the person's data folder."""
    return data_folder() / "backbones"


def card(folder: Path, stem: str) -> Card:
    """Return what a folder says of a backbone.

    Raises:
        BackboneFault: its card is missing or damaged.
    """
    path = folder / f"{stem}.json"
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        model, package = str(told.pop(_MODEL_HASH)), told.pop(_PACKAGE_HASH, None)
        sources = tuple(str(source) for source in told.pop(_SOURCES, ()))
        return Card(BackboneInfo(**told), folder, stem, model, package and str(package), sources)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _missing(path) from error


def cards(folder: Path) -> Iterator[Card]:
    """Return what a folder says of each of its backbones; damaged cards are passed over."""
    for path in sorted(folder.glob("*.json")):
        with suppress(BackboneFault):
            yield card(folder, path.stem)


def save(
    folder: Path,
    stem: str,
    model: bytes,
    info: BackboneInfo,
    package: bytes | None = None,
    sources: Sequence[str] = (),
) -> None:
    """Write a converted backbone; the card comes last, so that half of one is never found.

    Raises:
        BackboneFault: it cannot be written.
    """
    told = {**asdict(info), _MODEL_HASH: hashlib.sha256(model).hexdigest()}
    if package is not None:
        told |= {_PACKAGE_HASH: hashlib.sha256(package).hexdigest(), _SOURCES: list(sources)}
    try:
        private_folder(folder)
        write_whole(folder / f"{stem}.tflite", model)
        if package is not None:
            write_whole(folder / f"{stem}{PACKAGE_SUFFIX}", package)
        write_whole(folder / f"{stem}.json", (json.dumps(told, indent=2) + "\n").encode())
    except OSError as error:
        raise BackboneFault(
            "The backbone cannot be kept",
            f"{folder} cannot be written to ({error.strerror}).",
            "Free some space there, or allow it to be written to.",
        ) from error


def _missing(path: Path) -> BackboneFault:
    return BackboneFault("A backbone is missing", f"{path} cannot be read.", _AGAIN)
