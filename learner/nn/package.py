# SPDX-License-Identifier: Apache-2.0
"""The `.showtell-backbone` file: a backbone that can be checked, handed on, run, and trained.

A zip archive, nothing in it compressed: `backbone.json` says what the backbone is and lists everything else with its
SHA-256, `architecture.json` is the network as Keras serialises it, and `arrays/` holds its weights in Keras' order, raw
and little-endian. No pickle and no code is in it. The same backbone gives the same bytes.

It is read as a file that a stranger made: what it would take is known, and refused, before it is taken.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

import keras
import numpy as np

from learner import json_within
from learner.backbone_cache import PACKAGE_SUFFIX
from learner.errors import BackboneFault
from learner.nn.architecture import MAX_CONFIG, MAX_WEIGHTS, build, check, fault, feature_extractor
from learner.nn.backbone import describe, loads
from learner.types import BackboneInfo

_FORMAT = 1
_CARD = "backbone.json"
_ARCHITECTURE = "architecture.json"
_STORED_AS = {"float16": "<f2", "float32": "<f4", "float64": "<f8", "int32": "<i4", "int64": "<i8"}
_MAX_CARD = 4 * 2**20
_MAX_ENTRIES = 8192
_MAX_SIDES = 8
_MAX_NAME = 100
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When every entry was made: the first moment a zip archive knows."""
_END, _END_SIZE = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_NEXT = "Get the file again, from somebody you trust."


@dataclass(frozen=True, slots=True)
class _Array:
    """What the card says of an array."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    sha256: str

    @property
    def bytes(self) -> int:
        """What it takes."""
        return math.prod(self.shape) * np.dtype(_STORED_AS[self.dtype]).itemsize


@dataclass(frozen=True, slots=True)
class _Card:
    """What lies in `backbone.json`, as far as it is read."""

    info: BackboneInfo
    architecture_sha256: str
    arrays: tuple[_Array, ...]


def model_from(name: str, content: bytes) -> keras.Model:
    """Build a backbone from what lies in a file of either kind, `.keras` or `.showtell-backbone`.

    Args:
        name: of the file; its suffix says which kind it is.
        content: of the file.

    Raises:
        BackboneFault: it is unsafe, damaged, or no feature extractor.
    """
    if PurePath(name).suffix.casefold() == PACKAGE_SUFFIX:
        return unpack(content, name)[0]
    return loads(content, name)


def pack(model: keras.Model, info: BackboneInfo, made_from: str | None = None, card: str | None = None) -> bytes:
    """Return the `.showtell-backbone` file of a backbone.

    Args:
        model: the backbone, from pictures (n, s, s, 3) to embeddings (n, d), as `learner.nn.backbone.loads` gives it.
        info: what `describe` says of it.
        made_from: the sha256 of the backbone that it was consolidated from.
        card: what people should know of it, as text.

    Raises:
        BackboneFault: it has a layer or a kind of weights that could not be read again.
    """
    config = keras.saving.serialize_keras_object(model)
    config.pop("compile_config", None)
    check(config, info.name)
    architecture = _json(config)
    arrays, contents = [], {}
    for number, variable in enumerate(model.weights):
        value = np.asarray(variable)
        if value.dtype.name not in _STORED_AS:
            raise fault(f"{info.name} has weights of {value.dtype.name}.")
        name = f"arrays/{number:04d}"
        contents[name] = np.ascontiguousarray(value, _STORED_AS[value.dtype.name]).tobytes()
        arrays.append(_Array(name, value.dtype.name, value.shape, _sha256(contents[name])))
    told = {
        "format": _FORMAT,
        "backbone": asdict(info),
        "made_from": made_from,
        "card": card,
        "architecture_sha256": _sha256(architecture),
        "arrays": [asdict(array) for array in arrays],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {_CARD: _json(told), _ARCHITECTURE: architecture, **contents}.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 3  # as on Linux, whatever this is
            archive.writestr(entry, content)
    return file.getvalue()


def unpack(content: bytes, name: str) -> tuple[keras.Model, BackboneInfo]:
    """Build the backbone in a `.showtell-backbone` file, after everything in it has been checked.

    Args:
        content: of the file.
        name: of the file, for people.

    Returns:
        A model from RGB pictures (n, s, s, 3) to embeddings (n, d), and what it is.

    Raises:
        BackboneFault: it is damaged or unsafe, is no feature extractor, or is not what it says it is.
    """
    if len(content) > MAX_WEIGHTS + MAX_CONFIG + _MAX_CARD:
        raise fault(f"{name} is too large.", _NEXT)
    try:
        _require_plain_end(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = _sizes(archive, len(content))
            card = _card_from(_read(archive, sizes, _CARD, _MAX_CARD), name)
            _require_all_and_no_more(card, sizes)
            architecture = _read(archive, sizes, _ARCHITECTURE, MAX_CONFIG, card.architecture_sha256)
            config = json_within.loads(architecture)
            weights = [
                _array_from(_read(archive, sizes, array.name, array.bytes, array.sha256), array)
                for array in card.arrays
            ]
    except BackboneFault:
        raise
    except Exception as error:  # an archive can be broken in ways that zlib, zipfile and json name differently
        raise fault(f"{name} cannot be read as a {PACKAGE_SUFFIX} file ({error}).", _NEXT) from error
    model = feature_extractor(build(config, name, sum(array.bytes for array in card.arrays)), name)
    places = [(tuple(variable.shape), np.dtype(variable.dtype).name) for variable in model.weights]
    if places != [(array.shape, array.dtype) for array in card.arrays]:
        raise fault(f"The weights in {name} do not fit its network.", _NEXT)
    for variable, value in zip(model.weights, weights, strict=True):
        variable.assign(value)
    if describe(model, card.info.name) != card.info:
        raise fault(f"{name} is not the backbone that it says it is.", _NEXT)
    return model, card.info


def _require_plain_end(content: bytes) -> None:
    """Refuse an archive whose list of entries is long, or not where ours have it, before it is read."""
    end = content[-_END_SIZE:]
    if len(end) < _END_SIZE or end[:4] != _END:
        raise ValueError("it has no end")
    if content[-_END_SIZE - _LOCATOR_SIZE :][:4] == _LOCATOR:
        raise ValueError("it is a Zip64 archive")
    if int.from_bytes(end[10:12], "little") > _MAX_ENTRIES or int.from_bytes(end[12:16], "little") > _MAX_ENTRIES * 100:
        raise ValueError("it has too many entries")


def _sizes(archive: zipfile.ZipFile, available: int) -> dict[str, int]:
    """Return how many bytes each entry has; all of them are there as they are, and none twice."""
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise ValueError("it has too many entries")
    sizes = {entry.filename: entry.file_size for entry in entries}
    if len(sizes) != len(entries):
        raise ValueError("an entry is in it twice")
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size for entry in entries):
        raise ValueError("it is compressed")
    if sum(sizes.values()) > available:
        raise ValueError("it would unpack to more than it is")
    return sizes


def _read(archive: zipfile.ZipFile, sizes: dict[str, int], name: str, most: int, sha256: str | None = None) -> bytes:
    if sizes.get(name, -1) < 0 or sizes[name] > most:
        raise ValueError(f"{name} is missing or too large")
    with archive.open(name) as stream:
        content = stream.read(most + 1)
    if sha256 is not None and _sha256(content) != sha256:
        raise ValueError(f"{name} is not what was written")
    return content


def _card_from(content: bytes, name: str) -> _Card:
    told = json_within.loads(content)
    if told["format"] != _FORMAT:
        raise fault(f"{name} is of format {told['format']!r:.20}, which is not known here.", "Update Showtell.")
    info = BackboneInfo(**told["backbone"])
    is_named = isinstance(info.name, str) and 0 < len(info.name) <= _MAX_NAME and info.name.isprintable()
    if not is_named or told["backbone"].keys() != asdict(info).keys():
        raise ValueError("it has no proper name")
    arrays = tuple(_listed(entry) for entry in told["arrays"])
    if len(arrays) > _MAX_ENTRIES or sum(array.bytes for array in arrays) > MAX_WEIGHTS:
        raise ValueError("its weights would take too much")
    return _Card(info, str(told["architecture_sha256"]), arrays)


def _listed(entry: dict[str, Any]) -> _Array:
    name, dtype, shape, sha256 = entry["name"], entry["dtype"], entry["shape"], entry["sha256"]
    is_shape = isinstance(shape, list) and len(shape) <= _MAX_SIDES
    if not is_shape or not all(type(side) is int and 0 <= side <= MAX_WEIGHTS for side in shape):
        raise ValueError(f"an array has the shape {shape!r:.100}")
    if dtype not in _STORED_AS:
        raise ValueError(f"an array is of {dtype!r:.100}")
    return _Array(str(name), dtype, tuple(shape), str(sha256))


def _require_all_and_no_more(card: _Card, sizes: dict[str, int]) -> None:
    """Refuse an archive that holds anything but what its card lists; no name in it is ever that of a file on disk."""
    listed = [_CARD, _ARCHITECTURE, *(f"arrays/{number:04d}" for number in range(len(card.arrays)))]
    if [array.name for array in card.arrays] != listed[2:] or sizes.keys() != set(listed):
        raise ValueError("its entries are not those that it lists")
    if any(sizes[array.name] != array.bytes for array in card.arrays):
        raise ValueError("an array has another size than its shape")


def _array_from(content: bytes, array: _Array) -> Any:
    value = np.frombuffer(content, _STORED_AS[array.dtype]).reshape(array.shape)
    if value.dtype.kind == "f" and not np.isfinite(value).all():
        raise ValueError("it contains weights that are not numbers")
    return value


def _json(value: Any) -> bytes:
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
