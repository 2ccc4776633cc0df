# SPDX-License-Identifier: Apache-2.0
"""Where backbones lie: the embedded one among the assets, a person's own in a cache, each as LiteRT model and card.

Nothing here needs TensorFlow, except the first use of a `.keras` file, which has to be converted once.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from learner.errors import BackboneFault
from learner.types import BackboneInfo

EMBEDDED = "showtell_v3s"

_MODEL_HASH = "model_sha256"
"""In a card, beside the fields of `BackboneInfo`."""


@dataclass(frozen=True, slots=True)
class BackboneFiles:
    """A backbone that is ready to run."""

    info: BackboneInfo
    model: Path


def assets_folder() -> Path:
    """Return the folder of our assets: inside the package when installed, beside it in a checkout."""
    installed = Path(__file__).parent / "assets"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "assets"


def embedded() -> BackboneFiles:
    """Return the backbone that ships with Showtell."""
    return _read(assets_folder(), EMBEDDED)


def find(sha256: str) -> BackboneFiles:
    """Return the backbone with this hash: the embedded one, or one that was used on this machine before.

    Raises:
        BackboneFault: this machine does not have it.
    """
    ours = embedded()
    if ours.info.sha256 == sha256:
        return ours
    for card in sorted(cache_folder().glob("*.json")):
        with suppress(BackboneFault):  # another backbone's damage is none of this project's business
            files = _read(card.parent, card.stem)
            if files.info.sha256 == sha256:
                return files
    raise BackboneFault(
        "This project was made with another backbone",
        f"Its backbone ({sha256[:12]}) is not on this machine.",
        "Start Showtell with --backbone FILE and the file it was made with.",
    )


def from_keras(path: Path, on_conversion: Callable[[], object] | None = None) -> BackboneFiles:
    """Return a person's own `.keras` feature extractor, converted at its first use (this imports TensorFlow).

    Args:
        path: the `.keras` file.
        on_conversion: called when a conversion, which takes a while, is about to begin.

    Raises:
        BackboneFault: the file is missing, unsafe, or not a feature extractor.
    """
    try:
        file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BackboneFault(
            "That backbone cannot be used", f"{path} cannot be read ({error.strerror}).", "Check the path."
        ) from error
    folder, stem = cache_folder(), file_hash[:32]
    with suppress(BackboneFault):  # not there yet, or damaged: it is converted anew
        return _read(folder, stem)
    if on_conversion:
        on_conversion()
    from learner.nn import backbone

    model = backbone.load(path)
    info = backbone.describe(model, path.stem)
    save(folder, stem, backbone.convert(model, info), info)
    return _read(folder, stem)


def save(folder: Path, stem: str, model: bytes, info: BackboneInfo) -> None:
    """Write a converted backbone; the card comes last, so that a half-written pair is never found.

    Raises:
        BackboneFault: it cannot be written.
    """
    card = {**asdict(info), _MODEL_HASH: hashlib.sha256(model).hexdigest()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{stem}.tflite", model)
        _write(folder / f"{stem}.json", (json.dumps(card, indent=2) + "\n").encode())
    except OSError as error:
        raise BackboneFault(
            "The backbone cannot be kept",
            f"{folder} cannot be written to ({error.strerror}).",
            "Free some space there, or allow it to be written to.",
        ) from error


def cache_folder() -> Path:
    """Return the folder of converted backbones in the person's data folder."""
    return Path(platformdirs.user_data_dir("showtell", appauthor=False)) / "backbones"


def _read(folder: Path, stem: str) -> BackboneFiles:
    path = folder / f"{stem}.tflite"
    try:
        card = json.loads((folder / f"{stem}.json").read_text())
        intact = card.pop(_MODEL_HASH) == hashlib.sha256(path.read_bytes()).hexdigest()
        info = BackboneInfo(**card)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackboneFault(
            "A backbone is missing", f"{stem} in {folder} cannot be read.", "Install Showtell again."
        ) from error
    if not intact:
        raise BackboneFault("A backbone is damaged", f"{path} is not what was written.", "Install Showtell again.")
    return BackboneFiles(info, path)


def _write(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)
